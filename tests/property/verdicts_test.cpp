// The product against the oracle on generated rules and cases: no verdict, tense or ground may differ, and a mistake that is
// put into the oracle on purpose is noticed.
//
//   ONUS_PROPERTY_VERDICTS   how many verdicts (10,000; the target property_long takes a million)
//   ONUS_PROPERTY_SEED       the first seed; ONUS_PROPERTY_STRIDE: take every n-th only, so that n runs share the work
//   ONUS_PROPERTY_SHOWN      how many differences are shrunk and shown
//   ONUS_PROPERTY_OPEN       in how many of the six cases of a rule set relations are left open (2)
//   ONUS_PROPERTY_ERRORS     print what did not compile; ONUS_PROPERTY_TRACE: each case before it is judged;
//   ONUS_PROPERTY_TEXT: its text as well
#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>

#include "property/stream.hpp"

using namespace onus;
using namespace onus::property;

namespace {

std::size_t from_environment(const char* name, std::size_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<std::size_t>(std::strtoull(text, nullptr, 10));
}

bool is_set(const char* name) { return std::getenv(name) != nullptr; }

void print(const StreamCounts& drawn, const Seen& seen) {
  std::cout << "rule sets " << drawn.sets << ", compiled " << drawn.compiled << "; cases " << seen.cases << ", refused "
            << drawn.refused_cases << ", clashes " << seen.clashes << ", faulty " << seen.faulty << "\nverdicts " << seen.verdicts
            << ", grounds " << seen.because << ", without a row " << seen.unlisted << ", gave up " << seen.gave_up << ", inexact "
            << seen.inexact << ", unnamed " << seen.unmatched << "\nnot given " << drawn.facts.not_given << " of " << drawn.facts.facts
            << ", at a border " << drawn.facts.at_border << " of " << drawn.facts.measured << "\n";
  for (const auto& [verdict, count] : seen.norms) std::cout << "norms " << verdict_word(verdict) << " " << count << "\n";
  for (const auto& [verdict, count] : seen.conclusions) std::cout << "conclusions " << verdict_word(verdict) << " " << count << "\n";
  for (const auto& [reason, count] : seen.unsupported) std::cout << "passed over: " << reason << " " << count << "\n";
}

}  // namespace

TEST_CASE("product and oracle agree") {
  const std::size_t wanted = from_environment("ONUS_PROPERTY_VERDICTS", 10'000);
  const std::size_t most_shown = from_environment("ONUS_PROPERTY_SHOWN", 3);
  StreamOptions options;
  options.first_seed = from_environment("ONUS_PROPERTY_SEED", 1);
  options.stride = from_environment("ONUS_PROPERTY_STRIDE", 1);
  options.open_cases = from_environment("ONUS_PROPERTY_OPEN", 2);
  if (is_set("ONUS_PROPERTY_ERRORS")) options.refused = [](const std::string& what) { std::cout << what << "\n"; };
  Seen seen;
  std::size_t shown = 0, different = 0, next_note = 50'000;
  const StreamCounts drawn = draw(options, [&](const Drawn& one) {
    Comparison how;
    if (is_set("ONUS_PROPERTY_TEXT")) std::cout << one.rules->vocabulary << "---\n" << one.rules->regulation() << "---\n" << one.text->yaml();
    if (is_set("ONUS_PROPERTY_TRACE")) std::cerr << "seed " << one.seed << " case " << one.index << std::endl;
    if (!compare(*one.compiled, *one.the_case, how, seen).empty()) {
      ++different;
      if (shown++ < most_shown) MESSAGE("seed " << one.seed << " case " << one.index << "\n" << shrink(*one.rules, *one.text, how));
    }
    if (seen.verdicts >= next_note) {
      std::cerr << seen.verdicts << " verdicts, " << different << " cases differ, seed " << one.seed << std::endl;
      next_note += 50'000;
    }
    return seen.verdicts < wanted;
  });
  print(drawn, seen);
  CHECK(different == 0);
  CHECK(drawn.compiled * 10 >= drawn.sets * 9);
  CHECK(drawn.refused_cases == 0);
  CHECK(drawn.facts.not_given * 5 >= drawn.facts.facts);
  CHECK(drawn.facts.at_border * 10 >= drawn.facts.measured * 3);
  CHECK(seen.gave_up * 200 <= seen.verdicts);
  std::size_t norms = 0, conclusions = 0, passed_over = 0;
  for (const auto& [verdict, count] : seen.norms) norms += count;
  for (const auto& [verdict, count] : seen.conclusions) conclusions += count;
  for (const auto& [reason, count] : seen.unsupported) passed_over += count;
  CHECK(passed_over * 20 <= seen.verdicts);
  // Every class is there often enough to be tested.
  using oracle::Verdict;
  for (const Verdict verdict : {Verdict::Applies, Verdict::DoesNotApply, Verdict::Depends, Verdict::Undetermined, Verdict::NotYet, Verdict::NoLonger}) {
    CAPTURE(verdict_word(verdict));
    CHECK(seen.norms[verdict] * 20 >= norms);
  }
  CHECK(seen.conclusions[Verdict::Undetermined] * 50 >= conclusions);
}

TEST_CASE("each mistake put into the oracle is noticed") {
  struct Mistake {
    oracle::Fault fault;
    std::string_view name;
  };
  using oracle::Fault;
  constexpr std::size_t within = 10'000;   // verdicts
  for (const Mistake& mistake : {Mistake{Fault::NotStrict, "exceeds taken as at least"}, Mistake{Fault::LostException, "exceptions strike nothing"},
                                 Mistake{Fault::DefeatedException, "a struck exception strikes"}, Mistake{Fault::UnknownIsNo, "not given taken as no"},
                                 Mistake{Fault::DayOff, "the first day of a validity left out"}, Mistake{Fault::LostUnless, "unless left out"},
                                 Mistake{Fault::PresumptionWins, "a presumption in spite of an answer"},
                                 Mistake{Fault::Unperformed, "what was performed is overlooked"},
                                 Mistake{Fault::NoneIsZero, "an amount that is not there taken as 0"}}) {
    CAPTURE(mistake.name);
    Comparison how;
    how.fault = mistake.fault;
    Seen seen;
    std::size_t noticed = 0;
    draw({}, [&](const Drawn& one) {
      if (!compare(*one.compiled, *one.the_case, how, seen).empty()) noticed = seen.verdicts;
      return noticed == 0 && seen.verdicts < within;
    });
    std::cout << mistake.name << ": noticed within " << noticed << " verdicts\n";
    CHECK(noticed != 0);
  }
}
