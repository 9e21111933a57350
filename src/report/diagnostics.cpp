#include "report/diagnostics.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "source/utf8.hpp"

namespace onus::reports {
namespace {

constexpr std::size_t before_mark = 60;   // columns of a long line that are shown before what is marked
constexpr std::size_t line_columns = 110;
constexpr std::size_t room_behind = 20;   // of a line that is shown from its beginning: for the mark

struct Column {
  std::string shown;
  std::size_t width = 1;
  std::uint32_t offset = 0;
  std::uint32_t length = 1;
};

Column column_at(std::string_view text, std::uint32_t at) {
  Column column;
  column.offset = at;
  if (text[at] == '\t') {
    column.shown = "    ";
    column.width = 4;
    return column;
  }
  const Decoded decoded = decode_utf8(text, at);
  column.length = decoded.length;
  column.shown = escape_for_terminal(text.substr(at, decoded.length));
  column.width = width_of(column.shown);
  return column;
}

// The first byte, not before `first`, from which the text up to `end` takes at most so many columns.
std::uint32_t reach_back(std::string_view line, std::uint32_t first, std::uint32_t end, std::size_t columns) {
  std::size_t width = 0;
  std::uint32_t from = end;
  while (from > first) {
    std::uint32_t previous = from - 1;
    while (previous > first && (static_cast<unsigned char>(line[previous]) & 0xC0U) == 0x80U) --previous;
    width += column_at(line, previous).width;
    if (width > columns) break;
    from = previous;
  }
  return from;
}

// The line of the span's beginning and its mark below; nothing for a file without that line.
std::string excerpt(Span span, const SourceStore& sources, const Style& style, Tone tone) {
  const SourceFile& file = sources.file(span.file);
  const Position position = file.position(span.begin);
  const std::string_view line = file.line(position.line);
  if (line.empty()) return {};
  const std::uint32_t line_begin = std::min<std::uint32_t>(span.begin, static_cast<std::uint32_t>(file.text().size())) -
                                   (position.byte_column - 1);
  // A byte order mark is no part of the line.
  const std::uint32_t first = line_begin == 0 && line.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const std::uint32_t size = static_cast<std::uint32_t>(line.size());
  const std::uint32_t mark_begin = std::max(first, std::min(position.byte_column - 1, size));
  const std::uint32_t mark_end = std::clamp(span.end - line_begin, mark_begin, size);
  std::uint32_t start = reach_back(line, first, mark_begin, line_columns - room_behind);
  if (start > first) start = reach_back(line, first, mark_begin, before_mark);
  const bool cut_before = start > first;
  const std::string number = std::to_string(position.line);
  std::string shown = cut_before ? "…" : "";
  std::size_t width = cut_before ? 1 : 0;
  std::size_t mark_column = width;
  std::size_t mark_width = 0;
  for (std::uint32_t at = start; at < size;) {
    const Column column = column_at(line, at);
    if (width + column.width > line_columns) {
      shown += "…";
      break;
    }
    if (at < mark_begin) {
      mark_column = width + column.width;
    } else if (at < mark_end) {
      mark_width += column.width;
    }
    shown += column.shown;
    width += column.width;
    at += column.length;
  }
  std::string mark = "^";
  if (mark_width > 1) mark.append(mark_width - 1, '~');
  const std::size_t gutter = std::max<std::size_t>(number.size(), 4);
  std::string out(gutter - number.size() + 1, ' ');
  out += number + " | " + shown + "\n";
  out.append(gutter + 1, ' ');
  out += " | ";
  out.append(mark_column, ' ');
  out += toned(mark, tone, style) + "\n";
  return out;
}

Tone tone_of(Severity severity) {
  switch (severity) {
    case Severity::Error: return Tone::Bad;
    case Severity::Warning: return Tone::Open;
    case Severity::Info: return Tone::Strong;
  }
  return Tone::Plain;
}

std::string fix_text(const Fix& fix, const SourceStore& sources) {
  const auto old = sources.text(fix.span);
  if (fix.text.empty()) return "remove `" + safe(old) + "`";
  if (old.empty()) return "add `" + safe(fix.text) + "`";
  return "write `" + safe(fix.text) + "` for `" + safe(old) + "`";
}

Json span_json(Json json, Span span, const SourceStore& sources) {
  const SourceFile& file = sources.file(span.file);
  const Position begin = file.position(span.begin);
  const Position end = file.position(span.end);
  json.add("file", file.path());
  json.add("line", Json::number(begin.line)).add("column", Json::number(begin.column));
  json.add("end_line", Json::number(end.line)).add("end_column", Json::number(end.column));
  json.add("byte", Json::number(span.begin)).add("end_byte", Json::number(span.end));
  return json;
}

// What is shown of each file, and how many more there are: by file, in order.
struct Selection {
  std::vector<Diagnostic> shown;
  std::vector<std::pair<FileId, std::size_t>> more;   // behind the last one shown of that file
};

Selection select(const Sink& sink, const DiagnosticOptions& options) {
  Selection selection;
  std::map<FileId, std::size_t> counts;
  std::map<FileId, std::size_t> more;
  for (auto& diagnostic : sink.sorted()) {
    if (options.errors_only && diagnostic.severity != Severity::Error) continue;
    if (++counts[diagnostic.span.file] > options.per_file) {
      ++more[diagnostic.span.file];
    } else {
      selection.shown.push_back(std::move(diagnostic));
    }
  }
  selection.more.assign(more.begin(), more.end());
  return selection;
}

}  // namespace

std::string_view severity_word(Severity severity) {
  switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Info: return "note";
  }
  return {};
}

