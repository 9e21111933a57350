#include <algorithm>
#include <chrono>
#include <limits>
#include <stdexcept>

#include "support.hpp"

using namespace onus;
using namespace onus::testing;
using Unit = Period::Unit;

namespace {

constexpr std::int64_t huge = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t tiny = std::numeric_limits<std::int64_t>::min();

bool on_weekday(Date date) { return date.weekday() != Weekday::Saturday && date.weekday() != Weekday::Sunday; }

}  // namespace

TEST_CASE("days are added within the calendar") {
  CHECK(add_days(day("2025-08-02"), 15) == day("2025-08-17"));
  CHECK(add_days(day("2024-02-28"), 1) == day("2024-02-29"));
  CHECK(add_days(day("2023-02-28"), 1) == day("2023-03-01"));
  CHECK(add_days(day("2025-01-01"), -1) == day("2024-12-31"));
  CHECK(add_days(Date::first(), Date::last_day) == Date::last());
  CHECK(add_days(Date::last(), -Date::last_day) == Date::first());
  CHECK_FALSE(add_days(Date::last(), 1));
  CHECK_FALSE(add_days(Date::first(), -1));
  CHECK_FALSE(add_days(day("2025-08-02"), huge));
  CHECK_FALSE(add_days(day("2025-08-02"), tiny));
}

TEST_CASE("months and years keep the day number or take the month's last") {
  CHECK(add_months(day("2025-01-31"), 1) == day("2025-02-28"));
  CHECK(add_months(day("2024-01-31"), 1) == day("2024-02-29"));
  CHECK(add_months(day("2025-08-31"), 6) == day("2026-02-28"));
  CHECK(add_months(day("2025-03-31"), -1) == day("2025-02-28"));
  CHECK(add_months(day("2025-02-28"), 1) == day("2025-03-28"));  // the last day is not sticky
  CHECK(add_months(day("2025-12-15"), 1) == day("2026-01-15"));
  CHECK(add_months(day("2025-01-15"), -1) == day("2024-12-15"));
  CHECK(add_months(day("2025-01-15"), 0) == day("2025-01-15"));
  CHECK(add_years(day("2024-02-29"), 1) == day("2025-02-28"));
  CHECK(add_years(day("2024-02-29"), 4) == day("2028-02-29"));
  CHECK(add_years(day("2024-02-29"), -124) == day("1900-02-28"));
  CHECK_FALSE(add_years(day("9999-01-01"), 1));
  CHECK_FALSE(add_years(day("0001-12-31"), -1));
  CHECK_FALSE(add_months(day("9999-12-01"), 1));
  CHECK_FALSE(add_months(day("0001-01-31"), -1));
  CHECK(add_months(day("0001-02-15"), -1) == day("0001-01-15"));
  CHECK(add_months(day("9999-11-30"), 1) == day("9999-12-30"));
  for (const std::int64_t count : {huge, tiny}) {
    CHECK_FALSE(add_months(day("2025-01-15"), count));
    CHECK_FALSE(add_years(day("2025-01-15"), count));
  }
}

TEST_CASE("every pair of month and target month, leap year or not") {
  namespace chrono = std::chrono;
  std::size_t pairs = 0;
  for (const int year : {1999, 2000, 2023, 2024}) {
    for (int month = 1; month <= 12; ++month) {
      for (int of_month = 1; of_month <= days_in_month(year, month); ++of_month) {
        for (int count = -24; count <= 24; ++count) {
          const Date from = *Date::from_civil(year, month, of_month);
          const auto got = add_months(from, count);
          REQUIRE(got);
          const auto target = chrono::year(year) / month + chrono::months(count);
          const auto last = chrono::year_month_day_last(target.year(), chrono::month_day_last(target.month()));
          const auto want_day = std::min(chrono::day(static_cast<unsigned>(of_month)), last.day());
          const CivilDate civil = got->civil();
          REQUIRE(civil.year == static_cast<int>(target.year()));
          REQUIRE(static_cast<unsigned>(civil.month) == static_cast<unsigned>(target.month()));
          REQUIRE(static_cast<unsigned>(civil.day) == static_cast<unsigned>(want_day));
          ++pairs;
        }
      }
    }
  }
  CHECK(pairs == (2 * 365 + 2 * 366) * 49);
}

