// Conflict-driven clause learning: two watched literals, first unique implication point, saved phases, Luby restarts,
// assumptions with a core, and the theory of linear atoms asked after every propagation. Private to the stage: clauses
// are over variables of the search, which the solver maps to expressions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "solve/literal.hpp"
#include "solve/order.hpp"
#include "solve/solver.hpp"
#include "solve/theory.hpp"

namespace onus::solve {

class Search {
 public:
  Search(const ExpressionStore& store, Statistics& statistics) : theory_(store), statistics_(&statistics) {}

  // Back to no variables; keeps its memory.
  void clear();
  std::uint32_t variable_count() const { return static_cast<std::uint32_t>(reason_.size()); }
  std::uint32_t new_boolean();
  std::uint32_t new_atom(std::uint32_t atom);
  // Outside a search only (after `retract`). The clause may mention a variable once only.
  void add_clause(std::span<const Literal> literals);
  void added() { theory_.link(), restart_propagation(); }  // call after variables or clauses were added
  void retract();                                          // takes back all that the last search assumed or decided

  // Tries to make all assumptions true, deciding only the variables given (distinct): the caller knows that the rest
  // follows. Takes from `budget`. After Sat the assignment stays until `retract`.
  Result solve(std::span<const Literal> assumptions, std::span<const std::uint32_t> decide, std::uint64_t& budget);

  // After Unsat: assumptions that cannot be true together; empty when the clauses alone cannot.
  std::span<const Literal> core() const { return core_; }
  bool contradictory() const { return contradictory_; }  // the clauses alone are unsatisfiable
  int value_of(std::uint32_t variable) const {           // 1, 0, or -1 when open
    return values_[2 * variable] == Value::Open ? -1 : values_[2 * variable] == Value::True ? 1 : 0;
  }
  // Whether the last search passed over assignments whose whole numbers it could not decide. It may have learnt what
  // does not follow, so it has to be cleared before the next search.
  bool spoiled() const { return spoiled_; }
  const Theory& theory() const { return theory_; }

 private:
  enum class Value : std::uint8_t { Open, True, False };
  // Why a literal is true: nothing, the other literal of a clause of two, or a clause.
  struct Reason {
    enum class Kind : std::uint8_t { None, Binary, Clause };
    Kind kind = Kind::None;
    std::uint32_t data = 0;
  };
  struct Watch {
    Literal blocker;                  // true: nothing to do. Of a clause of two: the other literal
    std::uint32_t clause = no_index;  // no_index: a clause of two
  };
  // In the arena: size, and for learnt ones the number of levels (glue), then the literals.
  static constexpr std::uint32_t header = 2;
  struct Learnt {
    std::uint32_t clause = 0, glue = 0;
  };

  std::uint32_t level() const { return static_cast<std::uint32_t>(level_starts_.size()); }
  Value value(Literal literal) const { return values_[literal.code]; }
  void grow();
  void assign(Literal literal, Reason reason);
  void new_level();
  void backtrack(std::uint32_t level);
  void restart_propagation();

  std::uint32_t store_clause(std::span<const Literal> literals, std::uint32_t glue);
  void watch(Literal literal, Watch watched);
  void watch_pair(Literal left, Literal right);  // a clause of two
  void watch_clause(std::uint32_t clause);
  std::span<Literal> literals_of(std::uint32_t clause);
  void reduce_learnt();

  bool propagate();  // false: clause_conflict_ holds literals that are all false
  bool propagate_clauses();
  bool propagate_watches(Literal truth);
  bool propagate_theory();
  void conflict_of_theory();
  void pass_over();

  void analyse();  // clause_conflict_ -> learnt_, backjump level
  bool is_redundant(Literal literal) const;
  void learn();
  void analyse_final(Literal failed);
  bool handle_conflict();  // false: contradictory
  template <class Visit>
  void visit_reason(std::uint32_t variable, Visit visit) const;

  Theory theory_;
  Statistics* statistics_;
  DecisionOrder order_;
  std::vector<Value> values_;          // by literal
  std::vector<std::uint32_t> levels_;  // by variable, as the next ones
  std::vector<Reason> reason_;
  std::vector<std::uint8_t> phase_, seen_;
  std::vector<std::vector<Watch>> watches_;  // by literal: clauses to look at when it becomes false
  std::vector<Literal> arena_;
  std::vector<Learnt> learnt_clauses_;
  std::vector<Literal> trail_;
  std::vector<std::size_t> level_starts_, theory_marks_;
  std::size_t clause_head_ = 0, theory_head_ = 0;
  std::vector<Literal> clause_conflict_, learnt_, core_, to_clear_;
  std::vector<std::uint32_t> glue_mark_;
  std::uint32_t glue_epoch_ = 0, backjump_ = 0, learnt_glue_ = 0;
  std::uint64_t budget_ = 0;
  std::size_t learnt_limit_ = first_learnt_limit;
  static constexpr std::size_t first_learnt_limit = 2000;
  bool contradictory_ = false, spoiled_ = false;
};

}  // namespace onus::solve
