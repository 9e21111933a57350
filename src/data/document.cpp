#include "data/document.hpp"

#include <cassert>

namespace onus::data {

bool Document::is_text(NodeId id) const {
  const Node& at = node(id);
  return at.kind == NodeKind::Scalar && (at.style == ScalarStyle::Quoted || at.style == ScalarStyle::Block);
}

std::string_view Document::text(NodeId id) const {
  const Node& at = node(id);
  if (at.kind != NodeKind::Scalar) return {};
  return std::string_view(texts_).substr(at.text, at.count);
}

Document::EntryRange Document::entries(NodeId mapping) const {
  const NodeId first{mapping.index + 1};
  const NodeId last = is_mapping(mapping) ? after(mapping) : first;
  return {{this, first}, {this, last}};
}

Document::ItemRange Document::items(NodeId sequence) const {
  const NodeId first{sequence.index + 1};
  const NodeId last = is_sequence(sequence) ? after(sequence) : first;
  return {{this, first}, {this, last}};
}

std::optional<NodeId> Document::find(NodeId mapping, std::string_view key) const {
  for (const Entry entry : entries(mapping)) {
    if (text(entry.key) == key) return entry.value;
  }
  return std::nullopt;
}

bool DocumentBuilder::in_mapping() const {
  return !open_.empty() && document_.nodes_[open_.back().node].kind == NodeKind::Mapping;
}

bool DocumentBuilder::at_key() const { return in_mapping() && open_.back().parts % 2 == 0; }

void DocumentBuilder::count_one() {
  if (!open_.empty()) ++open_.back().parts;
}

void DocumentBuilder::scalar(Span span, ScalarStyle style, Nullness nullness, std::string_view text) {
  count_one();
  Node node;
  node.style = style;
  node.nullness = nullness;
  node.span = span;
  node.text = static_cast<std::uint32_t>(document_.texts_.size());
  node.count = static_cast<std::uint32_t>(text.size());
  document_.texts_.append(text);
  document_.nodes_.push_back(node);
}

void DocumentBuilder::set_text(NodeId scalar, std::string_view text) {
  Node& changed = node(scalar);
  changed.text = static_cast<std::uint32_t>(document_.texts_.size());
  changed.count = static_cast<std::uint32_t>(text.size());
  document_.texts_.append(text);
}

void DocumentBuilder::open(NodeKind kind, Span span) {
  count_one();
  open_.push_back({static_cast<std::uint32_t>(document_.nodes_.size()), 0});
  Node node;
  node.kind = kind;
  node.span = span;
  document_.nodes_.push_back(node);
}

void DocumentBuilder::end(std::uint32_t end_offset) {
  assert(!open_.empty());
  const Open closed = open_.back();
  open_.pop_back();
  Node& node = document_.nodes_[closed.node];
  node.span.end = end_offset;
  node.subtree = static_cast<std::uint32_t>(document_.nodes_.size()) - closed.node;
  node.count = node.kind == NodeKind::Mapping ? closed.parts / 2 : closed.parts;
}

}  // namespace onus::data
