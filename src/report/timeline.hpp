// What the reports of timelines share: pages, JSON and calendars.
#pragma once

#include <cstddef>
#include <string>

#include "report/check.hpp"
#include "report/writer.hpp"

namespace onus::reports {

// The norm applies on the day, or may.
bool may_apply(const evaluate::NormVerdict& verdict);
// None: a day without a world.
const evaluate::NormVerdict* verdict_on(const evaluate::NormTimeline& row, Date day);
// The event is a day of a deadline, which its index names.
bool is_of_deadline(evaluate::Event::Kind kind);
// "from 2026-09-01 to 2028-01-31", "from 2026-09-01 on".
std::string span_text(const CheckReport& report, const evaluate::CaseTimeline& timeline);

// The rows of one case, without a title; and what stands below all cases.
void write_timeline(const CheckReport& report, const CaseReport& one, Writer& out, bool all);
void close_timeline(const CheckReport& report, Writer& out, bool all);

struct TimelineCounts {
  std::size_t rows = 0;                // of norms
  std::size_t changes = 0;             // of a verdict or status from one day to the next
  std::size_t deadlines = 0;           // with a date or with days between which it lies
  std::size_t undated = 0;             // without: it depends, nothing started it, or it is no day (on request, continuously)
  std::size_t gave_up = 0;
};
TimelineCounts count_timelines(const CheckReport& report);

}  // namespace onus::reports
