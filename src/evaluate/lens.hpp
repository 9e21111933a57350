// A lens on a case under one choice of readings: its day of judgement, and all days.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "evaluate/context.hpp"
#include "evaluate/tense.hpp"

namespace onus::evaluate {

using Readings = std::vector<std::pair<model::ProvisionId, std::uint32_t>>;

// Puts the same question to any context: grounds a proposition, or a condition (as a trace).
struct Question {
  std::function<PropositionId(Context&)> proposition;   // one of these two
  std::function<TraceId(Context&)> condition;
  bool norm = false;                                     // has a tense; its own provision is not named
  bool follows = false;                                  // asks whether others are violated: harder than the rest
  std::optional<EntityIndex> row_object;                 // whose birth bounds `no longer`
};

class Lens {
 public:
  // `traced`: it will be asked for grounds, faults of the text and conditions that are not met.
  Lens(World& world, solve::Solver& solver, Date as_of, Readings readings,
       const std::vector<std::pair<model::ParameterId, Number>>* parameters, bool traced);
  // The same case under the same readings, on another day. What was worked out about all days is shared.
  Lens(const Lens& other, Date as_of);

  Context& day() { return day_; }
  // With the day as a variable, `today`.
  Context& all_days() { return all_days_->context; }
  [[nodiscard]] solve::RealVar today() const { return all_days_->today; }
  // Where nothing counts as stated: for questions about several days, which have what is stated in them.
  Context& unstated();
  [[nodiscard]] Date as_of() const { return as_of_; }
  // On the day of judgement: where the answer is yes, under each way of deciding `open` provisions; and whatever that way is.
  Expr yes(const Question& question);
  CoreExprs core(const Question& question);
  // Made once for what applies and what is asked about; it stays.
  Timeline& timeline(const Question& question);
  // The day from which the row's object is there, where the vocabulary says so.
  std::optional<Amount> birth_of(const Question& question);

 private:
  struct AllDays {
    solve::RealVar today;
    Context context;
    std::optional<Context> unstated;
  };

  World& world_;
  solve::Solver& solver_;
  Readings readings_;
  const std::vector<std::pair<model::ParameterId, Number>>* parameters_;
  bool traced_;
  Date as_of_;
  std::shared_ptr<AllDays> all_days_;
  Context day_;
  std::map<std::pair<Expr, std::optional<EntityIndex>>, Timeline> timelines_;   // by what applies and whose birth bounds it
};

}  // namespace onus::evaluate
