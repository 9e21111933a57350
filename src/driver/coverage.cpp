// onus coverage: what cases reach of the rules, and what the rules encode of a source text.
#include "evaluate/coverage.hpp"

#include <algorithm>
#include <set>

#include "base/number_text.hpp"
#include "base/text.hpp"
#include "driver/accounts.hpp"
#include "driver/coverage_proof.hpp"
#include "driver/run.hpp"
#include "driver/test_files.hpp"
#include "facts/from_document.hpp"
#include "facts/from_inline.hpp"
#include "report/coverage.hpp"
#include "solve/interrupt.hpp"

namespace onus {
namespace {

using driver::Session;

// What a side that is not reached may cost, beside a question of a verdict.
constexpr std::uint64_t steps_of_a_proof = 100;

class CoverageRun {
 public:
  CoverageRun(const CoverageRequest& request, Loader& loader)
      : request_(request), limits_(driver::limits_of(request.common)), loader_(loader), texts_(loader_, limits_) {
    if (request.fail_under) {
      const auto number = parse_number(*request.fail_under, NumberSyntax::Unsigned);
      if (!number || *number > Number(100)) throw driver::UsageError("--fail-under: `" + *request.fail_under + "` is no percentage from 0 to 100");
      fail_under_ = *number;
    }
  }

  CoverageResult run() {
    const solve::Interrupt interrupt(request_.common.stop);
    driver::TestFiles files(loader_, limits_);
    files.gather(request_.paths);
    report_.left_out = files.left_out();
    for (const auto& set : files.sets()) run_set(set);
    if (!unsound_) run_texts();
    return finish();
  }

 private:
  // ---- cases ----

  void run_set(const driver::RuleSet& set) {
    Session session(loader_, limits_);
    for (const auto& path : set.rules) session.open(path);
    for (const auto& path : set.cases) session.open(path);
    if (session.build()) {
      session.check_provisions();
      session.lower({});
      accounts_.take(session);
      cover(session, set);
    } else {
      report_.rejected += session.cases().size();
      unsound_ = true;
    }
    report_.rule_files += session.rule_files();
    close(session);
  }

  void close(Session& session) {
    messages_ += driver::messages_of(session, request_.common);
    errors_ += session.sink().errors();
    for (auto& input : session.inputs(request_.common.format != Format::Human)) report_.inputs.push_back(std::move(input));
    if (!session.sink().all().empty()) {
      report_.diagnostics.push_back(
          reports::diagnostics_json(session.sink(), session.sources(), driver::diagnostic_options(request_.common, limits_)));
    }
  }

  // Of vocabularies and of what others wrote only what was named is looked at.
  void cover(Session& session, const driver::RuleSet& set) {
    const auto& model = session.model();
    std::vector<model::ProvisionId> provisions;
    for (const auto id : model.provisions.ids()) {
      if (session.was_named(model.provisions[id].span.file)) provisions.push_back(id);
    }
    evaluate::Coverage coverage(session.program(), provisions);
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < model.cases.size(); ++i) {
      const auto& written = model.cases[i];
      const auto& path = session.sources().file(written.span.file).path();
      const std::string name = path + ": case \"" + written.name + "\"";
      if (!session.was_named(model.regulations[written.regulation].file) || stopped(name)) continue;
      const auto the_case = facts::inline_case(model, i, session.sink());
      names.push_back(name);
      add(session, coverage, the_case, static_cast<std::uint32_t>(names.size() - 1));
    }
    for (const auto& text : session.cases()) {
      const std::string path = session.sources().file(text.file).path();
      if (stopped(path)) continue;
      std::optional<facts::Case> the_case;
      if (text.document) the_case = facts::read_case(model, *text.document, session.sources(), text.file, session.sink(), limits_);
      if (the_case && the_case->expected.empty() && !set.named.contains(path)) {
        report_.left_out.push_back({path, "", "it expects nothing (no `expect:`)"});
        continue;
      }
      if (the_case && !the_case->as_of) {
        diagnose<Kind::TestWithoutDate>(session.sink(), Span{text.file, 0, 0});
        the_case.reset();
      }
      names.push_back(path);
      add(session, coverage, the_case, static_cast<std::uint32_t>(names.size() - 1));
    }
    report_.gave_up += coverage.gave_up();
    driver::prove_constants(session.program(), coverage, limits_.graph_steps / steps_of_a_proof);
    add_points(session, provisions, coverage, names);
  }

