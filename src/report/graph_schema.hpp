// The JSON Schema of `graph/1`, what `onus graph --format json` prints.
#pragma once

#include <string_view>

namespace onus::reports {

extern const std::string_view graph_schema;

}  // namespace onus::reports
