// The syntax tree: every word and mark of a file in one flat vector, in the order of the text, with the nodes of the
// grammar around them. Lossless: what lies between two leaves is blank or a comment, so `print` gives back the bytes.
//
// A node stands before its children (preorder) and knows how many nodes its subtree has, itself included; so a subtree is
// a contiguous range, and the next sibling is one addition away. kinds.def lists the kinds and their children.
// A tree exists for every text. Where the text has mistakes the tree holds `Error` and `Malformed` nodes and nodes that
// lack children; `broken` finds them. The mistakes themselves were reported when the tree was made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/source.hpp"

namespace onus::syntax {

enum class NodeKind : std::uint16_t {
#define ONUS_MARK(name, text) name,
#define ONUS_WORD(name, spelling, word_class) name,
#define ONUS_NODE(name) name,
#include "syntax/kinds.def"
};

// Leaves come first in the enumeration, then the nodes of the grammar.
inline constexpr NodeKind first_node_kind = NodeKind::Error;
inline constexpr NodeKind first_word_kind = NodeKind::KwA;

[[nodiscard]] constexpr bool is_token(NodeKind kind) { return kind < first_node_kind; }
[[nodiscard]] constexpr bool is_keyword(NodeKind kind) { return kind >= first_word_kind && kind < first_node_kind; }

// "CondUnless", "KwIf": for dumps and tests.
[[nodiscard]] std::string_view name_of(NodeKind kind);
// "if" for KwIf, "a full stop" for FullStop; empty for nodes that are no leaves.
[[nodiscard]] std::string_view text_of(NodeKind kind);

enum class WordClass : std::uint8_t { Hard, Soft, NoStart };
// The class of a keyword; `kind` must be one.
[[nodiscard]] WordClass class_of(NodeKind kind);

struct Node {
  NodeKind kind;
  std::uint32_t begin = 0;  // bytes in the file, without the blanks around the node
  std::uint32_t end = 0;
  std::uint32_t subtree_size = 1;
};

class Tree;
class Children;
class ChildrenOfKind;

// A node of a tree: an index, cheap to copy; the tree must outlive it.
class NodeRef {
 public:
  NodeRef() = default;
  NodeRef(const Tree& tree, std::uint32_t index) : tree_(&tree), index_(index) {}

  [[nodiscard]] NodeKind kind() const;
  [[nodiscard]] bool is(NodeKind kind_wanted) const { return kind() == kind_wanted; }
  [[nodiscard]] bool is_token() const { return syntax::is_token(kind()); }
  [[nodiscard]] Span span() const;
  [[nodiscard]] std::string_view text(const SourceStore& source) const;
  // The words of the node with one blank between them, comments left out: the spelling of a Noun or Pred.
  [[nodiscard]] std::string words(const SourceStore& source) const;

  [[nodiscard]] Children children() const;
  // Only the children of one kind.
  [[nodiscard]] ChildrenOfKind children(NodeKind kind) const;
  // The first child, the first child of a kind, the first child that is no leaf.
  [[nodiscard]] std::optional<NodeRef> first_child() const;
  [[nodiscard]] std::optional<NodeRef> child(NodeKind kind) const;
  [[nodiscard]] std::optional<NodeRef> child_node() const;
  [[nodiscard]] bool has(NodeKind kind) const { return child(kind).has_value(); }
  // The next child of the same parent. The root has none. Looks back for the parent: loops should use children().
  [[nodiscard]] std::optional<NodeRef> next_sibling() const;

  [[nodiscard]] std::uint32_t index() const { return index_; }
  [[nodiscard]] std::uint32_t subtree_size() const;
  [[nodiscard]] const Tree& tree() const { return *tree_; }
  friend bool operator==(const NodeRef& a, const NodeRef& b) { return a.tree_ == b.tree_ && a.index_ == b.index_; }

 private:
  friend class Children;
  const Tree* tree_ = nullptr;
  std::uint32_t index_ = 0;
};

class Tree {
 public:
  Tree() = default;
  // `nodes` must be one preorder tree with right subtree sizes, its root a `File` that spans the whole text.
  Tree(FileId file, std::vector<Node> nodes);

