// onus check: rules and cases in, verdicts out.
#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "driver/run.hpp"
#include "evaluate/evaluate.hpp"
#include "evaluate/timeline.hpp"
#include "facts/from_document.hpp"
#include "model/status.hpp"
#include "report/calendar.hpp"
#include "report/words.hpp"
#include "solve/interrupt.hpp"

namespace onus {
namespace {

using driver::Session;

// Why a regulation has no effect on a day; nothing where it has. The meaning of a status: semantics.md § 4.
std::optional<std::string> without_effect(const model::Regulation& regulation, Date date) {
  if (regulation.statuses.empty()) return std::nullopt;
  bool in_force = false;
  std::string last;
  for (const auto& status : regulation.statuses) {
    const auto next = model::replaced_on(regulation, status);
    const bool now =
        (!status.from || *status.from <= date) && (!status.until || date <= *status.until) && (!next || date < *next);
    std::string words = status.text;
    if (status.from) words += " from " + to_text(*status.from);
    if (status.until) words += " until " + to_text(*status.until);
    last += (last.empty() ? "" : "; ") + words;
    switch (status.kind) {
      case model::Status::Kind::InForce: in_force = in_force || now; break;
      case model::Status::Kind::Stayed:
      case model::Status::Kind::Vetoed:
      case model::Status::Kind::Repealed:
        if (now) return "no effect on " + to_text(date) + ": " + words;
        break;
      case model::Status::Kind::Proposed:
      case model::Status::Kind::Other: break;
    }
  }
  if (in_force) return std::nullopt;
  return "no effect on " + to_text(date) + ": " + last;
}

std::vector<std::string> texts(const std::vector<evaluate::OpenFact>& facts) {
  std::vector<std::string> result;
  for (const auto& fact : facts) result.push_back(fact.text);
  return result;
}

class Check {
 public:
  Check(const CheckRequest& request, Loader& loader)
      : request_(request), limits_(driver::limits_of(request.common)), session_(loader, limits_) {
    if (request.as_of) as_of_ = driver::date_of("--as-of", *request.as_of);
    if (!request.from && !request.to) return;
    report_.span.emplace();
    if (request.from) report_.span->from = driver::date_of("--from", *request.from);
    if (request.to) report_.span->to = driver::date_of("--to", *request.to);
    if (request.from && request.to) check_span(*report_.span->from, *report_.span->to, "--from");
  }

  CheckResult run() {
    const solve::Interrupt interrupt(request_.common.stop);
    for (const auto& path : request_.paths) session_.open(path);
    if (!session_.has_rules() && session_.sink().errors() == 0) throw driver::UsageError("name at least one rule file or folder");
    if (session_.cases().empty() && session_.sink().errors() == 0) {
      throw driver::UsageError(std::string("name at least one case file") +
                               (session_.passed_over_cases() ? "; of a folder with rules, only the rules are taken" : ""));
    }
    report_.model = &session_.model();
    report_.inputs = session_.inputs(request_.common.format != Format::Human);
    report_.left_out = session_.left_out();
    report_.budget = limits_.graph_steps;
    const bool sound = session_.build(model::InlineCases::Unread);
    if (sound) {
      session_.check_provisions();
      const auto& model = session_.model();
      const auto formula_options = driver::formula_options(model, request_.assumptions);
      options_ = driver::judge_options(model, request_.assumptions, limits_);
      // The short page shows it for what applies or may; it is most of the work.
      if (request_.common.format == Format::Human && !request_.all) options_.rests = evaluate::Rests::Norms;
      if (request_.common.format == Format::Calendar || (report_.span && request_.common.format != Format::Markdown)) options_.rests = evaluate::Rests::Nothing;
      assumed_ = formula_options.assume_in_force;
      report_.under = driver::described(request_.assumptions);
      if (driver::assumed_rules_hold(model, formula_options, options_, session_.sink())) {
        session_.lower(formula_options);
        judge_all();
      } else {
        report_.rejected = session_.cases().size();
      }
    } else {
      report_.rejected = session_.cases().size();
    }
    return finish();
  }

 private:
  void check_span(Date from, Date to, const std::string& begin) const {
    if (from > to) throw driver::UsageError("--to " + to_text(to) + " is before " + begin + " " + to_text(from));
    if (to.days - from.days >= most_days()) {
      throw driver::UsageError("from " + to_text(from) + " to " + to_text(to) + " are more than " + std::to_string(most_days()) +
                               " days (limit timeline-days)");
    }
  }

