#include "tables.hpp"

namespace onus::graph {

Combinations::Combinations(std::vector<std::uint32_t> cells) : cells_(std::move(cells)) {
  for (const std::uint32_t count : cells_) size_ *= count;
}

Cells Combinations::at(std::size_t index) const {
  Cells result(cells_.size());
  for (std::size_t level = cells_.size(); level-- > 0; index /= cells_[level])
    result[level] = static_cast<std::uint32_t>(index % cells_[level]);
  return result;
}

std::size_t Combinations::index(const Cells& cells) const {
  std::size_t result = 0;
  for (std::size_t level = 0; level < cells_.size(); ++level) result = result * cells_[level] + cells[level];
  return result;
}

Function random_function(Store& store, const Combinations& all, Random& random, int operations) {
  const auto range = [&] {
    const std::uint32_t level = random.below(static_cast<std::uint32_t>(all.cells().size()));
    const std::uint32_t begin = random.below(all.cells()[level]);
    const std::uint32_t end = begin + 1 + random.below(all.cells()[level] - begin);
    Function made{store.range(level, begin, end), Table(all.size())};
    for (std::size_t i = 0; i < all.size(); ++i) made.table[i] = all.at(i)[level] >= begin && all.at(i)[level] < end;
    return made;
  };
  std::vector<Function> pool{range()};
  for (int step = 0; step < operations; ++step) {
    const Function a = pool[random.below(static_cast<std::uint32_t>(pool.size()))];
    const Function b = random.below(2) == 0 ? range() : pool[random.below(static_cast<std::uint32_t>(pool.size()))];
    const std::uint32_t which = random.below(4);
    static constexpr Operation operation[] = {Operation::And, Operation::Or, Operation::Xor, Operation::Without};
    Function made{apply(store, operation[which], a.node, b.node), Table(all.size())};
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool x = a.table[i], y = b.table[i];
      made.table[i] = which == 0 ? x && y : which == 1 ? x || y : which == 2 ? x != y : x && !y;
    }
    pool.push_back(std::move(made));
  }
  return pool.back();
}

Table table_of(const Store& store, const Combinations& all, NodeId node) {
  Table table(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) table[i] = evaluate(store, node, all.at(i));
  return table;
}

NodeId node_of(Store& store, const Combinations& all, const Table& table) {
  std::vector<NodeId> row;
  for (const bool value : table) row.push_back(terminal(value));
  for (std::size_t level = all.cells().size(); level-- > 0;) {
    std::vector<NodeId> above;
    const std::uint32_t width = all.cells()[level];
    for (std::size_t at = 0; at < row.size(); at += width) {
      std::vector<Edge> edges;
      for (std::uint32_t cell = 0; cell < width; ++cell) edges.push_back({cell + 1, row[at + cell]});
      above.push_back(store.make(static_cast<std::uint32_t>(level), edges));
    }
    row = std::move(above);
  }
  return row.front();
}

}  // namespace onus::graph
