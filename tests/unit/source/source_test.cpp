#include "source/source.hpp"

#include <doctest/doctest.h>

using namespace onus;

TEST_CASE("positions count lines, code points, bytes and UTF-16 units from one") {
  const SourceFile file("a", "ab\n\xC3\xA9\xF0\x9F\x98\x80x\r\n\nend");
  const auto check = [&](std::uint32_t offset, std::uint32_t line, std::uint32_t column, std::uint32_t byte,
                         std::uint32_t utf16) {
    const Position position = file.position(offset);
    CHECK(position.line == line);
    CHECK(position.column == column);
    CHECK(position.byte_column == byte);
    CHECK(position.utf16_column == utf16);
  };
  check(0, 1, 1, 1, 1);
  check(2, 1, 3, 3, 3);
  check(3, 2, 1, 1, 1);
  check(5, 2, 2, 3, 2);
  check(9, 2, 3, 7, 4);
  check(12, 3, 1, 1, 1);
  check(16, 4, 4, 4, 4);
  check(99, 4, 4, 4, 4);
}

TEST_CASE("lines come without their ends") {
  const SourceFile file("a", "one\r\ntwo\n\nlast");
  CHECK(file.line_count() == 4);
  CHECK(file.line(1) == "one");
  CHECK(file.line(2) == "two");
  CHECK(file.line(3).empty());
  CHECK(file.line(4) == "last");
  CHECK(file.line(5).empty());
  CHECK(file.line(0).empty());
}

TEST_CASE("a store keeps the bytes and their hash") {
  SourceStore store;
  const FileId first = store.add("a", "abc");
  const FileId second = store.add("b", "");
  CHECK(store.size() == 2);
  CHECK(store.text({first, 1, 3}) == "bc");
  CHECK(store.file(second).text().empty());
  CHECK(store.file(first).sha256() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("cover is the smallest span around both") {
  const FileId file{3};
  CHECK(cover({file, 4, 6}, {file, 1, 2}) == Span{file, 1, 6});
}
