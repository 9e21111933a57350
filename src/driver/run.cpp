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

}  // namespace onus::driver
