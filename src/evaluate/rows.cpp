#include "evaluate/rows.hpp"

#include <algorithm>
#include <set>

namespace onus::evaluate {

using formula::AtomKind;
using formula::Op;

namespace {

bool is_variable(const formula::Formulas& formulas, formula::PathId path, std::uint32_t row_size) {
  return path.is_valid() && !formulas[path].parent.is_valid() && formulas[path].root.index < row_size;
}

// The atoms that the subject states together: `provider of a model`, `incident of the model`.
void conjuncts(const formula::Formulas& formulas, formula::FormulaId id, std::vector<formula::AtomId>& out) {
  std::vector<formula::FormulaId> todo{id};
  while (!todo.empty()) {
    const auto& node = formulas[todo.back()];
    todo.pop_back();
    if (node.op == Op::And) todo.insert(todo.end(), node.children.rbegin(), node.children.rend());
    if (node.op == Op::Atom) out.push_back(node.atom);
  }
}

}  // namespace

std::vector<std::pair<EntityIndex, EntityIndex>> role_pairs(Context& context, model::PredicateId role, model::RegulationId regulation) {
  auto& g = context.grounder();
  auto& world = context.world();
  const auto& program = world.program();
  std::set<std::pair<EntityIndex, EntityIndex>> pairs;
  for (const auto id : program.concluders[role.index]) {
    const auto& provision = program.model->provisions[id];
    if (provision.regulation != regulation || !provision.object) continue;
    for (const auto anchor : g.anchors(id, std::nullopt, std::nullopt)) {
      // The anchor itself may be somebody whom the case does not list: the unlisted source of a listed system.
      for (const auto& holder : g.follow(provision.holder, anchor)) {
        for (const auto& object : g.follow(*provision.object, anchor)) {
          if (!world.ends_recursion(object.entity)) pairs.emplace(holder.entity, object.entity);
        }
      }
    }
  }
  return {pairs.begin(), pairs.end()};
}

std::vector<Row> rows_of(Context& context, model::ProvisionId norm) {
  auto& g = context.grounder();
  auto& world = context.world();
  const auto& program = world.program();
  const auto& formulas = program.formulas;
  const auto& provision = program.model->provisions[norm];
  std::vector<formula::AtomId> stated;
  conjuncts(formulas, program.of(norm).scope, stated);

  // Roles between two row variables come first: they say which tuples there are at all.
  constexpr EntityIndex unset = ~EntityIndex{0};
  std::vector<std::vector<EntityIndex>> tuples{std::vector<EntityIndex>(provision.row_size, unset)};
  for (const auto id : stated) {
    const auto& atom = formulas[id];
    if (atom.kind != AtomKind::Concluded || !atom.path2.is_valid()) continue;
    if (!is_variable(formulas, atom.path, provision.row_size) || !is_variable(formulas, atom.path2, provision.row_size)) continue;
    const auto a = formulas[atom.path].root.index;
    const auto b = formulas[atom.path2].root.index;
    std::vector<std::vector<EntityIndex>> next;
    for (const auto& [holder, object] : role_pairs(context, atom.predicate, atom.regulation)) {
      for (const auto& tuple : tuples) {
        if ((tuple[a] != unset && tuple[a] != holder) || (tuple[b] != unset && tuple[b] != object)) continue;
        auto longer = tuple;
        longer[a] = holder;
        longer[b] = object;
        next.push_back(std::move(longer));
      }
    }
    tuples = std::move(next);
  }
  for (std::uint32_t i = 0; i < provision.row_size; ++i) {
    std::vector<std::vector<EntityIndex>> next;
    for (const auto& tuple : tuples) {
      if (tuple[i] != unset) {
        next.push_back(tuple);
        continue;
      }
      for (const auto entity : world.of_kind(provision.variables[i].kind)) {
        if (world.ends_recursion(entity)) continue;
        auto longer = tuple;
        longer[i] = entity;
        next.push_back(std::move(longer));
      }
    }
    tuples = std::move(next);
  }
  std::sort(tuples.begin(), tuples.end());
  tuples.erase(std::unique(tuples.begin(), tuples.end()), tuples.end());

  std::vector<Row> result;
  for (auto& tuple : tuples) {
    const auto binding = g.binding(std::move(tuple));
    const bool connected = std::all_of(stated.begin(), stated.end(), [&](formula::AtomId id) {
      const auto kind = formulas[id].kind;
      if (kind != AtomKind::Same && kind != AtomKind::Pair) return true;
      return !g.trace(g.atom(formulas[id], binding, provision.variables)).value.is_false();
    });
    if (!connected) continue;
    // A bearer or object at the end of a path: a row for each entity that may be there.
    const auto ends = [&](const std::optional<model::Path>& path) {
      std::vector<std::optional<EntityIndex>> all;
      if (!path) return std::vector<std::optional<EntityIndex>>{std::nullopt};
      for (const auto& end : g.follow(*path, binding)) {
        if (std::find(all.begin(), all.end(), end.entity) == all.end()) all.emplace_back(end.entity);
      }
      std::sort(all.begin(), all.end());
      return all;
    };
    for (const auto bearer : ends(provision.bearer)) {
      for (const auto object : ends(provision.object)) result.push_back({binding, bearer, object});
    }
  }
  return result;
}

std::vector<ConclusionRow> rows_concluded(Context& context, model::ProvisionId definition, Concluded& concluded) {
  std::vector<ConclusionRow> rows;
  auto& world = context.world();
  const auto& model = *world.program().model;
  const auto& provision = model.provisions[definition];
  if (provision.kind != model::ProvisionKind::Definition || !provision.predicate) return rows;
  const auto predicate = *provision.predicate;
  if (!concluded.emplace(predicate, provision.regulation).second) return rows;
  if (model.predicates[predicate].object) {
    for (const auto& [holder, object] : role_pairs(context, predicate, provision.regulation)) {
      rows.push_back({predicate, provision.regulation, holder, object});
    }
    return rows;
  }
  for (const auto entity : world.of_kind(model.predicates[predicate].owner)) {
    if (!world.ends_recursion(entity)) rows.push_back({predicate, provision.regulation, entity, std::nullopt});
  }
  return rows;
}

}  // namespace onus::evaluate
