// Slips of the pen, at random: single tokens of a text left out, doubled, swapped, replaced or misspelt.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "grammar/lexical.hpp"
#include "grammar/mistakes.hpp"

namespace onus::syntax::test {

struct Edited {
  std::string text;
  std::uint32_t line = 0;  // of the token, one-based
  std::string what;
};

class Editor {
 public:
  explicit Editor(std::string text)
      : text_(std::move(text)), mistakes_(FileId{0}), tokens_(tokenise(text_, mistakes_)) {
    tokens_.pop_back();
  }
  [[nodiscard]] const std::string& text() const { return text_; }

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
          if ((!is_keyword(token.kind) && token.kind != NodeKind::Word) || own.size() < 3) continue;
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
  [[nodiscard]] std::string part(const Token& token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }
  std::string text_;
  Mistakes mistakes_;
  std::vector<Token> tokens_;
};

}  // namespace onus::syntax::test
