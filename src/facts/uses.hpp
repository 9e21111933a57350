// What a provision looks at: the raw fields and, for recursion, the conclusions, values and judgements with the steps that
// lead to the entity they are about. One walk over the conditions and expressions of a provision, without recursion.
#pragma once

#include <vector>

#include "model/model.hpp"

namespace onus::facts {

// A conclusion, value or judgement that is used, reached by these relations (inverses as the relation that they invert).
struct Dependency {
  enum class Kind : std::uint8_t { Predicate, Value, Judgement } kind = Kind::Predicate;
  std::uint32_t index = 0;               // of the PredicateId, ValueId or FieldId
  std::vector<model::FieldId> steps;
};

struct Uses {
  std::vector<model::FieldId> fields;    // in order of the walk, repeated; inverses and chains as written
  std::vector<Dependency> dependencies;
};

[[nodiscard]] Uses uses_of(const model::Model& model, model::ProvisionId provision);

// The relations of a step: of an inverse the one that it inverts, of a chain its steps.
void append_relations(const model::Model& model, model::FieldId field, std::vector<model::FieldId>& relations);
// The relations of a path, with those by which its root is reached where it is a quantified variable.
[[nodiscard]] std::vector<model::FieldId> relations_of(const model::Model& model, const model::Path& path,
                                                       const std::vector<model::Variable>& variables);

}  // namespace onus::facts
