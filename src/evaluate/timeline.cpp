#include "evaluate/timeline.hpp"

#include <algorithm>
#include <utility>

#include "evaluate/deadlines.hpp"
#include "evaluate/particulars.hpp"

namespace onus::evaluate {

using solve::ExpressionStore;
using solve::LinearForm;

namespace {

constexpr std::size_t most_steps = 2'000;   // of a search for the days on which one statement changes
constexpr std::size_t most_turns = 1'000;   // of one deadline that comes round

// Whether the norm applies, or may.
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

// Of what does not apply the reason is told as well: the chapter is not there yet, then a transition holds it up.
bool is_same(const NormVerdict& a, const NormVerdict& b) {
  return a.verdict == b.verdict && a.gave_up == b.gave_up && a.status == b.status && (may_apply(a) || a.because == b.because);
}
bool is_same(const ConclusionVerdict& a, const ConclusionVerdict& b) { return a.verdict == b.verdict && a.gave_up == b.gave_up; }

bool is_same(const DueDate& a, const DueDate& b) {
  return a.date == b.date && a.moment == b.moment && a.earliest == b.earliest && a.latest == b.latest && a.counted_from == b.counted_from;
}

}  // namespace

Timeline ChangeDays::timeline_of(Expr e) { return {lens_.unstated(), e, lens_.today(), from_, std::nullopt}; }

void ChangeDays::add_known(const std::vector<LinearForm>& points, std::set<Date>& days) const {
  for (const auto& point : points) {
    if (!point.is_constant()) continue;
    const auto day = point.constant().ceil().to_int64();
    if (day && *day > from_.days && *day <= to_.days) days.insert(Date{static_cast<std::int32_t>(*day)});
  }
}

void ChangeDays::add_turns(Expr holds, std::set<Date>& days) {
  if (holds.is_false()) return;
  auto timeline = timeline_of(holds);
  add_known(timeline.points(), days);
  if (timeline.known_points()) return;
  for (const auto day : timeline.turns(from_, to_, most_steps)) days.insert(day);
}

std::set<Date> ChangeDays::of_statements() {
  std::set<Date> days;
  add_turns(lens_.all_days().stated(), days);
  return days;
}

// What decides a verdict are the cores that are possible on the day, and, where the only one is that it does not apply, whether
// there is a world in which it will not, or did not. Each of these is followed through the days on its own.
std::set<Date> ChangeDays::of(const Question& question, const std::vector<Expr>& further) {
  std::set<Date> days;
  auto& all = lens_.all_days();
  auto& store = all.store();
  const auto core = all.core(question.proposition(all));
  const auto stated = all.stated();
  const auto today = LinearForm(lens_.today());
  for (const auto each : core) add_turns(store.and_(stated, each), days);
  if (question.norm) {
    const auto no = core[static_cast<std::size_t>(Core::DoesNotApply)];
    Timeline applies(lens_.unstated(), core[static_cast<std::size_t>(Core::Applies)], lens_.today(), from_, lens_.birth_of(question));
    if (!applies.known_points()) {
      const auto tense = applies.tense_on(today);
      const auto here = store.and_(stated, no);
      add_turns(store.and_(here, ExpressionStore::not_(tense.not_yet)), days);
      add_turns(store.and_(here, store.or_(tense.not_yet, ExpressionStore::not_(tense.no_longer))), days);
    }
  }
  for (const auto e : further) {
    add_turns(store.and_(stated, e), days);
    add_turns(store.and_(stated, ExpressionStore::not_(e)), days);
  }
  return days;
}

TimelineMaker::TimelineMaker(Lens& lens, Date from, Date to, std::function<Lens&(Date)> go_to, std::function<std::vector<TextFault>()> faults)
    : lens_(lens), changes_(lens, from, to), go_to_(std::move(go_to)), faults_(std::move(faults)) {
  result_.from = from;
  result_.to = to;
  try {
    of_statements_ = changes_.of_statements();
    find_clashes();
  } catch (const GaveUp&) {
    // Every row will run into the same, and say so.
  }
}

void TimelineMaker::find_clashes() {
  auto days = of_statements_;
  days.insert(result_.from);
  for (auto day = days.begin(); day != days.end(); ++day) {
    auto& there = go_to_(*day).day();
    if (there.clash_free()) continue;
    const Date last = std::next(day) == days.end() ? result_.to : Date{std::next(day)->days - 1};
    if (!result_.clashes.empty() && result_.clashes.back().to.days + 1 == day->days) {
      result_.clashes.back().to = last;
      continue;
    }
    Clash clash;
    for (const auto position : there.clash()) {
      clash.statements.push_back(there.statements()[position].text);
      clash.spans.push_back(there.statements()[position].span);
    }
    result_.clashes.push_back({*day, last, std::move(clash)});
  }
}

// There are worlds on that day.
bool TimelineMaker::goes_to(Date day) {
  const bool judged = go_to_(day).day().clash_free();
  if (judged) been_.insert(day);
  return judged;
}

template <typename Verdict>
void TimelineMaker::judge_days(const std::set<Date>& days, const std::function<Verdict()>& judge, Days<Verdict>& judged) {
  for (const auto day : days) {
    if (judged.contains(day)) continue;
    judged[day] = goes_to(day) ? std::optional(judge()) : std::nullopt;
  }
}

template <typename Verdict>
void TimelineMaker::stretches(const Days<Verdict>& judged, RowTimeline<Verdict>& out) const {
  for (auto day = judged.begin(); day != judged.end(); ++day) {
    if (!day->second) continue;
    const Date last = std::next(day) == judged.end() ? result_.to : Date{std::next(day)->first.days - 1};
    auto& known = out.stretches;
    if (!known.empty() && known.back().to.days + 1 == day->first.days && is_same(known.back().verdict, *day->second)) {
      known.back().to = last;
    } else {
      known.push_back({day->first, last, *day->second});
    }
  }
  if (!out.stretches.empty()) out.row = out.stretches.front().verdict;
}

// What the deadlines, the limits and the status of a row look at: the conditions under which a deadline is counted from one day
// or from another, those of the limits, and whether a way of `fulfilled by` was gone.
std::vector<Expr> TimelineMaker::particulars(model::ProvisionId id, const Question& question, const NormRow& row) {
  auto& all = lens_.all_days();
  auto& grounder = all.grounder();
  const auto& program = all.world().program();
  const auto& provision = program.model->provisions[id];
  const auto binding = grounder.binding(row.entities);
  std::vector<Expr> result;
  for (std::size_t i = 0; i < provision.dues.size(); ++i) {
    if (!provision.dues[i].expr) continue;
    for (const auto& piece : grounder.pieces(program.of(id).dues[i], binding, provision.variables)) result.push_back(piece.guard);
  }
  for (const auto limit : program.of(id).limits) result.push_back(grounder.trace(grounder.formula(limit, binding, provision.variables)).value);
  result.push_back(grounder.fulfilled(id, row.bearer, question.row_object, binding));
  return result;
}

// The days in the timeline on which the status may change: when a last day is over, and when something was done.
std::set<Date> TimelineMaker::of_status(const NormVerdict& verdict) {
  std::set<Date> days;
  const auto add = [&](Date day) {
    if (result_.from < day && day <= result_.to) days.insert(day);
  };
  for (const auto& due : verdict.when) {
    if (due.date) add(Date{due.date->days + 1});
    if (due.latest) add(Date{due.latest->days + 1});
  }
  if (const auto& done = lens_.day().world().the_case().done) {
    for (const auto& each : *done) {
      if (is_of_row(each, verdict.provision, verdict)) add(each.on);
    }
  }
  return days;
}

void TimelineMaker::norm(model::ProvisionId id, const Question& question, const NormRow& row, const std::function<NormVerdict()>& judge) {
  NormTimeline result;
  Days<NormVerdict> judged;
  try {
    auto days = changes_.of(question, particulars(id, question, row));
    days.insert(result_.from);
    days.insert(of_statements_.begin(), of_statements_.end());
    // What is due on a day is known once a day was judged, and can bring further days.
    for (std::size_t known = 0; known != days.size();) {
      known = days.size();
      judge_days(days, judge, judged);
      for (const auto& [day, verdict] : judged) {
        if (verdict) days.merge(of_status(*verdict));
      }
    }
    stretches(judged, result);
    add_deadlines(judged, result);
    add_events(result);
  } catch (const GaveUp& gave_up) {
    result = {};
    result.gave_up = gave_up.why;
    go_to_(result_.from);
    result.row = judge();
  }
  result_.norms.push_back(std::move(result));
}

void TimelineMaker::conclusion(const Question& question, const std::function<ConclusionVerdict()>& judge) {
  ConclusionTimeline result;
  Days<ConclusionVerdict> judged;
  try {
    auto days = changes_.of(question, {});
    days.insert(result_.from);
    days.insert(of_statements_.begin(), of_statements_.end());
    judge_days(days, judge, judged);
    stretches(judged, result);
  } catch (const GaveUp& gave_up) {
    result = {};
    result.gave_up = gave_up.why;
    go_to_(result_.from);
    result.row = judge();
  }
  result_.conclusions.push_back(std::move(result));
}

// Each deadline once, as it was on the first day on which it was so.
void TimelineMaker::add_deadlines(const Days<NormVerdict>& judged, NormTimeline& out) {
  for (const auto& [day, verdict] : judged) {
    if (!verdict) continue;
    for (std::size_t i = 0; i < verdict->when.size(); ++i) {
      const auto& due = verdict->when[i];
      const bool known = std::any_of(out.deadlines.begin(), out.deadlines.end(), [&](const Deadline& one) {
        return one.index == i && (is_same(one.due, due) || (due.counted_from && one.due.counted_from == due.counted_from));
      });
      if (!known) out.deadlines.push_back({i, day, due, true, {}, false});
    }
  }
  std::stable_sort(out.deadlines.begin(), out.deadlines.end(), [](const Deadline& a, const Deadline& b) { return a.index < b.index; });
  for (auto& deadline : out.deadlines) {
    for (const auto& stretch : out.stretches) {
      if (deadline.due.date && stretch.from <= *deadline.due.date && *deadline.due.date <= stretch.to) deadline.applies = may_apply(stretch.verdict);
    }
    add_turns(deadline, out);
  }
}

// What a deadline says about the days around it: only dated ones can be missed, and only where the norm applied on the day.
void TimelineMaker::add_events(NormTimeline& row) {
  const auto add = [&](Event::Kind kind, std::optional<Date> date, std::size_t index = 0) {
    if (date && result_.from <= *date && *date <= result_.to) row.events.push_back({kind, *date, index});
  };
  const auto& done = lens_.day().world().the_case().done;
  const auto& dues = lens_.day().world().program().model->provisions[row.row.provision].dues;
  for (std::size_t i = 0; i < row.stretches.size(); ++i) add(Event::Kind::Verdict, row.stretches[i].from, i);
  for (std::size_t i = 0; i < row.deadlines.size(); ++i) {
    const auto& deadline = row.deadlines[i];
    const auto& due = deadline.due;
    if (due.kind == model::Due::Kind::Every) {
      for (const auto turn : deadline.turns) add(Event::Kind::Again, turn, i);
      continue;
    }
    if (!deadline.applies) continue;
    add(Event::Kind::Due, due.date, i);
    add(Event::Kind::DueEarliest, due.earliest, i);
    add(Event::Kind::DueLatest, due.latest, i);
    if (is_dated(dues.at(deadline.index)) && !done) {
      if (due.date) add(Event::Kind::Missed, add_days(*due.date, 1), i);
      if (due.latest) add(Event::Kind::Missed, add_days(*due.latest, 1), i);
    }
  }
  if (done) {
    for (const auto& each : *done) {
      if (is_of_row(each, row.row.provision, row.row)) add(Event::Kind::Done, each.on);
    }
  }
  for (const auto& stretch : row.stretches) {
    if (!row.enforceable_from) row.enforceable_from = stretch.verdict.enforceable_from;
  }
  add(Event::Kind::Enforceable, row.enforceable_from);
  std::stable_sort(row.events.begin(), row.events.end(), [](const Event& a, const Event& b) {
    return std::pair(a.date, a.kind) < std::pair(b.date, b.kind);
  });
}

void TimelineMaker::add_turns(Deadline& deadline, const NormTimeline& row) {
  const auto& due = deadline.due;
  if (due.kind != model::Due::Kind::Every || !due.counted_from) return;
  auto turn = next_turn(due.period, *due.counted_from, result_.from);
  for (; turn && *turn <= result_.to; turn = next_turn(due.period, *due.counted_from, Date{turn->days + 1})) {
    const bool applies = std::any_of(row.stretches.begin(), row.stretches.end(), [&](const auto& stretch) {
      return stretch.from <= *turn && *turn <= stretch.to && may_apply(stretch.verdict);
    });
    if (!applies) continue;
    if (deadline.turns.size() == most_turns) {
      deadline.more_turns = true;
      return;
    }
    deadline.turns.push_back(*turn);
  }
}

CaseTimeline TimelineMaker::take() {
  for (const auto day : been_) {
    go_to_(day);
    for (auto& fault : faults_()) {
      const bool known = std::any_of(result_.faults.begin(), result_.faults.end(), [&](const auto& one) { return one.message == fault.message; });
      if (!known) result_.faults.push_back(std::move(fault));
    }
  }
  return std::move(result_);
}

}  // namespace onus::evaluate
