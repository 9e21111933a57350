// The sentences of definitions, presumptions, assumptions and norms: subject, bearer, conclusion.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {

bool Builder::for_each(NodeRef sentence, Context& context, std::vector<ConditionId>& scope) {
  const auto node = sentence.child(NodeKind::ForEach);
  if (!node) return true;
  const auto np = node->child(NodeKind::Np);
  if (!np || node->tree().broken(*node)) return false;
  const Introduction each = introduce(*np, Place::Subject, context);
  scope.insert(scope.end(), each.conditions.begin(), each.conditions.end());
  return each.ok;
}

// The subject: an entity that it introduces (`a model`) or one reached from what it introduces (`the modifier of a modification`).
bool Builder::subject(NodeRef sentence, Provision& provision, Context& context, std::vector<ConditionId>& scope, KindId& kind) {
  if (const auto node = sentence.child(NodeKind::SubjectA)) {
    if (node->tree().broken(*node)) return false;
    const Introduction introduced = introduce(*node, Place::Subject, context);
    scope.insert(scope.end(), introduced.conditions.begin(), introduced.conditions.end());
    provision.holder = introduced.path;
    kind = introduced.kind;
    return introduced.ok;
  }
  const auto node = sentence.child(NodeKind::SubjectThe);
  if (!node || node->tree().broken(*node)) return false;
  const Thing thing = subject_the(*node, context, scope);
  if (!thing.ok()) return false;
  if (thing.is != Thing::Is::Entity) {
    if (!context.dry) error<Kind::SubjectNoEntity>(thing.span, sources_.text(thing.span), describe(thing, context));
    return false;
  }
  provision.holder = thing.path;
  kind = thing.kind;
  return true;
}

Thing Builder::subject_the(NodeRef node, Context& context, std::vector<ConditionId>& scope) {
  std::vector<NodeRef> nouns;
  for (const NodeRef child : node.children()) {
    if (child.is(NodeKind::Noun) || child.is(NodeKind::LinkThe) || child.is(NodeKind::LinkA) || child.is(NodeKind::LinkNamed)) {
      nouns.push_back(child);
    }
  }
  if (nouns.empty()) return {};
  const auto noun_at = [&](std::size_t index) { return index == 0 ? nouns[0] : nouns[index].child(NodeKind::Noun).value_or(nouns[index]); };
  const NodeRef last = nouns.back();
  Thing thing;
  if (last.is(NodeKind::LinkA)) {
    const Introduction introduced = introduce_bare(noun_at(nouns.size() - 1), Place::Subject, context);
    scope.insert(scope.end(), introduced.conditions.begin(), introduced.conditions.end());
    if (!introduced.ok) return {};
    thing.is = Thing::Is::Entity;
    thing.path = introduced.path;
    thing.kind = introduced.kind;
    thing.span = last.span();
  } else {
    thing = chain(std::span<const NodeRef>(&nouns.back(), 1), context, last.is(NodeKind::Noun) ? node.span() : last.span());
    if (!thing.ok()) return {};
  }
  for (std::size_t index = nouns.size() - 1; index-- > 0;) {
    if (index > 0 && !nouns[index].is(NodeKind::LinkThe)) {
      if (!context.dry) error<Kind::ArticleInCondition>(nouns[index].span(), shown(noun_at(index)));
      return {};
    }
    const NodeRef noun = noun_at(index);
    thing = step(thing, noun, context, index == 0 ? node.span() : cover(noun.span(), last.span()));
    if (!thing.ok()) return {};
    if (thing.is == Thing::Is::Entity &&
        !introduce_noun(context, {key_of(noun, sources_), shown(noun), thing.path, thing.kind, noun.span(), {}})) {
      return {};
    }
  }
  return thing;
}

// Definition, presumption, assumption.
bool Builder::statement(ProvisionId id, Context& context) {
  const NodeRef sentence = *drafts_[id.index].sentence;
  Provision& provision = model_.provisions[id];
  // Without its end the beginning of a sentence may be something else.
  if (!sentence.has(NodeKind::Conclusion) && !sentence.has(NodeKind::ConclusionNot)) return false;
  std::vector<ConditionId> scope;
  KindId kind{};
  if (!for_each(sentence, context, scope)) return false;
  if (!subject(sentence, provision, context, scope, kind)) return false;
  provision.scope = conjunction(scope, sentence.span(), context);
  const auto negative = sentence.child(NodeKind::ConclusionNot);
  const auto node = negative ? negative : sentence.child(NodeKind::Conclusion);
  if (!node || node->tree().broken(*node)) return false;
  bool ok = false;
  switch (provision.kind) {
    case ProvisionKind::Presumption: ok = presumed(*node, provision, kind, context); break;
    case ProvisionKind::Assumption: ok = assumed(*node, negative.has_value(), provision, kind, context); break;
    default: ok = concluded(*node, provision, kind, context); break;
  }
  provision.row_size = static_cast<std::uint32_t>(provision.variables.size());
  return ok;
}

