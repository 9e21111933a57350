// Provisions that name others: exceptions, transitions, open provisions, precedence (`over`), and what follows or fulfils a norm.
//
// What an exception says is read once in the row of each provision that it strikes in the end, since `the model` is another
// entity in another row. What is named must have the entities that the condition uses; norms that are meant by `every …` or
// `part …` and lack one are passed over and listed.
#include <algorithm>
#include <unordered_map>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {
namespace {

// Exceptions to exceptions multiply; a text that reaches this is an attack on the reader.
constexpr std::size_t most_targets = 100'000;

// Labels such as `d1` and `VI` lie near to every other: only longer ones can be told to be misspelt.
bool is_word(std::string_view label) { return label.size() > 2; }

bool can_be_struck(ProvisionKind kind) { return kind != ProvisionKind::Value && kind != ProvisionKind::Assumption; }

}  // namespace

// ---- references ----------------------------------------------------------------------------------------------------------

std::optional<ScopeId> Builder::scope_of_ref(NodeRef ref, ScopeId scope) {
  std::optional<NodeRef> label;
  std::size_t count = 0;
  for (const NodeRef child : ref.children(NodeKind::Label)) {
    label = child;
    ++count;
  }
  if (count < 2) return scope;
  Context context;
  context.scope = scope;
  const auto regulation = regulation_named(*label, context);
  if (!regulation) return std::nullopt;
  return regulation->index + 1;
}

std::optional<ProvisionId> Builder::provision_named(NodeRef ref, ScopeId scope) {
  const auto keyword = ref.first_child();
  const auto label = ref.child(NodeKind::Label);
  if (!keyword || !label) return std::nullopt;
  const auto kind = provision_kind(keyword->kind());
  const auto place = scope_of_ref(ref, scope);
  if (!kind || !place) return std::nullopt;
  const std::string written(text(*label));
  for (const ScopeId here : {*place, vocabulary_scope}) {
    const auto at = provisions_by_label_.find(provision_key(here, *kind, written));
    if (at != provisions_by_label_.end()) return at->second;
  }
  if (in_broken_text(normalise_name(written))) return std::nullopt;
  if (is_repeated(Kind::UnknownProvision, std::to_string(*place) + std::string(word(*kind)), written, label->span())) return std::nullopt;
  auto reported = error<Kind::UnknownProvision>(label->span(), word(*kind), written);
  if (!may_suggest()) return std::nullopt;
  const auto candidates_of = [&](bool same_kind) {
    std::vector<Candidate> candidates;
    for (const ProvisionId id : provisions_of_scope_[*place]) {
      const Provision& it = model_.provisions[id];
      if ((it.kind == *kind) == same_kind) candidates.push_back({it.label, it.heading});
    }
    return candidates;
  };
  for (const Candidate& other : candidates_of(false)) {
    if (lower_case(other.name) == lower_case(written)) {
      reported.note(other.declared, "`" + other.name + "` is here, of another kind");
      return std::nullopt;
    }
  }
  if (is_word(written)) suggest(reported, label->span(), written, candidates_of(true));
  return std::nullopt;
}

std::optional<PartId> Builder::part_named(NodeRef ref, ScopeId scope) {
  const auto label = ref.child(NodeKind::Label);
  const auto place = scope_of_ref(ref, scope);
  if (!label || !place) return std::nullopt;
  const std::string written(text(*label));
  const auto at = parts_by_label_.find(std::to_string(*place) + ' ' + lower_case(written));
  if (at != parts_by_label_.end()) return at->second;
  if (in_broken_text(normalise_name(written))) return std::nullopt;
  if (is_repeated(Kind::UnknownProvision, std::to_string(*place) + "part", written, label->span())) return std::nullopt;
  auto reported = error<Kind::UnknownProvision>(label->span(), "part", written);
  std::vector<Candidate> candidates;
  for (const Part& part : model_.parts) {
    if (part.regulation.index + 1 == *place) candidates.push_back({part.label, part.span});
  }
  if (is_word(written)) suggest(reported, label->span(), written, candidates);
  return std::nullopt;
}

