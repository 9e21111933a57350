// Inline cases. Quoted names are entities; what kind each is of follows from what is said of it.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {
namespace {

std::optional<NodeRef> because_in(NodeRef node) {
  if (const auto because = node.child(NodeKind::Because)) return because;
  return node.child(NodeKind::BecauseOnly);
}

std::string_view verdict_of(NodeRef node) {
  for (const NodeRef child : node.children()) {
    switch (child.kind()) {
      case NodeKind::VerdictApplies: return "applies";
      case NodeKind::VerdictDoesNotApply: return "does-not-apply";
      case NodeKind::VerdictDepends: return "depends";
      case NodeKind::VerdictUndetermined: return "undetermined";
      case NodeKind::VerdictNotYet: return "not-yet";
      case NodeKind::VerdictNoLonger: return "no-longer";
      default: break;
    }
  }
  return {};
}

bool is_expectation(NodeKind kind) {
  return kind == NodeKind::ExpectHolds || kind == NodeKind::ExpectDepends || kind == NodeKind::ExpectUndetermined ||
         kind == NodeKind::ExpectReading || kind == NodeKind::ExpectVerdict;
}

}  // namespace

// ---- entities ---------------------------------------------------------------------------------------------------------------

Thing Builder::named_entity(NodeRef string, Context& context) {
  Thing thing;
  thing.span = string.span();
  if (context.case_names == nullptr) {
    if (!context.dry) error<Kind::NameOutsideCase>(string.span(), text(string));
    return thing;
  }
  const auto at = context.case_names->by_name.find(unquoted(string));
  if (at == context.case_names->by_name.end()) return thing;
  const CaseNames::Entry& entry = context.case_names->entries[at->second];
  const KindId kind = entry.trial.is_valid() ? entry.trial : entry.kinds.size() == 1 ? entry.kinds.front() : KindId{};
  if (!kind.is_valid()) return thing;
  thing.is = Thing::Is::Entity;
  thing.path.root = VariableId{at->second};
  thing.kind = kind;
  return thing;
}

// `the modification`, of which nothing was said before: an entity without a name.
Thing Builder::case_entity(NodeRef noun, KindId kind, Context& context) {
  Thing thing;
  thing.is = Thing::Is::Entity;
  thing.kind = kind;
  thing.span = noun.span();
  if (context.dry) {
    thing.path.root = VariableId{static_cast<std::uint32_t>(context.case_names->entities->size())};
    return thing;
  }
  thing.path.root = VariableId{static_cast<std::uint32_t>(context.case_names->entities->size())};
  context.case_names->entities->push_back({"the " + shown(noun), kind, false, noun.span()});
  introduce_noun(context, {key_of(noun, sources_), shown(noun), thing.path, kind, noun.span(), {}});
  return thing;
}

// All quoted names of a subtree that stand for entities.
void Builder::collect_names(NodeRef node, std::vector<NodeRef>& out) const {
  const std::uint32_t end = node.index() + node.subtree_size();
  const syntax::Tree& tree = node.tree();
  for (std::uint32_t index = node.index(); index < end;) {
    const NodeRef at(tree, index);
    if (at.is(NodeKind::Because) || at.is(NodeKind::BecauseOnly)) {
      index += at.subtree_size();
      continue;
    }
    if (at.is(NodeKind::Named) || at.is(NodeKind::LinkNamed)) {
      if (const auto string = at.child(NodeKind::String)) out.push_back(*string);
    }
    ++index;
  }
}

