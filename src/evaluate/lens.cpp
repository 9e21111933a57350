#include "evaluate/lens.hpp"

namespace onus::evaluate {

namespace {

solve::RealVar day_variable(World& world) {
  solve::Domain domain;
  domain.integer = true;
  domain.lower = solve::Bound{Number(0), true};
  domain.upper = solve::Bound{Number(Date::last_day), true};
  return world.store().new_real(domain);
}

GroundOptions options_of(std::optional<Date> today, Date as_of, solve::RealVar variable, const Readings& readings,
                         const std::vector<std::pair<model::ParameterId, Number>>* parameters, bool traced) {
  GroundOptions options;
  options.today = today;
  options.today_variable = variable;
  options.near_year = as_of.year();
  options.readings = readings;
  options.parameters = parameters;
  options.traced = traced;
  return options;
}

}  // namespace

Lens::Lens(World& world, solve::Solver& solver, Date as_of, Readings readings,
           const std::vector<std::pair<model::ParameterId, Number>>* parameters, bool traced)
    : as_of_(as_of),
      today_(day_variable(world)),
      day_(world, solver, options_of(as_of, as_of, today_, readings, parameters, traced)),
      all_days_(world, solver, options_of(std::nullopt, as_of, today_, readings, parameters, false)) {}

Expr Lens::yes(const Question& question) {
  if (question.proposition) return day_.grounder().proposition(question.proposition(day_)).yes;
  return day_.grounder().trace(question.condition(day_)).value;
}

CoreExprs Lens::core(const Question& question) { return day_.core_of(yes(question)); }

Timeline& Lens::timeline(const Question& question) {
  const auto applies = all_days_.core(question.proposition(all_days_))[static_cast<std::size_t>(Core::Applies)];
  const auto key = std::pair(applies, question.row_object);
  if (const auto known = timelines_.find(key); known != timelines_.end()) return known->second;
  std::optional<Amount> birth;
  if (question.row_object) {
    auto& world = day_.world();
    const auto& model = *world.program().model;
    const auto& kind = model.kinds[world.being(*question.row_object).kind];
    if (kind.exists_from) birth = world.amount(*question.row_object, *kind.exists_from, 0);
  }
  return timelines_.try_emplace(key, day_, applies, today_, as_of_, birth).first->second;
}

}  // namespace onus::evaluate
