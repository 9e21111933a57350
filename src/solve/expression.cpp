#include "solve/expression.hpp"

#include <algorithm>
#include <stdexcept>

namespace onus::solve {

namespace {

// An operand that is itself an `and` is merged into its parent up to this width. Without a limit, a chain built one
// operand at a time would be copied whole at every step.
constexpr std::uint32_t widest_merged = 32;

void require(bool holds, const char* message) {
  if (!holds) throw std::out_of_range(message);
}

}  // namespace

BoolVar ExpressionStore::new_boolean() {
  boolean_node_.push_back(true_expr);
  return BoolVar{boolean_count_++};
}

RealVar ExpressionStore::new_real(bool integer, std::optional<Bound> lower, std::optional<Bound> upper) {
  return new_real(Domain{integer, std::move(lower), std::move(upper)});
}

RealVar ExpressionStore::new_real(Domain domain) {
  if (domain.is_empty()) throw std::invalid_argument("a variable needs at least one value");
  if (domain.integer) {
    if (domain.lower) {
      const bool step = !domain.lower->inclusive && domain.lower->value.is_integer();
      domain.lower = Bound{domain.lower->value.ceil() + Number(step ? 1 : 0), true};
    }
    if (domain.upper) {
      const bool step = !domain.upper->inclusive && domain.upper->value.is_integer();
      domain.upper = Bound{domain.upper->value.floor() - Number(step ? 1 : 0), true};
    }
  }
  domains_.push_back(std::move(domain));
  single_form_.push_back(no_index);
  return RealVar{static_cast<std::uint32_t>(domains_.size() - 1)};
}

Expr ExpressionStore::intern(Node node, std::size_t hash) {
  if (nodes_.size() >= (std::size_t{1} << 31) - 2) throw std::length_error("an expression store is full");
  nodes_.push_back(node);
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  node_table_.insert(hash, index);
  return Expr{index << 1};
}

// The conjunction of `operands`, which it uses as scratch.
Expr ExpressionStore::make_and(std::vector<Expr>& operands) {
  if (!std::is_sorted(operands.begin(), operands.end())) std::sort(operands.begin(), operands.end());
  std::size_t kept = 0;
  for (const Expr operand : operands) {
    if (operand.is_true() || (kept != 0 && operands[kept - 1] == operand)) continue;
    // x and not x are neighbours in this order
    if (operand.is_false() || (kept != 0 && operands[kept - 1] == not_(operand))) return false_expr;
    operands[kept++] = operand;
  }
  operands.resize(kept);
  if (operands.empty()) return true_expr;
  if (operands.size() == 1) return operands.front();

  std::size_t hash = 0x5bd1;
  for (const Expr operand : operands) hash = mix_hash(hash, operand.index);
  const std::uint32_t found = node_table_.find(hash, [&](std::uint32_t index) {
    const Node& node = nodes_[index - 1];
    if (node.kind != NodeKind::And || node.count != operands.size()) return false;
    return std::equal(operands.begin(), operands.end(), operands_.begin() + node.first);
  });
  if (found != no_index) return Expr{found << 1};
  if (operands_.size() + operands.size() > no_index) throw std::length_error("an expression store is full");
  const Node node{NodeKind::And, static_cast<std::uint32_t>(operands_.size()),
                  static_cast<std::uint32_t>(operands.size())};
  operands_.insert(operands_.end(), operands.begin(), operands.end());
  return intern(node, hash);
}

Expr ExpressionStore::and_(std::span<const Expr> operands) {
  gathered_.clear();
  for (const Expr operand : operands) {
    require(operand.node() < node_count(), "an expression of another store");
    if (operand.is_false()) return false_expr;
    if (!operand.is_negated() && !operand.is_true()) {
      const Node& node = nodes_[operand.node() - 1];
      if (node.kind == NodeKind::And && node.count <= widest_merged) {
        const auto begin = operands_.begin() + node.first;
        gathered_.insert(gathered_.end(), begin, begin + node.count);
        continue;
      }
    }
    gathered_.push_back(operand);
  }
  return make_and(gathered_);
}

Expr ExpressionStore::or_(std::span<const Expr> operands) {
  gathered_.clear();
  for (const Expr operand : operands) {
    require(operand.node() < node_count(), "an expression of another store");
    if (operand.is_true()) return true_expr;
    if (operand.is_negated() && !operand.is_false()) {
      const Node& node = nodes_[operand.node() - 1];
      if (node.kind == NodeKind::And && node.count <= widest_merged) {
        const auto begin = operands_.begin() + node.first;
        gathered_.insert(gathered_.end(), begin, begin + node.count);
        continue;
      }
    }
    gathered_.push_back(not_(operand));
  }
  return not_(make_and(gathered_));
}

Expr ExpressionStore::and_(Expr a, Expr b) {
  if (a.is_false() || b.is_false() || a == not_(b)) return false_expr;
  if (a.is_true() || a == b) return b;
  if (b.is_true()) return a;
  const Expr both[] = {a, b};
  return and_(both);
}

Expr ExpressionStore::or_(Expr a, Expr b) { return not_(and_(not_(a), not_(b))); }

Expr ExpressionStore::iff(Expr a, Expr b) {
  // Negations move outside, so that the four spellings of one equivalence share their nodes.
  const bool negated = a.is_negated() != b.is_negated();
  a.index &= ~1U;
  b.index &= ~1U;
  if (a == b) return constant(!negated);
  if (b < a) std::swap(a, b);
  const Expr result = a.is_true() ? b : or_(and_(a, b), and_(not_(a), not_(b)));
  return negated ? not_(result) : result;
}

Expr ExpressionStore::ite(Expr condition, Expr then, Expr otherwise) {
  if (condition.is_negated()) return ite(not_(condition), otherwise, then);
  if (condition.is_true() || then == otherwise) return then;
  if (then == condition || then.is_true()) return or_(condition, otherwise);
  if (then == not_(condition) || then.is_false()) return and_(not_(condition), otherwise);
  if (otherwise == condition || otherwise.is_false()) return and_(condition, then);
  if (otherwise == not_(condition) || otherwise.is_true()) return or_(not_(condition), then);
  if (then == not_(otherwise)) return iff(condition, then);
  return or_(and_(condition, then), and_(not_(condition), otherwise));
}

Expr ExpressionStore::at_least_n(std::span<const Expr> operands, std::size_t n) {
  if (n > operands.size()) return false_expr;
  // reached[j]: at least j of the operands looked at so far
  const std::vector<Expr> copy(operands.begin(), operands.end());
  std::vector<Expr> reached(n + 1, false_expr);
  reached[0] = true_expr;
  for (const Expr operand : copy)
    for (std::size_t j = n; j > 0; --j) reached[j] = or_(reached[j], and_(operand, reached[j - 1]));
  return reached[n];
}

Expr ExpressionStore::at_most_one(std::span<const Expr> operands) {
  constexpr std::size_t pairwise = 6;
  if (operands.size() > pairwise) return not_(at_least_n(operands, 2));
  std::vector<Expr> clauses;
  for (std::size_t i = 0; i < operands.size(); ++i)
    for (std::size_t j = i + 1; j < operands.size(); ++j) clauses.push_back(not_(and_(operands[i], operands[j])));
  return and_(clauses);
}

Expr ExpressionStore::exactly_one(std::span<const Expr> operands) {
  const std::vector<Expr> copy(operands.begin(), operands.end());
  const Expr most = at_most_one(copy);
  return and_(or_(std::span<const Expr>(copy)), most);
}

Expr ExpressionStore::boolean(BoolVar variable) {
  Expr& known = boolean_node_.at(variable.index);
  if (known.is_true()) known = intern(Node{NodeKind::Boolean, variable.index, 0}, mix_hash(0xb001, variable.index));
  return known;
}

Kind ExpressionStore::kind(Expr e) const {
  switch (node(e.node()).kind) {
    case NodeKind::Constant: return e.is_negated() ? Kind::False : Kind::True;
    case NodeKind::Boolean: return e.is_negated() ? Kind::NotBoolean : Kind::Boolean;
    case NodeKind::Atom: return Kind::Linear;
    case NodeKind::And: return e.is_negated() ? Kind::Or : Kind::And;
  }
  throw std::logic_error("a node of no kind");
}

std::vector<Expr> ExpressionStore::operands(Expr e) const {
  const Node n = node(e.node());
  if (n.kind != NodeKind::And) return {};
  const auto stored = operands_of(n);
  std::vector<Expr> result(stored.begin(), stored.end());
  if (e.is_negated())
    for (Expr& operand : result) operand = not_(operand);
  return result;
}

BoolVar ExpressionStore::variable(Expr e) const {
  const Node n = node(e.node());
  require(n.kind == NodeKind::Boolean, "not a boolean variable");
  return BoolVar{n.first};
}

void ExpressionStore::clear() {
  nodes_.clear();
  operands_.clear();
  atoms_.clear();
  forms_.clear();
  domains_.clear();
  single_form_.clear();
  boolean_node_.clear();
  node_table_.clear();
  form_table_.clear();
  boolean_count_ = 0;
  ++generation_;
}

}  // namespace onus::solve
