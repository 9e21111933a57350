// What `check` finds: verdicts on norms and conclusions for each row of a case (semantics.md § 6). Plain data; reports
// render it, tests compare it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "facts/case.hpp"
#include "model/model.hpp"

namespace onus::evaluate {

// For conclusions read Applies as holds and DoesNotApply as does-not-hold; they have no tense.
enum class Verdict : std::uint8_t { Applies, DoesNotApply, Depends, Undetermined, NotYet, NoLonger };

[[nodiscard]] std::string_view norm_word(Verdict verdict);         // "applies", "not-yet"
[[nodiscard]] std::string_view conclusion_word(Verdict verdict);   // "holds", "does-not-hold"

// An entity of a row: listed in the case, or one that the case only implies ("the resulting model of medical tune").
// Why something is not decided, where a question took more steps than it may.
inline constexpr std::string_view out_of_steps = "the step budget was reached";

struct Subject {
  model::KindId kind{};
  std::string name;
  std::optional<facts::EntityId> entity;   // none: implied
  friend bool operator==(const Subject&, const Subject&) = default;
};

// A fact on which an open verdict depends, or something that a decided one rests on.
struct OpenFact {
  Subject subject;                         // without a name: all things of the kind
  std::optional<model::FieldId> field;     // none: a conclusion or computed term about an implied entity, see `text`
  std::int32_t year = 0;
  std::string text;                        // "modification medical tune · compute"
  bool unanswerable = false;               // the bearer cannot know it
  std::string taken_as;                    // rests_on: "taken as no", "taken as none", "the case lists every modification of M"
};

struct ReadingVerdict {
  std::string name;                        // "significant change", or joint ones: "a + b"
  std::optional<Verdict> verdict;          // none: excluded by the case
};

struct Ground {
  model::ProvisionId provision{};
  friend bool operator==(const Ground&, const Ground&) = default;
};

struct Judged {
  Verdict verdict = Verdict::Depends;
  std::vector<Verdict> possible;           // of an open verdict, in the order of the enumeration
  std::optional<Date> tense_date;          // not-yet: the first day it applies; no-longer: the last day it applied …
  std::optional<Date> tense_date_latest;   // … and the latest such day, where completions differ
  bool speaks = true;                      // false: does not apply because no provision says anything
  std::vector<model::ProvisionId> because, because_in_some;
  std::vector<OpenFact> depends_on;        // open verdicts: a minimal set that decides
  std::vector<OpenFact> rests_on;          // decided verdicts: what must stay as the case's silence has it
  bool rests_minimal = true;               // false: perhaps less would do
  bool rests_complete = true;              // false: what it rests on was not worked out within the budget
  bool depends_minimal = true;             // false: which of the facts it depends on are enough was not worked out
  bool exact = true;
  std::string inexact_because;
  std::vector<ReadingVerdict> readings;    // alternatives that bear on this row
  bool gave_up = false;                    // a step budget was reached: the verdict is not decided, and not `depends` either
};

struct DueDate {
  model::Due::Kind kind = model::Due::Kind::By;
  std::optional<Date> date;                // none: no trigger yet, or it depends (see depends_on)
  std::optional<Moment> moment;            // where the clock starts at a moment: the last minute in time
  std::optional<Date> earliest, latest;    // of a date that depends, where bounded
  std::optional<Date> counted_from;        // of what comes round: the day of the event …
  Period period{};                         // … and how far the turns are apart
  bool lacks_calendar = false;             // moved by working days, and no calendar says which are holidays
  std::string words;                       // "within 2 weeks of the placing date of the model"
};

enum class Status : std::uint8_t { None, Open, Due, Met, Overdue, Breached };
[[nodiscard]] std::string_view status_word(Status status);

struct LimitVerdict {
  std::string to;                          // "the modification medical tune"; empty: left open
  Verdict verdict = Verdict::Applies;
};

// The most that a penalty may be. Low and high agree where it is decided; without one of them, nothing bounds it there.
struct Ceiling {
  std::optional<Number> low, high;         // in the unit's dimension, as amounts are kept
  UnitId unit{};
  std::string per;                         // "day"
  bool always = true;                      // false: in some completion a fact that it is made of is not there
  std::vector<OpenFact> depends_on;
};

// A condition of a norm's own sentence that decides that it does not apply.
struct UnmetCondition {
  model::ConditionId condition{};
  bool so = false;                         // it is so, and should not be (behind `unless`, `not`, `none of`)
  std::string text{}, place{};             // its words and where they stand, filled by whoever has the text
};

struct NormVerdict : Judged {
  model::ProvisionId provision{};
  std::optional<Subject> bearer;
  std::optional<model::AuthorityId> bearer_authority;
  std::optional<Subject> object;
  std::vector<Subject> about;              // further entities of the row
  std::vector<std::pair<std::string, bool>> towards;   // whom, on request
  std::vector<std::string> enforced_by;
  std::optional<Ceiling> at_most;
  std::vector<LimitVerdict> limits;        // those that do or may limit the row
  std::vector<DueDate> when;
  std::vector<OpenFact> due_depends_on;
  std::optional<Date> applies_from, enforceable_from;
  Status status = Status::None;
  std::vector<UnmetCondition> unmet;       // of a norm that does not apply and has no other ground
};

struct ConclusionVerdict : Judged {
  std::optional<model::PredicateId> predicate;
  std::optional<model::FieldId> judgement; // a judgement's bare form, asked for by tests
  Subject subject;                         // a role's holder
  std::optional<Subject> object;
  model::RegulationId regulation{};
};

// The text is at fault in a way that this case shows: the cases of a value contradict each other, or none is taken.
struct TextFault {
  model::ProvisionId provision{};
  std::string message;
};

struct CaseVerdicts {
  std::string name;
  Date as_of{};
  std::vector<TextFault> faults;           // not empty: the verdicts that use those provisions must not be relied on
  std::vector<NormVerdict> norms;          // order of the rule text, then of the case
  std::vector<ConclusionVerdict> conclusions;
};

// Why a case has no verdicts: its statements and the rules' assumptions clash.
struct Clash {
  std::vector<std::string> statements;     // a minimal set
  std::vector<Span> spans;
};

}  // namespace onus::evaluate
