// The page of each kind of diagnostic: what it means, a text that brings it about, how to mend it, and the text mended.
// pages/*.def hold them; the tests run both texts of every page, and write docs/diagnostics/ from them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "report/text.hpp"

namespace onus::reports {

// What an example is a part of. The rest comes from the frame below, so that a page shows the lines that matter alone.
enum class Frame : std::uint8_t {
  None,    // no example: no short text brings it about
  Files,   // whole files, each below a line `== NAME`
  Rules,   // lines of a regulation that uses the vocabulary; perhaps more files behind them
  Terms,   // lines of the vocabulary's terms
  Yaml,    // what a case file says below its date
};

struct Page {
  Frame frame = Frame::None;
  std::string_view example;   // brings the message about
  std::string_view mended;    // the same text as it should be
  std::string_view meaning, mend;
};

struct ExampleFile {
  std::string name;
  std::string text;
};
// The files that an example, or its mended form, stands for in its frame. The first is a rule file; the others are used by
// it, or are cases (.yaml, .json).
std::vector<ExampleFile> example_files(Frame frame, std::string_view example);

// Nothing for a kind without a page; the tests see to it that there is none.
std::optional<Page> page_of(Kind kind);

// By code, in any case, or by name.
std::optional<Kind> kind_of(std::string_view code_or_name);

std::string page_text(Kind kind, const Style& style);
std::string page_json(Kind kind);
std::string pages_list(const Style& style);
std::string pages_json();

}  // namespace onus::reports
