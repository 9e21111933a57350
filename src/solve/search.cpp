#include "solve/search.hpp"

#include <algorithm>
#include <stdexcept>

#include "solve/interrupt.hpp"

namespace onus::solve {

namespace {

// The sequence 1 1 2 1 1 2 4 1 1 2 1 1 2 4 8 … (Luby, Sinclair, Zuckerman 1993), from index 0.
std::uint64_t luby(std::uint64_t index) {
  std::uint64_t size = 1, power = 0;
  while (size < index + 1) {
    size = 2 * size + 1;
    ++power;
  }
  while (size - 1 != index) {
    size = (size - 1) / 2;
    --power;
    index %= size;
  }
  return std::uint64_t{1} << power;
}

constexpr std::uint64_t conflicts_per_restart = 64;

}  // namespace

void Search::clear() {
  for (std::size_t i = 0; i < values_.size(); ++i) watches_[i].clear();
  theory_.clear();
  order_.clear();
  values_.clear();
  levels_.clear();
  reason_.clear();
  phase_.clear();
  seen_.clear();
  arena_.clear();
  learnt_clauses_.clear();
  trail_.clear();
  level_starts_.clear();
  theory_marks_.clear();
  clause_head_ = theory_head_ = 0;
  core_.clear();
  learnt_limit_ = first_learnt_limit;
  contradictory_ = spoiled_ = false;
}

void Search::grow() {
  if (values_.size() >= (std::size_t{1} << 31) - 2) throw std::length_error("too many variables for the search");
  values_.resize(values_.size() + 2, Value::Open);
  if (watches_.size() < values_.size()) watches_.resize(values_.size());
  levels_.push_back(0);
  reason_.push_back(Reason{});
  phase_.push_back(0);
  seen_.push_back(0);
  order_.add_variable();
}

std::uint32_t Search::new_boolean() {
  grow();
  theory_.add_boolean();
  return variable_count() - 1;
}

std::uint32_t Search::new_atom(std::uint32_t atom) {
  grow();
  theory_.add_atom(atom);
  return variable_count() - 1;
}

void Search::assign(Literal literal, Reason reason) {
  values_[literal.code] = Value::True;
  values_[(~literal).code] = Value::False;
  levels_[literal.variable()] = level();
  reason_[literal.variable()] = reason;
  trail_.push_back(literal);
}

void Search::new_level() {
  level_starts_.push_back(trail_.size());
  theory_marks_.push_back(theory_.mark());
}

void Search::backtrack(std::uint32_t target) {
  if (level() <= target) return;
  const std::size_t start = level_starts_[target];
  for (std::size_t i = trail_.size(); i-- > start;) {
    const Literal literal = trail_[i];
    values_[literal.code] = values_[(~literal).code] = Value::Open;
    phase_[literal.variable()] = literal.is_negated() ? 0 : 1;
    order_.put_back(literal.variable());
  }
  theory_.backtrack(theory_marks_[target]);
  trail_.resize(start);
  level_starts_.resize(target);
  theory_marks_.resize(target);
  clause_head_ = std::min(clause_head_, start);
  theory_head_ = std::min(theory_head_, start);
}

void Search::retract() { backtrack(0); }

// New clauses and atoms may follow from what is assigned already.
void Search::restart_propagation() { clause_head_ = theory_head_ = 0; }

void Search::add_clause(std::span<const Literal> literals) {
  learnt_.clear();
  for (const Literal literal : literals) {
    if (value(literal) == Value::True) return;
    if (value(literal) == Value::Open) learnt_.push_back(literal);
  }
  if (learnt_.empty()) {
    contradictory_ = true;
  } else if (learnt_.size() == 1) {
    assign(learnt_.front(), Reason{});
  } else if (learnt_.size() == 2) {
    watch_pair(learnt_[0], learnt_[1]);
  } else {
    watch_clause(store_clause(learnt_, 0));
  }
}

std::uint32_t Search::store_clause(std::span<const Literal> literals, std::uint32_t glue) {
  if (arena_.size() + literals.size() + header >= no_index) throw std::length_error("too many clauses for the search");
  const auto clause = static_cast<std::uint32_t>(arena_.size());
  arena_.push_back(Literal{static_cast<std::uint32_t>(literals.size())});
  arena_.push_back(Literal{glue});
  arena_.insert(arena_.end(), literals.begin(), literals.end());
  return clause;
}

std::span<Literal> Search::literals_of(std::uint32_t clause) {
  return {arena_.data() + clause + header, arena_[clause].code};
}

void Search::watch(Literal literal, Watch watched) {
  auto& watches = watches_[literal.code];
  if (watches.capacity() == 0) watches.reserve(4);  // most literals are watched by a few
  watches.push_back(watched);
}

void Search::watch_pair(Literal left, Literal right) {
  watch(left, Watch{right, no_index});
  watch(right, Watch{left, no_index});
}

void Search::watch_clause(std::uint32_t clause) {
  const auto literals = literals_of(clause);
  watch(literals[0], Watch{literals[1], clause});
  watch(literals[1], Watch{literals[0], clause});
}

// Everything that follows from `truth` by the clauses that watch its negation.
bool Search::propagate_watches(Literal truth) {
  const Literal falsehood = ~truth;
  auto& watches = watches_[falsehood.code];
  const std::size_t count = watches.size();
  budget_ -= std::min<std::uint64_t>(budget_, count + 1);
  std::size_t kept = 0;
  bool consistent = true;
  for (std::size_t i = 0; i < count; ++i) {
    const Watch watched = watches[i];
    const Value known = value(watched.blocker);
    if (!consistent || known == Value::True) {
      watches[kept++] = watched;
      continue;
    }
    if (watched.clause == no_index) {
      watches[kept++] = watched;
      if (known == Value::False) {
        clause_conflict_ = {watched.blocker, falsehood};
        consistent = false;
      } else {
        assign(watched.blocker, Reason{Reason::Kind::Binary, falsehood.code});
      }
      continue;
    }
    Literal* const literals = arena_.data() + watched.clause + header;
    const std::uint32_t size = arena_[watched.clause].code;
    if (literals[0] == falsehood) std::swap(literals[0], literals[1]);
    const Literal first = literals[0];
    if (value(first) == Value::True) {
      watches[kept++] = Watch{first, watched.clause};
      continue;
    }
    std::uint32_t other = 2;
    while (other < size && value(literals[other]) == Value::False) ++other;
    if (other < size) {
      std::swap(literals[1], literals[other]);
      watches_[literals[1].code].push_back(Watch{first, watched.clause});  // never this list: that literal is not false
      continue;
    }
    budget_ -= std::min<std::uint64_t>(budget_, size);
    watches[kept++] = Watch{first, watched.clause};
    if (value(first) == Value::False) {
      clause_conflict_.assign(literals, literals + size);
      consistent = false;
    } else {
      assign(first, Reason{Reason::Kind::Clause, watched.clause});
    }
  }
  watches.resize(kept);
  return consistent;
}

bool Search::propagate_clauses() {
  while (clause_head_ < trail_.size()) {
    const Literal truth = trail_[clause_head_++];
    if (const Literal implied = theory_.implied(truth); !implied.is_none()) {
      if (value(implied) == Value::False) {
        clause_conflict_ = {implied, ~truth};
        return false;
      }
      if (value(implied) == Value::Open) assign(implied, Reason{Reason::Kind::Binary, (~truth).code});
    }
    if (!propagate_watches(truth)) return false;
  }
  return true;
}

void Search::conflict_of_theory() {
  ++statistics_->theory_conflicts;
  clause_conflict_.clear();
  for (const Literal literal : theory_.conflict()) clause_conflict_.push_back(~literal);
}

bool Search::propagate_theory() {
  if (!theory_.uses_simplex()) return true;
  while (theory_head_ < trail_.size()) {
    if (!theory_.assert_literal(trail_[theory_head_++])) {
      conflict_of_theory();
      return false;
    }
  }
  if (!theory_.changed()) return true;
  ++statistics_->theory_checks;
  switch (theory_.check(budget_)) {
    case Simplex::Outcome::Feasible: return true;
    case Simplex::Outcome::OutOfBudget: return true;  // the budget is 0 now, which ends the search
    case Simplex::Outcome::Infeasible: conflict_of_theory(); return false;
  }
  throw std::logic_error("an outcome of no kind");
}

// Branching found no end for the present comparisons. Others may still be satisfiable, so these are ruled out, and the
// search may no longer say Unsat.
void Search::pass_over() {
  spoiled_ = true;
  clause_conflict_.clear();
  for (const Literal literal : trail_)
    if (theory_.is_bound(literal.variable())) clause_conflict_.push_back(~literal);
}

bool Search::propagate() { return propagate_clauses() && propagate_theory(); }

Result Search::solve(std::span<const Literal> assumptions, std::span<const std::uint32_t> decide,
                     std::uint64_t& budget) {
  core_.clear();
  budget_ = budget;
  std::uint64_t restarts = 0, conflicts = 0, conflicts_allowed = conflicts_per_restart;
  const auto leave = [&](Result result) {
    budget = budget_;
    if (result != Result::Sat) retract();
    return result == Result::Unsat && spoiled_ ? Result::GaveUp : result;
  };
  if (contradictory_) return leave(Result::Unsat);
  order_.restrict_to(decide);
  bool consistent = propagate();
  while (true) {
    if (!consistent) {
      ++conflicts;
      if (!handle_conflict()) {
        contradictory_ = true;
        return leave(Result::Unsat);
      }
      consistent = propagate();
      continue;
    }
    if (budget_ == 0 || Interrupt::raised()) return leave(Result::GaveUp);
    if (conflicts >= conflicts_allowed) {
      conflicts = 0;
      conflicts_allowed = conflicts_per_restart * luby(++restarts);
      if (learnt_clauses_.size() > learnt_limit_) {
        backtrack(0);
        reduce_learnt();
      } else {
        backtrack(std::min(level(), static_cast<std::uint32_t>(assumptions.size())));
      }
      consistent = propagate();
      continue;
    }
    Literal next = no_literal;
    while (level() < assumptions.size() && next.is_none()) {
      const Literal assumption = assumptions[level()];
      if (value(assumption) == Value::True) {
        new_level();
      } else if (value(assumption) == Value::False) {
        analyse_final(assumption);
        return leave(Result::Unsat);
      } else {
        next = assumption;
      }
    }
    while (next.is_none() && !order_.empty()) {
      const std::uint32_t variable = order_.take();
      if (value(Literal::of(variable, false)) != Value::Open) continue;
      int preferred = theory_.uses_simplex() ? theory_.preference(variable) : -1;
      if (preferred < 0) preferred = phase_[variable];
      next = Literal::of(variable, preferred == 0);
    }
    if (next.is_none()) {
      if (!theory_.needs_complete_check()) return leave(Result::Sat);
      ++statistics_->theory_checks;
      const auto outcome = theory_.check_complete(budget_);
      if (outcome == Simplex::Outcome::Feasible) return leave(Result::Sat);
      if (outcome == Simplex::Outcome::Infeasible) {
        conflict_of_theory();
      } else if (budget_ == 0) {
        return leave(Result::GaveUp);
      } else {
        pass_over();
      }
      consistent = false;
      continue;
    }
    ++statistics_->decisions;
    new_level();
    assign(next, Reason{});
    consistent = propagate();
  }
}

}  // namespace onus::solve
