// What the grammar shares while it reads one file: the tokens, the tree in the making, the mistakes, and what recovery
// needs to know. The grammar's context holds a reference to it; no Boost in here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "grammar/builder.hpp"
#include "grammar/kind_set.hpp"
#include "grammar/lexical.hpp"
#include "grammar/mistakes.hpp"

namespace onus::syntax {

using Place = const Token*;

// Thrown when the nesting limit is passed; reported already.
struct TooDeep {};

// What recovery treats as one: a line that ends with a full stop, a heading that ends with a colon, a bullet's text.
enum class Extent : std::uint8_t { Line, Heading, Item };
// Where a line that begins with nothing known was met.
enum class Level : std::uint8_t { Body, Provision, Terms };

// Calls anything callable without owning it.
template <class>
class FunctionRef;
template <class Result, class... Arguments>
class FunctionRef<Result(Arguments...)> {
 public:
  template <class Callable>
    requires(!std::is_same_v<Callable, FunctionRef>)
  FunctionRef(Callable& callable)  // NOLINT: meant to convert
      : object_(&callable), call_([](void* object, Arguments... arguments) -> Result {
          return (*static_cast<Callable*>(object))(std::forward<Arguments>(arguments)...);
        }) {}
  Result operator()(Arguments... arguments) const { return call_(object_, std::forward<Arguments>(arguments)...); }

 private:
  void* object_;
  Result (*call_)(void*, Arguments...);
};

class Reader {
 public:
  Reader(std::string_view text, std::vector<Token> tokens, Mistakes& mistakes)
      : text_(text), tokens_(std::move(tokens)), mistakes_(mistakes) {}

  // ---- tokens
  [[nodiscard]] Place begin() const { return tokens_.data(); }
  [[nodiscard]] Place end() const { return tokens_.data() + tokens_.size(); }
  [[nodiscard]] std::uint32_t index(Place at) const { return static_cast<std::uint32_t>(at - begin()); }
  [[nodiscard]] Token& token(Place at) { return tokens_[index(at)]; }
  [[nodiscard]] std::string_view text(Place at) const { return text_.substr(at->begin, at->end - at->begin); }
  [[nodiscard]] std::string_view text() const { return text_; }
  // The next and the previous token that the grammar sees. EndOfFile is its own next, the first token its own previous.
  [[nodiscard]] Place next(Place at) const {
    if (at->kind == NodeKind::EndOfFile) return at;
    do ++at;
    while (at->has(Token::Deleted));
    return at;
  }
  [[nodiscard]] Place previous(Place at) const {
    const Place from = at;
    while (at != begin()) {
      --at;
      if (!at->has(Token::Deleted)) return at;
    }
    return from;
  }
  // Takes the token into the tree and goes on to the next one that the grammar sees. Out of line, as all that follows:
  // the grammar calls it from a thousand places.
  void take(Place& at);
  void pass_deleted(Place& at);
  // Takes the token if it is of this kind (one of these kinds); else notes that it could have been.
  bool accept(Place& at, NodeKind kind);
  bool accept(Place& at, const KindSet& kinds);
  // Whether one of these begins here; nothing is taken.
  bool begins(Place at, const KindSet& kinds);
  // A name; a predicate may have some hard words after its first one.
  bool name(Place& at, NodeKind kind, bool predicate);
  bool unit(Place& at);
  std::uint32_t open(NodeKind kind, Place at);
  void close(std::uint32_t outer);

  // ---- what could have stood at the place of the last failure
  void miss(Place at, NodeKind kind) {
    if (at != missed_at_) missed_at_ = at, missed_ = KindSet();
    missed_.add(kind);
  }
  void miss(Place at, const KindSet& kinds) {
    if (at != missed_at_) missed_at_ = at, missed_ = KindSet();
    missed_ |= kinds;
  }
  // A unit may be left out, so that even its first word may be what begins a new line.
  void name_ended(Place from, Place to, bool is_unit = false) { name_from_ = from, name_to_ = to, name_is_unit_ = is_unit; }
  // The place where an expectation failed, and everything that would have been accepted there.
  void failed(Place at) {
    failed_at_ = at;
    if (missed_at_ != at) missed_ = KindSet();
    failed_expected_ = missed_;
  }
  // What failed has been reported already.
  void gave_up() { failed_at_ = nullptr; }
  [[nodiscard]] Place failed_at() const { return failed_at_; }
  [[nodiscard]] const KindSet& expected() const { return failed_expected_; }
  // The last name that was read; empty when it does not end at `at`.
  [[nodiscard]] bool name_is_unit() const { return name_is_unit_; }
  [[nodiscard]] std::pair<Place, Place> name_before(Place at) const {
    return name_to_ == at ? std::pair(name_from_, name_to_) : std::pair(at, at);
  }