bool Builder::add_named(NodeRef ref, ProvisionId id, std::vector<Named>& out) {
  for (const Named& other : out) {
    if (other.provision == id && !other.of_class) {
      const auto label = ref.child(NodeKind::Label);
      error<Kind::NamedTwice>(label ? label->span() : ref.span(), word(model_.provisions[id].kind), model_.provisions[id].label);
      return false;
    }
  }
  out.push_back({id, false});
  return true;
}

// The provisions that an attacker names, in order; norms meant by `every …` and `part …` behind those named.
bool Builder::targets_of(ProvisionId self, std::vector<Named>& out) {
  const Draft& draft = drafts_[self.index];
  const ScopeId scope = draft.scope;
  bool ok = true;
  std::vector<ProvisionId> class_members;
  if (const auto refs = draft.node.child(NodeKind::Refs)) {
    for (const NodeRef ref : refs->children(NodeKind::Ref)) {
      if (draft.tree->broken(ref)) {
        ok = false;
        continue;
      }
      const auto keyword = ref.first_child();
      if (keyword && keyword->is(NodeKind::KwPart)) {
        const auto part = part_named(ref, scope);
        ok = ok && part;
        if (!part) continue;
        for (const ProvisionId id : part_members_[part->index]) {
          if (is_norm(model_.provisions[id].kind)) class_members.push_back(id);
        }
        continue;
      }
      const auto id = provision_named(ref, scope);
      if (!id) {
        ok = false;
        continue;
      }
      if (!can_be_struck(model_.provisions[*id].kind)) {
        error<Kind::CannotBeStruck>(ref.span(), word(model_.provisions[self].kind), word(model_.provisions[*id].kind));
        ok = false;
        continue;
      }
      ok = add_named(ref, *id, out) && ok;
    }
  } else if (const auto every = draft.node.child(NodeKind::RefsEvery)) {
    for (const ProvisionId id : provisions_of_scope_[scope]) {
      const ProvisionKind kind = model_.provisions[id].kind;
      const bool wanted = every->has(NodeKind::KwDuty)          ? kind == ProvisionKind::Duty
                          : every->has(NodeKind::KwProhibition) ? kind == ProvisionKind::Prohibition
                                                                : is_norm(kind);
      if (wanted) class_members.push_back(id);
    }
  } else {
    ok = false;
  }
  for (const ProvisionId id : class_members) {
    const bool named = std::any_of(out.begin(), out.end(), [&](const Named& other) { return other.provision == id; });
    if (!named) out.push_back({id, true});
  }
  return ok;
}

void Builder::resolve_references() {
  named_.resize(model_.provisions.size());
  leaves_.resize(model_.provisions.size());
  for (const ProvisionId id : model_.provisions.ids()) {
    Draft& draft = drafts_[id.index];
    if (draft.refused) continue;
    if (is_attacker(model_.provisions[id].kind) && !targets_of(id, named_[id.index])) draft.sound = false;
    const auto head = draft.node.child(NodeKind::Head);
    const auto over = head ? head->child(NodeKind::Over) : std::nullopt;
    if (!over || draft.tree->broken(*over)) continue;
    std::vector<Named> prevailed;
    if (const auto every = over->child(NodeKind::RefsEvery)) {
      error<Kind::OverNamed>(every->span());
      draft.sound = false;
    }
    if (const auto refs = over->child(NodeKind::Refs)) {
      for (const NodeRef ref : refs->children(NodeKind::Ref)) {
        const auto keyword = ref.first_child();
        if (keyword && keyword->is(NodeKind::KwPart)) {
          error<Kind::OverNamed>(ref.span());
          draft.sound = false;
          continue;
        }
        const auto other = provision_named(ref, draft.scope);
        if (!other || !add_named(ref, *other, prevailed)) draft.sound = false;
      }
    }
    for (const Named& other : prevailed) model_.provisions[id].over.push_back(other.provision);
  }
}

// ---- exceptions, transitions, open provisions ------------------------------------------------------------------------------

