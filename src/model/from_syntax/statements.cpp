// Statements: what is said of a thing with `is`, `has`, `exceeds`.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {

// ---- statements -------------------------------------------------------------------------------------------------------------------

Cond Builder::established(NodeRef node, Context& context) {
  const auto subject_node = expression_in(node);
  const auto pred = node.child(NodeKind::Pred);
  if (!subject_node || !pred) return {};
  const auto subject = expect_type(expression(*subject_node, context), ExprType::Entity, "an entity", context);
  if (!subject || subject->unknown) return {};
  const auto under = node.child(NodeKind::Under);
  const auto regulation = under ? regulation_under(*under, context) : std::nullopt;
  if (under && !regulation) return {};
  const NameId name = name_of(*pred);
  const Ability* found = ability(name, subject->kind, regulation ? regulation->index + 1 : context.scope);
  if (found == nullptr) {
    unknown_ability(*pred, subject->kind, context);
    return {};
  }
  if (found->predicate.is_valid() || model_.fields[found->field].type != FieldType::Judgement) {
    if (!context.dry) {
      error<Kind::OnlyJudgements>(pred->span(), shown(*pred), "established").note(declared_at(*found), "it is declared here");
    }
    return {};
  }
  Condition condition = pred_condition(*found, subject->thing.path, node.span());
  condition.form = node.has(NodeKind::KwNot) ? JudgementForm::EstablishedNot : JudgementForm::Established;
  condition.regulation = regulation;
  return {true, add_condition(std::move(condition), context)};
}

Cond Builder::state(const Typed& subject, NodeRef verb, Span whole, Context& context) {
  const auto operand = [&]() -> Typed {
    const auto node = expression_in(verb);
    return node ? expression(*node, context) : Typed{};
  };
  const auto compared = [&](Relation relation, bool dates_only) -> Cond {
    const Typed right = operand();
    if (!right.ok) return {};
    return compare(relation, subject, right, dates_only, whole, context);
  };
  switch (verb.kind()) {
    case NodeKind::VerbExceeds: return compared(Relation::Greater, false);
    case NodeKind::StateAtLeast: return compared(Relation::GreaterEqual, false);
    case NodeKind::StateAtMost: return compared(Relation::LessEqual, false);
    case NodeKind::StateBelow: return compared(Relation::Less, false);
    case NodeKind::StateBefore: return compared(Relation::Less, true);
    case NodeKind::StateAfter: return compared(Relation::Greater, true);
    case NodeKind::StateOnOrBefore: return compared(Relation::LessEqual, true);
    case NodeKind::StateOnOrAfter: return compared(Relation::GreaterEqual, true);
    case NodeKind::StateUnknowable: return unknowable(subject, verb, whole, context);
    case NodeKind::VerbHas:
    case NodeKind::VerbHasNo: {
      const auto noun = verb.child(NodeKind::Noun);
      if (!noun) return {};
      const Cond cond = has(subject, *noun, whole, context);
      return verb.is(NodeKind::VerbHasNo) ? negate(cond, whole, context) : cond;
    }
    case NodeKind::StateIs:
    case NodeKind::StateNot:
    case NodeKind::Also: {
      const auto under = verb.child(NodeKind::Under);
      Cond cond;
      if (const auto words = verb.child(NodeKind::Pred)) {
        cond = is_words(subject, *words, under, whole, context);
      } else if (const auto role = verb.child(NodeKind::Role)) {
        cond = is_role(subject, *role, under, whole, context);
      } else if (const auto value_node = expression_in(verb)) {
        cond = is_value(subject, *value_node, whole, context);
      }
      return verb.is(NodeKind::StateNot) ? negate(cond, whole, context) : cond;
    }
    default: return {};
  }
}

Cond Builder::compare(Relation relation, const Typed& left, const Typed& right, bool dates_only, Span whole, Context& context) {
  if (!left.ok || !right.ok) return {};
  if (!left.unknown) {
    const bool is_time = left.type == ExprType::Date || left.type == ExprType::Moment;
    const bool fits = !left.is_words && left.thing.is != Thing::Is::Set && (is_time || (!dates_only && left.type == ExprType::Number));
    if (!fits) {
      if (!context.dry) error<Kind::WrongType>(left.span, describe(left), dates_only ? "a date" : "an amount");
      return {};
    }
  }
  if (!same_measure(left, right, "compared", context)) return {};
  Condition condition;
  condition.kind = ConditionKind::Compare;
  condition.span = whole;
  condition.relation = relation;
  condition.left = left.id;
  condition.right = right.id;
  return {true, add_condition(std::move(condition), context)};
}

