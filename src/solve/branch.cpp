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
  bool second = false;
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

// A row whose variables are whole or fixed: sum of the whole ones = constant of the fixed ones. Impossible when the constant
// is no multiple of what the coefficients have in common. Sets the conflict.
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

Simplex::Outcome Simplex::check_integers(std::uint64_t& budget) {
  const std::size_t base = mark();
  std::vector<Branch> stack;
  const auto leave = [&](Outcome outcome) {
    backtrack(base);
    return outcome;
  };
  while (true) {
    Outcome outcome = check(budget);
    if (outcome == Outcome::OutOfBudget) return leave(outcome);
    if (outcome == Outcome::Feasible) {
      const std::uint32_t variable = fractional_variable();
      if (variable == nonbasic) return leave(outcome);  // the assignment satisfies the wider bounds too
      if (divisibility_conflict()) {
        outcome = Outcome::Infeasible;
      } else {
        Branch branch;
        branch.variable = variable;
        branch.floor = floor_of(columns_[variable].value);
        branch.mark = mark();
        const Reason reason = first_branch + static_cast<Reason>(stack.size());
        ++branches_;
        const DeltaNumber bound{branch.floor, Number(0)};
        stack.push_back(std::move(branch));
        // The value lies between floor and floor + 1, so neither half contradicts the bounds by itself.
        if (assert_upper(variable, bound, reason)) continue;
        outcome = Outcome::Infeasible;
      }
    }
    // conflict_ contradicts this branch. Go back to the nearest branch that it needs and that has its other half.
    while (true) {
      if (stack.empty()) return leave(Outcome::Infeasible);
      Branch& branch = stack.back();
      const Reason reason = first_branch + static_cast<Reason>(stack.size() - 1);
      backtrack(branch.mark);
      const auto at = std::lower_bound(conflict_.begin(), conflict_.end(), reason);
      if (at == conflict_.end() || *at != reason) {
        stack.pop_back();
        continue;
      }
      conflict_.erase(at);
      if (branch.second) {
        reasons_.clear();
        std::set_union(conflict_.begin(), conflict_.end(), branch.first_conflict.begin(), branch.first_conflict.end(),
                       std::back_inserter(reasons_));
        conflict_.swap(reasons_);
        stack.pop_back();
        continue;
      }
      branch.second = true;
      branch.first_conflict = conflict_;
      if (assert_lower(branch.variable, DeltaNumber{branch.floor + Number(1), Number(0)}, reason)) break;
    }
  }
}

}  // namespace onus::solve