TEST_CASE("minutes are added within the calendar") {
  CHECK(add_minutes(moment("2025-08-02T23:59"), 1) == moment("2025-08-03T00:00"));
  CHECK(add_minutes(moment("2025-08-02T00:00"), -1) == moment("2025-08-01T23:59"));
  CHECK_FALSE(add_minutes(Moment::last(), 1));
  CHECK_FALSE(add_minutes(Moment{0}, -1));
  CHECK_FALSE(add_minutes(Moment{5}, huge));
  CHECK_FALSE(add_minutes(Moment{5}, tiny));
}

TEST_CASE("business days") {
  // 2025-08-01 is a Friday.
  CHECK(is_business_day(day("2025-08-01")));
  CHECK_FALSE(is_business_day(day("2025-08-02")));
  CHECK_FALSE(is_business_day(day("2025-08-03")));
  CHECK(add_business_days(day("2025-08-01"), 1) == day("2025-08-04"));
  CHECK(add_business_days(day("2025-08-02"), 1) == day("2025-08-04"));
  CHECK(add_business_days(day("2025-08-02"), 0) == day("2025-08-02"));
  CHECK(add_business_days(day("2025-08-04"), 5) == day("2025-08-11"));
  CHECK(add_business_days(day("2025-08-04"), -1) == day("2025-08-01"));
  CHECK(add_business_days(day("2025-08-03"), -1) == day("2025-08-01"));
  const DayPredicate holiday = [](Date date) { return date == day("2025-08-15"); };
  CHECK_FALSE(is_business_day(day("2025-08-15"), holiday));
  CHECK(add_business_days(day("2025-08-14"), 1) == day("2025-08-15"));
  CHECK(add_business_days(day("2025-08-14"), 1, holiday) == day("2025-08-18"));
  CHECK(add_business_days(day("2025-08-18"), -1, holiday) == day("2025-08-14"));
  // The calendar begins on a Monday and ends on a Friday.
  CHECK(add_business_days(day("9999-12-30"), 1) == Date::last());
  CHECK(add_business_days(day("0001-01-02"), -1) == Date::first());
  CHECK_FALSE(add_business_days(day("9999-12-31"), 1));
  CHECK_FALSE(add_business_days(day("0001-01-01"), -1));
  CHECK_FALSE(add_business_days(day("2025-08-01"), huge));
  CHECK_FALSE(add_business_days(day("2025-08-01"), tiny));
  CHECK_FALSE(add_business_days(day("2025-08-01"), 1, [](Date) { return true; }));
  // Five of every seven days, from any day on.
  for (int offset = 0; offset < 7; ++offset) {
    const Date from = *add_days(day("2025-08-04"), offset);
    REQUIRE(add_business_days(from, 10)->days - from.days >= 12);
    REQUIRE(add_business_days(from, 10)->days - from.days <= 14);
    REQUIRE(on_weekday(*add_business_days(from, 10)));
  }
}

TEST_CASE("a deadline does not count the day of the event and includes the last day") {
  CHECK(deadline_within({Unit::Days, 15}, day("2025-08-02")) == day("2025-08-17"));
  CHECK(deadline_within({Unit::Days, 0}, day("2025-08-02")) == day("2025-08-02"));
  CHECK(deadline_within({Unit::Days, 1}, day("2025-08-02")) == day("2025-08-03"));
  CHECK(deadline_within({Unit::Weeks, 2}, day("2025-08-02")) == day("2025-08-16"));
  CHECK(deadline_within({Unit::Months, 1}, day("2025-01-31")) == day("2025-02-28"));
  CHECK(deadline_within({Unit::Years, 1}, day("2024-02-29")) == day("2025-02-28"));
  CHECK(deadline_within({Unit::BusinessDays, 3}, day("2025-07-31")) == day("2025-08-05"));
  CHECK_FALSE(deadline_within({Unit::Weeks, huge}, day("2025-08-02")));
  CHECK_FALSE(deadline_within({Unit::Weeks, tiny}, day("2025-08-02")));
  CHECK_FALSE(deadline_within({Unit::Days, 1}, Date::last()));
  CHECK_THROWS_AS(deadline_within({Unit::Hours, 72}, day("2025-08-02")), std::logic_error);
}

