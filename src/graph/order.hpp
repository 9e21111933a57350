// An order of variables in which those that rules mention together stand together: FORCE (Aloul, Markov, Sakallah) on the
// hypergraph of the rules, from several starts.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/partition.hpp"

namespace onus::graph {

// Sets of variables that some condition mentions together, each once, with how often.
struct Hypergraph {
  std::size_t variables = 0;
  std::vector<std::vector<std::uint32_t>> edges;
  std::vector<std::uint32_t> weights;
};
Hypergraph hypergraph(const solve::ExpressionStore& store, const Partition& partition, std::span<const solve::Expr> roots);

struct Order {
  std::vector<std::uint32_t> variables;  // by level
  std::uint64_t span = 0;                // how far the edges reach, added up: the smaller the better
};
// Start 0 is the order of the text, others are shuffled by their number; the same number gives the same order everywhere.
Order force_order(const Hypergraph& graph, const Partition& partition, std::uint64_t start);

}  // namespace onus::graph
