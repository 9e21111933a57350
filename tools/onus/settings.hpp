// Settings of a project: the nearest `onus.toml` upwards from the working folder.
#pragma once

#include <string>
#include <vector>

#include "command.hpp"

namespace onus::cli {

// Its path from the working folder; empty if there is none.
std::string settings_file();

// The arguments with those of `onus.toml` before them: options of every command at its top, of one command in a table of
// that name. What the command line or the environment (ONUS_…) says wins. Misused: a file that cannot be read, a key that
// no command has.
std::vector<std::string> with_settings(const CommandInfo& info, std::vector<std::string> arguments);

}  // namespace onus::cli
