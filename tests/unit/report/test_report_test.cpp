// The report of `onus test`: counts, JUnit.
#include <doctest/doctest.h>

#include "report/test.hpp"

using namespace onus::reports;

namespace {

TestReport sample() {
  TestReport report;
  report.rule_files = 2;
  TestedCase passed;
  passed.name = passed.file = "cases/a.yaml";
  passed.expectations = 2;
  TestedCase failed;
  failed.name = "<odd & \"quoted\"\x1b>";
  failed.file = "rules.onus";
  failed.line = 7;
  failed.is_inline = true;
  failed.expectations = 3;
  failed.failures.push_back({9, 5, "\"M\" is systemic", {"expected holds, got depends"}, false});
  TestedCase rejected;
  rejected.name = rejected.file = "cases/b.yaml";
  rejected.rejected = true;
  report.cases = {passed, failed, rejected};
  report.left_out.push_back({"c.yaml", "", "it expects nothing"});
  return report;
}

}  // namespace

TEST_CASE("every case is counted once") {
  const TestCounts counts = count(sample());
  CHECK(counts.cases == 3);
  CHECK(counts.passed + counts.failed + counts.rejected == counts.cases);
  CHECK(counts.passed == 1);
  CHECK(counts.failed == 1);
  CHECK(counts.rejected == 1);
  CHECK(counts.expectations == 5);
  CHECK(counts.failures == 1);
}

TEST_CASE("the page shows what failed, what was rejected and what was left out") {
  const std::string page = test_page(sample(), {false, 100}, false);
  CHECK(page.find("rules.onus:7: FAILED case") != std::string::npos);
  CHECK(page.find("-> expected holds, got depends") != std::string::npos);
  CHECK(page.find("cases/b.yaml:1: REJECTED case file") != std::string::npos);
  CHECK(page.find("cases/a.yaml") == std::string::npos);   // passed: with `verbose` alone
  CHECK(page.find("left out  c.yaml: it expects nothing") != std::string::npos);
  CHECK(page.ends_with("2 rule files: 1 case passed, 1 case failed, 1 case rejected (5 expectations, 1 not met)\n"));
  CHECK(test_page(sample(), {false, 100}, true).find("cases/a.yaml:1: passed case file") != std::string::npos);
}

TEST_CASE("many files that were left out are named in part on the page, wholly in JSON") {
  TestReport report;
  for (int i = 0; i < 30; ++i) report.left_out.push_back({"f" + std::to_string(i) + ".json", "", "no case"});
  const std::string page = test_page(report, {false, 100}, false);
  CHECK(page.find("f9.json") != std::string::npos);
  CHECK(page.find("f10.json") == std::string::npos);
  CHECK(page.find("left out  and 20 more files") != std::string::npos);
  CHECK(test_json(report).find("f29.json") != std::string::npos);
}

TEST_CASE("JUnit is XML, whatever a case is called, and counts all") {
  const std::string xml = test_junit(sample());
  CHECK(xml.find("tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\"") != std::string::npos);
  CHECK(xml.find("name=\"&lt;odd &amp; &quot;quoted&quot;\\x1b&gt;\"") != std::string::npos);
  CHECK(xml.find("<failure message=\"&quot;M&quot; is systemic\">") != std::string::npos);
  CHECK(xml.find('\x1b') == std::string::npos);
}
