// Amounts, dates and values of schemes.
#include <algorithm>

#include "graph/scheme.hpp"

namespace onus::graph {

using formula::Quantity;
using solve::Expr;
using solve::LinearForm;

Expr Schemes::compare(const formula::Atom& atom, const Binding& binding) {
  std::vector<Expr> values;
  for (const auto& [guard, form] : linear(atom.linear, binding)) {
    Expr holds;
    switch (atom.bound) {
      case formula::Bound::Greater: holds = store_.is_positive(form); break;
      case formula::Bound::GreaterEqual: holds = store_.is_at_least_zero(form); break;
      case formula::Bound::Equal: holds = store_.is_zero(form); break;
    }
    values.push_back(store_.and_(guard, holds));
  }
  return store_.or_(values);
}

std::vector<std::pair<Expr, Number>> Schemes::parameter(const formula::ParameterUse& use, const Binding& binding) {
  if (options_.parameters != nullptr)
    for (const auto& [id, number] : *options_.parameters)
      if (id == use.parameter) return {{solve::true_expr, number}};
  std::vector<std::pair<Expr, Number>> result;
  const auto on = [&](Expr guard, const LinearForm& day) {
    for (const auto& span : model_.parameters[use.parameter].spans) {
      Expr inside = guard;
      if (span.from) inside = store_.and_(inside, store_.is_at_least_zero(day - LinearForm(Number(span.from->days))));
      if (span.until) inside = store_.and_(inside, store_.is_at_least_zero(LinearForm(Number(span.until->days)) - day));
      if (!inside.is_false()) result.emplace_back(inside, span.number);
    }
  };
  if (use.as_of_day) {
    on(solve::true_expr, LinearForm(Number(*use.as_of_day)));
  } else if (use.as_of_path.is_valid()) {
    for (const auto& [guard, slot] : resolve(use.as_of_path, binding))
      on(store_.and_(guard, slots_.exists(slot, use.as_of_field, 0)), slots_.amount(slot, use.as_of_field, 0));
  } else {
    on(solve::true_expr, slots_.today());
  }
  return result;
}

LinearForm Schemes::moved_by_months(const LinearForm& date, std::int64_t months) {
  if (date.is_constant()) return LinearForm(formula::moved_by_months(date.constant(), months));
  // Between 28 and 31 days a month away.
  std::string key = "months/" + std::to_string(months) + "/" + date.constant().numerator_text();
  for (const auto& term : date.terms())
    key += "/" + std::to_string(term.variable.index) + "*" + to_text(term.coefficient);
  FactInfo info;
  info.kind = FactInfo::Kind::Computed;
  info.day = true;
  const std::string moved = std::to_string(months < 0 ? -months : months) + (months == 1 || months == -1 ? " month " : " months ") +
                            (months < 0 ? "before" : "after");
  const auto* dated = date.terms().size() == 1 ? slots_.info(date.terms().front().variable) : nullptr;
  info.text = moved + " " + (dated != nullptr ? "the " + dated->text : std::string("a date"));
  solve::Domain domain;
  domain.integer = true;
  const LinearForm result = slots_.free_amount(key, std::move(info), domain);
  const Number least(months >= 0 ? 28 * months : 31 * months), most(months >= 0 ? 31 * months : 28 * months);
  slots_.require(store_.is_at_least_zero(result - date - LinearForm(least)));
  slots_.require(store_.is_at_least_zero(date + LinearForm(most) - result));
  return result;
}

// "the number of modifications of the model", "the sum of compute over the modifications of the model, as far as they meet a
// condition".
std::string Schemes::aggregate_text(const formula::Aggregate& aggregate, const Binding& binding) {
  std::string text = "the number of ";
  if (!aggregate.count) {
    std::string summed;
    for (const auto& each : aggregate.body) {
      const std::string name = each.quantity == Quantity::Fact ? model_.fields[each.field].name
                               : each.quantity == Quantity::Value ? model_.values[each.value].name
                                                                  : "amounts";
      if (summed.find(name) == std::string::npos) summed += (summed.empty() ? "" : " and ") + name;
    }
    text = "the sum of " + (summed.empty() ? "amounts" : summed) + " over ";
  }
  text += set_text(aggregate.domain_of, aggregate.domain, binding);
  if (!program_.formulas[aggregate.filter].children.empty() || program_.formulas[aggregate.filter].op == formula::Op::Atom)
    text += " that meet a condition";
  return text;
}

Schemes::Amounts Schemes::term(const formula::LinearTerm& term, const Binding& binding) {
  Amounts pieces;
  switch (term.quantity) {
    case Quantity::One:
      pieces.push_back({solve::true_expr, LinearForm(Number(1))});
      break;
    case Quantity::Today: pieces.push_back({solve::true_expr, slots_.today()}); break;
    case Quantity::Fact:
      for (const auto& [guard, slot] : resolve(term.path, binding)) {
        if (term.year_from_today && !options_.as_of) {
          // The year moves with the day: a variable of its own, the same for all who mean it.
          FactInfo info;
          info.kind = FactInfo::Kind::Computed;
          info.slot = slot;
          info.field = term.field;
          info.text = model_.fields[term.field].name + " of " + slots_.text_of(slot) + " in the year of the as-of date" +
                      (*term.year_from_today == 0 ? "" : " " + std::to_string(*term.year_from_today));
          solve::Domain domain;
          domain.lower = solve::Bound{Number(0), true};
          const std::string key = "year/" + std::to_string(slot.index) + "/" + std::to_string(term.field.index) + "/" +
                                  std::to_string(*term.year_from_today);
          pieces.push_back({guard, slots_.free_amount(key, std::move(info), domain)});
          continue;
        }
        const std::int32_t year = term.year_from_today ? options_.as_of->year() + *term.year_from_today : term.year;
        pieces.push_back({store_.and_(guard, slots_.exists(slot, term.field, year)), slots_.amount(slot, term.field, year)});
      }
      break;
    case Quantity::Value:
      for (const auto& [guard, slot] : resolve(term.path, binding))
        for (const auto& piece : value(term.value, slot)) pieces.push_back({store_.and_(guard, piece.guard), piece.amount});
      break;
    case Quantity::Aggregate: {
      const auto& aggregate = program_.formulas[term.aggregate];
      FactInfo info;
      info.kind = FactInfo::Kind::Computed;
      if (!binding.empty()) info.slot = binding.front();
      info.text = aggregate_text(aggregate, binding);
      for (const auto& each : aggregate.body)
        if (!aggregate.count && each.quantity == Quantity::Fact) info.unit = model_.fields[each.field].unit;
      const bool any_sign = std::ranges::any_of(aggregate.body, [](const auto& each) { return each.coefficient < Number(0); });
      solve::Domain domain;
      domain.integer = aggregate.count;
      if (!any_sign) domain.lower = solve::Bound{Number(0), true};
      std::string key = "aggregate/" + std::to_string(term.aggregate.index);
      for (const SlotId slot : binding) key += "/" + std::to_string(slot.index);
      pieces.push_back({solve::true_expr, slots_.free_amount(key, std::move(info), domain)});
      break;
    }
  }
  std::erase_if(pieces, [](const GuardedAmount& piece) { return piece.guard.is_false(); });
  for (const auto& use : term.parameters) {
    Amounts next;
    for (const auto& [guard, number] : parameter(use, binding)) {
      for (const auto& piece : pieces) {
        const Expr both = store_.and_(piece.guard, guard);
        if (!both.is_false()) next.push_back({both, piece.amount * number});
      }
    }
    pieces = std::move(next);
  }
  for (auto& piece : pieces) {
    for (const auto& move : term.moves) piece.amount = moved_by_months(piece.amount + LinearForm(move.days), move.months);
    piece.amount *= term.coefficient;
  }
  return pieces;
}

Schemes::Amounts Schemes::linear(const formula::Linear& linear, const Binding& binding) {
  Amounts sums{{solve::true_expr, LinearForm()}};
  for (const auto& each : linear) {
    const Amounts addends = term(each, binding);
    Amounts next;
    for (const auto& sum : sums)
      for (const auto& addend : addends) {
        const Expr guard = store_.and_(sum.guard, addend.guard);
        if (!guard.is_false()) next.push_back({guard, sum.amount + addend.amount});
      }
    sums = std::move(next);
  }
  return sums;
}

Schemes::Amounts Schemes::pieces(const formula::Pieces& all, const Binding& binding, const Variables& variables) {
  Amounts result;
  for (const auto& piece : all) {
    const Expr guard = formula(piece.guard, binding, variables);
    if (guard.is_false()) continue;
    for (auto& part : linear(piece.amount, binding)) {
      const Expr both = store_.and_(part.guard, guard);
      if (!both.is_false()) result.push_back({both, part.amount});
    }
  }
  return result;
}

Schemes::Amounts Schemes::value(model::ValueId id, SlotId slot) {
  const auto memo = std::pair(id.index, slot);
  if (const auto known = value_memo_.find(memo); known != value_memo_.end()) return known->second;
  const auto& computed = model_.values[id];
  const auto& provision = model_.provisions[computed.provision];
  const std::string key = "value/" + std::to_string(id.index);
  if (!enter(key, computed.recursive, slot)) {
    FactInfo info;
    info.kind = FactInfo::Kind::Computed;
    info.slot = slot;
    info.text = "the " + computed.name + " of " + slots_.text_of(slot);
    info.unit = computed.unit;
    info.day = computed.type == model::ExprType::Date;
    bool any_sign = false;
    for (const auto& root : program_.of(computed.provision).cases)
      for (const auto& piece : root.amount)
        for (const auto& each : piece.amount) any_sign = any_sign || each.coefficient < Number(0);
    solve::Domain domain;
    if (!any_sign) domain.lower = solve::Bound{Number(0), true};
    domain.integer = computed.type == model::ExprType::Date || computed.type == model::ExprType::Moment;
    return {{solve::true_expr, slots_.free_amount(key + "/" + std::to_string(slot.index), std::move(info), domain)}};
  }
  Amounts result;
  const Binding here{slot};
  for (const auto& root : program_.of(computed.provision).cases) {
    const Expr taken = formula(root.guard, here, provision.variables);
    if (taken.is_false()) continue;
    for (const auto& piece : pieces(root.amount, here, provision.variables)) {
      const Expr both = store_.and_(piece.guard, taken);
      if (!both.is_false()) result.push_back({both, piece.amount});
    }
  }
  leave(key);
  if (!computed.recursive) value_memo_.emplace(memo, result);
  return result;
}

}  // namespace onus::graph
