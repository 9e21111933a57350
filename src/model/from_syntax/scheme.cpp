// Nouns that introduce an entity: subjects, bearers, `for each`, and what `every`, `at least one`, `no` range over.
//
// The longest declared noun at the end of the words is the noun; the words before it must be predicates of its kind
// (`a freely licensed model` is a model that is freely licensed).
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {

// ---- words ---------------------------------------------------------------------------------------------------------------

Builder::Words Builder::split(NodeRef noun) const {
  Words words;
  for (const NodeRef leaf : noun.children()) {
    const std::string_view word = text(leaf);
    const Span span = leaf.span();
    std::size_t begin = 0;
    while (begin < word.size()) {
      const std::size_t end = std::min(word.find('-', begin), word.size());
      if (end > begin) {
        words.keys.push_back(lower_case(word.substr(begin, end - begin)));
        words.spans.push_back({span.file, span.begin + static_cast<std::uint32_t>(begin), span.begin + static_cast<std::uint32_t>(end)});
      }
      begin = end + 1;
    }
  }
  return words;
}

std::string Builder::Words::key(std::size_t from, std::size_t to) const {
  std::string joined;
  for (std::size_t at = from; at < to; ++at) {
    if (!joined.empty()) joined += ' ';
    joined += keys[at];
  }
  return key_of(joined);
}

Span Builder::Words::span(std::size_t from, std::size_t to) const { return cover(spans[from], spans[to - 1]); }

// ---- adjectives --------------------------------------------------------------------------------------------------------------

namespace {

// Where each predicate that begins at a word ends, so that predicates fill [begin, end); 0 where they cannot.
template <class Known>
std::vector<std::size_t> cut_into_predicates(std::size_t begin, std::size_t end, const Known& known) {
  std::vector<std::size_t> next(end + 1, 0);
  for (std::size_t from = end; from-- > begin;) {
    for (std::size_t to = end; to > from; --to) {
      if ((to == end || next[to] != 0) && known(from, to)) {
        next[from] = to;
        break;
      }
    }
  }
  return next;
}

}  // namespace

bool Builder::are_adjectives(const Words& words, std::size_t begin, std::size_t end, KindId kind, ScopeId scope) const {
  if (begin == end) return true;
  const auto next = cut_into_predicates(begin, end, [&](std::size_t from, std::size_t to) {
    return ability(names_.find(words.key(from, to)), kind, scope) != nullptr;
  });
  return next[begin] != 0;
}

bool Builder::adjectives(const Words& words, std::size_t begin, std::size_t end, const Path& path, KindId kind, Context& context,
                         std::vector<ConditionId>& out) {
  if (begin == end) return true;
  const auto known = [&](std::size_t from, std::size_t to) {
    return ability(names_.find(words.key(from, to)), kind, context.scope);
  };
  const auto next = cut_into_predicates(begin, end, [&](std::size_t from, std::size_t to) { return known(from, to) != nullptr; });
  if (next[begin] == 0) {
    if (context.dry) return false;
    // What is known from the left is not at fault.
    std::size_t bad = begin;
    for (std::size_t to = end; to > bad; --to) {
      if (known(bad, to) != nullptr) {
        bad = to;
        to = end + 1;
      }
    }
    if (bad == end) bad = begin;
    if (in_broken_text(words.key(bad, end))) {
      ++silenced_;
      return false;
    }
    const Span span = words.span(bad, end);
    unknown_ability(span, std::string(sources_.text(span)), kind, context);
    return false;
  }
  for (std::size_t from = begin; from < end; from = next[from]) {
    out.push_back(add_condition(pred_condition(*known(from, next[from]), path, words.span(from, next[from])), context));
  }
  return true;
}

Condition Builder::pred_condition(const Ability& found, const Path& path, Span span) const {
  Condition condition;
  condition.span = span;
  condition.path = path;
  if (found.predicate.is_valid()) {
    condition.kind = ConditionKind::Concluded;
    condition.predicate = found.predicate;
    return condition;
  }
  condition.kind = model_.fields[found.field].type == FieldType::Judgement ? ConditionKind::Judgement : ConditionKind::YesNo;
  condition.field = found.field;
  return condition;
}

bool Builder::that_is(NodeRef that, const Introduction& head, const std::optional<Thing>& last, Context& context,
                      std::vector<ConditionId>& out) {
  const bool negative = that.has(NodeKind::KwNot);
  bool ok = true;
  std::size_t count = 0;
  for (const NodeRef pred : that.children(NodeKind::Pred)) {
    ++count;
    if (negative && count > 1) {
      if (!context.dry) error<Kind::ListAfterNot>(pred.span());
      return false;
    }
    const NameId name = name_of(pred);
    // It restricts the noun that is introduced; the last one only where the first cannot be that.
    const Ability* found = ability(name, head.kind, context.scope);
    Path path = head.path;
    if (found == nullptr && last && last->is == Thing::Is::Entity) {
      found = ability(name, last->kind, context.scope);
      path = last->path;
    }
    if (found == nullptr) {
      unknown_ability(pred, last && last->is == Thing::Is::Entity ? last->kind : head.kind, context);
      ok = false;
      continue;
    }
    Condition condition = pred_condition(*found, path, pred.span());
    ConditionId id = add_condition(std::move(condition), context);
    if (negative) {
      Condition inverted;
      inverted.kind = ConditionKind::Not;
      inverted.span = that.span();
      inverted.children = {id};
      id = add_condition(std::move(inverted), context);
    }
    out.push_back(id);
  }
  return ok;
}

// ---- variables and nouns ---------------------------------------------------------------------------------------------------------

VariableId Builder::new_variable(Variable variable, Context& context) {
  context.variables->push_back(std::move(variable));
  return VariableId{static_cast<std::uint32_t>(context.variables->size() - 1)};
}

bool Builder::introduce_noun(Context& context, Introduced introduced) {
  for (const Introduced& other : context.nouns) {
    if (other.key != introduced.key) continue;
    if (other.path == introduced.path) return true;
    if (!context.dry) {
      error<Kind::NounTwice>(introduced.span, introduced.shown).note(other.span, "`" + other.shown + "` first stands here");
    }
    return false;
  }
  context.nouns.push_back(std::move(introduced));
  return true;
}

// Row variables stand in the order of the text: `each provider of a model` has the provider first, though its model had to
// be known before.
void Builder::swap_variables(VariableId a, VariableId b, std::size_t first_condition, Context& context) {
  std::swap((*context.variables)[a.index], (*context.variables)[b.index]);
  const auto swapped = [&](VariableId& id) { id = id == a ? b : id == b ? a : id; };
  for (Introduced& noun : context.nouns) {
    swapped(noun.path.root);
    if (noun.of) swapped(noun.of->root);
  }
  if (context.dry) return;
  for (std::size_t index = first_condition; index < model_.conditions.size(); ++index) {
    Condition& condition = model_.conditions[ConditionId{static_cast<std::uint32_t>(index)}];
    if (condition.path.root.is_valid()) swapped(condition.path.root);
    if (condition.path2.root.is_valid()) swapped(condition.path2.root);
  }
}

// ---- what a noun phrase introduces ---------------------------------------------------------------------------------------------------

// `… under eu-gpai`: the words of the phrase mean what that regulation concludes.
Introduction Builder::introduce(NodeRef np, Place place, Context& context) {
  const auto under = np.child(NodeKind::Under);
  if (!under) return introduce_here(np, place, context);
  const auto regulation = regulation_under(*under, context);
  if (!regulation) return {};
  const std::size_t first_condition = model_.conditions.size();
  const ScopeId own = context.scope;
  context.scope = regulation->index + 1;
  const Introduction result = introduce_here(np, place, context);
  context.scope = own;
  if (!result.ok || context.dry) return result;
  bool concluded = false;
  for (std::size_t index = first_condition; index < model_.conditions.size(); ++index) {
    Condition& condition = model_.conditions[ConditionId{static_cast<std::uint32_t>(index)}];
    if (condition.kind != ConditionKind::Concluded && condition.kind != ConditionKind::Judgement) continue;
    condition.regulation = regulation;
    concluded = true;
  }
  if (concluded) return result;
  error<Kind::UnderNotConcluded>(under->span(), sources_.text({np.span().file, np.span().begin, under->span().begin}));
  return {};
}

Introduction Builder::introduce_here(NodeRef np, Place place, Context& context) {
  std::vector<NodeRef> nouns;
  std::optional<NodeRef> that;
  for (const NodeRef child : np.children()) {
    switch (child.kind()) {
      case NodeKind::Noun:
      case NodeKind::LinkThe:
      case NodeKind::LinkA:
      case NodeKind::LinkNamed: nouns.push_back(child); break;
      case NodeKind::ThatIs: that = child; break;
      default: break;
    }
  }
  if (nouns.empty()) return {};
  if (context.variables == nullptr) {
    // Parameters are constants, and inline cases speak of single things.
    if (!context.dry) error<Kind::NothingToRangeOver>(np.span());
    return {};
  }
  const std::size_t first_condition = model_.conditions.size();
  std::optional<Thing> last;
  Introduction result;
  if (nouns.size() == 1) {
    result = introduce_bare(nouns[0], place, context);
  } else {
    const NodeRef rightmost = nouns.back();
    Introduction owner_introduced;
    Thing owner;
    if (rightmost.is(NodeKind::LinkA)) {
      if (place != Place::Subject) {
        if (!context.dry) error<Kind::ArticleInCondition>(rightmost.span(), shown(*rightmost.child(NodeKind::Noun)));
        return {};
      }
      owner_introduced = introduce_bare(*rightmost.child(NodeKind::Noun), place, context);
      if (!owner_introduced.ok) return {};
      owner.is = Thing::Is::Entity;
      owner.path = owner_introduced.path;
      owner.kind = owner_introduced.kind;
      owner.span = rightmost.span();
    } else {
      const std::span<const NodeRef> one(&nouns.back(), 1);
      owner = chain(one, context, rightmost.span());
      if (!owner.ok()) return {};
    }
    last = owner;
    for (std::size_t index = nouns.size() - 2; index > 0; --index) {
      const NodeRef link = nouns[index];
      if (!link.is(NodeKind::LinkThe)) {
        if (!context.dry) error<Kind::ArticleInCondition>(link.span(), shown(*link.child(NodeKind::Noun)));
        return {};
      }
      const NodeRef noun = *link.child(NodeKind::Noun);
      owner = step(owner, noun, context, cover(noun.span(), nouns.back().span()));
      if (!owner.ok()) return {};
      if (place == Place::Subject && owner.is == Thing::Is::Entity &&
          !introduce_noun(context, {key_of(noun, sources_), shown(noun), owner.path, owner.kind, noun.span(), {}}))
        return {};
    }
    if (owner.is != Thing::Is::Entity) {
      if (!context.dry) {
        if (owner.is == Thing::Is::Set) {
          error<Kind::SeveralThings>(owner.span, sources_.text(owner.span), model_.fields[owner.field].name);
        } else if (owner.is != Thing::Is::Value || value_known_[owner.value.index]) {
          error<Kind::NothingOfThat>(owner.span, sources_.text(owner.span), describe(owner, context), shown(nouns[0]));
        }
      }
      if (owner.is == Thing::Is::Value && !value_known_[owner.value.index]) waiting_for_.push_back(owner.value);
      return {};
    }
    result = introduce_of(nouns[0], owner, place, context);
    result.conditions.insert(result.conditions.end(), owner_introduced.conditions.begin(), owner_introduced.conditions.end());
    if (result.ok && place == Place::Subject && result.is_variable && owner_introduced.is_variable) {
      const VariableId owner_variable = owner_introduced.path.root;
      const VariableId head_variable = result.path.root;
      swap_variables(owner_variable, head_variable, first_condition, context);
      result.path.root = owner_variable;
      last->path.root = head_variable;
      if (result.object) {
        if (result.object->root == owner_variable) result.object->root = head_variable;
      }
    }
  }
  if (!result.ok) return {};
  if (that && !that_is(*that, result, last, context, result.conditions)) return {};
  return result;
}

// The base noun behind `other`: the entity that is excluded.
const Introduced* Builder::first_of(const std::string& key, KindId kind, const Context& context) const {
  const Introduced* found = nullptr;
  for (const Introduced& noun : context.nouns) {
    if (noun.kind != kind) continue;
    if (noun.key == key) return &noun;
    if (found != nullptr && found->path != noun.path) return nullptr;
    found = &noun;
  }
  return found;
}

// Makes the variable for words [from, end) of a noun.
Introduction Builder::variable_for(const Words& words, std::size_t from, bool other, NodeRef noun, KindId kind, Context& context) {
  Introduction result;
  Variable variable;
  const std::size_t end = words.keys.size();
  const std::string base_key = words.key(from, end);
  const std::string base_shown(sources_.text(words.span(from, end)));
  variable.noun = (other ? "other " : "") + base_shown;
  variable.kind = kind;
  variable.span = noun.span();
  if (other) {
    const Introduced* first = first_of(base_key, kind, context);
    if (first == nullptr || !first->path.steps.empty()) {
      if (!context.dry) error<Kind::OtherThanWhat>(words.span(0, 1), base_shown);
      return {};
    }
    variable.other_than = first->path.root;
  }
  const std::string shown_name = variable.noun;
  result.path.root = new_variable(std::move(variable), context);
  result.kind = kind;
  result.is_variable = true;
  result.ok = introduce_noun(context, {(other ? "other " : "") + base_key, shown_name, result.path, kind, noun.span(), {}});
  if (!adjectives(words, other ? 1 : 0, from, result.path, kind, context, result.conditions)) result.ok = false;
  return result;
}

Introduction Builder::introduce_bare(NodeRef noun, Place place, Context& context) {
  const Words words = split(noun);
  const std::size_t end = words.keys.size();
  if (end == 0) return {};
  const bool other = end > 1 && words.keys[0] == "other";
  const std::size_t begin = other ? 1 : 0;

  struct Match {
    std::size_t from = 0;
    KindId kind{};
    std::optional<Ability> ability;
    const Introduced* owner = nullptr;
    Property property;
  };
  std::optional<Match> longest;
  std::optional<Match> fitting;
  bool role_without_object = false;
  for (std::size_t from = begin; from < end && !fitting; ++from) {
    const NameId name = names_.find(words.key(from, end));
    if (name == no_name) continue;
    std::optional<Match> match;
    if (const auto kind = kinds_.find(name); kind != kinds_.end()) {
      match = Match{from, kind->second, {}, nullptr, {}};
    } else if (const auto nouns = noun_abilities_.find(name); nouns != noun_abilities_.end()) {
      std::optional<KindId> only;
      std::size_t count = 0;
      for (const KindId kind_id : nouns->second) {
        if (ability(name, kind_id, context.scope) == nullptr) continue;
        only = kind_id;
        ++count;
      }
      if (count == 1) match = Match{from, *only, *ability(name, *only, context.scope), nullptr, {}};
    }
    if (!match) {
      std::size_t owners = 0;
      for (const Introduced& introduced : context.nouns) {
        const Property* found = property(name, introduced.kind, context.scope);
        if (found == nullptr || found->value.is_valid()) continue;
        if (match && match->owner->path == introduced.path) continue;
        ++owners;
        const Field& field = model_.fields[found->field];
        match = Match{from, field.target.value_or(KindId{}), {}, &introduced, *found};
      }
      if (owners > 1) {
        if (!context.dry) error<Kind::AmbiguousName>(noun.span(), shown(noun));
        return {};
      }
    }
    if (!match) {
      for (const KindId kind : model_.kinds.ids()) {
        if (roles_of(name, kind, context.scope) != nullptr) role_without_object = true;
      }
      continue;
    }
    if (!longest) longest = match;
    const bool fits = match->kind.is_valid() ? are_adjectives(words, begin, from, match->kind, context.scope) : from == begin;
    if (fits) fitting = match;
  }
  if (!longest) {
    if (role_without_object) {
      if (!context.dry) error<Kind::RoleWithoutObject>(noun.span(), shown(noun));
      return {};
    }
    unknown_kind(noun, context);
    return {};
  }
  const Match match = fitting.value_or(*longest);
  if (match.owner != nullptr) {
    Thing owner;
    owner.is = Thing::Is::Entity;
    owner.path = match.owner->path;
    owner.kind = match.owner->kind;
    owner.span = noun.span();
    return introduce_of(noun, owner, place, context);
  }
  Introduction result = variable_for(words, match.from, other, noun, match.kind, context);
  if (result.ok && match.ability) {
    result.conditions.push_back(add_condition(pred_condition(*match.ability, result.path, words.span(match.from, end)), context));
  }
  return result;
}

Introduction Builder::introduce_of(NodeRef noun, const Thing& owner, Place place, Context& context) {
  const Words words = split(noun);
  const std::size_t end = words.keys.size();
  if (end == 0) return {};
  const bool other = end > 1 && words.keys[0] == "other";
  const std::size_t begin = other ? 1 : 0;

  for (int attempt = 0; attempt < 2; ++attempt) {
    // First where the words before the noun are predicates; then, for the message, the longest noun whatever stands before.
    for (std::size_t from = begin; from < end; ++from) {
      const NameId name = names_.find(words.key(from, end));
      if (name == no_name) continue;
      if (const Property* found = property(name, owner.kind, context.scope)) {
        if (found->value.is_valid() && !value_known_[found->value.index]) {
          waiting_for_.push_back(found->value);
          return {};
        }
        Path path = owner.path;
        KindId kind{};
        const bool single = follow(path, kind, *found);
        if (!single) {
          if (found->value.is_valid() || !model_.fields[found->field].target) {
            const bool is_set_of_words = !found->value.is_valid() && model_.fields[found->field].type == FieldType::AnyOf;
            if (is_set_of_words && place == Place::Quantified && from == begin && !other) {
              Introduction result;
              result.ok = true;
              result.is_members = true;
              result.members_of = owner.path;
              result.members = found->field;
              return result;
            }
            if (!context.dry) {
              error<Kind::NoEntities>(noun.span(), shown(noun),
                                      found->value.is_valid() ? "a computed term" : describe_field(found->field));
            }
            return {};
          }
          kind = *model_.fields[found->field].target;
        }
        if (attempt == 0 && !are_adjectives(words, begin, from, kind, context.scope)) continue;
        if (single) {
          if (place == Place::Quantified || other) {
            if (!context.dry) error<Kind::OnlyOne>(noun.span(), shown(noun), describe(owner.kind));
            return {};
          }
          Introduction result;
          result.path = path;
          result.kind = kind;
          result.object = owner.path;
          result.ok = introduce_noun(context, {words.key(from, end), std::string(sources_.text(words.span(from, end))), path, kind,
                                               noun.span(), owner.path});
          if (!adjectives(words, begin, from, path, kind, context, result.conditions)) result.ok = false;
          return result;
        }
        const Field& field = model_.fields[found->field];
        Introduction result = variable_for(words, from, other, noun, kind, context);
        if (!result.ok) return {};
        result.object = owner.path;
        if (place == Place::Quantified) {
          result.domain_of = owner.path;
          result.domain = found->field;
          Variable& variable = (*context.variables)[result.path.root.index];
          variable.domain_of = owner.path;
          variable.domain = found->field;
          return result;
        }
        Condition member;
        member.span = noun.span();
        if (field.type == FieldType::Inverse) {
          member.kind = ConditionKind::Same;
          member.path = result.path;
          member.path.steps.push_back({Step::Kind::Field, *field.inverse_of, {}});
          member.path2 = owner.path;
          member.has_path2 = true;
        } else if (field.type == FieldType::PairSet) {
          member.kind = ConditionKind::Pair;
          member.path = owner.path;
          member.field = found->field;
          member.path2 = result.path;
          member.has_path2 = true;
        } else {
          if (!context.dry) error<Kind::ChainAsRow>(noun.span(), shown(noun));
          return {};
        }
        result.conditions.push_back(add_condition(std::move(member), context));
        return result;
      }
      if (const auto* roles = roles_of(name, owner.kind, context.scope); roles != nullptr && !roles->empty()) {
        if (roles->size() > 1) {
          if (!context.dry) error<Kind::AmbiguousName>(noun.span(), shown(noun));
          return {};
        }
        const RoleEntry role = roles->front();
        if (attempt == 0 && !are_adjectives(words, begin, from, role.holder, context.scope)) continue;
        Introduction result = variable_for(words, from, other, noun, role.holder, context);
        if (!result.ok) return {};
        result.object = owner.path;
        for (Introduced& introduced : context.nouns) {
          if (introduced.path == result.path) introduced.of = owner.path;
        }
        result.conditions.push_back(add_condition(role_condition(role, result.path, owner.path, noun.span()), context));
        return result;
      }
    }
  }
  unknown_property(noun, owner.kind, context);
  return {};
}

Condition Builder::role_condition(const RoleEntry& role, const Path& holder, const Path& object, Span span) const {
  Condition condition;
  condition.span = span;
  condition.path = holder;
  condition.path2 = object;
  condition.has_path2 = true;
  if (role.predicate.is_valid()) {
    condition.kind = ConditionKind::Concluded;
    condition.predicate = role.predicate;
  } else {
    condition.kind = ConditionKind::Pair;
    condition.field = role.field;
  }
  return condition;
}

}  // namespace onus::model::from_syntax
