// onus test: cases written in rule files, and case files that say what they expect.
#include "base/text.hpp"
#include "driver/expectations.hpp"
#include "driver/run.hpp"
#include "driver/test_files.hpp"
#include "facts/from_document.hpp"
#include "facts/from_inline.hpp"
#include "solve/interrupt.hpp"

namespace onus {
namespace {

using driver::Session;

class Test {
 public:
  Test(const TestRequest& request, Loader& loader) : request_(request), limits_(driver::limits_of(request.common)), loader_(loader) {}

  TestResult run() {
    const solve::Interrupt interrupt(request_.common.stop);
    driver::TestFiles files(loader_, limits_);
    files.gather(request_.paths);
    for (const auto& one : files.left_out()) {
      if (wanted(one.path)) report_.left_out.push_back(one);
    }
    for (const auto& set : files.sets()) run_set(set);
    return finish();
  }

 private:
  // ---- running them ----

  void run_set(const driver::RuleSet& set) {
    Session session(loader_, limits_);
    for (const auto& path : set.rules) session.open(path);
    for (const auto& path : set.cases) session.open(path);
    if (session.build()) {
      session.check_provisions();
      session.lower({});
      const auto& model = session.model();
      for (std::uint32_t i = 0; i < model.cases.size(); ++i) {
        if (!session.was_named(model.regulations[model.cases[i].regulation].file)) continue;
        if (wanted(model.cases[i].name)) run_inline(session, i);
      }
      for (const auto& text : session.cases()) {
        if (wanted(session.sources().file(text.file).path())) run_file(session, text);
      }
    } else {
      for (const auto& text : session.cases()) {
        reports::TestedCase one = tested(session, Span{text.file, 0, 0}, session.sources().file(text.file).path(), false);
        one.rejected = true;
        report_.cases.push_back(std::move(one));
      }
    }
    messages_ += driver::messages_of(session, request_.common);
    errors_ += session.sink().errors();
    report_.rule_files += session.rule_files();
    for (auto& input : session.inputs()) report_.inputs.push_back(std::move(input));
    if (!session.sink().all().empty()) {
      report_.diagnostics.push_back(
          reports::diagnostics_json(session.sink(), session.sources(), driver::diagnostic_options(request_.common, limits_)));
    }
  }

  [[nodiscard]] bool wanted(const std::string& name) const { return !request_.only || name.find(*request_.only) != std::string::npos; }

  static reports::TestedCase tested(const Session& session, Span span, const std::string& name, bool is_inline) {
    reports::TestedCase one;
    const SourceFile& file = session.sources().file(span.file);
    one.name = name;
    one.file = file.path();
    one.line = file.position(span.begin).line;
    one.is_inline = is_inline;
    return one;
  }

  // Counts a case that the run does not come to any more.
  bool stopped(const std::string& name) {
    if (!driver::stopped(request_.common)) return false;
    ++not_reached_;
    report_.left_out.push_back({name, "", std::string(driver::not_reached)});
    return true;
  }

  void run_inline(Session& session, std::uint32_t index) {
    const auto& written = session.model().cases[index];
    if (stopped(session.sources().file(written.span.file).path() + " (case \"" + written.name + "\")")) return;
    reports::TestedCase one = tested(session, written.span, written.name, true);
    const auto the_case = facts::inline_case(session.model(), index, session.sink());
    if (the_case) {
      judge(session, *the_case, one);
    } else {
      one.rejected = true;
    }
    report_.cases.push_back(std::move(one));
  }

  void run_file(Session& session, const driver::CaseText& text) {
    const std::string path = session.sources().file(text.file).path();
    if (stopped(path)) return;
    reports::TestedCase one = tested(session, Span{text.file, 0, 0}, path, false);
    std::optional<facts::Case> the_case;
    if (text.document) the_case = facts::read_case(session.model(), *text.document, session.sources(), text.file, session.sink(), limits_);
    if (the_case && the_case->expected.empty()) {
      report_.left_out.push_back({path, "", "it expects nothing (no `expect:`)"});
      return;
    }
    if (the_case && !the_case->as_of) {
      diagnose<Kind::TestWithoutDate>(session.sink(), Span{text.file, 0, 0});
      the_case.reset();
    }
    if (the_case) {
      judge(session, *the_case, one);
    } else {
      one.rejected = true;
    }
    report_.cases.push_back(std::move(one));
  }

  void judge(Session& session, const facts::Case& the_case, reports::TestedCase& one) {
    evaluate::Options options;
    options.rests = evaluate::Rests::Nothing;   // nothing in `expect` asks for it
    options.budget = limits_.graph_steps;
    driver::Expectations expectations(session.program(), the_case, options);
    if (const auto& clash = expectations.clash()) {
      driver::report_clash(session, the_case, *clash);
      one.rejected = true;
      return;
    }
    for (const auto& expected : the_case.expected) {
      ++one.expectations;
      reports::Failure failure;
      failure.findings = expectations.differences(expected, failure.gave_up);
      if (failure.findings.empty()) continue;
      const SourceFile& file = session.sources().file(expected.span.file);
      const Position position = file.position(expected.span.begin);
      failure.line = position.line;
      failure.column = position.column;
      failure.expectation = driver::one_line(session.sources().text(expected.span));
      if (!expected.reading.empty()) failure.expectation += " (reading \"" + expected.reading + "\")";
      one.failures.push_back(std::move(failure));
    }
    if (the_case.done && !the_case.done->empty()) driver::check_performances(session, the_case, expectations.rows(), expectations.rows().as_of);
    for (const auto& fault : expectations.faults()) {
      diagnose<Kind::TextFaultShown>(session.sink(), session.model().provisions[fault.provision].heading, the_case.name, fault.message);
      one.rejected = true;
    }
  }

  TestResult finish() {
    TestResult result;
    const auto counts = reports::count(report_);
    result.cases = counts.cases;
    result.passed = counts.passed;
    result.failed = counts.failed;
    result.rejected = counts.rejected;
    result.expectations = counts.expectations;
    result.messages = std::move(messages_);
    if (not_reached_ > 0) result.messages += driver::message_line("stopped before the end: " + count_of(not_reached_, "case") + " not judged");
    if (errors_ > 0 || counts.rejected > 0) {
      result.exit = Exit::Rejected;
    } else if (not_reached_ > 0) {
      result.exit = Exit::Limit;
    } else if (counts.cases == 0) {
      result.exit = Exit::Rejected;
      result.messages += driver::message_line(request_.only ? "nothing was tested: no case has `" + *request_.only + "` in its name"
                                                            : std::string("nothing was tested: there is no case"));
    } else if (counts.gave_up > 0) {
      result.exit = Exit::Limit;
    } else if (counts.failed > 0) {
      result.exit = Exit::Findings;
    }
    switch (request_.common.format) {
      case Format::Markdown:
      case Format::Calendar:
      case Format::Human:
        result.out = reports::test_page(report_, driver::style_of(request_.common.out_layout), request_.common.verbose);
        break;
      case Format::Json: result.out = reports::test_json(report_); break;
      case Format::Junit: result.out = reports::test_junit(report_); break;
    }
    return result;
  }

  const TestRequest& request_;
  Limits limits_;
  driver::Cache loader_;
  reports::TestReport report_;
  std::string messages_;
  std::size_t errors_ = 0, not_reached_ = 0;
};

}  // namespace

TestResult test(const TestRequest& request, Loader& loader) {
  try {
    return Test(request, loader).run();
  } catch (const driver::UsageError& error) {
    return driver::usage_result<TestResult>(error);
  }
}

}  // namespace onus
