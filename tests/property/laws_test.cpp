// Laws that hold of verdicts whatever the rules are, on generated rules and cases.
#include <doctest/doctest.h>

#include <map>
#include <set>

#include "property/stream.hpp"

using namespace onus;
using namespace onus::property;
using evaluate::Verdict;

namespace {

// Verdicts by what they are about; nothing where the case clashes, or where a budget was reached.
std::map<std::string, Verdict> verdicts_of(const Compiled& rules, const facts::Case& the_case) {
  evaluate::Options options;
  options.rests = evaluate::Rests::Nothing;
  options.budget = 2'000'000;
  evaluate::Judge judge(rules.program, the_case, options);
  std::map<std::string, Verdict> result;
  if (judge.clash()) return result;
  const auto all = judge.verdicts();
  for (const auto& norm : all.norms) {
    if (norm.gave_up) continue;
    const std::string row = (norm.bearer ? norm.bearer->name : "") + " · " + (norm.object ? norm.object->name : "");
    result.emplace(rules.model.name_of(norm.provision) + " · " + row, norm.verdict);
  }
  for (const auto& one : all.conclusions) {
    if (one.gave_up || !one.predicate) continue;
    result.emplace(rules.model.predicates[*one.predicate].name + " · " + one.subject.name + " · " + (one.object ? one.object->name : ""),
                   one.verdict);
  }
  return result;
}

bool stays(Verdict before, Verdict after) {
  if (before == Verdict::Depends || before == after) return true;
  // Does not apply may sharpen to a tense.
  return before == Verdict::DoesNotApply && (after == Verdict::NotYet || after == Verdict::NoLonger);
}

std::optional<facts::Case> read(const Drawn& one, const CaseText& text, bool json = false) {
  std::string errors;
  auto result = read_case(*one.compiled, json ? text.json() : text.yaml(), json, errors);
  CAPTURE(errors);
  CHECK(result.has_value());
  return result;
}

}  // namespace

TEST_CASE("a fact more never flips a decided verdict") {
  // Of what silence does not close: each case again without one of its facts.
  const std::set<std::string> open{"maker", "size",   "price",  "pieces", "release", "outputs", "sort", "tested",
                                   "cheap", "changer", "effort", "start",  "deep",    "minor",   "licensed"};
  std::size_t compared = 0, decided = 0;
  draw({20'000, 1, 1, {}}, [&](const Drawn& one) {
    const auto after = verdicts_of(*one.compiled, *one.the_case);
    if (after.empty()) return true;
    std::size_t left = 3;   // facts a case
    for (std::size_t entity = 0; entity < one.text->entities.size() && left > 0; ++entity) {
      const auto& facts = one.text->entities[entity].facts;
      for (std::size_t fact = 0; fact < facts.size() && left > 0; ++fact) {
        if (open.count(facts[fact].key) == 0) continue;
        --left;
        CaseText less = *one.text;
        less.entities[entity].facts.erase(less.entities[entity].facts.begin() + static_cast<std::ptrdiff_t>(fact));
        const auto the_case = read(one, less);
        if (!the_case) continue;
        for (const auto& [what, before] : verdicts_of(*one.compiled, *the_case)) {
          const auto now = after.find(what);
          if (now == after.end()) continue;   // the row of somebody who is known now
          ++compared;
          decided += before == Verdict::Depends ? 0 : 1;
          if (stays(before, now->second)) continue;
          FAIL_CHECK("seed " << one.seed << " case " << one.index << ", " << what << ": " << evaluate::norm_word(before) << ", with "
                             << facts[fact].key << " of " << one.text->entities[entity].name << " " << evaluate::norm_word(now->second));
        }
      }
    }
    return compared < 4000;
  });
  CHECK(decided * 2 > compared);
}

TEST_CASE("YAML and JSON are one case") {
  std::size_t compared = 0;
  draw({30'000, 1, 2, {}}, [&](const Drawn& one) {
    const auto json = read(one, *one.text, true);
    if (!json) return compared < 2000;
    const auto expected = verdicts_of(*one.compiled, *one.the_case);
    const auto found = verdicts_of(*one.compiled, *json);
    compared += expected.size() + 1;
    if (expected != found) FAIL_CHECK("seed " << one.seed << " case " << one.index << "\n" << one.text->json());
    return compared < 2000;
  });
}
