#include "data/yaml.hpp"

#include <algorithm>
#include <istream>
#include <streambuf>
#include <string>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "data/keys.hpp"
#include "data/words.hpp"
#include "data/yaml_errors.hpp"
#include "data/yaml_layout.hpp"
#include "diagnostics/text.hpp"
#include "source/utf8.hpp"

namespace onus::data {
namespace {

// How far yaml-cpp may read ahead of what it delivers. It reads a whole bracketed value before the first event of it
// and needs about 240 bytes of memory for each byte of `[[[[`.
constexpr std::size_t read_ahead = 1U << 20U;

// Hands the bytes out in small pieces, and a line end behind the last line if it has none; stops when too many were
// taken without an event.
class Feed : public std::streambuf {
 public:
  explicit Feed(std::string_view text) : text_(text) {}
  void event() { event_at_ = taken_; }
  [[nodiscard]] bool starved() const { return starved_; }
  [[nodiscard]] std::size_t event_at() const { return event_at_; }

 protected:
  int_type underflow() override {
    if (taken_ >= text_.size()) {
      if (ended_ || text_.empty() || text_.back() == '\n') return traits_type::eof();
      ended_ = true;
      piece_[0] = '\n';
      setg(piece_, piece_, piece_ + 1);
      return traits_type::to_int_type(piece_[0]);
    }
    if (taken_ - event_at_ > read_ahead) {
      starved_ = true;
      return traits_type::eof();
    }
    const std::size_t count = std::min<std::size_t>(sizeof piece_, text_.size() - taken_);
    std::copy_n(text_.data() + taken_, count, piece_);
    taken_ += count;
    setg(piece_, piece_, piece_ + count);
    return traits_type::to_int_type(piece_[0]);
  }

 private:
  std::string_view text_;
  std::size_t taken_ = 0;
  std::size_t event_at_ = 0;
  bool starved_ = false;
  bool ended_ = false;
  char piece_[2048] = {};
};

// Thrown through yaml-cpp when an error has been reported.
struct Refused {};

class Handler : public YAML::EventHandler {
 public:
  Handler(std::string_view text, FileId file, std::uint32_t begin, const Limits& limits, Sink& sink, Feed& feed)
      : text_(text), file_(file), begin_(begin), limits_(limits), sink_(sink), feed_(feed), builder_(file) {}

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override { complete_ = true; }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    arrive(mark, "?", anchor, YamlForm::Scalar);
    builder_.scalar(place_, ScalarStyle::Plain, Nullness::Empty, {});
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override { refuse_feature(mark); }
  void OnAnchor(const YAML::Mark& mark, const std::string& /*name*/) override { refuse_feature(mark); }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    arrive(mark, tag, anchor, YamlForm::Scalar);
    if (value.size() > limits_.string_bytes) {
      diagnose<Kind::TextTooLong>(sink_, place_, static_cast<std::int64_t>(value.size()),
                                  static_cast<std::int64_t>(limits_.string_bytes));
      throw Refused{};
    }
    builder_.scalar(place_, ScalarStyle::Plain, Nullness::Given, value);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    collection(mark, tag, anchor, style);
    builder_.begin_sequence(place_);
  }
  void OnSequenceEnd() override { leave(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    collection(mark, tag, anchor, style);
    builder_.begin_mapping(place_);
  }
  void OnMapEnd() override { leave(); }

  [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const {
    return mark.pos < 0 ? text_.size() : std::min(text_.size(), begin_ + static_cast<std::size_t>(mark.pos));
  }
  [[nodiscard]] bool complete() const { return complete_; }
  [[nodiscard]] DocumentBuilder& builder() { return builder_; }
  [[nodiscard]] const std::vector<YamlForm>& forms() const { return forms_; }
  [[nodiscard]] const std::vector<std::size_t>& open_flows() const { return open_flows_; }
  [[nodiscard]] Span last_place() const { return place_; }

 private:
  void arrive(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YamlForm form) {
    feed_.event();
    const auto at = static_cast<std::uint32_t>(offset(mark));
    place_ = {file_, at, static_cast<std::uint32_t>(at + character_length(text_, at))};
    if (anchor != 0 || (!tag.empty() && tag != "?" && tag != "!")) refuse_feature(mark);
    if (builder_.size() >= limits_.data_nodes) {
      diagnose<Kind::DataTooMany>(sink_, place_, static_cast<std::int64_t>(limits_.data_nodes));
      throw Refused{};
    }
    if (form != YamlForm::Scalar && builder_.at_key()) {
      if (text_[at] == '?') refuse_feature(mark);
      diagnose<Kind::YamlFeature>(sink_, place_, "a list or mapping as a key is", "a key is a text");
      throw Refused{};
    }
    forms_.push_back(form);
  }

  void collection(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) {
    const std::size_t at = offset(mark);
    const bool bracket = at < text_.size() && (text_[at] == '[' || text_[at] == '{');
    YamlForm form = YamlForm::Block;
    if (style == YAML::EmitterStyle::Flow) form = bracket ? YamlForm::Flow : YamlForm::Pair;
    // A pair without a key, and a pair that begins with a list or mapping, are told apart by their first key, which is
    // refused.
    if (style == YAML::EmitterStyle::Default) form = YamlForm::Pair;
    if (builder_.depth() >= limits_.data_depth) {
      diagnose<Kind::DataTooDeep>(
          sink_,
          Span{file_, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + character_length(text_, at))},
          static_cast<std::int64_t>(limits_.data_depth));
      throw Refused{};
    }
    arrive(mark, tag, anchor, form);
    flows_.push_back(form == YamlForm::Flow);
    if (form == YamlForm::Flow) open_flows_.push_back(at);
  }

  void leave() {
    feed_.event();
    if (flows_.back()) open_flows_.pop_back();
    flows_.pop_back();
    builder_.end(0);
  }

  [[noreturn]] void refuse_feature(const YAML::Mark& mark) {
    report_unexpected(text_, offset(mark), file_, "a value", sink_);
    throw Refused{};
  }

  std::string_view text_;
  FileId file_;
  std::uint32_t begin_;
  const Limits& limits_;
  Sink& sink_;
  Feed& feed_;
  DocumentBuilder builder_;
  std::vector<YamlForm> forms_;
  std::vector<bool> flows_;
  std::vector<std::size_t> open_flows_;
  Span place_;
  bool complete_ = false;
};

// A number of a million digits is refused before anything looks at it as a number.
bool check_digits(std::string_view text, FileId file, const Limits& limits, Sink& sink) {
  std::size_t run = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && text[at] >= '0' && text[at] <= '9') {
      ++run;
      continue;
    }
    if (run > limits.number_digits) {
      diagnose<Kind::NumberTooLong>(sink,
                                    Span{file, static_cast<std::uint32_t>(at - run), static_cast<std::uint32_t>(at)},
                                    static_cast<std::int64_t>(run), static_cast<std::int64_t>(limits.number_digits));
      return false;
    }
    run = 0;
  }
  return true;
}

