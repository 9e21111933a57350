#include "model/parts.hpp"

namespace onus::model {

Parts parts_of(const Model& model, const Provision& provision) {
  Parts result;
  const auto condition = [&](const std::optional<ConditionId>& id) {
    if (id && model.conditions.contains(*id)) result.conditions.push_back(*id);
  };
  const auto expr = [&](const std::optional<ExprId>& id) {
    if (id && model.exprs.contains(*id)) result.exprs.push_back(*id);
  };
  for (const auto& each : {provision.scope, provision.condition, provision.claim, provision.rebutted}) condition(each);
  for (const ValueCase& one : provision.cases) {
    condition(one.guard);
    expr(one.expr);
    for (const auto& alternative : one.alternatives) {
      condition(alternative.guard);
      expr(alternative.expr);
    }
  }
  for (const Towards& towards : provision.towards) expr(towards.who);
  for (const Limit& limit : provision.limits) {
    expr(limit.to);
    condition(limit.condition);
  }
  for (const Due& due : provision.dues) expr(due.expr);
  for (const Fulfilment& one : provision.fulfilled_by) {
    expr(one.expr);
    condition(one.condition);
  }
  expr(provision.at_most);
  expr(provision.from);
  expr(provision.until);
  for (const Target& target : provision.targets) {
    condition(target.condition);
    expr(target.date);
  }
  return result;
}

}  // namespace onus::model
