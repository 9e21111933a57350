#include "evaluate/ground.hpp"

#include <algorithm>

namespace onus::evaluate {

using model::FieldId;
using solve::ExpressionStore;

Expr Grounder::openings(const std::vector<formula::Attack>& opens, BindingId binding, const Variables& variables, std::vector<Struck>& out) {
  std::vector<Expr> extra;
  for (const auto& open : opens) {
    auto struck = strike(open, binding, variables);
    if (!struck.fires.is_false()) {
      extra.push_back(store_.and_(struck.fires, store_.boolean(choice(open, binding))));
    }
    out.push_back(std::move(struck));
  }
  return store_.or_(extra);
}

solve::BoolVar Grounder::choice(const formula::Attack& open, BindingId binding) {
  const auto key = std::tuple(open.by.index, bindings_[binding], open.condition.index);
  auto it = choice_memo_->find(key);
  if (it == choice_memo_->end()) it = choice_memo_->emplace(key, store_.new_boolean()).first;
  choices_.insert(it->second);
  return it->second;
}

Struck Grounder::strike(const formula::Attack& attack, BindingId binding, const Variables& variables) {
  Struck result;
  result.by = attack.by;
  result.rebuttal = attack.rebuttal;
  const auto in_force = value_of(attack.in_force, binding, variables);
  result.condition = formula(attack.condition, binding, variables);
  for (const auto each : attack.unless) result.unless.push_back(formula(each, binding, variables));
  const auto positive = value_of(attack.positive, binding, variables);
  result.extra = openings(attack.opens, binding, variables, result.opens);
  std::vector<Expr> stopped;
  for (const auto& other : attack.attackers) {
    result.attackers.push_back(strike(other, binding, variables));
    stopped.push_back(result.attackers.back().fires);
  }
  result.met = store_.and_(in_force, store_.or_(positive, result.extra));
  const auto holds = store_.or_(traces_[result.condition].value, result.extra);
  result.fires = store_.and_(std::vector<Expr>{in_force, holds, ExpressionStore::not_(store_.or_(stopped))});
  return result;
}

// Days from which each of several things is so: from the last of them. As one comparison, it and its opposite exclude each other
// wherever they meet along a chain.
Expr Grounder::from_last_day(Expr in_force) {
  if (options_.today || store_.kind(in_force) != solve::Kind::And) return in_force;
  std::optional<Number> last;
  for (const auto each : store_.operands(in_force)) {
    if (each.is_negated() || store_.kind(each) != solve::Kind::Linear) return in_force;
    const auto& atom = store_.atom(store_.node(each.node()).first);
    const auto& terms = store_.form(atom.form).terms;
    if (atom.strict || terms.size() != 1 || terms.front().variable != options_.today_variable || terms.front().coefficient != Number(1)) {
      return in_force;
    }
    if (!last || *last < atom.threshold) last = atom.threshold;
  }
  return last ? store_.at_least(options_.today_variable, *last) : in_force;
}

Instance Grounder::instance(model::ProvisionId id, BindingId binding, Expr match) {
  const auto& provision = model_.provisions[id];
  const auto& roots = program_.of(id);
  const auto& variables = provision.variables;
  Instance result;
  result.provision = id;
  result.binding = binding;
  result.match = match;
  result.in_force = from_last_day(value_of(roots.in_force, binding, variables));
  auto speaks = store_.and_(match, result.in_force);
  if (!program_.followed[id.index].empty()) {
    result.followed = followed(id, binding);
    std::vector<Expr> some;
    for (const auto each : result.followed) some.push_back(traces_[each].value);
    speaks = store_.and_(speaks, store_.or_(some));
  }
  if (!options_.traced) {   // whether it fires, and no more
    result.fires = store_.and_(speaks, speaks.is_false() ? solve::false_expr : fires(roots, binding, variables));
    return result;
  }
  result.condition = formula(roots.condition, binding, variables);
  for (const auto each : roots.unless) result.unless.push_back(formula(each, binding, variables));
  result.positive = value_of(roots.positive, binding, variables);
  result.extra = openings(roots.opens, binding, variables, result.opens);
  std::vector<Expr> stopped;
  for (const auto& attack : roots.attackers) {
    result.attackers.push_back(strike(attack, binding, variables));
    stopped.push_back(result.attackers.back().fires);
  }
  result.met = store_.and_(speaks, store_.or_(result.positive, result.extra));
  const auto holds = store_.or_(traces_[result.condition].value, result.extra);
  result.fires = store_.and_(std::vector<Expr>{speaks, holds, ExpressionStore::not_(store_.or_(stopped))});
  return result;
}

// Of a provision that is in force, or an attack: whether its condition holds, or is opened, and nothing stops it.
template <class Spoken>
Expr Grounder::fires(const Spoken& spoken, BindingId binding, const Variables& variables) {
  auto holds = value_of(spoken.condition, binding, variables);
  for (const auto& open : spoken.opens) {
    if (holds.is_true()) break;
    const auto opens = fires_if_in_force(open, binding, variables);
    if (!opens.is_false()) holds = store_.or_(holds, store_.and_(opens, store_.boolean(choice(open, binding))));
  }
  for (const auto& attack : spoken.attackers) {
    if (holds.is_false()) break;
    holds = store_.and_(holds, ExpressionStore::not_(fires_if_in_force(attack, binding, variables)));
  }
  return holds;
}

Expr Grounder::fires_if_in_force(const formula::Attack& attack, BindingId binding, const Variables& variables) {
  const auto in_force = value_of(attack.in_force, binding, variables);
  return in_force.is_false() ? in_force : store_.and_(in_force, fires(attack, binding, variables));
}

Proposition Grounder::from_instances(std::vector<Instance> instances) {
  Proposition result;
  std::vector<Expr> fires;
  std::vector<Expr> met;
  for (auto& each : instances) {
    fires.push_back(each.fires);
    met.push_back(each.met);
    if (options_.traced) result.instances.push_back(instances_.add(std::move(each)));
  }
  result.yes = store_.or_(fires);
  result.no = store_.and_(store_.or_(met), ExpressionStore::not_(result.yes));
  return result;
}

PropositionId Grounder::stand_in(Standing& standing) {
  if (!standing.holds) standing.holds = world_.auxiliary_boolean();
  Proposition result;
  result.free = true;
  result.yes = *standing.holds;
  return propositions_.add(std::move(result));
}

PropositionId Grounder::norm(model::ProvisionId provision, BindingId binding, Expr match) {
  const auto [known, fresh] = norm_memo_.try_emplace(std::tuple(provision.index, binding.index, match.index));
  if (fresh) known->second = propositions_.add(from_instances({instance(provision, binding, match)}));
  return known->second;
}

PropositionId Grounder::concluded(model::PredicateId predicate, model::RegulationId regulation, EntityIndex subject,
                                  std::optional<EntityIndex> object) {
  const Key key(std::uint8_t{0}, predicate.index, regulation.index, subject, object.value_or(no_entity));
  if (const auto it = proposition_memo_.find(key); it != proposition_memo_.end()) return it->second;
  const auto text = [&] {
    auto about = "whether " + world_.name_with_kind(subject) + " is " + (object ? "a " : "") + model_.predicates[predicate].name;
    return object ? about + " of " + world_.name_with_kind(*object) : about;
  };
  return from_provisions(key, program_.concluders[predicate.index], subject, object, text);
}

PropositionId Grounder::presumed(FieldId judgement, model::RegulationId regulation, EntityIndex subject) {
  const auto text = [&] { return "whether " + world_.name_with_kind(subject) + " is presumed " + model_.fields[judgement].name; };
  return from_provisions(std::tuple(std::uint8_t{1}, judgement.index, regulation.index, subject, no_entity),
                         program_.presumptions[judgement.index], subject, std::nullopt, text);
}

// Whether a provision may conclude the same from something that the case does not list: where silence does not close what is
// listed, and more than one thing of a kind may lead to the subject.
Expr Grounder::from_unlisted(model::ProvisionId id, bool has_object) {
  const auto& provision = model_.provisions[id];
  const auto pins = [&](const model::Path& path, std::uint32_t variable) {
    if (path.root.index != variable) return false;
    return std::all_of(path.steps.begin(), path.steps.end(), [&](const model::Step& step) {
      if (step.kind != model::Step::Kind::Field) return false;
      if (model_.fields[step.field].type == model::FieldType::OneInverse) return true;
      return std::any_of(model_.fields.begin(), model_.fields.end(), [&](const model::Field& other) {
        return other.type == model::FieldType::OneInverse && other.inverse_of == step.field;
      });
    });
  };
  std::vector<Expr> some;
  for (std::uint32_t i = 0; i < provision.row_size; ++i) {
    if (pins(provision.holder, i) || (has_object && provision.object && pins(*provision.object, i))) continue;
    if (auto* further = world_.further_of_kind(provision.variables[i].kind)) some.push_back(world_.further_boolean(*further));
  }
  if (some.empty()) return solve::false_expr;
  const bool is_of_row = provision.from || provision.until;
  const auto in_force = is_of_row ? solve::true_expr
                                  : traces_[formula(program_.of(id).in_force, binding(std::vector<EntityIndex>(provision.row_size, 0)),
                                                    provision.variables)].value;
  return store_.and_(in_force, store_.or_(some));
}

PropositionId Grounder::from_provisions(const Key& key, const std::vector<model::ProvisionId>& provisions, EntityIndex subject,
                                        std::optional<EntityIndex> object, const std::function<std::string()>& text) {
  if (const auto it = proposition_memo_.find(key); it != proposition_memo_.end()) return it->second;
  if (const auto it = in_progress_.find(key); it != in_progress_.end()) return stand_in(it->second);
  const bool recursive = std::any_of(provisions.begin(), provisions.end(), [&](auto id) { return model_.provisions[id].recursive; });
  if (recursive && (world_.ends_recursion(subject) || (object && world_.ends_recursion(*object)))) {
    const auto& [type, about, regulation, from, to] = key;
    std::string name = type == 0 ? "conclusion" : "presumed";
    for (const auto part : {about, regulation, from, to}) name += "/" + std::to_string(part);
    Proposition free;
    free.free = true;
    free.yes = world_.free_boolean(name, world_.ends_recursion(subject) || !object ? subject : *object, text());
    const auto id = propositions_.add(std::move(free));
    proposition_memo_.emplace(key, id);
    return id;
  }
  if (!works_out_) {
    work_out(key);
    return proposition_memo_.at(key);
  }
  enter(key);
  std::vector<Instance> instances;
  std::vector<Expr> unlisted;
  for (const auto id : provisions) {
    const auto& provision = model_.provisions[id];
    if (provision.regulation.index != std::get<2>(key)) continue;
    if (const auto some = from_unlisted(id, object.has_value()); !some.is_false()) unlisted.push_back(some);
    for (const auto anchor : anchors(id, subject, object)) {
      auto match = store_.and_(present(anchor), ends_at(provision.holder, anchor, subject));
      if (object && provision.object) match = store_.and_(match, ends_at(*provision.object, anchor, *object));
      if (!match.is_false()) instances.push_back(instance(id, anchor, match));
    }
  }
  auto proposition = from_instances(std::move(instances));
  if (!unlisted.empty()) {
    unlisted.push_back(proposition.yes);
    proposition.yes = store_.or_(unlisted);
    proposition.no = store_.and_(proposition.no, ExpressionStore::not_(proposition.yes));
  }
  const auto result = propositions_.add(std::move(proposition));
  const auto standing = leave(key);
  if (standing.holds) world_.define(*standing.holds, propositions_[result].yes);
  proposition_memo_.emplace(key, result);
  return result;
}

}  // namespace onus::evaluate
