// Tokens and names as the grammar takes them, and the words that recovery has put in.
#include "grammar/reader.hpp"

#include "base/limits.hpp"

namespace onus::syntax {
namespace {

constexpr Limits limits;

}  // namespace

void Reader::take(Place& at) {
  ++steps;
  builder.leaf(*at);
  ++at;
  if (at->has(Token::Deleted)) pass_deleted(at);
}

bool Reader::accept(Place& at, NodeKind kind) {
  if (at->kind == kind) {
    take(at);
    return true;
  }
  if (supplied(at, kind)) return true;
  miss(at, kind);
  return false;
}

bool Reader::accept(Place& at, const KindSet& kinds) {
  if (kinds.has(at->kind)) {
    take(at);
    return true;
  }
  if (supplied(at, kinds)) return true;
  miss(at, kinds);
  return false;
}

bool Reader::begins(Place at, const KindSet& kinds) {
  if (kinds.has(at->kind) || (at->has(Token::Patched) && supplied_slow(at, kinds, false))) return true;
  miss(at, kinds);
  return false;
}

bool Reader::name(Place& at, NodeKind kind, bool predicate) {
  if (!name_starts.has(at->kind)) {
    if (supplied(at, NodeKind::Word)) return true;
    miss(at, NodeKind::Word);
    return false;
  }
  const Place from = at;
  const std::uint32_t node = builder.open(kind, at->begin);
  do take(at);
  while (name_goes_on(at, predicate));
  builder.close(node);
  name_ended(from, at);
  check_name(from);
  return true;
}

bool Reader::name_goes_on(Place at, bool predicate) const {
  if (at->has(Token::NameStop)) return false;
  if (name_words.has(at->kind)) return true;
  if (!predicate) return false;
  if (predicate_words.has(at->kind)) return true;
  constexpr KindSet articles(NodeKind::KwA, NodeKind::KwAn, NodeKind::KwThe);
  return at->kind == NodeKind::KwUnder && articles.has(next(at)->kind);
}

// A unit may begin with any word that is not hard: the closed list of units decides, not the grammar.
bool Reader::unit(Place& at) {
  if (!name_words.has(at->kind) || at->has(Token::NameStop)) {
    if (supplied(at, NodeKind::Word)) return true;
    miss(at, NodeKind::Word);
    return false;
  }
  const Place from = at;
  const std::uint32_t node = builder.open(NodeKind::Unit, at->begin);
  do take(at);
  while (name_words.has(at->kind) && !at->has(Token::NameStop));
  builder.close(node);
  name_ended(from, at, true);
  return true;
}

std::uint32_t Reader::open(NodeKind kind, Place at) {
  const std::uint32_t outer = open_node;
  open_node = builder.open(kind, at->begin);
  return outer;
}

void Reader::close(std::uint32_t outer) {
  builder.close(open_node);
  open_node = outer;
}

void Reader::pass_deleted(Place& at) {
  while (at->has(Token::Deleted)) {
    builder.leaf(at->has(Token::Malformed) ? at->kind : NodeKind::Malformed, at->begin, at->end);
    ++at;
  }
}

void Reader::supply(Place before, NodeKind kind) {
  token(before).flags |= Token::Patched;
  supplies_.push_back({index(before), kind, 0});
}

void Reader::withdraw(Place before) {
  const std::uint32_t at = index(before);
  std::erase_if(supplies_, [&](const Supply& supply) { return supply.token == at; });
  token(before).flags &= static_cast<std::uint8_t>(~Token::Patched);
}

bool Reader::supplied_slow(Place at, const KindSet& kinds, bool use) {
  for (Supply& supply : supplies_) {
    if (supply.token != index(at) || !kinds.has(supply.kind) || supply.used_in == pass_) continue;
    if (use) {
      supply.used_in = pass_;
      if (!marks.has(supply.kind)) builder.gap_before(*at);
    }
    return true;
  }
  return false;
}

void Reader::check_name(Place from) {
  const std::uint64_t bytes = builder.end() - from->begin;
  if (bytes <= limits.identifier_bytes) return;
  mistakes_.add<Kind::RuleNameTooLong>(index(from), from->begin, builder.end(), static_cast<std::int64_t>(bytes),
                                       static_cast<std::int64_t>(limits.identifier_bytes));
  builder.gap();
}

}  // namespace onus::syntax
