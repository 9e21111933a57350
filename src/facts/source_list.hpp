// A list of what a source text has: its provisions, or its sentences, one item each (`onus: source/1`). Read, not judged: what
// rules make of the items is looked at by whoever has the rules.
//
//   onus: source/1
//   title: Harbour Act
//   as of: 2026-03-01
//   from: "https://law.example/harbour-act"
//   sources: [HA]                      # the labels of citations that it is about
//   whole: yes                         # it lists all that these have: a citation that no item has is wrong
//   items:
//     - {id: HA-5, cites: HA 5, says: "who may moor"}
//     - {id: HA-9, cites: [HA 9(1), HA 9(2)], says: "fees", not encoded: "set each year"}
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "data/document.hpp"
#include "diagnostics/diagnostic.hpp"
#include "source/source.hpp"

namespace onus::facts {

struct SourceItem {
  std::string id;
  std::vector<std::string> cites;                              // as normalised by `citation_of`
  std::string says, text;
  std::vector<std::pair<std::string, Span>> encoded_by;        // names of provisions, parts and parameters
  std::optional<std::string> not_encoded, discretionary;       // why
  Span span;
};

struct SourceList {
  std::string title, from;
  std::optional<Date> as_of;
  std::vector<std::string> sources;
  bool whole = false;
  std::vector<SourceItem> items;
};

// A citation as it is compared: runs of blanks are one, none at the ends.
[[nodiscard]] std::string citation_of(std::string_view text);

// Nothing when an error was reported. Ids are distinct; each item cites something, or says why it is not encoded.
[[nodiscard]] std::optional<SourceList> read_source_list(const data::Document& document, FileId file, Sink& sink);

}  // namespace onus::facts
