// One world of a case: what the text says in it, by walking the model's trees (semantics.md §§ 3 and 4).
//
// Slow and plain on purpose: no formula, no rewriting, no short cut that the definitions do not have. What the case leaves
// open is asked of the `Search`, so a walk over this class is a walk over one world and the search makes it all worlds.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "oracle/search.hpp"
#include "oracle/universe.hpp"

namespace onus::oracle {

// Mistakes that the comparison must notice; see tests/property.
enum class Fault : std::uint8_t {
  None,
  NotStrict,          // exceeds taken as at least
  LostException,      // exceptions strike nothing
  DefeatedException,  // an exception strikes although another strikes it
  UnknownIsNo,        // a yes/no fact that is not given taken as no
  DayOff,             // the first day of a validity left out
  LostUnless,         // `unless B` left out
  PresumptionWins,    // a presumption in spite of a recorded answer
  Unperformed,        // what was performed is overlooked
  NoneIsZero,         // an amount that is not there taken as 0
};

// A yes/no matter that provisions decide.
struct Proposition {
  enum class Of : std::uint8_t { Predicate, Presumed, Norm } of = Of::Predicate;
  std::uint32_t id = 0;                       // predicate, judgement field, provision
  model::RegulationId regulation{};           // of a predicate
  Entity first = no_entity;                   // holder, bearer
  Entity second = no_entity;                  // object
  std::vector<Entity> others;                 // further entities of a norm's row
  auto operator<=>(const Proposition&) const = default;
};

enum class Outcome : std::uint8_t { Yes, No, Silent };

// The entities of a row by variable; a place behind the row is bound by a quantifier.
using Row = std::vector<Entity>;

// A provision in a row; of an exception, transition or open provision also which of its targets is meant.
struct Instance {
  model::ProvisionId provision{};
  std::optional<std::uint32_t> target;
  Row row;
};

using Readings = std::map<model::ProvisionId, std::uint32_t>;
using Provisions = std::set<model::ProvisionId>;

// Marks something as being decided; meeting it again meanwhile is a cycle along a chain, and no world has one.
template <class T>
class Entered {
 public:
  Entered(std::set<T>& open, T what) : open_(open), what_(std::move(what)) {
    if (!open_.insert(what_).second) throw Excluded{};
  }
  ~Entered() { open_.erase(what_); }
  Entered(const Entered&) = delete;
  Entered& operator=(const Entered&) = delete;

 private:
  std::set<T>& open_;
  T what_;
};

class World {
 public:
  World(Universe& universe, Search& search, const Readings& readings, Fault fault);

  // Forget what was derived; the search's answers stay. Needed where choices change.
  void forget() { outcomes_.clear(), grounded_.clear(); }

  [[nodiscard]] Outcome outcome(const Proposition& proposition, Date t);
  // Whether a condition of an inline case holds, over the entities of that case.
  bool condition(model::ConditionId id, const Row& row, Date t);
  bool judgement(model::FieldId field, Entity entity, Date t);   // the bare form
  void ground(const Proposition& proposition, Date t, Provisions& out, bool why_not = false);
  void ground_of_judgement(model::FieldId field, Entity entity, Date t, Provisions& out);

  // Whether an assumption holds in a row.
  bool assumed(model::ProvisionId assumption, const Row& row, Date t);
  // The first day of an entity, if its kind has one and the day is known to come.
  std::optional<Number> birth(Entity entity);
  // Entities over which a row variable of the kind ranges: those listed and those that listed ones imply in this world.
  std::vector<Entity> entities(model::KindId kind);

  // Answers of open provisions, by row; `asked_choices` collects those that were asked for and have no answer yet.
  std::map<Question, bool> choices;
  std::vector<Question> asked_choices;
  // Days that an open date may have; none: its day stays a number of the search.
  const std::vector<Date>* days = nullptr;
  std::set<Date> chosen_days;   // those that open dates got

 private:
  struct Frame {
    model::ProvisionId provision{};   // whose words are read: for its regulation and readings
    const std::vector<model::Variable>* variables = nullptr;   // the scheme that the words are read in
    Row row;
    Date t;
  };
  enum class Record : std::uint8_t { Yes, No, None };

  // ---- facts (facts.cpp) -------------------------------------------------------------------------------------------------
  std::optional<Entity> related(Entity entity, model::FieldId field);
  // Whether relations of the chain that are settled so far lead from one to the other.
  bool leads_to(Entity from, Entity to, const std::vector<model::FieldId>& chain);
  std::optional<Entity> find_related(Entity entity, model::FieldId field);
  bool yes(Entity entity, model::FieldId field);
  bool has_member(Entity entity, model::FieldId field, std::uint32_t member);
  bool has_one_of(Entity entity, model::FieldId field, std::optional<std::uint32_t> member);   // none: any at all
  std::optional<Form> number(Entity entity, model::FieldId field, std::int32_t year);
  bool truth(Entity entity, model::FieldId judgement);
  Record record(Entity entity, model::FieldId judgement);
  bool can_know(Entity who, Entity entity, model::FieldId field, std::int32_t year);
  bool pair(Entity entity, model::FieldId field, Entity other);
  std::vector<Entity> set_of(Entity owner, model::FieldId field);
  // An implied entity is there where its owner is and has it in this relation; a listed one always.
  bool is_there(Entity entity);
  std::uint32_t ask(const Question& question, std::uint32_t count);

