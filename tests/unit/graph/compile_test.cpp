#include <doctest/doctest.h>

#include "../solve/formulas.hpp"
#include "graph/order.hpp"
#include "graph/witness.hpp"
#include "solve/solver.hpp"

namespace onus::graph {
namespace {

using solve::Bound;
using solve::Expr;
using solve::ExpressionStore;
using solve::testing::Random;
using solve::testing::Shape;

struct World {
  ExpressionStore store;
  std::vector<solve::BoolVar> booleans;
  std::vector<solve::RealVar> reals;

  World(Random& random, const Shape& shape, bool whole) {
    for (int i = 0; i < shape.booleans; ++i) booleans.push_back(store.new_boolean());
    for (int i = 0; i < shape.reals; ++i) {
      const bool integer = whole && random.chance(50);
      std::optional<Bound> lower, upper;
      if (random.chance(70)) lower = Bound{Number(random.between(-2, 0)), random.chance(70)};
      if (random.chance(50)) upper = Bound{Number(random.between(2, 5)), random.chance(70)};
      reals.push_back(store.new_real(integer, lower, upper));
    }
  }
  Expr random(Random& source, const Shape& shape) {
    return solve::testing::build(solve::testing::random_formula(source, shape), store, booleans, reals);
  }
};

Answer yes_or_no(bool yes) { return yes ? Answer::Yes : Answer::No; }

void agree_with_solver(std::uint64_t seed, int rounds, Shape shape, bool whole, std::size_t joint_cells) {
  Random random(seed);
  int open = 0, inexact = 0;
  for (int round = 0; round < rounds; ++round) {
    World world(random, shape, whole);
    std::vector<Expr> roots;
    for (int i = 0; i < 3; ++i) roots.push_back(world.random(random, shape));
    const Expr constraint = world.store.or_(world.random(random, shape), world.random(random, shape));
    Budget budget;
    CompileOptions options;
    options.joint_cells = joint_cells;
    Graph graph(world.store, roots, {constraint}, budget, options);
    inexact += graph.care_is_exact() ? 0 : 1;
    solve::Solver solver(world.store);
    solver.add(constraint);
    for (std::size_t i = 0; i < roots.size(); ++i) {
      const NodeId node = graph.roots()[i];
      REQUIRE_FALSE(node.is_undecided());
      const auto satisfiable = solver.satisfiable(roots[i]), refutable = solver.satisfiable(ExpressionStore::not_(roots[i]));
      REQUIRE((satisfiable && refutable));
      CHECK(intersects(graph, node, true_node) == yes_or_no(*satisfiable));
      CHECK(implies(graph, true_node, node) == yes_or_no(!*refutable));
      if (*satisfiable && *refutable) ++open;
      const Found found = find(graph, node);
      CHECK(found.answer == yes_or_no(*satisfiable));
      if (found.witness) {
        CHECK(world.store.evaluate(roots[i], found.witness->model));
        CHECK(world.store.evaluate(constraint, found.witness->model));
        CHECK(evaluate(graph.store(), node, found.witness->cells));
      }
      const std::size_t other = (i + 1) % roots.size();
      const Expr both[] = {roots[i], roots[other]};
      const Expr apart[] = {roots[i], ExpressionStore::not_(roots[other])};
      CHECK(intersects(graph, node, graph.roots()[other]) == yes_or_no(solver.check(both) == solve::Result::Sat));
      CHECK(implies(graph, node, graph.roots()[other]) == yes_or_no(solver.check(apart) == solve::Result::Unsat));
    }
  }
  CHECK(open > rounds / 4);
  if (joint_cells == 0) CHECK(inexact > rounds / 4);
}

TEST_CASE("truth values: the graph and the solver agree") { agree_with_solver(11, 300, Shape{6, 0, 0, 14}, false, 5000); }
TEST_CASE("linked amounts: the graph and the solver agree") { agree_with_solver(12, 300, Shape{2, 3, 5, 10, 3, 4}, false, 5000); }
TEST_CASE("linked whole numbers: the graph and the solver agree") {
  agree_with_solver(13, 300, Shape{2, 3, 5, 10, 3, 4}, true, 5000);
}
TEST_CASE("linked amounts whose joint cells are not listed") {
  agree_with_solver(14, 200, Shape{2, 3, 6, 10, 3, 4}, true, 0);
  agree_with_solver(15, 200, Shape{2, 2, 8, 10, 3, 4}, false, 0);
}

TEST_CASE("every witness is possible, however far the linear forms are linked") {
  // x > y > z > x in shares: each pair can be, all three cannot.
  ExpressionStore store;
  const auto x = store.new_real(false, Bound{Number(0), true}), y = store.new_real(false, Bound{Number(0), true}),
             z = store.new_real(false, Bound{Number(0), true});
  using solve::LinearForm;
  const Expr a = store.is_positive(LinearForm(x) - LinearForm(y));
  const Expr b = store.is_positive(LinearForm(y) - LinearForm(z));
  const Expr c = store.is_positive(LinearForm(z) - LinearForm(x));
  for (const std::size_t listed : {std::size_t{0}, std::size_t{5000}}) {
    Budget budget;
    CompileOptions options;
    options.joint_cells = listed;
    Graph graph(store, {store.and_(a, b), c}, {}, budget, options);
    CHECK(graph.care_is_exact() == (listed != 0));
    CHECK(find(graph, graph.roots()[0]).answer == Answer::Yes);
    CHECK(find(graph, graph.roots()[0], graph.roots()[1]).answer == Answer::No);
    CHECK(implies(graph, graph.roots()[0], not_(graph.store(), graph.roots()[1])) == Answer::Yes);
  }
}

TEST_CASE("twenty orders: the same answers, and each order the same bytes again") {
  Random random(16);
  for (int round = 0; round < 10; ++round) {
    const Shape shape{8, 3, 5, 30, 3, 4};
    World world(random, shape, false);
    std::vector<Expr> roots;
    for (int i = 0; i < 4; ++i) roots.push_back(world.random(random, shape));
    std::vector<Answer> expected;
    for (std::uint64_t start = 0; start < 20; ++start) {
      CompileOptions options;
      options.orders = 1;
      options.first_start = start;
      Budget budget, again;
      Graph graph(world.store, roots, {}, budget, options);
      CHECK(graph.bytes() == Graph(world.store, roots, {}, again, options).bytes());
      std::vector<Answer> answers;
      for (std::size_t i = 0; i < roots.size(); ++i)
        for (std::size_t j = 0; j < roots.size(); ++j) {
          answers.push_back(implies(graph, graph.roots()[i], graph.roots()[j]));
          answers.push_back(intersects(graph, graph.roots()[i], graph.roots()[j]));
        }
      if (start == 0) expected = answers;
      CHECK(answers == expected);
    }
  }
}

TEST_CASE("the nearest case changes the fewest variables") {
  Random random(17);
  for (int round = 0; round < 100; ++round) {
    const Shape shape{4, 2, 3, 10, 2, 3};
    World world(random, shape, false);
    const std::vector<Expr> roots{world.random(random, shape)};
    Budget budget;
    Graph graph(world.store, roots, {}, budget);
    const Found start = find(graph, true_node), end = find(graph, graph.roots()[0]);
    if (start.answer != Answer::Yes || end.answer != Answer::Yes) continue;
    const Cells profile = start.witness->cells;
    const Found near = nearest(graph, graph.roots()[0], profile);
    REQUIRE(near.answer == Answer::Yes);
    CHECK(world.store.evaluate(roots[0], near.witness->model));
    const auto distance = [&](const Cells& cells) {
      int sum = 0;
      for (std::size_t level = 0; level < cells.size(); ++level) sum += cells[level] != profile[level] ? 1 : 0;
      return sum;
    };
    // No possible combination is nearer.
    Cells cells(profile.size(), 0);
    const NodeId good = and_(graph.store(), graph.roots()[0], graph.care());
    int least = 1000;
    for (bool more = true; more;) {
      if (evaluate(graph.store(), good, cells)) least = std::min(least, distance(cells));
      more = false;
      for (std::uint32_t level = 0; level < cells.size() && !more; ++level) {
        more = ++cells[level] < graph.store().cells(level);
        if (!more) cells[level] = 0;
      }
    }
    CHECK(distance(near.witness->cells) == least);
  }
}

// (x0 and y0) or (x1 and y1) or …, or a conjunction that needs few nodes in any order.
struct Pairs {
  ExpressionStore store;
  std::vector<Expr> x, y;
  Expr all = solve::false_expr, small;
  explicit Pairs(int count) {
    for (int i = 0; i < count; ++i) x.push_back(store.boolean(store.new_boolean()));
    for (int i = 0; i < count; ++i) y.push_back(store.boolean(store.new_boolean()));
    std::vector<Expr> pairs;
    for (std::size_t i = 0; i < x.size(); ++i) pairs.push_back(store.and_(x[i], y[i]));
    all = store.or_(pairs);
    small = store.and_(x[0], store.or_(y[0], y[1]));
  }
};

TEST_CASE("a root that would need too many nodes is undecided, the others are not") {
  Pairs pairs(64);
  Budget budget;
  CompileOptions options;
  std::vector<std::uint32_t> order(128);
  for (std::uint32_t i = 0; i < 128; ++i) order[i] = i;
  options.order = order;
  Graph graph(pairs.store, {pairs.small, pairs.all, pairs.y[3]}, {}, budget, options);
  CHECK_FALSE(graph.roots()[0].is_undecided());
  CHECK(graph.roots()[1].is_undecided());
  CHECK_FALSE(graph.roots()[2].is_undecided());
  CHECK(implies(graph, graph.roots()[0], graph.roots()[1]) == Answer::Undecided);
  CHECK(intersects(graph, graph.roots()[0], graph.roots()[2]) == Answer::Yes);
  CHECK(variables_of(pairs.store, graph.partition(), pairs.all) == 128);
  CHECK(graph.store().bytes() < (1U << 20U));
}

TEST_CASE("an order is found in which they need few") {
  Pairs pairs(64);
  Budget budget;
  Graph graph(pairs.store, {pairs.all}, {}, budget);
  REQUIRE_FALSE(graph.roots()[0].is_undecided());
  CHECK(node_count(graph.store(), graph.roots()) <= 128);
}

TEST_CASE("more variables than levels: everything is undecided") {
  ExpressionStore store;
  std::vector<Expr> all;
  for (std::size_t i = 0; i <= Store::max_levels; ++i) all.push_back(store.boolean(store.new_boolean()));
  Budget budget;
  Graph graph(store, {store.and_(all)}, {}, budget);
  CHECK(graph.is_too_wide());
  CHECK(intersects(graph, graph.roots()[0], true_node) == Answer::Undecided);
}

}  // namespace
}  // namespace onus::graph
