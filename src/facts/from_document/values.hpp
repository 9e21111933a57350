// Reads the value of one term of one entity.
#pragma once

#include <optional>
#include <string>

#include "facts/from_document/context.hpp"

namespace onus::facts {

// The state that is written at `value`; nothing when it was reported. Not for yearly terms as a whole: one year's value.
[[nodiscard]] std::optional<FieldState> read_state(Context& context, const model::Field& field, NodeId value);

// What the term takes, for a message: "`yes` or `no`, `not given`".
[[nodiscard]] std::string forms_of(const Context& context, const model::Field& field);

// An example of an amount of the term in the file's format: "`3e24 FLOP`", "`{"amount": 3e24, "unit": "FLOP"}`".
[[nodiscard]] std::string amount_example(const Context& context, const model::Field& field, std::string_view number);

// Amounts, whole numbers, dates and moments, with their ranges: fills value, low, high and written. The node is neither null
// nor one of the words that every term takes. (quantities.cpp)
[[nodiscard]] bool read_quantity(Context& context, const model::Field& field, NodeId value, FieldState& state);

// Reports that the value does not fit. (values.cpp)
void report_wrong_value(Context& context, const model::Field& field, NodeId value);

}  // namespace onus::facts
