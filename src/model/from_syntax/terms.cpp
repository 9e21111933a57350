// Terms: the fields, predicates and roles that vocabularies and regulations declare of a kind.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {
namespace {

// What a type or range is said to be of a term: the node behind `is` or `are`.
std::optional<NodeRef> range_of(NodeRef term) {
  for (const NodeKind kind : {NodeKind::RangeIs, NodeKind::RangeAre, NodeKind::RangeOneOf, NodeKind::RangeAnyOf}) {
    if (const auto range = term.child(kind)) return range;
  }
  return std::nullopt;
}

std::optional<NodeRef> type_of_range(NodeRef range) {
  for (const NodeKind kind : {NodeKind::TypeA, NodeKind::TypeNumberOf, NodeKind::TypeInverse, NodeKind::TypeRepeated, NodeKind::TypeKind}) {
    if (const auto type = range.child(kind)) return type;
  }
  return std::nullopt;
}

}  // namespace

// ---- terms ----------------------------------------------------------------------------------------------------------------------

std::optional<KindId> Builder::kind_named(NodeRef noun, bool report_it) {
  const std::string key = key_of(noun, sources_);
  if (const NameId name = names_.find(key); name != no_name) {
    if (const auto at = kinds_.find(name); at != kinds_.end()) return at->second;
  }
  if (report_it) unknown_kind(noun, {});
  return std::nullopt;
}

Span Builder::declared_at(const Property& property_found) const {
  return property_found.value.is_valid() ? model_.values[property_found.value].span : model_.fields[property_found.field].span;
}

Span Builder::declared_at(const Ability& ability_found) const {
  return ability_found.predicate.is_valid() ? model_.predicates[ability_found.predicate].span : model_.fields[ability_found.field].span;
}

void Builder::declare_terms() {
  for (const bool vocabularies : {true, false}) {
    for (const FileState& file : files_) {
      if (file.is_vocabulary != vocabularies) continue;
      for (const NodeRef block : file.body.children(NodeKind::Terms)) {
        for (const NodeRef term : block.children()) {
          if (file.tree->broken(term)) add_broken_text(term);
          if (term.is(NodeKind::TermProperty)) {
            declare_property(file, term);
          } else if (term.is(NodeKind::TermAbility)) {
            declare_abilities(file, term);
          }
        }
      }
    }
  }
  finish_inverses();
  for (const FileState& file : files_) {
    for (const NodeRef block : file.body.children(NodeKind::Terms)) {
      for (const NodeRef term : block.children(NodeKind::TermExists)) {
        if (!file.tree->broken(term)) declare_exists(file, term);
      }
    }
  }
}

FieldId Builder::add_field(Field field) {
  const KindId owner = field.owner;
  const FieldId id = model_.fields.add(std::move(field));
  fields_of_kind_[owner.index].push_back(id);
  member_names_.emplace_back();
  return id;
}

void Builder::declare_property(const FileState& file, NodeRef node) {
  const auto noun = node.child(NodeKind::Noun);
  const auto range = range_of(node);
  if (!noun) nameless_terms_ = true;
  if (!noun || file.tree->broken(*noun)) return;
  const auto give_up = [&] { give_up_name(*noun); };
  // What it is may be half of what is written.
  if (!range || file.tree->broken(node)) return give_up();
  const auto of = node.child(NodeKind::TermOf);
  if (!of) {
    error<Kind::TermWithoutOwner>(noun->span(), shown(*noun));
    return give_up();
  }
  const auto owner_noun = of->child(NodeKind::Noun);
  if (!owner_noun) return give_up();
  const auto owner = kind_named(*owner_noun, true);
  Field field;
  field.name = shown(*noun);
  field.span = noun->span();
  const std::string one = singular(field.name);
  field.plural = one == field.name ? plural(field.name) : one;
  std::vector<NameId> members;
  bool ok = owner.has_value();
  if (owner) field.owner = *owner;
  if (range->is(NodeKind::RangeOneOf) || range->is(NodeKind::RangeAnyOf)) {
    field.type = range->is(NodeKind::RangeOneOf) ? FieldType::OneOf : FieldType::AnyOf;
    for (const NodeRef member : range->children(NodeKind::Noun)) {
      const NameId name = names_.intern(key_of(member, sources_));
      const auto at = std::find(members.begin(), members.end(), name);
      if (at != members.end()) {
        error<Kind::DuplicateName>(member.span(), shown(member))
            .note(field.span, "it is twice among the words of `" + field.name + "`");
        continue;
      }
      members.push_back(name);
      field.members.push_back(shown(member));
    }
  } else {
    ok = read_type(*range, field) && ok;
  }
  if (const auto in = node.child(NodeKind::TermIn)) {
    const auto year = in->child(NodeKind::Noun);
    if (!year || key_of(*year, sources_) != "year") {
      if (year) error<Kind::InWhat>(year->span(), shown(*year));
      ok = false;
    } else if (ok && field.type != FieldType::Amount && field.type != FieldType::Count) {
      error<Kind::YearlyAmountsOnly>(in->span(), field.name);
      ok = false;
    }
    field.yearly = true;
  }
  field.optional = range->has(NodeKind::IfAny) || range->has(NodeKind::NoneUnlessGiven);
  if (range->has(NodeKind::NoneUnlessGiven)) field.closing = Closing::None;
  field.unknowable = range->has(NodeKind::PossiblyUnknowable);
  const bool computed = field.type == FieldType::Inverse || field.type == FieldType::OneInverse || field.type == FieldType::Chain;
  if (computed && (field.optional || field.unknowable)) {
    error<Kind::ComputedWithStates>(range->span(), field.name);
    ok = false;
  }
  if (!ok) return give_up();
  const FieldId id{static_cast<std::uint32_t>(model_.fields.size())};
  if (!add_property(file.scope, *owner, *noun, {id, {}})) return;
  if (computed) {
    pending_inverses_.push_back({id, *type_of_range(*range), file.scope});
  }
  add_field(std::move(field));
  member_names_.back() = std::move(members);
}

