#include <doctest/doctest.h>

#include <stdexcept>

#include "tables.hpp"

namespace onus::graph {
namespace {

TEST_CASE("neighbours that lead to one node are one edge, and a node of one edge is none") {
  Budget budget;
  Store store({5, 2}, budget);
  const NodeId below = store.range(1, 1, 2);
  const Edge edges[] = {{1, below}, {2, below}, {4, false_node}, {5, false_node}};
  const NodeId made = store.make(0, edges);
  CHECK(store.edge_count(made) == 2);
  CHECK(store.edge(made, 0) == Edge{2, below});
  const Edge same[] = {{3, below}, {5, below}};
  CHECK(store.make(0, same) == below);
  CHECK(store.range(0, 0, 5) == true_node);
  CHECK(store.range(0, 2, 2) == false_node);
}

TEST_CASE("a rollback forgets what was made since the mark, and nothing else") {
  const std::vector<std::uint32_t> shape{3, 4, 2, 3};
  const Combinations all(shape);
  Budget budget;
  Store store(shape, budget);
  Random random(8);
  const Function kept = random_function(store, all, random, 20);
  for (int round = 0; round < 50; ++round) {
    const auto mark = store.mark();
    const Function other = random_function(store, all, random, 40);
    CHECK(table_of(store, all, other.node) == other.table);
    store.rollback(mark);
    CHECK(store.size() == mark.nodes);
    CHECK(node_of(store, all, kept.table) == kept.node);
    store.rollback(mark);
  }
}

TEST_CASE("bytes depend on the functions alone") {
  const std::vector<std::uint32_t> shape{3, 4, 2, 3};
  const Combinations all(shape);
  Random random(9);
  for (int round = 0; round < 50; ++round) {
    Budget budget;
    Store a(shape, budget), b(shape, budget), c(shape, budget);
    const Function f = random_function(a, all, random, 15), g = random_function(a, all, random, 15);
    const NodeId roots_a[] = {f.node, undecided, g.node};
    random_function(b, all, random, 30);  // something else first
    const NodeId roots_b[] = {node_of(b, all, f.table), undecided, node_of(b, all, g.table)};
    const std::string bytes = serialise(a, roots_a);
    CHECK(bytes == serialise(b, roots_b));
    const auto read = deserialise(c, bytes);
    REQUIRE(read);
    CHECK(serialise(c, *read) == bytes);
    CHECK(table_of(c, all, read->front()) == f.table);
    Store d(shape, budget);
    CHECK(serialise(d, transfer(b, roots_b, d)) == bytes);
    // Cut short or changed, bytes are refused or are those of another graph; they are never read past their end.
    for (std::size_t length = 0; length < bytes.size(); ++length)
      CHECK_FALSE(deserialise(c, std::string_view(bytes).substr(0, length)));
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ (1 << random.below(8)));
      Store e(shape, budget);
      (void)deserialise(e, changed);
    }
  }
}

TEST_CASE("a budget that runs out is undecided, never an answer") {
  // x1 y1 or x2 y2 or …, all x before all y: two to the power of the pairs.
  const std::uint32_t pairs = 24;
  for (const bool by_nodes : {true, false}) {
    Budget budget;
    (by_nodes ? budget.nodes : budget.steps) = 20'000;
    Store store(std::vector<std::uint32_t>(2 * pairs, 2), budget);
    NodeId f = false_node;
    for (std::uint32_t i = 0; i < pairs; ++i)
      f = or_(store, f, and_(store, store.range(i, 1, 2), store.range(pairs + i, 1, 2)));
    CHECK(f.is_undecided());
    CHECK(budget.exhausted());
    CHECK(not_(store, f).is_undecided());
    CHECK(ite(store, f, true_node, false_node).is_undecided());
    CHECK_FALSE(implies(store, f, true_node));
    CHECK_FALSE(cover(store, f, f));
  }
}

TEST_CASE("levels have a limit") {
  Budget budget;
  CHECK_THROWS_AS(Store(std::vector<std::uint32_t>(Store::max_levels + 1, 2), budget), std::length_error);
  CHECK_THROWS_AS(Store({2, 0}, budget), std::length_error);
  Store deep(std::vector<std::uint32_t>(Store::max_levels, 2), budget);
  NodeId odd = false_node;
  for (std::uint32_t level = Store::max_levels; level-- > 0;) odd = xor_(deep, odd, deep.range(level, 1, 2));
  NodeId even = true_node;
  for (std::uint32_t level = Store::max_levels; level-- > 0;) even = xor_(deep, even, deep.range(level, 1, 2));
  CHECK(not_(deep, odd) == even);
  CHECK(ite(deep, odd, even, true_node) == even);
  CHECK(intersects(deep, odd, even) == false);
  CHECK(count_cells(deep, odd) * Number(2) == count_cells(deep, true_node));
  CHECK(serialise(deep, {{odd, even}}) == serialise(deep, {{odd, even}}));
}

}  // namespace
}  // namespace onus::graph
