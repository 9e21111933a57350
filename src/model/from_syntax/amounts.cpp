// Amounts: every sum and comparison is checked for its dimension, every number is exact and in base units.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {

std::optional<UnitId> measure(UnitId unit) {
  const Dimension dimension = dimension_of(unit);
  if (dimension == Dimension::Share) return std::nullopt;
  return base_unit(dimension);
}

// ---- amounts --------------------------------------------------------------------------------------------------------------------

Typed Builder::quantity(NodeRef node, Context& context) {
  Typed typed;
  typed.span = node.span();
  const auto leaf = node.child(NodeKind::Number);
  if (!leaf) return typed;
  auto number = number_of(*leaf);
  Expr expr;
  expr.kind = ExprKind::Constant;
  expr.span = node.span();
  bool ok = number.has_value();
  typed.literal = true;
  if (const auto unit_node = node.child(NodeKind::Unit)) {
    const auto unit = unit_in(*unit_node, context.dry);
    ok = ok && unit;
    if (unit && number) {
      number = to_base(*number, *unit);
      typed.unit = measure(*unit);
      typed.literal = dimension_of(*unit) != Dimension::Share;
    }
  }
  if (!ok) return typed;
  typed.ok = true;
  typed.factor = true;
  expr.number = std::move(*number);
  expr.unit = typed.unit;
  typed.id = add_expr(std::move(expr), context);
  return typed;
}

Typed Builder::share(NodeRef node, Context& context) {
  Typed typed;
  typed.span = node.span();
  const auto leaf = node.child(NodeKind::Number);
  const auto inner = expression_in(node);
  if (!leaf || !inner) return typed;
  auto number = number_of(*leaf);
  bool ok = number.has_value();
  Span factor_span = leaf->span();
  if (const auto unit_node = node.child(NodeKind::Unit)) {
    factor_span = cover(factor_span, unit_node->span());
    const auto unit = unit_in(*unit_node, context.dry);
    if (unit && dimension_of(*unit) != Dimension::Share) {
      if (!context.dry) error<Kind::ShareWithUnit>(unit_node->span(), shown(*unit_node));
      ok = false;
    } else if (unit && number) {
      number = to_base(*number, *unit);
    } else {
      ok = false;
    }
  } else if (number && !(*number < Number(1))) {
    if (!context.dry) error<Kind::ShareTooLarge>(leaf->span(), text(*leaf));
    ok = false;
  }
  const auto right = expect_type(expression(*inner, context), ExprType::Number, "an amount", context);
  if (!ok || !right) return typed;
  Typed left;
  left.ok = true;
  left.factor = true;
  left.span = factor_span;
  Expr constant_expr;
  constant_expr.kind = ExprKind::Constant;
  constant_expr.span = factor_span;
  constant_expr.number = std::move(*number);
  left.id = add_expr(std::move(constant_expr), context);
  return multiply(left, *right, node.span(), context);
}

Typed Builder::multiply(const Typed& left, const Typed& right, Span whole, Context& context) {
  Typed typed;
  typed.span = whole;
  if (!left.factor && !right.factor && !left.unknown && !right.unknown) {
    if (!context.dry) {
      error<Kind::FactTimesFact>(whole).note(left.span, "this is no constant and no parameter").note(right.span, "nor is this");
    }
    return typed;
  }
  if (left.unit && right.unit) {
    if (!context.dry) error<Kind::UnitTimesUnit>(whole, describe(left), describe(right));
    return typed;
  }
  typed.ok = true;
  typed.unknown = left.unknown || right.unknown;
  typed.unit = left.unit ? left.unit : right.unit;
  typed.factor = left.factor && right.factor;
  Expr expr;
  expr.kind = ExprKind::Times;
  expr.span = whole;
  expr.unit = typed.unit;
  expr.operands = left.factor ? std::vector<ExprId>{left.id, right.id} : std::vector<ExprId>{right.id, left.id};
  typed.id = add_expr(std::move(expr), context);
  return typed;
}

Typed Builder::product(NodeRef node, Context& context) {
  std::vector<Typed> operands;
  for (const NodeRef child : node.children()) {
    if (!is_expression(child.kind())) continue;
    auto typed = expect_type(expression(child, context), ExprType::Number, "an amount", context);
    operands.push_back(typed ? *typed : Typed{});
  }
  Typed typed;
  typed.span = node.span();
  if (operands.size() != 2 || !operands[0].ok || !operands[1].ok) return typed;
  return multiply(operands[0], operands[1], node.span(), context);
}

