// What the variables of a decision graph are: read from a set of expressions, so that several rule sets (two drafts, say)
// over one expression store share one partition with the cuts of all of them.
//
// A truth value is a variable of two cells, no and yes. Every linear form that is compared with constants (a single amount,
// or several linked by a share or a sum) is a variable whose cells lie between the cuts: `form >= t` cuts before t, `form > t`
// behind it, so that a cell may be one point. No cell of a single amount is empty. Forms that share an amount are a cluster:
// which of their cells can occur together is a matter of the care set (feasible.hpp).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "solve/expression.hpp"

namespace onus::graph {

struct Cut {
  Number threshold;
  bool strict = false;  // behind the threshold: in the cells from here on, form > threshold; else form >= threshold
};

struct Variable {
  bool boolean = false;
  solve::BoolVar truth{};
  std::uint32_t form = 0;   // of the expression store
  std::vector<Cut> cuts;    // ascending; one cell more
  std::uint32_t cells() const { return boolean ? 2 : static_cast<std::uint32_t>(cuts.size()) + 1; }
};

inline constexpr std::uint32_t no_variable = 0xffffffffU;

struct Partition {
  std::vector<Variable> variables;  // truth values by index, then forms by index
  std::vector<std::uint32_t> of_boolean;                             // by boolean variable
  std::vector<std::pair<std::uint32_t, std::uint32_t>> of_atom;      // by atom: variable, and the first cell where it holds
  std::vector<std::vector<std::uint32_t>> clusters;                  // variables, ascending; of two or more
};

Partition partition(const solve::ExpressionStore& store, std::span<const solve::Expr> roots);

// The nodes that the roots reach, children before parents; the constant aside.
std::vector<std::uint32_t> cone(const solve::ExpressionStore& store, std::span<const solve::Expr> roots);

// The cell of a variable in which a model lies. Every variable that it needs has a value there, or std::out_of_range.
std::uint32_t cell_of(const solve::ExpressionStore& store, const Variable& variable, const solve::Model& model);

}  // namespace onus::graph
