// What a noun means where it stands, and what is said when it means nothing.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {
namespace {

// Suggestions cost a pass over all names; a file with more mistakes than this is not one that a suggestion would mend.
constexpr std::size_t most_suggestions = 200;
constexpr std::size_t most_broken_text = 64U << 10U;

NodeRef noun_in(NodeRef node) {
  if (node.is(NodeKind::Noun)) return node;
  return node.child(NodeKind::Noun).value_or(node);
}

}  // namespace

std::string Builder::unquoted(NodeRef string_leaf) const {
  std::string_view quoted = text(string_leaf);
  if (quoted.size() >= 2) quoted = quoted.substr(1, quoted.size() - 2);
  return std::string(quoted);
}

// ---- suggestions -------------------------------------------------------------------------------------------------------

bool Builder::may_suggest() const { return suggestions_ < most_suggestions; }

void Builder::suggest_text(Reported& reported, Span span, std::string_view written, const std::vector<Candidate>& candidates) {
  suggest(reported, {span.file, span.begin + 1, span.end - 1}, written, candidates);
}

void Builder::suggest(Reported& reported, Span span, std::string_view written, const std::vector<Candidate>& candidates) {
  if (!may_suggest()) return;
  ++suggestions_;
  std::vector<std::string_view> names;
  names.reserve(candidates.size());
  for (const Candidate& candidate : candidates) names.push_back(candidate.name);
  const auto at = nearest(names, written);
  if (!at) return;
  const Candidate& best = candidates[*at];
  if (best.declared.end > best.declared.begin) {
    reported.note(best.declared, "`" + best.name + "` is declared here");
  } else {
    reported.note(span, "did you mean `" + best.name + "`?");
  }
  reported.fix(span, best.name);
}

void Builder::add_broken_text(NodeRef node) {
  if (broken_text_.size() > most_broken_text) return;
  broken_text_ += '\n';
  broken_text_ += normalise_name(text(node));
}

bool Builder::in_broken_text(std::string_view key) const {
  if (key.empty()) return true;
  // So much could not be read that no name can be said to be unknown.
  if (broken_text_.size() > most_broken_text) return true;
  if (const NameId id = names_.find(key); id != no_name && broken_names_.contains(id)) return true;
  return broken_text_.find(key) != std::string::npos;
}

void Builder::add_property_candidates(std::vector<Candidate>& out, KindId owner, ScopeId scope) const {
  for (const FieldId field : fields_of_kind_[owner.index]) {
    const Field& it = model_.fields[field];
    if (it.type == FieldType::YesNo || it.type == FieldType::Judgement) continue;
    out.push_back({it.name, it.span});
  }
  for (const ValueId value : values_of_kind_[owner.index]) {
    if (!model_.values.contains(value)) continue;
    const ComputedTerm& term = model_.values[value];
    if (property(names_.find(key_of(term.name)), owner, scope) != nullptr) out.push_back({term.name, term.span});
  }
}

void Builder::add_ability_candidates(std::vector<Candidate>& out, KindId owner, ScopeId scope) const {
  for (const FieldId field : fields_of_kind_[owner.index]) {
    const Field& it = model_.fields[field];
    if (it.type == FieldType::YesNo || it.type == FieldType::Judgement) out.push_back({it.name, it.span});
  }
  for (const PredicateId id : predicates_of_kind_[owner.index]) {
    const Predicate& it = model_.predicates[id];
    if (it.regulation && scope != it.regulation->index + 1) continue;
    if (!it.object) out.push_back({it.name, it.span});
  }
}

// ---- unknown names -------------------------------------------------------------------------------------------------------

void Builder::unknown_noun(NodeRef noun, Context& context) {
  if (context.dry) return;
  const std::string key = key_of(noun, sources_);
  if (in_broken_text(key)) return;
  const std::string written = shown(noun);
  std::vector<Candidate> candidates;
  if (may_suggest()) {
    for (auto it = context.nouns.rbegin(); it != context.nouns.rend(); ++it) candidates.push_back({it->shown, it->span});
    for (const Introduced& introduced : context.nouns) add_property_candidates(candidates, introduced.kind, context.scope);
    for (const Parameter& it : model_.parameters) {
      if (it.regulation == context.regulation) candidates.push_back({it.name, it.span});
    }
    for (const Authority& it : model_.authorities) candidates.push_back({it.name, it.span});
  }
  if (context.row_of.is_valid()) {
    std::vector<std::string> nouns;
    for (const Introduced& introduced : context.nouns) nouns.push_back("the " + introduced.shown);
    auto reported = error<Kind::NotInRow>(noun.span(), written, model_.name_of(context.row_of));
    reported.note(model_.provisions[context.row_of].sentence, "its row has " + join_with(nouns, "and"));
    suggest(reported, noun.span(), written, candidates);
    return;
  }
  auto reported = error<Kind::UnknownName>(noun.span(), written);
  suggest(reported, noun.span(), written, candidates);
}

