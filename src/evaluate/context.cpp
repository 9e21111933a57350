#include "evaluate/context.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace onus::evaluate {

using solve::ExpressionStore;

Context::Context(World& world, solve::Solver& solver, GroundOptions options)
    : world_(world), solver_(solver), grounder_(world, std::move(options)) {}

const solve::Support& Context::support_of(Expr e) {
  const auto [known, fresh] = supports_.try_emplace(e);
  if (fresh) known->second = store().support(e);
  return known->second;
}

CoreExprs Context::core(PropositionId proposition) { return core_of(grounder_.proposition(proposition).yes); }

CoreExprs Context::core_of(Expr yes) {
  const auto always = whatever_is_decided(yes);
  const auto never = whatever_is_decided(ExpressionStore::not_(yes));
  const auto neither = store().and_(ExpressionStore::not_(always), ExpressionStore::not_(never));
  return {always, never, neither};
}

// A way of deciding that only ever helps (or only ever harms) needs no copies: what holds for its worst value holds for both.
// Most do; each of the others doubles the expression.
Expr Context::whatever_is_decided(Expr e) {
  if (grounder_.choices().empty()) return e;
  Definitions::Replacement replacement;
  std::vector<solve::BoolVar> both;
  constexpr std::uint8_t helps = 1, harms = 2;
  for (const auto& [choice, way] : world_.definitions().ways(e, grounder_.choices())) {
    if (way == (helps | harms)) {
      both.push_back(choice);
    } else {
      replacement.booleans.emplace_back(choice, ExpressionStore::constant(way == harms));
    }
  }
  if (replacement.booleans.empty() && both.empty()) return e;
  constexpr std::size_t most = 10;
  constexpr std::uint32_t most_nodes = 1U << 21;
  const auto before = store().node_count();
  if (both.size() > most) throw GaveUp{"more than ten points that the text leaves open work in both directions", false};
  std::vector<Expr> all;
  const auto settled = replacement.booleans.size();
  for (std::uint32_t way = 0; way < (1U << both.size()); ++way) {
    replacement.booleans.resize(settled, {solve::BoolVar{}, solve::true_expr});
    for (std::size_t i = 0; i < both.size(); ++i) replacement.booleans.emplace_back(both[i], ExpressionStore::constant(((way >> i) & 1) != 0));
    all.push_back(world_.replaced(e, replacement));
    if (store().node_count() > before + most_nodes) throw GaveUp{"looking at each way of deciding what the text leaves open takes too much memory"};
    if (all.back().is_false()) return solve::false_expr;
  }
  return store().and_(all);
}

Expr Context::decided_otherwise(Expr e) {
  if (grounder_.choices().empty()) return e;
  Definitions::Replacement replacement;
  for (const auto& [choice, way] : world_.definitions().ways(e, grounder_.choices())) {
    const auto [other, fresh] = other_choices_.try_emplace(choice);
    if (fresh) other->second = store().boolean(store().new_boolean());
    replacement.booleans.emplace_back(choice, other->second);
  }
  return replacement.booleans.empty() ? e : world_.replaced(e, replacement);
}

Expr Context::however_decided(Expr e) { return ExpressionStore::not_(whatever_is_decided(ExpressionStore::not_(e))); }

