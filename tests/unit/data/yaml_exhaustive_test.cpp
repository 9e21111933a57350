// All texts of at most four characters over the punctuation of YAML: none hangs, none crashes, and what is accepted
// keeps the promises of a document. yaml-cpp 0.7 by itself never returns on thousands of them.
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <unistd.h>

#include <doctest/doctest.h>

#include "support.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

char current[8];

extern "C" void too_long(int /*signal*/) {
  constexpr char message[] = "no answer within five seconds for: ";
  (void)!write(STDERR_FILENO, message, sizeof message - 1);
  (void)!write(STDERR_FILENO, current, std::strlen(current));
  (void)!write(STDERR_FILENO, "\n", 1);
  _exit(99);
}

}  // namespace

TEST_CASE("YAML: all texts of up to four punctuation characters end") {
  constexpr std::string_view alphabet = "a \n-?:,[]{}#&*!|>'\"%";
  REQUIRE(alphabet.size() == 20);
  // One more character takes a minute: by hand, with ONUS_EXHAUSTIVE=5.
  const char* given = std::getenv("ONUS_EXHAUSTIVE");
  const std::size_t longest = given != nullptr && *given == '5' ? 5 : 4;
  const auto before = std::signal(SIGALRM, too_long);
  std::size_t runs = 0;
  std::size_t accepted = 0;
  std::string broken;
  for (std::size_t length = 1, total = alphabet.size(); length <= longest; ++length, total *= alphabet.size()) {
    for (std::size_t number = 0; number < total; ++number) {
      std::string text;
      for (std::size_t i = 0, rest = number; i < length; ++i, rest /= alphabet.size())
        text += alphabet[rest % alphabet.size()];
      std::memset(current, 0, sizeof current);
      std::memcpy(current, text.data(), text.size());
      alarm(5);
      const Reading reading = read(Format::Yaml, text);
      ++runs;
      accepted += reading.accepted() ? 1U : 0U;
      if (broken.empty()) broken = broken_promise(reading, Format::Yaml);
      if (!broken.empty()) {
        alarm(0);
        CAPTURE(text);
        REQUIRE(broken == "");
      }
    }
  }
  alarm(0);
  std::signal(SIGALRM, before);
  CHECK(runs == (longest == 4 ? 168'420 : 3'368'420));
  CHECK(accepted > 1'000);
  MESSAGE(runs, " texts, ", accepted, " accepted");
}
