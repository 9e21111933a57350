#include "ebnf.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace onus::ebnf {

// ---- reading the text -------------------------------------------------------------------------------------------------------

struct Grammar::Item {
  enum class Sort { Choice, Sequence, Optional, Repeat, Word, Name } sort = Sort::Sequence;
  std::string name;      // of a Word or a Name
  char depth = 0;        // of a Name: 0 none, '@' the same, '+' one more, or a digit
  std::vector<Item> parts;
};

class Grammar::Reader {
 public:
  Reader(std::string_view text, Grammar& grammar) : text_(text), grammar_(grammar) {}

  std::map<std::string, Item> rules() {
    std::map<std::string, Item> result;
    for (skip(); at_ < text_.size(); skip()) {
      std::string name = word();
      if (accept('@')) name += '@';
      expect(":=");
      if (!result.emplace(name, choice()).second) fail("rule " + name + " is there twice");
      expect(";");
    }
    return result;
  }

 private:
  [[noreturn]] void fail(const std::string& message) const {
    const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n');
    throw std::runtime_error("line " + std::to_string(line) + ": " + message);
  }
  void skip() {
    while (at_ < text_.size()) {
      if (text_[at_] == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (std::isspace(static_cast<unsigned char>(text_[at_])) != 0) {
        ++at_;
      } else {
        return;
      }
    }
  }
  [[nodiscard]] char peek() {
    skip();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool accept(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void expect(std::string_view mark) {
    skip();
    if (text_.substr(at_, mark.size()) != mark) fail("expected " + std::string(mark));
    at_ += mark.size();
  }
  std::string word() {
    skip();
    const std::size_t from = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_')) ++at_;
    if (from == at_) fail("expected a name");
    return std::string(text_.substr(from, at_ - from));
  }

  Item choice() {
    Item result{Item::Sort::Choice, {}, 0, {}};
    do result.parts.push_back(sequence());
    while (peek() == '|' && accept('|'));
    return result;
  }
  Item sequence() {
    Item result{Item::Sort::Sequence, {}, 0, {}};
    for (char c = peek(); c != '\0' && c != ';' && c != '|' && c != ')'; c = peek()) result.parts.push_back(postfix());
    return result;
  }
  Item postfix() {
    Item item = primary();
    for (;;) {
      if (accept('?')) {
        item = {Item::Sort::Optional, {}, 0, {std::move(item)}};
      } else if (accept('*')) {
        item = {Item::Sort::Repeat, {}, 0, {std::move(item)}};
      } else if (accept('+')) {
        Item again = {Item::Sort::Repeat, {}, 0, {item}};
        item = {Item::Sort::Sequence, {}, 0, {std::move(item), std::move(again)}};
      } else {
        return item;
      }
    }
  }
  Item primary() {
    const char c = peek();
    if (accept('(')) {
      Item inner = choice();
      expect(")");
      return inner;
    }
    if (c == '"' || c == '\'') {
      const std::size_t end = text_.find(c, at_ + 1);
      if (end == std::string_view::npos) fail("a word is not closed");
      std::string spelling(text_.substr(at_ + 1, end - at_ - 1));
      at_ = end + 1;
      if (c == '\'') {
        (accept('^') ? grammar_.no_start_ : grammar_.soft_).insert(spelling);
      } else if (std::isalpha(static_cast<unsigned char>(spelling[0])) != 0) {
        grammar_.hard_.insert(spelling);
      }
      return {Item::Sort::Word, spelling, 0, {}};
    }
    Item name{Item::Sort::Name, word(), 0, {}};
    if (accept('@')) {
      name.depth = '@';
      if (accept('+')) name.depth = '+';
      else if (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])) != 0) name.depth = text_[at_++];
    }
    return name;
  }

  std::string_view text_;
  Grammar& grammar_;
  std::size_t at_ = 0;
};

// ---- plain productions, one set for each depth -----------------------------------------------------------------------------

class Grammar::Expansion {
 public:
  Expansion(const std::map<std::string, Item>& rules, Grammar& grammar, unsigned deepest)
      : rules_(rules), grammar_(grammar), deepest_(deepest) {}

  void run() {
    request("file", 0, false);
    while (!todo_.empty()) {
      const Request request = todo_.back();
      todo_.pop_back();
      const auto rule = rules_.find(request.deep ? request.rule + "@" : request.rule);
      if (rule == rules_.end()) throw std::runtime_error("there is no rule " + request.rule);
      owner_ = request.key;
      lower_choice(rule->second, request.key, request.depth);
    }
  }