bool Builder::add_property(ScopeId scope, KindId owner, NodeRef noun, Property found) {
  const NameId name = names_.intern(key_of(noun, sources_));
  if (const Property* first = property(name, owner, scope)) {
    error<Kind::DuplicateTerm>(noun.span(), shown(noun), describe(owner)).note(declared_at(*first), "it is first declared here");
    return false;
  }
  properties_.add({name, owner.index + 1, scope}, found);
  return true;
}

// The TYPE behind `is` or `are`; targets of inverses and chains are set, what they invert waits until all terms are known.
bool Builder::read_type(NodeRef range, Field& field) {
  const bool many = range.is(NodeKind::RangeAre);
  const auto type = type_of_range(range);
  if (!type) return false;
  const auto noun = type->child(NodeKind::Noun);
  if (!noun) return false;
  const auto wrong = [&] {
    error<Kind::WrongRange>(type->span(), many ? "are" : "is", field.name);
    return false;
  };
  switch (type->kind()) {
    case NodeKind::TypeNumberOf: {
      if (many) return wrong();
      field.type = FieldType::Count;
      if (const auto unit = find_unit(shown(*noun))) field.unit = unit;
      return true;
    }
    case NodeKind::TypeA: {
      if (many) return wrong();
      const std::string key = key_of(*noun, sources_);
      if (type->has(NodeKind::KwOf)) {
        std::optional<NodeRef> unit_noun;
        for (const NodeRef child : type->children(NodeKind::Noun)) unit_noun = child;
        if (key != "amount") {
          auto reported = error<Kind::UnknownType>(noun->span(), shown(*noun));
          suggest(reported, noun->span(), shown(*noun), {{"amount", {}}});
          return false;
        }
        field.type = FieldType::Amount;
        field.unit = unit_in(*unit_noun);
        return field.unit.has_value();
      }
      if (key == "date" || key == "moment" || key == "amount") {
        field.type = key == "date" ? FieldType::Date : key == "moment" ? FieldType::Moment : FieldType::Amount;
        return true;
      }
      field.type = FieldType::Relation;
      field.target = kind_or_type(*noun);
      return field.target.has_value();
    }
    case NodeKind::TypeKind:
      if (!many) {
        auto reported = error<Kind::WrongRange>(type->span(), "is", field.name);
        const std::string name = shown(*noun);
        if (find_unit(name)) {
          reported.note(type->span(), "an amount is `an amount of " + name + "`").fix(type->span(), "an amount of " + name);
        } else {
          const std::string one = with_article(singular(name));
          reported.note(type->span(), "one is `" + one + "`; several are written with `are`").fix(type->span(), one);
        }
        return false;
      }
      field.type = FieldType::PairSet;
      field.target = kind_named(*noun, true);
      return field.target.has_value();
    case NodeKind::TypeInverse:
      field.type = many ? FieldType::Inverse : FieldType::OneInverse;
      field.target = kind_named(*noun, true);
      return field.target.has_value();
    case NodeKind::TypeRepeated:
      if (!many) return wrong();
      field.type = FieldType::Chain;
      field.target = field.owner;
      return field.owner.is_valid();
    default: return false;
  }
}

