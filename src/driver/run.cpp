#include "driver/run.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "evaluate/particulars.hpp"

namespace onus::driver {

reports::Style style_of(const Layout& layout) { return {layout.colour, layout.columns}; }

reports::DiagnosticOptions diagnostic_options(const Common& common, const Limits& limits) {
  return {limits.diagnostics_per_file, common.quiet};
}

std::string messages_of(const Session& session, const Common& common) {
  std::string text;
  if (common.verbose) {
    for (const auto& input : session.inputs()) text += "read " + reports::safe(input.path) + " (sha256 " + input.sha256 + ")\n";
  }
  return text + reports::diagnostics_text(session.sink(), session.sources(), style_of(common.messages_layout),
                                          diagnostic_options(common, session.limits()));
}

std::string message_line(const std::string& text) { return "onus: " + reports::safe(text) + "\n"; }

void report_clash(Session& session, const facts::Case& the_case, const evaluate::Clash& clash) {
  const Span at = clash.spans.empty() ? the_case.span : clash.spans.front();
  auto reported = diagnose<Kind::CaseClash>(session.sink(), at, the_case.name, join(clash.statements, "; "));
  for (std::size_t i = 1; i < clash.spans.size(); ++i) {
    reported.note(clash.spans[i], i < clash.statements.size() ? clash.statements[i] : "and this");
  }
}

void check_performances(Session& session, const facts::Case& the_case, const evaluate::CaseVerdicts& verdicts, Date last) {
  if (!the_case.done) return;
  for (const auto& done : *the_case.done) {
    const bool known = std::ranges::any_of(verdicts.norms, [&](const auto& row) { return evaluate::is_of_row(done, row.provision, row); });
    if (!known) {
      std::string whom = done.bearer.is_valid() ? "`" + the_case.entities[done.bearer.index].name + "`" : "anybody";
      if (done.object) whom += " for `" + the_case.entities[done.object->index].name + "`";
      diagnose<Kind::PerformanceOfNoRow>(session.sink(), done.span, session.model().name_of(done.provision), whom);
    } else if (done.on > last) {
      diagnose<Kind::PerformanceLater>(session.sink(), done.span, to_text(verdicts.as_of));
    }
  }
}

std::string one_line(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

std::string head_of(std::string_view condition) {
  std::string line = one_line(condition);
  if (const auto list = line.find(": -"); list != std::string::npos) line.resize(list);
  while (!line.empty() && (line.back() == '.' || line.back() == ';' || line.back() == ',')) line.pop_back();
  return line;
}

std::string particular_text(std::string_view text) {
  std::string line = one_line(text);
  if (line.ends_with('.')) line.pop_back();
  const auto colon = line.find(": ");
  if (colon != std::string::npos && line.find('"') > colon) line.erase(0, colon + 2);
  return line;
}

}  // namespace onus::driver