  [[nodiscard]] FileId file() const { return file_; }
  [[nodiscard]] NodeRef root() const { return {*this, 0}; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(nodes_.size()); }
  [[nodiscard]] const Node& node(std::uint32_t index) const { return nodes_[index]; }
  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
  // Whether the text under the node had a mistake: its meaning must not be read. Costs two look-ups.
  [[nodiscard]] bool broken(NodeRef node) const;
  [[nodiscard]] bool broken() const { return !broken_at_.empty(); }

 private:
  FileId file_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> broken_at_;  // indices, ascending
};

// The bytes of the file, put together from the leaves of the tree and what lies between them.
[[nodiscard]] std::string print(const Tree& tree, const SourceStore& source);
// One line a node, indented: kind, and for leaves the text. For tests and for reading.
[[nodiscard]] std::string dump(const Tree& tree, const SourceStore& source);

// ---- inline parts -------------------------------------------------------------------------------------------------------

inline NodeKind NodeRef::kind() const { return tree_->node(index_).kind; }
inline std::uint32_t NodeRef::subtree_size() const { return tree_->node(index_).subtree_size; }
inline Span NodeRef::span() const {
  const Node& node = tree_->node(index_);
  return {tree_->file(), node.begin, node.end};
}

// The children of a node, in order; forward iteration.
class Children {
 public:
  class iterator {
   public:
    using value_type = NodeRef;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::forward_iterator_tag;
    using reference = NodeRef;
    using pointer = const NodeRef*;

    iterator() = default;
    iterator(const Tree* tree, std::uint32_t index) : tree_(tree), index_(index) {}
    NodeRef operator*() const { return {*tree_, index_}; }
    iterator& operator++() {
      index_ += tree_->node(index_).subtree_size;
      return *this;
    }
    iterator operator++(int) {
      iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const iterator& a, const iterator& b) { return a.index_ == b.index_; }

   private:
    const Tree* tree_ = nullptr;
    std::uint32_t index_ = 0;
  };

  explicit Children(NodeRef parent)
      : tree_(parent.tree_), begin_(parent.index_ + 1), end_(parent.index_ + parent.subtree_size()) {}
  [[nodiscard]] iterator begin() const { return {tree_, begin_}; }
  [[nodiscard]] iterator end() const { return {tree_, end_}; }
  [[nodiscard]] bool empty() const { return begin_ == end_; }

 private:
  const Tree* tree_;
  std::uint32_t begin_;
  std::uint32_t end_;
};

// The children of one kind, in order.
class ChildrenOfKind {
 public:
  class iterator {
   public:
    using value_type = NodeRef;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::forward_iterator_tag;
    using reference = NodeRef;
    using pointer = const NodeRef*;

    iterator() = default;
    iterator(Children::iterator at, Children::iterator end, NodeKind kind) : at_(at), end_(end), kind_(kind) { skip(); }
    NodeRef operator*() const { return *at_; }
    iterator& operator++() {
      ++at_;
      skip();
      return *this;
    }
    iterator operator++(int) {
      iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

   private:
    void skip() {
      while (!(at_ == end_) && (*at_).kind() != kind_) ++at_;
    }
    Children::iterator at_;
    Children::iterator end_;
    NodeKind kind_ = NodeKind::Error;
  };

  ChildrenOfKind(Children children, NodeKind kind) : children_(children), kind_(kind) {}
  [[nodiscard]] iterator begin() const { return {children_.begin(), children_.end(), kind_}; }
  [[nodiscard]] iterator end() const { return {children_.end(), children_.end(), kind_}; }
  [[nodiscard]] bool empty() const { return begin() == end(); }

 private:
  Children children_;
  NodeKind kind_;
};

inline Children NodeRef::children() const { return Children(*this); }
inline ChildrenOfKind NodeRef::children(NodeKind kind) const { return {children(), kind}; }

}  // namespace onus::syntax
