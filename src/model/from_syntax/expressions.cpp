// Amounts, dates and things: every sum and comparison is checked for its dimension, every number is exact and in base units.
#include <algorithm>
#include <stdexcept>

#include "base/number_text.hpp"
#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {
namespace {

// Deeper than any text that the parser lets through.
constexpr std::uint32_t most_depth = 1000;

// A share is a plain ratio: 3 percent and 0.03 are one number.
std::optional<UnitId> measure(UnitId unit) {
  const Dimension dimension = dimension_of(unit);
  if (dimension == Dimension::Share) return std::nullopt;
  return base_unit(dimension);
}

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

}  // namespace

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

// ---- things ------------------------------------------------------------------------------------------------------------------

Typed Builder::from_thing(const Thing& thing, NodeRef node, Context& context) {
  Typed typed;
  if (!thing.ok()) return typed;
  typed.ok = true;
  typed.thing = thing;
  typed.span = thing.span;
  Expr expr;
  expr.span = node.span();
  expr.path = thing.path;
  switch (thing.is) {
    case Thing::Is::Nothing: break;
    case Thing::Is::Entity:
      typed.type = ExprType::Entity;
      typed.kind = thing.kind;
      expr.kind = ExprKind::Entity;
      break;
    case Thing::Is::Authority:
      typed.type = ExprType::Authority;
      expr.kind = ExprKind::Authority;
      expr.authority = thing.authority;
      break;
    case Thing::Is::Set: return typed;   // only `has` and messages can use it
    case Thing::Is::Parameter: {
      const Parameter& parameter = model_.parameters[thing.parameter];
      if (parameter_broken_[thing.parameter.index]) {
        typed.ok = false;
        return typed;
      }
      typed.type = parameter.is_date ? ExprType::Date : ExprType::Number;
      typed.unit = parameter.unit;
      typed.factor = !parameter.is_date;
      expr.kind = ExprKind::Parameter;
      expr.parameter = thing.parameter;
      expr.unit = parameter.unit;
      break;
    }
    case Thing::Is::Value: {
      const ComputedTerm& term = model_.values[thing.value];
      if (!value_known_[thing.value.index]) {
        waiting_for_.push_back(thing.value);
        typed.unknown = true;
        typed.ok = context.dry && !value_broken_[thing.value.index];
        return typed;
      }
      typed.type = term.type;
      typed.unit = term.unit;
      expr.kind = ExprKind::Value;
      expr.value = thing.value;
      expr.unit = term.unit;
      if (!context.dry && context.provision.is_valid()) drafts_[context.provision.index].uses_values.push_back(thing.value.index);
      break;
    }
    case Thing::Is::Fact: {
      const Field& field = model_.fields[thing.field];
      expr.kind = ExprKind::Fact;
      expr.field = thing.field;
      switch (field.type) {
        case FieldType::Amount:
        case FieldType::Count:
          typed.type = ExprType::Number;
          if (field.unit) typed.unit = measure(*field.unit);
          expr.unit = typed.unit;
          break;
        case FieldType::Date: typed.type = ExprType::Date; break;
        case FieldType::Moment: typed.type = ExprType::Moment; break;
        case FieldType::OneOf:
        case FieldType::AnyOf:
          typed.is_words = true;
          typed.type = ExprType::Text;
          return typed;
        case FieldType::YesNo:
        case FieldType::Judgement:
        case FieldType::Relation:
        case FieldType::PairSet:
        case FieldType::Inverse:
        case FieldType::OneInverse:
        case FieldType::Chain: typed.ok = false; return typed;
      }
      if (field.yearly) {
        typed.needs_year = true;
        typed.pending = std::move(expr);   // the year follows
        return typed;
      }
      break;
    }
  }
  typed.id = add_expr(std::move(expr), context);
  return typed;
}

