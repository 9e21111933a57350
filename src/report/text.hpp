// Text for people: widths, wrapping, colours. Whatever comes from a file is made safe for a terminal here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace onus::reports {

struct Style {
  bool colour = false;
  std::size_t columns = 100;
};

enum class Tone { Plain, Strong, Good, Bad, Open, Faint };

// The text in the tone's colour, if the style has colours.
std::string toned(std::string_view text, Tone tone, const Style& style);

// Text of a user as it may be shown: controls and invisible characters as escapes, on one line.
std::string safe(std::string_view text);

// Columns that a text takes on a terminal: wide characters two, combining ones none.
std::size_t width_of(std::string_view text);
// The text and blanks up to `columns`.
std::string padded(std::string_view text, std::size_t columns);

// Breaks a text at its blanks into lines of at most `columns`; a word that is longer stands alone.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

// Lines under one another: "  label       text that goes on
//                                         in the same column".
void append_entry(std::string& out, std::string_view label, std::string_view text, std::size_t indent, std::size_t label_columns,
                  const Style& style, Tone tone = Tone::Plain);

}  // namespace onus::reports
