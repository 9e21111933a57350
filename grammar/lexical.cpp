#include "grammar/lexical.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/limits.hpp"
#include "base/number_text.hpp"
#include "base/text.hpp"
#include "syntax/words.hpp"

namespace onus::syntax {
namespace {

enum Class : std::uint8_t { Other, Blank, LineEnd, Letter, Digit };

constexpr std::array<Class, 256> classes = [] {
  std::array<Class, 256> table{};
  table[' '] = table['\t'] = table['\r'] = Blank;
  table['\n'] = LineEnd;
  for (unsigned c = 'a'; c <= 'z'; ++c) table[c] = Letter;
  for (unsigned c = 'A'; c <= 'Z'; ++c) table[c] = Letter;
  for (unsigned c = '0'; c <= '9'; ++c) table[c] = Digit;
  return table;
}();

Class class_at(std::string_view text, std::size_t at) {
  return at < text.size() ? classes[static_cast<unsigned char>(text[at])] : Other;
}
bool alnum_at(std::string_view text, std::size_t at) { return class_at(text, at) >= Letter; }
bool digit_at(std::string_view text, std::size_t at) { return class_at(text, at) == Digit; }
bool foreign_at(std::string_view text, std::size_t at) {
  return at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80U;
}

constexpr Limits limits;

// How much of an unreadable token a message shows.
std::string shown(std::string_view text) {
  constexpr std::size_t most = 40;
  if (text.size() <= most) return std::string(text);
  std::size_t cut = most;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
  return std::string(text.substr(0, cut)) + "…";
}

// "2025-8-2", "2.8.2025", "02/08/2025", "2025-08-02T12": three groups of digits that a drafter would call a date.
bool looks_like_date(std::string_view run) {
  std::array<std::size_t, 3> lengths{};
  std::size_t group = 0;
  char separator = 0;
  for (const char c : run) {
    if (c >= '0' && c <= '9') {
      ++lengths[group];
    } else if (c == '-' || c == '/' || c == '.') {
      if (separator != 0 && c != separator) return false;
      separator = c;
      if (++group == 3) return false;
    } else if (c == 'T' && group == 2) {
      break;
    } else {
      return false;
    }
  }
  const auto short_group = [](std::size_t length) { return length == 1 || length == 2; };
  if (group != 2 || !short_group(lengths[1])) return false;
  if (lengths[0] == 4) return separator != '.' && short_group(lengths[2]);
  return short_group(lengths[0]) && lengths[2] == 4;
}

// "2025-08-02" and "2025-08-02T12:30": digits where the pattern has 0, else the same character.
bool has_shape(std::string_view run, std::string_view pattern) {
  return run.size() == pattern.size() &&
         std::equal(run.begin(), run.end(), pattern.begin(),
                    [](char c, char p) { return p == '0' ? c >= '0' && c <= '9' : c == p; });
}

// The same date as it should be written, where the order of its groups is beyond doubt (the year comes first).
std::optional<std::string> repaired_date(std::string_view run) {
  std::array<std::string, 3> groups;
  std::size_t group = 0;
  for (const char c : run) {
    if (c == '-' || c == '/') {
      ++group;
    } else if (c < '0' || c > '9') {
      return std::nullopt;
    } else {
      groups[group] += c;
    }
  }
  if (groups[0].size() != 4) return std::nullopt;
  for (std::size_t at = 1; at < 3; ++at) groups[at].insert(0, 2 - std::min<std::size_t>(2, groups[at].size()), '0');
  return groups[0] + "-" + groups[1] + "-" + groups[2];
}

// A label that begins with a digit: `3.2.2`, `28a`, `52a-1`, `4-again`. Labels with brackets are told by the bracket.
bool is_plain_tag(std::string_view run) {
  std::size_t at = 0;
  std::size_t points = 0;
  while (digit_at(run, at) || (at < run.size() && run[at] == '.')) points += run[at++] == '.' ? 1 : 0;
  std::size_t letters = 0;
  while (class_at(run, at) == Letter) ++letters, ++at;
  if (at == run.size()) return letters == 0 ? points >= 2 : letters <= 2;
  if (run[at] != '-') return false;
  for (; at < run.size(); ++at) {
    if (run[at] != '-' && !alnum_at(run, at)) return false;
  }
  return true;
}

class Lexer {
 public:
  Lexer(std::string_view text, Mistakes& mistakes) : text_(text), mistakes_(mistakes) {
    tokens_.reserve(text.size() / 5 + 16);
  }

