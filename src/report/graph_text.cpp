#include "report/graph.hpp"
#include "report/json.hpp"
#include "base/text.hpp"

namespace onus::reports {

namespace {

std::string heading(const PicturePart& part) {
  std::string text = part.kind + " " + (part.name.starts_with(part.kind + " ") ? part.name.substr(part.kind.size() + 1) : part.name);
  if (!part.title.empty()) text += " “" + part.title + "”";
  return text;
}

std::string cited(const PicturePart& part) { return part.cites.empty() ? "" : " [" + join(part.cites, "; ") + "]"; }

// For Graphviz, in quotes.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\n') {
      result += "\\n";
    } else {
      result += c;
    }
  }
  return result + "\"";
}

// For Mermaid, in quotes: it reads HTML entities, and `#` begins them.
std::string entity(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': result += "#quot;"; break;
      case '#': result += "#35;"; break;
      case '<': result += "#lt;"; break;
      case '>': result += "#gt;"; break;
      case '&': result += "#amp;"; break;
      case '\n': result += "<br/>"; break;
      default: result += c;
    }
  }
  return result + "\"";
}

std::string id_of(std::size_t part, std::size_t node) { return "p" + std::to_string(part + 1) + "n" + std::to_string(node + 1); }

// What somebody reads in a node: where it stands for more than a fact, that as well.
std::string asked(const PictureNode& node) {
  return node.asks + (node.of == Asked::Computed ? "\n(computed; taken as it is)" : "");
}

// Leaves that something leads to.
std::pair<bool, bool> leaves_of(const PicturePart& part) {
  const std::size_t yes = part.nodes.size();
  std::pair<bool, bool> met{part.root == yes, part.root == yes + 1};
  for (const auto& node : part.nodes)
    for (const auto& edge : node.edges) {
      met.first = met.first || edge.to == yes;
      met.second = met.second || edge.to == yes + 1;
    }
  return met;
}

}  // namespace

std::string graph_dot(const Picture& picture) {
  std::string out = "digraph onus {\n  rankdir=TB;\n  node [fontname=\"sans-serif\", fontsize=11, shape=box, style=rounded];\n"
                    "  edge [fontname=\"sans-serif\", fontsize=10];\n";
  for (std::size_t p = 0; p < picture.parts.size(); ++p) {
    const auto& part = picture.parts[p];
    out += "  subgraph cluster_" + std::to_string(p + 1) + " {\n    label=" + quoted(heading(part)) + ";\n";
    for (std::size_t i = 0; i < part.nodes.size(); ++i) out += "    " + id_of(p, i) + " [label=" + quoted(asked(part.nodes[i])) + (part.nodes[i].of == Asked::Computed ? ", style=\"rounded,dashed\"" : "") + "];\n";
    const auto [yes, no] = leaves_of(part);
    if (yes) out += "    " + id_of(p, part.nodes.size()) + " [label=" + quoted(part.yes + cited(part)) + ", style=filled, fillcolor=\"#d8f0d8\"];\n";
    if (no) out += "    " + id_of(p, part.nodes.size() + 1) + " [label=" + quoted(part.no) + ", style=filled, fillcolor=\"#eeeeee\"];\n";
    for (std::size_t i = 0; i < part.nodes.size(); ++i)
      for (const auto& edge : part.nodes[i].edges)
        out += "    " + id_of(p, i) + " -> " + id_of(p, edge.to) + " [label=" + quoted(edge.when) + "];\n";
    out += "  }\n";
  }
  return out + "}\n";
}

std::string graph_mermaid(const Picture& picture) {
  std::string out = "flowchart TB\n";
  for (std::size_t p = 0; p < picture.parts.size(); ++p) {
    const auto& part = picture.parts[p];
    out += "  subgraph p" + std::to_string(p + 1) + "[" + entity(heading(part)) + "]\n";
    for (std::size_t i = 0; i < part.nodes.size(); ++i) out += "    " + id_of(p, i) + "[" + entity(asked(part.nodes[i])) + "]\n";
    const auto [yes, no] = leaves_of(part);
    if (yes) out += "    " + id_of(p, part.nodes.size()) + "([" + entity(part.yes + cited(part)) + "])\n";
    if (no) out += "    " + id_of(p, part.nodes.size() + 1) + "([" + entity(part.no) + "])\n";
    for (std::size_t i = 0; i < part.nodes.size(); ++i)
      for (const auto& edge : part.nodes[i].edges)
        out += "    " + id_of(p, i) + " -->|" + entity(edge.when) + "| " + id_of(p, edge.to) + "\n";
    out += "  end\n";
  }
  return out;
}

std::string graph_json(const Picture& picture, const std::vector<InputFile>& inputs) {
  Json files = Json::list();
  for (const auto& input : inputs) {
    Json one = Json::object();
    one.add("path", input.path).add("sha256", input.sha256);
    files.push(std::move(one));
  }
  Json provisions = Json::list();
  for (const auto& part : picture.parts) {
    const auto target = [&](std::uint32_t to) {
      if (to == part.nodes.size()) return Json::boolean(true);
      if (to > part.nodes.size()) return Json::boolean(false);
      return Json::number(to);
    };
    Json nodes = Json::list();
    for (std::size_t i = 0; i < part.nodes.size(); ++i) {
      Json edges = Json::list();
      for (const auto& edge : part.nodes[i].edges) {
        Json one = Json::object();
        one.add("when", edge.when).add("to", target(edge.to));
        edges.push(std::move(one));
      }
      Json node = Json::object();
      node.add("id", Json::number(static_cast<std::int64_t>(i))).add("asks", part.nodes[i].asks).add("of", std::string(word(part.nodes[i].of))).add("edges", std::move(edges));
      nodes.push(std::move(node));
    }
    Json one = Json::object();
    one.add("provision", part.name).add("kind", part.kind).add("title", part.title).add("cites", Json::texts(part.cites));
    one.add("undecided", Json::boolean(part.undecided));
    if (part.undecided) one.add("facts", Json::number(static_cast<std::int64_t>(part.facts)));
    if (!part.undecided) one.add("true", part.yes).add("false", part.no).add("root", target(part.root)).add("nodes", std::move(nodes));
    provisions.push(std::move(one));
  }
  Json json = Json::object();
  json.add("onus", ONUS_VERSION).add("format", "graph/1").add("inputs", std::move(files)).add("provisions", std::move(provisions));
  return json.print();
}

}  // namespace onus::reports
