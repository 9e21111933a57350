// Wordings of other drafting styles that are put right where they are read, because what is meant is plain: comparisons
// (`is greater than 5 EUR`), and `not` behind `and` without a statement of its own.
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/reader.hpp"
#include "syntax/words.hpp"

namespace onus::syntax {

using enum NodeKind;

namespace {

// What stands behind `is`, and what is accepted: words behind `is`, or `exceeds` instead of it.
struct Wording {
  std::string_view seen;
  std::array<NodeKind, 3> accepted;   // up to EndOfFile
};
constexpr auto comparisons = std::to_array<Wording>({
    {"greater than or equal to", {KwAt, KwLeast, EndOfFile}},
    {"more than or equal to", {KwAt, KwLeast, EndOfFile}},
    {"equal to or greater than", {KwAt, KwLeast, EndOfFile}},
    {"equal to or more than", {KwAt, KwLeast, EndOfFile}},
    {"less than or equal to", {KwAt, KwMost, EndOfFile}},
    {"equal to or less than", {KwAt, KwMost, EndOfFile}},
    {"no less than", {KwAt, KwLeast, EndOfFile}},
    {"not less than", {KwAt, KwLeast, EndOfFile}},
    {"no fewer than", {KwAt, KwLeast, EndOfFile}},
    {"not fewer than", {KwAt, KwLeast, EndOfFile}},
    {"not below", {KwAt, KwLeast, EndOfFile}},
    {"no more than", {KwAt, KwMost, EndOfFile}},
    {"not more than", {KwAt, KwMost, EndOfFile}},
    {"no greater than", {KwAt, KwMost, EndOfFile}},
    {"not greater than", {KwAt, KwMost, EndOfFile}},
    {"not above", {KwAt, KwMost, EndOfFile}},
    {"no later than", {KwOn, KwOr, KwBefore}},
    {"not later than", {KwOn, KwOr, KwBefore}},
    {"no earlier than", {KwOn, KwOr, KwAfter}},
    {"not earlier than", {KwOn, KwOr, KwAfter}},
    {"on or later than", {KwOn, KwOr, KwAfter}},
    {"on or earlier than", {KwOn, KwOr, KwBefore}},
    {"greater than", {KwExceeds, EndOfFile, EndOfFile}},
    {"more than", {KwExceeds, EndOfFile, EndOfFile}},
    {"higher than", {KwExceeds, EndOfFile, EndOfFile}},
    {"larger than", {KwExceeds, EndOfFile, EndOfFile}},
    {"longer than", {KwExceeds, EndOfFile, EndOfFile}},
    {"above", {KwExceeds, EndOfFile, EndOfFile}},
    {"over", {KwExceeds, EndOfFile, EndOfFile}},
    {"less than", {KwBelow, EndOfFile, EndOfFile}},
    {"lower than", {KwBelow, EndOfFile, EndOfFile}},
    {"smaller than", {KwBelow, EndOfFile, EndOfFile}},
    {"shorter than", {KwBelow, EndOfFile, EndOfFile}},
    {"fewer than", {KwBelow, EndOfFile, EndOfFile}},
    {"below than", {KwBelow, EndOfFile, EndOfFile}},
    {"under", {KwBelow, EndOfFile, EndOfFile}},
    {"earlier than", {KwBefore, EndOfFile, EndOfFile}},
    {"prior to", {KwBefore, EndOfFile, EndOfFile}},
    {"later than", {KwAfter, EndOfFile, EndOfFile}},
    {"equal to", {EndOfFile, EndOfFile, EndOfFile}},
    {"on", {EndOfFile, EndOfFile, EndOfFile}},
});

bool is_name_word(Place at) { return name_words.has(at->kind) || predicate_words.has(at->kind); }

// Whether a comparison can begin with a word of this length and first letter: most statements are passed at once.
struct FirstWords {
  std::array<bool, 26 * 8> known{};
  constexpr FirstWords() {
    for (const Wording& wording : comparisons) {
      const std::size_t first = wording.seen.find(' ');
      known[place(wording.seen.substr(0, first))] = true;
      // `not less than`: the word behind it decides.
      if (wording.seen.starts_with("no ") || wording.seen.starts_with("not ")) {
        const std::string_view rest = wording.seen.substr(first + 1);
        known[place(rest.substr(0, rest.find(' ')))] = true;
      }
    }
  }
  static constexpr std::size_t place(std::string_view word) {
    return static_cast<std::size_t>(word[0] - 'a') * 8 + (word.size() & 7U);
  }
  [[nodiscard]] constexpr bool may_be(std::string_view word) const {
    return !word.empty() && word[0] >= 'a' && word[0] <= 'z' && word.size() < 8 && known[place(word)];
  }
};
constexpr FirstWords first_words;

constexpr KindSet literals(Number, Date, Moment, KwToday);
constexpr std::size_t most_words = 5;

}  // namespace

// At the verb of a statement; nothing is taken.
bool Reader::reworded(Place& at) {
  if (!trial && at->kind == KwDoes) has_not(at);
  if (trial || (at->kind != KwIs && at->kind != KwAre)) return true;
  const Place first = next(at);
  // `at least`, `before` and others are in order; most statements end the look-ahead here.
  if (first->kind == KwAt || first->kind == KwThe || literals.has(first->kind) || !first_words.may_be(text(first))) return true;
  if ((first->kind == KwNot || first->kind == KwNo) && !first_words.may_be(text(next(first)))) return true;
  std::string words;
  std::vector<Place> places;
  for (Place word = first; places.size() < most_words && (word->kind == Word || is_keyword(word->kind)); word = next(word)) {
    words += (words.empty() ? "" : " ") + std::string(text(word));
    places.push_back(word);
    const Place behind = next(word);
    // Before `the` a lone word such as `above` may belong to a predicate: `above the line`.
    const bool comparison = literals.has(behind->kind) || (behind->kind == KwThe && places.size() > 1);
    if (!comparison) continue;
    for (const Wording& wording : comparisons) {
      if (wording.seen != words) continue;
      const bool verb = wording.accepted[0] == KwExceeds;
      std::string accepted(verb ? std::string_view() : text(at));
      std::size_t used = 0;
      for (const NodeKind kind : wording.accepted) {
        if (kind == EndOfFile) break;
        accepted += (accepted.empty() ? "" : " ") + std::string(text_of(kind));
        replace(verb ? at : places[used++], kind);
      }
      for (; used < places.size(); ++used) token(places[used]).flags |= Token::Deleted;
      const Span whole{mistakes_.file(), at->begin, word->end};
      mistakes_.add<Kind::OtherWording>(index(at), whole.begin, whole.end, std::string(text_.substr(whole.begin, whole.end - whole.begin)),
                                        accepted)
          .fix(whole, accepted);
      return true;
    }
  }
  return true;
}

// `does not have an owner`: `has no owner`.
void Reader::has_not(Place at) {
  const Place negation = next(at);
  const Place have = next(negation);
  if (negation->kind != KwNot || text(have) != "have") return;
  const Place article = next(have);
  const bool has_article = article->kind == KwA || article->kind == KwAn;
  const Span whole{mistakes_.file(), at->begin, has_article ? article->end : have->end};
  mistakes_.add<Kind::OtherWording>(index(at), whole.begin, whole.end, text_.substr(whole.begin, whole.end - whole.begin), "has no")
      .fix(whole, "has no");
  replace(at, KwHas);
  replace(negation, KwNo);
  token(have).flags |= Token::Deleted;
  if (has_article) token(article).flags |= Token::Deleted;
}

// `the vehicle is insured and not stolen`: `at` is the `not`, `statement` where the statement before it begins. The word is
// passed, so that what is behind it reads as one more of the same.
void Reader::lone_not(Place& at, Place statement) {
  const Place word = at;
  Place verb = statement;
  while (verb != at && verb->kind != KwIs && verb->kind != KwAre) verb = next(verb);
  std::string instead;
  Place end = next(at);
  // `and not the vehicle is stolen` has its statement, only the `not` stands too early.
  const bool whole = end->kind == KwThe;
  if (whole) {
    while (end->kind != KwIs && end->kind != KwAre && !end->has(Token::LineStart) && end->kind != EndOfFile) end = next(end);
    instead = std::string(text_.substr(next(at)->begin, end->end - next(at)->begin)) + " not";
  } else {
    if (verb != at) instead = std::string(text_.substr(statement->begin, verb->end - statement->begin)) + " not";
    end = at;
  }
  // What is denied: the words behind it.
  Place last = end;
  while (is_name_word(next(last))) last = next(last);
  const std::string denied(text_.substr(end->end, last->end - end->end));
  const std::string joint(text(previous(word)));
  const bool plain = !instead.empty() && (instead + denied).find('\n') == std::string::npos;
  auto reported = wrong<Kind::LoneNot>(word, joint, joint + " " + (plain ? instead + denied : "the … is not …"));
  if (plain) reported.fix({mistakes_.file(), word->begin, end->end}, instead);
  token(at).flags |= Token::Deleted;
  pass_deleted(at);
}

}  // namespace onus::syntax
