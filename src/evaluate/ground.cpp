#include "evaluate/ground.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "base/date.hpp"

namespace onus::evaluate {

using formula::AtomKind;
using formula::Op;
using formula::Quantity;
using model::FieldId;
using model::FieldType;
using solve::ExpressionStore;
using solve::LinearForm;

namespace {
constexpr std::uint32_t no_entity = std::numeric_limits<std::uint32_t>::max();
// Deeper nesting of conclusions and values than this is refused with a message, not followed.
constexpr std::uint32_t max_level = 4000;
}  // namespace

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
  Trace trace;
  trace.value = value;
  return traces_.add(std::move(trace));
}

TraceId Grounder::combine(Trace::Op op, std::vector<TraceId> children) {
  std::vector<Expr> values;
  for (const auto child : children) values.push_back(traces_[child].value);
  Trace trace;
  trace.op = op;
  trace.value = op == Trace::Op::And ? store_.and_(values) : store_.or_(values);
  trace.children = std::move(children);
  return traces_.add(std::move(trace));
}

TraceId Grounder::not_(TraceId child) {
  Trace trace;
  trace.op = Trace::Op::Not;
  trace.value = ExpressionStore::not_(traces_[child].value);
  trace.children = {child};
  return traces_.add(std::move(trace));
}

TraceId Grounder::outcome(PropositionId proposition) {
  Trace trace;
  trace.op = Trace::Op::Conclusion;
  trace.value = propositions_[proposition].yes;
  trace.proposition = proposition;
  return traces_.add(std::move(trace));
}

LinearForm Grounder::today() const {
  if (options_.today) return LinearForm(Number(options_.today->days));
  return LinearForm(options_.today_variable);
}

// ---- paths ----------------------------------------------------------------------------------------------------------------

Alternatives Grounder::resolve(formula::PathId id, BindingId binding) {
  const auto key = std::tuple(id.index, binding.index);
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
        const auto both = store_.and_(guard, alternative.guard);
        if (both.is_false()) continue;
        const auto same = std::find_if(result.begin(), result.end(), [&](const Alternative& r) { return r.entity == alternative.entity; });
        if (same != result.end()) {
          same->guard = store_.or_(same->guard, both);
        } else {
          result.push_back({both, alternative.entity});
        }
      }
    }
  }
  path_memo_.emplace(key, result);
  return result;
}