void Builder::resolve_attackers() {
  // An exception to an exception is read in the rows of what the latter strikes, so those it names come first.
  std::vector<std::uint32_t> waits(model_.provisions.size(), 0);
  std::vector<std::vector<ProvisionId>> waiters(model_.provisions.size());
  std::vector<ProvisionId> ready;
  std::size_t attackers = 0;
  for (const ProvisionId id : model_.provisions.ids()) {
    if (!is_attacker(model_.provisions[id].kind)) continue;
    ++attackers;
    for (const Named& target : named_[id.index]) {
      if (!is_attacker(model_.provisions[target.provision].kind)) continue;
      ++waits[id.index];
      waiters[target.provision.index].push_back(id);
    }
    if (waits[id.index] == 0) ready.push_back(id);
  }
  for (std::size_t next = 0; next < ready.size(); ++next) {
    for (const ProvisionId waiter : waiters[ready[next].index]) {
      if (--waits[waiter.index] == 0) ready.push_back(waiter);
    }
  }
  // Reports come in the order of the text where the order of resolution leaves it open.
  for (const ProvisionId id : ready) resolve_attacker(id);
  if (ready.size() == attackers) return;
  std::vector<bool> in_report(model_.provisions.size(), false);
  for (const ProvisionId id : model_.provisions.ids()) {
    if (!is_attacker(model_.provisions[id].kind) || waits[id.index] == 0) continue;
    drafts_[id.index].sound = false;
    if (in_report[id.index]) continue;
    // Follow unresolved targets until one comes again: that is a cycle.
    std::vector<ProvisionId> walk;
    std::vector<bool> on_walk(model_.provisions.size(), false);
    ProvisionId at = id;
    while (at.is_valid() && !on_walk[at.index] && !in_report[at.index]) {
      on_walk[at.index] = true;
      walk.push_back(at);
      ProvisionId next{};
      for (const Named& target : named_[at.index]) {
        if (is_attacker(model_.provisions[target.provision].kind) && waits[target.provision.index] != 0) {
          next = target.provision;
          break;
        }
      }
      at = next;
    }
    const auto begin = std::find(walk.begin(), walk.end(), at);
    for (const ProvisionId seen : walk) in_report[seen.index] = true;
    if (begin == walk.end()) continue;
    std::vector<std::string> names;
    for (auto it = begin; it != walk.end(); ++it) names.push_back(full_name(*it));
    names.push_back(full_name(*begin));
    error<Kind::AttackCycle>(model_.provisions[*begin].heading, join(names, " → "));
  }
}

Context Builder::context_in_row(ProvisionId self, ProvisionId row, std::vector<Context::ReadingNode>& readings) {
  Context context;
  context.provision = self;
  context.variables = &model_.provisions[row].variables;
  context.nouns = drafts_[row.index].nouns;
  context.scope = drafts_[self.index].scope;
  context.regulation = model_.provisions[self].regulation;
  context.letters = &drafts_[self.index].letters;
  context.readings = &readings;
  context.row_of = row;
  return context;
}

// The date of a transition and the condition, in the row that the context holds.
bool Builder::attack(ProvisionId self, Context& context, Target& target) {
  const NodeRef sentence = *drafts_[self.index].sentence;
  bool ok = true;
  if (model_.provisions[self].kind == ProvisionKind::Transition) {
    target.until = sentence.has(NodeKind::KwUntil);
    const auto when = expression_in(sentence);
    const auto date = when ? expect_type(expression(*when, context), ExprType::Date, "a date", context) : std::nullopt;
    ok = date.has_value();
    if (date) target.date = date->id;
  }
  return ifs(sentence, context, target.condition) && ok;
}

