#include "evaluate/world.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <stdexcept>

#include "base/date.hpp"

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

bool is_number(FieldType type) {
  return type == FieldType::Amount || type == FieldType::Count || type == FieldType::Date || type == FieldType::Moment;
}

}  // namespace

// What a fact is, once asked for. Only the members that its type needs are filled.
struct World::Cell {
  Fact* fact = nullptr;                 // none: a computed inverse without variables
  Expr exists = solve::true_expr;
  Expr yes = solve::false_expr;
  std::vector<Expr> members;            // OneOf, AnyOf
  std::map<EntityIndex, Expr> pairs;    // PairSet
  bool pairs_open = false;
  LinearForm form;
  Alternatives alternatives;            // relations, and members of sets
  Fact* further = nullptr;              // sets: stands for members that the case does not list
  JudgementFacts judgement{};
  bool all_cannot_fixed = false;        // knowledge: the state settles it for every actor
};

World::World(const formula::Program& program, const facts::Case& the_case, ExpressionStore& store, WorldOptions options)
    : program_(program), model_(*program.model), the_case_(the_case), store_(store), options_(options), definitions_(store) {
  by_kind_.resize(model_.kinds.size());
  used_fields_.resize(model_.fields.size());
  chain_fields_.resize(model_.fields.size());
  open_relation_.resize(model_.fields.size());
  for (const auto field : program.path_fields) used_fields_[field.index] = true;
  for (const auto field : program.chain_fields) chain_fields_[field.index] = true;
  for (EntityIndex i = 0; i < the_case.entities.size(); ++i) {
    const auto& entity = the_case.entities[i];
    Being being;
    being.kind = entity.kind;
    being.name = entity.name;
    being.listed = facts::EntityId{i};
    beings_.push_back(std::move(being));
    by_kind_[entity.kind.index].push_back(i);
  }
  // Known relations, from the other end.
  for (const auto& [key, state] : the_case.states) {
    if (model_.fields[key.field].type != FieldType::Relation) continue;
    if (state.value == FieldState::Value::Exact && !state.entities.empty()) {
      if (chain_fields_[key.field.index]) known_steps_.push_back({key.entity.index, state.entities.front().index, solve::true_expr});
      known_inverse_[{key.field.index, state.entities.front().index}].push_back(key.entity.index);
    }
  }
  // What listed entities imply: made first and in order, so that the same case always ranges over the same entities.
  for (EntityIndex i = 0; i < listed(); ++i) {
    for (const auto id : model_.fields.ids()) {
      const auto& field = model_.fields[id];
      if (field.owner != beings_[i].kind || field.type != FieldType::Relation) continue;
      const auto* state = the_case.state(facts::EntityId{i}, id);
      const bool missing = state == nullptr;
      const bool closed = missing && field.closing != Closing::Open && !options_.no_defaults;
      const bool open = (missing && !closed) || (state != nullptr && state->value == FieldState::Value::NotGiven);
      if (open || (closed && options_.reopen)) open_relation_[id.index].push_back(i);
    }
  }
  for (EntityIndex i = 0; i < listed(); ++i) {
    for (const auto id : model_.fields.ids()) {
      const auto& field = model_.fields[id];
      if (field.owner != beings_[i].kind || !used_fields_[id.index]) continue;
      if (field.type == FieldType::Relation) {
        const auto& open = open_relation_[id.index];
        if (std::binary_search(open.begin(), open.end(), i)) imply(i, id, *field.target);
      } else if (field.type == FieldType::OneInverse) {
        const auto known = known_inverse_.find({field.inverse_of->index, i});
        if (known == known_inverse_.end()) imply(i, id, *field.target);
      }
    }
  }
}

World::~World() = default;

EntityIndex World::imply(EntityIndex owner, FieldId via, model::KindId kind) {
  const auto [it, fresh] = implied_.try_emplace({owner, via.index}, 0);
  if (!fresh) return it->second;
  Being being;
  being.kind = kind;
  being.owner = owner;
  being.via = via;
  being.depth = beings_[owner].depth + 1;
  being.name = "the " + model_.fields[via].name + " of " + (is_implied(owner) ? beings_[owner].name : name_with_kind(owner));
  if (being.depth > 32) throw std::length_error("implied entities are nested too deep");
  it->second = static_cast<EntityIndex>(beings_.size());
  beings_.push_back(std::move(being));
  if (beings_.back().depth == 1) by_kind_[kind.index].push_back(it->second);
  return it->second;
}

