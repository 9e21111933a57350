#include "data/yaml.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support.hpp"

using namespace onus;
using namespace onus::testing;

namespace {
std::string tree(std::string text) {
  const Reading reading = read(Format::Yaml, std::move(text));
  CHECK(broken_promise(reading, Format::Yaml).empty());
  if (!reading.accepted()) return "refused: " + (reading.errors().empty() ? "?" : reading.errors()[0]);
  return printed(*reading.document);
}
std::string error(std::string text) {
  CAPTURE(text);
  const Reading reading = read(Format::Yaml, std::move(text));
  CHECK_FALSE(reading.accepted());
  REQUIRE(reading.errors().size() == 1);
  return reading.errors()[0];
}
const std::string indentation = " ON4152 this line does not stand where its indentation belongs: ";
}  // namespace

TEST_CASE("YAML: scalars keep their text and style") {
  CHECK(tree("a: 010\nb: \"010\"\nc: no\nd: 1.0e25\ne: 'it''s'\nf: 2026-08-02\n") ==
        "{a: 010, b: \"010\", c: no, d: 1.0e25, e: \"it's\", f: 2026-08-02}");
  CHECK(tree("a: about 1.4e24 FLOP ± 30 %\n") == "{a: about 1.4e24 FLOP ± 30 %}");
  CHECK(tree("a: \"\\u00e9\\x41\\U0001F600\\\\ \\\" \\/\\t\"\n") ==
        "{a: \"\xC3\xA9"
        "A\xF0\x9F\x98\x80\\ \" /\t\"}");
  CHECK(tree("a: one\n  two\n\n  three\n") == "{a: one two\nthree}");
  CHECK(tree("a: \"one\n  two\n\n  three \\\n  four\"\n") == "{a: \"one two\nthree four\"}");
  CHECK(tree("a: |\n  one\n   two\n\nb: >-\n  one\n  two\n\n  three\n") ==
        "{a: \"one\n two\n\", b: \"one two\nthree\"}");
  CHECK(tree("http://example.org: a:b\n") == "{http://example.org: a:b}");
  CHECK(tree("a: b#c # comment\n") == "{a: b#c}");
}

TEST_CASE("YAML: collections, comments, marks") {
  CHECK(tree("# head\n---\na:\n- 1\n- - 2\n  - 3\n- b: c\n  d: e\n# tail\n...\n") == "{a: [1, [2, 3], {b: c, d: e}]}");
  CHECK(tree("{a: [1, 2,], b: {c: d,},}\n") == "{a: [1, 2], b: {c: d}}");
  CHECK(tree("[a: b, {\"c\":d}]\n") == "[{a: b}, {\"c\": d}]");
  CHECK(tree("a: [\n  1, # one\n  2\n]\nb: {}\nc: []\n") == "{a: [1, 2], b: {}, c: []}");
  CHECK(tree("a:\n    deep: 1\nb:\n  less: 2\n") == "{a: {deep: 1}, b: {less: 2}}");
  CHECK(tree("a:\n  - x\n  -\n    y\n") == "{a: [x, y]}");
  CHECK(tree("just text\n") == "just text");
  CHECK(tree("a: 1") == "{a: 1}");
}

TEST_CASE("YAML: the same bytes with other line ends and a byte order mark read the same") {
  const std::string text =
      "a:\n  - \"x\n    y\"\n  - {b: \xC3\xA9, c: [1, 2]}\nd: |\n  one\n\n  two\ne: long\n  text\n";
  std::string windows;
  for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  CHECK(tree(text) == "{a: [\"x y\", {b: \xC3\xA9, c: [1, 2]}], d: \"one\n\ntwo\n\", e: long text}");
  CHECK(tree(windows) == tree(text));
  CHECK(tree("\xEF\xBB\xBF" + text) == tree(text));
  CHECK(tree("\xEF\xBB\xBF" + windows) == tree(text));
  CHECK(tree(text.substr(0, text.size() - 1)) == tree(text));
}

TEST_CASE("YAML: spans are bytes of the file") {
  const std::string text = "\xEF\xBB\xBF# \xC3\xA9\r\n\"k\xC3\xA9y\": \xE6\xBC\xA2\xE5\xAD\x97\r\nlist:\r\n  - 'b'\r\n";
  const Reading reading = read(Format::Yaml, text);
  REQUIRE(reading.accepted());
  const auto raw = [&](std::uint32_t node) { return std::string(reading.store.text(reading.document->span({node}))); };
  CHECK(raw(1) == "\"k\xC3\xA9y\"");
  CHECK(raw(2) == "\xE6\xBC\xA2\xE5\xAD\x97");
  CHECK(raw(3) == "list");
  CHECK(raw(4) == "- 'b'");
  CHECK(raw(5) == "'b'");
  CHECK(reading.store.file(reading.file).position(reading.document->span({2}).begin).column == 8);
}

