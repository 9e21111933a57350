// The report of `onus test`: which expectations failed and what came instead; as text, JSON (`test/1`) and JUnit XML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "report/check.hpp"
#include "report/json.hpp"
#include "report/text.hpp"

namespace onus::reports {

struct Failure {
  std::uint32_t line = 1, column = 1;
  std::string expectation;             // as written
  std::vector<std::string> findings;   // "expected applies, got depends on model M · compute"
  bool gave_up = false;
};

struct TestedCase {
  std::string name;                    // the file's path, or the inline case's name
  std::string file;
  std::uint32_t line = 1;
  bool is_inline = false;
  bool rejected = false;               // never judged: the diagnostics say why
  std::size_t expectations = 0;
  std::vector<Failure> failures;
};

struct TestReport {
  std::vector<InputFile> inputs;
  std::vector<TestedCase> cases;
  std::vector<LeftOut> left_out;
  std::vector<Json> diagnostics;       // JSON only: one list a set of rules
  std::size_t rule_files = 0;
};

struct TestCounts {
  std::size_t cases = 0, passed = 0, failed = 0, rejected = 0, expectations = 0, failures = 0, gave_up = 0;
};
TestCounts count(const TestReport& report);

// `verbose`: also what passed.
std::string test_page(const TestReport& report, const Style& style, bool verbose);
std::string test_json(const TestReport& report);
std::string test_junit(const TestReport& report);

}  // namespace onus::reports
