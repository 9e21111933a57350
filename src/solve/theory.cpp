#include "solve/theory.hpp"

#include <algorithm>
#include <stdexcept>

namespace onus::solve {

void Theory::clear() {
  atoms_.clear();
  implied_.clear();
  form_count_ = 0;
  real_of_column_.clear();
  simplex_.clear();
  uses_simplex_ = false;
  changed_ = false;
}

std::uint32_t Theory::known_column(RealVar variable) const {
  if (variable.index >= column_.size()) return no_index;
  const std::uint32_t column = column_[variable.index];
  return column < real_of_column_.size() && real_of_column_[column] == variable.index ? column : no_index;
}

std::uint32_t Theory::column_of(RealVar variable) {
  if (const std::uint32_t known = known_column(variable); known != no_index) return known;
  const Domain& domain = store_->domain(variable);
  const std::uint32_t column = simplex_.add_variable(domain.integer);
  if (column_.size() <= variable.index) column_.resize(store_->real_count(), no_index);
  column_[variable.index] = column;
  real_of_column_.resize(column + 1, no_index);
  real_of_column_[column] = variable.index;
  if (domain.lower)
    simplex_.assert_lower(column, {domain.lower->value, Number(domain.lower->inclusive ? 0 : 1)}, Simplex::no_reason);
  if (domain.upper)
    simplex_.assert_upper(column, {domain.upper->value, Number(domain.upper->inclusive ? 0 : -1)}, Simplex::no_reason);
  if (const std::uint32_t single = loaded_index(store_->single_form(variable)); single != no_index)
    forms_[single].column = column;
  return column;
}

std::uint32_t Theory::load_form(std::uint32_t form) {
  if (const std::uint32_t known = loaded_index(form); known != no_index) return known;
  if (loaded_form_.size() <= form) loaded_form_.resize(store_->form_count(), no_index);
  const auto index = static_cast<std::uint32_t>(form_count_++);
  if (forms_.size() < form_count_) forms_.emplace_back();
  loaded_form_[form] = index;
  forms_[index].form = form;
  forms_[index].atoms.clear();
  forms_[index].dirty = false;
  const auto& terms = store_->form(form).terms;
  if (terms.size() == 1) {
    forms_[index].column = known_column(terms.front().variable);
    return index;
  }
  uses_simplex_ = true;
  entries_.clear();
  for (const Term& term : terms) entries_.push_back({column_of(term.variable), term.coefficient});
  std::sort(entries_.begin(), entries_.end(),
            [](const auto& left, const auto& right) { return left.variable < right.variable; });
  const std::uint32_t column = simplex_.add_row(entries_);
  real_of_column_.resize(column + 1, no_index);
  forms_[index].column = column;
  return index;
}

void Theory::add_atom(std::uint32_t atom) {
  const auto variable = static_cast<std::uint32_t>(atoms_.size());
  const auto& added = store_->atom(atom);
  const std::uint32_t form = load_form(added.form);
  atoms_.push_back(LoadedAtom{atom, form});
  auto& ordered = forms_[form].atoms;
  const auto weaker = [&](std::uint32_t present, const ExpressionStore::Atom& wanted) {
    const auto& about = store_->atom(atoms_[present].atom);
    const auto order = about.threshold <=> wanted.threshold;
    return order < 0 || (order == 0 && !about.strict && wanted.strict);
  };
  ordered.insert(std::lower_bound(ordered.begin(), ordered.end(), added, weaker), variable);
  forms_[form].dirty = true;
}

void Theory::link() {
  implied_.resize(2 * atoms_.size(), no_literal);
  for (std::size_t i = 0; i < form_count_; ++i) {
    LoadedForm& form = forms_[i];
    if (!form.dirty) continue;
    form.dirty = false;
    for (std::size_t at = 1; at < form.atoms.size(); ++at) {
      const std::uint32_t weaker = form.atoms[at - 1], stronger = form.atoms[at];
      implied_[Literal::of(stronger, false).code] = Literal::of(weaker, false);
      implied_[Literal::of(weaker, true).code] = Literal::of(stronger, true);
    }
  }
}

void Theory::take_conflict() {
  conflict_.clear();
  for (const Simplex::Reason reason : simplex_.conflict()) conflict_.push_back(Literal{reason});
}

bool Theory::assert_literal(Literal literal) {
  const LoadedAtom& loaded = atoms_[literal.variable()];
  if (loaded.atom == no_index) return true;
  const std::uint32_t column = forms_[loaded.form].column;
  if (column == no_index) return true;
  const auto& atom = store_->atom(loaded.atom);
  const std::size_t before = simplex_.mark();
  bool consistent = true;
  if (!literal.is_negated()) {
    consistent = simplex_.assert_lower(column, {atom.threshold, Number(atom.strict ? 1 : 0)}, literal.code);
  } else if (store_->form(atom.form).integer) {
    consistent = simplex_.assert_upper(column, {atom.threshold - Number(1), Number(0)}, literal.code);
  } else {
    consistent = simplex_.assert_upper(column, {atom.threshold, Number(atom.strict ? 0 : -1)}, literal.code);
  }
  changed_ = changed_ || simplex_.mark() != before;
  if (!consistent) take_conflict();
  return consistent;
}

Simplex::Outcome Theory::check(std::uint64_t& budget) {
  const auto outcome = simplex_.check(budget);
  changed_ = false;
  if (outcome == Simplex::Outcome::Infeasible) take_conflict();
  return outcome;
}

Simplex::Outcome Theory::check_complete(std::uint64_t& budget) {
  const auto outcome = simplex_.check_integers(budget);
  if (outcome == Simplex::Outcome::Infeasible) take_conflict();
  return outcome;
}

int Theory::preference(std::uint32_t variable) const {
  const LoadedAtom& loaded = atoms_[variable];
  if (loaded.atom == no_index) return -1;
  const std::uint32_t column = forms_[loaded.form].column;
  if (column == no_index) return -1;
  const auto& atom = store_->atom(loaded.atom);
  const DeltaNumber& value = simplex_.assignment(column);
  const auto order = value.value <=> atom.threshold;
  if (order != 0) return order > 0 ? 1 : 0;
  return value.delta.sign() >= (atom.strict ? 1 : 0) ? 1 : 0;
}

// A value between the bounds that reads well: 0 or the end nearest to it, else a whole number, else the middle.
Number Theory::choose(bool integer, const std::optional<Bound>& lower, const std::optional<Bound>& upper) {
  const auto admitted = [&](const Number& value) {
    if (lower && (value < lower->value || (value == lower->value && !lower->inclusive))) return false;
    return !(upper && (value > upper->value || (value == upper->value && !upper->inclusive)));
  };
  const Number zero;
  if (admitted(zero)) return zero;
  if (lower && lower->value.sign() >= 0) {
    if (lower->inclusive) return lower->value;
    if (const Number next = lower->value.floor() + Number(1); admitted(next)) return next;
  } else if (upper) {
    if (upper->inclusive) return upper->value;
    if (const Number next = upper->value.ceil() - Number(1); admitted(next)) return next;
  }
  if (integer || !lower || !upper) throw std::logic_error("a model outside its bounds");
  return (lower->value + upper->value) / Number(2);
}

}  // namespace onus::solve