  // ---- conditions and amounts (conditions.cpp) --------------------------------------------------------------------------------
  std::optional<Entity> end_of(const model::Path& path, Frame& frame);
  std::vector<Entity> range(model::VariableId variable, Frame& frame);
  // `drop`: positive `unless B` left out, as *met* wants it.
  bool holds(model::ConditionId id, Frame& frame, bool drop = false, bool positive = true);
  bool holds_for(const model::Condition& condition, Entity entity, Frame& frame, bool drop, bool positive);
  std::size_t true_ones(const model::Condition& condition, Frame& frame, bool drop, bool positive);
  bool compare(const model::Condition& condition, Frame& frame);
  bool established(Entity entity, model::FieldId judgement, Date t);
  bool judged(const model::Condition& condition, Entity entity, Date t);
  std::optional<Form> amount(model::ExprId id, Frame& frame);
  std::optional<Form> parameter(model::ParameterId id, Date t);
  std::optional<Form> shifted(const Form& form, const model::Expr& expr);
  // The case of a computed term that is taken, and the frame of its words.
  struct Taken {
    model::ExprId expr{};
    std::vector<model::ConditionId> guards;   // its own, or of `otherwise` those of all the others, which are false
    Frame frame;
  };
  std::optional<Taken> taken(model::ValueId value, Entity owner, Date t);
  std::optional<Form> value(model::ValueId value, Entity owner, Date t);
  std::optional<Entity> entity_value(model::ValueId value, Entity owner, Date t);
  bool is_boundary(Entity entity) const;   // a recursion ends here
  bool is_free(const Proposition& proposition) const;

  // ---- provisions (outcomes.cpp) -------------------------------------------------------------------------------------------------
  std::vector<Instance> instances(const Proposition& proposition, Date t);
  void add_instances(model::ProvisionId id, const Proposition& proposition, Date t, std::vector<Instance>& out);
  bool in_force(const Instance& instance, Date t);
  bool condition_of(const Instance& instance, Date t, bool drop);
  bool extra(const Instance& instance, Date t);
  bool fires(const Instance& instance, Date t);
  bool met(const Instance& instance, Date t);
  // ---- what was performed, what is violated (violated.cpp)
  bool performed(model::ProvisionId norm, Entity bearer, Entity object, const Row* row, Date t);
  bool fulfilled(const Instance& instance, Entity bearer, Entity object, Date t);
  bool violated(const Instance& instance, Entity bearer, Entity object, Date t);
  bool violated(model::ProvisionId norm, Entity bearer, Entity object, Date t);
  // The norms that name this one by `failing which` and are violated for its bearer and object.
  std::vector<model::ProvisionId> followed(const Instance& instance, Date t);
  [[nodiscard]] bool follows(model::ProvisionId id) const;
  bool rebutted(const Instance& instance, Date t);
  std::vector<Instance> attackers(const Instance& instance);
  std::vector<Instance> open_in(const Instance& instance);
  std::vector<Instance> naming(const Instance& instance, bool open);
  Frame frame_of(const Instance& instance, Date t) const;
  std::vector<model::ConditionId> conditions_of(const Instance& instance) const;

  // ---- grounds (grounds.cpp) ---------------------------------------------------------------------------------------------------------
  void ground_fired(const Instance& instance, Date t, bool named, bool why_not, Provisions& out);
  void ground_stopped(const Instance& instance, Date t, bool why_not, Provisions& out);
  void ground_unless(model::ConditionId id, Frame& frame, bool positive, bool why_not, Provisions& out);
  void ground_condition(model::ConditionId id, Frame& frame, bool why_not, Provisions& out);
  void ground_quantified(const model::Condition& condition, bool truth, Frame& frame, bool why_not, Provisions& out);
  void ground_judged(const model::Condition& condition, Entity entity, Date t, bool why_not, Provisions& out);
  void ground_amount(model::ExprId id, Frame& frame, bool why_not, Provisions& out);
  void ground_path(const model::Path& path, Frame& frame, bool why_not, Provisions& out);
  void ground_value(model::ValueId value, Entity owner, Date t, bool why_not, Provisions& out);

  Universe& universe_;
  const model::Model& model_;
  Search& search_;
  const Readings& readings_;
  Fault fault_;
  struct Related {
    bool known = false;
    std::optional<Entity> to;
  };
  std::vector<Related> related_;                                   // by entity and field, once found
  std::map<std::pair<Proposition, Date>, Outcome> outcomes_;
  std::set<Proposition> open_propositions_;                        // being decided: meeting one again is a cycle
  std::set<std::pair<model::ValueId, Entity>> open_values_;
  std::set<std::tuple<Proposition, Date, bool>> grounded_;
};

}  // namespace onus::oracle
