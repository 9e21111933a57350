#include <doctest/doctest.h>

#include <algorithm>

#include "tables.hpp"

namespace onus::graph {
namespace {

const std::vector<std::vector<std::uint32_t>> shapes{{2, 2, 2, 2}, {3, 2, 4, 2}, {1, 5, 2, 3}, {7, 6}, {2, 3, 2, 2, 3, 2}};

template <class Check>
void on_random_functions(std::uint64_t seed, int rounds, Check check) {
  Random random(seed);
  for (const auto& shape : shapes) {
    const Combinations all(shape);
    Budget budget;
    Store store(shape, budget);
    for (int round = 0; round < rounds; ++round) check(store, all, random);
  }
}

TEST_CASE("apply agrees with truth tables, and equal functions are one node") {
  on_random_functions(1, 60, [](Store& store, const Combinations& all, Random& random) {
    const Function f = random_function(store, all, random, 12);
    CHECK(table_of(store, all, f.node) == f.table);
    CHECK(node_of(store, all, f.table) == f.node);
    CHECK(not_(store, not_(store, f.node)) == f.node);
  });
}

TEST_CASE("every function of two levels, exhaustively") {
  const std::vector<std::uint32_t> shape{2, 3};
  const Combinations all(shape);
  Budget budget;
  Store store(shape, budget);
  std::vector<NodeId> nodes;
  std::vector<Table> tables;
  for (std::uint32_t bits = 0; bits < 64; ++bits) {
    Table table(6);
    for (std::uint32_t i = 0; i < 6; ++i) table[i] = (bits >> i & 1U) != 0;
    nodes.push_back(node_of(store, all, table));
    tables.push_back(table);
    CHECK(count_cells(store, nodes.back()) == Number(__builtin_popcount(bits)));
  }
  for (std::uint32_t a = 0; a < 64; ++a) {
    for (std::uint32_t b = 0; b < 64; ++b) {
      CHECK(and_(store, nodes[a], nodes[b]) == nodes[a & b]);
      CHECK(or_(store, nodes[a], nodes[b]) == nodes[a | b]);
      CHECK(xor_(store, nodes[a], nodes[b]) == nodes[a ^ b]);
      CHECK(without(store, nodes[a], nodes[b]) == nodes[a & ~b & 63U]);
      CHECK(implies(store, nodes[a], nodes[b]) == ((a & ~b) == 0));
      CHECK(intersects(store, nodes[a], nodes[b]) == ((a & b) != 0));
      for (std::uint32_t c = 0; c < 64; c += 7) {
        CHECK(ite(store, nodes[a], nodes[b], nodes[c]) == nodes[(a & b) | (~a & c & 63U)]);
        CHECK(intersects(store, nodes[a], nodes[b], nodes[c]) == ((a & b & c) != 0));
        CHECK(implies(store, nodes[a], nodes[b], nodes[c]) == ((a & ~b & c) == 0));
        if (c == 0) continue;
        const NodeId small = restrict(store, nodes[a], nodes[c]);
        CHECK(and_(store, small, nodes[c]) == and_(store, nodes[a], nodes[c]));
      }
    }
  }
}

TEST_CASE("ite, quantifiers, cofactors") {
  on_random_functions(2, 40, [](Store& store, const Combinations& all, Random& random) {
    const Function f = random_function(store, all, random, 8);
    const Function g = random_function(store, all, random, 8);
    const Function h = random_function(store, all, random, 8);
    Table chosen(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) chosen[i] = f.table[i] ? g.table[i] : h.table[i];
    CHECK(ite(store, f.node, g.node, h.node) == node_of(store, all, chosen));

    std::vector<bool> bound(all.cells().size());
    for (std::size_t level = 0; level < bound.size(); ++level) bound[level] = random.below(2) == 0;
    Table some(all.size(), false), every(all.size(), true);
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = 0; j < all.size(); ++j) {
        bool same = true;
        for (std::size_t level = 0; level < bound.size(); ++level)
          same = same && (bound[level] || all.at(i)[level] == all.at(j)[level]);
        if (!same) continue;
        some[i] = some[i] || f.table[j];
        every[i] = every[i] && f.table[j];
      }
    }
    CHECK(exists(store, f.node, bound) == node_of(store, all, some));
    CHECK(forall(store, f.node, bound) == node_of(store, all, every));

    std::vector<Fixed> fixed;
    for (std::uint32_t level = 0; level < bound.size(); ++level)
      if (bound[level]) fixed.push_back({level, random.below(all.cells()[level])});
    Table cut(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      Cells cells = all.at(i);
      for (const Fixed& one : fixed) cells[one.level] = one.cell;
      cut[i] = f.table[all.index(cells)];
    }
    CHECK(cofactor(store, f.node, fixed) == node_of(store, all, cut));
  });
}

