// The parsers and directives of our own that the grammar is written in. All of them read tokens, have no attribute, and
// emit the flat tree into the Reader of the context.
//
//   KwIf, Comma, …   one token of that kind             one_of(kinds)   one token of several kinds
//   when(kinds)[p]   p, if the next token is one of these: alternatives are chosen, never tried
//   node<K>[p]       what p reads becomes a node        become<K>       the innermost open node is a K after all
//   infix<K>(p, ops) p { op p }, wrapped into a K if there is an operator
//   nested[p]        p one level deeper, counted against the limit
//   bullets[p]       a list of bullets one level deeper than the list around it
//   recover<E>[p]    p; a mistake inside is reported and repaired or passed over, and reading goes on behind it
//
// Alternatives and sequences are LL(1): whatever follows a first token is an expectation (`>`), so nothing is undone.
#pragma once

// Without it, each expectation spells out the mangled name of its operand when it fails.
#define BOOST_SPIRIT_X3_NO_RTTI

#include <functional>
#include <string>

#include <boost/spirit/home/x3.hpp>

#include "grammar/reader.hpp"

namespace onus::syntax::grammar {

namespace x3 = boost::spirit::x3;

struct reader_tag;
template <class Context>
Reader& reader_of(const Context& context) {
  return x3::get<reader_tag>(context).get();
}

// ---- tokens ----------------------------------------------------------------------------------------------------------------

template <NodeKind K>
struct leaf : x3::parser<leaf<K>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& /*last*/, const Context& context, RContext& /*rcontext*/, Attribute& /*attribute*/) const {
    return reader_of(context).accept(first, K);
  }
};

struct one_of : x3::parser<one_of> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  constexpr explicit one_of(KindSet kinds_wanted) : kinds(kinds_wanted) {}
  template <class... Kinds>
  constexpr explicit one_of(NodeKind kind, Kinds... more) : kinds(kind, more...) {}
  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& /*last*/, const Context& context, RContext& /*rcontext*/, Attribute& /*attribute*/) const {
    return reader_of(context).accept(first, kinds);
  }
  KindSet kinds;
};

// A member function of the Reader that reads something.
template <bool (Reader::*Read)(Place&)>
struct read_by : x3::parser<read_by<Read>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& /*last*/, const Context& context, RContext& /*rcontext*/, Attribute& /*attribute*/) const {
    return (reader_of(context).*Read)(first);
  }
};

// ---- names -----------------------------------------------------------------------------------------------------------------

template <NodeKind K, bool Predicate>
struct name_parser : x3::parser<name_parser<K, Predicate>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& /*last*/, const Context& context, RContext& /*rcontext*/, Attribute& /*attribute*/) const {
    return reader_of(context).name(first, K, Predicate);
  }
};

#if defined(__GNUC__)
#define ONUS_OUT_OF_LINE [[gnu::noinline]]
#else
#define ONUS_OUT_OF_LINE
#endif
[[noreturn]] ONUS_OUT_OF_LINE inline void not_there(Place at) { throw x3::expectation_failure<Place>(at, std::string()); }
#undef ONUS_OUT_OF_LINE

template <class Subject>
struct demanded : x3::unary_parser<Subject, demanded<Subject>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  constexpr demanded(const Subject& inner) : x3::unary_parser<Subject, demanded<Subject>>(inner) {}  // NOLINT: as in X3

  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& last, const Context& context, RContext& rcontext, Attribute& attribute) const {
    if (!this->subject.parse(first, last, context, rcontext, attribute)) not_there(first);
    return true;
  }
};

}  // namespace onus::syntax::grammar

// Expecting a token, a name or a rule is the commonest thing in the grammar. Out of line, what a failure needs takes no room in
// the frames of the rules, which stand on the stack once a level of nesting.
namespace boost::spirit::x3 {
template <onus::syntax::NodeKind K>
struct expect_directive<onus::syntax::grammar::leaf<K>> : onus::syntax::grammar::demanded<onus::syntax::grammar::leaf<K>> {
  using onus::syntax::grammar::demanded<onus::syntax::grammar::leaf<K>>::demanded;
};
template <onus::syntax::NodeKind K, bool Predicate>
struct expect_directive<onus::syntax::grammar::name_parser<K, Predicate>>
    : onus::syntax::grammar::demanded<onus::syntax::grammar::name_parser<K, Predicate>> {
  using onus::syntax::grammar::demanded<onus::syntax::grammar::name_parser<K, Predicate>>::demanded;
};
template <class Id>
struct expect_directive<rule<Id>> : onus::syntax::grammar::demanded<rule<Id>> {
  using onus::syntax::grammar::demanded<rule<Id>>::demanded;
};
}  // namespace boost::spirit::x3

