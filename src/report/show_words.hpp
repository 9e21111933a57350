// The words that the page and the JSON of `onus show` share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"

namespace onus::reports {

std::string with_article(std::string_view noun);
// "yes or no", "an amount of FLOP, possibly unknowable", "one of: text; audio".
std::string type_text(const model::Model& model, const model::Field& field);
// "yes-no", "one-of", …: the machine's word.
std::string_view type_word(model::FieldType type);
std::string_view closing_word(model::Closing closing);   // "open", "no", "none"
std::string value_type_text(const model::Model& model, const model::ComputedTerm& value);
// "1e25 FLOP", "1/3", "2025-08-02".
std::string parameter_text(const model::Parameter& parameter, const model::ParameterSpan& span);
std::string span_text(const std::optional<Date>& from, const std::optional<Date>& until);   // "from … until …", may be empty
std::string status_text(const model::Regulation& regulation);
// The provisions that conclude a predicate or presume a judgement, by their names.
std::vector<std::string> concluded_by(const model::Model& model, model::PredicateId predicate);
std::vector<std::string> presumed_by(const model::Model& model, model::FieldId judgement);
// From when a provision applies and is enforced: its own date, else its part's.
std::optional<Date> applies_from(const model::Model& model, const model::Provision& provision);
std::optional<Date> enforceable_from(const model::Model& model, const model::Provision& provision);
// The provisions that an exception, transition or open provision is about, each once.
std::vector<std::string> target_names(const model::Model& model, const model::Provision& provision);

}  // namespace onus::reports
