// Sides that no case can reach: a condition that is the same in every case has one side only.
#pragma once

#include <cstdint>

#include "evaluate/coverage.hpp"
#include "formula/formula.hpp"

namespace onus::driver {

// Of each condition of which a side is still open, whether that side is impossible: decided over the scheme of the provision
// (graph/scheme.hpp), which ranges over every case there can be and more, where the provision is in force and the assumptions of
// the text hold. What is not proven within this many steps of the solver each stays open.
void prove_constants(const formula::Program& program, evaluate::Coverage& coverage, std::uint64_t steps);

}  // namespace onus::driver
