// Parts of verdicts as JSON that several formats have.
#pragma once

#include <optional>
#include <vector>

#include "report/check.hpp"

namespace onus::reports {

Json date_json(const std::optional<Date>& date);
Json subject_json(const model::Model& model, const evaluate::Subject& subject);
// {"fact": "modification medical tune · compute", "kind": …, "name": …, "term": …}
Json facts_json(const model::Model& model, const std::vector<evaluate::OpenFact>& facts);
// {"kind": "within", "date": …, …}
Json due_json(const evaluate::DueDate& due);
Json inputs_json(const std::vector<InputFile>& files);
Json left_out_json(const CheckReport& report);

}  // namespace onus::reports
