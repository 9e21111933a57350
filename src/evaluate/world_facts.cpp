#include <algorithm>

#include "base/date.hpp"
#include "evaluate/world_cell.hpp"

namespace onus::evaluate {

using facts::FieldState;
using model::Closing;
using model::Field;
using model::FieldId;
using model::FieldType;
using solve::ExpressionStore;
using solve::LinearForm;

namespace {

solve::Domain domain_of(const Field& field) {
  solve::Domain domain;
  switch (field.type) {
    case FieldType::Count:
      domain.integer = true;
      domain.lower = solve::Bound{Number(0), true};
      break;
    case FieldType::Date:
      domain.integer = true;
      domain.lower = solve::Bound{Number(0), true};
      domain.upper = solve::Bound{Number(Date::last_day), true};
      break;
    case FieldType::Moment:
      domain.integer = true;
      domain.lower = solve::Bound{Number(0), true};
      domain.upper = solve::Bound{Number(Moment::last().minutes), true};
      break;
    default: domain.lower = solve::Bound{Number(0), true}; break;
  }
  return domain;
}

}  // namespace

void World::fill(Cell& cell, EntityIndex entity, FieldId id, std::int32_t year) {
  const auto& field = model_.fields[id];
  const auto* state = is_implied(entity) ? nullptr : the_case_.state(facts::EntityId{entity}, id, year);
  // Nothing is known about an implied entity: its closed fields are open too.
  const bool silent = !is_implied(entity) && state == nullptr && field.closing != Closing::Open && !options_.no_defaults;
  const bool closed = silent && !options_.reopen;
  if (field.type == FieldType::Relation) return fill_relation(cell, entity, id, state, silent);
  if (field.type == FieldType::Inverse || field.type == FieldType::OneInverse) return fill_inverse(cell, entity, id);
  if (field.type == FieldType::Chain) {
    cell.alternatives = chain(entity, id);
    bool ends_open = ends_recursion(entity);
    for (const auto& alternative : cell.alternatives) ends_open = ends_open || ends_recursion(alternative.entity);
    if (ends_open) {
      cell.fact = &new_fact(entity, id, 0);
      cell.further = cell.fact;
    }
    return;
  }
  auto& fact = new_fact(entity, id, year);
  cell.fact = &fact;
  const bool exact = state != nullptr && state->value == FieldState::Value::Exact;
  const bool not_applicable = state != nullptr && state->value == FieldState::Value::NotApplicable;
  const bool open = !exact && !not_applicable && !closed && !(state != nullptr && state->value == FieldState::Value::Between);

  if (field.type == FieldType::Judgement) {
    const auto answer = state == nullptr ? FieldState::Answer::None : state->answer;
    if (answer == FieldState::Answer::Yes || answer == FieldState::Answer::No) {
      const bool yes = answer == FieldState::Answer::Yes;
      cell.judgement = {ExpressionStore::constant(yes), ExpressionStore::constant(yes), ExpressionStore::constant(!yes)};
      return;
    }
    const auto truth = new_boolean(fact);
    auto record = solve::false_expr;
    const bool silent_record = !is_implied(entity) && state == nullptr && !options_.no_defaults;
    const bool stated = answer == FieldState::Answer::NotEstablished;
    if (!stated && (!silent_record || options_.reopen)) {
      record = new_boolean(fact);
      if (silent_record) require(store_.implies(unless_closed(fact, "taken as not established"), ExpressionStore::not_(record)));
    }
    cell.judgement = {truth, store_.and_(record, truth), store_.and_(record, ExpressionStore::not_(truth))};
    return;
  }

  // Existence, for fields with *none*.
  if (field.optional) {
    if (not_applicable || (closed && field.closing == Closing::None)) {
      cell.exists = solve::false_expr;
    } else if (open) {
      cell.exists = new_boolean(fact);
      if (silent && field.closing == Closing::None) {
        require(store_.implies(unless_closed(fact, "taken as none"), ExpressionStore::not_(cell.exists)));
      }
    }
  }
  switch (field.type) {
    case FieldType::YesNo:
      if (exact) {
        cell.yes = ExpressionStore::constant(state->yes);
      } else if (closed) {
        cell.yes = solve::false_expr;
      } else {
        cell.yes = new_boolean(fact);
        if (silent) require(store_.implies(unless_closed(fact, "taken as no"), ExpressionStore::not_(cell.yes)));
      }
      break;
    case FieldType::OneOf:
      cell.members.assign(field.members.size(), solve::false_expr);
      if (exact) {
        cell.members.at(state->member) = solve::true_expr;
      } else if (!cell.exists.is_false()) {
        for (auto& member : cell.members) member = new_boolean(fact);
        require(store_.at_most_one(cell.members));
        require(store_.iff(store_.or_(cell.members), cell.exists));
      }
      break;
    case FieldType::AnyOf:
      cell.members.assign(field.members.size(), solve::false_expr);
      if (exact) {
        for (const auto member : state->members) cell.members.at(member) = solve::true_expr;
      } else if (!cell.exists.is_false()) {
        for (auto& member : cell.members) {
          member = new_boolean(fact);
          if (!cell.exists.is_true()) require(store_.implies(member, cell.exists));
        }
      }
      break;
    case FieldType::PairSet:
      for (const auto other : by_kind_[field.target->index]) {
        if (exact || not_applicable || closed) {
          const auto& set = state != nullptr ? state->entities : std::vector<facts::EntityId>{};
          const bool holds = !is_implied(other) && std::find(set.begin(), set.end(), facts::EntityId{other}) != set.end();
          cell.pairs[other] = ExpressionStore::constant(holds);
        } else {
          cell.pairs[other] = new_boolean(fact);
          if (silent) require(store_.implies(unless_closed(fact, "taken as none"), ExpressionStore::not_(cell.pairs[other])));
        }
        if (!cell.pairs[other].is_false()) cell.alternatives.push_back({cell.pairs[other], other});
      }
      cell.pairs_open = !(exact || not_applicable || closed);
      if (cell.pairs_open) cell.further = &fact;
      break;
    case FieldType::Amount:
    case FieldType::Count:
    case FieldType::Date:
    case FieldType::Moment:
      if (exact) {
        cell.form = LinearForm(state->low);
      } else if (state != nullptr && state->value == FieldState::Value::Between) {
        if (state->low == state->high) {
          cell.form = LinearForm(state->low);
        } else {
          auto domain = domain_of(field);
          domain.lower = solve::Bound{state->low, true};
          domain.upper = solve::Bound{state->high, true};
          cell.form = LinearForm(new_real(fact, domain));
        }
      } else if (!cell.exists.is_false()) {
        cell.form = LinearForm(new_real(fact, domain_of(field)));
      }
      break;
    case FieldType::Judgement:
    case FieldType::Relation:
    case FieldType::Inverse:
    case FieldType::OneInverse:
    case FieldType::Chain: break;
  }
}

Fact* World::further_of_kind(model::KindId kind) {
  if (!options_.no_defaults && !options_.reopen) return nullptr;
  auto& further = further_of_kind_[kind.index];
  if (further == nullptr) {
    further = &new_fact(0, std::nullopt, 0);
    further->kind = kind;
    further->text = "whether there is another " + model_.kinds[kind].name;
    if (!options_.no_defaults) unless_closed(*further, "the case lists every " + model_.kinds[kind].name);
  }
  return further;
}

// Where the chain ends at somebody of whom nothing is known; other sets are open wherever they are.
Expr World::may_go_on(const Fact& further) {
  if (!further.field || model_.fields[*further.field].type != FieldType::Chain || ends_recursion(further.entity)) return solve::true_expr;
  std::vector<Expr> ends;
  for (const auto& alternative : members(further.entity, *further.field)) {
    if (ends_recursion(alternative.entity)) ends.push_back(alternative.guard);
  }
  return store_.or_(ends);
}

Expr World::further_boolean(Fact& further) {
  const auto result = new_boolean(further);
  further_booleans_.insert(store_.variable(result));
  require(store_.implies(result, may_go_on(further)));
  if (further.closed) require(store_.implies(store_.boolean(*further.closed), ExpressionStore::not_(result)));
  return result;
}

LinearForm World::further_amount(Fact& further, bool integer, bool any_sign) {
  solve::Domain domain;
  domain.integer = integer;
  if (!any_sign) domain.lower = solve::Bound{Number(0), true};
  const LinearForm result(new_real(further, domain));
  further_reals_.insert(result.terms().front().variable);
  require(store_.or_(may_go_on(further), store_.is_zero(result)));
  if (further.closed) require(store_.implies(store_.boolean(*further.closed), store_.is_zero(result)));
  return result;
}

Expr World::cannot_know(EntityIndex entity, FieldId id, std::int32_t year, std::optional<EntityIndex> actor) {
  const auto* state = is_implied(entity) ? nullptr : the_case_.state(facts::EntityId{entity}, id, year);
  if (state != nullptr && state->unknowable_to_all) return solve::true_expr;
  if (state != nullptr && !state->unknowable_to.empty()) {
    if (!actor) return solve::false_expr;
    const bool listed_there = !is_implied(*actor) && std::find(state->unknowable_to.begin(), state->unknowable_to.end(),
                                                               facts::EntityId{*actor}) != state->unknowable_to.end();
    return ExpressionStore::constant(listed_there);
  }
  if (state != nullptr && state->value != FieldState::Value::NotGiven) return solve::false_expr;
  auto& the_cell = cell(entity, id, year);
  // For every actor, or one after the other; whom nobody can know it, this actor cannot.
  const auto variable = [&](std::uint32_t who) {
    const auto [it, fresh] = cannot_.try_emplace(Key{entity, id.index, static_cast<std::int32_t>(who) - 1}, solve::false_expr);
    if (fresh) it->second = new_boolean(*the_cell.fact);
    return std::pair{it->second, fresh};
  };
  const auto everybody = variable(0).first;
  if (!actor) return everybody;
  const auto [result, fresh] = variable(*actor + 1);
  if (fresh) require(store_.implies(everybody, result));
  return result;
}

}  // namespace onus::evaluate
