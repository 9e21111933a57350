#include "solve/solver.hpp"

#include <algorithm>
#include <stdexcept>

#include "solve/interrupt.hpp"
#include "solve/search.hpp"

namespace onus::solve {

class Solver::Implementation {
 public:
  explicit Implementation(const ExpressionStore& store)
      : store_(&store), generation_(store.generation()), search_(store, statistics_) {}

  void add(Expr constraint);
  void require(Expr constraint, const Support& about);
  void set_scope(Scope scope) { scope_ = scope; }
  void set_audit(Audit audit) { audit_ = std::move(audit); }
  Result check(std::span<const Expr> assumptions);
  const Model& model();
  std::optional<MinimalCore> minimise_core(std::span<const Expr> assumptions);
  void forget();

  std::span<const std::size_t> core() const { return core_; }
  std::uint64_t budget = default_budget;
  const Statistics& statistics();

 private:
  void follow_store();
  void collect(std::span<const Expr> roots);
  void load();
  void load_node(std::uint32_t node);
  bool is_loaded(std::uint32_t node) const {
    return node < variable_of_.size() && variable_of_[node] < node_of_.size() && node_of_[variable_of_[node]] == node;
  }
  bool is_in_cone(std::uint32_t node) const { return node < mark_.size() && mark_[node] == epoch_; }
  bool breaks_something();
  Literal literal_of(Expr e) const { return Literal::of(variable_of_[e.node()], e.is_negated()); }
  void reset();

  const ExpressionStore* store_;
  std::uint64_t generation_;
  Statistics statistics_;
  Search search_;
  std::vector<Expr> permanent_;
  std::size_t permanent_loaded_ = 0;
  bool impossible_ = false;  // the permanent constraints contradict each other

  // Required constraints, and by variable which of them speak of it.
  struct Required {
    Expr constraint;
    std::uint32_t epoch = 0;   // of the cone that it is in
    bool loaded = false;
  };
  std::vector<Required> required_;
  std::vector<std::vector<std::uint32_t>> required_of_boolean_, required_of_real_;
  std::vector<std::uint32_t> required_in_cone_;
  Scope scope_ = Scope::Connected;
  Audit audit_;

