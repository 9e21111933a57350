#include "model/parameter_days.hpp"

#include <algorithm>

#include "model/parts.hpp"
#include "model/status.hpp"

namespace onus::model {
namespace {

std::vector<Days> intersection(const std::vector<Days>& left, const Days& right) {
  std::vector<Days> result;
  for (const Days& days : left) {
    const Days both{std::max(days.first, right.first), std::min(days.last, right.last)};
    if (both.first <= both.last) result.push_back(both);
  }
  return result;
}

std::vector<Days> difference(const std::vector<Days>& left, const Days& right) {
  std::vector<Days> result;
  for (const Days& days : left) {
    if (right.last < days.first || days.last < right.first) {
      result.push_back(days);
      continue;
    }
    if (days.first < right.first) result.push_back({days.first, {right.first.days - 1}});
    if (right.last < days.last) result.push_back({{right.last.days + 1}, days.last});
  }
  return result;
}

// In order of time, and those that touch joined.
std::vector<Days> joined(std::vector<Days> all) {
  std::sort(all.begin(), all.end(), [](const Days& a, const Days& b) { return a.first < b.first; });
  std::vector<Days> result;
  for (const Days& days : all) {
    if (!result.empty() && days.first.days <= result.back().last.days + 1) {
      result.back().last = std::max(result.back().last, days.last);
    } else {
      result.push_back(days);
    }
  }
  return result;
}

std::vector<Days> in_force(const Regulation& regulation) {
  std::vector<Days> effect;
  std::vector<Days> none;
  for (const Status& status : regulation.statuses) {
    Days days{status.from.value_or(Date::first()), status.until.value_or(Date::last())};
    if (const auto next = replaced_on(regulation, status)) days.last = std::min(days.last, Date{next->days - 1});
    if (days.last < days.first) continue;
    switch (status.kind) {
      case Status::Kind::InForce: effect.push_back(days); break;
      case Status::Kind::Stayed:
      case Status::Kind::Repealed:
      case Status::Kind::Vetoed: none.push_back(days); break;
      case Status::Kind::Proposed:
      case Status::Kind::Other: break;
    }
  }
  auto result = joined(std::move(effect));
  for (const Days& days : none) result = difference(result, days);
  return result;
}

// A date that is written, or a parameter that is the same date at all times.
std::optional<Date> fixed_date(const Model& model, ExprId id) {
  const Expr& expr = model.exprs[id];
  if (expr.kind == ExprKind::DateLiteral) return expr.date;
  if (expr.kind != ExprKind::Parameter) return std::nullopt;
  const Parameter& parameter = model.parameters[expr.parameter];
  if (!parameter.is_date || parameter.spans.size() != 1 || parameter.spans.front().from || parameter.spans.front().until) {
    return std::nullopt;
  }
  const auto days = parameter.spans.front().number.to_int64();
  return days ? std::optional(Date{static_cast<std::int32_t>(*days)}) : std::nullopt;
}

// Every expression of a provision, whatever it stands in.
class Reads {
 public:
  explicit Reads(const Model& model) : model_(model) {}

  std::vector<ExprId> parameters_of(const Provision& provision) {
    auto [conditions, exprs] = parts_of(model_, provision);
    conditions_ = std::move(conditions);
    exprs_ = std::move(exprs);
    std::vector<ExprId> found;
    while (!conditions_.empty() || !exprs_.empty()) {
      if (!conditions_.empty()) {
        const Condition& condition = model_.conditions[conditions_.back()];
        conditions_.pop_back();
        if (condition.kind == ConditionKind::Compare) {
          push(condition.left);
          push(condition.right);
        }
        for (const ConditionId child : condition.children) push(child);
        continue;
      }
      const ExprId id = exprs_.back();
      exprs_.pop_back();
      const Expr& expr = model_.exprs[id];
      if (expr.kind == ExprKind::Parameter) found.push_back(id);
      push(expr.filter);
      for (const ExprId operand : expr.operands) push(operand);
    }
    std::sort(found.begin(), found.end(), [this](ExprId a, ExprId b) {
      return model_.exprs[a].span.begin < model_.exprs[b].span.begin;
    });
    return found;
  }

