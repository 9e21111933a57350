#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "support.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();

// What a double, a flag or a text may not silently become.
static_assert(!std::constructible_from<Number, double>);
static_assert(!std::constructible_from<Number, float>);
static_assert(!std::constructible_from<Number, bool>);
static_assert(!std::constructible_from<Number, const char*>);
static_assert(std::is_nothrow_move_constructible_v<Number>);
static_assert(std::is_nothrow_move_assignable_v<Number>);
static_assert(sizeof(Number) == 16);

std::int64_t random_part(Random& random) {
  switch (random.below(6)) {
    case 0: return random.between(-5, 5);
    case 1: return random.between(-1000, 1000);
    case 2: return highest - random.between(0, 3);
    case 3: return lowest + random.between(0, 3);
    case 4: return std::int64_t{1} << random.below(63);
    default: return static_cast<std::int64_t>(random.bits() >> random.below(64));
  }
}

Number random_number(Random& random) {
  std::int64_t below = random_part(random);
  if (below == 0) below = 1;
  if (random.below(3) == 0) below = 1;
  const Number small = Number::ratio(random_part(random), below);
  switch (random.below(4)) {
    case 0: return small * Number::power_of_ten(static_cast<std::int32_t>(random.between(-30, 30)));
    case 1: return small + Number::power_of_ten(static_cast<std::int32_t>(random.between(-30, 30)));
    default: return small;
  }
}

// Lowest terms, positive denominator, in place exactly when both parts fit 63 bits.
void check_canonical(const Number& number) {
  const Number top = Number::from_digits(number.abs().numerator_text());
  const Number bottom = Number::from_digits(number.denominator_text());
  const bool fits = top <= Number(highest) && bottom <= Number(highest);
  REQUIRE(number.is_in_place() == fits);
  REQUIRE(bottom > Number(0));
  REQUIRE(number.numerator_text().starts_with("-") == (number.sign() < 0));
  // Euclid with the public operations.
  Number a = top;
  Number b = bottom;
  while (!b.is_zero()) {
    Number rest = a - (a / b).floor() * b;
    a = std::move(b);
    b = std::move(rest);
  }
  REQUIRE(a == Number(1));
}

}  // namespace

TEST_CASE("whole numbers of every width") {
  CHECK(Number() == Number(0));
  CHECK(Number(7).numerator_text() == "7");
  CHECK(Number(7).denominator_text() == "1");
  CHECK(Number(lowest).numerator_text() == "-9223372036854775808");
  CHECK(Number(lowest).to_int64() == lowest);
  CHECK(Number(highest).to_int64() == highest);
  CHECK(Number(std::numeric_limits<std::uint64_t>::max()).numerator_text() == "18446744073709551615");
  CHECK_FALSE(Number(std::numeric_limits<std::uint64_t>::max()).to_int64());
  CHECK(Number(std::uint8_t{200}) == Number(200));
  CHECK(Number(highest) + Number(1) == -Number(lowest));
  CHECK(Number(lowest) + Number(1) == -Number(highest));
  CHECK_FALSE((Number(highest) + Number(1)).to_int64());
}

TEST_CASE("ratios are kept in lowest terms, denominator above zero") {
  CHECK(Number::ratio(2, 4) == Number::ratio(1, 2));
  CHECK(Number::ratio(1, -2) == Number::ratio(-1, 2));
  CHECK(Number::ratio(-3, -6).numerator_text() == "1");
  CHECK(Number::ratio(0, -5) == Number(0));
  CHECK(Number::ratio(0, lowest) == Number(0));
  CHECK(Number::ratio(lowest, lowest) == Number(1));
  CHECK(Number::ratio(lowest, -1) == -Number(lowest));
  CHECK(Number::ratio(1, lowest).denominator_text() == "9223372036854775808");
  CHECK(Number::ratio(lowest, 2) == Number(lowest / 2));
  CHECK_THROWS_AS(Number::ratio(1, 0), std::logic_error);
  CHECK_THROWS_AS(Number(1) / Number(0), std::logic_error);
  CHECK_THROWS_AS(num("1e30") / Number(), std::logic_error);
}

TEST_CASE("one third of 10^25 is exact") {
  const Number third = Number::power_of_ten(25) / Number(3);
  CHECK(num("3333333333333333333333333") < third);
  CHECK(num("3333333333333333333333334") > third);
  CHECK(third * Number(3) == num("1e25"));
  CHECK(num("1e25/3") == third);
  CHECK(to_text(third) == "1e25/3");
  CHECK(num("0.1") + num("0.2") == num("0.3"));
  CHECK(num("1/3") > num("0.3333333333333333"));
  CHECK(num("9007199254740993") > num("9007199254740992"));
  CHECK(num("1e23") > num("99999999999999991611392"));
}