namespace {

// What is stated, and the constraints that share variables, directly or not, with these values. The others can be met on
// their own, whatever the values are.
Expr related(Context& context, const std::vector<Expr>& values) {
  auto& store = context.store();
  struct Conjunct {
    Expr holds;
    const solve::Support* about;
  };
  std::vector<Conjunct> conjuncts;
  for (const auto& statement : context.statements()) conjuncts.push_back({statement.holds, &context.support_of(statement.holds)});
  for (const auto& constraint : context.world().constraints()) conjuncts.push_back({constraint.holds, &constraint.about});
  std::vector<bool> booleans(store.boolean_count());
  std::vector<bool> reals(store.real_count());
  // All variables of a fact come together.
  const auto reach_fact = [&](const Fact* fact) {
    if (fact == nullptr) return;
    for (const auto b : fact->booleans) booleans[b.index] = true;
    for (const auto r : fact->reals) reals[r.index] = true;
  };
  // Expressions share most of what they are made of: each node is looked at once for all of them.
  std::vector<bool> seen(store.node_count());
  std::vector<Expr> todo;
  const auto reach = [&](Expr e) {
    todo.push_back(e);
    while (!todo.empty()) {
      const auto here = todo.back().node();
      todo.pop_back();
      if (seen[here]) continue;
      seen[here] = true;
      const auto node = store.node(here);
      switch (node.kind) {
        case ExpressionStore::NodeKind::Constant: break;
        case ExpressionStore::NodeKind::And: {
          const auto operands = store.operands_of(node);
          todo.insert(todo.end(), operands.begin(), operands.end());
          break;
        }
        case ExpressionStore::NodeKind::Boolean: {
          const solve::BoolVar variable{node.first};
          booleans[variable.index] = true;
          reach_fact(context.world().fact_of(variable));
          break;
        }
        case ExpressionStore::NodeKind::Atom:
          for (const auto& term : store.form(store.atom(node.first).form).terms) {
            reals[term.variable.index] = true;
            reach_fact(context.world().fact_of(term.variable));
          }
          break;
      }
    }
  };
  for (const auto value : values) reach(value);
  std::vector<bool> taken(conjuncts.size());
  std::vector<Expr> result;
  for (bool grew = true; grew;) {
    grew = false;
    for (std::size_t i = 0; i < conjuncts.size(); ++i) {
      if (taken[i]) continue;
      const auto& about = *conjuncts[i].about;
      const bool touches = std::any_of(about.booleans.begin(), about.booleans.end(), [&](auto b) { return booleans[b.index]; }) ||
                           std::any_of(about.reals.begin(), about.reals.end(), [&](auto r) { return reals[r.index]; });
      if (!touches) continue;
      taken[i] = true;
      grew = true;
      reach(conjuncts[i].holds);
      result.push_back(conjuncts[i].holds);
    }
  }
  return store.and_(result);
}

struct Untwin {   // also where the budget runs out
  World& world;
  ~Untwin() { world.set_twin(nullptr); }
};

}  // namespace

DecidingFacts deciding_facts(Context& context, const std::vector<Expr>& values, std::uint64_t steps) {
  auto& store = context.store();
  auto& world = context.world();
  DecidingFacts result;
  result.minimal = context.settle_statements();   // the constraints of the second copy have to be all there
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

  // Two copies of the worlds: while they agree on the kept facts and are free elsewhere, do they ever give two values? Each fact
  // has a variable that makes the copies agree on it, so that this is a question for a minimal core.
  solve::Substitution copy;
  std::map<const Fact*, std::vector<Expr>> agreement;
  for (const auto b : support.booleans) {
    const auto other = store.boolean(store.new_boolean());
    copy.set(b, other);
    if (const auto* fact = world.fact_of(b)) agreement[fact].push_back(store.iff(store.boolean(b), other));
  }
  for (const auto r : support.reals) {
    const solve::LinearForm other(store.new_real(store.domain(r)));
    copy.set(r, other);
    if (const auto* fact = world.fact_of(r)) agreement[fact].push_back(store.is_zero(solve::LinearForm(r) - other));
  }
  const auto copies = store.substitute(everything, copy);
  std::vector<Expr> differ;
  for (std::size_t a = 0; a < values.size(); ++a) {
    for (std::size_t b = a + 1; b < values.size(); ++b) differ.push_back(store.and_(values[a], copies[b]));
  }
  std::vector<Expr> together{given, copies.back(), store.or_(differ)};
  std::vector<Expr> assumptions{solve::true_expr};
  for (const auto* fact : facts) {
    const auto agree = store.boolean(store.new_boolean());
    together.push_back(store.implies(agree, store.and_(agreement[fact])));
    assumptions.push_back(agree);
  }
  assumptions.front() = store.and_(together);
  world.set_twin(&copy);
  const Untwin untwin{world};
  try {
    for (const auto position : context.minimal_core(assumptions, steps)) {
      if (position > 0) result.facts.push_back(facts[position - 1]);
    }
  } catch (const GaveUp& gave_up) {
    // Nothing refutes it where no fact settles it (a day somewhere in a month): that takes all of them.
    result.facts = facts;
    result.spent = gave_up.spent;
    if (gave_up.spent) result.minimal = false;
  }
  return result;
}

}  // namespace onus::evaluate
