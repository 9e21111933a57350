// Recovery. A sentence that cannot be read is tried again with one small repair: a misspelt keyword put right, a mark or a
// word put in, a word left out. The first repair with which the sentence reads well is what the drafter is told, at its
// place, and reading goes on as if it had been made; so one slip gives one message and nothing after it. Without such a
// repair the message names what was found and what could have stood there, and reading goes on behind the sentence.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "grammar/lines.hpp"
#include "grammar/phrases.hpp"
#include "grammar/reader.hpp"
#include "syntax/words.hpp"

namespace onus::syntax {

using enum NodeKind;

namespace {

constexpr KindSet articles(KwThe, KwA, KwAn);
// What a provision's sentence begins with.
constexpr KindSet sentence_starts = articles | KindSet(KwEach, KwFor, KwNo, KwDoes, KwApplies);
constexpr int most_rounds = 4;

// `one month`: a count in letters, and in digits.
constexpr auto counts = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"one", "1"}, {"two", "2"}, {"three", "3"}, {"four", "4"}, {"five", "5"}, {"six", "6"}, {"seven", "7"}, {"eight", "8"}, {"nine", "9"},
     {"ten", "10"}, {"eleven", "11"}, {"twelve", "12"}, {"fourteen", "14"}, {"fifteen", "15"}, {"twenty", "20"}, {"thirty", "30"},
     {"sixty", "60"}, {"ninety", "90"}});
std::string_view count_in_digits(std::string_view word) {
  const auto* const it = std::find_if(counts.begin(), counts.end(), [&](const auto& count) { return count.first == word; });
  return it == counts.end() ? std::string_view() : it->second;
}

bool is_word(Place at) { return at->kind == Word || is_keyword(at->kind); }
bool ends_item(Place at, std::uint32_t depth) {
  return at->kind == KwExpect || (at->kind == Bullet && at->depth() <= depth);
}

}  // namespace

class Repairs {
 public:
  Repairs(Reader& reader, Extent extent, Place start, Builder::Mark mark, FunctionRef<bool(Place&)> again)
      : reader_(reader), extent_(extent), start_(start), mark_(mark), again_(again), failed_(reader.failed_at_), expected_(reader.failed_expected_) {}

  // Finds a repair, makes it and reports it. False when there is none.
  bool find() {
    collect();
    std::size_t best = candidates_.size();
    Outcome best_outcome;
    for (std::size_t at = 0; at < candidates_.size(); ++at) {
      if (reader_.tried_ > budget()) break;
      const Outcome outcome = attempt(candidates_[at]);
      if (!good_enough(candidates_[at], outcome)) continue;
      if (best == candidates_.size() || outcome.better_than(best_outcome)) best = at, best_outcome = outcome;
      if (best == at && outcome.whole && outcome.unheard == 0) break;
    }
    if (best == candidates_.size()) return false;
    make(candidates_[best]);
    tell(candidates_[best]);
    return true;
  }

 private:
  enum class Sort : std::uint8_t { Wording, Misspelling, Stop, Mark, WrongMark, Twice, Word, Other, Extra };
  struct Candidate {
    Sort sort;
    Place at;
    NodeKind kind = EndOfFile;
    NodeKind was = EndOfFile;  // the token's own kind, when it is replaced
  };
  struct Outcome {
    bool whole = false;        // the unit was read to its end, and a new line follows
    std::size_t unheard = 0;   // mistakes met on the way
    std::uint32_t reach = 0;   // the token where reading stopped
    [[nodiscard]] bool better_than(const Outcome& other) const {
      if (whole != other.whole) return whole;
      if (unheard != other.unheard) return unheard < other.unheard;
      return reach > other.reach;
    }
  };

