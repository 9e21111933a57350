// The linear leaves of an ExpressionStore: canonical forms, thresholds, and what domains decide at once.
#include <algorithm>
#include <stdexcept>

#include "solve/expression.hpp"

namespace onus::solve {

namespace {

// What the coefficients have in common: dividing by it leaves whole numbers without a common factor.
Number content(std::span<const Term> terms) {
  const Number one(1);
  Number result = terms.front().coefficient.abs();
  for (const Term& term : terms.subspan(1)) {
    if (result == one && term.coefficient.is_integer()) continue;
    result = common_measure(result, term.coefficient.abs());
  }
  return result;
}

}  // namespace

bool Domain::is_empty() const {
  if (!lower || !upper) return false;
  if (!integer) {
    return lower->value > upper->value || (lower->value == upper->value && !(lower->inclusive && upper->inclusive));
  }
  Number first = lower->value.ceil();
  if (!lower->inclusive && lower->value.is_integer()) first += Number(1);
  Number last = upper->value.floor();
  if (!upper->inclusive && upper->value.is_integer()) last -= Number(1);
  return first > last;
}

void ExpressionStore::add_range(Form& form) const {
  Bound lower{Number(0), true}, upper{Number(0), true};
  bool has_lower = true, has_upper = true;
  for (const Term& term : form.terms) {
    const Domain& domain = domains_[term.variable.index];
    const bool rising = term.coefficient.sign() > 0;
    const auto& least = rising ? domain.lower : domain.upper;
    const auto& greatest = rising ? domain.upper : domain.lower;
    has_lower = has_lower && least.has_value();
    has_upper = has_upper && greatest.has_value();
    if (has_lower) {
      lower.value += least->value * term.coefficient;
      lower.inclusive = lower.inclusive && least->inclusive;
    }
    if (has_upper) {
      upper.value += greatest->value * term.coefficient;
      upper.inclusive = upper.inclusive && greatest->inclusive;
    }
  }
  if (has_lower) form.lower = std::move(lower);
  if (has_upper) form.upper = std::move(upper);
}

std::uint32_t ExpressionStore::make_form(std::vector<Term> terms) {
  const bool single = terms.size() == 1;
  if (single && single_form_[terms.front().variable.index] != no_index)
    return single_form_[terms.front().variable.index];
  std::size_t hash = 0xf0;
  if (!single) {
    for (const Term& term : terms) hash = mix_hash(mix_hash(hash, term.variable.index), term.coefficient.hash());
    const std::uint32_t found =
        form_table_.find(hash, [&](std::uint32_t index) { return forms_[index].terms == terms; });
    if (found != no_index) return found;
  }
  Form form;
  form.integer =
      std::all_of(terms.begin(), terms.end(), [&](const Term& term) { return domains_[term.variable.index].integer; });
  form.terms = std::move(terms);
  add_range(form);
  const auto index = static_cast<std::uint32_t>(forms_.size());
  if (single) {
    single_form_[form.terms.front().variable.index] = index;
  } else {
    form_table_.insert(hash, index);
  }
  forms_.push_back(std::move(form));
  return index;
}

// form >= threshold, or form > threshold when strict.
Expr ExpressionStore::make_atom(std::uint32_t form, Number threshold, bool strict) {
  const Form& about = forms_[form];
  if (about.integer) {
    if (strict) {
      threshold = threshold.floor() + Number(1);
    } else if (!threshold.is_integer()) {
      threshold = threshold.ceil();
    }
    strict = false;
  }
  if (about.lower) {
    const auto order = about.lower->value <=> threshold;
    if (order > 0 || (order == 0 && (!strict || !about.lower->inclusive))) return true_expr;
  }
  if (about.upper) {
    const auto order = about.upper->value <=> threshold;
    if (order < 0 || (order == 0 && (strict || !about.upper->inclusive))) return false_expr;
  }
  const std::size_t hash = mix_hash(mix_hash(strict ? 0xa70 : 0xa7e, form), threshold.hash());
  const std::uint32_t found = node_table_.find(hash, [&](std::uint32_t index) {
    const Node& node = nodes_[index - 1];
    if (node.kind != NodeKind::Atom) return false;
    const Atom& atom = atoms_[node.first];
    return atom.form == form && atom.strict == strict && atom.threshold == threshold;
  });
  if (found != no_index) return Expr{found << 1};
  atoms_.push_back(Atom{form, std::move(threshold), strict});
  return intern(Node{NodeKind::Atom, static_cast<std::uint32_t>(atoms_.size() - 1), 0}, hash);
}

Expr ExpressionStore::linear(const LinearForm& form, Relation relation) {
  const bool strict = relation == Relation::Greater;
  const auto terms = form.terms();
  if (terms.empty()) return constant(strict ? form.constant().sign() > 0 : form.constant().sign() >= 0);
  for (const Term& term : terms)
    if (term.variable.index >= domains_.size()) throw std::out_of_range("a variable of another store");

  // terms + constant = scale * (primitive - threshold), so a negative scale turns the comparison round.
  Number scale = content(terms);
  const bool turned = terms.front().coefficient.sign() < 0;
  if (turned) scale = -scale;
  Number threshold = -form.constant();
  std::vector<Term> primitive(terms.begin(), terms.end());
  if (scale != Number(1)) {
    for (Term& term : primitive) term.coefficient /= scale;
    threshold /= scale;
  }
  const std::uint32_t canonical = make_form(std::move(primitive));
  // primitive < t is not (primitive >= t)
  return turned ? not_(make_atom(canonical, std::move(threshold), !strict))
                : make_atom(canonical, std::move(threshold), strict);
}

Expr ExpressionStore::is_zero(const LinearForm& form) {
  const Expr not_below = linear(form, Relation::GreaterEqual);
  const Expr not_above = not_(linear(form, Relation::Greater));
  return and_(not_below, not_above);
}

Expr ExpressionStore::above(RealVar variable, const Number& threshold) {
  if (single_form_.at(variable.index) == no_index) make_form({Term{variable, Number(1)}});
  return make_atom(single_form_[variable.index], threshold, true);
}

Expr ExpressionStore::at_least(RealVar variable, const Number& threshold) {
  if (single_form_.at(variable.index) == no_index) make_form({Term{variable, Number(1)}});
  return make_atom(single_form_[variable.index], threshold, false);
}

Comparison ExpressionStore::comparison(Expr e) const {
  const Node n = node(e.node());
  if (n.kind != NodeKind::Atom) throw std::out_of_range("not a comparison");
  const Atom& about = atom(n.first);
  LinearForm form(-about.threshold);
  for (const Term& term : forms_[about.form].terms) form.add(term.variable, term.coefficient);
  if (!e.is_negated()) return {std::move(form), about.strict ? Relation::Greater : Relation::GreaterEqual};
  form *= Number(-1);
  return {std::move(form), about.strict ? Relation::GreaterEqual : Relation::Greater};
}

}  // namespace onus::solve
