// Formulas put on a case: for entities in place of variables, each formula becomes an expression over what the case leaves
// open, with a trace that remembers how it came about.
//
// Chains may be as long as they like: nothing recurses along them.
//
// Known facts fold away here, so the residue does not grow with the rule set. Recursion follows the case's actual chains; at an
// implied entity a recursive conclusion or value is a free variable. Everything is worked out once. Where undetermined relations
// lead back to something that is being worked out, a variable stands for it and a constraint defines it: the world's chains have
// no cycles, so every world has exactly one solution. (The grounds behind such a variable are not followed.)
//
// Who asks for values alone, and never for grounds, has no trace kept: then nothing is worked out that cannot matter any more, such
// as the rest of an `and` after something false.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "evaluate/world.hpp"
#include "solve/index_table.hpp"

namespace onus::evaluate {

using TraceId = Id<struct TraceTag>;
using InstanceId = Id<struct InstanceTag>;
using PropositionId = Id<struct PropositionTag>;
using BindingId = Id<struct BindingTag>;

inline constexpr EntityIndex no_entity = std::numeric_limits<EntityIndex>::max();

// A node of the trace. Children are made before their parents.
struct Trace {
  enum class Op : std::uint8_t {
    Leaf,       // a fact, by its value alone
    And, Or, Not,
    AtLeast,    // count
    Where,      // child 0 in worlds where a path leads there, or a set has the member (`guard`); elsewhere nothing is said
    Conclusion, // proposition
    Judgement,  // child 0: the presumption, if any; answers in `answered_yes`, `answered_no`
    Compare,    // children: Case nodes of the values used
    Case,       // a provision that is a ground where `value` holds: a value's case with its guard (child 0), a violated norm
  } op = Op::Leaf;
  Expr value;
  std::vector<TraceId> children;
  Expr guard;                       // Where; Compare: where both sides are there
  std::int64_t count = 0;
  PropositionId proposition{};
  model::ProvisionId provision{};   // Case
  Expr answered_yes, answered_no;
};

// Something that strikes an instance, or opens it.
struct Struck {
  model::ProvisionId by{};
  bool rebuttal = false;
  Expr met, fires;
  TraceId condition{};
  std::vector<TraceId> unless;
  std::vector<Struck> attackers;
  Expr extra = solve::false_expr;
  std::vector<Struck> opens;
};

// A provision for one binding of its row variables.
struct Instance {
  model::ProvisionId provision{};
  BindingId binding{};
  Expr in_force, match;             // match: the anchor's paths end at the proposition's entities
  TraceId condition{};
  std::vector<TraceId> unless;      // each positive `unless B` of it
  Expr positive, extra, met, fires;
  std::vector<Struck> attackers, opens;
  std::vector<TraceId> followed;    // a penalty: the norms that it follows, as Case nodes; one of them is violated
};

struct Proposition {
  std::vector<InstanceId> instances;
  Expr yes = solve::false_expr;
  Expr no = solve::false_expr;      // some + is met and none fires
  bool free = false;                // stands for a conclusion about an implied entity
};

// Cases of a value that could both be taken and differ, or leave an amount without any.
struct ValueFault {
  model::ProvisionId provision{};
  EntityIndex entity = 0;
  bool uncovered = false;           // no case is taken
  std::string first, second;        // the letters of two that are
  Expr where;
};

// Number or date pieces of a value, with the trace of each guard.
struct GroundPiece {
  Expr guard;
  solve::LinearForm form;
  std::vector<TraceId> cases;       // Case nodes of the values that took part
};

struct GroundOptions {
  std::optional<Date> today;                    // none: the as-of date is the variable `today_variable`
  solve::RealVar today_variable{};
  std::int32_t near_year = 0;                   // the year of the as-of date
  std::vector<std::pair<model::ProvisionId, std::uint32_t>> readings;
  const std::vector<std::pair<model::ParameterId, Number>>* parameters = nullptr;
  bool traced = true;
};

// What formulas came to for bindings of a scheme; the most asked of all memories.
class FormulaMemo {
 public:
  struct Key {
    formula::FormulaId formula;
    BindingId binding;
    const void* variables = nullptr;
    bool operator==(const Key&) const = default;
  };
  [[nodiscard]] std::optional<TraceId> find(const Key& key) const {
    const auto index = table_.find(hash(key), [&](std::uint32_t at) { return entries_[at].first == key; });
    return index == solve::no_index ? std::nullopt : std::optional(entries_[index].second);
  }
  // The first stays: a formula may have been met again while it was worked out.
  void add(const Key& key, TraceId trace) {
    if (find(key)) return;
    table_.insert(hash(key), static_cast<std::uint32_t>(entries_.size()));
    entries_.emplace_back(key, trace);
  }

