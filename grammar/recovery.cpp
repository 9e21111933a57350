#include "grammar/lines.hpp"
#include "grammar/reader.hpp"

namespace onus::syntax {

bool Reader::repair(Unit, Place, Place& at, Builder::Mark mark, FunctionRef<bool(Place&)>) {
  wrong<Kind::Unexpected>(at, text(at), "something else");
  const Builder::Mark inner = builder.mark();
  const std::uint32_t error = builder.open(NodeKind::Error, at->begin);
  while (at->kind != NodeKind::EndOfFile) {
    const bool stop = at->kind == NodeKind::FullStop;
    take(at);
    if (stop && at->has(Token::LineStart)) break;
  }
  builder.close(error);
  builder.extend(mark, inner);
  return true;
}
bool Reader::skip_known(Place&, Builder::Mark) { return false; }
bool Reader::stray(Level level, Place& at) {
  if (at->kind == NodeKind::EndOfFile || declaration_starts.has(at->kind) || level != Level::Body) return false;
  wrong<Kind::Unexpected>(at, text(at), "a declaration");
  take(at);
  return true;
}
void Reader::check_declaration(Place) {}
bool Reader::no_title(Place&) { return true; }

}  // namespace onus::syntax
