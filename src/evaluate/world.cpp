#include <algorithm>
#include <stdexcept>

#include "evaluate/world_cell.hpp"
#include "facts/relations.hpp"

namespace onus::evaluate {

using facts::FieldState;
using model::Closing;
using model::FieldId;
using model::FieldType;
using solve::ExpressionStore;
using solve::LinearForm;

namespace {

bool is_number(FieldType type) {
  return type == FieldType::Amount || type == FieldType::Count || type == FieldType::Date || type == FieldType::Moment;
}

}  // namespace

World::World(const formula::Program& program, const facts::Case& the_case, ExpressionStore& store, WorldOptions options)
    : program_(program), model_(*program.model), the_case_(the_case), store_(store), options_(options), definitions_(store) {
  by_kind_.resize(model_.kinds.size());
  implied_by_kind_.resize(model_.kinds.size());
  used_fields_.resize(model_.fields.size());
  open_relation_.resize(model_.fields.size());
  for (const auto field : program.path_fields) used_fields_[field.index] = true;
  for (const auto& group : facts::recursion_groups(model_)) {
    auto& chain = chains_.emplace_back();
    chain.fields.resize(model_.fields.size());
    for (const auto field : group) chain.fields[field.index] = true;
  }
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
      add_step(key.field, {key.entity.index, state.entities.front().index, solve::true_expr});
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
  if (beings_.back().depth == 1) {
    by_kind_[kind.index].push_back(it->second);
    implied_by_kind_[kind.index].push_back(it->second);
  }
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
  fact->index = static_cast<std::uint32_t>(facts_.size());
  fact->entity = entity;
  fact->field = field;
  fact->year = year;
  facts_.push_back(std::move(fact));
  return *facts_.back();
}

Expr World::new_boolean(Fact& fact) {
  if (options_.most_nodes != 0 && store_.node_count() > options_.most_nodes) throw GaveUp{};
  const auto variable = store_.new_boolean();
  fact.booleans.push_back(variable);
  fact_of_boolean_.resize(variable.index + 1, 0);
  fact_of_boolean_[variable.index] = fact.index + 1;
  return store_.boolean(variable);
}

solve::RealVar World::new_real(Fact& fact, const solve::Domain& domain) {
  const auto variable = store_.new_real(domain);
  fact.reals.push_back(variable);
  fact_of_real_.resize(variable.index + 1, 0);
  fact_of_real_[variable.index] = fact.index + 1;
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

void World::add_constraint(Constraint constraint) {
  const auto index = static_cast<std::uint32_t>(constraints_.size());
  for (const auto variable : constraint.about.booleans) constraints_on_boolean_[variable.index].push_back(index);
  for (const auto variable : constraint.about.reals) constraints_on_real_[variable.index].push_back(index);
  constraints_.push_back(std::move(constraint));
}

namespace {

const std::vector<std::uint32_t>& positions(const std::unordered_map<std::uint32_t, std::vector<std::uint32_t>>& of, std::uint32_t variable) {
  static const std::vector<std::uint32_t> none;
  const auto known = of.find(variable);
  return known == of.end() ? none : known->second;
}

}  // namespace

const std::vector<std::uint32_t>& World::constraints_on(solve::BoolVar variable) const {
  return positions(constraints_on_boolean_, variable.index);
}

const std::vector<std::uint32_t>& World::constraints_on(solve::RealVar variable) const {
  return positions(constraints_on_real_, variable.index);
}

void World::require(Expr constraint) {
  if (constraint.is_true()) return;
  add_constraint({constraint, store_.support(constraint)});
  ++restrictions_;
}

void World::define(Expr auxiliary, Expr meaning) {
  const auto variable = store_.variable(auxiliary);
  definitions_.add(variable, meaning);
  add_constraint({store_.iff(auxiliary, meaning), {{variable}, {}}});
}

void World::define(const LinearForm& auxiliary, Expr constraint) {
  if (constraint.is_true()) return;
  const auto variable = auxiliary.terms().front().variable;
  definitions_.add(variable, constraint);
  add_constraint({constraint, {{}, {variable}}});
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

std::size_t World::restrictions() {
  static_cast<void>(constraints());   // those that are still to be made
  return restrictions_;
}

void World::tell(solve::Solver& solver) {
  const auto& all = constraints();
  if (told_ == 0) {
    solver.set_audit([this](const solve::Solver::Reader& value, std::vector<Expr>& broken) {
      for (const auto& chain : chains_) {
        find_cycles(chain, value, nullptr, broken);
        if (twin_ != nullptr) find_cycles(chain, value, twin_, broken);
      }
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

const Alternatives& World::relation(EntityIndex entity, FieldId field) { return cell(entity, field, 0).alternatives; }
const Alternatives& World::members(EntityIndex entity, FieldId field) { return cell(entity, field, 0).alternatives; }

Fact* World::further_members(EntityIndex entity, FieldId field) { return cell(entity, field, 0).further; }

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

std::vector<Amount> World::performances(model::ProvisionId norm, std::optional<EntityIndex> bearer, std::optional<EntityIndex> object,
                                        const std::vector<EntityIndex>* row) {
  const auto is = [&](const std::optional<EntityIndex>& entity, facts::EntityId listed) {
    return entity && listed.is_valid() && *entity == listed.index;
  };
  if (the_case_.done) {
    std::vector<Amount> result;
    for (const auto& done : *the_case_.done) {
      if (done.provision != norm) continue;
      if (done.bearer.is_valid() ? !is(bearer, done.bearer) : bearer.has_value()) continue;
      if (done.object && !is(object, *done.object)) continue;
      const bool same = row == nullptr || std::all_of(done.others.begin(), done.others.end(), [&](const facts::RowEntity& other) {
        return other.variable.index < row->size() && (*row)[other.variable.index] == other.entity.index;
      });
      if (same) result.push_back({solve::true_expr, LinearForm(Number(done.on.days))});
    }
    return result;
  }
  // Two rows that differ in somebody else are two performances; asked for without them, it is a third of which nothing is known.
  std::string key = std::to_string(norm.index);
  for (const auto& entity : {bearer, object}) key += '/' + (entity ? std::to_string(*entity) : "-");
  const auto& provision = model_.provisions[norm];
  const bool others = provision.row_size > (provision.bearer ? 1U : 0U) + (provision.object ? 1U : 0U);
  if (row != nullptr && others) {
    for (const auto entity : *row) key += '/' + std::to_string(entity);
  }
  const auto [known, fresh] = performances_.try_emplace(std::move(key));
  if (fresh) {
    const auto about = bearer.value_or(object.value_or(0));
    auto& fact = new_fact(about, std::nullopt, 0);
    fact.text = "whether and when " + (bearer ? name_with_kind(*bearer) : "the " + model_.authorities[*provision.bearer_authority].name) +
                " has done " + model_.name_of(norm) + (object ? " for " + name_with_kind(*object) : std::string());
    known->second.exists = new_boolean(fact);
    solve::Domain domain;
    domain.integer = true;
    domain.lower = solve::Bound{Number(0), true};
    domain.upper = solve::Bound{Number(Date::last_day), true};
    known->second.form = LinearForm(new_real(fact, domain));
  }
  return {known->second};
}

Expr World::auxiliary_boolean() { return store_.boolean(store_.new_boolean()); }

LinearForm World::auxiliary(const solve::Domain& domain) { return LinearForm(store_.new_real(domain)); }

std::vector<const Fact*> World::facts_in_order() const {
  std::vector<const Fact*> result;
  for (const auto& fact : facts_) result.push_back(fact.get());
  put_in_order(result);
  return result;
}

void World::put_in_order(std::vector<const Fact*>& facts) {
  std::sort(facts.begin(), facts.end(), [](const Fact* a, const Fact* b) {
    const auto key = [](const Fact* fact) {
      return std::tuple(fact->field ? fact->field->index : FieldId::no_index, fact->entity, fact->year, std::string_view(fact->text), fact->index);
    };
    return key(a) < key(b);
  });
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
