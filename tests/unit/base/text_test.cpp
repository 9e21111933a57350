#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "support.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

// The distance by its definition, over whole tables.
std::size_t plain_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        table[i][j] = i + j;
        continue;
      }
      table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
    }
  }
  return table[a.size()][b.size()];
}

std::string encode(char32_t c) {
  std::string out;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3f));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  }
  return out;
}

}  // namespace

TEST_CASE("names are compared without case, hyphens and spare blanks") {
  CHECK(normalise_name("  Free-and-Open \t Source\n") == "free and open source");
  CHECK(normalise_name("free and open source") == "free and open source");
  CHECK(normalise_name("a - b") == "a b");
  CHECK(normalise_name("") == "");
  CHECK(normalise_name(" - ") == "");
  CHECK(normalise_name("FLOP/s") == "flop/s");
  CHECK(normalise_name("\xc3\x84") == "\xc3\x84");  // bytes above ASCII pass
  CHECK(lower_case("Ab-C 1\xc3\x84") == "ab-c 1\xc3\x84");
}

TEST_CASE("edit distance") {
  CHECK(edit_distance("", "", 0) == 0);
  CHECK(edit_distance("abc", "abc", 0) == 0);
  CHECK(edit_distance("abc", "abd", 1) == 1);
  CHECK(edit_distance("abc", "acb", 1) == 1);
  CHECK(edit_distance("provider", "provder", 2) == 1);
  CHECK(edit_distance("abc", "", 3) == 3);
  CHECK_FALSE(edit_distance("abc", "", 2));
  CHECK_FALSE(edit_distance("abc", "xyz", 2));
  CHECK(edit_distance("abc", "xyz", 1000) == 3);
  CHECK(edit_distance("ca", "abc", 9) == 3);  // each place is edited once
}

TEST_CASE("the bounded distance agrees with the definition on 20,000 pairs") {
  Random random(21);
  std::size_t within = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string a, b;
    for (std::uint64_t n = random.below(9); n > 0; --n) a += static_cast<char>('a' + random.below(3));
    if (random.below(2) == 0) {
      b = a;
      for (std::uint64_t n = random.below(4); n > 0 && !b.empty(); --n) {
        const std::size_t at = random.below(b.size());
        if (random.below(2) == 0) {
          b.erase(at, 1);
        } else {
          std::swap(b[at], b[b.size() / 2]);
        }
      }
    } else {
      for (std::uint64_t n = random.below(9); n > 0; --n) b += static_cast<char>('a' + random.below(3));
    }
    const std::size_t want = plain_distance(a, b);
    for (std::size_t limit = 0; limit < 6; ++limit) {
      const auto got = edit_distance(a, b, limit);
      REQUIRE(got.has_value() == (want <= limit));
      if (got) REQUIRE(*got == want);
      REQUIRE(got == edit_distance(b, a, limit));
      within += got ? 1 : 0;
    }
  }
  CHECK(within > 10000);
}

TEST_CASE("suggestions are near, and the first of equals wins") {
  const std::vector<std::string> words = {"provider", "deployer", "importer", "cat", "car", "do"};
  CHECK(nearest(words, "provder") == 0);
  CHECK(nearest(words, "Deploier") == 1);
  CHECK(nearest(words, "import-er") == 2);
  CHECK(nearest(words, "caz") == 3);
  CHECK(nearest(words, "car") == 4);
  CHECK(nearest(words, "do") == 5);
  CHECK_FALSE(nearest(words, "dp"));
  CHECK(nearest(words, "ca") == nearest(words, "caz"));   // the first with a letter more
  CHECK_FALSE(nearest(words, "operator"));
  CHECK_FALSE(nearest(words, ""));
  CHECK_FALSE(nearest(std::vector<std::string>{}, "word"));
  const std::vector<std::string_view> views = {"one of", "none of"};
  CHECK(nearest(views, "noe of") == 0);  // one edit from both
  CHECK(suggestion_limit(2) == 0);
  CHECK(suggestion_limit(3) == 1);
  CHECK(suggestion_limit(5) == 1);
  CHECK(suggestion_limit(6) == 2);
  CHECK(suggestion_limit(9) == 2);
  CHECK(suggestion_limit(10) == 3);
}