std::string World::name_with_kind(EntityIndex entity) const {
  const auto& being = beings_[entity];
  if (is_implied(entity)) return being.name;
  if (!the_case_.entities[entity].named) return being.name;
  return model_.kinds[being.kind].name + " " + being.name;
}

std::string World::text_of(const Fact& fact) const {
  if (!fact.field) return fact.text;
  auto text = name_with_kind(fact.entity) + " · " + model_.fields[*fact.field].name;
  if (fact.year != 0) text += " in " + std::to_string(fact.year);
  return text;
}

Fact& World::new_fact(EntityIndex entity, std::optional<FieldId> field, std::int32_t year) {
  auto fact = std::make_unique<Fact>();
  fact->entity = entity;
  fact->field = field;
  fact->year = year;
  facts_.push_back(std::move(fact));
  return *facts_.back();
}

Expr World::new_boolean(Fact& fact) {
  const auto variable = store_.new_boolean();
  fact.booleans.push_back(variable);
  fact_of_boolean_.resize(variable.index + 1, 0);
  const auto position = std::find_if(facts_.rbegin(), facts_.rend(), [&](const auto& each) { return each.get() == &fact; });
  fact_of_boolean_[variable.index] = static_cast<std::uint32_t>(facts_.rend() - position);
  return store_.boolean(variable);
}

solve::RealVar World::new_real(Fact& fact, const solve::Domain& domain) {
  const auto variable = store_.new_real(domain);
  fact.reals.push_back(variable);
  fact_of_real_.resize(variable.index + 1, 0);
  const auto position = std::find_if(facts_.rbegin(), facts_.rend(), [&](const auto& each) { return each.get() == &fact; });
  fact_of_real_[variable.index] = static_cast<std::uint32_t>(facts_.rend() - position);
  return variable;
}

// True where silence closes the fact (worlds that reopen only); false in other worlds.
Expr World::unless_closed(Fact& fact, const std::string& taken_as) {
  if (!fact.closed) {
    const auto variable = store_.new_boolean();
    fact.closed = variable;
    fact.taken_as = taken_as;
  }
  return store_.boolean(*fact.closed);
}

void World::require(Expr constraint) {
  if (!constraint.is_true()) constraints_.push_back({constraint, store_.support(constraint)});
}

void World::define(Expr auxiliary, Expr meaning) {
  const auto variable = store_.variable(auxiliary);
  definitions_.add(variable, meaning);
  constraints_.push_back({store_.iff(auxiliary, meaning), {{variable}, {}}});
}

void World::define(const LinearForm& auxiliary, Expr constraint) {
  if (constraint.is_true()) return;
  const auto variable = auxiliary.terms().front().variable;
  definitions_.add(variable, constraint);
  constraints_.push_back({constraint, {{}, {variable}}});
}

Expr World::replaced(Expr e, const Definitions::Replacement& replacement) {
  return definitions_.replaced(
      e, replacement, [&](solve::BoolVar auxiliary, Expr meaning) { define(store_.boolean(auxiliary), meaning); },
      [&](solve::RealVar auxiliary, Expr constraint) { define(LinearForm(auxiliary), constraint); });
}

const std::vector<World::Constraint>& World::constraints() {
  while (!places_.empty()) {
    const auto [choice, candidate] = places_.back();
    places_.pop_back();
    require(store_.implies(choice, presence(candidate)));
  }
  return constraints_;
}

void World::tell(solve::Solver& solver) {
  const auto& all = constraints();
  if (told_ == 0) {
    solver.set_audit([this](const solve::Solver::Reader& value, std::vector<Expr>& broken) {
      find_cycles(value, nullptr, broken);
      if (twin_ != nullptr) find_cycles(value, twin_, broken);
    });
  }
  for (; told_ < all.size(); ++told_) solver.require(all[told_].holds, all[told_].about);
}

