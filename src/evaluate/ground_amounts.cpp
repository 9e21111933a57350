#include "evaluate/ground.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/date.hpp"

namespace onus::evaluate {

using formula::Op;
using formula::Quantity;
using solve::ExpressionStore;
using solve::LinearForm;

std::vector<std::pair<Expr, Number>> Grounder::parameter(const formula::ParameterUse& use, BindingId binding) {
  const auto& parameter = model_.parameters[use.parameter];
  if (options_.parameters != nullptr) {
    for (const auto& [id, number] : *options_.parameters) {
      if (id == use.parameter) return {{solve::true_expr, number}};
    }
  }
  std::vector<std::pair<Expr, Number>> result;
  const auto on = [&](Expr guard, const LinearForm& day) {
    for (const auto& span : parameter.spans) {
      auto inside = guard;
      if (span.from) inside = store_.and_(inside, store_.is_at_least_zero(day - LinearForm(Number(span.from->days))));
      if (span.until) inside = store_.and_(inside, store_.is_at_least_zero(LinearForm(Number(span.until->days)) - day));
      if (!inside.is_false()) result.emplace_back(inside, span.number);
    }
  };
  if (use.as_of_day) {
    on(solve::true_expr, LinearForm(Number(*use.as_of_day)));
  } else if (use.as_of_path.is_valid()) {
    for (const auto& [guard, entity] : resolve(use.as_of_path, binding)) {
      const auto date = world_.amount(entity, use.as_of_field, 0);
      on(store_.and_(guard, date.exists), date.form);
    }
  } else {
    on(solve::true_expr, today());
  }
  return result;
}

LinearForm Grounder::moved_by_months(const LinearForm& date, std::int64_t months) {
  if (date.is_constant()) return LinearForm(formula::moved_by_months(date.constant(), months));
  solve::Domain domain;
  domain.integer = true;
  // A date that the case gives as a range: later days are moved to days that are not earlier, so the ends are moved to the ends.
  std::optional<std::int64_t> first, last;
  if (date.terms().size() == 1 && date.terms().front().coefficient == Number(1)) {
    const auto& given = store_.domain(date.terms().front().variable);
    if (given.integer && given.lower && given.upper) {
      first = (given.lower->value + date.constant()).to_int64();
      last = (given.upper->value + date.constant()).to_int64();
    }
  }
  constexpr std::int64_t most_days = 800;
  const bool ranges = first && last && *first >= 0 && *last <= Date::last_day && !(*first == 0 && *last == Date::last_day);
  if (ranges) {
    domain.lower = solve::Bound{formula::moved_by_months(Number(*first), months), true};
    domain.upper = solve::Bound{formula::moved_by_months(Number(*last), months), true};
  }
  const auto result = world_.auxiliary(domain);
  if (ranges && *last - *first <= most_days) {
    // Day by day, those together that are moved equally far: some months each, but for the days at their ends.
    const auto distance = [&](std::int64_t day) { return formula::moved_by_months(Number(day), months) - Number(day); };
    for (std::int64_t from = *first; from <= *last;) {
      const auto far = distance(from);
      auto to = from;
      while (to < *last && distance(to + 1) == far) ++to;
      const auto within = store_.and_(store_.is_at_least_zero(date - LinearForm(Number(from))), store_.is_at_least_zero(LinearForm(Number(to)) - date));
      world_.define(result, store_.implies(within, store_.is_zero(result - date - LinearForm(far))));
      from = to + 1;
    }
    return result;
  }
  // Where little is known of the date, the moved date lies between 28 and 31 days a month away.
  loose_ = true;
  const auto least = Number(months >= 0 ? 28 * months : 31 * months);
  const auto most = Number(months >= 0 ? 31 * months : 28 * months);
  world_.define(result, store_.is_at_least_zero(result - date - LinearForm(least)));
  world_.define(result, store_.is_at_least_zero(date + LinearForm(most) - result));
  return result;
}

std::vector<GroundPiece> Grounder::scaled(std::vector<GroundPiece> pieces, const formula::LinearTerm& term, BindingId binding) {
  for (const auto& use : term.parameters) {
    std::vector<GroundPiece> next;
    for (const auto& [guard, number] : parameter(use, binding)) {
      for (const auto& piece : pieces) {
        auto product = piece;
        product.guard = store_.and_(piece.guard, guard);
        product.form *= number;
        if (!product.guard.is_false()) next.push_back(std::move(product));
      }
    }
    pieces = std::move(next);
  }
  for (auto& piece : pieces) {
    for (const auto& move : term.moves) piece.form = moved_by_months(piece.form + LinearForm(move.days), move.months);
    piece.form *= term.coefficient;
  }
  return pieces;
}

// The year of a fact, with the days on which it is that one. On a day that is a variable: each year of which the case says
// something, the year of the as-of date, and one that stands for all others, of which nothing is known (it lies before the
// calendar, and has a variable of its own for each distance from the day).
std::vector<std::pair<Expr, std::int32_t>> Grounder::years_of(const formula::LinearTerm& term) {
  if (!term.year_from_today) return {{solve::true_expr, term.year}};
  const auto shift = *term.year_from_today;
  if (options_.today) return {{solve::true_expr, options_.today->year() + shift}};
  std::set<std::int32_t> years{options_.near_year + shift};
  for (const auto& [key, state] : world_.the_case().states) {
    if (key.field == term.field) years.insert(key.year);
  }
  std::vector<std::pair<Expr, std::int32_t>> result;
  std::vector<Expr> none;
  const auto begin = [&](std::int32_t year) {   // of the year in which the day then is
    if (year - shift < 1) return Number(0);
    const auto date = Date::from_civil(year - shift, 1, 1);
    return date ? Number(date->days) : Number(Date::last_day) + Number(1);
  };
  for (const auto year : years) {
    const auto in_it = store_.and_(store_.is_at_least_zero(today() - LinearForm(begin(year))),
                                   store_.is_positive(LinearForm(begin(year + 1)) - today()));
    result.emplace_back(in_it, year);
    none.push_back(ExpressionStore::not_(in_it));
  }
  result.emplace_back(store_.and_(none), shift - 10'000);
  return result;
}

std::vector<GroundPiece> Grounder::term(const formula::LinearTerm& term, BindingId binding, const Variables& variables) {
  std::vector<GroundPiece> pieces;
  switch (term.quantity) {
    case Quantity::One: pieces.push_back({solve::true_expr, LinearForm(Number(1)), {}}); break;
    case Quantity::Today: pieces.push_back({solve::true_expr, today(), {}}); break;
    case Quantity::Fact: {
      for (const auto& [in_year, year] : years_of(term)) {
        for (const auto& [guard, entity] : resolve(term.path, binding)) {
          const auto amount = world_.amount(entity, term.field, year);
          const auto there = store_.and_(std::vector<Expr>{in_year, guard, amount.exists});
          if (!there.is_false()) pieces.push_back({there, amount.form, {}});
        }
      }
      break;
    }
    case Quantity::Value:
      for (const auto& [guard, entity] : resolve(term.path, binding)) {
        for (auto piece : value(term.value, entity)) {
          piece.guard = store_.and_(guard, piece.guard);
          if (piece.guard.is_false()) continue;
          // Its cases are grounds where the path leads there.
          for (auto& used : piece.cases) used = where(guard, used);
          pieces.push_back(std::move(piece));
        }
      }
      break;
    case Quantity::Aggregate: pieces = aggregate(program_.formulas[term.aggregate], binding, variables); break;
  }
  return scaled(std::move(pieces), term, binding);
}

std::vector<GroundPiece> Grounder::linear(const formula::Linear& linear, BindingId binding, const Variables& variables) {
  std::vector<GroundPiece> sums{{solve::true_expr, LinearForm(), {}}};
  for (const auto& each : linear) {
    const auto addends = merged(term(each, binding, variables));
    if (sums.size() == 1 && addends.size() == 1) {   // by far the most
      auto& sum = sums.front();
      const auto& addend = addends.front();
      sum.guard = store_.and_(sum.guard, addend.guard);
      sum.form += addend.form;
      sum.cases.insert(sum.cases.end(), addend.cases.begin(), addend.cases.end());
      if (sum.guard.is_false()) sums.clear();
      continue;
    }
    std::vector<GroundPiece> next;
    for (const auto& sum : sums) {
      for (const auto& addend : addends) {
        GroundPiece piece{store_.and_(sum.guard, addend.guard), sum.form + addend.form, sum.cases};
        if (piece.guard.is_false()) continue;
        piece.cases.insert(piece.cases.end(), addend.cases.begin(), addend.cases.end());
        next.push_back(std::move(piece));
      }
    }
    sums = merged(std::move(next));
  }
  return sums;
}

std::vector<GroundPiece> Grounder::pieces(const formula::Pieces& all, BindingId binding, const Variables& variables) {
  std::vector<GroundPiece> result;
  for (const auto& piece : all) {
    const auto guard = formula(piece.guard, binding, variables);
    const auto guard_value = traces_[guard].value;
    if (guard_value.is_false()) continue;
    for (auto part : linear(piece.amount, binding, variables)) {
      part.guard = store_.and_(part.guard, guard_value);
      if (!part.guard.is_false()) result.push_back(std::move(part));
    }
  }
  return result;
}

// What a number that is one of these may be: whole, if all of them are. (Days are; comparisons of whole numbers are tighter.)
solve::Domain Grounder::domain_of(const std::vector<GroundPiece>& pieces) const {
  solve::Domain domain;
  domain.integer = std::all_of(pieces.begin(), pieces.end(), [&](const GroundPiece& piece) {
    const auto terms = piece.form.terms();
    return piece.form.constant().is_integer() && std::all_of(terms.begin(), terms.end(), [&](const solve::Term& term) {
             return term.coefficient.is_integer() && store_.domain(term.variable).integer;
           });
  });
  return domain;
}

// Many pieces become one number that constraints determine: products of pieces would grow without bound along a chain.
std::vector<GroundPiece> Grounder::merged(std::vector<GroundPiece> pieces) {
  if (pieces.size() <= 4) return pieces;
  const auto number = world_.auxiliary(domain_of(pieces));
  GroundPiece result{solve::false_expr, number, {}};
  for (const auto& piece : pieces) {
    world_.define(number, store_.implies(piece.guard, store_.is_zero(number - piece.form)));
    result.guard = store_.or_(result.guard, piece.guard);
    for (const auto used : piece.cases) {
      if (std::find(result.cases.begin(), result.cases.end(), used) == result.cases.end()) result.cases.push_back(used);
    }
  }
  return {result};
}

std::vector<GroundPiece> Grounder::aggregate(const formula::Aggregate& aggregate, BindingId binding, const Variables& variables) {
  const auto set = domain(aggregate.domain_of, aggregate.domain, variables.at(aggregate.variable.index).kind, binding);
  LinearForm sum;
  // What counts under one and the same condition counts together: along a chain, often on the same days.
  std::vector<std::pair<Expr, LinearForm>> under;
  for (const auto& [guard, entity] : set.members) {
    if (aggregate.other_than && bindings_[binding].at(aggregate.other_than->index) == entity) continue;
    const auto inner = bind(binding, aggregate.variable, entity, variables.size());
    const auto counted = store_.and_(guard, traces_[formula(aggregate.filter, inner, variables)].value);
    if (counted.is_false()) continue;
    std::vector<GroundPiece> body{{solve::true_expr, LinearForm(Number(1)), {}}};
    if (!aggregate.count) body = linear(aggregate.body, inner, variables);
    if (body.size() == 1 && body.front().guard.is_true()) {
      if (counted.is_true()) {
        sum += body.front().form;
        continue;
      }
      const auto same = std::find_if(under.begin(), under.end(), [&](const auto& one) { return one.first == counted; });
      if (same == under.end()) {
        under.emplace_back(counted, body.front().form);
      } else {
        same->second += body.front().form;
      }
      continue;
    }
    const auto addend = world_.auxiliary({});
    std::vector<Expr> somewhere;
    for (const auto& piece : body) {
      const auto here = store_.and_(counted, piece.guard);
      somewhere.push_back(here);
      world_.define(addend, store_.implies(here, store_.is_zero(addend - piece.form)));
    }
    world_.define(addend, store_.or_(store_.or_(somewhere), store_.is_zero(addend)));
    sum += addend;
  }
  const bool any_sign = std::any_of(aggregate.body.begin(), aggregate.body.end(),
                                    [](const formula::LinearTerm& term) { return term.coefficient < Number(0); });
  for (const auto& [guard, further] : set.further) {
    const auto more = world_.further_amount(*further, aggregate.count, any_sign);
    if (guard.is_true()) {
      sum += more;
      continue;
    }
    const auto addend = world_.auxiliary({});
    world_.define(addend, store_.implies(guard, store_.is_zero(addend - more)));
    world_.define(addend, store_.or_(guard, store_.is_zero(addend)));
    sum += addend;
  }
  if (under.size() == 1) {
    const auto& [counted, form] = under.front();
    return {{counted, sum + form, {}}, {ExpressionStore::not_(counted), sum, {}}};
  }
  for (const auto& [counted, form] : under) {
    const auto addend = world_.auxiliary({});
    world_.define(addend, store_.implies(counted, store_.is_zero(addend - form)));
    world_.define(addend, store_.or_(counted, store_.is_zero(addend)));
    sum += addend;
  }
  return {{solve::true_expr, sum, {}}};
}

std::vector<GroundPiece> Grounder::value(model::ValueId id, EntityIndex entity) {
  const auto memo_key = std::tuple(id.index, entity);
  if (const auto it = value_memo_.find(memo_key); it != value_memo_.end()) return it->second;
  const auto& computed = model_.values[id];
  const auto& provision = model_.provisions[computed.provision];
  if (computed.recursive && world_.ends_recursion(entity)) {
    solve::Domain domain;
    bool any_sign = false;
    for (const auto& root : program_.of(computed.provision).cases) {
      for (const auto& piece : root.amount) {
        for (const auto& each : piece.amount) any_sign = any_sign || each.coefficient < Number(0);
      }
    }
    if (!any_sign) domain.lower = solve::Bound{Number(0), true};
    domain.integer = computed.type == model::ExprType::Date || computed.type == model::ExprType::Moment;
    const auto text = "the " + computed.name + " of " + world_.name_with_kind(entity);
    const std::vector<GroundPiece> result{
        {solve::true_expr, world_.free_amount("value/" + std::to_string(id.index) + "/" + std::to_string(entity), entity, text, domain), {}}};
    value_memo_.emplace(memo_key, result);
    return result;
  }
  const auto key = std::tuple(std::uint8_t{2}, id.index, 0U, entity, no_entity);
  if (const auto it = in_progress_.find(key); it != in_progress_.end()) {
    auto& standing = it->second;
    if (!standing.amount) {
      standing.holds = world_.auxiliary_boolean();
      standing.amount = world_.auxiliary({});
    }
    return {{*standing.holds, *standing.amount, {}}};
  }
  if (!works_out_) {
    work_out(key);
    return value_memo_.at(memo_key);
  }
  enter(key);
  const auto here = binding({entity});
  std::vector<GroundPiece> result;
  std::vector<std::pair<std::string, Expr>> guards;
  std::vector<std::vector<GroundPiece>> amounts;
  for (const auto& root : program_.of(computed.provision).cases) {
    const auto guard = formula(root.guard, here, provision.variables);
    const auto taken = traces_[guard].value;
    if (taken.is_false()) continue;
    guards.emplace_back(root.letter, taken);
    amounts.emplace_back();
    Trace trace;
    trace.op = Trace::Op::Case;
    trace.value = taken;
    trace.provision = computed.provision;
    trace.children = {guard};
    const auto case_trace = add(std::move(trace));
    for (auto piece : pieces(root.amount, here, provision.variables)) {
      piece.guard = store_.and_(piece.guard, taken);
      // The value's name and the guards of its case: not those of values inside it.
      if (options_.traced) piece.cases = {case_trace};
      if (piece.guard.is_false()) continue;
      amounts.back().push_back(piece);
      result.push_back(std::move(piece));
    }
  }
  note_faults(computed.provision, entity, guards, amounts);
  result = merged(std::move(result));
  const auto standing = leave(key);
  if (standing.amount) {
    std::vector<Expr> somewhere;
    for (const auto& piece : result) {
      somewhere.push_back(piece.guard);
      world_.define(*standing.amount, store_.implies(piece.guard, store_.is_zero(*standing.amount - piece.form)));
    }
    world_.define(*standing.holds, store_.or_(somewhere));
  }
  value_memo_.emplace(memo_key, result);
  return result;
}

void Grounder::note_faults(model::ProvisionId provision, EntityIndex entity, const std::vector<std::pair<std::string, Expr>>& guards,
                           const std::vector<std::vector<GroundPiece>>& amounts) {
  const auto note = [&](bool uncovered, const std::string& first, const std::string& second, Expr where) {
    if (!where.is_false()) value_faults_.push_back({provision, entity, uncovered, first, second, where});
  };
  std::vector<Expr> some;
  for (std::size_t a = 0; a < guards.size(); ++a) {
    some.push_back(guards[a].second);
    for (std::size_t b = a + 1; b < guards.size(); ++b) {
      std::vector<Expr> differ;
      for (const auto& x : amounts[a]) {
        for (const auto& y : amounts[b]) {
          const auto unequal = ExpressionStore::not_(store_.is_zero(x.form - y.form));
          differ.push_back(store_.and_(std::vector<Expr>{x.guard, y.guard, unequal}));
        }
      }
      note(false, guards[a].first, guards[b].first, store_.or_(differ));
    }
  }
  note(true, {}, {}, ExpressionStore::not_(store_.or_(some)));
}

}  // namespace onus::evaluate
