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
    : world_(world),
      solver_(solver),
      readings_(std::move(readings)),
      parameters_(parameters),
      traced_(traced),
      as_of_(as_of),
      all_days_([&] {
        const auto today = day_variable(world);
        return std::shared_ptr<AllDays>(new AllDays{today, Context(world, solver, options_of(std::nullopt, as_of, today, readings_, parameters, false)), std::nullopt});
      }()),
      day_(world, solver, options_of(as_of, as_of, all_days_->today, readings_, parameters, traced)) {}

Lens::Lens(const Lens& other, Date as_of)
    : world_(other.world_),
      solver_(other.solver_),
      readings_(other.readings_),
      parameters_(other.parameters_),
      traced_(other.traced_),
      as_of_(as_of),
      all_days_(other.all_days_),
      day_(world_, solver_, options_of(as_of, as_of, all_days_->today, readings_, parameters_, traced_)) {}

Context& Lens::unstated() {
  if (!all_days_->unstated) {
    all_days_->unstated.emplace(world_, solver_, options_of(std::nullopt, as_of_, today(), readings_, parameters_, false));
    all_days_->unstated->state_nothing();
  }
  return *all_days_->unstated;
}

Expr Lens::yes(const Question& question) {
  if (question.proposition) return day_.grounder().proposition(question.proposition(day_)).yes;
  return day_.grounder().trace(question.condition(day_)).value;
}

CoreExprs Lens::core(const Question& question) { return day_.core_of(yes(question)); }

Timeline& Lens::timeline(const Question& question) {
  const auto applies = all_days().core(question.proposition(all_days()))[static_cast<std::size_t>(Core::Applies)];
  const auto key = std::pair(applies, question.row_object);
  if (const auto known = timelines_.find(key); known != timelines_.end()) return known->second;
  return timelines_.try_emplace(key, day_, applies, today(), as_of_, birth_of(question)).first->second;
}

std::optional<Amount> Lens::birth_of(const Question& question) {
  if (!question.row_object) return std::nullopt;
  const auto& kind = world_.program().model->kinds[world_.being(*question.row_object).kind];
  if (!kind.exists_from) return std::nullopt;
  return world_.amount(*question.row_object, *kind.exists_from, 0);
}

}  // namespace onus::evaluate
