#include "oracle/oracle.hpp"

#include <algorithm>

namespace onus::oracle {

using model::Provision;
using model::ProvisionKind;

namespace {

// Discrete and number variables in one set.
std::uint64_t discrete(Variable variable) { return variable; }
std::uint64_t numeric(NumberVariable variable) { return (1ULL << 32U) | variable; }

bool meet(const std::set<std::uint64_t>& left, const std::set<std::uint64_t>& right) {
  return std::any_of(left.begin(), left.end(), [&](std::uint64_t variable) { return right.count(variable) != 0; });
}

// Every tuple of candidates, as a row of `size` places.
void each_row(const std::vector<std::vector<Entity>>& candidates, std::size_t size, const std::function<void(const Row&)>& use) {
  for (const auto& list : candidates) {
    if (list.empty()) return;
  }
  std::vector<std::size_t> at(candidates.size(), 0);
  while (true) {
    Row row(size, no_entity);
    for (std::size_t index = 0; index < at.size(); ++index) row[index] = candidates[index][at[index]];
    use(row);
    std::size_t index = 0;
    while (index < at.size() && ++at[index] == candidates[index].size()) at[index++] = 0;
    if (index == at.size()) return;
  }
}

}  // namespace

Oracle::Oracle(const model::Model& model, const facts::Case& the_case, Options options)
    : model_(model), case_(the_case), options_(std::move(options)), universe_(model, the_case, options_.no_defaults) {}

std::optional<Entity> Oracle::find(model::KindId kind, const std::string& name) {
  for (const Entity entity : universe_.listed_of(kind)) {
    if (universe_.name(entity) == name) return entity;
  }
  // Two steps from what is listed at most: deeper ones no rule of the tests reaches.
  std::vector<Entity> owners;
  for (Entity owner = 0; owner < universe_.listed(); ++owner) owners.push_back(owner);
  for (int step = 0; step < 2; ++step) {
    std::vector<Entity> next;
    for (const Entity owner : owners) {
      for (const model::FieldId field : model_.fields.ids()) {
        const model::Field& info = model_.fields[field];
        const bool is_step = info.type == model::FieldType::Relation || info.type == model::FieldType::OneInverse;
        if (!is_step || info.owner != universe_.kind(owner) || !universe_.is_used(field)) continue;
        const Entity implied = universe_.implied(owner, field);
        if (universe_.kind(implied) == kind && universe_.name(implied) == name) return implied;
        next.push_back(implied);
      }
    }
    owners = std::move(next);
  }
  return std::nullopt;
}

// ---- completions ---------------------------------------------------------------------------------------------------------

void Oracle::add_constraints() {
  for (const facts::Found& found : case_.found) {
    Proposition proposition;
    proposition.id = found.predicate.index;
    proposition.first = found.subject.index;
    if (found.object) proposition.second = found.object->index;
    const auto declared = model_.predicates[found.predicate].regulation;
    proposition.regulation = found.regulation ? *found.regulation : declared.value_or(model::RegulationId{0});
    constraints_.push_back({[this, proposition, holds = found.holds](World& world) {
                              if ((world.outcome(proposition, options_.as_of) == Outcome::Yes) != holds) throw Excluded{};
                            },
                            {}});
  }
  for (const model::ProvisionId id : model_.provisions.ids()) {
    if (model_.provisions[id].kind == ProvisionKind::Assumption) add_assumption(id);
  }
}

void Oracle::add_assumption(model::ProvisionId id) {
  const Provision& provision = model_.provisions[id];
  std::vector<std::vector<Entity>> lists;
  for (std::uint32_t index = 0; index < provision.row_size; ++index) {
    lists.push_back(universe_.listed_of(provision.variables[index].kind));
  }
  each_row(lists, provision.variables.size(), [&](const Row& row) {
    constraints_.push_back({[this, id, row](World& world) {
                              if (!world.assumed(id, row, options_.as_of)) throw Excluded{};
                            },
                            {}});
  });
  // Which implied entities there are is a matter of the world, so all rows that have one are one statement.
  constraints_.push_back({[this, id, &provision](World& world) {
                            std::vector<std::vector<Entity>> all;
                            for (std::uint32_t index = 0; index < provision.row_size; ++index) {
                              all.push_back(world.entities(provision.variables[index].kind));
                            }
                            each_row(all, provision.variables.size(), [&](const Row& row) {
                              const bool implied = std::any_of(row.begin(), row.begin() + provision.row_size,
                                                               [&](Entity entity) { return !universe_.is_listed(entity); });
                              if (implied && !world.assumed(id, row, options_.as_of)) throw Excluded{};
                            });
                          },
                          {}});
}

void Oracle::collect(const Search& search, std::set<std::uint64_t>& out) {
  for (const auto& [variable, answer] : search.answers()) {
    // The day of a date is one thing, whether it is chosen or left a number.
    const Question& question = universe_.question(variable);
    out.insert(question.of == Question::Of::Amount ? numeric(universe_.number_variable(question, {})) : discrete(variable));
  }
  for (const Constraint& constraint : search.constraints()) {
    for (const auto& [variable, coefficient] : constraint.form.terms) out.insert(numeric(variable));
  }
}

std::set<std::uint64_t> Oracle::variables_of(const Walk& walk) {
  std::set<std::uint64_t> result;
  Search search(universe_.domains(), options_.steps);
  search.for_each(options_.worlds, [&] {
    World world(universe_, search, options_.readings, options_.fault);
    world.days = days_;
    try {
      walk(world);
    } catch (const Excluded&) {
    }
    collect(search, result);
    return true;
  });
  return result;
}

void Oracle::prepare() {
  if (prepared_) return;
  prepared_ = true;
  add_constraints();
  for (Constrained& constrained : constraints_) {
    constrained.variables = variables_of([&](World& world) {
      constrained.walk(world);
      if (!world.asked_choices.empty()) throw Unsupported("an assumption or finding about what is left open");
    });
  }
  // Statements that share no variable do not bear on each other: each group by itself must leave a world.
  std::vector<bool> done(constraints_.size(), false);
  for (std::size_t first = 0; first < constraints_.size(); ++first) {
    if (done[first]) continue;
    std::vector<std::size_t> group{first};
    std::set<std::uint64_t> variables = constraints_[first].variables;
    done[first] = true;
    for (bool grown = true; grown;) {
      grown = false;
      for (std::size_t other = 0; other < constraints_.size(); ++other) {
        if (done[other] || !meet(variables, constraints_[other].variables)) continue;
        done[other] = grown = true;
        group.push_back(other);
        variables.insert(constraints_[other].variables.begin(), constraints_[other].variables.end());
      }
    }
    bool possible = false;
    Search search(universe_.domains(), options_.steps);
    search.for_each(options_.worlds, [&] {
      World world(universe_, search, options_.readings, options_.fault);
      for (const std::size_t index : group) constraints_[index].walk(world);
      possible = true;
      return false;
    });
    if (!possible) clash_ = true;
  }
}

bool Oracle::clash() {
  prepare();
  return clash_;
}

void Oracle::completions(const std::function<void()>& restart, const std::function<bool(World&, Search&)>& use) {
  prepare();
  std::vector<bool> linked(constraints_.size(), false);
  std::size_t unlinked = 0;
  for (const Constrained& constrained : constraints_) unlinked += constrained.variables.empty() ? 0 : 1;
  for (bool again = true; again;) {
    again = false;
    restart();
    Search search(universe_.domains(), options_.steps);
    search.for_each(options_.worlds, [&] {
      World world(universe_, search, options_.readings, options_.fault);
      world.days = days_;
      bool excluded = false;
      bool more = true;
      try {
        for (std::size_t index = 0; index < constraints_.size(); ++index) {
          if (linked[index]) constraints_[index].walk(world);
        }
        more = use(world, search);
      } catch (const Excluded&) {
        excluded = true;
      }
      if (unlinked != 0) again = link(search, linked, unlinked);
      return !again && (excluded || more);
    });
  }
}

// Adds the statements that share a variable with this run, and those linked to them; whether there are any.
bool Oracle::link(const Search& search, std::vector<bool>& linked, std::size_t& unlinked) {
  std::set<std::uint64_t> variables;
  collect(search, variables);
  bool any = false;
  for (bool grown = true; grown;) {
    grown = false;
    for (std::size_t index = 0; index < constraints_.size(); ++index) {
      if (linked[index] || !meet(variables, constraints_[index].variables)) continue;
      linked[index] = grown = any = true;
      --unlinked;
      variables.insert(constraints_[index].variables.begin(), constraints_[index].variables.end());
    }
  }
  return any;
}

// ---- the core of a world ---------------------------------------------------------------------------------------------------

Oracle::Holds Oracle::holds(const Proposition& proposition, Date t) const {
  return [proposition, t](World& world) { return world.outcome(proposition, t) == Outcome::Yes; };
}

void Oracle::each_choice(World& world, const std::function<void()>& use) {
  std::vector<std::pair<Question, bool>> answers;
  while (true) {
    world.choices.clear();
    for (const auto& [question, answer] : answers) world.choices.emplace(question, answer);
    world.asked_choices.clear();
    world.forget();
    use();
    for (const Question& question : world.asked_choices) answers.emplace_back(question, false);
    while (!answers.empty() && answers.back().second) answers.pop_back();
    if (answers.empty()) return;
    answers.back().second = true;
  }
}

Oracle::Core Oracle::core(World& world, const Holds& holds) {
  bool applies = false;
  bool does_not = false;
  each_choice(world, [&] { (holds(world) ? applies : does_not) = true; });
  return applies && does_not ? Core::Undetermined : applies ? Core::Applies : Core::DoesNotApply;
}

// ---- verdicts -----------------------------------------------------------------------------------------------------------------

Answer Oracle::decide(const Holds& holds) {
  std::set<Core> seen;
  completions([&] { seen.clear(); },
              [&](World& world, Search&) {
                seen.insert(core(world, holds));
                return seen.size() < 3;
              });
  const auto verdict_of = [](Core core) {
    return core == Core::Applies ? Verdict::Applies : core == Core::DoesNotApply ? Verdict::DoesNotApply : Verdict::Undetermined;
  };
  Answer answer;
  if (seen.empty()) throw Unsupported("no completion is left");
  if (seen.size() == 1) {
    answer.verdict = verdict_of(*seen.begin());
  } else {
    for (const Core core : seen) answer.possible.insert(verdict_of(core));
  }
  return answer;
}

// The day, and the day shifted by every period of the text either way, with their neighbours.
std::set<Date> Oracle::around(Date date) const {
  std::set<Date> shifted{date};
  const auto add = [&](const std::optional<Date>& day) {
    if (day) shifted.insert(*day);
  };
  for (const model::Expr& expr : model_.exprs) {
    if (expr.kind != model::ExprKind::Shift) continue;
    for (const std::int64_t count : {expr.period.count, -expr.period.count}) {
      switch (expr.period.unit) {
        case Period::Unit::Days: add(add_days(date, count)); break;
        case Period::Unit::Weeks: add(add_days(date, 7 * count)); break;
        case Period::Unit::Months: add(add_months(date, count)); break;
        case Period::Unit::Years: add(add_years(date, count)); break;
        case Period::Unit::BusinessDays: add(add_business_days(date, count)); break;
        case Period::Unit::Hours: break;
      }
    }
  }
  std::set<Date> result;
  for (const Date day : shifted) {
    for (const std::int64_t offset : {-1, 0, 1}) {
      if (const auto near = add_days(day, offset)) result.insert(*near);
    }
  }
  return result;
}

// Days at which something may change: those that the text and the case name, and those around them.
std::vector<Date> Oracle::dates_of_change() const {
  std::set<Date> base{options_.as_of};
  const auto add = [&](const std::optional<Date>& date) {
    if (date) base.insert(*date);
  };
  const auto add_number = [&](const Number& number) {
    const auto day = number.to_int64();
    if (day && *day >= 0 && *day <= Date::last_day) base.insert(Date{static_cast<std::int32_t>(*day)});
  };
  for (const model::Regulation& regulation : model_.regulations) {
    for (const model::Status& status : regulation.statuses) add(status.from), add(status.until);
  }
  for (const model::Part& part : model_.parts) add(part.applies_from);
  for (const Provision& provision : model_.provisions) add(provision.applies_from);
  for (const model::Parameter& parameter : model_.parameters) {
    for (const model::ParameterSpan& span : parameter.spans) {
      add(span.from);
      add(span.until);
      if (parameter.is_date) add_number(span.number);
    }
  }
  for (const model::Expr& expr : model_.exprs) {
    if (expr.kind == model::ExprKind::DateLiteral) base.insert(expr.date);
  }
  for (const auto& [key, state] : case_.states) {
    if (model_.fields[key.field].type != model::FieldType::Date) continue;
    if (state.value == facts::FieldState::Value::Exact || state.value == facts::FieldState::Value::Between) {
      add_number(state.low);
      add_number(state.high);
    }
  }
  if (case_.done) {
    for (const facts::Done& done : *case_.done) base.insert(done.on);
  }
  std::set<Date> result{Date::first(), Date::last()};
  for (const Date date : base) {
    for (const Date day : around(date)) result.insert(day);
  }
  return {result.begin(), result.end()};
}

void Oracle::add_tense(const Proposition& proposition, Answer& answer) {
  if (answer.verdict != Verdict::DoesNotApply) return;
  // Open dates take every day of change, and one in each gap between them.
  const std::vector<Date> change = dates_of_change();
  std::vector<Date> possible = change;
  for (std::size_t index = 1; index < change.size(); ++index) {
    const std::int32_t gap = change[index].days - change[index - 1].days;
    if (gap > 1) possible.push_back(Date{change[index - 1].days + gap / 2});
    if (gap > 3) possible.push_back(Date{change[index - 1].days + gap / 2 + 1});
  }
  // Far ones first: they soonest show that the tenses differ.
  std::stable_sort(possible.begin(), possible.end(), [&](Date left, Date right) {
    return std::abs(left.days - options_.as_of.days) > std::abs(right.days - options_.as_of.days);
  });
  std::vector<Date> times = possible;
  bool any_open_date = false;
  for (const model::Field& field : model_.fields) any_open_date = any_open_date || field.type == model::FieldType::Date;
  std::sort(times.begin(), times.end());
  if (!any_open_date) times = change;

  days_ = &possible;
  std::set<Verdict> tenses;
  const auto tense_in = [&](World& world) {
    std::optional<Number> birth;
    std::vector<Entity> row{proposition.first, proposition.second};
    row.insert(row.end(), proposition.others.begin(), proposition.others.end());
    for (const Entity entity : row) {
      if (entity == no_entity) continue;
      const auto born = world.birth(entity);
      if (born && (!birth || *born > *birth)) birth = born;
    }
    const auto found = [&](Date t) {
      if (!answer.first || t < *answer.first) answer.first = t;
      if (!answer.last || t > *answer.last) answer.last = t;
    };
    // The first day after, else the last day before. Open dates that turn up on the way are looked at from both sides.
    const auto look = [&](bool after) -> std::optional<Date> {
      std::set<Date> looked(times.begin(), times.end());
      if (birth) looked.insert(Date{static_cast<std::int32_t>(*birth->to_int64())});
      while (true) {
        for (const Date day : world.chosen_days) {
          const auto near = around(day);
          looked.insert(near.begin(), near.end());
        }
        const std::size_t known = world.chosen_days.size();
        std::optional<Date> applies;
        const auto applies_at = [&](Date t) {
          if (after ? t <= options_.as_of : t >= options_.as_of || (birth && Number(t.days) < *birth)) return false;
          if (core(world, holds(proposition, t)) != Core::Applies) return false;
          applies = t;
          return true;
        };
        if (after) {
          static_cast<void>(std::any_of(looked.begin(), looked.end(), applies_at));
        } else {
          static_cast<void>(std::any_of(looked.rbegin(), looked.rend(), applies_at));
        }
        if (world.chosen_days.size() == known) return applies;
      }
    };
    if (const auto day = look(true)) {
      found(*day);
      return Verdict::NotYet;
    }
    if (const auto day = look(false)) {
      found(*day);
      return Verdict::NoLonger;
    }
    return Verdict::DoesNotApply;
  };
  try {
    completions(
        [&] {
          tenses.clear();
          answer.first = answer.last = std::nullopt;
        },
        [&](World& world, Search&) {
          tenses.insert(tense_in(world));
          return tenses.size() == 1 && *tenses.begin() != Verdict::DoesNotApply;
        });
    if (tenses.size() == 1) answer.verdict = *tenses.begin();
  } catch (const Unsupported&) {
    // What was seen may be enough.
    answer.tense_known = tenses.size() > 1 || tenses.count(Verdict::DoesNotApply) != 0;
  }
  days_ = nullptr;
  if (answer.verdict == Verdict::DoesNotApply) answer.first = answer.last = std::nullopt;
}

void Oracle::add_because(const Holds& holds, const std::function<void(World&, Provisions&)>& ground, Answer& answer) {
  std::optional<Provisions> all;
  Provisions some;
  const auto walk = [&](World& world) {
    each_choice(world, [&] {
      holds(world);
      Provisions grounds;
      ground(world, grounds);
      some.insert(grounds.begin(), grounds.end());
      if (!all) {
        all = grounds;
        return;
      }
      Provisions both;
      std::set_intersection(all->begin(), all->end(), grounds.begin(), grounds.end(), std::inserter(both, both.end()));
      all = both;
    });
  };
  try {
    completions(
        [&] {
          all = std::nullopt;
          some.clear();
        },
        [&](World& world, Search&) {
          walk(world);
          return true;
        });
  } catch (const Unsupported&) {
    answer.because_known = false;
    return;
  }
  answer.because = all.value_or(Provisions{});
  std::set_difference(some.begin(), some.end(), answer.because.begin(), answer.because.end(),
                      std::inserter(answer.because_in_some, answer.because_in_some.end()));
}

Answer Oracle::answer_of(const Proposition& proposition, bool tense, bool because) {
  const Holds at_as_of = holds(proposition, options_.as_of);
  Answer answer = decide(at_as_of);
  if (tense) add_tense(proposition, answer);
  if (because && answer.verdict != Verdict::Depends && answer.verdict != Verdict::Undetermined) {
    add_because(at_as_of, [&](World& world, Provisions& out) { world.ground(proposition, options_.as_of, out); }, answer);
  }
  return answer;
}

Answer Oracle::norm(model::ProvisionId provision, Entity bearer, Entity object, const std::vector<Entity>& others, bool because) {
  Proposition proposition;
  proposition.of = Proposition::Of::Norm;
  proposition.id = provision.index;
  proposition.first = bearer;
  proposition.second = object;
  proposition.others = others;
  return answer_of(proposition, true, because);
}

Answer Oracle::conclusion(model::PredicateId predicate, Entity subject, Entity object, model::RegulationId regulation, bool because) {
  Proposition proposition;
  proposition.id = predicate.index;
  proposition.regulation = regulation;
  proposition.first = subject;
  proposition.second = object;
  return answer_of(proposition, false, because);
}

Answer Oracle::judgement(model::FieldId field, Entity entity, bool because) {
  const Holds at_as_of = [&](World& world) { return world.judgement(field, entity, options_.as_of); };
  Answer answer = decide(at_as_of);
  if (because && answer.verdict != Verdict::Depends && answer.verdict != Verdict::Undetermined) {
    add_because(at_as_of, [&](World& world, Provisions& out) { world.ground_of_judgement(field, entity, options_.as_of, out); }, answer);
  }
  return answer;
}

Answer Oracle::condition(model::ConditionId condition) {
  Row row;
  for (Entity entity = 0; entity < universe_.listed(); ++entity) row.push_back(entity);
  return decide([&](World& world) { return world.condition(condition, row, options_.as_of); });
}

// ---- what a verdict depends on ---------------------------------------------------------------------------------------------------

FactOf Oracle::fact_of(const Question& question) {
  const bool of_field = question.of != Question::Of::FreeTruth && question.of != Question::Of::FreeAmount;
  return {question.entity, question.field, question.year, of_field};
}

std::vector<Oracle::Leaf> Oracle::leaves(const Proposition& proposition) {
  const Holds at_as_of = holds(proposition, options_.as_of);
  std::vector<Leaf> result;
  completions([&] { result.clear(); },
              [&](World& world, Search& search) {
                const Core what = core(world, at_as_of);
                result.push_back({what, search.answers(), search.constraints()});
                return true;
              });
  return result;
}

std::set<FactOf> Oracle::read(const Proposition& proposition) {
  std::set<FactOf> result;
  for (const Leaf& leaf : leaves(proposition)) {
    for (const auto& [variable, answer] : leaf.answers) result.insert(fact_of(universe_.question(variable)));
    for (const Constraint& constraint : leaf.constraints) {
      for (const auto& [variable, coefficient] : constraint.form.terms) result.insert(fact_of(universe_.number_question(variable)));
    }
  }
  return result;
}

// They settle it unless two completions agree on all of them and differ in the core.
bool Oracle::decides(const Proposition& proposition, const std::set<FactOf>& facts) {
  const std::vector<Leaf> all = leaves(proposition);
  const std::vector<NumberDomain>& domains = universe_.domains();
  for (std::size_t left = 0; left < all.size(); ++left) {
    for (std::size_t right = left + 1; right < all.size(); ++right) {
      if (all[left].core == all[right].core) continue;
      bool differ = false;
      for (const auto& [variable, answer] : all[left].answers) {
        if (facts.count(fact_of(universe_.question(variable))) == 0) continue;
        const auto other = all[right].answers.find(variable);
        if (other != all[right].answers.end() && other->second != answer) differ = true;
      }
      if (differ) continue;
      // Numbers that are kept are the same on both sides; the others are free on each.
      std::vector<NumberDomain> both = domains;
      both.insert(both.end(), domains.begin(), domains.end());
      std::vector<Constraint> constraints = all[left].constraints;
      for (const Constraint& constraint : all[right].constraints) {
        Constraint other;
        other.sign = constraint.sign;
        other.form.constant = constraint.form.constant;
        for (const auto& [variable, coefficient] : constraint.form.terms) {
          const bool kept = facts.count(fact_of(universe_.number_question(variable))) != 0;
          other.form.terms.emplace(kept ? variable : variable + static_cast<NumberVariable>(domains.size()), coefficient);
        }
        constraints.push_back(std::move(other));
      }
      if (feasible(constraints, both)) return false;
    }
  }
  return true;
}

}  // namespace onus::oracle
