#include "data/document.hpp"

#include <doctest/doctest.h>

#include "support.hpp"

using namespace onus;
using namespace onus::data;
using namespace onus::testing;

TEST_CASE("entries, items and lookup walk one level") {
  const Reading reading = read(Format::Yaml, "a: [1, [2, 3], {x: y}]\nb: {c: d}\ne: text\n");
  REQUIRE(reading.accepted());
  const Document& document = *reading.document;
  std::string keys;
  for (const auto [key, value] : document.entries(Document::root())) keys += document.text(key);
  CHECK(keys == "abe");
  const auto list = document.find(Document::root(), "a");
  REQUIRE(list.has_value());
  CHECK(document.node(*list).count == 3);
  std::string kinds;
  for (const NodeId item : document.items(*list))
    kinds += document.is_scalar(item) ? "s" : document.is_sequence(item) ? "l" : "m";
  CHECK(kinds == "slm");
  CHECK_FALSE(document.find(Document::root(), "c").has_value());
  CHECK(document.text(*document.find(Document::root(), "e")) == "text");
  CHECK(document.text(*list).empty());
  const NodeId scalar = *document.find(Document::root(), "e");
  CHECK(document.entries(scalar).begin() == document.entries(scalar).end());
  CHECK(document.items(scalar).begin() == document.items(scalar).end());
  CHECK(reading.store.text(document.span(*list)) == "[1, [2, 3], {x: y}]");
}

TEST_CASE("both formats give the same tree") {
  const std::string text = R"({"a": ["x", {"b": "y"}], "c": {}, "d": []})";
  const Reading yaml = read(Format::Yaml, text);
  const Reading json = read(Format::Json, text);
  REQUIRE(yaml.accepted());
  REQUIRE(json.accepted());
  CHECK(printed(*yaml.document) == printed(*json.document));
  CHECK(printed(*json.document) == R"({"a": ["x", {"b": "y"}], "c": {}, "d": []})");
}
