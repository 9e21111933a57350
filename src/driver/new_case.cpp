#include "driver/run.hpp"
#include "facts/fields_read.hpp"
#include "facts/skeleton.hpp"

namespace onus {

Result new_case(const NewCaseRequest& request, Loader& loader) {
  try {
    driver::Session session(loader, driver::limits_of(request.common));
    const Date as_of = request.as_of ? driver::date_of("--as-of", *request.as_of) : driver::today();
    for (const auto& path : request.paths) session.open(path);
    if (!session.has_rules() && session.sink().errors() == 0) throw driver::UsageError("name at least one rule file or folder");
    if (!session.cases().empty() && session.sink().errors() == 0) throw driver::UsageError("onus new case takes rule files only");
    Result result;
    if (session.build() && session.sink().errors() == 0) {
      result.out = facts::case_skeleton(session.model(), facts::fields_read(session.model()), as_of);
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
