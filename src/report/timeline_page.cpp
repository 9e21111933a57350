// The timeline that a compliance officer reads: by bearer, then by object; of each norm the days on which something changes or
// is due, a line each. What never applies in these days has one line.
#include <algorithm>

#include "base/text.hpp"
#include "report/check_words.hpp"
#include "report/timeline.hpp"

namespace onus::reports {
namespace {

using evaluate::ConclusionVerdict;
using evaluate::Deadline;
using evaluate::Event;
using evaluate::NormTimeline;
using evaluate::NormVerdict;
using evaluate::Verdict;

constexpr std::size_t most_turns_shown = 12;   // of what comes round

// "2026-09-01 to 2028-01-31".
std::string days_text(Date from, Date to) { return from == to ? to_text(from) : to_text(from) + " to " + to_text(to); }

std::string status_text(const NormVerdict& verdict) {
  switch (verdict.status) {
    case evaluate::Status::None:
    case evaluate::Status::Open: return {};
    case evaluate::Status::Due:
    case evaluate::Status::Met:
    case evaluate::Status::Overdue:
    case evaluate::Status::Breached: return " (" + std::string(evaluate::status_word(verdict.status)) + ")";
  }
  return {};
}

class TimelinePage {
 public:
  TimelinePage(const CheckReport& report, Writer& out, bool all) : model_(*report.model), out_(out), all_(all) {}

  void days(const CaseReport& one) {
    const auto& timeline = *one.timeline;
    out_.under("note", "a fact without a date is taken to be the same on all days; an answer to a judgement holds at all times");
    for (const auto& clash : timeline.clashes) {
      out_.under("no verdict", days_text(clash.from, clash.to) + ": what the case states cannot be then: " + join(clash.verdict.statements, "; "));
    }
    std::vector<const NormVerdict*> rows;
    for (const auto& norm : timeline.norms) rows.push_back(&norm.row);
    for (const auto& group : by_bearer(model_, rows)) {
      out_.group(group.title);
      for (const auto row : group.rows) {
        if (!is_idle(timeline.norms[row])) norm(timeline.norms[row], bearer_name(model_, *rows[row]));
      }
      for (const auto row : group.rows) {
        if (is_idle(timeline.norms[row])) idle(timeline.norms[row]);
      }
    }
    bool first = true;
    for (const auto& row : timeline.conclusions) {
      if (first) out_.group("Conclusions");
      first = false;
      conclusion(row);
    }
  }

 private:
  // Nothing ever applies or may apply, for whatever reason, and nothing was done.
  static bool is_idle(const NormTimeline& row) {
    if (!row.gave_up.empty()) return false;
    const auto same = [&](const auto& stretch) {
      return !may_apply(stretch.verdict) && stretch.verdict.verdict == row.stretches.front().verdict.verdict &&
             stretch.verdict.status == row.stretches.front().verdict.status;
    };
    const auto happens = [](const Event& event) { return event.kind == Event::Kind::Done; };
    return std::ranges::all_of(row.stretches, same) && std::ranges::none_of(row.events, happens);
  }

  void idle(const NormTimeline& row) {
    if (row.stretches.empty()) {
      out_.head("no verdict", cited(model_, row.row.provision), Tone::Faint);
      return;
    }
    const auto& verdict = row.stretches.front().verdict;
    const auto [word, tone] = verdict_shown(verdict);
    const std::string tense = tense_text(verdict);
    out_.head(word, cited(model_, row.row.provision) + (tense.empty() ? "" : ": " + tense), tone);
  }

  void norm(const NormTimeline& row, const std::string& bearer) {
    const auto& provision = model_.provisions[row.row.provision];
    if (!row.gave_up.empty()) {
      out_.head("not decided", cited(model_, row.row.provision), Tone::Bad);
      out_.entry("", "on which days it changes was not worked out: " + row.gave_up, Tone::Faint);
      return;
    }
    if (row.stretches.size() == 1) {
      const auto [word, tone] = verdict_shown(row.stretches.front().verdict);
      out_.head(word, cited(model_, row.row.provision), tone);
    } else {
      out_.head("changes", cited(model_, row.row.provision), Tone::Strong);
    }
    if (!provision.act.empty()) out_.entry(modal(provision.kind), provision.act, Tone::Faint);
    outside(row, bearer);
    for (std::size_t i = 0; i < row.events.size();) {
      const Date day = row.events[i].date;
      bool first = true;
      for (; i < row.events.size() && row.events[i].date == day; ++i) {
        const auto text = event_text(row, row.events[i], bearer);
        if (text.empty()) continue;
        out_.entry(first ? to_text(day) : std::string(), text, Tone::Open);
        first = false;
      }
    }
    for (const auto& deadline : row.deadlines) further_turns(deadline);
    for (const auto& stretch : row.stretches) {
      if (!all_ || !may_apply(stretch.verdict) || stretch.verdict.because.empty()) continue;
      out_.entry("because", listed(model_, stretch.verdict.because), Tone::Faint);
      break;
    }
  }

