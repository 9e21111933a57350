// What the tests of this stage share: doctest printing of values, short constructors, a seeded generator.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <random>
#include <string_view>

#include "base/date.hpp"
#include "base/number.hpp"
#include "base/number_text.hpp"

namespace doctest {
template <>
struct StringMaker<onus::Number> {
  static String convert(const onus::Number& number) { return onus::to_text(number).c_str(); }
};
template <>
struct StringMaker<onus::Date> {
  static String convert(onus::Date date) { return onus::to_text(date).c_str(); }
};
template <>
struct StringMaker<onus::Moment> {
  static String convert(onus::Moment moment) { return onus::to_text(moment).c_str(); }
};
}  // namespace doctest

namespace onus::testing {

// A number in rule spelling, sign allowed; throws if it is none, which fails the test.
inline Number num(std::string_view text) { return parse_number(text, NumberSyntax::Signed).value(); }
inline Date day(std::string_view text) { return parse_date(text).value(); }
inline Moment moment(std::string_view text) { return parse_moment(text).value(); }

// The same values on every standard library: mt19937_64 is fixed by the standard, its distributions are not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t bits() { return engine_(); }
  std::uint64_t below(std::uint64_t limit) { return engine_() % limit; }
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace onus::testing
