#include "facts/problems.hpp"

#include "base/text.hpp"

namespace onus::facts {

Sink& Problems::next() {
  if (count_++ < most) return *sink_;
  unseen_.truncate(0);
  return unseen_;
}

std::optional<std::size_t> Problems::nearest_of(std::span<const std::string> candidates, std::string_view word) {
  constexpr std::size_t longest_word = 256;
  if (!affords(candidates.size()) || word.size() > longest_word) return std::nullopt;
  affordable_ -= candidates.size();
  return nearest(candidates, word);
}

void Problems::finish(FileId file) {
  if (count_ > most)
    diagnose<Kind::MoreCaseProblems>(*sink_, Span{file, 0, 0}, static_cast<std::int64_t>(count_ - most));
}

std::string did_you_mean(const std::optional<std::string>& name) {
  return name ? "; did you mean `" + *name + "`?" : std::string();
}

}  // namespace onus::facts
