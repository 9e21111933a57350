// What a noun means where it stands.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {
namespace {

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
