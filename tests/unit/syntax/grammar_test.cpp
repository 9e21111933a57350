// The grammar: it accepts exactly what grammar/onus.ebnf says, its trees have the shapes that kinds.def promises, and
// printing a tree gives back the bytes.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "ebnf.hpp"
#include "grammar/kind_set.hpp"
#include "rule_files.hpp"
#include "support.hpp"
#include "syntax/words.hpp"

using namespace onus;
using namespace onus::syntax;
using namespace onus::syntax::test;

namespace {

const ebnf::Grammar& surface() {
  static const ebnf::Grammar grammar(read(std::filesystem::path(ONUS_SOURCE_DIR) / "grammar/onus.ebnf"));
  return grammar;
}

std::string spelling(const std::string& terminal, std::mt19937& random) {
  const auto any = [&](const std::vector<std::string>& of) { return of[random() % of.size()]; };
  if (terminal == "STRING") return any({"\"text\"", "\"\"", "\"a; b. c: (d) 2025-01-01 // no comment\"", "\"Zoë\""});
  if (terminal == "CITE") return any({"[AIA 53(1)(a)]", "[x]", "[]"});
  if (terminal == "LETTER") return any({"(a)", "(12)", "(iv)"});
  if (terminal == "NUMBER") return any({"1", "0", "1e25", "10^25", "1/3", "2.5", "1_000", "1e25/3"});
  if (terminal == "DATE") return any({"2025-08-02", "0001-01-01"});
  if (terminal == "MOMENT") return "2025-08-02T12:30";
  if (terminal == "TAG") return any({"53(1)(a)", "3.2.2", "28a", "52(1)-again", "x(y)"});
  if (terminal == "WORD") return any({"model", "foo-bar", "X", "non-commercial", "and/or", "ruler", "nota", "AI"});
  if (terminal.starts_with("BULLET")) return "\n" + std::string(std::stoul(terminal.substr(6)), '-');
  if (terminal.starts_with("NEXT")) return ";\n" + std::string(std::stoul(terminal.substr(4)), '-');
  return terminal;
}

std::string spelt(const std::vector<std::string>& terminals, std::mt19937& random) {
  std::string text;
  for (const std::string& terminal : terminals) {
    text += spelling(terminal, random);
    const auto dice = random() % 40;
    text += dice == 0 ? " // a comment\n" : dice < 4 ? "\n  " : " ";
  }
  return text;
}

// How many sentences are made; ONUS_SENTENCES asks for more.
int sentences(int usual) {
  const char* asked = std::getenv("ONUS_SENTENCES");
  return asked != nullptr ? std::atoi(asked) : usual;
}

// The grammar has no limit for names; a rare sentence passes it.
bool too_long(const Parsed& parsed) {
  return parsed.errors() > 0 && std::any_of(parsed.sink.all().begin(), parsed.sink.all().end(), [](const Diagnostic& mistake) {
           return mistake.kind == Kind::RuleNameTooLong;
         });
}

// A semicolon and a bullet are one terminal, however they came together.
std::vector<std::string> joined(const std::vector<std::string>& terminals) {
  std::vector<std::string> result;
  for (const std::string& terminal : terminals) {
    if (terminal.starts_with("BULLET") && !result.empty() && result.back() == ";") {
      result.back() = "NEXT" + terminal.substr(6);
    } else {
      result.push_back(terminal);
    }
  }
  return result;
}

// kinds.def as regular expressions over the names of the children.
class Shapes {
 public:
  Shapes() {
    std::string condition, expression;
    define("COND", "And|Or|CondUnless|CondFor|ListAll|ListAny|ListAtLeast|ListNone|Statement|Established");
    define("EXPR",
           "Sum|Product|Quantity|Share|OffsetBefore|OffsetAfter|DateValue|MomentValue|Today|Named|Path|SumOf|GreatestOf|"
           "SmallestOf|NumberOf|EarlierOf|LaterOf|HigherOf|LowerOf");
    define("ARTICLE", "KwA|KwAn");
    define("IS", "KwIs|KwAre");
    define("HEADLINE", "HeadlineFor|HeadlineStatus|HeadlinePeriods|HeadlineTimeZone");
    define("PROVISION",
           "Definition|Assumption|Presumption|Value|Duty|Prohibition|Permission|Guidance|Penalty|Liability|Exception|Transition|Open");
    define("PARTICULAR",
           "Towards|LimitedTo|From|Until|Due|FailingWhich|FulfilledBy|RebuttedIf|EnforcedBy|AppliesFrom|EnforceableFrom|"
           "RenamedFrom|Quote|Note|Reading|ValueReading");
    define("DUE", "DueBy|DueBefore|DueWithin|DueWithoutDelay|DueOnRequest|DueEvery|DueFor|DueContinuously");
    define("CHANGE", "Set|Repeal|Replace|EditValue|EditNorm");
    define("RANGE", "RangeOneOf|RangeAnyOf|RangeIs|RangeAre");
    define("TYPE", "TypeA|TypeNumberOf|TypeInverse|TypeRepeated|TypeKind");
    define("LINK", "LinkThe|LinkA|LinkNamed");
    define("SUBJECT", "SubjectA|SubjectThe");
    define("BEARER", "BearerEach|BearerThe");
    define("QUANTIFIED", "AtLeast|Every|No");
    define("VERDICT", "VerdictApplies|VerdictDoesNotApply|VerdictDepends|VerdictUndetermined|VerdictNotYet|VerdictNoLonger");
    define("DETAIL", "DetailDue|DetailFrom|DetailLimitedTo|DetailAtMost");
    define("EXPECT", "ExpectHolds|ExpectDepends|ExpectUndetermined|ExpectReading|ExpectVerdict");
    define("BECAUSE", "Because|BecauseOnly");
    define("VERB",
           "VerbExceeds|VerbHas|VerbHasNo|StateIs|StateNot|StateAtLeast|StateAtMost|StateBelow|StateBefore|StateAfter|"
           "StateOnOrBefore|StateOnOrAfter|StateUnknowable");
    groups_["IFS"] = "(Comma? (If|Unless))?";
    std::string words = "Word", inner, provisions;
    for (const NodeKind kind : keywords()) {
      const std::string name(name_of(kind));
      if (class_of(kind) != WordClass::Hard) words += "|" + name;
      if (predicate_words.has(kind) || kind == NodeKind::KwUnder) inner += (inner.empty() ? "" : "|") + name;
      if (provision_starts.has(kind)) provisions += (provisions.empty() ? "" : "|") + name;
    }
    define("WORD", words);
    define("INNER", inner);
    define("PROVISION_WORD", provisions);
    read_kinds();
  }

