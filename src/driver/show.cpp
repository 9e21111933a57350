#include <algorithm>

#include "base/text.hpp"
#include "driver/run.hpp"
#include "report/show.hpp"

namespace onus {

Result show(const ShowRequest& request, Loader& loader) {
  try {
    for (const auto& what : request.only) {
      const auto& names = reports::show_sections();
      if (std::find(names.begin(), names.end(), what) == names.end()) {
        throw driver::UsageError("--only: `" + what + "` is not one of " + join(names, ", ") + driver::hint(what, names));
      }
    }
    driver::Session session(loader, driver::limits_of(request.common));
    for (const auto& path : request.paths) session.open(path);
    if (!session.has_rules() && session.sink().errors() == 0) throw driver::UsageError("name at least one rule file or folder");
    if (!session.cases().empty() && session.sink().errors() == 0) throw driver::UsageError("onus show takes rule files only");
    Result result;
    if (session.build() && session.sink().errors() == 0) {
      result.out = request.common.format == Format::Json
                       ? reports::show_json(session.model(), session.sources(), session.inputs(), request.only)
                       : reports::show_page(session.model(), driver::style_of(request.common.out_layout), request.only);
    } else {
      result.exit = Exit::Rejected;
    }
    result.messages = driver::messages_of(session, request.common);
    return result;
  } catch (const driver::UsageError& error) {
    return driver::usage_result<Result>(error);
  }
}

}  // namespace onus
