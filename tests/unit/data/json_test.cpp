#include "data/json.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support.hpp"

using namespace onus;
using namespace onus::testing;
using namespace std::string_literals;

namespace {
std::string tree(std::string text) {
  const Reading reading = read(Format::Json, std::move(text));
  if (!reading.accepted()) return "refused: " + (reading.errors().empty() ? "?" : reading.errors()[0]);
  CHECK(broken_promise(reading, Format::Json).empty());
  return printed(*reading.document);
}
std::string error(std::string text) {
  const Reading reading = read(Format::Json, std::move(text));
  CHECK_FALSE(reading.accepted());
  REQUIRE(reading.errors().size() == 1);
  CHECK(broken_promise(reading, Format::Json).empty());
  return reading.errors()[0];
}
}  // namespace

TEST_CASE("JSON: values keep their text") {
  CHECK(tree(R"({"a": 1.0e25, "b": [10e24, -0, 1E+2], "c": "x"})") ==
        R"({"a": #1.0e25, "b": [#10e24, #-0, #1E+2], "c": "x"})");
  CHECK(tree(" [true, false, null]\r\n") == "[true, false, null]");
  CHECK(tree("\xEF\xBB\xBF{}") == "{}");
  CHECK(tree(R"("\u00e9\ud83d\ude00\n\t\/\\\"")") == "\"\xC3\xA9\xF0\x9F\x98\x80\n\t/\\\"\"");
  CHECK(tree("12345678901234567890123456789012345678901234567890") ==
        "#12345678901234567890123456789012345678901234567890");
  CHECK(read(Format::Json, "[null]").document->is_null({1}));
}

TEST_CASE("JSON: what is wrong is said at its place") {
  CHECK(error("") == "1:1 ON4101 the file holds no value");
  CHECK(error("  \n ") == "2:2 ON4101 the file holds no value");
  CHECK(error("[1, 2,]") == "1:6 ON4131 a comma before the closing `]`; JSON has commas only between values");
  CHECK(error("{\"a\": 1,\n}") == "1:8 ON4131 a comma before the closing `}`; JSON has commas only between values");
  CHECK(error("[1 2]") == "1:4 ON4130 `2` where a comma or `]` is needed");
  CHECK(error("[1,,2]") == "1:4 ON4130 `,` where a value is needed");
  CHECK(error("{\"a\" 1}") == "1:6 ON4130 `1` where the colon behind a key is needed");
  CHECK(error("{\"a\": }") == "1:7 ON4130 `}` where a value is needed");
  CHECK(error("{\"a\": 1 \"b\": 2}") == "1:9 ON4130 `\"` where a comma or `}` is needed");
  CHECK(error("{a: 1}") == "1:2 ON4134 texts and keys stand in double quotes in JSON");
  CHECK(error("{'a': 1}") == "1:2 ON4134 texts and keys stand in double quotes in JSON");
  CHECK(error("{1: 1}") == "1:2 ON4130 `1` where a key in double quotes is needed");
  CHECK(error("['a']") == "1:2 ON4134 texts and keys stand in double quotes in JSON");
  CHECK(error("[1] // one") == "1:5 ON4135 JSON has no comments");
  CHECK(error("[/* one */ 1]") == "1:2 ON4135 JSON has no comments");
  CHECK(error("[1\n# one\n]") == "2:1 ON4135 JSON has no comments");
  CHECK(error("[1, [2, 3]") == "1:1 ON4109 the bracket `[` that opens here is never closed");
  CHECK(error("{\"a\": {\"b\": 1}") == "1:1 ON4109 the bracket `{` that opens here is never closed");
  CHECK(error("[1}") == "1:3 ON4110 `}` where `]` is needed");
  CHECK(error("{\"a\": [1, 2}") == "1:12 ON4110 `}` where `]` is needed");
  CHECK(error("{\"a\": 1]") == "1:8 ON4110 `]` where `}` is needed");
  CHECK(error("]") == "1:1 ON4130 `]` where a value is needed");
  CHECK(error("[] []") == "1:4 ON4114 there is more behind the end of the value: `[`");
  CHECK(error("[\"a]") == "1:2 ON4108 the quote that opens here is never closed");
  CHECK(error("[\"a\nb\"]") == "1:4 ON4136 a line end inside a text; write it as `\\n`");
  CHECK(error("[\"a\tb\"]") == "1:4 ON4136 a tab inside a text; write it as `\\t`");
  CHECK(error("[\"\\q\"]") == "1:3 ON4111 `\\q` is no escape; a backslash is written `\\\\`");
  CHECK(error("[\"\\u12g4\"]") == "1:3 ON4111 `\\u` is no escape; four hexadecimal digits are needed behind `\\u`");
  CHECK(error("[\"x\\ud83d\"]") ==
        "1:4 ON4112 `\\ud83d` is half of a pair of surrogates and stands for no character by itself");
  CHECK(tree("[\"\\u202e\"]") == "[\"\xE2\x80\xAE\"]");
  CHECK(error("[\"\\u001b\"]").substr(0, 11) == "1:3 ON4113 ");
  CHECK(error("{\"\\u202e\": 1}") ==
        "1:3 ON4113 the escape `\\u202e` stands for U+202E (right-to-left override), which is not allowed: it cannot "
        "be seen or changes how text is shown");
  CHECK(error("[True]") ==
        "1:2 ON4133 `True` is not a value in JSON; `true`, `false` and `null` are written in lower case");
  CHECK(error("[NaN]") == "1:2 ON4133 `NaN` is not a value in JSON; a number has digits");
  CHECK(error("[yes]") == "1:2 ON4133 `yes` is not a value in JSON; a text stands in double quotes");
  CHECK(error("[\xC3\xA9]") == "1:2 ON4130 `\xC3\xA9` where a value is needed");
  CHECK(error("{\"a\": 1, \"b\": 2, \"\\u0061\": 3}") == "1:18 ON4102 the key `a` is given twice here");
}

