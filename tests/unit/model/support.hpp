// Rule texts in, models and messages out, for the tests of the resolver.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "model/build.hpp"
#include "model/dump.hpp"
#include "source/source.hpp"

namespace onus::testing {

struct Built {
  SourceStore sources;
  std::vector<syntax::Tree> trees;
  Sink sink;
  model::Model model;
  std::size_t syntax_errors = 0;

  // "ON2001 [modl] `modl` is not known here => model", one a line, in the order of the text.
  [[nodiscard]] std::string messages() const;
};

[[nodiscard]] Built build(const std::vector<std::string>& texts);

// A vocabulary of actors, models, modifications, incidents and systems that most tests share.
[[nodiscard]] std::string test_vocabulary();
// A regulation with two parameters and a few predicates in front of `body`.
[[nodiscard]] std::string test_regulation(std::string_view body);
[[nodiscard]] Built build_regulation(std::string_view body);

// The lines of the dump that belong to one provision, term or case: from the line that begins with `head` to the next that
// is not indented; without the last line end.
[[nodiscard]] std::string part_of_dump(const model::Model& model, std::string_view head);

// The text of a file under the project's root.
[[nodiscard]] std::string read_project_file(std::string_view path);

}  // namespace onus::testing
