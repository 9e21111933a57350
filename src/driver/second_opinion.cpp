#include "driver/second_opinion.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace onus::driver {

using evaluate::Context;
using graph::Answer;
using solve::Expr;

namespace {

// What is stated and what holds of all worlds, as far as it is connected with these expressions by shared variables: the
// rest can be met by itself, as there is a world at all.
std::vector<Expr> connected(Context& context, const evaluate::CoreExprs& core) {
  auto& store = context.store();
  static_cast<void>(context.stated());   // settled for every way of deciding, or GaveUp
  struct Conjunct {
    Expr holds;
    solve::Support about;
  };
  std::vector<Conjunct> open;
  for (const auto& statement : context.statements()) open.push_back({statement.holds, store.support(statement.holds)});
  for (const auto& constraint : context.world().constraints()) {
    const bool named = !constraint.about.booleans.empty() || !constraint.about.reals.empty();
    open.push_back({constraint.holds, named ? constraint.about : store.support(constraint.holds)});
  }
  std::set<solve::BoolVar> booleans;
  std::set<solve::RealVar> reals;
  const auto reach = [&](const solve::Support& support) {
    booleans.insert(support.booleans.begin(), support.booleans.end());
    reals.insert(support.reals.begin(), support.reals.end());
  };
  for (const Expr e : core) reach(store.support(e));
  std::vector<Expr> result;
  for (bool grew = true; grew;) {
    grew = false;
    std::erase_if(open, [&](const Conjunct& each) {
      const bool touches = std::any_of(each.about.booleans.begin(), each.about.booleans.end(), [&](auto b) { return booleans.contains(b); }) ||
                           std::any_of(each.about.reals.begin(), each.about.reals.end(), [&](auto r) { return reals.contains(r); });
      if (!touches) return false;
      reach(store.support(each.holds));
      result.push_back(each.holds);
      return grew = true;
    });
  }
  return result;
}

// Truth values of a world that no completion has: that leave the care set, with all worlds that share what is wrong.
bool exclude_cycle(Context& context, graph::Graph& graph, const graph::Witness& witness) {
  std::vector<Expr> fixed;
  std::vector<std::uint32_t> levels;
  for (std::uint32_t level = 0; level < graph.store().levels(); ++level) {
    if (!graph.variable_at(level).boolean) continue;
    const Expr e = context.store().boolean(graph.variable_at(level).truth);
    fixed.push_back(witness.cells[level] == 1 ? e : solve::ExpressionStore::not_(e));
    levels.push_back(level);
  }
  if (fixed.empty() || context.satisfiable(fixed)) return false;
  graph::Cube cube;
  for (const std::size_t at : context.minimal_core(fixed, 100'000)) {
    const std::uint32_t level = levels[at];
    cube.push_back({level, witness.cells[level], witness.cells[level] + 1});
  }
  if (cube.empty())
    for (const std::uint32_t level : levels) cube.push_back({level, witness.cells[level], witness.cells[level] + 1});
  std::ranges::sort(cube, {}, &graph::Side::level);
  graph.exclude(cube);
  return true;
}

}  // namespace

GraphOpinion opinion_of_graph(Context& context, const evaluate::CoreExprs& core, const graph::Budget& budget, int worlds) {
  GraphOpinion result;
  result.possible.fill(Answer::Undecided);
  try {
    const auto constraints = connected(context, core);
    graph::Budget own = budget;
    graph::CompileOptions options;
    options.builds = 1;
    options.orders = 2;
    options.joint_cells = 200;
    graph::Graph graph(context.store(), {core.begin(), core.end()}, constraints, own, options);
    for (std::size_t i = 0; i < core.size(); ++i) {
      for (int tried = 0; tried < worlds; ++tried) {
        const graph::Found found = graph::find(graph, graph.roots()[i]);
        if (found.answer != Answer::Yes) {
          result.possible.at(i) = found.answer;
          break;
        }
        bool shown = context.store().evaluate(core.at(i), found.witness->model);
        for (const Expr each : constraints) shown = shown && context.store().evaluate(each, found.witness->model);
        if (!shown) throw std::logic_error("a graph's witness does not satisfy what it is a witness of");
        if (!exclude_cycle(context, graph, *found.witness)) {
          result.possible.at(i) = Answer::Yes;
          break;
        }
        ++result.cycles;
      }
    }
  } catch (const evaluate::GaveUp&) {
    // The solver could not say whether a world is ruled out, or there are too many ways of deciding.
  }
  return result;
}

void GraphDecides::hear(Context& context, const evaluate::CoreExprs& core, const std::array<bool, 3>& possible, const std::string& row) {
  static constexpr std::array<const char*, 3> words{"applies", "does not apply", "undetermined"};
  ++heard_;
  const GraphOpinion opinion = opinion_of_graph(context, core, budget_);
  bool undecided = false;
  for (std::size_t i = 0; i < possible.size(); ++i) {
    undecided = undecided || opinion.possible.at(i) == Answer::Undecided;
    if (opinion.possible.at(i) == Answer::Undecided || (opinion.possible.at(i) == Answer::Yes) == possible.at(i)) continue;
    throw std::logic_error("solver and graph differ on " + row + ": " + words.at(i) + " is " + (possible.at(i) ? "possible" : "impossible") +
                           " by the solver, not so by the graph");
  }
  if (undecided) ++undecided_;
}

evaluate::SecondOpinion* second_opinion() {
#ifdef ONUS_CHECK_BOTH
  static constexpr std::uint64_t part = 20;   // of a run's budget, for a row
  const auto make = [] {
    graph::Budget budget;
    budget.nodes /= part;
    budget.steps /= part / 4;
    return GraphDecides(budget);
  };
  thread_local GraphDecides opinion = make();
  return &opinion;
#else
  return nullptr;
#endif
}

}  // namespace onus::driver
