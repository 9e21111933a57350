#include "data/yaml_scalars.hpp"

#include <algorithm>
#include <cstdint>

#include "source/utf8.hpp"

namespace onus::data {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// A carriage return is always followed by a line feed here: other files were refused before.
std::size_t line_end_length(std::string_view source, std::size_t at) {
  if (at >= source.size()) return 0;
  if (source[at] == '\n') return 1;
  return source.substr(at, 2) == "\r\n" ? 2 : 0;
}

// White space with at least one line end at `at`: how many line ends, and where the next text begins. None when other
// text comes before the line end.
struct Fold {
  std::size_t lines = 0;
  std::size_t end = 0;
};
Fold fold_at(std::string_view source, std::size_t at) {
  Fold fold;
  while (true) {
    while (at < source.size() && is_blank(source[at])) ++at;
    const std::size_t length = line_end_length(source, at);
    if (length == 0) {
      fold.end = at;
      return fold;
    }
    ++fold.lines;
    at += length;
  }
}

// One line end folds to a blank, more of them to one line end less.
void append_fold(std::string& out, std::size_t lines) {
  if (lines == 1) {
    out += ' ';
  } else {
    out.append(lines - 1, '\n');
  }
}

class DoubleQuoted {
 public:
  DoubleQuoted(std::string_view source, std::size_t begin) : source_(source), at_(begin + 1) {}

  ScalarText read() {
    while (result_.problem == ScalarProblem::None) {
      if (at_ >= source_.size()) {
        result_.problem = ScalarProblem::Unclosed;
      } else if (source_[at_] == '"') {
        result_.end = at_ + 1;
        break;
      } else if (source_[at_] == '\\') {
        escape();
      } else if (is_blank(source_[at_]) || line_end_length(source_, at_) != 0) {
        const Fold fold = fold_at(source_, at_);
        if (fold.lines == 0) {
          result_.text.append(source_, at_, fold.end - at_);
        } else {
          append_fold(result_.text, fold.lines);
        }
        at_ = fold.end;
      } else {
        result_.text += source_[at_++];
      }
    }
    return std::move(result_);
  }

 private:
  void fail(ScalarProblem problem, std::size_t begin, std::size_t end) {
    result_.problem = problem;
    result_.problem_begin = begin;
    result_.problem_end = std::min(end, source_.size());
  }

  void put(std::size_t begin, char32_t code_point) {
    if (code_point >= 0xD800 && code_point <= 0xDFFF) return fail(ScalarProblem::LoneSurrogate, begin, at_);
    if (code_point > 0x10FFFF) return fail(ScalarProblem::UnknownEscape, begin, at_);
    if (is_hidden(code_point)) {
      if (result_.hidden == 0) {
        result_.hidden = code_point;
        result_.hidden_begin = begin;
        result_.hidden_end = at_;
      }
    } else if (!judge_code_point(code_point).allowed) {
      result_.code_point = code_point;
      return fail(ScalarProblem::ForbiddenEscape, begin, at_);
    }
    append_utf8(result_.text, code_point);
  }

  void escape() {
    const std::size_t begin = at_++;
    if (at_ >= source_.size()) return;
    if (const std::size_t length = line_end_length(source_, at_); length != 0) {
      // A line end behind a backslash joins the lines; empty lines that follow still count.
      const Fold fold = fold_at(source_, at_ + length);
      result_.text.append(fold.lines, '\n');
      at_ = fold.end;
      return;
    }
    constexpr std::string_view letters = "0abt\tnvfre \"/\\N_LP";
    constexpr char32_t values[] = {0, 7, 8, 9, 9, 10, 11, 12, 13, 27, ' ', '"', '/', '\\', 0x85, 0xA0, 0x2028, 0x2029};
    const char c = source_[at_];
    if (const std::size_t index = letters.find(c); index != std::string_view::npos) {
      ++at_;
      return put(begin, values[index]);
    }
    const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits == 0) return fail(ScalarProblem::UnknownEscape, begin, at_ + decode_utf8(source_, at_).length);
    std::uint32_t value = 0;
    ++at_;
    for (std::size_t i = 0; i < digits; ++i, ++at_) {
      const std::size_t digit =
          at_ < source_.size() ? std::string_view("0123456789abcdefABCDEF").find(source_[at_]) : std::string_view::npos;
      if (digit == std::string_view::npos) return fail(ScalarProblem::UnknownEscape, begin, at_);
      value = (value << 4U) | static_cast<std::uint32_t>(digit < 16 ? digit : digit - 6);
    }
    put(begin, value);
  }

  std::string_view source_;
  std::size_t at_;
  ScalarText result_;
};

struct BlockHeader {
  bool literal = true;
  char chomp = ' ';            // '-', '+', ' '
  int indent = 0;              // 0: from the first line
  std::size_t stop = 0;        // end of the header's line
  std::size_t first_line = 0;  // begin of the next
  bool good = false;
};