  // Empty, or which node is not as promised.
  std::string defect(const Tree& tree) {
    for (std::uint32_t at = 0; at < tree.size(); ++at) {
      const NodeRef node(tree, at);
      if (node.is_token()) continue;
      std::string children;
      std::size_t count = 0;
      for (const NodeRef child : node.children()) children += std::string(name_of(child.kind())) + " ", ++count;
      if (count > 60) continue;  // the expressions recurse
      std::string shape(name_of(node.kind()));
      const bool provision = provisions_.count(shape) != 0;
      if (shape == "Sentence") shape = "Sentence of " + within_;
      if (provision) within_ = shape;
      const std::string& wanted = provision ? (about_.count(shape) != 0 ? about_provision_ : any_provision_) : shapes_.at(shape);
      seen_.insert(shape);
      if (!std::regex_match(children, compiled(wanted))) return std::string(name_of(node.kind())) + ": " + children;
    }
    return {};
  }
  // Shapes that no tree has shown yet.
  std::string unseen() const {
    std::string result;
    for (const auto& [name, shape] : shapes_) {
      if (seen_.count(name) == 0 && name != "Error") result += name + " ";
    }
    return result;
  }

 private:
  void define(const std::string& name, const std::string& choices) { groups_[name] = "(" + choices + ")"; }

