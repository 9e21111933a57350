#include <chrono>
#include <clocale>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support.hpp"

using namespace onus;
using namespace onus::testing;
using Kind = NumberError::Kind;

namespace {

struct Refusal {
  std::string text;
  Kind kind;
  std::size_t at;
};

void check_refused(const Refusal& refusal, NumberSyntax syntax) {
  const auto result = parse_number(refusal.text, syntax);
  INFO("text: " << refusal.text.substr(0, 40));
  REQUIRE_FALSE(result.has_value());
  CHECK(static_cast<int>(result.error().kind) == static_cast<int>(refusal.kind));
  CHECK(result.error().at == refusal.at);
}

const std::string full_width_one = "\xef\xbc\x91";

const std::vector<Refusal>& refused_everywhere() {
  static const std::vector<Refusal> list = {
      {"", Kind::Empty, 0},
      {" 1", Kind::NotANumber, 0},
      {"one", Kind::NotANumber, 0},
      {"e25", Kind::NotANumber, 0},
      {",5", Kind::NotANumber, 0},
      {".", Kind::NotANumber, 0},
      {"_", Kind::NotANumber, 0},
      {"/3", Kind::NotANumber, 0},
      {"-", Kind::NotANumber, 1},
      {"inf", Kind::NotFinite, 0},
      {"Infinity", Kind::NotFinite, 0},
      {"NaN", Kind::NotFinite, 0},
      {".inf", Kind::NotFinite, 0},
      {".NaN", Kind::NotFinite, 0},
      {full_width_one, Kind::ForeignDigit, 0},
      {"1" + full_width_one, Kind::ForeignDigit, 1},
      {"1e" + full_width_one, Kind::ForeignDigit, 2},
      {"\xd9\xa1", Kind::ForeignDigit, 0},          // Arabic-Indic one
      {"\xe2\x88\x92" "1", Kind::ForeignDigit, 0},  // minus sign
      {"1\xc2\xa0" "000", Kind::ForeignDigit, 1},   // no-break space
      {"1\xc2\xb2", Kind::ForeignDigit, 1},         // superscript two
      {"+1", Kind::PlusSign, 0},
      {"+", Kind::PlusSign, 0},
      {".5", Kind::LeadingPoint, 0},
      {"007", Kind::LeadingZero, 0},
      {"00", Kind::LeadingZero, 0},
      {"010", Kind::LeadingZero, 0},
      {"00.5", Kind::LeadingZero, 0},
      {"0x10", Kind::Hexadecimal, 0},
      {"0b1", Kind::Hexadecimal, 0},
      {"0A", Kind::Hexadecimal, 0},
      {"0Z", Kind::Hexadecimal, 0},
      {"0a", Kind::Hexadecimal, 0},
      {"0z", Kind::Hexadecimal, 0},
      {"0o17", Kind::Hexadecimal, 0},
      {"1.", Kind::MissingFraction, 1},
      {"1.e5", Kind::MissingFraction, 1},
      {"1..5", Kind::MissingFraction, 1},
      {"1,5", Kind::Comma, 1},
      {"1,000", Kind::Comma, 1},
      {"1.000,5", Kind::Comma, 5},
      {"1e5,0", Kind::Comma, 3},
      {"_1", Kind::Underscore, 0},
      {"1_", Kind::Underscore, 1},
      {"1._5", Kind::Underscore, 2},
      {"1.5_0", Kind::Underscore, 3},
      {"1_.5", Kind::Underscore, 1},
      {"1e1_0", Kind::Underscore, 3},
      {"1e", Kind::MissingExponent, 1},
      {"1e+", Kind::MissingExponent, 1},
      {"1E-", Kind::MissingExponent, 1},
      {"1ee5", Kind::MissingExponent, 1},
      {"1e.5", Kind::MissingExponent, 1},
      {"1e10001", Kind::ExponentTooLarge, 2},
      {"1e-10001", Kind::ExponentTooLarge, 2},
      {"0e10001", Kind::ExponentTooLarge, 2},
      {"1e999999999999999999999999", Kind::ExponentTooLarge, 2},
      {std::string(1001, '9'), Kind::TooManyDigits, 1000},
      {"1." + std::string(1000, '0'), Kind::TooManyDigits, 1001},
      {"1 ", Kind::TrailingText, 1},
      {"1 000", Kind::TrailingText, 1},
      {"33 1/3", Kind::TrailingText, 2},
      {"3 %", Kind::TrailingText, 1},
      {"1.2.3", Kind::TrailingText, 3},
      {"1e5.5", Kind::TrailingText, 3},
      {"1e5e5", Kind::TrailingText, 3},
      {"12abc", Kind::TrailingText, 2},
      {"1-1", Kind::TrailingText, 1},
      {"1'000", Kind::TrailingText, 1},
      {"1:30", Kind::TrailingText, 1},
      {std::string("1\0", 2), Kind::TrailingText, 1},
      {"1\n", Kind::TrailingText, 1},
  };
  return list;
}

}  // namespace

