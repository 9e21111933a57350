// A lens on a case under one choice of readings: its day of judgement, and all days.
#pragma once

#include <functional>
#include <memory>

#include "evaluate/context.hpp"
#include "evaluate/tense.hpp"

namespace onus::evaluate {

using Readings = std::vector<std::pair<model::ProvisionId, std::uint32_t>>;

// Puts the same question to any context: grounds a proposition, or a condition (as a trace).
struct Question {
  std::function<PropositionId(Context&)> proposition;   // one of these two
  std::function<TraceId(Context&)> condition;
  bool norm = false;                                     // has a tense; its own provision is not named
  std::optional<EntityIndex> row_object;                 // whose birth bounds `no longer`
};

class Lens {
 public:
  // `traced`: it will be asked for grounds, faults of the text and conditions that are not met.
  Lens(World& world, solve::Solver& solver, Date as_of, Readings readings,
       const std::vector<std::pair<model::ParameterId, Number>>* parameters, bool traced);

  Context& day() { return day_; }
  [[nodiscard]] Date as_of() const { return as_of_; }
  // On the day of judgement: where the answer is yes, under each way of deciding `open` provisions; and whatever that way is.
  Expr yes(const Question& question);
  CoreExprs core(const Question& question);
  // Made once for what applies and what is asked about; it stays.
  Timeline& timeline(const Question& question);

 private:
  Date as_of_;
  solve::RealVar today_;
  Context day_;
  Context all_days_;
  std::map<std::pair<Expr, std::optional<EntityIndex>>, Timeline> timelines_;   // by what applies and whose birth bounds it
};

}  // namespace onus::evaluate
