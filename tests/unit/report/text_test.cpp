// Widths, wrapping and entries: what a page promises about its columns.
#include <doctest/doctest.h>

#include <random>
#include <sstream>

#include "report/text.hpp"

using namespace onus::reports;

TEST_CASE("a width counts columns, not bytes") {
  CHECK(width_of("") == 0);
  CHECK(width_of("naïve") == 5);
  CHECK(width_of("モデル") == 6);          // wide characters take two
  CHECK(width_of("e\xCC\x81") == 1);      // a combining accent takes none
  CHECK(width_of("a\xFF" "b") == 3);      // a stray byte is shown as something
  CHECK(padded("モ", 4) == "モ  ");
  CHECK(padded("long", 2) == "long");
}

TEST_CASE("wrapping breaks at blanks alone") {
  CHECK(wrapped("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(wrapped("one two three", 6) == std::vector<std::string>{"one", "two", "three"});
  CHECK(wrapped("unbreakable it is", 4) == std::vector<std::string>{"unbreakable", "it", "is"});
  CHECK(wrapped("", 10) == std::vector<std::string>{""});
  CHECK(wrapped("  a \n b  ", 10) == std::vector<std::string>{"a b"});
}

TEST_CASE("wrapping loses no word and keeps to its columns") {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    std::string text;
    std::vector<std::string> words;
    for (std::uint_fast32_t i = 0, count = random() % 30; i < count; ++i) {
      words.emplace_back(1 + random() % 12, static_cast<char>('a' + random() % 26));
      text += std::string(1 + random() % 2, ' ') + words.back();
    }
    const std::size_t columns = 5 + random() % 40;
    std::vector<std::string> seen;
    for (const auto& line : wrapped(text, columns)) {
      CHECK((width_of(line) <= columns || line.find(' ') == std::string::npos));
      std::istringstream pieces(line);
      for (std::string piece; pieces >> piece;) seen.push_back(piece);
    }
    CHECK(seen == words);
  }
}

TEST_CASE("the texts of entries stand in one column") {
  std::string out;
  const Style style{false, 40};
  append_entry(out, "due", "by 2026-05-04, and then again when the model changes", 4, 10, style);
  append_entry(out, "because of it", "x", 4, 10, style);
  append_entry(out, "none", "", 4, 10, style);
  CHECK(out ==
        "    due       by 2026-05-04, and then\n"
        "              again when the model\n"
        "              changes\n"
        "    because of it x\n"
        "    none\n");
}

TEST_CASE("what comes from a file can do nothing to a terminal") {
  CHECK(safe("a\x1b[31mb") == "a\\x1b[31mb");
  CHECK(safe("a\nb") == "a\\x0ab");
  CHECK(safe("\xE2\x80\xAE") == "\\u202e");
  CHECK(toned("x", Tone::Bad, {true, 80}) == "\x1b[1;31mx\x1b[0m");
  CHECK(toned("x", Tone::Bad, {false, 80}) == "x");
  CHECK(toned("x", Tone::Plain, {true, 80}) == "x");
}