TEST_CASE("JSON: numbers obey the grammar") {
  CHECK(error("[01]") == "1:2 ON4132 `01` is not a number in JSON: a leading zero");
  CHECK(error("[-012]") == "1:2 ON4132 `-012` is not a number in JSON: a leading zero");
  CHECK(error("[+1]") == "1:2 ON4132 `+1` is not a number in JSON: no plus sign is written before a number");
  CHECK(error("[.5]") == "1:2 ON4132 `.5` is not a number in JSON: a digit is needed before the point");
  CHECK(error("[-.5]") == "1:2 ON4132 `-.5` is not a number in JSON: a digit is needed before the point");
  CHECK(error("[1.]") == "1:2 ON4132 `1.` is not a number in JSON: a digit is needed behind the point");
  CHECK(error("[1e]") == "1:2 ON4132 `1e` is not a number in JSON: a digit is needed in the exponent");
  CHECK(error("[-]") == "1:2 ON4132 `-` is not a number in JSON: a digit is needed behind the sign");
  CHECK(error("[1_000]") == "1:2 ON4132 `1_000` is not a number in JSON: digits are not grouped");
  CHECK(error("[0x10]") ==
        "1:2 ON4132 `0x10` is not a number in JSON: a number ends before another sign, letter or point");
  CHECK(error("[1.2.3]") ==
        "1:2 ON4132 `1.2.3` is not a number in JSON: a number ends before another sign, letter or point");
  CHECK(error("[-Infinity]") == "1:2 ON4132 `-Infinity` is not a number in JSON: a digit is needed behind the sign");
  CHECK(error("[1,5e]") == "1:4 ON4132 `5e` is not a number in JSON: a digit is needed in the exponent");
  CHECK(error("[1e10001]") == "1:2 ON4107 the exponent of this number is beyond the limit of 10000");
  CHECK(error("[1e-99999999999999999999999999]") ==
        "1:2 ON4107 the exponent of this number is beyond the limit of 10000");
  CHECK(error("[" + std::string(1001, '7') + "]") == "1:2 ON4106 this number has 1001 digits; the limit is 1000");
  CHECK(tree("[1e10000]") == "[#1e10000]");
  CHECK(tree("[1e00000000000000010000]") == "[#1e00000000000000010000]");
  CHECK(tree(std::string(1000, '7')) == "#" + std::string(1000, '7'));
}

TEST_CASE("JSON: limits") {
  CHECK(tree(std::string(64, '[') + std::string(64, ']')).size() == 128);
  CHECK(error(std::string(65, '[') + std::string(65, ']')) ==
        "1:65 ON4103 lists and mappings are nested more than 64 deep");
  CHECK(tree("\"" + std::string(65536, 'x') + "\"").size() == 65538);
  CHECK(error("[\"" + std::string(65537, 'x') + "\"]") == "1:2 ON4105 this text has 65537 bytes; the limit is 65536");
  Limits limits;
  limits.data_nodes = 3;
  CHECK(read(Format::Json, "[1, 2]", limits).accepted());
  CHECK(read(Format::Json, "[1, 2, 3]", limits).errors()[0] == "1:8 ON4104 the file has more than 3 values");
  limits.json_file_bytes = 4;
  CHECK(read(Format::Json, "[1,2]", limits).errors()[0] == "1:1 ON0003 the file has 5 bytes; the limit is 4");
}

TEST_CASE("JSON: a text after NUL is not lost") {
  const Reading reading = read(Format::Json, "{\"id\":\"c1\"}\0{\"id\":\"c2\"}"s);
  CHECK_FALSE(reading.accepted());
  CHECK(reading.errors()[0].substr(0, 11) == "1:12 ON0002");
}

TEST_CASE("JSON: every prefix of a text is refused") {
  const std::string text =
      R"({"onus": "case/1", "model": {"M": {"compute": {"amount": 1.5e25, "unit": "FLOP"}, "tags": ["a", true, null]}}})";
  CHECK(read(Format::Json, text).accepted());
  for (std::size_t size = 0; size < text.size(); ++size) {
    const Reading reading = read(Format::Json, text.substr(0, size));
    REQUIRE_FALSE(reading.accepted());
    REQUIRE(reading.sink.errors() == 1);
  }
}

TEST_CASE("JSON: time is linear in large and deep input") {
  const double begin = seconds();
  std::string list = "[0";
  for (int i = 0; i < 1'000'000; ++i) list += ",1e3";
  list += "]";
  const Reading many = read(Format::Json, list);
  CHECK(many.accepted());
  CHECK_FALSE(read(Format::Json, std::string(8U << 20U, '[')).accepted());
  std::string keys = "{\"k\": 0";
  for (int i = 0; i < 200'000; ++i) keys += ", \"k" + std::to_string(i) + "\": 0";
  CHECK(read(Format::Json, keys + "}").accepted());
  const double taken = seconds() - begin;
  MESSAGE(taken, " s");
  CHECK(taken < 10.0);
}
