// What a line looks like from its first words: a declaration, a particular, or the middle of a sentence. Used only after
// a mistake, where the grammar alone cannot tell.
#pragma once

#include "grammar/reader.hpp"

namespace onus::syntax {

class Lines {
 public:
  explicit Lines(const Reader& reader) : reader_(reader) {}

  // A line that opens a declaration: its keyword and what must follow it.
  [[nodiscard]] bool is_declaration(Place at) const;
  // The same words, wherever they stand in their line.
  [[nodiscard]] bool opens_declaration(Place at) const;
  // A line that opens a particular of a provision: its words and a colon.
  [[nodiscard]] bool is_particular(Place at) const;
  // One of these, or the end of the file.
  [[nodiscard]] bool begins_anew(Place at) const;

 private:
  [[nodiscard]] bool is_label(Place at) const;
  const Reader& reader_;
};

}  // namespace onus::syntax
