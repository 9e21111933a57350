#include "diagnostics/text.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace onus;
using namespace std::string_literals;

namespace {
std::vector<std::string> messages(std::string text, std::size_t most = 100) {
  SourceStore store;
  const FileId file = store.add("f", std::move(text));
  Sink sink;
  const bool good = check_text(store.file(file), file, sink, most);
  CHECK(good == (sink.errors() == 0));
  std::vector<std::string> result;
  for (const Diagnostic& diagnostic : sink.all()) {
    const Position place = store.file(file).position(diagnostic.span.begin);
    result.push_back(std::to_string(place.line) + ":" + std::to_string(place.column) + " " +
                     std::string(info(diagnostic.kind).code) + " " + diagnostic.message);
  }
  return result;
}
using Lines = std::vector<std::string>;
}  // namespace

TEST_CASE("text without problems says nothing") { CHECK(messages("\xEF\xBB\xBFok\r\n\xC3\xA9\n").empty()); }

TEST_CASE("all problems of a file are reported with their place") {
  CHECK(messages("a\n b\xE2\x80\xAE"
                 "c\xFF\n") == Lines{"2:3 ON0002 the character U+202E (right-to-left override) is not allowed here: it "
                                     "cannot be seen or changes how text is shown",
                                     "2:5 ON0001 this byte is not UTF-8 (0xFF); save the file as UTF-8"});
  CHECK(
      messages("a\0"s) ==
      Lines{
          "1:2 ON0002 the character U+0000 (NUL) is not allowed here: it cannot be seen or changes how text is shown"});
}

TEST_CASE("another encoding is named once") {
  CHECK(messages("\xFF\xFEh\0i\0"s) == Lines{"1:1 ON0004 the file is UTF-16LE; save it as UTF-8"});
}

TEST_CASE("the line ends of the old Mac are one message") {
  CHECK(messages("a\rb\rc") == Lines{"1:2 ON0005 a carriage return without a line feed (2 in this file); save the file "
                                     "with LF or CRLF line ends"});
}

TEST_CASE("beyond the limit problems are counted") {
  const auto lines = messages(std::string(500, '\x02'), 100);
  REQUIRE(lines.size() == 101);
  CHECK(lines.back() == "1:500 ON0006 and 400 more places in this file with bytes or characters that are not allowed");
}

TEST_CASE("a letter and its accent apart are a warning") {
  CHECK(messages("caf\xC3\xA9 \xED\x95\x9C\n").empty());
  CHECK(messages("a\n cafe\xCC\x81 x e\xCC\x81\n") ==
        Lines{"2:2 ON0007 `cafe\xCC\x81` is not in Unicode normal form C (2 such words in this file); it differs from "
              "the same word written with composed letters"});
}

TEST_CASE("code points are named where people know the name") {
  CHECK(describe_code_point(0x202E) == "U+202E (right-to-left override)");
  CHECK(describe_code_point(0xE0041) == "U+E0041");
}