TEST_CASE("what a terminal would obey is shown instead") {
  CHECK(escape_for_terminal("plain \xc3\xa4 \xe4\xb8\xad \xf0\x9f\x98\x80") == "plain \xc3\xa4 \xe4\xb8\xad \xf0\x9f\x98\x80");
  CHECK(escape_for_terminal("\x1b[31mred") == "\\x1b[31mred");
  CHECK(escape_for_terminal("a\nb\tc\r") == "a\\x0ab\\x09c\\x0d");
  CHECK(escape_for_terminal("a\nb\tc", true) == "a\nb\\x09c");
  CHECK(escape_for_terminal(std::string_view("\0", 1)) == "\\x00");
  CHECK(escape_for_terminal("\x7f") == "\\x7f");
  CHECK(escape_for_terminal("\xc2\x9b" "31m") == "\\x9b31m");      // C1 CSI
  CHECK(escape_for_terminal("\xe2\x80\xae") == "\\u202e");         // right-to-left override
  CHECK(escape_for_terminal("\xe2\x81\xa6") == "\\u2066");
  CHECK(escape_for_terminal("\xe2\x80\x8b") == "\\u200b");         // zero-width space
  CHECK(escape_for_terminal("\xef\xbb\xbf") == "\\ufeff");
  CHECK(escape_for_terminal("\xe2\x80\xa8") == "\\u2028");
  CHECK(escape_for_terminal("\xf3\xa0\x81\x81") == "\\U000e0041");  // tag letter
  CHECK(escape_for_terminal("\xff") == "\\xff");
  CHECK(escape_for_terminal("\xc0\x80") == "\\xc0\\x80");           // overlong
  CHECK(escape_for_terminal("\xed\xa0\x80") == "\\xed\\xa0\\x80");  // surrogate
  CHECK(escape_for_terminal("\xe4\xb8") == "\\xe4\\xb8");           // cut off
  CHECK(escape_for_terminal("\xf4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");
}

TEST_CASE("the first and last characters of each length of UTF-8 pass") {
  for (const char32_t c : {0xa0U, 0x7ffU, 0x800U, 0xd7ffU, 0xe000U, 0xffffU, 0x10000U, 0x10ffffU})
    CHECK(escape_for_terminal(encode(c)) == encode(c));
}

TEST_CASE("each code point alone is shown as it is or escaped, as the table says") {
  std::size_t escaped = 0;
  for (char32_t c = 0; c <= 0x10ffff; ++c) {
    if (c >= 0xd800 && c <= 0xdfff) continue;
    const std::string text = encode(c);
    const std::string shown = escape_for_terminal(text);
    const bool control = c < 0x20 || (c >= 0x7f && c <= 0x9f);
    const bool bidi = c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    if (control || bidi) REQUIRE(shown.starts_with("\\"));
    if (c >= 0x20 && c < 0x7f) REQUIRE(shown == text);
    if (shown == text) continue;
    ++escaped;
    for (const char byte : shown) REQUIRE((byte >= 0x20 && byte < 0x7f));
  }
  CHECK(escaped > 65);
  CHECK(escaped < 5000);
}

TEST_CASE("bytes of any kind come out printable") {
  Random random(22);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::uint64_t n = random.below(12); n > 0; --n) text += static_cast<char>(random.below(256));
    for (const char byte : escape_for_terminal(text)) {
      const auto value = static_cast<unsigned char>(byte);
      REQUIRE(value >= 0x20);
      REQUIRE(value != 0x7f);
    }
    REQUIRE(escape_for_terminal(escape_for_terminal(text)) == escape_for_terminal(text));
  }
}

TEST_CASE("joining and counting") {
  const std::vector<std::string> none;
  const std::vector<std::string> one = {"a"};
  const std::vector<std::string> three = {"a", "b", "c"};
  CHECK(join(none, ", ") == "");
  CHECK(join(one, ", ") == "a");
  CHECK(join(three, ", ") == "a, b, c");
  CHECK(join(std::vector<std::string_view>{"x", "y"}, "/") == "x/y");
  CHECK(join_with(none, "or") == "");
  CHECK(join_with(one, "or") == "a");
  CHECK(join_with(three, "or") == "a, b or c");
  CHECK(join_with(std::vector<std::string>{"a", "b"}, "and") == "a and b");
  CHECK(count_of(1, "day") == "1 day");
  CHECK(count_of(0, "day") == "0 days");
  CHECK(count_of(12, "case") == "12 cases");
}
