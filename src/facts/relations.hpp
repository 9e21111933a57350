// Which entities of a case are related to which, and what cannot be: two in one place of a one-to-one inverse, and circles
// along relations that the rules follow from entity to entity.
#pragma once

#include <vector>

#include "facts/case.hpp"
#include "facts/problems.hpp"
#include "model/model.hpp"

namespace onus::facts {

// Sets of relations along which something is computed from itself: the steps of each chain, and the steps between provisions
// that depend on one another in a circle. Each set in order of the vocabulary.
[[nodiscard]] std::vector<std::vector<model::FieldId>> recursion_groups(const model::Model& model);

// Reports both faults, with the places of the relations concerned. A circle is reported once, from its first entity.
void check_relations(const model::Model& model, const Case& read, Problems& problems);

}  // namespace onus::facts
