// test as a library: which cases belong to which rules, exit codes.
#include <doctest/doctest.h>

#include "onus/onus.hpp"

using namespace onus;

namespace {

std::string rules(const std::string& label, const std::string& limit) {
  return "regulation " + label + " \"R\".\nuse \"vocabulary\".\nterms:\n  a ship may be by law: large.\n" +
         "definition 1 \"Large\": a ship is large if the tonnage of the ship exceeds " + limit + " bytes.\n" +
         "case \"inline\" as of 2026-01-01:\n  given:\n    - the tonnage of \"S\" is 50 bytes;\n  expect:\n    - \"S\" is large.\n";
}
std::string expects(const std::string& verdict) {
  return "onus: case/1\nas of: 2026-06-01\nship: {S: {tonnage: 15 bytes}}\nexpect:\n  - {subject: S, conclusion: large, verdict: " + verdict + "}\n";
}

struct Fixture {
  MemoryLoader loader;
  TestRequest request;
  Fixture() {
    loader.add("onus.toml", "");
    loader.add("vocabulary.onus", "vocabulary ships \"Ships\".\nkinds: ship.\nterms:\n  the tonnage of a ship is an amount of bytes.\n");
    loader.add("ten/rules.onus", rules("ten", "10"));
    loader.add("ten/cases/a.yaml", expects("holds"));
    loader.add("twenty/rules.onus", rules("twenty", "20"));
    loader.add("twenty/cases/a.yaml", expects("does-not-hold"));
    loader.add("apart/a.yaml", expects("holds"));
  }
  TestResult run(std::vector<std::string> paths) {
    request.paths = std::move(paths);
    return test(request, loader);
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a case belongs to the regulations above it") {
  const TestResult result = run({"ten", "twenty"});
  CHECK(result.exit == Exit::Fine);
  CHECK(result.cases == 4);
  CHECK(result.passed == 4);
}

TEST_CASE_FIXTURE(Fixture, "or to the rules that were named") {
  CHECK(run({"ten/rules.onus", "apart"}).passed == 2);
  CHECK(run({"twenty/rules.onus", "apart"}).failed == 1);
  CHECK(run({"ten/rules.onus", "ten/cases"}).cases == 2);       // not twice
  CHECK(run({"twenty/rules.onus", "ten/cases/*.yaml"}).failed == 1);
}

TEST_CASE_FIXTURE(Fixture, "a case without rules is left out, and said to be") {
  const TestResult result = run({"apart", "ten"});
  CHECK(result.cases == 2);
  CHECK(result.out.find("left out  apart/a.yaml: no regulation lies beside it or above it") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "exit codes") {
  loader.add("ten/cases/b.yaml", expects("does-not-hold"));
  CHECK(run({"ten"}).exit == Exit::Findings);
  loader.add("ten/cases/c.yaml", expects("hold"));
  CHECK(run({"ten"}).exit == Exit::Rejected);
  request.only = "nothing is called so";
  CHECK(run({"ten"}).exit == Exit::Rejected);
  request.only = "a.yaml";
  CHECK(run({"ten"}).exit == Exit::Fine);   // the others are not judged
  CHECK(run({"twenty"}).exit == Exit::Fine);
  CHECK(run({"twenty"}).cases == 1);
}

TEST_CASE_FIXTURE(Fixture, "a run that is stopped says what it did not come to") {
  const std::atomic<bool> stop{true};
  request.common.stop = &stop;
  const TestResult result = run({"ten"});
  CHECK(result.exit == Exit::Limit);
  CHECK(result.messages.find("2 cases not judged") != std::string::npos);
  CHECK(result.out.find("not judged: the run was stopped before") != std::string::npos);
}