std::string place_of(Span span, const SourceStore& sources) {
  const SourceFile& file = sources.file(span.file);
  const Position position = file.position(span.begin);
  return safe(file.path()) + ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
}

std::string diagnostic_text(const Diagnostic& diagnostic, const SourceStore& sources, const Style& style) {
  const Tone tone = tone_of(diagnostic.severity);
  std::string out = toned(place_of(diagnostic.span, sources), Tone::Strong, style) + ": ";
  out += toned(std::string(severity_word(diagnostic.severity)) + " " + std::string(info(diagnostic.kind).code), tone, style);
  out += ": " + safe(diagnostic.message) + "\n";
  out += excerpt(diagnostic.span, sources, style, tone);
  for (const auto& note : diagnostic.notes) {
    out += place_of(note.span, sources) + ": " + toned("note", Tone::Strong, style) + ": " + safe(note.message) + "\n";
    out += excerpt(note.span, sources, style, Tone::Strong);
  }
  for (const auto& fix : diagnostic.fixes) {
    // A message that suggests the text already need not be followed by it.
    if (!fix.text.empty() && diagnostic.message.find("`" + fix.text + "`") != std::string::npos) continue;
    out += "      " + toned("fix", Tone::Strong, style) + ": " + fix_text(fix, sources) + "\n";
  }
  return out;
}

std::string diagnostics_text(const Sink& sink, const SourceStore& sources, const Style& style, const DiagnosticOptions& options) {
  const Selection selection = select(sink, options);
  std::string out;
  std::size_t more = 0;
  for (std::size_t i = 0; i < selection.shown.size(); ++i) {
    const auto file = selection.shown[i].span.file;
    out += diagnostic_text(selection.shown[i], sources, style);
    const bool last_of_file = i + 1 == selection.shown.size() || selection.shown[i + 1].span.file != file;
    if (last_of_file && more < selection.more.size() && selection.more[more].first == file) {
      out += safe(sources.file(file).path()) + ": and " + std::to_string(selection.more[more].second) + " more\n";
      ++more;
    }
  }
  return out;
}

Json diagnostics_json(const Sink& sink, const SourceStore& sources, const DiagnosticOptions& options) {
  const Selection selection = select(sink, options);
  Json list = Json::list();
  for (const auto& diagnostic : selection.shown) {
    Json json = Json::object();
    json.add("code", info(diagnostic.kind).code).add("name", info(diagnostic.kind).name);
    json.add("severity", severity_word(diagnostic.severity));
    json = span_json(std::move(json), diagnostic.span, sources);
    json.add("message", diagnostic.message);
    Json notes = Json::list();
    for (const auto& note : diagnostic.notes) {
      notes.push(span_json(Json::object(), note.span, sources).add("message", note.message));
    }
    json.add("notes", std::move(notes));
    Json fixes = Json::list();
    for (const auto& fix : diagnostic.fixes) {
      fixes.push(span_json(Json::object(), fix.span, sources).add("text", fix.text).add("keeps_meaning", Json::boolean(fix.keeps_meaning)));
    }
    json.add("fixes", std::move(fixes));
    list.push(std::move(json));
  }
  return list;
}

}  // namespace onus::reports
