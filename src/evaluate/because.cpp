// The grounds of a verdict (semantics.md § 6): which provisions made it what it is, as expressions over the worlds.
#include <algorithm>
#include <map>

#include "evaluate/context.hpp"

namespace onus::evaluate {

using solve::ExpressionStore;

namespace {

// How a node of the trace matters: it is true or false there, and whether the reader asks why not.
enum Mode : std::size_t { True, False, TrueWhyNot, FalseWhyNot };
constexpr Mode opposite(Mode mode) { return mode == True ? False : mode == False ? True : mode == TrueWhyNot ? FalseWhyNot : TrueWhyNot; }
constexpr bool is_true(Mode mode) { return mode == True || mode == TrueWhyNot; }
constexpr bool why_not(Mode mode) { return mode == TrueWhyNot || mode == FalseWhyNot; }
constexpr Mode as(bool truth, bool whynot) { return truth ? (whynot ? TrueWhyNot : True) : (whynot ? FalseWhyNot : False); }

class Grounds {
 public:
  explicit Grounds(Context& context) : g_(context.grounder()), store_(context.store()) {}

  std::vector<GroundOf> of(PropositionId proposition, bool name_own) {
    const auto yes = g_.proposition(proposition).yes;
    start();
    own_ = name_own ? std::nullopt : std::optional(g_.instance(g_.proposition(proposition).instances.front()).provision);
    yes_of(proposition, yes, True);
    no_of(proposition, ExpressionStore::not_(yes), FalseWhyNot);
    settle();
    return ordered(list(proposition));
  }

  std::vector<GroundOf> of(TraceId root) {
    start();
    const auto value = g_.trace(root).value;
    touch(root, TrueWhyNot, value);
    touch(root, FalseWhyNot, ExpressionStore::not_(value));
    settle();
    return ordered({{std::nullopt, root}});
  }

 private:
  using Row = std::array<Expr, 4>;
  // What is still to be looked at: a provision to name, or a node.
  struct Next {
    std::optional<model::ProvisionId> provision;
    TraceId trace;
  };

  void start() {
    relevant_.assign(g_.trace_count(), {solve::false_expr, solve::false_expr, solve::false_expr, solve::false_expr});
  }

  void settle() {
    // Children are made before their parents: from the last to the first, each node is complete when it is reached.
    for (auto i = relevant_.size(); i > 0; --i) {
      for (std::size_t mode = 0; mode < 4; ++mode) {
        const auto where = relevant_[i - 1][mode];
        if (!where.is_false()) visit(TraceId{static_cast<std::uint32_t>(i - 1)}, static_cast<Mode>(mode), where);
      }
    }
  }

  static void list_struck(const std::vector<Struck>& struck, std::vector<Next>& out) {
    for (const auto& each : struck) {
      out.push_back({each.by, {}});
      out.push_back({std::nullopt, each.condition});
      for (const auto stop : each.unless) out.push_back({std::nullopt, stop});
      list_struck(each.attackers, out);
      list_struck(each.opens, out);
    }
  }

  std::vector<Next> list(PropositionId id) {
    std::vector<Next> next;
    for (const auto instance_id : g_.proposition(id).instances) {
      const auto& instance = g_.instance(instance_id);
      next.push_back({instance.provision, {}});
      next.push_back({std::nullopt, instance.condition});
      for (const auto each : instance.followed) next.push_back({std::nullopt, each});
      for (const auto stop : instance.unless) next.push_back({std::nullopt, stop});
      list_struck(instance.attackers, next);
      list_struck(instance.opens, next);
    }
    return next;
  }

  void mark(model::ProvisionId provision, Expr where) {
    if (where.is_false()) return;
    auto [it, fresh] = marks_.try_emplace(provision, where);
    if (!fresh) it->second = store_.or_(it->second, where);
  }

  void touch(TraceId trace, Mode mode, Expr where) {
    if (where.is_false()) return;
    auto& slot = relevant_[trace.index][mode];
    slot = store_.or_(slot, where);
  }

  void visit(TraceId id, Mode mode, Expr where) {
    const auto& trace = g_.trace(id);
    const bool truth = is_true(mode);
    switch (trace.op) {
      case Trace::Op::Leaf: break;
      case Trace::Op::Not: touch(trace.children.front(), opposite(mode), where); break;
      case Trace::Op::And:
      case Trace::Op::Or:
      case Trace::Op::AtLeast: {
        // A true and, a false or: all members. Else those that made it so.
        const bool all = (trace.op == Trace::Op::And) == truth && trace.op != Trace::Op::AtLeast;
        for (const auto child : trace.children) {
          const auto value = g_.trace(child).value;
          const auto agrees = truth ? value : ExpressionStore::not_(value);
          touch(child, mode, all ? where : store_.and_(where, agrees));
        }
        break;
      }
      case Trace::Op::Where: touch(trace.children.front(), mode, store_.and_(where, trace.guard)); break;
      case Trace::Op::Conclusion:
        if (truth) {
          yes_of(trace.proposition, where, True);   // what holds has its grounds, not a why not
        } else {
          no_of(trace.proposition, where, mode);
        }
        break;
      case Trace::Op::Judgement: {
        const auto presumption = trace.children.front();
        const auto presumed = g_.trace(presumption).value;
        if (truth) {
          touch(presumption, mode, store_.and_(std::vector<Expr>{where, presumed, ExpressionStore::not_(trace.answered_no)}));
        } else {
          // A presumption that an answer overrode is named; one that does not fire is no ground.
          touch(presumption, as(true, why_not(mode)), store_.and_(std::vector<Expr>{where, trace.answered_no, presumed}));
        }
        break;
      }
      case Trace::Op::Compare:
        // Where a side is not there, nothing is compared.
        for (const auto child : trace.children) {
          touch(child, as(true, why_not(mode)), store_.and_(std::vector<Expr>{where, trace.guard, g_.trace(child).value}));
        }
        break;
      case Trace::Op::Case:
        mark(trace.provision, where);
        touch(trace.children.front(), mode, where);
        break;
    }
  }

