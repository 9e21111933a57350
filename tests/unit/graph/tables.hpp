// Truth tables beside decision graphs: every function is kept both ways, so that each operation can be checked on every
// combination of cells.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "graph/operations.hpp"

namespace onus::graph {

using Table = std::vector<bool>;  // by combination, the first level counting slowest

class Combinations {
 public:
  explicit Combinations(std::vector<std::uint32_t> cells);
  std::size_t size() const { return size_; }
  Cells at(std::size_t index) const;
  std::size_t index(const Cells& cells) const;
  const std::vector<std::uint32_t>& cells() const { return cells_; }

 private:
  std::vector<std::uint32_t> cells_;
  std::size_t size_ = 1;
};

struct Function {
  NodeId node;
  Table table;
};

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(engine_() % bound); }

 private:
  std::mt19937_64 engine_;
};

// A function of some ranges of cells, put together by random operations.
Function random_function(Store& store, const Combinations& all, Random& random, int operations);
Table table_of(const Store& store, const Combinations& all, NodeId node);
// The node of a table, built cell by cell from the leaves: canonicity says that operations come to the same one.
NodeId node_of(Store& store, const Combinations& all, const Table& table);

}  // namespace onus::graph
