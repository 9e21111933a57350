// Formulas: everything normative, lowered once from the model.
//
// A formula is and / or / not over atoms about entities that are reached by paths from the variables of a scheme; equal
// formulas are one handle. Parameters and the as-of date stay symbolic: a formula is the same on every day and for every
// value that a parameter is set to. Each provision has a root for each thing that semantics.md § 4 asks of it (in force,
// condition, condition without its `unless`, attackers, open regions), and each root points to its sentence by the
// provision's id. Whoever evaluates, compares or exports rules reads these, never the model's conditions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/number.hpp"
#include "model/model.hpp"

namespace onus::formula {

using FormulaId = Id<struct FormulaTag>;
using AtomId = Id<struct AtomTag>;
using PathId = Id<struct PathTag>;
using AggregateId = Id<struct AggregateTag>;

// A path is its parent plus a step, or (no parent) a variable of the scheme.
struct PathNode {
  PathId parent{};
  model::VariableId root{};
  model::Step step;
  friend bool operator==(const PathNode&, const PathNode&) = default;
};

// The value of a parameter on the day of judgement, or on the day that a date fact names.
struct ParameterUse {
  model::ParameterId parameter{};
  PathId as_of_path{};              // valid: as of this fact
  model::FieldId as_of_field{};
  std::optional<std::int32_t> as_of_day;   // or as of this literal day
  friend bool operator==(const ParameterUse&, const ParameterUse&) = default;
};

enum class Quantity : std::uint8_t { One, Today, Fact, Value, Aggregate };

// A date moved by days and then by calendar months (to the month's last day where the day is missing).
struct DateMove {
  Number days;
  std::int64_t months = 0;
  friend bool operator==(const DateMove&, const DateMove&) = default;
};

// The day `day` (counted as Date counts) moved by months; what leaves the calendar stops at its first or last day.
[[nodiscard]] Number moved_by_months(const Number& day, std::int64_t months);

// coefficient * the date or amount, which is the parameters * the quantity and then, for a date, its moves.
struct LinearTerm {
  Number coefficient;
  std::vector<ParameterUse> parameters;
  Quantity quantity = Quantity::One;
  PathId path{};
  model::FieldId field{};           // Fact
  std::int32_t year = 0;            // Fact of a yearly field: a literal year …
  std::optional<std::int32_t> year_from_today;   // … or the calendar year of the as-of date plus this
  model::ValueId value{};
  AggregateId aggregate{};
  std::vector<DateMove> moves;      // of a date, in order; they come before the coefficient
  friend bool operator==(const LinearTerm&, const LinearTerm&) = default;
};

using Linear = std::vector<LinearTerm>;

enum class Bound : std::uint8_t { Greater, GreaterEqual, Equal };   // … than zero

// The sum of `body` (or the number) over the entities of a set that pass `filter`.
struct Aggregate {
  bool count = false;
  model::VariableId variable{};
  PathId domain_of{};               // invalid: all entities of the variable's kind
  model::FieldId domain{};
  std::optional<model::VariableId> other_than;
  FormulaId filter{};
  Linear body;
  friend bool operator==(const Aggregate&, const Aggregate&) = default;
};

enum class AtomKind : std::uint8_t {
  Compare,       // linear bound 0; false where a fact in it does not exist
  YesNo,         // path.field
  Member,        // path.field is / has member
  Pair,          // path.field holds for path2
  Judged,        // the judgement path.field in its bare form: answered yes, or not answered no and presumed or true
  Established,   // the same without the bare truth: answered yes, or not answered no and presumed
  AnsweredNo,    // established that not
  Concluded,     // predicate(path[, path2]) has the outcome yes
  Exists,        // path, or path.field, is not none
  Same,          // path and path2 are one entity
  CannotKnow,    // path2 (or, without it, every actor) cannot know path.field
  Reading,       // the provision is read by its reading number `member`
};

struct Atom {
  AtomKind kind = AtomKind::YesNo;
  PathId path{}, path2{};
  model::FieldId field{};
  std::int32_t year = 0;
  std::uint32_t member = 0;
  model::PredicateId predicate{};
  model::RegulationId regulation{};    // Concluded, Judged, Established: whose conclusions and presumptions
  model::ProvisionId provision{};      // Reading
  Bound bound = Bound::Greater;
  Linear linear;
  friend bool operator==(const Atom&, const Atom&) = default;
};

enum class Op : std::uint8_t { True, False, And, Or, Not, AtLeast, Atom, Quantified };

struct Node {
  Op op = Op::True;
  std::vector<FormulaId> children;     // Quantified: filter, body
  AtomId atom{};
  std::int64_t count = 0;              // AtLeast; Quantified with AtLeast
  model::Quantifier quantifier = model::Quantifier::AtLeast;
  model::VariableId variable{};
  PathId domain_of{};                  // invalid: all entities of the variable's kind
  model::FieldId domain{};
  std::optional<model::VariableId> other_than;
  bool pieces = false;                 // Or: one comparison of amounts that have several pieces, each behind its guards
  friend bool operator==(const Node&, const Node&) = default;
};

class Formulas {
 public:
  Formulas();

