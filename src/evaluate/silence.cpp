// What the silence of a case has to do with a verdict: which closed facts a decided one rests on, and whether an open one is open
// only because what follows from facts that are not given is taken as free.
#include <set>

#include "evaluate/context.hpp"

namespace onus::evaluate {

std::vector<const Fact*> silence_behind(Context& context, Expr otherwise, std::uint64_t steps, bool& minimal) {
  std::vector<const Fact*> result;
  // What holds of all worlds speaks of further facts: all of them first.
  std::vector<Expr> assumptions{otherwise};
  try {
    if (!context.satisfiable(assumptions)) return result;
  } catch (const GaveUp& gave_up) {
    if (!gave_up.spent) throw;   // with everything open it is hardest; with silence closing what it closes, it may well be easy
  }
  std::vector<const Fact*> closed;
  for (const auto* fact : context.world().facts_in_order()) {
    if (!fact->closed) continue;
    closed.push_back(fact);
    assumptions.push_back(context.store().boolean(*fact->closed));
  }
  for (const auto position : context.minimal_core(assumptions, steps, &minimal)) {
    if (position > 0) result.push_back(closed[position - 1]);
  }
  return result;
}

std::optional<std::string> why_inexact(Context& context, const std::vector<Expr>& values) {
  if (context.grounder().loose()) return "a date that is not known is moved by months";
  auto& world = context.world();
  std::set<EntityIndex> free;
  std::set<EntityIndex> given;
  const auto support = context.store().support(values);
  const auto note = [&](const Fact* fact) {
    if (fact == nullptr || fact->kind) return;
    (fact->field ? given : free).insert(fact->entity);
  };
  // What else a set holds is free wherever the rules speak of it; in two places, it might not be both.
  std::set<const Fact*> further;
  bool twice = false;
  const auto note_further = [&](const Fact* fact) { twice = !further.insert(fact).second || twice; };
  for (const auto b : support.booleans) {
    note(world.fact_of(b));
    if (world.is_further(b)) note_further(world.fact_of(b));
  }
  for (const auto r : support.reals) {
    note(world.fact_of(r));
    if (world.is_further(r)) note_further(world.fact_of(r));
  }
  if (twice) return "what a set holds beside what the case lists is taken as open in each place that speaks of it";
  for (const auto entity : free) {
    if (!given.contains(entity)) continue;
    return "what the rules conclude about " + world.name_with_kind(entity) + ", which the case does not list, is taken as open beside its facts";
  }
  return std::nullopt;
}

}  // namespace onus::evaluate
