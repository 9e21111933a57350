#include "data/yaml_layout.hpp"

#include <algorithm>
#include <string>

#include "data/words.hpp"
#include "data/yaml_scalars.hpp"
#include "diagnostics/text.hpp"

namespace onus::data {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_gap(std::string_view text, std::size_t at) {
  return at >= text.size() || is_blank(text[at]) || text[at] == '\n' || text[at] == '\r';
}

class Layout {
 public:
  Layout(DocumentBuilder& builder, const std::vector<YamlForm>& forms, std::string_view text, std::uint32_t begin,
         Sink& sink)
      : builder_(builder),
        forms_(forms),
        text_(text),
        file_(builder.so_far().file()),
        sink_(sink),
        at_(begin),
        line_start_(begin),
        begin_(begin) {}

  bool check() {
    if (!skip()) return false;
    bool marked = false;
    if (document_mark("---")) {
      at_ += 3;
      marked = true;
    }
    if (!enter(0, marked)) return false;
    while (!stack_.empty()) {
      const Frame& inside = stack_.back();
      const bool ok = inside.next == inside.stop ? leave() : inside.mapping ? entry() : item();
      if (!ok) return false;
    }
    return trailing();
  }

 private:
  struct Frame {
    std::uint32_t node = 0;
    std::uint32_t next = 0;  // the child to read
    std::uint32_t stop = 0;  // behind the last child
    YamlForm form = YamlForm::Block;
    bool mapping = false;
    bool fresh = true;
    int column = -1;  // of the innermost block list or mapping, this one included
  };

  // ---- places ----
  [[nodiscard]] bool at(char c) const { return at_ < text_.size() && text_[at_] == c; }
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  [[nodiscard]] Span here() const { return span(at_, at_ + character_length(text_, at_)); }
  [[nodiscard]] int column() const { return static_cast<int>(at_ - line_start_); }
  [[nodiscard]] int outer_column() const { return stack_.empty() ? -1 : stack_.back().column; }
  [[nodiscard]] bool in_flow() const { return !stack_.empty() && stack_.back().form != YamlForm::Block; }
  [[nodiscard]] bool document_mark(std::string_view mark) const {
    return at_ == line_start_ && text_.substr(at_, 3) == mark && is_gap(text_, at_ + 3);
  }
  [[nodiscard]] Node& node(std::uint32_t index) { return builder_.node(NodeId{index}); }

  bool unexpected(std::string_view needed) {
    report_unexpected(text_, at_, file_, needed, sink_);
    return false;
  }

