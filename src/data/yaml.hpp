// Reads one YAML document into the neutral tree, or refuses it with a place and a reason.
//
// The subset: one document of mappings, lists and scalars. No anchors, aliases, tags, merge keys, complex keys,
// directives. Keys are scalars and distinct; escapes of controls, and in keys of characters that cannot be seen, are
// refused. Behind yaml-cpp's events stands a check that accounts for every byte of the file: each is part of a scalar
// that was delivered, of a comment, white space, or one of the brackets, dashes, commas and colons that the delivered
// structure needs. Whatever yaml-cpp would have dropped is therefore an error.
#pragma once

#include <optional>

#include "base/limits.hpp"
#include "data/document.hpp"
#include "diagnostics/diagnostic.hpp"
#include "source/source.hpp"

namespace onus::data {

// Nothing when at least one error was reported for the file. Checks the file's bytes too (`check_text`). An empty value
// is delivered as such (Nullness), since only the reader of facts can say what was expected there.
[[nodiscard]] std::optional<Document> read_yaml(const SourceStore& store, FileId file, const Limits& limits,
                                                Sink& sink);

}  // namespace onus::data
