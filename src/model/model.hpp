// The resolved model of a set of rule files: names are bound, kinds and units are checked, nothing is evaluated.
//
// The model is what the text says, sentence by sentence (semantics.md's words): fields, predicates, values, parameters and
// provisions, each with the span of its text. Everything that follows reads it by ids; it is never changed after it is built.
// Conditions and expressions are trees in two stores. Entities are reached by paths: a variable of the provision's scheme
// followed by functional relations.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/number.hpp"
#include "base/units.hpp"
#include "model/ids.hpp"
#include "source/source.hpp"

namespace onus::model {

// ---- vocabulary ---------------------------------------------------------------------------------------------------------

struct EntityKind {
  std::string name;                     // "model"
  std::optional<FieldId> exists_from;   // the date from which a row of this kind exists
  Span span;
};

struct Authority {
  std::string name;
  Span span;
};

enum class FieldType : std::uint8_t {
  YesNo,       // `a model may be: …`
  OneOf,       // `is one of: …`
  AnyOf,       // `are any of: …`: a set of members, possibly empty
  Amount,      // `is an amount of UNIT`: a rational, >= 0
  Count,       // `is a number of X`: a whole number, >= 0
  Date,        // days
  Moment,      // minutes, local time
  Relation,    // `is an actor`: one entity
  PairSet,     // `are actors`, `may be: a contractor of an actor`: a yes/no for each entity of the target kind
  Inverse,     // `are the models with that developer`: computed from the relation it inverts
  OneInverse,  // `is the model with that origin`: the same, one-to-one
  Chain,       // `are the original model of the origin of the model, repeated`
  Judgement,   // `may be by judgement: …`: a truth and a record
};

enum class Closing : std::uint8_t {
  Open,   // missing means not given
  No,     // `may be by exception`: no unless the case says so
  None,   // `none unless given`: no value unless the case gives one
};

struct Field {
  std::string name;           // in lower case with hyphens as written: "training compute"
  std::string plural;         // other accepted spelling ("modalities"/"modality"), may be empty
  KindId owner;
  FieldType type = FieldType::YesNo;
  Closing closing = Closing::Open;
  bool optional = false;      // `if any` or `none unless given`: the domain has *none*
  bool unknowable = false;    // `possibly unknowable`
  bool yearly = false;        // `in a year`
  std::optional<UnitId> unit; // Amount, Count with a unit
  std::vector<std::string> members;   // OneOf, AnyOf
  std::optional<KindId> target;       // Relation, PairSet, Inverse, OneInverse, Chain
  std::optional<FieldId> inverse_of;  // Inverse, OneInverse: the relation of `target` that points here
  std::vector<FieldId> chain;         // Chain: the steps that are repeated, first step first
  std::string question;               // the guidance of a judgement or ability
  Span span;
};

// A predicate (`general-purpose`) or a role (`a provider of a model`) that provisions conclude.
struct Predicate {
  std::string name;                  // "general-purpose", "provider"
  KindId owner;                      // the kind of the subject or holder
  std::optional<KindId> object;      // a role's object
  std::optional<RegulationId> regulation;  // where it was declared; none for a vocabulary
  Span span;
};

struct Source {
  std::string label;                 // "AIA"
  std::string title;
  RegulationId regulation;
  Span span;
};

struct Citation {
  std::optional<SourceId> source;    // none if the label is not a declared source
  std::string text;                  // as written, without brackets: "AIA 53(1)(a)"
  Span span;
};

// ---- schemes, paths ---------------------------------------------------------------------------------------------------------

// A step of a path: a Relation or OneInverse field, or an entity-valued computed term.
struct Step {
  enum class Kind : std::uint8_t { Field, Value } kind = Kind::Field;
  FieldId field{};
  ValueId value{};
  friend bool operator==(const Step&, const Step&) = default;
};

// `the developer of the original model of the modification` = {modification, [original model, developer]}.
struct Path {
  VariableId root{};
  std::vector<Step> steps;
  friend bool operator==(const Path&, const Path&) = default;
};

// An entity variable. Row variables come first in a scheme, in order of the text; quantified variables follow.
struct Variable {
  std::string noun;            // "other modification", "model"
  KindId kind{};
  Span span;
  // How a quantified variable ranges (empty for row variables): over the entities in this set …
  // `the modifications of the model` = {domain_of: model, domain: modifications}; without it, over all entities of the kind.
  std::optional<Path> domain_of;
  std::optional<FieldId> domain;           // Inverse, PairSet or Chain field of domain_of's end
  std::optional<VariableId> other_than;    // `other`: not this entity
};

// ---- expressions --------------------------------------------------------------------------------------------------------------

enum class ExprKind : std::uint8_t {
  Constant,   // number (with unit factor applied; `unit` keeps the dimension) 
  DateLiteral,
  MomentLiteral,
  Today,
  Text,       // a quoted string; in inline cases a named entity has become a Path
  Entity,     // path
  Authority,  // authority
  Fact,       // path, field [year | year_of/year_before an operand]
  Value,      // path, value
  Parameter,  // parameter [as of operand 0]
  Add,        // operands 0 + 1
  Subtract,   // operands 0 - 1
  Times,      // operand 0 (constant or parameter) times operand 1
  Higher,     // the greater of the operands
  Lower,
  Later,      // *none* drops out
  Earlier,
  Sum,        // over `variable`: operand 0 summed where `filter` holds
  Greatest,
  Smallest,
  Count,      // the number of `variable` where `filter` holds
  Shift,      // operand 0 plus `period` (negative: before)
};

struct Expr {
  ExprKind kind = ExprKind::Constant;
  Span span;
  std::optional<UnitId> unit;          // the dimension of a number; none = plain number or not a number
  Number number;                       // Constant
  Date date{};
  Moment moment{};
  std::string text;
  Path path;
  FieldId field{};
  ValueId value{};
  ParameterId parameter{};
  AuthorityId authority{};
  std::optional<std::int32_t> year;    // Fact of a yearly field: a literal year
  std::int32_t year_shift = 0;         // else: the calendar year of operand 0 plus this (0 or -1)
  Period period{};
  VariableId variable{};               // Sum, Greatest, Smallest, Count
  std::optional<ConditionId> filter;
  std::vector<ExprId> operands;
};

// What an expression is: needed by every reader of it.
enum class ExprType : std::uint8_t { Number, Date, Moment, Entity, Text, Authority };

// ---- conditions ----------------------------------------------------------------------------------------------------------------

enum class ConditionKind : std::uint8_t {
  All,           // children
  Any,
  AtLeast,       // `any n of the following`: count, children
  Not,           // child 0 (`none of the following` = Not(Any))
  Unless,        // child 0 and not child 1
  Quantified,    // quantifier over `variable`, filter child 0 (if `has_filter`), body last child
  Alternatives,  // child 0 is the main reading, child i (i >= 1) the reading alternatives[i-1]
  Compare,       // left `relation` right: numbers, dates, moments
  YesNo,         // path.field is yes
  Member,        // path.field is / contains member
  Pair,          // path.field holds for path2 (PairSet)
  Judgement,     // path.field, form
  Concluded,     // predicate(path[, path2])
  Has,           // path exists, or path.field (if has_field) is not none
  Same,          // path and path2 are one entity
  Unknowable,    // the fact path.field cannot be known to path2 (has_path2), else to every actor
};

enum class Relation : std::uint8_t { Greater, GreaterEqual, Less, LessEqual, Equal };
enum class JudgementForm : std::uint8_t { Bare, Established, EstablishedNot };
enum class Quantifier : std::uint8_t { AtLeast, Every, No };

struct Condition {
  ConditionKind kind = ConditionKind::All;
  Span span;
  std::string letter;                   // "a" for an item (a)
  std::vector<ConditionId> children;
  std::int64_t count = 0;               // AtLeast, Quantified AtLeast
  Quantifier quantifier = Quantifier::AtLeast;
  bool has_filter = false;
  VariableId variable{};
  std::vector<std::uint32_t> alternatives;   // indices into Provision::readings
  ExprId left{}, right{};
  Relation relation = Relation::Greater;
  Path path, path2;
  bool has_path2 = false;
  bool has_field = false;
  FieldId field{};
  std::uint32_t member = 0;
  JudgementForm form = JudgementForm::Bare;
  PredicateId predicate{};
  std::optional<RegulationId> regulation;    // `under eu-gpai`; else the provision's own
  std::optional<std::int32_t> year;
};

// ---- provisions ----------------------------------------------------------------------------------------------------------------

enum class ProvisionKind : std::uint8_t {
  Definition, Assumption, Presumption, Value, Duty, Prohibition, Permission, Guidance,
  Penalty, Liability, Exception, Transition, Open,
};

[[nodiscard]] std::string_view word(ProvisionKind kind);          // "duty"
[[nodiscard]] bool is_norm(ProvisionKind kind);

struct Reading {
  std::string name;
  std::vector<Citation> citations;
  std::string letter;          // instead of (c)
  Span span;
};

struct Towards {
  ExprId who{};                // Entity, Authority or Text
  bool on_request = false;
  Span span;
};

struct Limit {
  std::optional<ExprId> to;    // none: `left open`
  std::optional<ConditionId> condition;
  Span span;
};

// What counts as performing a duty: another norm performed by the same bearer for the same object, a day that has come, or
// (a text) what the condition says.
struct Fulfilment {
  std::optional<ProvisionId> norm;
  std::optional<ExprId> expr;              // Date or Text
  std::optional<ConditionId> condition;
  Span span;
};

struct Due {
  enum class Kind : std::uint8_t { By, Before, Within, WithoutDelay, OnRequest, Every, For, Continuously } kind = Kind::By;
  Period period{};
  std::optional<ExprId> expr;
  Span span;
};

struct ValueCase {
  std::string letter;
  std::optional<ConditionId> guard;    // none: `otherwise`, or the only case
  ExprId expr{};
  Span span;
  // Other readings of this case: index into Provision::readings and the case that stands instead.
  struct Alternative {
    std::uint32_t reading = 0;
    std::optional<ConditionId> guard;
    ExprId expr{};
  };
  std::vector<Alternative> alternatives;
};

// What an exception, transition or open provision does to one provision it names. Its condition and date are resolved in the
// scheme of the provision that is struck in the end: the target, or, where the target is itself an exception, transition or open
// provision, the target of `of_target` (an index into the target's own targets; one Target stands for each of them). Variables
// that its quantifiers bind are appended to that scheme's `variables`.
struct Target {
  ProvisionId provision{};
  std::optional<std::uint32_t> of_target;
  std::optional<ConditionId> condition;    // none: always
  std::optional<ExprId> date;              // transitions: applies from / until
  bool until = false;
};

struct Provision {
  ProvisionKind kind = ProvisionKind::Definition;
  std::string label;                       // "53(1)(a)"
  std::string title;
  std::vector<Citation> citations;
  RegulationId regulation{};               // assumptions of a vocabulary: see `in_vocabulary`
  bool in_vocabulary = false;
  std::optional<PartId> part;
  Span span;                               // the whole provision
  Span heading;                            // kind, label, title
  Span sentence;

