#include <algorithm>
#include <chrono>
#include <iostream>
#include <set>
#include <sstream>
#include <string>

#include "support.hpp"
#include "support/test_data.hpp"

using namespace onus;
using namespace onus::testing;
using Kind = DateError::Kind;

namespace {

void check_refused(std::string_view text, Kind kind, std::size_t at) {
  const auto result = parse_date(text);
  INFO("text: " << text);
  REQUIRE_FALSE(result.has_value());
  CHECK(static_cast<int>(result.error().kind) == static_cast<int>(kind));
  CHECK(result.error().at == at);
}

void check_moment_refused(std::string_view text, Kind kind, std::size_t at) {
  const auto result = parse_moment(text);
  INFO("text: " << text);
  REQUIRE_FALSE(result.has_value());
  CHECK(static_cast<int>(result.error().kind) == static_cast<int>(kind));
  CHECK(result.error().at == at);
}

}  // namespace

TEST_CASE("every day of the calendar, against the standard library's calendar") {
  namespace chrono = std::chrono;
  const chrono::sys_days origin = chrono::sys_days(chrono::year(1) / 1 / 1);
  std::size_t wrong = 0;
  std::string before;
  for (std::int32_t day = 0; day <= Date::last_day; ++day) {
    const Date date{day};
    const CivilDate civil = date.civil();
    const chrono::sys_days want = origin + chrono::days(day);
    const chrono::year_month_day fields(want);
    const bool same = civil.year == static_cast<int>(fields.year()) &&
                      civil.month == static_cast<int>(static_cast<unsigned>(fields.month())) &&
                      civil.day == static_cast<int>(static_cast<unsigned>(fields.day())) &&
                      static_cast<unsigned>(date.weekday()) + 1 == chrono::weekday(want).iso_encoding();
    const std::string text = to_text(date);
    const bool round = Date::from_civil(civil.year, civil.month, civil.day) == date && parse_date(text).value() == date;
    const bool grows = before < text;
    before = text;
    if (!same || !round || !grows) ++wrong;
  }
  CHECK(wrong == 0);
  CHECK(to_text(Date::first()) == "0001-01-01");
  CHECK(to_text(Date::last()) == "9999-12-31");
}

TEST_CASE("known days") {
  CHECK(day("2025-08-02").weekday() == Weekday::Saturday);
  CHECK(day("1970-01-01").weekday() == Weekday::Thursday);
  CHECK(day("1970-01-01").days == 719162);
  CHECK(day("2000-02-29") < day("2000-03-01"));
  CHECK(day("2025-08-02").year() == 2025);
  CHECK(weekday_name(Weekday::Sunday) == "Sunday");
  CHECK(month_name(12) == "December");
  CHECK(is_leap_year(2000));
  CHECK_FALSE(is_leap_year(1900));
  CHECK(is_leap_year(2024));
  CHECK_FALSE(is_leap_year(2023));
  CHECK(days_in_month(2023, 2) == 28);
  CHECK(days_in_month(2024, 2) == 29);
  CHECK(days_in_month(2024, 4) == 30);
  CHECK(days_in_month(2024, 12) == 31);
  CHECK_FALSE(Date::from_civil(0, 1, 1));
  CHECK_FALSE(Date::from_civil(10000, 1, 1));
  CHECK_FALSE(Date::from_civil(2024, 0, 1));
  CHECK_FALSE(Date::from_civil(2024, 13, 1));
  CHECK_FALSE(Date::from_civil(2024, 1, 0));
  CHECK_FALSE(Date::from_civil(2023, 2, 29));
  CHECK(std::hash<Date>{}(Date{5}) == 5);
}

TEST_CASE("only YYYY-MM-DD is read, and the wrong part is named") {
  check_refused("", Kind::Shape, 0);
  check_refused("2025", Kind::Shape, 4);
  check_refused("2025-8-2", Kind::Shape, 6);
  check_refused("2025-08-2", Kind::Shape, 9);
  check_refused("02/08/2025", Kind::Shape, 2);
  check_refused("2025/08/02", Kind::Shape, 4);
  check_refused("20250802", Kind::Shape, 4);
  check_refused("2025-W31-6", Kind::Shape, 5);
  check_refused("2025-214", Kind::Shape, 7);
  check_refused("-2025-08-02", Kind::Shape, 0);
  check_refused("+2025-08-02", Kind::Shape, 0);
  check_refused("10000-01-01", Kind::Shape, 4);
  check_refused(" 2025-08-02", Kind::Shape, 0);
  check_refused("2025-08-02 ", Kind::Shape, 10);
  check_refused("2025-08-02x", Kind::Shape, 10);
  check_refused("2025-08-021", Kind::Shape, 10);
  check_refused("2025-08-02T", Kind::Shape, 10);
  check_refused("\xef\xbc\x92" "025-08-02", Kind::Shape, 0);
  check_refused("2025\xe2\x80\x93" "08-02", Kind::Shape, 4);
  check_refused("2025-08-02T00:00:00Z", Kind::HasTime, 10);
  check_refused("2025-08-02 10:00", Kind::HasTime, 10);
  check_refused("0000-01-01", Kind::NoSuchYear, 0);
  check_refused("2025-13-01", Kind::NoSuchMonth, 5);
  check_refused("2025-00-10", Kind::NoSuchMonth, 5);
  check_refused("2025-06-31", Kind::NoSuchDay, 8);
  check_refused("2025-06-00", Kind::NoSuchDay, 8);
  check_refused("2023-02-29", Kind::NoSuchDay, 8);
  check_refused("1900-02-29", Kind::NoSuchDay, 8);
  check_refused("2024-02-30", Kind::NoSuchDay, 8);
  CHECK(parse_date("2000-02-29"));
  CHECK(parse_date("2024-02-29"));
}

