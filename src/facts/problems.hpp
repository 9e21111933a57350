// The errors of one case file. A hostile file may hold millions: the first thousand are reported, the rest are counted, and
// suggestions, which cost a walk over all names, are made only while they are affordable.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "diagnostics/diagnostic.hpp"

namespace onus::facts {

class Problems {
 public:
  explicit Problems(Sink& sink) : sink_(&sink) {}

  template <Kind K, class... Given>
  Reported add(Span span, Given&&... arguments) {
    return diagnose<K>(next(), span, std::forward<Given>(arguments)...);
  }

  [[nodiscard]] std::size_t count() const { return count_; }
  // Whether so many names may still be looked through for a suggestion.
  [[nodiscard]] bool affords(std::size_t names) const { return count_ < most && names <= affordable_; }

  // The candidate nearest to `word`, if one is near and looking is affordable.
  std::optional<std::size_t> nearest_of(std::span<const std::string> candidates, std::string_view word);

  // Says how many problems were not shown, at the start of the file.
  void finish(FileId file);

 private:
  static constexpr std::size_t most = 1000;
  Sink& next();

  Sink* sink_;
  Sink unseen_;
  std::size_t count_ = 0;
  std::size_t affordable_ = 200'000;  // comparisons of names
};

// "; did you mean `x`?", or nothing.
[[nodiscard]] std::string did_you_mean(const std::optional<std::string>& name);

}  // namespace onus::facts
