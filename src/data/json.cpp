#include "data/json.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "data/keys.hpp"
#include "data/words.hpp"
#include "diagnostics/text.hpp"
#include "source/utf8.hpp"

namespace onus::data {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// What a reader would take for part of one word or number.
bool in_word(char c) { return is_digit(c) || is_letter(c) || c == '_' || c == '.' || c == '+' || c == '-' || c == '$'; }

class JsonReader {
 public:
  JsonReader(std::string_view text, FileId file, const Limits& limits, Sink& sink, JsonRules rules)
      : text_(text), file_(file), limits_(limits), sink_(sink), rules_(rules), builder_(file) {}

  std::optional<Document> read(std::uint32_t begin) {
    at_ = begin;
    skip_blank();
    if (at_ == text_.size()) {
      diagnose<Kind::EmptyFile>(sink_, here());
      return std::nullopt;
    }
    if (!value()) return std::nullopt;
    while (!open_.empty()) {
      if (!next_part()) return std::nullopt;
    }
    skip_blank();
    if (at_ != text_.size()) {
      if (comment()) return std::nullopt;
      diagnose<Kind::TextAfterEnd>(sink_, here(), seen(text_, at_));
      return std::nullopt;
    }
    return builder_.finish();
  }

 private:
  struct Open {
    char close;  // the bracket that ends it
    std::uint32_t offset;
    bool fresh = true;  // nothing read inside yet
  };

  [[nodiscard]] std::uint32_t place() const { return static_cast<std::uint32_t>(at_); }
  [[nodiscard]] Span span_from(std::size_t begin) const { return {file_, static_cast<std::uint32_t>(begin), place()}; }
  [[nodiscard]] Span here() const {
    return {file_, place(), static_cast<std::uint32_t>(at_ + character_length(text_, at_))};
  }
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  [[nodiscard]] bool at(char c) const { return at_ < text_.size() && text_[at_] == c; }

  void skip_blank() {
    while (!at_end() && (at(' ') || at('\n') || at('\r') || at('\t'))) ++at_;
  }

  bool comment() {
    const std::string_view next = text_.substr(at_, 2);
    if (next != "//" && next != "/*" && next.substr(0, 1) != "#") return false;
    diagnose<Kind::JsonComment>(sink_, Span{file_, place(), place() + (next[0] == '#' ? 1U : 2U)});
    return true;
  }

  // The file ends inside a bracket: the bracket is what needs a look. Otherwise what was seen in place of what is
  // needed.
  bool unexpected(std::string_view needed) {
    if (comment()) return false;
    if (at_end() && !open_.empty()) {
      const Open& last = open_.back();
      diagnose<Kind::UnclosedBracket>(sink_, Span{file_, last.offset, last.offset + 1}, text_.substr(last.offset, 1))
          .note(here(), "the file ends here");
    } else {
      diagnose<Kind::JsonExpected>(sink_, here(), seen(text_, at_), needed);
    }
    return false;
  }

  bool room() {
    if (builder_.size() < limits_.data_nodes) return true;
    diagnose<Kind::DataTooMany>(sink_, here(), static_cast<std::int64_t>(limits_.data_nodes));
    return false;
  }

  // One part of the innermost open list or object, or its end.
  bool next_part() {
    Open& inside = open_.back();
    skip_blank();
    if (at(inside.close) && inside.fresh) return close();
    if (!inside.fresh) {
      if (at(inside.close)) return close();
      if (at(']') || at('}')) return wrong_bracket();
      if (!at(',')) return unexpected(inside.close == ']' ? "a comma or `]`" : "a comma or `}`");
      const std::size_t comma = at_++;
      skip_blank();
      if (at(inside.close)) {
        const auto offset = static_cast<std::uint32_t>(comma);
        diagnose<Kind::TrailingComma>(sink_, Span{file_, offset, offset + 1}, std::string_view(&inside.close, 1))
            .fix(Span{file_, offset, offset + 1}, "", true);
        return false;
      }
    }
    inside.fresh = false;
    if (inside.close == ']') return value();
    if (!at('"')) {
      if (at(']')) return wrong_bracket();
      if (at('\'') || is_letter(peek())) return word();
      return unexpected("a key in double quotes");
    }
    if (!string()) return false;
    skip_blank();
    if (!at(':')) return unexpected("the colon behind a key");
    ++at_;
    skip_blank();
    return value();
  }

  bool close() {
    ++at_;
    builder_.end(place());
    open_.pop_back();
    return true;
  }

  bool wrong_bracket() {
    const Open& inside = open_.back();
    diagnose<Kind::WrongBracket>(sink_, here(), text_.substr(at_, 1), std::string_view(&inside.close, 1))
        .note(Span{file_, inside.offset, inside.offset + 1}, "opened here");
    return false;
  }

  bool value() {
    if (at_end()) return unexpected("a value");
    const char c = peek();
    switch (c) {
      case '{':
      case '[': return open(c);
      case '"': return string();
      case '-':
      case '+':
      case '.': return number();
      case '}':
      case ']':
        if (!open_.empty() && open_.back().close != c) return wrong_bracket();
        return unexpected("a value");
      default:
        if (is_digit(c)) return number();
        if (is_letter(c) || c == '\'') return word();
        return unexpected("a value");
    }
  }