void Builder::unknown_property(NodeRef noun, KindId owner, Context& context) {
  if (context.dry) return;
  const std::string key = key_of(noun, sources_);
  if (in_broken_text(key)) return;
  const std::string written = shown(noun);
  const NameId name = names_.find(key);
  // `the provider of the model`: there may be several.
  if (const auto* roles = roles_of(name, owner, context.scope); roles != nullptr && !roles->empty()) {
    const RoleEntry& role = roles->front();
    auto reported = error<Kind::RoleIsNoSingleThing>(noun.span(), describe(owner), model_.kinds[role.holder].name, written);
    reported.note(role.field.is_valid() ? model_.fields[role.field].span : model_.predicates[role.predicate].span,
                  "`" + written + "` is declared here");
    return;
  }
  if (ability(name, owner, context.scope) != nullptr) {
    error<Kind::AbilityAsThing>(noun.span(), written, model_.kinds[owner].name);
    return;
  }
  auto reported = error<Kind::UnknownProperty>(noun.span(), describe(owner), written);
  std::vector<Candidate> candidates;
  add_property_candidates(candidates, owner, context.scope);
  // The right name of another kind is a better hint than a similar one of this kind.
  for (const KindId other : model_.kinds.ids()) {
    if (const Property* found = property(name, other, context.scope); found != nullptr) {
      reported.note(declared_at(*found), "it is declared of " + describe(other) + " here");
      return;
    }
  }
  suggest(reported, noun.span(), written, candidates);
}

void Builder::unknown_role(NodeRef noun, KindId holder, KindId object, ScopeId scope, Context& context) {
  if (context.dry || in_broken_text(key_of(noun, sources_))) return;
  const std::string written = shown(noun);
  auto reported = error<Kind::UnknownRole>(noun.span(), describe(holder), written, describe(object));
  std::vector<Candidate> candidates;
  for (const PredicateId id : predicates_of_kind_[holder.index]) {
    const Predicate& it = model_.predicates[id];
    if (it.object == object && (!it.regulation || it.regulation->index + 1 == scope)) candidates.push_back({it.name, it.span});
  }
  for (const FieldId id : fields_of_kind_[holder.index]) {
    const Field& it = model_.fields[id];
    if (it.type == FieldType::PairSet && it.target == object) candidates.push_back({it.name, it.span});
  }
  suggest(reported, noun.span(), written, candidates);
}

// A noun that should introduce something.
void Builder::unknown_kind(NodeRef noun, const Context& context) {
  if (context.dry || in_broken_text(key_of(noun, sources_))) return;
  const std::string written = shown(noun);
  auto reported = error<Kind::UnknownKind>(noun.span(), written);
  std::vector<Candidate> candidates;
  for (const EntityKind& kind : model_.kinds) candidates.push_back({kind.name, kind.span});
  suggest(reported, noun.span(), written, candidates);
}

void Builder::unknown_ability(NodeRef words, KindId owner, Context& context) {
  if (context.dry) return;
  const std::string key = key_of(words, sources_);
  if (in_broken_text(key)) return;
  const std::string written = shown(words);
  auto reported = error<Kind::UnknownAbility>(words.span(), describe(owner), written);
  const NameId name = names_.find(key);
  for (const KindId other : model_.kinds.ids()) {
    if (const Ability* found = ability(name, other, context.scope); found != nullptr && other != owner) {
      reported.note(declared_at(*found), "it is declared of " + describe(other) + " here");
      return;
    }
  }
  std::vector<Candidate> candidates;
  add_ability_candidates(candidates, owner, context.scope);
  suggest(reported, words.span(), written, candidates);
}

// ---- descriptions ----------------------------------------------------------------------------------------------------------

