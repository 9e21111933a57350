#include <unordered_map>

#include "graph/operations.hpp"

namespace onus::graph {

namespace {

struct Choice {
  std::optional<Number> cost;  // of the cheapest cell
  std::uint32_t cell = 0;
};

Choice cheapest_cell(const std::vector<std::optional<Number>>& costs, std::uint32_t begin, std::uint32_t end) {
  Choice best;
  for (std::uint32_t cell = begin; cell < end; ++cell)
    if (costs.at(cell) && (!best.cost || *costs[cell] < *best.cost)) best = {costs[cell], cell};
  return best;
}

}  // namespace

std::optional<CheapestPath> cheapest(const Store& store, NodeId f,
                                     const std::vector<std::vector<std::optional<Number>>>& costs) {
  std::vector<Choice> free;  // of each level, where f does not look at it
  for (std::uint32_t level = 0; level < store.levels(); ++level)
    free.push_back(cheapest_cell(costs.at(level), 0, store.cells(level)));
  const auto skipped = [&](std::uint32_t from, std::uint32_t to) -> std::optional<Number> {
    Number sum = 0;
    for (; from < to; ++from) {
      if (!free[from].cost) return std::nullopt;
      sum += *free[from].cost;
    }
    return sum;
  };

  struct Best {
    std::optional<Number> cost;
    std::uint32_t cell = 0;
    NodeId to;
  };
  std::unordered_map<std::uint32_t, Best> best;
  best[1].cost = Number(0);
  best[0];
  const NodeId roots[] = {f};
  for (const NodeId id : nodes_below(store, roots)) {
    const std::uint32_t level = store.level(id);
    Best here;
    std::uint32_t begin = 0;
    for (const Edge& edge : store.edges(id)) {
      const auto& below = best.at(edge.to.index).cost;
      const Choice choice = cheapest_cell(costs[level], begin, edge.end);
      begin = edge.end;
      const auto between = below ? skipped(level + 1, store.level(edge.to)) : std::nullopt;
      if (!choice.cost || !between) continue;
      Number cost = *choice.cost + *between + *below;
      if (!here.cost || cost < *here.cost) here = {std::move(cost), choice.cell, edge.to};
    }
    best[id.index] = std::move(here);
  }
  const auto above = skipped(0, store.level(f));
  if (!best.at(f.index).cost || !above) return std::nullopt;
  CheapestPath result{*best.at(f.index).cost + *above, {}};
  for (const Choice& choice : free) result.cells.push_back(choice.cell);
  for (NodeId at = f; !at.is_terminal(); at = best.at(at.index).to)
    result.cells[store.level(at)] = best.at(at.index).cell;
  return result;
}

}  // namespace onus::graph
