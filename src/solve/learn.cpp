// What the search learns from a contradiction, and what it forgets again.
#include <algorithm>

#include "solve/search.hpp"

namespace onus::solve {

// The literals of the clause that made the variable what it is, without its own; all are false.
template <class Visit>
void Search::visit_reason(std::uint32_t variable, Visit visit) const {
  const Reason reason = reason_[variable];
  switch (reason.kind) {
    case Reason::Kind::None: return;
    case Reason::Kind::Binary: visit(Literal{reason.data}); return;
    case Reason::Kind::Clause: {
      const std::uint32_t size = arena_[reason.data].code;
      for (std::uint32_t i = 0; i < size; ++i) {
        const Literal literal = arena_[reason.data + header + i];
        if (literal.variable() != variable) visit(literal);
      }
      return;
    }
  }
}

// A literal of the learnt clause is redundant when the others, with what holds anyway, make it false.
bool Search::is_redundant(Literal literal) const {
  if (reason_[literal.variable()].kind == Reason::Kind::None) return false;
  bool redundant = true;
  visit_reason(literal.variable(), [&](Literal other) {
    redundant = redundant && (seen_[other.variable()] != 0 || levels_[other.variable()] == 0);
  });
  return redundant;
}

// Resolves the contradiction back to the first literal of the present level that alone carries it. At least one literal
// of clause_conflict_ is of the present level, which is not 0.
void Search::analyse() {
  learnt_.assign(1, no_literal);
  to_clear_.clear();
  std::size_t open = 0, position = trail_.size();
  const auto take = [&](Literal literal) {
    const std::uint32_t variable = literal.variable();
    if (seen_[variable] != 0 || levels_[variable] == 0) return;
    seen_[variable] = 1;
    to_clear_.push_back(literal);
    order_.bump(variable);
    if (levels_[variable] == level()) {
      ++open;
    } else {
      learnt_.push_back(literal);
    }
  };
  for (const Literal literal : clause_conflict_) take(literal);
  while (true) {
    do --position;
    while (seen_[trail_[position].variable()] == 0 || levels_[trail_[position].variable()] != level());
    if (--open == 0) break;
    visit_reason(trail_[position].variable(), take);
  }
  learnt_[0] = ~trail_[position];
  const auto redundant = std::remove_if(learnt_.begin() + 1, learnt_.end(), [&](Literal l) { return is_redundant(l); });
  learnt_.erase(redundant, learnt_.end());
  for (const Literal literal : to_clear_) seen_[literal.variable()] = 0;

  backjump_ = 0;
  if (learnt_.size() > 1) {
    const auto highest = std::max_element(learnt_.begin() + 1, learnt_.end(), [&](Literal left, Literal right) {
      return levels_[left.variable()] < levels_[right.variable()];
    });
    std::swap(learnt_[1], *highest);
    backjump_ = levels_[learnt_[1].variable()];
  }
  ++glue_epoch_;
  learnt_glue_ = 0;
  if (glue_mark_.size() <= level()) glue_mark_.resize(level() + 1, 0);
  for (const Literal literal : learnt_) {
    std::uint32_t& mark = glue_mark_[levels_[literal.variable()]];
    if (mark != glue_epoch_) ++learnt_glue_;
    mark = glue_epoch_;
  }
}

void Search::learn() {
  backtrack(backjump_);
  if (learnt_.size() == 1) {
    assign(learnt_[0], Reason{});
  } else if (learnt_.size() == 2) {
    watch_pair(learnt_[0], learnt_[1]);
    assign(learnt_[0], Reason{Reason::Kind::Binary, learnt_[1].code});
  } else {
    const std::uint32_t clause = store_clause(learnt_, learnt_glue_);
    watch_clause(clause);
    learnt_clauses_.push_back(Learnt{clause, learnt_glue_});
    assign(learnt_[0], Reason{Reason::Kind::Clause, clause});
  }
}

bool Search::handle_conflict() {
  ++statistics_->conflicts;
  std::uint32_t highest = 0;
  for (const Literal literal : clause_conflict_) highest = std::max(highest, levels_[literal.variable()]);
  if (highest == 0) return false;
  backtrack(highest);
  analyse();
  learn();
  order_.decay();
  return true;
}

// `failed` is an assumption that the earlier ones make false. Which of them do?
void Search::analyse_final(Literal failed) {
  core_.assign(1, failed);
  if (level() == 0 || levels_[failed.variable()] == 0) return;
  to_clear_.assign(1, failed);
  seen_[failed.variable()] = 1;
  for (std::size_t i = trail_.size(); i-- > level_starts_[0];) {
    const std::uint32_t variable = trail_[i].variable();
    if (seen_[variable] == 0) continue;
    if (reason_[variable].kind == Reason::Kind::None) {
      core_.push_back(trail_[i]);  // only assumptions have been decided so far
    } else {
      visit_reason(variable, [&](Literal literal) {
        if (seen_[literal.variable()] != 0 || levels_[literal.variable()] == 0) return;
        seen_[literal.variable()] = 1;
        to_clear_.push_back(literal);
      });
    }
  }
  for (const Literal literal : to_clear_) seen_[literal.variable()] = 0;
}

// Drops the worse half of the learnt clauses and what level 0 has satisfied. At level 0, with everything that follows
// there assigned: a search goes on from level 0 only after that.
void Search::reduce_learnt() {
  std::stable_sort(learnt_clauses_.begin(), learnt_clauses_.end(), [](const Learnt& left, const Learnt& right) {
    return left.glue != right.glue ? left.glue < right.glue : left.clause > right.clause;
  });
  constexpr std::uint32_t always_kept = 2;
  const std::size_t keep = learnt_clauses_.size() / 2;
  constexpr std::uint32_t dropped = no_index;
  for (std::size_t i = keep; i < learnt_clauses_.size(); ++i)
    if (learnt_clauses_[i].glue > always_kept) arena_[learnt_clauses_[i].clause + 1].code = dropped;

  learnt_clauses_.clear();
  for (std::size_t code = 0; code < values_.size(); ++code)
    std::erase_if(watches_[code], [](const Watch& watched) { return watched.clause != no_index; });
  std::vector<Literal> old;
  old.swap(arena_);
  for (std::size_t at = 0; at < old.size(); at += header + old[at].code) {
    const std::uint32_t glue = old[at + 1].code;
    if (glue == dropped) continue;
    learnt_.clear();
    bool satisfied = false;
    for (std::uint32_t i = 0; i < old[at].code; ++i) {
      const Literal literal = old[at + header + i];
      satisfied = satisfied || value(literal) == Value::True;
      if (value(literal) == Value::Open) learnt_.push_back(literal);
    }
    if (satisfied) continue;
    // Not satisfied and nothing follows from it, so at least two literals are open.
    if (learnt_.size() == 2) {
      watch_pair(learnt_[0], learnt_[1]);
      continue;
    }
    const std::uint32_t clause = store_clause(learnt_, glue);
    watch_clause(clause);
    if (glue != 0) learnt_clauses_.push_back(Learnt{clause, glue});
  }
  for (const Literal literal : trail_) reason_[literal.variable()] = Reason{};
  learnt_limit_ += first_learnt_limit / 4;
}

}  // namespace onus::solve
