#include <algorithm>

#include "base/text.hpp"
#include "facts/from_document/sections.hpp"

namespace onus::facts {

Provisions::Provisions(const model::Model& model) : model_(&model) {
  for (const auto id : model.provisions.ids()) {
    const auto& provision = model.provisions[id];
    const std::string kind(model::word(provision.kind));
    std::vector<std::string> texts{provision.label, kind + " " + provision.label};
    if (model.regulations.contains(provision.regulation)) {
      const std::string tail = " of " + model.regulations[provision.regulation].label;
      texts.push_back(texts[0] + tail);
      texts.push_back(texts[1] + tail);
    }
    for (auto& text : texts) by_text_[std::move(text)].push_back(id);
    names_.push_back(model.name_of(id));
  }
}

std::vector<model::ProvisionId> Provisions::find(std::string_view text, bool norms) const {
  const auto at = by_text_.find(std::string(text));
  if (at == by_text_.end()) return {};
  if (!norms) return at->second;
  std::vector<model::ProvisionId> chosen;
  std::ranges::copy_if(at->second, std::back_inserter(chosen),
                       [&](model::ProvisionId id) { return model::is_norm(model_->provisions[id].kind); });
  return chosen.empty() ? at->second : chosen;
}

std::optional<model::ProvisionId> provision_at(Context& context, const Provisions& provisions, NodeId node,
                                               std::string_view what, bool norm) {
  const auto text = text_at(context, node, what);
  if (!text) return std::nullopt;
  const Span span = context.document.span(node);
  const auto found = provisions.find(*text, norm);
  if (found.empty()) {
    std::optional<std::string> near;
    // Labels of two letters, such as `d1`, lie near to every other.
    if (const auto index = text->size() > 2 ? context.problems.nearest_of(provisions.names(), *text) : std::nullopt) near = provisions.names()[*index];
    auto reported = context.problems.add<Kind::CaseProvisionUnknown>(span, shown(*text), did_you_mean(near));
    if (near) reported.fix(span, fix_text(context, node, *near));
    return std::nullopt;
  }
  if (found.size() > 1) {
    std::vector<std::string> names;
    for (const auto id : found) {
      const auto& provision = context.model.provisions[id];
      std::string name = "`" + std::string(model::word(provision.kind)) + " " + provision.label;
      if (context.model.regulations.contains(provision.regulation))
        name += " of " + context.model.regulations[provision.regulation].label;
      names.push_back(name + "`");
    }
    auto reported = context.problems.add<Kind::CaseProvisionAmbiguous>(span, shown(*text), join_with(names, "or"));
    for (const auto id : found) reported.note(context.model.provisions[id].heading, "one is here");
    return std::nullopt;
  }
  if (norm && !model::is_norm(context.model.provisions[found.front()].kind)) {
    const auto kind = model::word(context.model.provisions[found.front()].kind);
    context.problems
        .add<Kind::NotANorm>(span, shown(*text), with_article(kind),
                             "what it concludes is expected as `conclusion`, and nobody performs it")
        .note(context.model.provisions[found.front()].heading, "it is here");
    return std::nullopt;
  }
  return found.front();
}

UnderRegulation split_regulation(Context& context, NodeId node, std::string_view text) {
  constexpr std::string_view word = " under ";
  const auto at = text.rfind(word);
  if (at == std::string_view::npos) return {text, std::nullopt, true};
  const auto label = text.substr(at + word.size());
  for (const auto id : context.model.regulations.ids()) {
    if (context.model.regulations[id].label == label) return {text.substr(0, at), id, true};
  }
  // ` under ` may belong to a name: only what cannot be one is an unknown regulation.
  if (label.find(' ') != std::string_view::npos) return {text, std::nullopt, true};
  for (const auto kind : context.model.kinds.ids()) {
    for (const std::string& conclusion : context.names.conclusions(kind)) {
      if (bare_name(conclusion).ends_with(bare_name(text.substr(at)))) return {text, std::nullopt, true};
    }
  }
  if (!find_entities(context, label).empty()) return {text, std::nullopt, true};
  std::vector<std::string> labels;
  for (const auto id : context.model.regulations.ids()) labels.push_back(context.model.regulations[id].label);
  std::optional<std::string> near;
  if (const auto index = context.problems.nearest_of(labels, label)) near = labels[*index];
  context.problems.add<Kind::CaseRegulationUnknown>(piece_span(context, node, label), shown(label), did_you_mean(near));
  return {text.substr(0, at), std::nullopt, false};
}

std::vector<model::PredicateId> of_regulation(const Context& context, std::vector<model::PredicateId> predicates,
                                              std::optional<model::RegulationId> regulation) {
  if (!regulation) return predicates;
  std::erase_if(predicates, [&](model::PredicateId id) {
    const auto& own = context.model.predicates[id].regulation;
    return own && *own != *regulation;
  });
  return predicates;
}

}  // namespace onus::facts
