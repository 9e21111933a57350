#include <algorithm>

#include "onus/loader.hpp"

namespace onus {
namespace {

// "a/./b//c" is "a/b/c"; nothing for a path that climbs above its beginning.
std::optional<std::string> plain(const std::string& path) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  while (at <= path.size()) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    const std::string part = path.substr(at, slash - at);
    at = slash + 1;
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (parts.empty()) {
      return std::nullopt;
    } else {
      parts.pop_back();
    }
  }
  std::string result;
  for (const auto& part : parts) result += (result.empty() ? "" : "/") + part;
  return result;
}

}  // namespace

Loader::~Loader() = default;

void MemoryLoader::add(std::string path, std::string text) { files_[plain(path).value_or(path)] = std::move(text); }

PathKind MemoryLoader::kind(const std::string& path) {
  const auto name = plain(path);
  if (!name) return PathKind::Missing;
  if (files_.contains(*name)) return PathKind::File;
  if (name->empty()) return PathKind::Folder;
  const auto below = files_.lower_bound(*name + "/");
  return below != files_.end() && below->first.starts_with(*name + "/") ? PathKind::Folder : PathKind::Missing;
}

Loaded MemoryLoader::read(const std::string& path, std::uint64_t most_bytes) {
  Loaded loaded;
  const auto name = plain(path);
  loaded.path = name && !name->empty() ? *name : path;
  const auto found = name ? files_.find(*name) : files_.end();
  if (found == files_.end()) {
    loaded.problem = kind(path) == PathKind::Folder ? LoadProblem::Folder : LoadProblem::Missing;
    return loaded;
  }
  loaded.identity = found->first;
  loaded.size = found->second.size();
  if (loaded.size > most_bytes) {
    loaded.problem = LoadProblem::TooLarge;
  } else {
    loaded.text = found->second;
  }
  return loaded;
}

std::vector<FolderEntry> MemoryLoader::list(const std::string& folder) {
  std::vector<FolderEntry> entries;
  const auto name = plain(folder);
  if (!name) return entries;
  const std::string prefix = name->empty() ? "" : *name + "/";
  for (auto it = files_.lower_bound(prefix); it != files_.end() && it->first.starts_with(prefix); ++it) {
    const std::string rest = it->first.substr(prefix.size());
    const auto slash = rest.find('/');
    FolderEntry entry{rest.substr(0, slash), slash == std::string::npos ? PathKind::File : PathKind::Folder};
    if (entry.name.starts_with('.') || (!entries.empty() && entries.back().name == entry.name)) continue;
    entries.push_back(std::move(entry));
  }
  std::sort(entries.begin(), entries.end(), [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
  return entries;
}

std::optional<std::string> MemoryLoader::root_of(const std::string& path) {
  const auto name = plain(path);
  if (!name) return std::nullopt;
  std::string folder = kind(*name) == PathKind::Folder ? *name : folder_of(*name);
  if (folder == ".") folder.clear();
  for (;;) {
    if (files_.contains(folder.empty() ? "onus.toml" : folder + "/onus.toml")) return folder.empty() ? "." : folder;
    if (folder.empty()) return std::nullopt;
    const auto slash = folder.rfind('/');
    folder = slash == std::string::npos ? "" : folder.substr(0, slash);
  }
}

std::string MemoryLoader::folder_of(const std::string& path) {
  const auto name = plain(path);
  const auto slash = name ? name->rfind('/') : std::string::npos;
  return slash == std::string::npos ? "." : name->substr(0, slash);
}

Loaded MemoryLoader::read_below(const std::string& root, const std::string& relative, std::uint64_t most_bytes) {
  const auto below = plain(relative);
  if (!below || relative.starts_with('/')) {
    Loaded loaded;
    loaded.problem = LoadProblem::Outside;
    loaded.path = relative;
    return loaded;
  }
  return read(root == "." ? *below : root + "/" + *below, most_bytes);
}

}  // namespace onus
