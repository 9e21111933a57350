// The two spellings of a generated case.
#include "base/date.hpp"
#include "property/generate.hpp"

namespace onus::property {
namespace {

using Value = CaseText::Value;

bool is_date(const std::string& text) { return parse_date(text).has_value(); }

std::string quoted(const std::string& text) { return '"' + text + '"'; }

std::string in_yaml(const Value& value) {
  const std::string unit = value.unit.empty() ? "" : " " + value.unit;
  std::string text;
  switch (value.is) {
    case Value::Is::Word:
    case Value::Is::YesNo: return value.word;
    case Value::Is::Amount: return value.word + unit;
    case Value::Is::Range: return "between " + value.word + " and " + value.second + unit;
    case Value::Is::Shared: return "{value: " + value.word + unit + ", unknowable to: [" + value.list.at(0) + "]}";
    case Value::Is::List:
      for (const std::string& one : value.list) text += (text.empty() ? "" : ", ") + one;
      return "[" + text + "]";
    case Value::Is::Yearly:
      for (std::size_t index = 0; index < value.list.size(); index += 2) {
        text += (text.empty() ? "" : ", ") + value.list[index] + ": " + value.list[index + 1] + unit;
      }
      return "{" + text + "}";
  }
  return text;
}

std::string json_amount(const std::string& number, const std::string& unit) {
  if (unit.empty()) return number;
  return "{\"amount\": " + number + ", \"unit\": " + quoted(unit) + "}";
}

std::string in_json(const Value& value) {
  const std::string unit = value.unit.empty() ? "" : ", \"unit\": " + quoted(value.unit);
  std::string text;
  switch (value.is) {
    case Value::Is::Word: return quoted(value.word);
    case Value::Is::YesNo: return value.word == "yes" ? "true" : "false";
    case Value::Is::Amount: return json_amount(value.word, value.unit);
    case Value::Is::Range:
      if (is_date(value.word)) return "{\"between\": [" + quoted(value.word) + ", " + quoted(value.second) + "]}";
      return "{\"between\": [" + value.word + ", " + value.second + "]" + unit + "}";
    case Value::Is::Shared:
      return "{\"value\": " + json_amount(value.word, value.unit) + ", \"unknowable to\": [" + quoted(value.list.at(0)) + "]}";
    case Value::Is::List:
      for (const std::string& one : value.list) text += (text.empty() ? "" : ", ") + quoted(one);
      return "[" + text + "]";
    case Value::Is::Yearly:
      for (std::size_t index = 0; index < value.list.size(); index += 2) {
        text += (text.empty() ? "" : ", ") + quoted(value.list[index]) + ": " + json_amount(value.list[index + 1], value.unit);
      }
      return "{" + text + "}";
  }
  return text;
}

}  // namespace

std::string CaseText::yaml() const {
  std::string text = "onus: case/1\nas of: " + as_of + "\n";
  for (const char* kind : {"firm", "system", "change"}) {
    bool first = true;
    for (const Entity& entity : entities) {
      if (entity.kind != kind) continue;
      if (first) text += std::string(kind) + ":\n";
      first = false;
      text += "  " + entity.name + ":" + (entity.facts.empty() ? " {}" : "") + "\n";
      for (const Fact& fact : entity.facts) text += "    " + fact.key + ": " + in_yaml(fact.value) + "\n";
    }
  }
  if (!found.empty()) text += "found:\n";
  for (const std::string& one : found) text += "  - " + one + "\n";
  if (says_done) text += done.empty() ? "done: []\n" : "done:\n";
  for (const Done& one : done) {
    text += "  - {bearer: " + one.bearer + ", object: " + one.object + ", provision: " + one.provision + ", on: " + one.on + "}\n";
  }
  return text;
}

std::string CaseText::json() const {
  std::string text = "{\n  \"onus\": \"case/1\",\n  \"as of\": " + quoted(as_of);
  for (const char* kind : {"firm", "system", "change"}) {
    bool first = true;
    for (const Entity& entity : entities) {
      if (entity.kind != kind) continue;
      text += first ? ",\n  " + quoted(kind) + ": {\n" : ",\n";
      first = false;
      text += "    " + quoted(entity.name) + ": {";
      bool first_fact = true;
      for (const Fact& fact : entity.facts) {
        text += (first_fact ? "" : ", ") + quoted(fact.key) + ": " + in_json(fact.value);
        first_fact = false;
      }
      text += "}";
    }
    if (!first) text += "\n  }";
  }
  if (!found.empty()) {
    text += ",\n  \"found\": [";
    for (std::size_t index = 0; index < found.size(); ++index) text += (index == 0 ? "" : ", ") + quoted(found[index]);
    text += "]";
  }
  if (says_done) {
    text += ",\n  \"done\": [";
    for (std::size_t index = 0; index < done.size(); ++index) {
      const Done& one = done[index];
      text += (index == 0 ? "{\"bearer\": " : ", {\"bearer\": ") + quoted(one.bearer) + ", \"object\": " + quoted(one.object) +
              ", \"provision\": " + quoted(one.provision) + ", \"on\": " + quoted(one.on) + "}";
    }
    text += "]";
  }
  return text + "\n}\n";
}

}  // namespace onus::property