  std::vector<Token> run() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < text_.size()) step();
    push(NodeKind::EndOfFile, at_, at_);
    return std::move(tokens_);
  }

 private:
  void push(NodeKind kind, std::size_t begin, std::size_t end, unsigned flags = 0) {
    tokens_.push_back({kind, static_cast<std::uint8_t>(flags | line_flag_), static_cast<std::uint32_t>(begin),
                       static_cast<std::uint32_t>(end)});
    line_flag_ = 0;
    at_ = end;
  }
  // The index of the token that is about to be pushed.
  [[nodiscard]] std::uint32_t next() const { return static_cast<std::uint32_t>(tokens_.size()); }
  template <Kind K, class... Given>
  Reported wrong(std::size_t begin, std::size_t end, Given&&... arguments) {
    return mistakes_.add<K>(next(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
                            std::forward<Given>(arguments)...);
  }
  [[nodiscard]] std::string_view part(std::size_t begin, std::size_t end) const {
    return text_.substr(begin, end - begin);
  }

  void step() {
    switch (class_at(text_, at_)) {
      case LineEnd: line_flag_ = Token::LineStart; [[fallthrough]];
      case Blank: ++at_; return;
      case Letter: word(); return;
      case Digit: number(); return;
      case Other: mark(); return;
    }
  }

  void mark() {
    const char c = text_[at_];
    switch (c) {
      case '.':
        if (digit_at(text_, at_ + 1)) return number();
        return push(NodeKind::FullStop, at_, at_ + 1);
      case ',': return push(NodeKind::Comma, at_, at_ + 1);
      case ';': return push(NodeKind::Semicolon, at_, at_ + 1);
      case ':': return push(NodeKind::Colon, at_, at_ + 1);
      case '"': return quoted('"', NodeKind::String, limits.string_bytes);
      case '[': return quoted(']', NodeKind::Cite, limits.string_bytes);
      case '-': return dashes();
      case '(': return bracket();
      case '/':
        if (at_ + 1 < text_.size() && text_[at_ + 1] == '/') {
          const std::size_t end = text_.find('\n', at_);
          at_ = end == std::string_view::npos ? text_.size() : end;
          return;
        }
        return unknown();
      default: return unknown();
    }
  }

  void word() {
    const std::size_t begin = at_;
    std::size_t end = at_ + 1;
    bool plain = true;  // no point and no bracket: a word, not a label
    for (;;) {
      while (alnum_at(text_, end)) ++end;
      if (end >= text_.size()) break;
      const char c = text_[end];
      if (c == ' ' || c == '\n') break;
      if ((c == '-' || c == '/') && alnum_at(text_, end + 1)) {
        ++end;
      } else if (c == '.' && alnum_at(text_, end + 1)) {
        plain = false;
        ++end;
      } else if (c == '(' && bracket_end(end) != 0) {
        plain = false;
        end = bracket_end(end);
      } else if (c == '_' || foreign_at(text_, end)) {
        if (plain && text_.compare(end, 3, "\u2019") == 0 && contraction(begin, end)) return;
        return bad_word(begin, end);
      } else {
        break;
      }
    }
    const std::string_view word = part(begin, end);
    if (plain && end < text_.size() && text_[end] == '\'' && contraction(begin, end)) return;
    if (word.size() > limits.identifier_bytes) {
      wrong<Kind::RuleNameTooLong>(begin, end, static_cast<std::int64_t>(word.size()),
                               static_cast<std::int64_t>(limits.identifier_bytes));
      return push(NodeKind::Word, begin, end, Token::Malformed);
    }
    push(plain ? word_kind(word) : NodeKind::Tag, begin, end);
  }

  // `isn't` is read as `is not`. False where it is no such word.
  bool contraction(std::size_t begin, std::size_t end) {
    const std::size_t letter = end + (text_[end] == '\'' ? 1 : 3);
    if (letter >= text_.size() || text_[letter] != 't' || alnum_at(text_, letter + 1) || text_[end - 1] != 'n') return false;
    const std::string_view verb = part(begin, end - 1);
    const NodeKind kind = word_kind(verb);
    constexpr std::array verbs{NodeKind::KwIs, NodeKind::KwAre, NodeKind::KwDoes, NodeKind::KwMust};
    if (std::find(verbs.begin(), verbs.end(), kind) == verbs.end()) return false;
    const std::string accepted = std::string(verb) + " not";
    wrong<Kind::OtherWording>(begin, letter + 1, part(begin, letter + 1), accepted)
        .fix({mistakes_.file(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(letter + 1)}, accepted);
    push(kind, begin, end - 1);
    push(NodeKind::KwNot, end - 1, letter + 1);
    return true;
  }

  // A word with characters that no name has.
  void bad_word(std::size_t begin, std::size_t end) {
    while (alnum_at(text_, end) || foreign_at(text_, end) || (end < text_.size() && text_[end] == '_')) ++end;
    const std::string_view word = part(begin, end);
    const Span span{mistakes_.file(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    constexpr std::string_view no_break = "\u00A0";
    if (word.find('_') != std::string_view::npos) {
      std::string joined(word);
      std::replace(joined.begin(), joined.end(), '_', '-');
      wrong<Kind::MalformedWord>(begin, end, shown(word), "words are joined by `-`").fix(span, joined);
    } else if (word.find(no_break) != std::string_view::npos) {
      std::string apart(word);
      for (std::size_t at = apart.find(no_break); at != std::string::npos; at = apart.find(no_break)) apart.replace(at, no_break.size(), " ");
      wrong<Kind::MalformedWord>(begin, end, shown(word), "it has a no-break space (U+00A0); write a plain one").fix(span, apart);
    } else {
      wrong<Kind::MalformedWord>(begin, end, shown(word), "names have the letters a to z only; other text stands in quotes");
    }
    push(NodeKind::Word, begin, end, Token::Malformed);
  }

  // The end of `(abc)` at `at`, or 0 when there is none.
  [[nodiscard]] std::size_t bracket_end(std::size_t at) const {
    std::size_t end = at + 1;
    while (end < at + 16 && (alnum_at(text_, end) || (end < text_.size() && text_[end] == '-'))) ++end;
    return end > at + 1 && end < text_.size() && text_[end] == ')' ? end + 1 : 0;
  }

  // Everything that begins with a digit: number, date, moment or label.
  void number() {
    const std::size_t begin = at_;
    std::size_t end = at_;
    while (digit_at(text_, end)) ++end;
    const char stop = end < text_.size() ? text_[end] : ' ';
    const bool short_enough = end - begin <= 18;
    if (short_enough && (stop == ' ' || stop == '\n' || stop == ';') && (text_[begin] != '0' || end == begin + 1) && end > begin) {
      return push(NodeKind::Number, begin, end);
    }
    bool brackets = false;
    for (;;) {
      while (alnum_at(text_, end) || foreign_at(text_, end)) ++end;
      if (end >= text_.size()) break;
      const char c = text_[end];
      if ((c == '.' || c == ',' || c == '-' || c == '/' || c == '^' || c == ':') && alnum_at(text_, end + 1)) {
        if (c == ':' && !has_shape(part(begin, end), "0000-00-00T00")) break;
        ++end;
      } else if (c == '_') {
        ++end;
      } else if (c == '+' && digit_at(text_, end + 1) && (text_[end - 1] == 'e' || text_[end - 1] == 'E')) {
        ++end;
      } else if (c == '(' && bracket_end(end) != 0) {
        brackets = true;
        end = bracket_end(end);
      } else {
        break;
      }
    }
    classify(begin, end, brackets);
  }

  void classify(std::size_t begin, std::size_t end, bool brackets) {
    const std::string_view run = part(begin, end);
    if (has_shape(run, "0000-00-00")) return push(NodeKind::Date, begin, end);
    if (has_shape(run, "0000-00-00T00:00")) return push(NodeKind::Moment, begin, end);
    if (run.size() > limits.number_digits) {
      wrong<Kind::RuleNumberTooLong>(begin, end, static_cast<std::int64_t>(run.size()),
                                 static_cast<std::int64_t>(limits.number_digits));
      return push(NodeKind::Number, begin, end, Token::Malformed);
    }
    if (run.size() <= 24 && looks_like_date(run)) {
      auto reported = wrong<Kind::MalformedDate>(begin, end, shown(run));
      if (const auto date = repaired_date(run)) {
        reported.fix({mistakes_.file(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, *date);
      }
      return push(NodeKind::Date, begin, end, Token::Malformed);
    }
    if (brackets) return label(begin, end);
    const auto value = parse_number(run, NumberSyntax::Unsigned);
    if (value) return push(NodeKind::Number, begin, end);
    if (is_plain_tag(run)) return label(begin, end);
    wrong<Kind::MalformedNumber>(begin, end, shown(run), explain(value.error().kind));
    push(NodeKind::Number, begin, end, Token::Malformed);
  }

  void label(std::size_t begin, std::size_t end) {
    const bool good = end - begin <= limits.identifier_bytes &&
                      std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(begin),
                                  text_.begin() + static_cast<std::ptrdiff_t>(end), [](char c) {
                                    return classes[static_cast<unsigned char>(c)] >= Letter || c == '.' || c == '-' ||
                                           c == '(' || c == ')';
                                  });
    if (!good) {
      wrong<Kind::MalformedWord>(begin, end, shown(part(begin, end)),
                                 "a label has letters, digits, points, hyphens and brackets");
    }
    push(NodeKind::Tag, begin, end, good ? 0U : static_cast<unsigned>(Token::Malformed));
  }

  // A text or a citation. Without its end it stops before the marks that close the line, so that the sentence goes on.
  void quoted(char close, NodeKind kind, std::uint64_t limit) {
    const std::size_t begin = at_;
    const std::size_t line_end = end_of_line();
    const std::size_t end = part(begin + 1, line_end).find(close);
    if (end != std::string_view::npos) {
      const std::size_t after = begin + 1 + end + 1;
      if (after - begin > limit + 2) {
        wrong<Kind::RuleTextTooLong>(begin, after, static_cast<std::int64_t>(after - begin - 2), static_cast<std::int64_t>(limit));
        return push(kind, begin, after, Token::Malformed);
      }
      return push(kind, begin, after);
    }
    std::size_t stop = line_end;
    while (stop > begin + 1 && class_at(text_, stop - 1) == Blank) --stop;
    std::size_t content = stop;
    while (content > begin + 1 && is_closing_mark(text_[content - 1])) --content;
    if (content > begin + 1) stop = content;
    // A citation stands before a colon; with it the heading ends.
    const std::size_t colon = part(begin, stop).find(": ");
    if (kind == NodeKind::Cite && colon != std::string_view::npos && colon > 1) stop = begin + colon;
    if (kind == NodeKind::String) {
      wrong<Kind::UnclosedText>(begin, begin + 1);
    } else {
      wrong<Kind::UnclosedCitation>(begin, begin + 1).fix(place(stop), "]");
    }
    push(kind, begin, stop, Token::Malformed | Token::Unclosed);
  }

  // Looked for once a line: a long line may hold many texts.
  std::size_t end_of_line() {
    if (line_end_ <= at_) line_end_ = std::min(text_.find('\n', at_), text_.size());
    return line_end_;
  }
  static bool is_closing_mark(char c) { return c == '.' || c == ':' || c == ';' || c == ','; }
  [[nodiscard]] Span place(std::size_t at) const {
    return {mistakes_.file(), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at)};
  }

  void dashes() {
    std::size_t end = at_;
    while (end < text_.size() && text_[end] == '-') ++end;
    if (line_flag_ != 0 || tokens_.empty()) {
      const bool good = class_at(text_, end) == Blank || class_at(text_, end) == LineEnd;
      if (!good) wrong<Kind::UnknownCharacter>(at_, end, "-", "a bullet is followed by a blank");
      return push(NodeKind::Bullet, at_, end, good ? 0U : static_cast<unsigned>(Token::Malformed));
    }
    wrong<Kind::BulletInLine>(at_, end);
    pass_over(end);
  }

  void bracket() {
    const std::size_t end = bracket_end(at_);
    if (end != 0 && end - at_ <= 6 && part(at_, end).find('-') == std::string_view::npos) {
      return push(NodeKind::ItemLabel, at_, end);
    }
    unknown();
  }

  // A token that the grammar does not see; the next one still begins the line if this one did.
  void pass_over(std::size_t end) {
    const std::uint8_t line = line_flag_;
    push(NodeKind::Unknown, at_, end, Token::Deleted | Token::Malformed);
    line_flag_ = line;
  }

  void unknown() {
    std::size_t end = at_ + 1;
    if (foreign_at(text_, at_)) {
      return foreign();
    }
    while (end < text_.size() && text_[end] == text_[at_]) ++end;
    if (end == at_ + 1 && end < text_.size() && text_[end] == '=') ++end;
    const std::string_view seen = part(at_, end);
    NodeKind meant = NodeKind::Unknown;
    std::string_view advice = "text other than rules stands in quotes or behind `//`";
    if (seen == ">") meant = NodeKind::KwExceeds, advice = "write `exceeds`";
    else if (seen == "+") meant = NodeKind::KwPlus, advice = "write `plus`";
    else if (seen == "*" && line_flag_ != 0) meant = NodeKind::Bullet, advice = "a bullet is `-`";
    else if (seen == "*") meant = NodeKind::KwTimes, advice = "write `times`";
    else if (seen == "%") meant = NodeKind::Word, advice = "write `percent`";
    else if (seen == ">=") advice = "write `is at least`";
    else if (seen == "<=") advice = "write `is at most`";
    else if (seen == "<") advice = "write `is below`";
    else if (seen[0] == '=') advice = "write `is`";
    else if (seen[0] == '&') advice = "write `and`";
    else if (seen[0] == '|') advice = "write `or`";
    else if (seen[0] == '\'') advice = "there is no possessive: write `the compute of the model`; texts stand in `\"`";
    else if (seen[0] == '(' || seen[0] == ')') advice = "conditions are grouped by bullets, amounts by parameters and values";
    else if (seen[0] == '#' || seen[0] == '/') advice = "a comment begins with `//`";
    else if (seen[0] == ']') advice = "a citation begins with `[`";
    const char first = seen[0];
    const std::string visible = first >= ' ' && first != 0x7F ? shown(seen) : escape_for_terminal(shown(seen));
    wrong<Kind::UnknownCharacter>(at_, end, visible, advice);
    if (meant == NodeKind::Unknown) return pass_over(end);
    push(meant, at_, end, Token::Malformed);
  }

  // Letters outside ASCII: a word, typographic quotes, or neither.
  void foreign() {
    std::size_t end = at_;
    constexpr std::string_view open_quote = "\xE2\x80\x9C";
    constexpr std::string_view close_quote = "\xE2\x80\x9D";
    if (text_.substr(at_).starts_with(open_quote)) {
      const std::size_t close = part(at_, end_of_line()).find(close_quote);
      if (close != std::string_view::npos) {
        end = at_ + close + close_quote.size();
        wrong<Kind::UnknownCharacter>(at_, at_ + 3, "“", "a text stands in straight quotes, `\"`")
            .fix({mistakes_.file(), static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)},
                 "\"" + std::string(part(at_ + 3, end - 3)) + "\"", true);
        return push(NodeKind::String, at_, end, Token::Malformed);
      }
    }
    while (foreign_at(text_, end)) ++end;
    if (alnum_at(text_, end)) return bad_word(at_, end);
    wrong<Kind::UnknownCharacter>(at_, end, shown(part(at_, end)), "text other than rules stands in quotes or behind `//`");
    pass_over(end);
  }

  std::string_view text_;
  Mistakes& mistakes_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t line_end_ = 0;
  std::uint8_t line_flag_ = Token::LineStart;
};

}  // namespace

std::vector<Token> tokenise(std::string_view text, Mistakes& mistakes) { return Lexer(text, mistakes).run(); }

}  // namespace onus::syntax
