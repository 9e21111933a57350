// The generated hostile inputs and the naughty strings.
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/number_text.hpp"
#include "diagnostics/text.hpp"
#include "source/utf8.hpp"
#include "support.hpp"
#include "support/corpus.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

struct Row {
  std::string path;
  std::string expect;
};

std::vector<Row> manifest(const std::filesystem::path& folder) {
  std::vector<Row> rows;
  for (const std::string& line : lines_of(folder / "MANIFEST.tsv")) {
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    if (first == std::string::npos || line.rfind("path\t", 0) == 0) continue;
    rows.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1)});
  }
  return rows;
}

// To be refused by whoever knows which type a value has or which keys exist: here the tree must show what was written.
const std::map<std::string, std::string> decided_with_types{
    {"yaml/dup-id.yaml", "[{id: c1, open: true}, {id: c1, open: false}]"},
    {"yaml/null-value.yaml", ""},
    {"yaml/quoted-number.yaml", ""},
    {"yaml/octal.yaml", ""},
    {"yaml/hex.yaml", ""},
    {"yaml/inf.yaml", ""},
    {"yaml/nan.yaml", ""},
    {"yaml/homoglyph-key.yaml", ""},
    {"yaml/typo-enum.yaml", ""},
    {"yaml/many-keys.yaml", ""},
    {"json/proto.json", ""},
};

Reading read_row(const std::filesystem::path& folder, const std::string& path) {
  const Format format = path.rfind("json/", 0) == 0 ? Format::Json : Format::Yaml;
  return read(format, bytes_of(folder / path));
}

}  // namespace

TEST_CASE("corpus: generated hostile inputs") {
  const auto folder = find_corpus("generated-seed1", "hostile/generated-seed1");
  if (!folder) return;
  int rows = 0;
  for (const Row& row : manifest(*folder)) {
    CAPTURE(row.path);
    const double begin = seconds();
    if (row.path.rfind("text/", 0) == 0) {
      ++rows;
      // Lines of JSON, or tables that only have to be text.
      bool accepted = true;
      if (row.path.find(".jsonl") != std::string::npos) {
        for (const std::string& line : lines_of(*folder / row.path)) {
          const bool good = read(Format::Json, line).accepted();
          if (row.expect == "reject") CHECK_FALSE(good);
          accepted = accepted && good;
        }
      } else {
        accepted = scan_text(bytes_of(*folder / row.path)).problem_count == 0;
      }
      CHECK(accepted == (row.expect == "accept"));
    } else if (row.path.rfind("yaml/", 0) == 0 || row.path.rfind("json/", 0) == 0) {
      ++rows;
      const Reading reading = read_row(*folder, row.path);
      CHECK(broken_promise(reading, row.path[0] == 'y' ? Format::Yaml : Format::Json) == "");
      const auto later = decided_with_types.find(row.path);
      CHECK(reading.accepted() == (row.expect != "reject" || later != decided_with_types.end()));
      if (later != decided_with_types.end() && !later->second.empty() && reading.accepted())
        CHECK(printed(*reading.document) == later->second);
      if (row.expect.rfind("same:", 0) == 0) {
        const Reading other = read_row(*folder, row.expect.substr(5));
        REQUIRE(reading.accepted());
        REQUIRE(other.accepted());
        REQUIRE(reading.document->size() == other.document->size());
        for (std::uint32_t i = 0; i < other.document->size(); ++i) {
          const data::Node& node = reading.document->node({i});
          CHECK(node.kind == other.document->node({i}).kind);
          CHECK(node.style == other.document->node({i}).style);
          if (node.style == data::ScalarStyle::JsonNumber) {
            const auto left = parse_number(reading.document->text({i}), NumberSyntax::Json);
            const auto right = parse_number(other.document->text({i}), NumberSyntax::Json);
            REQUIRE(left.has_value());
            REQUIRE(right.has_value());
            CHECK(*left == *right);
          } else {
            CHECK(reading.document->text({i}) == other.document->text({i}));
          }
        }
      }
    }
    const double taken = seconds() - begin;
    CHECK(taken < 2.0);
  }
  CHECK(rows == 67);
}

TEST_CASE("corpus: naughty strings") {
  const auto path = find_corpus("naughty-strings", "hostile/naughty-strings/blns.json");
  if (!path) return;
  const Reading all = read(Format::Json, bytes_of(*path), {}, {true, false});
  REQUIRE(all.accepted());
  int kept = 0;
  int refused = 0;
  for (const data::NodeId item : all.document->items(data::Document::root())) {
    const std::string text(all.document->text(item));
    CAPTURE(text);
    bool visible = true;
    std::string doubled;    // for double quotes
    std::string single;     // for single quotes
    bool printable = true;  // what an escape in a value may stand for
    std::string as_escapes;
    std::string as_escapes_of_yaml;
    for (std::size_t at = 0; at < text.size();) {
      const Decoded decoded = decode_utf8(text, at);
      visible = visible && judge_code_point(decoded.code_point).allowed;
      printable = printable && (judge_code_point(decoded.code_point).allowed || is_hidden(decoded.code_point));
      const std::string bytes = text.substr(at, decoded.length);
      doubled += bytes == "\"" || bytes == "\\" ? "\\" + bytes
                 : bytes == "\n"                ? "\\n"
                 : bytes == "\t"                ? "\\t"
                 : bytes == "\r"                ? "\\r"
                                                : bytes;
      single += bytes == "'" ? "''" : bytes;
      for (const char16_t unit : decoded.code_point < 0x10000
                                     ? std::u16string(1, static_cast<char16_t>(decoded.code_point))
                                     : std::u16string{static_cast<char16_t>(0xD7C0 + (decoded.code_point >> 10U)),
                                                      static_cast<char16_t>(0xDC00 + (decoded.code_point & 0x3FFU))}) {
        char buffer[8];
        std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(unit));
        as_escapes += buffer;
      }
      char buffer[16];
      std::snprintf(buffer, sizeof buffer, "\\U%08x", static_cast<unsigned>(decoded.code_point));
      as_escapes_of_yaml += buffer;
      at += decoded.length;
    }
    (visible ? kept : refused) += 1;
    const auto check = [&](Format format, const std::string& written, bool good) {
      const Reading reading = read(format, written);
      CHECK(reading.accepted() == good);
      CHECK(broken_promise(reading, format) == "");
      if (!reading.accepted()) {
        const std::string code = reading.first_code();
        CHECK((code == "ON0002" || code == "ON4113"));
        return;
      }
      for (const auto [key, value] : reading.document->entries(data::Document::root())) {
        CHECK((reading.document->text(key) == text || reading.document->text(key) == "key"));
        CHECK(reading.document->text(value) == text);
      }
    };
    check(Format::Json, "{\"" + doubled + "\": \"" + doubled + "\"}", visible);
    check(Format::Json, "{\"" + as_escapes + "\": \"" + as_escapes + "\"}", visible);
    check(Format::Json, "{\"key\": \"" + as_escapes + "\"}", printable);
    check(Format::Yaml, "key: \"" + as_escapes_of_yaml + "\"\n", printable);
    check(Format::Yaml, "\"" + doubled + "\": \"" + doubled + "\"\n", visible);
    if (text.find_first_of("\n\t\r") == std::string::npos)
      check(Format::Yaml, "'" + single + "': '" + single + "'\n", visible);
  }
  CHECK(kept + refused == 515);
  CHECK(kept > 450);
  CHECK(refused > 20);
  MESSAGE(kept, " strings kept, ", refused, " refused for a character that cannot be seen");
}
