#include "diagnostics/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace onus {
namespace {

// "UnknownName" -> "unknown-name".
std::string dashed(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (std::isupper(static_cast<unsigned char>(c)) != 0) {
      if (!result.empty()) result += '-';
      result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else {
      result += c;
    }
  }
  return result;
}

struct Table {
  std::vector<std::string> names;
  std::vector<KindInfo> kinds;
  Table() {
    struct Line {
      std::string_view code, name;
      Severity severity;
      std::string_view format;
    };
    const std::vector<Line> lines{
#define ONUS_DIAGNOSTIC(code, name, severity, format, ...) {#code, #name, Severity::severity, format},
#include "diagnostics/kinds.def"
#undef ONUS_DIAGNOSTIC
    };
    names.reserve(lines.size());
    kinds.reserve(lines.size());
    for (const auto& line : lines) {
      names.push_back(dashed(line.name));
      kinds.push_back({line.code, names.back(), line.severity, line.format});
    }
  }
};

const Table& table() {
  static const Table the_table;
  return the_table;
}

}  // namespace

const KindInfo& info(Kind kind) { return table().kinds[static_cast<std::size_t>(kind)]; }
std::size_t kind_count() { return table().kinds.size(); }

Diagnostic& Sink::add(Diagnostic diagnostic) {
  if (diagnostic.severity == Severity::Error) ++errors_;
  diagnostics_.push_back(std::move(diagnostic));
  return diagnostics_.back();
}

std::vector<Diagnostic> Sink::sorted() const {
  auto result = diagnostics_;
  std::stable_sort(result.begin(), result.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.span.file, a.span.begin) < std::tie(b.span.file, b.span.begin);
  });
  return result;
}

void Sink::truncate(std::size_t count) {
  while (diagnostics_.size() > count) {
    if (diagnostics_.back().severity == Severity::Error) --errors_;
    diagnostics_.pop_back();
  }
}

Reported& Reported::note(Span span, std::string message) {
  sink_->at(index_).notes.push_back({span, std::move(message)});
  return *this;
}

Reported& Reported::fix(Span span, std::string text, bool keeps_meaning) {
  sink_->at(index_).fixes.push_back({span, std::move(text), keeps_meaning});
  return *this;
}

Reported report(Sink& sink, Kind kind, Span span, std::string message) {
  sink.add({kind, info(kind).severity, span, std::move(message), {}, {}});
  return {sink, sink.all().size() - 1};
}

namespace detail {
namespace {
// Behind the article `a`, with or without a backtick after it, comes a word that begins with a vowel.
bool asks_for_an(std::string_view before, std::string_view text) {
  if (before.ends_with('`')) before.remove_suffix(1);
  const bool article = before == "a " || before.ends_with(" a ");
  constexpr std::string_view vowels = "aeiouAEIOU";
  return article && !text.empty() && vowels.find(text.front()) != std::string_view::npos;
}
}  // namespace

std::string fill(std::string_view format, const std::vector<std::string>& texts) {
  std::string result;
  std::size_t next = 0;
  for (std::size_t at = 0; at < format.size(); ++at) {
    if (format[at] == '{' && at + 1 < format.size() && format[at + 1] == '}') {
      if (next < texts.size()) {
        if (asks_for_an(result, texts[next])) result.insert(result.rfind('a') + 1, 1, 'n');
        result += texts[next];
      }
      ++next;
      ++at;
    } else {
      result += format[at];
    }
  }
  return result;
}
}  // namespace detail

}  // namespace onus
