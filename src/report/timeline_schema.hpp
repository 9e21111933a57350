// The JSON Schema of `timeline/1`, what `onus check --from … --to … --format json` prints.
#pragma once

#include <string_view>

namespace onus::reports {

extern const std::string_view timeline_schema;

}  // namespace onus::reports
