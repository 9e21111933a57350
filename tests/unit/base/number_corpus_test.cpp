// The published collection of numeric strings with the bits of the nearest half, single and double. Our values are exact,
// so the test rounds each exact rational itself and compares the bits.

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "support.hpp"
#include "support/test_data.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

const Number& power_of_two(int exponent) {
  static const std::vector<Number> table = [] {
    std::vector<Number> powers(4801);
    powers[2400] = Number(1);
    for (std::size_t i = 2401; i < powers.size(); ++i) {
      powers[i] = powers[i - 1] * Number(2);
      powers[4800 - i] = Number(1) / powers[i];
    }
    return powers;
  }();
  return table.at(static_cast<std::size_t>(exponent + 2400));
}

struct Format {
  int precision;      // bits of the significand, the hidden one included
  int exponent_bits;  // of the biased exponent
};

// IEEE 754 bits of the nearest value, ties to even.
std::uint64_t nearest_bits(const Number& value, bool negative, Format format) {
  const int bias = (1 << (format.exponent_bits - 1)) - 1;
  const int lowest = 1 - bias;  // exponent of the smallest normal number
  const std::uint64_t sign = static_cast<std::uint64_t>(negative) << (format.precision - 1 + format.exponent_bits);
  const std::uint64_t infinity = static_cast<std::uint64_t>((1 << format.exponent_bits) - 1) << (format.precision - 1);
  const Number size = value.abs();
  if (size.is_zero()) return sign;
  if (size >= power_of_two(bias + 1)) return sign | infinity;
  // The exponent e with 2^e <= size < 2^(e+1), held at the smallest normal one.
  int low = lowest;
  int high = bias;
  while (low < high) {
    const int middle = low + (high - low + 1) / 2;
    if (size >= power_of_two(middle)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  const Number scaled = size * power_of_two(format.precision - 1 - low);
  const Number whole = scaled.floor();
  const Number rest = scaled - whole;
  auto significand = static_cast<std::uint64_t>(*whole.to_int64());
  const Number half = Number::ratio(1, 2);
  if (rest > half || (rest == half && significand % 2 == 1)) ++significand;
  const std::uint64_t hidden = std::uint64_t{1} << (format.precision - 1);
  // Biased exponent 0 without the hidden bit, 1 upwards with it; a carry moves into the exponent by itself.
  const std::uint64_t biased = significand < hidden ? 0 : static_cast<std::uint64_t>(low - lowest + 1);
  return sign | (biased == 0 ? significand : (biased << (format.precision - 1)) + (significand - hidden));
}

constexpr Format half_format{11, 5};
constexpr Format single_format{24, 8};
constexpr Format double_format{53, 11};

enum class Class { Fine, Spelling, Digits, Exponent };

// What a line should lead to, found by plain text operations that share nothing with the parser.
Class classify(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.starts_with('.') || text.ends_with('.') || text.find(".e") != text.npos) return Class::Spelling;
  const std::size_t mark = text.find_first_of("eE");
  const std::string_view significand = text.substr(0, mark);
  if (significand.size() - static_cast<std::size_t>(std::count(significand.begin(), significand.end(), '.')) > 1000)
    return Class::Digits;
  if (mark != text.npos) {
    std::string digits(text.substr(mark + 1));
    std::erase_if(digits, [](char c) { return c == '+' || c == '-'; });
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    if (digits.size() > 5 || (!digits.empty() && std::stoi(digits) > 10000)) return Class::Exponent;
  }
  return Class::Fine;
}

}  // namespace

TEST_CASE("the rounding of this test itself is right") {
  CHECK(nearest_bits(num("1"), false, double_format) == 0x3FF0000000000000);
  CHECK(nearest_bits(num("1.4"), false, single_format) == 0x3FB33333);
  CHECK(nearest_bits(num("123.456"), false, half_format) == 0x57B7);
  CHECK(nearest_bits(num("5e-324"), false, double_format) == 1);
  CHECK(nearest_bits(num("2e-324"), false, double_format) == 0);
  CHECK(nearest_bits(num("1.7976931348623159e308"), false, double_format) == 0x7FF0000000000000);
  CHECK(nearest_bits(num("1e25"), false, double_format) != nearest_bits(num("9999999999999998758486016"), false, double_format));
}

