#include "facts/skeleton.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "base/units.hpp"
#include "facts/names.hpp"

namespace onus::facts {
namespace {

using namespace model;

std::string joined(const std::vector<std::string>& texts) { return join(texts, ", "); }

// What stands behind the line: type, unit, values, question.
std::string comment_of(const Model& model, const Field& field) {
  std::string text;
  const std::string unit = field.unit ? std::string(unit_name(*field.unit)) : "";
  const auto quantity = [&](std::string_view what, std::string_view number) {
    const std::string tail = unit.empty() ? "" : " " + unit;
    return std::string(what) + ": " + std::string(number) + tail + ", between A and B" + tail + ", about A" + tail + " ± P %";
  };
  switch (field.type) {
    case FieldType::YesNo: text = "yes, no"; break;
    case FieldType::OneOf: text = "one of: " + joined(field.members); break;
    case FieldType::AnyOf: text = "a list, such as [" + (field.members.empty() ? std::string() : field.members.front()) + "], of: " + joined(field.members); break;
    case FieldType::Amount: text = quantity(unit.empty() ? "a number" : "an amount of " + unit, "2.5e24"); break;
    case FieldType::Count: text = quantity("a whole number", "250"); break;
    case FieldType::Date: text = "a date: 2026-03-01, between A and B"; break;
    case FieldType::Moment: text = "a local time: 2026-03-01T09:30, between A and B"; break;
    case FieldType::Relation: text = "the name of " + with_article(model.kinds[*field.target].name) + " in this file"; break;
    case FieldType::PairSet: text = "a list of names of the kind `" + model.kinds[*field.target].name + "`: [NAME]"; break;
    case FieldType::Judgement: text = "yes, no, not established"; break;
    case FieldType::Inverse:
    case FieldType::OneInverse:
    case FieldType::Chain: break;
  }
  if (field.optional) text += ", not applicable";
  if (field.unknowable) text += ", unknowable";
  switch (field.closing) {
    case Closing::Open: break;
    case Closing::No: text += "; no unless given"; break;
    case Closing::None: text += "; none unless given"; break;
  }
  if (!field.question.empty()) {
    std::string question = field.question;
    std::ranges::replace(question, '\n', ' ');
    text += "; " + escape_for_terminal(question);
  }
  return text;
}

// A name for the skeleton's entity: the kind with a letter, in capitals as people write names.
std::string entity_name(const EntityKind& kind) {
  std::string name = kind.name;
  if (!name.empty() && name.front() >= 'a' && name.front() <= 'z') name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return name + " A";
}

// Terms begin with a letter and hold letters, digits, blanks and hyphens: plain in YAML, but for its own words.
std::string key(const std::string& name) {
  for (const std::string_view word : {"yes", "no", "null", "true", "false", "on", "off", "y", "n"}) {
    if (name == word) return '"' + name + '"';
  }
  return name;
}

}  // namespace

std::string case_skeleton(const Model& model, std::span<const FieldId> read, Date as_of) {
  std::vector<bool> needed(model.kinds.size(), false);
  std::vector<FieldId> given;
  for (const auto id : read) {
    const auto& field = model.fields[id];
    if (!is_given(field.type)) continue;
    given.push_back(id);
    needed[field.owner.index] = true;
    if (field.target) needed[field.target->index] = true;
  }
  std::string out = "onus: case/1\nas of: " + to_text(as_of) + "\n";
  out += "# Replace `not given` where a fact is known; a line may also be left out. A line behind `#` counts as no, as none or as\n"
         "# not established, unless it is given. More entities of a kind stand below the first.\n";
  for (const auto kind : model.kinds.ids()) {
    if (!needed[kind.index]) continue;
    std::vector<FieldId> open, closed;
    for (const auto id : given) {
      const auto& field = model.fields[id];
      if (field.owner != kind) continue;
      // A record is closed too, yet `not given` is what a judgement without an answer is asked by.
      const bool is_open = field.closing == Closing::Open && field.type != FieldType::Judgement;
      (is_open ? open : closed).push_back(id);
    }
    out += "\n" + key(model.kinds[kind].name) + ":\n  " + entity_name(model.kinds[kind]) + ":";
    out += open.empty() ? " {}\n" : "\n";
    if (open.empty() && !closed.empty()) out += "    # without the {} above:\n";
    for (const bool is_open : {true, false}) {
      for (const auto id : is_open ? open : closed) {
        const auto& field = model.fields[id];
        const bool judgement = field.type == FieldType::Judgement;
        const std::string value = is_open             ? "not given"
                                  : judgement         ? "not established"
                                  : field.closing == Closing::No && field.type == FieldType::YesNo ? "yes"
                                                      : "not given";
        const std::string shown = field.yearly ? "{" + std::to_string(std::max(1, as_of.year() - 1)) + ": " + value + "}" : value;
        out += std::string("    ") + (is_open ? "" : "# ") + key(field.name) + ": " + shown + "  # " + comment_of(model, field) + "\n";
      }
    }
  }
  return out;
}

}  // namespace onus::facts
