// Somebody who is told of every row that a judge has decided, and may decide it again in another way; builds that check two
// ways of deciding against each other have one (ONUS_CHECK_BOTH).
#pragma once

#include <array>
#include <string>

#include "evaluate/context.hpp"

namespace onus::evaluate {

class SecondOpinion {
 public:
  virtual ~SecondOpinion() = default;
  // What the row may come to, by Core, under the main reading on the day of judgement; `row`: "duty 53(1)(a) · Acme · Acme-7B".
  virtual void hear(Context& context, const CoreExprs& core, const std::array<bool, 3>& possible, const std::string& row) = 0;
};

}  // namespace onus::evaluate
