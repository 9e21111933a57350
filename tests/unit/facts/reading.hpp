// Reads a text as a case file and says what came of it in a form that tests can compare.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/json.hpp"
#include "data/yaml.hpp"
#include "diagnostics/diagnostic.hpp"
#include "facts/from_document.hpp"
#include "support/tiny_model.hpp"

namespace onus::testing {

struct ReadResult {
  std::optional<facts::Case> value;
  // "ON3031 2:14 `abc`": code, place, text of the span.
  std::vector<std::string> errors;
  std::vector<Diagnostic> diagnostics;
  // All of them on lines, with messages: what a failing test shows.
  std::string messages;
  [[nodiscard]] std::string codes() const {
    std::string out;
    for (const auto& error : errors) out += (out.empty() ? "" : " ") + error.substr(0, 6);
    return out;
  }
};

inline const TinyModel& tiny() {
  static const TinyModel model;
  return model;
}

inline ReadResult read_text(std::string path, std::string text, const Model& model = tiny().model) {
  SourceStore store;
  const bool json = path.ends_with(".json");
  const FileId file = store.add(std::move(path), std::move(text));
  Sink sink;
  ReadResult result;
  const auto document = json ? data::read_json(store, file, {}, sink) : data::read_yaml(store, file, {}, sink);
  if (document) result.value = facts::read_case(model, *document, store, file, sink);
  result.diagnostics = sink.sorted();
  for (const Diagnostic& one : result.diagnostics) {
    const Position at = store.file(file).position(one.span.begin);
    std::string line = std::string(info(one.kind).code) + " " + std::to_string(at.line) + ":" + std::to_string(at.column) + " `" +
                       std::string(store.text(one.span)) + "`";
    result.messages += line + " " + one.message + "\n";
    result.errors.push_back(std::move(line));
  }
  return result;
}

inline ReadResult yaml(std::string text) { return read_text("case.yaml", std::move(text)); }
inline ReadResult json(std::string text) { return read_text("case.json", std::move(text)); }

// One fact of one entity in YAML: `value` stands behind the term. Actors Acme and Base Corp, model M0, modification first are
// there to be named.
inline std::string yaml_with(std::string_view kind, std::string_view term, std::string_view value) {
  std::string text = "onus: case/1\n";
  for (const std::string_view other : {"actor", "model", "modification", "incident"}) {
    text += std::string(other) + ":\n";
    if (other == "actor") text += "  Acme: {}\n  Base Corp: {}\n";
    if (other == "model") text += "  M0: {}\n";
    if (other == "modification") text += "  first: {}\n";
    if (other == "incident") text += "  Leak: {}\n";
    if (other == kind) text += "  X:\n    " + std::string(term) + ": " + std::string(value) + "\n";
  }
  return text;
}
inline std::string json_with(std::string_view kind, std::string_view term, std::string_view value) {
  std::string text = "{\"onus\": \"case/1\"";
  for (const std::string_view other : {"actor", "model", "modification", "incident"}) {
    text += ", \"" + std::string(other) + "\": {";
    if (other == "actor") text += "\"Acme\": {}, \"Base Corp\": {}";
    if (other == "model") text += "\"M0\": {}";
    if (other == "modification") text += "\"first\": {}";
    if (other == "incident") text += "\"Leak\": {}";
    if (other == kind) text += ", \"X\": {\"" + std::string(term) + "\": " + std::string(value) + "}";
    text += "}";
  }
  return text + "}";
}

inline facts::EntityId entity(const facts::Case& read, std::string_view name) {
  for (std::uint32_t i = 0; i < read.entities.size(); ++i) {
    if (read.entities[i].name == name) return {i};
  }
  return {};
}

// The state of the term of X.
inline const facts::FieldState* state_of_x(const ReadResult& result, KindId kind, std::string_view term, std::int32_t year = 0) {
  return result.value ? result.value->state(entity(*result.value, "X"), tiny().field(kind, term), year) : nullptr;
}

}  // namespace onus::testing
