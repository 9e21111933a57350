// A hash table from content to the index of what holds it: the lookup behind hash-consing. The caller keeps the values
// and says what equality is; the table keeps indices and hashes only, and allocates nothing until the first insertion.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace onus::solve {

inline constexpr std::uint32_t no_index = std::numeric_limits<std::uint32_t>::max();

inline std::size_t mix_hash(std::size_t seed, std::size_t value) {
  std::uint64_t mixed = (seed ^ value) * 0x9e3779b97f4a7c15U;
  return static_cast<std::size_t>(mixed ^ (mixed >> 29));
}

class IndexTable {
 public:
  // The index for which `equal(index)` holds among those of this hash, or no_index.
  template <class Equal>
  std::uint32_t find(std::size_t hash, Equal equal) const {
    if (slots_.empty()) return no_index;
    const std::size_t mask = slots_.size() - 1;
    const auto tag = static_cast<std::uint32_t>(hash);
    for (std::size_t at = hash & mask; slots_[at].index != no_index; at = (at + 1) & mask)
      if (slots_[at].tag == tag && equal(slots_[at].index)) return slots_[at].index;
    return no_index;
  }

  // Precondition: `find` does not find it.
  void insert(std::size_t hash, std::uint32_t index) {
    if ((used_ + 1) * 4 > slots_.size() * 3) grow();
    place(Slot{static_cast<std::uint32_t>(hash), index});
    ++used_;
  }

  void clear() {
    if (used_ == 0) return;
    slots_.assign(slots_.size(), Slot{});
    used_ = 0;
  }

 private:
  struct Slot {
    std::uint32_t tag = 0;  // the low half of the hash: enough to place it again, as no table has 2^32 slots
    std::uint32_t index = no_index;
  };

  void place(Slot slot) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = slot.tag & mask;
    while (slots_[at].index != no_index) at = (at + 1) & mask;
    slots_[at] = slot;
  }

  void grow() {
    std::vector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.index != no_index) place(slot);
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace onus::solve
