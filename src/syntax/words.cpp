#include "syntax/words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "base/text.hpp"

namespace onus::syntax {
namespace {

constexpr std::size_t slot_count = 512;
constexpr std::size_t longest = 16;

// First, third and last letter and the length tell most keywords apart; the rest share a slot's neighbours.
constexpr std::size_t slot_of(std::string_view word) {
  const auto letter = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(word[at])); };
  const std::size_t last = word.size() - 1;
  return (letter(0) * 7 + letter(last) * 31 + letter(last < 2 ? last : 2) * 97 + word.size() * 173) % slot_count;
}

struct Slots {
  std::array<NodeKind, slot_count> kinds{};
  Slots() {
    kinds.fill(NodeKind::Word);
    for (const NodeKind kind : keywords()) {
      std::size_t slot = slot_of(text_of(kind));
      while (kinds[slot] != NodeKind::Word) slot = (slot + 1) % slot_count;
      kinds[slot] = kind;
    }
  }
};

struct Habit {
  std::string_view word;
  NodeKind accepted;
};
constexpr auto habits = std::to_array<Habit>({
    {"shall", NodeKind::KwMust},      {"will", NodeKind::KwMust},         {"ought", NodeKind::KwShould},
    {"can", NodeKind::KwMay},         {"might", NodeKind::KwMay},         {"where", NodeKind::KwIf},
    {"when", NodeKind::KwIf},         {"whenever", NodeKind::KwIf},       {"provided", NodeKind::KwIf},
    {"insofar", NodeKind::KwIf},      {"which", NodeKind::KwThat},        {"who", NodeKind::KwThat},
    {"except", NodeKind::KwUnless},   {"excepting", NodeKind::KwUnless},  {"but", NodeKind::KwAnd},
    {"greater", NodeKind::KwExceeds}, {"exceed", NodeKind::KwExceeds},    {"above", NodeKind::KwExceeds},
    {"over", NodeKind::KwExceeds},    {"more", NodeKind::KwExceeds},      {"less", NodeKind::KwBelow},
    {"lower", NodeKind::KwBelow},     {"fewer", NodeKind::KwBelow},       {"have", NodeKind::KwHas},
    {"having", NodeKind::KwHas},      {"was", NodeKind::KwIs},            {"were", NodeKind::KwAre},
    {"equals", NodeKind::KwIs},       {"means", NodeKind::KwIs},          {"else", NodeKind::KwOtherwise},
    {"all", NodeKind::KwEvery},       {"any", NodeKind::KwEach},          {"every", NodeKind::KwEach},
    {"each", NodeKind::KwEvery},      {"this", NodeKind::KwThe},          {"since", NodeKind::KwFrom},
    {"till", NodeKind::KwUntil},      {"do", NodeKind::KwDoes},           {"add", NodeKind::KwPlus},
    {"multiplied", NodeKind::KwTimes}, {"shall", NodeKind::KwIs},         {"will", NodeKind::KwIs},
    {"must", NodeKind::KwIs},         {"should", NodeKind::KwIs},         {"may", NodeKind::KwIs},          {"shall", NodeKind::KwDoes},
    {"its", NodeKind::KwThe},         {"their", NodeKind::KwThe},         {"a", NodeKind::KwEach},
    {"an", NodeKind::KwEach},
});

}  // namespace

const std::vector<NodeKind>& keywords() {
  static const std::vector<NodeKind> all{
#define ONUS_WORD(name, spelling, word_class) NodeKind::name,
#include "syntax/kinds.def"
  };
  return all;
}

NodeKind word_kind(std::string_view word) {
  static const Slots slots;
  if (word.empty() || word.size() > longest) return NodeKind::Word;
  for (std::size_t slot = slot_of(word);; slot = (slot + 1) % slot_count) {
    const NodeKind kind = slots.kinds[slot];
    if (kind == NodeKind::Word || text_of(kind) == word) return kind;
  }
}

bool is_misspelling_of(std::string_view word, NodeKind keyword) {
  const std::string_view spelling = text_of(keyword);
  if (word == spelling || word.size() > spelling.size() + 2) return false;
  const std::size_t limit = spelling.size() >= 8 ? 2 : 1;
  // A word of one letter is one slip from every other: only a swap or a lost letter of a longer word counts.
  if (spelling.size() == 1) return word.size() == 1 && lower_case(word) == spelling;
  return edit_distance(lower_case(word), spelling, limit).has_value();
}

std::vector<NodeKind> accepted_for(std::string_view word) {
  std::vector<NodeKind> result;
  const std::string lower = lower_case(word);
  for (const Habit& habit : habits) {
    if (habit.word == lower) result.push_back(habit.accepted);
  }
  return result;
}

}  // namespace onus::syntax
