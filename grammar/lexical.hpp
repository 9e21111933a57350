// Words and marks: one pass over the text of a rule file, into a flat vector of tokens. Blanks and comments make no
// token; they are the bytes between tokens.
//
// Promises. Never fails and never reads a byte twice for good: every text gives tokens in order, closed by EndOfFile.
// Names are never split: `ruler`, `nota` and `1and` are one token each. What cannot be read is reported here, narrowly and
// once, and gives a token of the kind that was probably meant, flagged `Malformed`, so that the grammar goes on.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "grammar/mistakes.hpp"
#include "source/source.hpp"
#include "syntax/tree.hpp"

namespace onus::syntax {

struct Token {
  enum Flag : std::uint8_t {
    LineStart = 1,   // the first token of its line
    Malformed = 2,   // reported here already; its leaf is NodeKind::Malformed
    Unclosed = 4,    // a text or citation without its end
    Deleted = 8,     // passed over by the grammar: an unknown character or a word that stands twice
    Patched = 16,    // recovery holds a word that is missing before this one
    NameStop = 32,   // no name goes on here, whatever the word
    Skip = 64,       // recovery gave this part up and knows where to go on
  };
  NodeKind kind = NodeKind::EndOfFile;
  std::uint8_t flags = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  // Of a bullet: its dashes. Of anything else 0.
  [[nodiscard]] std::uint32_t depth() const { return kind == NodeKind::Bullet ? end - begin : 0; }
  [[nodiscard]] bool has(Flag flag) const { return (flags & flag) != 0; }
};

// The tokens of the text; the last is EndOfFile, at the end of the text. `text` must be shorter than 4 GiB.
[[nodiscard]] std::vector<Token> tokenise(std::string_view text, Mistakes& mistakes);

}  // namespace onus::syntax
