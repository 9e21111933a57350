// ll1 GRAMMAR [--words]: proves that one word is always enough to choose, or prints where it is not; exit 1 then.
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>

#include "ebnf.hpp"

int main(int count, char** arguments) {
  if (count < 2) {
    std::fputs("usage: ll1 GRAMMAR [--words]\n", stderr);
    return 2;
  }
  std::ifstream stream(arguments[1], std::ios::binary);
  if (!stream) {
    std::fprintf(stderr, "ll1: cannot read %s\n", arguments[1]);
    return 2;
  }
  const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  try {
    const onus::ebnf::Grammar grammar(text);
    std::printf("%zu rules, %zu after expansion, %zu hard and %zu soft words (%zu begin no name), %zu conflicts\n",
                grammar.rule_count(), grammar.production_count(), grammar.hard().size(),
                grammar.soft().size() + grammar.no_start().size(), grammar.no_start().size(), grammar.conflicts().size());
    for (const auto& conflict : grammar.conflicts()) {
      std::printf("  %s: `%s` does not decide\n", conflict.rule.c_str(), conflict.terminal.c_str());
    }
    if (count > 2 && std::string(arguments[2]) == "--words") {
      const auto print = [](const char* title, const std::set<std::string>& words) {
        std::printf("%s:", title);
        for (const std::string& word : words) std::printf(" %s", word.c_str());
        std::printf("\n");
      };
      print("never in a name", grammar.hard());
      print("keywords only where expected", grammar.soft());
      print("the same, but no name begins with them", grammar.no_start());
    }
    return grammar.conflicts().empty() ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ll1: %s: %s\n", arguments[1], error.what());
    return 2;
  }
}
