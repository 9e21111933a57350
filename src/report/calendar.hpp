// The deadlines of a report as a calendar file (iCalendar).
#pragma once

#include <string>

#include "report/check.hpp"

namespace onus::reports {

struct CalendarText {
  std::string text;
  std::string summary;                 // "the calendar has 12 events; 4 deadlines have no date …": nothing is dropped silently
};
// Of the timelines of the cases. What comes round has each of its turns, or a rule where the report was asked for no span.
CalendarText calendar(const CheckReport& report);

}  // namespace onus::reports