World::Cell& World::cell(EntityIndex entity, FieldId field, std::int32_t year) {
  const auto [it, fresh] = cells_.try_emplace({entity, field.index, year});
  if (fresh) {
    it->second = std::make_unique<Cell>();
    fill(*it->second, entity, field, year);
  }
  return *it->second;
}

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
    if (chain_fields_[id.index]) known_steps_.push_back({entity, beings_[entity].owner, solve::true_expr});
    return;
  }
  auto& fact = new_fact(entity, id, 0);
  cell.fact = &fact;
  std::vector<EntityIndex> candidates;
  const auto own = imply(entity, id, *field.target);
  for (const auto other : by_kind_[field.target->index]) {
    if (other == own || other == entity) continue;
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
    if (chain_fields_[id.index]) open_steps_.push_back({entity, candidates[i], choices[i]});
  }
}

// Chains have no cycles. There are far more cycles than assignments that anybody meets, so each is ruled out when one is met.
void World::find_cycles(const solve::Solver::Reader& value, const solve::Substitution* twin, std::vector<Expr>& broken) {
  if (open_steps_.empty()) return;
  std::vector<std::vector<const Step*>> taken(beings_.size());
  for (const auto& step : known_steps_) taken[step.from].push_back(&step);
  const auto guard_of = [&](const Step& step) {
    if (twin == nullptr || step.guard.is_true()) return step.guard;
    const auto* replaced = twin->find(store_.variable(step.guard));
    return replaced == nullptr ? step.guard : *replaced;
  };
  for (const auto& step : open_steps_) {
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
  for (const auto entity : by_kind_[model_.fields[relation_id].owner.index]) {
    if (is_implied(entity)) result.push_back(entity);
  }
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
    if (is_implied(candidate) && (one || beings_[candidate].owner == entity)) continue;
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

Alternatives World::chain(EntityIndex entity, FieldId id) {
  // The steps of the field, again and again, until nothing is reached. Where nothing is known of an entity, it ends there.
  const auto& steps = model_.fields[id].chain;
  const auto add = [&](Alternatives& to, const Alternative& one) {
    const auto same = std::find_if(to.begin(), to.end(), [&](const Alternative& other) { return other.entity == one.entity; });
    if (same != to.end()) {
      same->guard = store_.or_(same->guard, one.guard);
    } else {
      to.push_back(one);
    }
  };
  Alternatives result;
  Alternatives here{{solve::true_expr, entity}};
  // Chains have no cycles, so no chain is longer than there are entities.
  for (std::size_t round = 0; round < listed() && !here.empty(); ++round) {
    for (const auto step : steps) {
      Alternatives next;
      for (const auto& [guard, at] : here) {
        for (const auto& alternative : relation(at, step)) {
          const auto both = store_.and_(guard, alternative.guard);
          if (!both.is_false()) add(next, {both, alternative.entity});
        }
      }
      here = std::move(next);
    }
    for (const auto& each : here) add(result, each);
    std::erase_if(here, [&](const Alternative& alternative) { return ends_recursion(alternative.entity); });
  }
  return result;
}

const Alternatives& World::relation(EntityIndex entity, FieldId field) { return cell(entity, field, 0).alternatives; }
const Alternatives& World::members(EntityIndex entity, FieldId field) { return cell(entity, field, 0).alternatives; }

Fact* World::further_members(EntityIndex entity, FieldId field) { return cell(entity, field, 0).further; }

Expr World::further_boolean(Fact& further) {
  const auto result = new_boolean(further);
  if (further.closed) require(store_.implies(store_.boolean(*further.closed), ExpressionStore::not_(result)));
  return result;
}

LinearForm World::further_amount(Fact& further, bool integer, bool any_sign) {
  solve::Domain domain;
  domain.integer = integer;
  if (!any_sign) domain.lower = solve::Bound{Number(0), true};
  const LinearForm result(new_real(further, domain));
  if (further.closed) require(store_.implies(store_.boolean(*further.closed), store_.is_zero(result)));
  return result;
}

bool World::ends_recursion(EntityIndex entity) const {
  if (!is_implied(entity)) return false;
  // The resulting model of a listed modification stands on what the case lists.
  return model_.fields[beings_[entity].via].type != FieldType::OneInverse || is_implied(beings_[entity].owner);
}

Expr World::yes(EntityIndex entity, FieldId field) { return cell(entity, field, 0).yes; }

Expr World::member(EntityIndex entity, FieldId field, std::uint32_t member) { return cell(entity, field, 0).members.at(member); }

Expr World::pair(EntityIndex entity, FieldId id, EntityIndex other) {
  auto& the_cell = cell(entity, id, 0);
  const auto it = the_cell.pairs.find(other);
  if (it != the_cell.pairs.end()) return it->second;
  // An entity that came to be implied after the fact was made.
  auto result = solve::false_expr;
  if (the_cell.pairs_open) {
    result = new_boolean(*the_cell.fact);
    if (the_cell.fact->closed) require(store_.implies(store_.boolean(*the_cell.fact->closed), ExpressionStore::not_(result)));
  }
  the_cell.pairs.emplace(other, result);
  return result;
}

JudgementFacts World::judgement(EntityIndex entity, FieldId field) { return cell(entity, field, 0).judgement; }

Expr World::exists(EntityIndex entity, FieldId id, std::int32_t year) {
  const auto& field = model_.fields[id];
  switch (field.type) {
    case FieldType::OneInverse: {
      // Whether somebody fills the place: an implied inverse always may.
      std::vector<Expr> some;
      for (const auto& alternative : relation(entity, id)) some.push_back(alternative.guard);
      return store_.or_(some);
    }
    case FieldType::Relation: {
      std::vector<Expr> some;
      for (const auto& alternative : relation(entity, id)) some.push_back(alternative.guard);
      return field.optional ? store_.or_(some) : solve::true_expr;
    }
    case FieldType::Inverse:
    case FieldType::Chain:
    case FieldType::PairSet: {
      std::vector<Expr> some;
      for (const auto& alternative : members(entity, id)) some.push_back(alternative.guard);
      return store_.or_(some);
    }
    default: return cell(entity, id, year).exists;
  }
}

Amount World::amount(EntityIndex entity, FieldId field, std::int32_t year) {
  if (!is_number(model_.fields[field].type)) throw std::logic_error("an amount was asked of a field that has none");
  const auto& the_cell = cell(entity, field, year);
  return {the_cell.exists, the_cell.form};
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

bool World::is_unknowable_to(const Fact& fact, EntityIndex actor) const {
  if (!fact.field || is_implied(fact.entity) || is_implied(actor)) return false;
  const auto* state = the_case_.state(facts::EntityId{fact.entity}, *fact.field, fact.year);
  if (state == nullptr) return false;
  return state->unknowable_to_all || std::find(state->unknowable_to.begin(), state->unknowable_to.end(), facts::EntityId{actor}) !=
                                         state->unknowable_to.end();
}

Expr World::free_boolean(const std::string& key, EntityIndex entity, const std::string& text) {
  auto& [boolean, real] = free_[key];
  if (!boolean) {
    auto& fact = new_fact(entity, std::nullopt, 0);
    fact.text = text;
    boolean = new_boolean(fact);
  }
  return *boolean;
}

LinearForm World::free_amount(const std::string& key, EntityIndex entity, const std::string& text, const solve::Domain& domain) {
  auto& [boolean, real] = free_[key];
  if (!real) {
    auto& fact = new_fact(entity, std::nullopt, 0);
    fact.text = text;
    real = new_real(fact, domain);
  }
  return LinearForm(*real);
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

Expr World::auxiliary_boolean() { return store_.boolean(store_.new_boolean()); }

LinearForm World::auxiliary(const solve::Domain& domain) { return LinearForm(store_.new_real(domain)); }

std::vector<const Fact*> World::facts_in_order() const {
  std::vector<const Fact*> result;
  for (const auto& fact : facts_) result.push_back(fact.get());
  std::stable_sort(result.begin(), result.end(), [](const Fact* a, const Fact* b) {
    const auto key = [](const Fact* fact) {
      return std::tuple(fact->field ? fact->field->index : FieldId::no_index, fact->entity, fact->year, std::string_view(fact->text));
    };
    return key(a) < key(b);
  });
  return result;
}

const Fact* World::fact_of(solve::BoolVar variable) const {
  if (variable.index >= fact_of_boolean_.size() || fact_of_boolean_[variable.index] == 0) return nullptr;
  return facts_[fact_of_boolean_[variable.index] - 1].get();
}

const Fact* World::fact_of(solve::RealVar variable) const {
  if (variable.index >= fact_of_real_.size() || fact_of_real_[variable.index] == 0) return nullptr;
  return facts_[fact_of_real_[variable.index] - 1].get();
}

}  // namespace onus::evaluate
