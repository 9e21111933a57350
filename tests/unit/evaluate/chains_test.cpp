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

namespace {

const std::string more_words = R"(  the changes of a system are the changes with that base.
  the result of a change is the system with that source.
  the changer of a change is a person.
  the effort of a change is an amount of FLOP.
)";

const std::string more_law = R"(regulation law "Law".
status: in force from 2024-01-01.
use "words".
terms:
  a system may be by law: heavy; light.
  a change may be by law: checked.
  a person may be by law: an operator of a system.
definition operator:
  the changer of a change is an operator of the result.
duty report:
  each operator of a system must "report".
definition heavy:
  a system is heavy if the sum of the effort of the change for every change of the system exceeds 10 FLOP.
value weight:
  the weight of a system is:
    - (a) 1 FLOP if the system is heavy;
    - (b) 2 FLOP if the system is not heavy.
definition checked:
  a change is checked if the weight of the base of the change is at least 0 FLOP.
)";

}  // namespace

TEST_CASE("who may have made a listed system by a change that is not listed has a row") {
  Rules rules({words + more_words, more_law});
  const auto the_case = rules.yaml("onus: case/1\nas of: 2025-01-01\nperson: {A: {}}\nsystem:\n  S: {maker: A, source: not given}\n");
  Judge judge(rules.program, the_case);
  REQUIRE(!judge.clash());
  std::string rows;
  for (const auto& norm : judge.verdicts().norms) {
    rows += norm.bearer->name + " · " + norm.object->name + " " + std::string(onus::evaluate::norm_word(norm.verdict)) + "\n";
  }
  CHECK(rows == "A · S depends\nthe changer of the source of system S · S depends\n");
}

TEST_CASE("a change that an open relation implies is among the changes of its base") {
  Rules rules({words + more_words, more_law});
  const auto heavy = [&](const std::string& source) {
    const auto the_case = rules.yaml("onus: case/1\nas of: 2025-01-01\nsystem:\n  S: {source: " + source +
                                     "}\n  T: {}\nchange:\n  C: {base: T, effort: 5 FLOP}\n");
    Judge judge(rules.program, the_case);
    REQUIRE(!judge.clash());
    return judge.conclusion(rules.predicate("heavy"), entity(the_case, "T"), std::nullopt, onus::model::RegulationId{0}).verdict;
  };
  CHECK(heavy("C") == Verdict::DoesNotApply);
  CHECK(heavy("not given") == Verdict::Depends);   // another change of T may have made S
}

TEST_CASE("the case of a value is a ground where the path leads to its entity") {
  Rules rules({words + more_words, more_law});
  const auto the_case = rules.yaml("onus: case/1\nas of: 2025-01-01\nsystem:\n  S: {}\nchange:\n  C: {base: S, effort: 20 FLOP}\n  D: {}\n");
  Judge judge(rules.program, the_case);
  const auto verdict = judge.conclusion(rules.predicate("checked"), entity(the_case, "D"), std::nullopt, onus::model::RegulationId{0});
  CHECK(verdict.verdict == Verdict::Applies);
  CHECK(rules.names(verdict.because) == "definition checked, value weight");
  CHECK(rules.names(verdict.because_in_some) == "definition heavy");   // S is heavy, and perhaps not the base of D
}

TEST_CASE("roles are concluded of who is several steps away from what the case lists") {
  const std::string of_base = R"(regulation law "Law".
status: in force from 2024-01-01.
use "words".
terms:
  a person may be by law: an operator of a system.
  a system may be by law: settled.
definition operator:
  the maker of a system is an operator of the system.
definition settled:
  a system is settled if the changer of the source of the system is an operator of the base of the source of the system.
)";
  Rules rules({words + more_words, of_base});
  const auto settled = [&](const std::string& source) {
    const auto the_case = rules.yaml("onus: case/1\nas of: 2025-01-01\nperson: {A: {}}\nsystem:\n  S: {maker: A" + source + "}\n");
    Judge judge(rules.program, the_case);
    REQUIRE(!judge.clash());
    return judge.conclusion(rules.predicate("settled"), entity(the_case, "S"), std::nullopt, onus::model::RegulationId{0}).verdict;
  };
  CHECK(settled("") == Verdict::DoesNotApply);
  CHECK(settled(", source: not given") == Verdict::Depends);   // who made the change may have made its base
}

TEST_CASE("a chain is open where it ends at somebody who is not listed, and closed where it does not") {
  const std::string of_result = R"(regulation law "Law".
status: in force from 2024-01-01.
use "words".
terms:
  a change may be by law: proven.
definition proven:
  a change is proven if at least one forerunner of the result of the change is tested.
)";
  Rules rules({words + repeated + more_words, of_result});
  const auto the_case = rules.yaml(
      "onus: case/1\nas of: 2025-01-01\nsystem:\n  S: {tested: no}\n  T: {source: not given}\nchange:\n  C: {base: S}\n");
  Judge judge(rules.program, the_case);
  REQUIRE(!judge.clash());
  // Whether T or another is the result of C, it comes from S alone.
  CHECK(judge.conclusion(rules.predicate("proven"), entity(the_case, "C"), std::nullopt, onus::model::RegulationId{0}).verdict ==
        Verdict::DoesNotApply);
}
