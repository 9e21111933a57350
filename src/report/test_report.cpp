#include "base/text.hpp"
#include "report/json_parts.hpp"
#include "report/test.hpp"
#include "source/utf8.hpp"

namespace onus::reports {
namespace {

// XML 1.0 has no way to write most control characters: they are shown as they are on a terminal.
std::string xml(std::string_view text) {
  std::string out;
  for (const char c : escape_for_terminal(text, true)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\n': out += "&#10;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string title_of(const TestedCase& one) { return one.is_inline ? "case \"" + one.name + "\"" : std::string("case file"); }

}  // namespace

TestCounts count(const TestReport& report) {
  TestCounts counts;
  for (const auto& one : report.cases) {
    ++counts.cases;
    counts.expectations += one.expectations;
    counts.failures += one.failures.size();
    for (const auto& failure : one.failures) counts.gave_up += failure.gave_up ? 1 : 0;
    if (one.rejected) {
      ++counts.rejected;
    } else if (one.failures.empty()) {
      ++counts.passed;
    } else {
      ++counts.failed;
    }
  }
  return counts;
}

std::string test_page(const TestReport& report, const Style& style, bool verbose) {
  std::string out;
  for (const auto& one : report.cases) {
    const std::string where = safe(one.file) + ":" + std::to_string(one.line);
    if (one.rejected) {
      out += where + ": " + toned("REJECTED", Tone::Bad, style) + " " + safe(title_of(one)) + "\n";
      continue;
    }
    if (one.failures.empty()) {
      if (verbose) out += where + ": " + toned("passed", Tone::Good, style) + " " + safe(title_of(one)) + "\n";
      continue;
    }
    out += where + ": " + toned("FAILED", Tone::Bad, style) + " " + safe(title_of(one)) + "\n";
    for (const auto& failure : one.failures) {
      out += "  " + safe(one.file) + ":" + std::to_string(failure.line) + ":" + std::to_string(failure.column) + "\n";
      append_entry(out, "", safe(failure.expectation), 4, 0, style);
      for (const auto& finding : failure.findings) append_entry(out, "->", safe(finding), 4, 3, style, Tone::Bad);
    }
  }
  // A folder may hold many files of other kinds: the first few are named, the JSON names all.
  constexpr std::size_t most_named = 10;
  for (std::size_t i = 0; i < report.left_out.size(); ++i) {
    const auto& one = report.left_out[i];
    if (i == most_named && report.left_out.size() > most_named + 1) {
      append_entry(out, "left out", "and " + std::to_string(report.left_out.size() - i) + " more files", 0, 10, style, Tone::Open);
      break;
    }
    append_entry(out, "left out", safe(one.path) + ": " + safe(one.why), 0, 10, style, Tone::Open);
  }
  const TestCounts counts = count(report);
  std::string line = count_of(report.rule_files, "rule file") + ": ";
  std::vector<std::string> parts;
  if (counts.cases == 0) parts.emplace_back("0 cases");
  if (counts.passed > 0) parts.push_back(count_of(counts.passed, "case") + " passed");
  if (counts.failed > 0) parts.push_back(count_of(counts.failed, "case") + " failed");
  if (counts.rejected > 0) parts.push_back(count_of(counts.rejected, "case") + " rejected");
  line += join(parts, ", ") + " (" + count_of(counts.expectations, "expectation");
  if (counts.failures > 0) line += ", " + std::to_string(counts.failures) + " not met";
  line += ")";
  return out + toned(line, counts.failed + counts.rejected > 0 ? Tone::Bad : Tone::Good, style) + "\n";
}

std::string test_json(const TestReport& report) {
  const auto number = [](std::size_t value) { return Json::number(static_cast<std::int64_t>(value)); };
  Json json = Json::object();
  json.add("onus", ONUS_VERSION).add("format", "test/1");
  json.add("inputs", inputs_json(report.inputs));
  Json cases = Json::list();
  for (const auto& one : report.cases) {
    Json entry = Json::object();
    entry.add("case", one.name).add("file", one.file).add("line", Json::number(one.line));
    entry.add("result", one.rejected ? "rejected" : one.failures.empty() ? "passed" : "failed");
    entry.add("expectations", number(one.expectations));
    Json failures = Json::list();
    for (const auto& failure : one.failures) {
      Json item = Json::object();
      item.add("file", one.file).add("line", Json::number(failure.line)).add("column", Json::number(failure.column));
      item.add("expectation", failure.expectation).add("findings", Json::texts(failure.findings));
      if (failure.gave_up) item.add("gave_up", Json::boolean(true));
      failures.push(std::move(item));
    }
    entry.add("failures", std::move(failures));
    cases.push(std::move(entry));
  }
  json.add("cases", std::move(cases));
  const TestCounts counts = count(report);
  Json left_out = Json::list();
  for (const auto& one : report.left_out) left_out.push(Json::object().add("path", one.path).add("why", one.why));
  Json summary = Json::object();
  summary.add("cases", number(counts.cases)).add("passed", number(counts.passed)).add("failed", number(counts.failed));
  summary.add("rejected", number(counts.rejected)).add("expectations", number(counts.expectations));
  summary.add("failures", number(counts.failures)).add("left_out", std::move(left_out));
  json.add("summary", std::move(summary));
  if (!report.diagnostics.empty()) {
    Json all = Json::list();
    for (const auto& list : report.diagnostics) all.append(list);
    json.add("diagnostics", std::move(all));
  }
  return json.print();
}

std::string test_junit(const TestReport& report) {
  const TestCounts counts = count(report);
  const std::size_t all = counts.cases + report.left_out.size();
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"" + std::to_string(all) + "\" failures=\"" +
                    std::to_string(counts.failed) + "\" errors=\"" + std::to_string(counts.rejected) + "\">\n";
  out += " <testsuite name=\"onus\" tests=\"" + std::to_string(all) + "\" failures=\"" + std::to_string(counts.failed) +
         "\" errors=\"" + std::to_string(counts.rejected) + "\" skipped=\"" + std::to_string(report.left_out.size()) + "\">\n";
  for (const auto& one : report.cases) {
    out += "  <testcase classname=\"" + xml(one.file) + "\" name=\"" + xml(one.name) + "\" file=\"" + xml(one.file) + "\" line=\"" +
           std::to_string(one.line) + "\"";
    if (!one.rejected && one.failures.empty()) {
      out += "/>\n";
      continue;
    }
    out += ">\n";
    if (one.rejected) out += "   <error message=\"the case was rejected\"/>\n";
    for (const auto& failure : one.failures) {
      out += "   <failure message=\"" + xml(failure.expectation) + "\">" + xml(one.file) + ":" + std::to_string(failure.line) + ":" +
             std::to_string(failure.column) + ": " + xml(join(failure.findings, "; ")) + "</failure>\n";
    }
    out += "  </testcase>\n";
  }
  for (const auto& one : report.left_out) {
    out += "  <testcase classname=\"" + xml(one.path) + "\" name=\"" + xml(one.path) + "\" file=\"" + xml(one.path) + "\">\n   <skipped message=\"" +
           xml(one.why) + "\"/>\n  </testcase>\n";
  }
  return out + " </testsuite>\n</testsuites>\n";
}

}  // namespace onus::reports