std::optional<std::vector<EntityIndex>> Grounder::invert(const model::Path& path, EntityIndex end) {
  std::vector<EntityIndex> ends{end};
  for (auto step = path.steps.rbegin(); step != path.steps.rend(); ++step) {
    if (step->kind == model::Step::Kind::Value) return std::nullopt;
    const auto& field = model_.fields[step->field];
    std::set<EntityIndex> before;
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
  const auto narrow = [&](const model::Path& path, EntityIndex end) {
    auto some = invert(path, end);
    if (!some) return;
    auto& slot = candidates.at(path.root.index);
    if (!slot) {
      slot = std::move(some);
      return;
    }
    std::erase_if(*slot, [&](EntityIndex e) { return std::find(some->begin(), some->end(), e) == some->end(); });
  };
  // The end of a path with steps may be reached from outside the case through undetermined relations: `inverse` has those.
  if (holder) narrow(provision.holder, *holder);
  if (object && provision.object) narrow(*provision.object, *object);
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

// ---- conditions -----------------------------------------------------------------------------------------------------------

TraceId Grounder::formula(formula::FormulaId id, BindingId binding, const Variables& variables) {
  const auto key = std::tuple(id.index, binding.index, static_cast<const void*>(&variables));
  if (const auto it = formula_memo_.find(key); it != formula_memo_.end()) return it->second;
  const auto& node = program_.formulas[id];
  TraceId result;
  const auto children = [&] {
    std::vector<TraceId> traces;
    for (const auto child : node.children) traces.push_back(formula(child, binding, variables));
    return traces;
  };
  switch (node.op) {
    case Op::True: result = leaf(solve::true_expr); break;
    case Op::False: result = leaf(solve::false_expr); break;
    case Op::And:
      // Text that another reading stands for is not there: it is neither evaluated nor named.
      result = std::any_of(node.children.begin(), node.children.end(), [&](auto child) { return is_other_reading(child); })
                   ? leaf(solve::false_expr)
                   : combine(Trace::Op::And, children());
      break;
    case Op::Or: result = combine(Trace::Op::Or, children()); break;
    case Op::Not: result = not_(formula(node.children.front(), binding, variables)); break;
    case Op::AtLeast: {
      Trace trace;
      trace.op = Trace::Op::AtLeast;
      trace.count = node.count;
      trace.children = children();
      std::vector<Expr> values;
      for (const auto child : trace.children) values.push_back(traces_[child].value);
      trace.value = store_.at_least_n(values, static_cast<std::size_t>(node.count));
      result = traces_.add(std::move(trace));
      break;
    }
    case Op::Atom: result = atom(program_.formulas[node.atom], binding, variables); break;
    case Op::Quantified: result = quantified(node, binding, variables); break;
  }
  formula_memo_.emplace(key, result);
  return result;
}

bool Grounder::is_other_reading(formula::FormulaId id) {
  const auto* node = &program_.formulas[id];
  const bool negated = node->op == Op::Not;
  if (negated) node = &program_.formulas[node->children.front()];
  if (node->op != Op::Atom || program_.formulas[node->atom].kind != AtomKind::Reading) return false;
  return reads(program_.formulas[node->atom]) == negated;
}

bool Grounder::reads(const formula::Atom& atom) {
  const auto& readings = model_.provisions[atom.provision].readings;
  for (std::uint32_t i = 0; i < readings.size(); ++i) readings_met_.insert({atom.provision, i});
  return std::find(options_.readings.begin(), options_.readings.end(), std::pair(atom.provision, atom.member)) != options_.readings.end();
}

Grounder::Domain Grounder::domain(formula::PathId domain_of, FieldId field, model::KindId kind, BindingId binding) {
  Domain result;
  if (!domain_of.is_valid()) {
    for (const auto entity : world_.of_kind(kind)) {
      if (!world_.is_implied(entity)) result.members.push_back({solve::true_expr, entity});
    }
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
    auto belongs = guard;
    if (node.other_than && bindings_[binding].at(node.other_than->index) == entity) continue;
    const auto filter = formula(node.children[0], inner, variables);
    const auto body = formula(node.children[1], inner, variables);
    const auto in_set = combine(Trace::Op::And, {leaf(belongs), filter});
    each.push_back(node.quantifier == model::Quantifier::Every ? combine(Trace::Op::Or, {not_(in_set), body})
                                                               : combine(Trace::Op::And, {in_set, body}));
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
  const auto listed = traces_.add(std::move(trace));
  return combine(Trace::Op::Or, {listed, tips});
}

TraceId Grounder::atom(const formula::Atom& atom, BindingId binding, const Variables& variables) {
  if (atom.kind == AtomKind::Compare) return compare(atom, binding, variables);
  if (atom.kind == AtomKind::Reading) return leaf(ExpressionStore::constant(reads(atom)));
  std::vector<TraceId> branches;
  const auto under = [&](Expr guard, TraceId trace) {
    branches.push_back(guard.is_true() ? trace : combine(Trace::Op::And, {leaf(guard), trace}));
  };
  const auto first = resolve(atom.path, binding);
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
  return traces_.add(std::move(trace));
}

TraceId Grounder::compare(const formula::Atom& atom, BindingId binding, const Variables& variables) {
  Trace trace;
  trace.op = Trace::Op::Compare;
  std::vector<Expr> values;
  for (const auto& piece : linear(atom.linear, binding, variables)) {
    Expr holds;
    switch (atom.bound) {
      case formula::Bound::Greater: holds = store_.is_positive(piece.form); break;
      case formula::Bound::GreaterEqual: holds = store_.is_at_least_zero(piece.form); break;
      case formula::Bound::Equal: holds = store_.is_zero(piece.form); break;
    }
    values.push_back(store_.and_(piece.guard, holds));
    for (const auto used : piece.cases) {
      if (std::find(trace.children.begin(), trace.children.end(), used) == trace.children.end()) trace.children.push_back(used);
    }
  }
  trace.value = store_.or_(values);
  return traces_.add(std::move(trace));
}

// ---- amounts ----------------------------------------------------------------------------------------------------------------

std::vector<std::pair<Expr, Number>> Grounder::parameter(const formula::ParameterUse& use, BindingId binding) {
  const auto& parameter = model_.parameters[use.parameter];
  if (options_.parameters != nullptr) {
    for (const auto& [id, number] : *options_.parameters) {
      if (id == use.parameter) return {{solve::true_expr, number}};
    }
  }
  std::vector<std::pair<Expr, Number>> result;
  const auto on = [&](Expr guard, const LinearForm& day) {
    for (const auto& span : parameter.spans) {
      auto inside = guard;
      if (span.from) inside = store_.and_(inside, store_.is_at_least_zero(day - LinearForm(Number(span.from->days))));
      if (span.until) inside = store_.and_(inside, store_.is_at_least_zero(LinearForm(Number(span.until->days)) - day));
      if (!inside.is_false()) result.emplace_back(inside, span.number);
    }
  };
  if (use.as_of_day) {
    on(solve::true_expr, LinearForm(Number(*use.as_of_day)));
  } else if (use.as_of_path.is_valid()) {
    for (const auto& [guard, entity] : resolve(use.as_of_path, binding)) {
      const auto date = world_.amount(entity, use.as_of_field, 0);
      on(store_.and_(guard, date.exists), date.form);
    }
  } else {
    on(solve::true_expr, today());
  }
  return result;
}

LinearForm Grounder::moved_by_months(const LinearForm& date, std::int32_t months) {
  if (date.is_constant()) {
    const auto days = date.constant().to_int64();
    const auto moved = add_months(Date{static_cast<std::int32_t>(days.value_or(0))}, months);
    return LinearForm(Number(moved.value_or(Date::last()).days));
  }
  // Where the date is not known, the moved date lies between 28 and 31 days a month away.
  loose_ = true;
  solve::Domain domain;
  domain.integer = true;
  const auto result = world_.auxiliary(domain);
  const auto least = Number(months >= 0 ? 28 * months : 31 * months);
  const auto most = Number(months >= 0 ? 31 * months : 28 * months);
  world_.define(result, store_.is_at_least_zero(result - date - LinearForm(least)));
  world_.define(result, store_.is_at_least_zero(date + LinearForm(most) - result));
  return result;
}

std::vector<GroundPiece> Grounder::scaled(std::vector<GroundPiece> pieces, const formula::LinearTerm& term, BindingId binding) {
  for (auto& piece : pieces) {
    if (term.months != 0) piece.form = moved_by_months(piece.form, term.months);
    piece.form *= term.coefficient;
  }
  for (const auto& use : term.parameters) {
    std::vector<GroundPiece> next;
    for (const auto& [guard, number] : parameter(use, binding)) {
      for (const auto& piece : pieces) {
        auto product = piece;
        product.guard = store_.and_(piece.guard, guard);
        product.form *= number;
        if (!product.guard.is_false()) next.push_back(std::move(product));
      }
    }
    pieces = std::move(next);
  }
  return pieces;
}

std::vector<GroundPiece> Grounder::term(const formula::LinearTerm& term, BindingId binding, const Variables& variables) {
  std::vector<GroundPiece> pieces;
  switch (term.quantity) {
    case Quantity::One: pieces.push_back({solve::true_expr, LinearForm(Number(1)), {}}); break;
    case Quantity::Today: pieces.push_back({solve::true_expr, today(), {}}); break;
    case Quantity::Fact: {
      auto year = term.year;
      if (term.year_from_today) {
        if (!options_.today) throw std::length_error("a fact of a year relative to today has no timeline yet");
        year = options_.today->year() + *term.year_from_today;
      }
      for (const auto& [guard, entity] : resolve(term.path, binding)) {
        const auto amount = world_.amount(entity, term.field, year);
        const auto there = store_.and_(guard, amount.exists);
        if (!there.is_false()) pieces.push_back({there, amount.form, {}});
      }
      break;
    }
    case Quantity::Value:
      for (const auto& [guard, entity] : resolve(term.path, binding)) {
        for (auto piece : value(term.value, entity)) {
          piece.guard = store_.and_(guard, piece.guard);
          if (!piece.guard.is_false()) pieces.push_back(std::move(piece));
        }
      }
      break;
    case Quantity::Aggregate: pieces = aggregate(program_.formulas[term.aggregate], binding, variables); break;
  }
  // A constant moved by months is a date of its own.
  if (term.quantity == Quantity::One && term.months != 0) {
    pieces.front().form = moved_by_months(LinearForm(term.coefficient), term.months);
    auto rest = term;
    rest.months = 0;
    rest.coefficient = Number(1);
    return scaled(std::move(pieces), rest, binding);
  }
  return scaled(std::move(pieces), term, binding);
}

std::vector<GroundPiece> Grounder::linear(const formula::Linear& linear, BindingId binding, const Variables& variables) {
  std::vector<GroundPiece> sums{{solve::true_expr, LinearForm(), {}}};
  for (const auto& each : linear) {
    const auto addends = merged(term(each, binding, variables));
    std::vector<GroundPiece> next;
    for (const auto& sum : sums) {
      for (const auto& addend : addends) {
        GroundPiece piece{store_.and_(sum.guard, addend.guard), sum.form + addend.form, sum.cases};
        if (piece.guard.is_false()) continue;
        piece.cases.insert(piece.cases.end(), addend.cases.begin(), addend.cases.end());
        next.push_back(std::move(piece));
      }
    }
    sums = merged(std::move(next));
  }
  return sums;
}

std::vector<GroundPiece> Grounder::pieces(const formula::Pieces& all, BindingId binding, const Variables& variables) {
  std::vector<GroundPiece> result;
  for (const auto& piece : all) {
    const auto guard = formula(piece.guard, binding, variables);
    const auto guard_value = traces_[guard].value;
    if (guard_value.is_false()) continue;
    for (auto part : linear(piece.amount, binding, variables)) {
      part.guard = store_.and_(part.guard, guard_value);
      if (!part.guard.is_false()) result.push_back(std::move(part));
    }
  }
  return result;
}

// Many pieces become one number that constraints determine: products of pieces would grow without bound along a chain.
std::vector<GroundPiece> Grounder::merged(std::vector<GroundPiece> pieces) {
  if (pieces.size() <= 4) return pieces;
  const auto number = world_.auxiliary({});
  GroundPiece result{solve::false_expr, number, {}};
  for (const auto& piece : pieces) {
    world_.define(number, store_.implies(piece.guard, store_.is_zero(number - piece.form)));
    result.guard = store_.or_(result.guard, piece.guard);
    for (const auto used : piece.cases) {
      if (std::find(result.cases.begin(), result.cases.end(), used) == result.cases.end()) result.cases.push_back(used);
    }
  }
  return {result};
}

std::vector<GroundPiece> Grounder::aggregate(const formula::Aggregate& aggregate, BindingId binding, const Variables& variables) {
  const auto set = domain(aggregate.domain_of, aggregate.domain, variables.at(aggregate.variable.index).kind, binding);
  LinearForm sum;
  for (const auto& [guard, entity] : set.members) {
    if (aggregate.other_than && bindings_[binding].at(aggregate.other_than->index) == entity) continue;
    const auto inner = bind(binding, aggregate.variable, entity, variables.size());
    const auto counted = store_.and_(guard, traces_[formula(aggregate.filter, inner, variables)].value);
    if (counted.is_false()) continue;
    std::vector<GroundPiece> body{{solve::true_expr, LinearForm(Number(1)), {}}};
    if (!aggregate.count) body = linear(aggregate.body, inner, variables);
    if (counted.is_true() && body.size() == 1 && body.front().guard.is_true()) {
      sum += body.front().form;
      continue;
    }
    const auto addend = world_.auxiliary({});
    std::vector<Expr> somewhere;
    for (const auto& piece : body) {
      const auto here = store_.and_(counted, piece.guard);
      somewhere.push_back(here);
      world_.define(addend, store_.implies(here, store_.is_zero(addend - piece.form)));
    }
    world_.define(addend, store_.or_(store_.or_(somewhere), store_.is_zero(addend)));
    sum += addend;
  }
  const bool any_sign = std::any_of(aggregate.body.begin(), aggregate.body.end(),
                                    [](const formula::LinearTerm& term) { return term.coefficient < Number(0); });
  for (const auto& [guard, further] : set.further) {
    const auto more = world_.further_amount(*further, aggregate.count, any_sign);
    if (guard.is_true()) {
      sum += more;
      continue;
    }
    const auto addend = world_.auxiliary({});
    world_.define(addend, store_.implies(guard, store_.is_zero(addend - more)));
    world_.define(addend, store_.or_(guard, store_.is_zero(addend)));
    sum += addend;
  }
  return {{solve::true_expr, sum, {}}};
}

std::vector<GroundPiece> Grounder::value(model::ValueId id, EntityIndex entity) {
  const auto memo_key = std::tuple(id.index, entity);
  if (const auto it = value_memo_.find(memo_key); it != value_memo_.end()) return it->second;
  const auto& computed = model_.values[id];
  const auto& provision = model_.provisions[computed.provision];
  if (computed.recursive && world_.ends_recursion(entity)) {
    solve::Domain domain;
    bool any_sign = false;
    for (const auto& root : program_.of(computed.provision).cases) {
      for (const auto& piece : root.amount) {
        for (const auto& each : piece.amount) any_sign = any_sign || each.coefficient < Number(0);
      }
    }
    if (!any_sign) domain.lower = solve::Bound{Number(0), true};
    domain.integer = computed.type == model::ExprType::Date || computed.type == model::ExprType::Moment;
    const auto text = "the " + computed.name + " of " + world_.name_with_kind(entity);
    const std::vector<GroundPiece> result{
        {solve::true_expr, world_.free_amount("value/" + std::to_string(id.index) + "/" + std::to_string(entity), entity, text, domain), {}}};
    value_memo_.emplace(memo_key, result);
    return result;
  }
  const auto key = std::tuple(std::uint8_t{2}, id.index, 0U, entity, no_entity);
  if (const auto it = in_progress_.find(key); it != in_progress_.end()) {
    auto& standing = it->second;
    if (!standing.amount) {
      standing.holds = world_.auxiliary_boolean();
      standing.amount = world_.auxiliary({});
    }
    return {{*standing.holds, *standing.amount, {}}};
  }
  enter(key);
  const auto here = binding({entity});
  std::vector<GroundPiece> result;
  std::vector<std::pair<std::string, Expr>> guards;
  std::vector<std::vector<GroundPiece>> amounts;
  for (const auto& root : program_.of(computed.provision).cases) {
    const auto guard = formula(root.guard, here, provision.variables);
    const auto taken = traces_[guard].value;
    if (taken.is_false()) continue;
    guards.emplace_back(root.letter, taken);
    amounts.emplace_back();
    Trace trace;
    trace.op = Trace::Op::Case;
    trace.value = taken;
    trace.provision = computed.provision;
    trace.children = {guard};
    const auto case_trace = traces_.add(std::move(trace));
    for (auto piece : pieces(root.amount, here, provision.variables)) {
      piece.guard = store_.and_(piece.guard, taken);
      piece.cases = {case_trace};   // the value's name and the guards of its case: not those of values inside it
      if (piece.guard.is_false()) continue;
      amounts.back().push_back(piece);
      result.push_back(std::move(piece));
    }
  }
  note_faults(computed.provision, entity, guards, amounts);
  result = merged(std::move(result));
  const auto standing = leave(key);
  if (standing.amount) {
    std::vector<Expr> somewhere;
    for (const auto& piece : result) {
      somewhere.push_back(piece.guard);
      world_.define(*standing.amount, store_.implies(piece.guard, store_.is_zero(*standing.amount - piece.form)));
    }
    world_.define(*standing.holds, store_.or_(somewhere));
  }
  value_memo_.emplace(memo_key, result);
  return result;
}

void Grounder::enter(const Key& key) {
  if (level_ >= max_level) throw std::length_error("conclusions are nested too deep");
  in_progress_.emplace(key, Standing{});
  ++level_;
}

Grounder::Standing Grounder::leave(const Key& key) {
  --level_;
  auto node = in_progress_.extract(key);
  return std::move(node.mapped());
}

void Grounder::note_faults(model::ProvisionId provision, EntityIndex entity, const std::vector<std::pair<std::string, Expr>>& guards,
                           const std::vector<std::vector<GroundPiece>>& amounts) {
  const auto note = [&](bool uncovered, const std::string& first, const std::string& second, Expr where) {
    if (!where.is_false()) value_faults_.push_back({provision, entity, uncovered, first, second, where});
  };
  std::vector<Expr> some;
  for (std::size_t a = 0; a < guards.size(); ++a) {
    some.push_back(guards[a].second);
    for (std::size_t b = a + 1; b < guards.size(); ++b) {
      std::vector<Expr> differ;
      for (const auto& x : amounts[a]) {
        for (const auto& y : amounts[b]) {
          const auto unequal = ExpressionStore::not_(store_.is_zero(x.form - y.form));
          differ.push_back(store_.and_(std::vector<Expr>{x.guard, y.guard, unequal}));
        }
      }
      note(false, guards[a].first, guards[b].first, store_.or_(differ));
    }
  }
  note(true, {}, {}, ExpressionStore::not_(store_.or_(some)));
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
  enter(key);
  const auto here = binding({entity});
  Alternatives result;
  for (const auto& root : program_.of(computed.provision).cases) {
    const auto guard = traces_[formula(root.guard, here, provision.variables)].value;
    if (guard.is_false() || !root.entity.is_valid()) continue;
    for (const auto& alternative : resolve(root.entity, here)) {
      const auto both = store_.and_(guard, alternative.guard);
      if (both.is_false()) continue;
      const auto same = std::find_if(result.begin(), result.end(), [&](const Alternative& r) { return r.entity == alternative.entity; });
      if (same != result.end()) {
        same->guard = store_.or_(same->guard, both);
      } else {
        result.push_back({both, alternative.entity});
      }
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

// ---- provisions ---------------------------------------------------------------------------------------------------------------

Expr Grounder::openings(const std::vector<formula::Attack>& opens, BindingId binding, const Variables& variables, std::vector<Struck>& out) {
  std::vector<Expr> extra;
  for (const auto& open : opens) {
    auto struck = strike(open, binding, variables);
    if (!struck.fires.is_false()) {
      const auto key = std::tuple(open.by.index, binding.index, open.condition.index);
      auto it = choice_memo_.find(key);
      if (it == choice_memo_.end()) it = choice_memo_.emplace(key, store_.new_boolean()).first;
      choices_.insert(it->second);
      extra.push_back(store_.and_(struck.fires, store_.boolean(it->second)));
    }
    out.push_back(std::move(struck));
  }
  return store_.or_(extra);
}

Struck Grounder::strike(const formula::Attack& attack, BindingId binding, const Variables& variables) {
  Struck result;
  result.by = attack.by;
  result.rebuttal = attack.rebuttal;
  const auto in_force = traces_[formula(attack.in_force, binding, variables)].value;
  result.condition = formula(attack.condition, binding, variables);
  for (const auto each : attack.unless) result.unless.push_back(formula(each, binding, variables));
  const auto positive = traces_[formula(attack.positive, binding, variables)].value;
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

InstanceId Grounder::instance(model::ProvisionId id, BindingId binding, Expr match) {
  const auto& provision = model_.provisions[id];
  const auto& roots = program_.of(id);
  const auto& variables = provision.variables;
  Instance result;
  result.provision = id;
  result.binding = binding;
  result.match = match;
  result.in_force = traces_[formula(roots.in_force, binding, variables)].value;
  result.condition = formula(roots.condition, binding, variables);
  for (const auto each : roots.unless) result.unless.push_back(formula(each, binding, variables));
  result.positive = traces_[formula(roots.positive, binding, variables)].value;
  result.extra = openings(roots.opens, binding, variables, result.opens);
  std::vector<Expr> stopped;
  for (const auto& attack : roots.attackers) {
    result.attackers.push_back(strike(attack, binding, variables));
    stopped.push_back(result.attackers.back().fires);
  }
  const auto speaks = store_.and_(match, result.in_force);
  result.met = store_.and_(speaks, store_.or_(result.positive, result.extra));
  const auto holds = store_.or_(traces_[result.condition].value, result.extra);
  result.fires = store_.and_(std::vector<Expr>{speaks, holds, ExpressionStore::not_(store_.or_(stopped))});
  return instances_.add(std::move(result));
}

Proposition Grounder::from_instances(std::vector<InstanceId> instances) {
  Proposition result;
  std::vector<Expr> fires;
  std::vector<Expr> met;
  for (const auto id : instances) {
    fires.push_back(instances_[id].fires);
    met.push_back(instances_[id].met);
  }
  result.instances = std::move(instances);
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

PropositionId Grounder::concluded(model::PredicateId predicate, model::RegulationId regulation, EntityIndex subject,
                                  std::optional<EntityIndex> object) {
  const auto key = std::tuple(std::uint8_t{0}, predicate.index, regulation.index, subject, object.value_or(no_entity));
  if (const auto it = proposition_memo_.find(key); it != proposition_memo_.end()) return it->second;
  if (const auto it = in_progress_.find(key); it != in_progress_.end()) return stand_in(it->second);
  const auto& concluders = program_.concluders[predicate.index];
  const bool recursive = std::any_of(concluders.begin(), concluders.end(), [&](auto id) { return model_.provisions[id].recursive; });
  if (recursive && (world_.ends_recursion(subject) || (object && world_.ends_recursion(*object)))) {
    auto text = "whether " + world_.name_with_kind(subject) + " is " + (object ? "a " : "") + model_.predicates[predicate].name;
    if (object) text += " of " + world_.name_with_kind(*object);
    std::string name = "conclusion";
    for (const auto part : {predicate.index, regulation.index, subject, object.value_or(no_entity)}) name += "/" + std::to_string(part);
    Proposition free;
    free.free = true;
    free.yes = world_.free_boolean(name, world_.ends_recursion(subject) || !object ? subject : *object, text);
    const auto id = propositions_.add(std::move(free));
    proposition_memo_.emplace(key, id);
    return id;
  }
  enter(key);
  std::vector<InstanceId> instances;
  for (const auto id : concluders) {
    const auto& provision = model_.provisions[id];
    if (provision.regulation != regulation) continue;
    for (const auto anchor : anchors(id, subject, object)) {
      auto match = store_.and_(present(anchor), ends_at(provision.holder, anchor, subject));
      if (object && provision.object) match = store_.and_(match, ends_at(*provision.object, anchor, *object));
      if (!match.is_false()) instances.push_back(instance(id, anchor, match));
    }
  }
  const auto result = propositions_.add(from_instances(std::move(instances)));
  const auto standing = leave(key);
  if (standing.holds) world_.define(*standing.holds, propositions_[result].yes);
  proposition_memo_.emplace(key, result);
  return result;
}

PropositionId Grounder::presumed(FieldId judgement, model::RegulationId regulation, EntityIndex subject) {
  const auto key = std::tuple(std::uint8_t{1}, judgement.index, regulation.index, subject, no_entity);
  if (const auto it = proposition_memo_.find(key); it != proposition_memo_.end()) return it->second;
  if (const auto it = in_progress_.find(key); it != in_progress_.end()) return stand_in(it->second);
  const auto& presumptions = program_.presumptions[judgement.index];
  const bool recursive = std::any_of(presumptions.begin(), presumptions.end(), [&](auto id) { return model_.provisions[id].recursive; });
  if (recursive && world_.ends_recursion(subject)) {
    Proposition free;
    free.free = true;
    free.yes = world_.free_boolean("presumed/" + std::to_string(judgement.index) + "/" + std::to_string(regulation.index) + "/" +
                                       std::to_string(subject),
                                   subject, "whether " + world_.name_with_kind(subject) + " is presumed " + model_.fields[judgement].name);
    const auto id = propositions_.add(std::move(free));
    proposition_memo_.emplace(key, id);
    return id;
  }
  enter(key);
  std::vector<InstanceId> instances;
  for (const auto id : presumptions) {
    const auto& provision = model_.provisions[id];
    if (provision.regulation != regulation) continue;
    for (const auto anchor : anchors(id, subject, std::nullopt)) {
      const auto match = store_.and_(present(anchor), ends_at(provision.holder, anchor, subject));
      if (!match.is_false()) instances.push_back(instance(id, anchor, match));
    }
  }
  const auto result = propositions_.add(from_instances(std::move(instances)));
  const auto standing = leave(key);
  if (standing.holds) world_.define(*standing.holds, propositions_[result].yes);
  proposition_memo_.emplace(key, result);
  return result;
}

}  // namespace onus::evaluate
