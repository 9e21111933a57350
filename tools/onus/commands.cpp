#include "command.hpp"

namespace onus::cli {

const std::vector<CommandInfo>& commands() {
  static const std::vector<CommandInfo> all{
#define ONUS_COMMAND(function, name, usage, summary, examples) {name, usage, summary, examples, make_##function},
#include "commands.def"
#undef ONUS_COMMAND
  };
  return all;
}

std::pair<std::string, std::string> split_setting(const std::string& option, const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) throw Misused{option + " takes NAME=VALUE, not `" + text + "`"};
  return {text.substr(0, equals), text.substr(equals + 1)};
}

void AssumptionOptions::declare(Options& options) {
  options.values("--reading", "NAME", readings, "judge under this reading of a provision");
  options.values("--assume-in-force", "ID", assume_in_force, "take this regulation to be in force at all times");
  options.values("--set", "PARAMETER=VALUE", set, "take a parameter to have this value at all times");
  options.flag("--no-defaults", no_defaults, "what a case does not say is not known, whatever its term is closed to");
}

Assumptions AssumptionOptions::assumptions() const {
  Assumptions result;
  result.assume_in_force = assume_in_force;
  result.readings = readings;
  result.no_defaults = no_defaults;
  for (const auto& text : set) result.parameters.push_back(split_setting("--set", text));
  return result;
}

}  // namespace onus::cli
