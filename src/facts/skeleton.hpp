// A case file to fill in: one entity of each kind that is needed and a line for every fact that the rules read, with its type,
// unit, allowed values or question behind it.
#pragma once

#include <span>
#include <string>

#include "base/date.hpp"
#include "model/model.hpp"

namespace onus::facts {

// YAML that `read_case` accepts as it stands. Open facts are written out as `not given`; a fact that is closed unless stated
// stands in a comment, since writing `not given` would reopen it, and may be uncommented line by line.
[[nodiscard]] std::string case_skeleton(const model::Model& model, std::span<const model::FieldId> read, Date as_of);

}  // namespace onus::facts
