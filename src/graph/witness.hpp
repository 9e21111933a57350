// Questions whose answer is a case: each one found is checked exactly against the linear constraints before it is returned,
// so that no impossible one is ever shown. One that turns out impossible leaves the care set, with all that share its
// contradiction, and the search goes on.
#pragma once

#include <optional>
#include <vector>

#include "graph/compile.hpp"

namespace onus::graph {

enum class Answer : std::uint8_t { No, Yes, Undecided };

struct Witness {
  Cells cells;          // by level; one that does not matter is the profile's, or 0
  solve::Model model;   // a value for every variable of the graph, and so for its expressions
};
struct Found {
  Answer answer = Answer::Undecided;
  std::optional<Witness> witness;  // of Yes
};

// A case in which a and b are true and `none` is not.
Found find(Graph& graph, NodeId a, NodeId b = true_node, NodeId none = false_node);
// No matter what can occur: exact, also where the care set is too wide to be listed.
Answer implies(Graph& graph, NodeId a, NodeId b);
Answer intersects(Graph& graph, NodeId a, NodeId b);
Answer equal(Graph& graph, NodeId a, NodeId b);

// A case in which f is true that has as few variables as can be outside the profile's cells, weighed by `weights` (by
// variable of the partition; a variable without a weight does not move). Empty weights: each counts one.
Found nearest(Graph& graph, NodeId f, const Cells& profile, const std::vector<std::optional<Number>>& weights = {});

}  // namespace onus::graph
