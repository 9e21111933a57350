#include "oracle/universe.hpp"

#include "facts/relations.hpp"

namespace onus::oracle {

using model::FieldId;
using model::FieldType;
using model::KindId;

Universe::Universe(const model::Model& model, const facts::Case& the_case, bool no_defaults)
    : model_(model), case_(the_case), no_defaults_(no_defaults), used_(model.fields.size(), false), listed_of_(model.kinds.size()) {
  for (Entity entity = 0; entity < listed(); ++entity) {
    kinds_.push_back(case_.entities[entity].kind);
    listed_of_[kinds_.back().index].push_back(entity);
  }
  for (const model::Condition& condition : model.conditions) {
    use(condition.path);
    use(condition.path2);
  }
  for (const model::Expr& expr : model.exprs) use(expr.path);
  for (const model::Provision& provision : model.provisions) {
    use(provision.holder);
    if (provision.object) use(*provision.object);
    if (provision.bearer) use(*provision.bearer);
    for (const model::Variable& variable : provision.variables) {
      if (variable.domain_of) use(*variable.domain_of);
    }
  }
  for (const model::Field& field : model.fields) {
    for (const FieldId step : field.chain) used_[step.index] = true;
  }
  find_chains();
}

// The same sets along which a case that lists a circle is refused.
void Universe::find_chains() {
  chains_of_.resize(model_.fields.size());
  for (const auto& group : facts::recursion_groups(model_)) {
    for (const FieldId field : group) chains_of_[field.index].push_back(chains_.size());
    chains_.push_back(group);
  }
}

void Universe::use(const model::Path& path) {
  for (const model::Step& step : path.steps) {
    if (step.kind == model::Step::Kind::Field) used_[step.field.index] = true;
  }
}

std::string Universe::name(Entity entity) const {
  if (is_listed(entity)) return case_.entities[entity].name;
  const Entity from = owner(entity);
  return "the " + model_.fields[relation(entity)].name + " of " + (is_listed(from) ? model_.kinds[kind(from)].name + " " : "") + name(from);
}

const std::vector<Entity>& Universe::implied_of(KindId kind) {
  if (const auto known = implied_of_.find(kind); known != implied_of_.end()) return known->second;
  std::vector<Entity> result;
  for (Entity owner = 0; owner < listed(); ++owner) {
    for (const FieldId field : model_.fields.ids()) {
      const model::Field& info = model_.fields[field];
      if (info.owner != this->kind(owner) || info.target != kind || !is_used(field)) continue;
      if (info.type == FieldType::OneInverse || is_undetermined(owner, field)) result.push_back(implied(owner, field));
    }
  }
  return implied_of_[kind] = std::move(result);
}

const std::vector<std::optional<Entity>>& Universe::candidates(Entity entity, FieldId field) {
  if (const auto known = candidates_.find({entity, field}); known != candidates_.end()) return known->second;
  std::vector<std::optional<Entity>> result;
  const model::Field& info = model_.fields[field];
  if (info.optional) result.push_back(std::nullopt);
  for (const Entity other : listed_of(*info.target)) result.push_back(other);
  for (const Entity other : implied_of(*info.target)) {
    // Of those that a relation implies, the ones before this.
    if (std::pair(owner(other), relation(other)) < std::pair(entity, field)) result.push_back(other);
  }
  result.push_back(implied(entity, field));
  return candidates_[{entity, field}] = std::move(result);   // last: making an implied entity may fail
}

Entity Universe::implied(Entity owner, FieldId field) {
  if (implied_.size() > 200 && implied_index_.count({owner, field}) == 0) throw Unsupported("too many implied entities");
  const auto [at, fresh] = implied_index_.try_emplace({owner, field}, listed() + static_cast<Entity>(implied_.size()));
  if (fresh) {
    implied_.emplace_back(owner, field);
    kinds_.push_back(*model_.fields[field].target);
  }
  return at->second;
}

bool Universe::is_result(Entity entity) const {
  return !is_listed(entity) && model_.fields[relation(entity)].type == FieldType::OneInverse;
}

const facts::FieldState* Universe::state(Entity entity, FieldId field, std::int32_t year) const {
  return is_listed(entity) ? case_.state(facts::EntityId{entity}, field, year) : nullptr;
}

bool Universe::is_closed(Entity entity, FieldId field, std::int32_t year) const {
  if (!is_listed(entity) || no_defaults_) return false;
  return model_.fields[field].closing != model::Closing::Open && state(entity, field, year) == nullptr;
}

bool Universe::is_undetermined(Entity entity, FieldId field) const {
  if (model_.fields[field].type != FieldType::Relation) return false;
  if (!is_listed(entity)) return !(is_result(entity) && model_.fields[relation(entity)].inverse_of == field);
  const facts::FieldState* given = state(entity, field);
  if (given == nullptr) return !is_closed(entity, field);
  return given->value == facts::FieldState::Value::NotGiven;
}

Variable Universe::variable(const Question& question) {
  const auto [at, fresh] = variables_.try_emplace(question, static_cast<Variable>(questions_.size()));
  if (fresh) questions_.push_back(question);
  return at->second;
}

NumberVariable Universe::amount_variable(Entity entity, FieldId field, std::int32_t year, const NumberDomain& domain) {
  const auto [at, fresh] = amounts_.try_emplace({entity, field, year}, 0);
  if (fresh) at->second = number_variable({Question::Of::Amount, entity, field.index, year, 0, no_entity, {}}, domain);
  return at->second;
}

NumberVariable Universe::number_variable(const Question& question, const NumberDomain& domain) {
  const auto [at, fresh] = number_variables_.try_emplace(question, static_cast<NumberVariable>(domains_.size()));
  if (fresh) {
    number_questions_.push_back(question);
    domains_.push_back(domain);
  }
  return at->second;
}

}  // namespace onus::oracle
