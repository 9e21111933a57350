// Exact rational numbers: every amount, threshold and share that can reach a verdict is one of these.
//
// Promises. Arithmetic and comparison are exact at any size and never wrap. A value has one representation: lowest
// terms, denominator above zero, held in place when both parts fit 63 bits and behind an owned pointer otherwise, so
// equality and hash look at the parts alone. The common case costs a few machine instructions; this header includes no
// big-number library, which lives in number.cpp.
//
// A broken precondition (division by zero) is a bug of the caller: it throws std::logic_error in every build.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace onus {

class Number {
 public:
  Number() noexcept : numerator_(0), denominator_(1) {}

  // Any whole number of the language; `bool` and floating point are refused at compile time.
  template <std::integral T>
    requires(!std::same_as<std::remove_cv_t<T>, bool>)
  Number(T whole) : numerator_(0), denominator_(1) {  // NOLINT(google-explicit-constructor): whole numbers are numbers
    if constexpr (std::is_signed_v<T>) {
      if (static_cast<std::int64_t>(whole) == std::numeric_limits<std::int64_t>::min()) {
        set_lowest();
      } else {
        numerator_ = whole;
      }
    } else {
      if (static_cast<std::uint64_t>(whole) > largest_in_place) {
        set_large(whole);
      } else {
        numerator_ = static_cast<std::int64_t>(whole);
      }
    }
  }
  template <std::floating_point T>
  Number(T) = delete;
  Number(bool) = delete;

  Number(const Number& other);
  Number(Number&& other) noexcept : denominator_(other.denominator_) { take(other); }
  Number& operator=(const Number& other);
  Number& operator=(Number&& other) noexcept;
  ~Number() {
    if (is_big()) destroy();
  }

  // numerator / denominator, in lowest terms. Precondition: denominator is not 0.
  static Number ratio(std::int64_t numerator, std::int64_t denominator);
  // The whole number written by ASCII digits alone (`digits` matches [0-9]+; leading zeros are harmless).
  static Number from_digits(std::string_view digits);
  // 10^exponent; the exponent may be negative.
  static Number power_of_ten(std::int32_t exponent);

  Number& operator+=(const Number& other);
  Number& operator-=(const Number& other);
  Number& operator*=(const Number& other);
  Number& operator/=(const Number& other);  // precondition: other is not 0
  Number operator-() const;

  friend Number operator+(Number left, const Number& right) {
    left += right;
    return left;
  }
  friend Number operator-(Number left, const Number& right) {
    left -= right;
    return left;
  }
  friend Number operator*(Number left, const Number& right) {
    left *= right;
    return left;
  }
  friend Number operator/(Number left, const Number& right) {
    left /= right;
    return left;
  }

  friend bool operator==(const Number& left, const Number& right) noexcept {
    if (!left.is_big() && !right.is_big())
      return left.numerator_ == right.numerator_ && left.denominator_ == right.denominator_;
    return left.is_big() && right.is_big() && equal_big(left, right);
  }
  friend std::strong_ordering operator<=>(const Number& left, const Number& right) {
    if (!left.is_big() && !right.is_big() && left.denominator_ == right.denominator_)
      return left.numerator_ <=> right.numerator_;
    return compare(left, right);
  }

  int sign() const noexcept;  // -1, 0 or 1
  bool is_zero() const noexcept { return !is_big() && numerator_ == 0; }
  bool is_integer() const noexcept;
  Number abs() const;
  Number floor() const;  // the greatest whole number that is not above this one
  Number ceil() const;   // the least whole number that is not below this one
  std::optional<std::int64_t> to_int64() const;  // nothing when not whole or out of range
  std::size_t hash() const noexcept;             // the same in every run

  // Both parts in decimal digits, in lowest terms; the sign is on the numerator.
  std::string numerator_text() const;
  std::string denominator_text() const;

  // The value as decimals that end, if they do: digits * 10^exponent, the digits without a zero at either end ("0" for 0).
  struct Decimal {
    bool negative;
    std::string digits;
    std::int64_t exponent;
  };
  std::optional<Decimal> to_decimal() const;

  // A nearby double (within two units in the last place; infinite or zero past the range of double). For ordering what
  // a person reads, such as bars of a chart: never in a verdict, never written out as the value.
  double approximate() const;

  // Whether both parts are held in place. Says nothing about the value; for tests and measurements.
  bool is_in_place() const noexcept { return !is_big(); }

 private:
  struct Big;
  friend struct NumberParts;  // number.cpp
  static constexpr std::uint64_t largest_in_place = std::numeric_limits<std::int64_t>::max();

  bool is_big() const noexcept { return denominator_ == 0; }
  void reset() noexcept { numerator_ = 0, denominator_ = 1; }
  // The value of `other`, whose denominator is here already; leaves 0 behind.
  void take(Number& other) noexcept {
    if (is_big()) {
      big_ = other.big_;
    } else {
      numerator_ = other.numerator_;
    }
    other.reset();
  }
  void destroy() noexcept;
  void destroy_if_big() noexcept;
  void set_lowest();
  void set_large(std::uint64_t whole);
  static bool equal_big(const Number& left, const Number& right) noexcept;
  static std::strong_ordering compare(const Number& left, const Number& right);

  union {
    std::int64_t numerator_;  // never the lowest int64, so that its negative exists
    Big* big_;
  };
  std::int64_t denominator_;  // above 0; 0 says that `big_` holds the value
};

// A short exact text that the number parser reads back as the same value, wherever its limits on digits allow it: plain
// up to ten million and six decimals ("250", "0.2", "3333.5"), else the shorter of plain and scientific ("3e24",
// "1.2e24", "3333333333333333333333334"); "1/3", "1e25/3" where the decimals never end. Defined in number_text.cpp.
std::string to_text(const Number& number);

}  // namespace onus

template <>
struct std::hash<onus::Number> {
  std::size_t operator()(const onus::Number& number) const noexcept { return number.hash(); }
};
