#include <algorithm>

#include "base/text.hpp"
#include "driver/run.hpp"
#include "facts/schema.hpp"
#include "report/schemas.hpp"

namespace onus {

Result schema(const SchemaRequest& request, Loader& loader) {
  try {
    std::vector<std::string> names{"case"};
    for (const auto& known : reports::schemas()) names.emplace_back(known.name);
    Result result;
    if (!request.name) {
      result.out = "case          a case file; with rule files behind it, of just these rules\n";
      for (const auto& known : reports::schemas()) result.out += reports::padded(known.name, 14) + std::string(known.about) + "\n";
      return result;
    }
    if (std::find(names.begin(), names.end(), *request.name) == names.end()) {
      throw driver::UsageError("there is no schema `" + *request.name + "`" + driver::hint(*request.name, names) + " (" + join(names, ", ") + ")");
    }
    if (*request.name != "case") {
      if (!request.rules.empty()) throw driver::UsageError("only the schema `case` takes rule files");
      for (const auto& known : reports::schemas()) {
        if (known.name == *request.name) result.out = known.text;
      }
      return result;
    }
    if (request.rules.empty()) {
      result.out = facts::case_schema(nullptr);
      return result;
    }
    driver::Session session(loader, driver::limits_of(request.common));
    for (const auto& path : request.rules) session.open(path);
    if (session.build() && session.sink().errors() == 0) {
      result.out = facts::case_schema(&session.model());
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
