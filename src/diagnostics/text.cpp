#include "diagnostics/text.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "source/utf8.hpp"

namespace onus {
namespace {

struct Named {
  char32_t code_point;
  std::string_view name;
};

// The ones that people meet; the number alone is enough for the others.
constexpr std::array known{
    Named{0x0000, "NUL"},
    Named{0x0007, "BEL"},
    Named{0x0008, "backspace"},
    Named{0x000B, "vertical tab"},
    Named{0x000C, "form feed"},
    Named{0x001A, "SUB, the end of a DOS file"},
    Named{0x001B, "escape"},
    Named{0x007F, "delete"},
    Named{0x0085, "next line"},
    Named{0x00AD, "soft hyphen"},
    Named{0x061C, "Arabic letter mark"},
    Named{0x200B, "zero width space"},
    Named{0x200C, "zero width non-joiner"},
    Named{0x200D, "zero width joiner"},
    Named{0x200E, "left-to-right mark"},
    Named{0x200F, "right-to-left mark"},
    Named{0x2028, "line separator"},
    Named{0x2029, "paragraph separator"},
    Named{0x202A, "left-to-right embedding"},
    Named{0x202B, "right-to-left embedding"},
    Named{0x202C, "pop directional formatting"},
    Named{0x202D, "left-to-right override"},
    Named{0x202E, "right-to-left override"},
    Named{0x2060, "word joiner"},
    Named{0x2066, "left-to-right isolate"},
    Named{0x2067, "right-to-left isolate"},
    Named{0x2068, "first strong isolate"},
    Named{0x2069, "pop directional isolate"},
    Named{0x3164, "Hangul filler"},
    Named{0xFE0E, "text variation selector"},
    Named{0xFE0F, "emoji variation selector"},
    Named{0xFEFF, "byte order mark, zero width no-break space"},
};

std::string hex(std::uint32_t value, std::size_t digits) {
  constexpr std::string_view symbols = "0123456789ABCDEF";
  std::string result;
  for (; value != 0 || result.size() < digits; value >>= 4U) result += symbols[value & 0xFU];
  std::reverse(result.begin(), result.end());
  return result;
}

// The next byte from `at` that is not ASCII; eight are looked at together.
std::size_t beyond_ascii(std::string_view text, std::size_t at) {
  for (std::uint64_t eight = 0; text.size() - at >= sizeof eight; at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & 0x8080808080808080U) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80U) ++at;
  return at;
}

// Words are what stands between ASCII white space; one message tells of all. Only those with more than ASCII can be wrong.
void check_normal_form(std::string_view text, FileId file, Sink& sink) {
  constexpr std::string_view blanks = " \t\r\n";
  Span first;
  std::int64_t count = 0;
  for (std::size_t at = beyond_ascii(text, 0); at < text.size();) {
    const std::size_t begin = text.find_last_of(blanks, at) + 1;   // 0 where there is none
    const std::size_t end = std::min(text.find_first_of(blanks, at), text.size());
    if (!is_nfc(text.substr(begin, end - begin)) && ++count == 1) {
      first = {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }
    at = beyond_ascii(text, end);
  }
  if (count == 0) return;
  const std::string_view word = text.substr(first.begin, first.end - first.begin);
  diagnose<Kind::NotNormalised>(sink, first, word.size() > 80 ? std::string_view("this word") : word, count);
}

}  // namespace

std::string describe_code_point(char32_t code_point) {
  std::string result = "U+" + hex(code_point, 4);
  const auto* const found =
      std::find_if(known.begin(), known.end(), [&](const Named& n) { return n.code_point == code_point; });
  if (found != known.end()) result.append(" (").append(found->name).append(")");
  return result;
}

bool check_text(const SourceFile& source, FileId file, Sink& sink, std::size_t most) {
  const TextScan scan = scan_text(source.text(), most);
  if (scan.problem_count == 0) {
    if (!scan.ascii) check_normal_form(source.text(), file, sink);
    return true;
  }
  for (const TextProblem& problem : scan.problems) {
    const Span span{file, problem.offset, problem.offset + problem.length};
    switch (problem.kind) {
      case TextProblemKind::Malformed: diagnose<Kind::NotUtf8>(sink, span, "0x" + hex(problem.code_point, 2)); break;
      case TextProblemKind::OtherEncoding: diagnose<Kind::OtherEncoding>(sink, span, scan.encoding); break;
      case TextProblemKind::LoneCarriageReturn:
        diagnose<Kind::LoneCarriageReturn>(sink, span, static_cast<std::int64_t>(scan.lone_returns));
        break;
      case TextProblemKind::Nul:
      case TextProblemKind::Control:
      case TextProblemKind::Bidirectional:
      case TextProblemKind::Invisible:
      case TextProblemKind::Noncharacter:
        diagnose<Kind::ForbiddenCharacter>(sink, span, describe_code_point(problem.code_point));
        break;
    }
  }
  if (scan.problem_count > scan.problems.size()) {
    diagnose<Kind::MoreForbiddenText>(sink, Span{file, scan.last.offset, scan.last.offset + scan.last.length},
                                      static_cast<std::int64_t>(scan.problem_count - scan.problems.size()));
  }
  return false;
}

}  // namespace onus