namespace onus::syntax::grammar {

// ---- choice and nodes ---------------------------------------------------------------------------------------------------------

template <class Subject>
struct when_directive : x3::unary_parser<Subject, when_directive<Subject>> {
  using base = x3::unary_parser<Subject, when_directive<Subject>>;
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  constexpr when_directive(const Subject& inner, KindSet kinds_wanted) : base(inner), kinds(kinds_wanted) {}

  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& last, const Context& context, RContext& rcontext, Attribute& attribute) const {
    return reader_of(context).begins(first, kinds) && this->subject.parse(first, last, context, rcontext, attribute);
  }
  KindSet kinds;
};
struct when {
  template <class... Kinds>
  constexpr explicit when(NodeKind kind, Kinds... more) : kinds(kind, more...) {}
  constexpr explicit when(KindSet kinds_wanted) : kinds(kinds_wanted) {}
  template <class Subject>
  constexpr auto operator[](const Subject& subject) const {
    return when_directive<typename x3::extension::as_parser<Subject>::value_type>(x3::as_parser(subject), kinds);
  }
  KindSet kinds;
};

template <class Subject, NodeKind K>
struct node_directive : x3::unary_parser<Subject, node_directive<Subject, K>> {
  using base = x3::unary_parser<Subject, node_directive<Subject, K>>;
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  constexpr explicit node_directive(const Subject& inner) : base(inner) {}

  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& last, const Context& context, RContext& rcontext, Attribute& attribute) const {
    Reader& reader = reader_of(context);
    const Builder::Mark mark = reader.builder.mark();
    bool read = false;
    {
      const Open open(reader, first);
      read = this->subject.parse(first, last, context, rcontext, attribute);
    }
    if (!read) reader.builder.rollback(mark);
    return read;
  }

 private:
  // Closes the node also when a mistake unwinds through it: a broken text still gives a whole tree.
  struct Open {
    Open(Reader& the_reader, Place at) : reader(the_reader), outer(reader.open(K, at)) {}
    ~Open() { reader.close(outer); }
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;
    Reader& reader;
    std::uint32_t outer;
  };
};
template <NodeKind K>
struct node_gen {
  template <class Subject>
  constexpr auto operator[](const Subject& subject) const {
    return node_directive<typename x3::extension::as_parser<Subject>::value_type, K>(x3::as_parser(subject));
  }
};
template <NodeKind K>
inline constexpr node_gen<K> node{};

template <NodeKind K>
struct become_parser : x3::parser<become_parser<K>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  template <class Context, class RContext, class Attribute>
  bool parse(Place& /*first*/, const Place& /*last*/, const Context& context, RContext& /*rcontext*/, Attribute& /*attribute*/) const {
    Reader& reader = reader_of(context);
    reader.builder.rename(reader.open_node, K);
    return true;
  }
};
template <NodeKind K>
inline constexpr become_parser<K> become{};

// `operand { operator operand }`, at most `most` operators; wrapped into a K if there is one.
template <class Subject, NodeKind K, bool Many>
struct infix_directive : x3::unary_parser<Subject, infix_directive<Subject, K, Many>> {
  using base = x3::unary_parser<Subject, infix_directive<Subject, K, Many>>;
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  constexpr infix_directive(const Subject& inner, KindSet operators_wanted) : base(inner), operators(operators_wanted) {}

  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& last, const Context& context, RContext& rcontext, Attribute& attribute) const {
    Reader& reader = reader_of(context);
    const Builder::Mark mark = reader.builder.mark();
    if (!this->subject.parse(first, last, context, rcontext, attribute)) return false;
    const one_of op(operators);
    if (!op.parse(first, last, context, rcontext, attribute)) return true;
    const demanded<Subject> operand(this->subject);
    do operand.parse(first, last, context, rcontext, attribute);
    while (Many && op.parse(first, last, context, rcontext, attribute));
    reader.builder.wrap(mark, K);
    return true;
  }
  KindSet operators;
};
template <NodeKind K, bool Many = true, class Subject>
constexpr auto infix(const Subject& subject, KindSet operators) {
  return infix_directive<Subject, K, Many>(subject, operators);
}

