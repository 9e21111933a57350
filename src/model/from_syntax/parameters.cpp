// Parameters: constants with the spans of time in which they stand.
#include <algorithm>
#include <array>

#include "model/from_syntax/builder.hpp"
#include "model/parameter_days.hpp"

namespace onus::model::from_syntax {

// The exact value of an expression of constants; dates count as days. The parser bounds how deep it is.
std::optional<Number> Builder::constant(ExprId id) const {
  const Expr& expr = model_.exprs[id];
  const auto operand = [&](std::size_t index) { return constant(expr.operands[index]); };
  switch (expr.kind) {
    case ExprKind::Constant: return expr.number;
    case ExprKind::DateLiteral: return Number(expr.date.days);
    case ExprKind::Add:
    case ExprKind::Subtract:
    case ExprKind::Times:
    case ExprKind::Higher:
    case ExprKind::Lower:
    case ExprKind::Later:
    case ExprKind::Earlier: {
      const auto left = operand(0);
      const auto right = operand(1);
      if (!left || !right) return std::nullopt;
      if (expr.kind == ExprKind::Add) return *left + *right;
      if (expr.kind == ExprKind::Subtract) return *left - *right;
      if (expr.kind == ExprKind::Times) return *left * *right;
      const bool wants_greater = expr.kind == ExprKind::Higher || expr.kind == ExprKind::Later;
      return (*left < *right) == wants_greater ? *right : *left;
    }
    default: return std::nullopt;
  }
}

void Builder::declare_parameters() {
  for (const FileState& file : files_) {
    for (const NodeRef node : file.body.children(NodeKind::Parameter)) {
      if (file.tree->broken(node)) add_broken_text(node);
    }
    for (const NodeRef node : file.body.children(NodeKind::Parameter)) {
      if (!file.tree->broken(node)) declare_parameter(file, node);
    }
  }
}

void Builder::declare_parameter(const FileState& file, NodeRef node) {
  const auto noun = node.child(NodeKind::Noun);
  if (!noun) return;
  Parameter parameter;
  parameter.name = shown(*noun);
  parameter.citations = citations(node.child(NodeKind::Cite), file.scope);
  parameter.regulation = file.regulation;
  parameter.span = noun->span();

  Context context;
  context.scope = file.scope;
  context.regulation = file.regulation;
  bool ok = true;
  std::optional<Typed> first;
  const auto add_value = [&](NodeRef expr_node, std::optional<NodeRef> validity, Span span) {
    const Typed typed = expression(expr_node, context);
    ParameterSpan value;
    value.span = span;
    const bool dated = !validity || read_validity(*validity, value.from, value.until);
    if (!typed.ok || !dated) {
      ok = false;
      return;
    }
    const auto number = typed.type == ExprType::Number || typed.type == ExprType::Date ? constant(typed.id) : std::nullopt;
    if (!number) {
      error<Kind::NotConstant>(typed.span);
      ok = false;
      return;
    }
    if (first && !same_measure(*first, typed, "the same parameter", context)) {
      ok = false;
      return;
    }
    if (!first) first = typed;
    value.number = *number;
    parameter.spans.push_back(std::move(value));
  };
  if (const auto expr_node = expression_in(node)) {
    add_value(*expr_node, node.child(NodeKind::Validity), node.span());
  } else {
    for (const NodeRef value : node.children(NodeKind::ParameterValue)) {
      const auto inner = expression_in(value);
      if (!inner) return;
      add_value(*inner, value.child(NodeKind::Validity), value.span());
    }
  }
  if (first) {
    parameter.unit = first->unit;
    parameter.is_date = first->type == ExprType::Date;
  }
  std::stable_sort(parameter.spans.begin(), parameter.spans.end(), [](const ParameterSpan& a, const ParameterSpan& b) {
    return a.from.value_or(Date::first()) < b.from.value_or(Date::first());
  });
  check_spans(parameter);
  const NameId name = names_.intern(key_of(*noun, sources_));
  if (const ParameterId* other = parameters_.find(name, 0, file.scope)) {
    error<Kind::DuplicateName>(noun->span(), parameter.name).note(model_.parameters[*other].span, "it is first declared here");
    return;
  }
  if (const auto authority = authorities_.find(name); authority != authorities_.end()) {
    error<Kind::DuplicateName>(noun->span(), parameter.name)
        .note(model_.authorities[authority->second].span, "an authority has this name");
    return;
  }
  parameters_.add({name, 0, file.scope}, ParameterId{static_cast<std::uint32_t>(model_.parameters.size())});
  model_.parameters.add(std::move(parameter));
  parameter_broken_.push_back(!ok || !first);
}

bool Builder::read_validity(NodeRef node, std::optional<Date>& from, std::optional<Date>& until) {
  bool behind_until = false;
  bool ok = true;
  Span last = node.span();
  for (const NodeRef child : node.children()) {
    if (child.is(NodeKind::KwUntil)) behind_until = true;
    if (!child.is(NodeKind::Date)) continue;
    const auto date = date_of(child);
    last = child.span();
    ok = ok && date;
    (behind_until ? until : from) = date;
  }
  if (ok && from && until && *until < *from) {
    error<Kind::EmptySpan>(last, to_text(*until), to_text(*from));
    return false;
  }
  return ok;
}

void Builder::check_spans(const Parameter& parameter) {
  for (std::size_t index = 1; index < parameter.spans.size(); ++index) {
    const ParameterSpan& before = parameter.spans[index - 1];
    const ParameterSpan& after = parameter.spans[index];
    if (before.until && after.from && *before.until < *after.from) continue;
    error<Kind::SpansOverlap>(after.span, parameter.name).note(before.span, "with this one");
  }
}

// A day on which a provision can apply and a parameter that it reads has no value.
void Builder::check_parameter_days() {
  for (const ProvisionId id : model_.provisions.ids()) {
    Draft& draft = drafts_[id.index];
    if (draft.sound) draft.sound = check_parameters(model_, std::array{id}, {}, {}, sink_);
  }
}

}  // namespace onus::model::from_syntax
