#include "evaluate/ground.hpp"

#include <algorithm>

namespace onus::evaluate {

using formula::AtomKind;
using formula::Op;
using model::FieldId;
using solve::ExpressionStore;
using solve::LinearForm;

Grounder::Grounder(World& world, GroundOptions options)
    : world_(world),
      program_(world.program()),
      model_(*world.program().model),
      store_(world.store()),
      options_(std::move(options)) {}

BindingId Grounder::binding(std::vector<EntityIndex> entities) {
  const auto it = binding_index_.find(entities);
  if (it != binding_index_.end()) return it->second;
  const auto id = bindings_.add(entities);
  binding_index_.emplace(std::move(entities), id);
  return id;
}

BindingId Grounder::bind(BindingId id, model::VariableId variable, EntityIndex entity, std::size_t size) {
  auto entities = bindings_[id];
  if (entities.size() < size) entities.resize(size, no_entity);
  entities.at(variable.index) = entity;
  return binding(std::move(entities));
}

TraceId Grounder::leaf(Expr value) {
  const auto [known, fresh] = leaves_.try_emplace(value.index);
  if (fresh) {
    Trace trace;
    trace.value = value;
    known->second = traces_.add(std::move(trace));
  }
  return known->second;
}

TraceId Grounder::add(Trace trace) { return options_.traced ? traces_.add(std::move(trace)) : leaf(trace.value); }

TraceId Grounder::combine(Trace::Op op, std::vector<TraceId> children) {
  std::vector<Expr> values;
  values.reserve(children.size());
  for (const auto child : children) values.push_back(traces_[child].value);
  Trace trace;
  trace.op = op;
  trace.value = op == Trace::Op::And ? store_.and_(values) : store_.or_(values);
  trace.children = std::move(children);
  return add(std::move(trace));
}

TraceId Grounder::not_(TraceId child) {
  Trace trace;
  trace.op = Trace::Op::Not;
  trace.value = ExpressionStore::not_(traces_[child].value);
  trace.children = {child};
  return add(std::move(trace));
}

TraceId Grounder::where(Expr guard, TraceId child) {
  if (guard.is_true()) return child;
  Trace trace;
  trace.op = Trace::Op::Where;
  trace.value = store_.and_(guard, traces_[child].value);
  trace.guard = guard;
  trace.children = {child};
  return add(std::move(trace));
}

TraceId Grounder::outcome(PropositionId proposition) {
  Trace trace;
  trace.op = Trace::Op::Conclusion;
  trace.value = propositions_[proposition].yes;
  trace.proposition = proposition;
  return add(std::move(trace));
}

LinearForm Grounder::today() const {
  if (options_.today) return LinearForm(Number(options_.today->days));
  return LinearForm(options_.today_variable);
}

TraceId Grounder::formula(formula::FormulaId id, BindingId binding, const Variables& variables) {
  const auto& node = program_.formulas[id];
  if (node.op == Op::True) return leaf(solve::true_expr);
  if (node.op == Op::False) return leaf(solve::false_expr);
  const FormulaMemo::Key key{id, binding, &variables};
  if (const auto known = formula_memo_.find(key)) return *known;
  TraceId result;
  switch (node.op) {
    case Op::True:
    case Op::False:
    case Op::And:
    case Op::Or: result = connective(node, binding, variables); break;
    case Op::Not: result = not_(formula(node.children.front(), binding, variables)); break;
    case Op::AtLeast: {
      Trace trace;
      trace.op = Trace::Op::AtLeast;
      trace.count = node.count;
      for (const auto child : node.children) trace.children.push_back(formula(child, binding, variables));
      std::vector<Expr> values;
      for (const auto child : trace.children) values.push_back(traces_[child].value);
      trace.value = store_.at_least_n(values, static_cast<std::size_t>(node.count));
      result = add(std::move(trace));
      break;
    }
    case Op::Atom: result = atom(program_.formulas[node.atom], binding, variables); break;
    case Op::Quantified: result = quantified(node, binding, variables); break;
  }
  formula_memo_.add(key, result);
  return result;
}

TraceId Grounder::connective(const formula::Node& node, BindingId binding, const Variables& variables) {
  const bool is_and = node.op == Op::And;
  // Text that another reading stands for is not there: it is neither evaluated nor named.
  if (is_and && std::any_of(node.children.begin(), node.children.end(), [&](auto child) { return is_other_reading(child); })) {
    return leaf(solve::false_expr);
  }
  if (!options_.traced && node.pieces) return leaf(some_piece(node, binding, variables));
  std::vector<TraceId> children;
  children.reserve(node.children.size());
  for (const auto child : node.children) {
    children.push_back(formula(child, binding, variables));
    const auto value = traces_[children.back()].value;
    if (!options_.traced && (is_and ? value.is_false() : value.is_true())) return leaf(value);
  }
  const auto result = combine(is_and ? Trace::Op::And : Trace::Op::Or, std::move(children));
  // Where an amount is not there, nothing is compared, and how pieces are chosen is no ground.
  return node.pieces ? where(compared(result), result) : result;
}

// Where some piece of a comparison has both its sides.
Expr Grounder::compared(TraceId pieces) const {
  std::vector<Expr> some;
  for (const auto piece : traces_[pieces].children) {
    const auto& trace = traces_[piece];
    if (trace.op == Trace::Op::Compare) some.push_back(trace.guard);
    if (trace.op != Trace::Op::And) continue;
    std::vector<Expr> all;   // its guards, and the comparison, which comes last
    for (const auto child : trace.children) all.push_back(traces_[child].value);
    all.back() = traces_[trace.children.back()].guard;
    some.push_back(store_.and_(all));
  }
  return store_.or_(some);
}

// The value of a comparison in pieces, without a trace of them: each piece is a comparison, or guards and one, which comes last.
// It is no more than that some piece holds: a comparison holds only where both its sides are there.
Expr Grounder::some_piece(const formula::Node& pieces, BindingId binding, const Variables& variables) {
  std::vector<Expr> some;
  for (const auto piece : pieces.children) {
    some.push_back(value_of(piece, binding, variables));
    if (some.back().is_true()) break;
  }
  return store_.or_(some);
}

bool Grounder::is_other_reading(formula::FormulaId id) {
  const auto* node = &program_.formulas[id];
  const bool negated = node->op == Op::Not;
  if (negated) node = &program_.formulas[node->children.front()];
  if (node->op != Op::Atom || program_.formulas[node->atom].kind != AtomKind::Reading) return false;
  return reads(program_.formulas[node->atom]) == negated;
}

bool Grounder::reads(const formula::Atom& atom) const {
  return std::find(options_.readings.begin(), options_.readings.end(), std::pair(atom.provision, atom.member)) != options_.readings.end();
}

Grounder::Domain Grounder::domain(formula::PathId domain_of, FieldId field, model::KindId kind, BindingId binding) {
  Domain result;
  if (!domain_of.is_valid()) {
    for (const auto entity : world_.of_kind(kind)) {
      if (!world_.is_implied(entity)) result.members.push_back({solve::true_expr, entity});
    }
    if (auto* further = world_.further_of_kind(kind)) result.further.push_back({solve::true_expr, further});
    return result;
  }
  for (const auto& [guard, owner] : resolve(domain_of, binding)) {
    for (const auto& member : world_.members(owner, field)) {
      const auto both = store_.and_(guard, member.guard);
      if (!both.is_false()) result.members.push_back({both, member.entity});
    }
    if (auto* further = world_.further_members(owner, field)) result.further.push_back({guard, further});
  }
  return result;
}

TraceId Grounder::quantified(const formula::Node& node, BindingId binding, const Variables& variables) {
  const auto set = domain(node.domain_of, node.domain, variables.at(node.variable.index).kind, binding);
  std::vector<TraceId> each;
  for (const auto& [guard, entity] : set.members) {
    const auto inner = bind(binding, node.variable, entity, variables.size());
    const auto belongs = guard;
    if (node.other_than && bindings_[binding].at(node.other_than->index) == entity) continue;
    const auto filter = formula(node.children[0], inner, variables);
    const auto body = formula(node.children[1], inner, variables);
    if (node.quantifier == model::Quantifier::Every) {
      each.push_back(not_(where(belongs, combine(Trace::Op::And, {filter, not_(body)}))));
    } else {
      each.push_back(where(belongs, combine(Trace::Op::And, {filter, body})));
    }
  }
  // Members that the case does not list may tip an existence or break a universal.
  std::vector<Expr> unlisted;
  for (const auto& [guard, further] : set.further) unlisted.push_back(store_.and_(guard, world_.further_boolean(*further)));
  const auto tips = leaf(store_.or_(unlisted));
  switch (node.quantifier) {
    case model::Quantifier::Every:
      each.push_back(not_(tips));
      return combine(Trace::Op::And, std::move(each));
    case model::Quantifier::No:
      each.push_back(tips);
      return not_(combine(Trace::Op::Or, std::move(each)));
    case model::Quantifier::AtLeast: break;
  }
  if (node.count == 1) {
    each.push_back(tips);
    return combine(Trace::Op::Or, std::move(each));
  }
  Trace trace;
  trace.op = Trace::Op::AtLeast;
  trace.count = node.count;
  trace.children = std::move(each);
  std::vector<Expr> values;
  for (const auto child : trace.children) values.push_back(traces_[child].value);
  trace.value = store_.at_least_n(values, static_cast<std::size_t>(node.count));
  const auto listed = add(std::move(trace));
  return combine(Trace::Op::Or, {listed, tips});
}

TraceId Grounder::atom(const formula::Atom& atom, BindingId binding, const Variables& variables) {
  if (atom.kind == AtomKind::Compare) return compare(atom, binding, variables);
  if (atom.kind == AtomKind::Reading) return leaf(ExpressionStore::constant(reads(atom)));
  std::vector<TraceId> branches;
  const auto under = [&](Expr guard, TraceId trace) { branches.push_back(where(guard, trace)); };
  const auto& first = resolve(atom.path, binding);
  const auto second = atom.path2.is_valid() ? resolve(atom.path2, binding) : Alternatives{};
  for (const auto& [guard, entity] : first) {
    switch (atom.kind) {
      case AtomKind::YesNo: under(guard, leaf(world_.yes(entity, atom.field))); break;
      case AtomKind::Member: under(guard, leaf(world_.member(entity, atom.field, atom.member))); break;
      case AtomKind::Judged: under(guard, judgement(atom.field, atom.regulation, entity, true)); break;
      case AtomKind::Established: under(guard, judgement(atom.field, atom.regulation, entity, false)); break;
      case AtomKind::AnsweredNo: under(guard, leaf(world_.judgement(entity, atom.field).answered_no)); break;
      case AtomKind::Exists:
        under(guard, leaf(atom.field.is_valid() ? world_.exists(entity, atom.field, atom.year) : solve::true_expr));
        break;
      case AtomKind::Pair:
        for (const auto& other : second) under(store_.and_(guard, other.guard), leaf(world_.pair(entity, atom.field, other.entity)));
        break;
      case AtomKind::Same:
        for (const auto& other : second) {
          if (other.entity == entity) under(solve::true_expr, leaf(store_.and_(guard, other.guard)));
        }
        break;
      case AtomKind::CannotKnow:
        if (!atom.path2.is_valid()) under(guard, leaf(world_.cannot_know(entity, atom.field, atom.year, std::nullopt)));
        for (const auto& other : second) {
          under(store_.and_(guard, other.guard), leaf(world_.cannot_know(entity, atom.field, atom.year, other.entity)));
        }
        break;
      case AtomKind::Concluded:
        if (!atom.path2.is_valid()) {
          under(guard, outcome(concluded(atom.predicate, atom.regulation, entity, std::nullopt)));
        }
        for (const auto& other : second) {
          under(store_.and_(guard, other.guard), outcome(concluded(atom.predicate, atom.regulation, entity, other.entity)));
        }
        break;
      case AtomKind::Compare:
      case AtomKind::Reading: break;
    }
  }
  if (branches.size() == 1) return branches.front();
  return combine(Trace::Op::Or, std::move(branches));
}

TraceId Grounder::judgement(FieldId field, model::RegulationId regulation, EntityIndex subject, bool bare) {
  const auto facts = world_.judgement(subject, field);
  const auto proposition = presumed(field, regulation, subject);
  const auto presumption = outcome(proposition);
  Trace trace;
  trace.op = Trace::Op::Judgement;
  trace.answered_yes = facts.answered_yes;
  trace.answered_no = facts.answered_no;
  const auto presumed_yes = traces_[presumption].value;
  const auto grounds = bare ? store_.or_(presumed_yes, facts.truth) : presumed_yes;
  trace.value = store_.or_(facts.answered_yes, store_.and_(ExpressionStore::not_(facts.answered_no), grounds));
  trace.children = {presumption};
  return add(std::move(trace));
}

TraceId Grounder::compare(const formula::Atom& atom, BindingId binding, const Variables& variables) {
  Trace trace;
  trace.op = Trace::Op::Compare;
  std::vector<Expr> values, there;
  for (const auto& piece : linear(atom.linear, binding, variables)) {
    Expr holds;
    switch (atom.bound) {
      case formula::Bound::Greater: holds = store_.is_positive(piece.form); break;
      case formula::Bound::GreaterEqual: holds = store_.is_at_least_zero(piece.form); break;
      case formula::Bound::Equal: holds = store_.is_zero(piece.form); break;
    }
    values.push_back(store_.and_(piece.guard, holds));
    there.push_back(piece.guard);
    for (const auto used : piece.cases) {
      if (std::find(trace.children.begin(), trace.children.end(), used) == trace.children.end()) trace.children.push_back(used);
    }
  }
  trace.guard = store_.or_(there);
  trace.value = store_.or_(values);
  return add(std::move(trace));
}

}  // namespace onus::evaluate
