// What a command is: it says which options it takes, then runs a request of the library. No logic, no files, no printing:
// main.cpp parses (CLI11), prints, and turns the result into the exit code.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "onus/onus.hpp"

namespace onus::cli {

// Whoever wants to know a command's options: the parser, the help page, the shell completions.
class Options {
 public:
  Options() = default;
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;
  virtual ~Options() = default;

  // `names`: "-q,--quiet".
  virtual void flag(const char* names, bool& target, const char* help) = 0;
  virtual void value(const char* names, const char* placeholder, std::optional<std::string>& target, const char* help) = 0;
  // May be given several times.
  virtual void values(const char* names, const char* placeholder, std::vector<std::string>& target, const char* help) = 0;
  virtual void choice(const char* names, const std::vector<std::string>& choices, std::optional<std::string>& target,
                      const char* help) = 0;
  // One word that must come first, one of these.
  virtual void word(const char* placeholder, const std::vector<std::string>& choices, std::optional<std::string>& target,
                    const char* help) = 0;
  // Everything that is no option.
  virtual void paths(const char* placeholder, std::vector<std::string>& target, const char* help) = 0;
};

// The request cannot be understood: exit 2.
struct Misused {
  std::string what;
};

// What becomes of a file that has the name of the output already.
enum class IfThere : std::uint8_t { Replace, Keep };

class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;

  virtual void declare(Options& options) = 0;
  virtual Result run(Loader& loader, const Common& common) = 0;
  // Whether it looks at Common::stop, and so gives what it has when its time is over.
  [[nodiscard]] virtual bool stops_early() const { return false; }
  [[nodiscard]] virtual IfThere if_output_is_there() const { return IfThere::Replace; }
  [[nodiscard]] virtual std::vector<std::string> formats() const { return {"human", "json"}; }
};

struct CommandInfo {
  const char* name;
  const char* usage;      // "RULES… CASE…"
  const char* summary;
  const char* examples;   // one a line
  std::unique_ptr<Command> (*make)();
};

// In the order of commands.def.
const std::vector<CommandInfo>& commands();

#define ONUS_COMMAND(function, name, usage, summary, examples) std::unique_ptr<Command> make_##function();
#include "commands.def"
#undef ONUS_COMMAND

// "NAME=VALUE" in two.
std::pair<std::string, std::string> split_setting(const std::string& option, const std::string& text);

// The options of what the rules are taken to be.
struct AssumptionOptions {
  std::vector<std::string> assume_in_force, set, readings;
  bool no_defaults = false;
  void declare(Options& options);
  [[nodiscard]] Assumptions assumptions() const;
};

}  // namespace onus::cli