// A long sum becomes a balanced tree: nobody who walks it needs a deep stack, and exact sums may be grouped at will.
Typed Builder::balanced(const std::vector<Typed>& terms, Context& context, std::size_t begin, std::size_t end) {
  if (end - begin == 1) return terms[begin];
  const std::size_t middle = begin + (end - begin + 1) / 2;
  const Typed left = balanced(terms, context, begin, middle);
  const Typed right = balanced(terms, context, middle, end);
  return add_or_subtract(ExprKind::Add, left, right, context);
}

Typed Builder::add_or_subtract(ExprKind kind, const Typed& left, const Typed& right, Context& context) {
  Typed typed;
  typed.ok = true;
  typed.unit = left.unknown ? right.unit : left.unit;
  typed.unknown = left.unknown && right.unknown;
  typed.factor = left.factor && right.factor;
  typed.span = cover(left.span, right.span);
  Expr expr;
  expr.kind = kind;
  expr.span = typed.span;
  expr.unit = typed.unit;
  expr.operands = {left.id, right.id};
  typed.id = add_expr(std::move(expr), context);
  return typed;
}

Typed Builder::sum(NodeRef node, Context& context) {
  Typed typed;
  typed.span = node.span();
  std::vector<Typed> added;
  std::vector<Typed> taken;
  bool ok = true;
  bool minus = false;
  for (const NodeRef child : node.children()) {
    if (child.is(NodeKind::KwPlus)) minus = false;
    if (child.is(NodeKind::KwMinus)) minus = true;
    if (!is_expression(child.kind())) continue;
    const auto term = expect_type(expression(child, context), ExprType::Number, "an amount", context);
    if (!term) {
      ok = false;
      continue;
    }
    const Typed* known = nullptr;   // the first whose unit is known
    for (const Typed& other : added) {
      if (!other.unknown) {
        known = &other;
        break;
      }
    }
    if (known != nullptr && !same_measure(*known, *term, minus ? "subtracted" : "added", context)) {
      ok = false;
      continue;
    }
    (minus ? taken : added).push_back(*term);
  }
  if (!ok || added.empty()) return typed;
  Typed total = balanced(added, context, 0, added.size());
  if (!taken.empty()) total = add_or_subtract(ExprKind::Subtract, total, balanced(taken, context, 0, taken.size()), context);
  total.span = node.span();
  total.literal = false;
  return total;
}

Typed Builder::extreme(NodeRef node, Context& context, ExprKind kind) {
  Typed typed;
  typed.span = node.span();
  std::vector<Typed> operands;
  const bool of_dates = kind == ExprKind::Earlier || kind == ExprKind::Later;
  for (const NodeRef child : node.children()) {
    if (!is_expression(child.kind())) continue;
    Typed operand = expression(child, context);
    if (!operand.ok) return typed;
    if (!operand.unknown) {
      const bool is_time = operand.type == ExprType::Date || operand.type == ExprType::Moment;
      const bool fits = !operand.is_words && operand.thing.is != Thing::Is::Set &&
                        (of_dates ? is_time : operand.type == ExprType::Number);
      if (!fits) {
        if (!context.dry) error<Kind::WrongType>(operand.span, describe(operand), of_dates ? "a date" : "an amount");
        return typed;
      }
    }
    operands.push_back(std::move(operand));
  }
  if (operands.size() != 2) return typed;
  if (!same_measure(operands[0], operands[1], "compared", context)) return typed;
  const Typed& known = operands[0].unknown ? operands[1] : operands[0];
  typed.ok = true;
  typed.type = known.type;
  typed.unit = known.unit;
  typed.unknown = operands[0].unknown && operands[1].unknown;
  typed.factor = operands[0].factor && operands[1].factor;
  Expr expr;
  expr.kind = kind;
  expr.span = node.span();
  expr.unit = typed.unit;
  expr.operands = {operands[0].id, operands[1].id};
  typed.id = add_expr(std::move(expr), context);
  return typed;
}

