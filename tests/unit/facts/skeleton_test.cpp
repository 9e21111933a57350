// The fields that rules read, the skeleton of a case file and the schema of case files.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "facts/fields_read.hpp"
#include "facts/reading.hpp"
#include "facts/relations.hpp"
#include "facts/schema.hpp"
#include "facts/skeleton.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

std::vector<std::string> names(const std::vector<FieldId>& fields) {
  std::vector<std::string> out;
  for (const auto id : fields) out.push_back(tiny().model.fields[id].name);
  return out;
}

std::vector<FieldId> every_given_field() {
  std::vector<FieldId> fields;
  for (const auto id : tiny().model.fields.ids()) fields.push_back(id);
  return fields;
}

}  // namespace

TEST_CASE("the fields that the rules read, in order of the vocabulary") {
  // SME: a duty's condition. origin: a value's path and an inverse. modifier: who a conclusion is about. awareness: a deadline.
  CHECK(names(facts::fields_read(tiny().model)) ==
        std::vector<std::string>{"SME", "origin", "training compute", "placing date", "integrable downstream", "generally capable",
                                 "original model", "modifier", "compute", "affected model", "awareness"});
  CHECK(facts::fields_read(Model{}).empty());
}

TEST_CASE("relations along which something is computed from itself") {
  const auto groups = facts::recursion_groups(tiny().model);
  REQUIRE(groups.size() == 1);
  CHECK(names(groups[0]) == std::vector<std::string>{"origin", "original model"});
}

TEST_CASE("a skeleton is a case that gives nothing") {
  for (const auto& fields : {facts::fields_read(tiny().model), every_given_field(), std::vector<FieldId>{}}) {
    const std::string text = facts::case_skeleton(tiny().model, fields, *parse_date("2026-03-01"));
    const auto result = yaml(text);
    INFO(text);
    INFO(result.messages);
    REQUIRE(result.value);
    CHECK(result.value->as_of == *parse_date("2026-03-01"));
    for (const auto& [key, state] : result.value->states) {
      CHECK(state.value == facts::FieldState::Value::NotGiven);
      // Nothing that is closed is reopened.
      CHECK(tiny().model.fields[key.field].closing == Closing::Open);
    }
  }
}

TEST_CASE("a skeleton has a line for each field, and its lines in comments may be taken out of them") {
  const auto fields = every_given_field();
  std::string text = facts::case_skeleton(tiny().model, fields, *parse_date("2026-03-01"));
  for (const auto id : fields) {
    const auto& field = tiny().model.fields[id];
    const bool given = field.type != FieldType::Inverse && field.type != FieldType::OneInverse && field.type != FieldType::Chain;
    CAPTURE(field.name);
    CHECK((text.find(" " + field.name + ": ") != std::string::npos) == given);
  }
  CHECK(text.find("Did the actor act intentionally or negligently?") != std::string::npos);
  CHECK(text.find("unknowable") != std::string::npos);
  CHECK(text.find("text, audio, image, video") != std::string::npos);
  for (std::size_t at = text.find("    # "); at != std::string::npos; at = text.find("    # ", at)) text.replace(at, 6, "    ");
  const auto result = yaml(text);
  INFO(text);
  INFO(result.messages);
  CHECK(result.value);
}

TEST_CASE("a kind with closed facts alone has no empty line") {
  const std::vector<FieldId> fields{tiny().field(tiny().actor, "SME")};
  const auto text = facts::case_skeleton(tiny().model, fields, *parse_date("2026-03-01"));
  CHECK(text.find("  Actor A: {}\n") != std::string::npos);
  CHECK(yaml(text).value);
}

TEST_CASE("the schema names the model's terms, members and units") {
  const auto schema = nlohmann::json::parse(facts::case_schema(&tiny().model));
  CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
  const auto& model = schema["properties"]["model"]["additionalProperties"];
  CHECK(model["additionalProperties"] == false);
  CHECK(model["properties"].contains("training compute"));
  CHECK_FALSE(model["properties"].contains("modifications"));
  CHECK_FALSE(model["properties"].contains("general-purpose"));
  CHECK(model["properties"]["modality"].dump().find("\"video\"") != std::string::npos);
  CHECK(model["properties"]["training compute"].dump().find("\"petaFLOP/s-days\"") != std::string::npos);
  CHECK(model["properties"]["training compute"].dump().find("unknowable to") != std::string::npos);
  CHECK(model["properties"]["placing date"].dump().find("unknowable") == std::string::npos);
  CHECK(schema["additionalProperties"] == false);
  const auto general = nlohmann::json::parse(facts::case_schema(nullptr));
  CHECK(general["properties"]["onus"]["const"] == "case/1");
  CHECK(general["additionalProperties"].is_object());
  CHECK(facts::case_schema(&tiny().model) == facts::case_schema(&tiny().model));
}
