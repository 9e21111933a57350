// Definitions of auxiliary variables against what they mean, written out.
#include <doctest/doctest.h>

#include <vector>

#include "evaluate/definitions.hpp"
#include "solve/solver.hpp"
#include "unit/solve/formulas.hpp"

namespace onus::evaluate {
namespace {

using solve::BoolVar;
using solve::ExpressionStore;
using solve::LinearForm;
using solve::RealVar;
using solve::Result;
using solve::Solver;
using solve::testing::Random;
using solve::testing::Shape;

// Definitions with the solver told of them, and the same meanings written out without auxiliaries.
struct Written {
  ExpressionStore store;
  Definitions definitions{store};
  Solver solver{store};
  std::vector<BoolVar> facts;
  std::vector<RealVar> numbers;
  std::vector<BoolVar> visible;        // facts and auxiliaries, in order
  std::vector<Expr> meanings;          // of each visible one, over facts alone

  void define(BoolVar auxiliary, Expr meaning) {
    definitions.add(auxiliary, meaning);
    solver.require(store.iff(store.boolean(auxiliary), meaning), {{auxiliary}, {}});
  }
  void define(RealVar auxiliary, Expr constraint) {
    definitions.add(auxiliary, constraint);
    solver.require(constraint, {{}, {auxiliary}});
  }
  Expr written_out(Expr e) {
    solve::Substitution substitution;
    for (std::size_t i = 0; i < visible.size(); ++i) substitution.set(visible[i], meanings[i]);
    return store.substitute(e, substitution);
  }
};

TEST_CASE("replacing reaches what variables stand for") {
  Random random(5);
  int touched = 0;
  for (int round = 0; round < 400; ++round) {
    Written w;
    for (int i = 0; i < 3; ++i) {
      w.facts.push_back(w.store.new_boolean());
      w.visible.push_back(w.facts.back());
      w.meanings.push_back(w.store.boolean(w.facts.back()));
    }
    for (int i = 0; i < 2; ++i) w.numbers.push_back(w.store.new_real());
    for (int i = 0; i < 3; ++i) {
      const Shape shape{static_cast<int>(w.visible.size()), 2, 2, 5};
      const Expr meaning = solve::testing::build(solve::testing::random_formula(random, shape), w.store, w.visible, w.numbers);
      const auto auxiliary = w.store.new_boolean();
      w.define(auxiliary, meaning);
      w.meanings.push_back(w.written_out(meaning));
      w.visible.push_back(auxiliary);
    }
    const Shape shape{static_cast<int>(w.visible.size()), 2, 2, 6};
    const Expr e = solve::testing::build(solve::testing::random_formula(random, shape), w.store, w.visible, w.numbers);
    const Expr plain = w.written_out(e);

    const bool value = random.chance(50);
    const Number day(random.between(-3, 3));
    Definitions::Replacement replacement;
    replacement.booleans.emplace_back(w.facts[0], ExpressionStore::constant(value));
    replacement.reals.emplace_back(w.numbers[0], LinearForm(day));
    const Expr replaced = w.definitions.replaced(
        e, replacement, [&](BoolVar auxiliary, Expr meaning) { w.define(auxiliary, meaning); },
        [&](RealVar auxiliary, Expr constraint) { w.define(auxiliary, constraint); });
    solve::Substitution fixed;
    fixed.set(w.facts[0], ExpressionStore::constant(value));
    fixed.set(w.numbers[0], LinearForm(day));
    REQUIRE(w.solver.equivalent(replaced, w.store.substitute(plain, fixed)) == true);
    REQUIRE(w.solver.equivalent(e, plain) == true);   // the original is as before
    touched += w.store.support(plain).booleans.empty() ? 0 : 1;

    // A way that only helps: yes implies what no implied; one that only harms the other way round.
    for (const auto& [variable, way] : w.definitions.ways(e, {w.facts.begin(), w.facts.end()})) {
      const Expr yes = w.store.cofactor(plain, variable, true), no = w.store.cofactor(plain, variable, false);
      if (way == 1) REQUIRE(w.solver.valid(w.store.implies(no, yes)) == true);
      if (way == 2) REQUIRE(w.solver.valid(w.store.implies(yes, no)) == true);
    }
    for (const auto variable : w.store.support(plain).booleans) {
      if (w.solver.equivalent(w.store.cofactor(plain, variable, true), w.store.cofactor(plain, variable, false)) == true) continue;
      REQUIRE(w.definitions.ways(e, {w.facts.begin(), w.facts.end()}).contains(variable));
    }
  }
  CHECK(touched > 200);
}

TEST_CASE("numbers that constraints determine are copied with them") {
  Written w;
  const auto today = w.store.new_real(), sum = w.store.new_real();
  const auto open = w.store.new_boolean();
  // The sum is the day where it is open, else 7.
  w.define(sum, w.store.implies(w.store.boolean(open), w.store.is_zero(LinearForm(sum) - LinearForm(today))));
  w.define(sum, w.store.or_(w.store.boolean(open), w.store.is_zero(LinearForm(sum) - LinearForm(Number(7)))));
  const Expr large = w.store.above(sum, Number(5));
  const auto on = [&](int day) {
    Definitions::Replacement replacement;
    replacement.reals.emplace_back(today, LinearForm(Number(day)));
    return w.definitions.replaced(
        large, replacement, [&](BoolVar auxiliary, Expr meaning) { w.define(auxiliary, meaning); },
        [&](RealVar auxiliary, Expr constraint) { w.define(auxiliary, constraint); });
  };
  const Expr early = on(3), late = on(9);
  CHECK(w.solver.equivalent(early, ExpressionStore::not_(w.store.boolean(open))) == true);
  CHECK(w.solver.valid(late) == true);
  CHECK(w.solver.satisfiable(w.store.and_(late, ExpressionStore::not_(early))) == true);   // both days in one question
}

}  // namespace
}  // namespace onus::evaluate
