// The command line: arguments in, a request to the library, its result out.
#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

#include "collected.hpp"
#include "command.hpp"
#include "common.hpp"
#include "inputs.hpp"
#include "output.hpp"
#include "settings.hpp"

namespace onus::cli {
namespace {

constexpr int broken_pipe = 141;   // what a shell reports of a program that SIGPIPE ended

int code_of(Exit exit) { return static_cast<int>(exit); }

// Options as CLI11 takes them. Every option with a value may also come from the environment: --as-of from ONUS_AS_OF.
class Parser final : public Options {
 public:
  explicit Parser(CLI::App& app) : app_(app) {}

  void flag(const char* names, bool& target, const char* help) override { app_.add_flag(names, target, help)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast); }
  void value(const char* names, const char* /*placeholder*/, std::optional<std::string>& target, const char* help) override {
    with_environment(app_.add_option_function<std::string>(names, [&target](const std::string& text) { target = text; }, help), names);
  }
  void values(const char* names, const char* /*placeholder*/, std::vector<std::string>& target, const char* help) override {
    app_.add_option_function<std::vector<std::string>>(names, [&target](const std::vector<std::string>& texts) { target = texts; }, help)
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false);
  }
  void choice(const char* names, const std::vector<std::string>& choices, std::optional<std::string>& target, const char* help) override {
    const std::string name = names;
    with_environment(app_.add_option_function<std::string>(
                         names, [&target, choices, name](const std::string& text) { target = checked(name, choices, text); }, help),
                     names);
  }
  void word(const char* placeholder, const std::vector<std::string>& choices, std::optional<std::string>& target, const char* /*help*/) override {
    words_.push_back({placeholder, choices, &target});
  }
  void paths(const char* /*placeholder*/, std::vector<std::string>& target, const char* /*help*/) override { paths_ = &target; }

  // The arguments that are no option.
  void give(std::vector<std::string> rest) {
    std::size_t next = 0;
    for (const auto& word : words_) {
      if (next < rest.size()) *word.target = checked(word.placeholder, word.choices, rest[next++]);
    }
    rest.erase(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(next));
    if (paths_ != nullptr) {
      *paths_ = std::move(rest);
    } else if (!rest.empty()) {
      throw Misused{"`" + rest.front() + "` is not expected here"};
    }
  }

 private:
  static std::string checked(const std::string& what, const std::vector<std::string>& choices, const std::string& text) {
    if (std::find(choices.begin(), choices.end(), text) != choices.end()) return text;
    std::string list;
    for (const auto& one : choices) list += (list.empty() ? "" : ", ") + one;
    const auto near = suggestion(text, choices);
    throw Misused{what + ": `" + text + "` is not one of " + list + (near ? "; did you mean `" + *near + "`?" : "")};
  }
  static void with_environment(CLI::Option* option, const std::string& names) {
    const auto at = names.rfind("--");
    if (at == std::string::npos) return;
    std::string variable = "ONUS_";
    for (const char c : names.substr(at + 2)) variable += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    option->envname(variable)->take_last();
  }

  struct Word {
    std::string placeholder;
    std::vector<std::string> choices;
    std::optional<std::string>* target;
  };
  CLI::App& app_;
  std::vector<Word> words_;
  std::vector<std::string>* paths_ = nullptr;
};

int deliver_errors(const std::string& text) {
  const int error = write_all(STDERR_FILENO, text);
  return error == EPIPE ? broken_pipe : 0;
}

int deliver(const std::string& text, const std::optional<std::string>& file, IfThere if_there = IfThere::Replace) {
  if (file) {
    const std::string error = replace_file(*file, text, if_there);
    if (error.empty()) return 0;
    deliver_errors("onus: cannot write " + shown(*file) + ": " + error + "\n");
    return code_of(Exit::Output);
  }
  const int error = write_all(STDOUT_FILENO, text);
  if (error == 0) return 0;
  if (error == EPIPE) return broken_pipe;
  deliver_errors("onus: cannot write to standard output: " + std::string(std::strerror(error)) + "\n");
  return code_of(Exit::Output);
}

int misused(const std::string& what, const std::string& command) {
  deliver_errors("onus: " + shown(what) + "\n" + "onus " + (command.empty() ? "" : command + " ") + "--help lists what there is\n");
  return code_of(Exit::Usage);
}

// Set when the time is over, for whoever can stop by himself.
std::atomic<bool> time_is_over{false};
static_assert(std::atomic<bool>::is_always_lock_free);
// Seconds that are left then for stopping; 0: nobody looks at it.
std::atomic<unsigned> grace{0};

extern "C" void on_timeout(int /*signal*/) {
  if (const unsigned left = grace.exchange(0); left > 0) {
    time_is_over = true;
    ::alarm(left);
    return;
  }
  constexpr std::string_view text = "onus: stopped: the time of --timeout is over\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
  ::_exit(static_cast<int>(Exit::Limit));
}

