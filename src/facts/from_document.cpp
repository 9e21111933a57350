#include "facts/from_document.hpp"

#include "base/text.hpp"
#include "facts/from_document/sections.hpp"
#include "facts/relations.hpp"

namespace onus::facts {
namespace {

constexpr std::string_view version = "case/1";

// A JSON file has its keys in quotes; nothing but what messages advise depends on it.
bool is_json(const data::Document& document) {
  for (const auto [key, value] : document.entries(document.root()))
    return document.node(key).style == data::ScalarStyle::Quoted;
  return false;
}

struct Sections {
  std::optional<NodeId> onus, as_of, found, done, expect;
  std::vector<std::pair<model::KindId, NodeId>> kinds;
};

// Every key of the file by what it means; one that means nothing, or something again, is reported.
Sections sections_of(Context& context) {
  Sections sections;
  std::vector<std::optional<NodeId>> kind_keys(context.model.kinds.size());
  struct Fixed {
    std::string_view name;
    std::optional<NodeId> Sections::*value;
  };
  constexpr Fixed fixed[] = {{"onus", &Sections::onus},
                             {"as of", &Sections::as_of},
                             {"found", &Sections::found},
                             {"done", &Sections::done},
                             {"expect", &Sections::expect}};
  std::optional<NodeId> fixed_keys[std::size(fixed)];
  const auto twice = [&](std::string_view name, NodeId first, NodeId second) {
    context.problems
        .add<Kind::KeyTwice>(context.document.span(second), name, shown(context.document.text(first)),
                             shown(context.document.text(second)))
        .note(context.document.span(first), "the first is here");
  };
  for (const auto [key, value] : context.document.entries(context.document.root())) {
    const auto text = context.document.text(key);
    const std::string name = normalise_name(text);
    bool known = false;
    for (std::size_t i = 0; i < std::size(fixed) && !known; ++i) {
      if (name != fixed[i].name) continue;
      known = true;
      if (fixed_keys[i]) {
        twice(fixed[i].name, *fixed_keys[i], key);
      } else {
        fixed_keys[i] = key;
        sections.*fixed[i].value = value;
      }
    }
    if (known) continue;
    if (const auto kind = context.names.kind(text)) {
      auto& first = kind_keys[kind->index];
      if (first) {
        twice(context.kind_name(*kind), *first, key);
      } else {
        first = key;
        sections.kinds.emplace_back(*kind, value);
      }
      continue;
    }
    const Span span = context.document.span(key);
    if (const auto kind = context.names.kind_of_plural(text)) {
      context.problems.add<Kind::KindInPlural>(span, context.kind_name(*kind), shown(text))
          .fix(span, fix_text(context, key, context.kind_name(*kind)));
      // What stands behind it is read all the same, so that its own faults are reported and names are known.
      if (!kind_keys[kind->index]) {
        kind_keys[kind->index] = key;
        sections.kinds.emplace_back(*kind, value);
      }
      continue;
    }
    std::vector<std::string> candidates = context.names.kinds();
    for (const auto& one : fixed) candidates.emplace_back(one.name);
    std::optional<std::string> near;
    if (const auto index = context.problems.nearest_of(candidates, text)) near = candidates[*index];
    auto reported = context.problems.add<Kind::UnknownCaseKey>(span, shown(text), did_you_mean(near));
    if (near) reported.fix(span, fix_text(context, key, *near));
  }
  return sections;
}

// Whether anything in the file is that of a case: an entity's kind, or one of the sections.
bool looks_like_case(const Context& context) {
  for (const auto [key, value] : context.document.entries(context.document.root())) {
    const std::string name = normalise_name(context.document.text(key));
    if (name == "as of" || name == "found" || name == "done" || name == "expect" || context.names.kind(name) ||
        context.names.kind_of_plural(name)) {
      return true;
    }
  }
  return false;
}

// False when the file is another version's, or no case at all, so that reading on would only mislead.
bool check_version(Context& context, const std::optional<NodeId>& node) {
  if (!node) {
    context.problems.add<Kind::CaseVersionMissing>(Span{context.file, 0, 0});
    return looks_like_case(context);
  }
  if (reports_nothing(context, *node, "onus", "write `case/1`")) return true;
  const auto text = text_at(context, *node, "onus");
  if (!text) return true;
  if (*text == version) return true;
  context.problems.add<Kind::CaseVersionUnknown>(context.document.span(*node), shown(*text))
      .fix(context.document.span(*node), fix_text(context, *node, version));
  return !text->starts_with("case/");
}

}  // namespace

std::optional<Case> read_case(const model::Model& model, const data::Document& document, const SourceStore& store, FileId file,
                              Sink& sink, const Limits& limits) {
  Context context{model, document, store, file, limits, Problems(sink), Names(model), is_json(document), {}, {}, 0, false};
  context.by_name.resize(model.kinds.size());
  Case& read = context.result;
  read.name = store.file(file).path();
  if (document.size() == 0 || !document.is_mapping(document.root())) {
    const Span span = document.size() == 0 ? Span{file, 0, 0} : document.span(document.root());
    context.problems.add<Kind::CaseNotMapping>(Span{span.file, span.begin, span.begin});
    return std::nullopt;
  }
  read.span = document.span(document.root());
  // The version comes first: another one may have other keys.
  std::optional<NodeId> onus;
  for (const auto [key, value] : document.entries(document.root())) {
    if (!onus && normalise_name(document.text(key)) == "onus") onus = value;
  }
  if (!check_version(context, onus)) return std::nullopt;
  const Sections sections = sections_of(context);
  if (sections.as_of) {
    read.as_of_span = document.span(*sections.as_of);
    read.as_of = date_at(context, *sections.as_of, "as of");
  }
  for (const auto& [kind, mapping] : sections.kinds) list_entities(context, kind, mapping);
  for (const auto& [kind, mapping] : sections.kinds) read_entities(context, kind, mapping);
  if (context.too_large) {  // names may be missing: what refers to them is not looked at
    context.problems.finish(file);
    return std::nullopt;
  }
  if (sections.found) read_found(context, *sections.found);
  if (sections.done) read_done(context, *sections.done);
  if (sections.expect) read_expected(context, *sections.expect);
  check_relations(model, read, context.problems);
  context.problems.finish(file);
  if (context.problems.count() > 0) return std::nullopt;
  return std::move(read);
}

}  // namespace onus::facts
