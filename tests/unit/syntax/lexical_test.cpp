// Words and marks: what is one token, of which kind, and what is said of what is none.
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "grammar/lexical.hpp"
#include "rule_files.hpp"
#include "support.hpp"

using namespace onus;
using namespace onus::syntax;
using namespace onus::syntax::test;

namespace {

struct Lexed {
  Mistakes mistakes{FileId{0}};
  std::vector<Token> tokens;
  std::string text;
  explicit Lexed(std::string the_text) : tokens(), text(std::move(the_text)) { tokens = tokenise(text, mistakes); }

  // "Word|KwIf|Number!": kinds, `!` where malformed, `^` where the token begins a line; the end left out.
  [[nodiscard]] std::string kinds() const {
    std::string result;
    for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
      if (at > 0) result += '|';
      result += name_of(tokens[at].kind);
      if (tokens[at].has(Token::Malformed)) result += '!';
    }
    return result;
  }
  [[nodiscard]] std::string said() const {
    std::string result;
    for (const Diagnostic& mistake : mistakes.all()) result += std::string(info(mistake.kind).code) + " ";
    return result;
  }
};

std::string kinds(const std::string& text) { return Lexed(text).kinds(); }

}  // namespace

TEST_CASE("words, labels and numbers") {
  const std::vector<std::pair<const char*, const char*>> table{
      {"model", "Word"},
      {"if", "KwIf"},
      {"If", "Word"},
      {"iffy", "Word"},
      {"general-purpose", "Word"},
      {"and/or", "Word"},
      {"FLOP/s", "Word"},
      {"foo- bar", "Word|Unknown!|Word"},
      {"a.", "KwA|FullStop"},
      {"a.b", "Tag"},
      {"V", "Word"},
      {"3.2", "Number"},
      {"3.2.2", "Tag"},
      {"53(1)(a)", "Tag"},
      {"52(1)-again", "Tag"},
      {"x(y)", "Tag"},
      {"28a", "Tag"},
      {"28bis", "Number!"},
      {"4-again", "Tag"},
      {"(a)", "ItemLabel"},
      {"(iv)", "ItemLabel"},
      {"(abcde)", "Unknown!|Word|Unknown!"},
      {"0", "Number"},
      {"1e25", "Number"},
      {"1.0e25", "Number"},
      {"10^25", "Number"},
      {"1e-3", "Number"},
      {"1e+3", "Number"},
      {"1_000_000", "Number"},
      {"1/3", "Number"},
      {"1e25/3", "Number"},
      {"007", "Number!"},
      {".5", "Number!"},
      {"1,000", "Number!"},
      {"1_", "Number!"},
      {"1__0", "Number!"},
      {"0x10", "Number!"},
      {"1and", "Number!"},
      {"15days", "Number!"},
      {"1e25FLOP", "Number!"},
      {"1e999999999", "Number!"},
      {"1/0", "Number!"},
      {"1e25.", "Number|FullStop"},
      {"3;", "Number|Semicolon"},
      {"3,", "Number|Comma"},
      {"2025-08-02", "Date"},
      {"2025-08-02.", "Date|FullStop"},
      {"2025-99-99", "Date"},  // its shape is right; that there is no such day is the model's business
      {"2025-8-2", "Date!"},
      {"2025/08/02", "Date!"},
      {"02/08/2025", "Date!"},
      {"2.8.2025", "Date!"},
      {"2025-08-02T12:30", "Moment"},
      {"2025-08-02T12", "Date!"},
      {"due:", "KwDue|Colon"},
      {"\"text\"", "String"},
      {"\"a // b\" // c", "String"},
      {"[x] // [y]", "Cite"},
      {"\"open.", "String!|FullStop"},
      {"\"open:\nx", "String!|Colon|Word"},
      {"\"open // x", "String!"},
      {"[open:", "Cite!|Colon"},
      {"- a", "Bullet|KwA"},
      {"--- a", "Bullet|KwA"},
      {"-a", "Bullet!|KwA"},
      {"x - a", "Word|Unknown!|KwA"},
      {"x\n  -- a", "Word|Bullet|KwA"},
      {"x > y", "Word|KwExceeds!|Word"},
      {"x >= y", "Word|Unknown!|Word"},
      {"3 %", "Number|Word!"},
      {"((((", "Unknown!"},
      {"mod\xC3\xA8le", "Word!"},
      {"snake_case", "Word!"},
      {"\xE2\x80\x9Ctext\xE2\x80\x9D", "String!"},
      {"\xE2\x80\x93 x", "Unknown!|Word"},
      {"the ship's", "KwThe|Word|Unknown!|Word"},
      {"", ""},
      {" \t\r\n // only a comment", ""},
      {"\xEF\xBB\xBFif", "KwIf"},
  };
  for (const auto& [written, wanted] : table) {
    const std::string text = written;
    CAPTURE(text);
    const Lexed lexed(text);
    CHECK(lexed.kinds() == wanted);
    CHECK((lexed.said().empty()) == (lexed.kinds().find('!') == std::string::npos));
    // The same behind another word, so that nothing depends on where a text begins; a byte order mark only does.
    const std::string more = wanted[0] == '\0' ? "" : std::string("|") + wanted;
    if (!text.starts_with("\xEF\xBB\xBF")) CHECK(kinds("if\n" + text) == "KwIf" + more);
  }
}

TEST_CASE("every token knows whether it begins a line") {
  const Lexed lexed("a b\n  c // x\n- d");
  std::string starts;
  for (const Token& token : lexed.tokens) starts += token.has(Token::LineStart) ? '^' : '.';
  CHECK(starts == "^.^^..");
  CHECK(lexed.tokens[3].depth() == 1);
  CHECK(lexed.tokens[0].depth() == 0);
}

TEST_CASE("tokens lie in order and cover all but blanks and comments") {
  for (const auto& path : rule_files()) {
    const Lexed lexed(read(path));
    std::uint32_t done = 0;
    for (const Token& token : lexed.tokens) {
      CHECK(token.begin >= done);
      CHECK((token.end > token.begin || token.kind == NodeKind::EndOfFile));
      done = token.end;
    }
    CHECK(lexed.tokens.back().kind == NodeKind::EndOfFile);
    CHECK(lexed.tokens.back().begin == lexed.text.size());
  }
}

TEST_CASE("limits of words, texts and numbers") {
  CHECK(Lexed(std::string(256, 'x')).said() == "");
  CHECK(Lexed(std::string(257, 'x')).said() == "ON1008 ");
  CHECK(Lexed("\"" + std::string(65536, 'x') + "\"").said() == "");
  CHECK(Lexed("\"" + std::string(65537, 'x') + "\"").said() == "ON1007 ");
  CHECK(Lexed(std::string(1000, '1')).said() == "");
  CHECK(Lexed(std::string(1001, '1')).said() == "ON1009 ");
  CHECK(Lexed("1" + std::string(1001, '_')).said() == "ON1009 ");
  CHECK(Lexed("1e10000").said() == "");
  CHECK(Lexed("1e10001").said() == "ON1004 ");
}