void start_timeout(const std::string& text, bool soft) {
  const std::uint64_t seconds = number_of("--timeout", text);
  if (seconds > 1'000'000) throw Misused{"--timeout takes at most 1000000 seconds"};
  constexpr unsigned least_grace = 5;
  grace = soft ? least_grace + static_cast<unsigned>(seconds / 10) : 0;
  std::signal(SIGALRM, on_timeout);
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(seconds);
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

void stop_timeout() {
  const itimerval none{};
  ::setitimer(ITIMER_REAL, &none, nullptr);
}

// The first argument that CLI11 could not place.
std::string unknown_option(const std::string& argument, const CommandInfo& info) {
  const std::string name = argument.substr(0, argument.find('='));
  const auto near = suggestion(name, option_names(collect(info)));
  return "onus " + std::string(info.name) + " has no option `" + name + "`" + (near ? "; did you mean `" + *near + "`?" : "");
}

int run(const CommandInfo& info, const std::vector<std::string>& arguments) {
  const auto command = info.make();
  CommonOptions options;
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  Parser parser(app);
  command->declare(parser);
  options.declare(parser, command->formats());

  // Behind `--` everything is a name. CLI11 takes the arguments last first.
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  std::vector<std::string> reversed(std::make_reverse_iterator(end), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ArgumentMismatch& error) {
    throw Misused{error.what()};
  } catch (const CLI::ParseError& error) {
    throw Misused{error.what()};
  }
  if (options.help) return deliver(help_page(info), std::nullopt);
  std::vector<std::string> rest = app.remaining();
  for (const auto& argument : rest) {
    if (argument.size() > 1 && argument.front() == '-') throw Misused{unknown_option(argument, info)};
  }
  if (end != arguments.end()) rest.insert(rest.end(), end + 1, arguments.end());
  parser.give(std::move(rest));

  Common common = options.common();
  common.stop = &time_is_over;
  if (options.timeout) start_timeout(*options.timeout, command->stops_early());
  const auto loader = inputs_loader(options.output);
  if (const std::string file = settings_file(); options.output && !file.empty()) refuse_same_file(*options.output, file);
  const Result result = command->run(*loader, common);
  stop_timeout();
  const int messages = deliver_errors(result.messages);
  // Nothing to write is no file, where a file that is there would be in the way of the next try.
  const bool nothing = result.out.empty() && (result.exit == Exit::Usage || command->if_output_is_there() == IfThere::Keep);
  const int output = nothing ? 0 : deliver(result.out, options.output, command->if_output_is_there());
  if (output != 0) return output;
  return messages != 0 ? messages : code_of(result.exit);
}

const CommandInfo* find_command(const std::string& name) {
  for (const auto& info : commands()) {
    if (name == info.name) return &info;
  }
  return nullptr;
}

int run(std::vector<std::string> arguments) {
  if (arguments.empty()) {
    deliver_errors(main_page());
    return code_of(Exit::Usage);
  }
  std::string name = arguments.front();
  arguments.erase(arguments.begin());
  if (name == "--version" || name == "-V") return deliver("onus " + std::string(version()) + "\n", std::nullopt);
  if (name == "--help" || name == "-h" || name == "help") {
    if (arguments.empty()) return deliver(main_page(), std::nullopt);
    name = arguments.front();
    arguments = {"--help"};
  }
  const CommandInfo* const info = find_command(name);
  if (info == nullptr) {
    if (name.starts_with("-")) return misused("the command comes first, then its options: onus COMMAND " + name, "");
    std::vector<std::string> names;
    for (const auto& one : commands()) names.emplace_back(one.name);
    const auto near = suggestion(name, names);
    return misused("there is no command `" + name + "`" + (near ? "; did you mean `" + *near + "`?" : ""), "");
  }
  try {
    return run(*info, with_settings(*info, std::move(arguments)));
  } catch (const Misused& error) {
    return misused(error.what, info->name);
  }
}

// A closed standard stream would be the next file that is opened: a report must not end up in one.
void hold_streams() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
      [[maybe_unused]] const int opened = ::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
  }
}

}  // namespace
}  // namespace onus::cli

int main(int argc, char** argv) {
  onus::cli::hold_streams();
  try {
    return onus::cli::run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
  } catch (const std::bad_alloc&) {
    constexpr std::string_view text = "onus: out of memory\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
    return static_cast<int>(onus::Exit::Limit);
  } catch (const std::exception& error) {
    onus::cli::deliver_errors("onus: an error in onus itself: " + onus::shown(error.what()) + "\n");
    return static_cast<int>(onus::Exit::Internal);
  }
}