  [[nodiscard]] std::int32_t most_days() const {
    constexpr std::uint64_t all = Date::last_day;
    return static_cast<std::int32_t>(std::clamp<std::uint64_t>(limits_.timeline_days, 1, all));
  }

  // The first and last day of a case's timeline.
  // Without a span: all around the as-of date.
  [[nodiscard]] std::pair<Date, Date> days_of(const std::optional<reports::Span>& span, const std::string& name, Date as_of) const {
    const Date middle{std::max(0, as_of.days - most_days() / 2)};
    const Date from = span ? span->from.value_or(as_of) : middle;
    if (span && !span->from) check_span(from, *span->to, "the as-of date of " + name + ",");
    const Date last{std::min(Date::last_day, from.days + most_days() - 1)};
    return {from, span ? span->to.value_or(last) : last};
  }

  void judge_all() {
    for (const auto& one : session_.cases()) {
      if (driver::stopped(request_.common)) {
        ++report_.not_judged;
        report_.left_out.push_back({session_.sources().file(one.file).path(), "", std::string(driver::not_reached)});
      } else {
        judge(one);
      }
    }
    report_.stopped = driver::stopped(request_.common);
  }

  void judge(const driver::CaseText& text) {
    std::optional<facts::Case> the_case;
    if (text.document) the_case = facts::read_case(session_.model(), *text.document, session_.sources(), text.file, session_.sink(), limits_);
    if (!the_case) {
      ++report_.rejected;
      return;
    }
    reports::CaseReport one;
    one.case_date = the_case->as_of;
    evaluate::Options options = options_;
    if (as_of_) {
      options.as_of = as_of_;
      one.date_from = reports::CaseReport::DateFrom::Option;
    } else if (the_case->as_of) {
      options.as_of = the_case->as_of;
    } else {
      if (!today_) today_ = driver::today();
      options.as_of = today_;
      one.date_from = reports::CaseReport::DateFrom::Today;
    }
    evaluate::Judge judge(session_.program(), *the_case, options);
    if (judge.clash()) {
      driver::report_clash(session_, *the_case, *judge.clash());
      ++report_.rejected;
      return;
    }
    one.verdicts = judge.verdicts();
    if (refused(one.verdicts.faults, *the_case)) return;
    if (report_.span || request_.common.format == Format::Calendar) {
      const auto [from, to] = days_of(report_.span, one.verdicts.name, *options.as_of);
      one.timeline = judge.timeline(from, to, request_.all || request_.common.format == Format::Json);
      if (refused(one.timeline->faults, *the_case)) return;
    }
    driver::check_performances(session_, *the_case, one.verdicts, one.timeline ? std::max(one.timeline->to, *options.as_of) : *options.as_of);
    for (auto& verdict : one.verdicts.norms) add_words(verdict);
    if (one.timeline) {
      add_words(*one.timeline);
      leave_out(*one.timeline);
    }
    leave_out(one.verdicts, *options.as_of);
    one.answers = answers_of(*the_case);
    report_.cases.push_back(std::move(one));
  }

  // A case that shows the text to be at fault has no verdict.
  bool refused(const std::vector<evaluate::TextFault>& faults, const facts::Case& the_case) {
    for (const auto& fault : faults) {
      diagnose<Kind::TextFaultShown>(session_.sink(), session_.model().provisions[fault.provision].heading, the_case.name, fault.message);
    }
    if (!faults.empty()) ++report_.rejected;
    return !faults.empty();
  }

  // Each `due` in the words of the text, for those that have no date; and the conditions that are not met.
  void add_words(evaluate::NormVerdict& verdict) {
    const auto& dues = session_.model().provisions[verdict.provision].dues;
    for (std::size_t i = 0; i < verdict.when.size() && i < dues.size(); ++i) {
      if (verdict.when[i].words.empty()) verdict.when[i].words = driver::particular_text(session_.sources().text(dues[i].span));
    }
    for (auto& unmet : verdict.unmet) {
      const auto& condition = session_.model().conditions[unmet.condition];
      unmet.text = driver::head_of(session_.sources().text(condition.span));
      const std::string letter = "(" + condition.letter + ")";
      if (!condition.letter.empty() && !unmet.text.starts_with(letter)) unmet.text.insert(0, letter + " ");
      const SourceFile& file = session_.sources().file(condition.span.file);
      unmet.place = file.path() + ":" + std::to_string(file.position(condition.span.begin).line);
    }
  }

  void add_words(evaluate::CaseTimeline& timeline) {
    for (auto& norm : timeline.norms) {
      add_words(norm.row);
      for (auto& stretch : norm.stretches) add_words(stretch.verdict);
      const auto& dues = session_.model().provisions[norm.row.provision].dues;
      for (auto& deadline : norm.deadlines) {
        if (deadline.due.words.empty()) deadline.due.words = driver::particular_text(session_.sources().text(dues[deadline.index].span));
      }
    }
  }

