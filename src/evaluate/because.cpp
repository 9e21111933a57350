// The grounds of a verdict (semantics.md § 6): which provisions made it what it is, as expressions over the worlds.
//
// What a node of the trace contributes does not depend on who asks: it is worked out once for each way in which the node matters,
// from its children's, and shared by all verdicts. A list that is the same is kept once, so that the verdicts along a chain cost
// what they add to those before them.
#include "evaluate/because.hpp"

#include <algorithm>

#include "evaluate/context.hpp"

namespace onus::evaluate {

using solve::ExpressionStore;

namespace {

using Mode = GroundLists::Mode;
using enum GroundLists::Mode;
constexpr Mode opposite(Mode mode) { return mode == True ? False : mode == False ? True : mode == TrueWhyNot ? FalseWhyNot : TrueWhyNot; }
constexpr bool is_true(Mode mode) { return mode == True || mode == TrueWhyNot; }
constexpr bool why_not(Mode mode) { return mode == TrueWhyNot || mode == FalseWhyNot; }
constexpr Mode as(bool truth, bool whynot) { return truth ? (whynot ? TrueWhyNot : True) : (whynot ? FalseWhyNot : False); }

}  // namespace

GroundLists::GroundLists(Context& context) : g_(context.grounder()), store_(context.store()) { lists_.emplace_back(); }

// ---- lists ------------------------------------------------------------------------------------------------------------------

GroundLists::ListId GroundLists::keep(std::vector<GroundOf> list) {
  if (list.empty()) return nothing;
  std::size_t hash = list.size();
  for (const auto& [provision, where] : list) hash = solve::mix_hash(solve::mix_hash(hash, provision.index), where.index);
  const auto known = table_.find(hash, [&](std::uint32_t index) { return lists_[index] == list; });
  if (known != solve::no_index) return known;
  const auto id = static_cast<ListId>(lists_.size());
  lists_.push_back(std::move(list));
  table_.insert(hash, id);
  return id;
}

GroundLists::ListId GroundLists::under(Expr where, ListId list) {
  if (where.is_true() || list == nothing) return list;
  if (where.is_false()) return nothing;
  std::vector<GroundOf> result;
  for (const auto& [provision, there] : lists_[list]) {
    const auto both = store_.and_(where, there);
    if (!both.is_false()) result.push_back({provision, both});
  }
  return keep(std::move(result));
}

GroundLists::ListId GroundLists::joined(ListId first, ListId second) {
  if (first == second || second == nothing) return first;
  if (first == nothing) return second;
  const auto hash = solve::mix_hash(first, second);
  const auto known = joined_table_.find(hash, [&](std::uint32_t at) { return joined_[at].first == first && joined_[at].second == second; });
  if (known != solve::no_index) return joined_[known].both;
  auto result = lists_[first];
  for (const auto& [provision, where] : lists_[second]) {
    const auto same = std::find_if(result.begin(), result.end(), [&](const GroundOf& one) { return one.provision == provision; });
    if (same == result.end()) {
      result.push_back({provision, where});
    } else {
      same->where = store_.or_(same->where, where);
    }
  }
  const auto both = keep(std::move(result));
  joined_table_.insert(hash, static_cast<std::uint32_t>(joined_.size()));
  joined_.push_back({first, second, both});
  return both;
}

// ---- what is asked for ------------------------------------------------------------------------------------------------------

std::vector<GroundOf> GroundLists::of(PropositionId proposition, bool name_own) {
  const auto& asked = g_.proposition(proposition);
  const auto holds = asked.yes;
  const auto list = complete([&] {
    ListId both = nothing;
    for (const auto id : asked.instances) {
      add(both, yes_of(id, holds, True));
      add(both, no_of(proposition, id, ExpressionStore::not_(holds), FalseWhyNot));
    }
    return both;
  });
  auto result = lists_[list];
  if (!name_own) {
    const auto own = g_.instance(asked.instances.front()).provision;
    std::erase_if(result, [&](const GroundOf& ground) { return ground.provision == own; });
  }
  return result;
}

std::vector<GroundOf> GroundLists::of(TraceId root) {
  const auto value = g_.trace(root).value;
  const auto list = complete([&] {
    ListId both = nothing;
    add(both, of_child(root, TrueWhyNot, value));
    add(both, of_child(root, FalseWhyNot, ExpressionStore::not_(value)));
    return both;
  });
  return lists_[list];
}

// Works the list out again and again until everything that it stands on is there; what is not is worked out before.
template <class Work>
GroundLists::ListId GroundLists::complete(Work work) {
  known_.resize(g_.trace_count(), {unknown, unknown, unknown, unknown});
  for (;;) {
    missing_.clear();
    const auto result = work();
    if (missing_.empty()) return result;
    auto stack = std::move(missing_);
    missing_ = {};
    while (!stack.empty()) {
      const auto [trace, mode] = stack.back();
      auto& slot = known_[trace.index][mode];
      if (slot != unknown) {
        stack.pop_back();
        continue;
      }
      missing_.clear();
      const auto list = of_node(trace, mode);
      if (missing_.empty()) {
        slot = list;
        stack.pop_back();
      } else {
        stack.insert(stack.end(), missing_.begin(), missing_.end());
      }
    }
  }
}

GroundLists::ListId GroundLists::of_child(TraceId trace, Mode mode, Expr where) {
  if (where.is_false()) return nothing;
  const auto known = known_[trace.index][mode];
  if (known != unknown) return under(where, known);
  missing_.emplace_back(trace, mode);
  return nothing;
}

// ---- nodes, in the order in which they are written ---------------------------------------------------------------------------

GroundLists::ListId GroundLists::of_node(TraceId id, Mode mode) {
  const auto& trace = g_.trace(id);
  const bool truth = is_true(mode);
  ListId list = nothing;
  switch (trace.op) {
    case Trace::Op::Leaf: break;
    case Trace::Op::Not: return of_child(trace.children.front(), opposite(mode), solve::true_expr);
    case Trace::Op::And:
    case Trace::Op::Or:
    case Trace::Op::AtLeast: {
      // A true and, a false or: all members. Else those that made it so.
      const bool all = (trace.op == Trace::Op::And) == truth && trace.op != Trace::Op::AtLeast;
      for (const auto child : trace.children) {
        const auto value = g_.trace(child).value;
        const auto agrees = truth ? value : ExpressionStore::not_(value);
        add(list, of_child(child, mode, all ? solve::true_expr : agrees));
      }
      break;
    }
    case Trace::Op::Where: return of_child(trace.children.front(), mode, trace.guard);
    case Trace::Op::Conclusion:
      for (const auto instance : g_.proposition(trace.proposition).instances) {
        // What holds has its grounds, not a why not.
        add(list, truth ? yes_of(instance, solve::true_expr, True) : no_of(trace.proposition, instance, solve::true_expr, mode));
      }
      break;
    case Trace::Op::Judgement: {
      const auto presumption = trace.children.front();
      const auto presumed = g_.trace(presumption).value;
      if (truth) return of_child(presumption, mode, store_.and_(presumed, ExpressionStore::not_(trace.answered_no)));
      // A presumption that an answer overrode is named; one that does not fire is no ground.
      return of_child(presumption, as(true, why_not(mode)), store_.and_(trace.answered_no, presumed));
    }
    case Trace::Op::Compare:
      // Where a side is not there, nothing is compared.
      for (const auto child : trace.children) {
        add(list, of_child(child, as(true, why_not(mode)), store_.and_(trace.guard, g_.trace(child).value)));
      }
      break;
    case Trace::Op::Case:
      add(list, named(trace.provision, solve::true_expr));
      add(list, of_child(trace.children.front(), mode, solve::true_expr));
      break;
  }
  return list;
}

GroundLists::ListId GroundLists::named(model::ProvisionId provision, Expr where) {
  if (where.is_false()) return nothing;
  return keep({{provision, where}});
}

// The fired provisions, and what was met but stopped on the way.
GroundLists::ListId GroundLists::yes_of(InstanceId id, Expr where, Mode mode) {
  const auto& instance = g_.instance(id);
  const auto here = store_.and_(where, instance.fires);
  if (here.is_false()) return nothing;
  const auto holds = g_.trace(instance.condition).value;
  auto list = named(instance.provision, here);
  add(list, of_child(instance.condition, as(true, why_not(mode)), store_.and_(here, holds)));
  for (const auto each : instance.followed) add(list, of_child(each, True, store_.and_(here, g_.trace(each).value)));
  add(list, defeated(instance.attackers, here));
  add(list, opened(instance.opens, store_.and_(here, ExpressionStore::not_(holds)), mode));
  return list;
}

// Nothing fired: what spoke and was stopped; and to who asks why not, what a silent text would have needed.
GroundLists::ListId GroundLists::no_of(PropositionId proposition, InstanceId id, Expr where, Mode mode) {
  const auto& instance = g_.instance(id);
  const auto not_fired = store_.and_(where, ExpressionStore::not_(instance.fires));
  const auto stopped = store_.and_(not_fired, instance.met);
  auto silent = solve::false_expr;
  if (why_not(mode)) {
    const auto speaks = store_.and_(instance.in_force, instance.match);
    silent = store_.and_(std::vector<Expr>{not_fired, ExpressionStore::not_(instance.met), speaks,
                                           ExpressionStore::not_(g_.proposition(proposition).no)});
  }
  auto list = named(instance.provision, store_.or_(stopped, silent));
  add(list, of_child(instance.condition, FalseWhyNot, store_.and_(silent, ExpressionStore::not_(g_.trace(instance.condition).value))));
  add(list, stoppers(instance.attackers, instance.unless, stopped));
  return list;
}

GroundLists::ListId GroundLists::opened(const std::vector<Struck>& opens, Expr where, Mode mode) {
  ListId list = nothing;
  for (const auto& open : opens) add(list, fired(open, store_.and_(where, open.fires), mode));
  return list;
}

GroundLists::ListId GroundLists::fired(const Struck& attack, Expr where, Mode mode) {
  if (where.is_false()) return nothing;
  const auto holds = g_.trace(attack.condition).value;
  auto list = named(attack.by, where);
  add(list, of_child(attack.condition, as(true, why_not(mode)), store_.and_(where, holds)));
  add(list, defeated(attack.attackers, where));
  add(list, opened(attack.opens, store_.and_(where, ExpressionStore::not_(holds)), mode));
  return list;
}

// Attackers that were met but stopped, with what stopped them.
GroundLists::ListId GroundLists::defeated(const std::vector<Struck>& attackers, Expr where) {
  ListId list = nothing;
  for (const auto& attack : attackers) {
    const auto here = store_.and_(std::vector<Expr>{where, attack.met, ExpressionStore::not_(attack.fires)});
    if (here.is_false()) continue;
    add(list, named(attack.by, here));
    add(list, stoppers(attack.attackers, attack.unless, here));
  }
  return list;
}

// What stopped something that would have spoken: the `unless B` that held, the attackers that fired. Not a why not.
GroundLists::ListId GroundLists::stoppers(const std::vector<Struck>& attackers, const std::vector<TraceId>& unless, Expr where) {
  ListId list = nothing;
  if (where.is_false()) return list;
  for (const auto stop : unless) add(list, of_child(stop, True, store_.and_(where, g_.trace(stop).value)));
  for (const auto& attack : attackers) add(list, fired(attack, store_.and_(where, attack.fires), False));
  return list;
}

}  // namespace onus::evaluate
