#include "graph/scheme.hpp"

#include <algorithm>
#include <stdexcept>

namespace onus::graph {

using formula::AtomKind;
using formula::Op;
using solve::Expr;
using solve::ExpressionStore;
using solve::LinearForm;

namespace {

constexpr std::uint32_t max_level = 400;   // conclusions within conclusions

std::string key_of(std::string_view what, std::uint32_t id, const std::vector<SlotId>& slots) {
  std::string key = std::string(what) + "/" + std::to_string(id);
  for (const SlotId slot : slots) key += "/" + (slot.is_valid() ? std::to_string(slot.index) : "-");
  return key;
}

}  // namespace

Schemes::Schemes(const formula::Program& program, ExpressionStore& store, SchemeOptions options)
    : program_(program), model_(*program.model), store_(store), options_(options), slots_(model_, store, options.as_of) {}

// What is recursive is expanded about the entities of the row and whoever they lead to without coming by their own kind
// again: the step along the chain ends in variables of their own.
bool Schemes::enter(const std::string& key, bool recursive, SlotId slot) {
  if (level_ >= max_level) throw std::length_error("conclusions are nested too deep");
  if (!options_.expand || (recursive && (in_progress_[key] > 0 || slots_.is_beyond(slot)))) return false;
  ++in_progress_[key];
  ++level_;
  return true;
}

void Schemes::leave(const std::string& key) {
  --in_progress_[key];
  --level_;
}

// ---- paths

void Schemes::step(Ends& ends, const End& from, const model::Step& step) {
  const auto add = [&](Expr guard, SlotId slot) {
    if (guard.is_false()) return;
    const auto same = std::ranges::find(ends, slot, &End::slot);
    if (same == ends.end()) {
      ends.push_back({guard, slot});
    } else {
      same->guard = store_.or_(same->guard, guard);
    }
  };
  if (step.kind == model::Step::Kind::Value) {
    for (const End& end : entity_value(step.value, from.slot)) add(store_.and_(from.guard, end.guard), end.slot);
    return;
  }
  const auto& field = model_.fields[step.field];
  const SlotId next = slots_.child(from.slot, step, *field.target);
  // Back to where the slot was reached from: it is there.
  const bool back = slots_[from.slot].parent == next;
  add(store_.and_(from.guard, back ? solve::true_expr : slots_.exists(from.slot, step.field, 0)), next);
}

Schemes::Ends Schemes::resolve(formula::PathId id, const Binding& binding) {
  const auto& path = program_.formulas[id];
  if (!path.parent.is_valid()) return {{solve::true_expr, binding.at(path.root.index)}};
  Ends result;
  for (const End& end : resolve(path.parent, binding)) step(result, end, path.step);
  return result;
}

Schemes::Ends Schemes::follow(const model::Path& path, const Binding& binding) {
  Ends here{{solve::true_expr, binding.at(path.root.index)}};
  for (const auto& each : path.steps) {
    Ends next;
    for (const End& end : here) step(next, end, each);
    here = std::move(next);
  }
  return here;
}

Schemes::Ends Schemes::entity_value(model::ValueId id, SlotId slot) {
  const auto& computed = model_.values[id];
  const std::string key = "entity/" + std::to_string(id.index);
  if (!enter(key, computed.recursive, slot)) {
    model::Step via;
    via.kind = model::Step::Kind::Value;
    via.value = id;
    return {{solve::true_expr, slots_.child(slot, via, computed.entity_kind.value_or(computed.owner))}};
  }
  Ends result;
  for (const auto& root : program_.of(computed.provision).cases) {
    if (!root.entity.is_valid()) continue;
    const Binding here{slot};
    const Expr guard = formula(root.guard, here, model_.provisions[computed.provision].variables);
    if (guard.is_false()) continue;
    for (const End& end : resolve(root.entity, here)) {
      const Expr both = store_.and_(guard, end.guard);
      const auto same = std::ranges::find(result, end.slot, &End::slot);
      if (same == result.end()) {
        result.push_back({both, end.slot});
      } else {
        same->guard = store_.or_(same->guard, both);
      }
    }
  }
  leave(key);
  return result;
}

// ---- conditions

Expr Schemes::free_condition(formula::FormulaId id, const Binding& binding, const std::string& text) {
  FactInfo info;
  info.kind = FactInfo::Kind::Computed;
  if (!binding.empty()) info.slot = binding.front();
  info.text = text;
  return slots_.free_boolean(key_of("condition", id.index, binding), std::move(info));
}

std::string Schemes::set_text(formula::PathId of, model::FieldId domain, const Binding& binding) {
  if (!domain.is_valid()) return "entities that the case lists";
  std::string text = model_.fields[domain].name;
  while (of.is_valid() && program_.formulas[of].parent.is_valid()) {
    const auto& step = program_.formulas[of].step;
    text += " of the " + (step.kind == model::Step::Kind::Field ? model_.fields[step.field].name : model_.values[step.value].name);
    of = program_.formulas[of].parent;
  }
  if (of.is_valid() && program_.formulas[of].root.index < binding.size()) text += " of " + slots_.text_of(binding[program_.formulas[of].root.index]);
  return text;
}

Expr Schemes::formula(formula::FormulaId id, const Binding& binding, const Variables& variables) {
  const auto key = std::pair(id.index, binding);
  if (const auto known = formula_memo_.find(key); known != formula_memo_.end()) return known->second;
  const auto& node = program_.formulas[id];
  std::vector<Expr> children;
  if (node.op != Op::Quantified)
    for (const auto child : node.children) children.push_back(formula(child, binding, variables));
  Expr result;
  switch (node.op) {
    case Op::True: result = solve::true_expr; break;
    case Op::False: result = solve::false_expr; break;
    case Op::And: result = store_.and_(children); break;
    case Op::Or: result = store_.or_(children); break;
    case Op::Not: result = ExpressionStore::not_(children.front()); break;
    case Op::AtLeast: result = store_.at_least_n(children, static_cast<std::size_t>(node.count)); break;
    case Op::Atom: result = atom(program_.formulas[node.atom], id, binding); break;
    case Op::Quantified: {
      const auto& variable = variables.at(node.variable.index);
      const std::string set = set_text(node.domain_of, node.domain, binding);
      std::string text = "at least " + std::to_string(node.count) + " of the " + set;
      if (node.quantifier == model::Quantifier::Every) text = "every one of the " + set;
      if (node.quantifier == model::Quantifier::No) text = "none of the " + set;
      result = free_condition(id, binding, text + (set == variable.noun ? "" : " (" + variable.noun + ")") + " meets a condition");
      break;
    }
  }
  formula_memo_.emplace(key, result);
  return result;
}

Expr Schemes::atom(const formula::Atom& atom, formula::FormulaId id, const Binding& binding) {
  if (atom.kind == AtomKind::Compare) return compare(atom, binding);
  if (atom.kind == AtomKind::Reading) return slots_.reading(atom.provision, atom.member);
  const auto uses_bound = [&](formula::PathId path) {
    while (program_.formulas[path].parent.is_valid()) path = program_.formulas[path].parent;
    return program_.formulas[path].root.index >= binding.size();
  };
  if (uses_bound(atom.path) || (atom.path2.is_valid() && uses_bound(atom.path2)))
    return free_condition(id, binding, "a condition about some entity");
  std::vector<Expr> branches;
  const Ends first = resolve(atom.path, binding);
  const Ends second = atom.path2.is_valid() ? resolve(atom.path2, binding) : Ends{};
  for (const auto& [guard, slot] : first) {
    const auto under = [&, outer = guard](Expr inner, Expr value) {
      branches.push_back(store_.and_(store_.and_(outer, inner), value));
    };
    switch (atom.kind) {
      case AtomKind::YesNo: under(solve::true_expr, slots_.yes(slot, atom.field)); break;
      case AtomKind::Member: under(solve::true_expr, slots_.member(slot, atom.field, atom.member)); break;
      case AtomKind::Judged:
      case AtomKind::Established: under(solve::true_expr, judgement(atom, slot)); break;
      case AtomKind::AnsweredNo: under(solve::true_expr, slots_.judgement(slot, atom.field).answered_no); break;
      case AtomKind::Exists:
        under(solve::true_expr, atom.field.is_valid() ? slots_.exists(slot, atom.field, atom.year) : solve::true_expr);
        break;
      case AtomKind::Pair:
        for (const End& other : second) under(other.guard, slots_.pair(slot, atom.field, other.slot));
        break;
      case AtomKind::Same:
        for (const End& other : second) under(other.guard, slots_.same(slot, other.slot));
        break;
      case AtomKind::CannotKnow:
        if (!atom.path2.is_valid()) under(solve::true_expr, slots_.cannot_know(slot, atom.field, atom.year, SlotId{}));
        for (const End& other : second) under(other.guard, slots_.cannot_know(slot, atom.field, atom.year, other.slot));
        break;
      case AtomKind::Concluded:
        if (!atom.path2.is_valid()) under(solve::true_expr, concluded(atom.predicate, atom.regulation, slot).yes);
        for (const End& other : second)
          under(other.guard, concluded(atom.predicate, atom.regulation, slot, other.slot).yes);
        break;
      case AtomKind::Compare:
      case AtomKind::Reading: break;
    }
  }
  return store_.or_(branches);
}

Expr Schemes::judgement(const formula::Atom& atom, SlotId subject) {
  const auto facts = slots_.judgement(subject, atom.field);
  FactInfo info;
  info.kind = FactInfo::Kind::Conclusion;
  info.slot = subject;
  info.field = atom.field;
  info.text = "whether " + slots_.text_of(subject) + " is presumed " + model_.fields[atom.field].name;
  Outcome outcome;
  const Expr presumed = about(program_.presumptions[atom.field.index],
                              key_of("presumed", atom.field.index, {subject}) + "/" + std::to_string(atom.regulation.index),
                              std::move(info), atom.regulation, subject, SlotId{}, outcome);
  const Expr grounds = atom.kind == AtomKind::Judged ? store_.or_(presumed, facts.truth) : presumed;
  return store_.or_(facts.answered_yes, store_.and_(ExpressionStore::not_(facts.answered_no), grounds));
}

// ---- provisions

std::vector<SlotId> Schemes::row_of(model::ProvisionId id) {
  const auto& provision = model_.provisions[id];
  Binding row;
  std::map<std::uint32_t, std::uint32_t> of_kind;
  for (std::uint32_t i = 0; i < provision.row_size; ++i) {
    const auto kind = provision.variables[i].kind;
    row.push_back(slots_.row(kind, of_kind[kind.index]++));
  }
  return row;
}

Expr Schemes::openings(const std::vector<formula::Attack>& opens, const Binding& binding, const Variables& variables,
                       Contribution* into) {
  std::vector<Expr> extra;
  for (const auto& open : opens) {
    const Expr fires = strike(open, binding, variables);
    if (into != nullptr) into->strikes.push_back({open.by, true, fires});
    if (fires.is_false()) continue;
    FactInfo info;
    info.kind = FactInfo::Kind::Choice;
    info.provision = open.by;
    info.text = "how " + model_.name_of(open.by) + " is decided";
    extra.push_back(store_.and_(fires, slots_.free_boolean(key_of("choice", open.by.index, binding) + "/" +
                                                               std::to_string(open.condition.index),
                                                           std::move(info))));
  }
  return store_.or_(extra);
}

// As deep as exceptions to exceptions are written.
Expr Schemes::strike(const formula::Attack& attack, const Binding& binding, const Variables& variables) {
  std::vector<Expr> all{formula(attack.in_force, binding, variables)};
  all.push_back(store_.or_(formula(attack.condition, binding, variables), openings(attack.opens, binding, variables, nullptr)));
  for (const auto& other : attack.attackers) all.push_back(ExpressionStore::not_(strike(other, binding, variables)));
  return store_.and_(all);
}

Contribution Schemes::contribution(model::ProvisionId id, const Binding& row) {
  const auto& roots = program_.of(id);
  const auto& variables = model_.provisions[id].variables;
  Contribution result;
  result.provision = id;
  result.match = solve::true_expr;
  result.in_force = formula(roots.in_force, row, variables);
  result.condition = formula(roots.condition, row, variables);
  const Expr extra = openings(roots.opens, row, variables, &result);
  std::vector<Expr> fires{result.in_force, store_.or_(result.condition, extra)};
  for (const auto& attack : roots.attackers) {
    const Expr struck = strike(attack, row, variables);
    result.strikes.push_back({attack.by, false, struck});
    fires.push_back(ExpressionStore::not_(struck));
  }
  result.met = store_.and_(result.in_force, store_.or_(formula(roots.positive, row, variables), extra));
  result.fires = store_.and_(fires);
  return result;
}

Expr Schemes::about(const std::vector<model::ProvisionId>& provisions, const std::string& key, FactInfo info,
                    model::RegulationId regulation, SlotId subject, SlotId object, Outcome& outcome) {
  if (const auto known = outcome_memo_.find(key); known != outcome_memo_.end()) {
    outcome = known->second;
    return outcome.yes;
  }
  const bool recursive = std::ranges::any_of(provisions, [&](auto id) { return model_.provisions[id].recursive; });
  const std::string progress = key.substr(0, key.find('/', key.find('/') + 1));
  if (!enter(progress, recursive, subject)) {
    outcome.yes = slots_.free_boolean(key, std::move(info));
    outcome.no = solve::false_expr;
    return outcome.yes;
  }
  std::vector<Expr> fires, met;
  for (const auto id : provisions) {
    const auto& provision = model_.provisions[id];
    if (provision.regulation != regulation) continue;
    Binding row(provision.row_size);
    Expr present = solve::true_expr;
    bool only = true;
    const auto place = [&](const model::Path& path, SlotId end, bool sure) {
      const auto start = slots_.invert(path, end, provision.variables);
      if (!start || (sure && !start->only) || row.at(path.root.index).is_valid()) return;
      row[path.root.index] = start->slot;
      present = store_.and_(present, start->guard);
      only = only && start->only;
    };
    for (const bool sure : {true, false}) {
      place(provision.holder, subject, sure);
      if (object.is_valid() && provision.object) place(*provision.object, object, sure);
    }
    const bool determined = std::ranges::all_of(row, [](SlotId slot) { return slot.is_valid(); });
    Contribution here;
    here.provision = id;
    here.match = here.in_force = here.condition = here.met = here.fires = solve::false_expr;
    if (determined) {
      const auto ends_at = [&](const model::Path& path, SlotId wanted) {
        std::vector<Expr> some;
        for (const End& end : follow(path, row)) some.push_back(store_.and_(end.guard, slots_.same(end.slot, wanted)));
        return store_.or_(some);
      };
      Expr match = store_.and_(present, ends_at(provision.holder, subject));
      if (object.is_valid() && provision.object) match = store_.and_(match, ends_at(*provision.object, object));
      here = contribution(id, row);
      here.match = match;
      here.met = store_.and_(match, here.met);
      here.fires = store_.and_(match, here.fires);
    }
    if (!determined || !only) {
      // Some other anchor, of which nothing is known here.
      FactInfo free;
      free.kind = FactInfo::Kind::Conclusion;
      free.slot = subject;
      free.provision = id;
      free.text = "whether " + model_.name_of(id) + " speaks of " + slots_.text_of(subject);
      const Expr other = slots_.free_boolean(key_of("speaks", id.index, {subject, object}), std::move(free));
      here.match = store_.or_(here.match, other);
      here.in_force = store_.or_(here.in_force, other);
      here.condition = store_.or_(here.condition, other);
      here.met = store_.or_(here.met, other);
      here.fires = store_.or_(here.fires, other);
    }
    fires.push_back(here.fires);
    met.push_back(here.met);
    outcome.contributions.push_back(std::move(here));
  }
  leave(progress);
  outcome.yes = store_.or_(fires);
  outcome.no = store_.and_(store_.or_(met), ExpressionStore::not_(outcome.yes));
  // What was cut off inside an expansion is not what the outside would say.
  if (!recursive) outcome_memo_.emplace(key, outcome);
  return outcome.yes;
}

Outcome Schemes::concluded(model::PredicateId predicate, model::RegulationId regulation, SlotId subject, SlotId object) {
  FactInfo info;
  info.kind = FactInfo::Kind::Conclusion;
  info.slot = subject;
  info.other = object;
  info.text = "whether " + slots_.text_of(subject) + " is " + (object.is_valid() ? "a " : "") + model_.predicates[predicate].name;
  if (object.is_valid()) info.text += " of " + slots_.text_of(object);
  Outcome outcome;
  about(program_.concluders[predicate.index],
        key_of("concluded", predicate.index, {subject, object}) + "/" + std::to_string(regulation.index), std::move(info),
        regulation, subject, object, outcome);
  return outcome;
}

NormScheme Schemes::norm(model::ProvisionId id) {
  const auto& roots = program_.of(id);
  const auto& provision = model_.provisions[id];
  NormScheme result;
  result.provision = id;
  result.row = row_of(id);
  Contribution here = contribution(id, result.row);
  if (!program_.followed[id.index].empty()) {
    // What was performed is of a case, not of the rules.
    FactInfo free;
    free.kind = FactInfo::Kind::Computed;
    free.provision = id;
    free.text = "whether a norm that " + model_.name_of(id) + " follows is violated";
    const Expr violated = slots_.free_boolean("violated/" + std::to_string(id.index), std::move(free));
    here.match = violated;
    here.met = store_.and_(violated, here.met);
    here.fires = store_.and_(violated, here.fires);
  }
  result.outcome.yes = here.fires;
  result.outcome.no = store_.and_(here.met, ExpressionStore::not_(here.fires));
  result.outcome.contributions.push_back(std::move(here));
  for (const auto limit : roots.limits) result.limits.push_back(formula(limit, result.row, provision.variables));
  for (const auto& due : roots.dues) result.dues.push_back(pieces(due, result.row, provision.variables));
  result.from = pieces(roots.from, result.row, provision.variables);
  return result;
}

std::vector<NormScheme> Schemes::norms() {
  std::vector<NormScheme> result;
  for (const auto id : model_.provisions.ids())
    if (model::is_norm(model_.provisions[id].kind)) result.push_back(norm(id));
  return result;
}

std::vector<Expr> Schemes::constraints() {
  for (const auto id : model_.provisions.ids()) {
    const auto& provision = model_.provisions[id];
    if (provision.kind != model::ProvisionKind::Assumption) continue;
    const auto& roots = program_.of(id);
    const Binding row = row_of(id);
    slots_.require(store_.implies(formula(roots.condition, row, provision.variables),
                                  formula(roots.claim, row, provision.variables)));
  }
  return slots_.constraints();
}

}  // namespace onus::graph
