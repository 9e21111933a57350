// The report of `onus check`: verdicts of one or several cases, as a page for people and as JSON (`check/1`).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/timeline.hpp"
#include "evaluate/verdict.hpp"
#include "model/model.hpp"
#include "report/json.hpp"
#include "report/text.hpp"

namespace onus::reports {

struct InputFile {
  std::string path;
  std::string sha256;
  std::optional<Date> encoded_as_of;   // rule files: the day of the text that they encode, as their first comment says
};

// A rule file of a folder that took no part, or a regulation that has no effect on the day of a case.
struct LeftOut {
  std::string path;
  std::string regulation;
  std::string why;
  friend bool operator==(const LeftOut&, const LeftOut&) = default;
};

// An answer to a judgement that the case records.
struct RecordedAnswer {
  std::string about;                   // "model Base-70B · generally capable"
  std::string answer;                  // "yes", "no", "not established"
  std::string by, because;             // empty: not said
  std::optional<Date> on;
};

struct CaseReport {
  evaluate::CaseVerdicts verdicts;
  std::optional<evaluate::CaseTimeline> timeline;
  std::vector<RecordedAnswer> answers; // in the order of the vocabulary, then of the case
  enum class DateFrom : std::uint8_t { Case, Option, Today } date_from = DateFrom::Case;
  std::optional<Date> case_date;       // what the case says, if the option wins
};

// The days of the timelines.
struct Span {
  std::optional<Date> from, to;        // as they were asked for: one of them at least
};

struct CheckReport {
  std::optional<Span> span;
  const model::Model* model = nullptr;
  std::vector<InputFile> inputs;
  std::vector<CaseReport> cases;       // those that were judged, in the order given
  std::size_t rejected = 0;            // cases without verdicts, for what the diagnostics say
  std::size_t not_judged = 0;          // cases that the run did not come to: it was stopped
  bool stopped = false;
  std::vector<LeftOut> left_out;
  std::vector<std::string> under;      // "reading `significant change`", "`--no-defaults`": what the verdicts hold under
  std::uint64_t budget = 0;            // solver steps a question
  std::optional<Json> diagnostics;     // JSON only: list, where there is something to say
};

struct CheckCounts {
  std::size_t verdicts = 0, applies = 0, depends = 0, undetermined = 0, does_not_apply = 0, not_yet = 0, no_longer = 0;
  std::size_t conclusions = 0, holds = 0, conclusions_open = 0, conclusions_gave_up = 0;
  std::size_t overdue = 0;             // duties missed
  std::size_t breached = 0;            // prohibitions
  std::size_t gave_up = 0;              // norms
  std::size_t timelines_gave_up = 0;    // rows of which it is not known on which days they change, or what they are on some
};
CheckCounts count(const CheckReport& report);

// A report to hand on, in Markdown: with how old the encoded text is, who answered what, and timelines where there are some.
std::string check_markdown(const CheckReport& report, bool all);
// The timelines of the cases, as a page and as JSON (`timeline/1`).
std::string timeline_page(const CheckReport& report, const Style& style, bool all);
std::string timeline_json(const CheckReport& report);

std::string check_json(const CheckReport& report);
// `all`: with the reasons of what does not apply, and every conclusion.
std::string check_page(const CheckReport& report, const Style& style, bool all);

}  // namespace onus::reports