TEST_CASE("YAML: what is missing is located") {
  const Reading reading = read(Format::Yaml, "a:\nb: ~\nc: null\nd: \"\"\ne: [x, Null]\nf:\n  -\nnulls: NULL\n");
  REQUIRE(reading.accepted());
  const data::Document& document = *reading.document;
  const auto state = [&](std::string_view key) {
    const auto value = document.find(data::Document::root(), key);
    REQUIRE(value.has_value());
    const Position place = reading.store.file(reading.file).position(document.span(*value).begin);
    return std::to_string(static_cast<int>(document.node(*value).nullness)) + " " + std::to_string(place.line) + ":" +
           std::to_string(place.column) + " " + std::string(document.text(*value));
  };
  CHECK(state("a") == "2 1:3 ");
  CHECK(state("b") == "1 2:4 ~");
  CHECK(state("c") == "1 3:4 null");
  CHECK(state("d") == "0 4:4 ");
  CHECK(state("nulls") == "1 8:8 NULL");
  CHECK(printed(document) == "{a: ∅, b: ~, c: null, d: \"\", e: [x, Null], f: [∅], nulls: NULL}");
  CHECK(tree("a:\nnulls: 1\n") == "{a: ∅, nulls: 1}");
}

TEST_CASE("YAML: quotes") {
  CHECK(error("id: \"c1\nflop: 1e25\n") == "1:5 ON4108 the quote that opens here is never closed");
  CHECK(error("id: 'c1\nflop: 1e25\n") == "1:5 ON4108 the quote that opens here is never closed");
  CHECK(error("id: \"c1") == "1:5 ON4108 the quote that opens here is never closed");
  CHECK(error("a: [1, \"x, 2]\n") == "1:8 ON4108 the quote that opens here is never closed");
  CHECK(error("a: \"x\" y\n") == "1:8 ON4160 `y` where the end of the entry is needed");
  CHECK(error("a: \"\\q\"\n") ==
        "1:5 ON4111 `\\q` is no escape; a backslash is written `\\\\`, or the text put in single quotes");
  CHECK(error("a: \"C:\\data\"\n") ==
        "1:7 ON4111 `\\d` is no escape; a backslash is written `\\\\`, or the text put in single quotes");
  CHECK(error("a: \"x\\0\"\n") ==
        "1:6 ON4113 the escape `\\0` stands for U+0000 (NUL), which is not allowed: it cannot be seen or changes how "
        "text is shown");
  CHECK(error("\"\\u202e\": a\n").substr(0, 11) == "1:2 ON4113 ");
  CHECK(tree("a: \"\\u200d\"\n") == "{a: \"\xE2\x80\x8D\"}");
  // yaml-cpp 0.7 turns these two into a byte that is no UTF-8.
  CHECK(error("a: \"x\\_\"\n").substr(0, 11) == "1:4 ON4159 ");
  CHECK(error("a: \"x\\N\"\n").substr(0, 11) == "1:6 ON4113 ");
  CHECK(error("a: \"\\ud800\"\n").substr(0, 11) == "1:5 ON4112 ");
  const Reading reading = read(Format::Yaml, "a: \"x\nb: \"y\"\n");
  REQUIRE(reading.errors().size() == 1);
  CHECK(reading.errors()[0].substr(0, 4) == "2:5 ");
  REQUIRE(reading.sink.all()[0].notes.size() == 1);
  CHECK(reading.sink.all()[0].notes[0].span.begin == 3);
}

