#include "evaluate/context.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace onus::evaluate {

using solve::ExpressionStore;

Context::Context(World& world, solve::Solver& solver, GroundOptions options)
    : world_(world), solver_(solver), grounder_(world, std::move(options)), grounds_(*this) {}

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
  auto& world = context.world();
  const auto& constraints = world.constraints();
  std::vector<Expr> result;
  std::vector<bool> taken(constraints.size());
  // Expressions share most of what they are made of: each node is looked at once for all of them.
  std::unordered_set<std::uint32_t> seen, booleans, reals;
  std::vector<Expr> todo = values;
  const auto take = [&](const std::vector<std::uint32_t>& speak_of_it) {
    for (const auto index : speak_of_it) {
      if (taken[index]) continue;
      taken[index] = true;
      result.push_back(constraints[index].holds);
      todo.push_back(constraints[index].holds);
    }
  };
  // All variables of a fact come together.
  const auto reach_boolean = [&](solve::BoolVar b) {
    if (booleans.insert(b.index).second) take(world.constraints_on(b));
  };
  const auto reach_real = [&](solve::RealVar r) {
    if (reals.insert(r.index).second) take(world.constraints_on(r));
  };
  const auto reach_fact = [&](const Fact* fact) {
    if (fact == nullptr) return;
    for (const auto b : fact->booleans) reach_boolean(b);
    for (const auto r : fact->reals) reach_real(r);
  };
  const auto follow = [&] {
    while (!todo.empty()) {
      const auto here = todo.back().node();
      todo.pop_back();
      if (!seen.insert(here).second) continue;
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
          reach_boolean(variable);
          reach_fact(world.fact_of(variable));
          break;
        }
        case ExpressionStore::NodeKind::Atom:
          for (const auto& term : store.form(store.atom(node.first).form).terms) {
            reach_real(term.variable);
            reach_fact(world.fact_of(term.variable));
          }
          break;
      }
    }
  };
  follow();
  // What is stated is little, or nothing.
  const auto& statements = context.statements();
  std::vector<bool> stated(statements.size());
  for (bool grew = true; grew;) {
    grew = false;
    for (std::size_t i = 0; i < statements.size(); ++i) {
      if (stated[i]) continue;
      const auto& about = context.support_of(statements[i].holds);
      const bool touches = std::any_of(about.booleans.begin(), about.booleans.end(), [&](auto b) { return booleans.contains(b.index); }) ||
                           std::any_of(about.reals.begin(), about.reals.end(), [&](auto r) { return reals.contains(r.index); });
      if (!touches) continue;
      stated[i] = true;
      grew = true;
      result.push_back(statements[i].holds);
      todo.push_back(statements[i].holds);
      follow();
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
  std::vector<const Fact*> facts;
  for (const auto b : support.booleans) facts.push_back(world.fact_of(b));
  for (const auto r : support.reals) facts.push_back(world.fact_of(r));
  std::erase(facts, nullptr);
  World::put_in_order(facts);
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());

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