  // ---- white space, comments, indentation ----
  bool skip() {
    const std::size_t first_line = line_start_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') {
        line_start_ = ++at_;
      } else if (is_blank(c) || c == '\r') {
        ++at_;
      } else if (c == '#') {
        if (at_ != begin_ && at_ != line_start_ && !is_blank(text_[at_ - 1])) {
          diagnose<Kind::CommentTooClose>(sink_, here());
          return false;
        }
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        break;
      }
    }
    if (at_ >= text_.size() || line_start_ == first_line) return true;
    return in_flow() ? flow_line(at_, at(']') || at('}')) : no_tab(line_start_);
  }

  // White space before something whose column counts must not hold a tab.
  bool no_tab(std::size_t from) {
    const std::size_t tab = text_.substr(0, at_).find('\t', from);
    if (tab == std::string_view::npos) return true;
    diagnose<Kind::TabIndentation>(sink_, span(tab, tab + 1));
    return false;
  }

  // A line inside brackets or a scalar of several lines belongs to the block around it only when it stands further in.
  // A closing bracket may stand below the entry that it ends, as it is commonly written.
  bool flow_line(std::size_t first, bool bracket) {
    const int outer = outer_column();
    const auto spaces =
        static_cast<int>(std::min(text_.find_first_not_of(' ', line_start_), text_.size()) - line_start_);
    if (spaces > outer || (bracket && spaces == outer)) return true;
    diagnose<Kind::WrongIndentation>(sink_, span(first, first + character_length(text_, first)),
                                     "it must stand further in than the entry that it continues");
    return false;
  }

  bool continuation_lines(std::size_t begin, std::size_t end) {
    for (std::size_t at = text_.find('\n', begin); at < end; at = text_.find('\n', at + 1)) {
      line_start_ = at + 1;
      const std::size_t first = text_.find_first_not_of(" \t\r", line_start_);
      if (first < end && text_[first] != '\n' && !flow_line(first, false)) return false;
    }
    return true;
  }

  // ---- nodes ----
  // Reads a scalar or goes into a list or mapping, behind a colon, a dash, a comma or at the top. `own_line`: a block
  // list or mapping cannot begin on the line where we are.
  bool enter(std::uint32_t index, bool own_line) {
    const std::size_t behind = at_;
    const std::size_t line = line_start_;
    if (node(index).kind == NodeKind::Scalar && node(index).nullness != Nullness::Given) return null(index);
    if (!skip()) return false;
    switch (forms_[index]) {
      case YamlForm::Scalar: return hangs(line, false) && scalar(index, false);
      case YamlForm::Flow: {
        const bool mapping = node(index).kind == NodeKind::Mapping;
        if (!at(mapping ? '{' : '[')) return unexpected(mapping ? "`{`" : "`[`");
        if (!hangs(line, false)) return false;
        node(index).span = here();
        push(index, outer_column());
        ++at_;
        return true;
      }
      case YamlForm::Pair:
        node(index).span = here();
        push(index, outer_column());
        return true;
      case YamlForm::Block: break;
    }
    const bool in_mapping = !stack_.empty() && stack_.back().mapping;
    const bool sequence = node(index).kind == NodeKind::Sequence;
    if (line == line_start_ && own_line) {
      if (in_mapping && !sequence) {
        diagnose<Kind::SecondColon>(sink_, here());
        return false;
      }
      return unexpected("a value, or a list or mapping on a line of its own");
    }
    if (line == line_start_ && !no_tab(behind)) return false;
    if (!hangs(line, in_mapping && sequence)) return false;
    node(index).span = here();
    push(index, column());
    return true;
  }

  // What stands on a later line than the colon or dash that it belongs to must stand further in.
  bool hangs(std::size_t line, bool same_column_will_do) {
    if (line == line_start_ || in_flow()) return true;
    if (column() > outer_column() || (same_column_will_do && column() == outer_column())) return true;
    diagnose<Kind::WrongIndentation>(sink_, here(), "it must stand further in than the entry that it belongs to");
    return false;
  }

  void push(std::uint32_t index, int column) {
    Frame frame;
    frame.node = index;
    frame.next = index + 1;
    frame.stop = index + node(index).subtree;
    frame.form = forms_[index];
    frame.mapping = node(index).kind == NodeKind::Mapping;
    frame.column = column;
    stack_.push_back(frame);
  }

  bool leave() {
    const Frame inside = stack_.back();
    if (inside.form == YamlForm::Flow) {
      const std::string_view bracket = inside.mapping ? "}" : "]";
      if (!skip()) return false;
      if (at(',') && !inside.fresh) {
        ++at_;
        if (!skip()) return false;
      }
      if (at_ >= text_.size()) {
        const Span opening = node(inside.node).span;
        diagnose<Kind::UnclosedBracket>(sink_, span(opening.begin, opening.begin + 1), text_.substr(opening.begin, 1));
        return false;
      }
      if (!at(bracket[0])) return unexpected(inside.mapping ? "a comma or `}`" : "a comma or `]`");
      ++at_;
      last_end_ = at_;
    }
    node(inside.node).span.end = static_cast<std::uint32_t>(last_end_);
    stack_.pop_back();
    return true;
  }

  bool comma() {
    Frame& inside = stack_.back();
    if (!skip()) return false;
    if (!inside.fresh) {
      if (!at(',')) return unexpected(inside.mapping ? "a comma or `}`" : "a comma or `]`");
      ++at_;
      if (!skip()) return false;
    }
    inside.fresh = false;
    return true;
  }

  bool item() {
    Frame& inside = stack_.back();
    const std::uint32_t child = inside.next;
    inside.next += node(child).subtree;
    if (inside.form == YamlForm::Flow) {
      if (!comma()) return false;
      if (at(',')) return unexpected("a value");
      return enter(child, false);
    }
    if (!part_of_block("list", '-')) return false;
    if (!at('-') || !is_gap(text_, at_ + 1)) return unexpected("a dash with a blank behind it");
    ++at_;
    last_end_ = at_;
    return enter(child, false);
  }

  // The next dash or key of a block stands below the first.
  bool part_of_block(std::string_view what, char sign) {
    Frame& inside = stack_.back();
    if (!inside.fresh) {
      if (!skip()) return false;
      if (at_ < text_.size() && column() != inside.column && (sign == '\0' || at(sign))) {
        const std::uint32_t first = node(inside.node).span.begin;
        diagnose<Kind::WrongIndentation>(sink_, here(),
                                         "the parts of a " + std::string(what) + " stand below each other")
            .note(span(first, first + 1), "the first part stands here");
        return false;
      }
    }
    inside.fresh = false;
    return true;
  }

  bool entry() {
    Frame& inside = stack_.back();
    const std::uint32_t key = inside.next;
    const std::uint32_t value = key + 1;
    inside.next = value + node(value).subtree;
    const bool block = inside.form == YamlForm::Block;
    if (block ? !part_of_block("mapping", '\0') : inside.form == YamlForm::Flow && !comma()) return false;
    if (node(key).nullness != Nullness::Given) {
      if (at(',') || at('?') || at('&') || at('*') || at('!')) return unexpected("a key");
      std::size_t stop = at_;
      while (stop < text_.size() && !is_gap(text_, stop) && text_[stop] != ':') ++stop;
      const bool written = stop > at_;
      diagnose<Kind::NullKey>(sink_, written ? span(at_, stop) : here(),
                              written ? "null without quotes" : seen(text_, at_));
      return false;
    }
    const std::size_t line = line_start_;
    const std::size_t begin = at_;
    if (!scalar(key, true)) return false;
    if (line != line_start_ || node(key).style == ScalarStyle::Block) {
      diagnose<Kind::KeyOverLines>(sink_, span(begin, at_));
      return false;
    }
    const Document& document = builder_.so_far();
    if (node(key).style == ScalarStyle::Plain && document.text(NodeId{key}) == "<<") {
      diagnose<Kind::YamlFeature>(sink_, span(begin, at_), "merge keys are", "write the entries out");
      return false;
    }
    const std::size_t key_end = at_;
    if (block) {
      while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    } else if (!skip()) {
      return false;
    }
    if (!at(':')) {
      diagnose<Kind::MissingColon>(sink_, span(begin, key_end), shown(text_.substr(begin, key_end - begin)));
      return false;
    }
    ++at_;
    last_end_ = at_;
    return enter(value, block);
  }

  // ---- scalars ----
  bool null(std::uint32_t index) {
    const std::size_t behind = at_;
    const std::size_t line = line_start_;
    const std::uint32_t mark = node(index).span.begin;
    if (!skip()) return false;
    if (at_ == mark && (line == line_start_ || in_flow() || column() > outer_column())) {
      for (const std::string_view word : {"null", "Null", "NULL", "~"}) {
        if (text_.substr(at_, word.size()) != word) continue;
        node(index).nullness = Nullness::WrittenNull;
        builder_.set_text(NodeId{index}, word);
        node(index).span = span(at_, at_ + word.size());
        at_ += word.size();
        last_end_ = at_;
        return true;
      }
    }
    if (at_ < text_.size() && (at('&') || at('!') || at('*')) && at_ == mark) return unexpected("a value");
    at_ = behind;
    line_start_ = line;
    node(index).nullness = Nullness::Empty;
    node(index).span = span(at_, at_);
    return true;
  }

  bool scalar(std::uint32_t index, bool key) {
    Node& here_node = node(index);
    if (at_ != here_node.span.begin) return unexpected("a value");
    const std::string_view delivered = builder_.so_far().text(NodeId{index});
    const std::size_t begin = at_;
    const char first = at_ < text_.size() ? text_[at_] : '\0';
    ScalarText own;
    if (first == '"' || first == '\'') {
      here_node.style = ScalarStyle::Quoted;
      own = first == '"' ? read_double_quoted(text_, begin) : read_single_quoted(text_, begin);
    } else if ((first == '|' || first == '>') && !in_flow()) {
      here_node.style = ScalarStyle::Block;
      own = read_block(text_, begin, outer_column());
    } else if (std::string_view("&*!?%@`{}[],#|>").find(first) != std::string_view::npos &&
               (first != '?' || is_gap(text_, at_ + 1))) {
      return unexpected("a value");
    } else {
      here_node.style = ScalarStyle::Plain;
      const auto end = match_plain(text_, begin, delivered);
      if (!end || *end == begin) return unclear(begin, begin + character_length(text_, begin));
      own.end = *end;
      own.text = delivered;
    }
    if (key && own.problem == ScalarProblem::None && own.hidden != 0) {
      own.problem = ScalarProblem::ForbiddenEscape;
      own.problem_begin = own.hidden_begin;
      own.problem_end = own.hidden_end;
      own.code_point = own.hidden;
    }
    if (own.problem != ScalarProblem::None) return problem(own, begin);
    if (own.text != delivered) return unclear(begin, own.end);
    here_node.span = span(begin, own.end);
    if (here_node.style == ScalarStyle::Block) {
      const std::size_t last = text_.substr(0, own.end).rfind('\n');
      line_start_ = last == std::string_view::npos || last < line_start_ ? line_start_ : last + 1;
    } else if (!continuation_lines(begin, own.end)) {
      return false;
    }
    at_ = own.end;
    last_end_ = at_;
    return true;
  }

  bool unclear(std::size_t begin, std::size_t end) {
    diagnose<Kind::UnclearText>(sink_, span(begin, end));
    return false;
  }

  bool problem(const ScalarText& own, std::size_t begin) {
    const Span escape = span(own.problem_begin, own.problem_end);
    const std::string written = shown(text_.substr(own.problem_begin, own.problem_end - own.problem_begin));
    switch (own.problem) {
      case ScalarProblem::None: return true;
      case ScalarProblem::Unclosed: diagnose<Kind::UnclosedQuote>(sink_, span(begin, begin + 1)); break;
      case ScalarProblem::UnknownEscape:
        diagnose<Kind::UnknownEscape>(sink_, escape, written, "a backslash is written `\\\\`");
        break;
      case ScalarProblem::LoneSurrogate: diagnose<Kind::LoneSurrogate>(sink_, escape, written); break;
      case ScalarProblem::ForbiddenEscape:
        diagnose<Kind::ForbiddenEscape>(sink_, escape, written, describe_code_point(own.code_point));
        break;
      case ScalarProblem::BadHeader:
        diagnose<Kind::UnexpectedText>(sink_, span(begin, own.end),
                                       "text on the line of `" + std::string(1, text_[begin]) + "`",
                                       "the end of the line");
        break;
      case ScalarProblem::OverIndented:
        diagnose<Kind::WrongIndentation>(sink_, escape,
                                         "an empty line above it has more blanks than this first line of the text");
        break;
    }
    return false;
  }

  bool trailing() {
    if (!skip()) return false;
    bool ended = false;
    while (document_mark("...")) {
      at_ += 3;
      ended = true;
      if (!skip()) return false;
    }
    if (at_ >= text_.size()) return true;
    if (!ended && node(0).nullness == Nullness::Empty) return unexpected("a value");
    if (ended || document_mark("---")) {
      diagnose<Kind::SecondDocument>(sink_, document_mark("---") ? span(at_, at_ + 3) : here());
    } else {
      diagnose<Kind::TextAfterEnd>(sink_, here(), seen(text_, at_));
    }
    return false;
  }

  DocumentBuilder& builder_;
  const std::vector<YamlForm>& forms_;
  std::string_view text_;
  FileId file_;
  Sink& sink_;
  std::size_t at_;
  std::size_t line_start_;
  std::size_t begin_;
  std::size_t last_end_ = 0;  // of the last token
  std::vector<Frame> stack_;
};

}  // namespace

