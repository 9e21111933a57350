// Conditions: lists, statements, what is said of a thing.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {
namespace {

constexpr std::uint32_t most_depth = 1000;

struct Deeper {
  explicit Deeper(Context& context) : context_(context) { ++context_.depth; }
  ~Deeper() { --context_.depth; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;
  Context& context_;
};

bool is_quantifier(NodeKind kind) { return kind == NodeKind::AtLeast || kind == NodeKind::Every || kind == NodeKind::No; }

bool is_verb(NodeKind kind) {
  switch (kind) {
    case NodeKind::VerbExceeds:
    case NodeKind::VerbHas:
    case NodeKind::VerbHasNo:
    case NodeKind::StateIs:
    case NodeKind::StateNot:
    case NodeKind::StateAtLeast:
    case NodeKind::StateAtMost:
    case NodeKind::StateBelow:
    case NodeKind::StateBefore:
    case NodeKind::StateAfter:
    case NodeKind::StateOnOrBefore:
    case NodeKind::StateOnOrAfter:
    case NodeKind::StateUnknowable: return true;
    default: return false;
  }
}

}  // namespace

std::optional<NodeRef> condition_in(NodeRef node) {
  for (const NodeRef child : node.children()) {
    switch (child.kind()) {
      case NodeKind::And:
      case NodeKind::Or:
      case NodeKind::CondUnless:
      case NodeKind::CondFor:
      case NodeKind::ListAll:
      case NodeKind::ListAny:
      case NodeKind::ListAtLeast:
      case NodeKind::ListNone:
      case NodeKind::Statement:
      case NodeKind::Established: return child;
      default: break;
    }
  }
  return std::nullopt;
}

// ---- building ------------------------------------------------------------------------------------------------------------

ConditionId Builder::add_condition(Condition condition, const Context& context) {
  if (context.dry) return {};
  return model_.conditions.add(std::move(condition));
}

std::optional<ConditionId> Builder::conjunction(const std::vector<ConditionId>& conditions, Span span, const Context& context) {
  if (conditions.empty()) return std::nullopt;
  if (conditions.size() == 1) return conditions.front();
  Condition all;
  all.kind = ConditionKind::All;
  all.span = span;
  all.children = conditions;
  return add_condition(std::move(all), context);
}

Cond Builder::negate(Cond inner, Span span, Context& context) {
  if (!inner.ok) return inner;
  Condition condition;
  condition.kind = ConditionKind::Not;
  condition.span = span;
  condition.children = {inner.id};
  return {true, add_condition(std::move(condition), context)};
}

Cond Builder::combine(ConditionKind kind, const std::vector<Cond>& children, Span span, Context& context) {
  for (const Cond& child : children) {
    if (!child.ok) return {};
  }
  if (children.size() == 1) return children.front();
  Condition condition;
  condition.kind = kind;
  condition.span = span;
  condition.children.reserve(children.size());
  for (const Cond& child : children) condition.children.push_back(child.id);
  return {true, add_condition(std::move(condition), context)};
}

Cond Builder::unless_of(Cond main, Cond exception, Span span, Context& context) {
  if (!main.ok || !exception.ok) return {};
  Condition condition;
  condition.kind = ConditionKind::Unless;
  condition.span = span;
  condition.children = {main.id, exception.id};
  return {true, add_condition(std::move(condition), context)};
}

bool Builder::ifs(NodeRef parent, Context& context, std::optional<ConditionId>& out) {
  out.reset();
  if (const auto node = parent.child(NodeKind::If)) {
    const auto inner = condition_in(*node);
    if (!inner) return false;
    const Cond cond = condition(*inner, context);
    if (cond.ok) out = cond.id;
    return cond.ok;
  }
  if (const auto node = parent.child(NodeKind::Unless)) {
    const auto inner = condition_in(*node);
    if (!inner) return false;
    const Cond exception = condition(*inner, context);
    Condition always;
    always.span = node->span();
    const Cond cond = unless_of({true, add_condition(std::move(always), context)}, exception, node->span(), context);
    if (cond.ok) out = cond.id;
    return cond.ok;
  }
  return true;
}

// ---- lists ------------------------------------------------------------------------------------------------------------------

Cond Builder::condition(NodeRef node, Context& context) {
  const Deeper deeper(context);
  if (context.depth > most_depth) {
    if (!context.dry) error<Kind::TooDeep>(node.span());
    return {};
  }
  // What could not be read was reported; of a list, an item or an exception may be sound all the same.
  const bool is_list = node.is(NodeKind::ListAll) || node.is(NodeKind::ListAny) || node.is(NodeKind::ListAtLeast) || node.is(NodeKind::ListNone);
  if (!is_list && !node.is(NodeKind::CondUnless) && node.tree().broken(node)) return {};
  switch (node.kind()) {
    case NodeKind::And:
    case NodeKind::Or: return junction(node, context);
    case NodeKind::Statement: {
      const NodeRef one[] = {node};
      std::vector<Cond> parts = statement_group(one, false, context);
      return combine(ConditionKind::All, parts, node.span(), context);
    }
    case NodeKind::Established: return established(node, context);
    case NodeKind::CondFor: return for_quantified(node, context);
    case NodeKind::CondUnless: {
      const auto main = condition_in(node);
      const auto unless = node.child(NodeKind::Unless);
      const auto exception = unless ? condition_in(*unless) : std::nullopt;
      if (!main || !exception) return {};
      const Cond first = condition(*main, context);
      const Cond second = condition(*exception, context);
      if (node.tree().broken(node)) return {};
      return unless_of(first, second, node.span(), context);
    }
    case NodeKind::ListAll:
    case NodeKind::ListAny:
    case NodeKind::ListAtLeast:
    case NodeKind::ListNone: return list(node, context);
    default: return {};
  }
}

Cond Builder::list(NodeRef node, Context& context) {
  Condition condition_list;
  condition_list.span = node.span();
  bool ok = true;
  for (const NodeRef child : node.children(NodeKind::Item)) {
    const Cond cond = item(child, context);
    ok = ok && cond.ok;
    condition_list.children.push_back(cond.id);
  }
  Cond exception{true, {}};
  const auto unless = node.child(NodeKind::Unless);
  if (unless) {
    const auto inner = condition_in(*unless);
    exception = inner ? condition(*inner, context) : Cond{};
  }
  switch (node.kind()) {
    case NodeKind::ListAny:
    case NodeKind::ListNone: condition_list.kind = ConditionKind::Any; break;
    case NodeKind::ListAtLeast: {
      condition_list.kind = ConditionKind::AtLeast;
      const auto leaf = node.child(NodeKind::Number);
      const auto count = leaf ? whole_count(*leaf, context) : std::nullopt;
      if (!count) return {};
      condition_list.count = *count;
      if (static_cast<std::uint64_t>(*count) > condition_list.children.size()) {
        if (!context.dry && !node.tree().broken(node)) {
          error<Kind::CountAboveList>(leaf->span(), text(*leaf), static_cast<std::int64_t>(condition_list.children.size()));
        }
        return {};
      }
      break;
    }
    default: condition_list.kind = ConditionKind::All; break;
  }
  if (!ok || !exception.ok || condition_list.children.empty() || node.tree().broken(node)) return {};
  Cond result{true, add_condition(std::move(condition_list), context)};
  if (node.is(NodeKind::ListNone)) result = negate(result, node.span(), context);
  if (unless) result = unless_of(result, exception, node.span(), context);
  return result;
}

std::optional<std::int64_t> Builder::whole_count(NodeRef leaf, Context& context) {
  const auto number = number_of(leaf);
  if (!number) return std::nullopt;
  const auto whole = number->to_int64();
  if (!whole || *whole < 1) {
    if (!context.dry) error<Kind::CountNotWhole>(leaf.span(), text(leaf));
    return std::nullopt;
  }
  return whole;
}

Cond Builder::item(NodeRef node, Context& context) {
  const auto inner = condition_in(node);
  if (!inner) return {};
  std::string letter;
  if (const auto label = node.child(NodeKind::ItemLabel)) {
    letter = letter_of(*label);
    declare_letter(letter, label->span(), context);
  }
  Cond main = condition(*inner, context);
  if (letter.empty()) return main;
  std::vector<Cond> forms{main};
  std::vector<std::uint32_t> indices;
  if (context.readings != nullptr) {
    for (Context::ReadingNode& reading : *context.readings) {
      if (reading.letter != letter) continue;
      reading.used = true;
      const auto other = condition_in(reading.node);
      forms.push_back(other ? condition(*other, context) : Cond{});
      indices.push_back(reading.index);
    }
  }
  for (const Cond& form : forms) {
    if (!form.ok) return {};
  }
  if (context.dry) return main;
  if (indices.empty()) {
    model_.conditions[main.id].letter = letter;
    return main;
  }
  Condition choice;
  choice.kind = ConditionKind::Alternatives;
  choice.span = node.span();
  choice.letter = letter;
  choice.alternatives = std::move(indices);
  for (const Cond& form : forms) choice.children.push_back(form.id);
  return {true, add_condition(std::move(choice), context)};
}

std::string Builder::letter_of(NodeRef label) const {
  const std::string_view written = text(label);
  return written.size() >= 2 ? std::string(written.substr(1, written.size() - 2)) : std::string(written);
}

void Builder::declare_letter(const std::string& letter, Span span, Context& context) {
  if (context.letters == nullptr) return;
  for (const Context::Letter& other : *context.letters) {
    if (other.letter != letter) continue;
    if (other.span != span && !context.dry) {
      error<Kind::DuplicateLetter>(span, letter).note(other.span, "(" + letter + ") first stands here");
    }
    return;
  }
  context.letters->push_back({letter, span});
}

// ---- and, or ---------------------------------------------------------------------------------------------------------------------

Cond Builder::junction(NodeRef node, Context& context) {
  const bool any = node.is(NodeKind::Or);
  std::vector<Cond> parts;
  std::vector<NodeRef> group;
  const auto close_group = [&] {
    if (group.empty()) return;
    const std::vector<Cond> added = group.front().is(NodeKind::Established)
                                        ? std::vector<Cond>{established(group.front(), context)}
                                        : statement_group(group, any, context);
    if (group.front().is(NodeKind::Established) && group.size() > 1) {
      if (!context.dry) error<Kind::AlsoNeedsIs>(group[1].span());
      parts.push_back({});
    }
    parts.insert(parts.end(), added.begin(), added.end());
    group.clear();
  };
  for (const NodeRef child : node.children()) {
    if (child.is(NodeKind::Statement) || child.is(NodeKind::Established)) {
      close_group();
      group.push_back(child);
    } else if (child.is(NodeKind::Also)) {
      group.push_back(child);
    }
  }
  close_group();
  if (parts.empty()) return {};
  return combine(any ? ConditionKind::Any : ConditionKind::All, parts, node.span(), context);
}

std::vector<Cond> Builder::statement_group(std::span<const NodeRef> nodes, bool any, Context& context) {
  const NodeRef statement = nodes.front();
  std::optional<NodeRef> subject_node;
  std::vector<NodeRef> states;
  for (const NodeRef child : statement.children()) {
    if (is_verb(child.kind())) {
      states.push_back(child);
    } else if (!subject_node) {
      subject_node = child;
    }
  }
  if (!subject_node || states.empty()) return {Cond{}};
  states.insert(states.end(), nodes.begin() + 1, nodes.end());
  const Span whole = cover(statement.span(), nodes.back().span());
  if (states.size() > 1) {
    const NodeRef verb = states.front();
    if (verb.is(NodeKind::StateNot)) {
      if (!context.dry) error<Kind::ListAfterNot>(states[1].span());
      return {Cond{}};
    }
    const bool has_words = verb.is(NodeKind::StateIs) && (verb.has(NodeKind::Pred) || verb.has(NodeKind::Role));
    if (!has_words) {
      if (!context.dry) error<Kind::AlsoNeedsIs>(states[1].span());
      return {Cond{}};
    }
  }
  if (is_quantifier(subject_node->kind())) return {quantified(*subject_node, states, any, whole, context)};
  const Typed subject = expression(*subject_node, context);
  if (!subject.ok) return {Cond{}};
  std::vector<Cond> parts;
  for (const NodeRef state_node : states) {
    parts.push_back(state(subject, state_node, state_node.is(NodeKind::Also) ? state_node.span() : statement.span(), context));
  }
  return parts;
}

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

// ---- statements -------------------------------------------------------------------------------------------------------------------

Cond Builder::established(NodeRef node, Context& context) {
  const auto subject_node = expression_in(node);
  const auto pred = node.child(NodeKind::Pred);
  if (!subject_node || !pred) return {};
  const auto subject = expect_type(expression(*subject_node, context), ExprType::Entity, "an entity", context);
  if (!subject || subject->unknown) return {};
  const NameId name = name_of(*pred);
  const Ability* found = ability(name, subject->kind, context.scope);
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
  ScopeId scope = context.scope;
  std::optional<RegulationId> regulation;
  if (under) {
    const auto label = under->child(NodeKind::Label);
    if (!label) return {};
    regulation = regulation_named(*label, context);
    if (!regulation) return {};
    scope = regulation->index + 1;
  }
  const Ability* found = ability(name_of(words), subject.kind, scope);
  if (found == nullptr) {
    unknown_ability(words, subject.kind, context);
    return {};
  }
  if (regulation && !found->predicate.is_valid()) {
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
  ScopeId scope = context.scope;
  std::optional<RegulationId> regulation;
  if (under) {
    const auto label = under->child(NodeKind::Label);
    if (!label) return {};
    regulation = regulation_named(*label, context);
    if (!regulation) return {};
    scope = regulation->index + 1;
  }
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
