#include "facts/from_document/context.hpp"

#include <algorithm>

#include "base/date.hpp"
#include "base/text.hpp"

namespace onus::facts {

void report_too_large(Context& context, Span span, std::uint64_t limit, std::string_view what) {
  if (!context.too_large) context.problems.add<Kind::CaseTooLarge>(span, static_cast<std::int64_t>(limit), what);
  context.too_large = true;
}

std::string shown(std::string_view text) {
  constexpr std::size_t most = 60;
  std::size_t size = text.size();
  if (size > most) {
    size = most;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80U) --size;  // not inside a character
  }
  return escape_for_terminal(text.substr(0, size)) + (size < text.size() ? "…" : "");
}

std::string seen(const Context& context, NodeId node) {
  if (context.document.is_mapping(node)) return "a mapping";
  if (context.document.is_sequence(node)) return "a list";
  if (context.document.is_null(node)) return "nothing";
  return "`" + shown(context.document.text(node)) + "`";
}

Span piece_span(const Context& context, NodeId node, std::string_view piece) {
  const Span whole = context.document.span(node);
  const std::string_view text = context.document.text(node);
  const std::string_view bytes = context.store.text(whole);
  std::size_t quotes = 0;
  if (bytes.size() == text.size() + 2 && bytes.substr(1, text.size()) == text) {
    quotes = 1;
  } else if (bytes != text) {
    return whole;
  }
  const auto offset = static_cast<std::size_t>(piece.data() - text.data());
  const auto begin = whole.begin + static_cast<std::uint32_t>(quotes + offset);
  return {whole.file, begin, begin + static_cast<std::uint32_t>(piece.size())};
}

std::string fix_text(const Context& context, NodeId node, std::string_view text) {
  const bool quoted = context.json || context.document.node(node).style == data::ScalarStyle::Quoted;
  return quoted ? '"' + std::string(text) + '"' : std::string(text);
}

bool reports_nothing(Context& context, NodeId node, std::string_view what, std::string_view advice) {
  if (!context.document.is_null(node)) return false;
  context.problems.add<Kind::NothingWritten>(context.document.span(node), shown(what), advice);
  return true;
}

std::optional<std::string_view> text_at(Context& context, NodeId node, std::string_view what) {
  if (reports_nothing(context, node, what, "leave the key out if there is nothing to say")) return std::nullopt;
  const auto style = context.document.node(node).style;
  const bool text = style == data::ScalarStyle::Plain || context.document.is_text(node);
  if (context.document.is_scalar(node) && text) return context.document.text(node);
  context.problems.add<Kind::WantedText>(context.document.span(node), shown(what), seen(context, node));
  return std::nullopt;
}

bool mapping_at(Context& context, NodeId node, std::string_view what, std::string_view example) {
  if (context.document.is_mapping(node)) return true;
  if (!reports_nothing(context, node, what, "write `{}` if there is nothing to say"))
    context.problems.add<Kind::WantedMapping>(context.document.span(node), shown(what), example);
  return false;
}

bool list_at(Context& context, NodeId node, std::string_view what, std::string_view example) {
  if (context.document.is_sequence(node)) return true;
  if (reports_nothing(context, node, what, "write `[]` if there is none")) return false;
  auto reported = context.problems.add<Kind::WantedList>(context.document.span(node), shown(what), example);
  if (context.document.is_scalar(node)) {
    const Span span = context.document.span(node);
    reported.fix(span, "[" + std::string(context.store.text(span)) + "]");
  }
  return false;
}

std::optional<Date> date_at(Context& context, NodeId node, std::string_view what) {
  const auto text = text_at(context, node, what);
  if (!text) return std::nullopt;
  const auto date = parse_date(*text);
  if (date) return *date;
  context.problems.add<Kind::CaseDate>(context.document.span(node), shown(*text), "a date", explain(date.error()));
  return std::nullopt;
}

std::optional<EntityId> find_entity(const Context& context, model::KindId kind, std::string_view name) {
  if (name.size() > longest_name) return std::nullopt;
  const auto& names = context.by_name[kind.index];
  const auto at = names.find(name);
  return at == names.end() ? std::nullopt : std::optional(at->second);
}

std::vector<EntityId> find_entities(const Context& context, std::string_view name) {
  std::vector<EntityId> found;
  for (const auto kind : context.model.kinds.ids()) {
    if (const auto entity = find_entity(context, kind, name)) found.push_back(*entity);
  }
  return found;
}

void report_unknown_entity(Context& context, Span span, std::string_view name, const std::vector<model::KindId>& kinds,
                           std::string_view noun, std::optional<NodeId> whole) {
  std::vector<std::string> candidates;
  if (context.problems.affords(context.result.entities.size())) {
    for (const Entity& entity : context.result.entities) {
      if (std::ranges::find(kinds, entity.kind) != kinds.end()) candidates.push_back(entity.name);
    }
  }
  std::optional<std::string> near;
  if (const auto index = context.problems.nearest_of(candidates, name)) near = candidates[*index];
  auto reported = context.problems.add<Kind::UnknownEntity>(span, noun, shown(name), did_you_mean(near));
  if (near && whole) reported.fix(span, fix_text(context, *whole, *near));
}

std::optional<EntityId> entity_at(Context& context, NodeId node, model::KindId kind, std::string_view what) {
  const auto name = text_at(context, node, what);
  if (!name) return std::nullopt;
  if (const auto entity = find_entity(context, kind, *name)) return entity;
  const Span span = context.document.span(node);
  const auto others = find_entities(context, *name);
  if (others.empty()) {
    report_unknown_entity(context, span, *name, {kind}, context.kind_name(kind), node);
  } else {
    const Entity& other = context.entity(others.front());
    context.problems
        .add<Kind::EntityOfOtherKind>(span, shown(*name), with_article(context.kind_name(other.kind)), shown(what),
                                      with_article(context.kind_name(kind)))
        .note(other.span, "it is listed here");
  }
  return std::nullopt;
}

void report_clash(Context& context, NodeId one, NodeId two) {
  const auto [first, second] = std::minmax(one, two);
  const auto& document = context.document;
  context.problems.add<Kind::KeysClash>(document.span(second), shown(document.text(first)), shown(document.text(second)))
      .note(document.span(first), "the other is here");
}

Keys keys_at(Context& context, NodeId mapping, const std::vector<std::string>& names, std::string_view what) {
  Keys found;
  found.values.resize(names.size());
  found.keys.resize(names.size());
  for (const auto [key, value] : context.document.entries(mapping)) {
    const std::string_view written = context.document.text(key);
    std::string name = normalise_name(written);
    std::ranges::replace(name, '_', ' ');
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) {
      std::optional<std::string> near;
      if (const auto index = context.problems.nearest_of(names, name)) near = names[*index];
      auto reported = context.problems.add<Kind::UnknownKey>(context.document.span(key), shown(written), what,
                                                             "`" + join(names, "`, `") + "`", did_you_mean(near));
      if (near) reported.fix(context.document.span(key), fix_text(context, key, *near));
      found.sound = false;
      ++found.unknown;
      continue;
    }
    const auto index = static_cast<std::size_t>(at - names.begin());
    if (found.keys[index]) {
      const NodeId first = *found.keys[index];
      context.problems
          .add<Kind::KeyTwice>(context.document.span(key), names[index], shown(context.document.text(first)), shown(written))
          .note(context.document.span(first), "the first is here");
      found.sound = false;
      continue;
    }
    found.keys[index] = key;
    found.values[index] = value;
  }
  return found;
}

}  // namespace onus::facts
