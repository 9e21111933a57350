#include "data/yaml_errors.hpp"

#include <algorithm>
#include <string>

#include "data/words.hpp"
#include "data/yaml_layout.hpp"
#include "data/yaml_scalars.hpp"

namespace onus::data {
namespace {

bool is_gap_character(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_gap(std::string_view text, std::size_t at) { return at >= text.size() || is_gap_character(text[at]); }

struct Quote {
  std::size_t begin = std::string_view::npos;
  std::size_t end = std::string_view::npos;  // npos: never closed
};

// The last quoted scalar that begins in [from, until]: a light reading of the tokens in between, good enough to point
// at.
Quote last_quote(std::string_view text, std::size_t from, std::size_t until) {
  Quote last;
  bool fresh = true;  // a quote here opens a scalar
  for (std::size_t at = from; at < text.size() && at <= until;) {
    const char c = text[at];
    if (fresh && (c == '"' || c == '\'')) {
      const ScalarText scalar = c == '"' ? read_double_quoted(text, at) : read_single_quoted(text, at);
      last = {at, scalar.problem == ScalarProblem::None ? scalar.end : std::string_view::npos};
      if (scalar.problem != ScalarProblem::None) return last;
      at = scalar.end;
      fresh = false;
      continue;
    }
    if (c == '#' && (at == 0 || is_gap_character(text[at - 1]))) {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (c == '\n' || c == '[' || c == '{' || c == ',' || ((c == ':' || c == '-') && is_gap(text, at + 1))) {
      fresh = true;
    } else if (!is_gap_character(c)) {
      fresh = false;
    }
    ++at;
  }
  return last;
}

struct Line {
  std::size_t begin;
  std::size_t first;  // text of the line
  std::size_t end;
};
Line line_of(std::string_view text, std::size_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  Line line{before == std::string_view::npos ? 0 : before + 1, 0, std::min(text.find('\n', at), text.size())};
  line.first = std::min(text.find_first_not_of(" \t", line.begin), line.end);
  while (line.end > line.first && is_gap_character(text[line.end - 1])) --line.end;
  return line;
}

bool has_colon(std::string_view text, const Line& line) {
  for (std::size_t at = line.first; at < line.end; ++at) {
    if (text[at] == ':' && is_gap(text, at + 1)) return true;
  }
  return false;
}

class Explanation {
 public:
  Explanation(const YamlFailure& failure, std::string_view text, FileId file, Sink& sink)
      : failure_(failure), text_(text), file_(file), sink_(sink), at_(std::min(failure.at, text.size())) {}

  void give() {
    if (says("illegal tab")) return tab();
    if (says("illegal EOF in scalar")) return unclosed_quote();
    if (says("unknown escape") || says("bad character found while scanning hex") || says("invalid unicode"))
      return escape();
    if (says("end of map flow") || says("end of sequence flow")) return in_brackets();
    if (says("illegal map value")) return second_colon();
    if (says("end of map") || says("end of sequence")) return out_of_block();
    if (says("illegal flow end"))
      return report_unexpected(
          text_, at_, file_, failure_.open_flows.empty() ? "a value (no bracket is open)" : "the other closing bracket",
          sink_);
    if (says("illegal block entry"))
      return tab_before(at_)
                 ? tab()
                 : report_unexpected(text_, at_, file_, "a value on the line of its key, or a list on lines of its own",
                                     sink_);
    if (says("illegal map key") || says("complex keys"))
      return feature("complex keys (`? `) are", "write `key: value`");
    if (says("illegal document indicator")) return document_mark();
    if (says("unexpected character in block scalar"))
      return report_unexpected(text_, at_, file_, "the end of the line behind `|` or `>`", sink_);
    if (says("zero indentation")) return syntax("the number of blanks behind `|` or `>` is 1 to 9");
    if (says("anchor") || says("alias"))
      return feature("anchors and aliases (`&`, `*`) are", "write the value out, or put the text in quotes");
    if (says("tag") || says("TAG")) return feature("tags (`!`) are", "leave it out, or put the text in quotes");
    if (says("directive") || says("YAML version") || says("YAML major"))
      return feature("directives (`%`) are", "leave the line out");
    report_unexpected(text_, at_, file_, "a value; a text that begins with it stands in quotes", sink_);
  }

 private:
  [[nodiscard]] bool says(std::string_view words) const {
    return failure_.message.find(words) != std::string_view::npos;
  }
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  [[nodiscard]] Span here() const { return span(at_, at_ + character_length(text_, at_)); }

  void syntax(std::string_view what) { note_quote(diagnose<Kind::YamlSyntax>(sink_, here(), what)); }
  void feature(std::string_view what, std::string_view instead) {
    diagnose<Kind::YamlFeature>(sink_, here(), what, instead);
  }

  // A quote that closes many lines below where it should is the usual cause of an error behind it.
  void note_quote(Reported reported) {
    const Quote quote = last_quote(text_, failure_.last_event, at_);
    if (quote.begin >= at_ || text_.substr(quote.begin, at_ - quote.begin).find('\n') == std::string_view::npos) return;
    if (quote.end == std::string_view::npos || quote.end > at_ + 1) return;
    const std::size_t first_line = std::min(text_.find('\n', quote.begin), quote.end);
    if (first_line == quote.end) return;
    reported.note(span(quote.begin, quote.begin + 1),
                  "the quote that opens here closes only " + std::string("just before, on a later line"));
  }

  // A tab in the white space before `at` on its line.
  [[nodiscard]] bool tab_before(std::size_t at) const {
    while (at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) {
      if (text_[--at] == '\t') return true;
    }
    return false;
  }

  // The line above, at the same column, is a text without a colon: yaml-cpp takes it for the begin of the key of this
  // line.
  bool missing_colon_above(const Line& line) {
    if (line.begin == 0) return false;
    const Line above = line_of(text_, line.begin - 1);
    if (above.first - above.begin != line.first - line.begin || above.first >= above.end || text_[above.first] == '#' ||
        text_.substr(above.first, 2) == "- " || has_colon(text_, above)) {
      return false;
    }
    diagnose<Kind::MissingColon>(sink_, span(above.first, above.end),
                                 shown(text_.substr(above.first, above.end - above.first)));
    return true;
  }

  void tab() {
    const Line line = line_of(text_, at_);
    const std::size_t found = text_.find('\t', line.begin);
    const std::size_t begin = found < line.end || found == at_ ? found : at_;
    diagnose<Kind::TabIndentation>(sink_, span(begin, std::min(begin + 1, text_.size())));
  }

  void unclosed_quote() {
    const Quote quote = last_quote(text_, failure_.last_event, text_.size());
    const std::size_t begin = quote.begin == std::string_view::npos ? at_ : quote.begin;
    diagnose<Kind::UnclosedQuote>(sink_, span(begin, std::min(begin + 1, text_.size())))
        .note(span(text_.size(), text_.size()), "the file ends here");
  }

  void escape() {
    const Quote quote = last_quote(text_, failure_.last_event, at_);
    if (quote.begin != std::string_view::npos && text_[quote.begin] == '"') {
      const ScalarText scalar = read_double_quoted(text_, quote.begin);
      const Span place = span(scalar.problem_begin, scalar.problem_end);
      const std::string written = shown(text_.substr(scalar.problem_begin, scalar.problem_end - scalar.problem_begin));
      if (scalar.problem == ScalarProblem::UnknownEscape) {
        diagnose<Kind::UnknownEscape>(sink_, place, written,
                                      "a backslash is written `\\\\`, or the text put in single quotes");
        return;
      }
      if (scalar.problem == ScalarProblem::LoneSurrogate) {
        diagnose<Kind::LoneSurrogate>(sink_, place, written);
        return;
      }
    }
    syntax("an escape in double quotes that stands for no character");
  }

  void in_brackets() {
    if (failure_.open_flows.empty()) return report_unexpected(text_, at_, file_, "a comma or a closing bracket", sink_);
    const std::size_t open = failure_.open_flows.back();
    const bool list = text_[open] == '[';
    std::size_t at = at_;
    while (at < text_.size() && is_gap_character(text_[at])) ++at;
    if (at >= text_.size()) {
      const Quote quote = last_quote(text_, failure_.last_event, text_.size());
      if (quote.begin != std::string_view::npos && quote.end == std::string_view::npos) return unclosed_quote();
      diagnose<Kind::UnclosedBracket>(sink_, span(open, open + 1), text_.substr(open, 1))
          .note(span(text_.size(), text_.size()), "the file ends here");
      return;
    }
    report_unexpected(text_, at, file_, list ? "a comma or `]`" : "a comma or `}`", sink_);
    sink_.at(sink_.all().size() - 1).notes.push_back({span(open, open + 1), "the bracket opens here"});
  }

  void second_colon() {
    const Line line = line_of(text_, at_);
    if (tab_before(line.first)) return tab();
    if (missing_colon_above(line)) return;
    bool earlier = false;
    for (std::size_t at = line.first; at < at_; ++at) earlier = earlier || (text_[at] == ':' && is_gap(text_, at + 1));
    if (earlier) {
      note_quote(diagnose<Kind::SecondColon>(sink_, here()));
    } else if (line.first == at_) {
      diagnose<Kind::NullKey>(sink_, here(), "a colon");
    } else {
      note_quote(diagnose<Kind::WrongIndentation>(sink_,
                                                  span(line.first, line.first + character_length(text_, line.first)),
                                                  "the line before it is a value, which cannot have entries"));
    }
  }

  // A mapping or list in a block was followed by something that is no part of it.
  void out_of_block() {
    const Line line = line_of(text_, at_);
    if (at_ >= text_.size()) return syntax("the file ends inside a mapping or list");
    if (line.first != at_) {
      const bool comma = text_[at_] == ',';
      note_quote(diagnose<Kind::UnexpectedText>(
          sink_, here(), seen(text_, at_),
          comma ? "the end of the entry; a text with a comma behind it stands in quotes" : "the end of the entry"));
    } else if (text_[at_] == '\t') {
      tab();
    } else if (text_.substr(at_, 2) == "- " || has_colon(text_, line)) {
      note_quote(diagnose<Kind::WrongIndentation>(
          sink_, here(),
          text_[at_] == '-' ? "a list cannot begin here" : "no mapping with entries stands at this column"));
    } else {
      note_quote(diagnose<Kind::MissingColon>(sink_, span(at_, std::max(line.end, at_)),
                                              shown(text_.substr(at_, std::max(line.end, at_) - at_))));
    }
  }

  void document_mark() {
    const Quote quote = last_quote(text_, failure_.last_event, at_);
    if (quote.begin != std::string_view::npos && quote.begin < at_) {
      diagnose<Kind::UnclosedQuote>(sink_, span(quote.begin, quote.begin + 1))
          .note(span(at_, std::min(at_ + 3, text_.size())), "a document ends here");
    } else {
      report_unexpected(text_, at_, file_, "text", sink_);
    }
  }

  const YamlFailure& failure_;
  std::string_view text_;
  FileId file_;
  Sink& sink_;
  std::size_t at_;
};

}  // namespace

void explain_failure(const YamlFailure& failure, std::string_view text, FileId file, Sink& sink) {
  Explanation(failure, text, file, sink).give();
}

}  // namespace onus::data
