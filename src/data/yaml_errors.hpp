// What yaml-cpp could not read, in words that help: its messages name its grammar, ours what was written.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "data/document.hpp"
#include "diagnostics/diagnostic.hpp"

namespace onus::data {

struct YamlFailure {
  std::string_view message;             // yaml-cpp's
  std::size_t at = 0;                   // bytes of the text, where yaml-cpp gave up
  std::size_t last_event = 0;           // begin of the last value that it delivered
  std::vector<std::size_t> open_flows;  // begin of the brackets it was inside
};

// Reports one error.
void explain_failure(const YamlFailure& failure, std::string_view text, FileId file, Sink& sink);

}  // namespace onus::data
