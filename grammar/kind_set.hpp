// A set of token kinds: three machine words. What may stand at a place is such a set.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "syntax/tree.hpp"

namespace onus::syntax {

class KindSet {
 public:
  constexpr KindSet() = default;
  template <class... Kinds>
  constexpr explicit KindSet(NodeKind first, Kinds... more) {
    add(first);
    (add(more), ...);
  }

  constexpr void add(NodeKind kind) { words_[index(kind) / 64] |= std::uint64_t{1} << (index(kind) % 64); }
  constexpr void remove(NodeKind kind) { words_[index(kind) / 64] &= ~(std::uint64_t{1} << (index(kind) % 64)); }
  [[nodiscard]] constexpr bool has(NodeKind kind) const { return ((words_[index(kind) / 64] >> (index(kind) % 64)) & 1U) != 0; }
  [[nodiscard]] constexpr bool empty() const { return (words_[0] | words_[1] | words_[2]) == 0; }
  [[nodiscard]] constexpr std::size_t size() const {
    std::size_t count = 0;
    for (std::size_t at = 0; at < token_kinds; ++at) count += has(static_cast<NodeKind>(at)) ? 1 : 0;
    return count;
  }
  constexpr KindSet& operator|=(const KindSet& other) {
    for (std::size_t at = 0; at < words_.size(); ++at) words_[at] |= other.words_[at];
    return *this;
  }
  friend constexpr KindSet operator|(KindSet a, const KindSet& b) { return a |= b; }
  friend constexpr KindSet operator-(KindSet a, const KindSet& b) {
    for (std::size_t at = 0; at < a.words_.size(); ++at) a.words_[at] &= ~b.words_[at];
    return a;
  }

  static constexpr std::size_t token_kinds = static_cast<std::size_t>(first_node_kind);

 private:
  static_assert(token_kinds <= 192);
  static constexpr std::size_t index(NodeKind kind) { return static_cast<std::size_t>(kind); }
  std::array<std::uint64_t, 3> words_{};
};

// The words that may go on a name, and those that may begin one.
inline constexpr KindSet name_words = [] {
  KindSet set(NodeKind::Word);
#define ONUS_WORD(name, spelling, word_class) \
  if (WordClass::word_class != WordClass::Hard) set.add(NodeKind::name);
#include "syntax/kinds.def"
  return set;
}();
inline constexpr KindSet name_starts = [] {
  KindSet set(NodeKind::Word);
#define ONUS_WORD(name, spelling, word_class) \
  if (WordClass::word_class == WordClass::Soft) set.add(NodeKind::name);
#include "syntax/kinds.def"
  return set;
}();

// Hard words that a predicate may have after its first word; `under` only before an article.
inline constexpr KindSet predicate_words(NodeKind::KwThe, NodeKind::KwA, NodeKind::KwAn, NodeKind::KwIn, NodeKind::KwOn,
                                         NodeKind::KwBy, NodeKind::KwTo, NodeKind::KwWith, NodeKind::KwFrom,
                                         NodeKind::KwFor, NodeKind::KwAs, NodeKind::KwInto, NodeKind::KwThrough,
                                         NodeKind::KwAt);

inline constexpr KindSet marks(NodeKind::FullStop, NodeKind::Comma, NodeKind::Semicolon, NodeKind::Colon);

// What the text of a bullet begins with.
inline constexpr KindSet item_starts(NodeKind::ItemLabel, NodeKind::KwThe, NodeKind::Number, NodeKind::String,
                                     NodeKind::Date, NodeKind::Moment, NodeKind::KwToday, NodeKind::KwAt,
                                     NodeKind::KwEvery, NodeKind::KwNo, NodeKind::KwIt, NodeKind::KwAll,
                                     NodeKind::KwAny, NodeKind::KwNone, NodeKind::KwFor);

// What begins a line of its own: the declarations of a file, and the particulars of a provision.
inline constexpr KindSet provision_starts(NodeKind::KwDefinition, NodeKind::KwAssumption, NodeKind::KwPresumption,
                                          NodeKind::KwValue, NodeKind::KwDuty, NodeKind::KwProhibition,
                                          NodeKind::KwPermission, NodeKind::KwGuidance, NodeKind::KwPenalty,
                                          NodeKind::KwLiability, NodeKind::KwException, NodeKind::KwTransition,
                                          NodeKind::KwOpen);
// The same among the expectations of a case, beside item_starts.
inline constexpr KindSet expect_starts = provision_starts | KindSet(NodeKind::KwPart, NodeKind::KwDepends,
                                                                    NodeKind::KwUndetermined, NodeKind::KwReading);
inline constexpr KindSet headline_starts(NodeKind::KwFor, NodeKind::KwStatus, NodeKind::KwPeriods, NodeKind::KwTime);
inline constexpr KindSet declaration_starts =
    provision_starts | headline_starts |
    KindSet(NodeKind::KwUse, NodeKind::KwSource, NodeKind::KwKinds, NodeKind::KwAuthorities, NodeKind::KwActs,
            NodeKind::KwTerms, NodeKind::KwOmitted, NodeKind::KwDiscretionary, NodeKind::KwPart, NodeKind::KwParameter,
            NodeKind::KwCase, NodeKind::KwSet, NodeKind::KwRepeal, NodeKind::KwReplace, NodeKind::KwIn);
inline constexpr KindSet particular_starts(NodeKind::KwTowards, NodeKind::KwLimited, NodeKind::KwFrom, NodeKind::KwUntil,
                                           NodeKind::KwDue, NodeKind::KwFailing, NodeKind::KwFulfilled,
                                           NodeKind::KwRebutted, NodeKind::KwEnforced, NodeKind::KwApplies,
                                           NodeKind::KwEnforceable, NodeKind::KwRenamed, NodeKind::KwQuote,
                                           NodeKind::KwNote, NodeKind::KwReading);

}  // namespace onus::syntax
