// Provisions: their headings, the order in which one is resolved, its readings.
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
    case ProvisionKind::Prohibition:
    case ProvisionKind::Permission:
    case ProvisionKind::Guidance:
    case ProvisionKind::Penalty:
    case ProvisionKind::Liability: ok = norm(id, context); break;
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

}  // namespace onus::model::from_syntax
