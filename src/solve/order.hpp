// The order in which the search tries variables: those of recent conflicts first, by whole-number activities; ties go
// to the lower variable. Variables without an activity, which are most, are a list with a cursor; the others a binary heap.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace onus::solve {

class DecisionOrder {
 public:
  void add_variable() {
    activity_.push_back(0);
    position_.push_back(barred);
    place_.push_back(0);
  }

  void clear() {
    activity_.clear();
    position_.clear();
    place_.clear();
    asked_.clear();
    chosen_.clear();
    heap_.clear();
    cursor_ = 0;
    bump_ = 1;
  }

  // From now on only these variables are tried. Distinct. All that were taken have been put back, but for those that have
  // a value for good.
  void restrict_to(std::span<const std::uint32_t> variables) {
    if (std::equal(variables.begin(), variables.end(), asked_.begin(), asked_.end())) return;
    asked_.assign(variables.begin(), variables.end());
    for (const std::uint32_t variable : chosen_) position_[variable] = barred;
    chosen_ = asked_;
    if (!std::is_sorted(chosen_.begin(), chosen_.end())) std::sort(chosen_.begin(), chosen_.end());
    heap_.clear();
    cursor_ = 0;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      const std::uint32_t variable = chosen_[i];
      place_[variable] = static_cast<std::uint32_t>(i);
      position_[variable] = listed;
      if (activity_[variable] != 0) add_to_heap(variable);
    }
    make_heap();
  }

  bool empty() {
    if (!heap_.empty()) return false;
    while (cursor_ < chosen_.size() && position_[chosen_[cursor_]] != listed) ++cursor_;
    return cursor_ == chosen_.size();
  }

  // Precondition: not empty, as `empty` has just said.
  std::uint32_t take() {
    if (heap_.empty()) {
      const std::uint32_t next = chosen_[cursor_++];
      position_[next] = taken;
      return next;
    }
    const std::uint32_t best = heap_.front();
    position_[best] = taken;
    const std::uint32_t last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) {
      heap_[0] = last;
      position_[last] = 0;
      sift_down(0);
    }
    return best;
  }

  // Makes a variable that was taken available again.
  void put_back(std::uint32_t variable) {
    if (position_[variable] != taken) return;
    if (activity_[variable] == 0) {
      position_[variable] = listed;
      cursor_ = std::min<std::size_t>(cursor_, place_[variable]);
    } else {
      add_to_heap(variable);
      sift_up(heap_.size() - 1);
    }
  }

  void bump(std::uint32_t variable) {
    activity_[variable] += bump_;
    if (position_[variable] == listed) add_to_heap(variable);
    if (position_[variable] < heap_.size()) sift_up(position_[variable]);
  }

  // Later bumps weigh more. Call once a conflict.
  void decay() {
    bump_ += bump_ / 16 + 1;
    if (bump_ < (std::uint64_t{1} << 48)) return;
    bump_ >>= 40;
    for (std::uint64_t& activity : activity_) activity >>= 40;  // keeps the order up to ties
    const auto before = std::move(heap_);
    heap_.clear();
    for (const std::uint32_t variable : before) {
      position_[variable] = taken;
      put_back(variable);
    }
  }

 private:
  // Where a variable is, when not in the heap; there are fewer variables than these.
  static constexpr std::uint32_t barred = 0xffffffffU, taken = 0xfffffffeU, listed = 0xfffffffdU;

  bool before(std::uint32_t left, std::uint32_t right) const {
    return activity_[left] != activity_[right] ? activity_[left] > activity_[right] : left < right;
  }

  void add_to_heap(std::uint32_t variable) {
    position_[variable] = static_cast<std::uint32_t>(heap_.size());
    heap_.push_back(variable);
  }

  void make_heap() {
    for (std::size_t i = heap_.size() / 2; i-- > 0;) sift_down(i);
  }

  void sift_up(std::size_t at) {
    const std::uint32_t variable = heap_[at];
    while (at > 0 && before(variable, heap_[(at - 1) / 2])) {
      heap_[at] = heap_[(at - 1) / 2];
      position_[heap_[at]] = static_cast<std::uint32_t>(at);
      at = (at - 1) / 2;
    }
    heap_[at] = variable;
    position_[variable] = static_cast<std::uint32_t>(at);
  }

  void sift_down(std::size_t at) {
    const std::uint32_t variable = heap_[at];
    while (true) {
      std::size_t child = 2 * at + 1;
      if (child >= heap_.size()) break;
      if (child + 1 < heap_.size() && before(heap_[child + 1], heap_[child])) ++child;
      if (!before(heap_[child], variable)) break;
      heap_[at] = heap_[child];
      position_[heap_[at]] = static_cast<std::uint32_t>(at);
      at = child;
    }
    heap_[at] = variable;
    position_[variable] = static_cast<std::uint32_t>(at);
  }

  std::vector<std::uint64_t> activity_;
  std::vector<std::uint32_t> position_, place_;   // by variable: where it is; where it stands in `chosen_`
  std::vector<std::uint32_t> asked_, chosen_, heap_;   // as asked; in order; those with an activity
  std::size_t cursor_ = 0;
  std::uint64_t bump_ = 1;
};

}  // namespace onus::solve