TEST_CASE("sign, whole part and neighbours") {
  CHECK(Number(-3).sign() == -1);
  CHECK(Number(0).sign() == 0);
  CHECK(num("1e40").sign() == 1);
  CHECK((-num("1e40")).sign() == -1);
  CHECK(Number(0).is_zero());
  CHECK_FALSE(num("1e-40").is_zero());
  CHECK(num("-2.5").abs() == num("2.5"));
  CHECK(num("-1e40").abs() == num("1e40"));
  CHECK(num("2.5").floor() == Number(2));
  CHECK(num("2.5").ceil() == Number(3));
  CHECK(num("-2.5").floor() == Number(-3));
  CHECK(num("-2.5").ceil() == Number(-2));
  CHECK(num("-2").floor() == Number(-2));
  CHECK(num("-2").ceil() == Number(-2));
  CHECK(num("1e25/3").floor() == num("3333333333333333333333333"));
  CHECK(num("-1e25/3").floor() == num("-3333333333333333333333334"));
  CHECK(num("-1e25/3").ceil() == num("-3333333333333333333333333"));
  CHECK(num("1e-40").floor() == Number(0));
  CHECK(num("-1e-40").floor() == Number(-1));
  CHECK(num("1e40").is_integer());
  CHECK(num("1e40").floor() == num("1e40"));
  CHECK_FALSE(num("1e-1").is_integer());
  CHECK_FALSE(num("2.5").to_int64());
  CHECK_FALSE(num("1e25/3").to_int64());
}

TEST_CASE("copies, moves and self-assignment keep the value") {
  for (const char* text : {"3", "1/3", "1e30", "-1e-30"}) {
    const Number original = num(text);
    Number copy = original;
    CHECK(copy == original);
    Number moved = std::move(copy);
    CHECK(moved == original);
    CHECK(copy == Number(0));  // NOLINT(bugprone-use-after-move): documented by the test
    for (const char* other : {"5", "7e40"}) {
      Number target = num(other);
      target = original;
      CHECK(target == original);
      target = num(other);
      target = Number(original);
      CHECK(target == original);
    }
    Number& alias = moved;
    moved = alias;
    CHECK(moved == original);
    moved = std::move(alias);
    CHECK(moved == original);
    moved -= alias;
    CHECK(moved == Number(0));
    moved = original;
    moved /= alias;
    CHECK(moved == Number(1));
    moved = original;
    moved *= alias;
    CHECK(moved == original * original);
    moved = original;
    moved += alias;
    CHECK(moved == original * Number(2));
  }
}

TEST_CASE("a value has one representation, whatever road led to it") {
  Random random(1);
  const Number detour = Number::power_of_ten(40) / Number(7);
  for (int i = 0; i < 20000; ++i) {
    const Number a = random_number(random);
    const Number b = (a + detour) - detour;
    const Number c = (a * detour) / detour;
    REQUIRE(a == b);
    REQUIRE(a == c);
    REQUIRE(a.is_in_place() == b.is_in_place());
    REQUIRE(a.hash() == b.hash());
    REQUIRE(a.hash() == c.hash());
    REQUIRE((-a).is_in_place() == a.is_in_place());
    if (i % 20 == 0) {
      check_canonical(a);
      check_canonical(a * a);
      check_canonical(a + detour);
    }
  }
}

TEST_CASE("the laws of a field and of its order hold on 100,000 triples") {
  Random random(2);
  for (int i = 0; i < 100000; ++i) {
    const Number a = random_number(random);
    const Number b = random_number(random);
    const Number c = random_number(random);
    REQUIRE(a + b == b + a);
    REQUIRE((a + b) + c == a + (b + c));
    REQUIRE((a * b) * c == a * (b * c));
    REQUIRE(a * (b + c) == a * b + a * c);
    REQUIRE((a + b) - b == a);
    REQUIRE(a - b == -(b - a));
    if (!b.is_zero()) REQUIRE((a / b) * b == a);
    REQUIRE(((a <=> b) == ((a - b).sign() <=> 0)));
    REQUIRE(((a <=> b) == (0 <=> (b <=> a))));
    REQUIRE((a == b) == ((a <=> b) == 0));
    const Number floor = a.floor();
    REQUIRE(floor.is_integer());
    REQUIRE(floor <= a);
    REQUIRE(a < floor + Number(1));
    REQUIRE(a.ceil() == -(-a).floor());
  }
}

TEST_CASE("arithmetic in place agrees with 128-bit arithmetic") {
  __extension__ using Wide = __int128;
  Random random(3);
  for (int i = 0; i < 100000; ++i) {
    const auto a = static_cast<std::int64_t>(random.bits()) >> (1 + random.below(62));
    const auto b = static_cast<std::int64_t>(random.bits()) >> (1 + random.below(62));
    const auto check = [&](const Number& got, Wide want) {
      if (want >= lowest && want <= highest) {
        REQUIRE(got.to_int64() == static_cast<std::int64_t>(want));
      } else {
        REQUIRE_FALSE(got.to_int64());
      }
    };
    check(Number(a) + Number(b), Wide{a} + b);
    check(Number(a) - Number(b), Wide{a} - b);
    check(Number(a) * Number(b), Wide{a} * b);
    REQUIRE((Number(a) < Number(b)) == (a < b));
  }
}

