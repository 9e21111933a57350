// What a case may be about: its entities and those it only implies, and a name for every question that it leaves open.
//
// Implied entities are made when a walk first meets them; they and the variables keep their numbers from then on, so that
// runs can be compared with each other.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "facts/case.hpp"
#include "model/model.hpp"
#include "oracle/linear.hpp"
#include "oracle/search.hpp"

namespace onus::oracle {

// Listed entities have the numbers of the case; those behind them are implied.
using Entity = std::uint32_t;
inline constexpr Entity no_entity = 0xffffffff;

// What a variable decides. `field` is the index of a field, predicate, value or provision.
struct Question {
  enum class Of : std::uint8_t {
    Fact,         // yes/no, a member of one of, the entity of a relation, the truth of a judgement
    Member,       // of any of: `extra` is the member
    Pair,         // of a pair set: `extra` is the other entity
    Record,       // of a judgement: established, established not, not established
    Exists,       // whether an optional amount or date is there
    Amount,       // the amount or date itself (also the day chosen for it)
    Known,        // whether `extra` can know the fact
    FreeTruth,    // a recursive conclusion about an implied entity: `extra` is the regulation, `other` a role's object
    FreeAmount,   // a recursive value of an implied entity
    Performed,    // whether a norm was performed for its bearer (`entity`) and object (`other`), and the day
    Choice,       // the answer of an open provision in a row: `row`
  };
  Of of = Of::Fact;
  Entity entity = no_entity;
  std::uint32_t field = 0;
  std::int32_t year = 0;
  std::uint32_t extra = 0;
  Entity other = no_entity;
  std::vector<Entity> row;
  auto operator<=>(const Question&) const = default;
};

class Universe {
 public:
  Universe(const model::Model& model, const facts::Case& the_case, bool no_defaults);

  [[nodiscard]] const model::Model& model() const { return model_; }
  [[nodiscard]] const facts::Case& the_case() const { return case_; }
  [[nodiscard]] bool no_defaults() const { return no_defaults_; }

  [[nodiscard]] Entity listed() const { return static_cast<Entity>(case_.entities.size()); }
  [[nodiscard]] bool is_listed(Entity entity) const { return entity < listed(); }
  [[nodiscard]] model::KindId kind(Entity entity) const { return kinds_[entity]; }
  [[nodiscard]] std::string name(Entity entity) const;
  [[nodiscard]] const std::vector<Entity>& listed_of(model::KindId kind) const { return listed_of_[kind.index]; }
  // What relations of listed entities may imply of a kind.
  const std::vector<Entity>& implied_of(model::KindId kind);
  // Where an undetermined relation may lead; its own implied entity is the last.
  const std::vector<std::optional<Entity>>& candidates(Entity entity, model::FieldId field);

  // The entity that stands where nothing listed does: of (owner, relation).
  Entity implied(Entity owner, model::FieldId field);
  [[nodiscard]] Entity owner(Entity implied_entity) const { return implied_[implied_entity - listed()].first; }
  [[nodiscard]] model::FieldId relation(Entity implied_entity) const { return implied_[implied_entity - listed()].second; }
  // `the resulting model of X`: implied by an inverse, so that what it came from is known.
  [[nodiscard]] bool is_result(Entity entity) const;

  // The relation of a listed entity that the case leaves open; of any relation of an implied one but what it came from.
  [[nodiscard]] bool is_undetermined(Entity entity, model::FieldId field) const;
  // Relations that some path of the rules follows.
  [[nodiscard]] bool is_used(model::FieldId field) const { return used_[field.index]; }

  // Sets of relations along which something is computed from itself: no world has a cycle along one of them.
  [[nodiscard]] const std::vector<model::FieldId>& chain(std::size_t index) const { return chains_[index]; }
  // The sets that a relation is in.
  [[nodiscard]] const std::vector<std::size_t>& chains_of(model::FieldId field) const { return chains_of_[field.index]; }

  Variable variable(const Question& question);
  [[nodiscard]] const Question& question(Variable variable) const { return questions_[variable]; }
  // The amount of a fact.
  NumberVariable amount_variable(Entity entity, model::FieldId field, std::int32_t year, const NumberDomain& domain);
  NumberVariable number_variable(const Question& question, const NumberDomain& domain);
  [[nodiscard]] const Question& number_question(NumberVariable variable) const { return number_questions_[variable]; }
  [[nodiscard]] const std::vector<NumberDomain>& domains() const { return domains_; }

  // The state of a closed field that the case is silent about.
  [[nodiscard]] bool is_closed(Entity entity, model::FieldId field, std::int32_t year = 0) const;
  [[nodiscard]] const facts::FieldState* state(Entity entity, model::FieldId field, std::int32_t year = 0) const;

 private:
  void use(const model::Path& path);
  void find_chains();

  const model::Model& model_;
  const facts::Case& case_;
  bool no_defaults_;
  std::vector<bool> used_;
  std::vector<std::vector<model::FieldId>> chains_;
  std::vector<std::vector<std::size_t>> chains_of_;   // by relation
  std::vector<std::pair<Entity, model::FieldId>> implied_;
  std::map<std::pair<Entity, model::FieldId>, Entity> implied_index_;
  std::vector<model::KindId> kinds_;
  std::vector<std::vector<Entity>> listed_of_;
  std::map<model::KindId, std::vector<Entity>> implied_of_;
  std::map<std::pair<Entity, model::FieldId>, std::vector<std::optional<Entity>>> candidates_;
  std::map<std::tuple<Entity, model::FieldId, std::int32_t>, NumberVariable> amounts_;
  std::vector<Question> questions_;
  std::map<Question, Variable> variables_;
  std::vector<Question> number_questions_;
  std::map<Question, NumberVariable> number_variables_;
  std::vector<NumberDomain> domains_;
};

}  // namespace onus::oracle