std::optional<RegulationId> Builder::regulation_named(NodeRef label, Context& context) {
  const std::string written(text(label));
  const auto found = regulations_by_label_.find(lower_case(written));
  if (found != regulations_by_label_.end()) return found->second;
  if (!context.dry && !is_repeated(Kind::UnknownRegulation, {}, written, label.span())) {
    auto reported = error<Kind::UnknownRegulation>(label.span(), written);
    std::vector<Candidate> candidates;
    for (const Regulation& it : model_.regulations) candidates.push_back({it.label, it.span});
    suggest(reported, label.span(), written, candidates);
  }
  return std::nullopt;
}

std::optional<RegulationId> Builder::regulation_under(NodeRef under, Context& context) {
  const auto label = under.child(NodeKind::Label);
  return label ? regulation_named(*label, context) : std::nullopt;
}

std::optional<std::uint32_t> Builder::member_named(FieldId field, NodeRef words, Context& context) {
  const NameId name = name_of(words);
  const std::vector<NameId>& names = member_names_[field.index];
  if (name != no_name) {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at != names.end()) return static_cast<std::uint32_t>(at - names.begin());
  }
  const std::string written = shown(words);
  if (!context.dry && !in_broken_text(key_of(words, sources_)) &&
      !is_repeated(Kind::UnknownMember, std::to_string(field.index), written, words.span())) {
    const Field& it = model_.fields[field];
    auto reported = error<Kind::UnknownMember>(words.span(), written, it.name);
    std::vector<Candidate> candidates;
    for (const std::string& member : it.members) candidates.push_back({member, {}});
    suggest(reported, words.span(), written, candidates);
    reported.note(it.span, "`" + it.name + "` is one of: " + join(it.members, "; "));
  }
  return std::nullopt;
}

Cond Builder::is_words(const Typed& subject, NodeRef words, std::optional<NodeRef> under, Span whole, Context& context) {
  if (!subject.ok || subject.unknown) return {subject.ok && context.dry, {}};
  if (subject.is_words) {
    const auto member = member_named(subject.thing.field, words, context);
    if (!member) return {};
    Condition condition;
    condition.kind = ConditionKind::Member;
    condition.span = whole;
    condition.path = subject.thing.path;
    condition.field = subject.thing.field;
    condition.member = *member;
    return {true, add_condition(std::move(condition), context)};
  }
  if (subject.type != ExprType::Entity || subject.thing.is == Thing::Is::Set) {
    if (!context.dry && !in_broken_text(key_of(words, sources_))) {
      error<Kind::NotSaidOf>(words.span(), describe(subject), shown(words)).note(subject.span, "this is " + describe(subject));
    }
    return {};
  }
  const auto regulation = under ? regulation_under(*under, context) : std::nullopt;
  if (under && !regulation) return {};
  const Ability* found = ability(name_of(words), subject.kind, regulation ? regulation->index + 1 : context.scope);
  if (found == nullptr) {
    unknown_ability(words, subject.kind, context);
    return {};
  }
  // A judgement has the presumptions of a regulation; other facts have nothing of any.
  if (regulation && !found->predicate.is_valid() && model_.fields[found->field].type != FieldType::Judgement) {
    if (!context.dry) error<Kind::UnderNotConcluded>(under->span(), shown(words));
    return {};
  }
  Condition condition = pred_condition(*found, subject.thing.path, whole);
  condition.regulation = regulation;
  return {true, add_condition(std::move(condition), context)};
}

Cond Builder::is_role(const Typed& subject, NodeRef role, std::optional<NodeRef> under, Span whole, Context& context) {
  const auto holder = expect_type(subject, ExprType::Entity, "an entity", context);
  if (!holder || holder->unknown) return {};
  const auto regulation = under ? regulation_under(*under, context) : std::nullopt;
  if (under && !regulation) return {};
  const ScopeId scope = regulation ? regulation->index + 1 : context.scope;
  const auto noun = role.child(NodeKind::Noun);
  if (!noun) return {};
  std::vector<NodeRef> links;
  for (const NodeRef child : role.children()) {
    if (child.is(NodeKind::LinkThe) || child.is(NodeKind::LinkA) || child.is(NodeKind::LinkNamed)) links.push_back(child);
  }
  const NameId name = name_of(*noun);
  if (links.empty()) {
    const Ability* found = ability(name, holder->kind, scope);
    if (found == nullptr) {
      bool is_role_of_something = false;
      for (const KindId kind : model_.kinds.ids()) is_role_of_something = is_role_of_something || roles_of(name, kind, scope) != nullptr;
      if (is_role_of_something) {
        if (!context.dry) error<Kind::RoleWithoutObject>(noun->span(), shown(*noun));
      } else {
        unknown_ability(*noun, holder->kind, context);
      }
      return {};
    }
    Condition condition = pred_condition(*found, holder->thing.path, whole);
    condition.regulation = regulation;
    return {true, add_condition(std::move(condition), context)};
  }
  const Thing object = chain(links, context, cover(links.front().span(), links.back().span()));
  if (!object.ok()) return {};
  if (object.is != Thing::Is::Entity) {
    if (!context.dry) {
      if (object.is == Thing::Is::Set) {
        error<Kind::SeveralThings>(object.span, sources_.text(object.span), model_.fields[object.field].name);
      } else {
        error<Kind::NothingOfThat>(object.span, sources_.text(object.span), describe(object, context), shown(*noun));
      }
    }
    return {};
  }
  return role_of(*holder, *noun, name, object, scope, regulation, whole, context);
}

