// What every request has in common: diagnostics to standard error, usage errors, the words of a result.
#pragma once

#include <string>
#include <string_view>

#include "driver/session.hpp"
#include "driver/settings.hpp"
#include "evaluate/evaluate.hpp"
#include "facts/case.hpp"
#include "onus/onus.hpp"
#include "report/diagnostics.hpp"
#include "report/text.hpp"

namespace onus::driver {

reports::Style style_of(const Layout& layout);
reports::DiagnosticOptions diagnostic_options(const Common& common, const Limits& limits);

// The diagnostics of the run, as text, and with `verbose` what was read.
std::string messages_of(const Session& session, const Common& common);
// "onus check: …": a line of standard error.
std::string message_line(const std::string& text);

inline bool stopped(const Common& common) { return common.stop != nullptr && common.stop->load(); }
// Why a case has no verdict, where the run was stopped before it.
inline constexpr std::string_view not_reached = "not judged: the run was stopped before";

// Says which statements clash, and in which case: the text of the rules alone may have said them all.
void report_clash(Session& session, const facts::Case& the_case, const evaluate::Clash& clash);

// Warns of what is listed as done and counts for nothing; `last`: the last day that is judged.
void check_performances(Session& session, const facts::Case& the_case, const evaluate::CaseVerdicts& verdicts, Date last);

// A text of a rule file on one line.
std::string one_line(std::string_view text);
// A condition on one line; of a list its head, "all of the following apply".
std::string head_of(std::string_view condition);
// What a particular says: "due: within 2 weeks of the launch." is "within 2 weeks of the launch".
std::string particular_text(std::string_view text);

template <class R>
R usage_result(const UsageError& error) {
  R result;
  result.exit = Exit::Usage;
  result.messages = message_line(error.what());
  return result;
}

}  // namespace onus::driver
