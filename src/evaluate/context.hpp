// One way of looking at a case: its worlds under a choice of readings, on a day or on all days, and the questions that are
// asked of them.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/because.hpp"
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
  // Not yet looked at for every way of deciding `open` provisions: what must hold for each; the same with ways of its own; which
  // they are, and what else it speaks of.
  Expr must, otherwise;
  std::vector<std::pair<solve::BoolVar, solve::BoolVar>> ways{};
  solve::Support world{};
};

class Context {
 public:
  Context(World& world, solve::Solver& solver, GroundOptions options);

  World& world() { return world_; }
  Grounder& grounder() { return grounder_; }
  GroundLists& grounds() { return grounds_; }
  solve::ExpressionStore& store() { return world_.store(); }

  // The assumptions of the rules and what the case states as found. Together with the world's constraints, which the solver
  // knows, they make its completions.
  const std::vector<Statement>& statements();
  // Nothing counts as stated here: whoever asks says what is, for a day of his own. Before anything was asked.
  void state_nothing() { stated_ = true; }
  // The store's, kept for what is asked about again and again.
  const solve::Support& support_of(Expr e);

  CoreExprs core(PropositionId proposition);
  CoreExprs core_of(Expr yes);
  // For all, or some, ways of deciding the `open` provisions that e speaks of.
  Expr whatever_is_decided(Expr e);
  Expr however_decided(Expr e);
  // The same expression with ways of deciding of its own: e and not this one, where the way matters.
  Expr decided_otherwise(Expr e);

  // Exact answers about the completions; GaveUp is thrown when the budget ran out. Once some completion is known to be there,
  // a question looks at the constraints that its facts are connected with, and no others; before, `clash_free` asks for all.
  bool clash_free();
  bool possible(Expr e);
  // Whether some completion has e for all ways of deciding.
  bool possible_whatever_is_decided(Expr e);
  bool certain(Expr e) { return !possible(solve::ExpressionStore::not_(e)); }
  // Of several at once.
  bool satisfiable(const std::vector<Expr>& assumptions);
  // Of assumptions that no completion meets: which of them suffice for that, early ones rather than late ones.
  // `steps`: of the solver, for all that has to be asked. What cannot be decided with them is kept, and `minimal` says so; with no
  // place for that, it is GaveUp.
  std::vector<std::size_t> minimal_core(const std::vector<Expr>& assumptions, std::uint64_t steps, bool* minimal = nullptr);
  // After `clash_free` said no: statements that cannot hold together.
  std::vector<std::size_t> clash();
  // Statements are as they are for every way of deciding, from now on; no: for some there are too many ways.
  bool settle_statements();
  // All of them together, settled; GaveUp where that cannot be.
  Expr stated();

 private:
  void state();
  void add_statement(Expr must, std::string text, Span span);
  bool refine();

  World& world_;
  solve::Solver& solver_;
  Grounder grounder_;
  GroundLists grounds_;
  bool stated_ = false;
  std::optional<bool> clash_free_;         // what a world comes to hold later leaves it a world
  std::map<Expr, bool> possible_;          // answers, while the world is restricted as it was
  std::size_t possible_under_ = 0;
  std::vector<Statement> statements_;
  std::map<solve::BoolVar, Expr> other_choices_;
  std::map<Expr, solve::Support> supports_;
};

// semantics.md § 6: a minimal deciding set among the facts, from the last to the first. Where that is not worked out with these
// steps of the solver, all facts that could matter.
struct DecidingFacts {
  std::vector<const Fact*> facts;
  bool minimal = true;
  bool spent = false;                  // the steps were too few
};
DecidingFacts deciding_facts(Context& context, const std::vector<Expr>& values, std::uint64_t steps);

// semantics.md § 6, in a world with what silence closes reopened, where `otherwise` contradicts a decided verdict: the facts that
// silence must go on closing, so that it stays impossible. From the last to the first, each is left out where the rest suffice.
// `minimal`: false where perhaps fewer suffice.
std::vector<const Fact*> silence_behind(Context& context, Expr otherwise, std::uint64_t steps, bool& minimal);

// An open verdict over these values is exact unless something that stands for a computed term is free of facts that it is
// computed from; in words.
std::optional<std::string> why_inexact(Context& context, const std::vector<Expr>& values);

}  // namespace onus::evaluate
