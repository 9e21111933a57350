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
#define ONUS_PAGE(name, frame, example, mended, meaning, mend) {Kind::name, {Frame::frame, example, mended, meaning, mend}},
#include "report/pages/all.def"
#undef ONUS_PAGE
  };
  return all;
}

constexpr std::string_view frame_vocabulary = R"(vocabulary pages "Words for the pages of messages".
kinds: company; model; change; report.
authorities: Office.
terms:
  the turnover of a company in a year is an amount of EUR.
  the staff of a company is a number of persons.
  a company may be: listed; a partner of a company.
  the maker of a model is a company.
  the seller of a model is a company, if any.
  the origin of a model is a change, none unless given.
  the changes of a model are the changes with that base.
  the forerunners of a model are the base of the origin of the model, repeated.
  the compute of a model is an amount of FLOP, possibly unknowable.
  the cost of a model is an amount of EUR.
  the score of a model is an amount.
  the release date of a model is a date, if any.
  the uses of a model are any of: text; sound; image.
  the size of a model is one of: small; large.
  a model may be: open-weight; licensed.
  a model may be by judgement: capable "Can it do what only the best can?".
  the base of a change is a model.
  the author of a change is a company.
  the result of a change is the model with that origin.
  the effort of a change is an amount of FLOP.
  the subject of a report is a model.
  the discovery of a report is a moment.
)";

constexpr std::string_view frame_rules = R"(regulation pages "Rules for the pages of messages".
use "vocabulary".
source LAW "The law of these pages".
parameter the limit is 1e24 FLOP.
parameter the share is 1/3.
terms:
  a model may be by law: big; regulated.
  a company may be by law: a provider of a model; supervised.
value double "Double":
  the double compute of a model is 2 times the compute of the model.
definition big "Big":
  a model is big if the compute of the model exceeds the limit.
definition provider "Provider":
  the maker of a model is a provider of the model.
duty 1 "Register":
  each provider of a model must "register the model".
)";

constexpr std::string_view frame_case = "onus: case/1\nas of: 2026-03-01\n";
constexpr std::string_view file_mark = "== ";

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

Json files_json(Frame frame, std::string_view example) {
  Json files = Json::list();
  for (const auto& file : example_files(frame, example)) files.push(Json::object().add("name", file.name).add("text", file.text));
  return files;
}

}  // namespace

std::optional<Page> page_of(Kind kind) {
  const auto it = std::find_if(lines().begin(), lines().end(), [&](const Line& line) { return line.kind == kind; });
  return it == lines().end() ? std::nullopt : std::optional(it->page);
}

std::vector<ExampleFile> example_files(Frame frame, std::string_view example) {
  std::vector<ExampleFile> files;
  if (frame == Frame::None) return files;
  if (frame != Frame::Files) {
    files.push_back({"rules.onus", std::string(frame_rules)});
    files.push_back({"vocabulary.onus", std::string(frame_vocabulary)});
    if (frame == Frame::Yaml) files.push_back({"case.yaml", std::string(frame_case)});
  }
  std::size_t into = frame == Frame::Terms ? 1 : frame == Frame::Yaml ? 2 : 0;
  for (std::size_t at = 0; at < example.size();) {
    const std::size_t end = std::min(example.find('\n', at), example.size());
    const auto line = example.substr(at, end - at);
    at = end + 1;
    if (line.starts_with(file_mark)) {
      files.push_back({std::string(line.substr(file_mark.size())), {}});
      into = files.size() - 1;
    } else {
      files[into].text.append(line).append("\n");
    }
  }
  // A case alone is read by the rules of the frame.
  const bool rules = std::any_of(files.begin(), files.end(), [](const ExampleFile& file) { return file.name.ends_with(".onus"); });
  if (!rules) {
    files.insert(files.begin(), {{"rules.onus", std::string(frame_rules)}, {"vocabulary.onus", std::string(frame_vocabulary)}});
  }
  return files;
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
  out += "\n" + toned("How to mend it", Tone::Strong, style) + "\n";
  paragraph(page->mend);
  if (!page->mended.empty()) out += "\n" + indented(page->mended);
  return out;
}

std::string page_json(Kind kind) {
  Json json = summary_json(kind);
  if (const auto page = page_of(kind)) {
    json.add("meaning", page->meaning).add("example", page->example).add("mended", page->mended).add("mend", page->mend);
    json.add("files", files_json(page->frame, page->example)).add("mended_files", files_json(page->frame, page->mended));
  }
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