// `first { and more | or more }`, wrapped into an And or an Or; mixing them is reported.
template <class First, class More>
struct conjunction_parser : x3::parser<conjunction_parser<First, More>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  constexpr conjunction_parser(const First& the_first, const More& the_more) : first_member(the_first), more(the_more) {}

  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& last, const Context& context, RContext& rcontext, Attribute& attribute) const {
    Reader& reader = reader_of(context);
    const Builder::Mark mark = reader.builder.mark();
    const Place start = first;
    if (!first_member.parse(first, last, context, rcontext, attribute)) return false;
    const one_of op(NodeKind::KwAnd, NodeKind::KwOr);
    const Place first_word = first;
    const NodeKind chain = first->kind;
    if (!op.parse(first, last, context, rcontext, attribute)) return true;
    const demanded<More> member(more);
    constexpr KindSet words = name_starts | KindSet(NodeKind::KwA, NodeKind::KwAn);
    Place statement = start;
    for (;;) {
      if (first->kind == NodeKind::KwNot) reader.lone_not(first, statement);
      if (!words.has(first->kind)) statement = first;
      member.parse(first, last, context, rcontext, attribute);
      const Place word = first;
      const NodeKind kind = first->kind;
      if (!op.parse(first, last, context, rcontext, attribute)) break;
      if (kind != chain) reader.mixed(word, chain, first_word);
    }
    reader.builder.wrap(mark, chain == NodeKind::KwOr ? NodeKind::Or : NodeKind::And);
    return true;
  }
  First first_member;
  More more;
};
template <class First, class More>
constexpr auto conjunction(const First& first, const More& more) {
  return conjunction_parser<First, More>(first, more);
}

// `p`, wrapped into a K together with `rest` where rest begins.
template <class Subject, class Rest, NodeKind K>
struct followed_directive : x3::unary_parser<Subject, followed_directive<Subject, Rest, K>> {
  using base = x3::unary_parser<Subject, followed_directive<Subject, Rest, K>>;
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  constexpr followed_directive(const Subject& inner, const Rest& the_rest) : base(inner), rest(the_rest) {}

  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& last, const Context& context, RContext& rcontext, Attribute& attribute) const {
    Reader& reader = reader_of(context);
    const Builder::Mark mark = reader.builder.mark();
    if (!this->subject.parse(first, last, context, rcontext, attribute)) return false;
    if (rest.parse(first, last, context, rcontext, attribute)) reader.builder.wrap(mark, K);
    return true;
  }
  Rest rest;
};
template <NodeKind K, class Subject, class Rest>
constexpr auto followed(const Subject& subject, const Rest& rest) {
  return followed_directive<Subject, Rest, K>(subject, rest);
}

// ---- depth ---------------------------------------------------------------------------------------------------------------------

// Raises a counter of the reader while it lives.
struct Raised {
  explicit Raised(std::uint32_t& counter) : counter_(counter) { ++counter_; }
  ~Raised() { --counter_; }
  Raised(const Raised&) = delete;
  Raised& operator=(const Raised&) = delete;

 private:
  std::uint32_t& counter_;
};

template <class Subject>
struct nested_directive : x3::unary_parser<Subject, nested_directive<Subject>> {
  using base = x3::unary_parser<Subject, nested_directive<Subject>>;
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  constexpr explicit nested_directive(const Subject& inner) : base(inner) {}

  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& last, const Context& context, RContext& rcontext, Attribute& attribute) const {
    Reader& reader = reader_of(context);
    const Raised level(reader.nesting);
    reader.count_nesting(first);
    return this->subject.parse(first, last, context, rcontext, attribute);
  }
};
struct nested_gen {
  template <class Subject>
  constexpr auto operator[](const Subject& subject) const {
    return nested_directive<typename x3::extension::as_parser<Subject>::value_type>(x3::as_parser(subject));
  }
};
inline constexpr nested_gen nested{};