  bool open(char bracket) {
    if (!room()) return false;
    if (open_.size() >= limits_.data_depth) {
      diagnose<Kind::DataTooDeep>(sink_, here(), static_cast<std::int64_t>(limits_.data_depth));
      return false;
    }
    const Span span = here();
    open_.push_back({bracket == '{' ? '}' : ']', span.begin});
    bracket == '{' ? builder_.begin_mapping(span) : builder_.begin_sequence(span);
    ++at_;
    return true;
  }

  bool word() {
    const std::size_t begin = at_;
    if (at('\'')) {
      ++at_;
      diagnose<Kind::JsonQuote>(sink_, span_from(begin));
      return false;
    }
    while (!at_end() && in_word(peek())) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    const bool as_key = !open_.empty() && builder_.at_key();
    if (!as_key) {
      if (!room()) return false;
      if (word == "true") return literal(begin, ScalarStyle::JsonTrue, Nullness::Given);
      if (word == "false") return literal(begin, ScalarStyle::JsonFalse, Nullness::Given);
      if (word == "null") return literal(begin, ScalarStyle::JsonNull, Nullness::WrittenNull);
    }
    if (as_key) {
      diagnose<Kind::JsonQuote>(sink_, span_from(begin)).fix(span_from(begin), "\"" + std::string(word) + "\"");
      return false;
    }
    std::string lower(word);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const bool spelt = lower == "true" || lower == "false" || lower == "null";
    const bool number = lower == "nan" || lower == "infinity" || lower == "inf";
    diagnose<Kind::JsonWord>(sink_, span_from(begin), shown(word),
                             spelt    ? "`true`, `false` and `null` are written in lower case"
                             : number ? "a number has digits"
                                      : "a text stands in double quotes");
    return false;
  }

  bool literal(std::size_t begin, ScalarStyle style, Nullness nullness) {
    builder_.scalar(span_from(begin), style, nullness, text_.substr(begin, at_ - begin));
    return true;
  }

  std::size_t digits() {
    const std::size_t begin = at_;
    while (!at_end() && is_digit(peek())) ++at_;
    return at_ - begin;
  }

  bool not_a_number(std::size_t begin, std::string_view reason) {
    while (!at_end() && in_word(peek())) ++at_;
    diagnose<Kind::JsonNumberForm>(sink_, span_from(begin), shown(text_.substr(begin, at_ - begin)), reason);
    return false;
  }

  // int [frac] [exp] of RFC 8259, section 6; the text is kept.
  bool number() {
    if (!room()) return false;
    const std::size_t begin = at_;
    if (at('+')) return not_a_number(begin, "no plus sign is written before a number");
    if (at('-')) ++at_;
    if (at('.')) return not_a_number(begin, "a digit is needed before the point");
    if (!is_digit(peek())) return not_a_number(begin, "a digit is needed behind the sign");
    const bool zero = at('0');
    std::size_t count = digits();
    if (zero && count > 1) return not_a_number(begin, "a leading zero");
    if (at('.')) {
      ++at_;
      const std::size_t behind = digits();
      if (behind == 0) return not_a_number(begin, "a digit is needed behind the point");
      count += behind;
    }
    std::string_view exponent;
    if (at('e') || at('E')) {
      ++at_;
      if (at('+') || at('-')) ++at_;
      const std::size_t first = at_;
      if (digits() == 0) return not_a_number(begin, "a digit is needed in the exponent");
      exponent = text_.substr(first, at_ - first);
    }
    if (!at_end() && in_word(peek())) {
      return not_a_number(begin,
                          at('_') ? "digits are not grouped" : "a number ends before another sign, letter or point");
    }
    if (count > limits_.number_digits) {
      diagnose<Kind::NumberTooLong>(sink_, span_from(begin), static_cast<std::int64_t>(count),
                                    static_cast<std::int64_t>(limits_.number_digits));
      return false;
    }
    while (exponent.substr(0, 1) == "0") exponent.remove_prefix(1);
    std::uint64_t size = 0;
    for (const char digit : exponent) {
      size = size * 10 + static_cast<std::uint64_t>(digit - '0');
      if (size > limits_.number_exponent) {
        diagnose<Kind::ExponentTooLarge>(sink_, span_from(begin), static_cast<std::int64_t>(limits_.number_exponent));
        return false;
      }
    }
    return literal(begin, ScalarStyle::JsonNumber, Nullness::Given);
  }

