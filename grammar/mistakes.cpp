#include "grammar/mistakes.hpp"

#include <algorithm>
#include <numeric>

namespace onus::syntax {

void Mistakes::deliver(const SourceStore& source, Sink& sink) const {
  const std::vector<Diagnostic>& all = heard_.all();
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return all[a].span < all[b].span; });
  const SourceFile& text = source.file(file_);
  std::uint32_t explained_line = 0;
  for (const std::size_t at : order) {
    const Diagnostic& mistake = all[at];
    const std::uint32_t line = text.position(mistake.span.begin).line;
    if (line == explained_line) continue;
    switch (mistake.kind) {
      case Kind::UnclosedText:
      case Kind::UnclosedCitation:
      case Kind::UnknownCharacter:
      case Kind::MalformedWord:
      case Kind::MissingOpeningQuote:
      case Kind::BulletInLine: explained_line = line; break;
      default: break;
    }
    sink.add(mistake);
  }
}

}  // namespace onus::syntax
