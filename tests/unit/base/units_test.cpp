#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/units.hpp"
#include "support.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

UnitId unit(std::string_view text) { return find_unit(text).value(); }

std::vector<UnitId> all_ids() {
  std::vector<UnitId> ids;
  for (std::size_t i = 0; i < all_units().size(); ++i) ids.push_back({static_cast<std::uint16_t>(i)});
  return ids;
}

}  // namespace

TEST_CASE("every unit is found by its names and by no other unit's") {
  std::map<std::string, std::size_t> seen;
  for (const UnitId id : all_ids()) {
    CHECK(find_unit(unit_of(id).name) == id);
    CHECK(find_unit(unit_of(id).plural) == id);
    CHECK(nearest_unit(unit_of(id).name) == id);
    CHECK(seen.emplace(unit_of(id).name, id.index).second);
    CHECK_FALSE(dimension_name(dimension_of(id)).empty());
  }
}

TEST_CASE("spellings") {
  CHECK(find_unit("flop") == unit("FLOP"));
  CHECK(find_unit("PETAFLOP/S-DAYS") == unit("petaFLOP/s-day"));
  CHECK(find_unit("petaFLOP/s day") == unit("petaFLOP/s-day"));
  CHECK(find_unit("Business-Days") == unit("business day"));
  CHECK(find_unit("working days") == unit("business day"));
  CHECK(find_unit("calendar days") == unit("day"));
  CHECK(find_unit("%") == unit("percent"));
  CHECK(find_unit("euros") == unit("EUR"));
  CHECK(find_unit("people") == unit("person"));
  for (const char* text : {"", " ", "FLOPs", "FLOPS", "FLO P", "dollars", "euro cents", "EURO/s", "xyz", "days days"})
    CHECK_FALSE(find_unit(text));
  CHECK_FALSE(find_unit(std::string(100000, 'd')));
}

TEST_CASE("a misspelt unit is answered with the one that was meant") {
  CHECK(nearest_unit("FLOPS") == unit("FLOP"));
  CHECK(nearest_unit("FLPO") == unit("FLOP"));
  CHECK(nearest_unit("petaFLOPs-day") == unit("petaFLOP/s-day"));
  CHECK(nearest_unit("EURO ") == unit("EUR"));
  CHECK(nearest_unit("EUT") == unit("EUR"));
  CHECK(nearest_unit("buisness days") == unit("business day"));
  CHECK(nearest_unit("yaers") == unit("year"));
  CHECK_FALSE(nearest_unit("furlongs"));
  CHECK_FALSE(nearest_unit(""));
  CHECK_FALSE(nearest_unit("x"));
  CHECK_FALSE(nearest_unit(std::string(100000, 'd')));
}

TEST_CASE("one amount is singular, all others plural") {
  CHECK(unit_name(unit("day"), Number(1)) == "day");
  CHECK(unit_name(unit("day"), Number(2)) == "days");
  CHECK(unit_name(unit("day"), num("0.5")) == "days");
  CHECK(unit_name(unit("FLOP"), Number(2)) == "FLOP");
  CHECK(unit_name(unit("EUR")) == "EUR");
}