TEST_CASE("all spellings of 10^25 are one value") {
  const Number want = Number::power_of_ten(25);
  const std::vector<std::string> shared = {"1e25",   "10e24",    "1.0e25", "100e23", "0.1e26",
                                           "10.0e24", "1E+25",   "1e025",  "1" + std::string(25, '0'),
                                           "1" + std::string(25, '0') + ".0", "1E25"};
  for (const std::string& text : shared) {
    for (const NumberSyntax syntax : {NumberSyntax::Unsigned, NumberSyntax::Signed, NumberSyntax::Json}) {
      const auto got = parse_number(text, syntax);
      REQUIRE(got);
      CHECK(*got == want);
      CHECK(*got >= want);
      CHECK_FALSE(*got > want);
      CHECK(*got < want + Number(1));
      CHECK(*got > want - Number(1));
    }
  }
  for (const char* text : {"10^25", "10_000_000_000_000_000_000_000_000", "10^+25", "3e25/3"}) {
    CHECK(num(text) == want);
    CHECK_FALSE(parse_number(text, NumberSyntax::Json));
  }
}

TEST_CASE("values read as they are written") {
  CHECK(num("0") == Number(0));
  CHECK(num("0.0") == Number(0));
  CHECK(num("0e10000") == Number(0));
  CHECK(num("0e-10000").is_in_place());
  CHECK(num("250") == Number(250));
  CHECK(num("1_000") == Number(1000));
  CHECK(num("1_2_3") == Number(123));
  CHECK(num("1_000.5") == Number::ratio(2001, 2));
  CHECK(num("2.5") == Number::ratio(5, 2));
  CHECK(num("2.50") == Number::ratio(5, 2));
  CHECK(num("1/3") == Number::ratio(1, 3));
  CHECK(num("2/6") == Number::ratio(1, 3));
  CHECK(num("2.5/3") == Number::ratio(5, 6));
  CHECK(num("10^2/3") == Number::ratio(100, 3));
  CHECK(num("10^0") == Number(1));
  CHECK(num("10^-3") == Number::ratio(1, 1000));
  CHECK(num("1e-3") == Number::ratio(1, 1000));
  CHECK(num("1000e-3") == Number(1));
  CHECK(num("0/3") == Number(0));
  CHECK(num("0.000001") == Number::ratio(1, 1000000));
  CHECK(num("123456789012345678") == Number(123456789012345678));
  CHECK(num("1e10000") == Number::power_of_ten(10000));
  CHECK(num("1e-10000") == Number(1) / Number::power_of_ten(10000));
  CHECK(num(std::string(1000, '9')) == Number::power_of_ten(1000) - Number(1));
}

TEST_CASE("what is not a spelling is refused at its place, in every syntax") {
  for (const Refusal& refusal : refused_everywhere()) {
    check_refused(refusal, NumberSyntax::Signed);
    if (!refusal.text.starts_with("-")) check_refused(refusal, NumberSyntax::Unsigned);
    check_refused(refusal, NumberSyntax::Json);
  }
}

