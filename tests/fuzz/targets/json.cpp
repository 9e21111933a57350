// No input crashes the reader of JSON; what it refuses has an error; what it accepts keeps the promises of a document,
// spans and texts included.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "unit/data/support.hpp"

using namespace onus::testing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const Reading reading = read(Format::Json, text);
  const std::string broken = broken_promise(reading, Format::Json);
  if (broken.empty()) return 0;
  std::fprintf(stderr, "broken promise: %s\n%s\n", broken.c_str(), text.c_str());
  std::abort();
}
