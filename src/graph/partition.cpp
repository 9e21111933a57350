#include "graph/partition.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <stdexcept>

namespace onus::graph {

using solve::Expr;
using solve::ExpressionStore;
using NodeKind = ExpressionStore::NodeKind;

std::vector<std::uint32_t> cone(const ExpressionStore& store, std::span<const Expr> roots) {
  std::vector<bool> seen(store.node_count(), false);
  std::vector<std::uint32_t> found;
  const auto visit = [&](std::uint32_t node) {
    if (node == 0 || seen[node]) return;
    seen[node] = true;
    found.push_back(node);
  };
  for (const Expr root : roots) visit(root.node());
  for (std::size_t at = 0; at < found.size(); ++at) {
    const auto node = store.node(found[at]);
    if (node.kind == NodeKind::And)
      for (const Expr operand : store.operands_of(node)) visit(operand.node());
  }
  std::ranges::sort(found);  // nodes refer to nodes made before them
  return found;
}

namespace {

std::vector<std::vector<std::uint32_t>> clusters_of(const ExpressionStore& store, const std::vector<Variable>& variables) {
  std::vector<std::uint32_t> leader(variables.size());
  std::iota(leader.begin(), leader.end(), 0U);
  const auto find = [&](std::uint32_t at) {
    while (leader[at] != at) at = leader[at] = leader[leader[at]];
    return at;
  };
  std::map<std::uint32_t, std::uint32_t> first;  // by amount: a variable that speaks of it
  for (std::uint32_t at = 0; at < variables.size(); ++at) {
    if (variables[at].boolean) continue;
    for (const auto& term : store.form(variables[at].form).terms) {
      const auto [other, fresh] = first.try_emplace(term.variable.index, at);
      if (fresh) continue;
      const std::uint32_t a = find(other->second), b = find(at);
      leader[std::max(a, b)] = std::min(a, b);
    }
  }
  std::map<std::uint32_t, std::vector<std::uint32_t>> groups;
  for (std::uint32_t at = 0; at < variables.size(); ++at)
    if (!variables[at].boolean) groups[find(at)].push_back(at);
  // A form of several amounts by itself is a cluster too: its cells may lie outside what the amounts' domains allow, or,
  // over whole numbers, between the values that it can take.
  std::vector<std::vector<std::uint32_t>> result;
  for (auto& [leading, members] : groups)
    if (members.size() > 1 || store.form(variables[leading].form).terms.size() > 1) result.push_back(std::move(members));
  return result;
}

}  // namespace

Partition partition(const ExpressionStore& store, std::span<const Expr> roots) {
  Partition result;
  std::map<std::uint32_t, std::vector<std::uint32_t>> atoms;  // by form
  std::vector<std::uint32_t> booleans;
  for (const std::uint32_t index : cone(store, roots)) {
    const auto node = store.node(index);
    if (node.kind == NodeKind::Boolean) booleans.push_back(node.first);
    if (node.kind == NodeKind::Atom) atoms[store.atom(node.first).form].push_back(node.first);
  }
  std::ranges::sort(booleans);
  result.of_boolean.assign(store.boolean_count(), no_variable);
  result.of_atom.assign(store.atom_count(), {no_variable, 0});
  for (const std::uint32_t truth : booleans) {
    result.of_boolean[truth] = static_cast<std::uint32_t>(result.variables.size());
    Variable variable;
    variable.boolean = true;
    variable.truth = solve::BoolVar{truth};
    result.variables.push_back(std::move(variable));
  }
  for (auto& [form, of_form] : atoms) {
    std::ranges::sort(of_form, [&](std::uint32_t a, std::uint32_t b) {
      const auto& x = store.atom(a);
      const auto& y = store.atom(b);
      const auto order = x.threshold <=> y.threshold;
      return order != 0 ? order < 0 : !x.strict && y.strict;
    });
    Variable variable;
    variable.form = form;
    for (const std::uint32_t atom : of_form) {
      variable.cuts.push_back({store.atom(atom).threshold, store.atom(atom).strict});
      result.of_atom[atom] = {static_cast<std::uint32_t>(result.variables.size()),
                              static_cast<std::uint32_t>(variable.cuts.size())};
    }
    result.variables.push_back(std::move(variable));
  }
  result.clusters = clusters_of(store, result.variables);
  return result;
}

std::uint32_t cell_of(const ExpressionStore& store, const Variable& variable, const solve::Model& model) {
  if (variable.boolean) {
    const auto value = model.value(variable.truth);
    if (!value) throw std::out_of_range("a truth value that the model does not have");
    return *value ? 1 : 0;
  }
  Number sum = 0;
  for (const auto& term : store.form(variable.form).terms) {
    const Number* const value = model.value(term.variable);
    if (value == nullptr) throw std::out_of_range("an amount that the model does not have");
    sum += term.coefficient * *value;
  }
  std::uint32_t cell = 0;
  while (cell < variable.cuts.size()) {
    const Cut& cut = variable.cuts[cell];
    if (!(cut.strict ? sum > cut.threshold : sum >= cut.threshold)) break;
    ++cell;
  }
  return cell;
}

}  // namespace onus::graph
