#include <algorithm>

#include "base/text.hpp"
#include "onus/onus.hpp"

namespace onus {

std::string_view version() { return ONUS_VERSION; }

std::optional<std::string> suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  // Options are compared by their letters: the dashes would make short ones look alike.
  const auto letters = [](std::string_view text) {
    const auto at = text.find_first_not_of('-');
    return text.substr(std::min(at, text.size()));
  };
  std::vector<std::string_view> names;
  names.reserve(candidates.size());
  for (const auto& candidate : candidates) names.push_back(letters(candidate));
  if (const auto near = nearest(names, letters(word))) return candidates[*near];
  return std::nullopt;
}

std::string shown(std::string_view text) { return escape_for_terminal(text); }

}  // namespace onus
