// Any bytes: reading rules never crashes, the tree is whole, and printing it gives back the bytes.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "unit/syntax/support.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace onus::syntax;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const test::Parsed parsed(text);
  const std::string defect = test::defect(parsed.tree, text);
  const bool same = print(parsed.tree, parsed.source) == text;
  // A tree without a report has nothing broken in it, and one that is broken was reported.
  const bool honest = parsed.errors() > 0 || !parsed.tree.broken();
  if (!defect.empty() || !same || !honest) {
    std::fprintf(stderr, "rules: %s%s%s\n", defect.c_str(), same ? "" : ", printed differently", honest ? "" : ", broken in silence");
    std::abort();
  }
  // One sentence is tried again a bounded number of times: the work stays within a multiple of the text.
  if (parsed.effort.taken > 40 * parsed.effort.tokens + 100'000) {
    std::fprintf(stderr, "rules: %zu tokens, %zu taken\n", parsed.effort.tokens, parsed.effort.taken);
    std::abort();
  }
  return 0;
}
