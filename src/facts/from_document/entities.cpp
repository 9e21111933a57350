#include <map>
#include <string>

#include "base/text.hpp"
#include "facts/from_document.hpp"
#include "facts/from_document/sections.hpp"
#include "facts/from_document/values.hpp"

namespace onus::facts {
namespace {

using model::FieldType;

// Why a text cannot name an entity; nothing if it can.
std::string_view bad_name(std::string_view name) {
  if (name.empty()) return "a name is not empty";
  if (name.size() > longest_name) return "a name has at most 256 bytes";
  if (name.front() == ' ' || name.back() == ' ') return "a name neither begins nor ends with a blank";
  if (name.find('\n') != std::string_view::npos) return "a name stands on one line";
  for (const std::string_view word : {"not given", "not applicable", "unknowable", "not established"}) {
    if (name == word) return "as a value this word says what is known of a fact";
  }
  return {};
}

std::string entity_example(const Context& context, std::string_view kind) {
  return context.json ? "{\"" + std::string(kind) + " A\": {}}" : "{" + std::string(kind) + " A: {}}";
}

// Reports a key that is no term that can be given.
void report_term(Context& context, const Entity& entity, NodeId key, std::string_view written) {
  const auto& model = context.model;
  const Span span = context.document.span(key);
  const std::string kind = context.kind_name(entity.kind);
  const auto predicates = context.names.predicates(entity.kind, written);
  if (!predicates.empty()) {
    const auto& predicate = model.predicates[predicates.front()];
    const std::string concluded = predicate.object ? with_article(predicate.name) + " of …" : predicate.name;
    context.problems.add<Kind::TermConcluded>(span, shown(written), "the " + kind + " " + shown(entity.name) + " is " + concluded);
    return;
  }
  if (context.names.is_value(entity.kind, written)) {
    context.problems.add<Kind::TermComputed>(span, shown(written));
    return;
  }
  std::optional<std::string> near;
  const auto& terms = context.names.terms(entity.kind);
  if (const auto index = context.problems.nearest_of(terms, written)) near = terms[*index];
  if (!near) {
    for (const auto other : model.kinds.ids()) {
      const auto field = other == entity.kind ? std::nullopt : context.names.field(other, written);
      if (!field || !is_given(model.fields[*field].type)) continue;
      context.problems.add<Kind::TermOfOtherKind>(span, model.fields[*field].name, with_article(model.kinds[other].name),
                                                  with_article(kind));
      return;
    }
  }
  auto reported = context.problems.add<Kind::UnknownTerm>(span, with_article(kind), shown(written), did_you_mean(near));
  if (near) reported.fix(span, fix_text(context, key, *near));
}

std::optional<std::int32_t> year_of(std::string_view text) {
  if (text.size() != 4 || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  std::int32_t year = 0;
  for (const char c : text) year = year * 10 + (c - '0');
  return year == 0 ? std::nullopt : std::optional(year);
}

void read_years(Context& context, EntityId entity, model::FieldId id, NodeId mapping) {
  const auto& field = context.model.fields[id];
  if (reports_nothing(context, mapping, field.name, "leave the line out if nothing is known")) return;
  if (!context.document.is_mapping(mapping) || context.document.find(mapping, "amount") || context.document.find(mapping, "value")) {
    const std::string year = context.json ? "\"2025\": " : "2025: ";
    const std::string example = amount_example(context, field, "90e6");
    const std::string name = context.json ? "\"" + field.name + "\": " : field.name + ": ";
    context.problems.add<Kind::YearsWanted>(context.document.span(mapping), field.name,
                                            name + "{" + year + example.substr(1, example.size() - 2) + "}");
    return;
  }
  for (const auto [key, value] : context.document.entries(mapping)) {
    const auto text = context.document.text(key);
    if (context.result.states.size() >= context.limits.case_facts)
      return report_too_large(context, context.document.span(key), context.limits.case_facts, "facts");
    const auto year = year_of(text);
    if (!year) context.problems.add<Kind::YearKey>(context.document.span(key), shown(text));
    auto state = read_state(context, field, value);
    if (year && state) context.result.states.emplace(FactKey{entity, id, *year}, std::move(*state));
  }
}

}  // namespace

void list_entities(Context& context, model::KindId kind, NodeId mapping) {
  const std::string& kind_name = context.kind_name(kind);
  if (!mapping_at(context, mapping, kind_name, entity_example(context, kind_name))) return;
  auto& names = context.by_name[kind.index];
  for (const auto [key, value] : context.document.entries(mapping)) {
    const auto name = context.document.text(key);
    const Span span = context.document.span(key);
    if (context.result.entities.size() >= context.limits.case_entities)
      return report_too_large(context, span, context.limits.case_entities, "entities");
    if (const auto reason = bad_name(name); !reason.empty())
      context.problems.add<Kind::EntityName>(span, shown(name), reason);
    const EntityId id{static_cast<std::uint32_t>(context.result.entities.size())};
    context.result.entities.push_back({std::string(name), kind, true, span});
    names.try_emplace(name, id);  // keys are distinct
  }
}

void read_entities(Context& context, model::KindId kind, NodeId mapping) {
  if (!context.document.is_mapping(mapping)) return;
  std::map<model::FieldId, NodeId> seen_fields;
  for (const auto [key, facts] : context.document.entries(mapping)) {
    if (context.too_large) return;
    const EntityId id = context.by_name[kind.index].at(context.document.text(key));
    if (!mapping_at(context, facts, context.document.text(key), "{}")) continue;
    seen_fields.clear();
    for (const auto [term, value] : context.document.entries(facts)) {
      const auto written = context.document.text(term);
      if (context.result.states.size() >= context.limits.case_facts)
        return report_too_large(context, context.document.span(term), context.limits.case_facts, "facts");
      const auto field_id = context.names.field(kind, written);
      if (!field_id) {
        report_term(context, context.entity(id), term, written);
        continue;
      }
      const auto& field = context.model.fields[*field_id];
      const Span span = context.document.span(term);
      if (field.type == FieldType::Chain) {
        context.problems.add<Kind::TermComputed>(span, shown(written));
        continue;
      }
      if (!is_given(field.type)) {
        const auto& relation = context.model.fields[*field.inverse_of];
        context.problems.add<Kind::TermInverse>(span, shown(written), relation.name,
                                                with_article(context.kind_name(relation.owner)));
        continue;
      }
      const auto [first, fresh] = seen_fields.try_emplace(*field_id, term);
      if (!fresh) {
        context.problems.add<Kind::KeyTwice>(span, field.name, shown(context.document.text(first->second)), shown(written))
            .note(context.document.span(first->second), "the first is here");
        continue;
      }
      if (field.yearly) {
        read_years(context, id, *field_id, value);
      } else if (auto state = read_state(context, field, value)) {
        context.result.states.emplace(FactKey{id, *field_id, 0}, std::move(*state));
      }
    }
  }
}

}  // namespace onus::facts