Cond Builder::role_of(const Typed& holder, NodeRef noun, NameId name, const Thing& object, ScopeId scope,
                      std::optional<RegulationId> regulation, Span whole, Context& context) {
  if (const auto* roles = roles_of(name, object.kind, scope)) {
    for (const RoleEntry& entry : *roles) {
      if (entry.holder != holder.kind) continue;
      Condition condition = role_condition(entry, holder.thing.path, object.path, whole);
      condition.regulation = regulation;
      return {true, add_condition(std::move(condition), context)};
    }
  }
  // `X is an affiliate of Y`, `X is the developer of Y` said with an article: a relation of the object.
  if (const Property* found = property(name, object.kind, scope)) {
    Condition condition;
    condition.span = whole;
    Path path = object.path;
    KindId kind{};
    if (follow(path, kind, *found)) {
      if (kind == holder.kind) {
        condition.kind = ConditionKind::Same;
        condition.path = holder.thing.path;
        condition.path2 = path;
        condition.has_path2 = true;
        return {true, add_condition(std::move(condition), context)};
      }
    } else if (found->field.is_valid()) {
      const Field& field = model_.fields[found->field];
      if (field.type == FieldType::PairSet && *field.target == holder.kind) {
        condition.kind = ConditionKind::Pair;
        condition.path = object.path;
        condition.field = found->field;
        condition.path2 = holder.thing.path;
        condition.has_path2 = true;
        return {true, add_condition(std::move(condition), context)};
      }
      if (field.type == FieldType::Inverse && *field.target == holder.kind) {
        condition.kind = ConditionKind::Same;
        condition.path = holder.thing.path;
        condition.path.steps.push_back({Step::Kind::Field, *field.inverse_of, {}});
        condition.path2 = object.path;
        condition.has_path2 = true;
        return {true, add_condition(std::move(condition), context)};
      }
    }
  }
  unknown_role(noun, holder.kind, object.kind, scope, context);
  return {};
}

Cond Builder::is_value(const Typed& subject, NodeRef value_node, Span whole, Context& context) {
  const Typed right = expression(value_node, context);
  if (!subject.ok || !right.ok) return {};
  if (subject.unknown || right.unknown) return {context.dry, {}};
  if (subject.is_words && right.is_words && subject.thing.field == right.thing.field &&
      model_.fields[subject.thing.field].type == FieldType::OneOf) {
    std::vector<Cond> same;
    for (std::uint32_t member = 0; member < model_.fields[subject.thing.field].members.size(); ++member) {
      std::vector<Cond> both;
      for (const Typed* side : {&subject, &right}) {
        Condition one;
        one.kind = ConditionKind::Member;
        one.span = whole;
        one.path = side->thing.path;
        one.field = side->thing.field;
        one.member = member;
        both.push_back({true, add_condition(std::move(one), context)});
      }
      same.push_back(combine(ConditionKind::All, both, whole, context));
    }
    return combine(ConditionKind::Any, same, whole, context);
  }
  const auto is_entity = [](const Typed& it) { return it.type == ExprType::Entity && it.thing.is == Thing::Is::Entity; };
  if (is_entity(subject) && is_entity(right)) {
    if (subject.kind != right.kind) {
      if (!context.dry) {
        error<Kind::KindsDiffer>(right.span, describe(subject.kind), describe(right.kind)).note(subject.span, "this is " + describe(subject));
      }
      return {};
    }
    Condition condition;
    condition.kind = ConditionKind::Same;
    condition.span = whole;
    condition.path = subject.thing.path;
    condition.path2 = right.thing.path;
    condition.has_path2 = true;
    return {true, add_condition(std::move(condition), context)};
  }
  const auto is_measure = [](const Typed& it) {
    return !it.is_words && it.thing.is != Thing::Is::Set &&
           (it.type == ExprType::Number || it.type == ExprType::Date || it.type == ExprType::Moment);
  };
  if (is_measure(subject) && is_measure(right)) return compare(Relation::Equal, subject, right, false, whole, context);
  if (!context.dry) {
    error<Kind::MeasuresDiffer>(right.span, describe(subject), describe(right), "equal").note(subject.span, "this is " + describe(subject));
  }
  return {};
}

