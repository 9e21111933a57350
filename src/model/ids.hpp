// The ids by which the model's parts name each other.
#pragma once

#include "base/ids.hpp"

namespace onus::model {

using KindId = Id<struct KindTag>;              // a kind of entity: actor, model, modification
using FieldId = Id<struct FieldTag>;            // a raw term: a fact, relation or judgement that cases give
using PredicateId = Id<struct PredicateTag>;    // a derived predicate or role: concluded by provisions
using ValueId = Id<struct ValueTag>;            // a computed term: one `value` provision (its index among values)
using ParameterId = Id<struct ParameterTag>;
using ProvisionId = Id<struct ProvisionTag>;
using RegulationId = Id<struct RegulationTag>;
using PartId = Id<struct PartTag>;
using AuthorityId = Id<struct AuthorityTag>;
using SourceId = Id<struct SourceTag>;
using ExprId = Id<struct ExprTag>;              // an amount, date, entity or text
using ConditionId = Id<struct ConditionTag>;
using VariableId = Id<struct VariableTag>;      // an entity variable of a scheme: a row's entity or one bound by a quantifier

}  // namespace onus::model
