// What a case in a rule file says is given, sentence by sentence.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "facts/case.hpp"
#include "facts/inline/entities.hpp"
#include "facts/problems.hpp"
#include "model/model.hpp"

namespace onus::facts {

class Givens {
 public:
  Givens(const model::Model& model, const model::InlineCase& source, Case& read, InlineEntities& entities, Problems& problems)
      : model_(model), source_(source), case_(read), entities_(entities), problems_(problems) {}

  // Everything that is given. Where relations lead comes first, short paths before long ones, so that a path means the same
  // wherever it stands in the list.
  void add_all();

 private:
  enum class Round : std::uint8_t { Relations, Facts };
  struct Literal {
    const model::Condition* condition;
    bool holds;
  };
  void flatten(model::ConditionId id);
  void add_literal(const model::Condition& condition, bool holds, Round round);
  // Bounds, sets and knowledge come together from several sentences.
  void finish();
  [[nodiscard]] std::string words_of(const model::Field& field, const Number& number) const;
  void refuse(Span span, std::string_view why);

  void same(const model::Condition& condition, bool holds);
  void has(const model::Condition& condition, bool holds, Round round);
  void compare(const model::Condition& condition, bool holds);
  void yes_no(const model::Condition& condition, bool holds);
  void member(const model::Condition& condition, bool holds);
  void pair(const model::Condition& condition, bool holds);
  void judgement(const model::Condition& condition, bool holds);
  void concluded(const model::Condition& condition, bool holds);
  void unknowable(const model::Condition& condition, bool holds);

  // Sets the state, or reports that the fact is given already.
  void set(FactKey key, FieldState state);
  std::optional<Number> constant(model::ExprId id) const;
  std::optional<std::int32_t> year_of(const model::Expr& fact) const;
  [[nodiscard]] std::string text(const FactKey& key) const;

  struct Bound {
    Number number;
    bool strict = false;
    Span span;
  };
  struct Bounds {
    std::optional<Bound> low, high;
  };
  template <class Thing>
  struct Set {
    std::vector<std::pair<Thing, Span>> inside, outside;
  };
  struct Unknown {
    bool to_all = false;
    std::vector<EntityId> to;
    Span span;
  };
  void finish_bounds(const FactKey& key, const Bounds& bounds);
  template <class Thing>
  void add_to_set(std::map<FactKey, Set<Thing>>& sets, const FactKey& key, Thing thing, bool holds, Span span);

  const model::Model& model_;
  const model::InlineCase& source_;
  Case& case_;
  InlineEntities& entities_;
  Problems& problems_;
  std::vector<Literal> literals_;
  std::map<FactKey, Bounds> bounds_;
  std::map<FactKey, FieldState> unbounded_;   // `has a date`: some day
  std::map<FactKey, Set<std::uint32_t>> member_sets_;
  std::map<FactKey, Set<EntityId>> entity_sets_;
  std::map<FactKey, Unknown> unknown_;
  std::map<std::tuple<model::PredicateId, EntityId, std::optional<EntityId>, std::optional<model::RegulationId>>, std::size_t> found_;
};

}  // namespace onus::facts