Cond Builder::has(const Typed& subject, NodeRef noun, Span whole, Context& context) {
  const auto owner = expect_type(subject, ExprType::Entity, "an entity", context);
  if (!owner || owner->unknown) return {};
  const Property* found = property(name_of(noun), owner->kind, context.scope);
  if (found == nullptr) {
    unknown_property(noun, owner->kind, context);
    return {};
  }
  Condition condition;
  condition.span = whole;
  condition.path = owner->thing.path;
  if (found->value.is_valid()) {
    if (!context.dry) error<Kind::HasAlways>(noun.span(), shown(noun), "a computed term").note(declared_at(*found), "it is declared here");
    return {};
  }
  const Field& field = model_.fields[found->field];
  switch (field.type) {
    case FieldType::Inverse:
    case FieldType::PairSet:
    case FieldType::Chain: {
      if (context.case_names != nullptr) {
        if (!context.dry) error<Kind::NoMeaningYet>(whole, "a quantifier in a case");
        return {};
      }
      Variable variable;
      variable.noun = shown(noun);
      variable.kind = *field.target;
      variable.span = noun.span();
      variable.domain_of = owner->thing.path;
      variable.domain = found->field;
      condition.kind = ConditionKind::Quantified;
      condition.path = {};
      condition.count = 1;
      condition.variable = new_variable(std::move(variable), context);
      Condition always;
      always.span = whole;
      condition.children = {add_condition(std::move(always), context)};
      return {true, add_condition(std::move(condition), context)};
    }
    case FieldType::AnyOf: {
      condition.kind = ConditionKind::Any;
      condition.path = {};
      for (std::uint32_t member = 0; member < field.members.size(); ++member) {
        Condition one;
        one.kind = ConditionKind::Member;
        one.span = whole;
        one.path = owner->thing.path;
        one.field = found->field;
        one.member = member;
        condition.children.push_back(add_condition(std::move(one), context));
      }
      return {true, add_condition(std::move(condition), context)};
    }
    case FieldType::Relation:
    case FieldType::OneInverse:
    case FieldType::OneOf:
    case FieldType::Amount:
    case FieldType::Count:
    case FieldType::Date:
    case FieldType::Moment:
    case FieldType::YesNo:
    case FieldType::Judgement: break;
  }
  if (!field.optional) {
    if (!context.dry) {
      error<Kind::HasAlways>(noun.span(), shown(noun), describe_field(found->field))
          .note(field.span, "it is declared here, without `if any` or `none unless given`");
    }
    return {};
  }
  condition.kind = ConditionKind::Has;
  if (field.type == FieldType::Relation || field.type == FieldType::OneInverse) {
    condition.path.steps.push_back({Step::Kind::Field, found->field, {}});
  } else {
    condition.has_field = true;
    condition.field = found->field;
  }
  return {true, add_condition(std::move(condition), context)};
}

Cond Builder::unknowable(const Typed& subject, NodeRef verb, Span whole, Context& context) {
  if (!subject.ok) return {};
  if (subject.thing.is != Thing::Is::Fact || !model_.fields[subject.thing.field].unknowable) {
    if (!context.dry && !subject.unknown) {
      auto reported = error<Kind::NotUnknowable>(subject.span, sources_.text(subject.span));
      if (subject.thing.is == Thing::Is::Fact) {
        reported.note(model_.fields[subject.thing.field].span, "it is declared here, without `possibly unknowable`");
      }
    }
    return {};
  }
  Condition condition;
  condition.kind = ConditionKind::Unknowable;
  condition.span = whole;
  condition.path = subject.thing.path;
  condition.field = subject.thing.field;
  condition.has_field = true;
  if (!context.dry && subject.id.is_valid()) condition.year = model_.exprs[subject.id].year;
  if (const auto to = expression_in(verb)) {
    const auto who = expect_type(expression(*to, context), ExprType::Entity, "an entity", context);
    if (!who || who->unknown) return {};
    condition.path2 = who->thing.path;
    condition.has_path2 = true;
  }
  return {true, add_condition(std::move(condition), context)};
}

}  // namespace onus::model::from_syntax
