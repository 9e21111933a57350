// What a case and the rules state about the worlds, and the questions that are asked of what is left.
//
// A statement holds whatever way `open` provisions are decided. Where those ways work in both directions there may be many, so
// they are looked at one by one, as a world is found that breaks the statement for one of them.
#include <algorithm>
#include <set>

#include "evaluate/context.hpp"

namespace onus::evaluate {

using solve::ExpressionStore;

const std::vector<Statement>& Context::statements() {
  if (!stated_) state();
  return statements_;
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
      const auto claim = store().implies(applies, value(roots.claim));
      if (claim.is_true()) continue;
      std::string about;
      for (const auto entity : grounder_.entities(binding)) about += (about.empty() ? "" : ", ") + world_.name_with_kind(entity);
      add_statement(claim, std::string(model::word(provision.kind)) + ' ' + provision.label + " about " + about, provision.heading);
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
      const auto yes = grounder_.proposition(grounder_.concluded(found.predicate, regulation, found.subject.index, object)).yes;
      add_statement(found.holds ? yes : ExpressionStore::not_(yes), found.written, found.span);
    }
  }
}

void Context::add_statement(Expr must, std::string text, Span span) {
  Statement statement{must, std::move(text), span, solve::true_expr, solve::true_expr, {}, {}};
  const auto ways = world_.definitions().ways(must, grounder_.choices());
  const bool settled = std::none_of(ways.begin(), ways.end(), [](const auto& way) { return way.second == 3; });   // helps and harms
  if (settled) {
    statement.holds = whatever_is_decided(must);
    statements_.push_back(std::move(statement));
    return;
  }
  statement.must = must;
  Definitions::Replacement replacement;
  for (const auto& [choice, way] : ways) {
    const auto own = store().new_boolean();
    statement.ways.emplace_back(choice, own);
    replacement.booleans.emplace_back(choice, store().boolean(own));
  }
  statement.otherwise = world_.replaced(must, replacement);
  statement.world = store().support(world_.definitions().with_definitions(statement.otherwise));
  std::erase_if(statement.world.booleans, [&](solve::BoolVar variable) {
    return world_.definitions().defines(variable) ||
           std::any_of(statement.ways.begin(), statement.ways.end(), [&](const auto& way) { return way.second == variable; });
  });
  std::erase_if(statement.world.reals, [&](solve::RealVar variable) { return world_.definitions().defines(variable); });
  statements_.push_back(std::move(statement));
}

// After Sat: whether the world that was found breaks a statement for some way of deciding; then the statement says so from now on.
bool Context::refine() {
  const auto lazy = [](const Statement& statement) { return !statement.ways.empty(); };
  if (std::none_of(statements_.begin(), statements_.end(), lazy)) return false;
  const solve::Model found = solver_.model();
  for (auto& statement : statements_) {
    if (!lazy(statement)) continue;
    std::vector<Expr> asked{ExpressionStore::not_(statement.otherwise)};
    for (const auto variable : statement.world.booleans) {
      const auto value = found.value(variable);
      if (value) asked.push_back(*value ? store().boolean(variable) : ExpressionStore::not_(store().boolean(variable)));
    }
    for (const auto variable : statement.world.reals) {
      if (const auto* value = found.value(variable)) asked.push_back(store().equals(variable, *value));
    }
    world_.tell(solver_);
    const auto result = solver_.check(asked);
    if (result == solve::Result::GaveUp) throw GaveUp{};
    if (result == solve::Result::Unsat) continue;
    Definitions::Replacement replacement;
    for (const auto& [choice, own] : statement.ways) {
      replacement.booleans.emplace_back(choice, ExpressionStore::constant(solver_.model().value(own).value_or(false)));
    }
    statement.holds = store().and_(statement.holds, world_.replaced(statement.must, replacement));
    return true;
  }
  return false;
}

bool Context::settle_statements() {
  if (!stated_) state();
  for (auto& statement : statements_) {
    constexpr std::size_t most = 6;
    if (statement.ways.size() > most) return false;
    if (statement.ways.empty()) continue;
    statement.holds = whatever_is_decided(statement.must);
    statement.ways.clear();
  }
  return true;
}

