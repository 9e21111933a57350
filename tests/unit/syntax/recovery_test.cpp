// What a drafter is told: each mistake once, at its place, with what is accepted there; and nothing after it.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support.hpp"

using namespace onus;
using namespace onus::syntax;
using namespace onus::syntax::test;

namespace {

constexpr int block_count = 30;
constexpr int block_lines = 10;
constexpr int first_line = 4;

std::vector<std::string> block(int number) {
  const std::string n = std::to_string(number);
  return {
      "duty d" + n + " \"Duty " + n + "\" [HC " + n + "(1)]:",
      "  each master of a large ship must \"do thing " + n + "\" if all of the following apply:",
      "    - (a) the tonnage of the ship exceeds 500 tonne;",
      "    - (b) the ship is idle and the ship is seaworthy;",
      "    - (c) any of the following apply:",
      "      -- the ship is towed;",
      "      -- the keel date of the ship is before 2020-01-01.",
      "  due: within 15 days of the arrival of the voyage.",
      "  failing which: penalty 9.",
      "  note: \"number " + n + "\".",
  };
}

std::vector<std::string> long_file() {
  std::vector<std::string> lines{"regulation long \"A long one\".", "status: in force from 2020-01-01.", "use \"harbour-vocabulary\"."};
  for (int number = 0; number < block_count; ++number) {
    for (const std::string& line : block(number)) lines.push_back(line);
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// Replaces `from` by `to` in line `line` of block `number`; gives the line in the file, one-based.
std::uint32_t slip(std::vector<std::string>& lines, int number, int line, const std::string& from, const std::string& to) {
  const int at = first_line - 1 + number * block_lines + line;
  std::string& text = lines[static_cast<std::size_t>(at)];
  const std::size_t place = text.rfind(from);
  REQUIRE(place != std::string::npos);
  text.replace(place, from.size(), to);
  return static_cast<std::uint32_t>(at) + 1;
}

struct Slip {
  const char* what;
  int line;
  const char* from;
  const char* to;
  Kind kind;
  int told = 0;  // lines further down than the slip
};

const std::vector<Slip>& slips() {
  static const std::vector<Slip> all{
      // a full stop is missing
      {"after a sentence", 6, ".", "", Kind::MissingFullStop},
      {"after a particular", 7, ".", "", Kind::MissingFullStop},
      {"after a reference", 8, ".", "", Kind::MissingFullStop},
      {"after a text", 9, ".", "", Kind::MissingFullStop},
      // `and` with `or`
      {"or after and", 3, ";", " or the ship is towed;", Kind::MixedAndOr},
      {"and after or", 3, "and the ship is seaworthy", "or towed and seaworthy", Kind::MixedAndOr},
      // a text without its end
      {"title", 0, "\" [", " [", Kind::UnclosedText},
      {"act", 1, "\" if", " if", Kind::UnclosedText},
      {"note", 9, "\".", ".", Kind::UnclosedText},
      {"a text without its start", 1, "must \"", "must ", Kind::MissingOpeningQuote},
      {"a citation without its end", 0, "]", "", Kind::UnclosedCitation},
      // bullets
      {"too deep", 3, "-", "--", Kind::WrongBulletDepth},
      {"too deep at the start", 2, "-", "--", Kind::WrongBulletDepth},
      {"too deep in an inner list", 6, "--", "---", Kind::WrongBulletDepth},
      {"too shallow at the start of an inner list", 5, "--", "-", Kind::WrongBulletDepth},
      {"no bullet", 3, "- (b)", "(b)", Kind::MissingWord},
      {"no semicolon", 2, ";", "", Kind::MissingMark},
      {"a comma for a semicolon", 2, ";", ",", Kind::WrongMark},
      {"a full stop for a semicolon", 2, ";", ".", Kind::WrongMark},
      // keywords with a slip
      {"duty", 0, "duty", "dutty", Kind::MisspeltKeyword},
      {"Duty", 0, "duty", "Duty", Kind::MisspeltKeyword},
      {"each", 1, "each", "ech", Kind::MisspeltKeyword},
      {"must", 1, "must", "mst", Kind::MisspeltKeyword},
      {"if", 1, "if", "fi", Kind::MisspeltKeyword},
      {"of", 1, "all of", "all fo", Kind::MisspeltKeyword},
      {"following", 1, "following", "folowing", Kind::MisspeltKeyword},
      {"apply", 1, "apply", "aply", Kind::MisspeltKeyword},
      {"exceeds", 2, "exceeds", "exceds", Kind::MisspeltKeyword},
      {"is", 3, "ship is", "ship si", Kind::MisspeltKeyword},
      {"any", 4, "any", "ayn", Kind::MisspeltKeyword},
      {"due", 7, "due", "deu", Kind::MisspeltKeyword},
      {"within", 7, "within", "whithin", Kind::MisspeltKeyword},
      {"which", 8, "which", "wich", Kind::MisspeltKeyword},
      {"penalty", 8, "penalty", "penlty", Kind::MisspeltKeyword},
      {"note", 9, "note", "noet", Kind::MisspeltKeyword},
      // other drafting styles
      {"shall", 1, "must", "shall", Kind::OtherWording},
      {"where", 1, "if", "where", Kind::OtherWording},
      {"provided that", 1, "if", "provided that", Kind::OtherWording},
      {"greater than", 2, "exceeds", "greater than", Kind::OtherWording},
      // dates that are no dates
      {"short month", 6, "2020-01-01", "2020-1-01", Kind::MalformedDate},
      {"slashes", 6, "2020-01-01", "01/01/2020", Kind::MalformedDate},
      {"points", 6, "2020-01-01", "1.1.2020", Kind::MalformedDate},
      // others
      {"a word twice", 2, "the tonnage", "the the tonnage", Kind::RepeatedWord},
      {"a full stop twice", 8, ".", "..", Kind::RepeatedWord},
      {"a word too few", 2, "the tonnage", "tonnage", Kind::MissingWord},
      {"colon of a heading", 0, "]:", "]", Kind::MissingMark},
      {"colon of a list", 4, ":", "", Kind::MissingMark},
      {"colon of a particular", 7, "due:", "due", Kind::MissingMark},
      {"brackets", 3, "the ship is idle", "(the ship is idle)", Kind::UnknownCharacter},
      {"a comparison in signs", 2, "exceeds", ">=", Kind::UnknownCharacter},
      {"a possessive", 2, "the tonnage of the ship", "the ship's tonnage", Kind::UnknownCharacter},
      {"a number with a comma", 2, "500", "1,500", Kind::MalformedNumber},
      {"a unit glued to its number", 2, "500 tonne", "500tonne", Kind::MalformedNumber},
      {"a bullet in a line", 2, "the tonnage", "- the tonnage", Kind::BulletInLine},
  };
  return all;
}

}  // namespace

TEST_CASE("a long file without a slip has no message") { CHECK(Parsed(joined(long_file())).said() == ""); }

TEST_CASE("each slip alone, at three places, gives one message at its place") {
  for (const Slip& mistake : slips()) {
    for (const int number : {0, 14, 29}) {
      auto lines = long_file();
      const std::uint32_t line = slip(lines, number, mistake.line, mistake.from, mistake.to);
      const std::string text = joined(lines);
      const Parsed parsed(text);
      CAPTURE(std::string(mistake.what));
      CAPTURE(number);
      CAPTURE(parsed.said());
      CHECK(parsed.errors() == 1);
      if (parsed.errors() == 0) continue;
      CHECK(info(parsed.sink.all()[0].kind).name == info(mistake.kind).name);
      CHECK(parsed.line(0) == line);
      CHECK(defect(parsed.tree, text) == "");
    }
  }
}

TEST_CASE("all slips together give as many messages, each at its place") {
  // As many as there are blocks at a time.
  for (std::size_t from = 0; from < slips().size(); from += block_count) {
    auto lines = long_file();
    std::vector<std::uint32_t> wanted;
    for (std::size_t at = from; at < slips().size() && at < from + block_count; ++at) {
      const Slip& mistake = slips()[at];
      wanted.push_back(slip(lines, static_cast<int>(at - from), mistake.line, mistake.from, mistake.to));
    }
    const Parsed parsed(joined(lines));
    CAPTURE(parsed.said());
    REQUIRE(parsed.errors() == wanted.size());
    for (std::size_t at = 0; at < wanted.size(); ++at) {
      CHECK(parsed.line(at) == wanted[at]);
      CHECK(parsed.sink.all()[at].kind == slips()[from + at].kind);
    }
  }
}

TEST_CASE("the rest of a file with slips is read in full") {
  auto lines = long_file();
  slip(lines, 3, 1, "must", "mst");
  slip(lines, 5, 6, ".", "");
  slip(lines, 7, 2, "the tonnage of the ship exceeds", "the exceeds no");
  const Parsed parsed(joined(lines));
  CHECK(parsed.errors() == 3);
  const auto regulation = parsed.tree.root().child(NodeKind::Regulation);
  REQUIRE(regulation);
  int duties = 0, broken = 0;
  for (const NodeRef duty : regulation->children(NodeKind::Duty)) {
    ++duties;
    broken += parsed.tree.broken(duty) ? 1 : 0;
    CHECK(duty.has(NodeKind::Sentence));
    CHECK(duty.has(NodeKind::Due));
    CHECK(duty.has(NodeKind::Note));
  }
  CHECK(duties == block_count);
  // What was put right in reading is whole; only what could not be is broken.
  CHECK(broken == 1);
}

TEST_CASE("messages name what was seen and what is accepted") {
  const std::string head = "regulation r \"R\".\n";
  const auto said = [&](const std::string& text) { return Parsed(head + text).said(); };
  CHECK(said("duty 1 \"D\":\n  each ship shall \"do\".\n") == "3:13 ON1022 `shall` is not used here; write `must`\n");
  CHECK(said("duty 1 \"D\":\n  each ship must \"do\" provided that the ship is idle.\n") ==
        "3:23 ON1022 `provided that` is not used here; write `if`\n");
  CHECK(said("duty 1 \"D\":\n  each ship which is idle must \"do\".\n") == "3:13 ON1022 `which` is not used here; write `that`\n");
  CHECK(said("duty 1 \"D\":\n  each ship must \"do\" iff the ship is idle.\n") ==
        "3:23 ON1021 `iff` is not known here; did you mean `if`?\n");
  CHECK(said("definition 1:\n  a ship shall be idle if the ship is towed.\n") == "3:10 ON1022 `shall be` is not used here; write `is`\n");
  CHECK(said("definition 1:\n  a ship is idle if the ship is towed and not seaworthy.\n") ==
        "3:43 ON1039 `not` behind `and` has no statement of its own; write `and the ship is not seaworthy`\n");
  CHECK(said("definition 1:\n  a ship is idle if the ship is towed and not the ship is seaworthy.\n") ==
        "3:43 ON1039 `not` behind `and` has no statement of its own; write `and the ship is not seaworthy`\n");
  CHECK(said("definition 1:\n  a ship is idle unles the ship is towed.\n") ==
        "3:18 ON1021 `unles` is not known here; did you mean `unless`?\n");
  CHECK(said("definition 1:\n  a ship is idle if the crew of the ship is 3 and 4.\n") ==
        "3:52 ON1020 found a full stop where a name, `is`, `of`, `exceeds` or `has` is expected\n");
  CHECK(said("definition 1:\n  a ship is idle if the ship.\n") ==
        "3:29 ON1020 found a full stop where `is`, `of`, `exceeds`, `has` or `under` is expected\n");
  CHECK(said("dutie 1 \"D\":\n  each ship must \"do\".\n") == "2:1 ON1021 `dutie` is not known here; did you mean `duty`?\n");
  CHECK(said("hello world.\n").starts_with("2:1 ON1036 found `hello` at the start of a line where a provision such as `duty`"));
  CHECK(said("kinds: ship.\n") == "2:1 ON1034 `kinds` does not stand in a regulation; it stands in a vocabulary\n");
  CHECK(said("use \"v\".\nstatus: in force.\n") ==
        "3:1 ON1035 `status` stands directly below the title of the regulation, before everything else\n");
  CHECK(said("duty 1:\n  each ship must \"do\" if the ship is idle and\n    - (a) the ship is towed.\n") ==
        "4:5 ON1032 this bullet belongs to no list; a list stands below a line such as `all of the following apply:`\n");
  CHECK(said("definition 1:\n  a ship is very_idle.\n") ==
        "3:13 ON1006 `very_idle` cannot be read as a word; words are joined by `-`\n");
  CHECK(Parsed("").said() == "1:1 ON1037 found the end of the file where the title of the file is expected: `vocabulary`, "
                             "`regulation` or `draft`, a label and a text\n");
  CHECK(Parsed("regulaton r \"R\".\n").said() == "1:1 ON1021 `regulaton` is not known here; did you mean `regulation`?\n");
}

TEST_CASE("comparisons in other words") {
  const auto said = [](const std::string& what) {
    return Parsed("regulation r \"R\".\ndefinition 1:\n  a ship is idle if the crew of the ship " + what + ".\n").said();
  };
  const auto write = [](const std::string& seen, const std::string& accepted) {
    return "3:42 ON1022 `" + seen + "` is not used here; write `" + accepted + "`\n";
  };
  CHECK(said("is greater than 5") == write("is greater than", "exceeds"));
  CHECK(said("is more than the crew of the tug") == write("is more than", "exceeds"));
  CHECK(said("is less than 5") == write("is less than", "is below"));
  CHECK(said("is greater than or equal to 5") == write("is greater than or equal to", "is at least"));
  CHECK(said("is not more than 5") == write("is not more than", "is at most"));
  CHECK(said("is no later than 2026-01-01") == write("is no later than", "is on or before"));
  CHECK(said("is equal to 5") == write("is equal to", "is"));
  CHECK(said("is on 2026-01-01") == write("is on", "is"));
  // Words that are no comparison stay what they are.
  CHECK(said("is above the line") == "");
  CHECK(said("is more than enough") == "");
  CHECK(said("is on or before 2026-01-01") == "");
}

TEST_CASE("what a newcomer writes") {
  const auto said = [](const std::string& text) { return Parsed("regulation r \"R\".\n" + text + "\n").said(); };
  CHECK(said("definition 1:\n  a ship is idle if cargo exceeds 5.") == "3:21 ON1025 `the` is missing before `cargo`\n");
  CHECK(said("definition 1:\n  a ship is idle if its cargo exceeds 5.") == "3:21 ON1022 `its` is not used here; write `the`\n");
  CHECK(said("definition 1:\n  a ship is idle if any mast of the ship is bent.") == "3:21 ON1022 `any` is not used here; write `at least one`\n");
  CHECK(said("definition 1:\n  a ship is idle if a mast of the ship is bent.") == "3:21 ON1022 `a` is not used here; write `at least one`\n");
  CHECK(said("definition 1:\n  a ship is idle if all masts of the ship are bent.") == "3:21 ON1022 `all` is not used here; write `every`\n");
  CHECK(said("definition 1:\n  a ship is idle if the ship does not have an owner.") ==
        "3:30 ON1022 `does not have an` is not used here; write `has no`\n");
  CHECK(said("definition 1:\n  a ship is idle if the ship is towed, the ship is bent and the ship is old.") ==
        "3:38 ON1020 found a comma where `and` or `or` is expected\n");
  CHECK(said("definition 1:\n  a ship is idle if all of the following apply:\n  - the ship is towed; and\n  - the ship is bent.") ==
        "4:24 ON1040 `and` behind the semicolon is too much: the head of the list says whether all or any apply\n");
  CHECK(said("definition 1:\n  a ship is idle if all of the following apply:\n  * the ship is towed.") ==
        "4:3 ON1001 `*` has no meaning here; a bullet is `-`\n");
  CHECK(said("duty 1:\n  a master of a ship must \"sail\".") == "3:3 ON1022 `a` is not used here; write `each`\n");
  CHECK(said("duty 1:\n  the master of a ship must \"sail\".") == "");
  CHECK(said("duty 1:\n  each master of a ship must not \"sail\".") == "3:30 ON1020 found `not` where a text in quotes is expected\n");
  CHECK(said("duty 1:\n  each master of a ship must \"sail\".\n  due: 2026-01-01.") == "4:8 ON1025 `by` is missing before `2026-01-01`\n");
  CHECK(said("exception 2 to 1: does not apply if the ship is towed.") ==
        "2:16 ON1020 found `1` where a provision such as `duty 53(1)(a)` or `every` is expected\n");
  CHECK(said("exception 2 to duty 1:\n  shall not apply if the ship is towed.") == "3:3 ON1022 `shall` is not used here; write `does`\n");
}

TEST_CASE("fixes put the text right") {
  for (const Slip& mistake : slips()) {
    auto lines = long_file();
    slip(lines, 2, mistake.line, mistake.from, mistake.to);
    std::string text = joined(lines);
    const Parsed parsed(text);
    if (parsed.errors() != 1 || parsed.sink.all()[0].fixes.empty()) continue;
    const Fix& fix = parsed.sink.all()[0].fixes[0];
    text.replace(fix.span.begin, fix.span.end - fix.span.begin, fix.text);
    CAPTURE(std::string(mistake.what));
    CHECK(Parsed(text).said() == "");
  }
}
