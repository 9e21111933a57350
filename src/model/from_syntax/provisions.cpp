// Provisions: their headings, sentences and particulars.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {

std::optional<ProvisionKind> provision_kind(NodeKind kind) {
  switch (kind) {
    case NodeKind::Definition:
    case NodeKind::KwDefinition: return ProvisionKind::Definition;
    case NodeKind::Assumption:
    case NodeKind::KwAssumption: return ProvisionKind::Assumption;
    case NodeKind::Presumption:
    case NodeKind::KwPresumption: return ProvisionKind::Presumption;
    case NodeKind::Value:
    case NodeKind::KwValue: return ProvisionKind::Value;
    case NodeKind::Duty:
    case NodeKind::KwDuty: return ProvisionKind::Duty;
    case NodeKind::Prohibition:
    case NodeKind::KwProhibition: return ProvisionKind::Prohibition;
    case NodeKind::Permission:
    case NodeKind::KwPermission: return ProvisionKind::Permission;
    case NodeKind::Guidance:
    case NodeKind::KwGuidance: return ProvisionKind::Guidance;
    case NodeKind::Penalty:
    case NodeKind::KwPenalty: return ProvisionKind::Penalty;
    case NodeKind::Liability:
    case NodeKind::KwLiability: return ProvisionKind::Liability;
    case NodeKind::Exception:
    case NodeKind::KwException: return ProvisionKind::Exception;
    case NodeKind::Transition:
    case NodeKind::KwTransition: return ProvisionKind::Transition;
    case NodeKind::Open:
    case NodeKind::KwOpen: return ProvisionKind::Open;
    default: return std::nullopt;
  }
}

namespace {

// What the grammar has and this version gives no meaning. Everything refused by name is here or in `refused_particular`.
bool has_meaning(ProvisionKind kind) {
  switch (kind) {
    case ProvisionKind::Permission:
    case ProvisionKind::Guidance:
    case ProvisionKind::Penalty:
    case ProvisionKind::Liability: return false;
    case ProvisionKind::Definition:
    case ProvisionKind::Assumption:
    case ProvisionKind::Presumption:
    case ProvisionKind::Value:
    case ProvisionKind::Duty:
    case ProvisionKind::Prohibition:
    case ProvisionKind::Exception:
    case ProvisionKind::Transition:
    case ProvisionKind::Open: return true;
  }
  return false;
}

std::string_view refused_particular(NodeKind kind) {
  switch (kind) {
    case NodeKind::FailingWhich: return "failing which";
    case NodeKind::FulfilledBy: return "fulfilled by";
    case NodeKind::EnforcedBy: return "enforced by";
    case NodeKind::RenamedFrom: return "renamed from";
    default: return {};
  }
}

bool is_attacker(ProvisionKind kind) {
  return kind == ProvisionKind::Exception || kind == ProvisionKind::Transition || kind == ProvisionKind::Open;
}

// The first token of a node and the ones behind it up to the colon: `failing which`.
Span keywords_of(NodeRef node) {
  std::optional<Span> span;
  for (const NodeRef child : node.children()) {
    if (!syntax::is_keyword(child.kind())) break;
    span = span ? cover(*span, child.span()) : child.span();
  }
  return span.value_or(node.span());
}

}  // namespace

std::string Builder::provision_key(ScopeId scope, ProvisionKind kind, std::string_view label) {
  return std::to_string(scope) + ' ' + std::to_string(static_cast<int>(kind)) + ' ' + lower_case(label);
}

// ---- headings -----------------------------------------------------------------------------------------------------------

void Builder::register_provisions() {
  for (const FileState& file : files_) {
    std::optional<PartId> part;
    for (const NodeRef node : file.body.children()) {
      if (node.is(NodeKind::Part)) {
        part = register_part(file, node);
      } else if (provision_kind(node.kind())) {
        register_provision(file, node, part);
      } else if (node.is(NodeKind::Acts)) {
        error<Kind::NoMeaningYet>(keywords_of(node), "acts");
      }
    }
  }
}

