// Computed terms. Their names are known before any sentence is read; their types are found by reading their cases without
// storing anything, those first that wait for no other.
#include <algorithm>

#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {

void Builder::declare_values() {
  for (const ProvisionId id : model_.provisions.ids()) {
    if (model_.provisions[id].kind != ProvisionKind::Value) continue;
    Draft& draft = drafts_[id.index];
    if (!draft.sentence) {
      nameless_terms_ = true;
      continue;
    }
    if (draft.refused) continue;
    const auto subject_node = draft.sentence->child(NodeKind::SubjectThe);
    if (!subject_node) {
      if (const auto other = draft.sentence->child(NodeKind::SubjectA); other && !draft.broken_sentence) {
        error<Kind::ValueSubject>(other->span());
        draft.sound = false;
        draft.refused = true;
      }
      continue;
    }
    const auto noun = subject_node->child(NodeKind::Noun);
    std::vector<NodeRef> links;
    for (const NodeRef child : subject_node->children()) {
      if (child.is(NodeKind::LinkA) || child.is(NodeKind::LinkThe) || child.is(NodeKind::LinkNamed)) links.push_back(child);
    }
    if (!noun || draft.tree->broken(*subject_node)) {
      if (!noun) nameless_terms_ = true;
      add_broken_text(*subject_node);
      continue;
    }
    const auto owner_noun = links.size() == 1 && links[0].is(NodeKind::LinkA) ? links[0].child(NodeKind::Noun) : std::nullopt;
    if (!owner_noun) {
      if (!draft.broken_sentence) error<Kind::ValueSubject>(subject_node->span());
      give_up_name(*noun);
      draft.sound = false;
      draft.refused = true;
      continue;
    }
    const auto owner = kind_named(*owner_noun, !draft.broken_sentence);
    if (!owner) {
      give_up_name(*noun);
      draft.sound = false;
      draft.refused = true;
      continue;
    }
    const ValueId value_id{static_cast<std::uint32_t>(model_.values.size())};
    if (!add_property(draft.scope, *owner, *noun, {{}, value_id})) {
      draft.sound = false;
      draft.refused = true;
      continue;
    }
    ComputedTerm term;
    term.name = shown(*noun);
    term.owner = *owner;
    term.provision = id;
    term.span = noun->span();
    model_.values.add(std::move(term));
    values_of_kind_[owner->index].push_back(value_id);
    value_known_.push_back(false);
    value_broken_.push_back(draft.broken_sentence);
    model_.provisions[id].value = value_id;
  }
}

// The row of a value: its owner.
bool Builder::value_scheme(ProvisionId id, Context& context) {
  const auto subject_node = drafts_[id.index].sentence->child(NodeKind::SubjectThe);
  const auto link = subject_node ? subject_node->child(NodeKind::LinkA) : std::nullopt;
  const auto owner_noun = link ? link->child(NodeKind::Noun) : std::nullopt;
  if (!owner_noun) return false;
  const KindId owner = model_.values[*model_.provisions[id].value].owner;
  Variable variable;
  variable.noun = shown(*owner_noun);
  variable.kind = owner;
  variable.span = owner_noun->span();
  Path path;
  path.root = new_variable(std::move(variable), context);
  return introduce_noun(context, {key_of(*owner_noun, sources_), shown(*owner_noun), path, owner, owner_noun->span(), {}});
}

// Reads the expressions of a value until one shows its type. `waiting_for_` then holds what it had to wait for.
std::optional<Typed> Builder::type_of_cases(ProvisionId id) {
  std::vector<Variable> variables;
  Context context;
  context.provision = id;
  context.variables = &variables;
  context.scope = drafts_[id.index].scope;
  context.regulation = model_.provisions[id].regulation;
  context.dry = true;
  waiting_for_.clear();
  if (!value_scheme(id, context)) return std::nullopt;
  const NodeRef sentence = *drafts_[id.index].sentence;
  const std::size_t nouns = context.nouns.size();
  const auto read = [&](NodeRef node) -> std::optional<Typed> {
    const auto expr_node = expression_in(node);
    if (!expr_node || expr_node->tree().broken(*expr_node)) return std::nullopt;
    Typed typed = expression(*expr_node, context);
    context.nouns.resize(nouns);
    if (!typed.ok || typed.unknown) return std::nullopt;
    return typed;
  };
  std::optional<Typed> found = read(sentence);
  for (const NodeRef node : sentence.children(NodeKind::ValueCase)) {
    if (!found) found = read(node);
  }
  return found;
}

void Builder::infer_value_types() {
  const std::size_t count = model_.values.size();
  std::vector<std::vector<ValueId>>& waiters = value_waiters_;
  waiters.resize(count);
  std::vector<ValueId> work;
  for (const ValueId id : model_.values.ids()) {
    if (!value_broken_[id.index]) work.push_back(id);
  }
  for (std::size_t next = 0; next < work.size(); ++next) {
    const ValueId id = work[next];
    if (value_known_[id.index]) continue;
    const auto typed = type_of_cases(model_.values[id].provision);
    if (typed) {
      ComputedTerm& term = model_.values[id];
      const bool fits = !typed->is_words && typed->thing.is != Thing::Is::Set && typed->type != ExprType::Text &&
                        typed->type != ExprType::Authority;
      if (!fits) {
        value_broken_[id.index] = true;   // said where the cases are resolved
        continue;
      }
      term.type = typed->type;
      term.unit = typed->unit;
      if (typed->type == ExprType::Entity) term.entity_kind = typed->kind;
      value_known_[id.index] = true;
      for (const ValueId waiter : waiters[id.index]) work.push_back(waiter);
      waiters[id.index].clear();
      continue;
    }
    for (const ValueId other : waiting_for_) {
      if (!value_known_[other.index]) waiters[other.index].push_back(id);
    }
  }
  waiting_for_.clear();
}

