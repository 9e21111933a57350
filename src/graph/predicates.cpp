#include <algorithm>
#include <unordered_set>

#include "graph/operations.hpp"

namespace onus::graph {

namespace {

// Three that have to be true and one that has to be false, at one place of the search.
using Place = std::array<NodeId, 4>;

struct PlaceHash {
  std::size_t operator()(const Place& place) const noexcept {
    std::uint64_t result = 0;
    for (const NodeId id : place) {
      result = (result ^ id.index) * 0x9e3779b97f4a7c15U;
      result ^= result >> 29U;
    }
    return static_cast<std::size_t>(result);
  }
};

class Search {
 public:
  Search(Store& store, Cells* found) : store_(store), found_(found) {}

  bool walk(Place place) {
    if (place[3].is_true()) return false;
    std::sort(place.begin(), place.begin() + 3);
    if (place[0].is_false()) return false;
    for (int i = 0; i < 3; ++i)
      if (place[static_cast<std::size_t>(i)] == place[3]) return false;
    if (place[1] == place[0]) place[1] = true_node;
    if (place[2] == place[0] || place[2] == place[1]) place[2] = true_node;
    std::sort(place.begin(), place.begin() + 3);
    // A node by itself is never constant, so its truth, or its falsehood, has a path; two need a look at both.
    if (place[2].is_true() && place[1].is_true() && place[0].is_true() && place[3].is_false()) return true;
    if (found_ == nullptr) {
      const int open = (place[0].is_true() ? 0 : 1) + (place[1].is_true() ? 0 : 1) + (place[2].is_true() ? 0 : 1) +
                       (place[3].is_false() ? 0 : 1);
      if (open == 1) return true;
    }
    if (failed_.contains(place)) return false;
    if (!store_.budget().take_step()) return false;
    std::uint32_t level = store_.levels();
    for (const NodeId id : place) level = std::min(level, store_.level(id));
    std::array<std::uint32_t, 4> at{};
    for (std::uint32_t begin = 0; begin < store_.cells(level);) {
      Place next{};
      std::array<std::uint32_t, 4> ends{};
      std::uint32_t end = store_.cells(level);
      for (std::size_t i = 0; i < 4; ++i) {
        const bool opens = store_.level(place[i]) == level;
        const Edge edge = opens ? store_.edge(place[i], at[i]) : Edge{store_.cells(level), place[i]};
        next[i] = edge.to;
        ends[i] = edge.end;
        end = std::min(end, edge.end);
      }
      if (walk(next)) {
        if (found_ != nullptr) (*found_)[level] = begin;
        return true;
      }
      if (store_.budget().exhausted()) return false;
      for (std::size_t i = 0; i < 4; ++i)
        if (ends[i] == end) ++at[i];
      begin = end;
    }
    failed_.insert(place);
    return false;
  }

 private:
  Store& store_;
  Cells* found_;
  std::unordered_set<Place, PlaceHash> failed_;
};

}  // namespace

std::optional<bool> find_common(Store& store, const std::array<NodeId, 3>& all, NodeId none, Cells* found) {
  if (none.is_undecided() || store.budget().exhausted()) return std::nullopt;
  for (const NodeId id : all)
    if (id.is_undecided()) return std::nullopt;
  if (found != nullptr) found->assign(store.levels(), no_cell);
  const bool result = Search(store, found).walk({all[0], all[1], all[2], none});
  if (!result && store.budget().exhausted()) return std::nullopt;
  return result;
}

std::optional<bool> intersects(Store& store, NodeId a, NodeId b, NodeId care) {
  return find_common(store, {a, b, care}, false_node);
}

std::optional<bool> implies(Store& store, NodeId a, NodeId b, NodeId care) {
  const auto counter = find_common(store, {a, care, true_node}, b);
  return counter ? std::optional(!*counter) : std::nullopt;
}

}  // namespace onus::graph