// `the training compute of "M0"`: only kinds that have one remain. This settles most names without trying sentences.
void Builder::narrow_by_property(NodeRef node, Context& context) {
  const std::uint32_t end = node.index() + node.subtree_size();
  const syntax::Tree& tree = node.tree();
  for (std::uint32_t index = node.index(); index < end; ++index) {
    const NodeRef at(tree, index);
    if (!at.is(NodeKind::Path)) continue;
    std::optional<NodeRef> before;
    for (const NodeRef child : at.children()) {
      if (child.is(NodeKind::Noun)) before = child;
      if (child.is(NodeKind::LinkThe)) before = child.child(NodeKind::Noun);
      if (!child.is(NodeKind::LinkNamed) || !before) continue;
      const auto string = child.child(NodeKind::String);
      const NameId name = name_of(*before);
      if (!string || name == no_name) continue;
      CaseNames::Entry& entry = context.case_names->entries[context.case_names->by_name[unquoted(*string)]];
      std::vector<KindId> left;
      for (const KindId kind : entry.kinds) {
        if (property(name, kind, context.scope) != nullptr) left.push_back(kind);
      }
      if (!left.empty()) entry.kinds = std::move(left);
    }
  }
}

// Resolves a given or expected sentence; only for trials.
bool Builder::case_sentence_holds_together(NodeRef node, Context& context) {
  Context trial = context;
  trial.dry = true;
  if (node.is(NodeKind::ExpectVerdict)) {
    Expectation ignored;
    return expected_norm(node, ignored, trial);
  }
  const auto inner = condition_in(node);
  return inner && condition(*inner, trial).ok;
}

void Builder::infer_kinds(const std::vector<NodeRef>& sentences, Context& context) {
  CaseNames& names = *context.case_names;
  for (const NodeRef sentence : sentences) narrow_by_property(sentence, context);
  std::vector<std::vector<std::uint32_t>> names_in(sentences.size());
  for (std::size_t index = 0; index < sentences.size(); ++index) {
    std::vector<NodeRef> strings;
    collect_names(sentences[index], strings);
    for (const NodeRef string : strings) {
      const std::uint32_t entry = names.by_name[unquoted(string)];
      if (std::find(names_in[index].begin(), names_in[index].end(), entry) == names_in[index].end()) names_in[index].push_back(entry);
    }
  }
  // Try the kinds of at most two open names at a time, until nothing more is settled.
  for (bool progress = true; progress;) {
    progress = false;
    for (std::size_t index = 0; index < sentences.size(); ++index) {
      std::vector<std::uint32_t> open;
      for (const std::uint32_t entry : names_in[index]) {
        if (names.entries[entry].kinds.size() > 1) open.push_back(entry);
      }
      if (open.empty() || open.size() > 2) continue;
      CaseNames::Entry& first = names.entries[open[0]];
      CaseNames::Entry* second = open.size() > 1 ? &names.entries[open[1]] : nullptr;
      std::vector<KindId> first_left;
      std::vector<KindId> second_left;
      const auto keep = [](std::vector<KindId>& kinds, KindId kind) {
        if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
      };
      for (const KindId kind : first.kinds) {
        first.trial = kind;
        if (second == nullptr) {
          if (case_sentence_holds_together(sentences[index], context)) keep(first_left, kind);
          continue;
        }
        for (const KindId other : second->kinds) {
          second->trial = other;
          if (!case_sentence_holds_together(sentences[index], context)) continue;
          keep(first_left, kind);
          keep(second_left, other);
        }
        second->trial = {};
      }
      first.trial = {};
      if (first_left.empty()) continue;
      progress = progress || first_left.size() < first.kinds.size() || (second != nullptr && second_left.size() < second->kinds.size());
      first.kinds = std::move(first_left);
      if (second != nullptr) {
        std::sort(second_left.begin(), second_left.end());
        second->kinds = std::move(second_left);
      }
    }
  }
}

// ---- expectations ------------------------------------------------------------------------------------------------------------------

bool Builder::expected_entity(NodeRef node, std::optional<Path>& path, std::optional<AuthorityId>* authority, KindId wanted,
                              Context& context) {
  const auto expr_node = expression_in(node);
  if (!expr_node) return false;
  const Typed typed = expression(*expr_node, context);
  if (!typed.ok) return false;
  if (authority != nullptr && typed.thing.is == Thing::Is::Authority) {
    *authority = typed.thing.authority;
    return true;
  }
  if (typed.thing.is != Thing::Is::Entity) {
    if (!context.dry) error<Kind::WrongType>(typed.span, describe(typed), "an entity");
    return false;
  }
  if (wanted.is_valid() && typed.kind != wanted) {
    if (!context.dry) error<Kind::KindsDiffer>(typed.span, describe(wanted), describe(typed.kind));
    return false;
  }
  path = typed.thing.path;
  return true;
}

