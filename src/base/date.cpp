#include "base/date.hpp"

#include <algorithm>
#include <array>

namespace onus {

namespace {

using Kind = DateError::Kind;

constexpr std::array<std::string_view, 12> month_names = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> weekday_names = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                           "Friday", "Saturday", "Sunday"};

// Days before the first of each month in a year that is no leap year.
constexpr std::array<std::int32_t, 12> days_before_month = {0,   31,  59,  90,  120, 151,
                                                            181, 212, 243, 273, 304, 334};

// The cycles of the Gregorian calendar, in days.
constexpr std::int32_t four_centuries = 146097;
constexpr std::int32_t one_century = 36524;
constexpr std::int32_t four_years = 1461;
constexpr std::int32_t one_year = 365;

constexpr std::size_t date_size = 10;
constexpr std::size_t moment_size = 16;

std::int32_t days_before_year(int year) {
  const int past = year - 1;
  return past * one_year + past / 4 - past / 100 + past / 400;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Digits at [from, to) of a text whose shape is known.
int digits(std::string_view text, std::size_t from, std::size_t to) {
  int value = 0;
  for (std::size_t i = from; i < to; ++i) value = value * 10 + (text[i] - '0');
  return value;
}

// Where `text` departs from a pattern of digits (0) and literal characters; the pattern's size if nowhere.
std::size_t departs(std::string_view text, std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i)
    if (i >= text.size() || (pattern[i] == '0' ? !is_digit(text[i]) : text[i] != pattern[i])) return i;
  return pattern.size();
}

void append(std::string& out, int value, int width) {
  const std::string text = std::to_string(value);
  out.append(static_cast<std::size_t>(width) - text.size(), '0');
  out += text;
}

// The first ten characters, whose shape is known.
tl::expected<Date, DateError> read_date(std::string_view text) {
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 7);
  const int day = digits(text, 8, 10);
  if (year == 0) return tl::unexpected(DateError{Kind::NoSuchYear, 0});
  if (month < 1 || month > 12) return tl::unexpected(DateError{Kind::NoSuchMonth, 5, year, month});
  if (const auto date = Date::from_civil(year, month, day)) return *date;
  return tl::unexpected(DateError{Kind::NoSuchDay, 8, year, month});
}

}  // namespace