PartId Builder::register_part(const FileState& file, NodeRef node) {
  Part part;
  part.regulation = file.regulation;
  part.span = node.span();
  if (const auto label = node.child(NodeKind::Label)) {
    part.label = std::string(text(*label));
    part.span = label->span();
  }
  if (const auto title = node.child(NodeKind::String)) part.title = unquoted(*title);
  part.citations = citations(node.child(NodeKind::Cite), file.scope);
  for (const NodeRef child : node.children()) {
    const bool applies = child.is(NodeKind::AppliesFrom);
    if (!applies && !child.is(NodeKind::EnforceableFrom)) continue;
    if (file.tree->broken(child)) continue;
    const auto leaf = child.child(NodeKind::Date);
    const auto date = leaf ? date_of(*leaf) : std::nullopt;
    std::optional<Date>& place = applies ? part.applies_from : part.enforceable_from;
    if (place) error<Kind::ParticularTwice>(keywords_of(child), applies ? "applies from" : "enforceable from");
    place = date;
  }
  const PartId id{static_cast<std::uint32_t>(model_.parts.size())};
  if (!part.label.empty()) {
    const std::string key = std::to_string(file.scope) + ' ' + lower_case(part.label);
    const auto [at, fresh] = parts_by_label_.try_emplace(key, id);
    if (!fresh) error<Kind::DuplicateLabel>(part.span, "part", part.label).note(model_.parts[at->second].span, "the first is here");
  }
  model_.parts.add(std::move(part));
  part_members_.emplace_back();
  return id;
}

void Builder::register_provision(const FileState& file, NodeRef node, std::optional<PartId> part) {
  Provision provision;
  Draft draft;
  provision.kind = *provision_kind(node.kind());
  provision.regulation = file.regulation;
  provision.in_vocabulary = file.is_vocabulary;
  provision.part = part;
  provision.span = node.span();
  draft.node = node;
  draft.scope = file.scope;
  draft.tree = file.tree;
  const auto keyword = node.first_child();
  const auto head = node.child(NodeKind::Head);
  const auto label = head ? head->child(NodeKind::Label) : std::nullopt;
  if (label) provision.label = std::string(text(*label));
  provision.heading = keyword ? keyword->span() : node.span();
  if (label) provision.heading = cover(provision.heading, label->span());
  if (head) {
    if (const auto title = head->child(NodeKind::String)) {
      provision.title = unquoted(*title);
      provision.heading = cover(provision.heading, title->span());
    }
    provision.citations = citations(head->child(NodeKind::Cite), file.scope);
  }
  draft.sentence = node.child(NodeKind::Sentence);
  provision.sentence = draft.sentence ? draft.sentence->span() : provision.heading;
  draft.broken_sentence = !draft.sentence || file.tree->broken(*draft.sentence);
  if (file.tree->broken(node)) draft.sound = false;
  if (!label || file.tree->broken(*head)) {
    // Its label may be among what could not be read.
    draft.sound = false;
    add_broken_text(sources_.text({node.span().file, node.span().begin, provision.sentence.begin}));
  }
  if (file.is_vocabulary && provision.kind != ProvisionKind::Assumption) {
    error<Kind::VocabularyDecides>(keyword ? keyword->span() : node.span(), word(provision.kind));
    draft.refused = true;
  } else if (!has_meaning(provision.kind)) {
    error<Kind::NoMeaningYet>(keyword ? keyword->span() : node.span(), word(provision.kind));
    draft.refused = true;
  }
  if (draft.refused || draft.broken_sentence) draft.sound = false;

  const ProvisionId id{static_cast<std::uint32_t>(model_.provisions.size())};
  if (label) {
    const auto [at, fresh] = provisions_by_label_.try_emplace(provision_key(file.scope, provision.kind, provision.label), id);
    if (!fresh) {
      error<Kind::DuplicateLabel>(label->span(), word(provision.kind), provision.label)
          .note(model_.provisions[at->second].heading, "the first is here");
      draft.sound = false;
    }
  }
  if (part) part_members_[part->index].push_back(id);
  provisions_of_scope_[file.scope].push_back(id);
  model_.provisions.add(std::move(provision));
  drafts_.push_back(std::move(draft));
}

