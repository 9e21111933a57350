#include "base/units.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace onus {

namespace {

constexpr auto units = std::to_array<Unit>({
#define ONUS_UNIT(name, plural, dimension, coefficient, exponent) \
  Unit{name, plural, Dimension::dimension, coefficient, exponent},
#define ONUS_UNIT_ALIAS(spelling, name)
#include "base/units.def"
#undef ONUS_UNIT
#undef ONUS_UNIT_ALIAS
});

struct Alias {
  std::string_view spelling;
  std::string_view name;
};

constexpr auto aliases = std::to_array<Alias>({
#define ONUS_UNIT(name, plural, dimension, coefficient, exponent)
#define ONUS_UNIT_ALIAS(spelling, name) Alias{spelling, name},
#include "base/units.def"
#undef ONUS_UNIT
#undef ONUS_UNIT_ALIAS
});

// Every accepted spelling, normalised, with its unit; in the order of the list, singular before plural.
struct Spellings {
  std::vector<std::string> texts;
  std::vector<UnitId> ids;

  Spellings() {
    for (std::size_t i = 0; i < units.size(); ++i) {
      add(units[i].name, i);
      if (units[i].plural != units[i].name) add(units[i].plural, i);
    }
    for (const Alias& alias : aliases) {
      const auto* target = std::ranges::find(units, alias.name, &Unit::name);
      if (target == units.end()) throw std::logic_error("units.def: an alias of no unit");
      add(alias.spelling, static_cast<std::size_t>(target - units.begin()));
    }
  }

  void add(std::string_view spelling, std::size_t index) {
    texts.push_back(normalise_name(spelling));
    ids.push_back({static_cast<std::uint16_t>(index)});
  }
};

const Spellings& spellings() {
  static const Spellings all;
  return all;
}

constexpr std::size_t longest_spelling = 64;  // of what a person may have meant; longer text is not searched

}  // namespace

std::span<const Unit> all_units() { return units; }

const Unit& unit_of(UnitId id) { return units.at(id.index); }

std::optional<UnitId> find_unit(std::string_view text) {
  if (text.size() > longest_spelling) return std::nullopt;
  const auto& texts = spellings().texts;
  const auto found = std::ranges::find(texts, normalise_name(text));
  if (found == texts.end()) return std::nullopt;
  return spellings().ids[static_cast<std::size_t>(found - texts.begin())];
}

std::optional<UnitId> nearest_unit(std::string_view text) {
  if (text.size() > longest_spelling) return std::nullopt;
  const auto found = nearest(std::span<const std::string>(spellings().texts), text);
  if (!found) return std::nullopt;
  return spellings().ids[*found];
}

std::string_view unit_name(UnitId id) { return unit_of(id).name; }

std::string_view unit_name(UnitId id, const Number& amount) {
  return amount == Number(1) ? unit_of(id).name : unit_of(id).plural;
}

Dimension dimension_of(UnitId id) { return unit_of(id).dimension; }

std::string_view dimension_name(Dimension dimension) {
  switch (dimension) {
    case Dimension::Share: return "a share";
    case Dimension::Compute: return "operations (FLOP)";
    case Dimension::ComputeRate: return "operations a second (FLOP/s)";
    case Dimension::Duration: return "a length of time";
    case Dimension::CalendarSpan: return "a span of months or years";
    case Dimension::BusinessDays: return "business days";
    case Dimension::Persons: return "persons";
    case Dimension::Users: return "users";
    case Dimension::Bytes: return "bytes";
    case Dimension::Tokens: return "tokens";
    case Dimension::Parameters: return "parameters";
    case Dimension::Aud: return "money in AUD";
    case Dimension::Brl: return "money in BRL";
    case Dimension::Cad: return "money in CAD";
    case Dimension::Chf: return "money in CHF";
    case Dimension::Cny: return "money in CNY";
    case Dimension::Eur: return "money in EUR";
    case Dimension::Gbp: return "money in GBP";
    case Dimension::Inr: return "money in INR";
    case Dimension::Jpy: return "money in JPY";
    case Dimension::Krw: return "money in KRW";
    case Dimension::Sgd: return "money in SGD";
    case Dimension::Usd: return "money in USD";
  }
  return "";
}

bool same_dimension(UnitId left, UnitId right) { return dimension_of(left) == dimension_of(right); }

UnitId base_unit(Dimension dimension) {
  // The list gives each dimension's base unit first.
  const auto* found = std::ranges::find(units, dimension, &Unit::dimension);
  return {static_cast<std::uint16_t>(found - units.begin())};
}

bool is_currency(Dimension dimension) { return dimension >= Dimension::Aud; }

Number factor(UnitId id) {
  const Unit& unit = unit_of(id);
  return Number(unit.coefficient) * Number::power_of_ten(unit.exponent);
}

Number to_base(const Number& amount, UnitId unit) { return amount * factor(unit); }

Number from_base(const Number& base_amount, UnitId unit) { return base_amount / factor(unit); }

std::optional<Number> convert(const Number& amount, UnitId from, UnitId to) {
  if (!same_dimension(from, to)) return std::nullopt;
  if (from == to) return amount;
  return from_base(to_base(amount, from), to);
}

std::optional<Period::Unit> period_unit(UnitId id) {
  const std::string_view name = unit_of(id).name;
  if (name == "hour") return Period::Unit::Hours;
  if (name == "day") return Period::Unit::Days;
  if (name == "week") return Period::Unit::Weeks;
  if (name == "month") return Period::Unit::Months;
  if (name == "year") return Period::Unit::Years;
  if (name == "business day") return Period::Unit::BusinessDays;
  return std::nullopt;
}

}  // namespace onus