bool is_leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(int year, int month) {
  if (month == 2) return is_leap_year(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::string_view month_name(int month) { return month_names.at(static_cast<std::size_t>(month - 1)); }

std::string_view weekday_name(Weekday weekday) { return weekday_names.at(static_cast<std::size_t>(weekday)); }

std::optional<Date> Date::from_civil(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
    return std::nullopt;
  const std::int32_t leap = month > 2 && is_leap_year(year) ? 1 : 0;
  return Date{days_before_year(year) + days_before_month.at(static_cast<std::size_t>(month - 1)) + leap + day - 1};
}

CivilDate Date::civil() const {
  std::int32_t rest = days;
  int year = 1;
  // The last day of a long cycle would otherwise count as a fifth century or a fifth year.
  const auto take = [&](std::int32_t size, int years, std::int32_t most) {
    const std::int32_t count = std::min(rest / size, most);
    rest -= count * size;
    year += count * years;
  };
  take(four_centuries, 400, last_day);
  take(one_century, 100, 3);
  take(four_years, 4, 24);
  take(one_year, 1, 3);
  int month = 1;
  while (rest >= days_in_month(year, month)) rest -= days_in_month(year, month++);
  return {year, month, rest + 1};
}

Weekday Date::weekday() const { return static_cast<Weekday>(days % 7); }  // 0001-01-01 is a Monday

tl::expected<Date, DateError> parse_date(std::string_view text) {
  if (const std::size_t at = departs(text, "0000-00-00"); at < date_size)
    return tl::unexpected(DateError{Kind::Shape, at});
  if (text.size() > date_size) {
    const bool time = text.size() > date_size + 1 && (text[date_size] == 'T' || text[date_size] == ' ' || text[date_size] == 't') &&
                      is_digit(text[date_size + 1]);
    return tl::unexpected(DateError{time ? Kind::HasTime : Kind::Shape, date_size});
  }
  return read_date(text);
}

tl::expected<Moment, DateError> parse_moment(std::string_view text) {
  if (const std::size_t at = departs(text, "0000-00-00"); at < date_size)
    return tl::unexpected(DateError{Kind::Shape, at});
  if (text.size() == date_size) return tl::unexpected(DateError{Kind::MissingTime, date_size});
  if (const std::size_t at = departs(text, "0000-00-00T00:00"); at < moment_size)
    return tl::unexpected(DateError{Kind::MomentShape, at});
  if (text.size() > moment_size) return tl::unexpected(DateError{Kind::MomentShape, moment_size});
  const auto date = read_date(text);
  if (!date) return tl::unexpected(date.error());
  const int hour = digits(text, 11, 13);
  const int minute = digits(text, 14, 16);
  if (hour > 23) return tl::unexpected(DateError{Kind::NoSuchTime, 11});
  if (minute > 59) return tl::unexpected(DateError{Kind::NoSuchTime, 14});
  return Moment{Moment::start_of(*date).minutes + hour * 60 + minute};
}

std::string explain(const DateError& error) {
  switch (error.kind) {
    case Kind::Shape: return "a date is written as 2025-08-02: year, month and day";
    case Kind::MomentShape: return "a moment is written as 2025-08-02T09:30: local time, no seconds and no zone";
    case Kind::HasTime: return "a date is wanted here, without a time of day";
    case Kind::MissingTime: return "a moment is wanted here, a date with its time of day as in 2025-08-02T09:30";
    case Kind::NoSuchYear: return "years run from 0001 to 9999";
    case Kind::NoSuchMonth: return "months run from 01 to 12";
    case Kind::NoSuchDay:
      return std::string(month_name(error.month)) + " " + std::to_string(error.year) + " has " +
             std::to_string(days_in_month(error.year, error.month)) + " days";
    case Kind::NoSuchTime: return "the time of day runs from 00:00 to 23:59";
  }
  return "";
}

std::string to_text(Date date) {
  const CivilDate civil = date.civil();
  std::string text;
  append(text, civil.year, 4);
  text += '-';
  append(text, civil.month, 2);
  text += '-';
  append(text, civil.day, 2);
  return text;
}

std::string to_text(Moment moment) {
  std::string text = to_text(moment.date());
  text += 'T';
  append(text, moment.minute_of_day() / 60, 2);
  text += ':';
  append(text, moment.minute_of_day() % 60, 2);
  return text;
}

std::optional<Date> add_days(Date date, std::int64_t count) {
  // Compared before adding, so that no count overflows.
  if (count > Date::last_day - date.days || count < -std::int64_t{date.days}) return std::nullopt;
  return Date{static_cast<std::int32_t>(date.days + count)};
}

std::optional<Date> add_months(Date date, std::int64_t count) {
  constexpr std::int64_t all_months = 9999 * 12;
  if (count > all_months || count < -all_months) return std::nullopt;
  const CivilDate civil = date.civil();
  const std::int64_t target = (civil.year - 1) * 12 + (civil.month - 1) + count;
  if (target < 0 || target >= all_months) return std::nullopt;
  const auto year = static_cast<int>(target / 12) + 1;
  const auto month = static_cast<int>(target % 12) + 1;
  return Date::from_civil(year, month, std::min(civil.day, days_in_month(year, month)));
}

std::optional<Date> add_years(Date date, std::int64_t count) {
  if (count > 9999 || count < -9999) return std::nullopt;
  return add_months(date, count * 12);
}

std::optional<Moment> add_minutes(Moment moment, std::int64_t count) {
  if (count > Moment::last().minutes - moment.minutes || count < -moment.minutes) return std::nullopt;
  return Moment{moment.minutes + count};
}

}  // namespace onus
