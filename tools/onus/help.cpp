#include <algorithm>

#include "collected.hpp"

namespace onus::cli {
namespace {

class Collector final : public Options {
 public:
  std::vector<OptionInfo> positional, named;

  void flag(const char* names, bool& /*target*/, const char* help) override { named.push_back({names, "", {}, help, false}); }
  void value(const char* names, const char* placeholder, std::optional<std::string>& /*target*/, const char* help) override {
    named.push_back({names, placeholder, {}, help, false});
  }
  void values(const char* names, const char* placeholder, std::vector<std::string>& /*target*/, const char* help) override {
    named.push_back({names, placeholder, {}, help, true});
  }
  void choice(const char* names, const std::vector<std::string>& choices, std::optional<std::string>& /*target*/,
              const char* help) override {
    std::string placeholder;
    for (const auto& one : choices) placeholder += (placeholder.empty() ? "" : "|") + one;
    named.push_back({names, placeholder, choices, help, false});
  }
  void word(const char* placeholder, const std::vector<std::string>& choices, std::optional<std::string>& /*target*/,
            const char* help) override {
    positional.push_back({"", placeholder, choices, help, false});
  }
  void paths(const char* placeholder, std::vector<std::string>& /*target*/, const char* help) override {
    positional.push_back({"", placeholder, {}, help, true});
  }
};

// Columns of a text with characters outside ASCII, none of them wide.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void append_line(std::string& out, const std::string& left, const std::string& right) {
  constexpr std::size_t column = 30;
  out += "  " + left;
  if (width(left) + 2 < column) {
    out.append(column - width(left) - 2, ' ');
  } else {
    out += "\n" + std::string(column, ' ');
  }
  out += right + "\n";
}

std::string left_of(const OptionInfo& option) {
  std::string text = option.names;
  if (const auto comma = text.find(','); comma != std::string::npos) text.insert(comma + 1, " ");
  if (!option.placeholder.empty()) text += (text.empty() ? "" : " ") + option.placeholder;
  return text;
}

std::string examples_of(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += "  " + text.substr(at, end - at) + "\n";
    at = end + 1;
  }
  return out;
}

}  // namespace

Collected collect(const CommandInfo& info) {
  Collected result;
  const auto command = info.make();
  Collector own;
  command->declare(own);
  result.positional = std::move(own.positional);
  result.own = std::move(own.named);
  CommonOptions options;
  Collector common;
  options.declare(common, command->formats());
  result.common = std::move(common.named);
  return result;
}

std::vector<std::string> option_names(const Collected& collected) {
  std::vector<std::string> names;
  for (const auto* options : {&collected.own, &collected.common}) {
    for (const auto& option : *options) {
      for (std::size_t at = 0; at < option.names.size();) {
        const std::size_t end = std::min(option.names.find(',', at), option.names.size());
        names.push_back(option.names.substr(at, end - at));
        at = end + 1;
      }
    }
  }
  return names;
}

std::string help_page(const CommandInfo& info) {
  const Collected collected = collect(info);
  std::string out = "usage: onus " + std::string(info.name) + " " + info.usage + (*info.usage != '\0' ? " " : "") + "[OPTIONS]\n\n";
  out += std::string(info.summary) + "\n";
  if (!collected.positional.empty()) {
    out += "\n";
    for (const auto& one : collected.positional) append_line(out, left_of(one), one.help);
  }
  if (!collected.own.empty()) {
    out += "\noptions\n";
    for (const auto& one : collected.own) append_line(out, left_of(one), one.help);
  }
  out += "\noptions of every command\n";
  for (const auto& one : collected.common) append_line(out, left_of(one), one.help);
  out += "\nexamples\n" + examples_of(info.examples);
  return out;
}

std::string main_page() {
  std::string out = "usage: onus COMMAND … [OPTIONS]\n\nonus " + std::string(version()) +
                    ": from the text of a regulation to exact verdicts on a case.\n\ncommands\n";
  for (const auto& info : commands()) {
    append_line(out, std::string(info.name) + " " + info.usage, info.summary);
  }
  out += "\n";
  append_line(out, "COMMAND --help", "the options of a command, with examples");
  append_line(out, "--version", "the version");
  out += "\nexit codes\n"
         "  0 fine · 1 a duty overdue, a prohibition breached, a test failed, or coverage lower than asked for ·\n"
         "  2 the command line is wrong · 3 input rejected, or nothing was checked · 4 undecided for want of facts\n"
         "  (--require-decided) · 5 a limit was reached · 6 output could not be written · 70 an error in onus itself\n"
         "\nexamples\n";
  for (const auto& info : commands()) {
    const std::string examples = info.examples;
    out += "  " + examples.substr(0, examples.find('\n')) + "\n";
  }
  return out;
}

}  // namespace onus::cli
