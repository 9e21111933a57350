// Makes the flat tree while the grammar reads: nodes are opened and closed in the order of the text. A node that turns out
// to need a parent (`a`, and then `plus b`) is wrapped: the parent is noted beside and put in its place at the end, in one
// pass, so that nothing is moved twice and the whole stays linear.
#pragma once

#include <cstdint>
#include <vector>

#include "grammar/lexical.hpp"
#include "syntax/tree.hpp"

namespace onus::syntax {

class Builder {
 public:
  struct Mark {
    std::uint32_t nodes = 0;
    std::uint32_t wraps = 0;
    std::uint32_t end = 0;
  };

  void reserve(std::size_t nodes) { nodes_.reserve(nodes); }
  [[nodiscard]] Mark mark() const { return {count(), static_cast<std::uint32_t>(wraps_.size()), end_}; }
  // Takes back everything since the mark.
  void rollback(Mark mark) {
    nodes_.resize(mark.nodes, Node{NodeKind::Error});
    wraps_.resize(mark.wraps);
    end_ = mark.end;
  }

  void leaf(const Token& token) { leaf(token.has(Token::Malformed) ? malformed(token.kind) : token.kind, token.begin, token.end); }
  void leaf(NodeKind kind, std::uint32_t begin, std::uint32_t end) {
    nodes_.push_back({kind, begin, end, 1});
    end_ = end;
  }
  // Opens a node; what is added until `close` is inside it.
  std::uint32_t open(NodeKind kind, std::uint32_t begin) {
    const std::uint32_t index = count();
    nodes_.push_back({kind, begin, begin, static_cast<std::uint32_t>(wraps_.size())});
    return index;
  }
  void close(std::uint32_t index) {
    Node& node = nodes_[index];
    node.subtree_size = count() - index + (static_cast<std::uint32_t>(wraps_.size()) - node.subtree_size);
    if (end_ < node.begin) end_ = node.begin;
    node.end = end_;
  }
  void rename(std::uint32_t index, NodeKind kind) { nodes_[index].kind = kind; }
  [[nodiscard]] NodeKind kind(std::uint32_t index) const { return nodes_[index].kind; }

  // Makes one node of everything since the mark.
  void wrap(Mark mark, NodeKind kind);
  // A node without width that says that something is wrong with what was just read.
  void gap() { nodes_.push_back({NodeKind::Error, end_, end_, 1}); }
  // The same before what comes next: something is missing there.
  void gap_before(const Token& token) {
    if (end_ < token.begin) end_ = token.begin;
    gap();
  }
  // Puts what was added since `inner` into the node that began at `outer`, if that one was closed just before `inner`.
  void extend(Mark outer, Mark inner);

  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(nodes_.size()); }
  [[nodiscard]] std::uint32_t end() const { return end_; }
  // The finished nodes in preorder. The root gets the bounds [0, size).
  std::vector<Node> take(std::uint32_t size);

 private:
  struct Wrap {
    std::uint32_t index;  // stands before the node that has this index
    Node node;
  };
  static NodeKind malformed(NodeKind kind) { return kind == NodeKind::Unknown ? kind : NodeKind::Malformed; }

  std::vector<Node> nodes_;  // an open node holds in subtree_size how many wraps there were when it was opened
  std::vector<Wrap> wraps_;
  std::uint32_t end_ = 0;
};

}  // namespace onus::syntax
