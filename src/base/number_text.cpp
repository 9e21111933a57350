#include "base/number_text.hpp"

#include <algorithm>
#include <string>

namespace onus {

namespace {

using Kind = NumberError::Kind;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_foreign(char c) { return static_cast<unsigned char>(c) >= 0x80; }

// Reads the shape and collects the digits; builds no value. Every step either moves on or fails for good.
class Scanner {
 public:
  Scanner(std::string_view text, NumberSyntax syntax) : text_(text), syntax_(syntax) {}

  bool scan() { return sign() && begins() && whole() && fraction() && exponent() && denominator() && end(); }

  NumberError error() const { return error_; }

  Number value() const {
    Number result = scaled();
    if (!denominator_.empty()) result /= Number::from_digits(denominator_);
    return negative_ ? -result : result;
  }

 private:
  bool fail(Kind kind, std::size_t at) {
    error_ = {kind, at};
    return false;
  }

  bool json() const { return syntax_ == NumberSyntax::Json; }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  bool sign() {
    if (text_.empty()) return fail(Kind::Empty, 0);
    if (peek() == '+') return fail(Kind::PlusSign, 0);
    if (peek() != '-') return true;
    if (syntax_ == NumberSyntax::Unsigned) return fail(is_digit(peek(1)) ? Kind::Negative : Kind::NotANumber, 0);
    negative_ = true;
    ++at_;
    return true;
  }

  // The first character of the number proper, with a word for the usual mistakes.
  bool begins() {
    const char first = peek();
    if (is_digit(first)) return true;
    if (is_foreign(first)) return fail(Kind::ForeignDigit, at_);
    if (first == '.' && is_digit(peek(1))) return fail(Kind::LeadingPoint, at_);
    if (first == '_' && is_digit(peek(1))) return fail(Kind::Underscore, at_);
    std::string word;
    for (char c : text_.substr(at_ + (first == '.' ? 1 : 0), 9)) {
      if (!is_letter(c)) break;
      word += static_cast<char>(c | 0x20);
    }
    const bool not_finite = word == "inf" || word == "nan" || word == "infinity";
    return fail(not_finite ? Kind::NotFinite : Kind::NotANumber, at_);
  }

  bool whole() {
    const std::size_t start = at_;
    if (peek() == '0') {
      const char next = peek(1);
      if (is_letter(next) && next != 'e' && next != 'E') return fail(Kind::Hexadecimal, start);
      if (is_digit(next) || (next == '_' && is_digit(peek(2)))) return fail(Kind::LeadingZero, start);
    }
    if (!digits(significand_, !json())) return false;
    base_is_ten_ = text_.substr(start, at_ - start) == "10";
    start_ = start;
    return true;
  }

  // A run of digits onto `out`, which may not grow beyond the limit.
  bool digits(std::string& out, bool underscores) {
    while (true) {
      if (is_digit(peek())) {
        if (out.size() == max_number_digits) return fail(Kind::TooManyDigits, at_);
        out += text_[at_++];
      } else if (peek() == '_') {
        if (!underscores || !is_digit(peek(1))) return fail(Kind::Underscore, at_);
        ++at_;
      } else {
        return true;
      }
    }
  }

  bool fraction() {
    if (peek() != '.') return true;
    if (peek(1) == '_') return fail(Kind::Underscore, at_ + 1);
    if (!is_digit(peek(1))) return fail(Kind::MissingFraction, at_);
    ++at_;
    has_fraction_ = true;
    const std::size_t before = significand_.size();
    if (!digits(significand_, false)) return false;
    exponent_ = -static_cast<int>(significand_.size() - before);
    return true;
  }

  bool exponent() {
    const char mark = peek();
    const bool power = mark == '^' && !json();
    if (mark != 'e' && mark != 'E' && !power) return true;
    if (power && (!base_is_ten_ || has_fraction_)) return fail(Kind::BaseNotTen, start_);
    const std::size_t mark_at = at_++;
    const std::size_t written_at = at_;
    const bool below = peek() == '-';
    if (below || peek() == '+') ++at_;
    if (is_foreign(peek())) return fail(Kind::ForeignDigit, at_);
    if (!is_digit(peek())) return fail(Kind::MissingExponent, mark_at);
    int written = 0;
    for (std::size_t count = 0; is_digit(peek()); ++at_) {
      written = written * 10 + (text_[at_] - '0');
      // The count stops a run of zeros that would otherwise be as long as the file.
      if (written > max_number_exponent || ++count > max_number_digits) return fail(Kind::ExponentTooLarge, written_at);
    }
    if (peek() == '_') return fail(Kind::Underscore, at_);
    exponent_ += below ? -written : written;
    if (power) significand_ = "1";
    return true;
  }

  bool denominator() {
    if (peek() != '/' || json()) return true;
    const std::size_t slash = at_++;
    if (is_foreign(peek())) return fail(Kind::ForeignDigit, at_);
    if (!is_digit(peek())) return fail(Kind::MissingDenominator, slash);
    if (peek() == '0') return fail(is_digit(peek(1)) ? Kind::LeadingZero : Kind::ZeroDenominator, at_);
    return digits(denominator_, false);
  }

