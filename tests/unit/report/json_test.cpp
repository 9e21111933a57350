// JSON: escapes, layout, order.
#include <doctest/doctest.h>

#include <stdexcept>

#include "report/json.hpp"

using namespace onus::reports;

TEST_CASE("texts are quoted so that every reader sees the same") {
  CHECK(json_quoted("") == R"("")");
  CHECK(json_quoted(R"(say "yes" \ no)") == R"("say \"yes\" \\ no")");
  CHECK(json_quoted("a\tb\nc\r") == R"("a\tb\nc\r")");
  CHECK(json_quoted(std::string("\0", 1)) == R"("\u0000")");
  CHECK(json_quoted("\x1b\x7f") == "\"\\u001b\\u007f\"");
  CHECK(json_quoted("ä€") == "\"ä€\"");
  CHECK(json_quoted("\xE2\x80\xA8\xE2\x80\xAE") == "\"\\u2028\\u202e\"");   // line separator, bidi control
  CHECK(json_quoted("\xF3\xA0\x80\x81") == "\"\\udb40\\udc01\"");           // an invisible tag: a pair of surrogates
  CHECK(json_quoted("caf\xE9") == "\"caf\\\\xe9\"");                        // no UTF-8: the byte, written out
}

TEST_CASE("what fits stands on one line, the rest has an entry a line") {
  Json list = Json::list();
  list.push(Json::number(1)).push(Json::boolean(true)).push(Json::null());
  Json json = Json::object();
  json.add("b", std::move(list)).add("a", "x");
  CHECK(json.print() == "{\"b\": [1, true, null], \"a\": \"x\"}\n");   // in the order in which it was added
  CHECK(json.print(20) == "{\n \"b\": [1, true, null],\n \"a\": \"x\"\n}\n");
  CHECK(json.print(5) == "{\n \"b\": [\n  1,\n  true,\n  null\n ],\n \"a\": \"x\"\n}\n");
  CHECK(json.compact() == "{\"b\": [1, true, null], \"a\": \"x\"}");
  CHECK(Json::list().print(0) == "[]\n");
}

TEST_CASE("no value takes what it cannot hold") {
  CHECK_THROWS_AS(Json::object().push(Json::null()), std::logic_error);
  CHECK_THROWS_AS(Json::list().add("key", "value"), std::logic_error);
  CHECK_THROWS_AS(Json::number(1).add("key", "value"), std::logic_error);
}
