#include "source/utf8.hpp"

#include <algorithm>
#include <array>

namespace onus {
namespace {

using Byte = unsigned char;

Byte byte_at(std::string_view text, std::size_t at) { return static_cast<Byte>(text[at]); }

struct Range {
  char32_t first;
  char32_t last;
  TextProblemKind kind;
};

// Sorted, disjoint. Sources: Unicode 15 PropList (Bidi_Control, Noncharacter_Code_Point), DerivedCoreProperties
// (Default_Ignorable_Code_Point), UnicodeData (Cc, Cf, Zl, Zp). Format characters that have a shape of their own (the
// Arabic, Syriac and Kaithi number signs) are allowed; the last two code points of every plane are handled by
// arithmetic.
constexpr std::array ranges{
    Range{0x0000, 0x0000, TextProblemKind::Nul},
    Range{0x0001, 0x0008, TextProblemKind::Control},
    Range{0x000B, 0x000C, TextProblemKind::Control},
    Range{0x000E, 0x001F, TextProblemKind::Control},
    Range{0x007F, 0x009F, TextProblemKind::Control},
    Range{0x00AD, 0x00AD, TextProblemKind::Invisible},      // soft hyphen
    Range{0x034F, 0x034F, TextProblemKind::Invisible},      // combining grapheme joiner
    Range{0x061C, 0x061C, TextProblemKind::Bidirectional},  // Arabic letter mark
    Range{0x115F, 0x1160, TextProblemKind::Invisible},      // Hangul fillers
    Range{0x17B4, 0x17B5, TextProblemKind::Invisible},      // Khmer inherent vowels
    Range{0x180B, 0x180F, TextProblemKind::Invisible},      // Mongolian selectors, vowel separator
    Range{0x200B, 0x200D, TextProblemKind::Invisible},      // zero width space, non-joiner, joiner
    Range{0x200E, 0x200F, TextProblemKind::Bidirectional},  // left-to-right, right-to-left mark
    Range{0x2028, 0x2029, TextProblemKind::Invisible},      // line, paragraph separator
    Range{0x202A, 0x202E, TextProblemKind::Bidirectional},  // embeddings and overrides
    Range{0x2060, 0x2065, TextProblemKind::Invisible},      // word joiner, invisible operators
    Range{0x2066, 0x2069, TextProblemKind::Bidirectional},  // isolates
    Range{0x206A, 0x206F, TextProblemKind::Invisible},      // deprecated shaping controls
    Range{0x3164, 0x3164, TextProblemKind::Invisible},      // Hangul filler
    Range{0xD800, 0xDFFF, TextProblemKind::Malformed},      // surrogates
    Range{0xFDD0, 0xFDEF, TextProblemKind::Noncharacter},
    Range{0xFE00, 0xFE0F, TextProblemKind::Invisible},    // variation selectors
    Range{0xFEFF, 0xFEFF, TextProblemKind::Invisible},    // byte order mark, zero width no-break space
    Range{0xFFA0, 0xFFA0, TextProblemKind::Invisible},    // halfwidth Hangul filler
    Range{0xFFF0, 0xFFFB, TextProblemKind::Invisible},    // reserved as ignorable; interlinear annotation
    Range{0x13430, 0x1343F, TextProblemKind::Invisible},  // Egyptian hieroglyph format controls
    Range{0x1BCA0, 0x1BCA3, TextProblemKind::Invisible},  // shorthand format controls
    Range{0x1D173, 0x1D17A, TextProblemKind::Invisible},  // musical format controls
    Range{0xE0000, 0xE0FFF, TextProblemKind::Invisible},  // tags, variation selectors supplement, reserved
};

constexpr std::size_t block = 64;

// No byte of the block needs a look: printable ASCII, tab, line feed.
bool plain_block(const char* bytes) {
  unsigned odd = 0;
  for (std::size_t i = 0; i < block; ++i) {
    const auto c = static_cast<Byte>(bytes[i]);
    const unsigned printable = static_cast<unsigned>(static_cast<Byte>(c - 0x20U) <= 0x5EU);
    const unsigned space = static_cast<unsigned>(c == '\n') | static_cast<unsigned>(c == '\t');
    odd |= (printable | space) ^ 1U;
  }
  return odd == 0;
}

std::string_view other_encoding(std::string_view text) {
  const auto starts = [&](std::string_view mark) { return text.substr(0, mark.size()) == mark; };
  using namespace std::string_view_literals;
  if (starts("\xFF\xFE\0\0"sv)) return "UTF-32LE";
  if (starts("\0\0\xFE\xFF"sv)) return "UTF-32BE";
  if (starts("\xFF\xFE"sv)) return "UTF-16LE";
  if (starts("\xFE\xFF"sv)) return "UTF-16BE";
  // Without a mark: the first two characters are ASCII, each with its zero byte (four bytes for UTF-32).
  if (text.size() < 4 || text.size() % 2 != 0) return {};
  const auto zero = [&](std::size_t at) { return text[at] == '\0'; };
  if (!zero(0) && zero(1) && zero(2) && zero(3)) return "UTF-32LE";
  if (zero(0) && zero(1) && zero(2) && !zero(3)) return "UTF-32BE";
  if (!zero(0) && zero(1) && !zero(2) && zero(3)) return "UTF-16LE";
  if (zero(0) && !zero(1) && zero(2) && !zero(3)) return "UTF-16BE";
  return {};
}

}  // namespace

CodePointVerdict judge_code_point(char32_t code_point) {
  if (code_point > 0x10FFFF) return {false, TextProblemKind::Malformed};
  if ((code_point & 0xFFFEU) == 0xFFFEU) return {false, TextProblemKind::Noncharacter};
  const auto* const found = std::lower_bound(ranges.begin(), ranges.end(), code_point,
                                             [](const Range& range, char32_t value) { return range.last < value; });
  if (found == ranges.end() || code_point < found->first) return {};
  return {false, found->kind};
}

bool is_hidden(char32_t code_point) {
  const CodePointVerdict verdict = judge_code_point(code_point);
  return !verdict.allowed &&
         (verdict.kind == TextProblemKind::Bidirectional || verdict.kind == TextProblemKind::Invisible);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<Byte>(c) < 0x80U; });
}

