// The facts of a world: what the case says, what its silence means, and what it leaves open (semantics.md §§ 1, 2, 7).
#include <algorithm>

#include "oracle/world.hpp"

namespace onus::oracle {

using facts::FieldState;
using model::FieldId;
using model::FieldType;
using Of = Question::Of;

World::World(Universe& universe, Search& search, const Readings& readings, Fault fault)
    : universe_(universe), model_(universe.model()), search_(search), readings_(readings), fault_(fault) {}

std::uint32_t World::ask(const Question& question, std::uint32_t count) {
  return search_.choose(universe_.variable(question), count);
}

std::optional<Entity> World::related(Entity entity, FieldId field) {
  const std::size_t place = std::size_t{entity} * model_.fields.size() + field.index;
  if (place >= related_.size()) related_.resize(place + model_.fields.size());
  if (!related_[place].known) {
    const std::optional<Entity> found = find_related(entity, field);
    if (place < related_.size()) related_[place] = {true, found};
  }
  return related_[place].to;
}

std::optional<Entity> World::find_related(Entity entity, FieldId field) {
  const model::Field& info = model_.fields[field];
  if (info.type == FieldType::OneInverse) {
    // The one listed entity that points here; where none does, one that the case does not list.
    std::optional<Entity> found;
    for (const Entity other : universe_.listed_of(*info.target)) {
      if (related(other, *info.inverse_of) != entity) continue;
      if (found) throw Excluded{};   // two in one place
      found = other;
    }
    return found ? *found : universe_.implied(entity, field);
  }
  if (info.type != FieldType::Relation) throw Unsupported("a step over a set");
  if (universe_.is_result(entity) && model_.fields[universe_.relation(entity)].inverse_of == field) return universe_.owner(entity);
  if (!universe_.is_undetermined(entity, field)) {
    const FieldState* state = universe_.state(entity, field);
    if (state == nullptr || state->value == FieldState::Value::NotApplicable) return std::nullopt;
    return state->entities.at(0).index;
  }
  const auto& candidates = universe_.candidates(entity, field);
  const auto chosen = candidates[ask({Of::Fact, entity, field.index, 0, 0, no_entity, {}}, static_cast<std::uint32_t>(candidates.size()))];
  for (const std::size_t chain : universe_.chains_of(field)) {
    if (chosen && leads_to(*chosen, entity, universe_.chain(chain))) throw Excluded{};
  }
  // Another's implied entity is one only where that other has it.
  if (chosen && !universe_.is_listed(*chosen) && *chosen != candidates.back() && !is_there(*chosen)) throw Excluded{};
  return chosen;
}

bool World::leads_to(Entity from, Entity to, const std::vector<FieldId>& chain) {
  std::vector<Entity> todo{from};
  while (!todo.empty()) {
    const Entity at = todo.back();
    todo.pop_back();
    if (at == to) return true;
    for (const FieldId step : chain) {
      if (model_.fields[step].owner != universe_.kind(at)) continue;
      // Sets are given as they are; circles through them are refused with the case.
      if (model_.fields[step].type != FieldType::Relation) continue;
      const bool came_from_here = universe_.is_result(at) && model_.fields[universe_.relation(at)].inverse_of == step;
      const std::size_t place = std::size_t{at} * model_.fields.size() + step.index;
      const bool settled = came_from_here || !universe_.is_undetermined(at, step) || (place < related_.size() && related_[place].known);
      if (!settled) continue;   // who settles it looks
      if (const auto next = related(at, step)) todo.push_back(*next);
    }
  }
  return false;
}

bool World::yes(Entity entity, FieldId field) {
  const FieldState* state = universe_.state(entity, field);
  if (state != nullptr && state->value == FieldState::Value::Exact) return state->yes;
  if (universe_.is_closed(entity, field)) return false;
  if (fault_ == Fault::UnknownIsNo) return false;
  return ask({Of::Fact, entity, field.index, 0, 0, no_entity, {}}, 2) == 1;
}

bool World::has_one_of(Entity entity, FieldId field, std::optional<std::uint32_t> member) {
  const model::Field& info = model_.fields[field];
  const FieldState* state = universe_.state(entity, field);
  std::optional<std::uint32_t> value;
  if (universe_.is_closed(entity, field)) {
  } else if (state != nullptr && state->value == FieldState::Value::Exact) {
    value = state->member;
  } else if (state != nullptr && state->value == FieldState::Value::NotApplicable) {
  } else {
    const auto members = static_cast<std::uint32_t>(info.members.size());
    const std::uint32_t answer = ask({Of::Fact, entity, field.index, 0, 0, no_entity, {}}, members + (info.optional ? 1 : 0));
    if (answer < members) value = answer;
  }
  return value && (!member || *member == *value);
}

bool World::has_member(Entity entity, FieldId field, std::uint32_t member) {
  if (model_.fields[field].type == FieldType::OneOf) return has_one_of(entity, field, member);
  const FieldState* state = universe_.state(entity, field);
  if (universe_.is_closed(entity, field)) return false;
  if (state != nullptr) {
    const auto in = [&](const std::vector<std::uint32_t>& list) { return std::find(list.begin(), list.end(), member) != list.end(); };
    if (state->value == FieldState::Value::Exact) return in(state->members);
    if (state->value == FieldState::Value::NotApplicable) return false;
    if (in(state->members_outside)) return false;
  }
  return ask({Of::Member, entity, field.index, 0, member, no_entity, {}}, 2) == 1;
}

bool World::pair(Entity entity, FieldId field, Entity other) {
  const FieldState* state = universe_.state(entity, field);
  if (universe_.is_closed(entity, field)) return false;
  if (state != nullptr) {
    const auto in = [&](const std::vector<facts::EntityId>& list) {
      return std::find(list.begin(), list.end(), facts::EntityId{other}) != list.end();
    };
    if (state->value == FieldState::Value::Exact) return in(state->entities);
    if (in(state->entities_outside)) return false;
  }
  return ask({Of::Pair, entity, field.index, 0, other, no_entity, {}}, 2) == 1;
}

std::optional<Form> World::number(Entity entity, FieldId field, std::int32_t year) {
  const model::Field& info = model_.fields[field];
  const FieldState* state = universe_.state(entity, field, year);
  if (universe_.is_closed(entity, field, year)) return std::nullopt;
  if (state != nullptr && state->value == FieldState::Value::NotApplicable) return std::nullopt;
  if (state != nullptr && state->value == FieldState::Value::Exact) return Form(state->low);
  NumberDomain domain;
  domain.whole = info.type != FieldType::Amount;
  domain.low = Number(0);
  if (info.type == FieldType::Date) domain.high = Number(Date::last_day);
  if (info.type == FieldType::Moment) domain.high = Number(Moment::last().minutes);
  if (state != nullptr && state->value == FieldState::Value::Between) {
    domain.low = state->low;
    domain.high = state->high;
  } else if (info.optional && ask({Of::Exists, entity, field.index, year, 0, no_entity, {}}, 2) == 0) {
    return std::nullopt;
  }
  const NumberVariable variable = universe_.amount_variable(entity, field, year, domain);
  if (days != nullptr && info.type == FieldType::Date) {
    std::vector<Date> possible;
    for (const Date day : *days) {
      if (Number(day.days) >= *domain.low && Number(day.days) <= *domain.high) possible.push_back(day);
    }
    if (possible.empty()) throw Unsupported("no day in the range of a date");
    const Date day = possible[ask({Of::Amount, entity, field.index, year, 0, no_entity, {}}, static_cast<std::uint32_t>(possible.size()))];
    chosen_days.insert(day);
    return Form(Number(day.days));
  }
  return Form::of(variable);
}

bool World::truth(Entity entity, FieldId judgement) {
  const FieldState* state = universe_.state(entity, judgement);
  if (state != nullptr && state->answer == FieldState::Answer::Yes) return true;
  if (state != nullptr && state->answer == FieldState::Answer::No) return false;
  const Record answer = record(entity, judgement);
  if (answer != Record::None) return answer == Record::Yes;
  return ask({Of::Fact, entity, judgement.index, 0, 0, no_entity, {}}, 2) == 1;
}

World::Record World::record(Entity entity, FieldId judgement) {
  const FieldState* state = universe_.state(entity, judgement);
  if (state != nullptr) {
    switch (state->answer) {
      case FieldState::Answer::Yes: return Record::Yes;
      case FieldState::Answer::No: return Record::No;
      case FieldState::Answer::NotEstablished: return Record::None;
      case FieldState::Answer::None: break;   // `not given`: what is on record is open too
    }
  } else if (universe_.is_listed(entity) && !universe_.no_defaults()) {
    return Record::None;
  }
  switch (ask({Of::Record, entity, judgement.index, 0, 0, no_entity, {}}, 3)) {
    case 0: return Record::None;
    case 1: return Record::Yes;
    default: return Record::No;
  }
}

bool World::can_know(Entity who, Entity entity, FieldId field, std::int32_t year) {
  const FieldState* state = universe_.state(entity, field, year);
  if (state != nullptr) {
    if (state->unknowable_to_all) return false;
    const auto& list = state->unknowable_to;
    if (std::find(list.begin(), list.end(), facts::EntityId{who}) != list.end()) return false;
    if (!list.empty() || state->value != FieldState::Value::NotGiven) return true;
  }
  return ask({Of::Known, entity, field.index, year, who, no_entity, {}}, 2) == 0;
}

std::vector<Entity> World::set_of(Entity owner, FieldId field) {
  const model::Field& info = model_.fields[field];
  std::vector<Entity> result;
  switch (info.type) {
    case FieldType::Inverse:
      if (!universe_.is_listed(owner) || universe_.no_defaults()) throw Unsupported("a set that is open");
      for (const Entity other : entities(*info.target)) {
        if (related(other, *info.inverse_of) == owner) result.push_back(other);
      }
      return result;
    case FieldType::PairSet: {
      const FieldState* state = universe_.state(owner, field);
      const bool known = universe_.is_closed(owner, field) || (state != nullptr && state->value == FieldState::Value::Exact);
      if (!known) throw Unsupported("a set that is open");
      for (const Entity other : universe_.listed_of(*info.target)) {
        if (pair(owner, field, other)) result.push_back(other);
      }
      return result;
    }
    case FieldType::Chain: {
      std::set<Entity> seen{owner};
      std::optional<Entity> at = owner;
      while (true) {
        for (const FieldId step : info.chain) {
          if (at) at = related(*at, step);
        }
        if (!at) return result;
        if (!universe_.is_listed(*at)) throw Unsupported("a set that is open");
        if (!seen.insert(*at).second) throw Excluded{};   // no world has a cycle along a chain
        result.push_back(*at);
      }
    }
    default: throw Unsupported("a set of words");
  }
}

std::vector<Entity> World::entities(model::KindId kind) {
  std::vector<Entity> result = universe_.listed_of(kind);
  for (const Entity implied : universe_.implied_of(kind)) {
    if (related(universe_.owner(implied), universe_.relation(implied)) == implied) result.push_back(implied);
  }
  return result;
}

std::optional<Number> World::birth(Entity entity) {
  const auto field = model_.kinds[universe_.kind(entity)].exists_from;
  if (!field) return std::nullopt;
  const auto day = number(entity, *field, 0);
  if (!day) return std::nullopt;
  if (!day->is_constant()) throw Unsupported("a birth that is open");
  return day->constant;
}

bool World::is_there(Entity entity) {
  while (!universe_.is_listed(entity)) {
    const Entity owner = universe_.owner(entity);
    if (related(owner, universe_.relation(entity)) != entity) return false;
    entity = owner;
  }
  return true;
}

bool World::is_boundary(Entity entity) const { return !universe_.is_listed(entity) && !universe_.is_result(entity); }

}  // namespace onus::oracle
