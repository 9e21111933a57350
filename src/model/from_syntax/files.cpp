// Files: what each is, its title and headlines.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {

// ---- files -----------------------------------------------------------------------------------------------------------------

void Builder::open_files(std::span<const RuleFile> files) {
  for (const RuleFile& file : files) {
    model_.files.push_back(file.file);
    if (file.tree == nullptr || file.tree->size() == 0) continue;
    FileState state;
    state.tree = file.tree;
    state.file = file.file;
    std::optional<NodeRef> body;
    for (const NodeRef child : file.tree->root().children()) {
      if (child.is(NodeKind::Vocabulary) || child.is(NodeKind::Regulation) || child.is(NodeKind::Draft)) {
        body = child;
      } else if (child.is(NodeKind::Error)) {
        add_broken_text(child);
      }
    }
    if (!body) continue;
    state.body = *body;
    if (body->is(NodeKind::Draft)) {
      const auto keyword = body->child(NodeKind::KwDraft);
      error<Kind::NoMeaningYet>(keyword ? keyword->span() : body->span(), "draft");
      continue;
    }
    state.is_vocabulary = body->is(NodeKind::Vocabulary);
    // Without a title it is not known what the file is; only vocabularies have kinds.
    if (!body->has(NodeKind::Label) && body->has(NodeKind::Kinds)) state.is_vocabulary = true;
    if (!state.is_vocabulary) {
      Regulation regulation;
      regulation.file = file.file;
      const auto label = body->child(NodeKind::Label);
      if (label) regulation.label = std::string(text(*label));
      if (const auto title = body->child(NodeKind::String)) regulation.title = unquoted(*title);
      regulation.span = label ? label->span() : body->span();
      const Span span = regulation.span;
      const std::string key = lower_case(regulation.label);
      state.regulation = model_.regulations.add(std::move(regulation));
      state.scope = state.regulation.index + 1;
      if (!key.empty()) {
        const auto [at, fresh] = regulations_by_label_.try_emplace(key, state.regulation);
        if (!fresh) {
          error<Kind::DuplicateRegulation>(span, model_.regulations[state.regulation].label)
              .note(model_.regulations[at->second].span, "the first is here");
        }
      }
    }
    files_.push_back(state);
  }
  for (FileState& file : files_) {
    if (!file.is_vocabulary) read_headlines(file);
  }
}

void Builder::read_headlines(FileState& file) {
  Regulation& regulation = model_.regulations[file.regulation];
  for (const NodeRef child : file.body.children()) {
    if (file.tree->broken(child)) continue;
    switch (child.kind()) {
      case NodeKind::HeadlineFor:
        if (const auto string = child.child(NodeKind::String)) regulation.jurisdiction = unquoted(*string);
        break;
      case NodeKind::HeadlineTimeZone:
        if (const auto string = child.child(NodeKind::String)) regulation.time_zone = unquoted(*string);
        break;
      case NodeKind::HeadlinePeriods:
        if (const auto string = child.child(NodeKind::String)) {
          regulation.periods = unquoted(*string);
          // The Union's rule on periods, which moves a last day that is no working day.
          regulation.shift_to_working_day = regulation.periods.find("1182/71") != std::string::npos;
        }
        break;
      case NodeKind::HeadlineStatus:
        for (const NodeRef node : child.children(NodeKind::Status)) read_status(node, regulation);
        break;
      default: break;
    }
  }
}

void Builder::read_status(NodeRef node, Regulation& regulation) {
  const auto name = node.child(NodeKind::StatusName);
  if (!name) return;
  Status status;
  status.span = node.span();
  status.text = shown(*name);
  const std::string key = normalise_name(status.text);
  const std::vector<std::pair<std::string, Status::Kind>> known{{"in force", Status::Kind::InForce},
                                                                {"proposed", Status::Kind::Proposed},
                                                                {"stayed", Status::Kind::Stayed},
                                                                {"vetoed", Status::Kind::Vetoed},
                                                                {"repealed", Status::Kind::Repealed}};
  const auto at = std::find_if(known.begin(), known.end(), [&](const auto& it) { return it.first == key; });
  if (at == known.end()) {
    auto reported = error<Kind::UnknownStatus>(name->span(), status.text);
    std::vector<Candidate> candidates;
    for (const auto& it : known) candidates.push_back({it.first, {}});
    suggest(reported, name->span(), status.text, candidates);
    return;
  }
  status.kind = at->second;
  if (const auto leaf = node.child(NodeKind::Date)) {
    const auto date = date_of(*leaf);
    if (!date) return;
    (node.has(NodeKind::KwUntil) ? status.until : status.from) = date;
  }
  regulation.statuses.push_back(std::move(status));
}

}  // namespace onus::model::from_syntax
