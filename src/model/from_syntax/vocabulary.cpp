// Kinds, authorities, acts; sources and the citations that name them.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {

// ---- kinds, authorities, acts, sources -----------------------------------------------------------------------------------------

void Builder::declare_kinds() {
  for (const FileState& file : files_) {
    for (const NodeRef block : file.body.children()) {
      const bool is_kinds = block.is(NodeKind::Kinds);
      const bool is_authorities = block.is(NodeKind::Authorities);
      if (block.is(NodeKind::Error)) add_broken_text(block);
      if (!is_kinds && !is_authorities && !block.is(NodeKind::Acts)) continue;
      if (file.tree->broken(block)) add_broken_text(block);
      for (const NodeRef noun : block.children(NodeKind::Noun)) {
        if (file.tree->broken(noun)) continue;
        const NameId name = names_.intern(key_of(noun, sources_));
        const Span span = noun.span();
        std::optional<Span> first;
        if (is_kinds) {
          const auto [at, fresh] = kinds_.try_emplace(name, KindId{static_cast<std::uint32_t>(model_.kinds.size())});
          if (fresh) {
            model_.kinds.add({shown(noun), {}, span});
          } else {
            first = model_.kinds[at->second].span;
          }
        } else if (is_authorities) {
          const auto [at, fresh] = authorities_.try_emplace(name, AuthorityId{static_cast<std::uint32_t>(model_.authorities.size())});
          if (fresh) {
            model_.authorities.add({shown(noun), span});
          } else {
            first = model_.authorities[at->second].span;
          }
        } else {
          const auto [at, fresh] = acts_.try_emplace(name, span);
          if (!fresh) first = at->second;
        }
        if (first) error<Kind::DuplicateName>(span, shown(noun)).note(*first, "it is first declared here");
      }
    }
  }
  fields_of_kind_.resize(model_.kinds.size());
  predicates_of_kind_.resize(model_.kinds.size());
  values_of_kind_.resize(model_.kinds.size());
}

void Builder::declare_sources() {
  for (const FileState& file : files_) {
    for (const NodeRef node : file.body.children(NodeKind::Source)) {
      const auto label = node.child(NodeKind::Label);
      if (file.tree->broken(node)) add_broken_text(node);
      if (!label || file.tree->broken(*label)) continue;
      Source source;
      source.label = std::string(text(*label));
      if (const auto title = node.child(NodeKind::String)) source.title = unquoted(*title);
      source.regulation = file.regulation;
      source.span = label->span();
      const std::string key = std::to_string(file.scope) + '\n' + source.label;
      const auto [at, fresh] = sources_by_label_.try_emplace(key, SourceId{static_cast<std::uint32_t>(model_.sources.size())});
      if (!fresh) {
        error<Kind::DuplicateName>(label->span(), source.label).note(model_.sources[at->second].span, "it is first declared here");
        continue;
      }
      scopes_with_sources_.insert(file.scope);
      model_.sources.add(std::move(source));
    }
    for (const NodeRef node : file.body.children()) {
      const bool discretionary = node.is(NodeKind::Discretionary);
      if ((!discretionary && !node.is(NodeKind::Omitted)) || file.tree->broken(node)) continue;
      Omission omission;
      if (const auto cite = node.child(NodeKind::Cite)) omission.citation = unquoted(*cite);
      if (const auto string = node.child(NodeKind::String)) omission.reason = unquoted(*string);
      omission.discretionary = discretionary;
      omission.span = node.span();
      model_.omissions.push_back(std::move(omission));
    }
  }
}

// `[AIA 53(1)(a); Annex XI]`: two citations, of which the second names no source.
std::vector<Citation> Builder::citations(std::optional<NodeRef> cite, ScopeId scope) {
  std::vector<Citation> result;
  if (!cite) return result;
  const std::string_view inside = text(*cite);
  const Span whole = cite->span();
  std::size_t begin = 1;
  const std::size_t end = inside.size() < 2 ? 0 : inside.size() - 1;
  while (begin < end) {
    const std::size_t stop = std::min(inside.find(';', begin), end);
    std::size_t from = begin;
    std::size_t to = stop;
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (from < to && blank(inside[from])) ++from;
    while (to > from && blank(inside[to - 1])) --to;
    if (from < to) {
      Citation citation;
      citation.text = std::string(inside.substr(from, to - from));
      citation.span = {whole.file, whole.begin + static_cast<std::uint32_t>(from), whole.begin + static_cast<std::uint32_t>(to)};
      std::size_t word_end = from;
      while (word_end < to && !blank(inside[word_end])) ++word_end;
      const std::string label(inside.substr(from, word_end - from));
      for (const ScopeId place : {scope, vocabulary_scope}) {
        const auto at = sources_by_label_.find(std::to_string(place) + '\n' + label);
        if (at == sources_by_label_.end()) continue;
        citation.source = at->second;
        break;
      }
      if (!citation.source && !scopes_with_sources_.contains(scope) && !scopes_with_sources_.contains(vocabulary_scope)) {
        // Said once a file: whoever writes none cites by heart.
        if (scopes_without_sources_.insert(scope).second) {
          diagnose<Kind::NoSourceDeclared>(sink_, Span{whole.file, citation.span.begin, citation.span.begin + static_cast<std::uint32_t>(label.size())}, label);
        }
      } else if (!citation.source) {
        unknown_source(label, {whole.file, citation.span.begin, citation.span.begin + static_cast<std::uint32_t>(label.size())}, scope,
                       result.empty());
      }
      result.push_back(std::move(citation));
    }
    begin = stop + 1;
  }
  return result;
}

// The first citation names a source. A later one may go on with the same one (`Annex XI`), but not with a source misspelt.
void Builder::unknown_source(const std::string& label, Span span, ScopeId scope, bool is_first) {
  if (in_broken_text(normalise_name(label))) return;
  std::vector<Candidate> candidates;
  for (const Source& it : model_.sources) {
    if (!it.regulation.is_valid() || it.regulation.index + 1 == scope) candidates.push_back({it.label, it.span});
  }
  bool near_miss = false;
  for (const Candidate& candidate : candidates) {
    const bool same_size = candidate.name.size() == label.size() && label.size() > 1;
    near_miss = near_miss || (same_size && edit_distance(candidate.name, label, 1).has_value()) ||
                lower_case(candidate.name) == lower_case(label);
  }
  if (!is_first && !near_miss) return;
  if (is_repeated(Kind::UnknownSource, std::to_string(scope), label, span)) return;
  auto reported = error<Kind::UnknownSource>(span, label);
  // Labels are too short for the general measure of nearness.
  for (const Candidate& candidate : candidates) {
    if (edit_distance(candidate.name, label, 1) || lower_case(candidate.name) == lower_case(label)) {
      reported.note(candidate.declared, "`" + candidate.name + "` is declared here").fix(span, candidate.name);
      return;
    }
  }
}

}  // namespace onus::model::from_syntax
