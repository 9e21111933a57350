#include <algorithm>

#include "evaluate/world_cell.hpp"

namespace onus::evaluate {

using facts::FieldState;
using model::FieldId;
using model::FieldType;
using solve::ExpressionStore;

void World::fill_relation(Cell& cell, EntityIndex entity, FieldId id, const FieldState* state, bool silent) {
  const auto& field = model_.fields[id];
  if (state != nullptr && state->value == FieldState::Value::Exact) {
    cell.alternatives = {{solve::true_expr, state->entities.front().index}};
    return;
  }
  const bool not_applicable = state != nullptr && state->value == FieldState::Value::NotApplicable;
  if (not_applicable || (silent && !options_.reopen)) {
    cell.exists = solve::false_expr;
    return;
  }
  // Places of a one-to-one inverse that known entities fill are taken.
  std::optional<FieldId> one_to_one;
  for (const auto other : model_.fields.ids()) {
    if (model_.fields[other].type == FieldType::OneInverse && *model_.fields[other].inverse_of == id) one_to_one = other;
  }
  // An entity that its owner implies through the inverse of this relation has the owner here and nothing else.
  if (one_to_one && is_implied(entity) && beings_[entity].via == *one_to_one) {
    cell.alternatives = {{solve::true_expr, beings_[entity].owner}};
    add_step(id, {entity, beings_[entity].owner, solve::true_expr});
    return;
  }
  auto& fact = new_fact(entity, id, 0);
  cell.fact = &fact;
  std::vector<EntityIndex> candidates;
  const auto own = imply(entity, id, *field.target);
  for (const auto other : by_kind_[field.target->index]) {
    if (other == own || (other == entity && is_in_chain(id))) continue;
    if (one_to_one && known_inverse_.contains({id.index, other})) continue;
    // Of the implied ones, only those made before: who comes later stands for this one instead.
    if (is_implied(other) && !is_implied(entity) && other > own) continue;
    candidates.push_back(other);
  }
  candidates.push_back(own);
  std::vector<Expr> choices;
  for (const auto candidate : candidates) {
    const auto choice = new_boolean(fact);
    choices.push_back(choice);
    cell.alternatives.push_back({choice, candidate});
  }
  if (field.optional) {
    require(store_.at_most_one(choices));
    cell.exists = store_.or_(choices);
    if (silent) require(store_.implies(unless_closed(fact, "taken as none"), ExpressionStore::not_(cell.exists)));
  } else {
    require(store_.exactly_one(choices));
  }
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    // Another's implied entity is there only where that other has it; said once everything else is there.
    if (is_implied(candidates[i]) && candidates[i] != own) places_.emplace_back(choices[i], candidates[i]);
    add_step(id, {entity, candidates[i], choices[i]});
  }
}

bool World::is_in_chain(FieldId field) const {
  return std::any_of(chains_.begin(), chains_.end(), [&](const Chain& chain) { return chain.fields[field.index]; });
}

void World::add_step(FieldId field, const Step& step) {
  for (auto& chain : chains_) {
    if (chain.fields[field.index]) (step.guard.is_true() ? chain.known : chain.open).push_back(step);
  }
}

// Chains have no cycles. There are far more cycles than assignments that anybody meets, so each is ruled out when one is met.
void World::find_cycles(const Chain& chain, const solve::Solver::Reader& value, const solve::Substitution* twin, std::vector<Expr>& broken) const {
  if (chain.open.empty()) return;
  std::vector<std::vector<const Step*>> taken(beings_.size());
  for (const auto& step : chain.known) taken[step.from].push_back(&step);
  const auto guard_of = [&](const Step& step) {
    if (twin == nullptr || step.guard.is_true()) return step.guard;
    const auto* replaced = twin->find(store_.variable(step.guard));
    return replaced == nullptr ? step.guard : *replaced;
  };
  for (const auto& step : chain.open) {
    const auto guard = guard_of(step);
    if (guard.is_true() || value(store_.variable(guard)) == 1) taken[step.from].push_back(&step);
  }
  enum class Mark : std::uint8_t { New, Open, Done };
  std::vector<Mark> marks(beings_.size(), Mark::New);
  struct Visit {
    EntityIndex at = 0;
    std::size_t next = 0;
  };
  for (EntityIndex start = 0; start < beings_.size(); ++start) {
    if (marks[start] != Mark::New || taken[start].empty()) continue;
    std::vector<Visit> path{{start}};
    marks[start] = Mark::Open;
    while (!path.empty()) {
      auto& [at, next] = path.back();
      if (next == taken[at].size()) {
        marks[at] = Mark::Done;
        path.pop_back();
        continue;
      }
      const auto* step = taken[at][next++];
      if (marks[step->to] == Mark::New) {
        marks[step->to] = Mark::Open;
        path.push_back({step->to});
      } else if (marks[step->to] == Mark::Open) {
        std::vector<Expr> around;
        for (auto visit = path.rbegin(); visit != path.rend(); ++visit) {
          const auto guard = guard_of(*taken[visit->at][visit->next - 1]);
          if (!guard.is_true()) around.push_back(ExpressionStore::not_(guard));
          if (visit->at == step->to) break;
        }
        // A cycle of known steps alone is refused where cases are read.
        if (!around.empty()) broken.push_back(store_.or_(around));
      }
    }
  }
}

