// Deadlines of norms as functions of the day on which their clock starts (semantics.md § 8).
#pragma once

#include <optional>

#include "base/date.hpp"
#include "model/model.hpp"

namespace onus::evaluate {

// A dated deadline can be missed: by, before, within.
[[nodiscard]] bool is_dated(const model::Due& due);
// The last day in time where the clock starts on `event`. Nothing for turns of a period, requests and what goes on, for hours
// (which need a moment), and past the calendar. No text names holidays: a working day is Monday to Friday.
[[nodiscard]] std::optional<Date> last_day_in_time(const model::Model& model, const model::Provision& norm, const model::Due& due,
                                                   Date event);
// The same from a moment, within a period of it: for hours the last minute in time, else the last minute of the last day.
[[nodiscard]] std::optional<Moment> last_moment_in_time(const model::Model& model, const model::Provision& norm, const model::Due& due,
                                                        Moment event);
// Whether a last day that is no working day moves on.
[[nodiscard]] bool moves_on(const model::Model& model, const model::Provision& norm);

}  // namespace onus::evaluate
