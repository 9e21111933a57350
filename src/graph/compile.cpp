#include "graph/compile.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "graph/feasible.hpp"
#include "graph/order.hpp"

namespace onus::graph {

using solve::Expr;
using NodeKind = solve::ExpressionStore::NodeKind;

namespace {

std::vector<Expr> together(const std::vector<Expr>& roots, const std::vector<Expr>& constraints) {
  std::vector<Expr> all = roots;
  all.insert(all.end(), constraints.begin(), constraints.end());
  return all;
}

}  // namespace

// Builds nodes of expressions in one store. Negations cost a walk, so that a conjunction is built in the sign that is asked
// for: "not (a and b)" from "not a" and "not b".
class Graph::Builder {
 public:
  Builder(const Graph& graph, Store& store, std::span<const std::uint32_t> level_of)
      : graph_(graph), store_(store), level_of_(level_of), image_(graph.expressions_.node_count()) {}

  // No recursion: the expression is as deep as a user made it.
  NodeId build(Expr root) {
    std::vector<Expr> stack{root};
    while (!stack.empty()) {
      const Expr e = stack.back();
      if (!found(e).is_undecided()) {
        stack.pop_back();
        continue;
      }
      if (store_.budget().exhausted()) return undecided;
      const auto node = graph_.expressions_.node(e.node());
      if (node.kind != NodeKind::And) {
        set(e, leaf(node, e.is_negated()));
        if (found(e).is_undecided()) return undecided;
        stack.pop_back();
        continue;
      }
      // The other sign, where it is there already, is one walk away.
      if (const NodeId other = found(Expr{e.index ^ 1U}); !other.is_undecided()) {
        set(e, not_(store_, other));
        if (found(e).is_undecided()) return undecided;
        stack.pop_back();
        continue;
      }
      std::vector<NodeId> operands;
      bool ready = true;
      for (const Expr operand : graph_.expressions_.operands_of(node)) {
        const Expr wanted{operand.index ^ (e.is_negated() ? 1U : 0U)};
        const NodeId image = found(wanted);
        if (image.is_undecided()) {
          stack.push_back(wanted);
          ready = false;
        }
        operands.push_back(image);
      }
      if (!ready) continue;
      set(e, e.is_negated() ? or_all(store_, std::move(operands)) : and_all(store_, std::move(operands)));
      if (found(e).is_undecided()) return undecided;
      stack.pop_back();
    }
    return found(root);
  }

  // Forgets what was built since the last call, when the store is rolled back.
  void keep() { fresh_.clear(); }
  void forget() {
    for (const Expr e : fresh_) image_[e.node()][e.is_negated() ? 1 : 0] = undecided;
    fresh_.clear();
  }

 private:
  NodeId found(Expr e) const {
    if (e.is_constant()) return terminal(e.is_true());
    return image_[e.node()][e.is_negated() ? 1 : 0];
  }
  void set(Expr e, NodeId node) {
    image_[e.node()][e.is_negated() ? 1 : 0] = node;
    fresh_.push_back(e);
  }
  NodeId leaf(const solve::ExpressionStore::Node& node, bool negated) {
    std::uint32_t variable = no_variable, first = 1;
    if (node.kind == NodeKind::Boolean) {
      variable = graph_.partition_.of_boolean.at(node.first);
    } else {
      std::tie(variable, first) = graph_.partition_.of_atom.at(node.first);
    }
    const std::uint32_t level = level_of_[graph_.partition_.variables.size() > variable ? variable : level_of_.size()];
    return negated ? store_.range(level, 0, first) : store_.range(level, first, store_.cells(level));
  }

  struct Images {
    NodeId of[2];
    NodeId& operator[](int negated) { return of[negated]; }
    NodeId operator[](int negated) const { return of[negated]; }
  };

