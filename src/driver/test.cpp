// onus test: cases written in rule files, and case files that say what they expect.
//
// Rule files that are named form one set, and the case files named with them are judged by it, also those of a folder without
// regulations. In a folder, the regulations of each folder form a set of their own, and a case file belongs to the nearest
// folder upwards that holds a regulation.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "driver/expectations.hpp"
#include "driver/patterns.hpp"
#include "driver/run.hpp"
#include "facts/from_document.hpp"
#include "facts/from_inline.hpp"
#include "solve/interrupt.hpp"

namespace onus {
namespace {

using driver::FileForm;
using driver::Session;

// Looking for tests and reading them is one reading of each file.
class Cache final : public Loader {
 public:
  explicit Cache(Loader& loader) : loader_(loader) {}
  PathKind kind(const std::string& path) override { return loader_.kind(path); }
  Loaded read(const std::string& path, std::uint64_t most_bytes) override {
    const auto it = read_.find(path);
    if (it != read_.end()) return it->second;
    return read_.emplace(path, loader_.read(path, most_bytes)).first->second;
  }
  std::vector<FolderEntry> list(const std::string& folder) override { return loader_.list(folder); }
  std::optional<std::string> root_of(const std::string& path) override { return loader_.root_of(path); }
  std::string folder_of(const std::string& path) override { return loader_.folder_of(path); }
  Loaded read_below(const std::string& root, const std::string& relative, std::uint64_t most_bytes) override {
    const std::string key = root + "\n" + relative;
    const auto it = below_.find(key);
    if (it != below_.end()) return it->second;
    return below_.emplace(key, loader_.read_below(root, relative, most_bytes)).first->second;
  }

 private:
  Loader& loader_;
  std::map<std::string, Loaded> read_, below_;
};

struct RuleSet {
  std::vector<std::string> rules, cases;
};

class Test {
 public:
  Test(const TestRequest& request, Loader& loader) : request_(request), limits_(driver::limits_of(request.common)), loader_(loader) {}

  TestResult run() {
    const solve::Interrupt interrupt(request_.common.stop);
    gather();
    if (!named_.rules.empty()) {
      run_set(named_);
    } else {
      for (const auto& path : named_.cases) place(path, true);
    }
    for (const auto& [folder, set] : sets_) run_set(set);
    return finish();
  }

 private:
  // ---- which files ----

  void gather() {
    std::vector<std::string> paths = request_.paths;
    if (paths.empty()) paths.emplace_back(".");
    std::vector<std::string> all;
    for (auto& path : paths) {
      const auto found = driver::matching(loader_, path);
      if (found && !found->empty()) {
        all.insert(all.end(), found->begin(), found->end());
      } else {
        all.push_back(std::move(path));
      }
    }
    std::vector<std::string> folders;
    for (const auto& path : all) {
      if (loader_.kind(path) == PathKind::Folder) {
        folders.push_back(path);
        continue;
      }
      // A file that is not there, or is neither: the session that opens it says so.
      FileForm form = driver::form_of(path);
      if (form == FileForm::Unknown) form = driver::form_of(path, loader_.read(path, limits_.yaml_file_bytes).text);
      (form == FileForm::Yaml || form == FileForm::Json ? named_.cases : named_.rules).push_back(path);
    }
    for (const auto& folder : folders) scan(folder);
  }

  void walk(const std::string& folder, std::size_t depth, std::vector<std::string>& rules, std::vector<std::string>& cases) {
    constexpr std::size_t most_depth = 64;
    for (const auto& entry : loader_.list(folder)) {
      const std::string path = driver::below(folder, entry.name);
      if (entry.kind == PathKind::Folder && depth < most_depth) walk(path, depth + 1, rules, cases);
      if (entry.kind != PathKind::File) continue;
      switch (driver::form_of(entry.name)) {
        case FileForm::Rules: rules.push_back(path); break;
        case FileForm::Yaml:
        case FileForm::Json: cases.push_back(path); break;
        case FileForm::Unknown: break;
      }
    }
  }

  // Vocabularies and drafts are tested through what uses them.
  bool is_regulation(const std::string& path) {
    const auto loaded = loader_.read(path, limits_.rule_file_bytes);
    if (loaded.problem != LoadProblem::None) return true;
    const auto word = driver::first_word(loaded.text);
    return word != "vocabulary" && word != "draft";
  }

  // A data file of another kind may lie beside the cases.
  bool is_case(const std::string& path) {
    const bool json = driver::form_of(path) == FileForm::Json;
    const auto loaded = loader_.read(path, json ? limits_.json_file_bytes : limits_.yaml_file_bytes);
    if (loaded.problem != LoadProblem::None) return true;
    return loaded.text.find(json ? "\"onus\"" : "onus:") != std::string::npos;
  }

  void scan(const std::string& folder) {
    std::vector<std::string> rules;
    std::vector<std::string> cases;
    walk(folder, 0, rules, cases);
    bool own_rules = false;
    for (const auto& path : rules) {
      if (!is_regulation(path)) continue;
      own_rules = true;
      if (scanned_.insert(path).second) sets_[loader_.folder_of(path)].rules.push_back(path);
    }
    for (const auto& path : cases) {
      if (!scanned_.insert(path).second) continue;
      if (!is_case(path)) {
        if (wanted(path)) report_.left_out.push_back({path, "", "it does not say `onus: case/1`"});
      } else if (!own_rules && !named_.rules.empty()) {
        named_.cases.push_back(path);
      } else {
        place(path, false);
      }
    }
  }

  // Puts a case file to the rules that it belongs to.
  void place(const std::string& path, bool named) {
    const auto root = loader_.root_of(path);
    std::string folder = loader_.folder_of(path);
    for (int level = 0; level < 64; ++level) {
      if (has_regulations(folder)) {
        sets_[folder].cases.push_back(path);
        return;
      }
      if (folder == root || folder == "." || folder == "/" || folder.ends_with("..")) break;
      folder = loader_.folder_of(folder);
    }
    if (!named && !named_.rules.empty()) {
      named_.cases.push_back(path);
      return;
    }
    if (named) throw driver::UsageError(path + ": no regulation lies beside it or above it; name its rule files too");
    report_.left_out.push_back({path, "", "no regulation lies beside it or above it; name its rule files too"});
  }

  bool has_regulations(const std::string& folder) {
    auto& set = sets_[folder];
    if (!set.rules.empty()) return true;
    for (const auto& entry : loader_.list(folder)) {
      const std::string path = driver::below(folder, entry.name);
      if (entry.kind == PathKind::File && driver::form_of(entry.name) == FileForm::Rules && is_regulation(path)) set.rules.push_back(path);
    }
    if (set.rules.empty()) {
      sets_.erase(folder);
      return false;
    }
    return true;
  }

  // ---- running them ----

  void run_set(const RuleSet& set) {
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
      const Span at = clash->spans.empty() ? the_case.span : clash->spans.front();
      diagnose<Kind::CaseClash>(session.sink(), at, join(clash->statements, "; "));
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
    if (the_case.done && !the_case.done->empty()) driver::check_performances(session, the_case, expectations.rows());
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
  Cache loader_;
  RuleSet named_;
  std::map<std::string, RuleSet> sets_;   // by folder
  std::set<std::string> scanned_;         // in folders; these may overlap
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