TEST_CASE("an impossible date is explained") {
  CHECK(explain(parse_date("2023-02-29").error()) == "February 2023 has 28 days");
  CHECK(explain(parse_date("2024-02-30").error()) == "February 2024 has 29 days");
  CHECK(explain(parse_date("2025-06-31").error()) == "June 2025 has 30 days");
  CHECK(explain(parse_date("2025-13-01").error()) == "months run from 01 to 12");
  std::set<std::string> seen;
  for (int kind = 0; kind <= static_cast<int>(Kind::NoSuchTime); ++kind) {
    const std::string text = explain({static_cast<Kind>(kind), 0, 2023, 2});
    CHECK_FALSE(text.empty());
    CHECK(seen.insert(text).second);
  }
}

TEST_CASE("every text of three two-digit fields is a date exactly when the calendar has it") {
  std::size_t accepted = 0;
  for (const int year : {1, 1900, 2000, 2023, 2024, 9999}) {
    for (int month = 0; month < 100; ++month) {
      for (int of_month = 0; of_month < 100; ++of_month) {
        std::string text = std::to_string(10000 + year).substr(1) + "-" + std::to_string(100 + month).substr(1) + "-" +
                           std::to_string(100 + of_month).substr(1);
        const std::chrono::year_month_day fields(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                                 std::chrono::day(static_cast<unsigned>(of_month)));
        const auto date = parse_date(text);
        REQUIRE(date.has_value() == fields.ok());
        if (date) REQUIRE(to_text(*date) == text);
        accepted += date ? 1 : 0;
      }
    }
  }
  CHECK(accepted == 4 * 365 + 2 * 366);
}

TEST_CASE("moments") {
  CHECK(to_text(moment("2025-08-02T09:30")) == "2025-08-02T09:30");
  CHECK(moment("2025-08-02T09:30").date() == day("2025-08-02"));
  CHECK(moment("2025-08-02T09:30").minute_of_day() == 570);
  CHECK(Moment::start_of(day("2025-08-02")) == moment("2025-08-02T00:00"));
  CHECK(Moment::end_of(day("2025-08-02")) == moment("2025-08-02T23:59"));
  CHECK(Moment::last() == moment("9999-12-31T23:59"));
  CHECK(moment("0001-01-01T00:00").minutes == 0);
  CHECK(moment("2025-08-02T23:59") < moment("2025-08-03T00:00"));
  check_moment_refused("2025-08-02", Kind::MissingTime, 10);
  check_moment_refused("2025-08-02 09:30", Kind::MomentShape, 10);
  check_moment_refused("2025-08-02T9:30", Kind::MomentShape, 12);
  check_moment_refused("2025-08-02T09:30:00", Kind::MomentShape, 16);
  check_moment_refused("2025-08-02T09:30Z", Kind::MomentShape, 16);
  check_moment_refused("2025-08-02T09:30+02:00", Kind::MomentShape, 16);
  check_moment_refused("2025-8-02T09:30", Kind::Shape, 6);
  check_moment_refused("2025-02-30T09:30", Kind::NoSuchDay, 8);
  check_moment_refused("2025-08-02T24:00", Kind::NoSuchTime, 11);
  check_moment_refused("2025-08-02T23:60", Kind::NoSuchTime, 14);
  for (std::int64_t minute = 0; minute < Moment::per_day; ++minute) {
    const Moment at{Moment::start_of(day("2024-02-29")).minutes + minute};
    REQUIRE(parse_moment(to_text(at)).value() == at);
  }
}

TEST_CASE("dates of the generated set") {
  const auto file = corpus("hostile/generated-seed1/text/dates.tsv", "generated dates");
  if (!file) return;
  std::istringstream input(read_bytes(*file));
  std::size_t read = 0;
  for (std::string line; std::getline(input, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == line.npos) continue;
    const std::string text = line.substr(0, tab);
    const std::string want = line.substr(tab + 1);
    if (want != "ok" && !want.starts_with("reject")) continue;
    INFO(line);
    CHECK(parse_date(text).has_value() == (want == "ok"));
    ++read;
  }
  std::cout << "generated dates: " << read << " read\n";
  CHECK(read >= 15);
}
