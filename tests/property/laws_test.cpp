// Laws that hold of verdicts whatever the rules are, on generated rules and cases.
#include <doctest/doctest.h>

#include <set>

#include "property/summary.hpp"

using namespace onus;
using namespace onus::property;
using evaluate::Verdict;

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
        const auto the_case = read(*one.compiled, less);
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

TEST_CASE("a verdict that is decided over more worlds than there are is right") {
  // More worlds: silence reopened, what the case found left out, the assumptions of the vocabulary left out.
  std::size_t compared = 0, decided = 0;
  draw({40'000, 1, 1, {}}, [&](const Drawn& one) {
    const auto now = verdicts_of(*one.compiled, *one.the_case);
    if (now.empty()) return true;
    const auto compare = [&](const std::map<std::string, Verdict>& wider, const char* how) {
      for (const auto& [what, before] : wider) {
        const auto after = now.find(what);
        if (after == now.end()) continue;
        ++compared;
        decided += before == Verdict::Depends ? 0 : 1;
        if (!stays(before, after->second)) {
          FAIL_CHECK("seed " << one.seed << " case " << one.index << ", " << how << ", " << what << ": " << evaluate::norm_word(before)
                             << ", then " << evaluate::norm_word(after->second));
        }
      }
    };
    compare(verdicts_of(*one.compiled, *one.the_case, true), "silence reopened");
    if (!one.text->found.empty()) {
      CaseText less = *one.text;
      less.found.clear();
      if (const auto the_case = read(*one.compiled, less)) compare(verdicts_of(*one.compiled, *the_case), "nothing found");
    }
    const std::size_t assumption = one.rules->vocabulary.find("assumption");
    if (assumption != std::string::npos) {
      const auto rules = compile(one.rules->vocabulary.substr(0, assumption), one.rules->regulation());
      REQUIRE(rules->errors.empty());
      if (const auto the_case = read(*rules, *one.text)) compare(verdicts_of(*rules, *the_case), "nothing assumed");
    }
    return compared < 4000;
  });
  CHECK(decided * 3 > compared);
}

TEST_CASE("YAML and JSON are one case") {
  std::size_t compared = 0;
  draw({30'000, 1, 2, {}}, [&](const Drawn& one) {
    const auto json = read(*one.compiled, *one.text, true);
    if (!json) return compared < 2000;
    const auto expected = verdicts_of(*one.compiled, *one.the_case);
    const auto found = verdicts_of(*one.compiled, *json);
    compared += expected.size() + 1;
    if (expected != found) FAIL_CHECK("seed " << one.seed << " case " << one.index << "\n" << one.text->json());
    return compared < 2000;
  });
}
