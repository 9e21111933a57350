// Where the public corpora lie. They are not part of the project: a test that wants one says so when it is not there,
// and passes, so that a plain clone tests what it can.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace onus::testing {

// $ONUS_TEST_DATA, else ../shared/data beside the source folder.
inline std::filesystem::path test_data() {
  if (const char* given = std::getenv("ONUS_TEST_DATA"); given != nullptr && *given != '\0') return given;
  return std::filesystem::path(ONUS_SOURCE_DIR).parent_path() / "shared" / "data";
}

// The path of `relative` in the corpora, or nothing after printing "corpus absent: <name>".
inline std::optional<std::filesystem::path> corpus(std::string_view relative, std::string_view name) {
  const std::filesystem::path path = test_data() / relative;
  std::error_code error;
  if (std::filesystem::exists(path, error)) return path;
  std::cout << "corpus absent: " << name << std::endl;
  return std::nullopt;
}

inline std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace onus::testing
