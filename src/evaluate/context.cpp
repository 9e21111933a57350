#include "evaluate/context.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace onus::evaluate {

using solve::ExpressionStore;

Context::Context(World& world, solve::Solver& solver, GroundOptions options)
    : world_(world), solver_(solver), grounder_(world, std::move(options)) {}

const std::vector<Statement>& Context::statements() {
  if (!stated_) state();
  return statements_;
}

Expr Context::stated() {
  if (!stated_) state();
  return stated_together_;
}

void Context::state() {
  stated_ = true;
  const auto& program = world_.program();
  const auto& model = *program.model;
  for (const auto id : model.provisions.ids()) {
    const auto& provision = model.provisions[id];
    if (provision.kind != model::ProvisionKind::Assumption) continue;
    const auto& roots = program.of(id);
    for (const auto binding : grounder_.anchors(id, std::nullopt, std::nullopt)) {
      const auto value = [&](formula::FormulaId formula) {
        return grounder_.trace(grounder_.formula(formula, binding, provision.variables)).value;
      };
      // Whatever the status of the text: an assumption is about what can be, not about what is owed.
      const auto applies = store().and_(grounder_.present(binding), value(roots.condition));
      if (applies.is_false()) continue;
      const auto holds = core_of(store().implies(applies, value(roots.claim)))[static_cast<std::size_t>(Core::Applies)];
      if (holds.is_true()) continue;
      std::string about;
      for (const auto entity : grounder_.entities(binding)) about += (about.empty() ? "" : ", ") + world_.name_with_kind(entity);
      statements_.push_back({holds, model.name_of(id) + " about " + about, provision.heading});
    }
  }
  for (const auto& found : world_.the_case().found) {
    const auto& predicate = model.predicates[found.predicate];
    std::optional<EntityIndex> object;
    if (found.object) object = found.object->index;
    // A predicate of a vocabulary may be concluded by several regulations: the statement is about each.
    std::set<model::RegulationId> regulations;
    for (const auto id : program.concluders[found.predicate.index]) regulations.insert(model.provisions[id].regulation);
    if (predicate.regulation) regulations = {*predicate.regulation};
    for (const auto regulation : regulations) {
      const auto proposition = grounder_.concluded(found.predicate, regulation, found.subject.index, object);
      const auto exprs = core(proposition);
      statements_.push_back({exprs[static_cast<std::size_t>(found.holds ? Core::Applies : Core::DoesNotApply)], found.written, found.span});
    }
  }
  std::vector<Expr> all;
  for (const auto& statement : statements_) all.push_back(statement.holds);
  stated_together_ = store().and_(all);
}

CoreExprs Context::core(PropositionId proposition) { return core_of(grounder_.proposition(proposition).yes); }

CoreExprs Context::core_of(Expr yes) {
  const auto always = whatever_is_decided(yes);
  const auto never = whatever_is_decided(ExpressionStore::not_(yes));
  const auto neither = store().and_(ExpressionStore::not_(always), ExpressionStore::not_(never));
  return {always, never, neither};
}

Expr Context::whatever_is_decided(Expr e) {
  if (grounder_.choices().empty()) return e;
  std::vector<solve::BoolVar> choices;
  for (const auto variable : store().support(e).booleans) {
    if (grounder_.choices().contains(variable)) choices.push_back(variable);
  }
  if (choices.empty()) return e;
  const auto result = store().forall(e, choices);
  if (!result) throw GaveUp{};
  return *result;
}

Expr Context::however_decided(Expr e) { return ExpressionStore::not_(whatever_is_decided(ExpressionStore::not_(e))); }

bool Context::satisfiable(std::vector<Expr> assumptions) {
  for (const auto e : assumptions) {
    if (e.is_false()) return false;
  }
  world_.tell(solver_);
  switch (solver_.check(assumptions)) {
    case solve::Result::Sat: return true;
    case solve::Result::Unsat: return false;
    case solve::Result::GaveUp: break;
  }
  throw GaveUp{};
}

bool Context::possible(Expr e) {
  if (e.is_false()) return false;
  return satisfiable({stated(), e});
}

bool Context::clash_free() {
  solver_.set_scope(solve::Solver::Scope::Everything);
  const bool result = satisfiable({stated()});
  solver_.set_scope(solve::Solver::Scope::Connected);
  return result;
}

std::vector<std::size_t> Context::minimal_core(const std::vector<Expr>& assumptions) {
  world_.tell(solver_);
  const auto core = solver_.minimise_core(assumptions);
  if (!core || !core->exact) throw GaveUp{};
  return core->positions;
}

