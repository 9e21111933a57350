#include "grammar/mistakes.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace onus::syntax {
namespace {

// Mistakes in words and marks: what else is odd on the line from there on is their consequence.
bool explains(Kind kind) {
  switch (kind) {
    case Kind::UnclosedText:
    case Kind::UnclosedCitation:
    case Kind::UnknownCharacter:
    case Kind::MalformedWord:
    case Kind::MissingOpeningQuote:
    case Kind::BulletInLine: return true;
    default: return false;
  }
}

}  // namespace

void Mistakes::deliver(const SourceStore& source, Sink& sink) const {
  const std::vector<Diagnostic>& all = heard_.all();
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return all[a].span < all[b].span; });
  const SourceFile& text = source.file(file_);
  std::map<std::uint32_t, std::size_t> explained;  // line -> the mistake that explains the rest of it
  for (const std::size_t at : order) {
    if (explains(all[at].kind)) explained.emplace(text.position(all[at].span.begin).line, at);
  }
  for (const std::size_t at : order) {
    const auto by = explained.find(text.position(all[at].span.begin).line);
    if (by != explained.end() && by->second != at && all[at].span.begin >= all[by->second].span.begin) continue;
    sink.add(all[at]);
  }
}

}  // namespace onus::syntax