 private:
  static std::size_t hash(const Key& key) {
    const auto scheme = reinterpret_cast<std::uintptr_t>(key.variables);
    return solve::mix_hash(solve::mix_hash(key.formula.index, key.binding.index), scheme);
  }
  std::vector<std::pair<Key, TraceId>> entries_;
  solve::IndexTable table_;
};

class Grounder {
 public:
  Grounder(World& world, GroundOptions options);

  // A binding of the first entities of a scheme.
  BindingId binding(std::vector<EntityIndex> entities);
  TraceId formula(formula::FormulaId id, BindingId binding, const std::vector<model::Variable>& variables);
  PropositionId concluded(model::PredicateId predicate, model::RegulationId regulation, EntityIndex subject,
                          std::optional<EntityIndex> object);
  PropositionId presumed(model::FieldId judgement, model::RegulationId regulation, EntityIndex subject);
  // `match`: the row's bearer and object are at the ends of the norm's paths.
  PropositionId norm(model::ProvisionId provision, BindingId binding, Expr match);
  TraceId judgement(model::FieldId field, model::RegulationId regulation, EntityIndex subject, bool bare);
  Instance instance(model::ProvisionId provision, BindingId binding, Expr match);
  TraceId atom(const formula::Atom& atom, BindingId binding, const std::vector<model::Variable>& variables);
  // All entities of the binding are there: implied ones only where what implies them does.
  Expr present(BindingId binding);
  // Where a path may end; guards exclude each other.
  const Alternatives& resolve(formula::PathId path, BindingId binding);
  Alternatives follow(const model::Path& path, BindingId binding);
  Expr ends_at(const model::Path& path, BindingId binding, EntityIndex end);
  std::vector<GroundPiece> pieces(const formula::Pieces& pieces, BindingId binding, const std::vector<model::Variable>& variables);
  // Anchors (bindings of the provision's row) whose holder or object may end at these entities.
  std::vector<BindingId> anchors(model::ProvisionId provision, std::optional<EntityIndex> holder, std::optional<EntityIndex> object);

  // Whether a way of `fulfilled by` was gone in the row up to today (violated.cpp).
  Expr fulfilled(model::ProvisionId norm, std::optional<EntityIndex> bearer, std::optional<EntityIndex> object, BindingId row);
  // Whether the norm is violated in the row, up to today.
  Expr violated_in(model::ProvisionId norm, BindingId row, Expr match, std::optional<EntityIndex> bearer,
                   std::optional<EntityIndex> object);

  [[nodiscard]] const Trace& trace(TraceId id) const { return traces_[id]; }
  [[nodiscard]] const Instance& instance(InstanceId id) const { return instances_[id]; }
  [[nodiscard]] const Proposition& proposition(PropositionId id) const { return propositions_[id]; }
  [[nodiscard]] const std::vector<EntityIndex>& entities(BindingId id) const { return bindings_[id]; }
  [[nodiscard]] std::size_t trace_count() const { return traces_.size(); }
  // The variables that stand for how `open` provisions are decided.
  [[nodiscard]] const std::set<solve::BoolVar>& choices() const { return choices_; }
  // Where the cases of the values met so far would fail.
  [[nodiscard]] const std::vector<ValueFault>& value_faults() const { return value_faults_; }
  // A month was added to a date that is not known: its place in the month was left free.
  [[nodiscard]] bool loose() const { return loose_; }

