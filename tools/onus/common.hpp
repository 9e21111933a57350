// The options that every command takes, and what they say about the streams.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command.hpp"

namespace onus::cli {

struct CommonOptions {
  std::optional<std::string> format, color, output, max_errors, timeout;
  std::vector<std::string> limits;
  bool json = false, quiet = false, verbose = false, no_input = false, help = false;

  void declare(Options& options, const std::vector<std::string>& formats);
  [[nodiscard]] Common common() const;
};

// A whole number above zero.
std::uint64_t number_of(const std::string& option, const std::string& text);

}  // namespace onus::cli
