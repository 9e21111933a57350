#include "solve/linear_form.hpp"

#include <algorithm>
#include <iterator>

namespace onus::solve {

LinearForm& LinearForm::add(RealVar variable, const Number& coefficient) {
  if (coefficient.is_zero()) return *this;
  auto at = terms_.end();
  if (!terms_.empty() && !(terms_.back().variable < variable)) {
    at = std::lower_bound(terms_.begin(), terms_.end(), variable,
                          [](const Term& term, RealVar wanted) { return term.variable < wanted; });
    if (at->variable == variable) {
      at->coefficient += coefficient;
      if (at->coefficient.is_zero()) terms_.erase(at);
      return *this;
    }
  }
  terms_.insert(at, Term{variable, coefficient});
  return *this;
}

LinearForm& LinearForm::add_scaled(const LinearForm& other, const Number& factor) {
  if (factor.is_zero()) return *this;
  if (&other == this) return *this *= factor + Number(1);
  constant_ += other.constant_ * factor;
  if (other.terms_.size() <= 2) {
    for (const Term& term : other.terms_) add(term.variable, term.coefficient * factor);
    return *this;
  }
  std::vector<Term> merged;
  merged.reserve(terms_.size() + other.terms_.size());
  auto left = terms_.begin();
  for (const Term& term : other.terms_) {
    while (left != terms_.end() && left->variable < term.variable) merged.push_back(std::move(*left++));
    Number coefficient = term.coefficient * factor;
    if (left != terms_.end() && left->variable == term.variable) coefficient += (left++)->coefficient;
    if (!coefficient.is_zero()) merged.push_back(Term{term.variable, std::move(coefficient)});
  }
  std::move(left, terms_.end(), std::back_inserter(merged));
  terms_ = std::move(merged);
  return *this;
}

LinearForm& LinearForm::operator*=(const Number& factor) {
  if (factor.is_zero()) terms_.clear();
  for (Term& term : terms_) term.coefficient *= factor;
  constant_ *= factor;
  return *this;
}

Number common_measure(Number a, Number b) {
  // Euclid's algorithm ends because rationals are commensurable.
  while (!b.is_zero()) {
    Number rest = a - b * (a / b).floor();
    a = std::move(b);
    b = std::move(rest);
  }
  return a;
}

}  // namespace onus::solve
