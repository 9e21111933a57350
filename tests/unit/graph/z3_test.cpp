// An oracle that shares nothing with the product: implications and intersections of random conditions over truth values,
// linked amounts and whole numbers, asked of Z3 as well.
#include <doctest/doctest.h>
#include <z3++.h>

#include "../solve/formulas.hpp"
#include "graph/witness.hpp"

namespace onus::graph {
namespace {

using solve::Bound;
using solve::Expr;
using solve::ExpressionStore;
using solve::testing::Formula;
using solve::testing::Random;
using solve::testing::Shape;

// The formula in Z3, from its own description rather than from the expression store.
class Translation {
 public:
  Translation(z3::context& context, const z3::expr_vector& booleans, const z3::expr_vector& reals)
      : context_(context), booleans_(booleans), reals_(reals) {}

  z3::expr formula(const Formula& formula) {
    std::vector<z3::expr> done;
    for (const auto& node : formula.nodes) {
      z3::expr_vector children(context_);
      for (const int child : node.children) children.push_back(done[static_cast<std::size_t>(child)]);
      done.push_back(translate(formula, node, children));
    }
    return done.back();
  }

 private:
  z3::expr translate(const Formula& formula, const Formula::Node& node, const z3::expr_vector& children) {
    using Op = Formula::Op;
    switch (node.op) {
      case Op::False: return context_.bool_val(false);
      case Op::True: return context_.bool_val(true);
      case Op::Boolean: return booleans_[static_cast<int>(node.index)];
      case Op::Atom: return atom(formula.atoms[static_cast<std::size_t>(node.index)]);
      case Op::Not: return !children[0];
      case Op::And: return z3::mk_and(children);
      case Op::Or: return z3::mk_or(children);
      case Op::Implies: return z3::implies(children[0], children[1]);
      case Op::Iff: return children[0] == children[1];
      case Op::Ite: return z3::ite(children[0], children[1], children[2]);
      case Op::AtLeast: return count(children) >= node.index;
      case Op::AtMostOne: return count(children) <= 1;
      case Op::ExactlyOne: return count(children) == 1;
    }
    return context_.bool_val(false);
  }
  z3::expr count(const z3::expr_vector& children) {
    z3::expr sum = context_.int_val(0);
    for (unsigned i = 0; i < children.size(); ++i) sum = sum + z3::ite(children[static_cast<int>(i)], context_.int_val(1), context_.int_val(0));
    return sum;
  }
  z3::expr atom(const solve::testing::PlainAtom& atom) {
    z3::expr sum = context_.real_val(atom.constant);
    for (unsigned i = 0; i < atom.coefficients.size(); ++i) sum = sum + context_.real_val(atom.coefficients[i]) * reals_[static_cast<int>(i)];
    return atom.strict ? sum > 0 : sum >= 0;
  }

  z3::context& context_;
  const z3::expr_vector& booleans_;
  const z3::expr_vector& reals_;
};

TEST_CASE("Z3 agrees on implications and intersections") {
  Random random(2026);
  int asked = 0, hold = 0, meet = 0, undecided = 0;
  for (int round = 0; asked < 5000; ++round) {
    const Shape shape{3, round % 3, round % 3 == 0 ? 0 : 5, 10, 3, 4};
    ExpressionStore store;
    std::vector<solve::BoolVar> booleans;
    std::vector<solve::RealVar> reals;
    z3::context context;
    z3::solver oracle(context);
    z3::expr_vector z_booleans(context), z_reals(context);
    for (int i = 0; i < shape.booleans; ++i) {
      booleans.push_back(store.new_boolean());
      z_booleans.push_back(context.bool_const(("b" + std::to_string(i)).c_str()));
    }
    for (int i = 0; i < shape.reals; ++i) {
      const bool whole = random.chance(40);
      const int low = random.between(-2, 0), high = random.between(2, 5);
      reals.push_back(store.new_real(whole, Bound{Number(low), true}, Bound{Number(high), false}));
      const std::string name = "x" + std::to_string(i);
      const z3::expr x = whole ? z3::to_real(context.int_const(name.c_str())) : context.real_const(name.c_str());
      oracle.add(x >= low && x < high);
      z_reals.push_back(x);
    }
    Translation translation(context, z_booleans, z_reals);
    std::vector<Expr> roots;
    z3::expr_vector z_roots(context);
    for (int i = 0; i < 4; ++i) {
      const Formula formula = solve::testing::random_formula(random, shape);
      roots.push_back(solve::testing::build(formula, store, booleans, reals));
      z_roots.push_back(translation.formula(formula));
    }
    Budget budget;
    CompileOptions options;
    if (round % 2 == 1) options.joint_cells = 0;   // impossible combinations are found one by one
    Graph graph(store, roots, {}, budget, options);
    const auto satisfiable = [&](const z3::expr& e) {
      oracle.push();
      oracle.add(e);
      const auto result = oracle.check();
      oracle.pop();
      REQUIRE(result != z3::unknown);
      return result == z3::sat;
    };
    for (unsigned i = 0; i < roots.size(); ++i) {
      for (unsigned j = 0; j < roots.size(); ++j) {
        if (i == j) continue;
        const Answer implied = implies(graph, graph.roots()[i], graph.roots()[j]);
        const Answer common = intersects(graph, graph.roots()[i], graph.roots()[j]);
        asked += 2;
        if (implied == Answer::Undecided || common == Answer::Undecided) {
          ++undecided;
          continue;
        }
        CHECK((implied == Answer::Yes) == !satisfiable(z_roots[static_cast<int>(i)] && !z_roots[static_cast<int>(j)]));
        CHECK((common == Answer::Yes) == satisfiable(z_roots[static_cast<int>(i)] && z_roots[static_cast<int>(j)]));
        hold += implied == Answer::Yes ? 1 : 0;
        meet += common == Answer::Yes ? 1 : 0;
      }
    }
  }
  MESSAGE(asked, " questions, ", hold, " implications, ", meet, " intersections, ", undecided, " undecided");
  CHECK(hold > 100);
  CHECK(meet > 500);
  CHECK(undecided == 0);
}

}  // namespace
}  // namespace onus::graph
