// What can be asked of decision graphs and made of them; one file for each operation.
//
// All operands belong to the store. An operation takes `undecided` to `undecided` (a question to nothing), and says it too
// when the budget runs out. Cells are given one for each level, in order of levels.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/number.hpp"
#include "graph/store.hpp"

namespace onus::graph {

using Cells = std::vector<std::uint32_t>;

// ---- apply.cpp
NodeId apply(Store& store, Operation operation, NodeId a, NodeId b);  // And, Or, Xor, Without
inline NodeId and_(Store& store, NodeId a, NodeId b) { return apply(store, Operation::And, a, b); }
inline NodeId or_(Store& store, NodeId a, NodeId b) { return apply(store, Operation::Or, a, b); }
inline NodeId xor_(Store& store, NodeId a, NodeId b) { return apply(store, Operation::Xor, a, b); }
inline NodeId without(Store& store, NodeId a, NodeId b) { return apply(store, Operation::Without, a, b); }
inline NodeId not_(Store& store, NodeId a) { return apply(store, Operation::Xor, a, true_node); }
// Of many, as a balanced tree, those with the deepest levels first.
NodeId and_all(Store& store, std::vector<NodeId> operands);
NodeId or_all(Store& store, std::vector<NodeId> operands);

// ---- ite.cpp
NodeId ite(Store& store, NodeId condition, NodeId then, NodeId otherwise);

// ---- quantify.cpp: over the levels marked true (one mark for each level)
NodeId exists(Store& store, NodeId f, const std::vector<bool>& levels);
NodeId forall(Store& store, NodeId f, const std::vector<bool>& levels);

// ---- cofactor.cpp
struct Fixed {
  std::uint32_t level = 0, cell = 0;
};
NodeId cofactor(Store& store, NodeId f, std::span<const Fixed> fixed);  // ascending levels, each once
bool evaluate(const Store& store, NodeId f, std::span<const std::uint32_t> cells);
std::vector<std::uint32_t> support(const Store& store, std::span<const NodeId> roots);  // levels, ascending
std::size_t node_count(const Store& store, std::span<const NodeId> roots);              // terminals aside
// Every node that the roots lead to, terminals aside, children before their parents.
std::vector<NodeId> nodes_below(const Store& store, std::span<const NodeId> roots);

// ---- care.cpp: a function that agrees with f wherever `care` holds, smaller where it can be. `care` is not false.
NodeId restrict(Store& store, NodeId f, NodeId care);

// ---- count.cpp
// How many combinations of cells make f true.
Number count_cells(const Store& store, NodeId f);
// The weight of f: the sum over its combinations of the product of their cells' weights, weights[level][cell].
Number weigh(const Store& store, NodeId f, const std::vector<std::vector<Number>>& weights);
// How many of these rows (of as many cells as there are levels, one after the other) make f true.
std::uint64_t count_rows(const Store& store, NodeId f, std::span<const std::uint32_t> rows);

// ---- predicates.cpp: no node is made, and the search ends at the first combination found.
inline constexpr std::uint32_t no_cell = 0xffffffffU;
// Whether some combination makes all three of `all` true and `none` false. The first one in order of levels and cells goes
// to `found`; levels that do not matter hold `no_cell`.
std::optional<bool> find_common(Store& store, const std::array<NodeId, 3>& all, NodeId none, Cells* found = nullptr);
std::optional<bool> intersects(Store& store, NodeId a, NodeId b, NodeId care = true_node);
std::optional<bool> implies(Store& store, NodeId a, NodeId b, NodeId care = true_node);

// ---- cubes.cpp
// One side of a cube: the cells [begin, end) of a level.
struct Side {
  std::uint32_t level = 0, begin = 0, end = 0;
  bool operator==(const Side&) const = default;
};
using Cube = std::vector<Side>;  // by level; levels that are left out are free
// Cubes that cover `lower`, stay within `upper` (lower implies upper), cannot be made larger within `upper`, and none of
// which the others make needless. Nothing when the budget or `most` is passed.
std::optional<std::vector<Cube>> cover(Store& store, NodeId lower, NodeId upper, std::size_t most = 100'000);
NodeId cube_node(Store& store, const Cube& cube);

// ---- path.cpp
// The combination of cells that makes f true at the least sum of costs, costs[level][cell]; a cell without a cost is out of
// the question. Of several the first in order of levels and cells. Nothing if there is none.
struct CheapestPath {
  Number cost;
  Cells cells;
};
std::optional<CheapestPath> cheapest(const Store& store, NodeId f,
                                     const std::vector<std::vector<std::optional<Number>>>& costs);

// ---- serialise.cpp
// The bytes of these roots: equal functions over equal levels give equal bytes, whatever else the store holds.
std::string serialise(const Store& store, std::span<const NodeId> roots);
// Roots of bytes that `serialise` wrote over the same levels; nothing of other bytes.
std::optional<std::vector<NodeId>> deserialise(Store& store, std::string_view bytes);
// The same functions in another store over the same levels, numbered in a fixed order: what is unused stays behind.
std::vector<NodeId> transfer(const Store& from, std::span<const NodeId> roots, Store& to);

}  // namespace onus::graph
