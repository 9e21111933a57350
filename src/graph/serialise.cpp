#include <unordered_map>

#include "graph/operations.hpp"

namespace onus::graph {

namespace {

constexpr std::string_view magic = "onus graph 1\n";

void put(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) out.push_back(static_cast<char>((value & 0x7fU) | 0x80U));
  out.push_back(static_cast<char>(value));
}

std::optional<std::uint32_t> take(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 35; shift += 7) {
    if (bytes.empty()) return std::nullopt;
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7fU} << shift;
    if ((byte & 0x80U) == 0) return value <= 0xffffffffU ? std::optional(static_cast<std::uint32_t>(value)) : std::nullopt;
  }
  return std::nullopt;
}

// Depth first from the roots, children before parents: an order that the functions alone determine.
std::vector<NodeId> numbered(const Store& store, std::span<const NodeId> roots,
                             std::unordered_map<std::uint32_t, std::uint32_t>& number) {
  std::vector<NodeId> order;
  std::vector<std::pair<NodeId, std::uint32_t>> stack;
  number = {{0, 0}, {1, 1}};
  for (const NodeId root : roots) {
    if (!number.contains(root.index)) stack.emplace_back(root, 0);
    while (!stack.empty()) {
      auto& [id, next] = stack.back();
      if (number.contains(id.index)) {
        stack.pop_back();
      } else if (next < store.edge_count(id)) {
        const NodeId to = store.edge(id, next++).to;
        if (!number.contains(to.index)) stack.emplace_back(to, 0);
      } else {
        number.emplace(id.index, static_cast<std::uint32_t>(order.size()) + 2);
        order.push_back(id);
        stack.pop_back();
      }
    }
  }
  return order;
}

}  // namespace

std::string serialise(const Store& store, std::span<const NodeId> roots) {
  std::unordered_map<std::uint32_t, std::uint32_t> number;
  std::vector<NodeId> decided;
  for (const NodeId root : roots)
    if (!root.is_undecided()) decided.push_back(root);
  const std::vector<NodeId> order = numbered(store, decided, number);
  std::string out(magic);
  put(out, store.levels());
  for (std::uint32_t level = 0; level < store.levels(); ++level) put(out, store.cells(level));
  put(out, order.size());
  for (const NodeId id : order) {
    put(out, store.level(id));
    put(out, store.edge_count(id));
    for (const Edge& edge : store.edges(id)) {
      put(out, edge.end);
      put(out, number.at(edge.to.index));
    }
  }
  put(out, roots.size());
  for (const NodeId root : roots) put(out, root.is_undecided() ? 0xffffffffU : number.at(root.index));
  return out;
}

std::optional<std::vector<NodeId>> deserialise(Store& store, std::string_view bytes) {
  if (!bytes.starts_with(magic)) return std::nullopt;
  bytes.remove_prefix(magic.size());
  if (take(bytes) != store.levels()) return std::nullopt;
  for (std::uint32_t level = 0; level < store.levels(); ++level)
    if (take(bytes) != store.cells(level)) return std::nullopt;
  const auto count = take(bytes);
  if (!count) return std::nullopt;
  std::vector<NodeId> made{false_node, true_node};
  for (std::uint32_t i = 0; i < *count; ++i) {
    const auto level = take(bytes), edge_count = take(bytes);
    if (!level || !edge_count || *level >= store.levels() || *edge_count > store.cells(*level)) return std::nullopt;
    std::vector<Edge> edges;
    for (std::uint32_t k = 0; k < *edge_count; ++k) {
      const auto end = take(bytes), to = take(bytes);
      if (!end || !to || *to >= made.size() || *end > store.cells(*level)) return std::nullopt;
      if (*end <= (edges.empty() ? 0U : edges.back().end) || store.level(made[*to]) <= *level) return std::nullopt;
      edges.push_back({*end, made[*to]});
    }
    if (edges.empty() || edges.back().end != store.cells(*level)) return std::nullopt;
    const NodeId id = store.make(*level, edges);
    if (id.is_undecided()) return std::nullopt;
    made.push_back(id);
  }
  const auto root_count = take(bytes);
  if (!root_count || *root_count > bytes.size()) return std::nullopt;
  std::vector<NodeId> roots;
  for (std::uint32_t i = 0; i < *root_count; ++i) {
    const auto root = take(bytes);
    if (!root || (*root != 0xffffffffU && *root >= made.size())) return std::nullopt;
    roots.push_back(*root == 0xffffffffU ? undecided : made[*root]);
  }
  return bytes.empty() ? std::optional(std::move(roots)) : std::nullopt;
}

std::vector<NodeId> transfer(const Store& from, std::span<const NodeId> roots, Store& to) {
  std::unordered_map<std::uint32_t, std::uint32_t> number;
  std::vector<NodeId> decided;
  for (const NodeId root : roots)
    if (!root.is_undecided()) decided.push_back(root);
  const std::vector<NodeId> order = numbered(from, decided, number);
  std::vector<NodeId> image{false_node, true_node};
  for (const NodeId id : order) {
    std::vector<Edge> edges;
    for (const Edge& edge : from.edges(id)) edges.push_back({edge.end, image[number.at(edge.to.index)]});
    image.push_back(to.make(from.level(id), edges));
  }
  std::vector<NodeId> result;
  for (const NodeId root : roots) result.push_back(root.is_undecided() ? undecided : image[number.at(root.index)]);
  return result;
}

}  // namespace onus::graph
