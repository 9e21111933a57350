#include "report/show_words.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/units.hpp"
#include "model/from_syntax/names.hpp"

namespace onus::reports {

std::string with_article(std::string_view noun) {
  const bool vowel = !noun.empty() && std::string_view("aeiouAEIOU").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

std::string type_text(const model::Model& model, const model::Field& field) {
  const auto target = [&] { return field.target ? model.kinds[*field.target].name : std::string("thing"); };
  const auto targets = [&] { return model::from_syntax::plural(target()); };
  std::string text;
  switch (field.type) {
    case model::FieldType::YesNo: text = "yes or no"; break;
    case model::FieldType::OneOf: text = "one of: " + join(field.members, "; "); break;
    case model::FieldType::AnyOf: text = "any of: " + join(field.members, "; "); break;
    case model::FieldType::Amount:
      text = field.unit ? "an amount of " + std::string(unit_of(*field.unit).plural) : std::string("an amount");
      break;
    case model::FieldType::Count:
      text = field.unit ? "a number of " + std::string(unit_of(*field.unit).plural) : std::string("a whole number");
      break;
    case model::FieldType::Date: text = "a date"; break;
    case model::FieldType::Moment: text = "a moment"; break;
    case model::FieldType::Relation: text = with_article(target()); break;
    case model::FieldType::PairSet: text = "a list of " + targets(); break;
    case model::FieldType::Inverse:
    case model::FieldType::OneInverse:
      text = (field.type == model::FieldType::Inverse ? "the " + targets() : "the " + target()) + " with that " +
             (field.inverse_of ? model.fields[*field.inverse_of].name : std::string("relation")) + " (follows from it)";
      break;
    case model::FieldType::Chain: text = "a chain of " + target() + "s (follows from its steps)"; break;
    case model::FieldType::Judgement: text = "judgement: yes, no or not established"; break;
  }
  if (field.yearly) text += ", for each year";
  if (field.unknowable) text += ", possibly unknowable";
  switch (field.closing) {
    case model::Closing::Open:
      if (field.optional) text += ", if any";
      break;
    case model::Closing::No: text += ", no unless given"; break;
    case model::Closing::None: text += ", none unless given"; break;
  }
  return text;
}

std::string_view type_word(model::FieldType type) {
  switch (type) {
    case model::FieldType::YesNo: return "yes-no";
    case model::FieldType::OneOf: return "one-of";
    case model::FieldType::AnyOf: return "any-of";
    case model::FieldType::Amount: return "amount";
    case model::FieldType::Count: return "count";
    case model::FieldType::Date: return "date";
    case model::FieldType::Moment: return "moment";
    case model::FieldType::Relation: return "relation";
    case model::FieldType::PairSet: return "relation-to-many";
    case model::FieldType::Inverse:
    case model::FieldType::OneInverse: return "inverse";
    case model::FieldType::Chain: return "chain";
    case model::FieldType::Judgement: return "judgement";
  }
  return {};
}

std::string_view closing_word(model::Closing closing) {
  switch (closing) {
    case model::Closing::Open: return "open";
    case model::Closing::No: return "no";
    case model::Closing::None: return "none";
  }
  return {};
}

std::string value_type_text(const model::Model& model, const model::ComputedTerm& value) {
  switch (value.type) {
    case model::ExprType::Number:
      return value.unit ? "an amount of " + std::string(unit_of(*value.unit).plural) : std::string("a number");
    case model::ExprType::Date: return "a date";
    case model::ExprType::Moment: return "a moment";
    case model::ExprType::Entity: return value.entity_kind ? with_article(model.kinds[*value.entity_kind].name) : std::string("an entity");
    case model::ExprType::Text: return "a text";
    case model::ExprType::Authority: return "an authority";
  }
  return {};
}

std::string parameter_text(const model::Parameter& parameter, const model::ParameterSpan& span) {
  if (parameter.is_date) {
    const auto days = span.number.to_int64();
    return days ? to_text(Date{static_cast<std::int32_t>(*days)}) : to_text(span.number);
  }
  if (!parameter.unit) return to_text(span.number);
  const Number amount = from_base(span.number, *parameter.unit);
  return to_text(amount) + " " + std::string(unit_name(*parameter.unit, amount));
}

std::string span_text(const std::optional<Date>& from, const std::optional<Date>& until) {
  std::string text;
  if (from) text = "from " + to_text(*from);
  if (until) text += (text.empty() ? "until " : " until ") + to_text(*until);
  return text;
}

std::string status_text(const model::Regulation& regulation) {
  if (regulation.statuses.empty()) return "in force at all times";
  std::vector<std::string> texts;
  for (const auto& status : regulation.statuses) {
    const std::string span = span_text(status.from, status.until);
    texts.push_back(span.empty() ? status.text : status.text + " " + span);
  }
  return join(texts, "; ");
}

std::vector<std::string> concluded_by(const model::Model& model, model::PredicateId predicate) {
  std::vector<std::string> names;
  for (const auto id : model.provisions.ids()) {
    const auto& provision = model.provisions[id];
    if (provision.kind == model::ProvisionKind::Definition && provision.predicate == predicate) names.push_back(model.name_of(id));
  }
  return names;
}

std::vector<std::string> presumed_by(const model::Model& model, model::FieldId judgement) {
  std::vector<std::string> names;
  for (const auto id : model.provisions.ids()) {
    const auto& provision = model.provisions[id];
    if (provision.kind == model::ProvisionKind::Presumption && provision.judgement == judgement) names.push_back(model.name_of(id));
  }
  return names;
}

std::optional<Date> applies_from(const model::Model& model, const model::Provision& provision) {
  if (provision.applies_from) return provision.applies_from;
  return provision.part ? model.parts[*provision.part].applies_from : std::nullopt;
}

std::optional<Date> enforceable_from(const model::Model& model, const model::Provision& provision) {
  if (provision.enforceable_from) return provision.enforceable_from;
  return provision.part ? model.parts[*provision.part].enforceable_from : std::nullopt;
}

std::vector<std::string> target_names(const model::Model& model, const model::Provision& provision) {
  std::vector<std::string> names;
  for (const auto& target : provision.targets) {
    auto name = model.name_of(target.provision);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace onus::reports