TEST_CASE("conversions are exact within a dimension") {
  CHECK(factor(unit("petaFLOP/s-day")) == num("8.64e19"));
  CHECK(factor(unit("exaFLOP/s-day")) == num("8.64e22"));
  CHECK(factor(unit("yottaFLOP")) == num("1e24"));
  CHECK(factor(unit("percent")) == num("1/100"));
  CHECK(to_base(num("3"), unit("percent")) == num("0.03"));
  CHECK(to_base(num("33"), unit("percent")) != num("1/3"));
  CHECK(to_base(num("100/3"), unit("percent")) == num("1/3"));
  CHECK(to_base(num("115740740.740740740740740740"), unit("petaFLOP/s-day")) < num("1e28"));
  CHECK(convert(num("1"), unit("petaFLOP/s-day"), unit("FLOP")) == num("86400e15"));
  CHECK(convert(num("8.64e19"), unit("FLOP"), unit("petaFLOP/s-day")) == Number(1));
  CHECK(convert(num("2"), unit("week"), unit("day")) == Number(14));
  CHECK(convert(num("1"), unit("day"), unit("hour")) == Number(24));
  CHECK(convert(num("1"), unit("hour"), unit("minute")) == Number(60));
  CHECK(convert(num("3"), unit("year"), unit("month")) == Number(36));
  CHECK(convert(num("1"), unit("terabyte"), unit("megabyte")) == num("1e6"));
  CHECK_FALSE(convert(num("1"), unit("EUR"), unit("USD")));
  CHECK_FALSE(convert(num("1"), unit("month"), unit("day")));
  for (const UnitId from : all_ids()) {
    CHECK(factor(from) > Number(0));
    for (const UnitId to : all_ids()) {
      const auto there = convert(num("7/3"), from, to);
      CHECK(there.has_value() == same_dimension(from, to));
      if (there) CHECK(*convert(*there, to, from) == num("7/3"));
    }
  }
}

TEST_CASE("the table of pairs that may be compared is the written one") {
  const std::vector<std::set<std::string>> groups = {
      {"percent"},
      {"FLOP", "gigaFLOP", "teraFLOP", "petaFLOP", "exaFLOP", "zettaFLOP", "yottaFLOP", "petaFLOP/s-day", "exaFLOP/s-day"},
      {"FLOP/s", "gigaFLOP/s", "teraFLOP/s", "petaFLOP/s", "exaFLOP/s"},
      {"second", "minute", "hour", "day", "week"},
      {"month", "year"},
      {"business day"},
      {"person"},
      {"user"},
      {"byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"},
      {"token"},
      {"parameter"},
      {"AUD"}, {"BRL"}, {"CAD"}, {"CHF"}, {"CNY"}, {"EUR"}, {"GBP"}, {"INR"}, {"JPY"}, {"KRW"}, {"SGD"}, {"USD"}};
  const auto group_of = [&](UnitId id) {
    const auto found = std::ranges::find_if(
        groups, [&](const auto& group) { return group.contains(std::string(unit_name(id))); });
    REQUIRE(found != groups.end());
    return found - groups.begin();
  };
  std::size_t members = 0;
  for (const auto& group : groups) members += group.size();
  CHECK(members == all_units().size());
  for (const UnitId left : all_ids())
    for (const UnitId right : all_ids()) CHECK(same_dimension(left, right) == (group_of(left) == group_of(right)));
  std::set<std::string_view> names;
  for (const UnitId id : all_ids()) names.insert(dimension_name(dimension_of(id)));
  CHECK(names.size() == groups.size());
}

TEST_CASE("base units, currencies and calendar units") {
  CHECK(base_unit(Dimension::Compute) == unit("FLOP"));
  CHECK(base_unit(Dimension::ComputeRate) == unit("FLOP/s"));
  CHECK(base_unit(Dimension::Duration) == unit("second"));
  CHECK(base_unit(Dimension::Eur) == unit("EUR"));
  for (const UnitId id : all_ids()) {
    const UnitId base = base_unit(dimension_of(id));
    CHECK(same_dimension(base, id));
    if (dimension_of(id) != Dimension::Share) CHECK(factor(base) == Number(1));
    CHECK(is_currency(dimension_of(id)) == dimension_name(dimension_of(id)).starts_with("money"));
  }
  CHECK(period_unit(unit("hours")) == Period::Unit::Hours);
  CHECK(period_unit(unit("days")) == Period::Unit::Days);
  CHECK(period_unit(unit("weeks")) == Period::Unit::Weeks);
  CHECK(period_unit(unit("months")) == Period::Unit::Months);
  CHECK(period_unit(unit("years")) == Period::Unit::Years);
  CHECK(period_unit(unit("business days")) == Period::Unit::BusinessDays);
  CHECK_FALSE(period_unit(unit("minutes")));
  CHECK_FALSE(period_unit(unit("FLOP")));
}
