// The timeline of a case (semantics.md § 5): from which day to which each norm and each conclusion has which verdict.
//
// The verdict of each day is the one that judging as of that day gives. Only dates change in between: a fact without a date is
// the same on all days, and an answer to a judgement holds at all times. The days on which something changes are found on what
// the case comes to with the day as a variable; each stretch is then judged on its first day.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "evaluate/lens.hpp"
#include "evaluate/verdict.hpp"

namespace onus::evaluate {

// From one day to another, both included, with one verdict and one status, and of a norm that does not apply with one reason;
// next to it there is another one, a clash, or the end.
template <typename Verdict>
struct Stretch {
  Date from{}, to{};
  Verdict verdict;                     // as on its first day: reasons, open facts and deadlines may differ on later ones
};

// A deadline of the norm: its place among the norm's `due`s, and what it comes to from this day on.
struct Deadline {
  std::size_t index = 0;
  Date as_of{};
  DueDate due;
  bool applies = true;                 // on its day the norm applies, or may; on a day outside the timeline: not looked at
  std::vector<Date> turns;             // of what comes round: in the timeline, on days on which the norm may apply
  bool more_turns = false;             // only the first thousand are here
};

template <typename Verdict>
struct RowTimeline {
  Verdict row;                         // on the first day that was judged: for whom and what
  std::vector<Stretch<Verdict>> stretches;
  std::string gave_up;                 // not empty: why it was not worked out on which days it changes; no stretches then
};

// What happens to a norm on a day of the timeline.
struct Event {
  enum class Kind : std::uint8_t {
    Verdict,                           // a stretch begins
    Done,                              // the case says that it was done
    Due,                               // the last day of a deadline
    DueEarliest, DueLatest,            // of a deadline that depends: the first and the last day that it may be
    Again,                             // a turn of what comes round
    Missed,                            // overdue from here on, unless it has been done: where the case does not say
    Enforceable,                       // from here on
  } kind = Kind::Verdict;
  Date date{};
  std::size_t index = 0;               // of the stretch or deadline; else 0
};

struct NormTimeline : RowTimeline<NormVerdict> {
  std::vector<Deadline> deadlines;     // each once, in order of the text
  std::optional<Date> enforceable_from;
  std::vector<Event> events;           // in the timeline, by date
};

using ConclusionTimeline = RowTimeline<ConclusionVerdict>;

struct CaseTimeline {
  Date from{}, to{};
  std::vector<NormTimeline> norms;                 // order of the rule text, then of the case
  std::vector<ConclusionTimeline> conclusions;
  std::vector<Stretch<Clash>> clashes;             // days on which what the case states cannot be: nothing is judged there
  std::vector<TextFault> faults;                   // not empty: must not be relied on
};

// Days on which something may change.
class ChangeDays {
 public:
  ChangeDays(Lens& lens, Date from, Date to) : lens_(lens), from_(from), to_(to) {}

  // The days of (from, to] on which the verdict on a question may change: all of them, and perhaps some on which it does not.
  // `further`: what else the row looks at, with the day as a variable. Throws GaveUp.
  std::set<Date> of(const Question& question, const std::vector<Expr>& further);
  // The same of what is stated: whether there is a world at all.
  std::set<Date> of_statements();

 private:
  // Points that are constants.
  void add_known(const std::vector<solve::LinearForm>& points, std::set<Date>& days) const;
  // And where some are not, the days on which it becomes possible, or impossible, that this holds.
  void add_turns(Expr holds, std::set<Date>& days);
  Timeline timeline_of(Expr e);

  Lens& lens_;
  Date from_, to_;
};

// Puts the timeline of a case together. Whoever judges goes to a day when asked for its lens, and judges a row on the day to
// which he went last.
class TimelineMaker {
 public:
  TimelineMaker(Lens& lens, Date from, Date to, std::function<Lens&(Date)> go_to, std::function<std::vector<TextFault>()> faults);

  struct NormRow {
    std::vector<EntityIndex> entities;   // of the norm's variables
    std::optional<EntityIndex> bearer;
  };
  void norm(model::ProvisionId id, const Question& question, const NormRow& row, const std::function<NormVerdict()>& judge);
  void conclusion(const Question& question, const std::function<ConclusionVerdict()>& judge);
  CaseTimeline take();

 private:
  template <typename Verdict>
  using Days = std::map<Date, std::optional<Verdict>>;   // none: a clash

  void find_clashes();
  bool goes_to(Date day);
  template <typename Verdict>
  void judge_days(const std::set<Date>& days, const std::function<Verdict()>& judge, Days<Verdict>& judged);
  template <typename Verdict>
  void stretches(const Days<Verdict>& judged, RowTimeline<Verdict>& out) const;
  std::vector<Expr> particulars(model::ProvisionId id, const Question& question, const NormRow& row);
  std::set<Date> of_status(const NormVerdict& verdict);
  void add_deadlines(const Days<NormVerdict>& judged, NormTimeline& out);
  void add_turns(Deadline& deadline, const NormTimeline& row);
  void add_events(NormTimeline& row);

  Lens& lens_;
  ChangeDays changes_;
  std::function<Lens&(Date)> go_to_;
  std::function<std::vector<TextFault>()> faults_;
  std::set<Date> of_statements_;
  std::set<Date> been_;                // days on which the text was looked at for faults
  CaseTimeline result_;
};

}  // namespace onus::evaluate