KindId Builder::kind_of_row(const Path& path, const Provision& provision) const {
  if (path.steps.empty()) return provision.variables[path.root.index].kind;
  const Step& last = path.steps.back();
  if (last.kind == Step::Kind::Field) return *model_.fields[last.field].target;
  return *model_.values[last.value].entity_kind;
}

// `at most 15e6 EUR`: of a penalty, an amount that is written out.
bool Builder::expected_amount(NodeRef detail, const Provision& provision, Expectation& out, Context& context) {
  if (provision.kind != ProvisionKind::Penalty || !provision.at_most) {
    error<Kind::ParticularNotHere>(detail.span(), "at most", word(provision.kind));
    return false;
  }
  const auto inner = expression_in(detail);
  if (!inner) return false;
  const Typed typed = expression(*inner, context);
  if (!typed.ok) return false;
  const Typed penalty = [&] {
    Typed of;
    of.ok = true;
    of.type = ExprType::Number;
    of.unit = model_.exprs[*provision.at_most].unit;
    of.span = typed.span;
    return of;
  }();
  if (typed.type != ExprType::Number || !constant(typed.id)) {
    error<Kind::WrongType>(typed.span, describe(typed), "an amount that is written out");
    return false;
  }
  if (!same_measure(penalty, typed, "compared", context)) return false;
  out.at_most = typed.id;
  return true;
}

bool Builder::expected_norm(NodeRef node, Expectation& out, Context& context) {
  const auto ref = node.child(NodeKind::Ref);
  if (!ref) return false;
  std::optional<ProvisionId> id;
  if (context.dry) {
    id = provision_quietly(*ref, context.scope);
  } else {
    id = provision_named(*ref, context.scope);
  }
  if (!id) return false;
  const Provision& provision = model_.provisions[*id];
  if (!is_norm(provision.kind)) {
    if (!context.dry) error<Kind::ExpectNorm>(ref->span(), word(provision.kind));
    return false;
  }
  const Draft& draft = drafts_[id->index];
  if (draft.refused || !draft.scheme_known) return false;
  out.kind = Expectation::Kind::Norm;
  out.provision = id;
  out.verdict = std::string(verdict_of(node));
  bool ok = !out.verdict.empty();
  if (const auto to = node.child(NodeKind::ExpectTo)) {
    ok = expected_entity(*to, out.bearer, &out.bearer_authority, provision.bearer ? kind_of_row(*provision.bearer, provision) : KindId{},
                         context) && ok;
  }
  if (const auto for_node = node.child(NodeKind::ExpectFor)) {
    ok = expected_entity(*for_node, out.object, nullptr, provision.object ? kind_of_row(*provision.object, provision) : KindId{}, context) &&
         ok;
  }
  if (context.dry) return ok;
  for (const NodeRef detail : node.children()) {
    const auto expr_node = detail.is_token() ? std::nullopt : expression_in(detail);
    switch (detail.kind()) {
      case NodeKind::DetailAtMost:
        ok = expected_amount(detail, provision, out, context) && ok;
        break;
      case NodeKind::DetailDue:
      case NodeKind::DetailFrom: {
        const auto date = expr_node ? expect_type(expression(*expr_node, context), ExprType::Date, "a date", context) : std::nullopt;
        if (!date) {
          ok = false;
          break;
        }
        (detail.is(NodeKind::DetailDue) ? out.due : out.from) = date->id;
        break;
      }
      case NodeKind::DetailLimitedTo: {
        const Typed typed = expr_node ? expression(*expr_node, context) : Typed{};
        ok = ok && typed.ok;
        if (typed.ok) out.limited_to = typed.id;
        break;
      }
      default: break;
    }
  }
  return ok;
}

