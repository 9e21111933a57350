// Whole values in the simplex: branch and bound with an explicit stack, where a branch that a contradiction does not
// need is not tried the other way, and a test of divisibility that ends what branching could not.
#include <algorithm>
#include <iterator>

#include "solve/linear_form.hpp"
#include "solve/simplex.hpp"

namespace onus::solve {

struct Simplex::Branch {
  std::uint32_t variable = 0;
  Number floor;
  std::size_t mark = 0;
  bool second = false;                 // its other half is being tried
  std::vector<Reason> first_conflict;  // what contradicts the first half, without the branch itself
};

namespace {

// The greatest whole number that is not above the value.
Number floor_of(const DeltaNumber& value) {
  if (value.delta.sign() < 0 && value.value.is_integer()) return value.value - Number(1);
  return value.value.floor();
}

bool is_whole(const DeltaNumber& value) { return value.delta.is_zero() && value.value.is_integer(); }

}  // namespace

std::uint32_t Simplex::fractional_variable() const {
  for (std::uint32_t i = 0; i < columns_.size(); ++i)
    if (columns_[i].integer && !is_whole(columns_[i].value)) return i;
  return nonbasic;
}

// A row whose variables are whole or fixed: sum of the whole ones = constant of the fixed ones. Impossible when the
// constant is no multiple of what the coefficients have in common. Sets the conflict.
bool Simplex::divisibility_conflict() {
  const auto is_fixed = [](const Column& column) {
    return column.lower.present && column.upper.present && column.lower.bound == column.upper.bound &&
           column.lower.bound.delta.is_zero();
  };
  for (const Row& row : rows_) {
    Number constant, measure;
    bool applies = true;
    reasons_.clear();
    const auto visit = [&](std::uint32_t variable, const Number& coefficient) {
      const Column& column = columns_[variable];
      if (is_fixed(column)) {
        constant += coefficient * column.lower.bound.value;
        reasons_.push_back(column.lower.reason);
        reasons_.push_back(column.upper.reason);
      } else if (column.integer) {
        measure = measure.is_zero() ? coefficient.abs() : common_measure(measure, coefficient.abs());
      } else {
        applies = false;
      }
    };
    visit(row.basic, Number(-1));
    for (auto entry = row.entries.begin(); applies && entry != row.entries.end(); ++entry)
      visit(entry->variable, entry->coefficient);
    work_ += row.entries.size();
    if (!applies || measure.is_zero() || (constant / measure).is_integer()) continue;
    set_conflict(reasons_);
    return true;
  }
  return false;
}

// A row without bounds says nothing, but its variable may have become nonbasic, and its arbitrary value then keeps
// others from being whole. Such variables go back to defining themselves.
void Simplex::release_free_rows() {
  const auto is_free = [&](std::uint32_t variable) {
    const Column& column = columns_[variable];
    return column.of_row && !column.lower.present && !column.upper.present;
  };
  for (std::uint32_t variable = 0; variable < columns_.size(); ++variable) {
    if (columns_[variable].row != nonbasic || !is_free(variable)) continue;
    for (std::uint32_t row = 0; row < rows_.size(); ++row) {
      if (is_free(rows_[row].basic) || !find(rows_[row], variable)) continue;
      pivot(row, variable);
      break;
    }
  }
}

Simplex::Outcome Simplex::check_integers(std::uint64_t& budget) {
  const Outcome outcome = check(budget);
  if (outcome != Outcome::Feasible || fractional_variable() == nonbasic) return outcome;
  const std::size_t base = mark();
  std::vector<DeltaNumber> values;
  values.reserve(columns_.size());
  for (const Column& column : columns_) values.push_back(column.value);
  release_free_rows();
  const Outcome decided = branch(budget);
  backtrack(base);
  if (decided == Outcome::Feasible) return decided;  // the assignment satisfies the wider bounds too
  // Branching may have wandered far off; what it started from satisfies the rows and bounds as well as ever.
  for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].value = std::move(values[i]);
  for (const Row& row : rows_) suspect(row.basic);
  return decided;
}

Simplex::Outcome Simplex::branch(std::uint64_t& budget) {
  std::vector<Branch> stack;
  const std::uint64_t last_branch = branches_ + branch_limit;
  while (true) {
    Outcome outcome = check(budget);
    if (outcome == Outcome::OutOfBudget) return outcome;
    if (outcome == Outcome::Feasible) {
      const std::uint32_t variable = fractional_variable();
      if (variable == nonbasic) return outcome;
      if (divisibility_conflict()) {
        outcome = Outcome::Infeasible;
      } else {
        if (branches_ == last_branch) return Outcome::OutOfBudget;
        ++branches_;
        const Reason reason = first_branch + static_cast<Reason>(stack.size());
        stack.push_back(Branch{variable, floor_of(columns_[variable].value), mark(), false, {}});
        if (assert_upper(variable, {stack.back().floor, Number(0)}, reason)) continue;
        outcome = Outcome::Infeasible;
      }
    }
    // conflict_ contradicts this branch. Go back to the nearest branch that it needs and whose other half is left.
    while (true) {
      if (stack.empty()) return Outcome::Infeasible;
      Branch& last = stack.back();
      const Reason reason = first_branch + static_cast<Reason>(stack.size() - 1);
      backtrack(last.mark);
      const auto at = std::lower_bound(conflict_.begin(), conflict_.end(), reason);
      if (at == conflict_.end() || *at != reason) {
        stack.pop_back();
        continue;
      }
      conflict_.erase(at);
      if (last.second) {
        reasons_.clear();
        std::set_union(conflict_.begin(), conflict_.end(), last.first_conflict.begin(), last.first_conflict.end(),
                       std::back_inserter(reasons_));
        conflict_.swap(reasons_);
        stack.pop_back();
        continue;
      }
      last.second = true;
      last.first_conflict = conflict_;
      if (assert_lower(last.variable, {last.floor + Number(1), Number(0)}, reason)) break;
    }
  }
}

}  // namespace onus::solve
