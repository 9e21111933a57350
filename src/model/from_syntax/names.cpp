#include "model/from_syntax/names.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace onus::model::from_syntax {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

bool ends_in_sibilant(std::string_view stem) {
  return stem.ends_with("ss") || stem.ends_with("x") || stem.ends_with("z") || stem.ends_with("ch") || stem.ends_with("sh");
}

// Folds the plural and the singular of the last word of a key into one spelling. Where English leaves open which singular a
// plural belongs to ("caches": cach or cache, "statuses": status or statuse), the silent e goes too.
void make_last_word_singular(std::string& key) {
  const auto blank = key.rfind(' ');
  const std::size_t begin = blank == std::string::npos ? 0 : blank + 1;
  const auto word = [&] { return std::string_view(key).substr(begin); };
  if (word().size() < 3) return;
  if (word().ends_with("ies") && word().size() > 4) {
    key.resize(key.size() - 3);
    key += 'y';
    return;
  }
  if (word().ends_with('s') && !word().ends_with("ss") && !word().ends_with("us") && !word().ends_with("is")) key.pop_back();
  if (word().ends_with('e') && word().size() > 2) {
    const std::string_view stem = word().substr(0, word().size() - 1);
    if (ends_in_sibilant(stem) || stem.ends_with('s')) key.pop_back();
  }
}

void append_word(std::string& key, std::string_view word) {
  if (!key.empty()) key += ' ';
  for (const char c : word) key += c == '-' ? ' ' : lower(c);
}

}  // namespace

// For printing, so the guess errs towards a word that exists: "boxes" -> "box", "cases" -> "case".
std::string singular(std::string_view word) {
  std::string result(word);
  if (result.size() > 4 && result.ends_with("ies")) {
    result.resize(result.size() - 3);
    result += 'y';
  } else if (result.size() > 4 && result.ends_with("es") && ends_in_sibilant(word.substr(0, word.size() - 2))) {
    result.resize(result.size() - 2);
  } else if (result.size() > 2 && result.ends_with('s') && !result.ends_with("ss") && !result.ends_with("us") &&
             !result.ends_with("is")) {
    result.pop_back();
  }
  return result;
}

std::string plural(std::string_view word) {
  std::string result(word);
  if (result.empty()) return result;
  const auto ends = [&](std::string_view ending) { return result.size() > ending.size() && result.ends_with(ending); };
  if (ends("y") && !is_vowel(result[result.size() - 2])) {
    result.pop_back();
    result += "ies";
  } else if (ends("s") || ends_in_sibilant(result)) {
    result += "es";
  } else {
    result += 's';
  }
  return result;
}

std::string key_of(std::string_view written) {
  std::string key = normalise_name(written);
  make_last_word_singular(key);
  return key;
}

std::string key_of(syntax::NodeRef words, const SourceStore& sources) {
  const std::string_view text = sources.file(words.tree().file()).text();
  std::string key;
  for (const syntax::NodeRef leaf : words.children()) {
    const Span span = leaf.span();
    append_word(key, text.substr(span.begin, span.end - span.begin));
  }
  make_last_word_singular(key);
  return key;
}

std::string shown_of(syntax::NodeRef words, const SourceStore& sources) {
  std::string result;
  for (const syntax::NodeRef leaf : words.children()) {
    if (!result.empty()) result += ' ';
    result += leaf.text(sources);
  }
  return result;
}

std::string with_article(std::string_view noun) {
  const bool vowel = !noun.empty() && is_vowel(lower(noun.front()));
  return (vowel ? "an " : "a ") + std::string(noun);
}

NameId Names::intern(std::string_view key) {
  if (const auto at = ids_.find(key); at != ids_.end()) return at->second;
  const auto id = static_cast<NameId>(keys_.size());
  const auto at = ids_.emplace(std::string(key), id).first;
  keys_.push_back(&at->first);
  return id;
}

}  // namespace onus::model::from_syntax