TEST_CASE("every published numeric string: exact, or refused for a limit or a spelling") {
  const auto folder = corpus("hostile/number-parse/data", "number-parse");
  if (!folder) return;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(*folder))
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  std::sort(files.begin(), files.end());

  std::size_t lines = 0, exact = 0, wrong = 0;
  std::array<std::size_t, 4> classes{};
  std::vector<std::string> spellings;
  for (const auto& file : files) {
    std::istringstream input(read_bytes(file));
    for (std::string line; std::getline(input, line);) {
      if (line.size() < 32) continue;
      ++lines;
      const std::string text = line.substr(31);
      const Class expected = classify(text);
      ++classes.at(static_cast<std::size_t>(expected));
      const auto value = parse_number(text, NumberSyntax::Signed);
      INFO("line: " << line.substr(0, 120));
      REQUIRE(value.has_value() == (expected == Class::Fine));
      // These all follow the grammar of JSON too.
      const auto as_json = parse_number(text, NumberSyntax::Json);
      REQUIRE(as_json.has_value() == value.has_value());
      if (!value) {
        using Kind = NumberError::Kind;
        const Kind kind = value.error().kind;
        if (expected == Class::Digits) REQUIRE((kind == Kind::TooManyDigits));
        if (expected == Class::Exponent) REQUIRE((kind == Kind::ExponentTooLarge));
        if (expected == Class::Spelling) {
          REQUIRE((kind == Kind::LeadingPoint || kind == Kind::MissingFraction));
          spellings.push_back(text);
        }
        continue;
      }
      REQUIRE(*as_json == *value);
      const bool negative = text.starts_with('-');
      const bool same = nearest_bits(*value, negative, half_format) == std::stoull(line.substr(0, 4), nullptr, 16) &&
                        nearest_bits(*value, negative, single_format) == std::stoull(line.substr(5, 8), nullptr, 16) &&
                        nearest_bits(*value, negative, double_format) == std::stoull(line.substr(14, 16), nullptr, 16);
      CHECK(same);
      (same ? exact : wrong) += 1;
      REQUIRE(parse_number(to_text(*value), NumberSyntax::Signed) == *value);
    }
  }
  std::cout << "number-parse: " << lines << " lines, " << exact << " exact, " << wrong << " wrong; refused "
            << classes[1] << " for spelling, " << classes[2] << " for digits, " << classes[3] << " for the exponent\n";
  for (const std::string& text : spellings) std::cout << "  refused spelling: " << text << "\n";
  CHECK(wrong == 0);
  CHECK(lines > 3000);
  CHECK(exact + classes[1] + classes[2] + classes[3] == lines);
}

TEST_CASE("pairs of numbers with a stated relation") {
  const auto file = corpus("hostile/generated-seed1/text/numbers.tsv", "generated numbers");
  if (!file) return;
  std::istringstream input(read_bytes(*file));
  std::size_t compared = 0;
  for (std::string line; std::getline(input, line);) {
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    if (first == line.npos || second == line.npos) continue;
    const auto left = parse_number(line.substr(0, first), NumberSyntax::Signed);
    const auto right = parse_number(line.substr(first + 1, second - first - 1), NumberSyntax::Signed);
    const std::string relation = line.substr(second + 1);
    if (!left || !right) continue;  // sums and amounts with units
    INFO(line);
    if (relation.starts_with("equal")) CHECK(*left == *right);
    if (relation == "greater") CHECK(*left > *right);
    if (relation == "less") CHECK(*left < *right);
    ++compared;
  }
  std::cout << "generated numbers: " << compared << " pairs compared\n";
  CHECK(compared >= 12);
}