// The object of a role that is concluded; its nouns are introduced (`the resulting model`).
Thing Builder::concluded_object(NodeRef role, Context& context) {
  std::vector<NodeRef> links;
  for (const NodeRef child : role.children()) {
    if (child.is(NodeKind::LinkThe) || child.is(NodeKind::LinkA) || child.is(NodeKind::LinkNamed)) links.push_back(child);
  }
  if (links.empty()) return {};
  Thing thing;
  for (std::size_t index = links.size(); index-- > 0;) {
    const NodeRef link = links[index];
    const auto noun = link.child(NodeKind::Noun);
    if (!link.is(NodeKind::LinkThe) || !noun) {
      if (!context.dry) error<Kind::ArticleInCondition>(link.span(), noun ? shown(*noun) : std::string(text(link)));
      return {};
    }
    const Span whole = cover(noun->span(), links.back().span());
    thing = index + 1 == links.size() ? definite(*noun, context, whole) : step(thing, *noun, context, whole);
    if (!thing.ok()) return {};
    if (thing.is == Thing::Is::Entity) {
      const std::string key = key_of(*noun, sources_);
      const bool known = std::any_of(context.nouns.begin(), context.nouns.end(), [&](const Introduced& other) { return other.key == key; });
      if (!known) introduce_noun(context, {key, shown(*noun), thing.path, thing.kind, noun->span(), {}});
    }
  }
  if (thing.is != Thing::Is::Entity) {
    if (!context.dry) error<Kind::SubjectNoEntity>(thing.span, sources_.text(thing.span), describe(thing, context));
    return {};
  }
  return thing;
}

bool Builder::concluded(NodeRef node, Provision& provision, KindId kind, Context& context) {
  const auto not_concluded = [&](NodeRef words, Span declared) {
    if (!context.dry) error<Kind::NotConcluded>(words.span(), shown(words)).note(declared, "it is declared here, without `by law`");
    return false;
  };
  const auto role = node.child(NodeKind::Role);
  const auto words = role ? role->child(NodeKind::Noun) : node.child(NodeKind::Pred);
  if (!words) return false;
  const NameId name = name_of(*words);
  const bool has_links = role && (role->has(NodeKind::LinkThe) || role->has(NodeKind::LinkA) || role->has(NodeKind::LinkNamed));
  if (!has_links) {
    const Ability* found = ability(name, kind, context.scope);
    if (found == nullptr) {
      unknown_ability(*words, kind, context);
      return false;
    }
    if (!found->predicate.is_valid()) return not_concluded(*words, declared_at(*found));
    provision.predicate = found->predicate;
    return true;
  }
  const Thing object = concluded_object(*role, context);
  if (!object.ok()) return false;
  if (const auto* roles = roles_of(name, object.kind, context.scope)) {
    for (const RoleEntry& entry : *roles) {
      if (entry.holder != kind) continue;
      if (!entry.predicate.is_valid()) return not_concluded(*words, model_.fields[entry.field].span);
      provision.predicate = entry.predicate;
      provision.object = object.path;
      return true;
    }
  }
  unknown_role(*words, kind, object.kind, context.scope, context);
  return false;
}

bool Builder::presumed(NodeRef node, Provision& provision, KindId kind, Context& context) {
  const auto role = node.child(NodeKind::Role);
  const auto words = role ? role->child(NodeKind::Noun) : node.child(NodeKind::Pred);
  if (!words) return false;
  const Ability* found = ability(name_of(*words), kind, context.scope);
  if (found == nullptr) {
    unknown_ability(*words, kind, context);
    return false;
  }
  if (found->predicate.is_valid() || model_.fields[found->field].type != FieldType::Judgement) {
    error<Kind::OnlyJudgements>(words->span(), shown(*words), "presumed").note(declared_at(*found), "it is declared here");
    return false;
  }
  provision.judgement = found->field;
  return true;
}

