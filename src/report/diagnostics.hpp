// Diagnostics as people read them and as JSON.
//
//   rules.onus:12:7: error ON1021: `defnition` is not known here; did you mean `definition`?
//     12 | defnition 3.2 "Downstream modifier":
//        | ^~~~~~~~~
//
// Columns count code points. Lines of any length are cut to the part around the mark. At most `per_file` of a file are shown,
// and then how many more there are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "report/json.hpp"
#include "report/text.hpp"
#include "source/source.hpp"

namespace onus::reports {

struct DiagnosticOptions {
  std::uint64_t per_file = 100;
  bool errors_only = false;
};

// In the order of files and places.
std::string diagnostics_text(const Sink& sink, const SourceStore& sources, const Style& style, const DiagnosticOptions& options);
std::string diagnostic_text(const Diagnostic& diagnostic, const SourceStore& sources, const Style& style);
// A list of objects, as the schema `diagnostics` has it.
Json diagnostics_json(const Sink& sink, const SourceStore& sources, const DiagnosticOptions& options);

// "rules.onus:12:7"
std::string place_of(Span span, const SourceStore& sources);
std::string_view severity_word(Severity severity);

}  // namespace onus::reports
