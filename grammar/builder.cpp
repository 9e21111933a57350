#include "grammar/builder.hpp"

#include <algorithm>
#include <utility>

namespace onus::syntax {

void Builder::wrap(Mark mark, NodeKind kind) {
  const auto inside = static_cast<std::uint32_t>(wraps_.size()) - mark.wraps;
  wraps_.push_back({mark.nodes, {kind, nodes_[mark.nodes].begin, end_, 1 + count() - mark.nodes + inside}});
}

void Builder::extend(Mark outer, Mark inner) {
  if (outer.nodes >= inner.nodes) return;
  Node& node = nodes_[outer.nodes];
  if (is_token(node.kind)) return;
  const std::uint32_t size = inner.nodes - outer.nodes + (inner.wraps - outer.wraps);
  // Something else may stand beside it, or around it.
  if (node.subtree_size != size) return;
  node.subtree_size += count() - inner.nodes;
  node.end = std::max(node.end, end_);
}

std::vector<Node> Builder::take(std::uint32_t size) {
  // Of wraps at one place the later one is the outer one. Sorted by place, inner ones first, they are merged from the back.
  std::stable_sort(wraps_.begin(), wraps_.end(), [](const Wrap& a, const Wrap& b) { return a.index < b.index; });
  std::size_t from = nodes_.size();
  nodes_.resize(nodes_.size() + wraps_.size(), Node{NodeKind::Error});
  std::size_t to = nodes_.size();
  for (std::size_t at = wraps_.size(); at > 0;) {
    // All wraps of one place: the nodes behind it move, then the wraps, the first noted one innermost.
    const std::uint32_t index = wraps_[at - 1].index;
    std::size_t first = at;
    while (first > 0 && wraps_[first - 1].index == index) --first;
    while (from > index) nodes_[--to] = nodes_[--from];
    for (std::size_t wrap = first; wrap < at; ++wrap) nodes_[--to] = wraps_[wrap].node;
    at = first;
  }
  wraps_.clear();
  nodes_[0].begin = 0;
  nodes_[0].end = size;
  return std::move(nodes_);
}

}  // namespace onus::syntax
