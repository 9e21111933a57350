#include "base/number.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

#include <boost/multiprecision/cpp_int.hpp>

namespace onus {

namespace {

using Integer = boost::multiprecision::cpp_int;

// Products of two parts in place, and sums of two such products, fit here: each part is below 2^63.
__extension__ using Wide = __int128;

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

bool fits(Wide value) { return value >= -Wide{largest} && value <= Wide{largest}; }
bool fits(const Integer& value) { return value >= -largest && value <= largest; }

std::int64_t narrow(Wide value) { return static_cast<std::int64_t>(value); }

// A whole power of ten in place, for exponents up to 18.
constexpr std::array<std::int64_t, 19> small_powers = [] {
  std::array<std::int64_t, 19> powers{};
  std::int64_t power = 1;
  for (std::size_t i = 0; i < powers.size(); ++i) {
    powers[i] = power;
    if (i + 1 < powers.size()) power *= 10;
  }
  return powers;
}();

Integer integer_power(unsigned base, std::size_t exponent) {
  return boost::multiprecision::pow(Integer(base), static_cast<unsigned>(exponent));
}

// Divides `value` by `factor` as often as that leaves no rest, and says how often. `chunk` is factor^chunk_count, tried
// first so that long runs go quickly.
std::size_t strip_factor(Integer& value, std::int64_t factor, std::int64_t chunk, std::size_t chunk_count) {
  std::size_t count = 0;
  Integer quotient;
  Integer rest;
  for (auto [by, step] : {std::pair{chunk, chunk_count}, std::pair{factor, std::size_t{1}}}) {
    const Integer divisor = by;
    while (true) {
      boost::multiprecision::divide_qr(value, divisor, quotient, rest);
      if (rest != 0) break;
      value = quotient;
      count += step;
    }
  }
  return count;
}

constexpr std::int64_t five_to_27 = 7450580596923828125;

}  // namespace

struct Number::Big {
  Integer numerator;
  Integer denominator;
};

// What the operations see of a number that may not be in place.
struct NumberParts {
  static Integer numerator(const Number& number) {
    return number.is_big() ? number.big_->numerator : Integer(number.numerator_);
  }
  static Integer denominator(const Number& number) {
    return number.is_big() ? number.big_->denominator : Integer(number.denominator_);
  }

  // Takes parts that are in lowest terms, denominator above 0, and puts them where they belong.
  static void store_reduced(Number& number, Integer numerator, Integer denominator) {
    if (fits(numerator) && fits(denominator)) {
      const auto small_numerator = numerator.convert_to<std::int64_t>();
      const auto small_denominator = denominator.convert_to<std::int64_t>();
      number.destroy_if_big();
      number.numerator_ = small_numerator;
      number.denominator_ = small_denominator;
    } else if (number.is_big()) {
      number.big_->numerator = std::move(numerator);
      number.big_->denominator = std::move(denominator);
    } else {
      number.big_ = new Number::Big{std::move(numerator), std::move(denominator)};
      number.denominator_ = 0;
    }
  }

  static void store(Number& number, Integer numerator, Integer denominator) {
    if (denominator < 0) {
      numerator = -numerator;
      denominator = -denominator;
    }
    if (denominator != 1) {
      const Integer common = gcd(numerator, denominator);
      if (common != 1) {
        numerator /= common;
        denominator /= common;
      }
    }
    store_reduced(number, std::move(numerator), std::move(denominator));
  }