// Conditions inside a bullet that the grammar does not see as one: their lists start one level deeper.
template <class Subject>
struct deeper_directive : x3::unary_parser<Subject, deeper_directive<Subject>> {
  using base = x3::unary_parser<Subject, deeper_directive<Subject>>;
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  constexpr explicit deeper_directive(const Subject& inner) : base(inner) {}

  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& last, const Context& context, RContext& rcontext, Attribute& attribute) const {
    const Raised level(reader_of(context).bullet_depth);
    return this->subject.parse(first, last, context, rcontext, attribute);
  }
};
struct deeper_gen {
  template <class Subject>
  constexpr auto operator[](const Subject& subject) const {
    return deeper_directive<typename x3::extension::as_parser<Subject>::value_type>(x3::as_parser(subject));
  }
};
inline constexpr deeper_gen deeper{};

// A list: the subject begins with a bullet whose depth is the list's, one more than that of the list around it.
template <class Subject>
struct bullets_directive : x3::unary_parser<Subject, bullets_directive<Subject>> {
  using base = x3::unary_parser<Subject, bullets_directive<Subject>>;
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  constexpr explicit bullets_directive(const Subject& inner) : base(inner) {}

  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& last, const Context& context, RContext& rcontext, Attribute& attribute) const {
    Reader& reader = reader_of(context);
    const Raised level(reader.bullet_depth);
    if (!reader.first_bullet(first)) return false;
    do this->subject.parse(first, last, context, rcontext, attribute);
    while (reader.next_bullet(first));
    return true;
  }
};
struct bullets_gen {
  template <class Subject>
  constexpr auto operator[](const Subject& subject) const {
    return bullets_directive<typename x3::extension::as_parser<Subject>::value_type>(x3::as_parser(subject));
  }
};
inline constexpr bullets_gen bullets{};

// ---- recovery --------------------------------------------------------------------------------------------------------------------

template <class Subject, Extent E>
struct recover_directive : x3::unary_parser<Subject, recover_directive<Subject, E>> {
  using base = x3::unary_parser<Subject, recover_directive<Subject, E>>;
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  constexpr explicit recover_directive(const Subject& inner) : base(inner) {}

  // False only when the subject does not begin here.
  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& last, const Context& context, RContext& rcontext, Attribute& attribute) const {
    Reader& reader = reader_of(context);
    const Builder::Mark mark = reader.builder.mark();
    if (first->has(Token::Skip) && reader.skip_known(first, mark)) return true;
    // While a repair is tried out, the one who tries decides.
    if (reader.trial) return this->subject.parse(first, last, context, rcontext, attribute);
    const Place start = first;
    const std::uint32_t nesting = reader.nesting;
    const std::uint32_t bullet_depth = reader.bullet_depth;
    const std::uint32_t open_node = reader.open_node;
    bool began = true;
    auto once = [&](Place& at) {
      try {
        began = this->subject.parse(at, last, context, rcontext, attribute);
        return began;
      } catch (const x3::expectation_failure<Place>& failure) {
        at = failure.where();
        reader.failed(at);
      } catch (const TooDeep&) {
        reader.gave_up();
      }
      reader.nesting = nesting;
      reader.bullet_depth = bullet_depth;
      reader.open_node = open_node;
      return false;
    };
    if (once(first)) return true;
    if (!began) return false;
    return reader.repair(E, start, first, mark, once);
  }
};
template <Extent E>
struct recover_gen {
  template <class Subject>
  constexpr auto operator[](const Subject& subject) const {
    return recover_directive<typename x3::extension::as_parser<Subject>::value_type, E>(x3::as_parser(subject));
  }
};
template <Extent E>
inline constexpr recover_gen<E> recover{};

// A line that nothing begins with.
template <Level L>
struct stray_parser : x3::parser<stray_parser<L>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& /*last*/, const Context& context, RContext& /*rcontext*/, Attribute& /*attribute*/) const {
    return reader_of(context).stray(L, first);
  }
};
template <Level L>
inline constexpr stray_parser<L> stray{};

// Before a declaration: does this sort stand in this file?
struct admitted_parser : x3::parser<admitted_parser> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  template <class Context, class RContext, class Attribute>
  bool parse(Place& first, const Place& /*last*/, const Context& context, RContext& /*rcontext*/, Attribute& /*attribute*/) const {
    reader_of(context).check_declaration(first);
    return true;
  }
};
inline constexpr admitted_parser admitted{};

}  // namespace onus::syntax::grammar
