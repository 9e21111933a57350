#include "evaluate/verdict.hpp"

namespace onus::evaluate {

std::string_view norm_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::Applies: return "applies";
    case Verdict::DoesNotApply: return "does-not-apply";
    case Verdict::Depends: return "depends";
    case Verdict::Undetermined: return "undetermined";
    case Verdict::NotYet: return "not-yet";
    case Verdict::NoLonger: return "no-longer";
  }
  return {};
}

std::string_view conclusion_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::Applies: return "holds";
    case Verdict::DoesNotApply:
    case Verdict::NotYet:
    case Verdict::NoLonger: return "does-not-hold";
    case Verdict::Depends: return "depends";
    case Verdict::Undetermined: return "undetermined";
  }
  return {};
}

std::string_view status_word(Status status) {
  switch (status) {
    case Status::None: return "";
    case Status::Open: return "open";
    case Status::Due: return "due";
    case Status::Met: return "met";
    case Status::Overdue: return "overdue";
    case Status::Breached: return "breached";
  }
  return {};
}

}  // namespace onus::evaluate
