// The order in which the search tries variables: those of recent conflicts first, by whole-number activities; ties go
// to the lower variable. While no variable that a query may decide has an activity, the order is that of the variables,
// and a cursor does; from then on a binary heap.
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
    position_.push_back(absent);
    allowed_.push_back(false);
  }

  void clear() {
    activity_.clear();
    position_.clear();
    allowed_.clear();
    heap_.clear();
    bump_ = 1;
  }

  // From now on only these variables are tried. Distinct.
  void restrict_to(std::span<const std::uint32_t> variables) {
    for (const std::uint32_t variable : chosen_)
      if (variable < allowed_.size()) {
        allowed_[variable] = false;
        position_[variable] = absent;
      }
    chosen_.assign(variables.begin(), variables.end());
    if (!std::is_sorted(chosen_.begin(), chosen_.end())) std::sort(chosen_.begin(), chosen_.end());
    place_.resize(activity_.size());
    heap_ = chosen_;
    heaped_ = false;
    cursor_ = 0;
    for (std::size_t i = 0; i < heap_.size(); ++i) {
      allowed_[heap_[i]] = true;
      position_[heap_[i]] = place_[heap_[i]] = static_cast<std::uint32_t>(i);
      heaped_ = heaped_ || activity_[heap_[i]] != 0;
    }
    if (heaped_)
      for (std::size_t i = heap_.size() / 2; i-- > 0;) sift_down(i);
  }

  bool empty() {
    if (heaped_) return heap_.empty();
    while (cursor_ < heap_.size() && position_[heap_[cursor_]] == absent) ++cursor_;
    return cursor_ == heap_.size();
  }

  // Precondition: not empty, as `empty` has just said.
  std::uint32_t take() {
    if (!heaped_) {
      const std::uint32_t next = heap_[cursor_++];
      position_[next] = absent;
      return next;
    }
    const std::uint32_t best = heap_.front();
    position_[best] = absent;
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
    if (!allowed_[variable] || position_[variable] != absent) return;
    if (!heaped_) {
      position_[variable] = place_[variable];
      cursor_ = std::min<std::size_t>(cursor_, place_[variable]);
      return;
    }
    heap_.push_back(variable);
    position_[variable] = static_cast<std::uint32_t>(heap_.size() - 1);
    sift_up(heap_.size() - 1);
  }

  void bump(std::uint32_t variable) {
    activity_[variable] += bump_;
    if (!heaped_ && variable < allowed_.size() && allowed_[variable]) become_heap();
    if (heaped_ && position_[variable] != absent) sift_up(position_[variable]);
  }

  // Later bumps weigh more. Call once a conflict.
  void decay() {
    bump_ += bump_ / 16 + 1;
    if (bump_ < (std::uint64_t{1} << 48)) return;
    for (std::uint64_t& activity : activity_) activity >>= 40;  // keeps the order up to ties
    bump_ >>= 40;
    if (heaped_)
      for (std::size_t i = heap_.size() / 2; i-- > 0;) sift_down(i);
  }

 private:
  static constexpr std::uint32_t absent = 0xffffffffU;

  bool before(std::uint32_t left, std::uint32_t right) const {
    return activity_[left] != activity_[right] ? activity_[left] > activity_[right] : left < right;
  }

  // Those that are there, in order, are a heap but for the one that has just got an activity.
  void become_heap() {
    std::size_t kept = 0;
    for (const std::uint32_t variable : heap_) {
      if (position_[variable] == absent) continue;
      position_[variable] = static_cast<std::uint32_t>(kept);
      heap_[kept++] = variable;
    }
    heap_.resize(kept);
    heaped_ = true;
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
  std::vector<std::uint32_t> position_, heap_, chosen_, place_;
  std::size_t cursor_ = 0;
  bool heaped_ = false;
  std::vector<bool> allowed_;
  std::uint64_t bump_ = 1;
};

}  // namespace onus::solve
