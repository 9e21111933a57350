// Reading numbers. One strict reader for rules, YAML scalars and JSON; no library parser ever touches a value, because
// several of them read 1.0e25 as something below 10^25.
//
// Promises. The value is exact. What is not a spelling listed here is refused with the place and a reason, never guessed.
// The text is scanned and its limits are checked before any arithmetic, so a million digits cost a scan of a thousand.
// The locale is never consulted.
//
//   rules, YAML   250   1_000   2.5   1e25   1.0e25   10e24   10^25   1/3   1e25/3      (`e` or `E`; exponents may have a sign)
//   JSON          the grammar of RFC 8259: -? int frac? exp?
//
// An underscore stands between two digits of the whole part only. The base of `^` is 10. A denominator is a plain whole
// number above 0. -0 is 0.
#pragma once

#include <cstddef>
#include <string_view>

#include <tl/expected.hpp>

#include "base/number.hpp"

namespace onus {

// Limits: on the digits of the significand (before and after the point together, zeros included) and on those of a
// denominator; on the written exponent, either way.
inline constexpr std::size_t max_number_digits = 1000;
inline constexpr int max_number_exponent = 10000;

enum class NumberSyntax {
  Unsigned,  // rules and YAML scalars
  Signed,    // the same with an optional leading minus
  Json,      // RFC 8259
};

struct NumberError {
  enum class Kind {
    Empty,               // nothing there
    NotANumber,          // does not begin with a digit
    NotFinite,           // inf, nan, infinity
    ForeignDigit,        // a character outside ASCII: full-width or other digits, typographic minus
    PlusSign,            // +1
    Negative,            // -1 where no number may be negative
    LeadingPoint,        // .5
    LeadingZero,         // 007
    Hexadecimal,         // 0x10 and the like
    MissingFraction,     // 1.
    Comma,               // 1,5 or 1,000
    Underscore,          // 1__0, _1, 1_, 1._5, or in JSON at all
    MissingExponent,     // 1e, 10^
    BaseNotTen,          // 2^10
    MissingDenominator,  // 1/
    ZeroDenominator,     // 1/0
    TooManyDigits,       // more than max_number_digits
    ExponentTooLarge,    // beyond max_number_exponent either way
    TrailingText,        // a number, then something else
  };
  Kind kind;
  std::size_t at;  // byte offset into the text, where the wrong thing begins

  bool operator==(const NumberError&) const = default;
};

// The whole of `text` as a number; blanks around it are not skipped.
tl::expected<Number, NumberError> parse_number(std::string_view text, NumberSyntax syntax);

// What was seen and the accepted form, for a message: lower case, no full stop.
std::string_view explain(NumberError::Kind kind);

}  // namespace onus
