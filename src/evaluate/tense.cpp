#include "evaluate/tense.hpp"

#include <algorithm>
#include <set>

namespace onus::evaluate {

using solve::ExpressionStore;
using solve::LinearForm;

namespace {

// The comparisons in e that involve the day.
void atoms_on(ExpressionStore& store, Expr e, solve::RealVar today, std::vector<solve::Comparison>& out) {
  std::vector<Expr> todo{e};
  std::set<Expr> seen;
  while (!todo.empty()) {
    const auto next = todo.back();
    todo.pop_back();
    if (!seen.insert(next).second) continue;
    switch (store.kind(next)) {
      case solve::Kind::And:
      case solve::Kind::Or: {
        const auto operands = store.operands(next);
        todo.insert(todo.end(), operands.begin(), operands.end());
        break;
      }
      case solve::Kind::Linear: {
        auto comparison = store.comparison(next);
        const auto terms = comparison.form.terms();
        if (std::any_of(terms.begin(), terms.end(), [&](const solve::Term& term) { return term.variable == today; })) {
          out.push_back(std::move(comparison));
        }
        break;
      }
      case solve::Kind::True:
      case solve::Kind::False:
      case solve::Kind::Boolean:
      case solve::Kind::NotBoolean: break;
    }
  }
}

Number clamped(const Number& day) {
  if (day < Number(0)) return Number(0);
  if (day > Number(Date::last_day)) return Number(Date::last_day);
  return day;
}

}  // namespace

Timeline::Timeline(Context& on_day, Expr applies, solve::RealVar today, Date as_of, std::optional<Amount> birth)
    : on_day_(on_day), store_(on_day.store()), applies_(applies), today_(today), as_of_(as_of), birth_(std::move(birth)) {
  std::vector<solve::Comparison> atoms;
  atoms_on(store_, applies_, today_, atoms);
  const auto add = [&](LinearForm form) {
    if (form.is_constant()) form = LinearForm(clamped(form.constant()));
    if (std::find(points_.begin(), points_.end(), form) == points_.end()) points_.push_back(std::move(form));
  };
  for (const auto& atom : atoms) {
    // a * day + rest >= 0 changes at -rest / a: a lower end begins there, an upper end is over the day after.
    LinearForm rest = atom.form;
    Number a;
    for (const auto& term : atom.form.terms()) {
      if (term.variable == today_) a = term.coefficient;
    }
    rest.add(today_, -a);
    LinearForm border = rest;
    border *= Number(-1) / a;
    if (border.is_constant()) {
      const auto value = border.constant();
      if (a.sign() > 0) {
        add(LinearForm(value.is_integer() && atom.relation == solve::Relation::Greater ? value + Number(1) : value.ceil()));
      } else {
        add(LinearForm(value.is_integer() && atom.relation == solve::Relation::Greater ? value : value.floor() + Number(1)));
      }
    } else {
      add(border);
      add(border + LinearForm(Number(1)));
    }
  }
  add(LinearForm(Number(0)));
  if (birth_) add(birth_->form);
  add(LinearForm(Number(as_of_.days) + Number(1)));
}

Expr Timeline::at(const LinearForm& day) {
  solve::Substitution substitution;
  substitution.set(today_, day);
  return store_.substitute(applies_, substitution);
}

Tense Timeline::tense() {
  const auto now = LinearForm(Number(as_of_.days));
  std::vector<Expr> later;
  std::vector<Expr> earlier;
  for (const auto& point : points_) {
    const auto applies = at(point);
    if (applies.is_false()) continue;
    const auto last = LinearForm(Number(Date::last_day));
    later.push_back(store_.and_(std::vector<Expr>{store_.is_positive(point - now), store_.is_at_least_zero(last - point), applies}));
    auto before = store_.and_(store_.is_positive(now - point), applies);
    if (birth_) {
      const auto born = store_.or_(ExpressionStore::not_(birth_->exists), store_.is_at_least_zero(point - birth_->form));
      before = store_.and_(before, born);
    }
    before = store_.and_(before, store_.is_at_least_zero(point));
    earlier.push_back(before);
  }
  return {store_.or_(later), store_.or_(earlier)};
}

std::optional<std::vector<Date>> Timeline::constant_points() const {
  std::vector<Date> result;
  for (const auto& point : points_) {
    if (!point.is_constant()) return std::nullopt;
    result.push_back(Date{static_cast<std::int32_t>(point.constant().to_int64().value_or(0))});
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

std::optional<std::pair<Date, Date>> Timeline::first_after() {
  const auto days = constant_points();
  if (!days) return std::nullopt;
  std::optional<std::pair<Date, Date>> result;
  auto none_before = solve::true_expr;
  for (const auto day : *days) {
    if (day <= as_of_) continue;
    const auto applies = at(LinearForm(Number(day.days)));
    if (on_day_.possible(store_.and_(none_before, applies))) {
      if (!result) result = std::pair(day, day);
      result->second = day;
    }
    none_before = store_.and_(none_before, ExpressionStore::not_(applies));
  }
  return result;
}

std::optional<std::pair<Date, Date>> Timeline::last_before() {
  const auto days = constant_points();
  if (!days) return std::nullopt;
  std::optional<std::pair<Date, Date>> result;
  auto none_after = solve::true_expr;
  for (auto i = days->size(); i > 0; --i) {
    const auto begin = (*days)[i - 1];
    if (begin > as_of_) continue;
    // The stretch ends the day before the next point.
    const auto end = i < days->size() && (*days)[i] <= as_of_ ? Date{(*days)[i].days - 1} : as_of_;
    const auto applies = at(LinearForm(Number(begin.days)));
    if (on_day_.possible(store_.and_(none_after, applies))) {
      if (!result) result = std::pair(end, end);
      result->first = end;
    }
    none_after = store_.and_(none_after, ExpressionStore::not_(applies));
  }
  return result;
}

std::optional<Date> Timeline::since() {
  const auto days = constant_points();
  if (!days) return std::nullopt;
  std::optional<Date> result;
  for (auto i = days->size(); i > 0; --i) {
    const auto day = (*days)[i - 1];
    if (day > as_of_) continue;
    if (!on_day_.certain(at(LinearForm(Number(day.days))))) return result;
    result = day;
  }
  if (result && *result == Date::first()) return std::nullopt;
  return result;
}

}  // namespace onus::evaluate