  // The fired provisions, and what was met but stopped on the way.
  void yes_of(PropositionId proposition, Expr where, Mode mode) {
    for (const auto id : g_.proposition(proposition).instances) {
      const auto& instance = g_.instance(id);
      const auto here = store_.and_(where, instance.fires);
      if (here.is_false()) continue;
      mark(instance.provision, here);
      touch(instance.condition, as(true, why_not(mode)), store_.and_(here, g_.trace(instance.condition).value));
      for (const auto each : instance.followed) touch(each, True, store_.and_(here, g_.trace(each).value));
      opened(instance.opens, store_.and_(here, ExpressionStore::not_(g_.trace(instance.condition).value)), mode);
      defeated(instance.attackers, here);
    }
  }

  // Nothing fired: what spoke and was stopped; and to who asks why not, what a silent text would have needed.
  void no_of(PropositionId proposition, Expr where, Mode mode) {
    for (const auto id : g_.proposition(proposition).instances) {
      const auto& instance = g_.instance(id);
      const auto not_fired = store_.and_(where, ExpressionStore::not_(instance.fires));
      const auto stopped = store_.and_(not_fired, instance.met);
      if (!stopped.is_false()) {
        mark(instance.provision, stopped);
        stoppers(instance.attackers, instance.unless, stopped);
      }
      if (!why_not(mode)) continue;
      const auto speaks = store_.and_(instance.in_force, instance.match);
      const auto silent = store_.and_(std::vector<Expr>{not_fired, ExpressionStore::not_(instance.met), speaks,
                                                       ExpressionStore::not_(g_.proposition(proposition).no)});
      if (silent.is_false()) continue;
      mark(instance.provision, silent);
      touch(instance.condition, FalseWhyNot, store_.and_(silent, ExpressionStore::not_(g_.trace(instance.condition).value)));
    }
  }

  void opened(const std::vector<Struck>& opens, Expr where, Mode mode) {
    for (const auto& open : opens) fired(open, store_.and_(where, open.fires), mode);
  }

  void fired(const Struck& attack, Expr where, Mode mode) {
    if (where.is_false()) return;
    mark(attack.by, where);
    touch(attack.condition, as(true, why_not(mode)), store_.and_(where, g_.trace(attack.condition).value));
    opened(attack.opens, store_.and_(where, ExpressionStore::not_(g_.trace(attack.condition).value)), mode);
    defeated(attack.attackers, where);
  }

  // Attackers that were met but stopped, with what stopped them.
  void defeated(const std::vector<Struck>& attackers, Expr where) {
    for (const auto& attack : attackers) {
      const auto here = store_.and_(std::vector<Expr>{where, attack.met, ExpressionStore::not_(attack.fires)});
      if (here.is_false()) continue;
      mark(attack.by, here);
      stoppers(attack.attackers, attack.unless, here);
    }
  }

  // What stopped something that would have spoken: the attackers that fired, the `unless B` that held. Not a why not.
  void stoppers(const std::vector<Struck>& attackers, const std::vector<TraceId>& unless, Expr where) {
    for (const auto& attack : attackers) fired(attack, store_.and_(where, attack.fires), False);
    for (const auto stop : unless) touch(stop, True, store_.and_(where, g_.trace(stop).value));
  }

  // Depth first, as written.
  std::vector<GroundOf> ordered(std::vector<Next> roots) {
    std::vector<GroundOf> result;
    std::vector<bool> seen(relevant_.size());
    const auto emit = [&](model::ProvisionId provision) {
      const auto it = marks_.find(provision);
      if (it == marks_.end() || provision == own_) return;
      result.push_back({provision, it->second});
      marks_.erase(it);
    };
    std::vector<Next> stack;
    const auto push = [&](std::vector<Next> next) { stack.insert(stack.end(), next.rbegin(), next.rend()); };
    push(std::move(roots));
    while (!stack.empty()) {
      const auto next = stack.back();
      stack.pop_back();
      if (next.provision) {
        emit(*next.provision);
        continue;
      }
      if (seen[next.trace.index]) continue;
      const auto& row = relevant_[next.trace.index];
      if (std::all_of(row.begin(), row.end(), [](Expr e) { return e.is_false(); })) continue;
      seen[next.trace.index] = true;
      const auto& trace = g_.trace(next.trace);
      if (trace.op == Trace::Op::Conclusion) {
        push(list(trace.proposition));
        continue;
      }
      std::vector<Next> below;
      if (trace.op == Trace::Op::Case) below.push_back({trace.provision, {}});
      for (const auto child : trace.children) below.push_back({std::nullopt, child});
      push(std::move(below));
    }
    return result;
  }

  Grounder& g_;
  ExpressionStore& store_;
  std::vector<Row> relevant_;
  std::map<model::ProvisionId, Expr> marks_;
  std::optional<model::ProvisionId> own_;
};

}  // namespace

std::vector<GroundOf> grounds(Context& context, PropositionId proposition, bool name_own) {
  return Grounds(context).of(proposition, name_own);
}

std::vector<GroundOf> grounds(Context& context, TraceId condition) { return Grounds(context).of(condition); }

}  // namespace onus::evaluate