std::string Builder::describe_field(FieldId id) const {
  const Field& field = model_.fields[id];
  switch (field.type) {
    case FieldType::YesNo: return "a yes or no";
    case FieldType::OneOf: return "one of a list of words";
    case FieldType::AnyOf: return "a set of words";
    case FieldType::Amount:
    case FieldType::Count: return field.unit ? "an amount in " + std::string(unit_name(*field.unit)) : "a number";
    case FieldType::Date: return "a date";
    case FieldType::Moment: return "a moment";
    case FieldType::Relation:
    case FieldType::OneInverse: return with_article(model_.kinds[*field.target].name);
    case FieldType::PairSet:
    case FieldType::Inverse:
    case FieldType::Chain: return "a set of " + plural(model_.kinds[*field.target].name);
    case FieldType::Judgement: return "a judgement";
  }
  return {};
}

std::string Builder::describe(const Thing& thing, const Context& /*context*/) const {
  switch (thing.is) {
    case Thing::Is::Nothing: return {};
    case Thing::Is::Entity: return describe(thing.kind);
    case Thing::Is::Fact: return describe_field(thing.field);
    case Thing::Is::Set: return "several " + plural(model_.kinds[thing.kind].name);
    case Thing::Is::Value: return "a computed term";
    case Thing::Is::Parameter: return "a parameter";
    case Thing::Is::Authority: return "an authority";
  }
  return {};
}

// ---- what a noun means -------------------------------------------------------------------------------------------------------

// Takes a functional step; false where the property leads to no single entity.
bool Builder::follow(Path& path, KindId& kind, const Property& found) const {
  if (found.value.is_valid()) {
    const ComputedTerm& term = model_.values[found.value];
    if (!value_known_[found.value.index] || term.type != ExprType::Entity) return false;
    path.steps.push_back({Step::Kind::Value, {}, found.value});
    kind = *term.entity_kind;
    return true;
  }
  const Field& field = model_.fields[found.field];
  if (field.type != FieldType::Relation && field.type != FieldType::OneInverse) return false;
  path.steps.push_back({Step::Kind::Field, found.field, {}});
  kind = *field.target;
  return true;
}

Thing Builder::step_by(const Path& owner, const Property& found, Span whole) const {
  Thing thing;
  thing.path = owner;
  thing.span = whole;
  if (follow(thing.path, thing.kind, found)) {
    thing.is = Thing::Is::Entity;
    return thing;
  }
  if (found.value.is_valid()) {
    thing.is = Thing::Is::Value;
    thing.value = found.value;
    return thing;
  }
  thing.field = found.field;
  const Field& field = model_.fields[found.field];
  switch (field.type) {
    case FieldType::PairSet:
    case FieldType::Inverse:
    case FieldType::Chain:
      thing.is = Thing::Is::Set;
      thing.kind = *field.target;
      break;
    case FieldType::YesNo:
    case FieldType::OneOf:
    case FieldType::AnyOf:
    case FieldType::Amount:
    case FieldType::Count:
    case FieldType::Date:
    case FieldType::Moment:
    case FieldType::Judgement:
    case FieldType::Relation:
    case FieldType::OneInverse: thing.is = Thing::Is::Fact; break;
  }
  return thing;
}

Thing Builder::step(const Thing& owner, NodeRef noun, Context& context, Span whole) {
  if (!owner.ok()) return {};
  if (owner.is != Thing::Is::Entity) {
    if (owner.is == Thing::Is::Value && !value_known_[owner.value.index]) {
      waiting_for_.push_back(owner.value);
      return {};
    }
    if (!context.dry) {
      if (owner.is == Thing::Is::Set) {
        error<Kind::SeveralThings>(owner.span, sources_.text(owner.span), model_.fields[owner.field].name);
      } else {
        error<Kind::NothingOfThat>(owner.span, sources_.text(owner.span), describe(owner, context), shown(noun));
      }
    }
    return {};
  }
  const NameId name = name_of(noun);
  if (const Property* found = property(name, owner.kind, context.scope)) return step_by(owner.path, *found, whole);
  const std::string key = key_of(noun, sources_);
  for (auto it = context.nouns.rbegin(); it != context.nouns.rend(); ++it) {
    if (it->of && it->key == key && *it->of == owner.path) {
      Thing thing;
      thing.is = Thing::Is::Entity;
      thing.path = it->path;
      thing.kind = it->kind;
      thing.span = whole;
      return thing;
    }
  }
  unknown_property(noun, owner.kind, context);
  return {};
}

