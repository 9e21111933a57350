// Which readings bear on what: provisions are followed through everything that they use.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "formula/formula.hpp"

namespace onus::evaluate {

class ReadingIndex {
 public:
  using Readings = std::vector<std::pair<model::ProvisionId, std::uint32_t>>;

  explicit ReadingIndex(const formula::Program& program) : program_(program), used_(program.model->provisions.size()) {}

  // The alternatives to the main reading that the provision, predicate or anything may turn on: single ones first, then
  // joint ones; at most 63 in all (beyond that, single ones only).
  std::vector<Readings> bearing_on(model::ProvisionId provision);
  std::vector<Readings> bearing_on(model::PredicateId predicate, model::RegulationId regulation);
  std::vector<Readings> all();

 private:
  using Seen = std::vector<bool>;   // by formula

  std::vector<Readings> combinations(const std::set<model::ProvisionId>& provisions) const;
  std::set<model::ProvisionId> reach(std::vector<model::ProvisionId> from);
  void uses(formula::FormulaId formula, Seen& seen, std::vector<model::ProvisionId>& out) const;
  void uses(const formula::Linear& linear, Seen& seen, std::vector<model::ProvisionId>& out) const;
  void uses(formula::PathId path, std::vector<model::ProvisionId>& out) const;
  const std::vector<model::ProvisionId>& uses_of(model::ProvisionId provision);

  const formula::Program& program_;
  std::vector<std::optional<std::vector<model::ProvisionId>>> used_;   // by provision, once it was asked for
};

}  // namespace onus::evaluate
