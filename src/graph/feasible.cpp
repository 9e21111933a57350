#include "graph/feasible.hpp"

#include <algorithm>

namespace onus::graph {

using solve::DeltaNumber;
using solve::Simplex;

namespace {

DeltaNumber at_least(const Cut& cut) { return {cut.threshold, Number(cut.strict ? 1 : 0)}; }
DeltaNumber below(const Cut& cut) { return {cut.threshold, Number(cut.strict ? 0 : -1)}; }

}  // namespace

Feasibility::Feasibility(const solve::ExpressionStore& store, const Partition& partition,
                         std::span<const std::uint32_t> variables)
    : store_(store), partition_(partition) {
  column_of_real_.assign(store.real_count(), no_variable);
  column_of_variable_.assign(partition.variables.size(), no_variable);
  for (const std::uint32_t variable : variables) {
    const Variable& about = partition.variables[variable];
    if (about.boolean) continue;
    const auto& terms = store.form(about.form).terms;
    std::vector<Simplex::Entry> entries;
    for (const auto& term : terms) entries.push_back({column(term.variable), term.coefficient});
    std::ranges::sort(entries, {}, &Simplex::Entry::variable);
    column_of_variable_[variable] = entries.size() == 1 && entries.front().coefficient == Number(1)
                                        ? entries.front().variable
                                        : simplex_.add_row(entries);
  }
}

std::uint32_t Feasibility::column(solve::RealVar variable) {
  std::uint32_t& column = column_of_real_[variable.index];
  if (column != no_variable) return column;
  const solve::Domain& domain = store_.domain(variable);
  column = simplex_.add_variable(domain.integer);
  if (domain.lower)
    consistent_ = simplex_.assert_lower(column, {domain.lower->value, Number(domain.lower->inclusive ? 0 : 1)},
                                        Simplex::no_reason) && consistent_;
  if (domain.upper)
    consistent_ = simplex_.assert_upper(column, {domain.upper->value, Number(domain.upper->inclusive ? 0 : -1)},
                                        Simplex::no_reason) && consistent_;
  return column;
}

bool Feasibility::assert_cells(std::uint32_t variable, std::uint32_t begin, std::uint32_t end) {
  const std::uint32_t column = column_of_variable_[variable];
  if (column == no_variable) return consistent_;
  const Variable& about = partition_.variables[variable];
  // Cuts of whole forms are whole and not strict, so that "below" is one less.
  const bool whole = store_.form(about.form).integer;
  if (begin > 0 && !simplex_.assert_lower(column, at_least(about.cuts[begin - 1]), variable)) return false;
  if (end <= about.cuts.size()) {
    const Cut& cut = about.cuts[end - 1];
    const DeltaNumber bound = whole && !cut.strict ? DeltaNumber{cut.threshold - Number(1), Number(0)} : below(cut);
    if (!simplex_.assert_upper(column, bound, variable)) return false;
  }
  return consistent_;
}

Feasibility::Outcome Feasibility::check(Budget& budget, bool whole) {
  if (!consistent_) return Outcome::Infeasible;
  if (!budget.take_step()) return Outcome::OutOfBudget;
  const auto outcome = whole && simplex_.has_integers() ? simplex_.check_integers(budget.steps) : simplex_.check(budget.steps);
  switch (outcome) {
    case Simplex::Outcome::Feasible: return Outcome::Feasible;
    case Simplex::Outcome::Infeasible: return Outcome::Infeasible;
    case Simplex::Outcome::OutOfBudget: return Outcome::OutOfBudget;
  }
  return Outcome::OutOfBudget;
}

std::vector<std::uint32_t> Feasibility::conflict() const {
  std::vector<std::uint32_t> result;
  for (const Simplex::Reason reason : simplex_.conflict())
    if (reason < partition_.variables.size()) result.push_back(reason);
  return result;
}

void Feasibility::complete(solve::Model& model) const {
  const std::vector<Number> solution = simplex_.solution();
  for (std::uint32_t real = 0; real < column_of_real_.size(); ++real)
    if (column_of_real_[real] != no_variable) model.set(solve::RealVar{real}, solution[column_of_real_[real]]);
}

namespace {

class Enumeration {
 public:
  Enumeration(Store& store, const Partition& partition, Feasibility& feasible, std::vector<std::uint32_t> variables,
              std::span<const std::uint32_t> level_of, std::size_t most)
      : store_(store), partition_(partition), feasible_(feasible), variables_(std::move(variables)), level_of_(level_of),
        most_(most) {}

  // All cells of the variables from `at` on that go with what is asserted. As deep as the cluster has members.
  NodeId walk(std::size_t at) {
    const bool last = at == variables_.size();
    auto outcome = feasible_.check(store_.budget(), last && exact);
    if (outcome == Feasibility::Outcome::OutOfBudget && last && exact && !store_.budget().exhausted()) {
      // Branching did not settle the whole numbers: from here on as if they were rationals, which allows too much.
      exact = false;
      outcome = feasible_.check(store_.budget(), false);
    }
    if (outcome == Feasibility::Outcome::Infeasible) return false_node;
    if (outcome == Feasibility::Outcome::OutOfBudget) return undecided;
    if (last) return ++found_ > most_ ? undecided : true_node;
    const std::uint32_t variable = variables_[at];
    const std::uint32_t cells = partition_.variables[variable].cells();
    std::vector<Edge> edges;
    for (std::uint32_t cell = 0; cell < cells; ++cell) {
      const std::size_t mark = feasible_.mark();
      const NodeId to = feasible_.assert_cells(variable, cell, cell + 1) ? walk(at + 1) : false_node;
      feasible_.backtrack(mark);
      if (to.is_undecided()) return undecided;
      edges.push_back({cell + 1, to});
    }
    return store_.make(level_of_[variable], edges);
  }

  bool exact = true;

 private:
  Store& store_;
  const Partition& partition_;
  Feasibility& feasible_;
  std::vector<std::uint32_t> variables_;
  std::span<const std::uint32_t> level_of_;
  std::size_t most_, found_ = 0;
};

}  // namespace

JointCells joint_cells(Store& store, const solve::ExpressionStore& expressions, const Partition& partition,
                       std::span<const std::uint32_t> cluster, std::span<const std::uint32_t> level_of, std::size_t most) {
  constexpr std::size_t largest_cluster = 256;
  if (cluster.size() > largest_cluster) return {};
  std::vector<std::uint32_t> variables(cluster.begin(), cluster.end());
  std::ranges::sort(variables, [&](std::uint32_t a, std::uint32_t b) { return level_of[a] < level_of[b]; });
  Feasibility feasible(expressions, partition, cluster);
  Enumeration enumeration(store, partition, feasible, std::move(variables), level_of, most);
  const NodeId result = enumeration.walk(0);
  return {result, enumeration.exact && !result.is_undecided()};
}

}  // namespace onus::graph
