// The product against the oracle on generated rules and cases: no verdict, tense or ground may differ.
//
//   ONUS_PROPERTY_VERDICTS   how many verdicts (10,000; the target property_long takes a million)
//   ONUS_PROPERTY_SEED       the first seed
//   ONUS_PROPERTY_SHOWN      how many differences are shrunk and shown
//   ONUS_PROPERTY_OPEN       in how many of the six cases of a rule set relations are left open (2)
//   ONUS_PROPERTY_ERRORS     print what did not compile; ONUS_PROPERTY_TRACE: each case before it is judged
#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>

#include "property/harness.hpp"

using namespace onus;
using namespace onus::property;

namespace {

std::size_t from_environment(const char* name, std::size_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<std::size_t>(std::strtoull(text, nullptr, 10));
}

}  // namespace

TEST_CASE("product and oracle agree") {
  const std::size_t wanted = from_environment("ONUS_PROPERTY_VERDICTS", 10'000);
  const std::size_t first_seed = from_environment("ONUS_PROPERTY_SEED", 1);
  const std::size_t open_cases = from_environment("ONUS_PROPERTY_OPEN", 2);
  const std::size_t most_shown = from_environment("ONUS_PROPERTY_SHOWN", 3);
  Seen seen;
  Counts counts;
  std::size_t sets = 0, compiled = 0, refused_cases = 0, shown = 0, different = 0;
  for (std::uint64_t seed = first_seed; seen.verdicts < wanted; ++seed) {
    Random random(seed);
    const Rules rules = make_rules(random);
    ++sets;
    const auto ready = compile(rules.vocabulary, rules.regulation());
    if (!ready->errors.empty()) {
      if (std::getenv("ONUS_PROPERTY_ERRORS") != nullptr) std::cout << "seed " << seed << "\n" << rules.regulation() << ready->errors << "\n";
      continue;
    }
    ++compiled;
    constexpr std::size_t cases = 6;
    for (std::size_t index = 0; index < cases; ++index) {
      Mix mix;
      if (index + open_cases >= cases) mix.open_relations = 30;
      const CaseText text = make_case(random, rules, mix, counts);
      std::string errors;
      const auto the_case = read_case(*ready, text.yaml(), false, errors);
      if (!the_case) {
        ++refused_cases;
        if (std::getenv("ONUS_PROPERTY_ERRORS") != nullptr) std::cout << "seed " << seed << "\n" << text.yaml() << errors << "\n";
        continue;
      }
      Comparison how;
      if (std::getenv("ONUS_PROPERTY_TRACE") != nullptr) std::cerr << "seed " << seed << " case " << index << std::endl;
      const auto differences = compare(*ready, *the_case, how, seen);
      if (differences.empty()) continue;
      ++different;
      if (shown++ < most_shown) MESSAGE("seed " << seed << " case " << index << "\n" << shrink(rules, text, how));
    }
  }
  std::cout << "rule sets " << sets << ", compiled " << compiled << "; cases " << seen.cases << ", refused " << refused_cases
            << ", clashes " << seen.clashes << ", faulty " << seen.faulty << "\nverdicts " << seen.verdicts << ", grounds " << seen.because
            << ", without a row " << seen.unlisted << ", gave up " << seen.gave_up << ", inexact " << seen.inexact << ", unnamed "
            << seen.unmatched << "\nnot given " << counts.not_given << " of " << counts.facts << ", at a border " << counts.at_border
            << " of " << counts.measured << "\n";
  for (const auto& [verdict, count] : seen.norms) std::cout << "norms " << verdict_word(verdict) << " " << count << "\n";
  for (const auto& [verdict, count] : seen.conclusions) std::cout << "conclusions " << verdict_word(verdict) << " " << count << "\n";
  for (const auto& [reason, count] : seen.unsupported) std::cout << "passed over: " << reason << " " << count << "\n";
  CHECK(different == 0);
  CHECK(compiled * 10 >= sets * 9);
  CHECK(refused_cases == 0);
  CHECK(counts.not_given * 5 >= counts.facts);
  CHECK(counts.at_border * 10 >= counts.measured * 3);
}
