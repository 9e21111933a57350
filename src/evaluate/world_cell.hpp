// What a world knows of one fact once it is asked for. Private to the world's files.
#pragma once

#include <map>
#include <vector>

#include "evaluate/world.hpp"

namespace onus::evaluate {

// What a fact is, once asked for. Only the members that its type needs are filled.
struct World::Cell {
  Fact* fact = nullptr;                 // none: a computed inverse without variables
  Expr exists = solve::true_expr;
  Expr yes = solve::false_expr;
  std::vector<Expr> members;            // OneOf, AnyOf
  std::map<EntityIndex, Expr> pairs;    // PairSet
  bool pairs_open = false;
  solve::LinearForm form;
  Alternatives alternatives;            // relations, and members of sets
  Fact* further = nullptr;              // sets: stands for members that the case does not list
  JudgementFacts judgement{};
  bool all_cannot_fixed = false;        // knowledge: the state settles it for every actor
};

}  // namespace onus::evaluate