  // Both parts reduced already; `number` is in place.
  static void store_wide(Number& number, Wide numerator, Wide denominator) {
    if (fits(numerator) && fits(denominator)) {
      number.numerator_ = narrow(numerator);
      number.denominator_ = narrow(denominator);
    } else {
      store_reduced(number, Integer(numerator), Integer(denominator));
    }
  }
};

Number::Number(const Number& other) : denominator_(other.denominator_) {
  if (is_big()) {
    big_ = new Big(*other.big_);
  } else {
    numerator_ = other.numerator_;
  }
}

Number& Number::operator=(const Number& other) {
  if (this == &other) return *this;
  if (!other.is_big()) {
    destroy_if_big();
    numerator_ = other.numerator_;
    denominator_ = other.denominator_;
  } else if (is_big()) {
    *big_ = *other.big_;
  } else {
    big_ = new Big(*other.big_);
    denominator_ = 0;
  }
  return *this;
}

Number& Number::operator=(Number&& other) noexcept {
  if (this == &other) return *this;
  destroy_if_big();
  denominator_ = other.denominator_;
  take(other);
  return *this;
}

void Number::destroy() noexcept { delete big_; }

void Number::destroy_if_big() noexcept {
  if (!is_big()) return;
  destroy();
  reset();
}

void Number::set_lowest() {
  NumberParts::store_reduced(*this, Integer(std::numeric_limits<std::int64_t>::min()), Integer(1));
}

void Number::set_large(std::uint64_t whole) { NumberParts::store_reduced(*this, Integer(whole), Integer(1)); }

Number Number::ratio(std::int64_t numerator, std::int64_t denominator) {
  if (denominator == 0) throw std::logic_error("a ratio with denominator 0");
  Wide top = numerator;
  Wide bottom = denominator;
  if (bottom < 0) {
    top = -top;
    bottom = -bottom;
  }
  const auto magnitude = static_cast<std::uint64_t>(top < 0 ? -top : top);
  const Wide common = std::gcd(magnitude, static_cast<std::uint64_t>(bottom));  // may be 2^63
  Number result;
  NumberParts::store_wide(result, top / common, bottom / common);
  return result;
}

Number Number::from_digits(std::string_view digits) {
  constexpr std::size_t chunk = 18;
  const auto chunk_value = [](std::string_view text) {
    std::int64_t value = 0;
    for (const char digit : text) value = value * 10 + (digit - '0');
    return value;
  };
  if (digits.size() <= chunk) return chunk_value(digits);
  Integer value;
  for (std::size_t at = 0; at < digits.size(); at += chunk) {
    const std::string_view piece = digits.substr(at, chunk);
    value *= small_powers[piece.size()];
    value += chunk_value(piece);
  }
  Number result;
  NumberParts::store_reduced(result, std::move(value), Integer(1));
  return result;
}

Number Number::power_of_ten(std::int32_t exponent) {
  const auto size = static_cast<std::size_t>(exponent < 0 ? -std::int64_t{exponent} : std::int64_t{exponent});
  Number result;
  if (size < small_powers.size()) {
    result.numerator_ = exponent < 0 ? 1 : small_powers[size];
    result.denominator_ = exponent < 0 ? small_powers[size] : 1;
  } else if (exponent < 0) {
    NumberParts::store_reduced(result, Integer(1), integer_power(10, size));
  } else {
    NumberParts::store_reduced(result, integer_power(10, size), Integer(1));
  }
  return result;
}

Number& Number::operator+=(const Number& other) {
  if (denominator_ == 1 && other.denominator_ == 1) {
    std::int64_t sum = 0;
    if (!__builtin_add_overflow(numerator_, other.numerator_, &sum) && sum >= -largest) {
      numerator_ = sum;
      return *this;
    }
  }
  if (!is_big() && !other.is_big()) {
    // a/b + c/d with g = gcd(b, d): only g can still share a factor with the new numerator (Knuth 4.5.1), so every gcd
    // is one of 64-bit values.
    const std::int64_t common = std::gcd(denominator_, other.denominator_);
    const Wide top = Wide{numerator_} * (other.denominator_ / common) + Wide{other.numerator_} * (denominator_ / common);
    const std::int64_t rest = common == 1 ? 1 : std::gcd(narrow(top % common), common);
    NumberParts::store_wide(*this, top / rest, Wide{denominator_ / common} * (other.denominator_ / rest));
  } else {
    const Integer left = NumberParts::denominator(*this);
    const Integer right = NumberParts::denominator(other);
    NumberParts::store(*this, NumberParts::numerator(*this) * right + NumberParts::numerator(other) * left, left * right);
  }
  return *this;
}

Number& Number::operator-=(const Number& other) { return *this += -other; }

Number& Number::operator*=(const Number& other) {
  if (denominator_ == 1 && other.denominator_ == 1) {
    std::int64_t product = 0;
    if (!__builtin_mul_overflow(numerator_, other.numerator_, &product) && product >= -largest) {
      numerator_ = product;
      return *this;
    }
  }
  if (!is_big() && !other.is_big()) {
    const std::int64_t first = std::gcd(numerator_, other.denominator_);
    const std::int64_t second = std::gcd(other.numerator_, denominator_);
    NumberParts::store_wide(*this, Wide{numerator_ / first} * (other.numerator_ / second),
                            Wide{denominator_ / second} * (other.denominator_ / first));
  } else {
    NumberParts::store(*this, NumberParts::numerator(*this) * NumberParts::numerator(other),
                       NumberParts::denominator(*this) * NumberParts::denominator(other));
  }
  return *this;
}

Number& Number::operator/=(const Number& other) {
  if (other.is_zero()) throw std::logic_error("a number divided by 0");
  if (!other.is_big()) {
    Number inverse;
    inverse.numerator_ = other.numerator_ < 0 ? -other.denominator_ : other.denominator_;
    inverse.denominator_ = other.numerator_ < 0 ? -other.numerator_ : other.numerator_;
    return *this *= inverse;
  }
  const Integer top = NumberParts::numerator(*this) * NumberParts::denominator(other);
  const Integer bottom = NumberParts::denominator(*this) * NumberParts::numerator(other);
  NumberParts::store(*this, top, bottom);
  return *this;
}

Number Number::operator-() const {
  Number result(*this);
  if (is_big()) {
    // The lowest int64 is big and its negative too, so no value changes its representation here.
    result.big_->numerator = -result.big_->numerator;
  } else {
    result.numerator_ = -numerator_;
  }
  return result;
}

bool Number::equal_big(const Number& left, const Number& right) noexcept {
  return left.big_->numerator == right.big_->numerator && left.big_->denominator == right.big_->denominator;
}

std::strong_ordering Number::compare(const Number& left, const Number& right) {
  if (!left.is_big() && !right.is_big())
    return Wide{left.numerator_} * right.denominator_ <=> Wide{right.numerator_} * left.denominator_;
  const int left_sign = left.sign();
  const int right_sign = right.sign();
  if (left_sign != right_sign) return left_sign <=> right_sign;
  const Integer first = NumberParts::numerator(left) * NumberParts::denominator(right);
  const Integer second = NumberParts::numerator(right) * NumberParts::denominator(left);
  return first.compare(second) <=> 0;
}

int Number::sign() const noexcept {
  if (is_big()) return big_->numerator.sign();
  return (numerator_ > 0) - (numerator_ < 0);
}

bool Number::is_integer() const noexcept { return is_big() ? big_->denominator == 1 : denominator_ == 1; }

Number Number::abs() const { return sign() < 0 ? -*this : *this; }

Number Number::floor() const {
  if (is_integer()) return *this;
  if (!is_big()) return numerator_ / denominator_ - (numerator_ < 0 ? 1 : 0);
  Integer quotient = big_->numerator / big_->denominator;  // towards zero
  if (big_->numerator < 0) quotient -= 1;
  Number result;
  NumberParts::store_reduced(result, std::move(quotient), Integer(1));
  return result;
}

Number Number::ceil() const { return is_integer() ? *this : floor() + Number(1); }

std::optional<std::int64_t> Number::to_int64() const {
  if (!is_integer()) return std::nullopt;
  if (!is_big()) return numerator_;
  if (big_->numerator == std::numeric_limits<std::int64_t>::min()) return std::numeric_limits<std::int64_t>::min();
  return std::nullopt;
}

std::size_t Number::hash() const noexcept {
  std::uint64_t state = 0x9e3779b97f4a7c15;
  const auto mix = [&state](std::uint64_t value) {
    state ^= value;
    state *= 0xbf58476d1ce4e5b9;
    state ^= state >> 29;
  };
  if (!is_big()) {
    mix(static_cast<std::uint64_t>(numerator_));
    mix(static_cast<std::uint64_t>(denominator_));
    return state;
  }
  for (const Integer* part : {&big_->numerator, &big_->denominator}) {
    mix(part->sign() < 0);
    for (std::size_t i = 0; i < part->backend().size(); ++i) mix(part->backend().limbs()[i]);
  }
  return state;
}

std::string Number::numerator_text() const { return is_big() ? big_->numerator.str() : std::to_string(numerator_); }

std::string Number::denominator_text() const {
  return is_big() ? big_->denominator.str() : std::to_string(denominator_);
}

std::optional<Number::Decimal> Number::to_decimal() const {
  if (is_zero()) return Decimal{false, "0", 0};
  Integer rest = NumberParts::denominator(*this);
  const std::size_t twos = boost::multiprecision::lsb(rest);
  rest >>= twos;
  const std::size_t fives = strip_factor(rest, 5, five_to_27, 27);
  if (rest != 1) return std::nullopt;
  const std::size_t places = std::max(twos, fives);
  Integer digits = NumberParts::numerator(abs()) * integer_power(5, places - fives);
  digits <<= places - twos;
  Decimal result{sign() < 0, digits.str(), -static_cast<std::int64_t>(places)};
  const std::size_t last = result.digits.find_last_not_of('0');
  result.exponent += static_cast<std::int64_t>(result.digits.size() - 1 - last);
  result.digits.resize(last + 1);
  return result;
}

double Number::approximate() const {
  if (!is_big()) return static_cast<double>(numerator_) / static_cast<double>(denominator_);
  const Integer top = boost::multiprecision::abs(big_->numerator);
  const Integer& bottom = big_->denominator;
  // A quotient of 64 or 65 bits, whatever the sizes of the parts.
  const auto shift = static_cast<std::int64_t>(boost::multiprecision::msb(bottom)) -
                     static_cast<std::int64_t>(boost::multiprecision::msb(top)) + 64;
  const Integer quotient = shift >= 0 ? Integer((top << static_cast<std::size_t>(shift)) / bottom)
                                      : Integer(top / (bottom << static_cast<std::size_t>(-shift)));
  constexpr std::int64_t beyond = 1 << 20;  // past any double, and within int
  const auto exponent = static_cast<int>(std::clamp(-shift, -beyond, beyond));
  const double size = std::ldexp(quotient.convert_to<double>(), exponent);
  return sign() < 0 ? -size : size;
}

}  // namespace onus
