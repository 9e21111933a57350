// Diagnostics as text and JSON: order, places, excerpts, limits.
#include <doctest/doctest.h>

#include <algorithm>

#include "report/diagnostics.hpp"

using namespace onus;
using namespace onus::reports;

namespace {

struct Fixture {
  SourceStore sources;
  FileId first = sources.add("a.onus", "one two\n\tthr\xC3\xA9""e four\n");
  FileId second = sources.add("b.onus", std::string(300, 'x') + " mark " + std::string(300, 'y'));
  Sink sink;

  [[nodiscard]] std::string text(const DiagnosticOptions& options = {}) const {
    return diagnostics_text(sink, sources, {false, 100}, options);
  }
};

std::size_t lines_of(const std::string& text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }

}  // namespace

TEST_CASE_FIXTURE(Fixture, "they come by file and place, however they were found") {
  diagnose<Kind::FolderWithoutRules>(sink, Span{second, 0, 1});
  diagnose<Kind::TestWithoutDate>(sink, Span{first, 4, 7});
  diagnose<Kind::FolderWithoutRules>(sink, Span{first, 0, 3});
  const std::string said = text();
  const auto at = [&](const char* place) { return said.find(place); };
  CHECK(at("a.onus:1:1: error ON0030") < at("a.onus:1:5: error ON0031"));
  CHECK(at("a.onus:1:5: error ON0031") < at("b.onus:1:1: error ON0030"));
}

TEST_CASE_FIXTURE(Fixture, "columns count code points, and the mark stands below what it marks") {
  diagnose<Kind::TestWithoutDate>(sink, Span{first, 16, 20});   // "four", behind a tab and a letter of two bytes
  CHECK(text() ==
        "a.onus:2:8: error ON0031: a test needs its own date: write `as of: 2026-03-01`\n"
        "    2 |     thr\xC3\xA9""e four\n"
        "      |           ^~~~\n");
}

TEST_CASE_FIXTURE(Fixture, "a long line is cut to the part around the mark") {
  diagnose<Kind::TestWithoutDate>(sink, Span{second, 301, 305});
  const std::string said = text();
  const auto excerpt = said.substr(said.find('\n') + 1);
  CHECK(excerpt.size() < 300);
  CHECK(excerpt.find("… mark") == std::string::npos);
  CHECK(excerpt.find("x mark y") != std::string::npos);
  const auto line = excerpt.substr(0, excerpt.find('\n'));
  const auto mark = excerpt.substr(excerpt.find('\n') + 1);
  CHECK(width_of(line.substr(0, line.find("mark"))) == mark.find('^'));
}

TEST_CASE_FIXTURE(Fixture, "so many of a file are shown, the rest are counted") {
  for (std::uint32_t i = 0; i < 5; ++i) diagnose<Kind::FolderWithoutRules>(sink, Span{first, i, i});
  diagnose<Kind::FolderWithoutRules>(sink, Span{second, 0, 0});
  const std::string said = text({2, false});
  CHECK(said.find("a.onus: and 3 more\n") != std::string::npos);
  CHECK(said.find("b.onus:1:1") != std::string::npos);
  CHECK(lines_of(said) == 3 * 3 + 1);
}

TEST_CASE_FIXTURE(Fixture, "quiet leaves warnings out") {
  diagnose<Kind::CaseNamedTwice>(sink, Span{first, 0, 0}, "");
  CHECK(text({100, true}).empty());
  CHECK(text({100, false}).starts_with("a.onus:1:1: warning ON0032"));
}

TEST_CASE_FIXTURE(Fixture, "a fix that the message names already is not repeated") {
  diagnose<Kind::NoSuchFile>(sink, Span{first, 0, 3}, "; did you mean `two`?").fix({first, 0, 3}, "two");
  CHECK(text().find("fix:") == std::string::npos);
  diagnose<Kind::NoSuchFile>(sink, Span{first, 4, 7}, "").fix({first, 4, 7}, "three").fix({first, 4, 7}, "").fix({first, 7, 7}, ".");
  const std::string said = text();
  CHECK(said.find("fix: write `three` for `two`") != std::string::npos);
  CHECK(said.find("fix: remove `two`") != std::string::npos);
  CHECK(said.find("fix: add `.`") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "JSON has both ends of each place, in code points and in bytes") {
  diagnose<Kind::TestWithoutDate>(sink, Span{first, 16, 20}).note({first, 0, 3}, "here");
  const std::string json = diagnostics_json(sink, sources, {}).compact();
  CHECK(json.find(R"("line": 2, "column": 8, "end_line": 2, "end_column": 12, "byte": 16, "end_byte": 20)") != std::string::npos);
  CHECK(json.find(R"("code": "ON0031", "name": "test-without-date", "severity": "error")") != std::string::npos);
  CHECK(json.find(R"("message": "here")") != std::string::npos);
}
