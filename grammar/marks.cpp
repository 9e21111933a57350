// Marks and bullets, with the mistakes that need no second try: a mark that is missing at the end of a line, a wrong one
// there, a bullet of the wrong depth, `and` with `or`, the limit of nesting.
#include <string>

#include "base/limits.hpp"
#include "grammar/lines.hpp"
#include "grammar/phrases.hpp"
#include "grammar/reader.hpp"
#include "syntax/words.hpp"

namespace onus::syntax {
namespace {

constexpr Limits limits;

std::string dashes(std::uint32_t depth) { return depth == 1 ? "one dash" : std::to_string(depth) + " dashes"; }

}  // namespace

void Reader::count_nesting(Place at) {
  if (nesting <= limits.nesting) return;
  wrong<Kind::NestedTooDeep>(at, static_cast<std::int64_t>(limits.nesting));
  throw TooDeep();
}

bool Reader::full_stop(Place& at) {
  if (at->kind == NodeKind::FullStop) {
    take(at);
    return true;
  }
  if (supplied(at, NodeKind::FullStop)) return true;
  const Lines lines(*this);
  // Another mark, and then a new line of its own: that mark was meant to close the sentence.
  if (marks.has(at->kind) && lines.begins_anew(next(at))) {
    wrong<Kind::WrongMark>(at, text_of(at->kind), "a full stop").fix({mistakes_.file(), at->begin, at->end}, ".");
    take(at);
    return true;
  }
  if (lines.begins_anew(at)) {
    const std::uint32_t end = previous(at)->end;
    wrong_before<Kind::MissingFullStop>(at).fix({mistakes_.file(), end, end}, ".");
    return true;
  }
  miss(at, NodeKind::FullStop);
  return false;
}

bool Reader::colon(Place& at) {
  if (at->kind == NodeKind::Colon) {
    take(at);
    return true;
  }
  if (supplied(at, NodeKind::Colon)) return true;
  if (marks.has(at->kind) && next(at)->has(Token::LineStart)) {
    wrong<Kind::WrongMark>(at, text_of(at->kind), "a colon").fix({mistakes_.file(), at->begin, at->end}, ":");
    take(at);
    return true;
  }
  if (at->has(Token::LineStart)) {
    const Place before = previous(at);
    wrong_before<Kind::MissingMark>(at, "a colon", "`" + std::string(text(before)) + "`")
        .fix({mistakes_.file(), before->end, before->end}, ":");
    return true;
  }
  miss(at, NodeKind::Colon);
  return false;
}

// The comma before `if` or `unless`. One before a bullet was meant to separate bullets.
bool Reader::clause_comma(Place& at) {
  if (at->kind == NodeKind::Comma && next(at)->kind == NodeKind::Bullet) {
    miss(at, NodeKind::Semicolon);
    return false;
  }
  return accept(at, NodeKind::Comma);
}

bool Reader::first_bullet(Place& at) {
  if (at->kind != NodeKind::Bullet) {
    if (supplied(at, NodeKind::Bullet)) return true;
    miss(at, NodeKind::Bullet);
    return false;
  }
  if (at->depth() != bullet_depth && !at->has(Token::Malformed)) wrong<Kind::WrongBulletDepth>(at, dashes(at->depth()), dashes(bullet_depth))
      .fix({mistakes_.file(), at->begin, at->end}, std::string(bullet_depth, '-'));
  return true;
}

// What may follow the text of a bullet; a new line is the list's business.
bool Reader::item_end(Place& at) {
  constexpr KindSet ends = marks | KindSet(NodeKind::Bullet, NodeKind::KwExpect, NodeKind::EndOfFile);
  if (ends.has(at->kind) || at->has(Token::LineStart)) return true;
  miss(at, KindSet(NodeKind::Semicolon, NodeKind::FullStop));
  return false;
}

bool Reader::next_bullet(Place& at) {
  // A mark that begins a line separates nothing, save a semicolon that was moved there.
  const bool mark = marks.has(at->kind) && (at->kind == NodeKind::Semicolon || !at->has(Token::LineStart));
  // `…; and` before the next bullet: the head of the list says how they are joined.
  const Place joint = next(at);
  if (at->kind == NodeKind::Semicolon && (joint->kind == NodeKind::KwAnd || joint->kind == NodeKind::KwOr) &&
      next(joint)->kind == NodeKind::Bullet) {
    wrong<Kind::JointInList>(joint, text(joint)).fix({mistakes_.file(), at->end, joint->end}, "");
    token(joint).flags |= Token::Deleted;
  }
  const Place bullet = mark ? next(at) : at;
  if (at->kind == NodeKind::Semicolon && bullet_is_missing(bullet, at->has(Token::LineStart))) {
    take(at);
    return true;
  }
  if (bullet->kind != NodeKind::Bullet) {
    miss(at, NodeKind::Semicolon);
    return false;
  }
  // A shallower bullet belongs to a list around this one; a deeper one has no list of its own.
  const bool certain = !bullet->has(Token::Malformed);
  if (bullet->depth() < bullet_depth && certain && !interrupts(bullet)) return false;
  if (bullet->depth() != bullet_depth && certain) {
    wrong<Kind::WrongBulletDepth>(bullet, dashes(bullet->depth()), dashes(bullet_depth))
        .fix({mistakes_.file(), bullet->begin, bullet->end}, std::string(bullet_depth, '-'));
  }
  if (!mark) {
    const Place before = previous(at);
    wrong_before<Kind::MissingMark>(at, "a semicolon", "`" + std::string(text(before)) + "`")
        .fix({mistakes_.file(), before->end, before->end}, ";");
    return true;
  }
  if (at->kind != NodeKind::Semicolon) {
    wrong<Kind::WrongMark>(at, text_of(at->kind), "a semicolon").fix({mistakes_.file(), at->begin, at->end}, ";");
  }
  take(at);
  return true;
}

// A bullet without a letter, one dash short, behind which the list goes on: it lost the dash. Were it one of the list around,
// the next one would have none.
bool Reader::interrupts(Place bullet) const {
  const Place first = next(bullet);
  if (bullet->depth() + 1 != bullet_depth || first->kind == NodeKind::ItemLabel) return false;
  Place at = first;
  const Lines lines(*this);
  while (at->kind != NodeKind::Bullet) {
    if (at->kind == NodeKind::EndOfFile || at->kind == NodeKind::KwExpect) return false;
    if (at->has(Token::LineStart) && lines.begins_anew(at)) return false;
    at = next(at);
  }
  return at->depth() == bullet_depth && previous(at)->kind != NodeKind::Colon && next(at)->kind != NodeKind::ItemLabel;
}

// A semicolon, and then a line that nothing else explains: the drafter went on with the list.
bool Reader::bullet_is_missing(Place at, bool moved) {
  if (at->has(Token::Patched) && supplied_slow(at, KindSet(NodeKind::Bullet), false)) return true;
  if (trial || at->kind == NodeKind::Bullet || at->kind == NodeKind::KwExpect || at->kind == NodeKind::EndOfFile ||
      !(moved || at->has(Token::LineStart)) || Lines(*this).begins_anew(at)) {
    return false;
  }
  // `expct:` after the facts of a case.
  if (next(at)->kind == NodeKind::Colon) {
    if (!is_misspelling_of(text(at), NodeKind::KwExpect)) return false;
    wrong<Kind::MisspeltKeyword>(at, text(at), text_of(NodeKind::KwExpect)).fix({mistakes_.file(), at->begin, at->end}, "expect");
    token(at).kind = NodeKind::KwExpect;
    return false;
  }
  const std::string bullet(bullet_depth, '-');
  KindSet starts = item_starts;
  if (builder.kind(open_node) == NodeKind::Case) starts |= expect_starts;
  if (starts.has(at->kind)) {
    wrong<Kind::MissingWord>(at, text_of(NodeKind::Bullet), phrase_of(*this, at))
        .fix({mistakes_.file(), at->begin, at->begin}, bullet + " ");
    supply(at, NodeKind::Bullet);
    return true;
  }
  // No text of a bullet begins so: the word stands where the bullet should.
  if (!starts.has(next(at)->kind)) return false;
  wrong<Kind::Unexpected>(at, phrase_of(*this, at), text_of(NodeKind::Bullet)).fix({mistakes_.file(), at->begin, at->end}, bullet);
  token(at).kind = NodeKind::Bullet;
  token(at).flags |= Token::Malformed;
  return true;
}

void Reader::mixed(Place at, NodeKind chain, Place first_word) {
  wrong<Kind::MixedAndOr>(at).note({mistakes_.file(), first_word->begin, first_word->end},
                                   chain == NodeKind::KwAnd ? "`and` stands here" : "`or` stands here");
  builder.gap();
}

}  // namespace onus::syntax
