// The solver against enumeration, and its promises about models, cores, budgets and repeated use.
#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "solve/interrupt.hpp"
#include "solve/solver.hpp"
#include "unit/solve/formulas.hpp"

namespace onus::solve {
namespace {

using testing::Formula;
using testing::PlainAtom;
using testing::Random;
using testing::Shape;

std::vector<BoolVar> new_booleans(ExpressionStore& store, int count) {
  std::vector<BoolVar> result;
  for (int i = 0; i < count; ++i) result.push_back(store.new_boolean());
  return result;
}

bool satisfied(const ExpressionStore& store, const Model& model, std::span<const Expr> expressions) {
  return std::all_of(expressions.begin(), expressions.end(), [&](Expr e) { return store.evaluate(e, model); });
}

// Every position of the core is needed and the core is contradictory, as a fresh solver sees it.
void require_minimal(const ExpressionStore& store, std::span<const Expr> assumptions,
                     std::span<const std::size_t> core) {
  Solver fresh(store);
  std::vector<Expr> chosen;
  for (const std::size_t position : core) chosen.push_back(assumptions[position]);
  REQUIRE(std::is_sorted(core.begin(), core.end()));
  REQUIRE(fresh.check(chosen) == Result::Unsat);
  for (std::size_t drop = 0; drop < chosen.size(); ++drop) {
    std::vector<Expr> rest;
    for (std::size_t i = 0; i < chosen.size(); ++i)
      if (i != drop) rest.push_back(chosen[i]);
    REQUIRE(fresh.check(rest) == Result::Sat);
  }
}

TEST_CASE("boolean formulas against all assignments") {
  Random random(1);
  ExpressionStore store;
  const auto booleans = new_booleans(store, 6);
  Solver solver(store);  // one for all: what it remembers must not matter
  int satisfiable = 0;
  constexpr int rounds = 100'000;
  for (int round = 0; round < rounds; ++round) {
    const Formula formula = testing::random_formula(random, Shape{6, 0, 0, 14});
    const Expr e = testing::build(formula, store, booleans, {});
    bool expected = false;
    for (std::uint32_t bits = 0; bits < 64 && !expected; ++bits) {
      std::vector<bool> values(6);
      for (std::size_t i = 0; i < 6; ++i) values[i] = ((bits >> i) & 1) != 0;
      expected = formula.evaluate(values, {});
    }
    REQUIRE(solver.check(e) == (expected ? Result::Sat : Result::Unsat));
    if (!expected) continue;
    ++satisfiable;
    REQUIRE(store.evaluate(e, solver.model()));
  }
  MESSAGE("satisfiable: ", satisfiable, " of ", rounds);
  CHECK(satisfiable > rounds / 2);
  CHECK(satisfiable < rounds);
}

TEST_CASE("several assumptions: cores, fresh and used solvers agree") {
  Random random(2);
  ExpressionStore store;
  const auto booleans = new_booleans(store, 5);
  Solver used(store);
  int contradictory = 0;
  for (int round = 0; round < 4000; ++round) {
    std::vector<Formula> formulas;
    std::vector<Expr> assumptions;
    const int count = random.between(1, 6);
    for (int i = 0; i < count; ++i) {
      formulas.push_back(testing::random_formula(random, Shape{5, 0, 0, 5}));
      assumptions.push_back(testing::build(formulas.back(), store, booleans, {}));
    }
    bool expected = false;
    for (std::uint32_t bits = 0; bits < 32 && !expected; ++bits) {
      std::vector<bool> values(5);
      for (std::size_t i = 0; i < 5; ++i) values[i] = ((bits >> i) & 1) != 0;
      expected =
          std::all_of(formulas.begin(), formulas.end(), [&](const Formula& f) { return f.evaluate(values, {}); });
    }
    Solver fresh(store);
    REQUIRE(used.check(assumptions) == (expected ? Result::Sat : Result::Unsat));
    REQUIRE(fresh.check(assumptions) == (expected ? Result::Sat : Result::Unsat));
    if (expected) {
      REQUIRE(satisfied(store, used.model(), assumptions));
      REQUIRE_FALSE(used.minimise_core(assumptions).has_value());
      continue;
    }
    ++contradictory;
    std::vector<Expr> chosen;
    for (const std::size_t position : used.core()) chosen.push_back(assumptions[position]);
    REQUIRE(fresh.check(chosen) == Result::Unsat);
    const auto minimal = used.minimise_core(assumptions);
    REQUIRE(minimal.has_value());
    REQUIRE(minimal->exact);
    require_minimal(store, assumptions, minimal->positions);
    const auto again = fresh.minimise_core(assumptions);
    REQUIRE(again->positions == minimal->positions);
  }
  CHECK(contradictory > 500);
}

struct MixedCase {
  Formula formula;
  std::vector<PlainAtom> domains;
};

TEST_CASE("linear formulas against Fourier-Motzkin") {
  Random random(3);
  int satisfiable = 0;
  constexpr int rounds = 20'000;
  ExpressionStore store;
  Solver used(store);
  for (int round = 0; round < rounds; ++round) {
    if (round % 50 == 0) store.clear();
    const int reals = random.between(1, 4), atoms = random.between(2, 6), count = random.between(1, 3);
    std::vector<RealVar> variables;
    std::vector<PlainAtom> domains;
    for (int i = 0; i < reals; ++i) {
      std::optional<Bound> lower, upper;
      PlainAtom atom;
      atom.coefficients.resize(static_cast<std::size_t>(reals), 0);
      if (random.chance(30)) {
        lower = Bound{Number(random.between(-3, 0)), random.chance(50)};
        atom.coefficients[static_cast<std::size_t>(i)] = 1;
        atom.constant = static_cast<int>(-*lower->value.to_int64());
        atom.strict = !lower->inclusive;
        domains.push_back(atom);
      }
      if (random.chance(30)) {
        upper = Bound{Number(random.between(1, 4)), random.chance(50)};
        atom.coefficients[static_cast<std::size_t>(i)] = -1;
        atom.constant = static_cast<int>(*upper->value.to_int64());
        atom.strict = !upper->inclusive;
        domains.push_back(atom);
      }
      variables.push_back(store.new_real(false, lower, upper));
    }
    const auto booleans = new_booleans(store, 2);
    const Formula formula = testing::random_formula(random, Shape{2, reals, atoms, 4 + 4 * count, 3, 4});
    const Expr e = testing::build(formula, store, booleans, variables);
    const bool expected = testing::satisfiable_by_enumeration(formula, 2, reals, domains);
    REQUIRE(used.check(e) == (expected ? Result::Sat : Result::Unsat));
    if (expected) {
      ++satisfiable;
      REQUIRE(store.evaluate(e, used.model()));
      for (const auto& [variable, value] : used.model().reals()) {
        const Domain& domain = store.domain(variable);
        if (domain.lower)
          REQUIRE((domain.lower->inclusive ? value >= domain.lower->value : value > domain.lower->value));
        if (domain.upper)
          REQUIRE((domain.upper->inclusive ? value <= domain.upper->value : value < domain.upper->value));
      }
    }
    Solver fresh(store);
    REQUIRE(fresh.check(e) == used.check(e));
  }
  MESSAGE("satisfiable: ", satisfiable, " of ", rounds);
  CHECK(satisfiable > rounds / 2);
  CHECK(satisfiable < rounds - rounds / 50);
}

TEST_CASE("conjunctions of comparisons against Fourier-Motzkin, with cores") {
  Random random(4);
  int contradictory = 0;
  for (int round = 0; round < 6000; ++round) {
    ExpressionStore store;
    const int reals = random.between(1, 4);
    const Formula formula = testing::random_formula(random, Shape{1, reals, random.between(3, 8), 1, 3, 3});
    std::vector<RealVar> variables;
    for (int i = 0; i < reals; ++i) variables.push_back(store.new_real());
    std::vector<Expr> assumptions;
    for (const PlainAtom& atom : formula.atoms)
      assumptions.push_back(store.linear(testing::linear_form(atom, variables),
                                         atom.strict ? Relation::Greater : Relation::GreaterEqual));
    const bool expected = testing::feasible(formula.atoms, std::vector<bool>(formula.atoms.size(), true), reals);
    Solver solver(store);
    REQUIRE(solver.check(assumptions) == (expected ? Result::Sat : Result::Unsat));
    if (expected) {
      REQUIRE(satisfied(store, solver.model(), assumptions));
    } else {
      ++contradictory;
      const auto minimal = solver.minimise_core(assumptions);
      require_minimal(store, assumptions, minimal->positions);
    }
  }
  CHECK(contradictory > 1000);
}

TEST_CASE("the minimal core keeps early assumptions") {
  ExpressionStore store;
  const Expr a = store.boolean(store.new_boolean()), b = store.boolean(store.new_boolean());
  Solver solver(store);
  // 0 and 2 contradict each other, and so do 0 and 3, and 1 and 4
  const std::vector<Expr> assumptions{a, b, store.not_(a), store.and_(b, store.not_(a)), store.not_(b), true_expr};
  CHECK(solver.minimise_core(assumptions)->positions == std::vector<std::size_t>{0, 2});
  CHECK(solver.check(std::vector<Expr>{a, false_expr}) == Result::Unsat);
  CHECK(std::vector<std::size_t>(solver.core().begin(), solver.core().end()) == std::vector<std::size_t>{1});
  CHECK(solver.minimise_core(std::vector<Expr>{a, a, store.not_(a), a})->positions == std::vector<std::size_t>{0, 2});
  CHECK_FALSE(solver.minimise_core(std::vector<Expr>{a, b}).has_value());
}

TEST_CASE("permanent constraints") {
  ExpressionStore store;
  const RealVar x = store.new_real(), y = store.new_real();
  const Expr a = store.boolean(store.new_boolean());
  Solver solver(store);
  solver.add(store.at_least(x, Number(5)));
  CHECK(solver.valid(store.above(x, Number(4))) == true);
  CHECK(solver.valid(store.above(x, Number(5))) == false);
  CHECK(*solver.model().value(x) == Number(5));
  solver.add(store.implies(a, store.is_positive(LinearForm(y) - LinearForm(x))));
  CHECK(solver.check(std::vector<Expr>{a, store.at_most(y, Number(5))}) == Result::Unsat);
  CHECK(solver.check(std::vector<Expr>{a, store.at_most(y, Number::ratio(51, 10))}) == Result::Sat);
  CHECK(*solver.model().value(x) >= Number(5));
  CHECK(*solver.model().value(y) > *solver.model().value(x));
  solver.forget();
  CHECK(solver.check(std::vector<Expr>{a, store.at_most(y, Number(5))}) == Result::Unsat);
  solver.add(store.below(x, Number(5)));
  CHECK(solver.check() == Result::Unsat);
  CHECK(solver.core().empty());
  CHECK(solver.check(a) == Result::Unsat);
  CHECK(solver.core().empty());
  store.clear();
  CHECK(solver.check() == Result::Sat);  // the constraints went with the store
}

TEST_CASE("validity and equivalence") {
  ExpressionStore store;
  const Expr a = store.boolean(store.new_boolean()), b = store.boolean(store.new_boolean()),
             c = store.boolean(store.new_boolean());
  Solver solver(store);
  CHECK(solver.valid(true_expr) == true);
  CHECK(solver.valid(false_expr) == false);
  CHECK(solver.valid(store.or_(store.and_(a, b), store.or_(store.not_(a), store.not_(b)))) == true);
  const Expr left = store.and_(a, store.or_(b, c)), right = store.or_(store.and_(a, b), store.and_(a, c));
  CHECK(left != right);
  CHECK(solver.equivalent(left, right) == true);
  CHECK(solver.equivalent(left, store.or_(store.and_(a, b), c)) == false);
  CHECK(solver.satisfiable(store.and_(left, store.not_(right))) == false);
}

TEST_CASE("misuse is an error, not a guess") {
  ExpressionStore store;
  Solver solver(store);
  CHECK_THROWS_AS(solver.model(), std::logic_error);
  CHECK_THROWS_AS(solver.check(Expr{1000}), std::out_of_range);
  CHECK_THROWS_AS(solver.add(Expr{1000}), std::out_of_range);
  CHECK(solver.check(false_expr) == Result::Unsat);
  CHECK_THROWS_AS(solver.model(), std::logic_error);
  CHECK(solver.check() == Result::Sat);
  CHECK(solver.model().booleans().empty());
  CHECK(solver.budget() == Solver::default_budget);
  Solver other(store);
  other.add(false_expr);
  solver = std::move(other);
  CHECK(solver.check() == Result::Unsat);
  CHECK_FALSE(solver.minimise_core({}).value().positions.size() > 0);
}

// `pigeons` in one hole fewer.
Expr pigeonhole(ExpressionStore& store, int pigeons) {
  const int holes = pigeons - 1;
  std::vector<std::vector<Expr>> in;
  for (int p = 0; p < pigeons; ++p) {
    in.emplace_back();
    for (int h = 0; h < holes; ++h) in.back().push_back(store.boolean(store.new_boolean()));
  }
  std::vector<Expr> parts;
  for (const auto& row : in) parts.push_back(store.or_(row));
  for (int h = 0; h < holes; ++h)
    for (int p = 0; p < pigeons; ++p)
      for (int q = p + 1; q < pigeons; ++q)
        parts.push_back(store.not_(store.and_(in[static_cast<std::size_t>(p)][static_cast<std::size_t>(h)],
                                              in[static_cast<std::size_t>(q)][static_cast<std::size_t>(h)])));
  return store.and_(parts);
}

TEST_CASE("pigeons do not fit") {
  ExpressionStore store;
  const Expr six = pigeonhole(store, 6);
  Solver solver(store);
  CHECK(solver.check(six) == Result::Unsat);
  CHECK(solver.check(pigeonhole(store, 7)) == Result::Unsat);
}

TEST_CASE("a budget ends a search without a guess") {
  ExpressionStore store;
  const Expr eight = pigeonhole(store, 8);
  Solver solver(store);
  solver.set_budget(2000);
  CHECK(solver.check(eight) == Result::GaveUp);
  CHECK(solver.valid(store.not_(eight)) == std::nullopt);
  CHECK_FALSE(solver.minimise_core(std::vector<Expr>{eight}).has_value());
  CHECK_THROWS_AS(solver.model(), std::logic_error);
  solver.set_budget(Solver::default_budget);
  CHECK(solver.check(eight) == Result::Unsat);

  Random random(5);
  int gave_up = 0;
  for (int round = 0; round < 3000; ++round) {
    ExpressionStore small;
    const auto booleans = new_booleans(small, 2);
    const std::vector<RealVar> reals{small.new_real(), small.new_real(), small.new_real()};
    const Formula formula = testing::random_formula(random, Shape{2, 3, 5, 10, 3, 4});
    const Expr e = testing::build(formula, small, booleans, reals);
    const bool expected = testing::satisfiable_by_enumeration(formula, 2, 3);
    Solver limited(small);
    limited.set_budget(static_cast<std::uint64_t>(random.between(0, 300)));
    for (int attempt = 0; attempt < 3; ++attempt) {
      const Result result = limited.check(e);
      if (result == Result::GaveUp) {
        ++gave_up;
      } else {
        REQUIRE(result == (expected ? Result::Sat : Result::Unsat));
        if (expected) REQUIRE(small.evaluate(e, limited.model()));
      }
    }
    limited.set_budget(Solver::default_budget);
    REQUIRE(limited.check(e) == (expected ? Result::Sat : Result::Unsat));
    if (expected) REQUIRE(small.evaluate(e, limited.model()));
  }
  CHECK(gave_up > 200);
}

TEST_CASE("deep expressions are walked, not recursed into") {
  ExpressionStore store;
  const auto booleans = new_booleans(store, 100'000);
  Expr e = store.boolean(booleans[0]);
  for (std::size_t i = 1; i < booleans.size(); ++i) {
    const Expr next = store.boolean(booleans[i]);
    e = i % 2 == 0 ? store.and_(e, next) : store.or_(e, next);
  }
  CHECK(store.size(e) == 199'999);
  CHECK(store.support(e).booleans.size() == booleans.size());
  Solver solver(store);
  REQUIRE(solver.check(e) == Result::Sat);
  CHECK(store.evaluate(e, solver.model()));
  REQUIRE(solver.check(store.not_(e)) == Result::Sat);
  CHECK_FALSE(store.evaluate(e, solver.model()));
  const Expr without = store.cofactor(e, booleans.back(), false);
  CHECK(solver.check(std::vector<Expr>{without, store.not_(e)}) == Result::Unsat);
  Substitution renamed;
  for (const BoolVar variable : booleans) renamed.set(variable, store.not_(store.boolean(variable)));
  CHECK(store.substitute(store.substitute(e, renamed), renamed) == e);
}

TEST_CASE("a long chain of single steps stays linear") {
  ExpressionStore store;
  const auto booleans = new_booleans(store, 50'000);
  Expr all = true_expr, any = false_expr;
  for (const BoolVar variable : booleans) {
    all = store.and_(all, store.boolean(variable));
    any = store.or_(store.boolean(variable), any);
  }
  Solver solver(store);
  CHECK(solver.check(std::vector<Expr>{all, store.not_(any)}) == Result::Unsat);
  CHECK(solver.check(std::vector<Expr>{any, store.not_(all)}) == Result::Sat);
}

TEST_CASE("the same calls give the same answers") {
  const auto run = [] {
    Random random(6);
    ExpressionStore store;
    const auto booleans = new_booleans(store, 4);
    const std::vector<RealVar> reals{store.new_real(), store.new_real(), store.new_real(true)};
    Solver solver(store);
    std::vector<std::string> seen;
    for (int round = 0; round < 400; ++round) {
      const Expr e = testing::build(testing::random_formula(random, Shape{4, 3, 6, 12, 3, 4}), store, booleans, reals);
      const Result result = solver.check(e);
      seen.push_back(result == Result::Sat ? "sat" : "unsat");
      if (result != Result::Sat) continue;
      for (const auto& [variable, value] : solver.model().booleans()) seen.push_back(value ? "1" : "0");
      for (const auto& [variable, value] : solver.model().reals()) seen.push_back(to_text(value));
    }
    return seen;
  };
  CHECK(run() == run());
}

TEST_CASE("learning and forgetting clauses on a hard instance") {
  // More conflicts than the clauses that are kept: reductions of the learnt ones must not change the answer.
  ExpressionStore store;
  Random random(7);
  std::uint64_t conflicts = 0;
  int satisfiable = 0;
  for (int round = 0; round < 8; ++round) {
    constexpr int variables = 170;
    const auto booleans = new_booleans(store, variables);
    std::vector<Expr> clauses;
    for (int i = 0; i < variables * 17 / 4; ++i) {
      std::vector<Expr> clause;
      for (int k = 0; k < 3; ++k) {
        const Expr leaf = store.boolean(booleans[static_cast<std::size_t>(random.below(variables))]);
        clause.push_back(random.chance(50) ? leaf : store.not_(leaf));
      }
      clauses.push_back(store.or_(clause));
    }
    Solver solver(store);
    const Result together = solver.check(store.and_(clauses));
    Solver other(store);  // the same clauses the other way round, and permanent: another search
    for (auto clause = clauses.rbegin(); clause != clauses.rend(); ++clause) other.add(*clause);
    REQUIRE(other.check() == together);
    if (together == Result::Sat) {
      ++satisfiable;
      REQUIRE(satisfied(store, solver.model(), clauses));
      REQUIRE(satisfied(store, other.model(), clauses));
    }
    conflicts += solver.statistics().conflicts + other.statistics().conflicts;
  }
  MESSAGE("satisfiable: ", satisfiable, ", conflicts: ", conflicts);
  CHECK(conflicts > 20'000);
}

TEST_CASE("an interrupt gives up, guesses nothing, and leaves the solver usable") {
  ExpressionStore store;
  const auto booleans = new_booleans(store, 2);
  const Expr either = store.or_(store.boolean(booleans[0]), store.boolean(booleans[1]));
  const Expr neither = store.and_(ExpressionStore::not_(store.boolean(booleans[0])), ExpressionStore::not_(store.boolean(booleans[1])));
  Solver solver(store);
  solver.add(either);
  std::atomic<bool> flag{false};
  {
    const Interrupt interrupt(&flag);
    CHECK(solver.check(neither) == Result::Unsat);
    flag = true;
    CHECK(solver.check(neither) == Result::GaveUp);
    CHECK(solver.check(store.boolean(booleans[0])) == Result::GaveUp);
    CHECK_FALSE(solver.valid(either));
    const Interrupt none(nullptr);   // the inner one counts
    CHECK(solver.check(neither) == Result::Unsat);
  }
  CHECK(solver.check(store.boolean(booleans[0])) == Result::Sat);   // the flag is set still, and nobody looks at it
}

}  // namespace
}  // namespace onus::solve
