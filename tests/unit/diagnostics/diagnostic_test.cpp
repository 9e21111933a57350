#include "diagnostics/diagnostic.hpp"

#include <cctype>
#include <set>
#include <string>

#include <doctest/doctest.h>

using namespace onus;

TEST_CASE("every kind has a code, a name and a message in the style of the house") {
  std::set<std::string_view> codes;
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kind_count(); ++i) {
    const KindInfo& kind = info(static_cast<Kind>(i));
    CAPTURE(kind.code);
    CHECK(kind.code.size() == 6);
    CHECK(kind.code.substr(0, 2) == "ON");
    CHECK(codes.insert(kind.code).second);
    CHECK(names.insert(kind.name).second);
    CHECK(kind.name.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_ ") == std::string_view::npos);
    REQUIRE_FALSE(kind.format.empty());
    CHECK(kind.format.back() != '.');
    CHECK(kind.format.find("invalid") == std::string_view::npos);
    CHECK(kind.format.find("illegal") == std::string_view::npos);
  }
}

TEST_CASE("a message is filled in the order of its arguments, and braces in them stay") {
  Sink sink;
  diagnose<Kind::FileTooLarge>(sink, Span{}, 7, 5);
  diagnose<Kind::NotUtf8>(sink, Span{}, "{}").note(Span{FileId{}, 1, 2}, "note").fix(Span{FileId{}, 1, 2}, "x", true);
  REQUIRE(sink.all().size() == 2);
  CHECK(sink.all()[0].message == "the file has 7 bytes; the limit is 5");
  CHECK(sink.all()[1].message == "this byte is not UTF-8 ({}); save the file as UTF-8");
  CHECK(sink.all()[1].notes.size() == 1);
  CHECK(sink.all()[1].fixes.size() == 1);
  CHECK(sink.errors() == 2);
  CHECK(info(Kind::NotUtf8).name == "not-utf8");
}

TEST_CASE("a sink sorts by file and place, and takes back") {
  Sink sink;
  diagnose<Kind::NotUtf8>(sink, Span{FileId{1}, 5, 6}, "c");
  diagnose<Kind::NotUtf8>(sink, Span{FileId{0}, 9, 10}, "b");
  diagnose<Kind::NotUtf8>(sink, Span{FileId{0}, 2, 3}, "a");
  const auto sorted = sink.sorted();
  CHECK(sorted[0].span.begin == 2);
  CHECK(sorted[1].span.begin == 9);
  CHECK(sorted[2].span.begin == 5);
  sink.truncate(1);
  CHECK(sink.all().size() == 1);
  CHECK(sink.errors() == 1);
}
