#include "report/writer.hpp"

#include "base/text.hpp"

namespace onus::reports {
namespace {

// "  applies         53(1)(d) …" and below it "    because       3.2 …": the texts stand in one column.
constexpr std::size_t head_indent = 2, head_columns = 16;
constexpr std::size_t label_indent = 4, label_columns = 14;

}  // namespace

void TerminalWriter::title(std::string_view text) {
  if (!out_.empty()) out_ += '\n';
  out_ += toned(safe(text), Tone::Strong, style_) + "\n";
}

void TerminalWriter::under(std::string_view label, std::string_view text) {
  append_entry(out_, label, safe(text), 2, label.size() + 1, style_, Tone::Open);
}

void TerminalWriter::section(std::string_view /*text*/) {}

void TerminalWriter::group(std::string_view text) { out_ += "\n" + toned(safe(text), Tone::Strong, style_) + "\n"; }

void TerminalWriter::head(std::string_view word, std::string_view text, Tone tone) {
  append_entry(out_, word, safe(text), head_indent, head_columns, style_, tone);
}

void TerminalWriter::entry(std::string_view label, std::string_view text, Tone tone) {
  append_entry(out_, label, safe(text), label_indent, label_columns, style_, tone);
}

void TerminalWriter::gap() {
  if (!out_.empty()) out_ += '\n';
}

void TerminalWriter::closing(std::string_view label, std::string_view text, Tone tone) {
  append_entry(out_, label, safe(text), 0, label.size() + 2, style_, tone);
}

void TerminalWriter::line(std::string_view text, Tone tone) { out_ += toned(safe(text), tone, style_) + "\n"; }

std::string markdown(std::string_view text) {
  const std::string shown = safe(text);
  std::string out;
  out.reserve(shown.size());
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const char c = shown[i];
    const bool marks = std::string_view("\\`*_{}[]<>#$^~|&@").find(c) != std::string_view::npos;
    const bool address = (c == ':' && shown.compare(i, 3, "://") == 0) || (c == '.' && i >= 3 && lower_case(shown.substr(i - 3, 3)) == "www");
    if (marks || address) out += '\\';
    out += c;
  }
  return out;
}

void MarkdownWriter::block(std::string_view mark, const std::string& text) {
  if (!out_.empty()) out_ += '\n';
  out_.append(mark).append(text).append("\n");
  in_list_ = false;
}

void MarkdownWriter::item(std::string_view mark, const std::string& text) {
  if (!in_list_ && !out_.empty()) out_ += '\n';
  in_list_ = true;
  out_.append(mark).append(text).append("\n");
}

void MarkdownWriter::title(std::string_view text) { block("# ", markdown(text)); }

void MarkdownWriter::under(std::string_view label, std::string_view text) { item("- ", markdown(label) + ": " + markdown(text)); }

void MarkdownWriter::section(std::string_view text) { block("## ", markdown(text)); }

void MarkdownWriter::group(std::string_view text) { block("### ", markdown(text)); }

void MarkdownWriter::head(std::string_view word, std::string_view text, Tone /*tone*/) {
  item("- ", "**" + markdown(word) + "** " + markdown(text));
}

void MarkdownWriter::entry(std::string_view label, std::string_view text, Tone /*tone*/) {
  item("  - ", label.empty() ? markdown(text) : markdown(label) + ": " + markdown(text));
}

void MarkdownWriter::gap() {}

void MarkdownWriter::closing(std::string_view label, std::string_view text, Tone /*tone*/) {
  block("", markdown(label) + ": " + markdown(text));
}

void MarkdownWriter::line(std::string_view text, Tone /*tone*/) { block("", markdown(text)); }

}  // namespace onus::reports
