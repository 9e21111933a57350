// One way of looking at a case: its worlds under a choice of readings, on a day or on all days, and the questions that are
// asked of them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/evaluate.hpp"
#include "evaluate/ground.hpp"
#include "evaluate/world.hpp"
#include "solve/solver.hpp"

namespace onus::evaluate {

// What a proposition comes to in a world, whatever way `open` provisions are decided.
enum class Core : std::uint8_t { Applies, DoesNotApply, Undetermined };
using CoreExprs = std::array<Expr, 3>;   // by Core: disjoint, together everything

// Something that a case or the rules state about its worlds.
struct Statement {
  Expr holds;
  std::string text;
  Span span;
};

// A step budget ran out.
struct GaveUp {};

class Context {
 public:
  Context(World& world, solve::Solver& solver, GroundOptions options);

  World& world() { return world_; }
  Grounder& grounder() { return grounder_; }
  solve::ExpressionStore& store() { return world_.store(); }

  // The assumptions of the rules and what the case states as found. Together with the world's constraints, which the solver
  // knows, they make its completions.
  Expr stated();
  const std::vector<Statement>& statements();

  CoreExprs core(PropositionId proposition);
  CoreExprs core_of(Expr yes);
  // For all, or some, ways of deciding the `open` provisions that e speaks of.
  Expr whatever_is_decided(Expr e);
  Expr however_decided(Expr e);

  // Exact answers about the completions; GaveUp is thrown when the budget ran out. Once some completion is known to be there,
  // a question looks at the constraints that its facts are connected with, and no others; before, `clash_free` asks for all.
  bool clash_free();
  bool possible(Expr e);
  bool certain(Expr e) { return !possible(solve::ExpressionStore::not_(e)); }
  // Of several at once, under further assumptions.
  bool satisfiable(std::vector<Expr> assumptions);
  std::vector<std::size_t> minimal_core(const std::vector<Expr>& assumptions);

 private:
  void state();

  World& world_;
  solve::Solver& solver_;
  Grounder grounder_;
  bool stated_ = false;
  std::vector<Statement> statements_;
  Expr stated_together_;
};

// semantics.md § 6: a minimal deciding set among the facts, from the last to the first.
std::vector<const Fact*> deciding_facts(Context& context, const std::vector<Expr>& values);

// Every provision that is a ground of the proposition in some world, with where it is one; in order of the text's depth.
struct GroundOf {
  model::ProvisionId provision{};
  Expr where;
};
std::vector<GroundOf> grounds(Context& context, PropositionId proposition, bool name_own);
// The same of any condition, true or false; with the reasons why not.
std::vector<GroundOf> grounds(Context& context, TraceId condition);

}  // namespace onus::evaluate