bool Builder::value(ProvisionId id, Context& context) {
  Provision& provision = model_.provisions[id];
  if (!provision.value) return false;
  if (!value_scheme(id, context)) return false;
  provision.holder = Path{VariableId{0}, {}};
  provision.row_size = static_cast<std::uint32_t>(provision.variables.size());
  const std::size_t silenced = silenced_;
  const bool ok = value_cases(id, context);
  if (silenced_ != silenced) value_broken_[provision.value->index] = true;   // its type is not to be had, and nobody's fault
  return ok && value_known_[provision.value->index];
}

// Values that are defined by nothing but one another have no type. Those that wait for one with another mistake are silent.
void Builder::report_untyped_values() {
  std::vector<ValueId> work;
  std::vector<bool> excused(model_.values.size(), false);
  const auto excuse = [&](ValueId id) {
    if (excused[id.index]) return;
    excused[id.index] = true;
    work.push_back(id);
  };
  for (const ValueId id : model_.values.ids()) {
    if (value_broken_[id.index] || drafts_[model_.values[id].provision.index].reported) excuse(id);
  }
  for (std::size_t next = 0; next < work.size(); ++next) {
    for (const ValueId waiter : value_waiters_[work[next].index]) excuse(waiter);
  }
  for (const ValueId id : model_.values.ids()) {
    if (value_known_[id.index] || excused[id.index]) continue;
    const ComputedTerm& term = model_.values[id];
    error<Kind::ValueWithoutType>(term.span, term.name);
  }
}

bool Builder::fits_value(const Typed& typed, ValueId value_id, Context& context) {
  if (typed.unknown) return true;
  if (typed.is_words || typed.thing.is == Thing::Is::Set || typed.type == ExprType::Text || typed.type == ExprType::Authority) {
    error<Kind::WrongType>(typed.span, describe(typed), "an amount, a date or an entity");
    return false;
  }
  if (!value_known_[value_id.index]) return true;
  const ComputedTerm& term = model_.values[value_id];
  Typed wanted;
  wanted.ok = true;
  wanted.type = term.type;
  wanted.unit = term.unit;
  wanted.span = term.span;
  if (term.type == ExprType::Entity) wanted.kind = *term.entity_kind;
  if (term.type == ExprType::Entity && typed.type == ExprType::Entity) {
    if (typed.kind == wanted.kind) return true;
    error<Kind::KindsDiffer>(typed.span, describe(wanted.kind), describe(typed.kind)).note(term.span, "another case gives " + describe(wanted.kind));
    return false;
  }
  return same_measure(wanted, typed, "given by the cases of one value", context);
}

bool Builder::value_cases(ProvisionId id, Context& context) {
  const Draft& draft = drafts_[id.index];
  const NodeRef sentence = *draft.sentence;
  const ValueId value_id = *model_.provisions[id].value;
  bool ok = true;
  const auto read = [&](NodeRef node, ExprId& out) {
    const auto expr_node = expression_in(node);
    if (!expr_node || expr_node->tree().broken(*expr_node)) return false;
    const Typed typed = expression(*expr_node, context);
    out = typed.id;
    return typed.ok && fits_value(typed, value_id, context);
  };
  const auto guard = [&](NodeRef node, std::optional<ConditionId>& out) {
    const auto if_node = node.child(NodeKind::If);
    const auto inner = if_node ? condition_in(*if_node) : std::nullopt;
    if (!inner) return !if_node;
    const Cond cond = condition(*inner, context);
    if (cond.ok) out = cond.id;
    return cond.ok;
  };
  std::vector<NodeRef> nodes;
  for (const NodeRef node : sentence.children(NodeKind::ValueCase)) nodes.push_back(node);
  if (nodes.empty()) {
    ValueCase only;
    only.span = sentence.span();
    if (const auto expr_node = expression_in(sentence)) only.span = expr_node->span();
    ok = read(sentence, only.expr);
    if (ok) model_.provisions[id].cases.push_back(std::move(only));
    return ok;
  }
  for (std::size_t index = 0; index < nodes.size(); ++index) {
    const NodeRef node = nodes[index];
    ValueCase one;
    one.span = node.span();
    if (const auto label = node.child(NodeKind::ItemLabel)) {
      one.letter = letter_of(*label);
      declare_letter(one.letter, label->span(), context);
    }
    const bool is_last = index + 1 == nodes.size();
    const auto otherwise_last = [&](NodeRef owner) {
      const auto otherwise = owner.child(NodeKind::Otherwise);
      if (!otherwise || is_last) return true;
      error<Kind::OtherwiseNotLast>(otherwise->span());
      return false;
    };
    bool fine = otherwise_last(node);
    fine = read(node, one.expr) && fine;
    fine = guard(node, one.guard) && fine;
    for (Context::ReadingNode& reading : *context.readings) {
      if (one.letter.empty() || reading.letter != one.letter) continue;
      reading.used = true;
      ValueCase::Alternative other;
      other.reading = reading.index;
      fine = otherwise_last(reading.node) && fine;
      fine = read(reading.node, other.expr) && fine;
      if (reading.node.has(NodeKind::If)) {
        fine = guard(reading.node, other.guard) && fine;
      } else if (!reading.node.has(NodeKind::Otherwise)) {
        other.guard = one.guard;
      }
      one.alternatives.push_back(other);
    }
    ok = ok && fine;
    model_.provisions[id].cases.push_back(std::move(one));
  }
  return ok;
}

}  // namespace onus::model::from_syntax
