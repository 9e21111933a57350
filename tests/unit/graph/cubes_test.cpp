#include <doctest/doctest.h>

#include "tables.hpp"

namespace onus::graph {
namespace {

Table table_of(const Combinations& all, const Cube& cube) {
  Table table(all.size(), true);
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const Side& side : cube)
      table[i] = table[i] && all.at(i)[side.level] >= side.begin && all.at(i)[side.level] < side.end;
  return table;
}

bool within(const Table& a, const Table& b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] && !b[i]) return false;
  return true;
}

TEST_CASE("cubes cover, stay within, are prime, and none is needless") {
  Random random(7);
  const std::vector<std::vector<std::uint32_t>> shapes{{2, 2, 2, 2}, {3, 2, 4, 2}, {1, 5, 2, 3}, {7, 6}, {6, 4, 3}};
  std::size_t cubes_met = 0;
  for (const auto& shape : shapes) {
    const Combinations all(shape);
    Budget budget;
    Store store(shape, budget);
    for (int round = 0; round < 150; ++round) {
      const Function f = random_function(store, all, random, 30);
      const Function loose = random_function(store, all, random, 6);
      const NodeId lower = without(store, f.node, loose.node), upper = or_(store, f.node, loose.node);
      const Table low = table_of(store, all, lower), high = table_of(store, all, upper);
      const auto cubes = cover(store, lower, upper);
      REQUIRE(cubes);
      cubes_met += cubes->size();
      std::vector<Table> tables;
      Table covered(all.size(), false);
      for (const Cube& cube : *cubes) {
        tables.push_back(table_of(all, cube));
        CHECK(within(tables.back(), high));
        CHECK(table_of(store, all, cube_node(store, cube)) == tables.back());
        for (std::size_t i = 0; i < all.size(); ++i) covered[i] = covered[i] || tables.back()[i];
        // Prime: no side can move out by a cell, nor be left out.
        for (std::size_t k = 0; k < cube.size(); ++k) {
          Cube wider = cube;
          if (cube[k].begin > 0) {
            --wider[k].begin;
            CHECK_FALSE(within(table_of(all, wider), high));
          }
          wider = cube;
          if (cube[k].end < shape[cube[k].level]) {
            ++wider[k].end;
            CHECK_FALSE(within(table_of(all, wider), high));
          }
        }
      }
      CHECK(within(low, covered));
      for (std::size_t left_out = 0; left_out < tables.size(); ++left_out) {
        Table rest(all.size(), false);
        for (std::size_t k = 0; k < tables.size(); ++k)
          for (std::size_t i = 0; i < all.size(); ++i) rest[i] = rest[i] || (k != left_out && tables[k][i]);
        CHECK_FALSE(within(low, rest));
      }
    }
  }
  CHECK(cubes_met > 500);
}

TEST_CASE("the cover of a constant") {
  Budget budget;
  Store store({2, 3}, budget);
  CHECK(cover(store, false_node, false_node)->empty());
  CHECK(*cover(store, true_node, true_node) == std::vector<Cube>{Cube{}});
  CHECK(*cover(store, store.range(1, 1, 2), true_node) == std::vector<Cube>{Cube{}});
  CHECK(*cover(store, store.range(1, 1, 2), store.range(1, 1, 3)) == std::vector<Cube>{Cube{{1, 1, 3}}});
}

}  // namespace
}  // namespace onus::graph
