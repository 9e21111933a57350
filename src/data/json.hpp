// Reads one JSON text (RFC 8259, strictly) into the neutral tree, or refuses it with a place and a reason.
//
// A number is kept as the text that was written. Refused besides what the grammar refuses: equal keys in one object,
// lone surrogates, characters that cannot be seen, escapes of controls and noncharacters, in keys also escapes of
// characters that cannot be seen, and whatever exceeds the limits.
#pragma once

#include <optional>

#include "base/limits.hpp"
#include "data/document.hpp"
#include "diagnostics/diagnostic.hpp"
#include "source/source.hpp"

namespace onus::data {

// What is asked for beyond RFC 8259. Case files keep all of it; the grammar alone is for comparisons with other
// readers.
struct JsonRules {
  bool distinct_keys = true;  // no key twice in one object
  bool visible_text = true;   // the characters of source/utf8.hpp are refused, and their escapes as said above
};

// Nothing when at least one error was reported for the file. Checks the file's bytes too (`check_text`); one leading
// byte order mark is skipped, as in every file that onus reads. Linear, no recursion.
[[nodiscard]] std::optional<Document> read_json(const SourceStore& store, FileId file, const Limits& limits, Sink& sink,
                                                JsonRules rules = {});

}  // namespace onus::data
