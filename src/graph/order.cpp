#include "graph/order.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

namespace onus::graph {

using NodeKind = solve::ExpressionStore::NodeKind;

namespace {

constexpr std::size_t widest_edge = 16;  // what a larger condition mentions is everything
constexpr int rounds = 12;

std::uint64_t span_of(const Hypergraph& graph, const std::vector<std::uint32_t>& place) {
  std::uint64_t sum = 0;
  for (std::size_t edge = 0; edge < graph.edges.size(); ++edge) {
    std::uint32_t least = 0xffffffffU, most = 0;
    for (const std::uint32_t variable : graph.edges[edge]) {
      least = std::min(least, place[variable]);
      most = std::max(most, place[variable]);
    }
    sum += std::uint64_t{most - least} * graph.weights[edge];
  }
  return sum;
}

// Members of a cluster one after the other, where their mean is.
void join_clusters(std::vector<std::uint32_t>& order, const Partition& partition) {
  std::vector<double> key(order.size());
  for (std::size_t level = 0; level < order.size(); ++level) key[order[level]] = static_cast<double>(level);
  for (const auto& cluster : partition.clusters) {
    double sum = 0;
    for (const std::uint32_t variable : cluster) sum += key[variable];
    for (const std::uint32_t variable : cluster) key[variable] = sum / static_cast<double>(cluster.size());
  }
  std::vector<std::uint32_t> cluster_of(order.size(), no_variable);
  for (std::uint32_t i = 0; i < partition.clusters.size(); ++i)
    for (const std::uint32_t variable : partition.clusters[i]) cluster_of[variable] = i;
  std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return key[a] != key[b] ? key[a] < key[b] : cluster_of[a] < cluster_of[b];
  });
}

}  // namespace

Hypergraph hypergraph(const solve::ExpressionStore& store, const Partition& partition, std::span<const solve::Expr> roots) {
  Hypergraph graph;
  graph.variables = partition.variables.size();
  const auto nodes = cone(store, roots);
  // By node: the variables below it, or nothing where there are too many.
  std::vector<std::uint32_t> position(store.node_count(), no_variable);
  std::vector<std::vector<std::uint32_t>> below(nodes.size());
  std::vector<bool> wide(nodes.size(), false);
  std::map<std::vector<std::uint32_t>, std::uint32_t> edges;
  for (std::uint32_t at = 0; at < nodes.size(); ++at) {
    position[nodes[at]] = at;
    const auto node = store.node(nodes[at]);
    auto& here = below[at];
    switch (node.kind) {
      case NodeKind::Constant: break;
      case NodeKind::Boolean: here.push_back(partition.of_boolean[node.first]); break;
      case NodeKind::Atom: here.push_back(partition.of_atom[node.first].first); break;
      case NodeKind::And: {
        std::vector<std::uint32_t> direct;
        for (const solve::Expr operand : store.operands_of(node)) {
          const std::uint32_t child = position[operand.node()];
          if (wide[child]) {
            wide[at] = true;
          } else if (!wide[at]) {
            here.insert(here.end(), below[child].begin(), below[child].end());
          }
          if (below[child].size() == 1) direct.push_back(below[child].front());
        }
        const auto tidy = [](std::vector<std::uint32_t>& list) {
          std::ranges::sort(list);
          list.erase(std::unique(list.begin(), list.end()), list.end());   // std::ranges::unique is too much for clang 14
        };
        tidy(here);
        if (here.size() > widest_edge) wide[at] = true;
        if (wide[at]) {
          here.clear();
          tidy(direct);
          if (direct.size() > 1 && direct.size() <= widest_edge) ++edges[direct];
        } else if (here.size() > 1) {
          ++edges[here];
        }
        break;
      }
    }
  }
  for (auto& [edge, weight] : edges) {
    graph.edges.push_back(edge);
    graph.weights.push_back(weight);
  }
  return graph;
}

Order force_order(const Hypergraph& graph, const Partition& partition, std::uint64_t start) {
  Order order;
  order.variables.resize(graph.variables);
  std::iota(order.variables.begin(), order.variables.end(), 0U);
  if (start > 0) {
    std::mt19937_64 engine(start);
    for (std::size_t i = order.variables.size(); i > 1; --i) std::swap(order.variables[i - 1], order.variables[engine() % i]);
  }
  std::vector<std::uint32_t> place(graph.variables);
  const auto measure = [&](const std::vector<std::uint32_t>& variables) {
    for (std::uint32_t level = 0; level < variables.size(); ++level) place[variables[level]] = level;
    return span_of(graph, place);
  };
  join_clusters(order.variables, partition);
  order.span = measure(order.variables);
  std::vector<std::uint32_t> next = order.variables;
  std::vector<double> pull(graph.variables), weight(graph.variables);
  for (int round = 0; round < rounds; ++round) {
    std::ranges::fill(pull, 0);
    std::ranges::fill(weight, 0);
    for (std::size_t edge = 0; edge < graph.edges.size(); ++edge) {
      double sum = 0;
      for (const std::uint32_t variable : graph.edges[edge]) sum += place[variable];
      const double times = graph.weights[edge];
      const double centre = sum / static_cast<double>(graph.edges[edge].size());
      for (const std::uint32_t variable : graph.edges[edge]) {
        pull[variable] += centre * times;
        weight[variable] += times;
      }
    }
    for (std::uint32_t variable = 0; variable < graph.variables; ++variable)
      pull[variable] = weight[variable] > 0 ? pull[variable] / weight[variable] : place[variable];
    std::ranges::stable_sort(next, [&](std::uint32_t a, std::uint32_t b) { return pull[a] < pull[b]; });
    join_clusters(next, partition);
    const std::uint64_t span = measure(next);
    if (span < order.span) {
      order.span = span;
      order.variables = next;
    } else if (round > 2) {
      break;
    }
  }
  return order;
}

}  // namespace onus::graph
