#include <algorithm>

#include "graph/operations.hpp"

namespace onus::graph {

namespace {

NodeId walk(Store& store, NodeId f, NodeId g, NodeId h) {
  if (f.is_true() || g == h) return g;
  if (f.is_false()) return h;
  if (f == g) g = true_node;
  if (f == h) h = false_node;
  if (g.is_true()) return h.is_false() ? f : apply(store, Operation::Or, f, h);
  if (h.is_false()) return apply(store, Operation::And, f, g);
  if (g.is_false()) return apply(store, Operation::Without, h, f);
  if (const NodeId known = store.remembered(Operation::Ite, f, g, h); !known.is_undecided()) return known;
  if (!store.budget().take_step()) return undecided;
  const NodeId operands[3] = {f, g, h};
  const std::uint32_t level = std::min({store.level(f), store.level(g), store.level(h)});
  const std::size_t base = store.scratch.size();
  std::uint32_t at[3] = {0, 0, 0};
  bool sound = true;
  for (std::uint32_t begin = 0; sound && begin < store.cells(level);) {
    Edge edges[3];
    std::uint32_t end = store.cells(level);
    for (int i = 0; i < 3; ++i) {
      const bool opens = store.level(operands[i]) == level;
      edges[i] = opens ? store.edge(operands[i], at[i]) : Edge{store.cells(level), operands[i]};
      end = std::min(end, edges[i].end);
    }
    const NodeId result = walk(store, edges[0].to, edges[1].to, edges[2].to);
    sound = !result.is_undecided();
    store.scratch.push_back({end, result});
    for (int i = 0; i < 3; ++i)
      if (edges[i].end == end) ++at[i];
    begin = end;
  }
  const NodeId result =
      sound ? store.make(level, {store.scratch.data() + base, store.scratch.size() - base}) : undecided;
  store.scratch.resize(base);
  store.remember(Operation::Ite, f, g, h, result);
  return result;
}

}  // namespace

NodeId ite(Store& store, NodeId condition, NodeId then, NodeId otherwise) {
  if (condition.is_undecided() || then.is_undecided() || otherwise.is_undecided()) return undecided;
  if (store.budget().exhausted()) return undecided;
  return walk(store, condition, then, otherwise);
}

}  // namespace onus::graph
