#include "common.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace onus::cli {
namespace {

constexpr std::size_t usual_columns = 100;
constexpr std::size_t least_columns = 40;

bool says_never() {
  const char* const no_color = std::getenv("NO_COLOR");
  const char* const term = std::getenv("TERM");
  return (no_color != nullptr && *no_color != '\0') || (term != nullptr && std::string_view(term) == "dumb");
}

// Each stream is judged alone. A pipe always gets the same bytes, whatever the terminal around it.
Layout layout_of(int fd, const std::string& color, bool to_file) {
  Layout layout;
  layout.columns = usual_columns;
  const bool terminal = !to_file && ::isatty(fd) == 1;
  layout.colour = color == "always" || (color == "auto" && terminal && !says_never());
  winsize size{};
  if (terminal && ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    layout.columns = std::clamp<std::size_t>(size.ws_col, least_columns, usual_columns);
  }
  return layout;
}

}  // namespace

std::uint64_t number_of(const std::string& option, const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value == 0) {
    throw Misused{option + " takes a whole number above 0, not `" + text + "`"};
  }
  return value;
}

void CommonOptions::declare(Options& options, const std::vector<std::string>& formats) {
  options.choice("--format", formats, format, "how the result is written");
  if (std::ranges::find(formats, "json") != formats.end()) options.flag("--json", json, "the same as --format json");
  options.value("-o,--output", "FILE", output, "write the result to this file, whole or not at all");
  options.choice("--color", {"auto", "always", "never"}, color, "colours (default: auto; NO_COLOR and TERM=dumb are honoured)");
  options.flag("-q,--quiet", quiet, "errors only on standard error");
  options.flag("-v,--verbose", verbose, "also say what was read");
  options.value("--max-errors", "N", max_errors, "show at most this many diagnostics of a file");
  options.values("--limit", "NAME=VALUE", limits, "change a limit (onus limits lists them)");
  options.value("--timeout", "SECONDS", timeout, "stop after this time: exit code 5, unless all was done");
  options.flag("--no-input", no_input, "never ask anything (onus asks nothing so far)");
  options.flag("-h,--help", help, "this page");
}

Common CommonOptions::common() const {
  Common common;
  if (json && format && *format != "json") throw Misused{"--json and --format " + *format + " exclude each other"};
  if (json || format == "json") common.format = Format::Json;
  if (format == "junit") common.format = Format::Junit;
  if (format == "markdown") common.format = Format::Markdown;
  if (format == "ics") common.format = Format::Calendar;
  if (format == "dot" || format == "mermaid" || format == "svg") common.picture = *format;
  const std::string wanted = color.value_or("auto");
  common.out_layout = layout_of(STDOUT_FILENO, wanted, output.has_value());
  common.messages_layout = layout_of(STDERR_FILENO, wanted, false);
  common.quiet = quiet;
  common.verbose = verbose;
  if (max_errors) common.max_errors = number_of("--max-errors", *max_errors);
  for (const auto& text : limits) common.limits.push_back(split_setting("--limit", text));
  return common;
}

}  // namespace onus::cli
