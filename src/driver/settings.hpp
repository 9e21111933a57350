// What a request says in words, turned into what the stages take. Each function throws a UsageError whose text says what is
// wrong with the request and, where there is one, what was probably meant.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/limits.hpp"
#include "diagnostics/diagnostic.hpp"
#include "evaluate/evaluate.hpp"
#include "formula/formula.hpp"
#include "model/model.hpp"
#include "onus/onus.hpp"

namespace onus::driver {

class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

Limits limits_of(const Common& common);
Date date_of(const std::string& option, const std::string& text);
// The date of today, UTC: asked for only where a case gives no date, and said wherever it is used.
Date today();

formula::Options formula_options(const model::Model& model, const Assumptions& assumptions);
evaluate::Options judge_options(const model::Model& model, const Assumptions& assumptions, const Limits& limits);
// What is in force only because it is assumed can apply on days for which a parameter has no value: says so, unless the
// parameter is set. Whether all is well.
bool assumed_rules_hold(const model::Model& model, const formula::Options& assumed, const evaluate::Options& set, Sink& sink);
// The choices of `a` or `a + b`: each provision that has a reading of that name.
std::vector<std::pair<model::ProvisionId, std::uint32_t>> choices(const model::Model& model, const std::string& readings);
// "reading `significant change`", "`--no-defaults`", …: what the verdicts hold under.
std::vector<std::string> described(const Assumptions& assumptions);

// "; did you mean `x`?" or nothing.
std::string hint(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace onus::driver
