#include "oracle/linear.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace onus::oracle {

Form& Form::add(const Form& other, const Number& factor) {
  constant += other.constant * factor;
  for (const auto& [variable, coefficient] : other.terms) {
    Number& mine = terms[variable];
    mine += coefficient * factor;
    if (mine.is_zero()) terms.erase(variable);
  }
  return *this;
}

namespace {

Number whole_gcd(Number a, Number b) {
  a = a.abs();
  b = b.abs();
  while (!b.is_zero()) {
    Number rest = a - (a / b).floor() * b;
    a = std::move(b);
    b = std::move(rest);
  }
  return a;
}

// Multiplies by a positive number so that all coefficients are whole and share no divisor.
void scale_to_whole(Form& form) {
  Number denominators(1);
  for (const auto& [variable, coefficient] : form.terms) {
    const Number denominator = Number::from_digits(coefficient.denominator_text());
    denominators = denominators * denominator / whole_gcd(denominators, denominator);
  }
  Number divisor(0);
  for (const auto& [variable, coefficient] : form.terms) divisor = whole_gcd(divisor, coefficient * denominators);
  const Number factor = denominators / divisor;
  for (auto& [variable, coefficient] : form.terms) coefficient *= factor;
  form.constant *= factor;
}

class Elimination {
 public:
  Elimination(std::vector<Constraint> constraints, const std::vector<NumberDomain>& domains)
      : domains_(domains), constraints_(std::move(constraints)) {
    std::set<NumberVariable> used;
    for (const Constraint& constraint : constraints_) {
      for (const auto& [variable, coefficient] : constraint.form.terms) used.insert(variable);
    }
    for (const NumberVariable variable : used) {
      const NumberDomain& domain = domains_[variable];
      if (domain.low) {
        Form form = Form(*domain.low);
        form.add(Form::of(variable), Number(-1));
        constraints_.push_back({form, Sign::NotPositive});
      }
      if (domain.high) {
        Form form = Form(-*domain.high);
        form.add(Form::of(variable), Number(1));
        constraints_.push_back({form, Sign::NotPositive});
      }
    }
    // Variables that may be fractions go first, so that what is left for the whole ones is about whole ones alone.
    for (const bool whole : {false, true}) {
      for (const NumberVariable variable : used) {
        if (domains_[variable].whole == whole) order_.push_back(variable);
      }
    }
  }

  bool run() {
    if (!tidy()) return false;
    for (const NumberVariable variable : order_) {
      stages_.push_back(constraints_);
      if (!eliminate(variable)) return false;
    }
    return true;
  }

  // After run() was true: values from the last variable eliminated back to the first.
  std::map<NumberVariable, Number> values() const {
    std::map<NumberVariable, Number> result;
    for (std::size_t index = order_.size(); index-- > 0;) {
      const NumberVariable variable = order_[index];
      std::optional<Number> low, high;
      bool low_strict = false;
      bool high_strict = false;
      for (const Constraint& constraint : stages_[index]) {
        const auto at = constraint.form.terms.find(variable);
        if (at == constraint.form.terms.end()) continue;
        Number rest = constraint.form.constant;
        for (const auto& [other, coefficient] : constraint.form.terms) {
          if (other != variable) rest += coefficient * result.at(other);
        }
        const Number bound = -rest / at->second;
        const bool strict = constraint.sign == Sign::Negative;
        if (constraint.sign == Sign::Zero || at->second.sign() > 0) {
          if (!high || bound < *high || (bound == *high && strict)) high = bound, high_strict = strict;
        }
        if (constraint.sign == Sign::Zero || at->second.sign() < 0) {
          if (!low || bound > *low || (bound == *low && strict)) low = bound, low_strict = strict;
        }
      }
      result[variable] = pick(low, low_strict, high, high_strict, domains_[variable].whole);
    }
    return result;
  }

 private:
  static Number pick(const std::optional<Number>& low, bool low_strict, const std::optional<Number>& high, bool high_strict,
                     bool whole) {
    if (whole) {
      if (low) return low_strict ? low->floor() + Number(1) : low->ceil();
      if (high) return high_strict ? high->ceil() - Number(1) : high->floor();
      return Number(0);
    }
    if (low && !low_strict) return *low;
    if (high && !high_strict) return *high;
    if (low && high) return (*low + *high) / Number(2);
    if (low) return *low + Number(1);
    if (high) return *high - Number(1);
    return Number(0);
  }

  [[nodiscard]] bool all_whole(const Form& form) const {
    for (const auto& [variable, coefficient] : form.terms) {
      if (!domains_[variable].whole) return false;
    }
    return true;
  }

  // Tightens what is about whole numbers alone, drops what always holds; false if something never does.
  bool tidy() {
    std::vector<Constraint> kept;
    for (Constraint& constraint : constraints_) {
      if (constraint.form.is_constant()) {
        const int sign = constraint.form.constant.sign();
        const bool holds = constraint.sign == Sign::Negative ? sign < 0 : constraint.sign == Sign::Zero ? sign == 0 : sign <= 0;
        if (!holds) return false;
        continue;
      }
      if (all_whole(constraint.form)) {
        scale_to_whole(constraint.form);
        Number& constant = constraint.form.constant;
        switch (constraint.sign) {
          case Sign::Zero:
            if (!constant.is_integer()) return false;
            break;
          case Sign::Negative:   // a < -c is a <= ceil(-c) - 1
            constant = (constant + Number(1)).is_integer() ? constant + Number(1) : constant.ceil();
            constraint.sign = Sign::NotPositive;
            break;
          case Sign::NotPositive: constant = constant.ceil(); break;
        }
      }
      kept.push_back(std::move(constraint));
    }
    constraints_ = std::move(kept);
    return true;
  }

