// Civil dates, local times and calendar periods, exact and free of clocks, time zones and locales.
//
// Proleptic Gregorian calendar, 0001-01-01 to 9999-12-31; arithmetic that would leave that range gives nothing. Only
// `YYYY-MM-DD` and `YYYY-MM-DDTHH:MM` are read. The rules for periods:
//   within n days / weeks of E   the day of E is not counted, the last day is included
//   within n months / years of E the same day number in the target month, or that month's last day
//   within n business days of E  the n-th day after E that is a Monday to Friday and no holiday of the named calendar
//   within n hours of E          needs a moment; from a bare date it is a range, as E may fall at any minute of the day
//   shift                        where an instrument says so, a last day that is no working day moves to the next that is
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace onus {

enum class Weekday { Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday };

struct CivilDate {
  int year;   // 1 to 9999
  int month;  // 1 to 12
  int day;    // 1 to the month's last
  bool operator==(const CivilDate&) const = default;
};

struct Date {
  std::int32_t days = 0;  // since 0001-01-01, which is day 0

  static constexpr std::int32_t last_day = 3652058;  // 9999-12-31
  static constexpr Date first() { return {0}; }
  static constexpr Date last() { return {last_day}; }
  static std::optional<Date> from_civil(int year, int month, int day);

  CivilDate civil() const;
  int year() const { return civil().year; }
  Weekday weekday() const;

  auto operator<=>(const Date&) const = default;
};

// A local time to the minute; no zone, no daylight saving.
struct Moment {
  std::int64_t minutes = 0;  // since 0001-01-01T00:00

  static constexpr std::int64_t per_day = 24 * 60;
  static constexpr Moment start_of(Date date) { return {date.days * per_day}; }
  static constexpr Moment end_of(Date date) { return {date.days * per_day + per_day - 1}; }  // its last minute
  static constexpr Moment last() { return end_of(Date::last()); }

  Date date() const { return {static_cast<std::int32_t>(minutes / per_day)}; }
  int minute_of_day() const { return static_cast<int>(minutes % per_day); }

  auto operator<=>(const Moment&) const = default;
};

bool is_leap_year(int year);
int days_in_month(int year, int month);          // month 1 to 12
std::string_view month_name(int month);          // "January" …
std::string_view weekday_name(Weekday weekday);  // "Monday" …

struct DateError {
  enum class Kind {
    Shape,         // not of the form YYYY-MM-DD
    MomentShape,   // a date, then something that is not THH:MM to the end
    HasTime,       // a date was wanted and a time of day follows one
    MissingTime,   // a moment was wanted and only a date is there
    NoSuchYear,    // year 0000
    NoSuchMonth,   // month 00 or above 12
    NoSuchDay,     // day 00 or above the last of the month
    NoSuchTime,    // past 23:59
  };
  Kind kind;
  std::size_t at;  // byte offset of the wrong part
  int year = 0;    // as written, where read (NoSuchMonth, NoSuchDay)
  int month = 0;   // as written, where read (NoSuchDay: a month that exists)
  bool operator==(const DateError&) const = default;
};

// The whole of `text`; nothing around it is skipped.
tl::expected<Date, DateError> parse_date(std::string_view text);
tl::expected<Moment, DateError> parse_moment(std::string_view text);
// For a message: "February 2023 has 28 days", "months run from 01 to 12", "a date is written as 2025-08-02".
std::string explain(const DateError& error);

std::string to_text(Date date);      // 2025-08-02
std::string to_text(Moment moment);  // 2025-08-02T09:30

// All of these give nothing where the result would leave the calendar's range. Counts may be negative.
std::optional<Date> add_days(Date date, std::int64_t count);
std::optional<Date> add_months(Date date, std::int64_t count);  // clamped to the month's last day
std::optional<Date> add_years(Date date, std::int64_t count);   // 29 February becomes 28 where it must
std::optional<Moment> add_minutes(Moment moment, std::int64_t count);

using DayPredicate = std::function<bool(Date)>;

// Monday to Friday and not a holiday; an empty predicate names no holidays.
bool is_business_day(Date date, const DayPredicate& is_holiday = {});
// The count-th business day after (before, if negative) `date`; 0 gives `date` itself, whatever day it is.
std::optional<Date> add_business_days(Date date, std::int64_t count, const DayPredicate& is_holiday = {});

struct Period {
  enum class Unit { Hours, Days, Weeks, Months, Years, BusinessDays };
  Unit unit = Unit::Days;
  std::int64_t count = 0;
  bool operator==(const Period&) const = default;
};

std::string to_text(const Period& period);  // "15 days", "1 month", "3 business days"

// How an instrument counts. Both may be empty.
struct PeriodRule {
  DayPredicate is_holiday;      // the named calendar; empty: none named, business days are Monday to Friday
  DayPredicate is_working_day;  // empty: no shift; otherwise a last day that fails it moves to the next that passes
};

// The last day on which what must be done within `period` of `event` is in time. Nothing past the calendar, and where a
// shift finds no working day within a year. Precondition: the unit is not Hours (throws std::logic_error).
std::optional<Date> deadline_within(const Period& period, Date event, const PeriodRule& rule = {});
// The same from a moment: for hours the last minute in time, for other units the last minute of the last day.
std::optional<Moment> deadline_within(const Period& period, Moment event, const PeriodRule& rule = {});

struct MomentRange {
  Moment earliest;
  Moment latest;
  bool operator==(const MomentRange&) const = default;
};
// From a bare date, any unit: for hours the event may fall at any minute of its day; for others both ends agree.
std::optional<MomentRange> deadline_range_within(const Period& period, Date event, const PeriodRule& rule = {});

}  // namespace onus

template <>
struct std::hash<onus::Date> {
  std::size_t operator()(onus::Date date) const noexcept { return static_cast<std::size_t>(date.days); }
};
