// What was performed, and whether a norm is violated in a row (semantics.md § 8): what a penalty waits for.
//
// A duty is violated where it applied on the last day of a dated deadline, that day is over, and it was neither performed nor
// fulfilled up to today; a prohibition, where it was performed on a day on which it applied. Whether a norm applied on another
// day is asked of a grounder whose day is a variable, and that day is then put in.
#include <algorithm>

#include "evaluate/deadlines.hpp"
#include "evaluate/ground.hpp"

namespace onus::evaluate {

using model::ProvisionId;
using solve::ExpressionStore;
using solve::LinearForm;

namespace {

constexpr EntityIndex unset = ~EntityIndex{0};

}  // namespace

Grounder& Grounder::any_day() {
  if (any_day_) return *any_day_;
  solve::Domain domain;
  domain.integer = true;
  domain.lower = solve::Bound{Number(0), true};
  domain.upper = solve::Bound{Number(Date::last_day), true};
  auto options = options_;
  options.traced = false;
  options.today = std::nullopt;
  options.today_variable = store_.new_real(domain);
  any_day_ = std::make_unique<Grounder>(world_, std::move(options));
  any_day_->choice_memo_ = choice_memo_;
  return *any_day_;
}

Expr Grounder::applied_on(ProvisionId norm, BindingId row, Expr match, const LinearForm& day) {
  auto& there = any_day();
  const auto applies = there.propositions_[there.norm(norm, there.binding(bindings_[row]), match)].yes;
  choices_.insert(there.choices_.begin(), there.choices_.end());
  loose_ = loose_ || there.loose_;
  Definitions::Replacement replacement;
  replacement.reals.emplace_back(there.options_.today_variable, day);
  return world_.replaced(applies, replacement);
}

Expr Grounder::performed(ProvisionId norm, std::optional<EntityIndex> bearer, std::optional<EntityIndex> object, BindingId row,
                         std::vector<LinearForm>* days, std::vector<Expr>* there) {
  std::vector<Expr> some;
  for (const auto& act : world_.performances(norm, bearer, object, row.is_valid() ? &bindings_[row] : nullptr)) {
    const auto done = store_.and_(act.exists, store_.is_at_least_zero(today() - act.form));
    some.push_back(done);
    if (days == nullptr) continue;
    days->push_back(act.form);
    there->push_back(done);
  }
  return store_.or_(some);
}

Expr Grounder::fulfilled(ProvisionId norm, std::optional<EntityIndex> bearer, std::optional<EntityIndex> object, BindingId row) {
  const auto& provision = model_.provisions[norm];
  const auto& roots = program_.of(norm);
  std::vector<Expr> some;
  for (std::size_t i = 0; i < provision.fulfilled_by.size(); ++i) {
    const auto& way = provision.fulfilled_by[i];
    const auto open = traces_[formula(roots.fulfilled[i].condition, row, provision.variables)].value;
    if (open.is_false()) continue;
    if (way.norm) {
      some.push_back(store_.and_(open, performed(*way.norm, bearer, object, {}, nullptr, nullptr)));
    } else if (roots.fulfilled[i].date.empty()) {
      some.push_back(open);
    } else {
      for (const auto& piece : pieces(roots.fulfilled[i].date, row, provision.variables)) {
        some.push_back(store_.and_(std::vector<Expr>{open, piece.guard, store_.is_at_least_zero(today() - piece.form)}));
      }
    }
  }
  return store_.or_(some);
}

// The last day in time, counted from a day that may not be known. Nothing where business days would have to be counted from
// such a day, and past the calendar.
std::vector<std::pair<Expr, LinearForm>> Grounder::last_days(const model::Provision& norm, const model::Due& due, const LinearForm& event) {
  const bool moments = model_.type_of(*due.expr) == model::ExprType::Moment;
  const bool hours = due.kind == model::Due::Kind::Within && due.period.unit == Period::Unit::Hours;
  if (event.is_constant()) {
    const auto number = event.constant().to_int64();
    if (!number || *number < 0 || *number > (moments ? Moment::last().minutes : Date::last_day)) return {};
    const auto day = moments ? Moment{*number}.date() : Date{static_cast<std::int32_t>(*number)};
    std::optional<Date> last;
    if (moments && hours) {
      if (const auto moment = last_moment_in_time(model_, norm, due, Moment{*number})) last = moment->date();
    } else {
      last = last_day_in_time(model_, norm, due, day);
    }
    if (!last) return {};
    return {{solve::true_expr, LinearForm(Number(last->days))}};
  }
  if (moments) {
    // The day of a moment is its minutes in whole days; hours are added before.
    solve::Domain days;
    days.integer = true;
    days.lower = solve::Bound{Number(0), true};
    days.upper = solve::Bound{Number(Date::last_day + (hours ? due.period.count : 0)), true};
    const auto minutes = event + LinearForm(Number(hours ? 60 * due.period.count : 0));
    const auto day = world_.auxiliary(days);
    const auto rest = minutes - day * Number(Moment::per_day);
    world_.define(day, store_.and_(store_.is_at_least_zero(rest), store_.is_positive(LinearForm(Number(Moment::per_day)) - rest)));
    return hours ? std::vector<std::pair<Expr, LinearForm>>{{solve::true_expr, day}} : last_days_of(norm, due, day);
  }
  return last_days_of(norm, due, event);
}

std::vector<std::pair<Expr, LinearForm>> Grounder::last_days_of(const model::Provision& norm, const model::Due& due, const LinearForm& event) {
  if (due.kind == model::Due::Kind::By) return {{solve::true_expr, event}};
  if (due.kind == model::Due::Kind::Before) return {{solve::true_expr, event - LinearForm(Number(1))}};
  if (due.kind != model::Due::Kind::Within) return {};
  LinearForm last = event;
  switch (due.period.unit) {
    case Period::Unit::Days: last += LinearForm(Number(due.period.count)); break;
    case Period::Unit::Weeks: last += LinearForm(Number(due.period.count * 7)); break;
    case Period::Unit::Months: last = moved_by_months(event, due.period.count); break;
    case Period::Unit::Years: last = moved_by_months(event, due.period.count * 12); break;
    case Period::Unit::Hours:
    case Period::Unit::BusinessDays: return {};
  }
  if (!moves_on(model_, norm)) return {{solve::true_expr, last}};
  // From a weekend on to Monday. The day of the week is what is left of the days when whole weeks are taken away.
  solve::Domain weeks;
  weeks.integer = true;
  weeks.lower = solve::Bound{Number(0), true};
  weeks.upper = solve::Bound{Number(Date::last_day / 7 + 53 * (due.period.count + 1)), true};
  const auto week = world_.auxiliary(weeks);
  const auto rest = last - week * Number(7);
  world_.define(week, store_.and_(store_.is_at_least_zero(rest), store_.is_positive(LinearForm(Number(7)) - rest)));
  std::vector<std::pair<Expr, LinearForm>> result;
  std::vector<Expr> weekend;
  for (std::int32_t day = 0; day < 7; ++day) {
    const auto weekday = Date{day}.weekday();
    if (weekday != Weekday::Saturday && weekday != Weekday::Sunday) continue;
    weekend.push_back(store_.is_zero(rest - LinearForm(Number(day))));
    result.emplace_back(weekend.back(), last + LinearForm(Number(weekday == Weekday::Saturday ? 2 : 1)));
  }
  result.emplace_back(ExpressionStore::not_(store_.or_(weekend)), last);
  return result;
}

// In one row of it.
Expr Grounder::violated_in(ProvisionId norm, BindingId row, Expr match, std::optional<EntityIndex> bearer,
                           std::optional<EntityIndex> object) {
  const auto& provision = model_.provisions[norm];
  std::vector<Expr> some;
  if (provision.kind == model::ProvisionKind::Prohibition) {
    std::vector<LinearForm> days;
    std::vector<Expr> there;
    performed(norm, bearer, object, row, &days, &there);
    for (std::size_t i = 0; i < days.size(); ++i) some.push_back(store_.and_(there[i], applied_on(norm, row, match, days[i])));
    return store_.or_(some);
  }
  const auto& roots = program_.of(norm);
  for (std::size_t i = 0; i < provision.dues.size(); ++i) {
    const auto& due = provision.dues[i];
    if (!is_dated(due) || !due.expr) continue;
    for (const auto& piece : pieces(roots.dues[i], row, provision.variables)) {
      auto days = last_days(provision, due, piece.form);
      if (days.empty() && !piece.form.is_constant()) {
        // A day of which nothing is known but that it may be the last.
        std::string key = "last/" + std::to_string(norm.index) + '/' + std::to_string(i);
        for (const auto entity : bindings_[row]) key += '/' + std::to_string(entity);
        solve::Domain domain;
        domain.integer = true;
        domain.lower = solve::Bound{Number(0), true};
        domain.upper = solve::Bound{Number(Date::last_day), true};
        days.emplace_back(solve::true_expr, world_.free_amount(key, bearer.value_or(object.value_or(0)),
                                                               "the last day in time of " + model_.name_of(norm), domain));
      }
      for (const auto& [guard, day] : days) {
        const auto over = store_.and_(std::vector<Expr>{piece.guard, guard, store_.is_positive(today() - day)});
        if (!over.is_false()) some.push_back(store_.and_(over, applied_on(norm, row, match, day)));
      }
    }
  }
  const auto missed = store_.or_(some);
  if (missed.is_false()) return missed;
  const auto done = store_.or_(performed(norm, bearer, object, row, nullptr, nullptr), fulfilled(norm, bearer, object, row));
  return store_.and_(missed, ExpressionStore::not_(done));
}

// In some row of it with this bearer and object (none: whatever it is).
Expr Grounder::violated(ProvisionId norm, std::optional<EntityIndex> bearer, std::optional<EntityIndex> object) {
  const auto& provision = model_.provisions[norm];
  std::vector<std::vector<EntityIndex>> tuples{std::vector<EntityIndex>(provision.row_size, unset)};
  const auto pin = [&](const std::optional<model::Path>& path, std::optional<EntityIndex> entity) {
    if (path && entity && path->steps.empty()) tuples.front().at(path->root.index) = *entity;
  };
  pin(provision.bearer, bearer);
  pin(provision.object, object);
  for (std::uint32_t i = 0; i < provision.row_size; ++i) {
    if (tuples.front()[i] != unset) continue;
    std::vector<std::vector<EntityIndex>> next;
    for (const auto& tuple : tuples) {
      for (const auto entity : world_.of_kind(provision.variables[i].kind)) {
        if (world_.ends_recursion(entity)) continue;
        next.push_back(tuple);
        next.back()[i] = entity;
      }
    }
    if (next.empty()) return solve::false_expr;
    tuples = std::move(next);
  }
  std::vector<Expr> some;
  for (auto& tuple : tuples) {
    const auto row = binding(std::move(tuple));
    auto match = present(row);
    if (provision.bearer && bearer) match = store_.and_(match, ends_at(*provision.bearer, row, *bearer));
    if (match.is_false()) continue;
    if (!provision.object || object) {
      if (provision.object) match = store_.and_(match, ends_at(*provision.object, row, *object));
      if (!match.is_false()) some.push_back(violated_in(norm, row, match, bearer, object));
      continue;
    }
    for (const auto& [guard, entity] : follow(*provision.object, row)) {
      some.push_back(violated_in(norm, row, store_.and_(match, guard), bearer, entity));
    }
  }
  return store_.or_(some);
}

// The norms that name this one by `failing which`, each where it is violated for its bearer and object.
std::vector<TraceId> Grounder::followed(ProvisionId id, BindingId row) {
  const auto& provision = model_.provisions[id];
  std::vector<TraceId> result;
  // An authority as the bearer has no entity, a penalty without an object is about every object.
  const auto ends = [&](const std::optional<model::Path>& path) {
    return path ? follow(*path, row) : Alternatives{{solve::true_expr, unset}};
  };
  const auto entity = [](EntityIndex index) { return index == unset ? std::nullopt : std::optional(index); };
  for (const auto norm : program_.followed[id.index]) {
    std::vector<Expr> some;
    for (const auto& bearer : ends(provision.bearer)) {
      for (const auto& object : ends(provision.object)) {
        const auto guard = store_.and_(bearer.guard, object.guard);
        if (!guard.is_false()) some.push_back(store_.and_(guard, violated(norm, entity(bearer.entity), entity(object.entity))));
      }
    }
    Trace trace;
    trace.op = Trace::Op::Case;
    trace.value = store_.or_(some);
    trace.provision = norm;
    trace.children = {leaf(trace.value)};
    result.push_back(add(std::move(trace)));
  }
  return result;
}

}  // namespace onus::evaluate
