// Walks over the nodes below an expression: support, evaluation, substitution, quantification. Operands are made before
// what uses them, so the nodes below in ascending order are already an order of evaluation.
#include <algorithm>
#include <stdexcept>

#include "solve/expression.hpp"

namespace onus::solve {

namespace {

template <class Key, class Value>
void set_sorted(std::vector<std::pair<Key, Value>>& entries, Key key, Value value) {
  auto at = entries.end();
  if (!entries.empty() && !(entries.back().first < key)) {
    at = std::lower_bound(entries.begin(), entries.end(), key,
                          [](const auto& entry, Key wanted) { return entry.first < wanted; });
    if (at->first == key) {
      at->second = std::move(value);
      return;
    }
  }
  entries.emplace(at, key, std::move(value));
}

template <class Key, class Value>
const Value* find_sorted(const std::vector<std::pair<Key, Value>>& entries, Key key) {
  const auto at = std::lower_bound(entries.begin(), entries.end(), key,
                                   [](const auto& entry, Key wanted) { return entry.first < wanted; });
  return at != entries.end() && at->first == key ? &at->second : nullptr;
}

template <class Variable>
void sort_once(std::vector<Variable>& variables) {
  std::sort(variables.begin(), variables.end());
  variables.erase(std::unique(variables.begin(), variables.end()), variables.end());
}

}  // namespace

void Model::set(BoolVar variable, bool value) { set_sorted(booleans_, variable, value); }
void Model::set(RealVar variable, Number value) { set_sorted(reals_, variable, std::move(value)); }
std::optional<bool> Model::value(BoolVar variable) const {
  const bool* found = find_sorted(booleans_, variable);
  return found ? std::optional<bool>(*found) : std::nullopt;
}
const Number* Model::value(RealVar variable) const { return find_sorted(reals_, variable); }

void Substitution::set(BoolVar variable, Expr replacement) { set_sorted(booleans_, variable, replacement); }
void Substitution::set(RealVar variable, LinearForm replacement) {
  set_sorted(reals_, variable, std::move(replacement));
}
const Expr* Substitution::find(BoolVar variable) const { return find_sorted(booleans_, variable); }
const LinearForm* Substitution::find(RealVar variable) const { return find_sorted(reals_, variable); }

// The nodes that the roots reach, ascending, without the constant.
void ExpressionStore::collect(std::span<const Expr> roots, std::vector<std::uint32_t>& cone) const {
  cone.clear();
  if (mark_.size() < node_count()) mark_.resize(node_count(), 0);
  if (++epoch_ == 0) {
    std::fill(mark_.begin(), mark_.end(), 0);
    epoch_ = 1;
  }
  mark_[0] = epoch_;
  stack_.clear();
  const auto visit = [&](Expr e) {
    if (mark_.at(e.node()) == epoch_) return;
    mark_[e.node()] = epoch_;
    stack_.push_back(e.node());
  };
  for (const Expr root : roots) {
    if (root.node() >= node_count()) throw std::out_of_range("an expression of another store");
    visit(root);
  }
  while (!stack_.empty()) {
    const std::uint32_t index = stack_.back();
    stack_.pop_back();
    cone.push_back(index);
    const Node& n = nodes_[index - 1];
    if (n.kind == NodeKind::And)
      for (const Expr operand : operands_of(n)) visit(operand);
  }
  std::sort(cone.begin(), cone.end());
}

Support ExpressionStore::support(std::span<const Expr> expressions) const {
  Support result;
  collect(expressions, cone_);
  for (const std::uint32_t index : cone_) {
    const Node& n = nodes_[index - 1];
    if (n.kind == NodeKind::Boolean) {
      result.booleans.push_back(BoolVar{n.first});
    } else if (n.kind == NodeKind::Atom) {
      for (const Term& term : forms_[atoms_[n.first].form].terms) result.reals.push_back(term.variable);
    }
  }
  sort_once(result.booleans);
  sort_once(result.reals);
  return result;
}

Support ExpressionStore::support(Expr e) const { return support(std::span<const Expr>(&e, 1)); }

std::size_t ExpressionStore::size(Expr e) const {
  collect(std::span<const Expr>(&e, 1), cone_);
  return cone_.size();
}

bool ExpressionStore::evaluate(Expr e, const Model& model) const {
  collect(std::span<const Expr>(&e, 1), cone_);
  if (image_.size() < node_count()) image_.resize(node_count());
  image_[0] = true_expr;
  const auto holds = [&](Expr operand) { return image_[operand.node()].is_true() != operand.is_negated(); };
  for (const std::uint32_t index : cone_) {
    const Node& n = nodes_[index - 1];
    bool value = true;
    switch (n.kind) {
      case NodeKind::Constant: break;
      case NodeKind::Boolean: {
        const auto known = model.value(BoolVar{n.first});
        if (!known) throw std::out_of_range("a model without a value for a boolean of the expression");
        value = *known;
        break;
      }
      case NodeKind::Atom: {
        const Atom& about = atoms_[n.first];
        Number sum;
        for (const Term& term : forms_[about.form].terms) {
          const Number* known = model.value(term.variable);
          if (!known) throw std::out_of_range("a model without a value for a number of the expression");
          sum += term.coefficient * *known;
        }
        value = about.strict ? sum > about.threshold : sum >= about.threshold;
        break;
      }
      case NodeKind::And: {
        const auto stored = operands_of(n);
        value = std::all_of(stored.begin(), stored.end(), holds);
        break;
      }
    }
    image_[index] = constant(value);
  }
  return holds(e);
}

std::vector<Expr> ExpressionStore::substitute(std::span<const Expr> expressions, const Substitution& substitution) {
  std::vector<Expr> result(expressions.begin(), expressions.end());
  if (substitution.empty()) return result;
  collect(result, cone_);
  if (image_.size() < node_count()) image_.resize(node_count());
  image_[0] = true_expr;
  const auto image = [&](Expr e) { return Expr{image_[e.node()].index ^ (e.index & 1)}; };
  std::vector<Expr> images;
  for (const std::uint32_t index : cone_) {
    const Node n = nodes_[index - 1];
    Expr became{index << 1};
    switch (n.kind) {
      case NodeKind::Constant: break;
      case NodeKind::Boolean:
        if (const Expr* replacement = substitution.find(BoolVar{n.first})) became = *replacement;
        break;
      case NodeKind::Atom: {
        const std::uint32_t about = atoms_[n.first].form;
        const auto& terms = forms_[about].terms;
        const bool touched = std::any_of(terms.begin(), terms.end(),
                                         [&](const Term& term) { return substitution.find(term.variable) != nullptr; });
        if (!touched) break;
        LinearForm form(-atoms_[n.first].threshold);
        for (const Term& term : terms) {
          if (const LinearForm* replacement = substitution.find(term.variable)) {
            form.add_scaled(*replacement, term.coefficient);
          } else {
            form.add(term.variable, term.coefficient);
          }
        }
        became = linear(form, atoms_[n.first].strict ? Relation::Greater : Relation::GreaterEqual);
        break;
      }
      case NodeKind::And: {
        images.clear();
        bool same = true;
        for (const Expr operand : operands_of(n)) {
          images.push_back(image(operand));
          same = same && images.back() == operand;
        }
        if (!same) became = and_(images);
        break;
      }
    }
    image_[index] = became;
  }
  for (Expr& e : result) e = image(e);
  return result;
}

Expr ExpressionStore::substitute(Expr e, const Substitution& substitution) {
  return substitute(std::span<const Expr>(&e, 1), substitution).front();
}

Expr ExpressionStore::cofactor(Expr e, BoolVar variable, bool value) {
  Substitution fixed;
  fixed.set(variable, constant(value));
  return substitute(e, fixed);
}

Expr ExpressionStore::forall(Expr e, BoolVar variable) {
  const Expr without = cofactor(e, variable, false);
  return and_(without, cofactor(e, variable, true));
}

Expr ExpressionStore::exists(Expr e, BoolVar variable) { return not_(forall(not_(e), variable)); }

}  // namespace onus::solve
