// Whole numbers, large numbers and the simplex by itself.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "solve/simplex.hpp"
#include "solve/solver.hpp"
#include "unit/solve/formulas.hpp"

namespace onus::solve {
namespace {

using testing::Formula;
using testing::PlainAtom;
using testing::Random;
using testing::Shape;

TEST_CASE("whole numbers against all points of a box") {
  Random random(21);
  ExpressionStore store;
  Solver used(store);
  int satisfiable = 0, fractional_only = 0;
  constexpr int rounds = 6000;
  for (int round = 0; round < rounds; ++round) {
    if (round % 40 == 0) store.clear();
    const int count = random.between(1, 3);
    std::vector<RealVar> variables;
    std::vector<PlainAtom> domains;
    for (int i = 0; i < count; ++i) {
      variables.push_back(store.new_real(true, Bound{Number(-3)}, Bound{Number(3)}));
      for (const int sign : {1, -1}) {
        PlainAtom side;
        side.coefficients.resize(static_cast<std::size_t>(count), 0);
        side.coefficients[static_cast<std::size_t>(i)] = sign;
        side.constant = 3;
        domains.push_back(side);
      }
    }
    const std::vector<BoolVar> booleans{store.new_boolean()};
    const Formula formula = testing::random_formula(random, Shape{1, count, random.between(2, 6), 8, 4, 6});
    const Expr e = testing::build(formula, store, booleans, variables);
    bool expected = false;
    std::vector<int> point(static_cast<std::size_t>(count), -3);
    while (!expected) {
      std::vector<bool> truths;
      for (const PlainAtom& atom : formula.atoms) {
        int sum = atom.constant;
        for (std::size_t i = 0; i < point.size(); ++i) sum += atom.coefficients[i] * point[i];
        truths.push_back(atom.strict ? sum > 0 : sum >= 0);
      }
      expected = formula.evaluate({false}, truths) || formula.evaluate({true}, truths);
      std::size_t at = 0;
      while (at < point.size() && ++point[at] > 3) point[at++] = -3;
      if (at == point.size()) break;
    }
    REQUIRE(used.check(e) == (expected ? Result::Sat : Result::Unsat));
    if (expected) {
      ++satisfiable;
      REQUIRE(store.evaluate(e, used.model()));
      for (const auto& [variable, value] : used.model().reals()) REQUIRE(value.is_integer());
    } else if (testing::satisfiable_by_enumeration(formula, 1, count, domains)) {
      ++fractional_only;
    }
  }
  MESSAGE("satisfiable: ", satisfiable, " of ", rounds, ", only with fractions: ", fractional_only);
  CHECK(satisfiable > rounds / 2);
  CHECK(fractional_only > 20);
}

TEST_CASE("whole and real numbers together") {
  Random random(22);
  for (int round = 0; round < 4000; ++round) {
    ExpressionStore store;
    const std::vector<RealVar> variables{store.new_real(true, Bound{Number(-2)}, Bound{Number(2)}), store.new_real(),
                                         store.new_real()};
    const std::vector<BoolVar> booleans{store.new_boolean()};
    const Formula formula = testing::random_formula(random, Shape{1, 3, random.between(2, 6), 8, 3, 4});
    const Expr e = testing::build(formula, store, booleans, variables);
    bool expected = false;
    for (int whole = -2; whole <= 2 && !expected; ++whole) {
      const std::vector<PlainAtom> fixed{{{1, 0, 0}, -whole, false}, {{-1, 0, 0}, whole, false}};
      expected = testing::satisfiable_by_enumeration(formula, 1, 3, fixed);
    }
    Solver solver(store);
    REQUIRE(solver.check(e) == (expected ? Result::Sat : Result::Unsat));
    if (!expected) continue;
    REQUIRE(store.evaluate(e, solver.model()));
    if (const Number* value = solver.model().value(variables[0])) REQUIRE(value->is_integer());
  }
}

TEST_CASE("known questions about whole numbers") {
  ExpressionStore store;
  const RealVar x = store.new_real(true), y = store.new_real(true), a = store.new_real(true), b = store.new_real(true);
  Solver solver(store);
  CHECK(solver.check(store.is_zero(LinearForm(x, 2) - LinearForm(y, 2) - LinearForm(Number(1)))) == Result::Unsat);
  // Parity: x + y even and x - y odd, without any bound that branching could run into.
  const Expr even = store.is_zero(LinearForm(x) + LinearForm(y) - LinearForm(a, 2));
  const Expr odd = store.is_zero(LinearForm(x) - LinearForm(y) - LinearForm(b, 2) - LinearForm(Number(1)));
  CHECK(solver.check(std::vector<Expr>{even, odd}) == Result::Unsat);
  CHECK(solver.check(even) == Result::Sat);
  CHECK(solver.check(odd) == Result::Sat);
  // 3x + 5y = 7 has solutions; with 0 <= x, y none.
  const Expr seven = store.is_zero(LinearForm(x, 3) + LinearForm(y, 5) - LinearForm(Number(7)));
  REQUIRE(solver.check(seven) == Result::Sat);
  CHECK(store.evaluate(seven, solver.model()));
  CHECK(solver.check(std::vector<Expr>{seven, store.at_least(x, 0), store.at_least(y, 0)}) == Result::Unsat);
  // Days: due = start + 15, start in January, due after the end of the month.
  const RealVar start = store.new_real(true, Bound{Number(0)}, Bound{Number(30)}), due = store.new_real(true);
  const Expr term = store.is_zero(LinearForm(due) - LinearForm(start) - LinearForm(Number(15)));
  CHECK(solver.check(std::vector<Expr>{term, store.above(due, Number(45))}) == Result::Unsat);
  CHECK(solver.check(std::vector<Expr>{term, store.above(due, Number(44))}) == Result::Sat);
  CHECK(*solver.model().value(start) == Number(30));
}

TEST_CASE("differences of whole numbers come out exact") {
  Random random(23);
  for (int round = 0; round < 400; ++round) {
    ExpressionStore store;
    constexpr std::size_t count = 6;
    std::vector<RealVar> variables;
    for (std::size_t i = 0; i < count; ++i) variables.push_back(store.new_real(true));
    // variables[i] - variables[j] <= weight
    std::vector<std::vector<int>> least(count, std::vector<int>(count, 1'000'000));
    std::vector<Expr> assumptions;
    for (int k = random.between(4, 16); k > 0; --k) {
      const auto i = static_cast<std::size_t>(random.below(count)), j = static_cast<std::size_t>(random.below(count));
      if (i == j) continue;
      const int weight = random.between(-3, 5);
      least[i][j] = std::min(least[i][j], weight);
      assumptions.push_back(
          store.is_at_least_zero(LinearForm(variables[j]) - LinearForm(variables[i]) + LinearForm(Number(weight))));
    }
    for (std::size_t m = 0; m < count; ++m)
      for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = 0; j < count; ++j) least[i][j] = std::min(least[i][j], least[i][m] + least[m][j]);
    bool expected = true;
    for (std::size_t i = 0; i < count; ++i) expected = expected && least[i][i] >= 0;
    Solver solver(store);
    REQUIRE(solver.check(assumptions) == (expected ? Result::Sat : Result::Unsat));
    CHECK(solver.statistics().branches == 0);
  }
}

TEST_CASE("a third, to the unit, at the scale of 10^24 to 10^26") {
  for (const int exponent : {24, 25, 26}) {
    for (const int share : {3, 5}) {
      ExpressionStore store;
      const Number original = Number::power_of_ten(exponent);
      const RealVar x = store.new_real(false, Bound{Number(0)});
      const RealVar m = store.new_real(true, Bound{Number(0)}), o = store.new_real(true, Bound{Number(0)});
      Solver solver(store);
      const Number third = original / Number(share);
      // x > o / 3 with o known
      const Expr above = store.is_positive(LinearForm(x, share) - LinearForm(original));
      CHECK(above == store.above(x, third));
      CHECK(solver.valid(store.implies(store.at_least(x, third + Number(1)), above)) == true);
      CHECK(solver.valid(store.implies(store.at_most(x, third), store.not_(above))) == true);
      CHECK(solver.satisfiable(store.and_(store.at_most(x, third), above)) == false);
      // the same with both open, whole and to the unit
      const Expr exceeds = store.is_positive(LinearForm(m) - LinearForm(o, Number::ratio(1, share)));
      const Number floor = third.floor();
      const Expr known = store.equals(o, original);
      CHECK(solver.check(std::vector<Expr>{known, store.equals(m, floor), exceeds}) == Result::Unsat);
      CHECK(solver.check(std::vector<Expr>{known, store.equals(m, floor + Number(1)), exceeds}) == Result::Sat);
      CHECK(solver.check(std::vector<Expr>{known, store.equals(m, floor + Number(1)), store.not_(exceeds)}) ==
            (third.is_integer() || !third.is_integer() ? Result::Unsat : Result::Sat));
      CHECK(solver.check(std::vector<Expr>{known, store.equals(m, floor - Number(1)), exceeds}) == Result::Unsat);
      // o between bounds one unit apart: open on exactly one side
      const Expr near = store.and_(store.at_least(o, original - Number(1)), store.at_most(o, original + Number(share)));
      CHECK(solver.check(std::vector<Expr>{near, store.equals(m, floor + Number(1)), exceeds}) == Result::Sat);
      CHECK(solver.check(std::vector<Expr>{near, store.equals(m, floor + Number(1)), store.not_(exceeds)}) ==
            Result::Sat);
      CHECK(solver.check(std::vector<Expr>{near, store.equals(m, floor + Number(2)), store.not_(exceeds)}) ==
            Result::Unsat);
      // reals: exactly a third is not above, a billionth more is
      const RealVar y = store.new_real(false, Bound{Number(0)});
      const Expr relative = store.is_positive(LinearForm(x) - LinearForm(y, Number::ratio(1, share)));
      const Expr exactly = store.and_(store.equals(y, original), store.equals(x, third));
      CHECK(solver.check(std::vector<Expr>{exactly, relative}) == Result::Unsat);
      const Expr more = store.and_(store.equals(y, original), store.equals(x, third + Number::power_of_ten(-9)));
      CHECK(solver.check(std::vector<Expr>{more, store.not_(relative)}) == Result::Unsat);
    }
  }
}

TEST_CASE("strict bounds and the simplex by itself") {
  Simplex simplex;
  std::uint64_t budget = 1000;
  const auto x = simplex.add_variable(false), y = simplex.add_variable(false);
  const Simplex::Entry sum_terms[] = {{x, Number(1)}, {y, Number(1)}};
  const Simplex::Entry gap_terms[] = {{x, Number(1)}, {y, Number(-1)}};
  const auto sum = simplex.add_row(sum_terms), gap = simplex.add_row(gap_terms);
  REQUIRE(simplex.assert_upper(sum, {Number(1), Number(0)}, 10));
  REQUIRE(simplex.assert_lower(gap, {Number(0), Number(1)}, 11));  // x - y > 0
  REQUIRE(simplex.check(budget) == Simplex::Outcome::Feasible);
  const std::size_t mark = simplex.mark();
  REQUIRE(simplex.assert_lower(y, {Number::ratio(1, 2), Number(0)}, 12));
  REQUIRE(simplex.check(budget) == Simplex::Outcome::Infeasible);
  CHECK(std::vector<Simplex::Reason>(simplex.conflict().begin(), simplex.conflict().end()) ==
        std::vector<Simplex::Reason>{10, 11, 12});
  simplex.backtrack(mark);
  REQUIRE(simplex.assert_lower(y, {Number::ratio(499, 1000), Number(0)}, 12));
  REQUIRE(simplex.check(budget) == Simplex::Outcome::Feasible);
  const auto values = simplex.solution();
  CHECK(values[x] > values[y]);
  CHECK(values[x] + values[y] <= Number(1));
  CHECK(values[sum] == values[x] + values[y]);
  CHECK(values[gap] == values[x] - values[y]);
  CHECK_FALSE(simplex.assert_upper(y, {Number(0), Number(0)}, 13));
  CHECK(std::vector<Simplex::Reason>(simplex.conflict().begin(), simplex.conflict().end()) ==
        std::vector<Simplex::Reason>{12, 13});
  CHECK_FALSE(simplex.assert_lower(sum, {Number(1), Number(1)}, 15));  // > 1 against <= 1
  CHECK(std::vector<Simplex::Reason>(simplex.conflict().begin(), simplex.conflict().end()) ==
        std::vector<Simplex::Reason>{10, 15});
  // A row over basic variables is expressed through the nonbasic ones.
  const Simplex::Entry both_terms[] = {{sum, Number(1)}, {gap, Number(1)}};
  const auto both = simplex.add_row(both_terms);
  REQUIRE(simplex.assert_upper(both, {Number(2) * values[x], Number(-1)}, 14));
  REQUIRE(simplex.check(budget) == Simplex::Outcome::Feasible);
  CHECK(simplex.solution()[both] == Number(2) * simplex.solution()[x]);
  std::uint64_t nothing = 0;
  CHECK(simplex.check(nothing) == Simplex::Outcome::OutOfBudget);
}

TEST_CASE("whole numbers without bounds end with the budget at worst") {
  // 3x - 3y + z in (0, 1) with z real between 1/4 and 1/2 has solutions; 6x - 9y in [1, 2] has none.
  ExpressionStore store;
  const RealVar x = store.new_real(true), y = store.new_real(true), w = store.new_real(true);
  const RealVar z = store.new_real(false, Bound{Number::ratio(1, 4)}, Bound{Number::ratio(1, 2)});
  Solver solver(store);
  solver.set_budget(200'000);
  const LinearForm form = LinearForm(x, 3) - LinearForm(y, 3) + LinearForm(z);
  CHECK(solver.check(std::vector<Expr>{store.is_positive(form), store.is_positive(LinearForm(Number(1)) - form)}) ==
        Result::Sat);
  CHECK(solver.check(std::vector<Expr>{
            store.is_at_least_zero(LinearForm(x, 6) - LinearForm(y, 9) - LinearForm(Number(1))),
            store.is_at_least_zero(LinearForm(Number(2)) - LinearForm(x, 6) + LinearForm(y, 9))}) == Result::Unsat);
  CHECK(solver.check(std::vector<Expr>{store.is_zero(LinearForm(x, 2) + LinearForm(y, 4) + LinearForm(w, 6) -
                                                     LinearForm(Number(5)))}) == Result::Unsat);
}

TEST_CASE("what branching cannot decide is given up, and passed over where another way is open") {
  // 3x - 3y - z with z whole is 0 modulo nothing, but x - y between z' and z' + 1/2 for real z' in [1/4, 2/5] has no
  // whole solution, and without bounds on x and y branching does not find out.
  ExpressionStore store;
  const RealVar x = store.new_real(true), y = store.new_real(true);
  const RealVar z = store.new_real(false, Bound{Number::ratio(1, 4)}, Bound{Number::ratio(2, 5)});
  const LinearForm gap = LinearForm(x) - LinearForm(y) - LinearForm(z);
  const Expr never = store.and_(store.is_positive(gap), store.is_positive(LinearForm(Number::ratio(1, 2)) - gap));
  const Expr a = store.boolean(store.new_boolean());
  Solver solver(store);
  CHECK(solver.check(never) == Result::GaveUp);
  CHECK(solver.check(std::vector<Expr>{never, a}) == Result::GaveUp);
  const Expr either = store.or_(store.and_(a, never), store.and_(store.not_(a), store.at_least(x, 7)));
  for (int round = 0; round < 3; ++round) {
    REQUIRE(solver.check(either) == Result::Sat);
    CHECK(store.evaluate(either, solver.model()));
    CHECK(solver.check(std::vector<Expr>{either, a}) == Result::GaveUp);
    CHECK(solver.check(std::vector<Expr>{store.not_(either), a, store.at_least(x, 7)}) == Result::Sat);
    CHECK(solver.check(std::vector<Expr>{store.above(x, 7), store.below(x, 7)}) == Result::Unsat);
  }
  const auto core = solver.minimise_core(std::vector<Expr>{never, store.above(x, 7), store.below(x, 7)});
  REQUIRE(core.has_value());
  CHECK(core->positions == std::vector<std::size_t>{1, 2});
}

}  // namespace
}  // namespace onus::solve