// A kind, or `date`, `moment`, `amount` misspelt.
std::optional<KindId> Builder::kind_or_type(NodeRef noun) {
  if (const auto kind = kind_named(noun, false)) return kind;
  static constexpr std::string_view types[] = {"date", "moment", "amount of"};
  unknown_kind(noun, {}, types);
  return std::nullopt;
}

// `the models with that developer`: developer must be a relation of models that leads to the owner of the term.
void Builder::finish_inverses() {
  for (const PendingInverse& pending : pending_inverses_) {
    Field& field = model_.fields[pending.field];
    if (field.type == FieldType::Chain) {
      finish_chain(pending, field);
      continue;
    }
    std::optional<NodeRef> relation_noun;
    for (const NodeRef child : pending.type.children(NodeKind::Noun)) relation_noun = child;
    bool ok = false;
    if (relation_noun) {
      Context context;
      context.scope = pending.scope;
      const Property* found = property(name_of(*relation_noun), *field.target, pending.scope);
      if (found == nullptr) {
        unknown_property(*relation_noun, *field.target, context);
      } else {
        const Field& relation = model_.fields[found->field];
        if (relation.type != FieldType::Relation || relation.target != field.owner) {
          error<Kind::NothingToInvert>(relation_noun->span(), shown(*relation_noun), describe(field.owner))
              .note(relation.span, "it is " + describe_field(found->field));
        } else {
          field.inverse_of = found->field;
          ok = true;
        }
      }
    }
    if (!ok) break_field(pending);
  }
  pending_inverses_.clear();
}

// `the original model of the origin of the model, repeated`.
void Builder::finish_chain(const PendingInverse& pending, Field& field) {
  std::vector<NodeRef> nouns;
  for (const NodeRef child : pending.type.children()) {
    if (child.is(NodeKind::Noun)) nouns.push_back(child);
    if (child.is(NodeKind::LinkThe)) nouns.push_back(*child.child(NodeKind::Noun));
  }
  Context context;
  context.scope = pending.scope;
  const auto fail = [&] { break_field(pending); };
  if (nouns.size() < 2) {
    error<Kind::ChainFromOwner>(pending.type.span(), describe(field.owner));
    return fail();
  }
  const auto start = kind_named(nouns.back(), true);
  if (!start) return fail();
  if (*start != field.owner) {
    error<Kind::ChainFromOwner>(nouns.back().span(), describe(field.owner));
    return fail();
  }
  KindId kind = *start;
  std::vector<FieldId> steps;
  for (std::size_t index = nouns.size() - 1; index-- > 0;) {
    const Property* found = property(name_of(nouns[index]), kind, pending.scope);
    if (found == nullptr) {
      unknown_property(nouns[index], kind, context);
      return fail();
    }
    const Field& step_field = model_.fields[found->field];
    if (step_field.type != FieldType::Relation && step_field.type != FieldType::OneInverse) {
      error<Kind::NothingToInvert>(nouns[index].span(), shown(nouns[index]), "an entity")
          .note(step_field.span, "it is " + describe_field(found->field));
      return fail();
    }
    steps.push_back(found->field);
    kind = *step_field.target;
  }
  if (kind != field.owner) {
    error<Kind::ChainToOwner>(pending.type.span(), describe(kind), describe(field.owner));
    return fail();
  }
  field.chain = std::move(steps);
}

// The name stays declared, so that its uses are not reported; nothing can be made of it.
void Builder::break_field(const PendingInverse& pending) {
  Field& field = model_.fields[pending.field];
  field.type = FieldType::PairSet;
  const NameId name = names_.intern(key_of(field.name));
  broken_names_.insert(name);
  properties_.erase({name, field.owner.index + 1, pending.scope});
}

void Builder::declare_abilities(const FileState& file, NodeRef node) {
  const auto owner_noun = node.child(NodeKind::Noun);
  if (!owner_noun || file.tree->broken(*owner_noun)) return;
  const auto owner = kind_named(*owner_noun, true);
  // What could not be read is one of those declared, or it says what they all are.
  bool unreadable = file.tree->broken(node);
  for (const NodeRef child : node.children(NodeKind::Ability)) unreadable = unreadable && !file.tree->broken(child);
  const auto by = node.child(NodeKind::TermBy);
  const bool law = by && by->has(NodeKind::KwLaw);
  const bool judgement = by && by->has(NodeKind::KwJudgement);
  const bool exceptional = by && by->has(NodeKind::KwException);
  for (const NodeRef child : node.children(NodeKind::Ability)) {
    const auto role = child.child(NodeKind::AbilityRole);
    const auto words = role ? role->child(NodeKind::Noun) : child.child(NodeKind::Pred);
    if (!words) nameless_abilities_ = true;
    if (file.tree->broken(child) || !words) continue;
    std::optional<KindId> object;
    bool has_object = false;
    if (role) {
      std::optional<NodeRef> last;
      std::size_t count = 0;
      for (const NodeRef noun : role->children(NodeKind::Noun)) {
        last = noun;
        ++count;
      }
      has_object = count > 1;
      if (has_object) object = kind_named(*last, true);
    }
    if (!owner || (has_object && !object) || unreadable) {
      give_up_name(*words);
      continue;
    }
    if (has_object && judgement) {
      error<Kind::NoMeaningYet>(child.span(), "a judgement about two things");
      give_up_name(*words);
      continue;
    }
    declare_ability(file, child, *words, *owner, object, role.has_value(), law, judgement, exceptional);
  }
}

