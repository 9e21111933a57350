// Formulas put on schemes instead of cases: for each provision, what it says in every case at once, as expressions over the
// variables of slots.hpp; compile.hpp makes them a decision graph.
//
// Conclusions about a slot are expanded into its facts, so that shared facts stay shared. What is recursive is expanded one
// step along the chain and is then a variable of its own; so are quantified conditions, sums over sets, and conclusions whose
// anchor the slot does not determine. A scheme thus ranges over more than can be (semantics.md § 9): "for all" over it is
// right, "there is" counts with a case that the evaluator confirms. Parameters and the day come in here, not earlier: the
// same formulas can be asked again under others.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "formula/formula.hpp"
#include "graph/slots.hpp"

namespace onus::graph {

struct SchemeOptions {
  std::optional<Date> as_of;                                                  // none: a variable
  const std::vector<std::pair<model::ParameterId, Number>>* parameters = nullptr;   // in place of what the text says
  bool expand = true;   // false: conclusions and computed terms are variables, as each provision by itself sees them
};

// An amount, date or limit in pieces: where the guard holds it is this. Guards exclude each other.
struct GuardedAmount {
  solve::Expr guard;
  solve::LinearForm amount;
};

// What one provision says about a proposition.
struct Contribution {
  model::ProvisionId provision{};
  solve::Expr match;       // the row is the one that is spoken of
  solve::Expr in_force;
  solve::Expr condition;   // scope and condition, exceptions aside
  solve::Expr met;         // in force, and the condition without its `unless`
  solve::Expr fires;       // in force, the condition holds, and nothing that strikes it fires
  struct Strike {
    model::ProvisionId by{};
    bool opens = false;    // an `open` provision that may decide so
    solve::Expr fires;
  };
  std::vector<Strike> strikes;   // exceptions, transitions, rebuttals; `open` provisions
};

struct Outcome {
  solve::Expr yes;   // some provision fires
  solve::Expr no;    // none fires and some is met: the text says no
  std::vector<Contribution> contributions;
};

// A norm of the text: its row, its outcome, and what depends on the case besides.
struct NormScheme {
  model::ProvisionId provision{};
  std::vector<SlotId> row;
  Outcome outcome;
  std::vector<solve::Expr> limits;                  // the condition of each `limited to`
  std::vector<std::vector<GuardedAmount>> dues;     // of each due date that is an amount of days
  std::vector<GuardedAmount> from;
};

class Schemes {
 public:
  // The program and the store have to outlive the schemes. Throws std::length_error when conclusions are nested too deep.
  Schemes(const formula::Program& program, solve::ExpressionStore& store, SchemeOptions options = {});

  // Any provision for its own row: the slots of its variables, in order.
  std::vector<SlotId> row_of(model::ProvisionId provision);
  Contribution contribution(model::ProvisionId provision, const std::vector<SlotId>& row);
  NormScheme norm(model::ProvisionId provision);
  std::vector<NormScheme> norms();                  // all of them, in order of the text
  Outcome concluded(model::PredicateId predicate, model::RegulationId regulation, SlotId subject, SlotId object = {});
  solve::Expr formula(formula::FormulaId id, const std::vector<SlotId>& binding, const std::vector<model::Variable>& variables);

  Slots& slots() { return slots_; }
  // What holds of every case: of the variables, and what the assumptions of the text say of the slots met so far.
  std::vector<solve::Expr> constraints();

 private:
  struct End {
    solve::Expr guard;
    SlotId slot;
  };
  using Ends = std::vector<End>;
  using Binding = std::vector<SlotId>;
  using Variables = std::vector<model::Variable>;
  using Amounts = std::vector<GuardedAmount>;

  Ends resolve(formula::PathId path, const Binding& binding);
  Ends follow(const model::Path& path, const Binding& binding);
  void step(Ends& ends, const End& from, const model::Step& step);
  solve::Expr atom(const formula::Atom& atom, formula::FormulaId id, const Binding& binding);
  solve::Expr compare(const formula::Atom& atom, const Binding& binding);
  solve::Expr judgement(const formula::Atom& atom, SlotId subject);
  solve::Expr about(const std::vector<model::ProvisionId>& provisions, const std::string& key, FactInfo info,
                    model::RegulationId regulation, SlotId subject, SlotId object, Outcome& outcome);
  Amounts linear(const formula::Linear& linear, const Binding& binding);
  Amounts term(const formula::LinearTerm& term, const Binding& binding);
  Amounts value(model::ValueId value, SlotId slot);
  Ends entity_value(model::ValueId value, SlotId slot);
  Amounts pieces(const formula::Pieces& pieces, const Binding& binding, const Variables& variables);
  std::vector<std::pair<solve::Expr, Number>> parameter(const formula::ParameterUse& use, const Binding& binding);
  solve::LinearForm moved_by_months(const solve::LinearForm& date, std::int64_t months);
  solve::Expr strike(const formula::Attack& attack, const Binding& binding, const Variables& variables);
  solve::Expr openings(const std::vector<formula::Attack>& opens, const Binding& binding, const Variables& variables,
                       Contribution* into);
  // "modifications of the model": a set that a condition or a sum goes through.
  std::string set_text(formula::PathId of, model::FieldId domain, const Binding& binding);
  std::string aggregate_text(const formula::Aggregate& aggregate, const Binding& binding);
  solve::Expr free_condition(formula::FormulaId id, const Binding& binding, const std::string& text);
  bool enter(const std::string& key, bool recursive, SlotId slot);
  void leave(const std::string& key);

  const formula::Program& program_;
  const model::Model& model_;
  solve::ExpressionStore& store_;
  SchemeOptions options_;
  Slots slots_;
  std::map<std::pair<std::uint32_t, Binding>, solve::Expr> formula_memo_;
  std::map<std::string, Outcome> outcome_memo_;
  std::map<std::pair<std::uint32_t, SlotId>, Amounts> value_memo_;
  std::map<std::string, std::uint32_t> in_progress_;   // how often a recursive thing is being expanded
  std::uint32_t level_ = 0;
};

}  // namespace onus::graph
