// Equal keys in one mapping, for both readers.
#pragma once

#include "base/limits.hpp"
#include "data/document.hpp"
#include "diagnostics/diagnostic.hpp"

namespace onus::data {

// Reports each key that stands in its mapping a second time, with the place of the first; true when there is none. Keys
// are compared as decoded text, so `"a"` and `a` are equal. At most `limits.diagnostics_per_file` are reported.
bool check_keys(const Document& document, const Limits& limits, Sink& sink);

}  // namespace onus::data