// `2 weeks before …`
Typed Builder::offset(NodeRef node, Context& context, bool before) {
  Typed typed;
  typed.span = node.span();
  const auto number = node.child(NodeKind::Number);
  const auto unit = node.child(NodeKind::Unit);
  const auto inner = expression_in(node);
  if (!number || !unit || !inner) return typed;
  auto period = period_of(*number, *unit, context);
  Typed base = expression(*inner, context);
  if (!base.ok || !period) return typed;
  if (!base.unknown && (base.is_words || (base.type != ExprType::Date && base.type != ExprType::Moment))) {
    if (!context.dry) error<Kind::WrongType>(base.span, describe(base), "a date");
    return typed;
  }
  if (period->unit == Period::Unit::Hours && base.type == ExprType::Date && !base.unknown) {
    if (!context.dry) error<Kind::HoursFromDate>(unit->span(), sources_.text(base.span));
    return typed;
  }
  if (period->unit == Period::Unit::BusinessDays) {
    if (!context.dry) error<Kind::NoMeaningYet>(unit->span(), "a day so many business days before or after another");
    return typed;
  }
  if (base.type == ExprType::Moment && (period->unit == Period::Unit::Months || period->unit == Period::Unit::Years)) {
    if (!context.dry) error<Kind::NoMeaningYet>(unit->span(), "a moment so many months before or after another");
    return typed;
  }
  if (before) period->count = -period->count;
  typed.ok = true;
  typed.type = base.type;
  typed.unknown = base.unknown;
  Expr expr;
  expr.kind = ExprKind::Shift;
  expr.span = node.span();
  expr.period = *period;
  expr.operands = {base.id};
  typed.id = add_expr(std::move(expr), context);
  return typed;
}

// ---- sums and counts over a set -----------------------------------------------------------------------------------------------------

// `the higher of` and its like anywhere in it: then it is one amount here and another there.
bool Builder::has_pieces(ExprId id) const {
  std::vector<ExprId> todo{id};
  while (!todo.empty()) {
    const Expr& expr = model_.exprs[todo.back()];
    todo.pop_back();
    if (expr.kind == ExprKind::Higher || expr.kind == ExprKind::Lower || expr.kind == ExprKind::Later || expr.kind == ExprKind::Earlier) return true;
    todo.insert(todo.end(), expr.operands.begin(), expr.operands.end());
  }
  return false;
}

Typed Builder::aggregate(NodeRef node, Context& context, ExprKind kind) {
  Typed typed;
  typed.span = node.span();
  const auto np = node.child(NodeKind::Np);
  const auto inner = expression_in(node);
  if (!np || !inner) return typed;
  const std::size_t nouns = context.nouns.size();
  const Introduction over = introduce(*np, Place::Quantified, context);
  if (!over.ok || over.is_members) {
    if (over.is_members && !context.dry) error<Kind::NoEntities>(np->span(), shown(*np->child(NodeKind::Noun)), "a set of words");
    context.nouns.resize(nouns);
    return typed;
  }
  const auto body = expect_type(expression(*inner, context), ExprType::Number, "an amount", context);
  context.nouns.resize(nouns);
  if (!body) return typed;
  if (!context.dry && has_pieces(body->id)) {
    error<Kind::NoMeaningYet>(inner->span(), "the sum of the higher or lower of two amounts");
    return typed;
  }
  typed.ok = true;
  typed.unit = body->unit;
  typed.unknown = body->unknown;
  Expr expr;
  expr.kind = kind;
  expr.span = node.span();
  expr.unit = typed.unit;
  expr.variable = over.path.root;
  expr.filter = conjunction(over.conditions, np->span(), context);
  expr.operands = {body->id};
  typed.id = add_expr(std::move(expr), context);
  return typed;
}

Typed Builder::count(NodeRef node, Context& context) {
  Typed typed;
  typed.span = node.span();
  const auto np = node.child(NodeKind::Np);
  if (!np) return typed;
  // `the number of employees of the actor` may be a fact by that name.
  const std::size_t nouns = context.nouns.size();
  const Introduction over = introduce(*np, Place::Quantified, context);
  context.nouns.resize(nouns);
  if (!over.ok || over.is_members) {
    if (over.is_members && !context.dry) error<Kind::NoEntities>(np->span(), shown(*np->child(NodeKind::Noun)), "a set of words");
    return typed;
  }
  typed.ok = true;
  Expr expr;
  expr.kind = ExprKind::Count;
  expr.span = node.span();
  expr.variable = over.path.root;
  expr.filter = conjunction(over.conditions, np->span(), context);
  typed.id = add_expr(std::move(expr), context);
  return typed;
}

}  // namespace onus::model::from_syntax