TEST_CASE("x >= X/k exactly when k*x >= X, half of the draws at the border") {
  Random random(4);
  int at_border = 0;
  int above = 0;
  for (int i = 0; i < 100000; ++i) {
    const Number threshold = i % 2 == 0 ? Number(random.between(1, 1000000000))
                                        : Number(random.between(1, 999)) * Number::power_of_ten(25);
    const Number k = Number(random.between(1, 100));
    const Number cut = threshold / k;
    Number x = random_number(random).abs();
    if (random.below(2) == 0) {
      x = cut.floor() + Number(random.between(-1, 1));
      ++at_border;
    }
    const bool by_division = x >= cut;
    const bool by_product = k * x >= threshold;
    REQUIRE(by_division == by_product);
    REQUIRE((x > cut) == (k * x > threshold));
    REQUIRE((x == cut) == (k * x == threshold));
    above += by_division ? 1 : 0;
  }
  CHECK(at_border > 40000);
  CHECK(above > 10000);
  CHECK(above < 90000);
}

TEST_CASE("sums do not depend on the order") {
  Random random(5);
  for (int list = 0; list < 50; ++list) {
    std::vector<Number> items;
    for (int i = 0; i < 40; ++i) items.push_back(random_number(random));
    Number first;
    for (const Number& item : items) first += item;
    for (int round = 0; round < 20; ++round) {
      for (std::size_t i = items.size() - 1; i > 0; --i) std::swap(items[i], items[random.below(i + 1)]);
      Number sum;
      for (const Number& item : items) sum += item;
      REQUIRE(sum == first);
    }
  }
}

TEST_CASE("decimals that end and decimals that do not") {
  const auto decimal = num("-12.50").to_decimal();
  REQUIRE(decimal);
  CHECK(decimal->negative);
  CHECK(decimal->digits == "125");
  CHECK(decimal->exponent == -1);
  CHECK(num("0").to_decimal()->digits == "0");
  CHECK(num("0").to_decimal()->exponent == 0);
  CHECK(num("1200").to_decimal()->digits == "12");
  CHECK(num("1200").to_decimal()->exponent == 2);
  CHECK(num("1/8").to_decimal()->digits == "125");
  CHECK_FALSE(num("1/3").to_decimal());
  CHECK_FALSE(num("1/6").to_decimal());
  CHECK_FALSE(num("1e-40/7").to_decimal());
  Number power(1);
  for (int i = 0; i < 60; ++i) power /= Number(5);
  REQUIRE(power.to_decimal());
  CHECK(power.to_decimal()->exponent == -60);
  CHECK(power.to_decimal()->digits == "1152921504606846976");  // 2^60
}

TEST_CASE("powers of ten and digits") {
  CHECK(Number::power_of_ten(0) == Number(1));
  CHECK(Number::power_of_ten(18) == Number(1000000000000000000));
  for (int i = -40; i < 40; ++i) REQUIRE(Number::power_of_ten(i) * Number(10) == Number::power_of_ten(i + 1));
  CHECK(Number::from_digits("0") == Number(0));
  CHECK(Number::from_digits("000000000000000000000000000000000000012") == Number(12));
  CHECK(Number::from_digits("9223372036854775807") == Number(highest));
  const std::string long_text = "1234567890123456789012345678901234567890123456789012345678901234567";
  CHECK(Number::from_digits(long_text).numerator_text() == long_text);
}

TEST_CASE("the approximation is near, and only an approximation") {
  CHECK(num("2.5").approximate() == 2.5);
  CHECK(num("-1e25").approximate() == doctest::Approx(-1e25));
  CHECK(num("1e300").approximate() == doctest::Approx(1e300));
  CHECK(num("1e-300").approximate() == doctest::Approx(1e-300));
  CHECK(num("1e25/3").approximate() == doctest::Approx(1e25 / 3));
  CHECK(num("1e10000").approximate() == std::numeric_limits<double>::infinity());
  CHECK(num("-1e10000").approximate() == -std::numeric_limits<double>::infinity());
  CHECK(num("1e-10000").approximate() == 0.0);
}

TEST_CASE("hashes differ where values do, mostly") {
  std::vector<std::size_t> hashes;
  for (int i = -500; i < 500; ++i) {
    hashes.push_back(Number(i).hash());
    hashes.push_back((Number(i) * num("1e30") + Number(1)).hash());
    hashes.push_back((Number(i) + num("1/3")).hash());
  }
  std::sort(hashes.begin(), hashes.end());
  CHECK(std::unique(hashes.begin(), hashes.end()) - hashes.begin() >= 2998);
  CHECK(std::hash<Number>{}(Number(3)) == Number(3).hash());
}
