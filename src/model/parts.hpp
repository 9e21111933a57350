// What a provision is made of: the conditions and expressions that stand in it, each as a whole.
#pragma once

#include <vector>

#include "model/model.hpp"

namespace onus::model {

struct Parts {
  std::vector<ConditionId> conditions;
  std::vector<ExprId> exprs;
};

// Those that stand in the provision itself and in its targets; what they are made of is for the caller to follow.
[[nodiscard]] Parts parts_of(const Model& model, const Provision& provision);

}  // namespace onus::model
