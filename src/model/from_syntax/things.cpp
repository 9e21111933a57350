// Things in expressions: paths, names, facts of a year, parameters as of a day.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {

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
  // `… under eu-gpai`: the computed terms and parameters of the phrase are that regulation's.
  const auto under = node.child(NodeKind::Under);
  const auto regulation = under ? regulation_under(*under, context) : std::nullopt;
  if (under && !regulation) return {};
  const ScopeId own = context.scope;
  if (regulation) context.scope = regulation->index + 1;
  Typed typed = from_thing(thing_of(node, context), node, context);
  context.scope = own;
  if (!typed.ok) return typed;
  typed.span = node.span();
  if (under && !context.dry && !typed.unknown) {
    const auto& steps = typed.thing.path.steps;
    const bool computed = typed.thing.is == Thing::Is::Value || typed.thing.is == Thing::Is::Parameter ||
                          std::any_of(steps.begin(), steps.end(), [](const Step& step) { return step.kind == Step::Kind::Value; });
    if (!computed) {
      error<Kind::UnderNotConcluded>(under->span(), sources_.text(typed.thing.span));
      return {};
    }
  }
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
    if (kind == ExprKind::Today) return typed;   // that is what it is without
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

}  // namespace onus::model::from_syntax
