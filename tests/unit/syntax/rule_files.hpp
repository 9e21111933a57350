// The rule files that the tests of the surface read.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace onus::syntax::test {

inline std::string read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

inline std::filesystem::path fixtures() { return std::filesystem::path(ONUS_SOURCE_DIR) / "tests/unit/syntax/fixtures"; }

// All rule files of the project, fixtures first, in a fixed order.
inline std::vector<std::filesystem::path> rule_files() {
  std::vector<std::filesystem::path> result;
  const std::filesystem::path root(ONUS_SOURCE_DIR);
  for (const auto* folder : {"tests/unit/syntax/fixtures", "rules", "examples"}) {
    std::vector<std::filesystem::path> found;
    if (!std::filesystem::exists(root / folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      if (entry.path().extension() == ".onus") found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    result.insert(result.end(), found.begin(), found.end());
  }
  return result;
}

}  // namespace onus::syntax::test
