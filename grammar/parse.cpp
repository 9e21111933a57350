// The grammar of rule files, as in onus.ebnf beside this file. One translation unit: all rules share one context type.
#include "grammar/parse.hpp"

#include <functional>
#include <string>
#include <utility>

#include "base/limits.hpp"
#include "grammar/directives.hpp"

// In a grammar `>` is no comparison, and `a > b | c > d` reads as it should.
#pragma GCC diagnostic ignored "-Wparentheses"

namespace onus::syntax {
namespace grammar {
namespace {

#define ONUS_MARK(name, text) [[maybe_unused]] constexpr leaf<NodeKind::name> name{};
#define ONUS_WORD(name, spelling, word_class) [[maybe_unused]] constexpr leaf<NodeKind::name> name{};
#include "syntax/kinds.def"

using K = NodeKind;

constexpr read_by<&Reader::full_stop> stop{};
constexpr read_by<&Reader::colon> colon{};
constexpr read_by<&Reader::clause_comma> comma{};
constexpr read_by<&Reader::item_end> item_end{};
constexpr name_parser<K::Noun, false> noun{};
constexpr name_parser<K::Pred, true> pred{};

// ---- rules that others refer to before they are defined --------------------------------------------------------------------

const x3::rule<struct atom_rule> atom = "a thing";
const x3::rule<struct expr_rule> expr = "an amount";
const x3::rule<struct conj_rule> conj = "a condition";
const x3::rule<struct cond_rule> cond = "a condition";
const x3::rule<struct clause_rule> clause = "a condition";
const x3::rule<struct refs_rule> refs = "provisions";
const x3::rule<struct head_rule> head = "a heading";
const x3::rule<struct np_rule> np = "a name";
const x3::rule<struct npx_rule> npx = "a name";
const x3::rule<struct ifs_rule> ifs = "a condition";
const x3::rule<struct particular_rule> particular = "a particular";
const x3::rule<struct provision_rule> provision = "a provision";

// ---- names, labels, references -------------------------------------------------------------------------------------------------

constexpr auto article = one_of(K::KwA, K::KwAn);
constexpr auto label = node<K::Label>[one_of(name_words | KindSet(K::Number, K::Tag))];

constexpr auto ref_starts = provision_starts | KindSet(K::KwPart);
constexpr auto ref = when(ref_starts)[node<K::Ref>[one_of(ref_starts) > label > -(KwOf > label)]];
const auto refs_def = when(K::KwEvery)[node<K::RefsEvery>[KwEvery > one_of(K::KwDuty, K::KwProhibition, K::KwProvision)]]
                      | node<K::Refs>[ref >> *(KwAnd > ref)];

const auto over = when(K::KwOver)[node<K::Over>[KwOver > refs]];
const auto head_def = node<K::Head>[label >> -String >> -Cite >> -over];

const auto link = when(K::KwOf)[node<K::LinkThe>[KwOf > (KwThe > noun | article >> become<K::LinkA> > noun | String >> become<K::LinkNamed>)]];
const auto under = when(K::KwUnder)[node<K::Under>[KwUnder > label]];
const auto that_is = when(K::KwThat)[node<K::ThatIs>[KwThat > KwIs > -KwNot > pred > *(KwAnd > pred)]];
const auto np_def = node<K::Np>[noun >> *link];
const auto npx_def = node<K::Np>[noun >> *link >> -under >> -that_is];

const auto bearer = when(K::KwEach)[node<K::BearerEach>[KwEach > npx]] | when(K::KwThe)[node<K::BearerThe>[KwThe > noun > *link]];
const auto subject = when(K::KwA, K::KwAn)[node<K::SubjectA>[article > noun > *link]]
                     | when(K::KwThe)[node<K::SubjectThe>[KwThe > noun > *link]];
const auto role = when(K::KwA, K::KwAn)[node<K::Role>[article > noun > *link]];
const auto for_each = when(K::KwFor)[node<K::ForEach>[KwFor > KwEach > npx > Comma]];

// ---- things and amounts ------------------------------------------------------------------------------------------------------------

constexpr read_by<&Reader::unit> unit{};

const auto year = KwIn > (Number | KwThe > KwCalendar > KwYear > (KwOf >> become<K::InYearOf> > atom | KwBefore >> become<K::InYearBefore> > atom));
const auto for_every = KwOf > expr > KwFor > KwEvery > np;
const auto one_of_two = KwOf > atom > KwAnd > atom;
const auto path = noun > *link > -under > -(when(K::KwIn)[node<K::InYear>[year]] | when(K::KwAs)[node<K::AsOf>[KwAs > KwOf > atom]]);
const auto the_thing = when(K::KwThe)[node<K::Path>[
    KwThe > (KwSum >> become<K::SumOf> > for_every
             | KwGreatest >> become<K::GreatestOf> > for_every
             | KwSmallest >> become<K::SmallestOf> > for_every
             | KwNumber >> become<K::NumberOf> > KwOf > np
             | KwEarlier >> become<K::EarlierOf> > one_of_two
             | KwLater >> become<K::LaterOf> > one_of_two
             | KwHigher >> become<K::HigherOf> > one_of_two
             | KwLower >> become<K::LowerOf> > one_of_two
             | path)]];
const auto quantity = when(K::Number)[node<K::Quantity>[
    Number > -(KwOf >> become<K::Share> > atom
               | unit > -(KwOf >> become<K::Share> > atom
                          | KwBefore >> become<K::OffsetBefore> > atom
                          | KwAfter >> become<K::OffsetAfter> > atom))]];
const auto atom_def = nested[the_thing | quantity
                             | when(K::String)[node<K::Named>[String > *link]]
                             | when(K::Date)[node<K::DateValue>[Date]]
                             | when(K::KwToday)[node<K::Today>[KwToday]]
                             | when(K::Moment)[node<K::MomentValue>[Moment]]];
const auto expr_def = infix<K::Sum>(infix<K::Product, false>(atom, KindSet(K::KwTimes)), KindSet(K::KwPlus, K::KwMinus));

// ---- conditions ----------------------------------------------------------------------------------------------------------------------

const auto quantified = when(K::KwAt)[node<K::AtLeast>[KwAt > KwLeast > (KwOne | Number) > npx]]
                        | when(K::KwEvery)[node<K::Every>[KwEvery > npx]]
                        | when(K::KwNo)[node<K::No>[KwNo > npx]];
const auto state = KwNot >> become<K::StateNot> > (role > -under | pred > -under | expr)
                   | role > -under
                   | pred > -under
                   | KwAt > (KwLeast >> become<K::StateAtLeast> | KwMost >> become<K::StateAtMost>) > expr
                   | KwOn > KwOr > (KwBefore >> become<K::StateOnOrBefore> | KwAfter >> become<K::StateOnOrAfter>) > expr
                   | KwBefore >> become<K::StateBefore> > expr
                   | KwAfter >> become<K::StateAfter> > expr
                   | KwBelow >> become<K::StateBelow> > expr
                   | KwUnknowable >> become<K::StateUnknowable> > -(KwTo > expr)
                   | expr;
constexpr read_by<&Reader::reworded> reworded{};
const auto verb = reworded
                  >> (when(K::KwIs, K::KwAre)[node<K::StateIs>[one_of(K::KwIs, K::KwAre) > state]]
                      | when(K::KwExceeds)[node<K::VerbExceeds>[KwExceeds > expr]]
                      | when(K::KwHas)[node<K::VerbHas>[KwHas > (article > noun | KwNo >> become<K::VerbHasNo> > noun)]]);
constexpr KindSet expr_starts(K::KwThe, K::Number, K::String, K::Date, K::Moment, K::KwToday);
constexpr KindSet statement_starts = expr_starts | KindSet(K::KwAt, K::KwEvery, K::KwNo);
const auto simple = when(statement_starts)[node<K::Statement>[(quantified | expr) > verb]]
                    | when(K::KwIt)[node<K::Established>[KwIt > KwIs > KwEstablished > KwThat > expr > KwIs > -KwNot > pred > -under]];
const auto also = when(name_starts | KindSet(K::KwA, K::KwAn))[node<K::Also>[(role | pred) > -under]];
const auto conj_def = conjunction(simple, also | simple);

const auto unless_clause = when(K::KwUnless)[node<K::Unless>[KwUnless > clause]];
const auto unless_conj = when(K::KwUnless)[node<K::Unless>[KwUnless > conj]];
const auto item = recover<Extent::Item>[node<K::Item>[Bullet > -ItemLabel > cond] > item_end];
const auto list = when(K::KwAll, K::KwAny, K::KwNone)[nested[node<K::ListAll>[
    (KwAll | KwAny >> become<K::ListAny> >> -(Number >> become<K::ListAtLeast>) | KwNone >> become<K::ListNone>)
    > KwOf > KwThe > KwFollowing > KwApply > -(Comma > unless_conj | unless_conj) > colon > bullets[item]]]];
const auto cond_for = when(K::KwFor)[nested[node<K::CondFor>[KwFor > quantified > Comma > clause]]];
const auto cond_def = list | cond_for | followed<K::CondUnless>(conj, comma > unless_clause | unless_clause);
const auto clause_def = list | cond_for | conj;

const auto if_cond = when(K::KwIf)[node<K::If>[KwIf > cond]];
const auto otherwise = when(K::KwOtherwise)[node<K::Otherwise>[KwOtherwise]];
const auto ifs_def = -(if_cond | unless_clause | comma > (if_cond | unless_clause));

// ---- particulars ------------------------------------------------------------------------------------------------------------------------

const auto due_kind = node<K::DueBy>[
    KwBy > expr
    | KwBefore >> become<K::DueBefore> > expr
    | KwWithin >> become<K::DueWithin> > Number > unit > KwOf > expr
    | KwWithout >> become<K::DueWithoutDelay> > KwDelay > KwAfter > expr
    | KwOn >> become<K::DueOnRequest> > KwRequest
    | KwEvery >> become<K::DueEvery> > Number > unit > -(KwFrom > expr)
    | KwFor >> become<K::DueFor> > Number > unit > KwFrom > expr
    | KwContinuously >> become<K::DueContinuously>];
const auto left_open = when(K::KwLeft)[node<K::LeftOpen>[KwLeft > KwOpen]];
const auto applies_from = when(K::KwApplies)[recover<Extent::Line>[node<K::AppliesFrom>[KwApplies > KwFrom > Colon > Date > stop]]];
const auto enforceable_from = when(K::KwEnforceable)[recover<Extent::Line>[node<K::EnforceableFrom>[KwEnforceable > KwFrom > Colon > Date > stop]]];
const auto particular_def =
    when(particular_starts)[
        applies_from | enforceable_from
        | recover<Extent::Line>[
            when(K::KwDue)[node<K::Due>[KwDue > Colon > due_kind > stop]]
            | when(K::KwTowards)[node<K::Towards>[KwTowards > Colon > expr > -(Comma > KwOn > KwRequest) > stop]]
            | when(K::KwLimited)[node<K::LimitedTo>[KwLimited > KwTo > Colon > (left_open | expr) > ifs > stop]]
            | when(K::KwFrom)[node<K::From>[KwFrom > Colon > expr > stop]]
            | when(K::KwUntil)[node<K::Until>[KwUntil > Colon > expr > stop]]
            | when(K::KwFailing)[node<K::FailingWhich>[KwFailing > KwWhich > Colon > ref > stop]]
            | when(K::KwFulfilled)[node<K::FulfilledBy>[KwFulfilled > KwBy > Colon > (ref | expr) > ifs > stop]]
            | when(K::KwRebutted)[node<K::RebuttedIf>[KwRebutted > KwIf > Colon > cond > stop]]
            | when(K::KwEnforced)[node<K::EnforcedBy>[KwEnforced > KwBy > Colon > expr > stop]]
            | when(K::KwRenamed)[node<K::RenamedFrom>[KwRenamed > KwFrom > Colon > ref > stop]]
            | when(K::KwQuote)[node<K::Quote>[KwQuote > Colon > String > stop]]
            | when(K::KwNote)[node<K::Note>[KwNote > Colon > String > stop]]]];
const auto instead_of = KwReading > String > -Cite > Colon > KwInstead > KwOf > ItemLabel > Colon;
const auto reading = when(K::KwReading)[recover<Extent::Line>[node<K::Reading>[instead_of > cond > stop]]];
const auto value_reading = when(K::KwReading)[recover<Extent::Line>[node<K::ValueReading>[instead_of > expr > -(if_cond | otherwise) > stop]]];
const auto particulars = *(reading | particular | stray<Level::Provision>);
const auto value_particulars = *(value_reading | particular | stray<Level::Provision>);

// ---- provisions ---------------------------------------------------------------------------------------------------------------------------

template <class Subject>
auto sentence(const Subject& subject_of_line) {
  return recover<Extent::Line>[x3::expect[node<K::Sentence>[subject_of_line > stop]]];
}
template <NodeKind Keyword, NodeKind Made, class Body, class Rest>
auto norm(const Body& body, const Rest& rest) {
  return when(Keyword)[node<Made>[recover<Extent::Heading>[leaf<Keyword>{} > head > colon] > sentence(body) > rest]];
}
template <NodeKind Keyword, NodeKind Made, NodeKind Preposition, class Body>
auto norm_about(const Body& body) {
  return when(Keyword)[node<Made>[recover<Extent::Heading>[leaf<Keyword>{} > head > leaf<Preposition>{} > refs > colon] > sentence(body) > particulars]];
}

const auto act = node<K::Act>[String >> -(KwAs > noun)];
const auto text_act = node<K::Act>[String];
const auto conclusion = node<K::Conclusion>[role | pred];
const auto conclusion_not = when(K::KwNot)[node<K::ConclusionNot>[KwNot > (role | pred)]];
const auto value_case = recover<Extent::Item>[node<K::ValueCase>[Bullet > -ItemLabel > expr > (if_cond | otherwise)] > item_end];
const auto penalty_amount = node<K::PenaltyAmount>[KwAt > KwMost > expr > -(KwPer > noun)];

const auto provision_def =
    norm<K::KwDefinition, K::Definition>(-for_each > subject > KwIs > conclusion > ifs, particulars)
    | norm<K::KwDuty, K::Duty>(-for_each > bearer > KwMust > act > ifs, particulars)
    | norm<K::KwPresumption, K::Presumption>(subject > KwIs > KwPresumed > conclusion > ifs, particulars)
    | norm<K::KwValue, K::Value>(subject > KwIs > (expr | Colon > bullets[value_case]), value_particulars)
    | norm_about<K::KwException, K::Exception, K::KwTo>(KwDoes > KwNot > KwApply > ifs)
    | norm<K::KwPermission, K::Permission>(-for_each > bearer > KwMay > act > ifs, particulars)
    | norm<K::KwProhibition, K::Prohibition>(
          -for_each > (when(K::KwNo)[node<K::BearerNo>[KwNo > npx]] > KwMay | bearer > KwMust > KwNot) > act > ifs, particulars)
    | norm<K::KwGuidance, K::Guidance>(-for_each > bearer > KwShould > act > ifs, particulars)
    | norm<K::KwAssumption, K::Assumption>(-for_each > subject > KwIs > (conclusion_not | conclusion) > ifs, particulars)
    | norm<K::KwPenalty, K::Penalty>(
          -for_each > bearer > KwIs > KwLiable > KwTo > article > noun > KwOf > penalty_amount > ifs, particulars)
    | norm<K::KwLiability, K::Liability>(-for_each > bearer > KwIs > KwLiable > KwFor > text_act > ifs, particulars)
    | norm_about<K::KwTransition, K::Transition, K::KwFor>(KwApplies > one_of(K::KwFrom, K::KwUntil) > expr > ifs)
    | norm_about<K::KwOpen, K::Open, K::KwIn>(KwLeft > KwOpen > ifs);

// ---- vocabulary -----------------------------------------------------------------------------------------------------------------------------

const auto noun_list = noun > *(Semicolon > noun);
const auto type = node<K::TypeA>[
    article > (KwNumber >> become<K::TypeNumberOf> > KwOf > noun | noun > -(KwOf > noun))
    | KwThe >> become<K::TypeInverse> > noun
          > (KwWith > KwThat > noun | when(K::KwOf, K::Comma)[become<K::TypeRepeated> >> *link > Comma > KwRepeated])
    | noun >> become<K::TypeKind>];
const auto range_note = Comma > (when(K::KwIf)[node<K::IfAny>[KwIf > KwAny]]
                                 | when(K::KwPossibly)[node<K::PossiblyUnknowable>[KwPossibly > KwUnknowable]]
                                 | when(K::KwNone)[node<K::NoneUnlessGiven>[KwNone > KwUnless > KwGiven]]);
const auto range = node<K::RangeIs>[
    KwIs > (KwOne >> become<K::RangeOneOf> > KwOf > Colon > noun_list | type > -range_note)
    | KwAre >> become<K::RangeAre> > (KwAny >> become<K::RangeAnyOf> > KwOf > Colon > noun_list | type)];
const auto term_in = when(K::KwIn)[node<K::TermIn>[KwIn > article > noun]];
const auto term_of = when(K::KwOf)[node<K::TermOf>[KwOf > article > noun]];
const auto term_property = when(K::KwThe)[recover<Extent::Line>[node<K::TermProperty>[
    KwThe > noun > -(term_of > -term_in) > range > stop]]];
const auto term_by = when(K::KwBy)[node<K::TermBy>[KwBy > one_of(K::KwLaw, K::KwJudgement, K::KwException)]];
const auto ability = node<K::Ability>[
    (when(K::KwA, K::KwAn)[node<K::AbilityRole>[article > noun > -(KwOf > article > noun)]] | pred) >> -String];
const auto term_ability = when(K::KwA, K::KwAn)[recover<Extent::Line>[node<K::TermAbility>[
    article > noun
    > (KwMay > KwBe > -term_by > Colon > ability > *(Semicolon > ability)
       | KwExists >> become<K::TermExists> > KwFrom > the_thing)
    > stop]]];
const auto terms = when(K::KwTerms)[node<K::Terms>[
    recover<Extent::Heading>[KwTerms > colon] > *(term_property | term_ability | stray<Level::Terms>)]];

// ---- files --------------------------------------------------------------------------------------------------------------------------------------

const auto validity = when(K::KwFrom, K::KwUntil)[node<K::Validity>[KwFrom > Date > -(KwUntil > Date) | KwUntil > Date]];
const auto parameter_value = recover<Extent::Item>[node<K::ParameterValue>[Bullet > expr > validity] > item_end];
const auto status = node<K::Status>[
    node<K::StatusName>[KwIn > KwForce | one_of(name_words)] >> -(one_of(K::KwOn, K::KwFrom, K::KwUntil) > Date)];
const auto omitted = when(K::KwOmitted, K::KwDiscretionary)[node<K::Omitted>[
    (KwOmitted | KwDiscretionary >> become<K::Discretionary>) > Cite > Colon > String > stop]];
const auto nouns_line = when(K::KwKinds, K::KwAuthorities, K::KwActs)[node<K::Kinds>[
    (KwKinds | KwAuthorities >> become<K::Authorities> | KwActs >> become<K::Acts>) > Colon > noun_list > stop]];
const auto part = when(K::KwPart)[node<K::Part>[
    recover<Extent::Line>[KwPart > label > -String > -Cite > stop] > *(applies_from | enforceable_from)]];

const auto given = recover<Extent::Item>[node<K::Given>[Bullet > conj] > item_end];
const auto verdict = node<K::VerdictApplies>[
    KwApplies
    | KwDoes >> become<K::VerdictDoesNotApply> > KwNot > KwApply
    | KwDepends >> become<K::VerdictDepends>
    | KwUndetermined >> become<K::VerdictUndetermined>
    | KwNot >> become<K::VerdictNotYet> > KwYet
    | KwNo >> become<K::VerdictNoLonger> > KwLonger];
const auto detail = node<K::DetailDue>[
    KwDue > expr
    | KwFrom >> become<K::DetailFrom> > expr
    | KwLimited >> become<K::DetailLimitedTo> > KwTo > expr
    | KwAt >> become<K::DetailAtMost> > KwMost > expr];
const auto because = when(K::KwBecause)[node<K::Because>[KwBecause > -(KwOnly >> become<K::BecauseOnly>) > refs]];
const auto expect = recover<Extent::Item>[node<K::ExpectHolds>[
    Bullet > (conj
              | KwDepends >> become<K::ExpectDepends> > Colon > conj
              | KwUndetermined >> become<K::ExpectUndetermined> > Colon > conj
              | KwReading >> become<K::ExpectReading> > String > Colon > conj
              | ref >> become<K::ExpectVerdict> > verdict > -when(K::KwTo)[node<K::ExpectTo>[KwTo > expr]]
                    > -when(K::KwFor)[node<K::ExpectFor>[KwFor > expr]] > *(Comma > detail))
    > -because] > item_end];
const auto inline_case = when(K::KwCase)[node<K::Case>[
    recover<Extent::Heading>[KwCase > String > KwAs > KwOf > Date > colon]
    > recover<Extent::Heading>[x3::expect[KwGiven] > colon]
    > recover<Extent::Heading>[x3::expect[bullets[given]] > -Semicolon > KwExpect > colon]
    > recover<Extent::Line>[x3::expect[bullets[expect]] > stop]]];

const auto edit_place = when(K::KwReplace)[node<K::EditReplace>[KwReplace > ItemLabel > KwBy]]
                        | when(K::KwAfter)[node<K::EditInsert>[KwAfter > ItemLabel > KwInsert > ItemLabel]];
const auto edit = when(K::KwIn)[recover<Extent::Line>[node<K::EditNorm>[
    KwIn > (KwValue >> become<K::EditValue> > label > Colon > edit_place > expr > (deeper[if_cond] | otherwise) > stop
            | one_of(K::KwDefinition, K::KwPresumption, K::KwDuty, K::KwProhibition, K::KwException) > label > Colon
                  > (edit_place > deeper[cond] > stop
                     | when(K::KwRemove)[node<K::EditRemove>[KwRemove > ItemLabel]] > stop
                     | particular))]]];

const auto headline = when(headline_starts)[recover<Extent::Line>[
    when(K::KwFor)[node<K::HeadlineFor>[KwFor > Colon > String > stop]]
    | when(K::KwStatus)[node<K::HeadlineStatus>[KwStatus > Colon > status > *(Semicolon > status) > stop]]
    | when(K::KwPeriods)[node<K::HeadlinePeriods>[KwPeriods > Colon > String > stop]]
    | when(K::KwTime)[node<K::HeadlineTimeZone>[KwTime > KwZone > Colon > String > stop]]]];
const auto line = recover<Extent::Line>[
    when(K::KwUse)[node<K::Use>[KwUse > String > stop]]
    | when(K::KwSource)[node<K::Source>[KwSource > label > String > stop]]
    | nouns_line
    | omitted
    | when(K::KwParameter)[node<K::Parameter>[
        KwParameter > KwThe > noun > -Cite > KwIs > (Colon > bullets[parameter_value] | expr > -validity) > stop]]
    | when(K::KwSet)[node<K::Set>[KwSet > KwThe > noun > KwTo > expr > -validity > stop]]
    | when(K::KwRepeal)[node<K::Repeal>[KwRepeal > ref > stop]]];
const auto replace = when(K::KwReplace)[node<K::Replace>[KwReplace > provision]];
constexpr KindSet line_starts(K::KwUse, K::KwSource, K::KwKinds, K::KwAuthorities, K::KwActs, K::KwOmitted,
                              K::KwDiscretionary, K::KwParameter, K::KwSet, K::KwRepeal);
const auto declaration = when(declaration_starts)[
    admitted >> (when(provision_starts)[provision] | when(line_starts)[line] | terms | part | inline_case | headline
                 | recover<Extent::Line>[replace] | edit)];
const auto title = recover<Extent::Line>[
    KwVocabulary >> become<K::Vocabulary> > label > String > stop
    | KwRegulation > label > String > stop
    | KwDraft >> become<K::Draft> > label > String > KwAmends > String > stop];
const auto file = node<K::File>[node<K::Regulation>[(title | read_by<&Reader::no_title>{} >> -title) > *(declaration | stray<Level::Body>)]];

BOOST_SPIRIT_DEFINE(atom, expr, conj, cond, clause, refs, head, np, npx, ifs, particular, provision)

}  // namespace
}  // namespace grammar

namespace {

// A file over the limit is not read at all: one unreadable piece.
Tree unread(FileId file, std::uint32_t size) {
  return Tree(file, {{NodeKind::File, 0, size, 2}, {NodeKind::Malformed, 0, size, 1}});
}

}  // namespace

Tree parse(const SourceStore& source, FileId file, Sink& sink, Effort& effort) {
  const std::string_view text = source.file(file).text();
  const auto size = static_cast<std::uint32_t>(text.size());
  constexpr Limits limits;
  if (text.size() > limits.rule_file_bytes) {
    diagnose<Kind::FileTooLarge>(sink, Span{file, 0, 0}, static_cast<std::int64_t>(text.size()),
                                 static_cast<std::int64_t>(limits.rule_file_bytes));
    return unread(file, size);
  }
  Mistakes mistakes(file);
  Reader reader(text, tokenise(text, mistakes), mistakes);
  effort.tokens = static_cast<std::size_t>(reader.end() - reader.begin());
  reader.builder.reserve(2 * effort.tokens + 16);
  Place first = reader.begin();
  const Place last = reader.end();
  const auto whole = grammar::x3::with<grammar::reader_tag>(std::ref(reader))[grammar::file];
  whole.parse(first, last, grammar::x3::unused, grammar::x3::unused, grammar::x3::unused);
  mistakes.deliver(source, sink);
  effort.taken = reader.steps;
  return Tree(file, reader.builder.take(size));
}

Tree parse(const SourceStore& source, FileId file, Sink& sink) {
  Effort effort;
  return parse(source, file, sink, effort);
}

}  // namespace onus::syntax
