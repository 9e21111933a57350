// What the readers of the parts of a case file share: the document, the model's words, the case as it grows, its problems.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/limits.hpp"
#include "data/document.hpp"
#include "facts/case.hpp"
#include "facts/problems.hpp"
#include "facts/names.hpp"
#include "model/model.hpp"
#include "source/source.hpp"

namespace onus::facts {

using data::NodeId;

// Bytes of the name of an entity.
inline constexpr std::size_t longest_name = 256;

struct Context {
  const model::Model& model;
  const data::Document& document;
  const SourceStore& store;
  FileId file;
  Limits limits;
  Problems problems;
  Names names;
  bool json = false;  // the file is written in JSON: what messages advise to write
  Case result;
  // The entities of each kind by name; the texts are the document's.
  std::vector<std::unordered_map<std::string_view, EntityId>> by_name;
  std::uint64_t digits = 0;   // of the numbers so far, written out
  bool too_large = false;   // reported once; nothing more is read then

  [[nodiscard]] const Entity& entity(EntityId id) const { return result.entities[id.index]; }
  [[nodiscard]] const std::string& kind_name(model::KindId id) const { return model.kinds[id].name; }
};

// Reports that the case is beyond a limit; `what` are its parts in plural.
void report_too_large(Context& context, Span span, std::uint64_t limit, std::string_view what);

// What was written at a node, short and safe to print: "`abc`", "a list", "a mapping".
[[nodiscard]] std::string seen(const Context& context, NodeId node);
// A text cut to what fits in a message.
[[nodiscard]] std::string shown(std::string_view text);
// A piece of a scalar's text, as a span; the whole scalar where escapes or line ends make the text differ from the bytes.
[[nodiscard]] Span piece_span(const Context& context, NodeId node, std::string_view piece);
// The same text in the style of the node (quotes in JSON), for a fix.
[[nodiscard]] std::string fix_text(const Context& context, NodeId node, std::string_view text);

// The text of a scalar that holds text (in YAML also one without quotes). Reports anything else; `what` names it.
[[nodiscard]] std::optional<std::string_view> text_at(Context& context, NodeId node, std::string_view what);
// The node is a mapping (list); else reports it. `example` in the file's own format.
[[nodiscard]] bool mapping_at(Context& context, NodeId node, std::string_view what, std::string_view example);
[[nodiscard]] bool list_at(Context& context, NodeId node, std::string_view what, std::string_view example);
// True and a report when nothing is written at the node.
[[nodiscard]] bool reports_nothing(Context& context, NodeId node, std::string_view what, std::string_view advice);
// A date; reports anything else.
[[nodiscard]] std::optional<Date> date_at(Context& context, NodeId node, std::string_view what);

// The entity of that kind so called. Reports an unknown one: another kind's, or with the nearest name; `what` takes it.
[[nodiscard]] std::optional<EntityId> entity_at(Context& context, NodeId node, model::KindId kind, std::string_view what);
[[nodiscard]] std::optional<EntityId> find_entity(const Context& context, model::KindId kind, std::string_view name);
// All entities so called, in order of kinds.
[[nodiscard]] std::vector<EntityId> find_entities(const Context& context, std::string_view name);
// Reports that no entity of these kinds is so called; `noun` says what was wanted.
void report_unknown_entity(Context& context, Span span, std::string_view name, const std::vector<model::KindId>& kinds,
                           std::string_view noun, std::optional<NodeId> whole = std::nullopt);

// The keys of a mapping by their meaning: reports unknown keys and two spellings of one.
struct Keys {
  std::vector<std::optional<NodeId>> values;  // in the order of the names asked for
  std::vector<std::optional<NodeId>> keys;
  bool sound = true;
  std::size_t unknown = 0;                    // keys that are none of the names
  [[nodiscard]] const std::optional<NodeId>& operator[](std::size_t index) const { return values[index]; }
  // Whether a missing key needs no message: an unknown one, which has one, most likely stands for it. Once for each.
  [[nodiscard]] bool explains_missing() { return unknown > 0 && unknown-- > 0; }
};
// Two keys of a mapping that exclude each other: reported at the later one.
void report_clash(Context& context, NodeId one, NodeId two);
// `names` are accepted with `_` and `-` for a blank too. `what` is "a row of `done`".
[[nodiscard]] Keys keys_at(Context& context, NodeId mapping, const std::vector<std::string>& names, std::string_view what);

}  // namespace onus::facts
