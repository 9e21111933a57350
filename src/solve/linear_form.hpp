// Linear forms over real-valued variables with exact coefficients: what a comparison of amounts comes down to.
//
// A form is kept sorted by variable, without zero coefficients, so equal forms are equal values.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/number.hpp"

namespace onus::solve {

// A variable that ranges over numbers, of the ExpressionStore that made it.
struct RealVar {
  std::uint32_t index = 0;
  constexpr auto operator<=>(const RealVar&) const = default;
};

struct Term {
  RealVar variable;
  Number coefficient;
  bool operator==(const Term&) const = default;
};

// terms + constant.
class LinearForm {
 public:
  LinearForm() = default;
  LinearForm(Number constant)
      : constant_(std::move(constant)) {}  // NOLINT(google-explicit-constructor): a number is one
  LinearForm(RealVar variable, const Number& coefficient = Number(1)) { add(variable, coefficient); }

  std::span<const Term> terms() const { return terms_; }  // by variable, coefficients never 0
  const Number& constant() const { return constant_; }
  bool is_constant() const { return terms_.empty(); }

  LinearForm& add(RealVar variable, const Number& coefficient);
  LinearForm& add_scaled(const LinearForm& other, const Number& factor);
  LinearForm& operator+=(const LinearForm& other) { return add_scaled(other, Number(1)); }
  LinearForm& operator-=(const LinearForm& other) { return add_scaled(other, Number(-1)); }
  LinearForm& operator*=(const Number& factor);
  friend LinearForm operator+(LinearForm left, const LinearForm& right) { return left += right, left; }
  friend LinearForm operator-(LinearForm left, const LinearForm& right) { return left -= right, left; }
  friend LinearForm operator*(LinearForm form, const Number& factor) { return form *= factor, form; }
  bool operator==(const LinearForm&) const = default;

 private:
  std::vector<Term> terms_;
  Number constant_;
};

// The greatest rational of which a and b are both whole multiples. Precondition: a > 0, b >= 0.
Number common_measure(Number a, Number b);

}  // namespace onus::solve
