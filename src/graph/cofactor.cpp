#include <algorithm>
#include <unordered_map>

#include "graph/operations.hpp"

namespace onus::graph {

namespace {

class Cofactor {
 public:
  Cofactor(Store& store, std::span<const Fixed> fixed) : store_(store), cell_(store.levels(), no_cell) {
    for (const Fixed& one : fixed) {
      cell_.at(one.level) = one.cell;
      last_ = std::max(last_, one.level + 1);
    }
  }

  NodeId walk(NodeId f) {
    const std::uint32_t level = store_.level(f);
    if (level >= last_) return f;
    if (cell_[level] != no_cell) return walk(store_.child(f, level, cell_[level]));
    if (const auto known = done_.find(f.index); known != done_.end()) return known->second;
    if (!store_.budget().take_step()) return undecided;
    std::vector<Edge> edges;
    edges.reserve(store_.edge_count(f));
    for (std::uint32_t i = 0; i < store_.edge_count(f); ++i) {
      const Edge edge = store_.edge(f, i);
      edges.push_back({edge.end, walk(edge.to)});
      if (edges.back().to.is_undecided()) return undecided;
    }
    const NodeId result = store_.make(level, edges);
    done_.emplace(f.index, result);
    return result;
  }

 private:
  Store& store_;
  std::vector<std::uint32_t> cell_;
  std::uint32_t last_ = 0;
  std::unordered_map<std::uint32_t, NodeId> done_;
};

}  // namespace

NodeId cofactor(Store& store, NodeId f, std::span<const Fixed> fixed) {
  if (f.is_undecided() || store.budget().exhausted()) return undecided;
  return Cofactor(store, fixed).walk(f);
}

bool evaluate(const Store& store, NodeId f, std::span<const std::uint32_t> cells) {
  while (!f.is_terminal()) {
    const std::uint32_t level = store.level(f);
    f = store.child(f, level, cells[level]);
  }
  return f.is_true();
}

std::vector<NodeId> nodes_below(const Store& store, std::span<const NodeId> roots) {
  std::vector<bool> seen(store.size(), false);
  std::vector<NodeId> found;
  const auto visit = [&](NodeId id) {
    if (id.is_undecided() || id.is_terminal() || seen[id.index]) return;
    seen[id.index] = true;
    found.push_back(id);
  };
  for (const NodeId root : roots) visit(root);
  for (std::size_t at = 0; at < found.size(); ++at)
    for (const Edge& edge : store.edges(found[at])) visit(edge.to);
  std::ranges::sort(found);  // a node is made after its children
  return found;
}

std::vector<std::uint32_t> support(const Store& store, std::span<const NodeId> roots) {
  std::vector<bool> met(store.levels(), false);
  for (const NodeId id : nodes_below(store, roots)) met[store.level(id)] = true;
  std::vector<std::uint32_t> result;
  for (std::uint32_t level = 0; level < store.levels(); ++level)
    if (met[level]) result.push_back(level);
  return result;
}

std::size_t node_count(const Store& store, std::span<const NodeId> roots) { return nodes_below(store, roots).size(); }

}  // namespace onus::graph
