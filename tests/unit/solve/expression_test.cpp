// The store: folding, sharing, canonical comparisons, substitution and quantification.
#include <doctest/doctest.h>

#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "solve/expression.hpp"
#include "unit/solve/formulas.hpp"

namespace onus::solve {
namespace {

using testing::Formula;
using testing::Random;
using testing::Shape;

struct Fixture {
  ExpressionStore store;
  BoolVar a_variable = store.new_boolean(), b_variable = store.new_boolean(), c_variable = store.new_boolean();
  Expr a = store.boolean(a_variable), b = store.boolean(b_variable), c = store.boolean(c_variable);
};

TEST_CASE_FIXTURE(Fixture, "connectives fold and share") {
  CHECK(store.and_(a, true_expr) == a);
  CHECK(store.and_(a, false_expr) == false_expr);
  CHECK(store.and_(a, store.not_(a)) == false_expr);
  CHECK(store.or_(a, store.not_(a)) == true_expr);
  CHECK(store.and_(a, a) == a);
  CHECK(store.and_(a, b) == store.and_(b, a));
  CHECK(store.and_(store.and_(a, b), c) == store.and_(a, store.and_(c, b)));
  CHECK(store.or_(store.or_(a, b), store.or_(b, c)) == store.or_(a, store.or_(c, b)));
  CHECK(store.and_(store.and_(a, b), store.not_(b)) == false_expr);
  CHECK(store.not_(store.and_(a, b)) == store.or_(store.not_(a), store.not_(b)));
  CHECK(store.and_(std::span<const Expr>()) == true_expr);
  CHECK(store.or_(std::span<const Expr>()) == false_expr);
  CHECK(store.iff(a, a) == true_expr);
  CHECK(store.iff(a, store.not_(a)) == false_expr);
  CHECK(store.iff(a, b) == store.iff(store.not_(b), store.not_(a)));
  CHECK(store.iff(a, store.not_(b)) == store.not_(store.iff(b, a)));
  CHECK(store.iff(a, true_expr) == a);
  CHECK(store.iff(false_expr, a) == store.not_(a));
  CHECK(store.ite(a, b, b) == b);
  CHECK(store.ite(a, b, a) == store.and_(a, b));
  CHECK(store.ite(a, b, false_expr) == store.and_(a, b));
  CHECK(store.ite(a, b, store.not_(a)) == store.or_(store.not_(a), b));
  CHECK(store.ite(a, b, true_expr) == store.or_(store.not_(a), b));
  CHECK(store.ite(a, a, b) == store.or_(a, b));
  CHECK(store.ite(a, true_expr, b) == store.or_(a, b));
  CHECK(store.ite(a, store.not_(a), b) == store.and_(store.not_(a), b));
  CHECK(store.ite(a, false_expr, b) == store.and_(store.not_(a), b));
  CHECK(store.ite(a, b, store.not_(b)) == store.iff(a, b));
  CHECK(store.ite(true_expr, b, c) == b);
  CHECK(store.ite(false_expr, b, c) == c);
  CHECK(store.ite(a, true_expr, false_expr) == a);
  CHECK(store.ite(a, false_expr, true_expr) == store.not_(a));
  CHECK(store.ite(store.not_(a), b, c) == store.ite(a, c, b));
  CHECK(store.at_least_n(std::vector<Expr>{a, b, c}, 0) == true_expr);
  CHECK(store.at_least_n(std::vector<Expr>{a, b, c}, 4) == false_expr);
  CHECK(store.at_least_n(std::vector<Expr>{a, b, c}, 3) == store.and_(a, store.and_(b, c)));
  CHECK(store.at_least_n(std::vector<Expr>{a, a}, 2) == a);
  CHECK(store.boolean(a_variable) == a);
}

TEST_CASE_FIXTURE(Fixture, "reading an expression back") {
  const Expr e = store.or_(store.not_(a), b);
  CHECK(store.kind(e) == Kind::Or);
  CHECK(store.operands(e) == std::vector<Expr>{store.not_(a), b});
  CHECK(store.kind(store.not_(e)) == Kind::And);
  CHECK(store.operands(store.not_(e)) == std::vector<Expr>{a, store.not_(b)});
  CHECK(store.kind(store.not_(a)) == Kind::NotBoolean);
  CHECK(store.variable(store.not_(a)) == a_variable);
  CHECK(store.kind(true_expr) == Kind::True);
  CHECK(store.kind(false_expr) == Kind::False);
  CHECK(store.size(e) == 3);
  CHECK(store.size(true_expr) == 0);
  CHECK(store.support(e).booleans == std::vector<BoolVar>{a_variable, b_variable});
  CHECK_THROWS_AS(store.variable(e), std::out_of_range);
  CHECK_THROWS_AS(store.boolean(BoolVar{99}), std::out_of_range);
  CHECK_THROWS_AS(store.and_(a, Expr{4000}), std::out_of_range);
}

TEST_CASE("comparisons up to scaling are one atom") {
  ExpressionStore store;
  const RealVar x = store.new_real(), y = store.new_real();
  const LinearForm form = LinearForm(x, 2) - LinearForm(y, 6) + LinearForm(Number(4));  // 2x - 6y + 4
  const Expr e = store.is_positive(form);
  CHECK(store.is_positive(form * Number::ratio(1, 3)) == e);
  CHECK(store.is_at_least_zero(form * Number(-7)) == store.not_(e));
  CHECK(store.is_at_least_zero(form) != e);
  CHECK(store.is_positive(form * Number(-1)) == store.not_(store.is_at_least_zero(form)));
  CHECK(store.is_positive(LinearForm(x)) == store.not_(store.is_at_least_zero(LinearForm(x, -1))));
  CHECK(store.above(x, Number(3)) == store.is_positive(LinearForm(x, 5) - LinearForm(Number(15))));
  CHECK(store.at_most(x, Number(3)) == store.not_(store.above(x, Number(3))));
  CHECK(store.is_positive(Number(1)) == true_expr);
  CHECK(store.is_positive(Number(0)) == false_expr);
  CHECK(store.is_at_least_zero(Number(0)) == true_expr);
  CHECK(store.is_zero(LinearForm(x) - LinearForm(x)) == true_expr);
  CHECK(store.is_zero(Number(1)) == false_expr);
  CHECK(store.is_zero(form) == store.is_zero(form * Number(-3)));
  const Comparison read = store.comparison(store.not_(e));
  CHECK(read.relation == Relation::GreaterEqual);
  CHECK(store.linear(read.form, read.relation) == store.not_(e));
  CHECK(store.support(e).reals == std::vector<RealVar>{x, y});
  CHECK_THROWS_AS(store.comparison(true_expr), std::out_of_range);
  CHECK_THROWS_AS(store.is_positive(LinearForm(RealVar{9})), std::out_of_range);
}

TEST_CASE("whole numbers tighten thresholds") {
  ExpressionStore store;
  const RealVar n = store.new_real(true), m = store.new_real(true), x = store.new_real();
  CHECK(store.above(n, Number::ratio(3, 2)) == store.at_least(n, Number(2)));
  CHECK(store.above(n, Number(2)) == store.at_least(n, Number(3)));
  CHECK(store.at_most(n, Number(2)) == store.below(n, Number(3)));
  CHECK(store.at_least(n, Number::ratio(-3, 2)) == store.at_least(n, Number(-1)));
  CHECK(store.equals(n, Number::ratio(1, 2)) == false_expr);
  CHECK(store.is_zero(LinearForm(n, 2) - LinearForm(m, 2) - LinearForm(Number(1))) == false_expr);  // 2n - 2m = 1
  // 4n + 6m >= 3 is 2n + 3m >= 2
  CHECK(store.is_at_least_zero(LinearForm(n, 4) + LinearForm(m, 6) - LinearForm(Number(3))) ==
        store.is_at_least_zero(LinearForm(n, 2) + LinearForm(m, 3) - LinearForm(Number(2))));
  // n/2 + m/3 > 1/4 is 3n + 2m >= 2
  CHECK(store.is_positive(LinearForm(n, Number::ratio(1, 2)) + LinearForm(m, Number::ratio(1, 3)) -
                          LinearForm(Number::ratio(1, 4))) ==
        store.is_at_least_zero(LinearForm(n, 3) + LinearForm(m, 2) - LinearForm(Number(2))));
  // not with a real among them
  CHECK(store.is_zero(LinearForm(n, 2) - LinearForm(x, 2) - LinearForm(Number(1))) != false_expr);
}

TEST_CASE("domains decide comparisons") {
  ExpressionStore store;
  const RealVar x = store.new_real(false, Bound{Number(0), true}, Bound{Number(10), false});
  const RealVar y = store.new_real(false, Bound{Number(1), false});
  const RealVar n = store.new_real(true, Bound{Number::ratio(1, 2), true}, Bound{Number(4), false});
  CHECK(store.at_least(x, Number(0)) == true_expr);
  CHECK_FALSE(store.above(x, Number(0)).is_constant());
  CHECK(store.at_least(x, Number(10)) == false_expr);
  CHECK_FALSE(store.at_least(x, Number::ratio(99, 10)).is_constant());
  CHECK(store.above(y, Number(1)) == true_expr);
  CHECK(store.domain(n).lower->value == Number(1));
  CHECK(store.domain(n).upper->value == Number(3));
  CHECK(store.at_least(n, Number(1)) == true_expr);
  CHECK(store.above(n, Number(3)) == false_expr);
  CHECK(store.is_positive(LinearForm(x) + LinearForm(y) - LinearForm(Number(1))) == true_expr);
  CHECK_FALSE(store.is_positive(LinearForm(x) + LinearForm(y) - LinearForm(Number(2))).is_constant());
  CHECK(store.is_at_least_zero(LinearForm(x) - LinearForm(y) - LinearForm(Number(9))) == false_expr);
  CHECK_THROWS_AS(store.new_real(false, Bound{Number(2), true}, Bound{Number(1), true}), std::invalid_argument);
  CHECK_THROWS_AS(store.new_real(false, Bound{Number(2), true}, Bound{Number(2), false}), std::invalid_argument);
  CHECK_THROWS_AS(store.new_real(true, Bound{Number::ratio(6, 5), true}, Bound{Number::ratio(9, 5), true}),
                  std::invalid_argument);
}

TEST_CASE("which domains are empty") {
  const auto empty = [](bool integer, Number low, bool low_in, Number high, bool high_in) {
    return Domain{integer, Bound{std::move(low), low_in}, Bound{std::move(high), high_in}}.is_empty();
  };
  const Number half = Number::ratio(1, 2);
  CHECK_FALSE(empty(false, 2, true, 2, true));
  CHECK(empty(false, 2, false, 2, true));
  CHECK(empty(false, 2, true, 2, false));
  CHECK_FALSE(empty(false, 2, false, 3, false));
  CHECK(empty(false, 3, true, 2, true));
  CHECK_FALSE(empty(true, 2, true, 2, true));
  CHECK(empty(true, 2, false, 2, true));
  CHECK(empty(true, 2, true, 2, false));
  CHECK(empty(true, 2, false, 3, false));
  CHECK_FALSE(empty(true, 2, true, 3, false));
  CHECK_FALSE(empty(true, 2, false, 3, true));
  CHECK_FALSE(empty(true, Number(2) - half, false, Number(2) + half, false));
  CHECK_FALSE(empty(true, Number(2) - half, true, 2, true));
  CHECK(empty(true, Number(2) + half, true, Number(3) - half, true));
  CHECK_FALSE(Domain{true, Bound{Number(2), false}, std::nullopt}.is_empty());
  CHECK_FALSE(Domain{true, std::nullopt, Bound{Number(2), false}}.is_empty());
}

TEST_CASE("domains of whole numbers are rounded inwards") {
  ExpressionStore store;
  const Number half = Number::ratio(1, 2);
  const auto ends = [&](Bound low, Bound high) {
    const Domain& domain = store.domain(store.new_real(true, std::move(low), std::move(high)));
    CHECK(domain.lower->inclusive);
    CHECK(domain.upper->inclusive);
    return std::pair(domain.lower->value, domain.upper->value);
  };
  CHECK(ends({Number(1), true}, {Number(5), true}) == std::pair(Number(1), Number(5)));
  CHECK(ends({Number(1), false}, {Number(5), false}) == std::pair(Number(2), Number(4)));
  CHECK(ends({Number(1) + half, false}, {Number(5), true}) == std::pair(Number(2), Number(5)));
  CHECK(ends({Number(1), true}, {Number(5) - half, false}) == std::pair(Number(1), Number(4)));
  CHECK(ends({Number(1), false}, {Number(5) - half, true}) == std::pair(Number(2), Number(4)));
  const Domain& open = store.domain(store.new_real(true, Bound{Number(-1), false}));
  CHECK(open.lower->value == Number(0));
  CHECK_FALSE(open.upper.has_value());
}

TEST_CASE("a variable alone is one form, whichever comparison comes first") {
  ExpressionStore store;
  const RealVar x = store.new_real(), y = store.new_real();
  const Expr above = store.above(x, Number(3));
  CHECK(above == store.is_positive(LinearForm(x, 2) - LinearForm(Number(6))));
  const Expr at_least = store.at_least(y, Number(3));
  CHECK(at_least == store.is_at_least_zero(LinearForm(y, 2) - LinearForm(Number(6))));
  Model model;
  model.set(x, Number(2));
  model.set(y, Number(3));
  CHECK_FALSE(store.evaluate(above, model));
  CHECK(store.evaluate(at_least, model));
  CHECK(store.form(store.single_form(x)).terms.front().coefficient == Number(1));
}

TEST_CASE("evaluation agrees with the formula it was built from") {
  Random random(11);
  const Shape shape{4, 2, 4, 10, 3, 4};
  for (int round = 0; round < 3000; ++round) {
    ExpressionStore store;
    std::vector<BoolVar> booleans;
    for (int i = 0; i < shape.booleans; ++i) booleans.push_back(store.new_boolean());
    const std::vector<RealVar> reals{store.new_real(), store.new_real(true)};
    const Formula formula = testing::random_formula(random, shape);
    const Expr e = testing::build(formula, store, booleans, reals);
    for (int sample = 0; sample < 6; ++sample) {
      Model model;
      std::vector<bool> values;
      for (const BoolVar variable : booleans) {
        values.push_back(random.chance(50));
        model.set(variable, values.back());
      }
      const Number x = Number::ratio(random.between(-12, 12), random.between(1, 3)), n = random.between(-4, 4);
      model.set(reals[0], x);
      model.set(reals[1], n);
      std::vector<bool> truths;
      for (const auto& atom : formula.atoms) {
        const Number sum = Number(atom.coefficients[0]) * x + Number(atom.coefficients[1]) * n + Number(atom.constant);
        truths.push_back(atom.strict ? sum > Number(0) : sum >= Number(0));
      }
      REQUIRE(store.evaluate(e, model) == formula.evaluate(values, truths));
      REQUIRE(store.evaluate(store.not_(e), model) != formula.evaluate(values, truths));
    }
  }
}

TEST_CASE_FIXTURE(Fixture, "a model has to know the support") {
  Model model;
  model.set(b_variable, true);
  CHECK_THROWS_AS(store.evaluate(store.and_(a, b), model), std::out_of_range);
  model.set(a_variable, false);
  CHECK(store.evaluate(store.and_(a, b), model) == false);
  model.set(a_variable, true);
  CHECK(store.evaluate(store.and_(a, b), model) == true);
  CHECK(model.booleans().size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "substitution happens at once") {
  const RealVar x = store.new_real(), y = store.new_real();
  Substitution swap;
  swap.set(a_variable, b);
  swap.set(b_variable, a);
  swap.set(x, LinearForm(y));
  swap.set(y, LinearForm(x));
  const Expr order = store.is_positive(LinearForm(x) - LinearForm(y, 2));
  const Expr e = store.or_(store.and_(a, c), store.and_(store.not_(b), order));
  const Expr swapped =
      store.or_(store.and_(b, c), store.and_(store.not_(a), store.is_positive(LinearForm(y) - LinearForm(x, 2))));
  CHECK(store.substitute(e, swap) == swapped);
  CHECK(store.substitute(store.substitute(e, swap), swap) == e);
  CHECK(store.substitute(store.not_(e), swap) == store.not_(swapped));
  Substitution known;
  known.set(x, LinearForm(Number(6)));
  known.set(y, LinearForm(Number(3)));
  CHECK(store.substitute(order, known) == false_expr);
  CHECK(store.substitute(e, known) == store.and_(a, c));
  Substitution none;
  CHECK(store.substitute(e, none) == e);
}

TEST_CASE("substitution and quantification keep their laws") {
  Random random(12);
  const Shape shape{4, 2, 3, 10, 2, 3};
  for (int round = 0; round < 1500; ++round) {
    ExpressionStore store;
    std::vector<BoolVar> booleans;
    for (int i = 0; i < shape.booleans; ++i) booleans.push_back(store.new_boolean());
    const std::vector<RealVar> reals{store.new_real(), store.new_real()};
    const Expr e = testing::build(testing::random_formula(random, shape), store, booleans, reals);
    const Expr replacement = testing::build(testing::random_formula(random, shape), store, booleans, reals);
    const LinearForm form = LinearForm(reals[0], random.between(-2, 2)) + LinearForm(reals[1], random.between(-2, 2)) +
                            LinearForm(Number(random.between(-2, 2)));
    Substitution substitution;
    substitution.set(booleans[0], replacement);
    substitution.set(reals[0], form);
    const Expr both[] = {e, store.not_(replacement)};
    const auto images = store.substitute(both, substitution);
    REQUIRE(images[0] == store.substitute(e, substitution));
    REQUIRE(images[1] == store.substitute(both[1], substitution));
    const Expr all = store.forall(e, booleans[1]), some = store.exists(e, booleans[1]);
    for (int sample = 0; sample < 8; ++sample) {
      Model model;
      for (const BoolVar variable : booleans) model.set(variable, random.chance(50));
      for (const RealVar variable : reals) model.set(variable, Number::ratio(random.between(-6, 6), 2));
      Model changed = model;
      changed.set(booleans[0], store.evaluate(replacement, model));
      changed.set(
          reals[0], form.terms().empty() ? form.constant() : [&] {
            Number sum = form.constant();
            for (const Term& term : form.terms()) sum += term.coefficient * *model.value(term.variable);
            return sum;
          }());
      REQUIRE(store.evaluate(images[0], model) == store.evaluate(e, changed));
      Model with = model, without = model;
      with.set(booleans[1], true);
      without.set(booleans[1], false);
      REQUIRE(store.evaluate(all, model) == (store.evaluate(e, with) && store.evaluate(e, without)));
      REQUIRE(store.evaluate(some, model) == (store.evaluate(e, with) || store.evaluate(e, without)));
    }
    for (const BoolVar left : store.support(all).booleans) REQUIRE(left != booleans[1]);
    for (const BoolVar left : store.support(some).booleans) REQUIRE(left != booleans[1]);
  }
}

TEST_CASE("linear forms") {
  const RealVar x{0}, y{1}, z{2};
  LinearForm form = LinearForm(y, 2) + LinearForm(x) + LinearForm(z, -1) + LinearForm(Number(5));
  CHECK(form.terms()[0].variable == x);
  CHECK(form - form == LinearForm());
  CHECK((form += form) == (LinearForm(x, 2) + LinearForm(z, -2) + LinearForm(y, 4) + LinearForm(Number(10))));
  CHECK(form * Number(0) == LinearForm());
  CHECK(LinearForm(x).add(x, Number(-1)).is_constant());
  CHECK(common_measure(Number::ratio(1, 2), Number::ratio(1, 3)) == Number::ratio(1, 6));
  CHECK(common_measure(Number(12), Number(18)) == Number(6));
}

TEST_CASE("a cleared store starts again") {
  ExpressionStore store;
  const Expr first = store.boolean(store.new_boolean());
  const auto before = store.generation();
  store.clear();
  CHECK(store.generation() != before);
  CHECK(store.node_count() == 1);
  const RealVar x = store.new_real();
  CHECK(store.above(x, Number(1)).index == first.index);
  CHECK(store.kind(store.above(x, Number(1))) == Kind::Linear);
}

}  // namespace
}  // namespace onus::solve