  // ---- words that recovery has put in
  // Whether recovery holds that a word of this kind (or of one of these) is missing before `at`; true once a pass.
  [[nodiscard]] bool supplied(Place at, NodeKind kind) { return at->has(Token::Patched) && supplied_slow(at, KindSet(kind), true); }
  [[nodiscard]] bool supplied(Place at, const KindSet& kinds) { return at->has(Token::Patched) && supplied_slow(at, kinds, true); }
  void supply(Place before, NodeKind kind);
  void withdraw(Place before);
  void next_pass() { ++pass_; }

  // ---- reports
  [[nodiscard]] Mistakes& mistakes() { return mistakes_; }
  template <Kind K, class... Given>
  Reported wrong(Place at, Given&&... arguments) {
    return mistakes_.add<K>(index(at), at->begin, at->end, std::forward<Given>(arguments)...);
  }
  // At the end of the token before `at`: something is missing there.
  template <Kind K, class... Given>
  Reported wrong_before(Place at, Given&&... arguments) {
    const std::uint32_t end = at == begin() ? at->begin : previous(at)->end;
    return mistakes_.add<K>(index(at), end, end, std::forward<Given>(arguments)...);
  }

  // ---- marks and bullets with repairs that need no second try (marks.cpp)
  bool full_stop(Place& at);
  bool colon(Place& at);
  bool clause_comma(Place& at);
  // The step of a list from one bullet to the next: what separates them is taken. False at the end of the list.
  bool first_bullet(Place& at);
  bool item_end(Place& at);
  bool next_bullet(Place& at);
  bool bullet_is_missing(Place at, bool moved);
  [[nodiscard]] bool interrupts(Place bullet) const;
  void mixed(Place at, NodeKind chain, Place first_word);
  // ---- other wordings (wording.cpp)
  bool reworded(Place& at);
  void has_not(Place at);
  void lone_not(Place& at, Place statement);

  void check_name(Place from);
  void count_nesting(Place at);

  // ---- recovery (recovery.cpp, stray.cpp)
  // After a mistake in a unit that began at `start`: tries repairs by reading the unit `again`, reports the mistake, and
  // leaves `at` where reading goes on.
  bool repair(Extent extent, Place start, Place& at, Builder::Mark mark, FunctionRef<bool(Place&)> again);
  // Takes a part that was given up before, so that it is not reported again.
  bool skip_known(Place& at, Builder::Mark mark);
  // A line that nothing begins with. False when the level above knows it, or at the end of the file.
  bool stray(Level level, Place& at);
  // Before a declaration: says so if this sort does not stand in this file.
  void check_declaration(Place at);
  // A file that does not begin with its title.
  bool no_title(Place& at);

  Builder builder;
  std::uint32_t open_node = 0;     // the innermost node that is open
  std::uint32_t nesting = 0;
  std::uint32_t bullet_depth = 0;  // of the list that is being read
  bool trial = false;              // trying a repair: no reports, no further repairs
  NodeKind file_kind = NodeKind::Regulation;
  std::size_t steps = 0;           // tokens taken, tries included: the work that was done

 private:
  bool supplied_slow(Place at, const KindSet& kinds, bool use);
  [[nodiscard]] bool name_goes_on(Place at, bool predicate) const;
  [[nodiscard]] Place resume(Extent extent, Place from, std::uint32_t depth = 0) const;
  void skip(Place& at, Place to, Builder::Mark mark);
  // Puts `kind` in the place of the token's own, for good.
  void replace(Place at, NodeKind kind) { token(at).kind = kind; }
  [[nodiscard]] bool too_many(Place at);
  friend class Repairs;

  struct Supply {
    std::uint32_t token;
    NodeKind kind;
    std::uint32_t used_in;
  };
  struct Skipped {
    std::uint32_t from;
    std::uint32_t to;
  };

  std::string_view text_;
  std::vector<Token> tokens_;
  Mistakes& mistakes_;
  Place missed_at_ = nullptr;
  KindSet missed_;
  Place failed_at_ = nullptr;
  KindSet failed_expected_;
  Place name_from_ = nullptr;
  Place name_to_ = nullptr;
  bool name_is_unit_ = false;
  std::vector<Supply> supplies_;
  std::vector<Skipped> skipped_;
  std::uint32_t pass_ = 1;
  std::size_t tried_ = 0;          // tokens taken while trying repairs
  bool headlines_over_ = false;
  bool file_known_ = true;         // the file has a title that says what it is
};

}  // namespace onus::syntax