  TraceId leaf(Expr value);
  TraceId combine(Trace::Op op, std::vector<TraceId> children);
  TraceId not_(TraceId child);
  TraceId where(Expr guard, TraceId child);

 private:
  using Variables = std::vector<model::Variable>;
  struct Domain {
    Alternatives members;
    std::vector<std::pair<Expr, Fact*>> further;   // sets that may have members the case does not list, and where they count
  };

  // What is being worked out, and the variable that stands for it where it was asked for meanwhile.
  struct Standing {
    std::optional<Expr> holds;                     // a proposition; an amount: it exists
    std::optional<solve::LinearForm> amount;
    std::map<EntityIndex, Expr> entities;          // an entity-valued term
  };
  // What is worked out once: a conclusion (0: predicate, regulation, subject, object), what is presumed (1: judgement, …), an
  // amount (2: value, 0, entity) or an entity (3: the same).
  using Key = std::tuple<std::uint8_t, std::uint32_t, std::uint32_t, EntityIndex, EntityIndex>;

  TraceId add(Trace trace);
  TraceId connective(const formula::Node& node, BindingId binding, const Variables& variables);
  TraceId quantified(const formula::Node& node, BindingId binding, const Variables& variables);
  TraceId compare(const formula::Atom& atom, BindingId binding, const Variables& variables);
  Expr some_piece(const formula::Node& pieces, BindingId binding, const Variables& variables);
  TraceId outcome(PropositionId proposition);
  std::vector<GroundPiece> linear(const formula::Linear& linear, BindingId binding, const Variables& variables);
  std::vector<std::pair<Expr, std::int32_t>> years_of(const formula::LinearTerm& term);
  std::vector<GroundPiece> term(const formula::LinearTerm& term, BindingId binding, const Variables& variables);
  std::vector<GroundPiece> value(model::ValueId value, EntityIndex entity);
  Alternatives entity_value(model::ValueId value, EntityIndex entity);
  std::vector<GroundPiece> aggregate(const formula::Aggregate& aggregate, BindingId binding, const Variables& variables);
  std::vector<std::pair<Expr, Number>> parameter(const formula::ParameterUse& use, BindingId binding);
  Domain domain(formula::PathId domain_of, model::FieldId field, model::KindId kind, BindingId binding);
  BindingId bind(BindingId binding, model::VariableId variable, EntityIndex entity, std::size_t size);
  template <class Spoken>
  Expr fires(const Spoken& spoken, BindingId binding, const Variables& variables);
  Expr fires_if_in_force(const formula::Attack& attack, BindingId binding, const Variables& variables);
  Expr from_last_day(Expr in_force);
  solve::BoolVar choice(const formula::Attack& open, BindingId binding);   // how it is decided
  Struck strike(const formula::Attack& attack, BindingId binding, const Variables& variables);
  Expr openings(const std::vector<formula::Attack>& opens, BindingId binding, const Variables& variables, std::vector<Struck>& out);
  solve::LinearForm today() const;
  Grounder& any_day();
  Expr applied_on(model::ProvisionId norm, BindingId row, Expr match, const solve::LinearForm& day);
  Expr performed(model::ProvisionId norm, std::optional<EntityIndex> bearer, std::optional<EntityIndex> object, BindingId row,
                 std::vector<solve::LinearForm>* days, std::vector<Expr>* there);
  std::vector<std::pair<Expr, solve::LinearForm>> last_days(const model::Provision& norm, const model::Due& due,
                                                            const solve::LinearForm& event);
  std::vector<std::pair<Expr, solve::LinearForm>> last_days_of(const model::Provision& norm, const model::Due& due,
                                                               const solve::LinearForm& day);
  Expr violated(model::ProvisionId norm, std::optional<EntityIndex> bearer, std::optional<EntityIndex> object);
  std::vector<TraceId> followed(model::ProvisionId penalty, BindingId row);
  Expr value_of(formula::FormulaId id, BindingId binding, const Variables& variables) { return traces_[formula(id, binding, variables)].value; }
  Proposition from_instances(std::vector<Instance> instances);
  // What these provisions say of the subject (and object); `text` says what an unknown answer would be about.
  Expr from_unlisted(model::ProvisionId id, bool has_object);
  PropositionId from_provisions(const Key& key, const std::vector<model::ProvisionId>& provisions, EntityIndex subject,
                                std::optional<EntityIndex> object, const std::function<std::string()>& text);
  // What is asked for is worked out by recursion, down to a level that any stack holds. What is below that level is worked out
  // first, by itself; then whatever asked for it is begun again. Memories hold what was finished, so little is done twice.
  struct Deeper {
    Key key;
  };
  void work_out(const Key& key);     // into the memory of its kind; does nothing further in
  void begin(const Key& key);
  void enter(const Key& key);
  Standing leave(const Key& key);
  void set_aside();
  Standing take_up(const Key& key);
  PropositionId stand_in(Standing& standing);
  Expr compared(TraceId pieces) const;
  bool is_other_reading(formula::FormulaId id);
  [[nodiscard]] bool reads(const formula::Atom& atom) const;
  void note_faults(model::ProvisionId provision, EntityIndex entity, const std::vector<std::pair<std::string, Expr>>& guards,
                   const std::vector<std::vector<GroundPiece>>& amounts);
  std::optional<std::vector<EntityIndex>> invert(const model::Path& path, EntityIndex end);
  [[nodiscard]] solve::Domain domain_of(const std::vector<GroundPiece>& pieces) const;
  std::vector<GroundPiece> merged(std::vector<GroundPiece> pieces);
  solve::LinearForm moved_by_months(const solve::LinearForm& date, std::int64_t months);
  std::vector<GroundPiece> scaled(std::vector<GroundPiece> pieces, const formula::LinearTerm& term, BindingId binding);

