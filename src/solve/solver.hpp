// Decides expressions exactly: is there an assignment of the variables, inside their domains, that makes all of them
// true? Conflict-driven clause learning over the connectives, exact simplex with branch and bound underneath.
//
// Promises. Sat comes with a model that makes every assumption true; Unsat with a core; GaveUp is said only when the
// budget of steps ran out, never as a guess. No floating point, no randomness, no clock: the same calls in the same
// order give the same answers, models and cores. Whether a query is Sat or Unsat and what `minimise_core` returns
// depend on the query alone; models and plain cores may also depend on earlier queries, unless `forget` is called
// before.
//
// One solver answers many queries over one store, which may grow in between. What it has learnt is kept as long as the
// queries overlap; a query costs in proportion to the expressions that it reaches, not to the store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "solve/expression.hpp"

namespace onus::solve {

enum class Result { Sat, Unsat, GaveUp };

// Counted over the life of a solver, for measurements and tests.
struct Statistics {
  std::uint64_t checks = 0, steps = 0, decisions = 0, conflicts = 0, theory_conflicts = 0, theory_checks = 0,
                pivots = 0, branches = 0, encoded_nodes = 0, resets = 0;
};

class Solver {
 public:
  // The store has to outlive the solver. Costs one small allocation.
  explicit Solver(const ExpressionStore& store);
  ~Solver();
  Solver(Solver&&) noexcept;
  Solver& operator=(Solver&&) noexcept;

  // A permanent constraint: every later query is about the assignments that make it true.
  void add(Expr constraint);

  // A permanent constraint of which the caller knows that it can be met together with all other required ones, whatever
  // the variables outside `about` are (if none are named: those that it does not speak of). A query takes it into
  // account only where it reaches one of these, directly or through other required constraints; the rest is met on its
  // own. `set_scope(Scope::Everything)` drops that trust: queries then are about all of them.
  void require(Expr constraint) { require(constraint, {}); }
  void require(Expr constraint, const Support& about);
  enum class Scope { Connected, Everything };
  void set_scope(Scope scope);

  // A last look at what is about to be called satisfiable, for constraints that are too many to be written down. It
  // reads the values of leaves (1, 0, or -1 where the query does not say) and gives required constraints that the
  // assignment breaks, over variables that it read; none: it is fine. It may not make new variables.
  using Reader = std::function<int(BoolVar)>;
  using Audit = std::function<void(const Reader& value, std::vector<Expr>& broken)>;
  void set_audit(Audit audit);

  // Can all assumptions, with the permanent constraints, be true at once?
  Result check(std::span<const Expr> assumptions);
  Result check(Expr assumption) { return check(std::span<const Expr>(&assumption, 1)); }
  Result check() { return check(std::span<const Expr>()); }

  // Whether e is true in every assignment that the permanent constraints allow; nothing when the budget ran out.
  std::optional<bool> valid(Expr e);
  std::optional<bool> satisfiable(Expr e);
  std::optional<bool> equivalent(Expr a, Expr b);

  // After Sat: values for all variables in the support of the assumptions and permanent constraints.
  const Model& model() const;

  // After Unsat: positions of assumptions that cannot all be true, in order; empty when the permanent constraints alone
  // are unsatisfiable.
  std::span<const std::size_t> core() const;

  // For assumptions that are unsatisfiable (else nothing, also when the budget ran out before that was known): a
  // subset of positions, in order, that is unsatisfiable and from which none can be dropped. The choice is fixed by the
  // query: each assumption from the last to the first is dropped if the rest still suffices, so early ones are kept.
  // `exact` is false when the budget ran out on a deletion, and a droppable one may be left.
  struct MinimalCore {
    std::vector<std::size_t> positions;
    bool exact = true;
  };
  std::optional<MinimalCore> minimise_core(std::span<const Expr> assumptions);

  // Steps (assignments, clause visits and tableau work, each counted) that one check may take. The default is some
  // seconds of work. Running out gives GaveUp, and the solver stays usable.
  void set_budget(std::uint64_t steps);
  std::uint64_t budget() const;
  static constexpr std::uint64_t default_budget = 100'000'000;

  // Drops everything learnt and encoded, not the permanent constraints: the next answer is that of a fresh solver.
  void forget();

  const Statistics& statistics() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace onus::solve