  bool end() {
    if (at_ == text_.size()) return true;
    if (peek() == ',') return fail(Kind::Comma, at_);
    return fail(is_foreign(peek()) ? Kind::ForeignDigit : Kind::TrailingText, at_);
  }

  // The significand at its exponent. Zeros at its ends are moved into the exponent first, so that neither 0e10000 nor
  // 1000e-3 builds a number larger than its value needs.
  Number scaled() const {
    const std::size_t first = significand_.find_first_not_of('0');
    if (first == std::string::npos) return 0;
    const std::size_t last = significand_.find_last_not_of('0');
    const int exponent = exponent_ + static_cast<int>(significand_.size() - 1 - last);
    return Number::from_digits(std::string_view(significand_).substr(first, last + 1 - first)) *
           Number::power_of_ten(exponent);
  }

  std::string_view text_;
  NumberSyntax syntax_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;  // of the significand
  bool negative_ = false;
  bool base_is_ten_ = false;
  bool has_fraction_ = false;
  std::string significand_;  // digits alone
  std::string denominator_;  // digits alone; empty: none
  int exponent_ = 0;
  NumberError error_{Kind::Empty, 0};
};

// digits * 10^exponent with the point after `whole` digits (0 or fewer: zeros in front; past the end: zeros behind).
std::string with_point(const std::string& digits, std::int64_t whole) {
  const auto size = static_cast<std::int64_t>(digits.size());
  if (whole <= 0) return "0." + std::string(static_cast<std::size_t>(-whole), '0') + digits;
  if (whole >= size) return digits + std::string(static_cast<std::size_t>(whole - size), '0');
  return digits.substr(0, static_cast<std::size_t>(whole)) + "." + digits.substr(static_cast<std::size_t>(whole));
}

std::string decimal_text(const Number::Decimal& decimal) {
  if (decimal.digits == "0") return "0";
  const auto whole = static_cast<std::int64_t>(decimal.digits.size()) + decimal.exponent;  // digits before the point
  const std::string sign = decimal.negative ? "-" : "";
  if (whole <= 7 && decimal.exponent >= -6) return sign + with_point(decimal.digits, whole);
  // The parser bounds the written exponent; beyond it the digits carry the rest.
  const std::int64_t power = std::clamp<std::int64_t>(whole - 1, -max_number_exponent, max_number_exponent);
  std::string scientific = with_point(decimal.digits, whole - power) + "e" + std::to_string(power);
  const std::int64_t plain_size = whole <= 0 ? 2 - decimal.exponent
                                  : decimal.exponent < 0 ? static_cast<std::int64_t>(decimal.digits.size()) + 1
                                                         : whole;
  if (plain_size <= static_cast<std::int64_t>(scientific.size())) return sign + with_point(decimal.digits, whole);
  return sign + scientific;
}

}  // namespace

tl::expected<Number, NumberError> parse_number(std::string_view text, NumberSyntax syntax) {
  Scanner scanner(text, syntax);
  if (!scanner.scan()) return tl::unexpected(scanner.error());
  return scanner.value();
}

std::string_view explain(NumberError::Kind kind) {
  switch (kind) {
    case Kind::Empty: return "a number is missing";
    case Kind::NotANumber: return "a number begins with a digit, as in 250, 2.5 or 1e25";
    case Kind::NotFinite: return "infinity and `nan` are no amounts";
    case Kind::ForeignDigit: return "numbers are written with the digits 0 to 9 and plain ASCII signs";
    case Kind::PlusSign: return "a number has no plus sign";
    case Kind::Negative: return "a negative number cannot stand here";
    case Kind::LeadingPoint: return "a digit stands before the point, as in 0.5";
    case Kind::LeadingZero: return "a number does not begin with a spare 0";
    case Kind::Hexadecimal: return "numbers are decimal; other bases are not read";
    case Kind::MissingFraction: return "a digit stands after the point, as in 1.0";
    case Kind::Comma: return "decimals follow a point and thousands an underscore, as in 1.5 or 1_000";
    case Kind::Underscore: return "an underscore may only stand between two digits before the point, as in 1_000";
    case Kind::MissingExponent: return "an exponent needs digits, as in 1e25 or 10^25";
    case Kind::BaseNotTen: return "only powers of 10 are read, as in 10^25";
    case Kind::MissingDenominator: return "a fraction needs a whole number below the line, as in 1/3";
    case Kind::ZeroDenominator: return "a fraction cannot have 0 below the line";
    case Kind::TooManyDigits: return "a number may have at most 1000 digits";
    case Kind::ExponentTooLarge: return "an exponent may lie between -10000 and 10000";
    case Kind::TrailingText: return "something follows the number that does not belong to it";
  }
  return "";
}

std::string to_text(const Number& number) {
  if (const auto decimal = number.to_decimal()) return decimal_text(*decimal);
  const Number below = Number::from_digits(number.denominator_text());
  return decimal_text(*(number * below).to_decimal()) + "/" + number.denominator_text();
}

}  // namespace onus
