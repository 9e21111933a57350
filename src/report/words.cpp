#include "report/words.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace onus::reports {
namespace {

enum class Authority : std::uint8_t { Law, Guidance, Reading };

Authority authority_of_title(std::string_view title) {
  const std::string lower = lower_case(title);
  const auto says = [&](std::string_view word) { return lower.find(word) != std::string::npos; };
  if (lower.starts_with("reading") || lower.starts_with("interpretation")) return Authority::Reading;
  for (const std::string_view word : {"guideline", "guidance", "code of practice", "recommendation", "questions and answers"}) {
    if (says(word)) return Authority::Guidance;
  }
  return Authority::Law;
}

Authority authority(const model::Model& model, const model::Provision& provision) {
  if (provision.citations.empty() || !provision.citations.front().source) return Authority::Law;
  return authority_of_title(model.sources[*provision.citations.front().source].title);
}

}  // namespace

std::string subject_text(const model::Model& model, const evaluate::Subject& subject) {
  if (!subject.entity) return subject.name;
  return "the " + model.kinds[subject.kind].name + " " + subject.name;
}

std::string bearer_name(const model::Model& model, const evaluate::NormVerdict& verdict) {
  if (verdict.bearer) return verdict.bearer->name;
  if (verdict.bearer_authority) return model.authorities[*verdict.bearer_authority].name;
  return {};
}

std::string conclusion_name(const model::Model& model, const evaluate::ConclusionVerdict& verdict) {
  if (verdict.judgement) return model.fields[*verdict.judgement].name;
  if (!verdict.predicate) return {};
  const auto& predicate = model.predicates[*verdict.predicate];
  return predicate.object ? predicate.name + " of" : predicate.name;
}

std::string citations_text(const std::vector<model::Citation>& citations) {
  std::vector<std::string> texts;
  texts.reserve(citations.size());
  for (const auto& citation : citations) texts.push_back(citation.text);
  return join(texts, "; ");
}

std::string cited(const model::Model& model, model::ProvisionId id) {
  const auto& provision = model.provisions[id];
  std::string text = model.name_of(id);
  // "value threshold" and its title would run together.
  const bool number = !text.empty() && text.front() >= '0' && text.front() <= '9';
  if (!provision.title.empty()) text += number ? " " + provision.title : " \"" + provision.title + "\"";
  if (!provision.citations.empty()) text += " [" + citations_text(provision.citations) + "]";
  return text;
}

std::string provision_of(const model::Model& model, const evaluate::ConclusionVerdict& verdict) {
  if (!verdict.predicate) return {};
  const auto concludes = [&](model::ProvisionId id) {
    const auto& provision = model.provisions[id];
    return provision.kind == model::ProvisionKind::Definition && provision.predicate == verdict.predicate;
  };
  for (const auto id : verdict.because) {
    if (concludes(id)) return model.name_of(id);
  }
  for (const auto id : model.provisions.ids()) {
    if (concludes(id)) return model.name_of(id);
  }
  return {};
}

std::vector<std::string> names_of(const model::Model& model, const std::vector<model::ProvisionId>& ids) {
  std::vector<std::string> names;
  names.reserve(ids.size());
  for (const auto id : ids) names.push_back(model.name_of(id));
  return names;
}

std::vector<std::string> authority_of(const model::Model& model, const std::vector<model::ProvisionId>& ids) {
  std::array<bool, 3> seen{};
  for (const auto id : ids) seen[static_cast<std::size_t>(authority(model, model.provisions[id]))] = true;
  std::vector<std::string> result;
  constexpr std::array<std::string_view, 3> words{"law", "guidance", "reading"};
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (seen[i]) result.emplace_back(words[i]);
  }
  return result;
}

std::string_view due_word(model::Due::Kind kind) {
  switch (kind) {
    case model::Due::Kind::By: return "by";
    case model::Due::Kind::Before: return "before";
    case model::Due::Kind::Within: return "within";
    case model::Due::Kind::WithoutDelay: return "without-delay";
    case model::Due::Kind::OnRequest: return "on-request";
    case model::Due::Kind::Every: return "every";
    case model::Due::Kind::For: return "for";
    case model::Due::Kind::Continuously: return "continuously";
  }
  return {};
}

std::string ceiling_text(const evaluate::Ceiling& ceiling) {
  // Money as drafters write it: 15_000_000.
  const auto number = [&](const Number& amount) {
    const auto here = from_base(amount, ceiling.unit);
    const auto whole = here.to_int64();
    if (!whole || *whole < 0 || !is_currency(dimension_of(ceiling.unit))) return to_text(here);
    auto digits = std::to_string(*whole);
    for (auto at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, "_");
    return digits;
  };
  const auto unit = [&](const Number& amount) { return " " + std::string(unit_name(ceiling.unit, from_base(amount, ceiling.unit))); };
  std::string text;
  if (ceiling.low && ceiling.high) {
    text = *ceiling.low == *ceiling.high ? number(*ceiling.low) : "between " + number(*ceiling.low) + " and " + number(*ceiling.high);
    text += unit(*ceiling.high);
  } else if (ceiling.low) {
    text = number(*ceiling.low) + unit(*ceiling.low) + " or more";
  } else if (ceiling.high) {
    text = "up to " + number(*ceiling.high) + unit(*ceiling.high);
  } else {
    text = "an amount that is not known";
  }
  if (!ceiling.per.empty()) text += " per " + ceiling.per;
  return text;
}

}  // namespace onus::reports
