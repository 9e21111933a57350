// A norm's particulars in a row (semantics.md § 8): whom it is owed to, its limits, its deadlines, its status. Functions of
// the case outside the graph of verdicts.
#pragma once

#include "evaluate/lens.hpp"
#include "evaluate/verdict.hpp"

namespace onus::evaluate {

// Fills towards, limits, when, due_depends_on, applies_from, enforceable_from and status of a verdict that is already there.
void add_particulars(Lens& lens, const Question& question, model::ProvisionId provision, BindingId row,
                     std::optional<EntityIndex> bearer, NormVerdict& verdict);

// What was done belongs to the row of this verdict on the provision.
[[nodiscard]] bool is_of_row(const facts::Done& done, model::ProvisionId provision, const NormVerdict& row);

// Of what comes round, counted from the day of an event: the first turn on this day or after it. Each is counted from the event
// itself, so that a month's last day stays one. Nothing: hours, or past the calendar.
[[nodiscard]] std::optional<Date> next_turn(const Period& period, Date event, Date on_or_after);

}  // namespace onus::evaluate
