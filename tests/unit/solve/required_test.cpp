// Required constraints are looked at where they are connected, and the audit before anything is called satisfiable.
#include <doctest/doctest.h>

#include <vector>

#include "solve/solver.hpp"
#include "unit/solve/formulas.hpp"

namespace onus::solve {
namespace {

using testing::Random;
using testing::Shape;

Expr random_expression(Random& random, ExpressionStore& store, const std::vector<BoolVar>& booleans, const std::vector<RealVar>& reals) {
  return testing::build(testing::random_formula(random, Shape{static_cast<int>(booleans.size()), static_cast<int>(reals.size()), 3, 6}), store, booleans, reals);
}

TEST_CASE("connected constraints answer as all of them do") {
  Random random(71);
  int left_aside = 0, unsatisfiable = 0;
  for (int round = 0; round < 400; ++round) {
    ExpressionStore store;
    // Three islands of variables; a bridge between two of them now and then.
    std::vector<std::vector<BoolVar>> booleans(3);
    std::vector<std::vector<RealVar>> reals(3);
    std::vector<Expr> constraints;
    Solver all(store), connected(store);
    for (std::size_t island = 0; island < 3; ++island) {
      for (int i = 0; i < 3; ++i) booleans[island].push_back(store.new_boolean());
      for (int i = 0; i < 2; ++i) reals[island].push_back(store.new_real());
      for (int i = 0; i < 2; ++i) constraints.push_back(random_expression(random, store, booleans[island], reals[island]));
    }
    if (random.chance(50)) constraints.push_back(store.implies(store.boolean(booleans[0][0]), store.boolean(booleans[1][1])));
    if (Solver(store).check(constraints) != Result::Sat) continue;   // what `require` asks of its caller
    for (const Expr constraint : constraints) {
      all.add(constraint);
      connected.require(constraint);
    }
    for (int query = 0; query < 6; ++query) {
      const auto island = static_cast<std::size_t>(random.below(3));
      const std::vector<Expr> asked{random_expression(random, store, booleans[island], reals[island]),
                                    random_expression(random, store, booleans[island], reals[island])};
      const Result expected = all.check(asked);
      REQUIRE(connected.check(asked) == expected);
      if (expected == Result::Unsat) {
        ++unsatisfiable;
        REQUIRE(connected.minimise_core(asked)->positions == all.minimise_core(asked)->positions);
        continue;
      }
      const auto support = store.support(asked);
      for (const auto variable : booleans[(island + 2) % 3]) {
        if (!connected.model().value(variable)) ++left_aside;
      }
    }
  }
  CHECK(unsatisfiable > 100);
  CHECK(left_aside > 100);   // else nothing was left aside, and nothing is shown
}

TEST_CASE("everything is asked about where a contradiction lies apart") {
  ExpressionStore store;
  const Expr here = store.boolean(store.new_boolean()), there = store.boolean(store.new_boolean()), other = store.boolean(store.new_boolean());
  Solver solver(store);
  solver.require(store.or_(there, other));
  solver.require(store.and_(ExpressionStore::not_(there), ExpressionStore::not_(other)));
  CHECK(solver.check(here) == Result::Sat);
  solver.set_scope(Solver::Scope::Everything);
  CHECK(solver.check(here) == Result::Unsat);
}

TEST_CASE("a definition is looked at for the variable that it defines alone") {
  ExpressionStore store;
  const BoolVar name = store.new_boolean();
  const Expr named = store.boolean(name), meaning = store.boolean(store.new_boolean());
  Solver solver(store);
  solver.require(store.iff(named, meaning), Support{{name}, {}});
  const std::vector<Expr> apart{named, ExpressionStore::not_(meaning)};
  CHECK(solver.check(apart) == Result::Unsat);
  CHECK(solver.check(meaning) == Result::Sat);
  CHECK_FALSE(solver.model().value(name).has_value());
}

TEST_CASE("the audit rules out assignments until one is fine") {
  // A permutation without fixed points of five, told one broken assignment at a time.
  ExpressionStore store;
  constexpr std::size_t size = 5;
  std::vector<std::vector<BoolVar>> to(size);
  Solver solver(store);
  for (auto& row : to)
    for (std::size_t i = 0; i < size; ++i) row.push_back(store.new_boolean());
  for (std::size_t i = 0; i < size; ++i) {
    std::vector<Expr> row, column;
    for (std::size_t j = 0; j < size; ++j) {
      row.push_back(store.boolean(to[i][j]));
      column.push_back(store.boolean(to[j][i]));
    }
    solver.require(store.exactly_one(row));
    solver.require(store.exactly_one(column));
  }
  int broken_ones = 0;
  solver.set_audit([&](const Solver::Reader& value, std::vector<Expr>& broken) {
    for (std::size_t i = 0; i < size; ++i) {
      if (value(to[i][i]) != 1) continue;
      broken.push_back(ExpressionStore::not_(store.boolean(to[i][i])));
      ++broken_ones;
    }
  });
  REQUIRE(solver.check(store.boolean(to[0][1])) == Result::Sat);
  for (std::size_t i = 0; i < size; ++i) CHECK(solver.model().value(to[i][i]) == false);
  // Four are left for a permutation that is forced to have a fixed point.
  const std::vector<Expr> forced{store.boolean(to[0][1]), store.boolean(to[1][0]), store.boolean(to[2][3]), store.boolean(to[3][2])};
  CHECK(solver.check(forced) == Result::Unsat);
  CHECK(solver.minimise_core(forced)->positions.size() == 4);
  CHECK(broken_ones > 0);
}

}  // namespace
}  // namespace onus::solve
