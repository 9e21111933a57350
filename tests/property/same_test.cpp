// Texts that say the same have the same verdicts: other names, another order, a case written in the rule file, and words that
// add nothing.
#include <doctest/doctest.h>

#include <algorithm>

#include "facts/from_inline.hpp"
#include "property/summary.hpp"

using namespace onus;
using namespace onus::property;

namespace {

using Verdicts = std::map<std::string, evaluate::Verdict>;

// Replaces whole words.
std::string renamed(const std::string& text, const std::map<std::string, std::string>& names) {
  const auto in_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && in_word(text[end])) ++end;
    if (end == at) {
      result += text[at++];
      continue;
    }
    const std::string word = text.substr(at, end - at);
    const auto found = names.find(word);
    result += found == names.end() ? word : found->second;
    at = end;
  }
  return result;
}

std::string text_of(const Verdicts& verdicts) {
  std::string result;
  for (const auto& [what, verdict] : verdicts) result += what + " " + std::string(evaluate::norm_word(verdict)) + "\n";
  return result;
}

// The rows of entities that the case lists: which of two who are not listed stands for both is a matter of order.
Verdicts listed(Verdicts verdicts) {
  std::erase_if(verdicts, [](const auto& entry) { return entry.first.find("· the ") != std::string::npos; });
  return verdicts;
}

// Draws cases, changes each, and holds the verdicts against those of the original. The change gives nothing where it has
// nothing to do.
void compare(std::uint64_t first_seed, std::size_t wanted, const std::function<std::optional<Verdicts>(const Drawn&)>& changed) {
  std::size_t compared = 0;
  draw({first_seed, 1, 2, {}}, [&](const Drawn& one) {
    const auto changed_verdicts = changed(one);
    if (!changed_verdicts) return true;
    const auto expected = listed(property::verdicts_of(*one.compiled, *one.the_case));
    const auto found = listed(*changed_verdicts);
    compared += expected.size();
    if (expected != found) {
      FAIL_CHECK("seed " << one.seed << " case " << one.index << "\n" << text_of(expected) << "--- now\n" << text_of(found));
    }
    return compared < wanted;
  });
  CHECK(compared >= wanted);
}

std::optional<Verdicts> verdicts_of(const Rules& rules, const CaseText& text) {
  const auto compiled = compile(rules.vocabulary, rules.regulation());
  CHECK_MESSAGE(compiled->errors.empty(), compiled->errors << rules.regulation());
  if (!compiled->errors.empty()) return std::nullopt;
  const auto the_case = read(*compiled, text);
  if (!the_case) return std::nullopt;
  return property::verdicts_of(*compiled, *the_case);
}

template <class T>
void shuffle(std::vector<T>& all, Random& random) {
  for (std::size_t index = all.size(); index > 1; --index) std::swap(all[index - 1], all[random.below(index)]);
}

// The case as `given` sentences; nothing where one of its facts cannot be said in them.
std::optional<std::string> inline_text(const CaseText& text) {
  using Is = CaseText::Value::Is;
  if (text.says_done) return std::nullopt;   // inline cases do not say what was performed
  std::vector<std::string> given;
  for (const auto& entity : text.entities) {
    const std::string name = '"' + entity.name + '"';
    if (entity.facts.empty()) return std::nullopt;   // only what something is said of is there
    for (const auto& [key, value] : entity.facts) {
      const std::string unit = value.unit.empty() ? "" : " " + value.unit;
      const std::string fact = "the " + key + " of " + name;
      const bool is_entity = value.word.size() == 2 && std::string("FSC").find(value.word.front()) != std::string::npos;
      switch (value.is) {
        case Is::YesNo: given.push_back(name + (value.word == "yes" ? " is " : " is not ") + key); break;
        case Is::Amount: given.push_back(fact + " is " + value.word + unit); break;
        case Is::Range: {
          const bool dates = value.word.size() == 10;
          given.push_back(fact + (dates ? " is on or after " : " is at least ") + value.word + unit);
          given.push_back(fact + (dates ? " is on or before " : " is at most ") + value.second + unit);
          break;
        }
        case Is::Yearly:
          for (std::size_t index = 0; index < value.list.size(); index += 2) {
            given.push_back(fact + " in " + value.list[index] + " is " + value.list[index + 1] + unit);
          }
          break;
        case Is::Word:
          if (value.word == "not given" || value.word == "unknowable") return std::nullopt;
          if (key == "strong" || key == "risky" || key == "major") {
            if (value.word == "not established") return std::nullopt;   // `given` has no words for it
            given.push_back(name + (value.word == "yes" ? " is " : " is not ") + key);
          } else if (value.word == "not applicable") {
            given.push_back(name + " has no " + key);
          } else {
            given.push_back(fact + " is " + (is_entity ? '"' + value.word + '"' : value.word));
          }
          break;
        case Is::Shared:
        case Is::List: return std::nullopt;
      }
    }
  }
  for (const std::string& found : text.found) {   // `the system S1 is marked`
    given.push_back('"' + found.substr(11, 2) + '"' + found.substr(13));
  }
  std::string result = "\ncase \"the same\" as of " + text.as_of + ":\n  given:\n";
  for (const std::string& sentence : given) result += "    - " + sentence + ";\n";
  return result + "  expect:\n    - depends: \"" + text.entities.front().name + "\" is exempt.\n";
}

}  // namespace

