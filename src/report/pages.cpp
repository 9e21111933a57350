#include "report/pages.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "report/json.hpp"

namespace onus::reports {
namespace {

struct Line {
  Kind kind;
  Page page;
};

const std::vector<Line>& lines() {
  static const std::vector<Line> all{
#define ONUS_PAGE(name, meaning, example, mend) {Kind::name, {meaning, example, mend}},
#include "report/pages/all.def"
#undef ONUS_PAGE
  };
  return all;
}

// The literals begin with a line end, so that they read well where they stand.
std::string_view body(std::string_view text) {
  while (text.starts_with('\n')) text.remove_prefix(1);
  return text;
}

std::string indented(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    // An example may be about a character that must not reach a terminal.
    const auto line = escape_for_terminal(text.substr(at, end - at));
    out += line.empty() ? "\n" : "    " + line + "\n";
    at = end + 1;
  }
  return out;
}

Json summary_json(Kind kind) {
  Json json = Json::object();
  json.add("code", info(kind).code).add("name", info(kind).name).add("message", info(kind).format);
  return json;
}

}  // namespace

std::optional<Page> page_of(Kind kind) {
  const auto it = std::find_if(lines().begin(), lines().end(), [&](const Line& line) { return line.kind == kind; });
  if (it == lines().end()) return std::nullopt;
  return Page{body(it->page.meaning), body(it->page.example), body(it->page.mend)};
}

std::optional<Kind> kind_of(std::string_view code_or_name) {
  const std::string wanted = lower_case(code_or_name);
  for (std::size_t i = 0; i < kind_count(); ++i) {
    const auto kind = static_cast<Kind>(i);
    if (lower_case(info(kind).code) == wanted || info(kind).name == wanted) return kind;
  }
  return std::nullopt;
}

std::string page_text(Kind kind, const Style& style) {
  std::string out = toned(std::string(info(kind).code) + " " + std::string(info(kind).name), Tone::Strong, style) + "\n\n";
  out += "    " + std::string(info(kind).format) + "\n";
  const auto page = page_of(kind);
  if (!page) return out;
  const auto paragraph = [&](std::string_view text) {
    out += "\n";
    for (const auto& line : wrapped(text, style.columns)) out += line + "\n";
  };
  paragraph(page->meaning);
  if (!page->example.empty()) {
    out += "\n" + toned("Brought about by", Tone::Strong, style) + "\n\n" + indented(page->example);
  }
  if (!page->mend.empty()) {
    out += "\n" + toned("How to mend it", Tone::Strong, style) + "\n";
    paragraph(page->mend);
  }
  return out;
}

std::string page_json(Kind kind) {
  Json json = summary_json(kind);
  if (const auto page = page_of(kind)) json.add("meaning", page->meaning).add("example", page->example).add("mend", page->mend);
  return json.print();
}

std::string pages_list(const Style& style) {
  std::string out;
  for (std::size_t i = 0; i < kind_count(); ++i) {
    const auto kind = static_cast<Kind>(i);
    out += toned(info(kind).code, Tone::Strong, style) + "  " + std::string(info(kind).name) + "\n";
  }
  return out;
}

std::string pages_json() {
  Json list = Json::list();
  for (std::size_t i = 0; i < kind_count(); ++i) list.push(summary_json(static_cast<Kind>(i)));
  return list.print();
}

}  // namespace onus::reports
