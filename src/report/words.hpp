// How reports name what the model and verdicts speak of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evaluate/verdict.hpp"
#include "model/model.hpp"
#include "report/json.hpp"

namespace onus::reports {

// "the model Acme-Med"; an implied entity by its path alone.
std::string subject_text(const model::Model& model, const evaluate::Subject& subject);
// The bearer's name: an entity's, or the authority's.
std::string bearer_name(const model::Model& model, const evaluate::NormVerdict& verdict);
// "general-purpose", "provider of": a conclusion as case files call it.
std::string conclusion_name(const model::Model& model, const evaluate::ConclusionVerdict& verdict);
// "3.2 Downstream modifier [GL 3.2; AIA recital 97]".
std::string cited(const model::Model& model, model::ProvisionId id);
std::string citations_text(const std::vector<model::Citation>& citations);   // "GL 3.2; AIA recital 97"
// The provision that a conclusion comes from: the first of those that decided it, else the first that could.
std::string provision_of(const model::Model& model, const evaluate::ConclusionVerdict& verdict);
std::vector<std::string> names_of(const model::Model& model, const std::vector<model::ProvisionId>& ids);

// Of deciding provisions: "law", "guidance" or "reading", each once, in this order. A provision is what its first citation
// is: the title of that source says so ("Guidelines …", "Reading …"); everything else is law.
std::vector<std::string> authority_of(const model::Model& model, const std::vector<model::ProvisionId>& ids);

std::string_view due_word(model::Due::Kind kind);   // "by", "without-delay"
// "15000000 EUR per day", "15000000 EUR or more", "between 0 and 9 EUR".
std::string ceiling_text(const evaluate::Ceiling& ceiling);

}  // namespace onus::reports
