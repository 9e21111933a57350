// The smallest text found that still shows a difference.
#include "property/harness.hpp"

namespace onus::property {
namespace {

std::vector<std::string> differences(const Rules& rules, const CaseText& text, const Comparison& how) {
  const auto compiled = compile(rules.vocabulary, rules.regulation());
  if (!compiled->errors.empty()) return {};
  std::string errors;
  const auto the_case = read_case(*compiled, text.yaml(), false, errors);
  if (!the_case) return {};
  Seen seen;
  return compare(*compiled, *the_case, how, seen);
}

}  // namespace

std::string shrink(Rules rules, CaseText text, const Comparison& how) {
  std::vector<std::string> found = differences(rules, text, how);
  const auto keep_if = [&](const Rules& smaller_rules, const CaseText& smaller_text) {
    std::vector<std::string> still = differences(smaller_rules, smaller_text, how);
    if (still.empty()) return false;
    rules = smaller_rules;
    text = smaller_text;
    found = std::move(still);
    return true;
  };
  for (bool smaller = true; smaller;) {
    smaller = false;
    for (std::size_t index = rules.provisions.size(); index-- > 0;) {
      Rules less = rules;
      less.provisions.erase(less.provisions.begin() + static_cast<std::ptrdiff_t>(index));
      smaller = keep_if(less, text) || smaller;
    }
    // Lines of particulars behind a sentence.
    for (std::size_t index = 0; index < rules.provisions.size(); ++index) {
      const std::string& whole = rules.provisions[index];
      const std::size_t last = whole.size() < 2 ? std::string::npos : whole.rfind('\n', whole.size() - 2);
      const std::size_t sentence = whole.find(".\n");
      if (last == std::string::npos || sentence == std::string::npos || last <= sentence) continue;
      Rules less = rules;
      less.provisions[index] = whole.substr(0, last + 1);
      smaller = keep_if(less, text) || smaller;
    }
    for (std::size_t index = 0; index < text.found.size(); ++index) {
      CaseText less = text;
      less.found.erase(less.found.begin() + static_cast<std::ptrdiff_t>(index));
      if (keep_if(rules, less)) smaller = true;
    }
    for (std::size_t index = text.entities.size(); index-- > 0;) {
      CaseText less = text;
      less.entities.erase(less.entities.begin() + static_cast<std::ptrdiff_t>(index));
      if (keep_if(rules, less)) {
        smaller = true;
        continue;
      }
      for (std::size_t fact = text.entities[index].facts.size(); fact-- > 0;) {
        CaseText without = text;
        auto& facts = without.entities[index].facts;
        const std::string& key = facts[fact].key;
        if (!how.implied && (key == "maker" || key == "changer" || key == "base" || key == "client")) continue;
        facts.erase(facts.begin() + static_cast<std::ptrdiff_t>(fact));
        smaller = keep_if(rules, without) || smaller;
      }
    }
  }
  std::string result = rules.vocabulary.substr(rules.vocabulary.find("  the release")) + rules.regulation() + "\n--- case\n" + text.yaml() + "--- differences\n";
  for (const std::string& line : found) result += line + "\n";
  return result;
}

}  // namespace onus::property
