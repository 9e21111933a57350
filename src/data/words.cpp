#include "data/words.hpp"

#include "source/utf8.hpp"

namespace onus::data {

std::size_t character_length(std::string_view text, std::size_t offset) {
  return offset < text.size() ? decode_utf8(text, offset).length : 0;
}

std::string shown(std::string_view text) {
  constexpr std::size_t most = 40;
  std::string result;
  for (std::size_t at = 0, count = 0; at < text.size(); ++count) {
    if (count == most) return result + "…";
    const std::size_t length = character_length(text, at);
    if (text[at] == '\n' || text[at] == '\r' || text[at] == '\t') {
      result += ' ';
    } else {
      result += text.substr(at, length);
    }
    at += length;
  }
  return result;
}

std::string seen(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return "the end of the file";
  if (text[offset] == '\n' || text[offset] == '\r') return "the end of the line";
  if (text[offset] == '\t') return "a tab";
  if (text[offset] == ' ') return "a blank";
  std::string result = "`";
  return result.append(text.substr(offset, character_length(text, offset))).append("`");
}

}  // namespace onus::data
