#include "grammar/lines.hpp"

namespace onus::syntax {

using enum NodeKind;

bool Lines::is_label(Place at) const { return name_words.has(at->kind) || at->kind == Number || at->kind == Tag; }

bool Lines::is_declaration(Place at) const { return at->has(Token::LineStart) && opens_declaration(at); }

bool Lines::opens_declaration(Place at) const {
  if (!declaration_starts.has(at->kind)) return false;
  const Place second = reader_.next(at);
  const Place third = reader_.next(second);
  if (provision_starts.has(at->kind) || at->kind == KwPart) {
    constexpr KindSet after_label(String, Cite, Colon, KwOver);
    if (!is_label(second)) return false;
    if (after_label.has(third->kind)) return true;
    if (at->kind == KwPart) return third->kind == FullStop;
    const bool about = (at->kind == KwException && third->kind == KwTo) || (at->kind == KwTransition && third->kind == KwFor) ||
                       (at->kind == KwOpen && third->kind == KwIn);
    const NodeKind fourth = reader_.next(third)->kind;
    return about && (provision_starts.has(fourth) || fourth == KwPart || fourth == KwEvery);
  }
  switch (at->kind) {
    case KwUse:
    case KwCase: return second->kind == String;
    case KwSource: return is_label(second) && third->kind == String;
    case KwKinds:
    case KwAuthorities:
    case KwActs:
    case KwTerms:
    case KwFor:
    case KwStatus:
    case KwPeriods: return second->kind == Colon;
    case KwTime: return second->kind == KwZone && third->kind == Colon;
    case KwOmitted:
    case KwDiscretionary: return second->kind == Cite;
    case KwParameter:
    case KwSet: return second->kind == KwThe;
    case KwRepeal:
    case KwReplace: return provision_starts.has(second->kind) && is_label(third);
    case KwIn: return provision_starts.has(second->kind) && is_label(third) && reader_.next(third)->kind == Colon;
    default: return false;
  }
}

bool Lines::is_particular(Place at) const {
  if (!at->has(Token::LineStart) || !particular_starts.has(at->kind)) return false;
  const Place second = reader_.next(at);
  if (second->kind == Colon) return true;
  if (at->kind == KwReading) return second->kind == String;
  constexpr KindSet second_words(KwTo, KwWhich, KwBy, KwIf, KwFrom);
  return second_words.has(second->kind) && reader_.next(second)->kind == Colon;
}

bool Lines::begins_anew(Place at) const { return at->kind == EndOfFile || is_declaration(at) || is_particular(at); }

}  // namespace onus::syntax
