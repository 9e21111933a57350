// What the tests of the surface share: a text parsed, with what was said about it.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "grammar/parse.hpp"
#include "source/source.hpp"
#include "syntax/tree.hpp"

namespace onus::syntax::test {

struct Parsed {
  SourceStore source;
  FileId file;
  Sink sink;
  Effort effort;
  Tree tree;

  explicit Parsed(std::string text) : file(source.add("test.onus", std::move(text))), tree(parse(source, file, sink, effort)) {}

  [[nodiscard]] std::size_t errors() const { return sink.all().size(); }
  [[nodiscard]] std::uint32_t line(std::size_t mistake) const {
    return source.file(file).position(sink.all()[mistake].span.begin).line;
  }
  [[nodiscard]] std::string_view at(std::size_t mistake) const { return source.text(sink.all()[mistake].span); }
  // "3:14 ON1023 …", one mistake a line.
  [[nodiscard]] std::string said() const {
    std::string result;
    for (const Diagnostic& mistake : sink.all()) {
      const Position at = source.file(file).position(mistake.span.begin);
      result += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + std::string(info(mistake.kind).code) + " " +
                mistake.message + "\n";
    }
    return result;
  }
};

// The tree is one preorder tree with right sizes and bounds, and what lies between its leaves is blank or a comment.
inline std::string defect(const Tree& tree, std::string_view text) {
  const std::vector<Node>& nodes = tree.nodes();
  if (nodes.empty() || nodes[0].subtree_size != nodes.size()) return "the root does not hold all";
  std::vector<std::uint32_t> ends;
  std::vector<std::uint32_t> parents;
  std::uint32_t done = 0;
  const auto only_trivia = [&](std::string_view between) {
    for (std::size_t at = 0; at < between.size(); ++at) {
      if (between.substr(at).starts_with("//")) {
        at = std::min(between.find('\n', at), between.size());
      } else if (between.substr(at).starts_with("\xEF\xBB\xBF")) {
        at += 2;
      } else if (between[at] != ' ' && between[at] != '\t' && between[at] != '\r' && between[at] != '\n') {
        return false;
      }
    }
    return true;
  };
  for (std::uint32_t at = 0; at < nodes.size(); ++at) {
    while (!ends.empty() && ends.back() <= at) ends.pop_back(), parents.pop_back();
    const Node& node = nodes[at];
    const std::string where = " at node " + std::to_string(at) + " " + std::string(name_of(node.kind));
    if (node.subtree_size == 0) return "empty subtree" + where;
    if (node.begin > node.end || node.end > text.size()) return "bounds" + where;
    if (!ends.empty()) {
      if (at + node.subtree_size > ends.back()) return "subtree leaves its parent" + where;
      const Node& parent = nodes[parents.back()];
      if (node.begin < parent.begin || node.end > parent.end) return "span leaves its parent" + where;
      if (is_token(parent.kind)) return "a leaf has children" + where;
    }
    if (is_token(node.kind)) {
      if (node.begin < done) return "leaves overlap" + where;
      if (!only_trivia(text.substr(done, node.begin - done))) return "text is not in the tree before" + where;
      done = node.end;
    }
    ends.push_back(at + node.subtree_size);
    parents.push_back(at);
  }
  return only_trivia(text.substr(done)) ? std::string() : "text is not in the tree at the end";
}

}  // namespace onus::syntax::test