namespace {

// What is stated, and the constraints that share variables, directly or not, with these values. The others can be met on
// their own, whatever the values are.
Expr related(Context& context, const std::vector<Expr>& values) {
  auto& store = context.store();
  std::vector<World::Constraint> conjuncts;
  for (const auto& statement : context.statements()) conjuncts.push_back({statement.holds, store.support(statement.holds)});
  const auto& constraints = context.world().constraints();
  conjuncts.insert(conjuncts.end(), constraints.begin(), constraints.end());
  std::set<solve::BoolVar> booleans;
  std::set<solve::RealVar> reals;
  // All variables of a fact come together.
  const auto reach = [&](const solve::Support& support) {
    for (const auto b : support.booleans) {
      if (!booleans.insert(b).second) continue;
      if (const auto* fact = context.world().fact_of(b)) {
        booleans.insert(fact->booleans.begin(), fact->booleans.end());
        reals.insert(fact->reals.begin(), fact->reals.end());
      }
    }
    for (const auto r : support.reals) {
      if (!reals.insert(r).second) continue;
      if (const auto* fact = context.world().fact_of(r)) {
        booleans.insert(fact->booleans.begin(), fact->booleans.end());
        reals.insert(fact->reals.begin(), fact->reals.end());
      }
    }
  };
  reach(store.support(values));
  std::vector<bool> taken(conjuncts.size());
  std::vector<Expr> result;
  for (bool grew = true; grew;) {
    grew = false;
    for (std::size_t i = 0; i < conjuncts.size(); ++i) {
      if (taken[i]) continue;
      const auto& about = conjuncts[i].about;
      const bool touches = std::any_of(about.booleans.begin(), about.booleans.end(), [&](auto b) { return booleans.contains(b); }) ||
                           std::any_of(about.reals.begin(), about.reals.end(), [&](auto r) { return reals.contains(r); });
      if (!touches) continue;
      taken[i] = true;
      grew = true;
      reach(store.support(conjuncts[i].holds));
      result.push_back(conjuncts[i].holds);
    }
  }
  return store.and_(result);
}

}  // namespace

namespace {
struct Untwin {   // also where the budget runs out
  World& world;
  ~Untwin() { world.set_twin(nullptr); }
};
}  // namespace

std::vector<const Fact*> deciding_facts(Context& context, const std::vector<Expr>& values) {
  auto& store = context.store();
  auto& world = context.world();
  const auto given = related(context, values);
  std::vector<Expr> everything = values;
  everything.push_back(given);
  const auto support = store.support(everything);
  std::set<const Fact*> met;
  for (const auto b : support.booleans) met.insert(world.fact_of(b));
  for (const auto r : support.reals) met.insert(world.fact_of(r));
  std::vector<const Fact*> facts;
  for (const auto* fact : world.facts_in_order()) {
    if (met.contains(fact)) facts.push_back(fact);
  }

  // Two copies of the worlds that agree on the kept facts and differ freely elsewhere: do they ever give two values?
  std::set<const Fact*> kept(facts.begin(), facts.end());
  std::map<solve::BoolVar, Expr> other_booleans;
  std::map<solve::RealVar, solve::LinearForm> other_reals;
  for (const auto b : support.booleans) other_booleans.emplace(b, store.boolean(store.new_boolean()));
  for (const auto r : support.reals) other_reals.emplace(r, solve::LinearForm(store.new_real(store.domain(r))));
  const auto decide = [&] {
    solve::Substitution substitution;
    for (const auto b : support.booleans) {
      if (!kept.contains(world.fact_of(b)) || world.fact_of(b) == nullptr) substitution.set(b, other_booleans.at(b));
    }
    for (const auto r : support.reals) {
      if (!kept.contains(world.fact_of(r)) || world.fact_of(r) == nullptr) substitution.set(r, other_reals.at(r));
    }
    const auto copies = store.substitute(everything, substitution);
    world.set_twin(&substitution);
    const Untwin untwin{world};
    for (std::size_t a = 0; a < values.size(); ++a) {
      for (std::size_t b = a + 1; b < values.size(); ++b) {
        if (context.satisfiable({given, values[a], copies.back(), copies[b]})) return false;
      }
    }
    return true;
  };
  for (auto it = facts.rbegin(); it != facts.rend(); ++it) {
    kept.erase(*it);
    if (!decide()) kept.insert(*it);
  }
  std::erase_if(facts, [&](const Fact* fact) { return !kept.contains(fact); });
  return facts;
}

}  // namespace onus::evaluate
