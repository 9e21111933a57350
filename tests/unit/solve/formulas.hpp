// Random formulas for the tests of the decision procedure, with a truth of their own: they are evaluated here, without
// the store, so that folding in the store is under test too.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "solve/expression.hpp"

namespace onus::solve::testing {

// A fixed sequence of numbers for each seed (SplitMix64).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t mixed = (state_ += 0x9e3779b97f4a7c15U);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31);
  }
  int below(int bound) { return static_cast<int>(next() % static_cast<std::uint64_t>(bound)); }
  int between(int least, int most) { return least + below(most - least + 1); }
  bool chance(int percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

// sum of coefficients * variables + constant, against 0.
struct PlainAtom {
  std::vector<int> coefficients;  // by variable
  int constant = 0;
  bool strict = false;
};

struct Formula {
  enum class Op { False, True, Boolean, Atom, Not, And, Or, Implies, Iff, Ite, AtLeast, AtMostOne, ExactlyOne };
  struct Node {
    Op op = Op::True;
    int index = 0;              // of a boolean or an atom; n of AtLeast
    std::vector<int> children;  // nodes made before
  };
  std::vector<Node> nodes;  // the last one is the formula
  std::vector<PlainAtom> atoms;

  bool evaluate(const std::vector<bool>& booleans, const std::vector<bool>& atom_truths) const;
};

struct Shape {
  int booleans = 4;
  int reals = 0;
  int atoms = 0;      // distinct ones to draw from
  int operators = 8;  // at most
  int largest_coefficient = 3;
  int largest_constant = 4;
};

Formula random_formula(Random& random, const Shape& shape);

// The formula in a store, over these variables.
Expr build(const Formula& formula, ExpressionStore& store, const std::vector<BoolVar>& booleans,
           const std::vector<RealVar>& reals);
LinearForm linear_form(const PlainAtom& atom, const std::vector<RealVar>& reals);

// Is there a rational point where every atom has the truth given? Fourier–Motzkin elimination with strictness; nothing
// of the product is used. `domains` are further atoms that hold.
bool feasible(const std::vector<PlainAtom>& atoms, const std::vector<bool>& truths, int variables,
              const std::vector<PlainAtom>& domains = {});

// Satisfiable over the rationals, by all truth assignments.
bool satisfiable_by_enumeration(const Formula& formula, int booleans, int reals,
                                const std::vector<PlainAtom>& domains = {});

}  // namespace onus::solve::testing