// Behind blank lines and comments.
std::size_t first_text(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
    if (at >= text.size() || text[at] != '#') break;
    at = std::min(text.find('\n', at), text.size());
  }
  return at;
}

// A directive would be acted on before the first event.
bool check_directive(std::string_view text, FileId file, std::uint32_t begin, Sink& sink) {
  const std::size_t first = first_text(text, begin);
  if (first >= text.size() || text[first] != '%' || (first != begin && text[first - 1] != '\n')) return true;
  report_unexpected(text, first, file, "a value", sink);
  return false;
}

}  // namespace

std::optional<Document> read_yaml(const SourceStore& store, FileId file, const Limits& limits, Sink& sink) {
  const SourceFile& source = store.file(file);
  const std::string_view text = source.text();
  if (text.size() > limits.yaml_file_bytes) {
    diagnose<Kind::FileTooLarge>(sink, Span{file, 0, 0}, static_cast<std::int64_t>(text.size()),
                                 static_cast<std::int64_t>(limits.yaml_file_bytes));
    return std::nullopt;
  }
  const std::uint32_t begin = scan_text(text, 0).begin;
  if (!check_text(source, file, sink, limits.diagnostics_per_file)) return std::nullopt;
  if (!check_digits(text, file, limits, sink) || !check_directive(text, file, begin, sink)) return std::nullopt;

  Feed feed(text.substr(begin));
  Handler handler(text, file, begin, limits, sink, feed);
  const std::size_t reported = sink.all().size();
  // yaml-cpp saw an end of the file that is none: what it said of it does not count.
  const auto too_long = [&] {
    sink.truncate(reported);
    const Span place = handler.builder().size() == 0 ? Span{file, begin, begin} : handler.last_place();
    diagnose<Kind::YamlTooLong>(sink, place, static_cast<std::int64_t>(read_ahead));
    return std::nullopt;
  };
  try {
    std::istream stream(&feed);
    YAML::Parser parser(stream);
    // One call only: yaml-cpp 0.7 never returns from a second one on some inputs. What the call leaves unread is found
    // by the layout check.
    parser.HandleNextDocument(handler);
  } catch (const Refused&) {
    if (feed.starved()) return too_long();
    return std::nullopt;
  } catch (const YAML::Exception& failure) {
    if (feed.starved()) return too_long();
    const std::size_t last = handler.builder().size() == 0 ? begin : handler.last_place().begin;
    explain_failure({failure.msg, handler.offset(failure.mark), last, handler.open_flows()}, text, file, sink);
    return std::nullopt;
  }
  if (feed.starved()) return too_long();
  if (!handler.complete() || handler.builder().size() == 0 || handler.builder().size() == 1) {
    const std::size_t first = first_text(text, begin);
    const std::string_view mark = text.substr(first, 3);
    const bool marks_only =
        (mark == "---" || mark == "...") && text.find_first_not_of(" \t\r\n-.", first) == std::string_view::npos;
    if (first >= text.size() || marks_only) {
      diagnose<Kind::EmptyFile>(sink, Span{file, begin, begin});
      return std::nullopt;
    }
    if (!handler.complete() || handler.builder().size() == 0) {
      report_unexpected(text, first, file, "a value", sink);
      return std::nullopt;
    }
  }
  if (!check_layout(handler.builder(), handler.forms(), text, begin, sink)) return std::nullopt;
  Document document = handler.builder().finish();
  if (!check_keys(document, limits, sink)) return std::nullopt;
  return document;
}

}  // namespace onus::data