void report_unexpected(std::string_view text, std::size_t at, FileId file, std::string_view needed, Sink& sink) {
  const Span here{file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + character_length(text, at))};
  const char c = at < text.size() ? text[at] : '\0';
  const bool line_begins = at == 0 || text[at - 1] == '\n';
  const std::string_view mark = text.substr(at, 3);
  if (c == '&' || c == '*') {
    diagnose<Kind::YamlFeature>(sink, here, "anchors and aliases (`&`, `*`) are",
                                "write the value out, or put the text in quotes");
  } else if (c == '!') {
    diagnose<Kind::YamlFeature>(sink, here, "tags (`!`) are", "leave it out, or put the text in quotes");
  } else if (c == '?' && is_gap(text, at + 1)) {
    diagnose<Kind::YamlFeature>(sink, here, "complex keys (`? `) are", "write `key: value`");
  } else if (c == '%' && line_begins) {
    diagnose<Kind::YamlFeature>(sink, here, "directives (`%`) are", "leave the line out");
  } else if (line_begins && (mark == "---" || mark == "...") && is_gap(text, at + 3)) {
    diagnose<Kind::SecondDocument>(sink, Span{file, here.begin, here.begin + 3});
  } else if (c == '%' || c == '@' || c == '`') {
    diagnose<Kind::UnexpectedText>(sink, here, seen(text, at), "a value; put a text that begins with it in quotes");
  } else {
    diagnose<Kind::UnexpectedText>(sink, here, seen(text, at), needed);
  }
}

bool check_layout(DocumentBuilder& builder, const std::vector<YamlForm>& forms, std::string_view text,
                  std::uint32_t begin, Sink& sink) {
  return Layout(builder, forms, text, begin, sink).check();
}

}  // namespace onus::data
