// Which cells of linked amounts can occur together: exact, by the simplex over rationals with strict bounds, and whole
// numbers where the amounts are whole.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "graph/operations.hpp"
#include "graph/partition.hpp"
#include "solve/simplex.hpp"

namespace onus::graph {

// Assertions "variable in this cell", taken back in the order of a stack.
class Feasibility {
 public:
  // Over the amounts of these variables of the partition (forms and truth values; of the latter nothing is asked).
  Feasibility(const solve::ExpressionStore& store, const Partition& partition, std::span<const std::uint32_t> variables);

  enum class Outcome : std::uint8_t { Feasible, Infeasible, OutOfBudget };

  std::size_t mark() const { return simplex_.mark(); }
  void backtrack(std::size_t mark) { simplex_.backtrack(mark); }
  // The variable lies in the cells [begin, end). False when that contradicts what is asserted.
  bool assert_cells(std::uint32_t variable, std::uint32_t begin, std::uint32_t end);
  Outcome check(Budget& budget, bool whole);

  // After a contradiction: variables whose cells contradict each other.
  std::vector<std::uint32_t> conflict() const;
  // After Feasible: a value for each amount.
  void complete(solve::Model& model) const;

 private:
  std::uint32_t column(solve::RealVar variable);

  const solve::ExpressionStore& store_;
  const Partition& partition_;
  solve::Simplex simplex_;
  std::vector<std::uint32_t> column_of_real_;      // by real variable
  std::vector<std::uint32_t> column_of_variable_;  // by variable of the partition
  bool consistent_ = true;
};

// The combinations of the cluster's cells that can occur. `undecided` when there are more than `most` of them, or the budget
// ran out; not exact also when whole numbers were not settled, and some combinations are too many. Then every claim that
// something exists has to be checked by itself (witness.hpp does).
struct JointCells {
  NodeId cells;
  bool exact = false;
};
JointCells joint_cells(Store& store, const solve::ExpressionStore& expressions, const Partition& partition,
                       std::span<const std::uint32_t> cluster, std::span<const std::uint32_t> level_of, std::size_t most);

}  // namespace onus::graph
