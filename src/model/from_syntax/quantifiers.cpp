// Quantifiers: `at least one`, `every`, `no`, over entities and over the words of a set.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {

// ---- quantifiers ------------------------------------------------------------------------------------------------------------------

bool Builder::read_quantifier(NodeRef node, Condition& out, Context& context) {
  switch (node.kind()) {
    case NodeKind::Every: out.quantifier = Quantifier::Every; return true;
    case NodeKind::No: out.quantifier = Quantifier::No; return true;
    default: break;
  }
  out.quantifier = Quantifier::AtLeast;
  out.count = 1;
  // `at least one`, or a number behind `least`.
  if (const auto leaf = node.child(NodeKind::Number)) {
    const auto count = whole_count(*leaf, context);
    if (!count) return false;
    out.count = *count;
  }
  return true;
}

Cond Builder::quantified(NodeRef quantifier, std::span<const NodeRef> states, bool any, Span whole, Context& context) {
  Condition condition;
  condition.kind = ConditionKind::Quantified;
  condition.span = whole;
  const auto np = quantifier.child(NodeKind::Np);
  if (!np || !read_quantifier(quantifier, condition, context)) return {};
  if (context.case_names != nullptr) {
    if (!context.dry) error<Kind::NoMeaningYet>(quantifier.span(), "a quantifier in a case");
    return {};
  }
  const std::size_t nouns = context.nouns.size();
  const Introduction head = introduce(*np, Place::Quantified, context);
  if (head.ok && head.is_members) return members(head, condition, states, any, whole, context);
  Cond result;
  if (head.ok) {
    Typed subject;
    subject.ok = true;
    subject.type = ExprType::Entity;
    subject.kind = head.kind;
    subject.span = np->span();
    subject.thing.is = Thing::Is::Entity;
    subject.thing.path = head.path;
    subject.thing.kind = head.kind;
    subject.thing.span = np->span();
    std::vector<Cond> parts;
    for (const NodeRef state_node : states) parts.push_back(state(subject, state_node, state_node.span(), context));
    const Cond body = combine(any ? ConditionKind::Any : ConditionKind::All, parts, whole, context);
    result = finish_quantified(std::move(condition), head, body, np->span(), context);
  }
  context.nouns.resize(nouns);
  return result;
}

Cond Builder::finish_quantified(Condition quantified_condition, const Introduction& head, Cond body, Span noun_span,
                                Context& context) {
  if (!body.ok) return {};
  quantified_condition.variable = head.path.root;
  if (const auto filter = conjunction(head.conditions, noun_span, context)) {
    quantified_condition.has_filter = true;
    quantified_condition.children.push_back(*filter);
  }
  quantified_condition.children.push_back(body.id);
  return {true, add_condition(std::move(quantified_condition), context)};
}

// `at least one modality of the model is text or audio`: the words that satisfy the statement, then which of them the set has.
Cond Builder::members(const Introduction& head, const Condition& quantifier, std::span<const NodeRef> states, bool any, Span whole,
                      Context& context) {
  const std::size_t count = model_.fields[head.members].members.size();
  std::vector<bool> satisfy(count, !any);
  bool first = true;
  for (const NodeRef state_node : states) {
    const auto words = state_node.child(NodeKind::Pred);
    if (!words || !(state_node.is(NodeKind::StateIs) || state_node.is(NodeKind::StateNot) || state_node.is(NodeKind::Also))) {
      if (!context.dry) error<Kind::MembersAreWords>(state_node.span(), model_.fields[head.members].name);
      return {};
    }
    const auto member = member_named(head.members, *words, context);
    if (!member) return {};
    for (std::size_t index = 0; index < count; ++index) {
      const bool is = (index == *member) != state_node.is(NodeKind::StateNot);
      if (first) {
        satisfy[index] = is;
      } else {
        satisfy[index] = any ? (satisfy[index] || is) : (satisfy[index] && is);
      }
    }
    first = false;
  }
  const bool wanted = quantifier.quantifier != Quantifier::Every;   // `every`: none of those that do not satisfy it
  Condition list;
  list.span = whole;
  for (std::size_t index = 0; index < count; ++index) {
    if (satisfy[index] != wanted) continue;
    Condition one;
    one.kind = ConditionKind::Member;
    one.span = whole;
    one.path = head.members_of;
    one.field = head.members;
    one.member = static_cast<std::uint32_t>(index);
    list.children.push_back(add_condition(std::move(one), context));
  }
  if (quantifier.quantifier == Quantifier::AtLeast && quantifier.count > 1) {
    list.kind = ConditionKind::AtLeast;
    list.count = quantifier.count;
    return {true, add_condition(std::move(list), context)};
  }
  list.kind = ConditionKind::Any;
  Cond result;
  if (list.children.size() == 1) {
    result = {true, list.children.front()};
  } else {
    result = {true, add_condition(std::move(list), context)};
  }
  return quantifier.quantifier == Quantifier::AtLeast ? result : negate(result, whole, context);
}

Cond Builder::for_quantified(NodeRef node, Context& context) {
  std::optional<NodeRef> quantifier;
  for (const NodeRef child : node.children()) {
    if (is_quantifier(child.kind())) quantifier = child;
  }
  const auto inner = condition_in(node);
  if (!quantifier || !inner) return {};
  Condition condition_for;
  condition_for.kind = ConditionKind::Quantified;
  condition_for.span = node.span();
  const auto np = quantifier->child(NodeKind::Np);
  if (!np || !read_quantifier(*quantifier, condition_for, context)) return {};
  if (context.case_names != nullptr) {
    if (!context.dry) error<Kind::NoMeaningYet>(quantifier->span(), "a quantifier in a case");
    return {};
  }
  const std::size_t nouns = context.nouns.size();
  const Introduction head = introduce(*np, Place::Quantified, context);
  Cond result;
  if (head.ok && head.is_members) {
    if (!context.dry) error<Kind::NoEntities>(np->span(), shown(*np->child(NodeKind::Noun)), "a set of words");
  } else if (head.ok) {
    result = finish_quantified(std::move(condition_for), head, condition(*inner, context), np->span(), context);
  }
  context.nouns.resize(nouns);
  return result;
}

}  // namespace onus::model::from_syntax
