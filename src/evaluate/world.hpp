// The worlds that a case leaves open, as expressions over ground variables.
//
// Each fact of an entity becomes constants where the case settles it and variables where it does not; an undetermined relation
// ranges over the entities of its kind in the case, *none* if the vocabulary has it, and entities that the case only implies
// (semantics.md § 2). Facts are made when something asks for them. What holds of all worlds whatever the rules say (a field
// has one value, a one-to-one relation is one, chains have no cycles) is kept as constraints.
//
// How implied entities range: each undetermined relation implies an entity of its own; it may also stand for one that is implied
// by a relation before it, so that two people who are not given may be the same. Nothing is known about an implied entity.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "evaluate/definitions.hpp"
#include "evaluate/verdict.hpp"
#include "facts/case.hpp"
#include "formula/formula.hpp"
#include "solve/solver.hpp"

namespace onus::evaluate {

using EntityIndex = std::uint32_t;   // listed entities first, in order of the case

struct Being {
  model::KindId kind{};
  std::string name;
  std::optional<facts::EntityId> listed;
  EntityIndex owner = 0;             // implied: the entity and relation that imply it
  model::FieldId via{};
  std::uint32_t depth = 0;           // listed: 0
};

struct Alternative {
  Expr guard;
  EntityIndex entity = 0;
};
using Alternatives = std::vector<Alternative>;
// One more way to get to an entity, which may be there already.
void add_alternative(solve::ExpressionStore& store, Alternatives& to, Expr guard, EntityIndex entity);

struct JudgementFacts {
  Expr truth, answered_yes, answered_no;
};

struct Amount {
  Expr exists = solve::true_expr;
  solve::LinearForm form;            // where it exists
};

// A fact (all its variables), or a conclusion or computed term about an implied entity.
struct Fact {
  std::uint32_t index = 0;                // among the facts of its world
  EntityIndex entity = 0;
  std::optional<model::FieldId> field;
  std::optional<model::KindId> kind;      // what the case lists of a whole kind: neither entity nor field
  std::int32_t year = 0;
  std::string text;
  std::vector<solve::BoolVar> booleans;
  std::vector<solve::RealVar> reals;
  std::optional<solve::BoolVar> closed;   // true: silence closes this field (worlds that reopen only)
  std::string taken_as;
};

// Not decided: a step budget ran out, or another limit of the method.
struct GaveUp {
  std::string why = std::string(out_of_steps);
  bool spent = true;                   // the budget: the next question of the kind would run into it as well
};

struct WorldOptions {
  bool no_defaults = false;          // silence reopens every closed field
  bool reopen = false;               // closed fields are open behind their `closed` variable
  std::uint32_t most_nodes = 0;      // of its store; beyond, GaveUp is thrown and the world is of no more use. 0: any number
};

class World {
 public:
  World(const formula::Program& program, const facts::Case& the_case, solve::ExpressionStore& store, WorldOptions options);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  [[nodiscard]] const Being& being(EntityIndex entity) const { return beings_[entity]; }
  [[nodiscard]] std::size_t size() const { return beings_.size(); }
  [[nodiscard]] std::size_t listed() const { return the_case_.entities.size(); }
  [[nodiscard]] bool is_implied(EntityIndex entity) const { return entity >= listed(); }
  // All entities of a kind that can be an anchor of a provision: listed ones and those implied by listed ones.
  [[nodiscard]] const std::vector<EntityIndex>& of_kind(model::KindId kind) const { return by_kind_[kind.index]; }
  // Of these, the implied ones.
  [[nodiscard]] const std::vector<EntityIndex>& implied_of_kind(model::KindId kind) const { return implied_by_kind_[kind.index]; }

  // The entity that this relation of the owner implies; made on demand.
  EntityIndex imply(EntityIndex owner, model::FieldId via, model::KindId kind);