TEST_CASE("what only rules and YAML know") {
  for (const NumberSyntax syntax : {NumberSyntax::Unsigned, NumberSyntax::Signed}) {
    check_refused({"1__0", Kind::Underscore, 1}, syntax);
    check_refused({"0_1", Kind::LeadingZero, 0}, syntax);
    check_refused({"1/", Kind::MissingDenominator, 1}, syntax);
    check_refused({"1/x", Kind::MissingDenominator, 1}, syntax);
    check_refused({"1/-3", Kind::MissingDenominator, 1}, syntax);
    check_refused({"1/0", Kind::ZeroDenominator, 2}, syntax);
    check_refused({"1/03", Kind::LeadingZero, 2}, syntax);
    check_refused({"1/00", Kind::LeadingZero, 2}, syntax);
    check_refused({"1/1_000", Kind::Underscore, 3}, syntax);
    check_refused({"1/3/3", Kind::TrailingText, 3}, syntax);
    check_refused({"1/3.5", Kind::TrailingText, 3}, syntax);
    check_refused({"1/3e5", Kind::TrailingText, 3}, syntax);
    check_refused({"1/" + std::string(1001, '7'), Kind::TooManyDigits, 1002}, syntax);
    check_refused({"2^10", Kind::BaseNotTen, 0}, syntax);
    check_refused({"10.0^5", Kind::BaseNotTen, 0}, syntax);
    check_refused({"1_0^5", Kind::BaseNotTen, 0}, syntax);
    check_refused({"100^5", Kind::BaseNotTen, 0}, syntax);
    check_refused({"10^", Kind::MissingExponent, 2}, syntax);
    check_refused({"10^x", Kind::MissingExponent, 2}, syntax);
    check_refused({"10^10001", Kind::ExponentTooLarge, 3}, syntax);
    check_refused({"10^5^5", Kind::TrailingText, 4}, syntax);
    check_refused({"1e5^5", Kind::TrailingText, 3}, syntax);
  }
  check_refused({"1_000", Kind::Underscore, 1}, NumberSyntax::Json);
  check_refused({"1/3", Kind::TrailingText, 1}, NumberSyntax::Json);
  check_refused({"10^25", Kind::TrailingText, 2}, NumberSyntax::Json);
}

TEST_CASE("a sign stands only where the syntax allows one, and -0 is 0") {
  CHECK(num("-1") == Number(-1));
  CHECK(num("-0") == Number(0));
  CHECK(num("-0.0").is_in_place());
  CHECK(num("-1/3") == Number::ratio(-1, 3));
  CHECK(num("-10^2") == Number(-100));
  CHECK(*parse_number("-1e2", NumberSyntax::Json) == Number(-100));
  CHECK(*parse_number("-0", NumberSyntax::Json) == Number(0));
  check_refused({"-1", Kind::Negative, 0}, NumberSyntax::Unsigned);
  check_refused({"-0", Kind::Negative, 0}, NumberSyntax::Unsigned);
  check_refused({"-x", Kind::NotANumber, 0}, NumberSyntax::Unsigned);
  check_refused({"-x", Kind::NotANumber, 1}, NumberSyntax::Signed);
  check_refused({"--1", Kind::NotANumber, 1}, NumberSyntax::Signed);
  check_refused({"-.5", Kind::LeadingPoint, 1}, NumberSyntax::Signed);
  check_refused({"-inf", Kind::NotFinite, 1}, NumberSyntax::Signed);
  check_refused({"-007", Kind::LeadingZero, 1}, NumberSyntax::Signed);
}

TEST_CASE("each reason has words of its own") {
  std::set<std::string_view> seen;
  for (int kind = 0; kind <= static_cast<int>(Kind::TrailingText); ++kind) {
    const std::string_view text = explain(static_cast<Kind>(kind));
    CHECK_FALSE(text.empty());
    CHECK_FALSE(text.ends_with("."));
    CHECK(seen.insert(text).second);
  }
}