  std::vector<std::uint32_t> variable_of_;  // by node: its variable in the search, trusted if node_of_ points back
  std::vector<std::uint32_t> node_of_;      // by variable of the search
  std::vector<std::uint32_t> cone_, stack_, mark_, decide_;
  std::uint32_t epoch_ = 0;
  std::vector<Literal> assumptions_, clause_;
  std::vector<std::size_t> core_;
  Model model_;
  enum class State { Nothing, Satisfied, Modelled } state_ = State::Nothing;
};

// Handles from before a `clear` of the store mean nothing any more.
void Solver::Implementation::follow_store() {
  if (generation_ == store_->generation()) return;
  generation_ = store_->generation();
  reset();
  permanent_.clear();
  required_.clear();
  required_of_boolean_.clear();
  required_of_real_.clear();
  impossible_ = false;
}

void Solver::Implementation::reset() {
  if (node_of_.empty()) return;
  ++statistics_.resets;
  search_.clear();
  node_of_.clear();
  permanent_loaded_ = 0;
  for (auto& each : required_) each.loaded = false;
}

void Solver::Implementation::forget() {
  reset();
  state_ = State::Nothing;
}

void Solver::Implementation::add(Expr constraint) {
  follow_store();
  if (constraint.node() >= store_->node_count()) throw std::out_of_range("an expression of another store");
  state_ = State::Nothing;
  if (constraint.is_true()) return;
  if (constraint.is_false()) impossible_ = true;
  permanent_.push_back(constraint);
}

void Solver::Implementation::require(Expr constraint, const Support& about) {
  follow_store();
  state_ = State::Nothing;
  if (constraint.is_true()) return;
  if (constraint.is_false()) impossible_ = true;
  const auto index = static_cast<std::uint32_t>(required_.size());
  required_.push_back({constraint});
  const auto support = about.booleans.empty() && about.reals.empty() ? store_->support(constraint) : about;
  const auto note = [&](std::vector<std::vector<std::uint32_t>>& table, std::uint32_t variable) {
    if (table.size() <= variable) table.resize(variable + 1);
    table[variable].push_back(index);
  };
  for (const BoolVar variable : support.booleans) note(required_of_boolean_, variable.index);
  for (const RealVar variable : support.reals) note(required_of_real_, variable.index);
}

// The nodes that the roots and the permanent constraints reach, ascending; of required ones, those connected to them.
void Solver::Implementation::collect(std::span<const Expr> roots) {
  cone_.clear();
  if (mark_.size() < store_->node_count()) mark_.resize(store_->node_count(), 0);
  if (++epoch_ == 0) {
    std::fill(mark_.begin(), mark_.end(), 0);
    epoch_ = 1;
  }
  mark_[0] = epoch_;
  stack_.clear();
  const auto visit = [&](Expr e) {
    std::uint32_t& mark = mark_.at(e.node());
    if (mark == epoch_) return;
    mark = epoch_;
    stack_.push_back(e.node());
  };
  required_in_cone_.clear();
  const auto take = [&](std::uint32_t index) {
    auto& required = required_[index];
    if (required.epoch == epoch_) return;
    required.epoch = epoch_;
    required_in_cone_.push_back(index);
    visit(required.constraint);
  };
  const auto take_those_of = [&](const std::vector<std::vector<std::uint32_t>>& table, std::uint32_t variable) {
    if (variable >= table.size()) return;
    for (const std::uint32_t index : table[variable]) take(index);
  };
  for (const Expr root : roots) visit(root);
  for (const Expr constraint : permanent_) visit(constraint);
  if (scope_ == Scope::Everything)
    for (std::uint32_t index = 0; index < required_.size(); ++index) take(index);
  while (!stack_.empty()) {
    const std::uint32_t index = stack_.back();
    stack_.pop_back();
    cone_.push_back(index);
    const auto node = store_->node(index);
    switch (node.kind) {
      case ExpressionStore::NodeKind::Constant: break;
      case ExpressionStore::NodeKind::Boolean: take_those_of(required_of_boolean_, node.first); break;
      case ExpressionStore::NodeKind::Atom:
        for (const Term& term : store_->form(store_->atom(node.first).form).terms)
          take_those_of(required_of_real_, term.variable.index);
        break;
      case ExpressionStore::NodeKind::And:
        for (const Expr operand : store_->operands_of(node)) visit(operand);
        break;
    }
  }
  std::sort(cone_.begin(), cone_.end());
  std::sort(required_in_cone_.begin(), required_in_cone_.end());
}

// Makes the node a variable of the search that is true exactly when the node is; its operands are loaded.
void Solver::Implementation::load_node(std::uint32_t index) {
  const auto node = store_->node(index);
  ++statistics_.encoded_nodes;
  variable_of_[index] = static_cast<std::uint32_t>(node_of_.size());
  node_of_.push_back(index);
  switch (node.kind) {
    case ExpressionStore::NodeKind::Constant: throw std::logic_error("a constant is never loaded");
    case ExpressionStore::NodeKind::Boolean: search_.new_boolean(); return;
    case ExpressionStore::NodeKind::Atom: search_.new_atom(node.first); return;
    case ExpressionStore::NodeKind::And: break;
  }
  const Literal itself = Literal::of(search_.new_boolean(), false);
  clause_.assign(1, itself);
  for (const Expr operand : store_->operands_of(node)) {
    const Literal literal = literal_of(operand);
    const Literal both[] = {~itself, literal};
    search_.add_clause(both);
    clause_.push_back(~literal);
  }
  search_.add_clause(clause_);
}

// Loads what the cone needs. What earlier queries loaded stays as long as it is not much more than this one uses.
void Solver::Implementation::load() {
  constexpr std::size_t slack_factor = 4, slack = 1024;
  if (node_of_.size() > slack_factor * cone_.size() + slack) reset();
  if (variable_of_.size() < store_->node_count()) variable_of_.resize(store_->node_count(), no_index);
  bool changed = false;
  for (const std::uint32_t node : cone_) {
    if (is_loaded(node)) continue;
    load_node(node);
    changed = true;
  }
  for (; permanent_loaded_ < permanent_.size(); ++permanent_loaded_) {
    const Literal unit[] = {literal_of(permanent_[permanent_loaded_])};
    search_.add_clause(unit);
    changed = true;
  }
  for (const std::uint32_t index : required_in_cone_) {
    if (required_[index].loaded) continue;
    required_[index].loaded = true;
    const Literal unit[] = {literal_of(required_[index].constraint)};
    search_.add_clause(unit);
    changed = true;
  }
  if (changed) search_.added();
}

Result Solver::Implementation::check(std::span<const Expr> assumptions) {
  follow_store();
  ++statistics_.checks;
  if (search_.spoiled()) reset();
  search_.retract();
  state_ = State::Nothing;
  core_.clear();
  if (impossible_) return Result::Unsat;
  for (std::size_t i = 0; i < assumptions.size(); ++i) {
    if (!assumptions[i].is_false()) continue;
    core_.assign(1, i);
    return Result::Unsat;
  }
  if (Interrupt::raised()) return Result::GaveUp;   // before anything is encoded: that takes its time as well
  std::uint64_t left = budget;
  Result result = Result::Sat;
  for (bool again = true; again;) {
    collect(assumptions);
    load();
    assumptions_.clear();
    for (const Expr assumption : assumptions)
      if (!assumption.is_true()) assumptions_.push_back(literal_of(assumption));
    decide_.clear();
    for (const std::uint32_t node : cone_) decide_.push_back(variable_of_[node]);
    result = search_.solve(assumptions_, decide_, left);
    again = result == Result::Sat && breaks_something();
    if (again) search_.retract();
  }
  statistics_.steps += budget - left;
  if (result == Result::Sat) state_ = State::Satisfied;
  if (result == Result::Unsat) {
    if (search_.contradictory()) impossible_ = true;
    // Equal assumptions share a literal: the first of them stands for all.
    for (std::size_t i = 0; i < assumptions.size(); ++i) {
      if (assumptions[i].is_true()) continue;
      const Literal literal = literal_of(assumptions[i]);
      const auto repeated = [&](std::size_t position) { return assumptions[position] == assumptions[i]; };
      if (std::find(search_.core().begin(), search_.core().end(), literal) != search_.core().end() &&
          std::none_of(core_.begin(), core_.end(), repeated))
        core_.push_back(i);
    }
  }
  return result;
}

// What the audit finds becomes a required constraint.
bool Solver::Implementation::breaks_something() {
  if (!audit_) return false;
  std::vector<Expr> broken;
  audit_(
      [&](BoolVar variable) {
        const std::uint32_t node = store_->boolean_node(variable);
        return node != no_index && is_in_cone(node) ? search_.value_of(variable_of_[node]) : -1;
      },
      broken);
  for (const Expr constraint : broken) require(constraint, {});
  return !broken.empty();
}

const Model& Solver::Implementation::model() {
  if (generation_ != store_->generation()) state_ = State::Nothing;
  if (state_ == State::Nothing) throw std::logic_error("a model is there only after Sat");
  if (state_ == State::Modelled) return model_;
  model_.clear();
  std::vector<RealVar> reals;
  for (const std::uint32_t index : cone_) {
    const auto node = store_->node(index);
    if (node.kind == ExpressionStore::NodeKind::Boolean) {
      model_.set(BoolVar{node.first}, search_.value_of(variable_of_[index]) == 1);
    } else if (node.kind == ExpressionStore::NodeKind::Atom) {
      for (const Term& term : store_->form(store_->atom(node.first).form).terms) reals.push_back(term.variable);
    }
  }
  std::sort(reals.begin(), reals.end());
  reals.erase(std::unique(reals.begin(), reals.end()), reals.end());
  search_.theory().complete(reals, model_, [&](std::uint32_t variable) { return search_.value_of(variable); });
  state_ = State::Modelled;
  return model_;
}

std::optional<Solver::MinimalCore> Solver::Implementation::minimise_core(std::span<const Expr> assumptions) {
  const std::vector<Expr> all(assumptions.begin(), assumptions.end());
  if (check(all) != Result::Unsat) return std::nullopt;
  std::vector<std::size_t> kept(all.size());
  for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = i;
  std::vector<std::size_t> needed(core_);  // an unsatisfiable subset of `kept`
  MinimalCore result;
  std::vector<Expr> trial;
  for (std::size_t i = all.size(); i-- > 0;) {
    const auto at = std::lower_bound(kept.begin(), kept.end(), i);
    if (!std::binary_search(needed.begin(), needed.end(), i)) {
      kept.erase(at);
      continue;
    }
    std::vector<std::size_t> rest(kept);
    rest.erase(rest.begin() + (at - kept.begin()));
    trial.clear();
    for (const std::size_t position : rest) trial.push_back(all[position]);
    const Result answer = check(trial);
    if (answer == Result::GaveUp) result.exact = false;
    if (answer != Result::Unsat) continue;
    needed.clear();
    for (const std::size_t position : core_) needed.push_back(rest[position]);
    kept = std::move(rest);
  }
  result.positions = std::move(kept);
  state_ = State::Nothing;
  core_ = result.positions;
  return result;
}

const Statistics& Solver::Implementation::statistics() {
  statistics_.pivots = search_.theory().simplex().pivots();
  statistics_.branches = search_.theory().simplex().branches();
  return statistics_;
}

Solver::Solver(const ExpressionStore& store) : implementation_(std::make_unique<Implementation>(store)) {}
Solver::~Solver() = default;
Solver::Solver(Solver&&) noexcept = default;
Solver& Solver::operator=(Solver&&) noexcept = default;

void Solver::add(Expr constraint) { implementation_->add(constraint); }
void Solver::require(Expr constraint, const Support& about) { implementation_->require(constraint, about); }
void Solver::set_scope(Scope scope) { implementation_->set_scope(scope); }
void Solver::set_audit(Audit audit) { implementation_->set_audit(std::move(audit)); }
Result Solver::check(std::span<const Expr> assumptions) { return implementation_->check(assumptions); }
const Model& Solver::model() const { return implementation_->model(); }
std::span<const std::size_t> Solver::core() const { return implementation_->core(); }
std::optional<Solver::MinimalCore> Solver::minimise_core(std::span<const Expr> assumptions) {
  return implementation_->minimise_core(assumptions);
}
void Solver::set_budget(std::uint64_t steps) { implementation_->budget = steps; }
std::uint64_t Solver::budget() const { return implementation_->budget; }
void Solver::forget() { implementation_->forget(); }
const Statistics& Solver::statistics() const { return implementation_->statistics(); }

std::optional<bool> Solver::satisfiable(Expr e) {
  switch (check(e)) {
    case Result::Sat: return true;
    case Result::Unsat: return false;
    case Result::GaveUp: return std::nullopt;
  }
  throw std::logic_error("a result of no kind");
}

std::optional<bool> Solver::valid(Expr e) {
  const auto refuted = satisfiable(ExpressionStore::not_(e));
  return refuted ? std::optional<bool>(!*refuted) : std::nullopt;
}

std::optional<bool> Solver::equivalent(Expr a, Expr b) {
  if (a == b) return true;
  bool open = false;
  for (const auto& [left, right] : {std::pair{a, b}, std::pair{b, a}}) {
    const Expr separated[] = {left, ExpressionStore::not_(right)};
    const Result result = check(separated);
    if (result == Result::Sat) return false;
    open = open || result == Result::GaveUp;
  }
  return open ? std::nullopt : std::optional<bool>(true);
}

}  // namespace onus::solve