Thing Builder::definite(NodeRef noun, Context& context, Span whole) {
  const std::string key = key_of(noun, sources_);
  Thing thing;
  thing.span = whole;
  const auto entity = [&](const Introduced& introduced) {
    thing.is = Thing::Is::Entity;
    thing.path = introduced.path;
    thing.kind = introduced.kind;
    return thing;
  };
  for (auto it = context.nouns.rbegin(); it != context.nouns.rend(); ++it) {
    if (it->key == key) return entity(*it);
  }
  const NameId name = names_.find(key);
  if (name != no_name) {
    if (const auto kind = kinds_.find(name); kind != kinds_.end()) {
      std::vector<const Introduced*> of_kind;
      for (const Introduced& introduced : context.nouns) {
        if (introduced.kind != kind->second) continue;
        if (std::none_of(of_kind.begin(), of_kind.end(), [&](const Introduced* other) { return other->path == introduced.path; }))
          of_kind.push_back(&introduced);
      }
      if (of_kind.size() == 1) return entity(*of_kind.front());
      if (of_kind.size() > 1) {
        if (!context.dry) {
          auto reported = error<Kind::AmbiguousName>(whole, "the " + shown(noun));
          for (const Introduced* other : of_kind) reported.note(other->span, "`the " + other->shown + "`?");
        }
        return {};
      }
    }
    if (const auto authority = authorities_.find(name); authority != authorities_.end()) {
      thing.is = Thing::Is::Authority;
      thing.authority = authority->second;
      return thing;
    }
    if (const ParameterId* parameter = parameters_.find(name, 0, context.scope)) {
      thing.is = Thing::Is::Parameter;
      thing.parameter = *parameter;
      return thing;
    }
    std::vector<std::pair<const Introduced*, Property>> owners;
    for (const Introduced& introduced : context.nouns) {
      const Property* found = property(name, introduced.kind, context.scope);
      if (found == nullptr) continue;
      if (std::none_of(owners.begin(), owners.end(), [&](const auto& other) { return other.first->path == introduced.path; }))
        owners.emplace_back(&introduced, *found);
    }
    if (owners.size() == 1) return step_by(owners.front().first->path, owners.front().second, whole);
    if (owners.size() > 1) {
      if (!context.dry) {
        auto reported = error<Kind::AmbiguousName>(whole, "the " + shown(noun));
        for (const auto& [owner, found] : owners) {
          reported.note(owner->span, "`the " + shown(noun) + " of the " + owner->shown + "`?");
        }
      }
      return {};
    }
    if (context.case_names != nullptr) {
      if (const auto kind = kinds_.find(name); kind != kinds_.end()) return case_entity(noun, kind->second, context);
    }
    for (const Introduced& introduced : context.nouns) {
      if (const auto* roles = roles_of(name, introduced.kind, context.scope); roles != nullptr && !roles->empty()) {
        unknown_property(noun, introduced.kind, context);
        return {};
      }
    }
  }
  unknown_noun(noun, context);
  return {};
}

// `the X of the Y of the Z`: from the right. `nouns` holds the Noun and then the links.
Thing Builder::chain(std::span<const NodeRef> nouns, Context& context, Span whole) {
  const NodeRef last = nouns.back();
  Thing thing;
  const auto span_from = [&](std::size_t index) {
    Span span = whole;
    span.begin = index == 0 ? whole.begin : noun_in(nouns[index]).span().begin;
    return span;
  };
  if (last.is(NodeKind::LinkNamed)) {
    const auto string = last.child(NodeKind::String);
    if (!string) return {};
    thing = named_entity(*string, context);
  } else if (last.is(NodeKind::LinkA)) {
    if (!context.dry) error<Kind::ArticleInCondition>(last.span(), shown(noun_in(last)));
    return {};
  } else {
    thing = definite(noun_in(last), context, span_from(nouns.size() - 1));
  }
  for (std::size_t index = nouns.size() - 1; index-- > 0;) {
    if (index > 0 && nouns[index].is(NodeKind::LinkA)) {
      if (!context.dry) error<Kind::ArticleInCondition>(nouns[index].span(), shown(noun_in(nouns[index])));
      return {};
    }
    thing = step(thing, noun_in(nouns[index]), context, span_from(index));
    if (!thing.ok()) return {};
  }
  return thing;
}

Thing Builder::thing_of(NodeRef node, Context& context) {
  std::vector<NodeRef> nouns;
  for (const NodeRef child : node.children()) {
    switch (child.kind()) {
      case NodeKind::Noun:
      case NodeKind::LinkThe:
      case NodeKind::LinkA:
      case NodeKind::LinkNamed: nouns.push_back(child); break;
      default: break;
    }
  }
  if (nouns.empty()) return {};
  Span whole = node.span();
  whole.end = nouns.back().span().end;
  return chain(nouns, context, whole);
}

}  // namespace onus::model::from_syntax
