#include "evaluate/definitions.hpp"

#include <unordered_map>

namespace onus::evaluate {

using solve::BoolVar;
using solve::ExpressionStore;
using solve::LinearForm;
using solve::RealVar;

void Definitions::add(BoolVar auxiliary, Expr meaning) { booleans_[auxiliary] = meaning; }

void Definitions::add(RealVar auxiliary, Expr constraint) { reals_[auxiliary].push_back(constraint); }

std::vector<Definitions::Vertex> Definitions::reach(Expr e) {
  std::vector<Vertex> result;
  std::unordered_map<std::uint32_t, std::uint32_t> of_node, of_number;
  const auto node_vertex = [&](Expr to, std::uint32_t used_by) {
    if (to.is_constant()) return;
    const auto [it, fresh] = of_node.try_emplace(to.node(), static_cast<std::uint32_t>(result.size()));
    if (fresh) result.push_back({to.node(), {}, {}});
    if (used_by != it->second) result[it->second].used_by.push_back(used_by);
  };
  const auto number_vertex = [&](RealVar number, std::uint32_t used_by) {
    const auto [it, fresh] = of_number.try_emplace(number.index, static_cast<std::uint32_t>(result.size()));
    if (fresh) result.push_back({0, number, {}});
    result[it->second].used_by.push_back(used_by);
  };
  node_vertex(e, 0);   // the first: used by itself alone
  for (std::uint32_t at = 0; at < result.size(); ++at) {
    if (result[at].node == 0) {
      for (const auto says : reals_.at(result[at].number)) node_vertex(says, at);
      continue;
    }
    const auto node = store_.node(result[at].node);
    switch (node.kind) {
      case ExpressionStore::NodeKind::Constant: break;
      case ExpressionStore::NodeKind::And:
        for (const auto operand : store_.operands_of(node)) node_vertex(operand, at);
        break;
      case ExpressionStore::NodeKind::Boolean:
        if (const auto it = booleans_.find(BoolVar{node.first}); it != booleans_.end()) node_vertex(it->second, at);
        break;
      case ExpressionStore::NodeKind::Atom:
        for (const auto& term : store_.form(store_.atom(node.first).form).terms) {
          if (reals_.contains(term.variable)) number_vertex(term.variable, at);
        }
        break;
    }
  }
  return result;
}

std::vector<Expr> Definitions::with_definitions(Expr e) {
  std::vector<Expr> result{e};
  for (const auto& vertex : reach(e)) {
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
  const auto vertices = reach(e);
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
    for (const auto user : vertices[at].used_by) {
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