Decoded decode_utf8(std::string_view text, std::size_t offset) {
  const Byte lead = byte_at(text, offset);
  if (lead < 0x80U) return {lead, 1, true};
  // The second byte's range shuts out overlong forms, surrogates and values past U+10FFFF (Unicode, table 3-7).
  Byte low = 0x80U;
  Byte high = 0xBFU;
  std::uint32_t length = 0;
  if (lead >= 0xC2U && lead <= 0xDFU) {
    length = 2;
  } else if (lead >= 0xE0U && lead <= 0xEFU) {
    length = 3;
    if (lead == 0xE0U) low = 0xA0U;
    if (lead == 0xEDU) high = 0x9FU;
  } else if (lead >= 0xF0U && lead <= 0xF4U) {
    length = 4;
    if (lead == 0xF0U) low = 0x90U;
    if (lead == 0xF4U) high = 0x8FU;
  } else {
    return {lead, 1, false};
  }
  auto value = static_cast<char32_t>(lead & (0xFFU >> (length + 1)));
  for (std::uint32_t i = 1; i < length; ++i) {
    if (offset + i >= text.size()) return {lead, i, false};
    const Byte next = byte_at(text, offset + i);
    if (next < low || next > high) return {lead, i, false};
    low = 0x80U;
    high = 0xBFU;
    value = (value << 6U) | (next & 0x3FU);
  }
  return {value, length, true};
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&](char32_t value) { out += static_cast<char>(static_cast<Byte>(value)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0U | (code_point >> 6U));
    put(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    put(0xE0U | (code_point >> 12U));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  } else {
    put(0xF0U | (code_point >> 18U));
    put(0x80U | ((code_point >> 12U) & 0x3FU));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  }
}

TextScan scan_text(std::string_view text, std::size_t keep) {
  TextScan scan;
  const auto found = [&](std::size_t at, std::uint32_t length, TextProblemKind kind, char32_t code_point) {
    if (kind == TextProblemKind::LoneCarriageReturn && ++scan.lone_returns > 1) return;
    if (kind == TextProblemKind::Malformed || kind == TextProblemKind::OtherEncoding) scan.well_formed = false;
    ++scan.problem_count;
    scan.last = {static_cast<std::uint32_t>(at), length, kind, code_point};
    if (scan.problems.size() < keep) scan.problems.push_back(scan.last);
  };
  scan.encoding = other_encoding(text);
  if (!scan.encoding.empty()) {
    scan.ascii = false;
    found(0, static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), 2)), TextProblemKind::OtherEncoding, 0);
    return scan;
  }
  if (text.substr(0, 3) == "\xEF\xBB\xBF") scan.begin = 3;
  for (std::size_t at = scan.begin; at < text.size();) {
    if (text.size() - at >= block && plain_block(text.data() + at)) {
      at += block;
      continue;
    }
    const std::size_t stop = std::min(text.size(), at + block);
    while (at < stop) {
      const Byte c = byte_at(text, at);
      if (c < 0x80U) {
        if (c == '\r') {
          if (at + 1 >= text.size() || text[at + 1] != '\n') found(at, 1, TextProblemKind::LoneCarriageReturn, c);
        } else if (c < 0x20U || c == 0x7FU) {
          if (c != '\n' && c != '\t') found(at, 1, c == 0 ? TextProblemKind::Nul : TextProblemKind::Control, c);
        }
        ++at;
        continue;
      }
      scan.ascii = false;
      const Decoded decoded = decode_utf8(text, at);
      if (!decoded.valid) {
        found(at, decoded.length, TextProblemKind::Malformed, decoded.code_point);
      } else if (const auto verdict = judge_code_point(decoded.code_point); !verdict.allowed) {
        found(at, decoded.length, verdict.kind, decoded.code_point);
      }
      at += decoded.length;
    }
  }
  return scan;
}

}  // namespace onus
