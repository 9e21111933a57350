// Slips: single-token edits of sound files. One slip should give one message, at its place; the figures are printed.
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "grammar/lexical.hpp"
#include "rule_files.hpp"
#include "support.hpp"

using namespace onus;
using namespace onus::syntax;
using namespace onus::syntax::test;

namespace {

struct Edited {
  std::string text;
  std::uint32_t line = 0;
  std::string what;
};

class Editor {
 public:
  explicit Editor(const std::string& text) : text_(text), mistakes_(FileId{0}), tokens_(tokenise(text, mistakes_)) {
    tokens_.pop_back();
  }

  Edited edit(std::mt19937& random) const {
    for (;;) {
      const std::size_t at = random() % tokens_.size();
      const Token& token = tokens_[at];
      std::string result = text_;
      const std::string own = part(token);
      std::string what;
      switch (random() % 5) {
        case 0:
          result.erase(token.begin, token.end - token.begin);
          what = "delete " + own;
          break;
        case 1:
          result.insert(token.end, " " + own);
          what = "duplicate " + own;
          break;
        case 2: {
          if (at + 1 == tokens_.size()) continue;
          const Token& next = tokens_[at + 1];
          const std::string other = part(next);
          if (other == own) continue;
          result.replace(next.begin, next.end - next.begin, own);
          result.replace(token.begin, token.end - token.begin, other);
          what = "swap " + own + " and " + other;
          break;
        }
        case 3: {
          const std::string other = part(tokens_[random() % tokens_.size()]);
          if (other == own) continue;
          result.replace(token.begin, token.end - token.begin, other);
          what = "replace " + own + " by " + other;
          break;
        }
        default: {
          if (!is_keyword(token.kind) || own.size() < 3) continue;
          result.erase(token.begin + random() % own.size(), 1);
          what = "drop a letter of " + own;
          break;
        }
      }
      const auto line = 1 + std::count(text_.begin(), text_.begin() + token.begin, '\n');
      return {std::move(result), static_cast<std::uint32_t>(line), std::move(what)};
    }
  }

 private:
  [[nodiscard]] std::string part(const Token& token) const { return text_.substr(token.begin, token.end - token.begin); }
  std::string text_;
  Mistakes mistakes_;
  std::vector<Token> tokens_;
};

}  // namespace

TEST_CASE("a single slip gives at most two messages, the first within a line of it") {
  std::vector<Editor> editors;
  for (const auto& path : rule_files()) editors.emplace_back(read(path));
  REQUIRE(editors.size() >= 3);
  std::mt19937 random(20250802);
  const char* more = std::getenv("ONUS_EDITS");
  const int edits = more != nullptr ? std::atoi(more) : 1000;
  const bool loud = std::getenv("ONUS_EDITS_LOUD") != nullptr;
  int wrong = 0, one = 0, at_most_two = 0, near = 0, near_among_heard = 0;
  for (int count = 0; count < edits; ++count) {
    const Editor& editor = editors[random() % editors.size()];
    const Edited edited = editor.edit(random);
    const Parsed parsed(edited.text);
    CHECK(defect(parsed.tree, edited.text) == "");
    if (parsed.errors() == 0) continue;
    ++wrong;
    const std::uint32_t first = parsed.line(0);
    const bool few = parsed.errors() <= 2;
    const bool close = first + 1 >= edited.line && first <= edited.line + 1;
    one += parsed.errors() == 1 ? 1 : 0;
    at_most_two += few ? 1 : 0;
    near += close ? 1 : 0;
    near_among_heard += close && few ? 1 : 0;
    if (loud && (!few || !close)) std::printf("line %u, %s:\n%s\n", edited.line, edited.what.c_str(), parsed.said().c_str());
  }
  std::printf("%d edits, %d of them mistakes: one message %.1f %%, at most two %.1f %%, first within a line %.1f %%, both %.1f %%\n",
              edits, wrong, 100.0 * one / wrong, 100.0 * at_most_two / wrong, 100.0 * near / wrong, 100.0 * near_among_heard / wrong);
  CHECK(wrong > edits / 3);
  CHECK(at_most_two * 100 >= wrong * 95);
  CHECK(near * 100 >= wrong * 95);
}
