// Typed indices and the vectors that they index. A store owns its values; an id is a plain number that cannot be
// mistaken for the id of something else. Ids stay valid as the store grows; references do not.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

namespace onus {

template <class Tag>
struct Id {
  static constexpr std::uint32_t no_index = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t index = no_index;

  static constexpr Id invalid() { return {}; }
  constexpr bool is_valid() const { return index != no_index; }
  constexpr auto operator<=>(const Id&) const = default;
};

// All ids of a store, in order, for a range-for.
template <class IdT>
class IdRange {
 public:
  class iterator {
   public:
    using value_type = IdT;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;
    using pointer = const IdT*;
    using reference = IdT;

    iterator() = default;
    explicit iterator(std::uint32_t index) : index_(index) {}
    IdT operator*() const { return IdT{index_}; }
    iterator& operator++() { return ++index_, *this; }
    iterator operator++(int) { return iterator(index_++); }
    bool operator==(const iterator&) const = default;

   private:
    std::uint32_t index_ = 0;
  };

  explicit IdRange(std::uint32_t size) : size_(size) {}
  iterator begin() const { return iterator(0); }
  iterator end() const { return iterator(size_); }

 private:
  std::uint32_t size_;
};

template <class IdT, class T>
class Store {
 public:
  IdT add(T value) {
    if (values_.size() >= std::numeric_limits<std::uint32_t>::max()) throw std::length_error("a store is full");
    values_.push_back(std::move(value));
    return IdT{static_cast<std::uint32_t>(values_.size() - 1)};
  }

  // An id of another store or an invalid one is a bug: it throws std::out_of_range in every build.
  T& operator[](IdT id) { return values_.at(id.index); }
  const T& operator[](IdT id) const { return values_.at(id.index); }

  std::size_t size() const { return values_.size(); }
  bool empty() const { return values_.empty(); }
  bool contains(IdT id) const { return id.index < values_.size(); }
  IdRange<IdT> ids() const { return IdRange<IdT>(static_cast<std::uint32_t>(values_.size())); }
  void reserve(std::size_t count) { values_.reserve(count); }

  auto begin() { return values_.begin(); }
  auto end() { return values_.end(); }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }

 private:
  std::vector<T> values_;
};

}  // namespace onus

template <class Tag>
struct std::hash<onus::Id<Tag>> {
  std::size_t operator()(onus::Id<Tag> id) const noexcept { return id.index; }
};