  bool eliminate(NumberVariable variable) {
    const bool whole = domains_[variable].whole;
    std::vector<Constraint> rest, lower, upper;
    std::optional<Constraint> equal;
    for (Constraint& constraint : constraints_) {
      const auto at = constraint.form.terms.find(variable);
      if (at == constraint.form.terms.end()) {
        rest.push_back(std::move(constraint));
      } else if (constraint.sign == Sign::Zero && !equal && (!whole || at->second.abs() == Number(1))) {
        equal = std::move(constraint);
      } else if (constraint.sign == Sign::Zero) {
        Constraint other = constraint;
        for (auto& [name, coefficient] : other.form.terms) coefficient = -coefficient;
        other.form.constant = -other.form.constant;
        constraint.sign = other.sign = Sign::NotPositive;
        const bool above = at->second.sign() > 0;
        (above ? upper : lower).push_back(std::move(constraint));
        (above ? lower : upper).push_back(std::move(other));
      } else {
        (at->second.sign() > 0 ? upper : lower).push_back(std::move(constraint));
      }
    }
    if (equal) {
      const Number unit = equal->form.terms.at(variable);
      for (std::vector<Constraint>* side : {&lower, &upper}) {
        for (Constraint& constraint : *side) {
          const Number factor = -constraint.form.terms.at(variable) / unit;
          constraint.form.add(equal->form, factor);
          rest.push_back(std::move(constraint));
        }
      }
    } else {
      for (const Constraint& low : lower) {
        for (const Constraint& high : upper) {
          const Number a = -low.form.terms.at(variable);
          const Number b = high.form.terms.at(variable);
          if (whole && a != Number(1) && b != Number(1)) throw Unsupported("whole numbers with several factors");
          Constraint both;
          both.form.add(low.form, b);
          both.form.add(high.form, a);
          both.sign = low.sign == Sign::Negative || high.sign == Sign::Negative ? Sign::Negative : Sign::NotPositive;
          rest.push_back(std::move(both));
        }
      }
    }
    if (rest.size() > 2000) throw Unsupported("too many constraints");
    constraints_ = std::move(rest);
    return tidy();
  }

  const std::vector<NumberDomain>& domains_;
  std::vector<Constraint> constraints_;
  std::vector<NumberVariable> order_;
  std::vector<std::vector<Constraint>> stages_;
};

}  // namespace

namespace {

// Constraints on one variable alone: an interval.
bool feasible_alone(const std::vector<Constraint>& constraints, NumberVariable variable, const NumberDomain& domain) {
  std::optional<Number> low = domain.low, high = domain.high;
  bool low_strict = false;
  bool high_strict = false;
  for (const Constraint& constraint : constraints) {
    const Number& factor = constraint.form.terms.at(variable);
    Number bound = -constraint.form.constant / factor;
    const bool strict = constraint.sign == Sign::Negative;
    if (constraint.sign == Sign::Zero || factor.sign() > 0) {
      if (!high || bound < *high || (bound == *high && strict)) high = bound, high_strict = strict;
    }
    if (constraint.sign == Sign::Zero || factor.sign() < 0) {
      if (!low || bound > *low || (bound == *low && strict)) low = bound, low_strict = strict;
    }
  }
  if (!low || !high) return true;
  if (!domain.whole) return *low < *high || (*low == *high && !low_strict && !high_strict);
  const Number first = low_strict ? low->floor() + Number(1) : low->ceil();
  const Number last = high_strict ? high->ceil() - Number(1) : high->floor();
  return first <= last;
}

}  // namespace

bool feasible_with(const std::vector<Constraint>& constraints, const Constraint& fresh, const std::vector<NumberDomain>& domains) {
  std::vector<Constraint> linked{fresh};
  std::vector<bool> taken(constraints.size(), false);
  std::vector<NumberVariable> variables;
  const auto note = [&](const Constraint& constraint) {
    for (const auto& [variable, coefficient] : constraint.form.terms) {
      if (std::find(variables.begin(), variables.end(), variable) == variables.end()) variables.push_back(variable);
    }
  };
  note(fresh);
  for (std::size_t at = 0; at < variables.size(); ++at) {   // grows
    for (std::size_t index = 0; index < constraints.size(); ++index) {
      if (taken[index] || constraints[index].form.terms.count(variables[at]) == 0) continue;
      taken[index] = true;
      linked.push_back(constraints[index]);
      note(constraints[index]);
    }
  }
  if (variables.size() == 1) return feasible_alone(linked, variables.front(), domains[variables.front()]);
  return Elimination(std::move(linked), domains).run();
}

bool feasible(const std::vector<Constraint>& constraints, const std::vector<NumberDomain>& domains) {
  return Elimination(constraints, domains).run();
}

std::optional<std::map<NumberVariable, Number>> sample(const std::vector<Constraint>& constraints,
                                                       const std::vector<NumberDomain>& domains) {
  Elimination elimination(constraints, domains);
  if (!elimination.run()) return std::nullopt;
  return elimination.values();
}

}  // namespace onus::oracle
