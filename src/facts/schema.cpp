#include "facts/schema.hpp"

#include <nlohmann/json.hpp>

#include "base/units.hpp"
#include "facts/names.hpp"

namespace onus::facts {
namespace {

using Json = nlohmann::ordered_json;
using namespace model;

Json text() { return {{"type", "string"}}; }
Json text(std::string_view pattern) { return {{"type", "string"}, {"pattern", std::string(pattern)}}; }
Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
Json reference(std::string_view name) { return {{"$ref", "#/$defs/" + std::string(name)}}; }

constexpr std::string_view number_text = R"([0-9][0-9_]*(\.[0-9]+)?([eE][+-]?[0-9]+|\^[0-9]+)?(/[0-9]+)?)";
constexpr std::string_view date_text = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

// A mapping with exactly these keys.
Json mapping(Json properties, std::vector<std::string> required = {}) {
  Json schema{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

Json yes_no() { return {{"enum", Json::array({"yes", "no", true, false})}}; }

Json one_of_words(std::initializer_list<const char*> words) {
  Json list = Json::array();
  for (const char* word : words) list.push_back(word);
  return {{"enum", std::move(list)}};
}

// Numbers: the mapping form, and the texts of YAML; a number by itself where the term has no unit.
Json quantity(const std::optional<std::vector<std::string>>& units, bool needs_unit) {
  const Json unit = units ? Json{{"enum", *units}} : text();
  const Json number = {{"type", "number"}, {"minimum", 0}};
  const std::string tail = needs_unit ? " ?[^ ].*" : "";
  Json forms = Json::array();
  const auto form = [&](Json properties, std::vector<std::string> required) {
    if (needs_unit || !units) properties["unit"] = unit;
    if (needs_unit) required.emplace_back("unit");
    forms.push_back(mapping(std::move(properties), std::move(required)));
  };
  const Json two = {{"type", "array"}, {"items", number}, {"minItems", 2}, {"maxItems", 2}};
  form({{"amount", number}}, {"amount"});
  form({{"between", two}}, {"between"});
  form({{"about", number}, {"percent", number}}, {"about", "percent"});
  if (!needs_unit) forms.push_back(number);
  Json yaml = text("^(" + std::string(number_text) + tail + "|between .+ and .+|about .+(±|\\+/-).+)$");
  yaml["description"] = "in YAML alone, without quotes";
  forms.push_back(std::move(yaml));
  return {{"anyOf", std::move(forms)}};
}

Json times(const std::string& pattern) {
  const Json two = {{"type", "array"}, {"items", text("^" + pattern + "$")}, {"minItems", 2}, {"maxItems", 2}};
  return {{"anyOf", Json::array({text("^(" + pattern + "|between " + pattern + " and " + pattern + ")$"),
                                 mapping({{"between", two}}, {"between"})})}};
}

Json judgement() {
  const Json answer = {{"enum", Json::array({"yes", "no", "not established", true, false})}};
  return {{"anyOf", Json::array({answer, mapping({{"answer", answer}, {"by", text()}, {"on", reference("date")}, {"because", text()}},
                                                 {"answer"})})}};
}

// The units of a dimension, as printed in singular and plural; other spellings that are read are not listed.
std::vector<std::string> units_like(UnitId wanted) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < all_units().size(); ++i) {
    const UnitId id{static_cast<std::uint16_t>(i)};
    if (!same_dimension(id, wanted)) continue;
    names.emplace_back(unit_of(id).name);
    if (unit_of(id).plural != unit_of(id).name) names.emplace_back(unit_of(id).plural);
  }
  return names;
}

Json value_of(const Field& field) {
  Json forms = Json::array();
  switch (field.type) {
    case FieldType::YesNo: forms.push_back(yes_no()); break;
    case FieldType::OneOf: forms.push_back({{"enum", field.members}}); break;
    case FieldType::AnyOf: {
      Json list = list_of({{"enum", field.members}});
      list["uniqueItems"] = true;
      forms.push_back(std::move(list));
      break;
    }
    case FieldType::Amount:
    case FieldType::Count:
      forms.push_back(field.unit ? quantity(units_like(*field.unit), true) : quantity(std::vector<std::string>(), false));
      break;
    case FieldType::Date: forms.push_back(times(std::string(date_text))); break;
    case FieldType::Moment: forms.push_back(times(std::string(date_text) + "T[0-9]{2}:[0-9]{2}")); break;
    case FieldType::Relation: forms.push_back(reference("name")); break;
    case FieldType::PairSet: {
      Json list = list_of(reference("name"));
      list["uniqueItems"] = true;
      forms.push_back(std::move(list));
      break;
    }
    case FieldType::Judgement: forms.push_back(judgement()); break;
    case FieldType::Inverse:
    case FieldType::OneInverse:
    case FieldType::Chain: break;
  }
  forms.push_back(one_of_words({"not given"}));
  if (field.optional) forms.push_back(one_of_words({"not applicable"}));
  if (field.unknowable) {
    Json inner = forms;
    forms.push_back(one_of_words({"unknowable"}));
    forms.push_back(mapping({{"value", {{"anyOf", std::move(inner)}}}, {"unknowable to", list_of(reference("name"))}},
                            {"value", "unknowable to"}));
  }
  return {{"anyOf", std::move(forms)}};
}

Json field_schema(const Field& field) {
  Json schema = value_of(field);
  if (field.yearly)
    schema = {{"type", "object"}, {"propertyNames", {{"pattern", "^[0-9]{4}$"}}}, {"additionalProperties", std::move(schema)}};
  std::string about;
  if (field.closing == Closing::No) about = "no unless given";
  if (field.closing == Closing::None) about = "none unless given";
  if (!field.question.empty()) about += (about.empty() ? "" : "; ") + field.question;
  if (!about.empty()) schema["description"] = about;
  return schema;
}

Json entity_schema(const Model* model, KindId kind) {
  if (model == nullptr) return {{"type", "object"}, {"additionalProperties", reference("value")}};
  Json properties = Json::object();
  for (const auto id : model->fields.ids()) {
    const auto& field = model->fields[id];
    if (field.owner == kind && is_given(field.type)) properties[field.name] = field_schema(field);
  }
  return mapping(std::move(properties));
}

Json done_rows() {
  Json row = mapping({{"bearer", reference("name")}, {"object", reference("name")}, {"provision", text()}, {"on", reference("date")}},
                     {"provision", "on"});
  row["additionalProperties"] = reference("name");  // further entities of the norm, by their nouns
  return list_of(std::move(row));
}

Json expected_rows() {
  Json norm = mapping({{"bearer", reference("name")},
                       {"object", reference("name")},
                       {"provision", text()},
                       {"verdict", one_of_words({"applies", "does-not-apply", "depends", "undetermined", "not-yet", "no-longer"})},
                       {"because", list_of(text())},
                       {"because only", list_of(text())},
                       {"depends_on", list_of(text())},
                       {"due", reference("date")},
                       {"from", reference("date")},
                       {"limited to", text()},
                       {"enforceable from", reference("date")},
                       {"at most", Json{{"type", Json::array({"string", "object"})}}},
                       {"status", one_of_words({"open", "due", "met", "overdue", "breached"})},
                       {"reading", text()}},
                      {"provision", "verdict"});
  norm["additionalProperties"] = reference("name");
  Json conclusion = mapping({{"subject", reference("name")},
                             {"bearer", reference("name")},
                             {"object", reference("name")},
                             {"conclusion", text()},
                             {"verdict", one_of_words({"holds", "does-not-hold", "depends", "undetermined"})},
                             {"because", list_of(text())},
                             {"because only", list_of(text())},
                             {"depends_on", list_of(text())},
                             {"reading", text()}},
                            {"conclusion", "verdict"});
  // The holder of a role may be called its bearer.
  conclusion["oneOf"] = Json::array({Json{{"required", {"subject"}}}, Json{{"required", {"bearer", "object"}}}});
  return list_of({{"anyOf", Json::array({std::move(norm), std::move(conclusion)})}});
}

}  // namespace

std::string case_schema(const model::Model* model) {
  Json schema;
  schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  schema["title"] = "onus case";
  schema["description"] =
      "Entities under their kinds, what is known of them, and what is expected. Names of terms are read with either case, and "
      "with a hyphen for a blank; this schema lists one spelling.";
  schema["type"] = "object";
  schema["required"] = {"onus"};
  Json properties = Json::object();
  properties["onus"] = {{"const", "case/1"}};
  properties["as of"] = reference("date");
  properties["found"] = list_of(text(".+ is .+"));
  properties["done"] = done_rows();
  properties["expect"] = expected_rows();
  const auto entities = [&](KindId kind) {
    return Json{{"type", "object"}, {"propertyNames", reference("name")}, {"additionalProperties", entity_schema(model, kind)}};
  };
  if (model != nullptr) {
    for (const auto kind : model->kinds.ids()) properties[model->kinds[kind].name] = entities(kind);
  }
  schema["properties"] = std::move(properties);
  schema["additionalProperties"] = model != nullptr ? Json(false) : entities(KindId{});
  schema["$defs"]["date"] = text("^" + std::string(date_text) + "$");
  schema["$defs"]["name"] = {{"type", "string"}, {"minLength", 1}, {"maxLength", 256}};
  if (model == nullptr) {
    Json forms = Json::array({yes_no(), text(), Json{{"type", "number"}}, list_of(text()), quantity(std::nullopt, false), judgement(),
                              mapping({{"value", Json::object()}, {"unknowable to", list_of(reference("name"))}},
                                      {"value", "unknowable to"}),
                              Json{{"type", "object"}, {"propertyNames", {{"pattern", "^[0-9]{4}$"}}}}});
    schema["$defs"]["value"] = {{"anyOf", std::move(forms)}};
  }
  return schema.dump(2) + "\n";
}

}  // namespace onus::facts
