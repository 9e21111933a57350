#include "graph/store.hpp"

#include <algorithm>
#include <stdexcept>

namespace onus::graph {

namespace {

constexpr std::size_t first_buckets = 1U << 10U;
constexpr std::size_t first_memo = 1U << 12U;
constexpr std::size_t largest_memo = 1U << 21U;

std::uint64_t mix(std::uint64_t seed, std::uint64_t value) {
  const std::uint64_t mixed = (seed ^ value) * 0x9e3779b97f4a7c15U;
  return mixed ^ (mixed >> 29U);
}

std::uint64_t mix_key(Operation operation, NodeId a, NodeId b, NodeId c) {
  return mix(mix(static_cast<std::uint64_t>(operation) + 1, (std::uint64_t{a.index} << 32U) | b.index), c.index);
}

}  // namespace

Store::Store(std::vector<std::uint32_t> cells, Budget& budget) : cells_(std::move(cells)), budget_(&budget) {
  if (cells_.size() > max_levels) throw std::length_error("a decision graph of too many levels");
  if (std::ranges::find(cells_, 0U) != cells_.end()) throw std::length_error("a level without cells");
  nodes_.resize(2);
  nodes_[0].level = nodes_[1].level = levels();
  buckets_.assign(first_buckets, 0);
  memo_.resize(first_memo);
}

std::size_t Store::bytes() const {
  return nodes_.capacity() * sizeof(Node) + edges_.capacity() * sizeof(Edge) + buckets_.capacity() * sizeof(std::uint32_t) +
         memo_.capacity() * sizeof(Memo) + scratch.capacity() * sizeof(Edge);
}

NodeId Store::child(NodeId id, std::uint32_t level, std::uint32_t cell) const {
  const Node& node = nodes_[id.index];
  if (node.level != level) return id;
  const auto all = edges(id);
  return std::ranges::upper_bound(all, cell, {}, &Edge::end)->to;
}

std::size_t Store::hash(std::uint32_t level, std::span<const Edge> edges) {
  std::uint64_t result = level;
  for (const Edge& edge : edges) result = mix(result, (std::uint64_t{edge.end} << 32U) | edge.to.index);
  return static_cast<std::size_t>(result);
}

NodeId Store::make(std::uint32_t level, std::span<const Edge> edges) {
  // Into the arena first, merged; taken back if the node is there already.
  const auto first = static_cast<std::uint32_t>(edges_.size());
  for (const Edge& edge : edges) {
    if (edge.to.is_undecided()) {
      edges_.resize(first);
      return undecided;
    }
    if (edges_.size() > first && edges_.back().to == edge.to) {
      edges_.back().end = edge.end;
    } else {
      edges_.push_back(edge);
    }
  }
  const std::size_t count = edges_.size() - first;
  if (count == 1) {
    const NodeId only = edges_.back().to;
    edges_.resize(first);
    return only;
  }
  const std::span<const Edge> merged{edges_.data() + first, count};
  const std::size_t key = hash(level, merged);
  for (std::uint32_t at = buckets_[key & (buckets_.size() - 1)]; at != 0; at = nodes_[at].next) {
    const Node& node = nodes_[at];
    if (node.level == level && node.count == count &&
        std::equal(merged.begin(), merged.end(), edges_.begin() + node.first)) {
      edges_.resize(first);
      return NodeId{at};
    }
  }
  if (nodes_.size() >= 0xfffffffeU || edges_.size() >= 0xfffffffeU || !budget_->take_node(count)) {
    budget_->out = true;
    edges_.resize(first);
    return undecided;
  }
  if (nodes_.size() >= buckets_.size()) grow_buckets();
  std::uint32_t& bucket = buckets_[key & (buckets_.size() - 1)];
  nodes_.push_back(Node{level, first, static_cast<std::uint32_t>(count), bucket});
  bucket = static_cast<std::uint32_t>(nodes_.size() - 1);
  return NodeId{bucket};
}

NodeId Store::range(std::uint32_t level, std::uint32_t begin, std::uint32_t end) {
  std::vector<Edge> made;
  if (begin > 0) made.push_back({std::min(begin, cells(level)), false_node});
  if (begin < end) made.push_back({end, true_node});
  if (end < cells(level)) made.push_back({cells(level), false_node});
  return make(level, made);
}

void Store::grow_buckets() {
  buckets_.assign(buckets_.size() * 2, 0);
  for (std::uint32_t at = 2; at < nodes_.size(); ++at) {
    Node& node = nodes_[at];
    std::uint32_t& bucket = buckets_[hash(node.level, edges(NodeId{at})) & (buckets_.size() - 1)];
    node.next = bucket;
    bucket = at;
  }
  if (memo_.size() < nodes_.size() * 2 && memo_.size() < largest_memo) grow_memo();
}

void Store::grow_memo() {
  std::vector<Memo> old(memo_.size() * 4);
  old.swap(memo_);
  for (const Memo& entry : old) {
    if (entry.a == 0xffffffffU) continue;
    const auto operation = static_cast<Operation>(entry.c >> 29U);
    const bool ternary = operation == Operation::Ite;
    const NodeId c = ternary ? NodeId{entry.c & 0x1fffffffU} : false_node;
    memo_[mix_key(operation, NodeId{entry.a}, NodeId{entry.b}, c) & (memo_.size() - 1)] = entry;
  }
}

// The operation sits in the upper bits of the third operand: a store of 2^29 nodes would take 16 GB.
NodeId Store::remembered(Operation operation, NodeId a, NodeId b, NodeId c) const {
  if (c.index > 0x1fffffffU) return undecided;
  const Memo& entry = memo_[mix_key(operation, a, b, c) & (memo_.size() - 1)];
  const bool same = entry.a == a.index && entry.b == b.index &&
                    entry.c == (c.index | (static_cast<std::uint32_t>(operation) << 29U));
  return same ? NodeId{entry.result} : undecided;
}

void Store::remember(Operation operation, NodeId a, NodeId b, NodeId c, NodeId result) {
  if (c.index > 0x1fffffffU || result.is_undecided()) return;
  memo_[mix_key(operation, a, b, c) & (memo_.size() - 1)] =
      Memo{a.index, b.index, c.index | (static_cast<std::uint32_t>(operation) << 29U), result.index};
}

void Store::rollback(const Mark& mark) {
  for (std::size_t at = nodes_.size(); at-- > mark.nodes;) {
    const auto id = NodeId{static_cast<std::uint32_t>(at)};
    buckets_[hash(nodes_[at].level, edges(id)) & (buckets_.size() - 1)] = nodes_[at].next;
  }
  nodes_.resize(mark.nodes);
  edges_.resize(mark.edges);
  for (Memo& entry : memo_) {
    const std::uint32_t c = entry.c & 0x1fffffffU;
    if (entry.a == 0xffffffffU) continue;
    if (entry.a >= mark.nodes || entry.b >= mark.nodes || c >= mark.nodes || entry.result >= mark.nodes) entry = Memo{};
  }
}

}  // namespace onus::graph