  // Deadlines that no day of the timeline shows.
  void outside(const NormTimeline& row, const std::string& bearer) {
    std::vector<std::string> texts, facts;
    for (std::size_t i = 0; i < row.deadlines.size(); ++i) {
      const auto& deadline = row.deadlines[i];
      const bool shown = std::ranges::any_of(row.events, [&](const Event& event) { return is_of_deadline(event.kind) && event.index == i; });
      if (shown) continue;
      const auto* open = open_on(row, deadline);
      if (deadline.due.kind == model::Due::Kind::Every && deadline.due.counted_from) {
        texts.push_back(deadline.due.words + " (not in these days)");
      } else {
        texts.push_back(due_text(deadline.due, open != nullptr) + (deadline.applies ? "" : ": does not apply on that day"));
      }
      if (open == nullptr) continue;
      const auto text = facts_text(*open, bearer);
      if (std::ranges::find(facts, text) == facts.end()) facts.push_back(text);
    }
    if (!texts.empty()) out_.entry("due", join(texts, "; "), Tone::Faint);
    if (!facts.empty()) out_.entry("date open on", join(facts, "; "), Tone::Faint);
  }

  // The facts on which the date of a deadline hangs.
  static const std::vector<evaluate::OpenFact>* open_on(const NormTimeline& row, const Deadline& deadline) {
    if (deadline.due.date || deadline.due.kind == model::Due::Kind::OnRequest || deadline.due.kind == model::Due::Kind::Continuously) return nullptr;
    for (const auto& stretch : row.stretches) {
      if (stretch.from <= deadline.as_of && deadline.as_of <= stretch.to && !stretch.verdict.due_depends_on.empty()) {
        return &stretch.verdict.due_depends_on;
      }
    }
    return nullptr;
  }

  std::string stretch_text(const NormTimeline& row, std::size_t index, const std::string& bearer) const {
    const auto& stretch = row.stretches[index];
    const auto& verdict = stretch.verdict;
    std::string text = std::string(verdict_shown(verdict).first) + status_text(verdict);
    if (verdict.gave_up) return text;
    switch (verdict.verdict) {
      case Verdict::Applies:
        if (index == 0 && verdict.applies_from && *verdict.applies_from < stretch.from) text += ", since " + to_text(*verdict.applies_from);
        break;
      case Verdict::Depends: text += " on " + facts_text(verdict.depends_on, bearer); break;
      case Verdict::Undetermined: break;
      case Verdict::NotYet:
      case Verdict::NoLonger:
      case Verdict::DoesNotApply:
        if (!verdict.because.empty()) text += ": " + join(names_of(model_, verdict.because), " · ");
        break;
    }
    return text;
  }

  std::string event_text(const NormTimeline& row, const Event& event, const std::string& bearer) const {
    const auto with_words = [&](std::string text) {
      const auto& due = row.deadlines[event.index].due;
      if (due.moment && event.kind == Event::Kind::Due) text += " " + to_text(*due.moment).substr(11);
      if (!due.words.empty()) text += " (" + due.words + ")";
      return text;
    };
    switch (event.kind) {
      case Event::Kind::Verdict: return stretch_text(row, event.index, bearer);
      case Event::Kind::Done: return "done";
      case Event::Kind::Due: return with_words(row.deadlines[event.index].due.kind == model::Due::Kind::For ? "last day" : "due");
      case Event::Kind::DueEarliest: return with_words("due at the earliest");
      case Event::Kind::DueLatest: return with_words("due at the latest");
      case Event::Kind::Again: {
        const auto& turns = row.deadlines[event.index].turns;
        const bool shown = turns.size() <= most_turns_shown || event.date <= turns[most_turns_shown - 1];
        return shown ? with_words("due again") : std::string();
      }
      case Event::Kind::Missed: return "overdue unless it has been done";
      case Event::Kind::Enforceable: {
        const auto* then = verdict_on(row, event.date);
        return then != nullptr && may_apply(*then) ? "can be enforced from here on" : "could be enforced from here on, were it to apply";
      }
    }
    return {};
  }

  void further_turns(const Deadline& deadline) {
    if (deadline.turns.size() <= most_turns_shown) return;
    out_.entry("", "and again " + std::to_string(deadline.turns.size() - most_turns_shown) + " times up to " + to_text(deadline.turns.back()) +
                       (deadline.more_turns ? ", and more after that" : ""),
               Tone::Faint);
  }