TEST_CASE("restriction agrees where it has to, and looks at nothing more than the function") {
  on_random_functions(3, 60, [](Store& store, const Combinations& all, Random& random) {
    const Function f = random_function(store, all, random, 10);
    const Function care = random_function(store, all, random, 4);
    if (care.node.is_false()) return;
    const NodeId small = restrict(store, f.node, care.node);
    const Table table = table_of(store, all, small);
    for (std::size_t i = 0; i < all.size(); ++i)
      if (care.table[i]) CHECK(table[i] == f.table[i]);
    const auto before = support(store, {{f.node}}), after = support(store, {{small}});
    for (const std::uint32_t level : after) CHECK(std::ranges::find(before, level) != before.end());
  });
}

TEST_CASE("counts, weights, rows") {
  on_random_functions(4, 40, [](Store& store, const Combinations& all, Random& random) {
    const Function f = random_function(store, all, random, 10);
    std::vector<std::vector<Number>> weights;
    for (const std::uint32_t count : all.cells()) {
      weights.emplace_back();
      for (std::uint32_t cell = 0; cell < count; ++cell) weights.back().push_back(Number::ratio(random.below(9), 4));
    }
    Number weight = 0;
    std::uint64_t count = 0;
    Cells rows;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Cells cells = all.at(i);
      rows.insert(rows.end(), cells.begin(), cells.end());
      if (!f.table[i]) continue;
      ++count;
      Number product = 1;
      for (std::size_t level = 0; level < cells.size(); ++level) product *= weights[level][cells[level]];
      weight += product;
    }
    CHECK(count_cells(store, f.node) == Number(count));
    CHECK(weigh(store, f.node, weights) == weight);
    CHECK(count_rows(store, f.node, rows) == count);
  });
}

TEST_CASE("predicates find the first combination, or none") {
  on_random_functions(5, 80, [](Store& store, const Combinations& all, Random& random) {
    const Function a = random_function(store, all, random, 6), b = random_function(store, all, random, 6);
    const Function c = random_function(store, all, random, 3), d = random_function(store, all, random, 6);
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < all.size() && !first; ++i)
      if (a.table[i] && b.table[i] && c.table[i] && !d.table[i]) first = i;
    const std::size_t size = store.size();
    Cells found;
    CHECK(find_common(store, {a.node, b.node, c.node}, d.node) == first.has_value());
    CHECK(find_common(store, {a.node, b.node, c.node}, d.node, &found) == first.has_value());
    CHECK(store.size() == size);
    if (!first) return;
    for (std::uint32_t& cell : found) cell = cell == no_cell ? 0 : cell;
    CHECK(all.index(found) == *first);
  });
}

TEST_CASE("the cheapest path") {
  on_random_functions(6, 60, [](Store& store, const Combinations& all, Random& random) {
    const Function f = random_function(store, all, random, 10);
    std::vector<std::vector<std::optional<Number>>> costs;
    for (const std::uint32_t count : all.cells()) {
      costs.emplace_back();
      for (std::uint32_t cell = 0; cell < count; ++cell)
        costs.back().push_back(random.below(4) == 0 ? std::nullopt : std::optional(Number(random.below(7))));
    }
    const auto cost_of = [&](const Cells& cells) -> std::optional<Number> {
      Number sum = 0;
      for (std::size_t level = 0; level < cells.size(); ++level) {
        const auto& cost = costs[level][cells[level]];
        if (!cost) return std::nullopt;
        sum += *cost;
      }
      return sum;
    };
    std::optional<Number> least;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto cost = f.table[i] ? cost_of(all.at(i)) : std::nullopt;
      if (cost && (!least || *cost < *least)) least = cost;
    }
    const auto path = cheapest(store, f.node, costs);
    REQUIRE(path.has_value() == least.has_value());
    if (!path) return;
    CHECK(path->cost == *least);
    CHECK(cost_of(path->cells) == least);
    CHECK(evaluate(store, f.node, path->cells));
  });
}

}  // namespace
}  // namespace onus::graph
