// Tense (semantics.md § 5): whether a norm that does not apply will, or did; and since when one that applies does.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "evaluate/context.hpp"

namespace onus::evaluate {

struct Tense {
  Expr not_yet, no_longer;               // in which worlds (meaningful where the norm does not apply today)
};

// Points of time at which a proposition, judged on all days, can change; as forms (constants, or dates that are not known).
class Timeline {
 public:
  // `applies`: the core over the day variable `today`.
  // `birth`: the day from which the row is there, if the vocabulary says so.
  Timeline(Context& on_day, Expr applies, solve::RealVar today, Date as_of, std::optional<Amount> birth);

  const Tense& tense();
  // The same where the day of judgement is this one; it may be the variable itself.
  Tense tense_on(const solve::LinearForm& now);
  // The first day after (`not_yet`) or last day before (`no_longer`) the as-of date on which it applies: earliest and latest
  // over all completions.
  std::optional<std::pair<Date, Date>> first_after();
  std::optional<std::pair<Date, Date>> last_before();
  // The day since which it has applied without a break in every completion; nothing: at all times.
  std::optional<Date> since();
  // It applies on the day in every completion.
  bool certainly_on(Date day);

  // The days on which it may change: all of them, where they are constants.
  [[nodiscard]] const std::vector<solve::LinearForm>& points() const { return points_; }
  [[nodiscard]] bool known_points() const { return known_points_; }
  // The days of (first, last] on which it becomes possible or impossible that it applies: some completion has it on the day, and
  // none had it on the day before, or the other way round. Each completion for itself may change on other days.
  // GaveUp where that takes more than `most` steps.
  std::vector<Date> turns(Date first, Date last, std::size_t most);

 private:
  Expr at(const solve::LinearForm& day);
  Expr at(Date day);
  Expr some_day(Date first, Date last, bool wanted);

  Context& on_day_;
  solve::ExpressionStore& store_;
  Expr applies_;
  solve::RealVar today_;
  Date as_of_;
  std::optional<Amount> birth_;
  std::vector<solve::LinearForm> points_;   // each the first day of a stretch without change
  bool known_points_ = true;                // all of them are constants
  std::vector<std::pair<solve::LinearForm, Expr>> at_;
  std::optional<Tense> tense_;
};

}  // namespace onus::evaluate
