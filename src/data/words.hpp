// How the readers name what they saw in a message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace onus::data {

// At most about forty characters of a text, cut between characters; line ends and tabs are shown as blanks.
[[nodiscard]] std::string shown(std::string_view text);
// What stands at `offset`: "`x`" for a character, "the end of a line", "the end of the file".
[[nodiscard]] std::string seen(std::string_view text, std::size_t offset);
// Bytes of the character at `offset`; 0 at the end of the text.
[[nodiscard]] std::size_t character_length(std::string_view text, std::size_t offset);

}  // namespace onus::data
