#include "support.hpp"

#include <set>

#include "data/yaml_scalars.hpp"

namespace onus::testing {

using namespace onus::data;

std::vector<std::string> Reading::errors() const {
  std::vector<std::string> result;
  for (const Diagnostic& diagnostic : sink.all()) {
    const Position place = store.file(file).position(diagnostic.span.begin);
    result.push_back(std::to_string(place.line) + ":" + std::to_string(place.column) + " " +
                     std::string(info(diagnostic.kind).code) + " " + diagnostic.message);
  }
  return result;
}

Reading read(Format format, std::string text, const Limits& limits, JsonRules rules) {
  Reading reading;
  reading.file = reading.store.add("input", std::move(text));
  reading.document = format == Format::Yaml ? read_yaml(reading.store, reading.file, limits, reading.sink)
                                            : read_json(reading.store, reading.file, limits, reading.sink, rules);
  return reading;
}

std::string printed(const Document& document) {
  std::string out;
  struct Open {
    std::uint32_t stop;
    bool mapping;
    bool key;
    bool fresh = true;
  };
  std::vector<Open> open;
  for (std::uint32_t index = 0; index < document.size(); ++index) {
    const NodeId id{index};
    if (!open.empty()) {
      Open& inside = open.back();
      if (inside.mapping && !inside.key) {
        out += ": ";
        inside.key = true;
      } else {
        if (!inside.fresh) out += ", ";
        inside.fresh = false;
        inside.key = false;
      }
    }
    const Node& node = document.node(id);
    if (node.kind == NodeKind::Scalar) {
      const std::string text(document.text(id));
      if (node.nullness == Nullness::Empty) {
        out += "∅";
      } else if (document.is_text(id)) {
        out += "\"" + text + "\"";
      } else {
        out += (node.style == ScalarStyle::JsonNumber ? "#" : "") + text;
      }
    } else {
      out += node.kind == NodeKind::Mapping ? "{" : "[";
      open.push_back({index + node.subtree, node.kind == NodeKind::Mapping, true});
    }
    while (!open.empty() && open.back().stop == index + 1) {
      out += open.back().mapping ? "}" : "]";
      open.pop_back();
    }
  }
  return out;
}

namespace {

std::string broken_scalar(const Reading& reading, Format format, NodeId id) {
  const Document& document = *reading.document;
  const Node& node = document.node(id);
  const std::string_view source = reading.store.file(reading.file).text();
  const std::string_view text = document.text(id);
  const std::string_view raw = reading.store.text(node.span);
  if (node.nullness == Nullness::Empty)
    return node.span.begin == node.span.end && text.empty() ? "" : "an empty value has bytes";
  if (raw.empty()) return "a scalar without bytes";
  switch (node.style) {
    case ScalarStyle::Plain: {
      const auto end = match_plain(raw, 0, text);
      return end && *end == raw.size() ? "" : "a plain scalar reads differently";
    }
    case ScalarStyle::Quoted: {
      if (format == Format::Json) {
        Reading again = read(Format::Json, std::string(raw), {}, {false, false});
        return again.accepted() && again.document->text(Document::root()) == text ? ""
                                                                                  : "a JSON text reads differently";
      }
      const ScalarText again = raw[0] == '"' ? read_double_quoted(raw, 0) : read_single_quoted(raw, 0);
      return again.problem == ScalarProblem::None && again.end == raw.size() && again.text == text
                 ? ""
                 : "a quoted scalar reads differently";
    }
    case ScalarStyle::Block:
      // Its end depends on what follows; its text begins with the header.
      return source[node.span.begin] == '|' || source[node.span.begin] == '>' ? "" : "a block without its header";
    case ScalarStyle::JsonNumber:
    case ScalarStyle::JsonTrue:
    case ScalarStyle::JsonFalse:
    case ScalarStyle::JsonNull: return raw == text ? "" : "a JSON literal is not what was written";
  }
  return "";
}

}  // namespace

std::string broken_promise(const Reading& reading, Format format) {
  if (!reading.accepted()) return reading.sink.errors() == 0 ? "refused without an error" : "";
  if (reading.sink.errors() != 0) return "accepted with an error";
  const Document& document = *reading.document;
  const auto size = static_cast<std::uint32_t>(reading.store.file(reading.file).text().size());
  if (document.size() == 0 || document.node(Document::root()).subtree != document.size())
    return "the root is not the whole";
  std::vector<std::uint32_t> parents;
  std::uint32_t reached = 0;
  for (std::uint32_t index = 0; index < document.size(); ++index) {
    const NodeId id{index};
    const Node& node = document.node(id);
    while (!parents.empty() && parents.back() + document.node(NodeId{parents.back()}).subtree <= index)
      parents.pop_back();
    if (node.span.file != reading.file || node.span.begin > node.span.end || node.span.end > size)
      return "a span outside the file";
    if (node.span.begin < reached) return "spans out of order";
    reached = node.span.begin;
    if (!parents.empty()) {
      const Node& parent = document.node(NodeId{parents.back()});
      if (node.span.begin < parent.span.begin || node.span.end > parent.span.end) return "a span outside its parent's";
      if (index + node.subtree > parents.back() + parent.subtree) return "a subtree outside its parent's";
    }
    if (node.kind == NodeKind::Scalar) {
      if (node.subtree != 1) return "a scalar with parts";
      if (const std::string broken = broken_scalar(reading, format, id); !broken.empty()) return broken;
      continue;
    }
    parents.push_back(index);
    std::uint32_t count = 0;
    std::set<std::string_view> keys;
    for (const Entry entry : document.entries(id)) {
      ++count;
      if (!document.is_scalar(entry.key) || document.is_null(entry.key)) return "a key that is no text";
      if (!keys.insert(document.text(entry.key)).second) return "equal keys";
    }
    for (const NodeId item : document.items(id)) {
      ++count;
      if (item.index >= document.size()) return "an item outside the document";
    }
    if (count != node.count) return "a wrong count";
  }
  return "";
}

}  // namespace onus::testing