  bool string() {
    if (!room()) return false;
    in_key_ = builder_.at_key();
    const std::size_t begin = at_++;
    decoded_.clear();
    std::size_t copied = at_;  // where the text that is not yet in `decoded_` begins
    while (true) {
      while (!at_end() && peek() != '"' && peek() != '\\' && static_cast<unsigned char>(peek()) >= 0x20U) ++at_;
      if (at_end()) {
        diagnose<Kind::UnclosedQuote>(
            sink_, Span{file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin) + 1});
        return false;
      }
      if (at('"')) break;
      decoded_.append(text_, copied, at_ - copied);
      if (!at('\\')) return raw_control(begin);
      if (!escape()) return false;
      copied = at_;
    }
    std::string_view value = text_.substr(copied, at_ - copied);
    if (copied != begin + 1) {
      decoded_.append(value);
      value = decoded_;
    }
    ++at_;
    if (value.size() > limits_.string_bytes) {
      diagnose<Kind::TextTooLong>(sink_, span_from(begin), static_cast<std::int64_t>(value.size()),
                                  static_cast<std::int64_t>(limits_.string_bytes));
      return false;
    }
    builder_.scalar(span_from(begin), ScalarStyle::Quoted, Nullness::Given, value);
    return true;
  }

  bool raw_control(std::size_t opened) {
    const char c = peek();
    const Span opening{file_, static_cast<std::uint32_t>(opened), static_cast<std::uint32_t>(opened) + 1};
    if (c == '\n' || c == '\r') {
      diagnose<Kind::LineEndInText>(sink_, here(), "a line end", "\\n").note(opening, "the text begins here");
    } else if (c == '\t') {
      diagnose<Kind::LineEndInText>(sink_, here(), "a tab", "\\t").note(opening, "the text begins here");
    } else {
      diagnose<Kind::ForbiddenCharacter>(sink_, here(), describe_code_point(static_cast<unsigned char>(c)));
    }
    return false;
  }

  // Four hexadecimal digits; a negative value when they are not there.
  [[nodiscard]] std::int32_t hex_at(std::size_t offset) const {
    if (offset + 4 > text_.size()) return -1;
    std::int32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const char c = text_[offset + i];
      const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
      if (is_digit(lower)) {
        value = value * 16 + (lower - '0');
      } else if (lower >= 'a' && lower <= 'f') {
        value = value * 16 + (lower - 'a' + 10);
      } else {
        return -1;
      }
    }
    return value;
  }

  bool escape() {
    const std::size_t begin = at_++;
    if (at_end()) return true;  // the unclosed quote is reported by the caller
    const char c = peek();
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view values = "\"\\/\b\f\n\r\t";
    if (const std::size_t index = letters.find(c); index != std::string_view::npos) {
      ++at_;
      return put(begin, static_cast<unsigned char>(values[index]));
    }
    if (c != 'u') {
      at_ += character_length(text_, at_);
      diagnose<Kind::UnknownEscape>(sink_, span_from(begin), shown(text_.substr(begin, at_ - begin)),
                                    "a backslash is written `\\\\`");
      return false;
    }
    const std::int32_t first = hex_at(at_ + 1);
    if (first < 0) {
      at_ = std::min(text_.size(), at_ + 1);
      diagnose<Kind::UnknownEscape>(sink_, span_from(begin), "\\u", "four hexadecimal digits are needed behind `\\u`");
      return false;
    }
    at_ += 5;
    if (first < 0xD800 || first > 0xDFFF) return put(begin, static_cast<char32_t>(first));
    if (first < 0xDC00 && text_.substr(at_, 2) == "\\u") {
      const std::int32_t second = hex_at(at_ + 2);
      if (second >= 0xDC00 && second <= 0xDFFF) {
        at_ += 6;
        return put(begin, static_cast<char32_t>(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)));
      }
    }
    diagnose<Kind::LoneSurrogate>(sink_, span_from(begin), text_.substr(begin, at_ - begin));
    return false;
  }

  bool put(std::size_t begin, char32_t code_point) {
    if (rules_.visible_text && !judge_code_point(code_point).allowed && (in_key_ || !is_hidden(code_point))) {
      diagnose<Kind::ForbiddenEscape>(sink_, span_from(begin), text_.substr(begin, at_ - begin),
                                      describe_code_point(code_point));
      return false;
    }
    append_utf8(decoded_, code_point);
    return true;
  }

  std::string_view text_;
  FileId file_;
  const Limits& limits_;
  Sink& sink_;
  JsonRules rules_;
  DocumentBuilder builder_;
  std::vector<Open> open_;
  std::string decoded_;
  std::size_t at_ = 0;
  bool in_key_ = false;
};

}  // namespace

std::optional<Document> read_json(const SourceStore& store, FileId file, const Limits& limits, Sink& sink,
                                  JsonRules rules) {
  const SourceFile& source = store.file(file);
  const std::string_view text = source.text();
  if (text.size() > limits.json_file_bytes) {
    diagnose<Kind::FileTooLarge>(sink, Span{file, 0, 0}, static_cast<std::int64_t>(text.size()),
                                 static_cast<std::int64_t>(limits.json_file_bytes));
    return std::nullopt;
  }
  const TextScan scan = scan_text(text, 0);
  const bool broken = rules.visible_text ? scan.problem_count != 0 : !scan.well_formed;
  if (broken) {
    check_text(source, file, sink, limits.diagnostics_per_file);
    return std::nullopt;
  }
  auto document = JsonReader(text, file, limits, sink, rules).read(scan.begin);
  if (document && rules.distinct_keys && !check_keys(*document, limits, sink)) return std::nullopt;
  return document;
}

}  // namespace onus::data
