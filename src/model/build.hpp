// From syntax trees to the resolved model: names are bound, kinds, units and scopes are checked, nothing is evaluated.
//
// Promises. Every error of the files is reported in one run, at the narrowest place, once: what depends on something that was
// not resolved stays silent. A provision with an error is left out of the model, and so is nothing else; that a run with
// errors has no verdict is the caller's decision. Error nodes of a tree are skipped, since the parser has reported them.
// Time is linear in the text (names are hashed); the order of the model is the order of the text.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "model/model.hpp"
#include "source/source.hpp"
#include "syntax/tree.hpp"

namespace onus::model {

struct RuleFile {
  FileId file;
  const syntax::Tree* tree = nullptr;
};

// A `use "path".` line: the text between the quotes, and the place of the quoted text. The path is empty where the line cannot
// be read.
struct UseClause {
  std::string path;
  Span span;
};

// The `use` lines of a file, in order, for whoever loads files: `build` does not follow them.
[[nodiscard]] std::vector<UseClause> uses_of(const syntax::Tree& tree, const SourceStore& sources);

// Inline cases are for who judges them; who judges other cases can leave them unread (their names and surface are checked).
enum class InlineCases : bool { Unread, Resolved };

// The model of all files together. Each file once, in any order (a vocabulary need not precede its users); regulations keep
// the order given. What `use` names must be among the files.
[[nodiscard]] Model build(const SourceStore& sources, std::span<const RuleFile> files, Sink& sink,
                          InlineCases cases = InlineCases::Resolved);

}  // namespace onus::model
