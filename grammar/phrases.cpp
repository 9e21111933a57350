#include "grammar/phrases.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"

namespace onus::syntax {

using enum NodeKind;

namespace {

constexpr KindSet things(KwThe, Number, String, Date, Moment, KwToday);
constexpr KindSet quantifiers(KwAt, KwEvery, KwNo, KwIt);
constexpr KindSet list_heads(KwAll, KwAny, KwNone);
constexpr KindSet articles(KwA, KwAn);

bool holds(const KindSet& set, const KindSet& part) { return (part - set).empty(); }

}  // namespace

std::string phrase_of(const Reader& reader, Place at) {
  switch (at->kind) {
    case EndOfFile:
    case Bullet:
    case FullStop:
    case Comma:
    case Semicolon:
    case Colon: return std::string(text_of(at->kind));
    case String: return "a text in quotes";
    default: break;
  }
  constexpr std::size_t most = 40;
  const std::string_view text = reader.text(at);
  if (text.size() <= most) return "`" + std::string(text) + "`";
  std::size_t cut = most;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
  return "`" + std::string(text.substr(0, cut)) + "…`";
}

std::string phrase_of(NodeKind kind) {
  switch (kind) {
    case Word: return "a name";
    case String: return "a text in quotes";
    case Cite: return "a citation such as `[AIA 53(1)(a)]`";
    case ItemLabel: return "a letter such as `(a)`";
    case Bullet: return "a bullet such as `- (a)`";
    case Tag: return "a label such as `53(1)(a)`";
    case Number: return "a number";
    case Date: return "a date such as `2025-08-02`";
    case Moment: return "a moment such as `2025-08-02T12:30`";
    default: return is_keyword(kind) ? "`" + std::string(text_of(kind)) + "`" : std::string(text_of(kind));
  }
}

std::string phrase_of(const KindSet& expected) {
  KindSet left = expected;
  std::vector<std::string> phrases;
  const auto say = [&](const KindSet& part, std::string_view phrase) {
    left = left - part;
    phrases.emplace_back(phrase);
  };
  // Most words that begin a provision may be a label as well.
  if (left.has(Tag) && holds(left, name_starts)) say(name_words | KindSet(Number, Tag), "a label such as `53(1)(a)`");
  if (holds(left, declaration_starts)) say(declaration_starts | provision_starts, "a provision such as `duty` or another declaration");
  if (holds(left, particular_starts)) say(particular_starts, "a particular such as `due:` or `note:`");
  if (holds(left, provision_starts | KindSet(KwPart))) say(provision_starts | KindSet(KwPart), "a provision such as `duty 53(1)(a)`");
  if (holds(left, things | quantifiers)) {
    say(things | quantifiers, "a condition such as `the model is systemic`");
    if (holds(left, list_heads)) say(list_heads | KindSet(KwFor), "a list such as `all of the following apply:`");
  } else if (holds(left, things)) {
    say(things, "a thing or an amount such as `the compute of the model` or `1e25 FLOP`");
  }
  if (holds(left, name_starts)) say(name_words | KindSet(Number), "a name");
  if (left.has(Word)) say(KindSet(Word), "a name");
  if (holds(left, articles)) say(articles, "`a`");
  // What is most often meant comes first; what may only go on with an amount is named when nothing else is.
  if (left.has(KwIs)) left.remove(KwAre);
  const KindSet going_on(KwTimes, KwPlus, KwMinus, KwAs, KwIn);
  if (!(left - going_on).empty()) left = left - going_on;
  for (const NodeKind kind : {KwIs, KwMust, KwMay, KwIf, KwUnless, KwOf, KwThe, KwExceeds, KwHas, KwAnd, KwOr}) {
    if (!left.has(kind)) continue;
    phrases.push_back(phrase_of(kind));
    left.remove(kind);
  }
  for (std::size_t at = 0; at < KindSet::token_kinds; ++at) {
    const auto kind = static_cast<NodeKind>(at);
    if (left.has(kind) && is_keyword(kind)) phrases.push_back(phrase_of(kind));
  }
  for (std::size_t at = 0; at < KindSet::token_kinds; ++at) {
    const auto kind = static_cast<NodeKind>(at);
    if (left.has(kind) && !is_keyword(kind)) phrases.push_back(phrase_of(kind));
  }
  constexpr std::size_t most = 5;
  if (phrases.size() > most) {
    // A full stop or another mark says most about where one is: it stays.
    std::string last = phrases.back();
    phrases.resize(most - 1);
    phrases.push_back(std::move(last));
  }
  if (phrases.empty()) return "something else";
  return join_with(phrases, "or");
}

}  // namespace onus::syntax
