// From expressions to a decision graph: a partition into variables, an order, a node for each root, and the care set of what
// can occur at all.
//
// Promises. Exact: a root's node is true in exactly the cells where its expression is. A root whose node would pass the budget
// is `undecided`, the others are not touched by that; what was cut short is never an answer. The care set holds the
// constraints and the joint cells of linked amounts; where those are too many to list, `care_is_exact` is false: the care set
// is then too wide, so that "for all" over it is still right, and "there is" needs a witness (witness.hpp).
// The same expressions in the same order with the same options give the same nodes, whatever else the expression store holds.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "graph/operations.hpp"
#include "graph/partition.hpp"

namespace onus::graph {

struct CompileOptions {
  std::uint64_t orders = 6;                          // starts of the search for an order
  std::uint64_t first_start = 0;
  std::uint64_t builds = 2;                          // how many of the best are tried in full
  std::optional<std::vector<std::uint32_t>> order;   // given: variables of the partition by level
  std::size_t joint_cells = 5000;                    // of a cluster; more are not listed
};

class Graph {
 public:
  // The expression store and the budget have to outlive the graph.
  Graph(const solve::ExpressionStore& expressions, std::vector<solve::Expr> roots, std::vector<solve::Expr> constraints,
        Budget& budget, const CompileOptions& options = {});

  Store& store() { return *store_; }
  const Store& store() const { return *store_; }
  const solve::ExpressionStore& expressions() const { return expressions_; }
  const Partition& partition() const { return partition_; }
  const Variable& variable_at(std::uint32_t level) const { return partition_.variables[order_[level]]; }
  const std::vector<std::uint32_t>& order() const { return order_; }        // variables by level
  const std::vector<std::uint32_t>& level_of() const { return level_of_; }  // levels by variable

  const std::vector<NodeId>& roots() const { return roots_; }  // as they were given
  NodeId care() const { return care_; }
  bool care_is_exact() const { return care_is_exact_; }
  bool is_too_wide() const { return too_wide_; }  // more variables than a graph can have levels: everything is undecided
  // Combinations that are found not to occur leave the care set.
  void exclude(const Cube& cube);

  // The node of an expression over the variables of the partition; one that has others is a bug: std::out_of_range.
  NodeId node(solve::Expr e);
  // Bytes of the roots and the care set.
  std::string bytes() const;

 private:
  class Builder;
  struct Built;
  Built build(const std::vector<std::uint32_t>& order, const std::vector<solve::Expr>& roots,
              const std::vector<solve::Expr>& constraints, Budget& budget) const;

  const solve::ExpressionStore& expressions_;
  Budget& budget_;
  Partition partition_;
  std::vector<std::uint32_t> order_, level_of_;
  std::unique_ptr<Store> store_;
  std::vector<NodeId> roots_;
  NodeId care_ = true_node;
  bool care_is_exact_ = true;
  bool too_wide_ = false;
};

// Facts that an expression speaks of, for a message: how many variables of the graph it has.
std::size_t variables_of(const solve::ExpressionStore& store, const Partition& partition, solve::Expr e);

}  // namespace onus::graph
