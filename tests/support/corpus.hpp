// The public corpora: they lie outside the project, beside a checkout, and a test that cannot find one says so and
// passes. Whether all were there is counted over the whole run, from the lines printed here.
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace onus::testing {

// The folder of all corpora: $ONUS_TEST_DATA, else ../shared/data beside the source folder.
inline std::filesystem::path corpora() {
  const char* given = std::getenv("ONUS_TEST_DATA");
  if (given != nullptr && *given != '\0') return given;
  return std::filesystem::path(ONUS_SOURCE_DIR).parent_path() / "shared" / "data";
}

// The folder or file `path` below the corpora. Prints `corpus present: NAME` or `corpus absent: NAME`; NAME has no
// blank.
inline std::optional<std::filesystem::path> find_corpus(std::string_view name, const std::filesystem::path& path) {
  std::filesystem::path found = corpora() / path;
  std::error_code error;
  const bool present = std::filesystem::exists(found, error);
  std::printf("corpus %s: %.*s\n", present ? "present" : "absent", static_cast<int>(name.size()), name.data());
  std::fflush(stdout);
  if (!present) return std::nullopt;
  return found;
}

// All bytes of a file; empty when it cannot be read.
inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

inline std::vector<std::string> lines_of(const std::filesystem::path& path) {
  std::vector<std::string> lines;
  std::ifstream stream(path, std::ios::binary);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// The regular files of a folder with this extension (".json"; empty for all), sorted by path, subfolders included.
inline std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder,
                                                   std::string_view extension = {}) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && (extension.empty() || entry.path().extension() == extension))
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace onus::testing
