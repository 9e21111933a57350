#include <unordered_map>

#include "graph/operations.hpp"

namespace onus::graph {

namespace {

class Quantifier {
 public:
  Quantifier(Store& store, Operation operation, const std::vector<bool>& levels)
      : store_(store), operation_(operation), levels_(levels) {
    for (std::uint32_t level = 0; level < levels.size(); ++level)
      if (levels[level]) last_ = level + 1;
  }

  NodeId walk(NodeId f) {
    const std::uint32_t level = store_.level(f);
    if (level >= last_) return f;  // nothing below to quantify
    if (const auto known = done_.find(f.index); known != done_.end()) return known->second;
    if (!store_.budget().take_step()) return undecided;
    std::vector<Edge> edges;
    edges.reserve(store_.edge_count(f));
    for (std::uint32_t i = 0; i < store_.edge_count(f); ++i) {
      const Edge edge = store_.edge(f, i);
      edges.push_back({edge.end, walk(edge.to)});
      if (edges.back().to.is_undecided()) return undecided;
    }
    NodeId result;
    if (level < levels_.size() && levels_[level]) {
      result = edges.front().to;
      for (std::size_t i = 1; i < edges.size(); ++i) result = apply(store_, operation_, result, edges[i].to);
    } else {
      result = store_.make(level, edges);
    }
    done_.emplace(f.index, result);
    return result;
  }

 private:
  Store& store_;
  Operation operation_;
  const std::vector<bool>& levels_;
  std::uint32_t last_ = 0;
  std::unordered_map<std::uint32_t, NodeId> done_;
};

NodeId quantify(Store& store, Operation operation, NodeId f, const std::vector<bool>& levels) {
  if (f.is_undecided() || store.budget().exhausted()) return undecided;
  return Quantifier(store, operation, levels).walk(f);
}

}  // namespace

NodeId exists(Store& store, NodeId f, const std::vector<bool>& levels) {
  return quantify(store, Operation::Or, f, levels);
}

NodeId forall(Store& store, NodeId f, const std::vector<bool>& levels) {
  return quantify(store, Operation::And, f, levels);
}

}  // namespace onus::graph
