// What a message calls a token, and what could have stood in its place: in the drafter's words, four or five at most.
#pragma once

#include <string>

#include "grammar/reader.hpp"

namespace onus::syntax {

// "`iff`", "the text \"…\"", "a bullet", "the end of the file".
[[nodiscard]] std::string phrase_of(const Reader& reader, Place at);
// One kind: "`if`", "a full stop", "a text in quotes".
[[nodiscard]] std::string phrase_of(NodeKind kind);
// "`if`, `unless` or a full stop".
[[nodiscard]] std::string phrase_of(const KindSet& expected);

}  // namespace onus::syntax
