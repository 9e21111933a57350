#include "grammar/mistakes.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>

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
  // Lines are counted along the way: a position costs its column, and lines may be long.
  const std::string_view text = source.file(file_).text();
  std::vector<std::uint32_t> lines(all.size());
  std::uint32_t line = 0;
  std::uint32_t counted = 0;
  std::map<std::uint32_t, std::size_t> explained;  // line -> the mistake that explains the rest of it
  for (const std::size_t at : order) {
    const std::uint32_t begin = all[at].span.begin;
    line += static_cast<std::uint32_t>(std::count(text.begin() + counted, text.begin() + begin, '\n'));
    counted = begin;
    lines[at] = line;
    if (explains(all[at].kind)) explained.emplace(line, at);
  }
  for (const std::size_t at : order) {
    const auto by = explained.find(lines[at]);
    if (by != explained.end() && by->second != at && all[at].span.begin >= all[by->second].span.begin) continue;
    sink.add(all[at]);
  }
  if (first_dropped_) diagnose<Kind::TooManyMistakes>(sink, Span{file_, *first_dropped_, *first_dropped_});
}

}  // namespace onus::syntax
