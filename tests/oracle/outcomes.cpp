// Provisions in one world: what is in force, what fires, what strikes what, and what follows (semantics.md §§ 4, 5).
#include <algorithm>

#include "oracle/world.hpp"

namespace onus::oracle {

using model::Provision;
using model::ProvisionId;
using model::ProvisionKind;

// ---- which provisions, in which rows ---------------------------------------------------------------------------------------

std::vector<Instance> World::instances(const Proposition& proposition, Date t) {
  std::vector<Instance> result;
  if (proposition.of == Proposition::Of::Norm) {
    add_instances(ProvisionId{proposition.id}, proposition, t, result);
    return result;
  }
  for (const ProvisionId id : model_.provisions.ids()) {
    const Provision& provision = model_.provisions[id];
    const bool about = proposition.of == Proposition::Of::Predicate
                           ? provision.kind == ProvisionKind::Definition && provision.predicate == model::PredicateId{proposition.id} &&
                                 provision.regulation == proposition.regulation
                           : provision.kind == ProvisionKind::Presumption && provision.judgement == model::FieldId{proposition.id};
    if (about) add_instances(id, proposition, t, result);
  }
  return result;
}

// Every tuple of entities of the provision's row that makes it speak of the proposition's entities.
void World::add_instances(ProvisionId id, const Proposition& proposition, Date t, std::vector<Instance>& out) {
  const Provision& provision = model_.provisions[id];
  const bool is_norm = proposition.of == Proposition::Of::Norm;
  const std::optional<model::Path> holder = is_norm ? provision.bearer : provision.holder;
  const std::optional<model::Path>& object = provision.object;

  std::vector<std::vector<Entity>> candidates(provision.row_size);
  std::vector<bool> fixed(provision.row_size, false);
  const auto fix = [&](const std::optional<model::Path>& path, Entity entity) {
    if (!path || !path->steps.empty() || entity == no_entity) return;
    fixed[path->root.index] = true;
    candidates[path->root.index] = {entity};
  };
  fix(holder, proposition.first);
  fix(object, proposition.second);
  if (is_norm) {
    // What is neither the bearer nor the object is named one by one.
    std::size_t next = 0;
    for (std::uint32_t index = 0; index < provision.row_size; ++index) {
      const bool is_bearer = provision.bearer && provision.bearer->root.index == index;
      const bool is_object = provision.object && provision.object->root.index == index;
      if (is_bearer || is_object) continue;
      fixed[index] = true;
      if (proposition.others.empty()) {   // whoever else is in the row
        fixed[index] = false;
        continue;
      }
      candidates[index] = {proposition.others.at(next++)};
    }
  }
  for (std::uint32_t index = 0; index < provision.row_size; ++index) {
    if (!fixed[index]) candidates[index] = entities(provision.variables[index].kind);
    for (const Entity entity : candidates[index]) {
      if (universe_.kind(entity) != provision.variables[index].kind) return;
    }
  }
  std::vector<std::size_t> at(provision.row_size, 0);
  for (const auto& list : candidates) {
    if (list.empty()) return;
  }
  while (true) {
    Instance instance{id, std::nullopt, Row(provision.variables.size(), no_entity)};
    for (std::uint32_t index = 0; index < provision.row_size; ++index) instance.row[index] = candidates[index][at[index]];
    Frame frame = frame_of(instance, t);
    // Nothing is said of an entity in a world where it is not there.
    bool speaks = std::all_of(instance.row.begin(), instance.row.begin() + provision.row_size, [&](Entity entity) { return is_there(entity); });
    if (speaks && holder) speaks = end_of(*holder, frame) == std::optional(proposition.first);
    if (speaks && object) speaks = end_of(*object, frame) == std::optional(proposition.second);
    if (speaks) out.push_back(std::move(instance));
    std::size_t index = 0;
    while (index < at.size() && ++at[index] == candidates[index].size()) at[index++] = 0;
    if (index == at.size()) return;
  }
}

World::Frame World::frame_of(const Instance& instance, Date t) const {
  // The words of an exception are read in the scheme of what it strikes in the end.
  ProvisionId struck = instance.provision;
  std::optional<std::uint32_t> target = instance.target;
  while (target) {
    const model::Target& named = model_.provisions[struck].targets[*target];
    struck = named.provision;
    target = named.of_target;
  }
  Frame frame{instance.provision, &model_.provisions[struck].variables, instance.row, t};
  return frame;
}

std::vector<Instance> World::naming(const Instance& instance, bool open) {
  std::vector<Instance> result;
  for (const ProvisionId id : model_.provisions.ids()) {
    const Provision& other = model_.provisions[id];
    const bool is_open = other.kind == ProvisionKind::Open;
    const bool strikes = other.kind == ProvisionKind::Exception || other.kind == ProvisionKind::Transition;
    if (open ? !is_open : !strikes) continue;
    for (std::uint32_t index = 0; index < other.targets.size(); ++index) {
      const model::Target& target = other.targets[index];
      if (target.provision != instance.provision || target.of_target != instance.target) continue;
      result.push_back({id, index, instance.row});
    }
  }
  return result;
}

std::vector<Instance> World::attackers(const Instance& instance) {
  if (fault_ == Fault::LostException) return {};
  return naming(instance, false);
}

std::vector<Instance> World::open_in(const Instance& instance) { return naming(instance, true); }

// ---- in force --------------------------------------------------------------------------------------------------------------------

bool World::in_force(const Instance& instance, Date t) {
  const Provision& provision = model_.provisions[instance.provision];
  const auto begun = [&](Date from) { return fault_ == Fault::DayOff ? t > from : t >= from; };
  if (!provision.in_vocabulary) {
    // Of the statuses that begin on a day the last to have begun is the status; the others hold as they are written.
    const auto& statuses = model_.regulations[provision.regulation].statuses;
    const model::Status* last = nullptr;
    for (const model::Status& status : statuses) {
      if (status.from && begun(*status.from) && (last == nullptr || *last->from <= *status.from)) last = &status;
    }
    bool in_force = statuses.empty();
    for (const model::Status& status : statuses) {
      using enum model::Status::Kind;
      bool covers = status.until ? t <= *status.until : last != nullptr && status.from && *status.from == *last->from;
      if (!status.from && !status.until) covers = last == nullptr || (status.kind != InForce && status.kind != Proposed);
      if (!covers) continue;
      if (status.kind == InForce) in_force = true;
      if (status.kind == Stayed || status.kind == Vetoed || status.kind == Repealed) return false;
    }
    if (!in_force) return false;
  }
  if (provision.part) {
    const auto& from = model_.parts[*provision.part].applies_from;
    if (from && !begun(*from)) return false;
  }
  if (provision.applies_from && !begun(*provision.applies_from)) return false;
  if (!provision.from && !provision.until) return true;
  Frame frame = frame_of(instance, t);
  if (provision.from) {
    auto begins = amount(*provision.from, frame);
    if (!begins) return false;
    begins->constant -= Number(t.days);   // begins - t > 0: not yet
    if (search_.holds(*begins, Claim::Positive)) return false;
  }
  if (provision.until) {
    auto ends = amount(*provision.until, frame);
    if (ends) {
      ends->constant -= Number(t.days);   // ends - t >= 0: still
      if (!search_.holds(*ends, Claim::NotNegative)) return false;
    }
  }
  return true;
}

// ---- fires, met ------------------------------------------------------------------------------------------------------------------

std::vector<model::ConditionId> World::conditions_of(const Instance& instance) const {
  const Provision& provision = model_.provisions[instance.provision];
  std::vector<model::ConditionId> result;
  if (instance.target) {
    if (const auto& condition = provision.targets[*instance.target].condition) result.push_back(*condition);
    return result;
  }
  if (provision.scope) result.push_back(*provision.scope);
  if (provision.condition) result.push_back(*provision.condition);
  return result;
}

bool World::condition_of(const Instance& instance, Date t, bool drop) {
  const Provision& provision = model_.provisions[instance.provision];
  Frame frame = frame_of(instance, t);
  if (provision.kind == ProvisionKind::Transition) {
    // Stands in the way before its day (`until`: after it); a day that never comes is never reached.
    const model::Target& target = provision.targets[*instance.target];
    auto day = amount(*target.date, frame);
    bool in_the_way = !target.until;
    if (day) {
      day->constant -= Number(t.days);
      in_the_way = target.until ? !search_.holds(*day, Claim::NotNegative) : search_.holds(*day, Claim::Positive);
    }
    if (!in_the_way) return false;
  }
  for (const model::ConditionId id : conditions_of(instance)) {
    if (!holds(id, frame, drop)) return false;
  }
  return true;
}

// Some provision that leaves this one open speaks, and is answered yes.
bool World::extra(const Instance& instance, Date t) {
  for (const Instance& open : open_in(instance)) {
    if (!fires(open, t)) continue;
    const Question question{Question::Of::Choice, no_entity, open.provision.index, 0, *open.target, no_entity, open.row};
    const auto known = choices.find(question);
    if (known == choices.end()) {
      asked_choices.push_back(question);
      choices.emplace(question, false);
      continue;
    }
    if (known->second) return true;
  }
  return false;
}

bool World::rebutted(const Instance& instance, Date t) {
  const Provision& provision = model_.provisions[instance.provision];
  if (!provision.rebutted || fault_ == Fault::LostException) return false;
  Frame frame = frame_of(instance, t);
  return holds(*provision.rebutted, frame);
}

bool World::fires(const Instance& instance, Date t) {
  if (!in_force(instance, t)) return false;
  if (!instance.target && follows(instance.provision) && followed(instance, t).empty()) return false;
  if (!condition_of(instance, t, false) && !extra(instance, t)) return false;
  if (rebutted(instance, t)) return false;
  for (const Instance& attacker : attackers(instance)) {
    if (fault_ == Fault::DefeatedException && condition_of(attacker, t, false)) return false;
    if (fires(attacker, t)) return false;
  }
  return true;
}

bool World::met(const Instance& instance, Date t) {
  if (!instance.target && follows(instance.provision) && followed(instance, t).empty()) return false;
  return in_force(instance, t) && (condition_of(instance, t, true) || extra(instance, t));
}

// ---- what follows ----------------------------------------------------------------------------------------------------------------

// A recursive conclusion about an implied entity: nothing is known of what it stands on.
bool World::is_free(const Proposition& proposition) const {
  if (proposition.of != Proposition::Of::Predicate) return false;
  const auto at_boundary = [&](Entity entity) { return entity != no_entity && is_boundary(entity); };
  if (!at_boundary(proposition.first) && !at_boundary(proposition.second)) return false;
  return std::any_of(model_.provisions.begin(), model_.provisions.end(), [&](const Provision& provision) {
    return provision.kind == ProvisionKind::Definition && provision.recursive && provision.predicate == model::PredicateId{proposition.id} &&
           provision.regulation == proposition.regulation;
  });
}

Outcome World::outcome(const Proposition& proposition, Date t) {
  if (const auto known = outcomes_.find({proposition, t}); known != outcomes_.end()) return known->second;
  if (is_free(proposition)) {
    const std::uint32_t answer =
        ask({Question::Of::FreeTruth, proposition.first, proposition.id, 0, proposition.regulation.index, proposition.second, {}}, 2);
    return answer == 1 ? Outcome::Yes : Outcome::Silent;
  }
  Outcome result = Outcome::Silent;
  {
    const Entered entered(open_propositions_, proposition);
    for (const Instance& instance : instances(proposition, t)) {
      if (fires(instance, t)) {
        result = Outcome::Yes;
        break;
      }
      if (met(instance, t)) result = Outcome::No;
    }
  }
  outcomes_[{proposition, t}] = result;
  return result;
}

bool World::assumed(ProvisionId assumption, const Row& row, Date t) {
  const Provision& provision = model_.provisions[assumption];
  Frame frame{assumption, &provision.variables, row, t};
  if (!end_of(provision.holder, frame)) return true;
  if (provision.scope && !holds(*provision.scope, frame)) return true;
  if (provision.condition && !holds(*provision.condition, frame)) return true;
  return !provision.claim || holds(*provision.claim, frame);
}

}  // namespace onus::oracle