TEST_CASE("a case in the rule file is the case file") {
  compare(70'000, 1500, [](const Drawn& one) -> std::optional<Verdicts> {
    const auto words = inline_text(*one.text);
    if (!words) return std::nullopt;
    const auto rules = compile(one.rules->vocabulary, one.rules->regulation() + *words);
    CHECK_MESSAGE(rules->errors.empty(), rules->errors << *words);
    if (!rules->errors.empty()) return std::nullopt;
    Sink sink;
    const auto the_case = facts::inline_case(rules->model, 0, sink);
    CHECK_MESSAGE(the_case.has_value(), "seed " << one.seed << " case " << one.index << *words << sink.sorted().front().message);
    if (!the_case) return std::nullopt;
    return property::verdicts_of(*rules, *the_case);
  });
}

TEST_CASE("names of entities and provisions are only names") {
  const std::map<std::string, std::string> entities{{"F1", "Zeta"}, {"F2", "Eta"},  {"F3", "Acme"}, {"S1", "Yam"}, {"S2", "Xen"},
                                                    {"S3", "Abe"},  {"C1", "Wort"}, {"C2", "Bell"}};
  compare(80'000, 1500, [&](const Drawn& one) -> std::optional<Verdicts> {
    std::map<std::string, std::string> labels, back;
    for (int number = 1; number < 60; ++number) {
      for (const char kind : std::string("dpvnxo")) labels[kind + std::to_string(number)] = "q" + std::to_string(100 - number) + kind;
    }
    for (const auto& names : {entities, labels}) {
      for (const auto& [from, to] : names) back[to] = from;
    }
    Rules rules = *one.rules;
    for (std::string& provision : rules.provisions) provision = renamed(provision, labels);
    CaseText text = *one.text;
    for (auto& entity : text.entities) {
      entity.name = renamed(entity.name, entities);
      for (auto& fact : entity.facts) {
        fact.value.word = renamed(fact.value.word, entities);
        for (std::string& each : fact.value.list) each = renamed(each, entities);
      }
    }
    for (std::string& found : text.found) found = renamed(found, entities);
    for (auto& done : text.done) {
      done.bearer = renamed(done.bearer, entities);
      done.object = renamed(done.object, entities);
      done.provision = renamed(done.provision, labels);
    }
    const auto verdicts = verdicts_of(rules, text);
    if (!verdicts) return std::nullopt;
    Verdicts result;
    for (const auto& [what, verdict] : *verdicts) result.emplace(renamed(what, back), verdict);
    return result;
  });
}

TEST_CASE("the order of provisions, entities and facts decides nothing") {
  compare(90'000, 1500, [](const Drawn& one) -> std::optional<Verdicts> {
    Random random(one.seed + one.index);
    Rules rules = *one.rules;
    // Provisions stay in their part, which comes first or is not there.
    const auto first = rules.provisions.begin() + (rules.provisions.front().rfind("part ", 0) == 0 ? 1 : 0);
    std::vector<std::string> others(first, rules.provisions.end());
    shuffle(others, random);
    std::copy(others.begin(), others.end(), first);
    CaseText text = *one.text;
    shuffle(text.entities, random);
    for (auto& entity : text.entities) shuffle(entity.facts, random);
    shuffle(text.done, random);
    return verdicts_of(rules, text);
  });
}

TEST_CASE("a provision about something else, a bullet twice and what is always true change nothing") {
  compare(100'000, 2000, [](const Drawn& one) -> std::optional<Verdicts> {
    Random random(one.seed + one.index);
    Rules rules = *one.rules;
    if (random.chance(30)) {
      rules.headline += "  a firm may be by law: idle.\n";
      rules.provisions.push_back("definition zz:\n  a firm is idle if the firm is licensed or the firm is exempt.\n");
    }
    bool any = false;
    for (std::string& provision : rules.provisions) {
      // Sentences of one line with an `if`.
      const std::size_t begin = provision.find(":\n  ");
      const std::size_t end = provision.find(".\n");
      const std::size_t at = provision.find(" if ");
      if (begin == std::string::npos || end == std::string::npos || at == std::string::npos || at > end) continue;
      const std::string condition = provision.substr(at + 4, end - at - 4);
      if (provision.rfind("value", 0) == 0 || condition.find('\n') != std::string::npos || provision.find("reading") != std::string::npos) continue;
      any = true;
      const std::string more = random.chance(50) ? condition : "today is on or after 1900-01-01";
      provision.replace(at, end - at, " if all of the following apply:\n    - " + condition + ";\n    - " + more);
    }
    if (!any) return std::nullopt;
    auto result = verdicts_of(rules, *one.text);
    if (!result) return std::nullopt;
    std::erase_if(*result, [](const auto& entry) { return entry.first.rfind("idle", 0) == 0; });
    return result;
  });
}
