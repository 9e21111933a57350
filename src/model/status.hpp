// When a regulation's statuses hold.
#pragma once

#include <optional>

#include "model/model.hpp"

namespace onus::model {

// Each status holds from its day until the next begins: the first day from which another has taken the place of `status`.
// None where none does: `… until`, and a stay, veto or repeal without a day, hold as they are written.
[[nodiscard]] std::optional<Date> replaced_on(const Regulation& regulation, const Status& status);

}  // namespace onus::model
