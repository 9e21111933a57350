#include "solve/simplex.hpp"

#include <algorithm>
#include <functional>

#include "solve/interrupt.hpp"

namespace onus::solve {

namespace {

constexpr std::uint64_t cost_of_entry = 4;  // in steps, of one product and sum in the tableau

void add_product(DeltaNumber& sum, const Number& factor, const DeltaNumber& amount) {
  if (!amount.value.is_zero()) sum.value += factor * amount.value;
  if (!amount.delta.is_zero()) sum.delta += factor * amount.delta;
}

DeltaNumber difference(const DeltaNumber& left, const DeltaNumber& right) {
  return {left.value - right.value, left.delta - right.delta};
}

}  // namespace

std::uint32_t Simplex::add_variable(bool integer) {
  columns_.emplace_back();
  columns_.back().integer = integer;
  has_integers_ = has_integers_ || integer;
  return static_cast<std::uint32_t>(columns_.size() - 1);
}

std::uint32_t Simplex::add_row(std::span<const Entry> terms) {
  Row row;
  row.basic = static_cast<std::uint32_t>(columns_.size());
  Column basic;
  basic.row = static_cast<std::uint32_t>(rows_.size());
  basic.of_row = true;
  for (const Entry& term : terms) {
    const Column& column = columns_[term.variable];
    add_product(basic.value, term.coefficient, column.value);
    if (column.row == nonbasic) {
      const Entry itself[] = {{term.variable, Number(1)}};
      add_multiple(row, term.coefficient, itself);
    } else {
      add_multiple(row, term.coefficient, rows_[column.row].entries);
    }
  }
  columns_.push_back(std::move(basic));
  rows_.push_back(std::move(row));
  return rows_.back().basic;
}

void Simplex::clear() {
  columns_.clear();
  rows_.clear();
  undo_.clear();
  suspects_.clear();
  conflict_.clear();
  has_integers_ = false;
}

void Simplex::set_limit(std::uint32_t variable, bool upper, const DeltaNumber& bound, Reason reason) {
  Limit& limit = upper ? columns_[variable].upper : columns_[variable].lower;
  undo_.push_back(Undo{variable, upper, std::move(limit)});
  limit = Limit{bound, reason, true};
  if (columns_[variable].row != nonbasic) suspect(variable);
}

void Simplex::backtrack(std::size_t position) {
  // Values stay: those of nonbasic variables lie inside the wider bounds too.
  while (undo_.size() > position) {
    Undo& last = undo_.back();
    Column& column = columns_[last.variable];
    (last.upper ? column.upper : column.lower) = std::move(last.before);
    undo_.pop_back();
  }
}

bool Simplex::assert_lower(std::uint32_t variable, const DeltaNumber& bound, Reason reason) {
  const Column& column = columns_[variable];
  if (column.lower.present && bound <= column.lower.bound) return true;
  if (column.upper.present && bound > column.upper.bound) {
    const Reason both[] = {reason, column.upper.reason};
    set_conflict(both);
    return false;
  }
  set_limit(variable, false, bound, reason);
  if (column.row == nonbasic && column.value < bound) update(variable, bound);
  return true;
}

bool Simplex::assert_upper(std::uint32_t variable, const DeltaNumber& bound, Reason reason) {
  const Column& column = columns_[variable];
  if (column.upper.present && bound >= column.upper.bound) return true;
  if (column.lower.present && bound < column.lower.bound) {
    const Reason both[] = {reason, column.lower.reason};
    set_conflict(both);
    return false;
  }
  set_limit(variable, true, bound, reason);
  if (column.row == nonbasic && column.value > bound) update(variable, bound);
  return true;
}

const Number* Simplex::find(const Row& row, std::uint32_t variable) {
  const auto at = std::lower_bound(row.entries.begin(), row.entries.end(), variable,
                                   [](const Entry& entry, std::uint32_t wanted) { return entry.variable < wanted; });
  return at != row.entries.end() && at->variable == variable ? &at->coefficient : nullptr;
}

// Moves a nonbasic variable, and the basic ones that depend on it.
void Simplex::update(std::uint32_t variable, const DeltaNumber& value) {
  const DeltaNumber step = difference(value, columns_[variable].value);
  for (const Row& row : rows_)
    if (const Number* coefficient = find(row, variable)) {
      add_product(columns_[row.basic].value, *coefficient, step);
      suspect(row.basic);
    }
  columns_[variable].value = value;
  work_ += rows_.size();
}

void Simplex::pivot_and_update(std::uint32_t row, std::uint32_t entering, const DeltaNumber& target) {
  Column& leaving = columns_[rows_[row].basic];
  const Number& coefficient = *find(rows_[row], entering);
  DeltaNumber step = difference(target, leaving.value);
  step.value /= coefficient;
  step.delta /= coefficient;
  leaving.value = target;
  for (std::uint32_t other = 0; other < rows_.size(); ++other) {
    if (other == row) continue;
    if (const Number* factor = find(rows_[other], entering)) {
      add_product(columns_[rows_[other].basic].value, *factor, step);
      suspect(rows_[other].basic);
    }
  }
  columns_[entering].value.value += step.value;
  columns_[entering].value.delta += step.delta;
  pivot(row, entering);
}

// row += factor * entries.
void Simplex::add_multiple(Row& row, const Number& factor, std::span<const Entry> entries) {
  merged_.clear();
  auto left = row.entries.begin();
  const auto end = row.entries.end();
  for (const Entry& entry : entries) {
    while (left != end && left->variable < entry.variable) merged_.push_back(std::move(*left++));
    Number coefficient = factor * entry.coefficient;
    if (left != end && left->variable == entry.variable) coefficient += (left++)->coefficient;
    if (!coefficient.is_zero()) merged_.push_back(Entry{entry.variable, std::move(coefficient)});
  }
  while (left != end) merged_.push_back(std::move(*left++));
  row.entries.swap(merged_);
  work_ += row.entries.size() + entries.size();
}

// Solves the row for `entering` and puts that into all other rows.
void Simplex::pivot(std::uint32_t row_index, std::uint32_t entering) {
  Row& row = rows_[row_index];
  const std::uint32_t leaving = row.basic;
  const Number pivot_coefficient = *find(row, entering);
  const Number inverse = Number(1) / pivot_coefficient;
  std::erase_if(row.entries, [&](const Entry& entry) { return entry.variable == entering; });
  if (inverse == Number(1)) {
    for (Entry& entry : row.entries) entry.coefficient = -entry.coefficient;
  } else if (inverse != Number(-1)) {
    const Number factor = -inverse;
    for (Entry& entry : row.entries) entry.coefficient *= factor;
  }
  const auto at = std::lower_bound(row.entries.begin(), row.entries.end(), leaving,
                                   [](const Entry& entry, std::uint32_t wanted) { return entry.variable < wanted; });
  row.entries.insert(at, Entry{leaving, inverse});
  row.basic = entering;
  columns_[entering].row = row_index;
  columns_[leaving].row = nonbasic;
  suspect(entering);

  for (std::uint32_t other = 0; other < rows_.size(); ++other) {
    if (other == row_index) continue;
    Row& target = rows_[other];
    const Number* found = find(target, entering);
    if (!found) continue;
    const Number factor = *found;
    std::erase_if(target.entries, [&](const Entry& entry) { return entry.variable == entering; });
    add_multiple(target, factor, row.entries);
  }
  ++pivots_;
  work_ += rows_.size() + row.entries.size();
}

void Simplex::set_conflict(std::span<const Reason> reasons) {
  conflict_.clear();
  for (const Reason reason : reasons)
    if (reason != no_reason) conflict_.push_back(reason);
  std::sort(conflict_.begin(), conflict_.end());
  conflict_.erase(std::unique(conflict_.begin(), conflict_.end()), conflict_.end());
}

// The basic variable of the row is beyond its bound, and every other variable of the row is at the bound that keeps it
// there.
void Simplex::explain(const Row& row, bool too_low) {
  reasons_.clear();
  const Column& basic = columns_[row.basic];
  reasons_.push_back(too_low ? basic.lower.reason : basic.upper.reason);
  for (const Entry& entry : row.entries) {
    const Column& column = columns_[entry.variable];
    reasons_.push_back((entry.coefficient.sign() > 0) == too_low ? column.upper.reason : column.lower.reason);
  }
  set_conflict(reasons_);
}

void Simplex::suspect(std::uint32_t variable) {
  if (columns_[variable].suspected) return;
  columns_[variable].suspected = true;
  suspects_.push_back(variable);
  std::push_heap(suspects_.begin(), suspects_.end(), std::greater<>());
}

// The lowest basic variable outside its bounds; it stays among the suspects.
std::uint32_t Simplex::violated_variable() {
  while (!suspects_.empty()) {
    const std::uint32_t lowest = suspects_.front();
    const Column& column = columns_[lowest];
    if (column.row != nonbasic && (below_lower(column) || above_upper(column))) return lowest;
    columns_[lowest].suspected = false;
    std::pop_heap(suspects_.begin(), suspects_.end(), std::greater<>());
    suspects_.pop_back();
  }
  return nonbasic;
}

// A nonbasic variable of the row that can move so that the basic one rises, or falls: the lowest, as Bland's rule wants
// it, or the one that the fewest other rows contain, which keeps the tableau sparse.
std::uint32_t Simplex::entering_variable(const Row& row, bool rise, bool sparse) const {
  std::uint32_t chosen = nonbasic;
  std::size_t fewest = 0;
  for (const Entry& entry : row.entries) {
    const Column& column = columns_[entry.variable];
    const bool up = (entry.coefficient.sign() > 0) == rise;
    const bool free = up ? !column.upper.present || column.value < column.upper.bound
                         : !column.lower.present || column.value > column.lower.bound;
    if (!free) continue;
    if (!sparse) return entry.variable;
    std::size_t count = 0;
    for (const Row& other : rows_) count += find(other, entry.variable) ? 1 : 0;
    if (chosen != nonbasic && count >= fewest) continue;
    fewest = count;
    chosen = entry.variable;
  }
  return chosen;
}

Simplex::Outcome Simplex::check(std::uint64_t& budget) {
  for (std::size_t pivots = 0;; ++pivots) {
    const std::uint64_t cost = cost_of_entry * work_ + rows_.size() + 1;
    work_ = 0;
    if (budget < cost || Interrupt::raised()) {
      budget = 0;
      return Outcome::OutOfBudget;
    }
    budget -= cost;
    const std::uint32_t violated = violated_variable();
    if (violated == nonbasic) return Outcome::Feasible;
    const std::uint32_t row = columns_[violated].row;
    const bool too_low = below_lower(columns_[violated]);
    const std::uint32_t entering = entering_variable(rows_[row], too_low, pivots < rows_.size());
    if (entering == nonbasic) {
      explain(rows_[row], too_low);
      return Outcome::Infeasible;
    }
    const DeltaNumber target = too_low ? columns_[violated].lower.bound : columns_[violated].upper.bound;
    pivot_and_update(row, entering, target);
  }
}

std::vector<Number> Simplex::solution() const {
  // The largest epsilon up to 1 that no bound forbids.
  Number epsilon(1);
  const auto admit = [&](const DeltaNumber& low, const DeltaNumber& high) {  // low <= high has to hold in rationals too
    if (low.delta <= high.delta) return;
    const Number room = (high.value - low.value) / (low.delta - high.delta);
    if (room < epsilon) epsilon = room;
  };
  for (const Column& column : columns_) {
    if (column.lower.present) admit(column.lower.bound, column.value);
    if (column.upper.present) admit(column.value, column.upper.bound);
  }
  std::vector<Number> values;
  values.reserve(columns_.size());
  for (const Column& column : columns_) values.push_back(column.value.value + column.value.delta * epsilon);
  return values;
}

}  // namespace onus::solve
