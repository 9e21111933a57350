// A case in which a provision has the verdict that somebody asks for, near to a plain one: found on the graph of its scheme,
// written as a case file, read again and judged as `check` does. Only a case that this confirms is given.
#pragma once

#include <optional>
#include <string>

#include "evaluate/evaluate.hpp"
#include "formula/formula.hpp"
#include "graph/store.hpp"

namespace onus::driver {

struct GraphCase {
  enum class Outcome : std::uint8_t {
    Found,
    Never,        // proven: in no case
    Unconfirmed,  // the graph knows such cases, and of those looked at `check` confirms none
    Undecided,    // the budget ran out
  } outcome = Outcome::Undecided;
  std::string text;          // Found: the case file
  std::size_t looked_at = 0;
};

// `wanted`: that the norm applies (the definition's conclusion holds), or not. `as_of`: none, the case brings its day.
GraphCase graph_case(const formula::Program& program, model::ProvisionId provision, bool wanted, std::optional<Date> as_of,
                     const evaluate::Options& options, const graph::Budget& budget);

}  // namespace onus::driver
