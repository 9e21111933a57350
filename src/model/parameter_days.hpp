// On which days a provision can have effect, and whether the parameters that it reads have a value on each of them.
//
// A comparison with a parameter that has no value would be false in silence; semantics says that such a provision must not be
// in force. What is decided here is exact and about the text alone: the status of the regulation, the days from which a part
// and a provision apply, and `from`, `until` where they are dates. A day that a case gives counts as any day.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "model/model.hpp"

namespace onus::model {

// Days from `first` to `last`, both included.
struct Days {
  Date first = Date::first();
  Date last = Date::last();
};

// Where a parameter is read on days on which it has no value.
struct WithoutValue {
  ProvisionId provision{};
  ParameterId parameter{};
  Span span;               // where it is read
  Days days;               // the first run of such days
  bool as_of = false;      // it is read `as of` a day, not on the day of the verdict
};

// The days on which a provision can have effect by its text, in order of time, apart. `assumed` are taken to be in force.
[[nodiscard]] std::vector<Days> days_of_effect(const Model& model, const Provision& provision,
                                               std::span<const RegulationId> assumed);

// Of one provision, in order of the text; each parameter once.
[[nodiscard]] std::vector<WithoutValue> parameters_without_value(const Model& model, ProvisionId provision,
                                                                 std::span<const RegulationId> assumed);

// Reports them, for the provisions of one rule set; `overridden` parameters have a value that was given. Whether all is well.
bool check_parameters(const Model& model, std::span<const ProvisionId> provisions, std::span<const RegulationId> assumed,
                      std::span<const ParameterId> overridden, Sink& sink);

// "before 2020-01-01", "after 2020-12-31", "on 2020-05-01", "from … to …".
[[nodiscard]] std::string in_words(const Days& days);

}  // namespace onus::model
