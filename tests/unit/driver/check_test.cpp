// check as a library: exit codes, order, what wins over what, stopping.
#include <doctest/doctest.h>

#include "onus/onus.hpp"

using namespace onus;

namespace {

constexpr const char* vocabulary = R"(vocabulary ships "Ships".
kinds: firm; ship.
terms:
  the owner of a ship is a firm.
  the launch of a ship is a date.
  the tonnage of a ship is an amount of bytes.
)";
constexpr const char* rules = R"(regulation port "Port".
use "vocabulary".
terms:
  a ship may be by law: large.
definition 1 "Large": a ship is large if the tonnage of the ship exceeds 10 bytes.
duty 2 "Report": for each ship, the owner must "report" if the ship is large.
  due: by the launch of the ship.
)";
constexpr const char* large = "onus: case/1\nas of: 2026-06-01\nfirm: {A: {}}\nship: {S: {owner: A, tonnage: 11 bytes, launch: 2026-05-01}}\n";
constexpr const char* open_case = "onus: case/1\nas of: 2026-06-01\nfirm: {A: {}}\nship: {T: {owner: A}}\n";
constexpr const char* late = "onus: case/1\nas of: 2026-06-01\nfirm: {A: {}}\nship: {S: {owner: A, tonnage: 11 bytes, launch: 2026-05-01}}\ndone: []\n";

struct Fixture {
  MemoryLoader loader;
  CheckRequest request;
  Fixture() {
    loader.add("rules.onus", rules);
    loader.add("vocabulary.onus", vocabulary);
    loader.add("large.yaml", large);
    loader.add("open.yaml", open_case);
    loader.add("late.yaml", late);
  }
  CheckResult run(std::vector<std::string> paths) {
    request.paths = std::move(paths);
    return check(request, loader);
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "exit codes") {
  CHECK(run({"rules.onus", "large.yaml"}).exit == Exit::Fine);
  CHECK(run({"rules.onus", "late.yaml"}).exit == Exit::Findings);
  CHECK(run({"rules.onus"}).exit == Exit::Usage);
  CHECK(run({"large.yaml"}).exit == Exit::Usage);
  CHECK(run({"rules.onus", "none.yaml"}).exit == Exit::Rejected);
  CHECK(run({"vocabulary.onus", "large.yaml"}).exit == Exit::Rejected);   // nothing was checked
  CHECK(run({"rules.onus", "open.yaml"}).exit == Exit::Fine);
  request.require_decided = true;
  CHECK(run({"rules.onus", "open.yaml"}).exit == Exit::Undecided);
  CHECK(run({"rules.onus", "late.yaml", "open.yaml"}).exit == Exit::Findings);       // before 4
  CHECK(run({"rules.onus", "late.yaml", "none.yaml"}).exit == Exit::Rejected);       // before all
}

TEST_CASE_FIXTURE(Fixture, "a rejected case takes no verdict from the others, and all are counted") {
  loader.add("wrong.yaml", "onus: case/1\nas of: 2026-06-01\nship: {S: {tonage: 11 bytes}}\n");
  const CheckResult result = run({"rules.onus", "large.yaml", "wrong.yaml"});
  CHECK(result.exit == Exit::Rejected);
  CHECK(result.cases == 2);
  CHECK(result.rejected == 1);
  REQUIRE(result.verdicts.size() == 2);
  CHECK(result.verdicts[0].verdict == "applies");
  CHECK(result.messages.find("did you mean `tonnage`?") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "verdicts come by case, then in the order of the rules; equal input, equal bytes") {
  const CheckResult result = run({"open.yaml", "rules.onus", "large.yaml"});
  REQUIRE(result.verdicts.size() == 4);
  CHECK(result.verdicts[0].case_name == "open.yaml");
  CHECK(result.verdicts[0].provision == "2");
  CHECK(result.verdicts[1].conclusion == "large");
  CHECK(result.verdicts[2].case_name == "large.yaml");
  CHECK(result.verdicts[2].because == std::vector<std::string>{"1"});
  CHECK(result.verdicts[2].due == std::vector<std::string>{"2026-05-01"});
  CHECK(run({"open.yaml", "rules.onus", "large.yaml"}).out == result.out);
}

TEST_CASE_FIXTURE(Fixture, "the option's date wins over the case's, and is said") {
  request.as_of = "2026-01-01";
  const CheckResult result = run({"rules.onus", "late.yaml"});
  CHECK(result.exit == Exit::Fine);   // not due yet
  CHECK(result.out.find("as of 2026-01-01 (--as-of; the case says 2026-06-01)") != std::string::npos);
  request.as_of = "2026-02-30";
  CHECK(run({"rules.onus", "late.yaml"}).exit == Exit::Usage);
}

TEST_CASE_FIXTURE(Fixture, "unknown names of options are usage errors with a suggestion") {
  request.common.limits = {{"graph-stepz", "1"}};
  CHECK(run({"rules.onus", "large.yaml"}).messages.find("did you mean `graph-steps`?") != std::string::npos);
  request.common.limits = {{"nesting", "1"}};
  CHECK(run({"rules.onus", "large.yaml"}).exit == Exit::Usage);   // fixed
  request.common.limits.clear();
  request.assumptions.assume_in_force = {"prt"};
  const CheckResult result = run({"rules.onus", "large.yaml"});
  CHECK(result.exit == Exit::Usage);
  CHECK(result.out.empty());
}

TEST_CASE_FIXTURE(Fixture, "cases of a folder, and a case named twice") {
  loader.add("cases/a.yaml", large);
  loader.add("cases/in/b.yaml", open_case);
  CHECK(run({"rules.onus", "cases"}).cases == 2);
  CHECK(run({"rules.onus", "cases/*.yaml"}).cases == 1);
  const CheckResult twice = run({"rules.onus", "cases/a.yaml", "cases/../cases/a.yaml"});
  CHECK(twice.cases == 1);
  CHECK(twice.messages.find("ON0032") != std::string::npos);
  loader.add("cases/in/other.json", "{}");
  CHECK(run({"rules.onus", "cases"}).exit == Exit::Rejected);
}

TEST_CASE_FIXTURE(Fixture, "a run that is stopped says what it did not come to") {
  const std::atomic<bool> stop{true};
  request.common.stop = &stop;
  const CheckResult result = run({"rules.onus", "large.yaml", "late.yaml"});
  CHECK(result.exit == Exit::Limit);
  CHECK(result.cases == 2);
  CHECK(result.verdicts.empty());
  CHECK(result.messages.find("stopped before the end: 2 cases not judged") != std::string::npos);
  CHECK(result.out.find("left out  large.yaml: not judged: the run was stopped before") != std::string::npos);
  CHECK(result.out.find("2 cases (2 not judged)") != std::string::npos);
  CHECK(run({"rules.onus", "none.yaml"}).exit == Exit::Rejected);
}
