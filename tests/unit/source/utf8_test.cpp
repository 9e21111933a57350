#include "source/utf8.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/corpus.hpp"

using namespace onus;
using namespace std::string_literals;

namespace {

std::vector<TextProblemKind> kinds(std::string_view text) {
  std::vector<TextProblemKind> result;
  for (const TextProblem& problem : scan_text(text).problems) result.push_back(problem.kind);
  return result;
}

std::string encoded(char32_t code_point) {
  std::string text;
  append_utf8(text, code_point);
  return text;
}

std::string from_hex(std::string_view hex) {
  std::string bytes;
  int digits = 0;
  unsigned value = 0;
  for (const char c : hex) {
    const std::size_t digit = std::string_view("0123456789abcdefABCDEF").find(c);
    if (digit == std::string_view::npos) continue;
    value = value * 16 + static_cast<unsigned>(digit < 16 ? digit : digit - 6);
    if (++digits % 2 == 0) {
      bytes += static_cast<char>(static_cast<unsigned char>(value));
      value = 0;
    }
  }
  return bytes;
}

using K = TextProblemKind;

}  // namespace

TEST_CASE("text that is allowed has no problem") {
  CHECK(kinds("").empty());
  CHECK(kinds("plain\ttext\r\nwith \xC3\xA9, \xE6\xBC\xA2, \xF0\x9F\x98\x80 and \xC2\xA0\n").empty());
  CHECK(kinds("\xEF\xBB\xBFmarked").empty());
  CHECK(scan_text("\xEF\xBB\xBFmarked").begin == 3);
  CHECK(scan_text("\xEF\xBB\xBFmarked").ascii);
  CHECK_FALSE(scan_text("\xC3\xA9").ascii);
  CHECK(scan_text("\xC3\xA9").well_formed);
}

TEST_CASE("each kind of problem has its place") {
  CHECK(scan_text("ab\0c"s).problems == std::vector{TextProblem{2, 1, K::Nul, 0}});
  CHECK(scan_text("ab\x1B[0m").problems == std::vector{TextProblem{2, 1, K::Control, 0x1B}});
  CHECK(scan_text("\x7F").problems == std::vector{TextProblem{0, 1, K::Control, 0x7F}});
  CHECK(scan_text("a\xC2\x85").problems == std::vector{TextProblem{1, 2, K::Control, 0x85}});
  CHECK(scan_text("a\xE2\x80\xAE").problems == std::vector{TextProblem{1, 3, K::Bidirectional, 0x202E}});
  CHECK(scan_text("a\xE2\x80\x8B").problems == std::vector{TextProblem{1, 3, K::Invisible, 0x200B}});
  CHECK(scan_text("a\xEF\xBB\xBF").problems == std::vector{TextProblem{1, 3, K::Invisible, 0xFEFF}});
  CHECK(scan_text("\xEF\xBB\xBF\xEF\xBB\xBF").problems == std::vector{TextProblem{3, 3, K::Invisible, 0xFEFF}});
  CHECK(scan_text("\xEF\xBF\xBF").problems == std::vector{TextProblem{0, 3, K::Noncharacter, 0xFFFF}});
  CHECK(scan_text("a\xC0\xAF").problems ==
        std::vector{TextProblem{1, 1, K::Malformed, 0xC0}, TextProblem{2, 1, K::Malformed, 0xAF}});
  CHECK(scan_text("\xF0\x9F\x98").problems == std::vector{TextProblem{0, 3, K::Malformed, 0xF0}});
  CHECK(scan_text("\xED\xA0\x80").problem_count == 3);
}

TEST_CASE("a carriage return ends a line only together with a line feed") {
  CHECK(kinds("a\r\nb\r\n").empty());
  const TextScan scan = scan_text("a\rb\rc\r");
  CHECK(scan.problems == std::vector{TextProblem{1, 1, K::LoneCarriageReturn, '\r'}});
  CHECK(scan.lone_returns == 3);
  CHECK(scan.problem_count == 1);
}

TEST_CASE("other encodings are named and nothing else is reported") {
  CHECK(scan_text("\xFF\xFE"
                  "a\0"s)
            .encoding == "UTF-16LE");
  CHECK(scan_text("\xFE\xFF\0a"s).encoding == "UTF-16BE");
  CHECK(scan_text("\xFF\xFE\0\0a\0\0\0"s).encoding == "UTF-32LE");
  CHECK(scan_text("\0\0\xFE\xFF\0\0\0a"s).encoding == "UTF-32BE");
  CHECK(scan_text("a\0b\0"s).encoding == "UTF-16LE");
  CHECK(scan_text("\0a\0b"s).encoding == "UTF-16BE");
  CHECK(scan_text("\xFF\xFE"
                  "a\0"s)
            .problem_count == 1);
  CHECK(scan_text("ab\0c"s).encoding.empty());
}

TEST_CASE("what is kept is limited, what is counted is not") {
  const TextScan scan = scan_text(std::string(1000, '\x01'), 10);
  CHECK(scan.problems.size() == 10);
  CHECK(scan.problem_count == 1000);
  CHECK(scan.last.offset == 999);
}

