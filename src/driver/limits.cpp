#include "base/limits.hpp"
#include "driver/run.hpp"
#include "report/json.hpp"

namespace onus {

Result limits_page(const Common& common) {
  Result result;
  try {
    const Limits limits = driver::limits_of(common);
    if (common.format == Format::Json) {
      reports::Json list = reports::Json::list();
      for (const auto& limit : limit_table) {
        reports::Json one = reports::Json::object();
        one.add("name", limit.name).add("value", reports::Json::number(static_cast<std::int64_t>(limits.*(limit.value))));
        one.add("unit", limit.unit).add("guards", limit.guards);
        if (limit.fixed) one.add("fixed", reports::Json::boolean(true));
        list.push(std::move(one));
      }
      reports::Json json = reports::Json::object();
      json.add("onus", version()).add("format", "limits/1").add("limits", std::move(list));
      result.out = json.print();
      return result;
    }
    for (const auto& limit : limit_table) {
      std::string value = std::to_string(limits.*(limit.value));
      if (!limit.unit.empty()) value += " " + std::string(limit.unit);
      result.out += reports::padded(limit.name, 22) + reports::padded(value, 22) + std::string(limit.guards) + (limit.fixed ? " (fixed)\n" : "\n");
    }
    result.out += "\nA limit that is not fixed is changed for one run with --limit NAME=VALUE.\n";
  } catch (const driver::UsageError& error) {
    return driver::usage_result<Result>(error);
  }
  return result;
}

}  // namespace onus