void Builder::declare_ability(const FileState& file, NodeRef node, NodeRef words, KindId owner, std::optional<KindId> object,
                              bool is_noun, bool law, bool judgement, bool exceptional) {
  const NameId name = names_.intern(key_of(words, sources_));
  if (object) {
    if (const auto* roles = roles_of(name, *object, file.scope)) {
      for (const RoleEntry& entry : *roles) {
        if (entry.holder != owner) continue;
        error<Kind::DuplicateTerm>(words.span(), shown(words), describe(owner))
            .note(entry.field.is_valid() ? model_.fields[entry.field].span : model_.predicates[entry.predicate].span,
                  "it is first declared here");
        return;
      }
    }
  } else if (const Ability* first = ability(name, owner, file.scope)) {
    error<Kind::DuplicateTerm>(words.span(), shown(words), describe(owner)).note(declared_at(*first), "it is first declared here");
    return;
  }
  FieldId field_id{};
  PredicateId predicate_id{};
  if (law) {
    Predicate predicate;
    predicate.name = shown(words);
    predicate.owner = owner;
    predicate.object = object;
    if (!file.is_vocabulary) predicate.regulation = file.regulation;
    predicate.span = words.span();
    predicate_id = model_.predicates.add(std::move(predicate));
    predicates_of_kind_[owner.index].push_back(predicate_id);
  } else {
    Field field;
    field.name = shown(words);
    field.owner = owner;
    field.type = judgement ? FieldType::Judgement : object ? FieldType::PairSet : FieldType::YesNo;
    field.target = object;
    if (exceptional) field.closing = Closing::No;
    if (const auto question = node.child(NodeKind::String)) field.question = unquoted(*question);
    field.span = words.span();
    if (object) field.plural = plural(field.name);
    field_id = add_field(std::move(field));
  }
  if (object) {
    // A look-up sees one list, so a regulation's own roles stand before those of the vocabularies.
    std::vector<RoleEntry>& entries = roles_.at({name, object->index + 1, file.scope});
    if (entries.empty() && file.scope != vocabulary_scope) {
      if (const auto* shared = roles_.find(name, object->index + 1, vocabulary_scope)) entries = *shared;
    }
    entries.insert(entries.begin(), RoleEntry{owner, field_id, predicate_id});
  } else {
    abilities_.add({name, owner.index + 1, file.scope}, Ability{field_id, predicate_id, is_noun});
    if (is_noun) {
      std::vector<KindId>& kinds = noun_abilities_[name];
      if (std::find(kinds.begin(), kinds.end(), owner) == kinds.end()) kinds.push_back(owner);
    }
  }
}

// `a model exists from the placing date of the model`.
void Builder::declare_exists(const FileState& file, NodeRef node) {
  const auto noun = node.child(NodeKind::Noun);
  const auto expr_node = expression_in(node);
  if (!noun || !expr_node) return;
  const auto kind = kind_named(*noun, true);
  if (!kind) return;
  std::vector<Variable> variables;
  Context context;
  context.scope = file.scope;
  context.regulation = file.regulation;
  context.variables = &variables;
  Variable variable;
  variable.noun = model_.kinds[*kind].name;
  variable.kind = *kind;
  variable.span = noun->span();
  Path path;
  path.root = new_variable(std::move(variable), context);
  introduce_noun(context, {key_of(*noun, sources_), shown(*noun), path, *kind, noun->span(), {}});
  const auto date = expect_type(expression(*expr_node, context), ExprType::Date, "a date", context);
  if (!date) return;
  if (date->thing.is != Thing::Is::Fact || date->thing.path != path) {
    error<Kind::ExistsFromOwnDate>(expr_node->span(), describe(*kind));
    return;
  }
  EntityKind& entity_kind = model_.kinds[*kind];
  if (entity_kind.exists_from) {
    error<Kind::DuplicateTerm>(node.span(), "exists from", describe(*kind)).note(entity_kind.span, "of this kind");
    return;
  }
  entity_kind.exists_from = date->thing.field;
}

}  // namespace onus::model::from_syntax