 private:
  void push(const std::optional<ConditionId>& id) {
    if (id && model_.conditions.contains(*id)) conditions_.push_back(*id);
  }
  void push(const std::optional<ExprId>& id) {
    if (id && model_.exprs.contains(*id)) exprs_.push_back(*id);
  }

  const Model& model_;
  std::vector<ConditionId> conditions_;
  std::vector<ExprId> exprs_;
};

bool has_value_always(const Parameter& parameter) {
  return std::any_of(parameter.spans.begin(), parameter.spans.end(), [](const ParameterSpan& span) { return !span.from && !span.until; });
}

}  // namespace

std::vector<Days> days_of_effect(const Model& model, const Provision& provision, std::span<const RegulationId> assumed) {
  std::vector<Days> result{{}};
  // An assumption holds whatever the status is.
  if (provision.in_vocabulary || provision.kind == ProvisionKind::Assumption) return result;
  const Regulation& regulation = model.regulations[provision.regulation];
  const bool always = regulation.statuses.empty() || std::find(assumed.begin(), assumed.end(), provision.regulation) != assumed.end();
  if (!always) result = in_force(regulation);
  const auto from = [&](std::optional<Date> date) {
    if (date) result = intersection(result, {*date, Date::last()});
  };
  if (provision.part) from(model.parts[*provision.part].applies_from);
  from(provision.applies_from);
  if (provision.from) from(fixed_date(model, *provision.from));
  if (provision.until) {
    if (const auto until = fixed_date(model, *provision.until)) result = intersection(result, {Date::first(), *until});
  }
  return result;
}

std::vector<WithoutValue> parameters_without_value(const Model& model, ProvisionId id, std::span<const RegulationId> assumed) {
  std::vector<WithoutValue> result;
  std::optional<std::vector<Days>> effect;
  for (const ExprId read : Reads(model).parameters_of(model.provisions[id])) {
    const Expr& expr = model.exprs[read];
    const Parameter& parameter = model.parameters[expr.parameter];
    if (has_value_always(parameter) || parameter.spans.empty()) continue;
    if (!effect) effect = days_of_effect(model, model.provisions[id], assumed);
    auto open = *effect;
    const bool as_of = !expr.operands.empty();
    if (as_of && !open.empty()) {
      const auto day = fixed_date(model, expr.operands.front());
      open = {day ? Days{*day, *day} : Days{}};
    }
    for (const ParameterSpan& span : parameter.spans) {
      open = difference(open, {span.from.value_or(Date::first()), span.until.value_or(Date::last())});
    }
    if (open.empty()) continue;
    const bool known = std::any_of(result.begin(), result.end(), [&](const WithoutValue& one) { return one.parameter == expr.parameter; });
    if (!known) result.push_back({id, expr.parameter, expr.span, open.front(), as_of});
  }
  return result;
}

bool check_parameters(const Model& model, std::span<const ProvisionId> provisions, std::span<const RegulationId> assumed,
                      std::span<const ParameterId> overridden, Sink& sink) {
  bool sound = true;
  for (const ProvisionId id : provisions) {
    for (const WithoutValue& one : parameters_without_value(model, id, assumed)) {
      if (std::find(overridden.begin(), overridden.end(), one.parameter) != overridden.end()) continue;
      const Parameter& parameter = model.parameters[one.parameter];
      diagnose<Kind::ParameterWithoutValue>(sink, one.span, parameter.name, in_words(one.days),
                                            one.as_of ? "it is taken as of such a day here" : model.name_of(id) + " can apply then")
          .note(parameter.spans.front().span, "its values");
      sound = false;
    }
  }
  return sound;
}

std::string in_words(const Days& days) {
  if (days.first == days.last) return "on " + to_text(days.first);
  if (days.first == Date::first() && days.last == Date::last()) return "at any time";
  if (days.first == Date::first()) return "before " + to_text(Date{days.last.days + 1});
  if (days.last == Date::last()) return "after " + to_text(Date{days.first.days - 1});
  return "from " + to_text(days.first) + " to " + to_text(days.last);
}

}  // namespace onus::model