 private:
  struct Request {
    std::string key;
    std::string rule;
    unsigned depth;
    bool deep;
  };

  std::string request(const std::string& rule, unsigned depth, bool deep) {
    std::string key = deep ? rule + "@" + std::to_string(depth) : rule;
    if (grammar_.productions_.emplace(key, std::vector<Sequence>()).second) todo_.push_back({key, rule, depth, deep});
    return key;
  }
  std::string helper() {
    std::string key = owner_ + "~" + std::to_string(++helpers_);
    grammar_.productions_[key];
    return key;
  }
  void lower_choice(const Item& choice, const std::string& key, unsigned depth) {
    std::vector<Sequence> made;
    for (const Item& part : choice.parts) {
      Sequence sequence;
      lower_into(part, sequence, depth);
      made.push_back(std::move(sequence));
    }
    grammar_.productions_[key] = std::move(made);
  }
  void lower_into(const Item& item, Sequence& sequence, unsigned depth) {
    switch (item.sort) {
      case Item::Sort::Word: sequence.push_back({true, item.name}); return;
      case Item::Sort::Sequence:
        for (const Item& part : item.parts) lower_into(part, sequence, depth);
        return;
      case Item::Sort::Choice: {
        if (item.parts.size() == 1) return lower_into(item.parts[0], sequence, depth);
        const std::string key = helper();
        lower_choice(item, key, depth);
        sequence.push_back({false, key});
        return;
      }
      case Item::Sort::Optional:
      case Item::Sort::Repeat: {
        const std::string key = helper();
        Sequence body;
        lower_into(item.parts[0], body, depth);
        if (item.sort == Item::Sort::Repeat) body.push_back({false, key});
        grammar_.productions_[key] = {std::move(body), {}};
        sequence.push_back({false, key});
        return;
      }
      case Item::Sort::Name: return lower_name(item, sequence, depth);
    }
  }
  void lower_name(const Item& item, Sequence& sequence, unsigned depth) {
    unsigned at = depth;
    if (item.depth == '+') at = depth + 1;
    else if (item.depth >= '0' && item.depth <= '9') at = static_cast<unsigned>(item.depth - '0');
    if (item.name == "BULLET" || item.name == "NEXT") {
      sequence.push_back({true, item.name + std::to_string(at)});
    } else if (item.name == "SOFT" || item.name == "OPENING") {
      if (grammar_.productions_.emplace(item.name, std::vector<Sequence>()).second) {
        for (const std::string& word : grammar_.soft_) grammar_.productions_[item.name].push_back({{true, word}});
        if (item.name == "SOFT") {
          for (const std::string& word : grammar_.no_start_) grammar_.productions_[item.name].push_back({{true, word}});
        }
      }
      sequence.push_back({false, item.name});
    } else if (std::isupper(static_cast<unsigned char>(item.name[0])) != 0) {
      sequence.push_back({true, item.name});
    } else if (at > deepest_) {
      sequence.push_back({true, "TOO DEEP"});
    } else {
      sequence.push_back({false, request(item.name, at, item.depth != 0)});
    }
  }

  const std::map<std::string, Item>& rules_;
  Grammar& grammar_;
  unsigned deepest_;
  std::vector<Request> todo_;
  std::string owner_;
  std::size_t helpers_ = 0;
};

Grammar::Grammar(std::string_view text, unsigned depth) {
  const auto rules = Reader(text, *this).rules();
  rules_ = rules.size();
  for (const std::string& word : no_start_) soft_.erase(word);
  Expansion(rules, *this, depth).run();
  compute_sets();
  compute_table();
  compute_lengths();
}

// ---- first, follow, table ------------------------------------------------------------------------------------------------------

std::pair<std::set<std::string>, bool> Grammar::first_of(const Sequence& sequence, std::size_t from) const {
  std::set<std::string> result;
  for (std::size_t at = from; at < sequence.size(); ++at) {
    if (sequence[at].terminal) {
      result.insert(sequence[at].name);
      return {result, false};
    }
    const auto& inner = first_.at(sequence[at].name);
    result.insert(inner.begin(), inner.end());
    if (!nullable_.at(sequence[at].name)) return {result, false};
  }
  return {result, true};
}

