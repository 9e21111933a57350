// What a text file may consist of: well-formed UTF-8 without characters that cannot be seen, that reorder text, or that
// stand for nothing. One pass over the bytes finds everything else, with its place, so that no later stage meets such a
// byte.
//
// Refused everywhere, in comments and strings too: malformed UTF-8, surrogates, NUL, C0 and C1 controls other than tab
// and line ends, DEL, bidirectional controls, zero-width and other invisible characters (Unicode's
// Default_Ignorable_Code_Point, the invisible ones of category Cf, line and paragraph separator), noncharacters, a
// carriage return that does not end a line together with a line feed. One byte order mark at the very start is skipped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace onus {

enum class TextProblemKind : std::uint8_t {
  Malformed,      // not UTF-8
  OtherEncoding,  // UTF-16 or UTF-32, by its byte order mark or its zero bytes; nothing else is reported then
  Nul,
  Control,  // C0, DEL, C1
  Bidirectional,
  Invisible,  // zero-width, format, filler, variation selector, a byte order mark that is not at the start
  Noncharacter,
  LoneCarriageReturn,
};

struct TextProblem {
  std::uint32_t offset = 0;  // bytes
  std::uint32_t length = 0;  // bytes
  TextProblemKind kind = TextProblemKind::Malformed;
  char32_t code_point = 0;  // the byte's value for Malformed
  friend bool operator==(const TextProblem&, const TextProblem&) = default;
};

struct TextScan {
  std::uint32_t begin = 0;            // where the text starts: 3 after a byte order mark, else 0
  bool ascii = true;                  // no byte of 128 or more behind `begin`
  std::string_view encoding;          // "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE" with OtherEncoding, else empty
  bool well_formed = true;            // UTF-8 throughout, whatever the characters are
  std::vector<TextProblem> problems;  // the first `keep`, in order
  std::size_t problem_count = 0;      // all of them
  std::size_t lone_returns = 0;       // carriage returns that end no line; only the first is a problem of the list
  TextProblem last;                   // the last of all
};

// Linear; `text` below 4 GiB.
[[nodiscard]] TextScan scan_text(std::string_view text, std::size_t keep = 100);

// What the table above says of one code point (0 … 0x10FFFF) in the middle of a text; nothing for one that is allowed.
// A surrogate is Malformed, a carriage return allowed.
struct CodePointVerdict {
  bool allowed = true;
  TextProblemKind kind = TextProblemKind::Control;
};
[[nodiscard]] CodePointVerdict judge_code_point(char32_t code_point);

// Bidirectional or invisible. Where a text is written with escapes it may hold such a character, since the escape is
// seen; a name may not.
[[nodiscard]] bool is_hidden(char32_t code_point);

[[nodiscard]] bool is_ascii(std::string_view text);

// In Unicode's normal form C: two such texts that look the same have the same bytes, as far as accents go. `text` must
// be well-formed.
[[nodiscard]] bool is_nfc(std::string_view text);

// One decoded code point and its bytes. A malformed sequence gives `valid` false and the length of its longest prefix
// that could begin a character (at least 1). `offset` must be inside `text`.
struct Decoded {
  char32_t code_point = 0;
  std::uint32_t length = 1;
  bool valid = false;
};
[[nodiscard]] Decoded decode_utf8(std::string_view text, std::size_t offset);

// Appends the UTF-8 bytes of a Unicode scalar value.
void append_utf8(std::string& out, char32_t code_point);

}  // namespace onus
