#include <array>
#include <stdexcept>

#include "base/date.hpp"

namespace onus {

namespace {

constexpr std::int64_t longest_shift = 366;  // days; a calendar with no working day in a year is no calendar

bool is_weekend(Date date) { return date.weekday() == Weekday::Saturday || date.weekday() == Weekday::Sunday; }

// The counted last day, before any shift.
std::optional<Date> counted(const Period& period, Date event, const DayPredicate& is_holiday) {
  switch (period.unit) {
    case Period::Unit::Hours: throw std::logic_error("a period of hours runs from a moment, not from a date");
    case Period::Unit::Days: return add_days(event, period.count);
    case Period::Unit::Weeks:
      if (period.count > Date::last_day || period.count < -Date::last_day) return std::nullopt;
      return add_days(event, period.count * 7);
    case Period::Unit::Months: return add_months(event, period.count);
    case Period::Unit::Years: return add_years(event, period.count);
    case Period::Unit::BusinessDays: return add_business_days(event, period.count, is_holiday);
  }
  return std::nullopt;
}

std::optional<Moment> add_hours(Moment moment, std::int64_t count) {
  if (count > Moment::last().minutes || count < -Moment::last().minutes) return std::nullopt;
  return add_minutes(moment, count * 60);
}

}  // namespace

bool is_business_day(Date date, const DayPredicate& is_holiday) {
  return !is_weekend(date) && !(is_holiday && is_holiday(date));
}

std::optional<Date> add_business_days(Date date, std::int64_t count, const DayPredicate& is_holiday) {
  const std::int32_t step = count < 0 ? -1 : 1;
  // One day at a time: holidays may fall anywhere. The calendar's end bounds the walk.
  for (std::int64_t left = count; left != 0;) {
    date.days += step;
    if (date < Date::first() || date > Date::last()) return std::nullopt;
    if (is_business_day(date, is_holiday)) left -= step;
  }
  return date;
}

std::string to_text(const Period& period) {
  constexpr std::array<std::string_view, 6> names = {"hour", "day", "week", "month", "year", "business day"};
  std::string text = std::to_string(period.count) + " ";
  text += names.at(static_cast<std::size_t>(period.unit));
  if (period.count != 1) text += 's';
  return text;
}

std::optional<Date> deadline_within(const Period& period, Date event, const PeriodRule& rule) {
  std::optional<Date> last = counted(period, event, rule.is_holiday);
  if (!rule.is_working_day) return last;
  for (std::int64_t shift = 0; last && shift <= longest_shift; ++shift) {
    if (rule.is_working_day(*last)) return last;
    last = add_days(*last, 1);
  }
  return std::nullopt;
}

std::optional<Moment> deadline_within(const Period& period, Moment event, const PeriodRule& rule) {
  if (period.unit == Period::Unit::Hours) return add_hours(event, period.count);
  const auto last = deadline_within(period, event.date(), rule);
  if (!last) return std::nullopt;
  return Moment::end_of(*last);
}

std::optional<MomentRange> deadline_range_within(const Period& period, Date event, const PeriodRule& rule) {
  const auto earliest = deadline_within(period, Moment::start_of(event), rule);
  const auto latest = deadline_within(period, Moment::end_of(event), rule);
  if (!earliest || !latest) return std::nullopt;
  return MomentRange{*earliest, *latest};
}

}  // namespace onus