std::optional<ProvisionId> Builder::provision_quietly(NodeRef ref, ScopeId scope) const {
  const auto keyword = ref.first_child();
  const auto label = ref.child(NodeKind::Label);
  const auto kind = keyword ? provision_kind(keyword->kind()) : std::nullopt;
  if (!label || !kind) return std::nullopt;
  const auto at = provisions_by_label_.find(provision_key(scope, *kind, text(*label)));
  return at == provisions_by_label_.end() ? std::nullopt : std::optional(at->second);
}

bool Builder::because(NodeRef node, Expectation& out, Context& context) {
  const auto reasons = because_in(node);
  if (!reasons) return true;
  out.because_only = reasons->is(NodeKind::BecauseOnly);
  if (const auto every = reasons->child(NodeKind::RefsEvery)) {
    error<Kind::BecauseNamed>(every->span());
    return false;
  }
  const auto refs = reasons->child(NodeKind::Refs);
  if (!refs) return false;
  bool ok = true;
  for (const NodeRef ref : refs->children(NodeKind::Ref)) {
    const auto keyword = ref.first_child();
    if (keyword && keyword->is(NodeKind::KwPart)) {
      error<Kind::BecauseNamed>(ref.span());
      ok = false;
      continue;
    }
    const auto id = provision_named(ref, context.scope);
    ok = ok && id;
    if (id) out.because.push_back(*id);
  }
  return ok;
}

bool Builder::expectation(NodeRef node, Expectation& out, Context& context) {
  out.span = node.span();
  bool ok = false;
  if (node.is(NodeKind::ExpectVerdict)) {
    ok = expected_norm(node, out, context);
  } else {
    out.kind = node.is(NodeKind::ExpectDepends)        ? Expectation::Kind::Depends
               : node.is(NodeKind::ExpectUndetermined) ? Expectation::Kind::Undetermined
                                                       : Expectation::Kind::Holds;
    bool reading_known = true;
    if (node.is(NodeKind::ExpectReading)) {
      const auto name = node.child(NodeKind::String);
      if (!name) return false;
      out.reading = unquoted(*name);
      reading_known = known_reading(*name, context);
    }
    const auto inner = condition_in(node);
    const Cond cond = inner ? condition(*inner, context) : Cond{};
    if (cond.ok) out.condition = cond.id;
    ok = cond.ok && reading_known;
  }
  return because(node, out, context) && ok;
}

bool Builder::known_reading(NodeRef name, Context& context) {
  const std::string written = unquoted(name);
  const auto readings = readings_of_scope_.find(context.scope);
  std::vector<Candidate> candidates;
  if (readings != readings_of_scope_.end()) {
    for (const auto& [reading, span] : readings->second) {
      if (normalise_name(reading) == normalise_name(written)) return true;
      candidates.push_back({reading, span});
    }
  }
  if (in_broken_text(normalise_name(written))) return false;
  if (is_repeated(Kind::UnknownReading, std::to_string(context.scope), written, name.span())) return false;
  auto reported = error<Kind::UnknownReading>(name.span(), written);
  suggest_text(reported, name.span(), written, candidates);
  return false;
}

// ---- cases --------------------------------------------------------------------------------------------------------------------------

void Builder::resolve_cases(InlineCases cases) {
  // Also those of provisions that could not be read: they are not unknown.
  for (const Draft& draft : drafts_) {
    for (const NodeRef node : draft.node.children()) {
      if (!node.is(NodeKind::Reading) && !node.is(NodeKind::ValueReading)) continue;
      if (const auto name = node.child(NodeKind::String)) readings_of_scope_[draft.scope].emplace_back(unquoted(*name), node.span());
    }
  }
  for (const FileState& file : files_) {
    std::unordered_map<std::string, Span> seen;
    for (const NodeRef node : file.body.children(NodeKind::Case)) {
      const auto name = node.child(NodeKind::String);
      if (name) {
        const auto [at, fresh] = seen.try_emplace(unquoted(*name), name->span());
        if (!fresh) error<Kind::DuplicateName>(name->span(), unquoted(*name)).note(at->second, "the first case of this name is here");
      }
      if (cases == InlineCases::Resolved && !file.tree->broken(node)) resolve_case(file, node);
    }
  }
}

