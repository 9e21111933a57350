// Coudert and Madre's restriction, over cells: a branch that cannot occur takes the place of a neighbour that can, and a
// level of the care set alone is left out.
#include <algorithm>
#include <map>

#include "graph/operations.hpp"

namespace onus::graph {

namespace {

class Restriction {
 public:
  explicit Restriction(Store& store) : store_(store) {}

  NodeId walk(NodeId f, NodeId care) {
    if (care.is_true() || f.is_terminal()) return f;
    const std::pair key{f.index, care.index};
    if (const auto known = done_.find(key); known != done_.end()) return known->second;
    if (!store_.budget().take_step()) return undecided;
    NodeId result;
    const std::uint32_t level = store_.level(f);
    if (store_.level(care) < level) {
      // f does not look at this level: what may occur for some cell of it may occur.
      NodeId any = false_node;
      for (std::uint32_t i = 0; i < store_.edge_count(care); ++i) any = or_(store_, any, store_.edge(care, i).to);
      result = any.is_undecided() ? undecided : walk(f, any);
    } else {
      const bool opens = store_.level(care) == level;
      std::vector<Edge> edges;
      std::uint32_t i = 0, j = 0;
      for (std::uint32_t begin = 0; begin < store_.cells(level);) {
        const Edge x = store_.edge(f, i);
        const Edge y = opens ? store_.edge(care, j) : Edge{store_.cells(level), care};
        const std::uint32_t end = std::min(x.end, y.end);
        if (y.to.is_false()) {
          // At the beginning they fall to the first edge that follows.
          if (!edges.empty()) edges.back().end = end;
        } else {
          const NodeId to = walk(x.to, y.to);
          if (to.is_undecided()) return undecided;
          edges.push_back({end, to});
        }
        if (x.end == end) ++i;
        if (y.end == end) ++j;
        begin = end;
      }
      result = store_.make(level, edges);
    }
    done_.emplace(key, result);
    return result;
  }

 private:
  Store& store_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, NodeId> done_;
};

}  // namespace

NodeId restrict(Store& store, NodeId f, NodeId care) {
  if (f.is_undecided() || care.is_undecided() || store.budget().exhausted()) return undecided;
  if (care.is_false()) return false_node;
  return Restriction(store).walk(f, care);
}

}  // namespace onus::graph