BlockHeader read_header(std::string_view source, std::size_t at) {
  BlockHeader header;
  header.literal = source[at++] == '|';
  for (int i = 0; i < 2 && at < source.size(); ++i) {
    if ((source[at] == '-' || source[at] == '+') && header.chomp == ' ') {
      header.chomp = source[at++];
    } else if (source[at] >= '1' && source[at] <= '9' && header.indent == 0) {
      header.indent = source[at++] - '0';
    }
  }
  const std::size_t behind = at;
  while (at < source.size() && is_blank(source[at])) ++at;
  if (at < source.size() && source[at] == '#' && at > behind) {
    while (at < source.size() && line_end_length(source, at) == 0) ++at;
  }
  header.good = at >= source.size() || line_end_length(source, at) != 0;
  header.stop = at;
  header.first_line = at + line_end_length(source, at);
  return header;
}

}  // namespace

ScalarText read_double_quoted(std::string_view source, std::size_t begin) { return DoubleQuoted(source, begin).read(); }

ScalarText read_single_quoted(std::string_view source, std::size_t begin) {
  ScalarText result;
  std::size_t at = begin + 1;
  while (at < source.size()) {
    if (source[at] == '\'') {
      if (source.substr(at, 2) != "''") {
        result.end = at + 1;
        return result;
      }
      result.text += '\'';
      at += 2;
    } else if (is_blank(source[at]) || line_end_length(source, at) != 0) {
      const Fold fold = fold_at(source, at);
      if (fold.lines == 0) {
        result.text.append(source, at, fold.end - at);
      } else {
        append_fold(result.text, fold.lines);
      }
      at = fold.end;
    } else {
      result.text += source[at++];
    }
  }
  result.problem = ScalarProblem::Unclosed;
  return result;
}

ScalarText read_block(std::string_view source, std::size_t begin, int parent) {
  ScalarText result;
  const BlockHeader header = read_header(source, begin);
  result.end = header.stop;
  if (!header.good) {
    result.problem = ScalarProblem::BadHeader;
    return result;
  }
  const auto spaces_at = [&](std::size_t at) {
    const std::size_t stop = std::min(source.find_first_not_of(' ', at), source.size());
    return static_cast<int>(stop - at);
  };
  const auto is_document_mark = [&](std::size_t at) {
    const std::string_view mark = source.substr(at, 3);
    return (mark == "---" || mark == "...") &&
           (at + 3 >= source.size() || is_blank(source[at + 3]) || line_end_length(source, at + 3) != 0);
  };
  int indent = header.indent == 0 ? 0 : std::max(parent, 0) + header.indent;
  int widest_empty = 0;  // of the empty lines before the first text
  bool found = header.indent != 0;
  std::string pending;     // line ends that may yet become a blank or be cut
  bool last_blank = true;  // the line before began with white space, or there is none
  bool any = false;
  std::size_t at = header.first_line;
  std::size_t last_text = header.stop;
  while (at < source.size()) {
    const int spaces = spaces_at(at);
    std::size_t text = at + static_cast<std::size_t>(spaces);
    if (line_end_length(source, text) != 0 && (!found || spaces <= indent)) {
      if (!found) widest_empty = std::max(widest_empty, spaces);
      pending += '\n';
      at = text + line_end_length(source, text);
      continue;
    }
    if (text >= source.size() && (!found || spaces <= indent)) {
      if (!found) widest_empty = std::max(widest_empty, spaces);
      pending += '\n';
      at = text;
      break;
    }
    if (!found) {
      if (spaces <= parent) break;
      indent = spaces;
      found = true;
      if (widest_empty > indent) {
        result.problem = ScalarProblem::OverIndented;
        result.problem_begin = at;
        result.problem_end = text;
        return result;
      }
    }
    if (spaces < indent || (indent == 0 && is_document_mark(at))) break;
    text = at + static_cast<std::size_t>(indent);
    std::size_t stop = text;
    while (stop < source.size() && line_end_length(source, stop) == 0) ++stop;
    const bool starts_blank = text < source.size() && is_blank(source[text]);
    if (any && !header.literal && !last_blank && !starts_blank) {
      append_fold(result.text, pending.size());
    } else {
      result.text += pending;
    }
    pending.clear();
    result.text.append(source, text, stop - text);
    any = true;
    last_blank = starts_blank;
    last_text = stop;
    at = stop + line_end_length(source, stop);
    pending.assign(1, '\n');
  }
  result.end = header.chomp == '+' ? at : last_text;
  if (header.chomp == '+') {
    result.text += pending;
  } else if (header.chomp == ' ' && any && !pending.empty()) {
    result.text += '\n';
  }
  return result;
}

std::optional<std::size_t> match_plain(std::string_view source, std::size_t begin, std::string_view value) {
  std::size_t at = begin;
  for (std::size_t i = 0; i < value.size();) {
    if (at >= source.size()) return std::nullopt;
    const Fold fold = is_blank(source[at]) || line_end_length(source, at) != 0 ? fold_at(source, at) : Fold{};
    if (fold.lines != 0) {
      std::string folded;
      append_fold(folded, fold.lines);
      if (value.substr(i, folded.size()) != folded) return std::nullopt;
      i += folded.size();
      at = fold.end;
    } else if (source[at] == value[i]) {
      ++at;
      ++i;
    } else {
      return std::nullopt;
    }
  }
  return at;
}

}  // namespace onus::data
