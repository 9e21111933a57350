// Conditions and amounts in one world (semantics.md § 3): two-valued, read as they stand.
#include <algorithm>

#include "oracle/world.hpp"

namespace onus::oracle {

using model::Condition;
using model::ConditionId;
using model::ConditionKind;
using model::Expr;
using model::ExprId;
using model::ExprKind;
using model::FieldType;

// ---- paths and sets ------------------------------------------------------------------------------------------------------

std::optional<Entity> World::end_of(const model::Path& path, Frame& frame) {
  std::optional<Entity> at = frame.row.at(path.root.index);
  if (*at == no_entity) throw Unsupported("an entity that is not bound");
  for (const model::Step& step : path.steps) {
    if (!at) return std::nullopt;
    at = step.kind == model::Step::Kind::Field ? related(*at, step.field) : entity_value(step.value, *at, frame.t);
  }
  return at;
}

std::vector<Entity> World::range(model::VariableId id, Frame& frame) {
  const model::Variable variable = frame.variables->at(id.index);
  std::vector<Entity> result;
  if (!variable.domain_of) {
    result = universe_.listed_of(variable.kind);
  } else if (const auto owner = end_of(*variable.domain_of, frame)) {
    result = set_of(*owner, *variable.domain);
  }
  if (variable.other_than) {
    result.erase(std::remove(result.begin(), result.end(), frame.row.at(variable.other_than->index)), result.end());
  }
  return result;
}

// ---- conditions ------------------------------------------------------------------------------------------------------------

std::size_t World::true_ones(const Condition& condition, Frame& frame, bool drop, bool positive) {
  std::size_t count = 0;
  for (const ConditionId child : condition.children) count += holds(child, frame, drop, positive) ? 1 : 0;
  return count;
}

// One instance of a quantified condition: filter and body, or for `every`: not the filter, or the body.
bool World::holds_for(const Condition& condition, Entity entity, Frame& frame, bool drop, bool positive) {
  const Entity before = frame.row.at(condition.variable.index);
  frame.row[condition.variable.index] = entity;
  const bool every = condition.quantifier == model::Quantifier::Every;
  bool result;
  if (condition.has_filter && !holds(condition.children.front(), frame, drop, every ? !positive : positive)) {
    result = every;
  } else {
    result = holds(condition.children.back(), frame, drop, positive);
  }
  frame.row[condition.variable.index] = before;
  return result;
}

bool World::holds(ConditionId id, Frame& frame, bool drop, bool positive) {
  const Condition& condition = model_.conditions[id];
  switch (condition.kind) {
    case ConditionKind::All:
      for (const ConditionId child : condition.children) {
        if (!holds(child, frame, drop, positive)) return false;
      }
      return true;
    case ConditionKind::Any:
      for (const ConditionId child : condition.children) {
        if (holds(child, frame, drop, positive)) return true;
      }
      return false;
    case ConditionKind::AtLeast:
      return true_ones(condition, frame, drop, positive) >= static_cast<std::size_t>(condition.count);
    case ConditionKind::Not: return !holds(condition.children[0], frame, drop, !positive);
    case ConditionKind::Unless:
      if (!holds(condition.children[0], frame, drop, positive)) return false;
      if ((drop && positive) || fault_ == Fault::LostUnless) return true;
      return !holds(condition.children[1], frame, drop, !positive);
    case ConditionKind::Quantified: {
      const bool no = condition.quantifier == model::Quantifier::No;
      std::size_t count = 0;
      const std::vector<Entity> all = range(condition.variable, frame);
      for (const Entity entity : all) count += holds_for(condition, entity, frame, drop, no ? !positive : positive) ? 1 : 0;
      switch (condition.quantifier) {
        case model::Quantifier::AtLeast: return count >= static_cast<std::size_t>(condition.count);
        case model::Quantifier::Every: return count == all.size();
        case model::Quantifier::No: return count == 0;
      }
      return false;
    }
    case ConditionKind::Alternatives: {
      std::size_t chosen = 0;
      if (const auto reading = readings_.find(frame.provision); reading != readings_.end()) {
        for (std::size_t index = 0; index < condition.alternatives.size(); ++index) {
          if (condition.alternatives[index] == reading->second) chosen = index + 1;
        }
      }
      return holds(condition.children[chosen], frame, drop, positive);
    }
    case ConditionKind::Compare: return compare(condition, frame);
    case ConditionKind::YesNo: {
      const auto entity = end_of(condition.path, frame);
      return entity && yes(*entity, condition.field);
    }
    case ConditionKind::Member: {
      const auto entity = end_of(condition.path, frame);
      return entity && has_member(*entity, condition.field, condition.member);
    }
    case ConditionKind::Pair: {
      const auto entity = end_of(condition.path, frame);
      const auto other = end_of(condition.path2, frame);
      return entity && other && pair(*entity, condition.field, *other);
    }
    case ConditionKind::Judgement: {
      const auto entity = end_of(condition.path, frame);
      return entity && judged(condition, *entity, frame.t);
    }
    case ConditionKind::Concluded: {
      const auto entity = end_of(condition.path, frame);
      if (!entity) return false;
      Proposition proposition;
      proposition.id = condition.predicate.index;
      proposition.regulation = condition.regulation.value_or(
          frame.provision.is_valid() ? model_.provisions[frame.provision].regulation
                                     : model_.predicates[condition.predicate].regulation.value_or(model::RegulationId{0}));
      proposition.first = *entity;
      if (condition.has_path2) {
        const auto other = end_of(condition.path2, frame);
        if (!other) return false;
        proposition.second = *other;
      }
      return outcome(proposition, frame.t) == Outcome::Yes;
    }
    case ConditionKind::Has: {
      const auto entity = end_of(condition.path, frame);
      if (!entity || !condition.has_field) return entity.has_value();
      if (model_.fields[condition.field].type == FieldType::OneOf) return has_one_of(*entity, condition.field, std::nullopt);
      return number(*entity, condition.field, condition.year.value_or(0)).has_value();
    }
    case ConditionKind::Same: {
      const auto entity = end_of(condition.path, frame);
      const auto other = end_of(condition.path2, frame);
      return entity && other && *entity == *other;
    }
    case ConditionKind::Unknowable: {
      const auto entity = end_of(condition.path, frame);
      if (!entity) return false;
      if (!condition.has_path2) throw Unsupported("unknowable to everybody");
      const auto who = end_of(condition.path2, frame);
      return who && !can_know(*who, *entity, condition.field, condition.year.value_or(0));
    }
  }
  return false;
}

bool World::compare(const Condition& condition, Frame& frame) {
  const auto left = amount(condition.left, frame);
  const auto right = amount(condition.right, frame);
  if (!left || !right) return false;
  Form form = *left;
  form.add(*right, Number(-1));
  Form negative;
  negative.add(form, Number(-1));
  switch (condition.relation) {
    case model::Relation::Greater: return search_.holds(form, fault_ == Fault::NotStrict ? Claim::NotNegative : Claim::Positive);
    case model::Relation::GreaterEqual: return search_.holds(form, Claim::NotNegative);
    case model::Relation::Less: return search_.holds(negative, Claim::Positive);
    case model::Relation::LessEqual: return search_.holds(negative, Claim::NotNegative);
    case model::Relation::Equal: return search_.holds(form, Claim::Zero);
  }
  return false;
}

// est(J): answered yes, or not answered no and presumed.
bool World::established(Entity entity, model::FieldId judgement, Date t) {
  const Record answer = record(entity, judgement);
  if (answer == Record::Yes) return true;
  if (answer == Record::No && fault_ != Fault::PresumptionWins) return false;
  Proposition presumed;
  presumed.of = Proposition::Of::Presumed;
  presumed.id = judgement.index;
  presumed.first = entity;
  return outcome(presumed, t) == Outcome::Yes;
}

bool World::judged(const Condition& condition, Entity entity, Date t) {
  switch (condition.form) {
    case model::JudgementForm::Established: return established(entity, condition.field, t);
    case model::JudgementForm::EstablishedNot: return record(entity, condition.field) == Record::No;
    case model::JudgementForm::Bare: return judgement(condition.field, entity, t);
  }
  return false;
}

bool World::judgement(model::FieldId field, Entity entity, Date t) {
  return established(entity, field, t) || (record(entity, field) != Record::No && truth(entity, field));
}

bool World::condition(ConditionId id, const Row& row, Date t) {
  Frame frame{{}, nullptr, row, t};
  return holds(id, frame);
}

// ---- amounts, dates ------------------------------------------------------------------------------------------------------------

std::optional<Form> World::amount(ExprId id, Frame& frame) {
  const Expr& expr = model_.exprs[id];
  const auto operand = [&](std::size_t index) { return amount(expr.operands.at(index), frame); };
  switch (expr.kind) {
    case ExprKind::Constant: return Form(expr.number);
    case ExprKind::DateLiteral: return Form(Number(expr.date.days));
    case ExprKind::MomentLiteral: return Form(Number(expr.moment.minutes));
    case ExprKind::Today: return Form(Number(frame.t.days));
    case ExprKind::Fact: {
      const auto entity = end_of(expr.path, frame);
      if (!entity) return std::nullopt;
      std::int32_t year = expr.year.value_or(0);
      if (!expr.year && model_.fields[expr.field].yearly) {
        const auto day = operand(0);
        if (!day) return std::nullopt;
        if (!day->is_constant()) throw Unsupported("the year of a date that is open");
        year = Date{static_cast<std::int32_t>(*day->constant.to_int64())}.year() + expr.year_shift;
      }
      auto result = number(*entity, expr.field, year);
      if (!result && fault_ == Fault::NoneIsZero && model_.fields[expr.field].type == FieldType::Amount) return Form(Number(0));
      return result;
    }
    case ExprKind::Value: {
      const auto entity = end_of(expr.path, frame);
      return entity ? value(expr.value, *entity, frame.t) : std::nullopt;
    }
    case ExprKind::Parameter: {
      if (expr.operands.empty()) return parameter(expr.parameter, frame.t);
      const auto day = operand(0);
      if (!day) return std::nullopt;
      if (!day->is_constant()) throw Unsupported("a parameter as of a date that is open");
      return parameter(expr.parameter, Date{static_cast<std::int32_t>(*day->constant.to_int64())});
    }
    case ExprKind::Add:
    case ExprKind::Subtract: {
      auto left = operand(0);
      const auto right = operand(1);
      if (!left || !right) return std::nullopt;
      left->add(*right, Number(expr.kind == ExprKind::Add ? 1 : -1));
      return left;
    }
    case ExprKind::Times: {
      const auto left = operand(0);
      const auto right = operand(1);
      if (!left || !right) return std::nullopt;
      if (!left->is_constant() && !right->is_constant()) throw Unsupported("a fact times a fact");
      Form form;
      form.add(left->is_constant() ? *right : *left, left->is_constant() ? left->constant : right->constant);
      return form;
    }
    case ExprKind::Higher:
    case ExprKind::Lower:
    case ExprKind::Later:
    case ExprKind::Earlier: {
      const bool of_dates = expr.kind == ExprKind::Later || expr.kind == ExprKind::Earlier;
      const bool greater = expr.kind == ExprKind::Later || expr.kind == ExprKind::Higher;
      std::optional<Form> best;
      for (std::size_t index = 0; index < expr.operands.size(); ++index) {
        const auto one = operand(index);
        if (!one && of_dates) continue;   // drops out
        if (!one) throw Unsupported("the higher or lower of an amount that is not there");
        if (!best) {
          best = one;
          continue;
        }
        Form difference = *one;
        difference.add(*best, Number(-1));
        if (search_.holds(difference, Claim::NotNegative) == greater) best = one;
      }
      return best;
    }
    case ExprKind::Sum:
    case ExprKind::Count:
    case ExprKind::Greatest:
    case ExprKind::Smallest: {
      const Entity before = frame.row.at(expr.variable.index);
      std::optional<Form> result = expr.kind == ExprKind::Sum || expr.kind == ExprKind::Count ? std::optional(Form()) : std::nullopt;
      for (const Entity entity : range(expr.variable, frame)) {
        frame.row[expr.variable.index] = entity;
        if (expr.filter && !holds(*expr.filter, frame)) continue;
        if (expr.kind == ExprKind::Count) {
          result->constant += Number(1);
          continue;
        }
        const auto one = operand(0);
        if (!one) throw Unsupported("an aggregate over an amount that is not there");
        if (expr.kind == ExprKind::Sum) {
          result->add(*one, Number(1));
        } else if (!result) {
          result = one;
        } else {
          Form difference = *one;
          difference.add(*result, Number(-1));
          if (search_.holds(difference, Claim::NotNegative) == (expr.kind == ExprKind::Greatest)) result = one;
        }
      }
      frame.row[expr.variable.index] = before;
      return result;
    }
    case ExprKind::Shift: {
      const auto day = operand(0);
      return day ? shifted(*day, expr) : std::nullopt;
    }
    case ExprKind::Text:
    case ExprKind::Entity:
    case ExprKind::Authority: break;
  }
  throw Unsupported("an expression that is no amount");
}

std::optional<Form> World::shifted(const Form& form, const Expr& expr) {
  const model::ExprType type = model_.type_of(expr.operands.at(0));
  const std::int64_t count = expr.period.count;
  if (type == model::ExprType::Moment) {
    std::int64_t minutes = 0;
    switch (expr.period.unit) {
      case Period::Unit::Hours: minutes = 60; break;
      case Period::Unit::Days: minutes = Moment::per_day; break;
      case Period::Unit::Weeks: minutes = 7 * Moment::per_day; break;
      default: throw Unsupported("a moment and a calendar period");
    }
    Form result = form;
    result.constant += Number(count * minutes);
    return result;
  }
  if (expr.period.unit == Period::Unit::Days || expr.period.unit == Period::Unit::Weeks) {
    // Also past the end of the calendar: the order of days goes on.
    Form result = form;
    result.constant += Number(expr.period.unit == Period::Unit::Weeks ? 7 * count : count);
    return result;
  }
  if (!form.is_constant()) throw Unsupported("a calendar period after a date that is open");
  const Date day{static_cast<std::int32_t>(*form.constant.to_int64())};
  std::optional<Date> result;
  switch (expr.period.unit) {
    case Period::Unit::Days:
    case Period::Unit::Weeks: break;   // above
    case Period::Unit::Months: result = add_months(day, count); break;
    case Period::Unit::Years: result = add_years(day, count); break;
    case Period::Unit::BusinessDays: result = add_business_days(day, count); break;
    case Period::Unit::Hours: throw Unsupported("hours after a date");
  }
  if (!result) return std::nullopt;
  return Form(Number(result->days));
}

std::optional<Form> World::parameter(model::ParameterId id, Date t) {
  for (const model::ParameterSpan& span : model_.parameters[id].spans) {
    if (span.from && t < *span.from) continue;
    if (span.until && t > *span.until) continue;
    return Form(span.number);
  }
  return std::nullopt;
}

// ---- computed terms -------------------------------------------------------------------------------------------------------------

std::optional<World::Taken> World::taken(model::ValueId value, Entity owner, Date t) {
  const model::ProvisionId id = model_.values[value].provision;
  const model::Provision& provision = model_.provisions[id];
  Taken result;
  result.frame = Frame{id, &provision.variables, Row(provision.variables.size(), no_entity), t};
  result.frame.row.at(0) = owner;
  const auto reading = readings_.find(id);
  std::optional<ExprId> otherwise;
  for (const model::ValueCase& one : provision.cases) {
    std::optional<ConditionId> guard = one.guard;
    ExprId expr = one.expr;
    for (const auto& other : one.alternatives) {
      if (reading == readings_.end() || reading->second != other.reading) continue;
      guard = other.guard;
      expr = other.expr;
    }
    if (!guard) {
      otherwise = expr;
    } else if (holds(*guard, result.frame)) {
      result.guards = {*guard};
      result.expr = expr;
      return result;
    } else {
      result.guards.push_back(*guard);
    }
  }
  if (!otherwise) return std::nullopt;
  result.expr = *otherwise;
  return result;
}

std::optional<Form> World::value(model::ValueId id, Entity owner, Date t) {
  if (model_.values[id].recursive && is_boundary(owner)) {
    if (model_.values[id].type != model::ExprType::Number) throw Unsupported("a recursive date of an implied entity");
    NumberDomain domain;
    domain.low = Number(0);
    return Form::of(universe_.number_variable({Question::Of::FreeAmount, owner, id.index, 0, 0, no_entity, {}}, domain));
  }
  const Entered entered(open_values_, std::pair(id, owner));
  auto found = taken(id, owner, t);
  return found ? amount(found->expr, found->frame) : std::nullopt;
}

std::optional<Entity> World::entity_value(model::ValueId id, Entity owner, Date t) {
  if (model_.values[id].recursive && is_boundary(owner)) throw Unsupported("a recursive entity of an implied entity");
  const Entered entered(open_values_, std::pair(id, owner));
  auto found = taken(id, owner, t);
  if (!found) return std::nullopt;
  const Expr& expr = model_.exprs[found->expr];
  if (expr.kind == ExprKind::Entity) return end_of(expr.path, found->frame);
  if (expr.kind == ExprKind::Value) {
    const auto at = end_of(expr.path, found->frame);
    return at ? entity_value(expr.value, *at, t) : std::nullopt;
  }
  throw Unsupported("an entity of another kind of expression");
}

}  // namespace onus::oracle
