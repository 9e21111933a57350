// Why a norm does not apply to a row where no other provision had a say: what its own sentence asks for and is not so.
#pragma once

#include <vector>

#include "evaluate/context.hpp"
#include "evaluate/verdict.hpp"

namespace onus::evaluate {

// The conditions of the sentence that settle, each by what it is in every completion, that the whole is false: the innermost
// ones along a conjunction, in order of the text. Precondition: the condition of the norm is false in every completion of the
// row, or the result says nothing.
[[nodiscard]] std::vector<UnmetCondition> unmet_conditions(Context& context, const formula::Program& program, model::ProvisionId norm,
                                                           BindingId row);

}  // namespace onus::evaluate
