// Irredundant covers by prime cubes, after Minato and Morreale, with runs of cells in place of literals. At a level the
// widest runs go first, so that what they cover needs no narrower one: a cube then holds some combination for which no
// wider run would do. What later cubes make needless is dropped at the end.
#include <algorithm>
#include <map>

#include "graph/operations.hpp"

namespace onus::graph {

namespace {

class Cover {
 public:
  Cover(Store& store, std::size_t most) : store_(store), most_(most) {}

  struct Part {
    std::vector<Cube> cubes;  // sides in descending order of levels
    NodeId covered = false_node;
  };

  // Nothing when a limit was met.
  const Part* walk(NodeId lower, NodeId upper) {
    if (lower.is_false()) return &nothing_;
    if (upper.is_true()) return &all_;
    const std::pair key{lower.index, upper.index};
    if (const auto known = done_.find(key); known != done_.end()) return &known->second;
    if (!store_.budget().take_step()) return nullptr;
    const std::uint32_t level = std::min(store_.level(lower), store_.level(upper));

    std::vector<std::uint32_t> ends;
    std::vector<NodeId> left, bound;  // of each run: what is not yet covered, and what may be
    for (std::uint32_t begin = 0; begin < store_.cells(level);) {
      left.push_back(store_.child(lower, level, begin));
      bound.push_back(store_.child(upper, level, begin));
      std::uint32_t end = store_.cells(level);
      for (const NodeId id : {lower, upper}) {
        if (store_.level(id) != level) continue;
        for (const Edge& edge : store_.edges(id))
          if (edge.end > begin) {
            end = std::min(end, edge.end);
            break;
          }
      }
      ends.push_back(end);
      begin = end;
    }

    // within[i]: what all of the runs i … i + width - 1 allow, for every width.
    const std::size_t runs = ends.size();
    std::vector<std::vector<NodeId>> within(runs + 1);
    within[1] = bound;
    for (std::size_t width = 2; width <= runs; ++width)
      for (std::size_t i = 0; i + width <= runs; ++i)
        within[width].push_back(and_(store_, within[width - 1][i], bound[i + width - 1]));

    Part part;
    std::vector<Edge> edges(runs);
    std::vector<NodeId> covered(runs, false_node);
    for (std::size_t width = runs; width >= 1; --width) {
      for (std::size_t i = 0; i + width <= runs; ++i) {
        const NodeId allowed = within[width][i];
        if (allowed.is_undecided()) return nullptr;
        if (allowed.is_false()) continue;
        NodeId wanted = false_node;
        for (std::size_t run = i; run < i + width; ++run) wanted = or_(store_, wanted, left[run]);
        wanted = and_(store_, wanted, allowed);
        if (wanted.is_undecided()) return nullptr;
        if (wanted.is_false()) continue;
        const Part* const below = walk(wanted, allowed);
        if (below == nullptr || part.cubes.size() + below->cubes.size() > most_) return nullptr;
        for (Cube cube : below->cubes) {
          if (width < runs) cube.push_back(Side{level, i == 0 ? 0 : ends[i - 1], ends[i + width - 1]});
          part.cubes.push_back(std::move(cube));
        }
        for (std::size_t run = i; run < i + width; ++run) {
          covered[run] = or_(store_, covered[run], below->covered);
          left[run] = without(store_, left[run], below->covered);
        }
      }
    }
    for (std::size_t run = 0; run < runs; ++run) edges[run] = Edge{ends[run], covered[run]};
    part.covered = store_.make(level, edges);
    if (part.covered.is_undecided()) return nullptr;
    return &done_.emplace(key, std::move(part)).first->second;
  }

 private:
  Store& store_;
  std::size_t most_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Part> done_;  // a map: its parts stay where they are
  const Part nothing_;
  const Part all_{{Cube{}}, true_node};
};

}  // namespace

NodeId cube_node(Store& store, const Cube& cube) {
  NodeId result = true_node;
  for (auto side = cube.rbegin(); side != cube.rend(); ++side) {
    std::vector<Edge> edges;
    if (side->begin > 0) edges.push_back({side->begin, false_node});
    edges.push_back({side->end, result});
    if (side->end < store.cells(side->level)) edges.push_back({store.cells(side->level), false_node});
    result = store.make(side->level, edges);
  }
  return result;
}

std::optional<std::vector<Cube>> cover(Store& store, NodeId lower, NodeId upper, std::size_t most) {
  if (lower.is_undecided() || upper.is_undecided() || store.budget().exhausted()) return std::nullopt;
  Cover work(store, most);
  const auto* const part = work.walk(lower, upper);
  if (part == nullptr) return std::nullopt;
  std::vector<Cube> cubes = part->cubes;
  for (Cube& cube : cubes) std::ranges::reverse(cube);
  std::ranges::stable_sort(cubes, [](const Cube& a, const Cube& b) { return a.size() < b.size(); });

  // Drop what the rest makes needless, the most special ones first.
  std::vector<NodeId> nodes;
  for (const Cube& cube : cubes) nodes.push_back(cube_node(store, cube));
  std::vector<NodeId> before{false_node};  // before[i]: the cubes up to i
  for (const NodeId node : nodes) before.push_back(or_(store, before.back(), node));
  std::vector<Cube> kept;
  NodeId behind = false_node;
  for (std::size_t i = cubes.size(); i-- > 0;) {
    const NodeId rest = or_(store, before[i], behind);
    const auto needless = implies(store, lower, rest, nodes[i]);
    if (!needless) return std::nullopt;
    if (*needless) continue;
    behind = or_(store, behind, nodes[i]);
    kept.push_back(std::move(cubes[i]));
  }
  if (store.budget().exhausted()) return std::nullopt;
  std::ranges::reverse(kept);
  return kept;
}

}  // namespace onus::graph
