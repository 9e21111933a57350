// Why a proposition has its outcome in one world (semantics.md § 6, *because*).
#include "oracle/world.hpp"

namespace onus::oracle {

using model::Condition;
using model::ConditionId;
using model::ConditionKind;
using model::ProvisionId;

void World::ground(const Proposition& proposition, Date t, Provisions& out, bool why_not) {
  if (!grounded_.insert({proposition, t, why_not}).second || is_free(proposition)) return;
  const Outcome what = outcome(proposition, t);
  const bool named = proposition.of != Proposition::Of::Norm;   // a norm's own verdict implies it
  for (const Instance& instance : instances(proposition, t)) {
    switch (what) {
      case Outcome::Yes:
        if (fires(instance, t)) ground_fired(instance, t, named, false, out);   // why it is so, not why not
        break;
      case Outcome::No:
        if (!met(instance, t)) break;
        if (named) out.insert(instance.provision);
        ground_stopped(instance, t, false, out);
        break;
      case Outcome::Silent:
        if (!in_force(instance, t)) break;
        if (named) out.insert(instance.provision);
        Frame frame = frame_of(instance, t);
        for (const ConditionId id : conditions_of(instance)) {
          if (!holds(id, frame)) ground_condition(id, frame, true, out);
        }
        break;
    }
  }
}

// A provision that fired: itself, what its condition used, and whatever tried to stop it and was stopped.
void World::ground_fired(const Instance& instance, Date t, bool named, bool why_not, Provisions& out) {
  if (named) out.insert(instance.provision);
  if (!instance.target && follows(instance.provision)) {
    for (const ProvisionId norm : followed(instance, t)) out.insert(norm);
  }
  Frame frame = frame_of(instance, t);
  if (condition_of(instance, t, false)) {
    for (const ConditionId id : conditions_of(instance)) ground_condition(id, frame, why_not, out);
  }
  for (const Instance& open : open_in(instance)) {
    const Question question{Question::Of::Choice, no_entity, open.provision.index, 0, *open.target, no_entity, open.row};
    const auto answer = choices.find(question);
    if (answer != choices.end() && answer->second && fires(open, t)) ground_fired(open, t, true, why_not, out);
  }
  for (const Instance& attacker : attackers(instance)) {
    if (!met(attacker, t) || fires(attacker, t)) continue;
    out.insert(attacker.provision);
    ground_stopped(attacker, t, why_not, out);
  }
}

// What kept a provision that is met from firing.
void World::ground_stopped(const Instance& instance, Date t, bool why_not, Provisions& out) {
  for (const Instance& attacker : attackers(instance)) {
    if (fires(attacker, t)) ground_fired(attacker, t, true, why_not, out);
  }
  Frame frame = frame_of(instance, t);
  for (const ConditionId id : conditions_of(instance)) ground_unless(id, frame, true, why_not, out);
  if (rebutted(instance, t)) ground_condition(*model_.provisions[instance.provision].rebutted, frame, why_not, out);
}

// Each positive `unless B` that held: what *met* leaves out.
void World::ground_unless(ConditionId id, Frame& frame, bool positive, bool why_not, Provisions& out) {
  const Condition& condition = model_.conditions[id];
  switch (condition.kind) {
    case ConditionKind::Unless:
      ground_unless(condition.children[0], frame, positive, why_not, out);
      if (positive && holds(condition.children[1], frame)) ground_condition(condition.children[1], frame, why_not, out);
      return;
    case ConditionKind::Not: ground_unless(condition.children[0], frame, !positive, why_not, out); return;
    case ConditionKind::All:
    case ConditionKind::Any:
    case ConditionKind::AtLeast:
      for (const ConditionId child : condition.children) ground_unless(child, frame, positive, why_not, out);
      return;
    case ConditionKind::Alternatives: ground_unless(condition.children[0], frame, positive, why_not, out); return;
    case ConditionKind::Quantified: {
      const Entity before = frame.row.at(condition.variable.index);
      const bool body_positive = condition.quantifier == model::Quantifier::No ? !positive : positive;
      for (const Entity entity : range(condition.variable, frame)) {
        frame.row[condition.variable.index] = entity;
        ground_unless(condition.children.back(), frame, body_positive, why_not, out);
      }
      frame.row[condition.variable.index] = before;
      return;
    }
    default: return;
  }
}

// What a condition used, given what it is: of a true `and` all, of a false one the false members; `or` the other way round.
void World::ground_condition(ConditionId id, Frame& frame, bool why_not, Provisions& out) {
  const Condition& condition = model_.conditions[id];
  const bool truth = holds(id, frame);
  switch (condition.kind) {
    case ConditionKind::All:
    case ConditionKind::Any:
    case ConditionKind::AtLeast:
      for (const ConditionId child : condition.children) {
        if (holds(child, frame) == truth) ground_condition(child, frame, why_not, out);
      }
      return;
    case ConditionKind::Not: ground_condition(condition.children[0], frame, why_not, out); return;
    case ConditionKind::Unless:
      if (holds(condition.children[0], frame) == truth) ground_condition(condition.children[0], frame, why_not, out);
      if (holds(condition.children[1], frame) != truth) ground_condition(condition.children[1], frame, why_not, out);
      return;
    case ConditionKind::Quantified: ground_quantified(condition, truth, frame, why_not, out); return;
    case ConditionKind::Alternatives: ground_condition(condition.children[0], frame, why_not, out); return;
    case ConditionKind::Compare:
      // Where one side is not there, nothing was compared.
      if (!amount(condition.left, frame) || !amount(condition.right, frame)) return;
      ground_amount(condition.left, frame, why_not, out);
      ground_amount(condition.right, frame, why_not, out);
      return;
    case ConditionKind::Judgement: {
      ground_path(condition.path, frame, why_not, out);
      if (const auto entity = end_of(condition.path, frame)) ground_judged(condition, *entity, frame.t, why_not, out);
      return;
    }
    case ConditionKind::Concluded: {
      ground_path(condition.path, frame, why_not, out);
      if (condition.has_path2) ground_path(condition.path2, frame, why_not, out);
      const auto entity = end_of(condition.path, frame);
      if (!entity) return;
      Proposition proposition;
      proposition.id = condition.predicate.index;
      proposition.regulation = condition.regulation.value_or(model_.provisions[frame.provision].regulation);
      proposition.first = *entity;
      if (condition.has_path2) {
        const auto other = end_of(condition.path2, frame);
        if (!other) return;
        proposition.second = *other;
      }
      // Where nothing speaks there is nothing to name, unless one asks why not.
      if (outcome(proposition, frame.t) != Outcome::Silent || why_not) ground(proposition, frame.t, out, why_not);
      return;
    }
    case ConditionKind::YesNo:
    case ConditionKind::Member:
    case ConditionKind::Has: ground_path(condition.path, frame, why_not, out); return;
    case ConditionKind::Pair:
    case ConditionKind::Same:
    case ConditionKind::Unknowable:
      ground_path(condition.path, frame, why_not, out);
      if (condition.has_path2) ground_path(condition.path2, frame, why_not, out);
      return;
  }
}

void World::ground_quantified(const Condition& condition, bool truth, Frame& frame, bool why_not, Provisions& out) {
  const Entity before = frame.row.at(condition.variable.index);
  for (const Entity entity : range(condition.variable, frame)) {
    frame.row[condition.variable.index] = entity;
    const ConditionId body = condition.children.back();
    const bool filtered = !condition.has_filter || holds(condition.children.front(), frame);
    const bool filled = holds(body, frame);
    if (condition.quantifier == model::Quantifier::Every) {
      // Not the filter, or the body.
      if (truth != (!filtered || filled)) continue;
      if (condition.has_filter && truth == !filtered) ground_condition(condition.children.front(), frame, why_not, out);
      if (truth == filled) ground_condition(body, frame, why_not, out);
    } else {
      // The filter and the body; `no`: of none.
      const bool both = filtered && filled;
      if (both != (condition.quantifier == model::Quantifier::No ? !truth : truth)) continue;
      if (condition.has_filter && filtered == both) ground_condition(condition.children.front(), frame, why_not, out);
      if (filled == both) ground_condition(body, frame, why_not, out);
    }
  }
  frame.row[condition.variable.index] = before;
}

// A presumption that makes it true, though an answer may do so too, or that an answer overrode.
void World::ground_judged(const Condition& condition, Entity entity, Date t, bool why_not, Provisions& out) {
  if (condition.form == model::JudgementForm::EstablishedNot) return;   // the answer alone
  Proposition presumed;
  presumed.of = Proposition::Of::Presumed;
  presumed.id = condition.field.index;
  presumed.first = entity;
  if (outcome(presumed, t) == Outcome::Yes) ground(presumed, t, out, why_not);
}

void World::ground_of_judgement(model::FieldId field, Entity entity, Date t, Provisions& out) {
  Condition condition;
  condition.kind = ConditionKind::Judgement;
  condition.field = field;
  ground_judged(condition, entity, t, true, out);
}

void World::ground_path(const model::Path& path, Frame& frame, bool why_not, Provisions& out) {
  std::optional<Entity> at = frame.row.at(path.root.index);
  for (const model::Step& step : path.steps) {
    if (!at) return;
    if (step.kind == model::Step::Kind::Value) {
      ground_value(step.value, *at, frame.t, why_not, out);
      at = entity_value(step.value, *at, frame.t);
    } else {
      at = related(*at, step.field);
    }
  }
}

// The computed terms of an amount; not those behind the amount of one.
void World::ground_amount(model::ExprId id, Frame& frame, bool why_not, Provisions& out) {
  const model::Expr& expr = model_.exprs[id];
  switch (expr.kind) {
    case model::ExprKind::Sum:
    case model::ExprKind::Count:
    case model::ExprKind::Greatest:
    case model::ExprKind::Smallest: return;
    case model::ExprKind::Fact: ground_path(expr.path, frame, why_not, out); break;
    case model::ExprKind::Value:
      ground_path(expr.path, frame, why_not, out);
      if (const auto owner = end_of(expr.path, frame)) ground_value(expr.value, *owner, frame.t, why_not, out);
      break;
    default: break;
  }
  for (const model::ExprId operand : expr.operands) ground_amount(operand, frame, why_not, out);
}

void World::ground_value(model::ValueId id, Entity owner, Date t, bool why_not, Provisions& out) {
  if (model_.values[id].recursive && is_boundary(owner)) return;
  out.insert(model_.values[id].provision);
  auto found = taken(id, owner, t);
  if (!found) return;
  for (const model::ConditionId guard : found->guards) ground_condition(guard, found->frame, why_not, out);
}

}  // namespace onus::oracle