Typed Builder::path_expression(NodeRef node, Context& context) {
  Typed typed = from_thing(thing_of(node, context), node, context);
  if (!typed.ok) return typed;
  typed.span = node.span();
  for (const NodeRef suffix : node.children()) {
    switch (suffix.kind()) {
      case NodeKind::InYear:
      case NodeKind::InYearOf:
      case NodeKind::InYearBefore: return in_year(node, suffix, std::move(typed), context);
      case NodeKind::AsOf: return as_of(suffix, std::move(typed), context);
      default: break;
    }
  }
  if (typed.needs_year) {
    if (!context.dry) error<Kind::YearMissing>(node.span(), model_.fields[typed.thing.field].name);
    typed.ok = false;
  }
  return typed;
}

Typed Builder::in_year(NodeRef node, NodeRef suffix, Typed typed, Context& context) {
  Typed failed;
  failed.span = node.span();
  if (!typed.needs_year) {
    if (!context.dry && !typed.unknown) error<Kind::NotYearly>(suffix.span(), sources_.text(typed.thing.span));
    return failed;
  }
  Expr expr = std::move(typed.pending);
  expr.span = node.span();
  if (suffix.is(NodeKind::InYear)) {
    const auto leaf = suffix.child(NodeKind::Number);
    if (!leaf) return failed;
    const auto number = number_of(*leaf);
    if (!number) return failed;
    const auto year = number->to_int64();
    if (!year || *year < 1 || *year > 9999) {
      if (!context.dry) error<Kind::NoSuchYear>(leaf->span(), text(*leaf));
      return failed;
    }
    expr.year = static_cast<std::int32_t>(*year);
  } else {
    const auto inner = expression_in(suffix);
    if (!inner) return failed;
    const auto of = expect_type(expression(*inner, context), ExprType::Date, "a date", context);
    if (!of || of->unknown) return failed;
    if (!context.dry && model_.exprs[of->id].kind != ExprKind::Today) {
      error<Kind::NoMeaningYet>(suffix.span(), "the calendar year of a day other than today");
      return failed;
    }
    expr.operands = {of->id};
    expr.year_shift = suffix.is(NodeKind::InYearBefore) ? -1 : 0;
  }
  typed.needs_year = false;
  typed.id = add_expr(std::move(expr), context);
  return typed;
}

Typed Builder::as_of(NodeRef suffix, Typed typed, Context& context) {
  Typed failed;
  const auto inner = expression_in(suffix);
  if (!inner) return failed;
  const auto day = expect_type(expression(*inner, context), ExprType::Date, "a date", context);
  if (typed.thing.is != Thing::Is::Parameter) {
    if (!context.dry) error<Kind::AsOfNoParameter>(suffix.span(), sources_.text(typed.thing.span));
    return failed;
  }
  if (!day || day->unknown) return failed;
  if (!context.dry) {
    const ExprKind kind = model_.exprs[day->id].kind;
    if (kind != ExprKind::Fact && kind != ExprKind::DateLiteral) {
      error<Kind::NoMeaningYet>(suffix.span(), "as of a day that is neither a fact nor written out");
      return failed;
    }
    model_.exprs[typed.id].operands = {day->id};
  }
  return typed;
}

Typed Builder::named(NodeRef node, Context& context) {
  Typed typed;
  typed.span = node.span();
  const auto string = node.child(NodeKind::String);
  if (!string) return typed;
  if (context.case_names != nullptr) {
    for (const NodeRef link : node.children()) {
      if (link.is(NodeKind::String)) continue;
      if (!context.dry) error<Kind::NameWithLinks>(link.span());
      return typed;
    }
    typed = from_thing(named_entity(*string, context), node, context);
    typed.span = node.span();
    return typed;
  }
  for (const NodeRef link : node.children()) {
    if (link.is(NodeKind::String)) continue;
    if (!context.dry) error<Kind::NameOutsideCase>(string->span(), text(*string));
    return typed;
  }
  typed.ok = true;
  typed.type = ExprType::Text;
  Expr expr;
  expr.kind = ExprKind::Text;
  expr.span = node.span();
  expr.text = unquoted(*string);
  typed.id = add_expr(std::move(expr), context);
  return typed;
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
