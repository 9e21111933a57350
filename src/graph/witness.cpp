#include "graph/witness.hpp"

#include <algorithm>

#include "graph/feasible.hpp"

namespace onus::graph {

namespace {

struct Concrete {
  Feasibility::Outcome outcome = Feasibility::Outcome::OutOfBudget;
  solve::Model model;
  Cube conflict;
};

// Values for the cells given (`no_cell`: any), or the cells that contradict each other.
Concrete concretise(Graph& graph, const Cells& cells) {
  Concrete result;
  std::vector<std::uint32_t> variables(graph.order());
  std::ranges::sort(variables);
  Feasibility feasible(graph.expressions(), graph.partition(), variables);
  const auto fail = [&] {
    result.outcome = Feasibility::Outcome::Infeasible;
    for (const std::uint32_t variable : feasible.conflict()) {
      const std::uint32_t level = graph.level_of()[variable];
      result.conflict.push_back({level, cells[level], cells[level] + 1});
    }
    std::ranges::sort(result.conflict, {}, &Side::level);
    return result;
  };
  for (std::uint32_t level = 0; level < cells.size(); ++level) {
    const Variable& variable = graph.variable_at(level);
    if (variable.boolean) {
      result.model.set(variable.truth, cells[level] == 1);
    } else if (cells[level] != no_cell && !feasible.assert_cells(graph.order()[level], cells[level], cells[level] + 1)) {
      return fail();
    }
  }
  result.outcome = feasible.check(graph.store().budget(), true);
  if (result.outcome == Feasibility::Outcome::Infeasible) return fail();
  if (result.outcome == Feasibility::Outcome::Feasible) feasible.complete(result.model);
  return result;
}

constexpr int most_gaps = 32;

// `next(care)`: the next combination inside the care set, none if there is none, nothing when the budget ran out.
template <class Next>
Found search(Graph& graph, Next next) {
  Found found;
  NodeId open = true_node;  // what has not been given up
  for (int gaps = 0; gaps <= most_gaps;) {
    const std::optional<std::optional<Cells>> cells = next(and_(graph.store(), graph.care(), open));
    if (!cells) return found;
    if (!*cells) {
      if (gaps == 0) found.answer = Answer::No;
      return found;
    }
    Concrete concrete = concretise(graph, **cells);
    switch (concrete.outcome) {
      case Feasibility::Outcome::Feasible: {
        found.answer = Answer::Yes;
        Witness witness{{}, std::move(concrete.model)};
        for (std::uint32_t level = 0; level < graph.store().levels(); ++level)
          witness.cells.push_back(cell_of(graph.expressions(), graph.variable_at(level), witness.model));
        found.witness = std::move(witness);
        return found;
      }
      case Feasibility::Outcome::Infeasible:
        if (concrete.conflict.empty()) {  // the domains themselves: nothing can occur
          found.answer = Answer::No;
          return found;
        }
        graph.exclude(concrete.conflict);
        break;
      case Feasibility::Outcome::OutOfBudget: {
        // Whole numbers that branching did not settle: perhaps another combination is easier.
        if (graph.store().budget().exhausted()) return found;
        ++gaps;
        Cube cube;
        for (std::uint32_t level = 0; level < (*cells)->size(); ++level)
          if ((**cells)[level] != no_cell) cube.push_back({level, (**cells)[level], (**cells)[level] + 1});
        open = without(graph.store(), open, cube_node(graph.store(), cube));
        break;
      }
    }
  }
  return found;
}

}  // namespace

Found find(Graph& graph, NodeId a, NodeId b, NodeId none) {
  return search(graph, [&](NodeId care) -> std::optional<std::optional<Cells>> {
    Cells cells;
    const auto some = find_common(graph.store(), {a, b, care}, none, &cells);
    if (!some) return std::nullopt;
    return *some ? std::optional(cells) : std::optional<Cells>();
  });
}

Answer intersects(Graph& graph, NodeId a, NodeId b) {
  // On an exact care set no case has to be made.
  if (graph.care_is_exact()) {
    const auto some = graph::intersects(graph.store(), a, b, graph.care());
    return !some ? Answer::Undecided : *some ? Answer::Yes : Answer::No;
  }
  return find(graph, a, b).answer;
}

Answer implies(Graph& graph, NodeId a, NodeId b) {
  if (graph.care_is_exact()) {
    const auto holds = graph::implies(graph.store(), a, b, graph.care());
    return !holds ? Answer::Undecided : *holds ? Answer::Yes : Answer::No;
  }
  switch (find(graph, a, true_node, b).answer) {
    case Answer::No: return Answer::Yes;
    case Answer::Yes: return Answer::No;
    case Answer::Undecided: break;
  }
  return Answer::Undecided;
}

Answer equal(Graph& graph, NodeId a, NodeId b) {
  if (a.is_undecided() || b.is_undecided()) return Answer::Undecided;
  if (a == b) return Answer::Yes;
  const Answer there = implies(graph, a, b);
  return there == Answer::Yes ? implies(graph, b, a) : there;
}

Found nearest(Graph& graph, NodeId f, const Cells& profile, const std::vector<std::optional<Number>>& weights) {
  std::vector<std::vector<std::optional<Number>>> costs;
  for (std::uint32_t level = 0; level < graph.store().levels(); ++level) {
    const std::optional<Number> weight = weights.empty() ? std::optional(Number(1)) : weights.at(graph.order()[level]);
    costs.emplace_back(graph.store().cells(level), weight);
    costs.back().at(profile.at(level)) = Number(0);
  }
  return search(graph, [&](NodeId care) -> std::optional<std::optional<Cells>> {
    const NodeId wanted = and_(graph.store(), f, care);
    if (wanted.is_undecided()) return std::nullopt;
    auto path = cheapest(graph.store(), wanted, costs);
    return path ? std::optional(std::move(path->cells)) : std::optional<Cells>();
  });
}

}  // namespace onus::graph
