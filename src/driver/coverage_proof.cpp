#include "driver/coverage_proof.hpp"

#include <stdexcept>

#include "graph/scheme.hpp"
#include "solve/solver.hpp"

namespace onus::driver {
namespace {

using evaluate::CoveragePoint;
using solve::ExpressionStore;

// Whether the condition can be so (`truth`) in no case.
bool is_impossible(const formula::Program& program, const CoveragePoint::Stands& stands, bool truth, std::uint64_t steps) {
  const auto& provision = program.model->provisions[stands.rows];
  ExpressionStore store;
  graph::Schemes schemes(program, store);
  const auto row = schemes.row_of(stands.rows);
  const auto condition = schemes.formula(stands.condition, row, provision.variables);
  auto asked = truth ? condition : ExpressionStore::not_(condition);
  const bool timeless = provision.value || provision.kind == model::ProvisionKind::Assumption;   // as coverage counts them
  if (!timeless) asked = store.and_(asked, schemes.contribution(stands.rows, row).in_force);
  if (asked.is_true()) return false;
  solve::Solver solver(store);
  solver.set_budget(steps);
  for (const auto constraint : schemes.constraints()) solver.add(constraint);
  return solver.satisfiable(asked) == std::optional(false);
}

}  // namespace

void prove_constants(const formula::Program& program, evaluate::Coverage& coverage, std::uint64_t steps) {
  for (std::size_t i = 0; i < coverage.points().size(); ++i) {
    const auto& point = coverage.points()[i];
    if (point.kind != CoveragePoint::Kind::Condition || point.stands.empty()) continue;
    for (const bool truth : {true, false}) {
      if (!(truth ? point.wants_yes() : point.wants_no())) continue;
      bool impossible = true;
      try {
        for (const auto& stands : point.stands) impossible = impossible && is_impossible(program, stands, truth, steps);
      } catch (const std::length_error&) {
        impossible = false;   // nested too deep for a scheme
      }
      if (!impossible) continue;
      coverage.settle(i, !truth);
      break;
    }
  }
}

}  // namespace onus::driver