  [[nodiscard]] std::size_t budget() const { return 4 * reader_.tokens_.size() + 20'000; }

  // ---- what might help
  void collect() {
    swallowed();
    at_failure();
    missing();
    wrong_word();
  }
  void add(Sort sort, Place at, NodeKind kind) { candidates_.push_back({sort, at, kind, at->kind}); }

  void near(Place at) {
    const std::string word(reader_.text(at));
    for (const NodeKind kind : accepted_for(word)) {
      if (expected_.has(kind) && kind != at->kind) add(Sort::Wording, at, kind);
    }
    for (std::size_t distance = 0; distance <= 2; ++distance) {
      for (const NodeKind kind : keywords()) {
        if (!expected_.has(kind) || kind == at->kind || !is_misspelling_of(word, kind)) continue;
        // `at` is no slip for `an`: another letter makes another word.
        if (is_keyword(at->kind) && class_of(at->kind) == WordClass::Hard && word.size() == text_of(kind).size() && word.size() < 3) continue;
        if (edit_distance(lower_case(word), text_of(kind), 2) == distance) add(Sort::Misspelling, at, kind);
      }
    }
  }
  // A keyword with a slip, or the start of a new line without a full stop before it, inside the name that was just read.
  void swallowed() {
    const auto [from, to] = reader_.name_before(failed_);
    const Lines lines(reader_);
    // Where lines begin with an article, as the terms of a vocabulary do, so may the line that was swallowed.
    const bool term_lines = extent_ == Extent::Line && articles.has(start_->kind);
    constexpr int far = 16;
    std::vector<Place> words;
    for (Place at = to; at != from && words.size() < far; words.push_back(at)) at = reader_.previous(at);
    const bool stop = expected_.has(FullStop);
    if (stop && reader_.name_is_unit() && !words.empty() && words.back() == from && lines.begins_anew(from)) add(Sort::Stop, from, FullStop);
    if (!words.empty() && words.back() == from) words.pop_back();
    for (const Place at : words) {
      if (stop && lines.begins_anew(at)) add(Sort::Stop, at, FullStop);
    }
    for (const Place at : words) near(at);
    for (const Place at : words) {
      if (stop && term_lines && at->has(Token::LineStart) && articles.has(at->kind)) add(Sort::Stop, at, FullStop);
    }
  }
  void at_failure() {
    if (is_word(failed_)) near(failed_);
    if (failed_ != reader_.begin() && failed_->kind == reader_.previous(failed_)->kind &&
        reader_.text(failed_) == reader_.text(reader_.previous(failed_)) && failed_->kind != EndOfFile) {
      add(Sort::Twice, failed_, failed_->kind);
    }
  }
  void missing() {
    const bool line = failed_->has(Token::LineStart) || failed_->kind == EndOfFile;
    for (const NodeKind kind : {FullStop, Colon, Comma, Semicolon}) {
      if (!expected_.has(kind)) continue;
      if (marks.has(failed_->kind)) add(Sort::WrongMark, failed_, kind);
      if (kind != FullStop || line) add(Sort::Mark, failed_, kind);
    }
  }
  void wrong_word() {
    const bool token = failed_->kind != EndOfFile;
    std::vector<NodeKind> wanted;
    for (const NodeKind kind : keywords()) {
      if (expected_.has(kind)) wanted.push_back(kind);
    }
    // A thing that is missing is not guessed to be `today`.
    std::erase_if(wanted, [](NodeKind kind) { return kind == KwToday || kind == KwIt || kind == KwUnknowable; });
    // What is left out most often comes first.
    constexpr KindSet often(KwThe, KwBy, KwIs, KwOf);
    std::stable_partition(wanted.begin(), wanted.end(), [&](NodeKind kind) { return often.has(kind); });
    // `A, B and C`: a comma that goes on with a statement was not meant to stop before `unless`.
    if (reader_.previous(failed_)->kind == Comma) std::erase_if(wanted, [](NodeKind kind) { return kind == KwUnless || kind == KwIf; });
    // Where almost any word may stand, guessing one helps nobody.
    constexpr std::size_t many = 24;
    if (wanted.size() > many) std::erase_if(wanted, [](NodeKind kind) { return class_of(kind) != WordClass::Hard; });
    if (wanted.size() > many) wanted.clear();
    for (const NodeKind kind : {String, Number, Date, ItemLabel, Cite, Bullet, Word}) {
      if (expected_.has(kind)) wanted.push_back(kind);
    }
    const Place after = reader_.next(failed_);
    const bool last = after->kind == EndOfFile || after->has(Token::LineStart);
    for (const NodeKind kind : {FullStop, Colon, Semicolon}) {
      if (token && last && expected_.has(kind) && !marks.has(failed_->kind) && after->kind != kind) add(Sort::Other, failed_, kind);
    }
    if (token && after != failed_) add(Sort::Extra, failed_, failed_->kind);
    // Words that begin no name lack nothing before them.
    constexpr std::array<std::string_view, 6> no_names{"there", "they", "either", "both", "such", "twice"};
    const std::string_view word = reader_.text(failed_);
    const bool count = expected_.has(Number) && !count_in_digits(word).empty();
    const bool name = !count && std::find(no_names.begin(), no_names.end(), word) == no_names.end();
    for (const NodeKind kind : wanted) {
      if (name) add(Sort::Word, failed_, kind);
    }
    if (!token) return;
    for (const NodeKind kind : wanted) {
      if (kind != failed_->kind) add(Sort::Other, failed_, kind);
    }
  }

  // ---- trying
  void make(const Candidate& candidate) {
    Token& token = reader_.token(candidate.at);
    switch (candidate.sort) {
      case Sort::Wording:
      case Sort::Misspelling:
      case Sort::WrongMark: token.kind = candidate.kind; break;
      case Sort::Other:
        token.kind = candidate.kind;
        token.flags |= Token::Malformed;
        break;
      case Sort::Stop:
        token.flags |= Token::NameStop;
        reader_.supply(candidate.at, FullStop);
        break;
      case Sort::Mark:
      case Sort::Word: reader_.supply(candidate.at, candidate.kind); break;
      case Sort::Twice:
      case Sort::Extra: token.flags |= Token::Deleted; break;
    }
    if (candidate.sort == Sort::Wording) drop_that(candidate, true);
  }
  void undo(const Candidate& candidate) {
    Token& token = reader_.token(candidate.at);
    const auto clear = [&](Token::Flag flag) { token.flags &= static_cast<std::uint8_t>(~flag); };
    switch (candidate.sort) {
      case Sort::Wording:
      case Sort::Misspelling:
      case Sort::WrongMark: token.kind = candidate.was; break;
      case Sort::Other:
        token.kind = candidate.was;
        clear(Token::Malformed);
        break;
      case Sort::Stop:
        clear(Token::NameStop);
        reader_.withdraw(candidate.at);
        break;
      case Sort::Mark:
      case Sort::Word: reader_.withdraw(candidate.at); break;
      case Sort::Twice:
      case Sort::Extra: clear(Token::Deleted); break;
    }
    if (candidate.sort == Sort::Wording) drop_that(candidate, false);
  }
  // `provided that`, `greater than`, `shall be` and `except where` are one wording: the second word goes with the first.
  void drop_that(const Candidate& candidate, bool drop) {
    const Place second = candidate.at + 1;
    const std::string_view word = second < reader_.end() ? reader_.text(second) : std::string_view();
    const bool that = word == "that" && candidate.kind == KwIf;
    const bool than = word == "than";
    const bool be = word == "be" && candidate.kind == KwIs;
    const bool where = candidate.kind == KwUnless && (word == "where" || word == "if" || word == "when");
    if (!that && !than && !be && !where) return;
    std::uint8_t& flags = reader_.token(second).flags;
    if (drop) flags |= Token::Deleted;
    else flags &= static_cast<std::uint8_t>(~Token::Deleted);
  }

  Outcome attempt(const Candidate& candidate) {
    // A token that is already malformed was reported; calling it something else would only hide that.
    Outcome outcome;
    if (candidate.sort == Sort::Other && candidate.at->has(Token::Malformed)) return outcome;
    make(candidate);
    reader_.trial = true;
    reader_.mistakes_.mute(true);
    const std::size_t unheard = reader_.mistakes_.unheard();
    const std::size_t steps = reader_.steps;
    reader_.builder.rollback(mark_);
    reader_.next_pass();
    Place at = start_;
    if (at->has(Token::Deleted)) reader_.pass_deleted(at);
    const bool read = again_(at);
    outcome.reach = reader_.index(read ? at : (reader_.failed_at_ != nullptr ? reader_.failed_at_ : start_));
    outcome.whole = read && ends_well(at);
    outcome.unheard = reader_.mistakes_.unheard() - unheard;
    reader_.tried_ += reader_.steps - steps + 1;
    reader_.mistakes_.mute(false);
    reader_.trial = false;
    undo(candidate);
    return outcome;
  }
  [[nodiscard]] bool ends_well(Place at) const {
    if (at->kind == EndOfFile || (at->has(Token::LineStart) && (at->kind != Bullet || extent_ == Extent::Heading))) return true;
    // A heading that lacked its colon, before its sentence on the same line.
    if (extent_ == Extent::Heading && at == failed_ && sentence_starts.has(at->kind)) return true;
    return extent_ == Extent::Item && marks.has(at->kind);
  }
  [[nodiscard]] bool good_enough(const Candidate& candidate, const Outcome& outcome) const {
    const std::uint32_t failed = reader_.index(failed_);
    if (outcome.whole) return outcome.unheard == 0 || outcome.reach > failed || candidate.sort == Sort::Stop;
    switch (candidate.sort) {
      case Sort::Misspelling:
        // A word that is a keyword itself was hardly meant to be another one.
        if (is_keyword(candidate.was)) return false;
        [[fallthrough]];
      case Sort::Wording: return outcome.reach > failed + 1 && outcome.unheard == 0;
      case Sort::Stop: return false;
      default: return outcome.reach > failed + 6 && outcome.unheard == 0;
    }
  }

  // ---- telling
  void tell(const Candidate& candidate) {
    const Place at = candidate.at;
    const Span whole{reader_.mistakes_.file(), at->begin, at->end};
    const std::uint32_t end = at == reader_.begin() ? at->begin : reader_.previous(at)->end;
    const Span gap{whole.file, end, end};
    const std::string kind(text_of(candidate.kind));
    switch (candidate.sort) {
      case Sort::Wording: {
        std::string seen(reader_.text(at));
        Span replaced = whole;
        if (at + 1 < reader_.end() && (at + 1)->has(Token::Deleted)) {
          seen += " " + std::string(reader_.text(at + 1));
          replaced.end = (at + 1)->end;
        }
        reader_.mistakes_.add<Kind::OtherWording>(reader_.index(at), replaced.begin, replaced.end, seen, kind).fix(replaced, kind);
        return;
      }
      case Sort::Misspelling: reader_.wrong<Kind::MisspeltKeyword>(at, reader_.text(at), kind).fix(whole, kind); return;
      case Sort::Stop:
      case Sort::Mark: {
        const char mark = candidate.kind == FullStop ? '.' : candidate.kind == Colon ? ':' : candidate.kind == Comma ? ',' : ';';
        if (candidate.kind == FullStop) {
          reader_.wrong_before<Kind::MissingFullStop>(at).fix(gap, ".");
        } else {
          const Place before = reader_.previous(at);
          constexpr std::uint32_t short_text = 40;
          const bool title = before->kind == String && before->end - before->begin <= short_text;
          reader_.wrong_before<Kind::MissingMark>(at, kind, title ? "`" + std::string(reader_.text(before)) + "`" : phrase_of(reader_, before))
              .fix(gap, std::string(1, mark));
        }
        return;
      }
      case Sort::WrongMark: {
        Token was = *at;
        was.kind = candidate.was;
        reader_.wrong<Kind::WrongMark>(at, text_of(was.kind), kind);
        return;
      }
      case Sort::Twice: reader_.wrong<Kind::RepeatedWord>(at, phrase_of(reader_, at)).fix({whole.file, end, whole.end}, ""); return;
      case Sort::Word: {
        auto reported = reader_.wrong<Kind::MissingWord>(at, phrase_of(candidate.kind), phrase_of(reader_, at));
        if (is_keyword(candidate.kind)) reported.fix({whole.file, whole.begin, whole.begin}, kind + " ");
        const std::string word(reader_.text(at));
        if (candidate.kind == KwThe && !word.empty() && word[0] >= 'A' && word[0] <= 'Z') {
          reported.note(whole, "the name of an entity in a case stands in quotes, such as `\"" + word + "\"`");
        }
        return;
      }
      case Sort::Other:
      case Sort::Extra: {
        // As it was before the repair was made.
        const Token now = *at;
        undo(candidate);
        general(reader_, at, expected_);
        reader_.token(at) = now;
        return;
      }
    }
  }

 public:
  // The message without a repair.
  static void general(Reader& reader, Place at, const KindSet& expected) {
    if (at->has(Token::Malformed)) return;  // said already
    // A text whose end is missing may have eaten the words up to the next text; one whose start is missing ends in an
    // unclosed one.
    if (line_has_unclosed_text(at)) {
      const Place before = reader.previous(at);
      if (before->kind == String && same_line(reader, before, at)) {
        reader.mistakes_.add<Kind::UnclosedText>(reader.index(before), before->begin, before->begin + 1);
        return;
      }
      if (expected.has(String)) {
        reader.wrong<Kind::MissingOpeningQuote>(at).fix({reader.mistakes_.file(), at->begin, at->begin}, "\"");
        return;
      }
    }
    if (at->kind == Bullet && !expected.has(Bullet)) {
      reader.wrong<Kind::ListWithoutHead>(at);
      return;
    }
    if (habit(reader, at, expected)) return;
    reader.wrong<Kind::Unexpected>(at, phrase_of(reader, at), phrase_of(expected));
  }

 private:
  // What other texts say where this language says something else.
  static bool habit(Reader& reader, Place at, const KindSet& expected) {
    const Place before = reader.previous(at);
    const auto instead = [&](Place word, std::string_view accepted) {
      reader.wrong<Kind::OtherWording>(word, reader.text(word), accepted)
          .fix({reader.mistakes_.file(), word->begin, word->end}, std::string(accepted));
      return true;
    };
    const bool condition = expected.has(KwAt) && expected.has(KwEvery) && expected.has(KwThe);
    if (condition && (at->kind == KwA || at->kind == KwAn)) return instead(at, "at least one");
    if (before->kind == KwAny && expected.has(Number) && expected.has(KwOf) && at->kind != KwOf) return instead(before, "at least one");
    if (before->kind == KwAll && expected.has(KwOf) && !expected.has(Number)) return instead(before, "every");
    if (before->kind == Comma && expected.has(KwUnless) && !expected.has(Word)) {
      reader.wrong<Kind::Unexpected>(before, "a comma", "`and` or `or`");
      return true;
    }
    if (at->kind == KwOf && (expected.has(KwMust) || expected.has(KwMay) || expected.has(KwShould))) {
      reader.wrong<Kind::Unexpected>(at, "`of`", phrase_of(expected))
          .note({reader.mistakes_.file(), at->begin, at->end}, "a bearer with `of` is introduced by `each`, or by `for each …,` before it");
      return true;
    }
    if (expected.has(Number) && !count_in_digits(reader.text(at)).empty()) return instead(at, count_in_digits(reader.text(at)));
    if (at->kind != KwEstablished && expected.has(KwEstablished) && before->kind == KwIs && reader.previous(before)->kind == KwIt) {
      const Place it = reader.previous(before);
      reader.wrong<Kind::Unexpected>(it, "`it`", "the name of what the statement speaks of")
          .note({reader.mistakes_.file(), it->begin, at->end}, "`it` stands only in `it is established that …`; write `the model is …`");
      return true;
    }
    if (at->kind == KwNot && condition) {
      reader.wrong<Kind::Unexpected>(at, "`not`", "a statement")
          .note({reader.mistakes_.file(), at->begin, at->end}, "`not` stands behind `is`: `the model is not …`");
      return true;
    }
    if (at->kind == KwNot && expected.has(String)) {
      reader.wrong<Kind::Unexpected>(at, "`not`", "a text in quotes")
          .note({reader.mistakes_.file(), at->begin, at->end}, "what must not be done is a `prohibition`");
      return true;
    }
    return false;
  }
  static bool same_line(const Reader& reader, Place from, Place to) {
    return reader.text().substr(from->begin, to->begin - from->begin).find('\n') == std::string_view::npos;
  }
  static bool line_has_unclosed_text(Place at) {
    for (Place later = at; later->kind != EndOfFile && (later == at || !later->has(Token::LineStart)); ++later) {
      if (later->has(Token::Unclosed) && later->kind == String) return true;
    }
    return false;
  }

  Reader& reader_;
  Extent extent_;
  Place start_;
  Builder::Mark mark_;
  FunctionRef<bool(Place&)> again_;
  Place failed_;
  KindSet expected_;
  std::vector<Candidate> candidates_;
};

bool Reader::repair(Extent extent, Place start, Place& at, Builder::Mark mark, FunctionRef<bool(Place&)> again) {
  bool told = false;
  for (int round = 0; failed_at_ != nullptr && round < most_rounds && !mistakes_.full(); ++round) {
    const Place failed = failed_at_;
    const KindSet expected = failed_expected_;
    // After a repair, only another repair is believed: what else fails here is most likely a consequence.
    const bool repaired = !failed->has(Token::Malformed) && Repairs(*this, extent, start, mark, again).find();
    if (!repaired && !told) Repairs::general(*this, failed, expected);
    // Read once more in earnest: the tries have taken the tree back.
    builder.rollback(mark);
    next_pass();
    at = start;
    if (at->has(Token::Deleted)) pass_deleted(at);
    if (again(at)) return true;
    if (!repaired) break;
    told = true;
  }
  Place to = too_many(at) ? end() - 1 : resume(extent, at, start->depth());
  if (extent == Extent::Item) {
    token(start).flags |= Token::Skip;
    skipped_.push_back({index(start), index(to)});
  }
  skip(at, to, mark);
  return true;
}

bool Reader::skip_known(Place& at, Builder::Mark mark) {
  for (auto known = skipped_.rbegin(); known != skipped_.rend(); ++known) {
    if (known->from != index(at)) continue;
    skip(at, begin() + known->to, mark);
    return true;
  }
  return false;
}

// The tokens up to `to` become an Error, inside the node that was being read.
void Reader::skip(Place& at, Place to, Builder::Mark mark) {
  const Builder::Mark inner = builder.mark();
  if (at < to) {
    const std::uint32_t error = builder.open(Error, at->begin);
    while (at < to) take(at);
    builder.close(error);
  } else {
    builder.gap_before(*at);
  }
  builder.extend(mark, inner);
}

bool Reader::too_many(Place at) {
  if (!mistakes_.full()) return false;
  mistakes_.stop_at(at->begin);
  return true;
}

// Where reading goes on after a mistake: behind the full stop at the end of a line, at a line that begins anew, for a
// bullet of some depth at the next one that is no deeper, for a heading behind its colon.
Place Reader::resume(Extent extent, Place from, std::uint32_t depth) const {
  const Lines lines(*this);
  for (Place at = from;; at = next(at)) {
    if (at->kind == EndOfFile) return at;
    const bool line_start = at->has(Token::LineStart);
    if (line_start && (lines.is_declaration(at) || lines.is_particular(at))) return at;
    const Place after = next(at);
    const bool ends_line = after->kind == EndOfFile || after->has(Token::LineStart);
    switch (extent) {
      case Extent::Line:
        if (at->kind == FullStop && ends_line) return after;
        break;
      case Extent::Heading:
        if (at->kind == Colon) return after;
        if (line_start) return at;
        break;
      case Extent::Item:
        if (line_start && ends_item(at, depth)) return at;
        if (ends_line && (at->kind == FullStop || (marks.has(at->kind) && ends_item(after, depth)))) return at;
        break;
    }
  }
}

}  // namespace onus::syntax
