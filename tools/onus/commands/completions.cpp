#include "collected.hpp"

namespace onus::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string long_name(const std::string& names) {
  const auto at = names.rfind("--");
  return at == std::string::npos ? "" : names.substr(at);
}

std::string bash() {
  std::string names;
  std::string cases;
  for (const auto& info : commands()) {
    names += (names.empty() ? "" : " ") + std::string(info.name);
    const auto collected = collect(info);
    std::vector<std::string> words = option_names(collected);
    for (const auto& one : collected.positional) words.insert(words.end(), one.choices.begin(), one.choices.end());
    cases += "    " + std::string(info.name) + ") words=" + quoted(joined(words)) + " ;;\n";
    for (const auto* options : {&collected.own, &collected.common}) {
      for (const auto& option : *options) {
        if (!option.choices.empty()) {
          cases += "    " + std::string(info.name) + "_" + long_name(option.names) + ") words=" + quoted(joined(option.choices)) + " ;;\n";
        }
      }
    }
  }
  return "# bash completion for onus\n"
         "_onus() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} words=\n"
         "  if ((COMP_CWORD == 1)); then\n"
         "    COMPREPLY=($(compgen -W " + quoted(names) + " -- \"$current\"))\n"
         "    return\n"
         "  fi\n"
         "  case ${command}_${COMP_WORDS[COMP_CWORD-1]} in\n" +
         cases +
         "  esac\n"
         "  if [[ -z $words ]]; then case $command in\n" +
         cases +
         "  esac; fi\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\") $(compgen -f -- \"$current\"))\n"
         "}\n"
         "complete -o filenames -F _onus onus\n";
}

std::string zsh() {
  std::string out = "#compdef onus\n_onus() {\n  local -a commands=(\n";
  for (const auto& info : commands()) out += "    " + quoted(std::string(info.name) + ":" + info.summary) + "\n";
  out += "  )\n  if ((CURRENT == 2)); then _describe command commands; return; fi\n  case $words[2] in\n";
  for (const auto& info : commands()) {
    const auto collected = collect(info);
    std::vector<std::string> words = option_names(collected);
    for (const auto& one : collected.positional) words.insert(words.end(), one.choices.begin(), one.choices.end());
    out += "    " + std::string(info.name) + ") compadd -- " + joined(words) + " ;;\n";
  }
  return out + "  esac\n  _files\n}\ncompdef _onus onus\n";
}

std::string fish() {
  std::string out = "# fish completion for onus\n";
  for (const auto& info : commands()) {
    out += "complete -c onus -n __fish_use_subcommand -a " + std::string(info.name) + " -d " + quoted(info.summary) + "\n";
  }
  for (const auto& info : commands()) {
    const auto collected = collect(info);
    const std::string seen = "complete -c onus -n '__fish_seen_subcommand_from " + std::string(info.name) + "'";
    for (const auto& one : collected.positional) {
      if (!one.choices.empty()) out += seen + " -a " + quoted(joined(one.choices)) + " -d " + quoted(one.help) + "\n";
    }
    for (const auto* options : {&collected.own, &collected.common}) {
      for (const auto& option : *options) {
        out += seen;
        const std::string name = long_name(option.names);
        if (!name.empty()) out += " -l " + name.substr(2);
        if (option.names.size() > 1 && option.names[1] != '-') out += " -s " + option.names.substr(1, 1);
        if (!option.placeholder.empty()) out += " -r";
        if (!option.choices.empty()) out += " -f -a " + quoted(joined(option.choices));
        out += " -d " + quoted(option.help) + "\n";
      }
    }
  }
  return out;
}

class Completions final : public Command {
 public:
  void declare(Options& options) override { options.word("SHELL", {"bash", "zsh", "fish"}, shell_, "whose completions to write"); }
  Result run(Loader& /*loader*/, const Common& /*common*/) override {
    if (!shell_) throw Misused{"say for which shell: bash, zsh or fish"};
    Result result;
    result.out = *shell_ == "bash" ? bash() : *shell_ == "zsh" ? zsh() : fish();
    return result;
  }
  [[nodiscard]] std::vector<std::string> formats() const override { return {"human"}; }

 private:
  std::optional<std::string> shell_;
};

}  // namespace

std::unique_ptr<Command> make_completions() { return std::make_unique<Completions>(); }

}  // namespace onus::cli
