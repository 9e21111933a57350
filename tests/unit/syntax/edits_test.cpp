// Slips: single-token edits of sound files. One slip should give one message, at its place; the figures are printed.
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "edits.hpp"
#include "rule_files.hpp"
#include "support.hpp"

using namespace onus;
using namespace onus::syntax;
using namespace onus::syntax::test;

TEST_CASE("a single slip gives at most two messages, the first within a line of it") {
  std::vector<Editor> editors;
  for (const auto& path : rule_files()) editors.emplace_back(read(path));
  REQUIRE(editors.size() >= 3);
  std::mt19937 random(20250802);
  const char* more = std::getenv("ONUS_EDITS");
  const int edits = more != nullptr ? std::atoi(more) : 1000;
  const bool loud = std::getenv("ONUS_EDITS_LOUD") != nullptr;
  int wrong = 0, one = 0, at_most_two = 0, near = 0, near_among_heard = 0;
  for (int count = 0; count < edits; ++count) {
    const Editor& editor = editors[random() % editors.size()];
    const Edited edited = editor.edit(random);
    const Parsed parsed(edited.text);
    CHECK(defect(parsed.tree, edited.text) == "");
    if (parsed.errors() == 0) continue;
    ++wrong;
    const std::uint32_t first = parsed.line(0);
    const bool few = parsed.errors() <= 2;
    const bool close = first + 1 >= edited.line && first <= edited.line + 1;
    one += parsed.errors() == 1 ? 1 : 0;
    at_most_two += few ? 1 : 0;
    near += close ? 1 : 0;
    near_among_heard += close && few ? 1 : 0;
    if (loud && (!few || !close)) std::printf("line %u, %s:\n%s\n", edited.line, edited.what.c_str(), parsed.said().c_str());
  }
  std::printf("%d edits, %d of them mistakes: one message %.1f %%, at most two %.1f %%, first within a line %.1f %%, both %.1f %%\n",
              edits, wrong, 100.0 * one / wrong, 100.0 * at_most_two / wrong, 100.0 * near / wrong, 100.0 * near_among_heard / wrong);
  CHECK(wrong > edits / 3);
  CHECK(at_most_two * 100 >= wrong * 95);
  CHECK(near * 100 >= wrong * 95);
}