void Builder::resolve_case(const FileState& file, NodeRef node) {
  const std::size_t errors = sink_.errors();
  InlineCase result;
  result.regulation = file.regulation;
  result.span = node.span();
  if (const auto name = node.child(NodeKind::String)) result.name = unquoted(*name);
  bool ok = true;
  if (const auto leaf = node.child(NodeKind::Date)) {
    const auto date = date_of(*leaf);
    ok = date.has_value();
    if (date) result.as_of = *date;
  }
  std::vector<NodeRef> sentences;
  for (const NodeRef child : node.children()) {
    if (child.is(NodeKind::Given) || is_expectation(child.kind())) sentences.push_back(child);
  }
  CaseNames names;
  names.entities = &result.entities;
  Context context;
  context.scope = file.scope;
  context.regulation = file.regulation;
  context.case_names = &names;
  for (const NodeRef sentence : sentences) {
    std::vector<NodeRef> strings;
    collect_names(sentence, strings);
    for (const NodeRef string : strings) {
      const std::string name = unquoted(string);
      if (names.by_name.contains(name)) continue;
      names.by_name.emplace(name, static_cast<std::uint32_t>(names.entries.size()));
      CaseNames::Entry entry;
      for (const KindId kind : model_.kinds.ids()) entry.kinds.push_back(kind);
      names.entries.push_back(std::move(entry));
      result.entities.push_back({name, {}, true, string.span()});
    }
  }
  infer_kinds(sentences, context);
  // A name that stays open is reported only where its sentences hold together: else they have a mistake of their own.
  std::vector<bool> mistaken(names.entries.size(), false);
  for (const NodeRef sentence : sentences) {
    std::vector<NodeRef> strings;
    collect_names(sentence, strings);
    std::vector<std::uint32_t> open;
    for (const NodeRef string : strings) {
      const std::uint32_t entry = names.by_name[unquoted(string)];
      if (names.entries[entry].kinds.size() > 1) open.push_back(entry);
    }
    if (open.empty()) continue;
    for (const std::uint32_t entry : open) names.entries[entry].trial = names.entries[entry].kinds.front();
    if (!case_sentence_holds_together(sentence, context)) {
      for (const std::uint32_t entry : open) mistaken[entry] = true;
    }
    for (const std::uint32_t entry : open) names.entries[entry].trial = {};
  }
  for (std::uint32_t entry = 0; entry < names.entries.size(); ++entry) {
    std::vector<KindId>& kinds = names.entries[entry].kinds;
    if (kinds.size() > 1) {
      ok = false;
      if (!mistaken[entry]) {
        std::vector<std::string> possible;
        for (const KindId kind : kinds) possible.push_back(describe(kind));
        error<Kind::KindNotClear>(result.entities[entry].span, result.entities[entry].name, join_with(possible, "or"));
      }
      kinds.resize(1);
      names.entries[entry].guessed = true;
    }
    if (!kinds.empty()) result.entities[entry].kind = kinds.front();
  }
  for (const NodeRef sentence : sentences) {
    if (sentence.is(NodeKind::Given)) {
      const auto inner = condition_in(sentence);
      const Cond cond = inner ? condition(*inner, context) : Cond{};
      ok = ok && cond.ok;
      if (!cond.ok) continue;
      const Condition& whole = model_.conditions[cond.id];
      if (inner->is(NodeKind::And) && whole.kind == ConditionKind::All) {
        result.given.insert(result.given.end(), whole.children.begin(), whole.children.end());
      } else {
        result.given.push_back(cond.id);
      }
      continue;
    }
    Expectation expected;
    if (expectation(sentence, expected, context)) {
      result.expectations.push_back(std::move(expected));
    } else {
      ok = false;
    }
  }
  if (ok && sink_.errors() == errors) model_.cases.push_back(std::move(result));
}

}  // namespace onus::model::from_syntax
