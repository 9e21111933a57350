// The model as text, for tests and for reading: one line a declaration, one block a provision, conditions in full with every
// name resolved. Equal models give equal text.
#pragma once

#include <string>

#include "model/model.hpp"

namespace onus::model {

[[nodiscard]] std::string dump(const Model& model);

// One condition or expression, over the variables of its scheme.
[[nodiscard]] std::string dump(const Model& model, ConditionId id, const std::vector<Variable>& variables);
[[nodiscard]] std::string dump(const Model& model, ExprId id, const std::vector<Variable>& variables);

}  // namespace onus::model
