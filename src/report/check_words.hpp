// The words of a verdict's page that several pages share.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evaluate/verdict.hpp"
#include "report/check.hpp"
#include "report/text.hpp"
#include "report/words.hpp"

namespace onus::reports {

// "must", "may": what a norm says about its act.
std::string modal(model::ProvisionKind kind);
std::string listed(const model::Model& model, const std::vector<model::ProvisionId>& ids);
// What a verdict takes from the silence of the case: "taken as none: …, …; taken as no: …".
std::string silence_text(const std::vector<evaluate::OpenFact>& facts);
std::string facts_text(const std::vector<evaluate::OpenFact>& facts, std::string_view bearer);
// "by 2026-09-24 (within 2 weeks of …)". `open`: the date hangs on facts that are not given.
std::string due_text(const evaluate::DueDate& due, bool open);
// "from 2027-08-02": when what does not apply will, or did.
std::string tense_text(const evaluate::Judged& judged);
// "applies", and how it looks.
std::pair<std::string_view, Tone> verdict_shown(const evaluate::Judged& judged);
std::pair<std::string_view, Tone> conclusion_shown(const evaluate::Judged& judged);
// "the model M is general-purpose", "Acme is a provider of M".
std::string sentence(const model::Model& model, const evaluate::ConclusionVerdict& verdict, bool holds);
// "Acme, for the model M": the bearer, the object, and what else the row is about.
std::string row_title(const model::Model& model, const evaluate::NormVerdict& verdict);
// "case.yaml, as of 2026-03-01 (today: the case gives no date)".
std::string case_title(const CaseReport& one);

// Rows by bearer, then by what else they are about; both in the order of their first row. Positions in the list given.
struct RowGroup {
  std::string title;
  std::vector<std::size_t> rows;
};
std::vector<RowGroup> by_bearer(const model::Model& model, const std::vector<const evaluate::NormVerdict*>& rows);

}  // namespace onus::reports
