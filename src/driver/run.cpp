#include "driver/run.hpp"

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

std::string particular_text(std::string_view text) {
  std::string line = one_line(text);
  if (line.ends_with('.')) line.pop_back();
  const auto colon = line.find(": ");
  if (colon != std::string::npos && line.find('"') > colon) line.erase(0, colon + 2);
  return line;
}

}  // namespace onus::driver