// ---- sentences ------------------------------------------------------------------------------------------------------------

Context Builder::context_of(ProvisionId id) {
  Context context;
  context.provision = id;
  context.variables = &model_.provisions[id].variables;
  context.scope = drafts_[id.index].scope;
  context.regulation = model_.provisions[id].regulation;
  context.letters = &drafts_[id.index].letters;
  return context;
}

void Builder::resolve_provisions() {
  for (const ProvisionId id : model_.provisions.ids()) {
    if (!is_attacker(model_.provisions[id].kind)) resolve(id);
  }
}

void Builder::resolve(ProvisionId id) {
  Draft& draft = drafts_[id.index];
  if (draft.refused || !draft.sentence) return;
  const std::size_t errors = sink_.errors();
  std::vector<Context::ReadingNode> readings;
  collect_readings(id, readings);
  Context context = context_of(id);
  context.readings = &readings;
  bool ok = false;
  switch (model_.provisions[id].kind) {
    case ProvisionKind::Definition:
    case ProvisionKind::Assumption:
    case ProvisionKind::Presumption: ok = statement(id, context); break;
    case ProvisionKind::Value: ok = value(id, context); break;
    case ProvisionKind::Duty:
    case ProvisionKind::Prohibition: ok = norm(id, context); break;
    case ProvisionKind::Permission:
    case ProvisionKind::Guidance:
    case ProvisionKind::Penalty:
    case ProvisionKind::Liability:
    case ProvisionKind::Exception:
    case ProvisionKind::Transition:
    case ProvisionKind::Open: break;
  }
  const bool scheme_known = ok || model_.provisions[id].kind == ProvisionKind::Value;
  if (ok && model_.provisions[id].kind != ProvisionKind::Value) {
    ok = ifs(*draft.sentence, context, model_.provisions[id].condition);
  }
  draft.nouns = context.nouns;
  draft.scheme_known = scheme_known;
  const std::size_t first_particular = sink_.all().size();
  ok = particulars(id, context) && ok;
  // Without a subject no noun of the particulars could be found.
  if (!scheme_known) keep_plain_reports(first_particular);
  if (!draft.broken_sentence) check_readings(id, readings);
  draft.reported = sink_.errors() != errors;
  if (!ok || draft.reported) draft.sound = false;
}

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
    const Thing thing = definite(*noun, context, node->span());
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
  const auto act = sentence.child(NodeKind::Act);
  if (!act) return false;
  if (const auto string = act->child(NodeKind::String)) provision.act = unquoted(*string);
  if (const auto as = act->child(NodeKind::KwAs)) {
    error<Kind::NoMeaningYet>(cover(as->span(), act->span()), "a declared act");
    return false;
  }
  return true;
}

// ---- readings ----------------------------------------------------------------------------------------------------------------

void Builder::collect_readings(ProvisionId id, std::vector<Context::ReadingNode>& out) {
  Draft& draft = drafts_[id.index];
  Provision& provision = model_.provisions[id];
  for (const NodeRef node : draft.node.children()) {
    if (!node.is(NodeKind::Reading) && !node.is(NodeKind::ValueReading)) continue;
    if (draft.tree->broken(node)) continue;
    const auto name = node.child(NodeKind::String);
    const auto label = node.child(NodeKind::ItemLabel);
    if (!name || !label) continue;
    Reading reading;
    reading.name = unquoted(*name);
    reading.citations = citations(node.child(NodeKind::Cite), draft.scope);
    reading.letter = letter_of(*label);
    reading.span = node.span();
    for (const Reading& other : provision.readings) {
      if (normalise_name(other.name) != normalise_name(reading.name)) continue;
      error<Kind::DuplicateName>(name->span(), reading.name).note(other.span, "it is first declared here");
      draft.sound = false;
    }
    out.push_back({reading.letter, node, label->span(), static_cast<std::uint32_t>(provision.readings.size()), false});
    provision.readings.push_back(std::move(reading));
  }
}