  World& world_;
  const formula::Program& program_;
  const model::Model& model_;
  solve::ExpressionStore& store_;
  GroundOptions options_;
  Store<TraceId, Trace> traces_;
  Store<InstanceId, Instance> instances_;
  Store<PropositionId, Proposition> propositions_;
  Store<BindingId, std::vector<EntityIndex>> bindings_;
  std::map<std::vector<EntityIndex>, BindingId> binding_index_;
  FormulaMemo formula_memo_;
  std::unordered_map<std::uint64_t, Alternatives> path_memo_;     // by path and binding
  std::unordered_map<std::uint32_t, TraceId> leaves_;            // by value
  std::map<std::tuple<std::uint32_t, std::uint32_t>, std::vector<GroundPiece>> value_memo_;
  std::map<std::tuple<std::uint8_t, std::uint32_t, std::uint32_t, EntityIndex, EntityIndex>, PropositionId> proposition_memo_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, PropositionId> norm_memo_;
  std::map<Key, Standing> in_progress_;
  std::map<Key, Standing> begun_;    // variables that stand for what was begun and will be begun again
  std::map<std::tuple<std::uint32_t, std::uint32_t>, Alternatives> entity_value_memo_;
  // By the open provision, the row and the condition; shared with the grounder of other days, where a choice is the same.
  using Choices = std::map<std::tuple<std::uint32_t, std::vector<EntityIndex>, std::uint32_t>, solve::BoolVar>;
  std::shared_ptr<Choices> choice_memo_ = std::make_shared<Choices>();
  std::set<solve::BoolVar> choices_;
  std::vector<ValueFault> value_faults_;
  std::uint32_t level_ = 0;          // propositions and values being worked on
  bool works_out_ = false;
  bool loose_ = false;
  std::unique_ptr<Grounder> any_day_;   // the same on a day that is a variable
};

}  // namespace onus::evaluate
