// Reads a rule file into a syntax tree. The one door of the grammar: nothing of Boost.Spirit shows.
//
// Promises. Every text gives a tree that holds every word and mark of it. All mistakes of the file are reported in one
// run, each once, at the narrowest span, in the order of the text; the tree of a text without a report has exactly the
// shapes of syntax/kinds.def. Linear in the text. Nesting deeper than the limit and files beyond the limits of
// base/limits.hpp are refused with a place, never with a crash. Only the surface is checked here, no name is looked up.
#pragma once

#include "diagnostics/diagnostic.hpp"
#include "source/source.hpp"
#include "syntax/tree.hpp"

namespace onus::syntax {

// `file` must be in `source`. The tree refers to it by id and stays good when files are added.
[[nodiscard]] Tree parse(const SourceStore& source, FileId file, Sink& sink);

// The same, and how many tokens were taken while reading, tries of repairs included: what "linear" is measured by.
struct Effort {
  std::size_t tokens = 0;
  std::size_t taken = 0;
};
[[nodiscard]] Tree parse(const SourceStore& source, FileId file, Sink& sink, Effort& effort);

}  // namespace onus::syntax
