#include "base/text.hpp"
#include "driver/run.hpp"
#include "report/pages.hpp"

namespace onus {

Result rule_page(const std::optional<std::string>& code, const Common& common) {
  Result result;
  if (!code) {
    result.out = common.format == Format::Json ? reports::pages_json() : reports::pages_list(driver::style_of(common.out_layout));
    return result;
  }
  const auto kind = reports::kind_of(*code);
  if (!kind) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < kind_count(); ++i) {
      names.emplace_back(info(static_cast<Kind>(i)).code);
      names.emplace_back(info(static_cast<Kind>(i)).name);
    }
    return driver::usage_result<Result>(driver::UsageError("there is no diagnostic `" + *code + "`" + driver::hint(*code, names)));
  }
  result.out = common.format == Format::Json ? reports::page_json(*kind) : reports::page_text(*kind, driver::style_of(common.out_layout));
  return result;
}

}  // namespace onus