void Builder::check_readings(ProvisionId id, const std::vector<Context::ReadingNode>& readings) {
  Draft& draft = drafts_[id.index];
  if (readings.empty()) return;
  // As they are written, whether or not their items could be resolved.
  std::vector<std::string> letters;
  const NodeRef sentence = *draft.sentence;
  for (std::uint32_t at = sentence.index(); at < sentence.index() + sentence.subtree_size(); ++at) {
    const NodeRef node(sentence.tree(), at);
    if (!node.is(NodeKind::ItemLabel)) continue;
    std::string letter = letter_of(node);
    if (std::find(letters.begin(), letters.end(), letter) == letters.end()) letters.push_back(std::move(letter));
  }
  for (const Context::ReadingNode& reading : readings) {
    const bool known = std::find(letters.begin(), letters.end(), reading.letter) != letters.end();
    if (known && reading.used) continue;
    draft.sound = false;
    if (known) continue;   // its item was not resolved
    std::vector<std::string> shown_letters;
    for (const std::string& letter : letters) shown_letters.push_back("(" + letter + ")");
    const std::string list =
        letters.empty() ? "none of its items has a letter" : "its letters are " + join_with(shown_letters, "and");
    error<Kind::UnknownLetter>(reading.label, reading.letter, list);
  }
}

// ---- particulars ---------------------------------------------------------------------------------------------------------------

bool Builder::particulars(ProvisionId id, Context& context) {
  const Draft& draft = drafts_[id.index];
  bool ok = true;
  for (const NodeRef node : draft.node.children()) {
    if (node.is_token() || draft.tree->broken(node)) continue;
    ok = particular(node, id, context) && ok;
  }
  return ok;
}

bool Builder::particular(NodeRef node, ProvisionId id, Context& context) {
  Provision& provision = model_.provisions[id];
  const bool of_norm = is_norm(provision.kind);
  const auto misplaced = [&] {
    error<Kind::ParticularNotHere>(keywords_of(node), sources_.text(keywords_of(node)), word(provision.kind));
    return false;
  };
  if (const std::string_view refused = refused_particular(node.kind()); !refused.empty()) {
    error<Kind::NoMeaningYet>(keywords_of(node), refused);
    return false;
  }
  switch (node.kind()) {
    case NodeKind::Towards: {
      if (!of_norm) return misplaced();
      const auto who = expression_in(node);
      if (!who) return false;
      const Typed typed = expression(*who, context);
      if (!typed.ok) return false;
      const bool fits = !typed.is_words && typed.thing.is != Thing::Is::Set &&
                        (typed.type == ExprType::Entity || typed.type == ExprType::Authority || typed.type == ExprType::Text);
      if (!fits) {
        error<Kind::WrongType>(typed.span, describe(typed), "an entity, an authority or a text");
        return false;
      }
      model_.provisions[id].towards.push_back({typed.id, node.has(NodeKind::KwRequest), node.span()});
      return true;
    }
    case NodeKind::LimitedTo: {
      if (!of_norm) return misplaced();
      Limit limit;
      limit.span = node.span();
      bool ok = true;
      if (const auto to = expression_in(node)) {
        const Typed typed = expression(*to, context);
        ok = typed.ok;
        const bool fits = !typed.is_words && typed.thing.is != Thing::Is::Set &&
                          (typed.type == ExprType::Entity || typed.type == ExprType::Text);
        if (ok && !fits) {
          error<Kind::WrongType>(typed.span, describe(typed), "an entity or a text");
          ok = false;
        }
        limit.to = typed.id;
      }
      ok = ifs(node, context, limit.condition) && ok;
      if (ok) model_.provisions[id].limits.push_back(limit);
      return ok;
    }
    case NodeKind::From:
    case NodeKind::Until: {
      const bool from = node.is(NodeKind::From);
      if (is_attacker(provision.kind) || provision.kind == ProvisionKind::Assumption) return misplaced();
      const auto when = expression_in(node);
      if (!when) return false;
      const auto date = expect_type(expression(*when, context), ExprType::Date, "a date", context);
      if (!date) return false;
      std::optional<ExprId>& place = from ? model_.provisions[id].from : model_.provisions[id].until;
      if (place) {
        error<Kind::ParticularTwice>(keywords_of(node), from ? "from" : "until");
        return false;
      }
      place = date->id;
      return true;
    }
    case NodeKind::Due: return of_norm ? due(node, id, context) : misplaced();
    case NodeKind::RebuttedIf: {
      if (provision.kind != ProvisionKind::Presumption) return misplaced();
      const auto inner = condition_in(node);
      if (!inner) return false;
      if (provision.rebutted) {
        error<Kind::ParticularTwice>(keywords_of(node), "rebutted if");
        return false;
      }
      const Cond cond = condition(*inner, context);
      if (cond.ok) model_.provisions[id].rebutted = cond.id;
      return cond.ok;
    }
    case NodeKind::AppliesFrom:
    case NodeKind::EnforceableFrom: {
      const bool applies = node.is(NodeKind::AppliesFrom);
      if (!applies && !of_norm) return misplaced();
      const auto leaf = node.child(NodeKind::Date);
      const auto date = leaf ? date_of(*leaf) : std::nullopt;
      if (!date) return false;
      std::optional<Date>& place = applies ? provision.applies_from : provision.enforceable_from;
      if (place) {
        error<Kind::ParticularTwice>(keywords_of(node), applies ? "applies from" : "enforceable from");
        return false;
      }
      place = date;
      return true;
    }
    case NodeKind::Quote:
      if (const auto string = node.child(NodeKind::String)) provision.quotes.push_back(unquoted(*string));
      return true;
    case NodeKind::Note:
      if (const auto string = node.child(NodeKind::String)) provision.notes.push_back(unquoted(*string));
      return true;
    default: return true;
  }
}

