// What there is to reach in a text, and in which rows it is looked for; used by coverage.cpp alone.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "evaluate/coverage.hpp"

namespace onus::evaluate {

// A condition that an exception of two duties has stands in the rows of both: one point, two places.
struct Coverage::Place {
  std::uint32_t point = 0;                        // index into the points
  std::optional<model::ConditionId> condition;    // none: the point is no condition

  // The entities over which the condition speaks, beside those of the row: members of a set for which `filter` holds.
  struct Binder {
    model::VariableId variable{};
    std::optional<model::ConditionId> filter;
  };
  std::vector<Binder> binders;

  // The readings that have to be chosen, or must not be, for the text to be there.
  std::vector<std::pair<model::ProvisionId, std::uint32_t>> chosen, not_chosen;

  // Where in the row it has a say: everywhere; where the norm applies; where a case of the value is taken.
  bool where_it_applies = false;
  std::optional<std::size_t> where_case;          // index into the roots' cases; of a ValueCase: this case

  // From the roots of the row's provision to what strikes it: (opens it, index) a level.
  std::vector<std::pair<bool, std::size_t>> strike;
};

// The points of these provisions, and the places by the provision whose rows are looked at.
struct CoverageMap {
  std::vector<CoveragePoint> points;
  std::vector<std::vector<Coverage::Place>> places;
};
CoverageMap coverage_map(const formula::Program& program, const std::vector<model::ProvisionId>& provisions);

}  // namespace onus::evaluate