  // What the case records as judged, and by whom.
  [[nodiscard]] std::vector<reports::RecordedAnswer> answers_of(const facts::Case& the_case) const {
    std::vector<reports::RecordedAnswer> result;
    const auto& model = session_.model();
    for (const auto field : model.fields.ids()) {
      for (const auto& [key, state] : the_case.states) {
        if (key.field != field || state.answer == facts::FieldState::Answer::None) continue;
        const auto& entity = the_case.entities[key.entity.index];
        reports::RecordedAnswer answer;
        answer.about = model.kinds[entity.kind].name + " " + entity.name + " · " + model.fields[field].name;
        switch (state.answer) {
          case facts::FieldState::Answer::Yes: answer.answer = "yes"; break;
          case facts::FieldState::Answer::No: answer.answer = "no"; break;
          case facts::FieldState::Answer::NotEstablished:
          case facts::FieldState::Answer::None: answer.answer = "not established"; break;
        }
        answer.by = state.answered_by;
        answer.because = state.answered_because;
        answer.on = state.answered_on;
        result.push_back(std::move(answer));
      }
    }
    return result;
  }

  // Regulations that only a folder brought count where their status has effect.
  template <typename Remove>
  void leave_out(const std::vector<Date>& days, bool listed, const Remove& remove) {
    const auto& model = session_.model();
    for (const auto id : model.regulations.ids()) {
      const auto& regulation = model.regulations[id];
      if (!session_.from_folder(regulation.file)) continue;
      if (std::find(assumed_.begin(), assumed_.end(), id) != assumed_.end()) continue;
      std::optional<std::string> why;
      const bool never = std::all_of(days.begin(), days.end(), [&](Date day) { return (why = without_effect(regulation, day)).has_value(); });
      if (!never) continue;
      const reports::LeftOut entry{session_.sources().file(regulation.file).path(), regulation.label, *why};
      if (listed && std::find(report_.left_out.begin(), report_.left_out.end(), entry) == report_.left_out.end()) report_.left_out.push_back(entry);
      remove(id);
    }
  }

  void leave_out(evaluate::CaseVerdicts& verdicts, Date date) {
    leave_out({date}, !report_.span, [&](model::RegulationId id) {
      std::erase_if(verdicts.norms, [&](const auto& verdict) { return session_.model().provisions[verdict.provision].regulation == id; });
      std::erase_if(verdicts.conclusions, [&](const auto& verdict) { return verdict.regulation == id; });
    });
  }

  // On the days of a timeline a status may begin or end.
  void leave_out(evaluate::CaseTimeline& timeline) {
    std::set<Date> days{timeline.from, timeline.to};
    const auto add = [&](std::optional<Date> day, int later) {
      if (day && timeline.from.days < day->days + later && day->days + later <= timeline.to.days) days.insert(Date{day->days + later});
    };
    for (const auto id : session_.model().regulations.ids()) {
      for (const auto& status : session_.model().regulations[id].statuses) {
        add(status.from, 0);
        add(status.until, 1);
      }
    }
    leave_out({days.begin(), days.end()}, true, [&](model::RegulationId id) {
      std::erase_if(timeline.norms, [&](const auto& row) { return session_.model().provisions[row.row.provision].regulation == id; });
      std::erase_if(timeline.conclusions, [&](const auto& row) { return row.row.regulation == id; });
    });
  }

  CheckResult finish() {
    CheckResult result;
    result.cases = report_.cases.size() + report_.rejected + report_.not_judged;
    result.rejected = report_.rejected;
    const auto counts = reports::count(report_);
    result.messages = driver::messages_of(session_, request_.common);
    for (const auto& one : report_.cases) {
      if (one.date_from == reports::CaseReport::DateFrom::Today && !request_.common.quiet) {
        result.messages += driver::message_line(one.verdicts.name + " gives no date: judged as of today, " + to_text(one.verdicts.as_of));
      }
    }
    const std::size_t undecided = counts.gave_up + counts.conclusions_gave_up + counts.timelines_gave_up;
    if (report_.stopped && undecided + report_.not_judged > 0) {
      std::string what = report_.not_judged > 0 ? count_of(report_.not_judged, "case") + " not judged" : "";
      if (undecided > 0) what += (what.empty() ? "" : ", ") + std::to_string(undecided) + " not decided";
      result.messages += driver::message_line("stopped before the end: " + what);
    }
    const bool nothing = counts.verdicts + counts.conclusions == 0;
    if (session_.sink().errors() > 0 || report_.rejected > 0) {
      result.exit = Exit::Rejected;
    } else if (report_.not_judged > 0) {
      result.exit = Exit::Limit;
    } else if (nothing) {
      result.exit = Exit::Rejected;
      result.messages += driver::message_line("nothing was checked: no provision speaks about what the cases hold");
    } else if (undecided > 0) {
      result.exit = Exit::Limit;
    } else if (counts.overdue + counts.breached > 0) {
      result.exit = Exit::Findings;
    } else if (request_.require_decided && open_facts()) {
      result.exit = Exit::Undecided;
    }
    result.out = written(result.messages);
    list(result);
    return result;
  }