void Builder::resolve_attacker(ProvisionId id) {
  Draft& draft = drafts_[id.index];
  if (draft.refused || draft.broken_sentence) return;
  const std::size_t errors = sink_.errors();
  std::vector<Context::ReadingNode> readings;
  collect_readings(id, readings);

  struct Row {
    ProvisionId row;
    Target target;
    bool of_class = false;
  };
  std::vector<Row> rows;
  bool missing_row = false;   // a target that could not be resolved itself
  for (const Named& named : named_[id.index]) {
    const Draft& struck = drafts_[named.provision.index];
    if (struck.refused) {
      missing_row = true;
      continue;
    }
    if (!is_attacker(model_.provisions[named.provision].kind)) {
      if (!struck.scheme_known) {
        missing_row = true;
        continue;
      }
      Target target;
      target.provision = named.provision;
      rows.push_back({named.provision, target, named.of_class});
      continue;
    }
    const std::size_t count = model_.provisions[named.provision].targets.size();
    if (count == 0) missing_row = true;
    for (std::size_t index = 0; index < count; ++index) {
      Target target;
      target.provision = named.provision;
      target.of_target = static_cast<std::uint32_t>(index);
      rows.push_back({leaves_[named.provision.index][index], target, named.of_class});
    }
    if (rows.size() > most_targets) {
      error<Kind::TooManyTargets>(model_.provisions[id].heading, static_cast<std::int64_t>(most_targets));
      draft.sound = false;
      return;
    }
  }

  std::vector<ProvisionId> passed_over;
  const Row* first_lacking = nullptr;
  bool ok = true;
  bool any = false;
  for (Row& row : rows) {
    if (row.of_class) {
      std::vector<Variable> variables = model_.provisions[row.row].variables;
      Context trial = context_in_row(id, row.row, readings);
      trial.variables = &variables;
      trial.dry = true;
      Target nothing;
      if (!attack(id, trial, nothing)) {
        if (first_lacking == nullptr) first_lacking = &row;
        passed_over.push_back(row.row);
        continue;
      }
    }
    Context context = context_in_row(id, row.row, readings);
    if (!attack(id, context, row.target)) {
      // Once: the other rows would say the same.
      ok = false;
      break;
    }
    any = true;
    model_.provisions[id].targets.push_back(row.target);
    leaves_[id.index].push_back(row.row);
  }
  if (ok && !any && first_lacking != nullptr) {
    Context context = context_in_row(id, first_lacking->row, readings);
    Target nothing;
    attack(id, context, nothing);
    ok = false;
  }
  if (ok && !any && !missing_row && rows.empty()) {
    if (draft.sound) error<Kind::NothingStruck>(model_.provisions[id].heading);
    ok = false;
  }
  model_.provisions[id].passed_over = std::move(passed_over);
  Context own = context_of(id);
  std::vector<Variable> none;
  own.variables = &none;
  ok = particulars(id, own) && ok;
  if (ok) check_readings(id, readings);
  if (!ok || missing_row || sink_.errors() != errors) draft.sound = false;
}

// What `failing which` and `fulfilled by` name is about the same bearer, and the same object where both have one.
void Builder::check_followers() {
  for (const ProvisionId id : model_.provisions.ids()) {
    for (const Draft::Follows& follows : drafts_[id.index].follows) {
      const Provision& here = model_.provisions[id];
      const Provision& there = model_.provisions[follows.norm];
      if (!drafts_[id.index].scheme_known || !drafts_[follows.norm.index].scheme_known) continue;
      const auto about = [&](const Provision& norm) {
        std::string words = norm.bearer             ? with_article(model_.kinds[kind_of_row(*norm.bearer, norm)].name)
                            : norm.bearer_authority ? "the " + model_.authorities[*norm.bearer_authority].name
                                                    : std::string("nobody");
        if (norm.object) words += " and " + with_article(model_.kinds[kind_of_row(*norm.object, norm)].name);
        return words;
      };
      const auto kind = [&](const std::optional<Path>& path, const Provision& norm) {
        return path ? std::optional(kind_of_row(*path, norm)) : std::nullopt;
      };
      const bool bearer = kind(here.bearer, here) == kind(there.bearer, there) && here.bearer_authority == there.bearer_authority;
      const bool object = !there.object || kind(here.object, here) == kind(there.object, there);
      if (bearer && object) continue;
      error<Kind::OtherRow>(follows.span, full_name(follows.norm), about(there), about(here)).note(there.heading, "it is here");
      drafts_[id.index].sound = false;
    }
  }
}

}  // namespace onus::model::from_syntax
