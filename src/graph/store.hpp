// Nodes of an interval decision diagram: a variable a level, its values cut into finitely many cells, one edge for each run
// of neighbouring cells that lead to the same node.
//
// Promises. Canonical: for a fixed order of levels, equal functions are one handle, so equality is a comparison of two
// numbers. Nodes live in one arena and are never moved; `mark` and `rollback` forget everything made in between. Nothing
// depends on addresses, time or the order of a hash: the same calls give the same ids.
//
// Work is bounded. A budget counts nodes and steps over a run; where it runs out, operations give the handle `undecided`,
// which every operation passes on, so that a run ends soon and nothing that was cut short can be taken for an answer.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/limits.hpp"

namespace onus::graph {

struct NodeId {
  std::uint32_t index = 0xffffffffU;

  constexpr bool is_undecided() const { return index == 0xffffffffU; }
  constexpr bool is_false() const { return index == 0; }
  constexpr bool is_true() const { return index == 1; }
  constexpr bool is_terminal() const { return index < 2; }
  constexpr auto operator<=>(const NodeId&) const = default;
};

inline constexpr NodeId false_node{0};
inline constexpr NodeId true_node{1};
inline constexpr NodeId undecided{};

constexpr NodeId terminal(bool value) { return value ? true_node : false_node; }

// Cells [end of the edge before, end) lead to `to`.
struct Edge {
  std::uint32_t end = 0;
  NodeId to;
  bool operator==(const Edge&) const = default;
};

// Shared by all stores of a run. Once a limit is passed it stays passed.
struct Budget {
  std::uint64_t nodes = Limits{}.graph_nodes;
  std::uint64_t steps = Limits{}.graph_steps;

  std::uint64_t nodes_left() const { return nodes; }
  bool exhausted() const { return out; }
  // What a graph does in a step takes as long as many of the solver, in whose measure the limit is given: a run ends
  // within two seconds.
  static constexpr std::uint64_t cost_of_step = 8;
  bool take_step() {
    if (steps < cost_of_step) out = true;
    if (!out) steps -= cost_of_step;
    return !out;
  }
  // A node with many edges costs as much as several.
  bool take_node(std::size_t edges) {
    const std::uint64_t cost = 1 + edges / 8;
    if (nodes < cost) out = true;
    if (!out) nodes -= cost;
    return !out;
  }

  bool out = false;
};

enum class Operation : std::uint8_t { And, Or, Xor, Without, Ite };  // Without: a and not b

class Store {
 public:
  // Operations recurse once a level, so that levels have a limit: more is refused with std::length_error, as is a level
  // without cells. The budget has to outlive the store.
  static constexpr std::size_t max_levels = 4096;
  Store(std::vector<std::uint32_t> cells, Budget& budget);
  Store(const Store&) = delete;  // handles would silently belong to two stores
  Store& operator=(const Store&) = delete;
  Store(Store&&) = default;

  std::uint32_t levels() const { return static_cast<std::uint32_t>(cells_.size()); }
  std::uint32_t cells(std::uint32_t level) const { return cells_.at(level); }
  std::size_t size() const { return nodes_.size(); }  // terminals included, and nodes that nothing refers to any more
  std::size_t bytes() const;                          // of memory held
  Budget& budget() { return *budget_; }

  // The level of a node; `levels()` of a terminal.
  std::uint32_t level(NodeId id) const { return nodes_[id.index].level; }
  std::uint32_t edge_count(NodeId id) const { return nodes_[id.index].count; }
  Edge edge(NodeId id, std::uint32_t position) const { return edges_[nodes_[id.index].first + position]; }
  std::span<const Edge> edges(NodeId id) const {  // valid until the next node is made
    return {edges_.data() + nodes_[id.index].first, nodes_[id.index].count};
  }
  // Where a cell leads from here; a node below the level is there for each of its cells.
  NodeId child(NodeId id, std::uint32_t level, std::uint32_t cell) const;

  // The node of these edges: ends ascend, the last one is `cells(level)`, targets lie below. Merges what it can.
  NodeId make(std::uint32_t level, std::span<const Edge> edges);
  // True in the cells [begin, end) of a level and false elsewhere.
  NodeId range(std::uint32_t level, std::uint32_t begin, std::uint32_t end);

  struct Mark {
    std::size_t nodes = 0, edges = 0;
  };
  Mark mark() const { return {nodes_.size(), edges_.size()}; }
  void rollback(const Mark& mark);

  // What operations remember of each other; forgetting costs time only. Keys are exact, entries are overwritten.
  NodeId remembered(Operation operation, NodeId a, NodeId b, NodeId c) const;
  void remember(Operation operation, NodeId a, NodeId b, NodeId c, NodeId result);

  // A stack of edges under construction, shared so that operations allocate nothing at each step.
  std::vector<Edge> scratch;

 private:
  struct Node {
    std::uint32_t level = 0, first = 0, count = 0;
    std::uint32_t next = 0;  // in its bucket; 0 ends
  };
  struct Memo {
    std::uint32_t a = 0xffffffffU, b = 0, c = 0, result = 0;
  };

  static std::size_t hash(std::uint32_t level, std::span<const Edge> edges);
  void grow_buckets();
  void grow_memo();

  std::vector<std::uint32_t> cells_;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::vector<std::uint32_t> buckets_;  // newest node first, so that a rollback takes from the front
  std::vector<Memo> memo_;
  Budget* budget_;
};

}  // namespace onus::graph
