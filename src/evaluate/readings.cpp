#include "evaluate/readings.hpp"

#include <algorithm>

namespace onus::evaluate {

using formula::AtomKind;
using formula::Op;
using model::ProvisionId;

void ReadingIndex::uses(formula::PathId path, std::vector<ProvisionId>& out) const {
  while (path.is_valid()) {
    const auto& node = program_.formulas[path];
    if (node.parent.is_valid() && node.step.kind == model::Step::Kind::Value) {
      out.push_back(program_.model->values[node.step.value].provision);
    }
    path = node.parent;
  }
}

void ReadingIndex::uses(const formula::Linear& linear, Seen& seen, std::vector<ProvisionId>& out) const {
  for (const auto& term : linear) {
    uses(term.path, out);
    if (term.quantity == formula::Quantity::Value) out.push_back(program_.model->values[term.value].provision);
    if (term.quantity == formula::Quantity::Aggregate) {
      const auto& aggregate = program_.formulas[term.aggregate];
      uses(aggregate.domain_of, out);
      uses(aggregate.filter, seen, out);
      uses(aggregate.body, seen, out);
    }
  }
}

void ReadingIndex::uses(formula::FormulaId formula, Seen& seen, std::vector<ProvisionId>& out) const {
  if (!formula.is_valid()) return;
  std::vector<formula::FormulaId> todo{formula};
  while (!todo.empty()) {
    const auto id = todo.back();
    todo.pop_back();
    if (seen[id.index]) continue;
    seen[id.index] = true;
    const auto& node = program_.formulas[id];
    todo.insert(todo.end(), node.children.begin(), node.children.end());
    if (node.op == Op::Quantified) uses(node.domain_of, out);
    if (node.op != Op::Atom) continue;
    const auto& atom = program_.formulas[node.atom];
    uses(atom.path, out);
    uses(atom.path2, out);
    uses(atom.linear, seen, out);
    if (atom.kind == AtomKind::Concluded) {
      for (const auto each : program_.concluders[atom.predicate.index]) {
        if (program_.model->provisions[each].regulation == atom.regulation) out.push_back(each);
      }
    }
    if (atom.kind == AtomKind::Judged || atom.kind == AtomKind::Established) {
      for (const auto each : program_.presumptions[atom.field.index]) {
        if (program_.model->provisions[each].regulation == atom.regulation) out.push_back(each);
      }
    }
  }
}

const std::vector<ProvisionId>& ReadingIndex::uses_of(ProvisionId provision) {
  auto& known = used_.at(provision.index);
  if (known) return *known;
  auto& out = known.emplace();
  Seen seen(program_.formulas.size());
  const auto& roots = program_.of(provision);
  const auto strike = [&](const auto& self, const std::vector<formula::Attack>& attacks) -> void {
    for (const auto& attack : attacks) {
      out.push_back(attack.by);
      uses(attack.in_force, seen, out);
      uses(attack.condition, seen, out);
      self(self, attack.attackers);
      self(self, attack.opens);
    }
  };
  uses(roots.in_force, seen, out);
  uses(roots.condition, seen, out);
  const auto& followed = program_.followed[provision.index];   // whether they were violated
  out.insert(out.end(), followed.begin(), followed.end());
  for (const auto& way : roots.fulfilled) uses(way.condition, seen, out);
  strike(strike, roots.attackers);
  strike(strike, roots.opens);
  for (const auto& root : roots.cases) {
    uses(root.guard, seen, out);
    uses(root.entity, out);
    for (const auto& piece : root.amount) {
      uses(piece.guard, seen, out);
      uses(piece.amount, seen, out);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::set<ProvisionId> ReadingIndex::reach(std::vector<ProvisionId> from) {
  std::set<ProvisionId> reached;
  while (!from.empty()) {
    const auto id = from.back();
    from.pop_back();
    if (!reached.insert(id).second) continue;
    const auto& next = uses_of(id);
    from.insert(from.end(), next.begin(), next.end());
  }
  std::erase_if(reached, [&](ProvisionId id) { return program_.model->provisions[id].readings.empty(); });
  return reached;
}

std::vector<ReadingIndex::Readings> ReadingIndex::combinations(const std::set<ProvisionId>& provisions) const {
  std::vector<Readings> result{{}};
  std::size_t count = 1;
  for (const auto id : provisions) count = std::min<std::size_t>(count * (program_.model->provisions[id].readings.size() + 1), 1000);
  const bool joint = count <= 64;
  for (const auto id : provisions) {
    const auto before = result.size();
    for (std::uint32_t reading = 0; reading < program_.model->provisions[id].readings.size(); ++reading) {
      for (std::size_t i = 0; i < (joint ? before : 1); ++i) {
        auto longer = result[i];
        longer.emplace_back(id, reading);
        result.push_back(std::move(longer));
      }
    }
  }
  result.erase(result.begin());
  std::stable_sort(result.begin(), result.end(), [](const Readings& a, const Readings& b) { return a.size() < b.size(); });
  return result;
}

std::vector<ReadingIndex::Readings> ReadingIndex::bearing_on(ProvisionId provision) { return combinations(reach({provision})); }

std::vector<ReadingIndex::Readings> ReadingIndex::bearing_on(model::PredicateId predicate, model::RegulationId regulation) {
  std::vector<ProvisionId> from;
  for (const auto id : program_.concluders[predicate.index]) {
    if (program_.model->provisions[id].regulation == regulation) from.push_back(id);
  }
  return combinations(reach(std::move(from)));
}

std::vector<ReadingIndex::Readings> ReadingIndex::all() {
  std::set<ProvisionId> provisions;
  for (const auto id : program_.model->provisions.ids()) {
    if (!program_.model->provisions[id].readings.empty()) provisions.insert(id);
  }
  return combinations(provisions);
}

}  // namespace onus::evaluate
