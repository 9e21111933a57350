// The reserved words of the language (kinds.def): which spelling is which keyword, and which keyword a drafter may have meant.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "syntax/tree.hpp"

namespace onus::syntax {

// The keyword spelt exactly so (lower case), else NodeKind::Word.
[[nodiscard]] NodeKind word_kind(std::string_view word);

// All keywords, in the order of kinds.def.
[[nodiscard]] const std::vector<NodeKind>& keywords();

// Whether `word` is one slip away from the spelling of `keyword`: one letter missing, added, replaced or two neighbours
// swapped (two slips in words of eight letters and more); capitals do not count as slips. Never true for equal spellings.
[[nodiscard]] bool is_misspelling_of(std::string_view word, NodeKind keyword);

// What another drafting style writes for a keyword of this language: `shall` for `must`, `where` for `if`. Several
// keywords may answer one word (`which` may mean `that`); the list is empty for other words.
[[nodiscard]] std::vector<NodeKind> accepted_for(std::string_view word);

}  // namespace onus::syntax