TEST_CASE("a problem is found at every place of a block") {
  for (std::size_t size = 1; size < 200; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, 'x');
      text[at] = '\x1B';
      const TextScan scan = scan_text(text);
      REQUIRE(scan.problem_count == 1);
      REQUIRE(scan.problems[0].offset == at);
    }
  }
}

// The table of the header, again, from the names of the Unicode data: every code point, at the begin, in the middle and
// at the end of a text.
TEST_CASE("every code point is judged as the table says, wherever it stands") {
  const auto invisible = [](char32_t c) {
    return c == 0xAD || c == 0x34F || c == 0x61C || (c >= 0x115F && c <= 0x1160) || (c >= 0x17B4 && c <= 0x17B5) ||
           (c >= 0x180B && c <= 0x180F) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0x3164 || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || c == 0xFFA0 ||
           (c >= 0xFFF0 && c <= 0xFFFB) || (c >= 0x13430 && c <= 0x1343F) || (c >= 0x1BCA0 && c <= 0x1BCA3) ||
           (c >= 0x1D173 && c <= 0x1D17A) || (c >= 0xE0000 && c <= 0xE0FFF);
  };
  std::size_t refused = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) {
      REQUIRE(judge_code_point(c).kind == K::Malformed);
      continue;
    }
    const bool control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c <= 0x9F);
    const bool noncharacter = (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
    const bool allowed = !control && !noncharacter && !invisible(c);
    REQUIRE(judge_code_point(c).allowed == allowed);
    refused += allowed ? 0U : 1U;
    if (c == '\r') continue;
    const std::string bytes = encoded(c);
    REQUIRE(decode_utf8(bytes, 0).code_point == c);
    REQUIRE(decode_utf8(bytes, 0).valid);
    REQUIRE(kinds("x" + bytes + "y").empty() == allowed);
    REQUIRE(kinds("x" + bytes).empty() == allowed);
    if (c != 0xFEFF) REQUIRE(kinds(bytes + "y").empty() == allowed);
  }
  CHECK(refused > 4000);
  CHECK_FALSE(judge_code_point(0x110000).allowed);
}

TEST_CASE("normal form C") {
  CHECK(is_nfc(""));
  CHECK(is_nfc("plain"));
  CHECK(is_nfc("caf\xC3\xA9"));
  CHECK_FALSE(is_nfc("cafe\xCC\x81"));
  CHECK_FALSE(is_nfc("\xE2\x84\xAB"));                          // angstrom sign
  CHECK(is_nfc("\xED\x95\x9C"));                                // a Hangul syllable
  CHECK_FALSE(is_nfc("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"));  // its parts
}

TEST_CASE("corpus: utf8tests") {
  const auto path = testing::find_corpus("utf8tests", "hostile/utf8tests/utf8tests.txt");
  if (!path) return;
  std::size_t valid = 0;
  std::size_t invalid = 0;
  for (const std::string& line : testing::lines_of(*path)) {
    std::vector<std::string> fields;
    for (std::size_t at = 0; at <= line.size() && !line.empty() && line[0] != '#';) {
      const std::size_t stop = std::min(line.find(':', at), line.size());
      const std::size_t first = std::min(line.find_first_not_of(' ', at), stop);
      fields.push_back(line.substr(first, stop - first));
      at = stop + 1;
    }
    if (fields.size() < 3) continue;
    CAPTURE(line);
    const std::string bytes = fields[1] == "valid" ? fields[2] : from_hex(fields[2]);
    std::string skipped;
    std::string replaced;
    bool good = true;
    for (std::size_t at = 0; at < bytes.size();) {
      const Decoded decoded = decode_utf8(bytes, at);
      good = good && decoded.valid;
      if (decoded.valid) skipped += encoded(decoded.code_point);
      replaced += encoded(decoded.valid ? decoded.code_point : 0xFFFD);
      at += decoded.length;
    }
    // Text in front: a zero byte or a byte order mark at the begin would be taken for another encoding.
    CHECK(scan_text("text " + bytes).well_formed == good);
    if (fields[1].rfind("valid", 0) == 0) {
      ++valid;
      CHECK(good);
      CHECK(skipped == bytes);
    } else {
      ++invalid;
      REQUIRE(fields.size() >= 5);
      CHECK_FALSE(good);
      CHECK(skipped == (fields[3] == "nothing" ? std::string() : from_hex(fields[3])));
      CHECK(replaced == from_hex(fields[4]));
    }
  }
  CHECK(valid > 20);
  CHECK(invalid > 40);
}

TEST_CASE("a megabyte of plain text takes no time") {
  const std::string text(8U << 20U, 'a');
  const auto begin = std::chrono::steady_clock::now();
  std::size_t problems = 0;
  for (int i = 0; i < 8; ++i) problems += scan_text(text).problem_count;
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  CHECK(problems == 0);
  const double gigabytes = 8.0 * static_cast<double>(text.size()) / taken.count() / 1e9;
  MESSAGE(gigabytes, " GB/s");
  CHECK(taken.count() < 5.0);
}
