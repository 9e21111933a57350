// Runs a fuzz target over the files named on the command line, folders with all files in them, without libFuzzer: each
// file, each prefix of it (of long files 200), and 200 seeded changes of a few bytes. The property aborts when it does
// not hold; the input is then in the file that the last line on stderr names.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::size_t runs = 0;

void run(const std::string& input) {
  ++runs;
  // A copy of its own, so that reading past the end is found under a sanitizer.
  const std::vector<std::uint8_t> bytes(input.begin(), input.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

void replay(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::string input{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  std::fprintf(stderr, "%s\n", path.filename().c_str());
  run(input);
  const std::size_t step = std::max<std::size_t>(1, input.size() / 200);
  for (std::size_t size = 0; size < input.size(); size += step) run(input.substr(0, size));
  if (input.empty()) return;
  constexpr std::string_view interesting = "{}[]:,-#\"'\\|>&*!?%@ \n\t0e.\xC3\xFF";
  std::mt19937 random(1);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random()) % limit; };
  for (int change = 0; change < 200; ++change) {
    std::string changed = input;
    for (std::size_t i = 0, count = 1 + below(3); i < count && !changed.empty(); ++i) {
      const std::size_t at = below(changed.size());
      switch (below(4)) {
        case 0: changed[at] = interesting[below(interesting.size())]; break;
        case 1: changed.erase(at, 1 + below(4)); break;
        case 2: changed.insert(at, 1, interesting[below(interesting.size())]); break;
        default: changed.insert(at, changed.substr(below(changed.size()), 1 + below(16))); break;
      }
    }
    run(changed);
  }
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < count; ++i) {
    if (std::filesystem::is_directory(arguments[i])) {
      for (const auto& entry : std::filesystem::directory_iterator(arguments[i])) files.push_back(entry.path());
    } else {
      files.emplace_back(arguments[i]);
    }
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) replay(file);
  std::printf("%zu files, %zu runs\n", files.size(), runs);
  return files.empty() ? 1 : 0;
}
