// The rows of a case (semantics.md § 7): for whom and what each norm and conclusion is judged, whatever the verdict.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "evaluate/context.hpp"

namespace onus::evaluate {

// (holder, object) pairs that some provision's anchor in the case connects through the role; in order of the case.
std::vector<std::pair<EntityIndex, EntityIndex>> role_pairs(Context& context, model::PredicateId role, model::RegulationId regulation);

struct Row {
  BindingId binding{};
  std::optional<EntityIndex> bearer, object;   // at the ends of the norm's paths, where `match` holds
};

// The rows of a norm: every relation that its subject states is given or possible.
std::vector<Row> rows_of(Context& context, model::ProvisionId norm);

struct ConclusionRow {
  model::PredicateId predicate{};
  model::RegulationId regulation{};
  EntityIndex subject = 0;
  std::optional<EntityIndex> object;
};
// What the provision concludes and of whom, for the first time in this set: every conclusion comes once.
using Concluded = std::set<std::pair<model::PredicateId, model::RegulationId>>;
std::vector<ConclusionRow> rows_concluded(Context& context, model::ProvisionId definition, Concluded& concluded);

}  // namespace onus::evaluate
