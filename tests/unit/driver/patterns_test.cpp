// Patterns of file names.
#include <doctest/doctest.h>

#include "driver/patterns.hpp"

using namespace onus;
using driver::matches;
using driver::matching;

TEST_CASE("one name against one part") {
  CHECK(matches("*.yaml", "a.yaml"));
  CHECK(matches("*.yaml", ".yaml"));
  CHECK_FALSE(matches("*.yaml", "a.yml"));
  CHECK_FALSE(matches("*.yaml", "a.yaml~"));
  CHECK(matches("a*b*c", "aXbbYc"));
  CHECK_FALSE(matches("a*b*c", "acb"));
  CHECK(matches("?.json", "x.json"));
  CHECK_FALSE(matches("?.json", "xy.json"));
  CHECK(matches("[a-c]1", "b1"));
  CHECK_FALSE(matches("[a-c]1", "d1"));
  CHECK(matches("[!a-c]1", "d1"));
  CHECK_FALSE(matches("[!a-c]1", "a1"));
  CHECK(matches("[]x]", "]"));
  CHECK(matches("a[b", "a[b"));          // an open bracket means itself
  CHECK(matches("", ""));
  CHECK_FALSE(matches("", "a"));
  CHECK_FALSE(matches("a", "A"));
}

TEST_CASE("many stars end") {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  CHECK_FALSE(matches(pattern + "b", std::string(5000, 'a')));
}

TEST_CASE("what a path stands for, in byte order") {
  MemoryLoader loader;
  for (const char* path : {"cases/b.yaml", "cases/a.yaml", "cases/c.json", "cases/in/d.yaml", "cases/in/er/e.yaml", "rules.onus", "odd*.yaml"})
    loader.add(path, "");
  using Paths = std::vector<std::string>;
  CHECK(matching(loader, "cases/*.yaml") == Paths{"cases/a.yaml", "cases/b.yaml"});
  CHECK(matching(loader, "cases/**/*.yaml") == Paths{"cases/a.yaml", "cases/b.yaml", "cases/in/d.yaml", "cases/in/er/e.yaml"});
  CHECK(matching(loader, "cases/**") == Paths{"cases/a.yaml", "cases/b.yaml", "cases/c.json", "cases/in/d.yaml", "cases/in/er/e.yaml"});
  CHECK(matching(loader, "*/[ab].*") == Paths{"cases/a.yaml", "cases/b.yaml"});
  CHECK(matching(loader, "c*") == Paths{"cases"});
  CHECK(matching(loader, "cases/*.toml") == Paths{});
  CHECK_FALSE(matching(loader, "cases/a.yaml"));   // no pattern
  CHECK_FALSE(matching(loader, "odd*.yaml"));      // a file of this very name
}