  // A Relation or OneInverse field: guards exclude each other; where none holds there is no entity.
  const Alternatives& relation(EntityIndex entity, model::FieldId field);
  // An Inverse, PairSet or Chain field: guards are independent. `further`: a variable that stands for members that the
  // case does not list, if there may be any.
  const Alternatives& members(EntityIndex entity, model::FieldId field);
  Fact* further_members(EntityIndex entity, model::FieldId field);
  // The same for all things of a kind; none where silence closes them.
  Fact* further_of_kind(model::KindId kind);
  [[nodiscard]] bool is_further(solve::BoolVar variable) const { return further_booleans_.contains(variable); }
  [[nodiscard]] bool is_further(solve::RealVar variable) const { return further_reals_.contains(variable); }
  // Whether they make a difference that is theirs alone, or add to a number (at least 0 unless `any_sign`).
  Expr further_boolean(Fact& further);
  solve::LinearForm further_amount(Fact& further, bool integer, bool any_sign);
  // A recursive conclusion or value about this entity is not expanded: nothing is known of what it stands on.
  [[nodiscard]] bool ends_recursion(EntityIndex entity) const;
  // Entities whose field (a Relation) may be this one.
  std::vector<EntityIndex> inverse(model::FieldId relation, EntityIndex target);

  Expr yes(EntityIndex entity, model::FieldId field);
  Expr member(EntityIndex entity, model::FieldId field, std::uint32_t member);
  Expr pair(EntityIndex entity, model::FieldId field, EntityIndex other);
  JudgementFacts judgement(EntityIndex entity, model::FieldId field);
  Expr exists(EntityIndex entity, model::FieldId field, std::int32_t year);
  Amount amount(EntityIndex entity, model::FieldId field, std::int32_t year);
  // The days on which a norm's act was performed in a row (`row`: all its entities; null: whoever else is in it): those that
  // the case lists, or, where it does not say what was done, one that is not known.
  std::vector<Amount> performances(model::ProvisionId norm, std::optional<EntityIndex> bearer, std::optional<EntityIndex> object,
                                   const std::vector<EntityIndex>* row);
  // The actor (or, without one, every actor) cannot know the fact.
  Expr cannot_know(EntityIndex entity, model::FieldId field, std::int32_t year, std::optional<EntityIndex> actor);

  // A variable that stands for a conclusion or computed term about implied entities. `key` names it uniquely.
  Expr free_boolean(const std::string& key, EntityIndex entity, const std::string& text);
  solve::LinearForm free_amount(const std::string& key, EntityIndex entity, const std::string& text, const solve::Domain& domain);
  // An implied entity is there where its owner is and has it in this relation; a listed one always.
  Expr presence(EntityIndex entity);
  // Entities of a kind in which a chain of this case may end, implied ones behind implied steps included.
  std::vector<EntityIndex> chain_ends(model::KindId kind);
  // An auxiliary number or truth that constraints determine; no fact.
  Expr auxiliary_boolean();
  solve::LinearForm auxiliary(const solve::Domain& domain);
  void require(Expr constraint);
  // What an auxiliary is: as the meaning; such that the constraint holds. There is such a value whatever everything else is.
  void define(Expr auxiliary, Expr meaning);
  void define(const solve::LinearForm& auxiliary, Expr constraint);
  Definitions& definitions() { return definitions_; }
  // With the replacements made in definitions as well.
  Expr replaced(Expr e, const Definitions::Replacement& replacement);

  // What holds of all worlds, as far as facts have been asked for, but for cycles. Grows.
  struct Constraint {
    Expr holds;
    solve::Support about;        // the variables that it restricts: it speaks of no others, or defines these by them
  };
  // How many constraints there are that define nothing: they may rule out worlds.
  [[nodiscard]] std::size_t restrictions();
  [[nodiscard]] const std::vector<Constraint>& constraints();
  // Positions in it of those that are about a variable.
  [[nodiscard]] const std::vector<std::uint32_t>& constraints_on(solve::BoolVar variable) const;
  [[nodiscard]] const std::vector<std::uint32_t>& constraints_on(solve::RealVar variable) const;
  // Hands the solver of these worlds the constraints that it does not know yet, and a look out for cycles.
  void tell(solve::Solver& solver);
  // While deciding facts are looked for: the replacement that leads to a second copy of the worlds, which has no cycles either.
  void set_twin(const solve::Substitution* twin) { twin_ = twin; }
  // Facts in order of vocabulary, then case.
  [[nodiscard]] std::vector<const Fact*> facts_in_order() const;
  static void put_in_order(std::vector<const Fact*>& facts);
  [[nodiscard]] const Fact* fact_of(solve::BoolVar variable) const;
  [[nodiscard]] const Fact* fact_of(solve::RealVar variable) const;
  // "model Acme-Med · placing date".
  [[nodiscard]] std::string text_of(const Fact& fact) const;
  [[nodiscard]] std::string name_with_kind(EntityIndex entity) const;
  solve::ExpressionStore& store() { return store_; }
  [[nodiscard]] const formula::Program& program() const { return program_; }
  [[nodiscard]] const facts::Case& the_case() const { return the_case_; }
  // Whether the case says that this entity cannot know the fact, whatever the world.
  [[nodiscard]] bool is_unknowable_to(const Fact& fact, EntityIndex actor) const;