TEST_CASE("a holiday counts against business days, and a shift moves a last day forward only") {
  PeriodRule rule;
  rule.is_holiday = [](Date date) { return date == day("2025-08-04"); };
  CHECK(deadline_within({Unit::BusinessDays, 1}, day("2025-08-01"), rule) == day("2025-08-05"));
  CHECK(deadline_within({Unit::Days, 1}, day("2025-08-01"), rule) == day("2025-08-02"));
  rule.is_working_day = [&rule](Date date) { return is_business_day(date, rule.is_holiday); };
  CHECK(deadline_within({Unit::Days, 1}, day("2025-08-01"), rule) == day("2025-08-05"));  // Sat, Sun, holiday
  CHECK(deadline_within({Unit::Days, 4}, day("2025-08-01"), rule) == day("2025-08-05"));
  CHECK(deadline_within({Unit::Months, 1}, day("2025-07-31"), rule) == day("2025-09-01"));  // 31 August is a Sunday
  rule.is_working_day = [](Date) { return false; };
  CHECK_FALSE(deadline_within({Unit::Days, 1}, day("2025-08-01"), rule));
  rule.is_working_day = on_weekday;
  CHECK_FALSE(deadline_within({Unit::Days, 1}, day("9999-12-31"), rule));
}

TEST_CASE("hours run from a moment, and from a bare date they are a range") {
  CHECK(deadline_within({Unit::Hours, 72}, moment("2025-08-02T09:30")) == moment("2025-08-05T09:30"));
  CHECK(deadline_within({Unit::Hours, 0}, moment("2025-08-02T09:30")) == moment("2025-08-02T09:30"));
  CHECK(deadline_within({Unit::Days, 15}, moment("2025-08-02T09:30")) == moment("2025-08-17T23:59"));
  CHECK_FALSE(deadline_within({Unit::Hours, huge}, moment("2025-08-02T09:30")));
  CHECK_FALSE(deadline_within({Unit::Hours, tiny}, moment("2025-08-02T09:30")));
  CHECK_FALSE(deadline_within({Unit::Days, 1}, Moment::last()));
  const auto hours = deadline_range_within({Unit::Hours, 72}, day("2025-08-02"));
  REQUIRE(hours);
  CHECK(hours->earliest == moment("2025-08-05T00:00"));
  CHECK(hours->latest == moment("2025-08-05T23:59"));
  const auto days = deadline_range_within({Unit::Days, 15}, day("2025-08-02"));
  REQUIRE(days);
  CHECK(days->earliest == days->latest);
  CHECK(days->latest == moment("2025-08-17T23:59"));
  CHECK_FALSE(deadline_range_within({Unit::Hours, 1}, Date::last()));  // only its first hours have a deadline
  PeriodRule shifting;
  shifting.is_working_day = on_weekday;
  CHECK(deadline_range_within({Unit::Hours, 24}, day("2025-08-01"), shifting)->latest == moment("2025-08-02T23:59"));
}

TEST_CASE("periods print with their count") {
  CHECK(to_text(Period{Unit::Days, 15}) == "15 days");
  CHECK(to_text(Period{Unit::Days, 1}) == "1 day");
  CHECK(to_text(Period{Unit::Hours, 72}) == "72 hours");
  CHECK(to_text(Period{Unit::Weeks, 2}) == "2 weeks");
  CHECK(to_text(Period{Unit::Months, 6}) == "6 months");
  CHECK(to_text(Period{Unit::Years, 1}) == "1 year");
  CHECK(to_text(Period{Unit::BusinessDays, 3}) == "3 business days");
  CHECK(Period{Unit::Days, 7} != Period{Unit::Weeks, 1});
}
