// Exact general simplex over rationals with strict bounds (Dutertre and de Moura, "A fast linear-arithmetic solver for
// DPLL(T)", CAV 2006): variables, rows that define variables as linear combinations of others, and bounds that are
// asserted and taken back in the order of a stack.
//
// Promises. No rounding: strict bounds are pairs (value, multiple of an infinitely small delta). `check` ends on every
// input, because it falls back on Bland's rule, unless its budget runs out. A conflict is a set of asserted bounds that
// has no solution. Whole-number variables by branch and bound inside the same budget.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/number.hpp"

namespace onus::solve {

// value + delta * epsilon for an infinitely small positive epsilon.
struct DeltaNumber {
  Number value;
  Number delta;

  friend bool operator==(const DeltaNumber&, const DeltaNumber&) = default;
  friend std::strong_ordering operator<=>(const DeltaNumber& left, const DeltaNumber& right) {
    const auto order = left.value <=> right.value;
    return order != 0 ? order : left.delta <=> right.delta;
  }
};

class Simplex {
 public:
  // Names whoever asserted a bound and comes back in conflicts. Below `first_branch`, which the search for whole values
  // uses itself, or `no_reason`: such bounds hold always and are left out of conflicts.
  using Reason = std::uint32_t;
  static constexpr Reason first_branch = 0x80000000U;
  static constexpr Reason no_reason = 0xffffffffU;

  enum class Outcome { Feasible, Infeasible, OutOfBudget };

  struct Entry {
    std::uint32_t variable = 0;
    Number coefficient;
  };

  std::uint32_t add_variable(bool integer);
  // A variable that always equals the sum of the entries (by ascending variable, each once, coefficients not 0).
  std::uint32_t add_row(std::span<const Entry> terms);
  std::uint32_t variable_count() const { return static_cast<std::uint32_t>(columns_.size()); }
  bool has_integers() const { return has_integers_; }
  void clear();

  // Asserts variable >= bound or variable <= bound. False when it contradicts the opposite bound: `conflict` says with
  // what, and nothing is changed. Bounds on integer variables have to be whole.
  bool assert_lower(std::uint32_t variable, const DeltaNumber& bound, Reason reason);
  bool assert_upper(std::uint32_t variable, const DeltaNumber& bound, Reason reason);

  // Positions to go back to: all bounds asserted since `mark` are taken back by `backtrack`.
  std::size_t mark() const { return undo_.size(); }
  void backtrack(std::size_t position);

  // Is there a rational solution of all bounds? Takes from `budget` what it used, never below 0.
  Outcome check(std::uint64_t& budget);
  // Is there one with whole values for the integer variables? The bounds are as before afterwards, and the assignment
  // is the solution or what it was. Out of budget also after `branch_limit` branches: where whole numbers have no
  // bounds, branching need not end.
  Outcome check_integers(std::uint64_t& budget);
  static constexpr std::uint64_t branch_limit = 10'000;

  // After Infeasible, or a refused assertion: reasons of bounds that contradict each other, ascending, each once.
  std::span<const Reason> conflict() const { return conflict_; }

  // The present assignment, with its infinitely small part; satisfies all bounds after Feasible.
  const DeltaNumber& assignment(std::uint32_t variable) const { return columns_[variable].value; }
  // After Feasible: rationals that satisfy all bounds, one for each variable.
  std::vector<Number> solution() const;

  std::uint64_t pivots() const { return pivots_; }
  std::uint64_t branches() const { return branches_; }

 private:
  static constexpr std::uint32_t nonbasic = 0xffffffffU;

  struct Limit {
    DeltaNumber bound;
    Reason reason = no_reason;
    bool present = false;
  };
  struct Column {
    DeltaNumber value;
    Limit lower, upper;
    std::uint32_t row = nonbasic;  // the row that it is the basic variable of
    bool integer = false;
    bool of_row = false;  // made by add_row
    bool suspected = false;
  };
  struct Row {
    std::uint32_t basic = 0;
    std::vector<Entry> entries;  // by variable, nonbasic ones only: basic = sum of entries
  };
  struct Undo {
    std::uint32_t variable = 0;
    bool upper = false;
    Limit before;
  };
  struct Branch;

  static const Number* find(const Row& row, std::uint32_t variable);
  static bool below_lower(const Column& column) { return column.lower.present && column.value < column.lower.bound; }
  static bool above_upper(const Column& column) { return column.upper.present && column.value > column.upper.bound; }
  void set_limit(std::uint32_t variable, bool upper, const DeltaNumber& bound, Reason reason);
  void suspect(std::uint32_t variable);
  std::uint32_t violated_variable();
  std::uint32_t entering_variable(const Row& row, bool rise, bool sparse) const;
  void update(std::uint32_t variable, const DeltaNumber& value);
  void pivot_and_update(std::uint32_t row, std::uint32_t entering, const DeltaNumber& target);
  void pivot(std::uint32_t row, std::uint32_t entering);
  void add_multiple(Row& row, const Number& factor, std::span<const Entry> entries);
  void explain(const Row& row, bool too_low);
  void set_conflict(std::span<const Reason> reasons);
  Outcome branch(std::uint64_t& budget);
  void release_free_rows();
  bool divisibility_conflict();
  std::uint32_t fractional_variable() const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
  std::vector<Undo> undo_;
  std::vector<Reason> conflict_, reasons_;
  std::vector<Entry> merged_;
  std::vector<std::uint32_t> suspects_;  // a heap, lowest first: every basic variable outside its bounds is among them
  std::uint64_t pivots_ = 0, branches_ = 0, work_ = 0;
  bool has_integers_ = false;
};

}  // namespace onus::solve
