// Ground boolean expressions over truth values and linear comparisons: what a case leaves open once its known facts
// have been put into the rules.
//
// Promises. Equal structure is one handle (hash-consing); negation is free and its own inverse; constants, repeated
// operands and x and not x fold away; comparisons of the same form up to scaling share one canonical atom, so that
// x > 0 is the negation of -x >= 0, and forms over whole numbers are tightened to whole thresholds. What folds is
// folded soundly, but two equivalent expressions may still be different handles: equivalence is the solver's question.
// No function recurses on the shape of an expression, and nothing depends on addresses.
//
// A store and everything that reads it belong to one thread. Handles stay valid until `clear`.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/number.hpp"
#include "solve/index_table.hpp"
#include "solve/linear_form.hpp"

namespace onus::solve {

// A handle: a node of the store and whether it is negated (the lowest bit).
struct Expr {
  std::uint32_t index = 0;

  constexpr std::uint32_t node() const { return index >> 1; }
  constexpr bool is_negated() const { return (index & 1) != 0; }
  constexpr bool is_true() const { return index == 0; }
  constexpr bool is_false() const { return index == 1; }
  constexpr bool is_constant() const { return index < 2; }
  constexpr auto operator<=>(const Expr&) const = default;
};

inline constexpr Expr true_expr{0};
inline constexpr Expr false_expr{1};

struct BoolVar {
  std::uint32_t index = 0;
  constexpr auto operator<=>(const BoolVar&) const = default;
};

// A linear form against zero. `= 0`, `< 0` and `<= 0` are made of these.
enum class Relation { Greater, GreaterEqual };

// How an expression reads with its negations pushed to the leaves.
enum class Kind { False, True, Boolean, NotBoolean, Linear, And, Or };

// One end of a variable's domain.
struct Bound {
  Number value;
  bool inclusive = true;
};

struct Domain {
  bool integer = false;
  std::optional<Bound> lower;
  std::optional<Bound> upper;

  bool is_empty() const;  // no value satisfies both ends (for integers: no whole number does)
};

struct Comparison {
  LinearForm form;
  Relation relation = Relation::Greater;
};

// Values of variables. Setting a variable again replaces its value.
class Model {
 public:
  void set(BoolVar variable, bool value);
  void set(RealVar variable, Number value);
  std::optional<bool> value(BoolVar variable) const;
  const Number* value(RealVar variable) const;  // null when it has none; valid until the next `set`

  std::span<const std::pair<BoolVar, bool>> booleans() const { return booleans_; }  // by variable
  std::span<const std::pair<RealVar, Number>> reals() const { return reals_; }      // by variable
  void clear() { booleans_.clear(), reals_.clear(); }

 private:
  std::vector<std::pair<BoolVar, bool>> booleans_;
  std::vector<std::pair<RealVar, Number>> reals_;
};

// What variables become. All replacements happen at once: a replacement is not itself substituted into.
class Substitution {
 public:
  void set(BoolVar variable, Expr replacement);
  // The replacement has to stay inside the variable's domain, which may have decided comparisons already.
  void set(RealVar variable, LinearForm replacement);
  const Expr* find(BoolVar variable) const;
  const LinearForm* find(RealVar variable) const;
  bool empty() const { return booleans_.empty() && reals_.empty(); }

 private:
  std::vector<std::pair<BoolVar, Expr>> booleans_;
  std::vector<std::pair<RealVar, LinearForm>> reals_;
};

struct Support {
  std::vector<BoolVar> booleans;  // in index order
  std::vector<RealVar> reals;     // in index order
};

class ExpressionStore {
 public:
  ExpressionStore() = default;
  ExpressionStore(const ExpressionStore&) = delete;  // handles would silently belong to two stores
  ExpressionStore& operator=(const ExpressionStore&) = delete;

  // Variables. An empty domain is refused with std::invalid_argument: nothing could be true of such a variable.
  BoolVar new_boolean();
  RealVar new_real(Domain domain = {});
  RealVar new_real(bool integer, std::optional<Bound> lower = std::nullopt, std::optional<Bound> upper = std::nullopt);
  std::uint32_t boolean_count() const { return boolean_count_; }
  std::uint32_t real_count() const { return static_cast<std::uint32_t>(domains_.size()); }
  const Domain& domain(RealVar variable) const { return domains_.at(variable.index); }  // integers: rounded inwards

  // Connectives. `and_` of nothing is true, `or_` of nothing is false.
  static constexpr Expr constant(bool value) { return value ? true_expr : false_expr; }
  static constexpr Expr not_(Expr e) { return Expr{e.index ^ 1}; }
  Expr and_(std::span<const Expr> operands);
  Expr or_(std::span<const Expr> operands);
  Expr and_(Expr a, Expr b);
  Expr or_(Expr a, Expr b);
  Expr implies(Expr a, Expr b) { return or_(not_(a), b); }
  Expr iff(Expr a, Expr b);
  Expr xor_(Expr a, Expr b) { return not_(iff(a, b)); }
  Expr ite(Expr condition, Expr then, Expr otherwise);
  Expr at_least_n(std::span<const Expr> operands, std::size_t n);  // counts positions: a repeated operand counts twice
  Expr at_most_one(std::span<const Expr> operands);
  Expr exactly_one(std::span<const Expr> operands);

