// A case: entities, the states of their facts, stated conclusions, performances, expectations (semantics.md § 2).
//
// The same value whichever format it was read from: YAML, JSON or an inline case of a rule file. States are resolved against
// the model (fields, members, units in base units); nothing is evaluated. A fact that the file does not mention has no entry.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/number.hpp"
#include "model/model.hpp"
#include "source/source.hpp"

namespace onus::facts {

using EntityId = Id<struct EntityTag>;

struct Entity {
  std::string name;             // free text; unique within the kind
  model::KindId kind{};
  bool named = true;            // false: an inline case speaks of it by its path, which is the name
  Span span;
};

// Numbers, dates (days) and moments (minutes) are all held as exact numbers in base units.
struct FieldState {
  enum class Value : std::uint8_t {
    NotGiven,       // written out, or `unknowable` without a value: the whole domain; reopens a closed field
    Exact,          // what is in number / yes / member / members / entities
    Between,        // low … high, both ends included
    NotApplicable,  // *none*
  } value = Value::NotGiven;
  Number low, high;                       // numbers, dates, moments; Exact: equal
  bool yes = false;                       // YesNo
  std::uint32_t member = 0;               // OneOf
  std::vector<std::uint32_t> members;     // AnyOf, ascending: exactly these
  std::vector<EntityId> entities;         // Relation: one; PairSet: exactly these, ascending

  // With NotGiven, of AnyOf and PairSet: these alone are known, and known to be outside (inline cases only).
  std::vector<std::uint32_t> members_outside;
  std::vector<EntityId> entities_outside;

  // Knowledge (declared `possibly unknowable` only).
  bool unknowable_to_all = false;
  std::vector<EntityId> unknowable_to;

  // Judgement: the answer, and who gave it (documentation).
  enum class Answer : std::uint8_t { None, Yes, No, NotEstablished } answer = Answer::None;
  std::string answered_by, answered_because;
  std::optional<Date> answered_on;

  std::string written;                    // as the file has it, for reports
  Span span;
};

// A field of an entity; `year` for yearly fields, else 0.
struct FactKey {
  EntityId entity;
  model::FieldId field;
  std::int32_t year = 0;
  friend auto operator<=>(const FactKey&, const FactKey&) = default;
};

// A stated conclusion: the predicate holds (or not) of the entity (and object). It narrows what is possible.
struct Found {
  model::PredicateId predicate{};
  EntityId subject{};
  std::optional<EntityId> object;
  std::optional<model::RegulationId> regulation;  // `under eu-gpai`, or the regulation of the inline case; none: not said
  bool holds = true;
  std::string written;
  Span span;
};

// A further entity of a norm's row: a row variable that is neither the bearer nor the object (`for each incident`).
struct RowEntity {
  model::VariableId variable{};
  EntityId entity{};
  friend bool operator==(const RowEntity&, const RowEntity&) = default;
};

struct Done {
  EntityId bearer{};                      // not valid: the bearer is an authority
  std::optional<EntityId> object;
  std::vector<RowEntity> others;          // all of the norm's, in order of its variables
  model::ProvisionId provision{};
  Date on{};
  Span span;
};

// What a test expects; only the fields that are set are compared.
struct Expected {
  std::optional<model::ProvisionId> provision;      // a norm's verdict …
  std::optional<model::PredicateId> conclusion;     // … or a conclusion's
  std::optional<model::FieldId> judgement;          // … or of a judgement (`M1 is high-impact`)
  std::optional<model::ConditionId> condition;      // … or any condition of an inline case, over its entities
  std::optional<model::RegulationId> regulation;    // of the conclusion: `under eu-gpai`; none: not said
  std::optional<EntityId> bearer, object, subject;
  std::vector<RowEntity> others;                    // those that are named
  std::string verdict;                              // as in the JSON format: "applies", "holds", "depends", …
  std::string reading;                              // under this reading alone; empty: the main one
  std::optional<std::vector<std::string>> because;  // names as Model::name_of gives them: members that must be there
  bool because_only = false;
  std::optional<std::vector<std::string>> depends_on;   // "modification medical tune · compute": exactly these
  std::optional<Date> due, from, enforceable_from;
  std::optional<std::string> limited_to;
  std::optional<Number> at_most;                    // of a penalty, in base units
  std::string status;                               // as in the JSON format: "overdue"; empty: not compared
  Span span;
};

struct Case {
  std::string name;                       // the file's path, or the inline case's name
  bool is_inline = false;
  std::optional<std::uint32_t> inline_index;   // into Model::cases
  std::optional<Date> as_of;
  Span as_of_span;
  std::vector<Entity> entities;           // EntityId = index, in order of the file
  std::map<FactKey, FieldState> states;
  std::vector<Found> found;
  std::optional<std::vector<Done>> done;  // none: performance not known; else complete
  std::vector<Expected> expected;
  Span span;

  [[nodiscard]] const FieldState* state(EntityId entity, model::FieldId field, std::int32_t year = 0) const {
    const auto it = states.find({entity, field, year});
    return it == states.end() ? nullptr : &it->second;
  }
};

}  // namespace onus::facts
