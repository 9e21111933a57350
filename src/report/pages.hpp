// The page of each kind of diagnostic: what it means, a text that brings it about, and how to mend it. pages/*.def hold them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "diagnostics/diagnostic.hpp"
#include "report/text.hpp"

namespace onus::reports {

struct Page {
  std::string_view meaning;
  // A file, or several: each begins with a line `== NAME`. Names ending in .onus are rules, in .yaml and .json cases; the
  // first is what a run is given, with every case. Empty where the kind needs something that no text can show.
  std::string_view example;
  std::string_view mend;
};

// Nothing for a kind without a page; the tests see to it that there is none.
std::optional<Page> page_of(Kind kind);

// By code, in any case, or by name.
std::optional<Kind> kind_of(std::string_view code_or_name);

std::string page_text(Kind kind, const Style& style);
std::string page_json(Kind kind);
std::string pages_list(const Style& style);
std::string pages_json();

}  // namespace onus::reports
