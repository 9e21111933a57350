#include "settings.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "collected.hpp"

namespace onus::cli {

std::string settings_file() {
  std::error_code unreachable, missing;
  const auto here = std::filesystem::current_path(unreachable);
  for (auto folder = here; !unreachable; folder = folder.parent_path()) {
    const auto file = folder / "onus.toml";
    if (std::filesystem::is_regular_file(file, missing)) return file.lexically_relative(here).string();
    if (folder == folder.root_path()) break;
  }
  return {};
}

namespace {

const OptionInfo* find_option(const Collected& collected, const std::string& name) {
  for (const auto* list : {&collected.own, &collected.common}) {
    for (const auto& option : *list) {
      if (option.names == name || option.names.ends_with("," + name)) return &option;
    }
  }
  return nullptr;
}

bool in_environment(const std::string& key) {
  std::string variable = "ONUS_";
  for (const char c : key) variable += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return std::getenv(variable.c_str()) != nullptr;
}

}  // namespace

std::vector<std::string> with_settings(const CommandInfo& info, std::vector<std::string> arguments) {
  const std::string file = settings_file();
  if (file.empty()) return arguments;
  std::ifstream input(file);
  std::vector<CLI::ConfigItem> items;
  try {
    items = CLI::ConfigTOML().from_config(input);
  } catch (const CLI::Error& error) {
    throw Misused{file + ": " + error.what()};
  }
  const Collected collected = collect(info);
  std::vector<std::string> all;
  for (const auto& item : items) {
    if (item.name == "++" || item.name == "--") continue;   // where a table begins and ends
    const std::string key = item.fullname();
    const std::string command = item.parents.empty() ? std::string() : item.parents.front();
    const auto known = std::find_if(commands().begin(), commands().end(), [&](const CommandInfo& one) { return command == one.name; });
    if (item.parents.size() > 1 || (!command.empty() && known == commands().end())) {
      throw Misused{file + ": `" + key + "`: a table has the name of a command"};
    }
    const std::string name = "--" + item.name;
    const bool exists = std::any_of(commands().begin(), commands().end(), [&](const CommandInfo& one) {
      return (command.empty() || command == one.name) && find_option(collect(one), name) != nullptr;
    });
    if (!exists || item.name == "help") {
      std::vector<std::string> names;
      for (const auto& one : commands()) {
        if (!command.empty() && command != one.name) continue;
        for (const auto& option : option_names(collect(one))) {
          if (option.starts_with("--") && std::find(names.begin(), names.end(), option.substr(2)) == names.end()) names.push_back(option.substr(2));
        }
      }
      const auto near = suggestion(item.name, names);
      throw Misused{file + ": there is no option `" + key + "`" + (near ? "; did you mean `" + *near + "`?" : "")};
    }
    const auto* option = find_option(collected, name);
    if (option == nullptr || (!command.empty() && command != info.name)) continue;   // of another command
    const bool said = std::any_of(arguments.begin(), std::find(arguments.begin(), arguments.end(), "--"), [&](const std::string& argument) {
      if (argument == name || argument.starts_with(name + "=")) return true;
      return option->names.size() > name.size() && argument.starts_with(option->names.substr(0, 2)) && !argument.starts_with("--");
    });
    if (said || in_environment(item.name)) continue;
    if (option->placeholder.empty() && option->choices.empty()) {
      if (item.inputs.size() != 1 || (item.inputs.front() != "true" && item.inputs.front() != "false")) {
        throw Misused{file + ": `" + key + "` is true or false"};
      }
      if (item.inputs.front() == "true") all.push_back(name);
      continue;
    }
    if (!option->repeated && item.inputs.size() != 1) throw Misused{file + ": `" + key + "` takes one value"};
    for (const auto& value : item.inputs) all.push_back(name + "=" + value);
  }
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

}  // namespace onus::cli
