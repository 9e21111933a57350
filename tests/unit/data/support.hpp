// What the tests of the readers share.
#pragma once

#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/document.hpp"
#include "data/json.hpp"
#include "data/yaml.hpp"
#include "diagnostics/diagnostic.hpp"
#include "source/source.hpp"

namespace onus::testing {

// Of processor time used so far, so that a busy machine does not fail a test.
[[nodiscard]] inline double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

enum class Format { Yaml, Json };

struct Reading {
  SourceStore store;
  FileId file;
  Sink sink;
  std::optional<data::Document> document;

  [[nodiscard]] bool accepted() const { return document.has_value(); }
  // Each error as "LINE:COLUMN CODE message".
  [[nodiscard]] std::vector<std::string> errors() const;
  [[nodiscard]] std::string first_code() const {
    return sink.all().empty() ? "" : std::string(info(sink.all()[0].kind).code);
  }
};

[[nodiscard]] Reading read(Format format, std::string text, const Limits& limits = {}, data::JsonRules rules = {});

// The document as one line: {"key": value} with plain scalars as they are, texts in quotes, numbers after #, what is
// missing as ∅; for comparing.
[[nodiscard]] std::string printed(const data::Document& document);

// What holds for every document that was accepted: each span lies in the file and in that of its parent, subtrees and
// counts fit, keys are scalars and distinct, and reading the bytes of a scalar's span again gives the same text. Empty
// when all holds, else what does not.
[[nodiscard]] std::string broken_promise(const Reading& reading, Format format);

}  // namespace onus::testing
