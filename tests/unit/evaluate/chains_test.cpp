// Who may come from whom: no world has a circle along relations on which something is computed from itself, and every other
// relation may lead anywhere, back to its own entity as well.
#include <doctest/doctest.h>

#include "support/rules.hpp"

using onus::evaluate::Judge;
using onus::evaluate::Verdict;
using onus::testing::entity;
using onus::testing::Rules;

namespace {

const std::string words = R"(vocabulary words "Words".
kinds: person; system; change.
terms:
  the deputy of a person is a person.
  the maker of a system is a person.
  the source of a system is a change, none unless given.
  the base of a change is a system.
  a system may be: tested.
)";

const std::string repeated = "  the forerunners of a system are the base of the source of the system, repeated.\n";

const std::string law = R"(regulation law "Law".
status: in force from 2024-01-01.
use "words".
terms:
  a person may be by law: odd.
  a system may be by law: looped; graded.
definition odd:
  a person is odd if the deputy of the person is the person.
definition looped:
  a system is looped if the base of the source of the system is the system.
)";

const std::string recursive = R"(definition graded:
  a system is graded if any of the following apply:
    - the base of the source of the system is graded;
    - the deputy of the deputy of the maker of the system is the maker of the system.
)";

const char* const a_case = R"(onus: case/1
as of: 2025-01-01
person:
  A: {deputy: B}
  B: {}
system:
  S: {maker: A, source: C}
  T: {maker: A}
change:
  C: {}
)";

Verdict verdict(Rules& rules, std::string_view predicate, std::string_view of) {
  const auto the_case = rules.yaml(a_case);
  Judge judge(rules.program, the_case);
  REQUIRE(!judge.clash());
  return judge.conclusion(rules.predicate(predicate), entity(the_case, of), std::nullopt, onus::model::RegulationId{0}).verdict;
}

}  // namespace

TEST_CASE("a relation may lead back to its own entity") {
  Rules rules({words, law});
  CHECK(verdict(rules, "odd", "A") == Verdict::DoesNotApply);   // B is another
  CHECK(verdict(rules, "odd", "B") == Verdict::Depends);
  CHECK(verdict(rules, "looped", "S") == Verdict::Depends);     // nothing is computed along them
}

TEST_CASE("nothing comes from itself along steps that are repeated, whether a rule follows them or not") {
  Rules rules({words + repeated, law});
  CHECK(verdict(rules, "looped", "S") == Verdict::DoesNotApply);
  CHECK(verdict(rules, "odd", "B") == Verdict::Depends);
}

TEST_CASE("a recursive provision rules out circles along the steps of its recursion, not along what else it mentions") {
  Rules rules({words, law + recursive});
  CHECK(verdict(rules, "looped", "S") == Verdict::DoesNotApply);
  CHECK(verdict(rules, "graded", "T") == Verdict::Depends);     // B may have A for a deputy
}