void Grammar::compute_sets() {
  for (const auto& [name, sequences] : productions_) {
    first_[name];
    follow_[name];
    nullable_[name] = false;
  }
  follow_["file"].insert("END");
  for (bool changed = true; changed;) {
    changed = false;
    const auto grow = [&](std::set<std::string>& set, const std::set<std::string>& more) {
      const std::size_t before = set.size();
      set.insert(more.begin(), more.end());
      changed = changed || set.size() != before;
    };
    for (const auto& [name, sequences] : productions_) {
      for (const Sequence& sequence : sequences) {
        const auto [first, empty] = first_of(sequence, 0);
        grow(first_[name], first);
        if (empty && !nullable_[name]) nullable_[name] = changed = true;
        for (std::size_t at = 0; at < sequence.size(); ++at) {
          if (sequence[at].terminal) continue;
          const auto [after, rest_empty] = first_of(sequence, at + 1);
          grow(follow_[sequence[at].name], after);
          if (rest_empty) grow(follow_[sequence[at].name], std::set<std::string>(follow_[name]));
        }
      }
    }
  }
}

void Grammar::compute_table() {
  for (const auto& [name, sequences] : productions_) {
    auto& row = table_[name];
    for (std::size_t which = 0; which < sequences.size(); ++which) {
      auto [choosing, empty] = first_of(sequences[which], 0);
      if (empty) choosing.insert(follow_[name].begin(), follow_[name].end());
      for (const std::string& terminal : choosing) {
        if (!row.emplace(terminal, which).second) conflicts_.push_back({name, terminal});
      }
    }
  }
}

std::optional<std::size_t> Grammar::first_error(const std::vector<std::string>& terminals) const {
  std::vector<Symbol> stack{{false, "file"}};
  std::size_t at = 0;
  while (!stack.empty()) {
    const Symbol top = stack.back();
    stack.pop_back();
    const std::string& seen = at < terminals.size() ? terminals[at] : "END";
    if (top.terminal) {
      if (top.name != seen) return at;
      ++at;
      continue;
    }
    const auto& row = table_.at(top.name);
    const auto choice = row.find(seen);
    if (choice == row.end()) return at;
    const Sequence& sequence = productions_.at(top.name)[choice->second];
    stack.insert(stack.end(), sequence.rbegin(), sequence.rend());
  }
  return at == terminals.size() ? std::nullopt : std::optional(at);
}

// ---- sentences of its own ----------------------------------------------------------------------------------------------------------

void Grammar::compute_lengths() {
  constexpr std::size_t endless = 1'000'000;
  std::map<std::string, std::size_t> shortest;
  for (const auto& [name, sequences] : productions_) {
    shortest[name] = endless;
    lengths_[name].assign(sequences.size(), endless);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [name, sequences] : productions_) {
      for (std::size_t which = 0; which < sequences.size(); ++which) {
        std::size_t length = 0;
        for (const Symbol& symbol : sequences[which]) {
          length += symbol.terminal ? (symbol.name == "TOO DEEP" ? endless : 1) : shortest[symbol.name];
        }
        length = std::min(length, endless);
        if (length < lengths_[name][which]) lengths_[name][which] = length, changed = true;
        if (length < shortest[name]) shortest[name] = length, changed = true;
      }
    }
  }
}

std::vector<std::string> Grammar::sentence(std::mt19937& random, std::size_t budget) const {
  constexpr std::size_t endless = 1'000'000;
  std::vector<std::string> result;
  std::vector<Symbol> stack{{false, "file"}};
  while (!stack.empty()) {
    const Symbol top = stack.back();
    stack.pop_back();
    if (top.terminal) {
      result.push_back(top.name);
      continue;
    }
    const auto& lengths = lengths_.at(top.name);
    std::vector<std::size_t> open;
    for (std::size_t which = 0; which < lengths.size(); ++which) {
      if (lengths[which] < endless) open.push_back(which);
    }
    std::size_t which = open[random() % open.size()];
    if (result.size() + stack.size() > budget) {
      which = static_cast<std::size_t>(std::min_element(lengths.begin(), lengths.end()) - lengths.begin());
    }
    const Sequence& sequence = productions_.at(top.name)[which];
    stack.insert(stack.end(), sequence.rbegin(), sequence.rend());
  }
  return result;
}

}  // namespace onus::ebnf
