// Lines that nothing begins with, files without a title, and declarations in the wrong sort of file.
#include <algorithm>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "grammar/lines.hpp"
#include "grammar/phrases.hpp"
#include "grammar/reader.hpp"
#include "syntax/words.hpp"

namespace onus::syntax {

using enum NodeKind;

namespace {

std::size_t distance(std::string_view word, NodeKind kind) {
  constexpr std::size_t far = 3;
  return edit_distance(lower_case(word), text_of(kind), far).value_or(far + 1);
}

// The keyword of `among` that is nearest to the word, two slips away at most; EndOfFile when there is none. A second slip
// is allowed because the rest of the line must then fit too.
NodeKind meant(std::string_view word, const KindSet& among) {
  NodeKind best = EndOfFile;
  std::size_t nearest_yet = 3;
  for (const NodeKind kind : keywords()) {
    if (!among.has(kind) || word == text_of(kind)) continue;
    const std::size_t most = text_of(kind).size() >= 4 ? 2 : 1;
    const std::size_t slips = distance(word, kind);
    if (slips <= most && slips < nearest_yet) best = kind, nearest_yet = slips;
  }
  return best;
}

bool is_word(Place at) { return at->kind == Word || is_keyword(at->kind); }

constexpr KindSet title_words(KwVocabulary, KwRegulation, KwDraft);
constexpr KindSet anywhere = provision_starts | KindSet(KwUse, KwSource, KwTerms);
constexpr KindSet in_vocabulary = anywhere | KindSet(KwKinds, KwAuthorities, KwActs, KwOmitted, KwDiscretionary);
constexpr KindSet in_regulation =
    anywhere | headline_starts | KindSet(KwParameter, KwPart, KwOmitted, KwDiscretionary, KwCase);
constexpr KindSet in_draft = anywhere | KindSet(KwParameter, KwPart, KwCase, KwSet, KwRepeal, KwReplace, KwIn);

}  // namespace

bool Reader::stray(Level level, Place& at) {
  if (at->kind == EndOfFile || (declaration_starts.has(at->kind) && (level != Level::Body || at->has(Token::LineStart)))) {
    return false;
  }
  const Lines lines(*this);
  const Builder::Mark mark = builder.mark();
  if (too_many(at)) {
    skip(at, end() - 1, mark);
    return true;
  }
  const bool line_start = at->has(Token::LineStart);
  KindSet expected = declaration_starts;
  if (level == Level::Provision) expected |= particular_starts;
  if (level == Level::Terms) expected |= KindSet(KwThe, KwA, KwAn);

  const KindSet known = expected | particular_starts;  // those of a part are missed at the level above
  if (line_start && is_word(at) && !known.has(at->kind)) {
    // A keyword with a slip: it is put right, and the line is read as what it was meant to be. The line must then look
    // like one; otherwise it is some other word that happens to be near.
    const NodeKind seen = at->kind;
    // Inside a provision a particular is likelier than what begins something new.
    NodeKind kind = meant(text(at), known);
    const NodeKind particular = level == Level::Provision ? meant(text(at), particular_starts) : EndOfFile;
    if (particular != EndOfFile && distance(text(at), particular) <= distance(text(at), kind)) kind = particular;
    if (kind != EndOfFile) {
      replace(at, kind);
      const bool plausible = declaration_starts.has(kind) ? lines.is_declaration(at)
                             : particular_starts.has(kind) ? lines.is_particular(at) || (level == Level::Provision && is_misspelling_of(text(at), kind))
                                                           : level == Level::Terms;
      if (plausible) {
        wrong<Kind::MisspeltKeyword>(at, text(at), text_of(kind)).fix({mistakes_.file(), at->begin, at->end}, std::string(text_of(kind)));
        if (!expected.has(kind)) skip(at, resume(Extent::Line, next(at)), mark);
        return true;
      }
      replace(at, seen);
    }
  }
  // A full stop too many.
  if (at->kind == FullStop && previous(at)->kind == FullStop) {
    wrong<Kind::RepeatedWord>(at, text_of(FullStop)).fix({mistakes_.file(), at->begin, at->end}, "");
    skip(at, next(at), mark);
    return true;
  }
  if (level == Level::Provision && line_start) {
    // Only what looks like a particular is dealt with here: a few words and a colon, but no heading.
    Place end = at;
    for (int words = 0; words < 4 && is_word(end); ++words) end = next(end);
    if (end == at || end->kind != Colon || next(end)->has(Token::LineStart)) return false;
    expected = particular_starts;
  }
  if (line_start) {
    wrong<Kind::UnknownLine>(at, phrase_of(*this, at), phrase_of(expected));
  } else {
    wrong<Kind::Unexpected>(at, phrase_of(*this, at), "a new line");
  }
  Place to = at;
  if (level == Level::Body && line_start) {
    do to = next(to);
    while (to->kind != EndOfFile && !lines.is_declaration(to));
  } else {
    to = resume(Extent::Line, next(at));
  }
  skip(at, to, mark);
  return true;
}

void Reader::check_declaration(Place at) {
  const NodeKind file = builder.kind(open_node);
  const KindSet& admitted = file == Vocabulary ? in_vocabulary : file == Draft ? in_draft : in_regulation;
  const bool headline = headline_starts.has(at->kind);
  if (admitted.has(at->kind) && !(headline && headlines_over_)) {
    headlines_over_ = headlines_over_ || !headline;
    return;
  }
  if (!file_known_ || !Lines(*this).opens_declaration(at)) return;
  if (headline && file == Regulation) {
    wrong<Kind::HeadlineTooLate>(at, text(at));
    return;
  }
  std::vector<std::string> homes;
  if (in_vocabulary.has(at->kind)) homes.emplace_back("vocabulary");
  if (in_regulation.has(at->kind)) homes.emplace_back("regulation");
  if (in_draft.has(at->kind)) homes.emplace_back("draft");
  wrong<Kind::NotInThisFile>(at, text(at), lower_case(name_of(file)), join_with(homes, "or"));
}

bool Reader::no_title(Place& at) {
  if (is_word(at)) {
    const NodeKind kind = meant(text(at), title_words);
    if (kind != EndOfFile) {
      wrong<Kind::MisspeltKeyword>(at, text(at), text_of(kind)).fix({mistakes_.file(), at->begin, at->end}, std::string(text_of(kind)));
      replace(at, kind);
      return true;
    }
  }
  wrong<Kind::NoTitle>(at, phrase_of(*this, at));
  file_known_ = false;
  const Lines lines(*this);
  const Builder::Mark mark = builder.mark();
  Place to = at;
  while (to->kind != EndOfFile && !lines.is_declaration(to) && !(title_words.has(to->kind) && to->has(Token::LineStart))) to = next(to);
  skip(at, to, mark);
  return true;
}

}  // namespace onus::syntax
