#include "evaluate/ground.hpp"

#include <algorithm>
#include <set>

namespace onus::evaluate {

using model::FieldType;

const Alternatives& Grounder::resolve(formula::PathId id, BindingId binding) {
  const auto key = (std::uint64_t{id.index} << 32) | binding.index;
  if (const auto it = path_memo_.find(key); it != path_memo_.end()) return it->second;
  const auto& path = program_.formulas[id];
  Alternatives result;
  if (!path.parent.is_valid()) {
    result = {{solve::true_expr, bindings_[binding].at(path.root.index)}};
  } else {
    for (const auto& [guard, entity] : resolve(path.parent, binding)) {
      const auto next = path.step.kind == model::Step::Kind::Field ? world_.relation(entity, path.step.field)
                                                                   : entity_value(path.step.value, entity);
      for (const auto& alternative : next) {
        add_alternative(store_, result, store_.and_(guard, alternative.guard), alternative.entity);
      }
    }
  }
  return path_memo_.emplace(key, std::move(result)).first->second;
}

std::optional<std::vector<EntityIndex>> Grounder::invert(const model::Path& path, EntityIndex end) {
  std::vector<EntityIndex> ends{end};
  for (auto step = path.steps.rbegin(); step != path.steps.rend(); ++step) {
    if (step->kind == model::Step::Kind::Value) return std::nullopt;
    const auto& field = model_.fields[step->field];
    std::set<EntityIndex> before;
    // Whoever is further out than an implied entity is reached through one, whoever it is.
    const auto& implied = world_.implied_of_kind(field.owner);
    before.insert(implied.begin(), implied.end());
    for (const auto each : ends) {
      if (field.type == FieldType::OneInverse) {
        for (const auto& alternative : world_.relation(each, *field.inverse_of)) before.insert(alternative.entity);
      } else {
        const auto some = world_.inverse(step->field, each);
        before.insert(some.begin(), some.end());
      }
    }
    ends.assign(before.begin(), before.end());
  }
  return ends;
}

std::vector<BindingId> Grounder::anchors(model::ProvisionId id, std::optional<EntityIndex> holder, std::optional<EntityIndex> object) {
  const auto& provision = model_.provisions[id];
  std::vector<std::optional<std::vector<EntityIndex>>> candidates(provision.row_size);
  std::vector<bool> settled(provision.row_size);
  const auto narrow = [&](const model::Path& path, EntityIndex end) {
    auto& slot = candidates.at(path.root.index);
    // The end of a path without steps is the anchor, however far out: nothing else can tell better.
    const bool is_anchor = path.steps.empty();
    if (settled[path.root.index] && !is_anchor) return;
    // Whether a single candidate is one is seen when it is followed: many may lead to the other end (one modifier of everything).
    if (slot && slot->size() <= 1) return;
    auto some = invert(path, end);
    if (!some) return;
    if (!slot || (is_anchor && !settled[path.root.index])) {
      settled[path.root.index] = is_anchor;
      slot = std::move(some);
      return;
    }
    std::erase_if(*slot, [&](EntityIndex e) { return !std::binary_search(some->begin(), some->end(), e); });   // in order
  };
  // The end of a path with steps may be reached from outside the case through undetermined relations: `inverse` has those.
  const auto narrow_by = [&](bool anchors) {
    if (object && provision.object && provision.object->steps.empty() == anchors) narrow(*provision.object, *object);
    if (holder && provision.holder.steps.empty() == anchors) narrow(provision.holder, *holder);
  };
  narrow_by(true);
  narrow_by(false);
  std::vector<std::vector<EntityIndex>> tuples{{}};
  for (std::uint32_t i = 0; i < provision.row_size; ++i) {
    const auto& all = world_.of_kind(provision.variables[i].kind);
    const auto& these = candidates[i] ? *candidates[i] : all;
    std::vector<std::vector<EntityIndex>> next;
    for (const auto& tuple : tuples) {
      for (const auto entity : these) {
        if (world_.being(entity).kind != provision.variables[i].kind) continue;
        auto longer = tuple;
        longer.push_back(entity);
        next.push_back(std::move(longer));
      }
    }
    tuples = std::move(next);
  }
  std::vector<BindingId> result;
  for (auto& tuple : tuples) result.push_back(binding(std::move(tuple)));
  return result;
}

Alternatives Grounder::follow(const model::Path& path, BindingId binding) {
  Alternatives here{{solve::true_expr, bindings_[binding].at(path.root.index)}};
  for (const auto& step : path.steps) {
    Alternatives next;
    for (const auto& [guard, entity] : here) {
      const auto reached = step.kind == model::Step::Kind::Field ? world_.relation(entity, step.field) : entity_value(step.value, entity);
      for (const auto& alternative : reached) {
        const auto both = store_.and_(guard, alternative.guard);
        if (!both.is_false()) next.push_back({both, alternative.entity});
      }
    }
    here = std::move(next);
  }
  return here;
}

Expr Grounder::present(BindingId anchor) {
  std::vector<Expr> all;
  for (const auto entity : bindings_[anchor]) all.push_back(world_.presence(entity));
  return store_.and_(all);
}

Expr Grounder::ends_at(const model::Path& path, BindingId anchor, EntityIndex end) {
  std::vector<Expr> some;
  for (const auto& [guard, entity] : follow(path, anchor)) {
    if (entity == end) some.push_back(guard);
  }
  return store_.or_(some);
}

Alternatives Grounder::entity_value(model::ValueId id, EntityIndex entity) {
  const auto& computed = model_.values[id];
  const auto& provision = model_.provisions[computed.provision];
  // At an entity about which nothing is known the chain is taken to end: paths beyond it would be free altogether.
  if (computed.recursive && world_.ends_recursion(entity)) return {{solve::true_expr, entity}};
  const auto memo_key = std::tuple(id.index, entity);
  if (const auto it = entity_value_memo_.find(memo_key); it != entity_value_memo_.end()) return it->second;
  const auto key = std::tuple(std::uint8_t{3}, id.index, 0U, entity, no_entity);
  if (const auto it = in_progress_.find(key); it != in_progress_.end()) {
    auto& standing = it->second;
    if (standing.entities.empty()) {
      // Whatever the chains of this case may end in.
      for (const auto end : world_.chain_ends(computed.entity_kind.value_or(computed.owner))) {
        standing.entities.emplace(end, world_.auxiliary_boolean());
      }
    }
    Alternatives result;
    for (const auto& [end, guard] : standing.entities) result.push_back({guard, end});
    return result;
  }
  if (!works_out_) {
    work_out(key);
    return entity_value_memo_.at(memo_key);
  }
  enter(key);
  const auto here = binding({entity});
  Alternatives result;
  for (const auto& root : program_.of(computed.provision).cases) {
    const auto guard = traces_[formula(root.guard, here, provision.variables)].value;
    if (guard.is_false() || !root.entity.is_valid()) continue;
    for (const auto& alternative : resolve(root.entity, here)) {
      add_alternative(store_, result, store_.and_(guard, alternative.guard), alternative.entity);
    }
  }
  const auto standing = leave(key);
  for (const auto& [end, holds] : standing.entities) {
    auto guard = solve::false_expr;
    for (const auto& alternative : result) {
      if (alternative.entity == end) guard = alternative.guard;
    }
    world_.define(holds, guard);
  }
  entity_value_memo_.emplace(memo_key, result);
  return result;
}

}  // namespace onus::evaluate
