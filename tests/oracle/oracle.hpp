// The oracle: verdicts by enumeration of all worlds of a case (semantics.md §§ 2, 5, 6), to hold the product against.
//
// It is not part of the product and shares no code with it beyond the model and the case: it walks the model's trees in one
// world after another. It is slow, and it says so where a case is beyond it (`Unsupported`) instead of guessing.
//
// Where semantics.md leaves room it decides as the product does:
//   an undetermined relation may also lead to an entity implied by an earlier undetermined relation of a listed entity;
//   nothing is known about an implied entity, its closed fields are open too;
//   `the resulting model of X` that nothing listed fills is implied, and recursion goes on through it; at any other implied
//   entity a recursive conclusion is a free truth value and a recursive value a free amount;
//   sets behind an inverse of a listed entity hold listed entities and those that open relations of listed ones imply;
//   an outcome is undetermined when the answers of open provisions give it different cores, silence or no alike;
//   assumptions hold, at the as-of date, for listed entities and those that listed ones imply;
//   an implied entity is there in worlds where its owner's relation leads to it, and nothing is said of it in others;
//   what fired, or was met and stopped, is named with its grounds, not with a why not, also inside a why not;
//   the grounds of a value are its name and the guard of the case taken;
//   no longer looks back to the first day of the row's entities, where they have one.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "oracle/universe.hpp"
#include "oracle/world.hpp"

namespace onus::oracle {

enum class Verdict : std::uint8_t { Applies, DoesNotApply, Depends, Undetermined, NotYet, NoLonger };

struct Answer {
  Verdict verdict = Verdict::Depends;
  std::set<Verdict> possible;                 // of an open verdict
  bool tense_known = true;                    // false: too many worlds to tell not yet and no longer from does not apply
  std::optional<Date> first, last;            // not yet, no longer: the day, over all worlds the earliest and the latest
  bool because_known = true;                  // false: too many worlds
  Provisions because, because_in_some;        // of decided verdicts
};

struct Options {
  Date as_of{};
  bool no_defaults = false;
  Readings readings;                          // instead of the main reading
  Fault fault = Fault::None;
  std::size_t worlds = 20'000;                // most runs of one search …
  std::size_t steps = 300'000;                // … and most questions asked in them
};

// A fact as `depends_on` counts it: all variables of a field are one.
struct FactOf {
  Entity entity = no_entity;
  std::uint32_t field = 0;
  std::int32_t year = 0;
  bool of_field = true;                       // false: a free conclusion or value
  friend auto operator<=>(const FactOf&, const FactOf&) = default;
};

class Oracle {
 public:
  Oracle(const model::Model& model, const facts::Case& the_case, Options options);

  // Whether no world is left. All that follows needs one.
  bool clash();

  [[nodiscard]] Universe& universe() { return universe_; }
  // A listed entity, or an implied one by its name: "the resulting model of medical tune".
  std::optional<Entity> find(model::KindId kind, const std::string& name);

  Answer norm(model::ProvisionId provision, Entity bearer, Entity object, const std::vector<Entity>& others, bool because = true);
  Answer conclusion(model::PredicateId predicate, Entity subject, Entity object, model::RegulationId regulation, bool because = true);
  Answer judgement(model::FieldId field, Entity entity, bool because = true);
  // A condition of an inline case, whose entities are those of the case.
  Answer condition(model::ConditionId condition);

  // Whether knowing these facts settles the core of a proposition in every way that they may turn out.
  bool decides(const Proposition& proposition, const std::set<FactOf>& facts);
  // The facts that the core reads, in some world or other.
  std::set<FactOf> read(const Proposition& proposition);

 private:
  enum class Core : std::uint8_t { Applies, DoesNotApply, Undetermined };
  using Walk = std::function<void(World&)>;
  using Holds = std::function<bool(World&)>;
  struct Constrained {
    Walk walk;                                 // throws Excluded where the statement does not hold
    std::set<std::uint64_t> variables;
  };
  struct Leaf {
    Core core;
    std::map<Variable, std::uint32_t> answers;
    std::vector<Constraint> constraints;
  };

  void add_constraints();
  void add_assumption(model::ProvisionId id);
  void prepare();
  std::set<std::uint64_t> variables_of(const Walk& walk);
  void collect(const Search& search, std::set<std::uint64_t>& out);
  // `use` for every completion, as far as what it reads and what is linked to that can tell them apart; it returns false to
  // end. Statements that turn out to be linked are added and everything begins again, after `restart`.
  void completions(const std::function<void()>& restart, const std::function<bool(World&, Search&)>& use);
  bool link(const Search& search, std::vector<bool>& linked, std::size_t& unlinked);
  Holds holds(const Proposition& proposition, Date t) const;
  // Under every combination of the answers of open provisions.
  static void each_choice(World& world, const std::function<void()>& use);
  static Core core(World& world, const Holds& holds);
  Answer decide(const Holds& holds);
  void add_tense(const Proposition& proposition, Answer& answer);
  void add_because(const Holds& holds, const std::function<void(World&, Provisions&)>& ground, Answer& answer);
  Answer answer_of(const Proposition& proposition, bool tense, bool because);
  [[nodiscard]] std::set<Date> around(Date date) const;
  [[nodiscard]] std::vector<Date> dates_of_change() const;
  std::vector<Leaf> leaves(const Proposition& proposition);
  [[nodiscard]] static FactOf fact_of(const Question& question);

  const model::Model& model_;
  const facts::Case& case_;
  Options options_;
  Universe universe_;
  bool prepared_ = false;
  bool clash_ = false;
  std::vector<Constrained> constraints_;
  const std::vector<Date>* days_ = nullptr;   // see World::days
};

}  // namespace onus::oracle
