// Small helpers on text that every stage shares: names, suggestions, safe printing. Bytes above ASCII pass unchanged
// except where said; nothing here consults the locale.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace onus {

// A name as it is compared: ASCII lower case, hyphens as blanks, runs of blanks (also tabs and line ends) as one, none at
// either end. "  Free-and-Open  Source" and "free and open source" are the same name.
std::string normalise_name(std::string_view name);
std::string lower_case(std::string_view text);  // ASCII letters only

// Damerau-Levenshtein distance (insert, delete, replace, swap of neighbours; each place edited once) in bytes; nothing
// when it is above `limit`. Linear in the text times the limit.
std::optional<std::size_t> edit_distance(std::string_view left, std::string_view right, std::size_t limit);

// How far a suggestion may lie from a word of this length: 0 for one or two letters, 1 up to five, 2 up to nine, then 3.
std::size_t suggestion_limit(std::size_t word_length);

// The index of the candidate nearest to `word` (both compared as normalised names), within suggestion_limit of the word; of a
// word of two letters also one with a letter more.
// Ties go to the earliest candidate, so the answer depends on the order of the list alone.
std::optional<std::size_t> nearest(std::span<const std::string_view> candidates, std::string_view word);
std::optional<std::size_t> nearest(std::span<const std::string> candidates, std::string_view word);

// Text of a user made safe for a terminal or a log line: C0 and C1 controls, DEL and bytes that are no UTF-8 as \x1b, bidi
// controls, zero-width and other invisible format characters and line separators as \u202e. A backslash stays as it is.
// `keep_newlines` lets \n through.
std::string escape_for_terminal(std::string_view text, bool keep_newlines = false);

std::string join(std::span<const std::string> parts, std::string_view separator);
std::string join(std::span<const std::string_view> parts, std::string_view separator);
// "a", "a or b", "a, b or c": the last separator is ` last `.
std::string join_with(std::span<const std::string> parts, std::string_view last);

// "1 day", "2 days": the count, a blank, and the word with `s` unless the count is 1.
std::string count_of(std::size_t count, std::string_view singular);

}  // namespace onus