TEST_CASE("YAML: colons and keys") {
  CHECK(error("a: b: c\n") ==
        "1:5 ON4153 a second `: ` in one entry; put the text in quotes, or the inner mapping on lines of its own");
  CHECK(error("title: Act: the first\n").substr(0, 13) == "1:11 ON4153 a");
  CHECK(error("a:\n  b: c: d\n").substr(0, 11) == "2:7 ON4153 ");
  CHECK(error("a: 1\nflop 1e25\nb: 2\n") == "2:1 ON4154 the key `flop 1e25` has no colon with a blank behind it");
  CHECK(error("a: 1\nflop:1e25\n") == "2:1 ON4154 the key `flop:1e25` has no colon with a blank behind it");
  CHECK(error("{a, b: c}\n") == "1:2 ON4154 the key `a` has no colon with a blank behind it");
  CHECK(error("{a:1, b: 2}\n") == "1:2 ON4154 the key `a:1` has no colon with a blank behind it");
  CHECK(error("null: x\n") == "1:1 ON4155 null without quotes where a key is needed");
  CHECK(error(": x\n") == "1:1 ON4155 `:` where a key is needed");
  CHECK(error("a: 1\na: 2\n") == "2:1 ON4102 the key `a` is given twice here");
  CHECK(error("a: 1\nb: 2\n\"a\": 2\n") == "3:1 ON4102 the key `a` is given twice here");
  CHECK(error("- {x: 1, 'x': 2}\n") == "1:10 ON4102 the key `x` is given twice here");
  CHECK(error("a: {\"long\n  key\": 1}\n").substr(0, 4) == "1:5 ");
}

TEST_CASE("YAML: indentation") {
  CHECK(error("a:\n\tb: 1\n") == "2:1 ON4151 a tab in the indentation; YAML indents with blanks only");
  CHECK(error("a:\n  b: 1\n\tc: 2\n") == "3:1 ON4151 a tab in the indentation; YAML indents with blanks only");
  CHECK(error("-\t- a\n") == "1:2 ON4151 a tab in the indentation; YAML indents with blanks only");
  CHECK(error("a:\n  b: 1\n c: 2\n") == "3:2" + indentation + "no mapping with entries stands at this column");
  CHECK(error("a: 1\n  b: 2\n") == "2:3" + indentation + "the line before it is a value, which cannot have entries");
  CHECK(error("a:\n  - x\n - y\n") == "3:2" + indentation + "a list cannot begin here");
  CHECK(error("a: - x\n").substr(0, 4) == "1:4 ");
  CHECK(error("a: \"x\ny\"\n") == "2:1" + indentation + "it must stand further in than the entry that it continues");
  CHECK(error("a: [x,\ny]\n") == "2:1" + indentation + "it must stand further in than the entry that it continues");
  CHECK(error("a:\n  k: [x\n]\n").substr(0, 11) == "3:1 ON4152 ");
  CHECK(error("a:\nx\n") == "2:1 ON4154 the key `x` has no colon with a blank behind it");
}

TEST_CASE("YAML: brackets") {
  CHECK(error("a: [1, 2\nb: 3\n") == "2:2 ON4160 `:` where a comma or `]` is needed");
  CHECK(error("a: [1, 2") == "1:4 ON4109 the bracket `[` that opens here is never closed");
  CHECK(error("a: {b: 1\n") == "1:4 ON4109 the bracket `{` that opens here is never closed");
  CHECK(error("a: [1, 2}\n") == "1:9 ON4160 `}` where the other closing bracket is needed");
  CHECK(tree("a: 1]\n") == "{a: 1]}");
}

TEST_CASE("YAML: what is not used") {
  const std::string end = " not used in case files; ";
  CHECK(error("a: &x 1\n") ==
        "1:4 ON4156 anchors and aliases (`&`, `*`) are" + end + "write the value out, or put the text in quotes");
  CHECK(error("a: *x\n").substr(0, 11) == "1:4 ON4156 ");
  CHECK(error("a: &x [*x]\n").substr(0, 11) == "1:4 ON4156 ");
  CHECK(error("a: !!str 1\n").substr(0, 17) == "1:4 ON4156 tags (");
  CHECK(error("a: ! x\n").substr(0, 17) == "1:4 ON4156 tags (");
  CHECK(error("a: !\n").substr(0, 17) == "1:4 ON4156 tags (");
  CHECK(error("<<: {a: 1}\n") == "1:1 ON4156 merge keys are" + end + "write the entries out");
  CHECK(tree("\"<<\": a\n") == "{\"<<\": a}");
  CHECK(error("? a\n: b\n").substr(0, 4) == "1:1 ");
  CHECK(error("[a]: b\n") == "1:1 ON4156 a list or mapping as a key is" + end + "a key is a text");
  CHECK(error("%YAML 1.2\n---\na: 1\n") == "1:1 ON4156 directives (`%`) are" + end + "leave the line out");
  CHECK(error("a: 1\n---\nb: 2\n") == "2:1 ON4157 a second document begins here; a file holds one");
  CHECK(error("a: 1\n...\nb: 2\n") == "3:1 ON4157 a second document begins here; a file holds one");
  CHECK(error("{a: 1} {b: 2}\n") == "1:8 ON4114 there is more behind the end of the value: `{`");
  CHECK(error("a: @x\n") == "1:4 ON4160 `@` where a value; put a text that begins with it in quotes is needed");
  CHECK(error("a: \"x\"#y\n").substr(0, 4) == "1:7 ");
  CHECK(error(",") == "1:1 ON4160 `,` where a value is needed");
  CHECK(error("") == "1:1 ON4101 the file holds no value");
  CHECK(error("# nothing\n") == "1:1 ON4101 the file holds no value");
  CHECK(error("---\n...\n") == "1:1 ON4101 the file holds no value");
  CHECK(error("[a, , b]\n") == "1:5 ON4160 `,` where a value is needed");
}