  // Under the main reading, and under each that it says something about.
  void add(Session& session, evaluate::Coverage& coverage, const std::optional<facts::Case>& the_case, std::uint32_t number) {
    ++report_.cases;
    if (!the_case) {
      ++report_.rejected;
      return;
    }
    std::set<std::string> readings{std::string()};
    for (const auto& expected : the_case->expected) readings.insert(expected.reading);
    for (const auto& reading : readings) {
      evaluate::Options options;
      options.budget = limits_.graph_steps;
      if (!reading.empty()) options.readings = driver::choices(session.model(), reading);
      const auto clash = coverage.add(*the_case, options, number);
      if (!clash) continue;
      if (!reading.empty()) continue;   // no world is left under this reading: an expectation may say so
      driver::report_clash(session, *the_case, *clash);
      ++report_.rejected;
      return;
    }
  }

  void add_points(const Session& session, const std::vector<model::ProvisionId>& provisions, const evaluate::Coverage& coverage,
                  const std::vector<std::string>& names) {
    const auto& model = session.model();
    for (const auto id : provisions) {
      const auto& provision = model.provisions[id];
      reports::CoveredProvision one;
      one.regulation = provision.in_vocabulary ? std::string() : model.regulations[provision.regulation].label;
      one.name = provision.label;
      one.kind = model::word(provision.kind);
      one.norm = model::is_norm(provision.kind);
      one.title = provision.title;
      const auto& file = session.sources().file(provision.span.file);
      one.file = file.path();
      one.line = file.position(provision.heading.begin).line;
      for (const auto& point : coverage.points()) {
        if (point.provision != id) continue;
        reports::CoveredPoint entry;
        entry.kind = point.kind;
        entry.letter = point.letter;
        entry.text = text_of(session, coverage.points(), point);
        entry.reading = point.reading;
        entry.each = point.each;
        entry.subject = point.subject;
        const auto position = file.position(point.span.begin);
        entry.line = position.line;
        entry.column = position.column;
        entry.constant = point.constant;
        if (point.yes) entry.yes = names.at(*point.yes);
        if (point.no) entry.no = names.at(*point.no);
        entry.wants_yes = point.wants_yes();
        entry.wants_no = point.wants_no();
        entry.sides = point.sides();
        entry.reached = point.reached();
        one.points.push_back(std::move(entry));
      }
      std::ranges::stable_sort(one.points, {}, [](const reports::CoveredPoint& point) { return std::pair(point.line, point.column); });
      report_.provisions.push_back(std::move(one));
    }
  }

  // Its words; where a text says several things at once, such as `is text or audio`, with the one that is meant.
  static std::string text_of(const Session& session, const std::vector<evaluate::CoveragePoint>& points, const evaluate::CoveragePoint& point) {
    const auto& model = session.model();
    std::string text = driver::head_of(session.sources().text(point.span));
    if (point.kind == evaluate::CoveragePoint::Kind::ValueCase) text.erase(0, text.find_first_not_of("- "));
    if (!point.condition) return text;
    const auto same = std::ranges::count_if(points, [&](const evaluate::CoveragePoint& other) {
      return other.provision == point.provision && other.condition && other.span == point.span && other.reading == point.reading;
    });
    if (same < 2) return text;
    const auto* condition = &model.conditions[*point.condition];
    const bool is_not = condition->kind == model::ConditionKind::Not;
    if (is_not) condition = &model.conditions[condition->children.front()];
    std::string what;
    switch (condition->kind) {
      case model::ConditionKind::Member: what = model.fields[condition->field].members.at(condition->member); break;
      case model::ConditionKind::YesNo:
      case model::ConditionKind::Judgement: what = model.fields[condition->field].name; break;
      case model::ConditionKind::Concluded: what = model.predicates[condition->predicate].name; break;
      default: return text;
    }
    return text + ": " + (is_not ? "not " : "") + what;
  }