  // The scheme. Row variables are the first `row_size` of `variables`; the rest are quantified in conditions.
  std::vector<Variable> variables;
  std::uint32_t row_size = 0;

  // The whole condition with the scope that the sentence states (roles, adjectives, memberships), or none: always.
  // `scope` is the part from the subject (`each provider of a general-purpose model`, `for each serious incident of …`),
  // `condition` the part behind if / unless. The provision's condition is their conjunction.
  std::optional<ConditionId> scope;
  std::optional<ConditionId> condition;

  // Definition, presumption, assumption: what is concluded of whom.
  Path holder;                             // subject or holder of the role
  std::optional<Path> object;              // object of a role
  std::optional<PredicateId> predicate;    // definition; assumption about a predicate
  std::optional<FieldId> judgement;        // presumption
  std::optional<ConditionId> claim;        // assumption: what must hold where the condition does
  bool negative = false;                   // head − (`is not`)
  std::optional<ConditionId> rebutted;     // presumption

  // Value.
  std::optional<ValueId> value;
  std::vector<ValueCase> cases;

  // Norms. The row is (bearer, object, others): `object` above holds the object if the scope names one.
  std::optional<Path> bearer;              // an entity …
  std::optional<AuthorityId> bearer_authority;   // … or an authority
  std::string act;                         // quoted text; of a penalty what it is: "a fine"
  std::string act_id;                      // declared act, may be empty
  std::vector<Towards> towards;
  std::vector<Limit> limits;
  std::vector<Due> dues;
  std::optional<ExprId> from, until;
  std::optional<ExprId> at_most;           // penalty: a number with a unit …
  std::string per;                         // … "day" where it is one for each
  std::vector<ProvisionId> failing_which;  // duty, prohibition: the penalties and liabilities that follow where it is violated
  std::vector<Fulfilment> fulfilled_by;    // duty
  std::vector<ExprId> enforced_by;         // Entity, Authority or Text
  std::optional<Date> applies_from, enforceable_from;