TEST_CASE("YAML: limits") {
  std::string deep = "a";
  for (int i = 0; i < 64; ++i) deep = "[" + deep + "]";
  CHECK(read(Format::Yaml, deep).accepted());
  CHECK(error("[" + deep + "]") == "1:65 ON4103 lists and mappings are nested more than 64 deep");
  CHECK(error("a: " + std::string(1001, '7') + "\n") == "1:4 ON4106 this number has 1001 digits; the limit is 1000");
  CHECK(error("a: " + std::string(65537, 'x') + "\n") == "1:4 ON4105 this text has 65537 bytes; the limit is 65536");
  Limits limits;
  limits.data_nodes = 3;
  CHECK(read(Format::Yaml, "[1, 2]", limits).accepted());
  CHECK(read(Format::Yaml, "[1, 2, 3]", limits).errors()[0] == "1:8 ON4104 the file has more than 3 values");
  limits.yaml_file_bytes = 4;
  CHECK(read(Format::Yaml, "[1,2]", limits).errors()[0] == "1:1 ON0003 the file has 5 bytes; the limit is 4");
}

TEST_CASE("YAML: eight megabytes of anything end in time") {
  constexpr std::size_t size = 8U << 20U;
  const auto repeated = [](std::string_view head, std::string_view part, std::string_view tail) {
    std::string text(head);
    while (text.size() + part.size() + tail.size() <= size) text += part;
    return text + std::string(tail);
  };
  const std::vector<std::string> shapes{
      repeated("", "[", ""),
      repeated("", "{a: ", ""),
      repeated("[", "1,", "1]"),
      repeated("", "[\n", ""),
      repeated("", "- ", ""),
      repeated("", "- a\n", ""),
      repeated("a: 1 #", "x", ""),
      repeated("", "? ", ""),
      repeated("", "\"a\" ", ""),
      repeated("", "a: ,", ""),
      repeated("{", ": ", ""),
      repeated("a: \"", "\\n", "\""),
      repeated("", "a\n", ""),
      repeated("a: |\n", " \n", ""),
      repeated("a: '", "''", "'"),
      repeated("", "#\n", ""),
      repeated("a: \"", "\n", "\""),
      repeated("", "a:\n", ""),
      repeated("a: >\n", "  b\n\n", ""),
      repeated("- ", "\n", "x"),
  };
  double slowest = 0;
  for (const std::string& shape : shapes) {
    CAPTURE(shape.substr(0, 12));
    const double begin = seconds();
    const Reading reading = read(Format::Yaml, shape);
    const double taken = seconds() - begin;
    CHECK(reading.accepted() == reading.errors().empty());
    CHECK(taken < 30.0);
    slowest = std::max(slowest, taken);
  }
  MESSAGE("slowest: ", slowest, " s");
}

TEST_CASE("YAML: a prefix of a text is refused or has lost only what it has lost") {
  const std::string text =
      "onus: case/1\nmodel:\n  M:\n    compute: 1.5e25 FLOP\n    tags: [a, \"b c\", {d: e}]\n    note: 'x'\n  N: {}\n";
  const std::string whole = tree(text);
  for (std::size_t size = 1; size + 1 < text.size(); ++size) {
    const Reading reading = read(Format::Yaml, text.substr(0, size));
    CHECK(broken_promise(reading, Format::Yaml).empty());
    if (reading.accepted()) CHECK(printed(*reading.document) != whole);
  }
}
