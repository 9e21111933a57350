// Conditions: how they are put together; lists, letters and readings, `and` and `or`.
#include <algorithm>

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

bool is_condition_list(NodeKind kind) {
  return kind == NodeKind::ListAll || kind == NodeKind::ListAny || kind == NodeKind::ListAtLeast || kind == NodeKind::ListNone;
}

// A statement behind which something could not be read may be half of what was meant: `is between` 5 and 10.
bool is_cut_short(NodeRef condition) { return !is_condition_list(condition.kind()); }

}  // namespace

bool is_quantifier(NodeKind kind) { return kind == NodeKind::AtLeast || kind == NodeKind::Every || kind == NodeKind::No; }

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
    if (!inner || (parent.has(NodeKind::Error) && is_cut_short(*inner))) return false;
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
  if (!is_condition_list(node.kind()) && !node.is(NodeKind::CondUnless) && node.tree().broken(node)) return {};
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
  if (!inner || (node.tree().broken(node) && is_cut_short(*inner))) return {};
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

}  // namespace onus::model::from_syntax