// An assumption states something of the facts or of what is concluded; `claim` holds it, negation included.
bool Builder::assumed(NodeRef node, bool negative, Provision& provision, KindId kind, Context& context) {
  Typed subject_typed;
  subject_typed.ok = true;
  subject_typed.type = ExprType::Entity;
  subject_typed.kind = kind;
  subject_typed.span = node.span();
  subject_typed.thing.is = Thing::Is::Entity;
  subject_typed.thing.path = provision.holder;
  subject_typed.thing.kind = kind;
  Cond claim;
  if (const auto role = node.child(NodeKind::Role)) {
    claim = is_role(subject_typed, *role, std::nullopt, node.span(), context);
  } else if (const auto words = node.child(NodeKind::Pred)) {
    claim = is_words(subject_typed, *words, std::nullopt, node.span(), context);
  }
  if (!claim.ok) return false;
  const Condition& plain = model_.conditions[claim.id];
  if (plain.kind == ConditionKind::Concluded) {
    provision.predicate = plain.predicate;
    if (plain.has_path2) provision.object = plain.path2;
  }
  if (negative) claim = negate(claim, node.span(), context);
  provision.claim = claim.id;
  return true;
}

bool Builder::norm(ProvisionId id, Context& context) {
  const NodeRef sentence = *drafts_[id.index].sentence;
  Provision& provision = model_.provisions[id];
  const auto act = sentence.child(NodeKind::Act);
  const auto amount = sentence.child(NodeKind::PenaltyAmount);
  if (!act && !amount) return false;   // the beginning of a sentence without its end may be something else
  std::vector<ConditionId> scope;
  if (!for_each(sentence, context, scope)) return false;
  std::optional<NodeRef> np;
  for (const NodeKind kind : {NodeKind::BearerEach, NodeKind::BearerNo}) {
    const auto node = sentence.child(kind);
    if (node && node->tree().broken(*node)) return false;
    if (node) np = node->child(NodeKind::Np);
  }
  if (np) {
    const Introduction bearer = introduce(*np, Place::Subject, context);
    scope.insert(scope.end(), bearer.conditions.begin(), bearer.conditions.end());
    if (!bearer.ok) return false;
    provision.bearer = bearer.path;
    provision.object = bearer.object;
  } else if (const auto node = sentence.child(NodeKind::BearerThe)) {
    const auto noun = node->child(NodeKind::Noun);
    if (!noun || node->tree().broken(*node)) return false;
    const Thing thing = subject_the(*node, context, scope);
    if (!thing.ok()) return false;
    if (thing.is == Thing::Is::Authority) {
      provision.bearer_authority = thing.authority;
    } else if (thing.is == Thing::Is::Entity) {
      provision.bearer = thing.path;
      if (!thing.path.steps.empty()) {
        provision.object = Path{thing.path.root, {}};
        introduce_noun(context, {key_of(*noun, sources_), shown(*noun), thing.path, thing.kind, noun->span(), {}});
      }
    } else {
      error<Kind::SubjectNoEntity>(thing.span, sources_.text(thing.span), describe(thing, context));
      return false;
    }
  } else {
    return false;
  }
  provision.row_size = static_cast<std::uint32_t>(provision.variables.size());
  if (!provision.object) {
    for (std::uint32_t index = 0; index < provision.row_size && !provision.object; ++index) {
      if (!provision.bearer || provision.bearer->root.index != index) provision.object = Path{VariableId{index}, {}};
    }
  }
  provision.scope = conjunction(scope, sentence.span(), context);
  if (amount) return penalty_amount(*amount, sentence, provision, context);
  if (const auto string = act->child(NodeKind::String)) {
    provision.act = unquoted(*string);
    if (!string->tree().broken(*string) && normalise_name(provision.act).empty()) {
      error<Kind::EmptyAct>(string->span());
      return false;
    }
  }
  if (const auto as = act->child(NodeKind::KwAs)) {
    error<Kind::NoMeaningYet>(cover(as->span(), act->span()), "a declared act");
    return false;
  }
  return true;
}

// `liable to a fine of at most EXPR per day`.
bool Builder::penalty_amount(NodeRef node, NodeRef sentence, Provision& provision, Context& context) {
  if (const auto noun = sentence.child(NodeKind::Noun)) provision.act = with_article(shown(*noun));
  if (const auto per = node.child(NodeKind::Noun)) provision.per = shown(*per);
  const auto inner = expression_in(node);
  if (!inner || node.tree().broken(node)) return false;
  const Typed typed = expression(*inner, context);
  if (!typed.ok) return false;
  if (typed.is_words || typed.type != ExprType::Number || !typed.unit) {
    error<Kind::WrongType>(typed.span, describe(typed), "an amount");
    return false;
  }
  provision.at_most = typed.id;
  return true;
}

}  // namespace onus::model::from_syntax
