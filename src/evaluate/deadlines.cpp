#include "evaluate/deadlines.hpp"

namespace onus::evaluate {

using model::Due;

namespace {

PeriodRule rule_of(const model::Model& model, const model::Provision& norm) {
  PeriodRule rule;
  if (moves_on(model, norm)) {
    rule.is_working_day = [](Date day) { return day.weekday() != Weekday::Saturday && day.weekday() != Weekday::Sunday; };
  }
  return rule;
}

}  // namespace

bool is_dated(const Due& due) {
  return due.kind == Due::Kind::By || due.kind == Due::Kind::Before || due.kind == Due::Kind::Within;
}

bool moves_on(const model::Model& model, const model::Provision& norm) { return model.regulations[norm.regulation].shift_to_working_day; }

std::optional<Date> last_day_in_time(const model::Model& model, const model::Provision& norm, const Due& due, Date event) {
  switch (due.kind) {
    case Due::Kind::By:
    case Due::Kind::WithoutDelay: return event;
    case Due::Kind::Before: return add_days(event, -1);
    case Due::Kind::Within:
    case Due::Kind::For:
      if (due.period.unit == Period::Unit::Hours) return std::nullopt;
      return deadline_within(due.period, event, rule_of(model, norm));
    case Due::Kind::Every:
    case Due::Kind::OnRequest:
    case Due::Kind::Continuously: break;
  }
  return std::nullopt;
}

std::optional<Moment> last_moment_in_time(const model::Model& model, const model::Provision& norm, const Due& due, Moment event) {
  return deadline_within(due.period, event, rule_of(model, norm));
}

}  // namespace onus::evaluate