  // Exception, transition, open.
  std::vector<Target> targets;
  std::vector<ProvisionId> passed_over;    // norms that `every …` or `part …` means but whose row lacks an entity

  std::vector<Reading> readings;
  std::vector<ProvisionId> over;           // prevails over these
  std::vector<std::string> quotes, notes;
  bool recursive = false;                  // lies on a cycle of dependencies along a chain
};

// A computed term, declared by its value provision.
struct ComputedTerm {
  std::string name;                        // "cumulative compute"
  KindId owner{};
  ExprType type = ExprType::Number;
  std::optional<UnitId> unit;
  std::optional<KindId> entity_kind;       // type Entity
  ProvisionId provision{};
  bool recursive = false;                  // uses itself, along a chain
  Span span;
};

struct ParameterSpan {
  std::optional<Date> from;                // included
  std::optional<Date> until;               // included
  Number number;                           // a number, or the days of a date
  Span span;
};

struct Parameter {
  std::string name;
  std::optional<UnitId> unit;
  bool is_date = false;
  std::vector<ParameterSpan> spans;        // disjoint, in order of time
  std::vector<Citation> citations;
  RegulationId regulation{};
  Span span;
};

struct Part {
  std::string label;
  std::string title;
  std::vector<Citation> citations;
  std::optional<Date> applies_from, enforceable_from;
  RegulationId regulation{};
  Span span;
};

struct Status {
  enum class Kind : std::uint8_t { InForce, Proposed, Stayed, Vetoed, Repealed, Other } kind = Kind::InForce;
  std::string text;
  std::optional<Date> from;                // included
  std::optional<Date> until;               // included
  Span span;
};

struct Regulation {
  std::string label;                       // "eu-gpai"
  std::string title;
  std::string jurisdiction;                // `for:`
  std::vector<Status> statuses;            // empty: in force at all times
  std::string periods;                     // the convention for periods, as written
  bool shift_to_working_day = false;       // `periods` names a convention that moves a last day on
  std::string time_zone;
  FileId file{};
  Span span;
};

// ---- inline cases ---------------------------------------------------------------------------------------------------------------

// A case written in a regulation. Its sentences are conditions and expressions over `entities` (VariableId = index).
struct CaseEntity {
  std::string name;                        // "M0", or the path as written: "the original model of the modification"
  KindId kind{};
  bool named = false;                      // by a quoted name
  Span span;
};

struct Expectation {
  enum class Kind : std::uint8_t { Holds, Depends, Undetermined, Norm } kind = Kind::Holds;
  std::string reading;                     // under this reading; empty: the main one
  std::optional<ConditionId> condition;    // Holds, Depends, Undetermined
  std::optional<ProvisionId> provision;    // Norm
  std::string verdict;                     // Norm: "applies", "does-not-apply", "depends", …
  std::optional<Path> bearer, object;      // `to`, `for`
  std::optional<AuthorityId> bearer_authority;
  std::optional<ExprId> due, from, limited_to, at_most;
  std::vector<ProvisionId> because;
  bool because_only = false;
  Span span;
};

struct InlineCase {
  std::string name;
  RegulationId regulation{};
  Date as_of{};
  std::vector<CaseEntity> entities;
  std::vector<ConditionId> given;          // a literal each: Compare Equal/bounds with a constant, YesNo, Member, Concluded,
                                           // Judgement, Same (a relation is that entity), Has, Unknowable, or Not of one
  std::vector<Expectation> expectations;
  Span span;
};

// ---- the whole -------------------------------------------------------------------------------------------------------------------

struct Omission {
  std::string citation;
  std::string reason;
  bool discretionary = false;
  Span span;
};

class Model {
 public:
  Store<KindId, EntityKind> kinds;
  Store<FieldId, Field> fields;
  Store<PredicateId, Predicate> predicates;
  Store<ValueId, ComputedTerm> values;
  Store<ParameterId, Parameter> parameters;
  Store<ProvisionId, Provision> provisions;      // in order of the text, regulations in order of loading
  Store<RegulationId, Regulation> regulations;
  Store<PartId, Part> parts;
  Store<AuthorityId, Authority> authorities;
  Store<SourceId, Source> sources;
  Store<ExprId, Expr> exprs;
  Store<ConditionId, Condition> conditions;
  std::vector<InlineCase> cases;
  std::vector<Omission> omissions;
  std::vector<FileId> files;                     // every rule file read, in order

  // The label by which messages and reports name a provision: the label alone where it starts with a digit ("53(1)(a)"),
  // else kind and label ("value threshold").
  [[nodiscard]] std::string name_of(ProvisionId id) const;
  // "the developer of the original model of the modification".
  [[nodiscard]] std::string text_of(const Path& path, const std::vector<Variable>& variables) const;
  // The kind at the end of a path.
  [[nodiscard]] KindId kind_of(const Path& path, const std::vector<Variable>& variables) const;
  // The type of an expression.
  [[nodiscard]] ExprType type_of(ExprId id) const;
  // Fields of a kind in order of the vocabulary.
  [[nodiscard]] std::vector<FieldId> fields_of(KindId kind) const;
};

}  // namespace onus::model
