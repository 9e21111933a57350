// The closed list of units, each with its dimension and its exact factor.
//
// Promises. Two amounts compare or add only within one dimension; there is no conversion between currencies, between
// operations and operations a second, between months and days, or between a percentage and anything with a unit. Every
// factor is exact. Names ignore case and take a hyphen for a blank, singular and plural alike.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/date.hpp"
#include "base/number.hpp"

namespace onus {

enum class Dimension : std::uint8_t {
  Share,         // percent; the dimension of a bare ratio
  Compute,       // operations: FLOP
  ComputeRate,   // operations a second: FLOP/s
  Duration,      // seconds to weeks, as amounts; how periods run is in date.hpp
  CalendarSpan,  // months and years, whose length in days varies
  BusinessDays,
  Persons,
  Users,
  Bytes,
  Tokens,
  Parameters,
  // Each currency is a dimension of its own.
  Aud, Brl, Cad, Chf, Cny, Eur, Gbp, Inr, Jpy, Krw, Sgd, Usd,
};

struct UnitId {
  std::uint16_t index;
  auto operator<=>(const UnitId&) const = default;
};

struct Unit {
  std::string_view name;    // as printed with 1: "FLOP", "day"
  std::string_view plural;  // as printed otherwise: "FLOP", "days"
  Dimension dimension;
  // One of this unit is coefficient * 10^exponent of the dimension's base unit.
  std::int64_t coefficient;
  std::int32_t exponent;
};

std::span<const Unit> all_units();  // in the order of units.def; UnitId indexes it
const Unit& unit_of(UnitId id);

// Any accepted spelling; nothing for an unknown word. Looks at the whole text.
std::optional<UnitId> find_unit(std::string_view text);
// The unit that a misspelt word most likely meant, if one is near enough.
std::optional<UnitId> nearest_unit(std::string_view text);

std::string_view unit_name(UnitId id);
std::string_view unit_name(UnitId id, const Number& amount);  // plural unless the amount is 1
Dimension dimension_of(UnitId id);
// For messages: "operations (FLOP)", "money in EUR", "a share".
std::string_view dimension_name(Dimension dimension);
bool same_dimension(UnitId left, UnitId right);
UnitId base_unit(Dimension dimension);  // the unit of factor 1 (for Share: none is 1, percent is given)
bool is_currency(Dimension dimension);

Number factor(UnitId id);                                  // in base units; 1/100 for percent
Number to_base(const Number& amount, UnitId unit);         // amount * factor
Number from_base(const Number& base_amount, UnitId unit);  // base_amount / factor
// Nothing when the dimensions differ.
std::optional<Number> convert(const Number& amount, UnitId from, UnitId to);

// The calendar unit in which a deadline may be counted; nothing for other units.
std::optional<Period::Unit> period_unit(UnitId id);

}  // namespace onus
