#include "driver/patterns.hpp"

#include <algorithm>
#include <set>

namespace onus::driver {
namespace {

constexpr std::size_t most_depth = 64;   // folders in folders

bool has_marks(std::string_view text) {
  const auto bracket = text.find('[');
  return text.find_first_of("*?") != std::string_view::npos || (bracket != std::string_view::npos && text.find(']', bracket) != std::string_view::npos);
}

// The set that begins at `at`, which is moved behind it; nothing where the bracket is not closed: then it means itself.
std::optional<bool> in_set(std::string_view pattern, std::size_t& at, char c) {
  std::size_t next = at + 1;
  const bool negated = next < pattern.size() && (pattern[next] == '!' || pattern[next] == '^');
  if (negated) ++next;
  bool found = false;
  for (bool first = true; next < pattern.size() && (first || pattern[next] != ']'); first = false) {
    const char low = pattern[next];
    char high = low;
    if (next + 2 < pattern.size() && pattern[next + 1] == '-' && pattern[next + 2] != ']') {
      high = pattern[next + 2];
      next += 2;
    }
    ++next;
    const auto byte = static_cast<unsigned char>(c);
    found = found || (static_cast<unsigned char>(low) <= byte && byte <= static_cast<unsigned char>(high));
  }
  if (next >= pattern.size()) return std::nullopt;
  at = next + 1;
  return found != negated;
}

void find(Loader& loader, const std::string& folder, const std::vector<std::string>& parts, std::size_t part, std::size_t depth,
          std::set<std::string>& found) {
  const std::string& pattern = parts[part];
  const bool last = part + 1 == parts.size();
  if (!has_marks(pattern)) {
    const std::string path = below(folder, pattern);
    const PathKind kind = loader.kind(path);
    if (last && kind != PathKind::Missing) found.insert(path);
    if (!last && kind == PathKind::Folder) find(loader, path, parts, part + 1, depth + 1, found);
    return;
  }
  const bool any_depth = pattern == "**";
  if (any_depth && !last) find(loader, folder, parts, part + 1, depth + 1, found);
  for (const auto& entry : loader.list(folder)) {
    const std::string path = below(folder, entry.name);
    const bool folder_too = entry.kind == PathKind::Folder && depth < most_depth;
    if (any_depth) {
      if (folder_too) find(loader, path, parts, part, depth + 1, found);
      if (last && entry.kind == PathKind::File) found.insert(path);
    } else if (matches(pattern, entry.name)) {
      if (last) {
        found.insert(path);
      } else if (folder_too) {
        find(loader, path, parts, part + 1, depth + 1, found);
      }
    }
  }
}

}  // namespace

bool matches(std::string_view pattern, std::string_view name) {
  std::size_t at = 0, here = 0;
  std::size_t star = std::string_view::npos, tried = 0;   // the last `*`, and how far it was taken to reach
  while (here < name.size()) {
    bool same = false;
    std::size_t next = at + 1;
    if (at < pattern.size()) {
      if (pattern[at] == '*') {
        star = at++;
        tried = here;
        continue;
      }
      if (pattern[at] == '[') {
        std::size_t behind = at;
        const auto member = in_set(pattern, behind, name[here]);
        same = member.value_or(name[here] == '[');
        if (member) next = behind;
      } else {
        same = pattern[at] == '?' || pattern[at] == name[here];
      }
    }
    if (same) {
      at = next;
      ++here;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      here = ++tried;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == '*') ++at;
  return at == pattern.size();
}

std::string below(const std::string& folder, const std::string& name) {
  return folder == "." ? name : folder + (folder.ends_with('/') ? "" : "/") + name;
}

std::optional<std::vector<std::string>> matching(Loader& loader, const std::string& path) {
  if (!has_marks(path) || loader.kind(path) != PathKind::Missing) return std::nullopt;
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    if (slash > at) parts.push_back(path.substr(at, slash - at));
    at = slash + 1;
  }
  std::set<std::string> found;
  find(loader, path.starts_with('/') ? "/" : ".", parts, 0, 0, found);
  return std::vector<std::string>(found.begin(), found.end());
}

}  // namespace onus::driver
