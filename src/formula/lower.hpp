// How conditions and expressions of one provision become formulas; used by from_model.cpp alone.
#pragma once

#include <vector>

#include "formula/formula.hpp"

namespace onus::formula {

class Lowering {
 public:
  // `text` is the provision whose sentence is lowered (invalid: an inline case), `regulation` whose conclusions it means, and
  // `variables` those it speaks of: for exceptions, transitions and open provisions those of what they strike.
  Lowering(const model::Model& model, Formulas& formulas, model::ProvisionId text, model::RegulationId regulation,
           const std::vector<model::Variable>& variables)
      : model_(model), formulas_(formulas), provision_(text), regulation_(regulation), variables_(variables) {}

  // A condition; `skip_unless`: with each positive `unless B` left out. Conditions are trees whose depth the parser limits.
  FormulaId condition(model::ConditionId id, bool skip_unless = false);
  FormulaId condition_or_true(const std::optional<model::ConditionId>& id, bool skip_unless = false);
  // A number or date in pieces.
  Pieces pieces(model::ExprId id);
  // "left bound right": true in the pieces where it holds.
  FormulaId compare(model::ExprId left, model::Relation relation, model::ExprId right);
  FormulaId compare(const Pieces& left, model::Relation relation, const Pieces& right);
  // The entity that an expression names; invalid if it is not an entity.
  PathId entity(model::ExprId id);
  Linear today() const;
  Linear day(Date date) const;
  // The amount exists: each fact in it that may be *none* has a value.
  FormulaId exists(const Linear& linear);

  // Filled on the way: each positive `unless B`, and every condition met, for coverage and messages.
  std::vector<FormulaId> unless;
  std::map<std::uint32_t, FormulaId> seen;

 private:
  FormulaId lower(const model::Condition& condition, bool positive, bool skip_unless);
  Pieces combine(const Pieces& a, const Pieces& b, const Number& factor);
  Pieces extreme(const Pieces& a, const Pieces& b, model::ExprKind kind);
  Linear aggregate(const model::Expr& expr);

  const model::Model& model_;
  Formulas& formulas_;
  model::ProvisionId provision_;
  model::RegulationId regulation_;
  const std::vector<model::Variable>& variables_;
};

}  // namespace onus::formula