TEST_CASE("huge inputs are refused by a scan, and the largest accepted ones are cheap") {
  using Clock = std::chrono::steady_clock;
  const std::string million(1000000, '7');
  const std::map<std::string, Kind> refused = {
      {million, Kind::TooManyDigits},
      {"0." + million, Kind::TooManyDigits},
      {"1/" + million, Kind::TooManyDigits},
      {"1e" + million, Kind::ExponentTooLarge},
      {"1e" + std::string(1000000, '0') + "1", Kind::ExponentTooLarge},
      {std::string(1000000, '0'), Kind::LeadingZero},
      {"1e999999999", Kind::ExponentTooLarge},
  };
  for (const auto& [text, kind] : refused) {
    const auto start = Clock::now();
    const auto result = parse_number(text, NumberSyntax::Unsigned);
    const auto spent = Clock::now() - start;
    REQUIRE_FALSE(result.has_value());
    CHECK(static_cast<int>(result.error().kind) == static_cast<int>(kind));
    CHECK(spent < std::chrono::milliseconds(50));
  }
  const auto start = Clock::now();
  for (const char* exponent : {"e10000", "e-10000"}) {
    const Number value = num(std::string(1000, '7') + exponent + "/" + std::string(1000, '3'));
    CHECK(num(std::string(1000, '7') + exponent) == value * Number::from_digits(std::string(1000, '3')));
  }
  CHECK(Clock::now() - start < std::chrono::seconds(1));
}

TEST_CASE("numbers print short and exact") {
  const std::map<std::string, std::string> expected = {
      {"0", "0"},
      {"250", "250"},
      {"-250", "-250"},
      {"1000000", "1000000"},
      {"9999999", "9999999"},
      {"10_000_000", "1e7"},
      {"15e6", "1.5e7"},
      {"12345678", "12345678"},
      {"3e24", "3e24"},
      {"1.20e24", "1.2e24"},
      {"3333.50", "3333.5"},
      {"0.1", "0.1"},
      {"0.000001", "0.000001"},
      {"0.0000001", "1e-7"},
      {"1e-20", "1e-20"},
      {"1.5e-20", "1.5e-20"},
      {"123456789.123456789", "123456789.123456789"},
      {"3333333333333333333333334", "3333333333333333333333334"},
      {"1/3", "1/3"},
      {"-2/6", "-1/3"},
      {"1e25/3", "1e25/3"},
      {"2e25/6", "1e25/3"},
      {"1/4", "0.25"},
      {"1e10000", "1e10000"},
      {"12345e10000", "12345e10000"},
      {"0.001e-10000", "0.001e-10000"},
      {"10e10000", "10e10000"},
  };
  for (const auto& [from, to] : expected) {
    CHECK(to_text(num(from)) == to);
    CHECK(num(to) == num(from));
  }
}

TEST_CASE("what is printed is read back as the same value") {
  Random random(11);
  for (int i = 0; i < 20000; ++i) {
    std::string digits;
    for (std::uint64_t n = 1 + random.below(30); n > 0; --n) digits += static_cast<char>('0' + random.below(10));
    Number value = Number::from_digits(digits) *
                   Number::power_of_ten(static_cast<std::int32_t>(random.between(-40, 40)));
    if (random.below(2) == 0) value /= Number(random.between(1, 1000));
    if (random.below(2) == 0) value = -value;
    const std::string text = to_text(value);
    REQUIRE(num(text) == value);
    REQUIRE(to_text(num(text)) == text);
  }
}

TEST_CASE("the locale changes nothing") {
  for (const char* name : {"C", "de_DE.UTF-8", "tr_TR.UTF-8", "C.UTF-8"}) {
    if (std::setlocale(LC_ALL, name) == nullptr) continue;
    CHECK(num("1.5") == Number::ratio(3, 2));
    CHECK(to_text(num("1.5")) == "1.5");
    CHECK(to_text(num("1234567.5")) == "1234567.5");
    check_refused({"1,5", Kind::Comma, 1}, NumberSyntax::Signed);
    check_refused({"INF", Kind::NotFinite, 0}, NumberSyntax::Signed);
  }
  std::setlocale(LC_ALL, "C");
}