  void read_kinds() {
    const std::string text = read(std::filesystem::path(ONUS_SOURCE_DIR) / "src/syntax/kinds.def");
    const std::regex line(R"(ONUS_NODE\((\w+)\)\s*//\s?(.*))");
    bool provisions = false;
    for (auto at = std::sregex_iterator(text.begin(), text.end(), line); at != std::sregex_iterator(); ++at) {
      const std::string name = (*at)[1];
      std::string shape = (*at)[2];
      const std::size_t prose = shape.find("   ");
      if (prose != std::string::npos) shape.resize(prose);
      if (name == "Definition") provisions = true;
      if (name == "Sentence") provisions = false;
      if (name == "Sentence" || name == "Error" || name == "Name") continue;
      if (provisions) {
        provisions_.insert(name);
        shapes_["Sentence of " + name] = shape;
      } else {
        shapes_[name] = shape;
      }
    }
  }

  // Names become `Name `, blanks vanish, groups are put in.
  std::string expanded(const std::string& shape) {
    std::string result;
    for (std::size_t at = 0; at < shape.size();) {
      if (std::isalpha(static_cast<unsigned char>(shape[at])) != 0) {
        std::size_t end = at;
        while (end < shape.size() && (std::isalnum(static_cast<unsigned char>(shape[end])) != 0 || shape[end] == '_')) ++end;
        const std::string name = shape.substr(at, end - at);
        const auto group = groups_.find(name);
        result += group != groups_.end() ? expanded(group->second) : "(?:" + name + " )";
        at = end;
      } else {
        if (shape[at] != ' ') result += shape[at] == '(' ? std::string("(?:") : std::string(1, shape[at]);
        ++at;
      }
    }
    return result;
  }
  const std::regex& compiled(const std::string& shape) {
    auto known = compiled_.find(shape);
    if (known == compiled_.end()) known = compiled_.emplace(shape, std::regex(expanded(shape))).first;
    return known->second;
  }

  std::map<std::string, std::string> groups_;
  std::map<std::string, std::string> shapes_;
  std::map<std::string, std::regex> compiled_;
  std::set<std::string> provisions_;
  std::set<std::string> seen_;
  std::string within_;
  const std::set<std::string> about_{"Exception", "Transition", "Open"};
  const std::string any_provision_ = "PROVISION_WORD Head Colon Sentence PARTICULAR*";
  const std::string about_provision_ = "PROVISION_WORD Head (KwTo|KwFor|KwIn) (Refs|RefsEvery) Colon Sentence PARTICULAR*";
};

}  // namespace

TEST_CASE("the reserved words of the lexer are those of onus.ebnf") {
  CHECK(surface().conflicts().empty());
  std::set<std::string> hard, soft, no_start;
  for (const NodeKind kind : keywords()) {
    const std::string word(text_of(kind));
    CHECK(word_kind(word) == kind);
    (class_of(kind) == WordClass::Hard ? hard : class_of(kind) == WordClass::Soft ? soft : no_start).insert(word);
  }
  CHECK(hard == surface().hard());
  CHECK(soft == surface().soft());
  CHECK(no_start == surface().no_start());
}

TEST_CASE("no keyword is found inside a longer word") {
  for (const NodeKind kind : keywords()) {
    const std::string word(text_of(kind));
    for (const char* more : {"x", "0", "-x", "/x"}) CHECK(word_kind(word + more) == NodeKind::Word);
    CHECK(word_kind("x" + word) == NodeKind::Word);
  }
}

