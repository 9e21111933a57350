#include "syntax/tree.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace onus::syntax {
namespace {

struct KindText {
  std::string_view name;
  std::string_view text;
  WordClass word_class;
};

constexpr auto kind_texts = std::to_array<KindText>({
#define ONUS_MARK(name, text) {#name, text, WordClass::Soft},
#define ONUS_WORD(name, spelling, word_class) {#name, spelling, WordClass::word_class},
#define ONUS_NODE(name) {#name, "", WordClass::Soft},
#include "syntax/kinds.def"
});

}  // namespace

std::string_view name_of(NodeKind kind) { return kind_texts[static_cast<std::size_t>(kind)].name; }
std::string_view text_of(NodeKind kind) { return kind_texts[static_cast<std::size_t>(kind)].text; }

WordClass class_of(NodeKind kind) {
  assert(is_keyword(kind));
  return kind_texts[static_cast<std::size_t>(kind)].word_class;
}

std::string_view NodeRef::text(const SourceStore& source) const { return source.text(span()); }

std::string NodeRef::words(const SourceStore& source) const {
  std::string result;
  const std::uint32_t end = index_ + subtree_size();
  for (std::uint32_t at = index_; at < end; ++at) {
    const Node& node = tree_->node(at);
    if (!syntax::is_token(node.kind)) continue;
    if (!result.empty()) result += ' ';
    result += source.text({tree_->file(), node.begin, node.end});
  }
  return result;
}

std::optional<NodeRef> NodeRef::first_child() const {
  if (subtree_size() == 1) return std::nullopt;
  return NodeRef(*tree_, index_ + 1);
}

std::optional<NodeRef> NodeRef::child(NodeKind wanted) const {
  for (const NodeRef node : children()) {
    if (node.kind() == wanted) return node;
  }
  return std::nullopt;
}

std::optional<NodeRef> NodeRef::child_node() const {
  for (const NodeRef node : children()) {
    if (!node.is_token()) return node;
  }
  return std::nullopt;
}

// The parent is the last node before this one whose subtree reaches past it; its end bounds the siblings.
std::optional<NodeRef> NodeRef::next_sibling() const {
  const std::uint32_t next = index_ + subtree_size();
  if (next >= tree_->size()) return std::nullopt;
  // Nodes between the parent and this one are earlier siblings with their subtrees, which end at or before `index_`.
  for (std::uint32_t at = index_; at-- > 0;) {
    const std::uint32_t end = at + tree_->node(at).subtree_size;
    if (end > index_) return end > next ? std::optional(NodeRef(*tree_, next)) : std::nullopt;
  }
  return std::nullopt;
}

Tree::Tree(FileId file, std::vector<Node> nodes) : file_(file), nodes_(std::move(nodes)) {
  assert(!nodes_.empty() && nodes_[0].kind == NodeKind::File && nodes_[0].subtree_size == nodes_.size());
  for (std::uint32_t at = 0; at < nodes_.size(); ++at) {
    const NodeKind kind = nodes_[at].kind;
    if (kind == NodeKind::Error || kind == NodeKind::Malformed || kind == NodeKind::Unknown) broken_at_.push_back(at);
  }
}

bool Tree::broken(NodeRef node) const {
  const auto at = std::lower_bound(broken_at_.begin(), broken_at_.end(), node.index());
  return at != broken_at_.end() && *at < node.index() + node.subtree_size();
}

std::string print(const Tree& tree, const SourceStore& source) {
  const std::string_view text = source.file(tree.file()).text();
  std::string result;
  result.reserve(text.size());
  std::uint32_t done = 0;
  for (const Node& node : tree.nodes()) {
    if (!is_token(node.kind)) continue;
    result += text.substr(done, node.begin - done);
    result += text.substr(node.begin, node.end - node.begin);
    done = node.end;
  }
  result += text.substr(done);
  return result;
}

std::string dump(const Tree& tree, const SourceStore& source) {
  std::string result;
  std::vector<std::uint32_t> ends;
  for (std::uint32_t at = 0; at < tree.size(); ++at) {
    const Node& node = tree.node(at);
    while (!ends.empty() && ends.back() <= at) ends.pop_back();
    result.append(2 * ends.size(), ' ');
    result += name_of(node.kind);
    if (is_token(node.kind)) {
      result += ' ';
      result += source.text({tree.file(), node.begin, node.end});
    }
    result += '\n';
    ends.push_back(at + node.subtree_size);
  }
  return result;
}

}  // namespace onus::syntax