 private:
  struct Cell;                       // the variables and constants of one fact
  using Key = std::tuple<EntityIndex, std::uint32_t, std::int32_t>;

  Cell& cell(EntityIndex entity, model::FieldId field, std::int32_t year);
  void fill(Cell& cell, EntityIndex entity, model::FieldId field, std::int32_t year);
  void fill_relation(Cell& cell, EntityIndex entity, model::FieldId field, const facts::FieldState* state, bool closed);
  void fill_inverse(Cell& cell, EntityIndex entity, model::FieldId field);
  Alternatives chain(EntityIndex entity, model::FieldId field);

  Expr new_boolean(Fact& fact);
  Expr may_go_on(const Fact& further);
  solve::RealVar new_real(Fact& fact, const solve::Domain& domain);
  Expr unless_closed(Fact& fact, const std::string& taken_as);
  Fact& new_fact(EntityIndex entity, std::optional<model::FieldId> field, std::int32_t year);
  struct Step {
    EntityIndex from = 0, to = 0;
    Expr guard;                           // a variable, or true
  };
  struct Chain {                          // relations along which something is computed from itself
    std::vector<bool> fields;
    std::vector<Step> known, open;
  };
  // Steps of chains that an assignment takes around a cycle: for each cycle found, that it is not taken.
  void find_cycles(const Chain& chain, const solve::Solver::Reader& value, const solve::Substitution* twin, std::vector<Expr>& broken) const;

  const formula::Program& program_;
  const model::Model& model_;
  const facts::Case& the_case_;
  solve::ExpressionStore& store_;
  WorldOptions options_;
  std::vector<Being> beings_;
  std::vector<std::vector<EntityIndex>> by_kind_, implied_by_kind_;
  std::map<std::uint32_t, Fact*> further_of_kind_;
  std::set<solve::BoolVar> further_booleans_;
  std::set<solve::RealVar> further_reals_;
  std::map<std::pair<EntityIndex, std::uint32_t>, EntityIndex> implied_;
  std::map<Key, std::unique_ptr<Cell>> cells_;
  std::vector<std::unique_ptr<Fact>> facts_;
  std::vector<std::uint32_t> fact_of_boolean_, fact_of_real_;   // index + 1 into facts_
  std::map<std::string, std::pair<std::optional<Expr>, std::optional<solve::RealVar>>> free_;
  std::map<std::string, Amount> performances_;            // not known
  std::map<Key, Expr> cannot_;
  std::vector<Constraint> constraints_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> constraints_on_boolean_, constraints_on_real_;
  void add_constraint(Constraint constraint);
  Definitions definitions_;
  std::vector<bool> used_fields_;         // relation fields on some path of the rules
  std::map<std::pair<std::uint32_t, EntityIndex>, std::vector<EntityIndex>> known_inverse_;
  std::vector<std::vector<EntityIndex>> open_relation_;   // by field: listed entities whose relation is undetermined
  std::vector<Chain> chains_;
  [[nodiscard]] bool is_in_chain(model::FieldId field) const;
  void add_step(model::FieldId field, const Step& step);
  const solve::Substitution* twin_ = nullptr;
  std::size_t restrictions_ = 0;
  std::size_t told_ = 0;                                  // constraints that the solver knows
  std::vector<std::pair<Expr, EntityIndex>> places_;      // choices of an implied entity, not yet bound to its place
};

}  // namespace onus::evaluate
