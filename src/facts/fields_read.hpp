// Which facts the rules ask for.
#pragma once

#include <vector>

#include "model/model.hpp"

namespace onus::facts {

// The raw fields that any provision reads, in conditions, amounts, dates and paths, in order of the vocabulary. An inverse
// counts as the relation that it inverts, a chain as its steps.
[[nodiscard]] std::vector<model::FieldId> fields_read(const model::Model& model);

}  // namespace onus::facts