TEST_CASE("every sentence of onus.ebnf is accepted, and its tree has the promised shapes") {
  std::mt19937 random(1);
  Shapes shapes;
  std::size_t longest = 0;
  for (int count = 0; count < sentences(16000); ++count) {
    const auto terminals = surface().sentence(random, 20 + random() % 200);
    longest = std::max(longest, terminals.size());
    const std::string text = spelt(terminals, random);
    const Parsed parsed(text);
    if (too_long(parsed)) continue;
    if (parsed.errors() != 0) {
      CAPTURE(text);
      CHECK(parsed.said() == "");
      break;
    }
    REQUIRE(defect(parsed.tree, text) == "");
    REQUIRE(print(parsed.tree, parsed.source) == text);
    REQUIRE(!parsed.tree.broken());
    const std::string shape = shapes.defect(parsed.tree);
    if (!shape.empty()) {
      CAPTURE(text);
      CHECK(shape == "");
      break;
    }
  }
  CHECK(longest > 100);
  CHECK(shapes.unseen() == "");
}

TEST_CASE("what onus.ebnf does not accept is a mistake") {
  std::mt19937 random(2);
  int accepted = 0, refused = 0;
  for (int count = 0; count < sentences(6000); ++count) {
    auto terminals = surface().sentence(random, 10 + random() % 60);
    const auto other = surface().sentence(random, 10 + random() % 60);
    const std::size_t at = random() % terminals.size();
    const auto place = terminals.begin() + static_cast<std::ptrdiff_t>(at);
    switch (random() % 4) {
      case 0: terminals.erase(place); break;
      case 1: terminals.insert(place, other[random() % other.size()]); break;
      case 2: *place = other[random() % other.size()]; break;
      default: std::swap(*place, terminals[random() % terminals.size()]); break;
    }
    const bool sentence = !surface().first_error(joined(terminals)).has_value();
    const std::string text = spelt(terminals, random);
    const Parsed parsed(text);
    REQUIRE(defect(parsed.tree, text) == "");
    if (too_long(parsed)) continue;
    (sentence ? accepted : refused) += 1;
    if (sentence != (parsed.errors() == 0)) {
      CAPTURE(text);
      CAPTURE(sentence);
      CHECK(parsed.said() == (sentence ? "" : "a mistake"));
      break;
    }
  }
  std::printf("edited sentences: %d still good, %d refused\n", accepted, refused);
  CHECK(accepted > 300);
  CHECK(refused > 3000);
}

TEST_CASE("the rule files of the project are read without a message and printed back") {
  Shapes shapes;
  for (const auto& path : rule_files()) {
    CAPTURE(path.string());
    const std::string text = read(path);
    const Parsed parsed(text);
    CHECK(parsed.said() == "");
    CHECK(defect(parsed.tree, text) == "");
    CHECK(print(parsed.tree, parsed.source) == text);
    CHECK(shapes.defect(parsed.tree) == "");
    CHECK(parsed.effort.taken + 1 == parsed.effort.tokens);
  }
}

TEST_CASE("line ends, a byte order mark and a missing last line end do not change the tree") {
  for (const auto& path : rule_files()) {
    const std::string text = read(path);
    std::string crlf;
    for (const char c : text) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const Parsed plain(text);
    const std::string shape = dump(plain.tree, plain.source);
    for (const std::string& other : {crlf, "\xEF\xBB\xBF" + text, text.substr(0, text.find_last_not_of('\n') + 1)}) {
      const Parsed parsed(other);
      CHECK(parsed.errors() == 0);
      CHECK(dump(parsed.tree, parsed.source) == shape);
      CHECK(print(parsed.tree, parsed.source) == other);
    }
  }
}

TEST_CASE("every prefix and every flipped byte gives a whole tree") {
  const std::string text = read(fixtures() / "harbour-code.onus");
  for (std::size_t length = 0; length < text.size(); ++length) {
    const std::string prefix = text.substr(0, length);
    const Parsed parsed(prefix);
    REQUIRE(defect(parsed.tree, prefix) == "");
    REQUIRE(print(parsed.tree, parsed.source) == prefix);
  }
  std::mt19937 random(3);
  for (int count = 0; count < 4000; ++count) {
    std::string flipped = text;
    flipped[random() % flipped.size()] ^= static_cast<char>(1U << (random() % 8));
    const Parsed parsed(flipped);
    REQUIRE(defect(parsed.tree, flipped) == "");
    REQUIRE(print(parsed.tree, parsed.source) == flipped);
  }
}