Expr Context::stated() {
  if (!settle_statements()) throw GaveUp{"what is stated leaves too many ways of deciding to look at each", false};
  std::vector<Expr> all;
  for (const auto& statement : statements_) all.push_back(statement.holds);
  return store().and_(all);
}

bool Context::satisfiable(const std::vector<Expr>& assumptions) {
  if (!stated_) state();
  for (const auto e : assumptions) {
    if (e.is_false()) return false;
  }
  do {
    std::vector<Expr> all = assumptions;
    for (const auto& statement : statements_) all.push_back(statement.holds);
    world_.tell(solver_);
    switch (solver_.check(all)) {
      case solve::Result::Sat: break;
      case solve::Result::Unsat: return false;
      case solve::Result::GaveUp: throw GaveUp{};
    }
  } while (refine());
  return true;
}

// As if it were stated: the ways are looked at as a world is met that breaks it, not all of them before.
bool Context::possible_whatever_is_decided(Expr e) {
  if (e.is_false()) return false;
  if (!stated_) state();
  struct Stated {   // taken back whatever happens
    std::vector<Statement>& statements;
    std::size_t before = statements.size();
    ~Stated() { statements.erase(statements.begin() + static_cast<std::ptrdiff_t>(before), statements.end()); }
  } const taken_back{statements_};
  add_statement(e, {}, {});
  return satisfiable({});
}

bool Context::possible(Expr e) {
  if (e.is_false()) return false;
  if (const auto now = world_.restrictions(); now != possible_under_) {
    possible_.clear();
    possible_under_ = now;
  }
  const auto known = possible_.find(e);
  return known != possible_.end() ? known->second : possible_.emplace(e, satisfiable({e})).first->second;
}

bool Context::clash_free() {
  if (clash_free_) return *clash_free_;
  solver_.set_scope(solve::Solver::Scope::Everything);
  clash_free_ = satisfiable({});
  solver_.set_scope(solve::Solver::Scope::Connected);
  return *clash_free_;
}

std::vector<std::size_t> Context::clash() {
  std::vector<Expr> all;
  for (const auto& statement : statements()) all.push_back(statement.holds);
  world_.tell(solver_);
  solver_.set_scope(solve::Solver::Scope::Everything);
  const auto core = solver_.minimise_core(all);
  solver_.set_scope(solve::Solver::Scope::Connected);
  if (!core || !core->exact) throw GaveUp{};
  return core->positions;
}

// Each from the last to the first is dropped if the rest still suffices; what the last refutation did not use is not asked about.
std::vector<std::size_t> Context::minimal_core(const std::vector<Expr>& assumptions, std::uint64_t steps, bool* minimal) {
  struct Budget {   // given back whatever happens
    solve::Solver& solver;
    std::uint64_t before = solver.budget();
    ~Budget() { solver.set_budget(before); }
  } const budget{solver_};
  const auto last = solver_.statistics().steps + steps;
  std::vector<std::size_t> kept(assumptions.size());
  for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = i;
  std::set<std::size_t> needed;
  const auto refuted = [&](const std::vector<std::size_t>& positions) {
    const auto used = solver_.statistics().steps;
    if (used >= last) throw GaveUp{};
    solver_.set_budget(std::min(budget.before, last - used));
    std::vector<Expr> trial;
    for (const auto position : positions) trial.push_back(assumptions[position]);
    if (satisfiable(trial)) return false;
    needed.clear();
    for (const auto position : solver_.core()) {
      if (position < positions.size()) needed.insert(positions[position]);
    }
    // One that is false refutes on its own, and is not asked about.
    for (const auto position : positions) {
      if (assumptions[position].is_false()) needed = {position};
    }
    return true;
  };
  if (!refuted(kept)) throw GaveUp{"nothing refutes it", false};
  for (std::size_t i = assumptions.size(); i-- > 0;) {
    auto rest = kept;
    std::erase(rest, i);
    if (needed.contains(i)) {
      try {
        if (!refuted(rest)) continue;
      } catch (const GaveUp&) {
        if (minimal == nullptr) throw;
        *minimal = false;
        continue;
      }
    }
    kept = std::move(rest);
  }
  return kept;
}

}  // namespace onus::evaluate
