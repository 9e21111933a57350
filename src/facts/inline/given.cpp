#include "facts/inline/given.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/units.hpp"

namespace onus::facts {
namespace {

using namespace model;
using Value = FieldState::Value;

bool is_relation(const Model& model, FieldId id) {
  return model.fields[id].type == FieldType::Relation || model.fields[id].type == FieldType::OneInverse;
}

}  // namespace

void Givens::refuse(Span span, std::string_view why) { problems_.add<Kind::GivenNotAFact>(span, why); }

std::string Givens::text(const FactKey& key) const {
  std::string out = entities_.fact_text(key.entity, key.field);
  if (key.year != 0) out += " in " + std::to_string(key.year);
  return out;
}

void Givens::add_all() {
  for (const auto id : source_.given) flatten(id);
  auto relations = literals_;
  const auto depth = [](const Literal& literal) {
    return std::max(literal.condition->path.steps.size(), literal.condition->path2.steps.size());
  };
  std::ranges::stable_sort(relations, {}, depth);
  for (const auto& [condition, holds] : relations) add_literal(*condition, holds, Round::Relations);
  entities_.connect_listed();
  for (const auto& [condition, holds] : literals_) add_literal(*condition, holds, Round::Facts);
  finish();
}

// `A and B` in one bullet is two statements.
void Givens::flatten(ConditionId root) {
  std::vector<std::pair<ConditionId, bool>> open{{root, true}};
  while (!open.empty()) {
    const auto [id, holds] = open.back();
    open.pop_back();
    const Condition& condition = model_.conditions[id];
    const bool list = condition.kind == ConditionKind::All || condition.kind == ConditionKind::Any;
    const bool each = list && (condition.children.size() == 1 || holds == (condition.kind == ConditionKind::All));
    if (each) {
      for (auto child = condition.children.rbegin(); child != condition.children.rend(); ++child) open.emplace_back(*child, holds);
    } else if (condition.kind == ConditionKind::Not && condition.children.size() == 1) {
      open.emplace_back(condition.children.front(), !holds);
    } else {
      literals_.push_back({&condition, holds});
    }
  }
}

std::string Givens::words_of(const Field& field, const Number& number) const {
  const auto whole = number.to_int64();
  if (field.type == FieldType::Date && whole) return to_text(Date{static_cast<std::int32_t>(*whole)});
  if (field.type == FieldType::Moment && whole) return to_text(Moment{*whole});
  if (!field.unit) return to_text(number);
  const Number amount = from_base(number, *field.unit);
  return to_text(amount) + " " + std::string(unit_name(*field.unit, amount));
}

void Givens::add_literal(const Condition& condition, bool holds, Round round) {
  if (condition.kind == ConditionKind::Same || condition.kind == ConditionKind::Has) {
    if (condition.kind == ConditionKind::Same && round == Round::Relations) same(condition, holds);
    if (condition.kind == ConditionKind::Has) has(condition, holds, round);
    return;
  }
  if (round == Round::Relations) return;
  switch (condition.kind) {
    case ConditionKind::Compare: compare(condition, holds); break;
    case ConditionKind::YesNo: yes_no(condition, holds); break;
    case ConditionKind::Member: member(condition, holds); break;
    case ConditionKind::Pair: pair(condition, holds); break;
    case ConditionKind::Judgement: judgement(condition, holds); break;
    case ConditionKind::Concluded: concluded(condition, holds); break;
    case ConditionKind::Unknowable: unknowable(condition, holds); break;
    case ConditionKind::All:
    case ConditionKind::Any:
    case ConditionKind::AtLeast: refuse(condition.span, "this leaves open which of several is so"); break;
    case ConditionKind::Unless: refuse(condition.span, "`unless` makes one depend on another"); break;
    case ConditionKind::Quantified: refuse(condition.span, "name each entity that is meant"); break;
    case ConditionKind::Alternatives: refuse(condition.span, "readings are expected, not given"); break;
    case ConditionKind::Not:
    case ConditionKind::Same:
    case ConditionKind::Has: break;
  }
}

void Givens::set(FactKey key, FieldState state) {
  const auto [at, fresh] = case_.states.try_emplace(key, std::move(state));
  if (fresh) return;
  const FieldState& first = at->second;
  const bool same = first.value == state.value && first.low == state.low && first.high == state.high && first.yes == state.yes &&
                    first.member == state.member && first.answer == state.answer && first.entities == state.entities;
  auto reported = same ? problems_.add<Kind::GivenTwice>(state.span, text(key)) : problems_.add<Kind::GivenContradicts>(state.span, text(key));
  reported.note(first.span, same ? "the first is here" : "it is given otherwise here");
}

// ---- relations ------------------------------------------------------------------------------------------------------------

void Givens::same(const Condition& condition, bool holds) {
  if (!holds) return refuse(condition.span, "say which entity it is, not which it is not");
  // The side with a path is the relation, the other its entity.
  const bool first = !condition.path.steps.empty();
  const Path& relation = first ? condition.path : condition.path2;
  const Path& target = first ? condition.path2 : condition.path;
  if (relation.steps.empty()) {
    return refuse(condition.span, relation.root == target.root ? "this is so in every case" : "two names are two entities");
  }
  const Step& last = relation.steps.back();
  if (last.kind == Step::Kind::Value)
    return static_cast<void>(problems_.add<Kind::GivenComputed>(condition.span, "the " + model_.values[last.value].name));
  if (!is_relation(model_, last.field)) return refuse(condition.span, "`" + model_.fields[last.field].name + "` does not lead to one entity");
  const auto owner = entities_.resolve_owner(relation, condition.span);
  const auto entity = entities_.resolve(target, condition.span);
  if (owner && entity) static_cast<void>(entities_.relate(*owner, last.field, *entity, condition.span));
}

void Givens::has(const Condition& condition, bool holds, Round round) {
  Path owner_path = condition.path;
  FieldId field = condition.field;
  if (!condition.has_field) {
    if (owner_path.steps.empty()) return round == Round::Facts ? refuse(condition.span, "an entity of the case is always there") : void();
    const Step last = owner_path.steps.back();
    owner_path.steps.pop_back();
    if (last.kind == Step::Kind::Value)
      return round == Round::Facts ? static_cast<void>(problems_.add<Kind::GivenComputed>(condition.span, "the " + model_.values[last.value].name)) : void();
    field = last.field;
  }
  const auto& declared = model_.fields[field];
  if (is_relation(model_, field)) {
    // `M has no origin` is known before any path is taken; `M has an origin` takes the path.
    if (!holds && round == Round::Relations) {
      if (const auto owner = entities_.resolve(owner_path, condition.span)) static_cast<void>(entities_.relate_to_none(*owner, field, condition.span));
    } else if (holds && round == Round::Facts) {
      owner_path.steps.push_back({Step::Kind::Field, field, {}});
      static_cast<void>(entities_.resolve(owner_path, condition.span));
    }
    return;
  }
  if (round == Round::Relations) return;
  const auto owner = entities_.resolve(owner_path, condition.span);
  if (!owner) return;
  const FactKey key{*owner, field, condition.year.value_or(0)};
  FieldState state;
  state.span = condition.span;
  if (!holds) {
    state.value = Value::NotApplicable;
    state.written = "not applicable";
    return set(key, std::move(state));
  }
  // There is one, at some time: only days and minutes have a first and a last.
  if (declared.type == FieldType::Date || declared.type == FieldType::Moment) {
    state.value = Value::Between;
    state.low = 0;
    state.high = declared.type == FieldType::Date ? Number(Date::last_day) : Number(Moment::last().minutes);
    state.written = "some";
    // A date that another sentence gives says so too.
    bounds_.try_emplace(key);
    const auto [at, fresh] = unbounded_.try_emplace(key, std::move(state));
    if (!fresh) problems_.add<Kind::GivenTwice>(condition.span, text(key)).note(at->second.span, "the first is here");
    return;
  }
  refuse(condition.span, "say what the " + declared.name + " is, or between which values it lies");
}

// ---- amounts and dates ------------------------------------------------------------------------------------------------------

std::optional<Number> Givens::constant(ExprId root) const {
  // Numbers, dates and parameters at the day of the case, and what is made of them. Values in the order of a stack machine.
  struct Frame {
    ExprId id;
    bool ready;
  };
  std::vector<Frame> open{{root, false}};
  std::vector<Number> values;
  while (!open.empty()) {
    const auto [id, ready] = open.back();
    open.pop_back();
    const Expr& expr = model_.exprs[id];
    switch (expr.kind) {
      case ExprKind::Constant: values.push_back(expr.number); continue;
      case ExprKind::DateLiteral: values.emplace_back(expr.date.days); continue;
      case ExprKind::MomentLiteral: values.emplace_back(expr.moment.minutes); continue;
      case ExprKind::Today: values.emplace_back(source_.as_of.days); continue;
      case ExprKind::Parameter: {
        if (!expr.operands.empty()) return std::nullopt;
        const auto& spans = model_.parameters[expr.parameter].spans;
        const auto at = std::ranges::find_if(spans, [&](const ParameterSpan& span) {
          return (!span.from || *span.from <= source_.as_of) && (!span.until || source_.as_of <= *span.until);
        });
        if (at == spans.end()) return std::nullopt;
        values.push_back(at->number);
        continue;
      }
      case ExprKind::Add:
      case ExprKind::Subtract:
      case ExprKind::Times: {
        if (expr.operands.size() != 2) return std::nullopt;
        if (!ready) {
          open.push_back({id, true});
          open.push_back({expr.operands[1], false});
          open.push_back({expr.operands[0], false});
          continue;
        }
        const Number right = std::move(values.back());
        values.pop_back();
        Number& left = values.back();
        if (expr.kind == ExprKind::Add) left += right;
        if (expr.kind == ExprKind::Subtract) left -= right;
        if (expr.kind == ExprKind::Times) left *= right;
        continue;
      }
      default: return std::nullopt;
    }
  }
  return values.size() == 1 ? std::optional(values.front()) : std::nullopt;
}

// 0 for a fact without years; nothing where the year is not known.
std::optional<std::int32_t> Givens::year_of(const Expr& fact) const {
  if (!model_.fields[fact.field].yearly) return 0;
  if (fact.year) return fact.year;
  if (fact.operands.empty()) return std::nullopt;
  const Expr& date = model_.exprs[fact.operands.front()];
  if (date.kind == ExprKind::Today) return source_.as_of.year() + fact.year_shift;
  if (date.kind == ExprKind::DateLiteral) return date.date.year() + fact.year_shift;
  return std::nullopt;
}

void Givens::compare(const Condition& condition, bool holds) {
  const Expr* left = &model_.exprs[condition.left];
  const Expr* right = &model_.exprs[condition.right];
  Relation relation = condition.relation;
  ExprId constant_side = condition.right;
  if (left->kind != ExprKind::Fact && right->kind == ExprKind::Fact) {
    std::swap(left, right);
    constant_side = condition.left;
    switch (relation) {
      case Relation::Greater: relation = Relation::Less; break;
      case Relation::GreaterEqual: relation = Relation::LessEqual; break;
      case Relation::Less: relation = Relation::Greater; break;
      case Relation::LessEqual: relation = Relation::GreaterEqual; break;
      case Relation::Equal: break;
    }
  }
  if (left->kind == ExprKind::Value)
    return static_cast<void>(problems_.add<Kind::GivenComputed>(left->span, "the " + model_.values[left->value].name));
  if (left->kind != ExprKind::Fact) return refuse(condition.span, "one fact is compared with a number or a date");
  const auto number = constant(constant_side);
  if (!number) return refuse(model_.exprs[constant_side].span, "the value must be a number, a date or a parameter that has a value on the day of the case");
  const auto year = year_of(*left);
  if (!year) return refuse(left->span, "say for which year, as in 2025");
  const auto owner = entities_.resolve(left->path, left->span);
  if (!owner) return;
  const FactKey key{*owner, left->field, *year};
  const Field& field = model_.fields[left->field];
  if (number->sign() < 0) return static_cast<void>(problems_.add<Kind::NumberBelowZero>(condition.span, text(key)));

  if (!holds) {
    switch (relation) {
      case Relation::Greater: relation = Relation::LessEqual; break;
      case Relation::GreaterEqual: relation = Relation::Less; break;
      case Relation::Less: relation = Relation::GreaterEqual; break;
      case Relation::LessEqual: relation = Relation::Greater; break;
      case Relation::Equal: return refuse(condition.span, "say what it is, or between which values it lies, not what it is not");
    }
  }
  if (relation == Relation::Equal) {
    if (field.type == FieldType::Count && !number->is_integer())
      return static_cast<void>(problems_.add<Kind::NumberNotWhole>(condition.span, text(key), "`" + to_text(*number) + "`"));
    FieldState state;
    state.value = Value::Exact;
    state.low = state.high = *number;
    state.written = words_of(field, *number);
    state.span = condition.span;
    return set(key, std::move(state));
  }
  const bool upper = relation == Relation::Less || relation == Relation::LessEqual;
  auto& bounds = bounds_[key];
  auto& bound = upper ? bounds.high : bounds.low;
  if (bound) {
    problems_.add<Kind::GivenTwice>(condition.span, (upper ? "an upper bound of " : "a lower bound of ") + text(key))
        .note(bound->span, "the first is here");
    return;
  }
  bound = Bound{*number, relation == Relation::Greater || relation == Relation::Less, condition.span};
}

void Givens::finish_bounds(const FactKey& key, const Bounds& bounds) {
  const Field& field = model_.fields[key.field];
  const auto some = unbounded_.find(key);
  if (!bounds.low && !bounds.high) {
    // `has a date` alone; with an exact date it says nothing new.
    const auto* given = case_.state(key.entity, key.field, key.year);
    if (given == nullptr || given->value == Value::NotApplicable) set(key, some->second);
    return;
  }
  const bool whole = field.type != FieldType::Amount;
  const Span span = bounds.low ? bounds.low->span : bounds.high->span;
  FieldState state;
  state.value = Value::Between;
  state.span = span;
  state.low = 0;
  if (field.type == FieldType::Date) state.high = Date::last_day;
  if (field.type == FieldType::Moment) state.high = Moment::last().minutes;
  const bool open_above = field.type == FieldType::Amount || field.type == FieldType::Count;
  if (bounds.low) {
    state.low = bounds.low->number;
    if (bounds.low->strict && whole) state.low = state.low.floor() + Number(1);
    if (bounds.low->strict && !whole) {
      problems_.add<Kind::GivenOpenBound>(bounds.low->span, text(key), "a least value that belongs to it: `is at least " +
                                                                           words_of(field, bounds.low->number) + "` or one just above");
      return;
    }
    if (whole) state.low = state.low.ceil();
  }
  if (bounds.high) {
    state.high = bounds.high->number;
    if (bounds.high->strict && whole) state.high = state.high.ceil() - Number(1);
    if (bounds.high->strict && !whole) {
      problems_.add<Kind::GivenOpenBound>(bounds.high->span, text(key), "a greatest value that belongs to it: `is at most " +
                                                                            words_of(field, bounds.high->number) + "` or one just below");
      return;
    }
    if (whole) state.high = state.high.floor();
  } else if (open_above) {
    problems_.add<Kind::GivenOpenBound>(span, text(key), "a greatest value too: add what it is at most, or say what it is");
    return;
  }
  if (state.high < state.low) {
    auto reported = problems_.add<Kind::GivenContradicts>(span, text(key));
    if (bounds.low && bounds.high) reported.note(bounds.high->span, "the upper bound is here");
    return;
  }
  if (state.low == state.high) state.value = Value::Exact;
  state.written = words_of(field, state.low);
  if (state.value == Value::Between) state.written = "between " + state.written + " and " + words_of(field, state.high);
  set(key, std::move(state));
}

// ---- yes and no, members, pairs, judgements, conclusions ------------------------------------------------------------------------

void Givens::yes_no(const Condition& condition, bool holds) {
  const auto owner = entities_.resolve(condition.path, condition.span);
  if (!owner) return;
  FieldState state;
  state.value = Value::Exact;
  state.yes = holds;
  state.written = holds ? "yes" : "no";
  state.span = condition.span;
  set({*owner, condition.field, condition.year.value_or(0)}, std::move(state));
}

template <class Thing>
void Givens::add_to_set(std::map<FactKey, Set<Thing>>& sets, const FactKey& key, Thing thing, bool holds, Span span) {
  auto& set_of_key = sets[key];
  auto& side = holds ? set_of_key.inside : set_of_key.outside;
  auto& other = holds ? set_of_key.outside : set_of_key.inside;
  const auto same_thing = [&](const auto& entry) { return entry.first == thing; };
  if (const auto at = std::ranges::find_if(side, same_thing); at != side.end()) {
    problems_.add<Kind::GivenTwice>(span, text(key)).note(at->second, "the first is here");
  } else if (const auto clash = std::ranges::find_if(other, same_thing); clash != other.end()) {
    problems_.add<Kind::GivenContradicts>(span, text(key)).note(clash->second, "it is given otherwise here");
  } else {
    side.emplace_back(thing, span);
  }
}

void Givens::member(const Condition& condition, bool holds) {
  const auto owner = entities_.resolve(condition.path, condition.span);
  if (!owner) return;
  const FactKey key{*owner, condition.field, condition.year.value_or(0)};
  const Field& field = model_.fields[condition.field];
  if (field.type == FieldType::AnyOf) return add_to_set(member_sets_, key, condition.member, holds, condition.span);
  if (!holds) return refuse(condition.span, "say which value it has, not which it has not");
  FieldState state;
  state.value = Value::Exact;
  state.member = condition.member;
  state.written = field.members[condition.member];
  state.span = condition.span;
  set(key, std::move(state));
}

void Givens::pair(const Condition& condition, bool holds) {
  const auto owner = entities_.resolve(condition.path, condition.span);
  const auto other = entities_.resolve(condition.path2, condition.span);
  if (owner && other) add_to_set(entity_sets_, {*owner, condition.field, 0}, *other, holds, condition.span);
}

void Givens::judgement(const Condition& condition, bool holds) {
  const auto owner = entities_.resolve(condition.path, condition.span);
  if (!owner) return;
  FieldState state;
  state.span = condition.span;
  if (condition.form != JudgementForm::Bare && !holds) {
    state.answer = FieldState::Answer::NotEstablished;
    state.written = "not established";
  } else {
    state.value = Value::Exact;
    state.yes = condition.form == JudgementForm::Bare ? holds : condition.form == JudgementForm::Established;
    state.answer = state.yes ? FieldState::Answer::Yes : FieldState::Answer::No;
    state.written = state.yes ? "yes" : "no";
  }
  set({*owner, condition.field, 0}, std::move(state));
}

void Givens::concluded(const Condition& condition, bool holds) {
  Found found;
  found.predicate = condition.predicate;
  found.holds = holds;
  found.span = condition.span;
  found.regulation = condition.regulation ? condition.regulation : std::optional(source_.regulation);
  const auto subject = entities_.resolve(condition.path, condition.span);
  if (!subject) return;
  found.subject = *subject;
  if (condition.has_path2) {
    found.object = entities_.resolve(condition.path2, condition.span);
    if (!found.object) return;
  }
  found.written = entities_.text_of(found.subject) + (holds ? " is " : " is not ") + model_.predicates[found.predicate].name;
  if (found.object) found.written += " of " + entities_.text_of(*found.object);
  const auto [first, fresh] =
      found_.try_emplace({found.predicate, found.subject, found.object, found.regulation}, case_.found.size());
  if (!fresh) {
    const Found& other = case_.found[first->second];
    auto reported = other.holds == holds ? problems_.add<Kind::GivenTwice>(found.span, other.written)
                                         : problems_.add<Kind::GivenContradicts>(found.span, entities_.text_of(found.subject));
    reported.note(other.span, other.holds == holds ? "the first is here" : "it is given otherwise here");
    return;
  }
  case_.found.push_back(std::move(found));
}

void Givens::unknowable(const Condition& condition, bool holds) {
  const auto owner = entities_.resolve(condition.path, condition.span);
  if (!owner) return;
  const FactKey key{*owner, condition.field, condition.year.value_or(0)};
  if (!holds) return refuse(condition.span, "a fact can be known unless the case says otherwise; give its value");
  const auto [at, fresh] = unknown_.try_emplace(key, Unknown{!condition.has_path2, {}, condition.span});
  if (!fresh && (at->second.to_all || !condition.has_path2)) {
    problems_.add<Kind::GivenTwice>(condition.span, "that " + text(key) + " is unknowable").note(at->second.span, "the first is here");
    return;
  }
  if (!condition.has_path2) return;
  const auto knower = entities_.resolve(condition.path2, condition.span);
  if (!knower) return;
  if (std::ranges::find(at->second.to, *knower) != at->second.to.end()) {
    problems_.add<Kind::GivenTwice>(condition.span, "that " + text(key) + " is unknowable").note(at->second.span, "the first is here");
    return;
  }
  at->second.to.push_back(*knower);
}

void Givens::finish() {
  for (const auto& [key, bounds] : bounds_) finish_bounds(key, bounds);
  for (const auto& [key, members] : member_sets_) {
    FieldState state;
    const bool only_outside = members.inside.empty() && model_.fields[key.field].closing == Closing::Open;
    state.span = (members.inside.empty() ? members.outside : members.inside).front().second;
    state.value = only_outside ? Value::NotGiven : Value::Exact;
    for (const auto& [member, span] : members.inside) state.members.push_back(member);
    if (only_outside) {
      for (const auto& [member, span] : members.outside) state.members_outside.push_back(member);
    }
    std::ranges::sort(state.members);
    std::ranges::sort(state.members_outside);
    std::vector<std::string> names;
    for (const auto member : state.members) names.push_back(model_.fields[key.field].members[member]);
    state.written = join(names, ", ");
    set(key, std::move(state));
  }
  for (const auto& [key, entities] : entity_sets_) {
    FieldState state;
    const bool only_outside = entities.inside.empty() && model_.fields[key.field].closing == Closing::Open;
    state.span = (entities.inside.empty() ? entities.outside : entities.inside).front().second;
    state.value = only_outside ? Value::NotGiven : Value::Exact;
    for (const auto& [entity, span] : entities.inside) state.entities.push_back(entity);
    if (only_outside) {
      for (const auto& [entity, span] : entities.outside) state.entities_outside.push_back(entity);
    }
    std::ranges::sort(state.entities);
    std::ranges::sort(state.entities_outside);
    std::vector<std::string> names;
    for (const auto entity : state.entities) names.push_back(case_.entities[entity.index].name);
    state.written = join(names, ", ");
    set(key, std::move(state));
  }
  for (auto& [key, unknown] : unknown_) {
    const auto [at, fresh] = case_.states.try_emplace(key);
    FieldState& state = at->second;
    if (fresh) {
      state.span = unknown.span;
      state.written = "unknowable";
    } else if (state.value == Value::NotApplicable) {
      problems_.add<Kind::GivenContradicts>(unknown.span, text(key)).note(state.span, "it is given otherwise here");
      continue;
    }
    state.unknowable_to_all = unknown.to_all;
    state.unknowable_to = std::move(unknown.to);
    std::ranges::sort(state.unknowable_to);
  }
}

}  // namespace onus::facts
