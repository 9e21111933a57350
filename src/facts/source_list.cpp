#include "facts/source_list.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "facts/problems.hpp"

namespace onus::facts {
namespace {

using data::NodeId;

constexpr std::string_view version = "source/1";

std::string shown(std::string_view text) {
  constexpr std::size_t most = 60;
  return text.size() <= most ? std::string(text) : std::string(text.substr(0, most)) + "…";
}

class Reader {
 public:
  Reader(const data::Document& document, FileId file, Sink& sink) : document_(document), file_(file), problems_(sink) {}

  std::optional<SourceList> read() {
    if (document_.size() == 0 || !document_.is_mapping(document_.root()) || !check_version()) {
      if (problems_.count() == 0) problems_.add<Kind::SourceVersion>(Span{file_, 0, 0});
      return std::nullopt;
    }
    SourceList list;
    bool items = false;
    for (const auto [key, value] : document_.entries(document_.root())) {
      const auto name = document_.text(key);
      if (name == "onus") continue;
      if (name == "title") list.title = text_of(key, value);
      else if (name == "from") list.from = text_of(key, value);
      else if (name == "as of") list.as_of = date_of(key, value);
      else if (name == "sources") list.sources = texts_of(key, value);
      else if (name == "whole") list.whole = yes_or_no(key, value);
      else if (name == "items") items = true, read_items(value, list);
      else unknown(key, "the list", {"title", "as of", "from", "sources", "whole", "items"});
    }
    const auto needs = [&](bool there, const char* name) {
      if (!there) problems_.add<Kind::MissingKey>(document_.span(document_.root()), "the list", name);
    };
    needs(document_.find(document_.root(), "title").has_value(), "title");
    needs(document_.find(document_.root(), "as of").has_value(), "as of");
    needs(items, "items");
    if (list.whole) needs(document_.find(document_.root(), "sources").has_value(), "sources");
    problems_.finish(file_);
    if (problems_.count() > 0) return std::nullopt;
    return list;
  }

 private:
  bool check_version() {
    const auto node = document_.find(document_.root(), "onus");
    if (!node) return false;
    if (document_.is_scalar(*node) && document_.text(*node) == version) return true;
    problems_.add<Kind::SourceVersion>(document_.span(*node));
    return false;
  }

  void read_items(NodeId node, SourceList& list) {
    if (!document_.is_sequence(node)) {
      problems_.add<Kind::WantedList>(document_.span(node), "items", "- {id: HA-5, cites: HA 5}");
      return;
    }
    std::map<std::string, Span> ids;
    for (const auto item : document_.items(node)) {
      if (!document_.is_mapping(item)) {
        problems_.add<Kind::WantedMapping>(document_.span(item), "an item", "{id: HA-5, cites: HA 5}");
        continue;
      }
      SourceItem one = read_item(item);
      if (!one.id.empty()) {
        const auto [at, fresh] = ids.try_emplace(one.id, one.span);
        if (!fresh) problems_.add<Kind::ListedTwice>(one.span, shown(one.id)).note(at->second, "it is listed here first");
      }
      list.items.push_back(std::move(one));
    }
  }

  SourceItem read_item(NodeId node) {
    SourceItem item;
    item.span = document_.span(node);
    for (const auto [key, value] : document_.entries(node)) {
      const auto name = document_.text(key);
      if (name == "id") {
        item.id = text_of(key, value);
        item.span = document_.span(value);
      } else if (name == "cites") {
        for (const auto& cite : texts_of(key, value)) item.cites.push_back(citation_of(cite));
      } else if (name == "says") {
        item.says = text_of(key, value);
      } else if (name == "text") {
        item.text = text_of(key, value);
      } else if (name == "encoded by") {
        each_text(key, value, [&](NodeId by, std::string text) { item.encoded_by.emplace_back(citation_of(text), document_.span(by)); });
      } else if (name == "not encoded") {
        item.not_encoded = text_of(key, value);
      } else if (name == "discretionary") {
        item.discretionary = text_of(key, value);
      } else {
        unknown(key, "an item", {"id", "cites", "says", "text", "encoded by", "not encoded", "discretionary"});
      }
    }
    if (!document_.find(node, "id")) problems_.add<Kind::MissingKey>(item.span, "an item", "id");
    check_answers(node, item);
    return item;
  }

