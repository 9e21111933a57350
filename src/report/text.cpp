#include "report/text.hpp"

#include <utf8proc.h>

#include "base/text.hpp"
#include "source/utf8.hpp"

namespace onus::reports {

std::string toned(std::string_view text, Tone tone, const Style& style) {
  std::string_view code;
  switch (tone) {
    case Tone::Plain: break;
    case Tone::Strong: code = "1"; break;
    case Tone::Good: code = "1;32"; break;
    case Tone::Bad: code = "1;31"; break;
    case Tone::Open: code = "1;33"; break;
    case Tone::Faint: code = "2"; break;
  }
  if (!style.colour || code.empty()) return std::string(text);
  std::string out = "\x1b[";
  out.append(code).append("m").append(text).append("\x1b[0m");
  return out;
}

std::string safe(std::string_view text) { return escape_for_terminal(text); }

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      ++width;
      ++at;
      continue;
    }
    const Decoded decoded = decode_utf8(text, at);
    const int columns = decoded.valid ? utf8proc_charwidth(static_cast<utf8proc_int32_t>(decoded.code_point)) : 1;
    width += columns > 0 ? static_cast<std::size_t>(columns) : 0;
    at += decoded.length;
  }
  return width;
}

std::string padded(std::string_view text, std::size_t columns) {
  std::string out(text);
  const std::size_t width = width_of(text);
  if (width < columns) out.append(columns - width, ' ');
  return out;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  std::string line;
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ' || text[at] == '\n') {
      ++at;
      continue;
    }
    std::size_t end = text.find_first_of(" \n", at);
    if (end == std::string_view::npos) end = text.size();
    const auto word = text.substr(at, end - at);
    const std::size_t word_width = width_of(word);
    if (!line.empty() && width + 1 + word_width > columns) {
      lines.push_back(std::move(line));
      line.clear();
      width = 0;
    }
    if (!line.empty()) {
      line += ' ';
      ++width;
    }
    line += word;
    width += word_width;
    at = end;
  }
  if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
  return lines;
}

void append_entry(std::string& out, std::string_view label, std::string_view text, std::size_t indent, std::size_t label_columns,
                  const Style& style, Tone tone) {
  const std::size_t column = indent + label_columns;
  const std::size_t room = style.columns > column + 20 ? style.columns - column : 20;
  bool first = true;
  for (const auto& line : wrapped(text, room)) {
    out.append(indent, ' ');
    const std::string_view shown = first ? label : std::string_view();
    out += toned(shown, tone, style);
    const std::size_t width = width_of(shown);
    if (!line.empty()) {
      out.append(width < label_columns ? label_columns - width : 1, ' ');
      out += line;
    }
    out += '\n';
    first = false;
  }
}

}  // namespace onus::reports