bool Builder::due(NodeRef node, ProvisionId id, Context& context) {
  std::optional<NodeRef> inner = node.child_node();
  if (!inner) return false;
  Due result;
  result.span = inner->span();
  bool wants_period = false;
  switch (inner->kind()) {
    case NodeKind::DueBy: result.kind = Due::Kind::By; break;
    case NodeKind::DueBefore: result.kind = Due::Kind::Before; break;
    case NodeKind::DueWithoutDelay: result.kind = Due::Kind::WithoutDelay; break;
    case NodeKind::DueOnRequest: result.kind = Due::Kind::OnRequest; break;
    case NodeKind::DueContinuously: result.kind = Due::Kind::Continuously; break;
    case NodeKind::DueWithin:
      result.kind = Due::Kind::Within;
      wants_period = true;
      break;
    case NodeKind::DueEvery:
      result.kind = Due::Kind::Every;
      wants_period = true;
      break;
    case NodeKind::DueFor:
      result.kind = Due::Kind::For;
      wants_period = true;
      break;
    default: return false;
  }
  bool ok = true;
  if (wants_period) {
    const auto number = inner->child(NodeKind::Number);
    const auto unit = inner->child(NodeKind::Unit);
    const auto period = number && unit ? period_of(*number, *unit, context) : std::nullopt;
    ok = period.has_value();
    if (period) result.period = *period;
  }
  if (const auto when = expression_in(*inner)) {
    const Typed typed = expression(*when, context);
    if (!typed.ok) return false;
    const bool is_time = !typed.is_words && (typed.type == ExprType::Date || typed.type == ExprType::Moment);
    if (!is_time) {
      error<Kind::WrongType>(typed.span, describe(typed), "a date");
      return false;
    }
    result.expr = typed.id;
  }
  if (ok) model_.provisions[id].dues.push_back(std::move(result));
  return ok;
}

}  // namespace onus::model::from_syntax
