// A tree of values with their places, the same for YAML and JSON. Nothing is interpreted: a scalar is the text that was
// written and how it was written; what is a number, a date, a yes or a missing fact is the business of facts/.
//
// The nodes lie in one vector in the order of the file, each before its parts, so building, walking and destroying take
// no recursion. The children of a mapping are its keys and values in turn. Keys of a mapping are distinct and not null.
//
//   for (auto [key, value] : document.entries(document.root())) … document.text(key), document.span(value) …
//   for (auto item : document.items(list)) …
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "source/source.hpp"

namespace onus::data {

struct NodeId {
  std::uint32_t index = 0;
  friend auto operator<=>(const NodeId&, const NodeId&) = default;
};

enum class NodeKind : std::uint8_t { Mapping, Sequence, Scalar };

enum class ScalarStyle : std::uint8_t {
  Plain,       // YAML without quotes: its meaning depends on what is expected there
  Quoted,      // YAML in quotes, JSON string: always text
  Block,       // YAML | or >: always text
  JsonNumber,  // the text obeys the grammar of JSON numbers
  JsonTrue,
  JsonFalse,
  JsonNull,
};

// Whether a scalar says that there is nothing. facts/ refuses such a value.
enum class Nullness : std::uint8_t {
  Given,        // there is a value, perhaps an empty text in quotes
  WrittenNull,  // null, Null, NULL or ~ without quotes
  Empty,        // YAML: nothing written at all
};

struct Node {
  NodeKind kind = NodeKind::Scalar;
  ScalarStyle style = ScalarStyle::Plain;  // scalars
  Nullness nullness = Nullness::Given;     // scalars
  Span span;                // quotes and brackets included; Nullness::Empty: no bytes, at the place where it is missed
  std::uint32_t count = 0;  // sequence: items; mapping: entries; scalar: bytes of decoded text
  std::uint32_t text = 0;   // scalars: where the decoded text begins in the document's store
  std::uint32_t subtree = 1;  // nodes of this subtree, this one included
};

struct Entry {
  NodeId key;  // always a scalar
  NodeId value;
};

class Document {
 public:
  explicit Document(FileId file) : file_(file) {}

  [[nodiscard]] FileId file() const { return file_; }
  [[nodiscard]] static NodeId root() { return NodeId{0}; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] const Node& node(NodeId id) const { return nodes_[id.index]; }

  [[nodiscard]] NodeKind kind(NodeId id) const { return node(id).kind; }
  [[nodiscard]] bool is_mapping(NodeId id) const { return kind(id) == NodeKind::Mapping; }
  [[nodiscard]] bool is_sequence(NodeId id) const { return kind(id) == NodeKind::Sequence; }
  [[nodiscard]] bool is_scalar(NodeId id) const { return kind(id) == NodeKind::Scalar; }
  [[nodiscard]] bool is_null(NodeId id) const { return is_scalar(id) && node(id).nullness != Nullness::Given; }
  // A scalar that is text whatever it looks like: in quotes, or a block.
  [[nodiscard]] bool is_text(NodeId id) const;
  [[nodiscard]] Span span(NodeId id) const { return node(id).span; }
  // The scalar's text with escapes and line folding undone; empty for mappings and sequences. A number, `true`, `null`
  // and a plain scalar of one line are just as written; `SourceStore::text(span(id))` has the bytes as written for all.
  [[nodiscard]] std::string_view text(NodeId id) const;

  // Ranges over the parts; empty for other kinds. They borrow from the document.
  class EntryRange;
  class ItemRange;
  [[nodiscard]] EntryRange entries(NodeId mapping) const;
  [[nodiscard]] ItemRange items(NodeId sequence) const;
  // Linear in the number of entries.
  [[nodiscard]] std::optional<NodeId> find(NodeId mapping, std::string_view key) const;

  // The node after the whole subtree of `id`; may be one past the last.
  [[nodiscard]] NodeId after(NodeId id) const { return NodeId{id.index + node(id).subtree}; }

 private:
  friend class DocumentBuilder;
  FileId file_;
  std::vector<Node> nodes_;
  std::string texts_;
};

class Document::EntryRange {
 public:
  class Iterator {
   public:
    Iterator(const Document* document, NodeId at) : document_(document), at_(at) {}
    Entry operator*() const { return {at_, document_->after(at_)}; }
    Iterator& operator++() {
      at_ = document_->after(document_->after(at_));
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    const Document* document_;
    NodeId at_;
  };
  EntryRange(Iterator first, Iterator last) : first_(first), last_(last) {}
  [[nodiscard]] Iterator begin() const { return first_; }
  [[nodiscard]] Iterator end() const { return last_; }

 private:
  Iterator first_;
  Iterator last_;
};

class Document::ItemRange {
 public:
  class Iterator {
   public:
    Iterator(const Document* document, NodeId at) : document_(document), at_(at) {}
    NodeId operator*() const { return at_; }
    Iterator& operator++() {
      at_ = document_->after(at_);
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    const Document* document_;
    NodeId at_;
  };
  ItemRange(Iterator first, Iterator last) : first_(first), last_(last) {}
  [[nodiscard]] Iterator begin() const { return first_; }
  [[nodiscard]] Iterator end() const { return last_; }

 private:
  Iterator first_;
  Iterator last_;
};

// Appends nodes in the order of the file. Every `begin_` needs its `end`; a mapping gets keys and values in turn.
class DocumentBuilder {
 public:
  explicit DocumentBuilder(FileId file) : document_(file) {}

  void scalar(Span span, ScalarStyle style, Nullness nullness, std::string_view text);
  void begin_mapping(Span span) { open(NodeKind::Mapping, span); }
  void begin_sequence(Span span) { open(NodeKind::Sequence, span); }
  // Closes the innermost open mapping or sequence; its span then ends at `end`.
  void end(std::uint32_t end_offset);

  [[nodiscard]] std::size_t depth() const { return open_.size(); }
  [[nodiscard]] std::size_t size() const { return document_.nodes_.size(); }
  [[nodiscard]] bool in_mapping() const;
  // The next node is a key: inside a mapping, after a whole number of entries.
  [[nodiscard]] bool at_key() const;
  [[nodiscard]] Node& node(NodeId id) { return document_.nodes_[id.index]; }
  void set_text(NodeId scalar, std::string_view text);
  [[nodiscard]] const Document& so_far() const { return document_; }
  // The finished document; nothing may be open.
  [[nodiscard]] Document finish() { return std::move(document_); }

 private:
  void open(NodeKind kind, Span span);
  void count_one();
  Document document_;
  struct Open {
    std::uint32_t node;
    std::uint32_t parts;
  };
  std::vector<Open> open_;
};

}  // namespace onus::data
