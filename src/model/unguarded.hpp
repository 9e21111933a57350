// Negative statements about what may not be there.
//
// A statement whose path leads to *none* is false, so `the seller of the system is not big` is true of a system without a
// seller. That is rarely meant and never seen; such a statement is reported unless the text speaks of that case: a condition
// beside it that holds only where the thing is there (`the system has a seller`, or any positive statement about it), or an
// alternative to it that says that it is not (`the system has no seller`).
#pragma once

#include "diagnostics/diagnostic.hpp"
#include "model/model.hpp"

namespace onus::model {

// Reports those of one provision, in order of the text.
void report_unguarded(const Model& model, ProvisionId provision, Sink& sink);

}  // namespace onus::model
