// Texts that are meant to break a parser: depth, length, and mistakes without end. Each is answered with a message at a
// place, and the work grows with the text and no faster.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "rule_files.hpp"
#include "support.hpp"

using namespace onus;
using namespace onus::syntax;
using namespace onus::syntax::test;

namespace {

std::string times(std::size_t count, const std::string& text) {
  std::string result;
  result.reserve(count * text.size());
  for (std::size_t at = 0; at < count; ++at) result += text;
  return result;
}

const std::string head = "regulation r \"R\".\n";

std::string value(const std::string& expression) { return head + "value v:\n  the v of a ship is " + expression + ".\n"; }
std::string condition(const std::string& text) { return head + "definition d:\n  a ship is idle if " + text + ".\n"; }

std::string nested_lists(std::size_t depth) {
  std::string result = "all of the following apply:\n";
  for (std::size_t at = 1; at <= depth; ++at) {
    result += std::string(at, '-') + " any of the following apply:\n";
  }
  return result + std::string(depth + 1, '-') + " the ship is towed";
}

// Told in time, with a place, and the tree is whole.
void check_refused(const std::string& text) {
  const auto begin = std::chrono::steady_clock::now();
  const Parsed parsed(text);
  const auto spent = std::chrono::steady_clock::now() - begin;
  CAPTURE(text.substr(0, 120));
  CHECK(parsed.errors() >= 1);
  CHECK(std::chrono::duration_cast<std::chrono::milliseconds>(spent).count() < 2000);
  CHECK(print(parsed.tree, parsed.source) == text);
  CHECK(defect(parsed.tree, text) == "");
  CHECK(parsed.tree.broken());
}

bool says(const std::string& text, Kind kind) {
  const Parsed parsed(text);
  for (const Diagnostic& mistake : parsed.sink.all()) {
    if (mistake.kind == kind) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("nesting has a limit, and a message says so") {
  constexpr std::size_t deep = 100'000;
  const std::vector<std::string> texts{
      value(times(deep, "the sum of ") + "the x"),
      value(times(deep, "1/3 of ") + "the x"),
      value(times(deep, "the higher of ") + "the x"),
      value(times(deep, "2 weeks before ") + "the x"),
      value(times(deep, "the x as of ") + "the x"),
      condition(times(deep, "for at least one crew of the ship, ") + "the ship is idle"),
      condition(nested_lists(300)),
      condition(nested_lists(2000)),
  };
  for (const std::string& text : texts) {
    check_refused(text);
    CHECK(says(text, Kind::NestedTooDeep));
  }
  // The limit itself is allowed, and one more is not.
  CHECK(Parsed(value(times(254, "1/3 of ") + "the x")).said() == "");
  CHECK(Parsed(condition(nested_lists(120))).said() == "");
  CHECK(Parsed(value(times(258, "1/3 of ") + "the x")).errors() == 1);
}

TEST_CASE("brackets without end are one message") {
  check_refused(value(times(100'000, "(") + "the x" + times(100'000, ")")));
  check_refused(condition(times(100'000, "( ") + "the ship is idle"));
  CHECK(Parsed(value(times(100'000, "(") + "the x")).errors() == 1);
}

TEST_CASE("long lines, long words and long files are refused or read") {
  constexpr std::size_t seven = 7U << 20U;
  CHECK(says(head + "use \"" + std::string(seven, 'x') + "\".\n", Kind::RuleTextTooLong));
  CHECK(says(head + "use \"" + std::string(seven, 'x'), Kind::UnclosedText));
  CHECK(says(head + "source " + std::string(seven, 'x') + " \"X\".\n", Kind::RuleNameTooLong));
  CHECK(says(value("1e25 " + times(seven / 6, "model ")), Kind::Unexpected) == false);  // one very long unit: named so
  check_refused(condition("the " + times(seven / 6, "model ") + "is idle"));
  check_refused(condition("the model is " + times(seven / 6, "model ")));
  check_refused(head + times(seven / 4, "the "));
  check_refused(head + times(seven, "."));
  check_refused(head + times(seven / 2, ". "));
  check_refused(head + times(seven / 2, "\" "));
  check_refused(head + times(seven / 3, "- \n"));
  check_refused(head + times(seven / 10, "duty 1 \"\":\n"));
  check_refused(head + times(seven / 8, "note: \"\"\n"));
  check_refused(condition("the ship is idle" + times(seven / 25, " and the ship is is idle")));
  check_refused(condition("any of the following apply:" + times(seven / 25, "\n - the ship is is idle;")));
  check_refused(std::string(11U << 20U, 'x'));
  CHECK(Parsed(std::string(11U << 20U, ' ')).sink.all()[0].kind == Kind::FileTooLarge);
  CHECK(says(value(std::string(1'000'000, '7')), Kind::RuleNumberTooLong));
  CHECK(says(value("1e" + std::string(1'000'000, '7')), Kind::RuleNumberTooLong));
  CHECK(says(value("1e999999999"), Kind::MalformedNumber));
  CHECK(Parsed(value(std::string(999, '7'))).said() == "");
  CHECK(Parsed(head + "use \"" + std::string(64 << 10, 'x') + "\".\n").said() == "");
}

TEST_CASE("the work grows with the text and no faster") {
  const std::string duty = read(fixtures() / "harbour-code.onus");
  const std::string body = duty.substr(duty.find("// ---- what things are"));
  const auto shapes = std::vector<std::pair<const char*, std::string>>{
      {"sound text", body},
      {"a slip in each sentence", "definition d:\n  a ship is idle fi the crew of the ship exceds 3 persons.\n"},
      {"no full stops", "definition d:\n  a ship is idle if the crew of the ship exceeds 3 persons\n"},
      {"bare words", "the model of the model is\n"},
      {"bullets", "- - -\n-- x;\n"},
      {"open texts", "note: \"x\n"},
      {"lists that break off", "definition d:\n  a ship is idle if all of the following apply:\n    - the ship is\n"},
      {"unknown characters", "% & ( ) =\n"},
  };
  for (const auto& [title, shape] : shapes) {
    const std::string name = title;
    const std::size_t count = std::max<std::size_t>(20, 60'000 / shape.size());
    const Parsed once(head + times(count, shape));
    const Parsed twice(head + times(2 * count, shape));
    CAPTURE(name);
    CHECK(static_cast<double>(twice.effort.tokens) <= 2.1 * static_cast<double>(once.effort.tokens));
    CHECK(static_cast<double>(twice.effort.taken) <= 2.3 * static_cast<double>(once.effort.taken));
    CHECK(static_cast<double>(twice.effort.taken) <= 40 * static_cast<double>(twice.effort.tokens) + 100'000);
  }
  // The same within one sentence.
  const auto sentences = std::vector<std::pair<const char*, std::string>>{
      {"sound members", " and the ship is idle"},
      {"a word too many in each", " and the ship is is idle"},
      {"sound sums", " plus the x of the ship"},
      {"bullets with slips", ";\n  - the ship ise idle"},
  };
  for (const auto& [title, member] : sentences) {
    const std::string name = title;
    const Parsed once(condition("the ship is idle" + times(4'000, member)));
    const Parsed twice(condition("the ship is idle" + times(8'000, member)));
    CAPTURE(name);
    CHECK(static_cast<double>(twice.effort.taken) <= 2.3 * static_cast<double>(once.effort.taken));
  }
}

TEST_CASE("mistakes without end are cut off, and said to be") {
  const std::string text = head + times(20'000, "definition d:\n  a ship ise idle of.\n");
  const Parsed parsed(text);
  CHECK(parsed.errors() >= 1000);
  CHECK(parsed.errors() <= 1001);
  CHECK(parsed.sink.all().back().kind == Kind::TooManyMistakes);
  CHECK(defect(parsed.tree, text) == "");
}

TEST_CASE("all this stays within 512 MiB") {
  rusage usage{};
  REQUIRE(getrusage(RUSAGE_SELF, &usage) == 0);
  // The sanitizers' shadow memory and quarantine are not the program's: there the run itself is the test.
#if defined(__SANITIZE_ADDRESS__)
  constexpr long shadow = 8;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
  constexpr long shadow = 8;
#else
  constexpr long shadow = 1;
#endif
#else
  constexpr long shadow = 1;
#endif
  CHECK(usage.ru_maxrss < shadow * 512L * 1024);
}
