// No bytes crash the reader of decision graphs; what it accepts is a graph: written again and read again it is the same, each
// root has a truth value in every combination of cells, and equal functions are one node.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "graph/operations.hpp"

using namespace onus::graph;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

const std::vector<std::uint32_t> levels{2, 3, 5, 2, 7};

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

// The truth values of a root in all combinations of cells.
std::string table(const Store& store, NodeId root) {
  std::string result;
  Cells cells(levels.size(), 0);
  for (std::size_t at = 0; at < levels.size();) {
    result += evaluate(store, root, cells) ? '1' : '0';
    for (at = 0; at < levels.size() && ++cells[at] == levels[at]; ++at) cells[at] = 0;
  }
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(data, data + size);
  Budget budget;
  budget.nodes = 10'000;
  budget.steps = 100'000;
  Store store(levels, budget);
  const auto roots = deserialise(store, bytes);
  if (!roots) return 0;
  const std::string written = serialise(store, *roots);
  Budget other_budget;
  Store other(levels, other_budget);
  const auto again = deserialise(other, written);
  require(again.has_value() && again->size() == roots->size(), "what was written is read");
  require(serialise(other, *again) == written, "the same graph has the same bytes");
  constexpr std::size_t looked_at = 8;
  for (std::size_t i = 0; i < roots->size() && i < looked_at; ++i) {
    require((*roots)[i].is_undecided() == (*again)[i].is_undecided(), "undecided stays undecided");
    if ((*roots)[i].is_undecided()) continue;
    const std::string here = table(store, (*roots)[i]);
    require(here == table(other, (*again)[i]), "the same function");
    for (std::size_t j = 0; j < i; ++j)
      if (!(*roots)[j].is_undecided())
        require(((*roots)[i] == (*roots)[j]) == (here == table(store, (*roots)[j])), "equal functions are one node");
  }
  return 0;
}