  // `messages`: what the format itself cannot hold is said there.
  std::string written(std::string& messages) {
    const auto style = driver::style_of(request_.common.out_layout);
    switch (request_.common.format) {
      case Format::Json:
        if (!session_.sink().all().empty()) {
          report_.diagnostics = reports::diagnostics_json(session_.sink(), session_.sources(), driver::diagnostic_options(request_.common, limits_));
        }
        return report_.span ? reports::timeline_json(report_) : reports::check_json(report_);
      case Format::Markdown: return reports::check_markdown(report_, request_.all);
      case Format::Calendar: {
        auto calendar = reports::calendar(report_);
        if (!request_.common.quiet) messages += driver::message_line(calendar.summary);
        return std::move(calendar.text);
      }
      case Format::Human:
      case Format::Junit: break;
    }
    return report_.span ? reports::timeline_page(report_, style, request_.all) : reports::check_page(report_, style, request_.all);
  }

  // Some norm depends: what the law itself leaves open is not for want of facts.
  [[nodiscard]] bool open_facts() const {
    return std::ranges::any_of(report_.cases, [](const reports::CaseReport& one) {
      return std::ranges::any_of(one.verdicts.norms, [](const auto& verdict) { return verdict.verdict == evaluate::Verdict::Depends; });
    });
  }

  void list(CheckResult& result) const {
    const auto& model = session_.model();
    for (const auto& one : report_.cases) {
      for (const auto& norm : one.verdicts.norms) {
        Verdict verdict;
        verdict.case_name = one.verdicts.name;
        verdict.as_of = to_text(one.verdicts.as_of);
        const auto& provision = model.provisions[norm.provision];
        verdict.regulation = model.regulations[provision.regulation].label;
        verdict.provision = model.name_of(norm.provision);
        verdict.kind = model::word(provision.kind);
        verdict.bearer = reports::bearer_name(model, norm);
        if (norm.object) verdict.object = norm.object->name;
        verdict.verdict = norm.gave_up ? "undecided" : evaluate::norm_word(norm.verdict);
        if (norm.status != evaluate::Status::None) verdict.status = evaluate::status_word(norm.status);
        verdict.because = reports::names_of(model, norm.because);
        verdict.depends_on = texts(norm.depends_on);
        for (const auto& due : norm.when) {
          if (due.date) verdict.due.push_back(to_text(*due.date));
        }
        result.verdicts.push_back(std::move(verdict));
      }
      for (const auto& conclusion : one.verdicts.conclusions) {
        Verdict verdict;
        verdict.case_name = one.verdicts.name;
        verdict.as_of = to_text(one.verdicts.as_of);
        if (model.regulations.contains(conclusion.regulation)) verdict.regulation = model.regulations[conclusion.regulation].label;
        verdict.provision = reports::provision_of(model, conclusion);
        verdict.kind = "conclusion";
        verdict.bearer = conclusion.subject.name;
        if (conclusion.object) verdict.object = conclusion.object->name;
        verdict.conclusion = reports::conclusion_name(model, conclusion);
        verdict.verdict = conclusion.gave_up ? "undecided" : evaluate::conclusion_word(conclusion.verdict);
        verdict.because = reports::names_of(model, conclusion.because);
        verdict.depends_on = texts(conclusion.depends_on);
        result.verdicts.push_back(std::move(verdict));
      }
    }
  }

  const CheckRequest& request_;
  Limits limits_;
  Session session_;
  std::optional<Date> as_of_, today_;
  evaluate::Options options_;
  std::vector<model::RegulationId> assumed_;
  reports::CheckReport report_;
};

}  // namespace

CheckResult check(const CheckRequest& request, Loader& loader) {
  try {
    return Check(request, loader).run();
  } catch (const driver::UsageError& error) {
    return driver::usage_result<CheckResult>(error);
  }
}

}  // namespace onus
