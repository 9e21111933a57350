#include <unordered_map>

#include "graph/operations.hpp"

namespace onus::graph {

namespace {

// The sum over combinations, given the weight of a run of cells of a level and of all its cells.
template <class Run, class Whole>
Number total(const Store& store, NodeId f, Run run, Whole whole) {
  // Of all levels from `from` up to `to`, which a path skips.
  const auto skipped = [&](std::uint32_t from, std::uint32_t to) {
    Number product = 1;
    for (; from < to; ++from) product *= whole(from);
    return product;
  };
  std::unordered_map<std::uint32_t, Number> weights{{0, Number(0)}, {1, Number(1)}};
  const NodeId roots[] = {f};
  for (const NodeId id : nodes_below(store, roots)) {
    const std::uint32_t level = store.level(id);
    Number sum = 0;
    std::uint32_t begin = 0;
    for (const Edge& edge : store.edges(id)) {
      if (!edge.to.is_false())
        sum += run(level, begin, edge.end) * skipped(level + 1, store.level(edge.to)) * weights.at(edge.to.index);
      begin = edge.end;
    }
    weights.emplace(id.index, std::move(sum));
  }
  return skipped(0, store.level(f)) * weights.at(f.index);
}

}  // namespace

Number count_cells(const Store& store, NodeId f) {
  return total(
      store, f, [](std::uint32_t, std::uint32_t begin, std::uint32_t end) { return Number(end - begin); },
      [&](std::uint32_t level) { return Number(store.cells(level)); });
}

Number weigh(const Store& store, NodeId f, const std::vector<std::vector<Number>>& weights) {
  const auto run = [&](std::uint32_t level, std::uint32_t begin, std::uint32_t end) {
    Number sum = 0;
    for (; begin < end; ++begin) sum += weights.at(level).at(begin);
    return sum;
  };
  return total(store, f, run, [&](std::uint32_t level) { return run(level, 0, store.cells(level)); });
}

std::uint64_t count_rows(const Store& store, NodeId f, std::span<const std::uint32_t> rows) {
  std::uint64_t count = 0;
  const std::size_t width = store.levels();
  if (width == 0) return 0;
  for (std::size_t at = 0; at + width <= rows.size(); at += width)
    count += evaluate(store, f, rows.subspan(at, width)) ? 1U : 0U;
  return count;
}

}  // namespace onus::graph
