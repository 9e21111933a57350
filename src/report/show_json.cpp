#include <algorithm>

#include "base/units.hpp"
#include "report/json_parts.hpp"
#include "report/show.hpp"
#include "report/show_words.hpp"
#include "report/words.hpp"

namespace onus::reports {
namespace {


Json cites_json(const std::vector<model::Citation>& citations) {
  Json list = Json::list();
  for (const auto& citation : citations) list.push(Json::text(citation.text));
  return list;
}

Json unit_json(const std::optional<UnitId>& unit) { return unit ? Json::text(unit_name(*unit)) : Json::null(); }

Json regulation_label(const model::Model& model, const std::optional<model::RegulationId>& id) {
  return id && model.regulations.contains(*id) ? Json::text(model.regulations[*id].label) : Json::null();
}

Json regulations_json(const model::Model& model) {
  Json list = Json::list();
  for (const auto& regulation : model.regulations) {
    Json one = Json::object();
    one.add("label", regulation.label).add("title", regulation.title).add("for", regulation.jurisdiction);
    Json statuses = Json::list();
    for (const auto& status : regulation.statuses) {
      Json entry = Json::object();
      statuses.push(std::move(entry.add("status", status.text).add("from", date_json(status.from)).add("until", date_json(status.until))));
    }
    one.add("statuses", std::move(statuses)).add("periods", regulation.periods).add("time_zone", regulation.time_zone);
    list.push(std::move(one));
  }
  return list;
}

Json terms_json(const model::Model& model) {
  Json list = Json::list();
  for (const auto id : model.fields.ids()) {
    const auto& field = model.fields[id];
    Json one = Json::object();
    one.add("kind", model.kinds[field.owner].name).add("term", field.name).add("type", type_word(field.type));
    one.add("unit", unit_json(field.unit)).add("values", Json::texts(field.members));
    one.add("target", field.target ? Json::text(model.kinds[*field.target].name) : Json::null());
    one.add("closed", closing_word(field.closing)).add("optional", Json::boolean(field.optional));
    one.add("unknowable", Json::boolean(field.unknowable)).add("yearly", Json::boolean(field.yearly));
    one.add("question", field.question).add("presumed_by", Json::texts(presumed_by(model, id)));
    list.push(std::move(one));
  }
  return list;
}

Json conclusions_json(const model::Model& model) {
  Json list = Json::list();
  for (const auto id : model.predicates.ids()) {
    const auto& predicate = model.predicates[id];
    Json one = Json::object();
    one.add("regulation", regulation_label(model, predicate.regulation)).add("kind", model.kinds[predicate.owner].name);
    one.add("conclusion", predicate.object ? predicate.name + " of" : predicate.name);
    one.add("object", predicate.object ? Json::text(model.kinds[*predicate.object].name) : Json::null());
    one.add("concluded_by", Json::texts(concluded_by(model, id)));
    list.push(std::move(one));
  }
  return list;
}

Json values_json(const model::Model& model) {
  Json list = Json::list();
  for (const auto& value : model.values) {
    Json one = Json::object();
    one.add("kind", model.kinds[value.owner].name).add("value", value.name).add("type", value_type_text(model, value));
    one.add("unit", unit_json(value.unit)).add("provision", model.name_of(value.provision));
    list.push(std::move(one));
  }
  return list;
}

Json parameters_json(const model::Model& model) {
  Json list = Json::list();
  for (const auto& parameter : model.parameters) {
    Json one = Json::object();
    one.add("regulation", regulation_label(model, parameter.regulation)).add("parameter", parameter.name).add("unit", unit_json(parameter.unit));
    Json values = Json::list();
    for (const auto& span : parameter.spans) {
      Json entry = Json::object();
      entry.add("value", parameter_text(parameter, span)).add("from", date_json(span.from)).add("until", date_json(span.until));
      values.push(std::move(entry));
    }
    one.add("values", std::move(values)).add("cites", cites_json(parameter.citations));
    list.push(std::move(one));
  }
  return list;
}

Json provisions_json(const model::Model& model, const SourceStore& sources) {
  Json list = Json::list();
  for (const auto id : model.provisions.ids()) {
    const auto& provision = model.provisions[id];
    Json one = Json::object();
    one.add("regulation", provision.in_vocabulary ? Json::null() : regulation_label(model, provision.regulation));
    one.add("kind", model::word(provision.kind)).add("label", provision.label).add("name", model.name_of(id));
    one.add("title", provision.title).add("cites", cites_json(provision.citations));
    one.add("part", provision.part ? Json::text(model.parts[*provision.part].label) : Json::null());
    one.add("status", provision.in_vocabulary || !model.regulations.contains(provision.regulation)
                          ? Json::null()
                          : Json::text(status_text(model.regulations[provision.regulation])));
    one.add("applies_from", date_json(applies_from(model, provision)));
    one.add("enforceable_from", date_json(enforceable_from(model, provision)));
    one.add("about", Json::texts(target_names(model, provision)));
    Json readings = Json::list();
    for (const auto& reading : provision.readings) readings.push(Json::text(reading.name));
    one.add("readings", std::move(readings));
    one.add("act", provision.act);
    one.add("notes", Json::texts(provision.notes)).add("quotes", Json::texts(provision.quotes));
    const SourceFile& file = sources.file(provision.span.file);
    const Position begin = file.position(provision.span.begin);
    one.add("file", file.path()).add("line", Json::number(begin.line));
    list.push(std::move(one));
  }
  return list;
}

}  // namespace

std::string show_json(const model::Model& model, const SourceStore& sources, const std::vector<InputFile>& inputs,
                      const std::vector<std::string>& only) {
  const auto wants = [&](std::string_view section) { return only.empty() || std::find(only.begin(), only.end(), section) != only.end(); };
  Json json = Json::object();
  json.add("onus", ONUS_VERSION).add("format", "show/1");
  json.add("inputs", inputs_json(inputs));
  if (wants("regulations")) {
    json.add("regulations", regulations_json(model));
    Json list = Json::list();
    for (const auto& source : model.sources) list.push(Json::object().add("label", source.label).add("title", source.title));
    json.add("sources", std::move(list));
  }
  if (wants("terms")) json.add("terms", terms_json(model));
  if (wants("conclusions")) json.add("conclusions", conclusions_json(model));
  if (wants("values")) json.add("values", values_json(model));
  if (wants("parameters")) json.add("parameters", parameters_json(model));
  if (wants("provisions")) json.add("provisions", provisions_json(model, sources));
  return json.print();
}

}  // namespace onus::reports
