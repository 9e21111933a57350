// yaml-test-suite: each document either reads exactly as its published events say, or is refused; what is no YAML is
// refused, but for the documents that yaml_tolerated.txt names.
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support.hpp"
#include "support/corpus.hpp"

using namespace onus;
using namespace onus::data;
using namespace onus::testing;

namespace {

// Escapes of the event format.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      case '\r': out += "\\r"; break;
      default: out += c;
    }
  }
  return out;
}

std::vector<std::string> events(const Document& document) {
  std::vector<std::string> out{"+STR", "+DOC"};
  struct Open {
    std::uint32_t stop;
    bool mapping;
  };
  std::vector<Open> open;
  for (std::uint32_t index = 0; index < document.size(); ++index) {
    const Node& node = document.node({index});
    if (node.kind == NodeKind::Scalar) {
      const std::string style = node.style == ScalarStyle::Quoted  ? "quoted "
                                : node.style == ScalarStyle::Block ? "block "
                                                                   : "plain ";
      out.push_back("=VAL " + style + escaped(document.text({index})));
    } else {
      out.push_back(node.kind == NodeKind::Mapping ? "+MAP" : "+SEQ");
      open.push_back({index + node.subtree, node.kind == NodeKind::Mapping});
    }
    while (!open.empty() && open.back().stop == index + 1) {
      out.push_back(open.back().mapping ? "-MAP" : "-SEQ");
      open.pop_back();
    }
  }
  out.push_back("-DOC");
  out.push_back("-STR");
  return out;
}

// The published events without what the tree does not keep: the look of collections, the kind of quotes, document
// marks.
std::vector<std::string> published(const std::vector<std::string>& lines) {
  std::vector<std::string> out;
  for (const std::string& line : lines) {
    if (line.rfind("=VAL ", 0) == 0 && line.size() > 5) {
      const char style = line[5];
      const std::string kind = style == ':'                    ? "plain "
                               : style == '"' || style == '\'' ? "quoted "
                               : style == '|' || style == '>'  ? "block "
                                                               : "other ";
      out.push_back("=VAL " + kind + line.substr(6));
    } else if (!line.empty()) {
      out.push_back(line.substr(0, 4));
      if (line.find_first_of("&<*") != std::string::npos) out.back() += " with a property";
    }
  }
  return out;
}

}  // namespace

TEST_CASE("corpus: yaml-test-suite") {
  const auto folder = find_corpus("yaml-test-suite", "hostile/yaml-test-suite");
  if (!folder) return;
  std::set<std::string> tolerated;
  for (const std::string& line :
       lines_of(std::filesystem::path(ONUS_SOURCE_DIR) / "tests/unit/data/yaml_tolerated.txt")) {
    if (!line.empty() && line[0] != '#') tolerated.insert(line.substr(0, line.find(' ')));
  }
  std::map<std::string, int> counts;
  std::set<std::string> used;
  for (const auto& path : files_of(*folder, ".yaml")) {
    const std::string name = std::filesystem::relative(path.parent_path(), *folder);
    CAPTURE(name);
    const Reading reading = read(Format::Yaml, bytes_of(path));
    CHECK(broken_promise(reading, Format::Yaml) == "");
    if (std::filesystem::exists(path.parent_path() / "error")) {
      ++counts[reading.accepted() ? "not YAML, accepted" : "not YAML, refused"];
      if (reading.accepted()) {
        CHECK(tolerated.count(name) == 1);
        used.insert(name);
      }
      continue;
    }
    ++counts[reading.accepted() ? "YAML, accepted" : "YAML, refused"];
    if (!reading.accepted()) continue;
    CHECK(events(*reading.document) == published(lines_of(path.parent_path() / "test.event")));
  }
  for (const std::string& name : tolerated) {
    CAPTURE(name);
    CHECK(used.count(name) == 1);
  }
  for (const auto& [what, count] : counts) MESSAGE(what, ": ", count);
  CHECK(counts["YAML, accepted"] >= 80);
  CHECK(counts["not YAML, refused"] == 50);
}