  bool stopped(const std::string& name) {
    if (!driver::stopped(request_.common)) return false;
    ++report_.not_reached;
    report_.left_out.push_back({name, "", std::string(driver::not_reached)});
    return true;
  }

  // ---- source texts ----

  void run_texts() {
    for (const auto& path : request_.texts) texts_.open(path);
    if (texts_.has_rules()) throw driver::UsageError("--text takes lists of provisions (YAML or JSON that says `onus: source/1`), not rules");
    for (const auto& text : texts_.cases()) {
      if (!text.document) continue;
      const auto list = facts::read_source_list(*text.document, text.file, texts_.sink());
      if (list) report_.texts.push_back(accounts_.of(*list, texts_.sources().file(text.file), texts_.sink()));
    }
  }

  // ---- the result ----

  CoverageResult finish() {
    const bool told = !unsound_ && texts_.sink().errors() == 0 && (report_.cases > 0 || !request_.texts.empty());
    close(texts_);
    CoverageResult result;
    const auto counts = reports::count(report_);
    result.cases = report_.cases;
    result.rejected = report_.rejected;
    result.sides = counts.sides;
    result.reached = counts.reached;
    result.items = counts.items;
    result.unaccounted = counts.unaccounted + counts.unlisted;
    result.messages = std::move(messages_);
    if (report_.not_reached > 0) {
      result.messages += driver::message_line("stopped before the end: " + count_of(report_.not_reached, "case") + " not looked at");
    }
    if (report_.gave_up > 0) {
      result.messages += driver::message_line(count_of(report_.gave_up, "question") + " not decided within the budget of steps: they reached nothing");
    }
    const Number reached = Number(static_cast<std::int64_t>(counts.reached) * 100);
    const bool under = fail_under_ && reached < *fail_under_ * Number(static_cast<std::int64_t>(counts.sides));
    const bool missing = counts.reached < counts.sides || counts.unaccounted > 0 || counts.unlisted > 0;
    if (errors_ > 0 || report_.rejected > 0) {
      result.exit = Exit::Rejected;
    } else if (report_.not_reached > 0 || report_.gave_up > 0) {
      result.exit = Exit::Limit;
    } else if (report_.cases == 0 && request_.texts.empty()) {
      result.exit = Exit::Rejected;
      result.messages += driver::message_line("nothing was looked at: there is no case");
    } else if (under || (request_.require_all && missing)) {
      result.exit = Exit::Findings;
    }
    if (!told && request_.common.format == Format::Human) return result;   // a share of what is left would mislead
    result.out = request_.common.format == Format::Json
                     ? reports::coverage_json(report_)
                     : reports::coverage_page(report_, driver::style_of(request_.common.out_layout), request_.all);
    return result;
  }

  const CoverageRequest& request_;
  Limits limits_;
  driver::Cache loader_;
  Session texts_;                  // the source texts
  std::optional<Number> fail_under_;
  driver::Accounts accounts_;
  reports::CoverageReport report_;
  std::string messages_;
  std::size_t errors_ = 0;
  bool unsound_ = false;           // rules with errors: nothing is known of them
};

}  // namespace

CoverageResult coverage(const CoverageRequest& request, Loader& loader) {
  try {
    return CoverageRun(request, loader).run();
  } catch (const driver::UsageError& error) {
    return driver::usage_result<CoverageResult>(error);
  }
}

}  // namespace onus