  const Graph& graph_;
  Store& store_;
  std::span<const std::uint32_t> level_of_;
  std::vector<Images> image_;  // by node of the expression store
  std::vector<Expr> fresh_;
};

struct Graph::Built {
  std::vector<std::uint32_t> order, level_of;
  std::unique_ptr<Budget> budget;
  std::unique_ptr<Store> store;
  std::vector<NodeId> roots;
  std::size_t undecided = 0, nodes = 0;
};

Graph::Built Graph::build(const std::vector<std::uint32_t>& order, const std::vector<Expr>& roots,
                          const std::vector<Expr>& constraints, Budget& budget) const {
  Built built;
  built.order = order;
  built.level_of.resize(order.size());
  std::vector<std::uint32_t> cells;
  for (std::uint32_t level = 0; level < order.size(); ++level) {
    built.level_of[order[level]] = level;
    cells.push_back(partition_.variables[order[level]].cells());
  }
  built.budget = std::make_unique<Budget>(budget);
  built.store = std::make_unique<Store>(std::move(cells), *built.budget);
  Store& store = *built.store;
  Builder builder(*this, store, built.level_of);
  const auto all = together(roots, constraints);
  built.roots.assign(all.size(), undecided);
  // Those that speak of few variables first; each gets a small share at first, so that one that is too much does not take it
  // from the others, and what is left over goes to those that need more.
  std::vector<std::size_t> turns(all.size());
  std::iota(turns.begin(), turns.end(), std::size_t{0});
  std::vector<std::size_t> speaks_of;
  for (const Expr root : all) speaks_of.push_back(variables_of(expressions_, partition_, root));
  std::ranges::stable_sort(turns, [&](std::size_t a, std::size_t b) {
    return std::pair(speaks_of[a], a < roots.size()) < std::pair(speaks_of[b], b < roots.size());
  });
  std::vector<Budget> tried(all.size());
  Budget& held = *built.budget;
  for (const bool last : {false, true}) {
    std::size_t waiting = turns.size();
    for (const std::size_t turn : turns) {
      const std::size_t share = last ? 2 : 1 + waiting / 2;
      --waiting;
      if (!built.roots[turn].is_undecided()) continue;
      const auto mark = store.mark();
      const Budget before = held;
      held.steps = before.steps / share;
      held.nodes = last || share == 1 ? before.nodes - before.nodes / 4 : before.nodes / share;
      const Budget given = held;
      // With little more than before it would fail again.
      if (last && given.steps < 2 * tried[turn].steps && given.nodes < 2 * tried[turn].nodes) {
        held = before;
        continue;
      }
      tried[turn] = given;
      const NodeId node = builder.build(all[turn]);
      const std::uint64_t steps_left = before.steps - (given.steps - held.steps);
      const std::uint64_t nodes_left = before.nodes - (given.nodes - held.nodes);
      held.out = before.out;
      held.steps = steps_left;
      if (node.is_undecided()) {
        builder.forget();
        store.rollback(mark);
        held.nodes = before.nodes;
      } else {
        builder.keep();
        held.nodes = nodes_left;
      }
      built.roots[turn] = node;
    }
  }
  for (const NodeId root : built.roots) built.undecided += root.is_undecided() ? 1U : 0U;
  budget.steps = built.budget->steps;
  built.nodes = node_count(store, built.roots);
  return built;
}

Graph::Graph(const solve::ExpressionStore& expressions, std::vector<Expr> roots, std::vector<Expr> constraints,
             Budget& budget, const CompileOptions& options)
    : expressions_(expressions), budget_(budget), partition_(graph::partition(expressions, together(roots, constraints))) {
  const std::size_t count = partition_.variables.size();
  if (count > Store::max_levels) {
    too_wide_ = true;
    order_.clear();
    level_of_.assign(count, 0);
    store_ = std::make_unique<Store>(std::vector<std::uint32_t>{}, budget_);
    roots_.assign(roots.size(), undecided);
    care_ = undecided;
    return;
  }
  std::vector<std::vector<std::uint32_t>> candidates;
  if (options.order) {
    candidates.push_back(*options.order);
  } else {
    const auto hyper = hypergraph(expressions, partition_, together(roots, constraints));
    std::vector<Order> orders;
    for (std::uint64_t start = 0; start < std::max<std::uint64_t>(1, options.orders); ++start)
      orders.push_back(force_order(hyper, partition_, options.first_start + start));
    std::ranges::stable_sort(orders, {}, &Order::span);
    for (Order& order : orders) {
      if (candidates.size() >= std::max<std::uint64_t>(1, options.builds)) break;
      if (std::ranges::find(candidates, order.variables) == candidates.end()) candidates.push_back(std::move(order.variables));
    }
  }
  std::optional<Built> best;
  for (const auto& candidate : candidates) {
    Budget part = budget_;
    part.steps = budget_.steps / 2;   // the first order has most
    const std::uint64_t allowed = part.steps;
    Built built = build(candidate, roots, constraints, part);
    budget_.steps -= allowed - part.steps;
    if (!best || std::pair(built.undecided, built.nodes) < std::pair(best->undecided, best->nodes)) best = std::move(built);
  }
  // Into a store of its own, numbered by what the functions are.
  order_ = std::move(best->order);
  level_of_ = std::move(best->level_of);
  std::vector<std::uint32_t> cells;
  for (const std::uint32_t variable : order_) cells.push_back(partition_.variables[variable].cells());
  store_ = std::make_unique<Store>(std::move(cells), budget_);
  roots_ = transfer(*best->store, best->roots, *store_);
  best.reset();

  std::vector<NodeId> held(roots_.begin() + static_cast<std::ptrdiff_t>(roots.size()), roots_.end());
  roots_.resize(roots.size());
  for (const auto& cluster : partition_.clusters) {
    const auto mark = store_->mark();
    const Budget before = budget_;
    budget_.steps = before.steps / 8;
    const auto joint = joint_cells(*store_, expressions_, partition_, cluster, level_of_, options.joint_cells);
    budget_.steps += before.steps - before.steps / 8;
    care_is_exact_ = care_is_exact_ && joint.exact;
    if (!joint.cells.is_undecided()) {
      held.push_back(joint.cells);
    } else {
      store_->rollback(mark);
      budget_.nodes = before.nodes;
      budget_.out = before.out;
    }
  }
  care_ = and_all(*store_, std::move(held));
}

void Graph::exclude(const Cube& cube) { care_ = without(*store_, care_, cube_node(*store_, cube)); }

NodeId Graph::node(Expr e) {
  if (too_wide_) return undecided;
  return Builder(*this, *store_, level_of_).build(e);
}

std::string Graph::bytes() const {
  std::vector<NodeId> all = roots_;
  all.push_back(care_);
  return serialise(*store_, all);
}

std::size_t variables_of(const solve::ExpressionStore& store, const Partition& partition, Expr e) {
  std::vector<std::uint32_t> met;
  const Expr roots[] = {e};
  for (const std::uint32_t index : cone(store, roots)) {
    const auto node = store.node(index);
    if (node.kind == NodeKind::Boolean) met.push_back(partition.of_boolean[node.first]);
    if (node.kind == NodeKind::Atom) met.push_back(partition.of_atom[node.first].first);
  }
  std::ranges::sort(met);
  met.erase(std::unique(met.begin(), met.end()), met.end());   // std::ranges::unique is too much for clang 14
  return met.size();
}

}  // namespace onus::graph
