#include <algorithm>

#include "graph/operations.hpp"

namespace onus::graph {

namespace {

// The result where the operands alone decide it, else nothing said (`undecided`).
NodeId shortcut(Operation operation, NodeId a, NodeId b) {
  switch (operation) {
    case Operation::And:
      if (a.is_false() || b.is_false()) return false_node;
      if (a.is_true() || a == b) return b;
      if (b.is_true()) return a;
      break;
    case Operation::Or:
      if (a.is_true() || b.is_true()) return true_node;
      if (a.is_false() || a == b) return b;
      if (b.is_false()) return a;
      break;
    case Operation::Xor:
      if (a == b) return false_node;
      if (a.is_false()) return b;
      if (b.is_false()) return a;
      if (a.is_terminal() && b.is_terminal()) return true_node;
      break;
    case Operation::Without:
      if (a.is_false() || b.is_true() || a == b) return false_node;
      if (b.is_false()) return a;
      break;
    case Operation::Ite: break;
  }
  return undecided;
}

NodeId walk(Store& store, Operation operation, NodeId a, NodeId b) {
  if (const NodeId known = shortcut(operation, a, b); !known.is_undecided()) return known;
  if (operation != Operation::Without && b < a) std::swap(a, b);
  if (const NodeId known = store.remembered(operation, a, b, false_node); !known.is_undecided()) return known;
  if (!store.budget().take_step()) return undecided;
  const std::uint32_t level = std::min(store.level(a), store.level(b));
  const bool opens_a = store.level(a) == level, opens_b = store.level(b) == level;
  const std::size_t base = store.scratch.size();
  // Edges are read by position: the recursion may move the arena.
  NodeId last_a, last_b, last;
  bool sound = true;
  for (std::uint32_t i = 0, j = 0, begin = 0; sound && begin < store.cells(level);) {
    const Edge x = opens_a ? store.edge(a, i) : Edge{store.cells(level), a};
    const Edge y = opens_b ? store.edge(b, j) : Edge{store.cells(level), b};
    const std::uint32_t end = std::min(x.end, y.end);
    if (begin == 0 || x.to != last_a || y.to != last_b) {
      last = walk(store, operation, x.to, y.to);
      last_a = x.to;
      last_b = y.to;
      sound = !last.is_undecided();
    }
    store.scratch.push_back({end, last});
    if (x.end == end) ++i;
    if (y.end == end) ++j;
    begin = end;
  }
  const NodeId result =
      sound ? store.make(level, {store.scratch.data() + base, store.scratch.size() - base}) : undecided;
  store.scratch.resize(base);
  store.remember(operation, a, b, false_node, result);
  return result;
}

NodeId combine(Store& store, Operation operation, std::vector<NodeId> operands, NodeId neutral) {
  if (operands.empty()) return neutral;
  for (const NodeId operand : operands)
    if (operand.is_undecided()) return undecided;
  std::ranges::stable_sort(operands, [&](NodeId a, NodeId b) {
    return store.level(a) != store.level(b) ? store.level(a) > store.level(b) : a < b;
  });
  while (operands.size() > 1) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < operands.size(); i += 2)
      operands[kept++] = i + 1 < operands.size() ? apply(store, operation, operands[i], operands[i + 1]) : operands[i];
    operands.resize(kept);
  }
  return operands.front();
}

}  // namespace

NodeId apply(Store& store, Operation operation, NodeId a, NodeId b) {
  if (a.is_undecided() || b.is_undecided() || store.budget().exhausted()) return undecided;
  return walk(store, operation, a, b);
}

NodeId and_all(Store& store, std::vector<NodeId> operands) {
  return combine(store, Operation::And, std::move(operands), true_node);
}

NodeId or_all(Store& store, std::vector<NodeId> operands) {
  return combine(store, Operation::Or, std::move(operands), false_node);
}

}  // namespace onus::graph