std::vector<EntityIndex> World::inverse(FieldId relation_id, EntityIndex target) {
  std::vector<EntityIndex> result;
  if (const auto it = known_inverse_.find({relation_id.index, target}); it != known_inverse_.end()) result = it->second;
  const auto& open = open_relation_[relation_id.index];
  result.insert(result.end(), open.begin(), open.end());
  // Implied entities of the owner's kind, whose relation is open.
  const auto& implied = implied_by_kind_[model_.fields[relation_id].owner.index];
  result.insert(result.end(), implied.begin(), implied.end());
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

void World::fill_inverse(Cell& cell, EntityIndex entity, FieldId id) {
  const auto& field = model_.fields[id];
  const auto relation_id = *field.inverse_of;
  const bool one = field.type == FieldType::OneInverse;
  std::vector<Expr> guards;
  for (const auto candidate : inverse(relation_id, entity)) {
    if (is_implied(candidate) && one) continue;
    for (const auto& alternative : relation(candidate, relation_id)) {
      if (alternative.entity != entity || alternative.guard.is_false()) continue;
      const auto guard = is_implied(candidate) ? store_.and_(alternative.guard, presence(candidate)) : alternative.guard;
      if (guard.is_false()) continue;
      cell.alternatives.push_back({guard, candidate});
      guards.push_back(guard);
    }
  }
  if (one) {
    require(store_.at_most_one(guards));
    const auto none = ExpressionStore::not_(store_.or_(guards));
    if (!none.is_false()) cell.alternatives.push_back({none, imply(entity, id, *field.target)});
    return;
  }
  // A set: the case lists its members, unless silence is reopened or the entity is itself only implied.
  if (is_implied(entity) || options_.no_defaults || options_.reopen) {
    auto& fact = new_fact(entity, id, 0);
    cell.fact = &fact;
    cell.further = &fact;
    if (!is_implied(entity) && !options_.no_defaults) {
      unless_closed(fact, "the case lists every one of the " + field.name + " of " + name_with_kind(entity));
    }
  }
}

void add_alternative(ExpressionStore& store, Alternatives& to, Expr guard, EntityIndex entity) {
  if (guard.is_false()) return;
  const auto same = std::find_if(to.begin(), to.end(), [&](const Alternative& other) { return other.entity == entity; });
  if (same != to.end()) {
    same->guard = store.or_(same->guard, guard);
  } else {
    to.push_back({guard, entity});
  }
}

Alternatives World::chain(EntityIndex entity, FieldId id) {
  // The steps of the field, again and again, until nothing is reached. Where nothing is known of an entity, it ends there.
  const auto& steps = model_.fields[id].chain;
  Alternatives result;
  Alternatives here{{solve::true_expr, entity}};
  // Chains have no cycles, so no chain is longer than there are entities.
  for (std::size_t round = 0; round < listed() && !here.empty(); ++round) {
    for (const auto step : steps) {
      Alternatives next;
      for (const auto& [guard, at] : here) {
        for (const auto& alternative : relation(at, step)) {
          add_alternative(store_, next, store_.and_(guard, alternative.guard), alternative.entity);
        }
      }
      here = std::move(next);
    }
    for (const auto& each : here) add_alternative(store_, result, each.guard, each.entity);
    std::erase_if(here, [&](const Alternative& alternative) { return ends_recursion(alternative.entity); });
  }
  return result;
}

bool World::ends_recursion(EntityIndex entity) const {
  if (!is_implied(entity)) return false;
  // The resulting model of a listed modification stands on what the case lists.
  return model_.fields[beings_[entity].via].type != FieldType::OneInverse || is_implied(beings_[entity].owner);
}

Expr World::presence(EntityIndex entity) {
  if (!is_implied(entity)) return solve::true_expr;
  const auto owner = beings_[entity].owner;
  const auto via = beings_[entity].via;
  auto here = solve::false_expr;
  for (const auto& alternative : relation(owner, via)) {
    if (alternative.entity == entity) here = alternative.guard;
  }
  return store_.and_(here, presence(owner));
}

std::vector<EntityIndex> World::chain_ends(model::KindId kind) {
  // Every open step of a chain implies an entity, until recursion ends there.
  for (EntityIndex entity = 0; entity < beings_.size(); ++entity) {
    if (is_implied(entity) && ends_recursion(entity) && beings_[entity].kind == kind) continue;
    if (beings_[entity].depth > 2) continue;
    for (const auto field : program_.chain_fields) {
      if (model_.fields[field].owner == beings_[entity].kind && model_.fields[field].type == FieldType::Relation) relation(entity, field);
    }
  }
  std::vector<EntityIndex> result;
  for (EntityIndex entity = 0; entity < beings_.size(); ++entity) {
    if (beings_[entity].kind == kind) result.push_back(entity);
  }
  return result;
}

}  // namespace onus::evaluate
