#include "evaluate/tense.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace onus::evaluate {

using solve::ExpressionStore;
using solve::LinearForm;

namespace {

// The comparisons in these that involve the day.
void atoms_on(ExpressionStore& store, std::vector<Expr> todo, solve::RealVar today, std::vector<solve::Comparison>& out) {
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
  atoms_on(store_, on_day_.world().definitions().with_definitions(applies_), today_, atoms);
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
  known_points_ = std::all_of(points_.begin(), points_.end(), [](const LinearForm& point) { return point.is_constant(); });
}

Expr Timeline::at(const LinearForm& day) {
  for (const auto& [known, applies] : at_) {
    if (known == day) return applies;
  }
  Definitions::Replacement replacement;
  replacement.reals.emplace_back(today_, day);
  at_.emplace_back(day, on_day_.world().replaced(applies_, replacement));
  return at_.back().second;
}

const Tense& Timeline::tense() {
  if (!tense_) tense_ = tense_on(LinearForm(Number(as_of_.days)));
  return *tense_;
}

Tense Timeline::tense_on(const LinearForm& now) {
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

bool Timeline::certainly_on(Date day) { return on_day_.certain(at(day)); }

Expr Timeline::at(Date day) {
  const LinearForm asked(Number(day.days));
  if (!known_points_) return at(asked);
  // As on the first day of the stretch that it is in; the first of all begins on day 0.
  const LinearForm* begin = nullptr;
  for (const auto& point : points_) {
    if (point.constant() <= asked.constant() && (begin == nullptr || begin->constant() < point.constant())) begin = &point;
  }
  return at(begin == nullptr ? asked : *begin);
}

// It applies on some day of [first, last] (`wanted`), or fails to on some (not `wanted`).
Expr Timeline::some_day(Date first, Date last, bool wanted) {
  const auto as_wanted = [&](Expr applies) { return wanted ? applies : ExpressionStore::not_(applies); };
  std::vector<Expr> some{as_wanted(at(first))};
  for (const auto& point : points_) {
    const auto inside = store_.and_(store_.is_at_least_zero(point - LinearForm(Number(first.days))),
                                    store_.is_at_least_zero(LinearForm(Number(last.days)) - point));
    if (!inside.is_false()) some.push_back(store_.and_(inside, as_wanted(at(point))));
  }
  return store_.or_(some);
}

namespace {

// The least day of [low, high] for which the test says yes; it says yes from some day on. Nothing: on none.
std::optional<Date> least(Date low, Date high, const std::function<bool(Date)>& test) {
  if (low > high || !test(high)) return std::nullopt;
  while (low < high) {
    const Date middle{low.days + (high.days - low.days) / 2};
    if (test(middle)) {
      high = middle;
    } else {
      low = Date{middle.days + 1};
    }
  }
  return low;
}

}  // namespace

// A stretch of possible days is covered by completions, each as far as one reaches that has it all the way: with every test
// the question is about one completion, so that none has to look at all of them on all days.
std::vector<Date> Timeline::turns(Date first, Date last, std::size_t most) {
  std::vector<Date> result;
  Date here = first;
  bool possible = on_day_.possible(at(here));
  for (std::size_t steps = 0; here < last; ++steps) {
    if (steps > most) throw GaveUp{"what the case leaves open is different on too many days", false};
    const Date next{here.days + 1};
    std::optional<Date> other;   // the first day behind `here` that this search does not vouch for
    if (possible) {
      other = least(next, last, [&](Date day) { return on_day_.certain(some_day(here, day, false)); });
    } else {
      other = least(next, last, [&](Date day) { return on_day_.possible(some_day(next, day, true)); });
    }
    if (!other) break;
    const bool then = on_day_.possible(at(*other));
    if (then != possible) result.push_back(*other);
    possible = then;
    here = *other;
  }
  return result;
}

std::optional<std::pair<Date, Date>> Timeline::first_after() {
  const Date next{as_of_.days + 1};
  const auto earliest = least(next, Date::last(), [&](Date day) { return on_day_.possible(some_day(next, day, true)); });
  if (!earliest) return std::nullopt;
  const auto latest = least(*earliest, Date::last(), [&](Date day) { return on_day_.certain(some_day(next, day, true)); });
  if (!latest) return std::nullopt;
  return std::pair(*earliest, *latest);
}

std::optional<std::pair<Date, Date>> Timeline::last_before() {
  const Date before{as_of_.days - 1};
  if (before < Date::first()) return std::nullopt;
  // Counted back from the as-of date, so that the tests hold from some distance on.
  const auto back = [&](Date distance) { return Date{before.days - distance.days}; };
  const auto nearest = least(Date::first(), before, [&](Date d) { return on_day_.possible(some_day(back(d), before, true)); });
  if (!nearest) return std::nullopt;
  const auto farthest = least(*nearest, before, [&](Date d) { return on_day_.certain(some_day(back(d), before, true)); });
  if (!farthest) return std::nullopt;
  return std::pair(back(*farthest), back(*nearest));
}

std::optional<Date> Timeline::since() {
  const auto result = least(Date::first(), as_of_, [&](Date day) { return !on_day_.possible(some_day(day, as_of_, false)); });
  if (!result || *result == Date::first()) return std::nullopt;
  return result;
}

}  // namespace onus::evaluate
