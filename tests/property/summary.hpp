// The verdicts of a case as a map, for what must hold between the verdicts of two texts.
#pragma once

#include <map>
#include <string>

#include "property/stream.hpp"

namespace onus::property {

// Verdicts by what they are about: "duty n1 · F1 · S2", "marked · S1 · ". Nothing where the case clashes; rows at which a budget
// was reached are left out.
std::map<std::string, evaluate::Verdict> verdicts_of(const Compiled& rules, const facts::Case& the_case, bool no_defaults = false);

// Whether a verdict may become the other when more is known: what is decided stays; does not apply may sharpen to a tense.
bool stays(evaluate::Verdict before, evaluate::Verdict after);

// The case of a text; a test fails where it is refused.
std::optional<facts::Case> read(Compiled& rules, const CaseText& text, bool json = false);

}  // namespace onus::property
