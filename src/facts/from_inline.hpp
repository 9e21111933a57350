// Turns a case written in a rule file into the same value that case files give.
//
// The entities of the case keep their numbers (VariableId = EntityId). An entity that is spoken of by a path, in what is given
// or expected, is an entity of the case and the relation that the path takes is known to lead there; it is listed behind the
// others, called by the path. Every given sentence becomes the state of one fact or a stated conclusion:
//   `the compute of M is 1e24 FLOP`                 exact
//   `… is at least A` and `… is at most B`          the range [A, B]; `at most B` alone is [0, B]; dates and whole numbers may
//                                                   have strict bounds, which move by one; other open bounds are refused
//   `M is licensed for use`, `M is not …`           yes, no; of a judgement: answered yes, no
//   `it is not established that M is J`             not established
//   a member of a set, a pair                       the set is what is said to be in it; where only things outside are
//                                                   named, only these are known (`entities_outside`)
//   `M has no origin`, `M has an origin`            none; some
//   `the compute of M is unknowable [to A]`         not knowable, with the value that another sentence gives
//   `M is systemic`                                 a stated conclusion
// What leaves open which fact holds (`or`, `unless`, counts, quantifiers), computed terms, and sentences that repeat or
// contradict one another are refused, with both places.
#pragma once

#include <cstdint>
#include <optional>

#include "diagnostics/diagnostic.hpp"
#include "facts/case.hpp"
#include "model/model.hpp"

namespace onus::facts {

// `index` into Model::cases. Nothing when at least one error was reported.
[[nodiscard]] std::optional<Case> inline_case(const model::Model& model, std::uint32_t index, Sink& sink);

}  // namespace onus::facts