  // It is encoded or it is not, and something has to lead to the rules.
  void check_answers(NodeId node, const SourceItem& item) {
    std::vector<NodeId> answers;
    for (const auto* name : {"encoded by", "not encoded", "discretionary"}) {
      for (const auto [key, value] : document_.entries(node)) {
        if (document_.text(key) == name) answers.push_back(key);
      }
    }
    if (answers.size() > 1) {
      problems_.add<Kind::KeysClash>(document_.span(answers[1]), document_.text(answers[0]), document_.text(answers[1]))
          .note(document_.span(answers[0]), "the other is here");
    }
    if (answers.empty() && !document_.find(node, "cites")) problems_.add<Kind::MissingKey>(item.span, "an item", "cites");
  }

  std::string text_of(NodeId key, NodeId value) {
    const auto style = document_.node(value).style;
    const bool text = document_.is_scalar(value) && !document_.is_null(value) &&
                      (style == data::ScalarStyle::Plain || document_.is_text(value));
    if (text && !document_.text(value).empty()) return std::string(document_.text(value));
    const bool nothing = document_.is_scalar(value) && (document_.is_null(value) || document_.text(value).empty());
    if (nothing) {
      problems_.add<Kind::NothingWritten>(document_.span(value), shown(document_.text(key)), "leave the key out if there is nothing to say");
    } else {
      problems_.add<Kind::WantedText>(document_.span(value), shown(document_.text(key)),
                                      document_.is_scalar(value) ? "`" + shown(document_.text(value)) + "`"
                                                                 : std::string(document_.is_mapping(value) ? "a mapping" : "a list"));
    }
    return {};
  }

  // One text, or a list of them.
  template <class Take>
  void each_text(NodeId key, NodeId value, Take take) {
    if (!document_.is_sequence(value)) {
      if (auto text = text_of(key, value); !text.empty()) take(value, std::move(text));
      return;
    }
    for (const auto item : document_.items(value)) {
      if (auto text = text_of(key, item); !text.empty()) take(item, std::move(text));
    }
  }
  std::vector<std::string> texts_of(NodeId key, NodeId value) {
    std::vector<std::string> result;
    each_text(key, value, [&](NodeId, std::string text) { result.push_back(std::move(text)); });
    if (document_.is_sequence(value) && document_.node(value).count == 0) {
      problems_.add<Kind::NothingWritten>(document_.span(value), shown(document_.text(key)), "leave the key out if there is nothing to say");
    }
    return result;
  }

  std::optional<Date> date_of(NodeId key, NodeId value) {
    const auto text = text_of(key, value);
    if (text.empty()) return std::nullopt;
    const auto date = parse_date(text);
    if (date) return *date;
    problems_.add<Kind::CaseDate>(document_.span(value), shown(text), "a date", explain(date.error()));
    return std::nullopt;
  }

  bool yes_or_no(NodeId key, NodeId value) {
    if (document_.is_scalar(value)) {
      const auto text = document_.text(value);
      const bool json = document_.node(value).style == data::ScalarStyle::JsonTrue || document_.node(value).style == data::ScalarStyle::JsonFalse;
      if (text == "yes" || (json && text == "true")) return true;
      if (text == "no" || json) return false;
    }
    problems_.add<Kind::WrongValue>(document_.span(value), "`" + shown(document_.text(value)) + "`", shown(document_.text(key)), "`yes` or `no`", "");
    return false;
  }

  void unknown(NodeId key, std::string_view of, const std::vector<std::string>& known) {
    std::optional<std::string> near;
    if (const auto index = problems_.nearest_of(known, document_.text(key))) near = known[*index];
    problems_.add<Kind::UnknownKey>(document_.span(key), shown(document_.text(key)), of, join(known, ", "), did_you_mean(near));
  }

  const data::Document& document_;
  FileId file_;
  Problems problems_;
};

}  // namespace

std::string citation_of(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  if (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

std::optional<SourceList> read_source_list(const data::Document& document, FileId file, Sink& sink) {
  return Reader(document, file, sink).read();
}

}  // namespace onus::facts
