#include "evaluate/definitions.hpp"

namespace onus::evaluate {

using solve::BoolVar;
using solve::ExpressionStore;
using solve::LinearForm;
using solve::RealVar;

// What is made after a ground was looked at is not in it, so that the ground stays true.
void Definitions::add(BoolVar auxiliary, Expr meaning) {
  if (auxiliary.index < ground_.booleans) forget_ground();
  booleans_[auxiliary] = meaning;
}

void Definitions::add(RealVar auxiliary, Expr constraint) {
  if (auxiliary.index < ground_.reals) forget_ground();
  reals_[auxiliary].push_back(constraint);
}

void Definitions::forget_ground() {
  for (const auto& vertex : ground_.vertices) {
    (vertex.node == 0 ? vertex_of_real_[vertex.number.index] : vertex_of_node_[vertex.node]) = 0;
  }
  ground_ = {};
}

const Definitions::Ground& Definitions::reach(Expr e) {
  if (!e.is_constant() && ground_.of == e) return ground_;
  forget_ground();
  ground_.of = e;
  ground_.booleans = store_.boolean_count();
  ground_.reals = store_.real_count();
  vertex_of_node_.resize(store_.node_count());
  vertex_of_real_.resize(store_.real_count());
  auto& vertices = ground_.vertices;
  auto& uses = ground_.uses;
  const auto use = [&](std::uint32_t& known, const Vertex& vertex, std::uint32_t by) {
    if (known == 0) {
      vertices.push_back(vertex);
      known = static_cast<std::uint32_t>(vertices.size());
    }
    uses.push_back({by, vertices[known - 1].last_use});
    vertices[known - 1].last_use = static_cast<std::uint32_t>(uses.size());
  };
  const auto use_node = [&](Expr to, std::uint32_t by) {
    if (!to.is_constant()) use(vertex_of_node_[to.node()], {to.node(), {}, 0}, by);
  };
  use_node(e, 0);   // the first: used by itself
  for (std::uint32_t at = 0; at < vertices.size(); ++at) {
    const auto here = vertices[at];
    if (here.node == 0) {
      for (const auto says : reals_.at(here.number)) use_node(says, at);
      continue;
    }
    const auto node = store_.node(here.node);
    switch (node.kind) {
      case ExpressionStore::NodeKind::Constant: break;
      case ExpressionStore::NodeKind::And:
        for (const auto operand : store_.operands_of(node)) use_node(operand, at);
        break;
      case ExpressionStore::NodeKind::Boolean:
        if (const auto it = booleans_.find(BoolVar{node.first}); it != booleans_.end()) use_node(it->second, at);
        break;
      case ExpressionStore::NodeKind::Atom:
        for (const auto& term : store_.form(store_.atom(node.first).form).terms) {
          if (reals_.contains(term.variable)) use(vertex_of_real_[term.variable.index], {0, term.variable, 0}, at);
        }
        break;
    }
  }
  return ground_;
}

std::vector<Expr> Definitions::with_definitions(Expr e) {
  std::vector<Expr> result{e};
  for (const auto& vertex : reach(e).vertices) {
    if (vertex.node == 0) {
      const auto& says = reals_.at(vertex.number);
      result.insert(result.end(), says.begin(), says.end());
    } else if (const auto node = store_.node(vertex.node); node.kind == ExpressionStore::NodeKind::Boolean) {
      if (const auto it = booleans_.find(BoolVar{node.first}); it != booleans_.end()) result.push_back(it->second);
    }
  }
  return result;
}

std::map<BoolVar, std::uint8_t> Definitions::ways(Expr e, const std::set<BoolVar>& asked) {
  std::map<BoolVar, std::uint8_t> result;
  constexpr std::uint8_t helps = 1, both = 3;
  const auto turned = [](std::uint8_t way) { return static_cast<std::uint8_t>((way >> 1) | ((way & 1) << 1)); };
  std::map<std::uint32_t, std::uint8_t> seen;   // by node
  std::vector<std::pair<Expr, std::uint8_t>> todo{{e, helps}};
  while (!todo.empty()) {
    auto [here, way] = todo.back();
    todo.pop_back();
    if (here.is_constant()) continue;
    if (here.is_negated()) way = turned(way);
    auto& known = seen[here.node()];
    if ((known | way) == known) continue;
    way = static_cast<std::uint8_t>(way & ~known);
    known |= way;
    const auto node = store_.node(here.node());
    switch (node.kind) {
      case ExpressionStore::NodeKind::Constant: break;
      case ExpressionStore::NodeKind::And:
        for (const auto operand : store_.operands_of(node)) todo.emplace_back(operand, way);
        break;
      case ExpressionStore::NodeKind::Boolean: {
        const BoolVar variable{node.first};
        if (asked.contains(variable)) result[variable] |= way;
        if (const auto it = booleans_.find(variable); it != booleans_.end()) todo.emplace_back(it->second, way);
        break;
      }
      case ExpressionStore::NodeKind::Atom:
        for (const auto& term : store_.form(store_.atom(node.first).form).terms) {
          const auto it = reals_.find(term.variable);
          if (it == reals_.end()) continue;
          for (const auto says : it->second) todo.emplace_back(says, both);
        }
        break;
    }
  }
  return result;
}

Expr Definitions::replaced(Expr e, const Replacement& replacement, const DefineBoolean& define_boolean, const DefineNumber& define_number) {
  solve::Substitution substitution;
  std::set<BoolVar> changed_booleans;
  std::set<RealVar> changed_reals;
  for (const auto& [variable, by] : replacement.booleans) {
    substitution.set(variable, by);
    changed_booleans.insert(variable);
  }
  for (const auto& [variable, by] : replacement.reals) {
    substitution.set(variable, by);
    changed_reals.insert(variable);
  }
  if (booleans_.empty() && reals_.empty()) return store_.substitute(e, substitution);

  // What is touched, from the replaced variables up to whatever uses them.
  const auto& ground = reach(e);
  const auto& vertices = ground.vertices;
  std::vector<bool> touched(vertices.size());
  std::vector<std::uint32_t> todo;
  for (std::uint32_t at = 0; at < vertices.size(); ++at) {
    if (vertices[at].node == 0) continue;
    const auto node = store_.node(vertices[at].node);
    bool here = false;
    if (node.kind == ExpressionStore::NodeKind::Boolean) here = changed_booleans.contains(BoolVar{node.first});
    if (node.kind == ExpressionStore::NodeKind::Atom && !changed_reals.empty()) {
      for (const auto& term : store_.form(store_.atom(node.first).form).terms) here = here || changed_reals.contains(term.variable);
    }
    if (!here) continue;
    touched[at] = true;
    todo.push_back(at);
  }
  while (!todo.empty()) {
    const auto at = todo.back();
    todo.pop_back();
    for (auto use = vertices[at].last_use; use != 0; use = ground.uses[use - 1].before) {
      const auto user = ground.uses[use - 1].by;
      if (touched[user]) continue;
      touched[user] = true;
      todo.push_back(user);
    }
  }
  std::map<BoolVar, BoolVar> boolean_copies;
  std::map<RealVar, RealVar> real_copies;
  for (std::uint32_t at = 0; at < vertices.size(); ++at) {
    if (!touched[at]) continue;
    if (vertices[at].node == 0) {
      const auto number = vertices[at].number;
      real_copies.emplace(number, store_.new_real(store_.domain(number)));
    } else if (const auto node = store_.node(vertices[at].node); node.kind == ExpressionStore::NodeKind::Boolean) {
      if (booleans_.contains(BoolVar{node.first})) boolean_copies.emplace(BoolVar{node.first}, store_.new_boolean());
    }
  }
  for (const auto& [from, copy] : boolean_copies) substitution.set(from, store_.boolean(copy));
  for (const auto& [from, copy] : real_copies) substitution.set(from, LinearForm(copy));
  std::vector<Expr> all{e};
  for (const auto& [from, copy] : boolean_copies) all.push_back(booleans_.at(from));
  for (const auto& [from, copy] : real_copies) {
    const auto& says = reals_.at(from);
    all.insert(all.end(), says.begin(), says.end());
  }
  all = store_.substitute(all, substitution);
  std::size_t next = 1;
  for (const auto& [from, copy] : boolean_copies) define_boolean(copy, all[next++]);
  for (const auto& [from, copy] : real_copies) {
    const auto count = reals_.at(from).size();
    for (std::size_t i = 0; i < count; ++i) define_number(copy, all[next++]);
  }
  return all.front();
}

}  // namespace onus::evaluate
