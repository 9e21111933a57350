// Both amounts of a share known as ranges: what the linear constraints decide is decided. Held against brute force over the
// points where something changes, their neighbours and the ends of the ranges, in exact numbers.
#include <doctest/doctest.h>

#include <algorithm>

#include "../solve/formulas.hpp"
#include "graph/witness.hpp"

namespace onus::graph {
namespace {

using solve::Bound;
using solve::Expr;
using solve::LinearForm;
using solve::testing::Random;

// The values and one between each two of them, inside the range.
std::vector<Number> with_between(std::vector<Number> values, const Number& low, const Number& high) {
  values.push_back(low);
  values.push_back(high);
  std::erase_if(values, [&](const Number& value) { return value < low || value > high; });
  std::sort(values.begin(), values.end());
  std::vector<Number> result;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) result.push_back((values[i - 1] + values[i]) / Number(2));
    result.push_back(values[i]);
  }
  return result;
}

TEST_CASE("no verdict is open that the ranges decide") {
  Random random(31);
  int decided = 0, open = 0;
  for (int round = 0; round < 400; ++round) {
    const Number low_x = random.between(0, 6), high_x = low_x + Number(random.between(0, 4));
    const Number low_y = random.between(0, 12), high_y = low_y + Number(random.between(0, 6));
    const std::vector<Number> shares{Number::ratio(1, 3), Number::ratio(1, 2), Number::ratio(random.between(1, 9), 5)};
    const Number limit_x = random.between(0, 9), limit_y = random.between(0, 15);
    solve::ExpressionStore store;
    const auto x = store.new_real(false, Bound{low_x, true}, Bound{high_x, true});
    const auto y = store.new_real(false, Bound{low_y, true}, Bound{high_y, true});
    std::vector<Expr> atoms{store.above(x, limit_x), store.at_least(x, limit_x), store.at_least(y, limit_y)};
    for (const Number& share : shares) {
      atoms.push_back(store.is_positive(LinearForm(x) - LinearForm(y, share)));
      atoms.push_back(store.is_at_least_zero(LinearForm(x) - LinearForm(y, share)));
    }
    std::vector<Expr> pool = atoms;
    for (int i = 0; i < 8; ++i) {
      Expr a = pool[static_cast<std::size_t>(random.below(static_cast<int>(pool.size())))];
      const Expr b = pool[static_cast<std::size_t>(random.below(static_cast<int>(pool.size())))];
      if (random.chance(40)) a = solve::ExpressionStore::not_(a);
      pool.push_back(random.chance(50) ? store.and_(a, b) : store.or_(a, b));
    }
    const std::vector<Expr> roots(pool.end() - 4, pool.end());

    std::vector<bool> can(roots.size(), false), can_not(roots.size(), false);
    std::vector<Number> turns{limit_y};
    for (const Number& share : shares)
      for (const Number& value : {limit_x, low_x, high_x}) turns.push_back(value / share);
    for (const Number& at_y : with_between(turns, low_y, high_y)) {
      std::vector<Number> borders{limit_x};
      for (const Number& share : shares) borders.push_back(share * at_y);
      for (const Number& at_x : with_between(borders, low_x, high_x)) {
        solve::Model point;
        point.set(x, at_x);
        point.set(y, at_y);
        for (std::size_t i = 0; i < roots.size(); ++i) (store.evaluate(roots[i], point) ? can : can_not)[i] = true;
      }
    }
    for (const std::size_t listed : {std::size_t{0}, std::size_t{5000}}) {
      Budget budget;
      CompileOptions options;
      options.joint_cells = listed;
      Graph graph(store, roots, {}, budget, options);
      for (std::size_t i = 0; i < roots.size(); ++i) {
        CHECK(intersects(graph, graph.roots()[i], true_node) == (can[i] ? Answer::Yes : Answer::No));
        CHECK(implies(graph, true_node, graph.roots()[i]) == (can_not[i] ? Answer::No : Answer::Yes));
        ++(can[i] && can_not[i] ? open : decided);
      }
    }
  }
  CHECK(decided > 500);
  CHECK(open > 500);
}

}  // namespace
}  // namespace onus::graph
