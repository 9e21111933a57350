// A command's options as a list: for the help page, for completions and for suggestions.
#pragma once

#include <string>
#include <vector>

#include "command.hpp"
#include "common.hpp"

namespace onus::cli {

struct OptionInfo {
  std::string names;         // "-q,--quiet"; empty for words and paths
  std::string placeholder;   // empty for flags
  std::vector<std::string> choices;
  std::string help;
  bool repeated = false;
};

struct Collected {
  std::vector<OptionInfo> positional, own, common;
};
Collected collect(const CommandInfo& info);
// "-q", "--quiet", …: every name of an option.
std::vector<std::string> option_names(const Collected& collected);

std::string help_page(const CommandInfo& info);
std::string main_page();

}  // namespace onus::cli