  FormulaId constant(bool value) const { return value ? true_ : false_; }
  FormulaId and_(std::vector<FormulaId> children);
  FormulaId or_(std::vector<FormulaId> children);
  FormulaId any_piece(std::vector<FormulaId> children);   // or_, of the pieces of one comparison
  FormulaId not_(FormulaId child);
  FormulaId at_least(std::int64_t count, std::vector<FormulaId> children);
  FormulaId atom(Atom atom);
  FormulaId node(Node node);           // hash-consed, not simplified
  PathId variable(model::VariableId root);
  PathId step(PathId parent, model::Step step);
  PathId path(const model::Path& path);
  AggregateId aggregate(Aggregate aggregate);

  [[nodiscard]] const Node& operator[](FormulaId id) const { return nodes_[id]; }
  [[nodiscard]] const Atom& operator[](AtomId id) const { return atoms_[id]; }
  [[nodiscard]] const PathNode& operator[](PathId id) const { return paths_[id]; }
  [[nodiscard]] const Aggregate& operator[](AggregateId id) const { return aggregates_[id]; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] const Store<PathId, PathNode>& paths() const { return paths_; }

  // While set, every relation that a path, quantifier or aggregate steps along is appended here, new or not.
  std::vector<model::FieldId>* step_log = nullptr;

 private:
  Store<FormulaId, Node> nodes_;
  Store<AtomId, Atom> atoms_;
  Store<PathId, PathNode> paths_;
  Store<AggregateId, Aggregate> aggregates_;
  std::multimap<std::uint64_t, FormulaId> node_index_;
  std::multimap<std::uint64_t, AtomId> atom_index_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint8_t, std::uint32_t>, PathId> path_index_;
  FormulaId true_{}, false_{};
};

// Something that strikes a provision, in the scheme of the provision that is struck in the end.
struct Attack {
  model::ProvisionId by{};
  bool rebuttal = false;               // `rebutted if` of the presumption `by` itself
  FormulaId in_force{};
  FormulaId condition{};               // transitions: with the comparison of the as-of date
  FormulaId positive{};
  std::vector<FormulaId> unless;       // each positive `unless B` of the condition
  std::vector<Attack> attackers;       // exceptions to it
  std::vector<Attack> opens;           // `open … in` it
};

// An amount or date in pieces: where the guard holds, it is this. Guards exclude each other; where none holds the amount
// does not exist. `the higher of`, `the earlier of` and the like make several pieces.
struct Piece {
  FormulaId guard{};
  Linear amount;
};
using Pieces = std::vector<Piece>;

struct CaseRoot {                      // of a value: in order; a guard includes that its letter is read this way
  FormulaId guard{};
  Pieces amount;                       // numbers and dates
  PathId entity{};                     // entity-valued terms
  std::string letter;
};

struct FulfilmentRoot {
  FormulaId condition{};
  Pieces date;                         // none: the condition says it all, or another norm is performed
};

struct Roots {
  FormulaId in_force{};                // validity, part, status, `from` and `until`
  FormulaId scope{};                   // what the subject states, by itself
  FormulaId condition{};               // scope and condition
  FormulaId positive{};                // the same with each positive `unless B` left out
  std::vector<FormulaId> unless;       // those B
  FormulaId claim{};                   // assumptions
  std::vector<Attack> attackers;
  std::vector<Attack> opens;           // an open provision's own attackers are its `attackers`
  std::vector<CaseRoot> cases;         // values
  std::map<std::uint32_t, FormulaId> conditions;   // every condition of the sentence by ConditionId, for coverage and messages
  std::vector<FormulaId> limits;       // the condition of each `limited to`
  std::vector<Pieces> dues;            // the date of each `due` that has one
  Pieces from;                         // the date of `from`, if any
  Pieces at_most;                      // the amount of a penalty
  std::vector<FulfilmentRoot> fulfilled;   // each `fulfilled by`
};

struct CaseFormulas {                  // of an inline case
  std::vector<model::Variable> variables;             // its entities
  std::map<std::uint32_t, FormulaId> conditions;      // what it expects, by ConditionId
};

struct Program {
  const model::Model* model = nullptr;
  Formulas formulas;
  std::vector<Roots> roots;                                    // by ProvisionId
  std::vector<std::vector<model::ProvisionId>> concluders;     // by PredicateId, in order of the text
  std::vector<std::vector<model::ProvisionId>> presumptions;   // by FieldId
  std::vector<std::vector<model::ProvisionId>> followed;       // by ProvisionId: the norms that name it by `failing which`
  std::vector<model::FieldId> path_fields;                     // relations that some path steps along, in order
  std::vector<model::FieldId> chain_fields;                    // … of a provision that lies on a recursion
  std::vector<CaseFormulas> cases;                             // by the index of the inline case
  [[nodiscard]] const Roots& of(model::ProvisionId id) const { return roots[id.index]; }
};

struct Options {
  std::vector<model::RegulationId> assume_in_force;            // their status is taken as in force at all times
};

// Lowers a sound model; total and linear in its size.
Program lower(const model::Model& model, const Options& options = {});

}  // namespace onus::formula
