#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace onus {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

struct CodePoint {
  char32_t value;
  std::size_t size;  // in bytes; 0: the first byte begins no well-formed UTF-8 sequence
};

CodePoint decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < size) return {0, 0};
  char32_t value = first & (0xffU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {0, 0};
    value = value << 6 | (byte(i) & 0x3f);
  }
  constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  if (value < least[size] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return {0, 0};
  return {value, size};
}

// Characters that move, hide or reorder what stands beside them, or that no font shows.
bool is_hidden(char32_t c) {
  struct Span {
    char32_t first, last;
  };
  constexpr std::array<Span, 14> spans = {{{0x00ad, 0x00ad},
                                           {0x034f, 0x034f},
                                           {0x061c, 0x061c},
                                           {0x115f, 0x1160},
                                           {0x17b4, 0x17b5},
                                           {0x180b, 0x180f},
                                           {0x200b, 0x200f},
                                           {0x2028, 0x202e},
                                           {0x2060, 0x206f},
                                           {0x3164, 0x3164},
                                           {0xfeff, 0xfeff},
                                           {0xffa0, 0xffa0},
                                           {0xfff0, 0xfffb},
                                           {0xe0000, 0xe0fff}}};
  return std::ranges::any_of(spans, [c](const Span& span) { return c >= span.first && c <= span.last; });
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7f && c <= 0x9f); }

void append_escape(std::string& out, char kind, char32_t value, std::size_t digits) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '\\';
  out += kind;
  for (std::size_t i = digits; i > 0; --i) out += hex[value >> (4 * (i - 1)) & 15];
}

template <class Text>
std::string join_any(std::span<const Text> parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += separator;
    out += parts[i];
  }
  return out;
}

template <class Text>
std::optional<std::size_t> nearest_any(std::span<const Text> candidates, std::string_view word) {
  const std::string wanted = normalise_name(word);
  // Of two letters, only a third one was left out: `EU` for `EUR`.
  const bool two = wanted.size() == 2;
  std::size_t limit = two ? 1 : suggestion_limit(wanted.size());
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::string name = normalise_name(candidates[i]);
    const auto distance = edit_distance(name, wanted, limit);
    if (!distance || (two && *distance == 1 && name.size() != 3)) continue;
    best = i;
    if (*distance == 0) break;
    limit = *distance - 1;  // only a nearer one can still win
  }
  return best;
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

std::string normalise_name(std::string_view name) {
  std::string out;
  bool blank = false;
  for (const char c : name) {
    if (c == ' ' || c == '-' || c == '\t' || c == '\n' || c == '\r') {
      blank = true;
      continue;
    }
    if (blank && !out.empty()) out += ' ';
    blank = false;
    out += lower(c);
  }
  return out;
}

std::optional<std::size_t> edit_distance(std::string_view left, std::string_view right, std::size_t limit) {
  if (left.size() > right.size()) std::swap(left, right);
  if (right.size() - left.size() > limit) return std::nullopt;
  limit = std::min(limit, right.size());
  const std::size_t beyond = limit + 1;
  // Rows of the usual table; only cells within `limit` of the diagonal can matter, the rest count as beyond.
  std::vector<std::size_t> older(left.size() + 1, beyond);
  std::vector<std::size_t> old(left.size() + 1, beyond);
  std::vector<std::size_t> row(left.size() + 1, beyond);
  for (std::size_t j = 0; j <= std::min(left.size(), limit); ++j) row[j] = j;
  bool old_alive = true;
  for (std::size_t i = 1; i <= right.size(); ++i) {
    std::swap(older, old);
    std::swap(old, row);
    std::ranges::fill(row, beyond);
    const std::size_t from = i > limit ? i - limit : 0;
    const std::size_t to = std::min(left.size(), i + limit);
    bool alive = false;
    for (std::size_t j = from; j <= to; ++j) {
      std::size_t cell = j == 0 ? i : beyond;
      if (j > 0) {
        cell = std::min({old[j] + 1, row[j - 1] + 1, old[j - 1] + (left[j - 1] == right[i - 1] ? 0 : 1)});
        if (i > 1 && j > 1 && left[j - 1] == right[i - 2] && left[j - 2] == right[i - 1])
          cell = std::min(cell, older[j - 2] + 1);
      }
      row[j] = std::min(cell, beyond);
      alive = alive || row[j] <= limit;
    }
    if (!alive && !old_alive) return std::nullopt;
    old_alive = alive;
  }
  if (row[left.size()] > limit) return std::nullopt;
  return row[left.size()];
}

std::size_t suggestion_limit(std::size_t word_length) {
  if (word_length <= 2) return 0;
  if (word_length <= 5) return 1;
  return word_length <= 9 ? 2 : 3;
}

std::optional<std::size_t> nearest(std::span<const std::string_view> candidates, std::string_view word) {
  return nearest_any(candidates, word);
}

std::optional<std::size_t> nearest(std::span<const std::string> candidates, std::string_view word) {
  return nearest_any(candidates, word);
}

std::string escape_for_terminal(std::string_view text, bool keep_newlines) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto* const run = text.begin() + at;
    const auto* const end = std::find_if(run, text.end(), [](char c) { return c < ' ' || c > '~'; });
    if (end != run) {
      out.append(run, end);
      at += static_cast<std::size_t>(end - run);
      continue;
    }
    const CodePoint point = decode(text.substr(at, 4));
    if (point.size == 0) {
      append_escape(out, 'x', static_cast<unsigned char>(text[at]), 2);
      ++at;
      continue;
    }
    if (is_control(point.value) && !(keep_newlines && point.value == '\n')) {
      append_escape(out, 'x', point.value, 2);
    } else if (is_hidden(point.value)) {
      if (point.value > 0xffff) {
        append_escape(out, 'U', point.value, 8);
      } else {
        append_escape(out, 'u', point.value, 4);
      }
    } else {
      out += text.substr(at, point.size);
    }
    at += point.size;
  }
  return out;
}

std::string join(std::span<const std::string> parts, std::string_view separator) { return join_any(parts, separator); }

std::string join(std::span<const std::string_view> parts, std::string_view separator) {
  return join_any(parts, separator);
}

std::string join_with(std::span<const std::string> parts, std::string_view last) {
  if (parts.size() < 2) return join(parts, "");
  std::string out = join(parts.first(parts.size() - 1), ", ");
  out += ' ';
  out += last;
  out += ' ';
  return out + parts.back();
}

std::string count_of(std::size_t count, std::string_view singular) {
  std::string out = std::to_string(count) + " ";
  out += singular;
  if (count != 1) out += 's';
  return out;
}

}  // namespace onus
