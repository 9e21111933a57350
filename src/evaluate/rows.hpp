// The rows of a case (semantics.md § 7): for whom and what each norm and conclusion is judged, whatever the verdict.
#pragma once

#include <utility>
#include <vector>

#include "evaluate/context.hpp"

namespace onus::evaluate {

// (holder, object) pairs that some provision's anchor in the case connects through the role; in order of the case.
std::vector<std::pair<EntityIndex, EntityIndex>> role_pairs(Context& context, model::PredicateId role, model::RegulationId regulation);

// Bindings of the norm's row variables: every relation that its subject states is given or possible.
std::vector<BindingId> rows_of(Context& context, model::ProvisionId norm);

}  // namespace onus::evaluate