  void conclusion(const evaluate::ConclusionTimeline& row) {
    if (!row.gave_up.empty() || row.stretches.empty()) {
      out_.head(row.gave_up.empty() ? "no verdict" : "not decided", sentence(model_, row.row, true), Tone::Bad);
      if (!row.gave_up.empty()) out_.entry("", "on which days it changes was not worked out: " + row.gave_up, Tone::Faint);
      return;
    }
    if (row.stretches.size() == 1) {
      const auto [word, tone] = conclusion_shown(row.stretches.front().verdict);
      const bool no = row.stretches.front().verdict.verdict == Verdict::DoesNotApply;
      out_.head(word, sentence(model_, row.row, !no), tone);
      return;
    }
    out_.head("changes", sentence(model_, row.row, true), Tone::Strong);
    for (const auto& stretch : row.stretches) {
      const auto& verdict = stretch.verdict;
      std::string text(conclusion_shown(verdict).first);
      if (!verdict.gave_up && verdict.verdict == Verdict::Depends) text += " on " + facts_text(verdict.depends_on, "");
      if (!verdict.gave_up && verdict.verdict == Verdict::Applies && !verdict.because.empty()) {
        text += ": " + join(names_of(model_, verdict.because), " · ");
      }
      out_.entry(to_text(stretch.from), text, Tone::Open);
    }
  }

  const model::Model& model_;
  Writer& out_;
  bool all_;
};

}  // namespace

bool may_apply(const NormVerdict& verdict) {
  if (verdict.gave_up) return true;
  switch (verdict.verdict) {
    case Verdict::Applies:
    case Verdict::Depends:
    case Verdict::Undetermined: return true;
    case Verdict::DoesNotApply:
    case Verdict::NotYet:
    case Verdict::NoLonger: return false;
  }
  return true;
}

const NormVerdict* verdict_on(const NormTimeline& row, Date day) {
  for (const auto& stretch : row.stretches) {
    if (stretch.from <= day && day <= stretch.to) return &stretch.verdict;
  }
  return nullptr;
}

bool is_of_deadline(Event::Kind kind) {
  switch (kind) {
    case Event::Kind::Due:
    case Event::Kind::DueEarliest:
    case Event::Kind::DueLatest:
    case Event::Kind::Again: return true;
    case Event::Kind::Verdict:
    case Event::Kind::Done:
    case Event::Kind::Missed:
    case Event::Kind::Enforceable: return false;
  }
  return false;
}

std::string span_text(const CheckReport& report, const evaluate::CaseTimeline& timeline) {
  if (report.span && !report.span->to) return "from " + to_text(timeline.from) + " on";
  return "from " + to_text(timeline.from) + " to " + to_text(timeline.to);
}

void write_timeline(const CheckReport& report, const CaseReport& one, Writer& out, bool all) { TimelinePage(report, out, all).days(one); }

std::string timeline_page(const CheckReport& report, const Style& style, bool all) {
  TerminalWriter out(style);
  for (const auto& one : report.cases) {
    out.title(case_title(one) + ": timeline " + span_text(report, *one.timeline));
    for (const auto& under : report.under) out.under("under", under);
    if (report.span && !report.span->to) out.under("looked at", "up to " + to_text(one.timeline->to));
    write_timeline(report, one, out, all);
  }
  close_timeline(report, out, all);
  return out.take();
}

void close_timeline(const CheckReport& report, Writer& out, bool all) {
  out.gap();
  for (const auto& one : report.left_out) {
    out.closing("left out", one.path + (one.regulation.empty() ? "" : " (" + one.regulation + ")") + ": " + one.why, Tone::Open);
  }
  const auto counts = count_timelines(report);
  if (!all && !report.cases.empty()) out.line("--all shows the reasons, and on which days conclusions change", Tone::Faint);
  std::string line = count_of(report.cases.size() + report.rejected + report.not_judged, "case");
  if (report.rejected > 0) line += " (" + std::to_string(report.rejected) + " rejected)";
  if (report.not_judged > 0) line += " (" + std::to_string(report.not_judged) + " not judged)";
  line += ": " + count_of(counts.rows, "row") + ", " + count_of(counts.changes, "change") + ", " + count_of(counts.deadlines, "deadline") +
          " with a date, " + std::to_string(counts.undated) + " without";
  if (counts.gave_up > 0) line += ", " + std::to_string(counts.gave_up) + " not decided";
  out.line(line, Tone::Plain);
}

TimelineCounts count_timelines(const CheckReport& report) {
  TimelineCounts counts;
  counts.gave_up = count(report).timelines_gave_up;
  for (const auto& one : report.cases) {
    if (!one.timeline) continue;
    const auto changes = [&](const auto& row) { counts.changes += row.stretches.empty() ? 0 : row.stretches.size() - 1; };
    for (const auto& row : one.timeline->norms) {
      ++counts.rows;
      changes(row);
      for (const auto& deadline : row.deadlines) {
        const auto& due = deadline.due;
        ++(due.date || due.earliest || due.latest ? counts.deadlines : counts.undated);
      }
    }
    for (const auto& row : one.timeline->conclusions) changes(row);
  }
  return counts;
}

}  // namespace onus::reports
