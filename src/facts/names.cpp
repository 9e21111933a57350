#include "facts/names.hpp"

#include <initializer_list>

#include "base/text.hpp"

namespace onus::facts {

using model::FieldType;

std::string bare_name(std::string_view text) {
  std::string name = normalise_name(text);
  for (const std::string_view article : {"the ", "a ", "an "}) {
    if (name.starts_with(article)) return name.substr(article.size());
  }
  return name;
}

std::string with_article(std::string_view noun) {
  constexpr std::string_view vowels = "aeiouAEIOU";
  const bool vowel = !noun.empty() && vowels.find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

bool is_given(FieldType type) {
  return type != FieldType::Inverse && type != FieldType::OneInverse && type != FieldType::Chain;
}

Names::Names(const model::Model& model)
    : of_kind_(model.kinds.size()), terms_(model.kinds.size()), conclusions_(model.kinds.size()) {
  for (const auto id : model.kinds.ids()) {
    kinds_.try_emplace(normalise_name(model.kinds[id].name), id);
    kind_names_.push_back(model.kinds[id].name);
  }
  for (const auto id : model.fields.ids()) {
    const auto& field = model.fields[id];
    of_kind_[field.owner.index].fields.try_emplace(bare_name(field.name), id);
    if (is_given(field.type)) terms_[field.owner.index].push_back(field.name);
  }
  // Second spellings yield to names.
  for (const auto id : model.fields.ids()) {
    const auto& field = model.fields[id];
    auto& fields = of_kind_[field.owner.index].fields;
    if (!field.plural.empty()) fields.try_emplace(bare_name(field.plural), id);
    if (field.type != FieldType::PairSet || !field.target) continue;
    const std::string target = normalise_name(model.kinds[*field.target].name);
    std::string name = bare_name(field.name);
    if (name.ends_with(" of")) name.resize(name.size() - 3);
    for (const std::string& tail : {std::string(), std::string(" of"), " of a " + target, " of an " + target})
      fields.try_emplace(name + tail, id);
  }
  for (const auto id : model.predicates.ids()) {
    const auto& predicate = model.predicates[id];
    of_kind_[predicate.owner.index].predicates[bare_name(predicate.name)].push_back(id);
    conclusions_[predicate.owner.index].push_back(predicate.name);
  }
  for (const auto id : model.values.ids())
    of_kind_[model.values[id].owner.index].values.try_emplace(bare_name(model.values[id].name), id);
}

std::optional<model::KindId> Names::kind(std::string_view text) const {
  const auto at = kinds_.find(normalise_name(text));
  return at == kinds_.end() ? std::nullopt : std::optional(at->second);
}

std::optional<model::KindId> Names::kind_of_plural(std::string_view text) const {
  const std::string name = normalise_name(text);
  if (name.ends_with("ies")) {
    if (const auto found = kind(name.substr(0, name.size() - 3) + "y")) return found;
  }
  if (name.ends_with("es")) {
    if (const auto found = kind(name.substr(0, name.size() - 2))) return found;
  }
  return name.ends_with("s") ? kind(name.substr(0, name.size() - 1)) : std::nullopt;
}

std::optional<model::FieldId> Names::field(model::KindId kind, std::string_view text) const {
  const auto& fields = of_kind_[kind.index].fields;
  const auto at = fields.find(bare_name(text));
  return at == fields.end() ? std::nullopt : std::optional(at->second);
}

std::vector<model::PredicateId> Names::predicates(model::KindId kind, std::string_view text) const {
  const auto& predicates = of_kind_[kind.index].predicates;
  const auto at = predicates.find(bare_name(text));
  return at == predicates.end() ? std::vector<model::PredicateId>() : at->second;
}

bool Names::is_value(model::KindId kind, std::string_view text) const {
  return of_kind_[kind.index].values.contains(bare_name(text));
}

}  // namespace onus::facts
