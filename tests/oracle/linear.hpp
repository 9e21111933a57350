// Exact linear arithmetic for worlds in which some numbers are open: forms, constraints, and whether a set of them can hold.
//
// Fourier and Motzkin's elimination, strictness kept. Whole variables are exact as long as one of the two coefficients that
// are combined is 1 (then the real shadow is the whole shadow); what goes beyond that throws `Unsupported` and is never guessed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/number.hpp"

namespace onus::oracle {

// The oracle does not know the answer: the construct or the size of the case is beyond it.
struct Unsupported : std::runtime_error {
  using std::runtime_error::runtime_error;
};

using NumberVariable = std::uint32_t;

// constant + sum of coefficient * variable; no coefficient is 0.
struct Form {
  Number constant;
  std::map<NumberVariable, Number> terms;

  Form() = default;
  explicit Form(Number number) : constant(std::move(number)) {}
  static Form of(NumberVariable variable) {
    Form form;
    form.terms.emplace(variable, Number(1));
    return form;
  }
  [[nodiscard]] bool is_constant() const { return terms.empty(); }
  Form& add(const Form& other, const Number& factor);
};

enum class Sign : std::uint8_t { Negative, NotPositive, Zero };   // < 0, <= 0, = 0

struct Constraint {
  Form form;
  Sign sign = Sign::NotPositive;
};

struct NumberDomain {
  bool whole = false;
  std::optional<Number> low, high;   // both included
};

// Whether values in the domains satisfy all constraints; `domains` is indexed by variable.
bool feasible(const std::vector<Constraint>& constraints, const std::vector<NumberDomain>& domains);
// The same, where the constraints without the fresh one are known to be satisfied together: only what the fresh one is linked
// to is looked at.
bool feasible_with(const std::vector<Constraint>& constraints, const Constraint& fresh, const std::vector<NumberDomain>& domains);

// Such values, for every variable that a constraint mentions; nothing if there are none.
std::optional<std::map<NumberVariable, Number>> sample(const std::vector<Constraint>& constraints,
                                                       const std::vector<NumberDomain>& domains);

}  // namespace onus::oracle