  // Leaves. A variable of another store is a bug: std::out_of_range.
  Expr boolean(BoolVar variable);
  Expr linear(const LinearForm& form, Relation relation);  // form > 0, or form >= 0
  Expr is_positive(const LinearForm& form) { return linear(form, Relation::Greater); }
  Expr is_at_least_zero(const LinearForm& form) { return linear(form, Relation::GreaterEqual); }
  Expr is_zero(const LinearForm& form);
  Expr above(RealVar variable, const Number& threshold);     // variable >  threshold
  Expr at_least(RealVar variable, const Number& threshold);  // variable >= threshold
  Expr below(RealVar variable, const Number& threshold) { return not_(at_least(variable, threshold)); }
  Expr at_most(RealVar variable, const Number& threshold) { return not_(above(variable, threshold)); }
  Expr equals(RealVar variable, const Number& value) {
    return and_(at_least(variable, value), at_most(variable, value));
  }

  // Reading an expression.
  Kind kind(Expr e) const;
  std::vector<Expr> operands(Expr e) const;  // of And and Or, in index order; else empty
  BoolVar variable(Expr e) const;            // of Boolean and NotBoolean
  Comparison comparison(Expr e) const;       // of Linear: e holds exactly when form relation 0
  Support support(Expr e) const;
  Support support(std::span<const Expr> expressions) const;
  std::size_t size(Expr e) const;  // distinct nodes, constants aside

  // The truth of e. A variable of its support without a value is a bug: std::out_of_range.
  bool evaluate(Expr e, const Model& model) const;

  Expr substitute(Expr e, const Substitution& substitution);
  // The same for several, sharing the work; one result for each.
  std::vector<Expr> substitute(std::span<const Expr> expressions, const Substitution& substitution);
  Expr cofactor(Expr e, BoolVar variable, bool value);
  Expr forall(Expr e, BoolVar variable);  // e with no, and e with yes
  Expr exists(Expr e, BoolVar variable);

  // Forgets everything and keeps the memory. All handles and variables become invalid; solvers notice.
  void clear();
  std::uint64_t generation() const { return generation_; }  // changes with every `clear`

  // What the solver reads. Nodes refer to nodes made before them only. Node 0 is the constant true.
  enum class NodeKind : std::uint8_t { Constant, Boolean, Atom, And };
  struct Node {
    NodeKind kind = NodeKind::Constant;
    std::uint32_t first = 0;  // Boolean: the variable; Atom: the index of an atom; And: where its operands begin
    std::uint32_t count = 0;  // And: how many operands
  };
  // Primitive whole coefficients, the first one positive: forms equal up to scaling are one form.
  struct Form {
    std::vector<Term> terms;
    bool integer = false;               // only takes whole values
    std::optional<Bound> lower, upper;  // what the domains of its variables allow
  };
  // form >= threshold, or form > threshold when strict (never for an integer form).
  struct Atom {
    std::uint32_t form = 0;
    Number threshold;
    bool strict = false;
  };
  std::uint32_t node_count() const { return static_cast<std::uint32_t>(nodes_.size()) + 1; }
  Node node(std::uint32_t index) const { return index == 0 ? Node{} : nodes_.at(index - 1); }
  std::span<const Expr> operands_of(const Node& node) const { return {operands_.data() + node.first, node.count}; }
  const Atom& atom(std::uint32_t index) const { return atoms_.at(index); }
  const Form& form(std::uint32_t index) const { return forms_.at(index); }
  std::uint32_t atom_count() const { return static_cast<std::uint32_t>(atoms_.size()); }
  std::uint32_t form_count() const { return static_cast<std::uint32_t>(forms_.size()); }
  // The form that is this variable alone, or no_index when no comparison has needed it.
  std::uint32_t single_form(RealVar variable) const { return single_form_.at(variable.index); }
  // The node of this variable, or no_index when no expression has needed it.
  std::uint32_t boolean_node(BoolVar variable) const {
    const Expr e = boolean_node_.at(variable.index);
    return e.is_true() ? no_index : e.node();
  }

 private:
  Expr intern(Node node, std::size_t hash);
  Expr make_and(std::vector<Expr>& operands);
  Expr make_atom(std::uint32_t form, Number threshold, bool strict);
  std::uint32_t make_form(std::vector<Term> terms);
  void add_range(Form& form) const;
  void collect(std::span<const Expr> roots, std::vector<std::uint32_t>& cone) const;

  std::vector<Node> nodes_;  // node i + 1: the constant is not stored
  std::vector<Expr> operands_;
  std::vector<Atom> atoms_;
  std::vector<Form> forms_;
  std::vector<Domain> domains_;
  std::vector<std::uint32_t> single_form_;  // by real variable: its form alone, or no_index
  std::vector<Expr> boolean_node_;          // by boolean variable: its node, or true where it has none yet
  IndexTable node_table_, form_table_;
  std::uint32_t boolean_count_ = 0;
  std::uint64_t generation_ = 0;

  // Scratch of walks, reused to save allocations.
  std::vector<Expr> gathered_;
  mutable std::vector<std::uint32_t> cone_, stack_, mark_;
  mutable std::vector<Expr> image_;
  mutable std::uint32_t epoch_ = 0;
};

}  // namespace onus::solve
