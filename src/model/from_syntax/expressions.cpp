// Expressions: literals, what may stand where, and which reader a node has.
#include <stdexcept>

#include "base/number_text.hpp"
#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {
namespace {

// Deeper than any text that the parser lets through.
constexpr std::uint32_t most_depth = 1000;

std::string_view type_words(ExprType type) {
  switch (type) {
    case ExprType::Number: return "an amount";
    case ExprType::Date: return "a date";
    case ExprType::Moment: return "a moment";
    case ExprType::Entity: return "an entity";
    case ExprType::Text: return "a text";
    case ExprType::Authority: return "an authority";
  }
  return {};
}

struct Deeper {
  explicit Deeper(Context& context) : context_(context) { ++context_.depth; }
  ~Deeper() { --context_.depth; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;
  Context& context_;
};

}  // namespace

bool is_expression(NodeKind kind) {
  switch (kind) {
    case NodeKind::Sum:
    case NodeKind::Product:
    case NodeKind::Quantity:
    case NodeKind::Share:
    case NodeKind::OffsetBefore:
    case NodeKind::OffsetAfter:
    case NodeKind::DateValue:
    case NodeKind::MomentValue:
    case NodeKind::Today:
    case NodeKind::Named:
    case NodeKind::Path:
    case NodeKind::SumOf:
    case NodeKind::GreatestOf:
    case NodeKind::SmallestOf:
    case NodeKind::NumberOf:
    case NodeKind::EarlierOf:
    case NodeKind::LaterOf:
    case NodeKind::HigherOf:
    case NodeKind::LowerOf: return true;
    default: return false;
  }
}

std::optional<NodeRef> expression_in(NodeRef node) {
  for (const NodeRef child : node.children()) {
    if (is_expression(child.kind())) return child;
  }
  return std::nullopt;
}

// ---- literals ------------------------------------------------------------------------------------------------------------

std::optional<Date> Builder::date_of(NodeRef leaf, bool dry) {
  const auto date = parse_date(text(leaf));
  if (date) return *date;
  if (!dry && literals_.insert(leaf.span()).second) error<Kind::ImpossibleDate>(leaf.span(), text(leaf), explain(date.error()));
  return std::nullopt;
}

std::optional<Number> Builder::number_of(NodeRef leaf) const {
  auto number = parse_number(text(leaf), NumberSyntax::Unsigned);
  // What cannot be read as a number the grammar has refused.
  if (!number && !leaf.tree().broken(leaf)) throw std::logic_error("a number passed the grammar that cannot be read");
  if (!number) return std::nullopt;
  return std::move(*number);
}

std::optional<UnitId> Builder::unit_in(NodeRef node, bool dry) {
  const std::string words = shown(node);
  if (const auto unit = find_unit(words)) return unit;
  if (!dry && literals_.insert(node.span()).second && !is_repeated(Kind::UnknownUnit, {}, words, node.span())) {
    auto reported = error<Kind::UnknownUnit>(node.span(), words);
    if (const auto near = nearest_unit(words)) {
      const std::string name(unit_name(*near));
      reported.note(node.span(), "did you mean `" + name + "`?").fix(node.span(), name);
    }
    const std::string first = lower_case(words.substr(0, words.find(' ')));
    if (first == "million" || first == "billion" || first == "thousand") {
      reported.note(node.span(), "write the number in full, such as `5_000_000` or `5e6`");
    }
  }
  return std::nullopt;
}

std::optional<Period> Builder::period_of(NodeRef number_leaf, NodeRef unit_node, Context& context) {
  const auto number = number_of(number_leaf);
  const auto unit = unit_in(unit_node, context.dry);
  if (!number || !unit) return std::nullopt;
  const auto calendar = period_unit(*unit);
  if (!calendar) {
    if (!context.dry) error<Kind::NoPeriod>(unit_node.span(), shown(unit_node));
    return std::nullopt;
  }
  const auto whole = number->to_int64();
  if (!whole || *whole > 1'000'000'000) {
    if (!context.dry) error<Kind::PeriodNotWhole>(number_leaf.span(), text(number_leaf));
    return std::nullopt;
  }
  return Period{*calendar, *whole};
}

// ---- helpers ---------------------------------------------------------------------------------------------------------------

ExprId Builder::add_expr(Expr expr, const Context& context) {
  if (context.dry) return {};
  return model_.exprs.add(std::move(expr));
}

std::string Builder::describe(const Typed& typed) const {
  if (typed.thing.is == Thing::Is::Set) return "a set of " + plural(model_.kinds[typed.thing.kind].name);
  if (typed.is_words) return describe_field(typed.thing.field);
  if (typed.type == ExprType::Number) return typed.unit ? "an amount in " + std::string(unit_name(*typed.unit)) : "a plain number";
  if (typed.type == ExprType::Entity && typed.kind.is_valid()) return describe(typed.kind);
  return std::string(type_words(typed.type));
}

bool Builder::same_measure(const Typed& left, const Typed& right, std::string_view doing, Context& context) {
  if (left.unknown || right.unknown) return true;
  const auto comparable = [](const Typed& it) {
    return !it.is_words && it.thing.is != Thing::Is::Set &&
           (it.type == ExprType::Number || it.type == ExprType::Date || it.type == ExprType::Moment);
  };
  const bool kinds_fit = comparable(left) && comparable(right) && left.type == right.type;
  if (kinds_fit && left.type != ExprType::Number) return true;
  if (kinds_fit && left.unit == right.unit) return true;
  if (context.dry) return false;
  if (kinds_fit && right.literal && !right.unit) {
    error<Kind::MissingUnit>(right.span, sources_.text(right.span), unit_name(*left.unit))
        .note(left.span, "this is " + describe(left));
    return false;
  }
  if (kinds_fit && left.literal && !left.unit) {
    error<Kind::MissingUnit>(left.span, sources_.text(left.span), unit_name(*right.unit))
        .note(right.span, "this is " + describe(right));
    return false;
  }
  error<Kind::MeasuresDiffer>(right.span, describe(left), describe(right), doing).note(left.span, "this is " + describe(left));
  return false;
}

// Only numbers, dates and moments take part in sums and comparisons, only entities in paths.
std::optional<Typed> Builder::expect_type(Typed typed, ExprType wanted, std::string_view what, Context& context) {
  if (!typed.ok) return std::nullopt;
  if (typed.unknown) return typed;
  if (!typed.is_words && typed.thing.is != Thing::Is::Set && typed.type == wanted) return typed;
  if (!context.dry) error<Kind::WrongType>(typed.span, describe(typed), what);
  return std::nullopt;
}

// ---- dispatch -------------------------------------------------------------------------------------------------------------------------

Typed Builder::expression(NodeRef node, Context& context) {
  const Deeper deeper(context);
  Typed typed;
  typed.span = node.span();
  if (context.depth > most_depth) {
    if (!context.dry) error<Kind::TooDeep>(node.span());
    return typed;
  }
  switch (node.kind()) {
    case NodeKind::Sum: return sum(node, context);
    case NodeKind::Product: return product(node, context);
    case NodeKind::Quantity: return quantity(node, context);
    case NodeKind::Share: return share(node, context);
    case NodeKind::OffsetBefore: return offset(node, context, true);
    case NodeKind::OffsetAfter: return offset(node, context, false);
    case NodeKind::Named: return named(node, context);
    case NodeKind::Path: return path_expression(node, context);
    case NodeKind::SumOf: return aggregate(node, context, ExprKind::Sum);
    case NodeKind::GreatestOf:
      if (!context.dry) error<Kind::NoMeaningYet>(node.span(), "the greatest of");
      return typed;
    case NodeKind::SmallestOf:
      if (!context.dry) error<Kind::NoMeaningYet>(node.span(), "the smallest of");
      return typed;
    case NodeKind::NumberOf: return count(node, context);
    case NodeKind::EarlierOf: return extreme(node, context, ExprKind::Earlier);
    case NodeKind::LaterOf: return extreme(node, context, ExprKind::Later);
    case NodeKind::HigherOf: return extreme(node, context, ExprKind::Higher);
    case NodeKind::LowerOf: return extreme(node, context, ExprKind::Lower);
    case NodeKind::DateValue: {
      const auto leaf = node.child(NodeKind::Date);
      if (!leaf) return typed;
      const auto date = date_of(*leaf, context.dry);
      if (!date) return typed;
      typed.ok = true;
      typed.type = ExprType::Date;
      Expr expr;
      expr.kind = ExprKind::DateLiteral;
      expr.span = node.span();
      expr.date = *date;
      typed.id = add_expr(std::move(expr), context);
      return typed;
    }
    case NodeKind::MomentValue: {
      const auto leaf = node.child(NodeKind::Moment);
      if (!leaf) return typed;
      const auto moment = parse_moment(text(*leaf));
      if (!moment) {
        if (!context.dry) error<Kind::ImpossibleDate>(leaf->span(), text(*leaf), explain(moment.error()));
        return typed;
      }
      typed.ok = true;
      typed.type = ExprType::Moment;
      Expr expr;
      expr.kind = ExprKind::MomentLiteral;
      expr.span = node.span();
      expr.moment = *moment;
      typed.id = add_expr(std::move(expr), context);
      return typed;
    }
    case NodeKind::Today: {
      typed.ok = true;
      typed.type = ExprType::Date;
      Expr expr;
      expr.kind = ExprKind::Today;
      expr.span = node.span();
      typed.id = add_expr(std::move(expr), context);
      return typed;
    }
    default: return typed;
  }
}

}  // namespace onus::model::from_syntax
