// Auxiliary variables and what they are.
//
// Where undetermined relations lead back to a conclusion that is being worked out, a variable stands for it; sums and values
// along chains are numbers that constraints determine. An expression over such variables means what their definitions make of
// it: whoever puts something in for a day or for the way of deciding an `open` provision has to do so in the definitions too.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <vector>

#include "solve/expression.hpp"

namespace onus::evaluate {

using solve::Expr;

class Definitions {
 public:
  explicit Definitions(solve::ExpressionStore& store) : store_(store) {}

  // The variable is as the expression; the number is as the constraint says (several may say so together).
  void add(solve::BoolVar auxiliary, Expr meaning);
  void add(solve::RealVar auxiliary, Expr constraint);

  [[nodiscard]] bool defines(solve::BoolVar variable) const { return booleans_.contains(variable); }
  [[nodiscard]] bool defines(solve::RealVar variable) const { return reals_.contains(variable); }

  // What constrains a number; nothing where it is not defined.
  [[nodiscard]] std::vector<Expr> of(solve::RealVar variable) const {
    const auto known = reals_.find(variable);
    return known == reals_.end() ? std::vector<Expr>{} : known->second;
  }

  // How variables that are not defined enter the expression, by definitions as well: only ever helping it to be true (1),
  // only ever harming (2), both (3). Those asked for alone.
  std::map<solve::BoolVar, std::uint8_t> ways(Expr e, const std::set<solve::BoolVar>& asked);

  // The expression with the replacements made in it and in what it stands on: definitions that are touched are copied, for
  // new variables, which `define_boolean` and `define_number` are told.
  struct Replacement {
    std::vector<std::pair<solve::BoolVar, Expr>> booleans;
    std::vector<std::pair<solve::RealVar, solve::LinearForm>> reals;
  };
  using DefineBoolean = std::function<void(solve::BoolVar auxiliary, Expr meaning)>;
  using DefineNumber = std::function<void(solve::RealVar auxiliary, Expr constraint)>;
  Expr replaced(Expr e, const Replacement& replacement, const DefineBoolean& define_boolean, const DefineNumber& define_number);

  // The expression and all definitions that it stands on.
  std::vector<Expr> with_definitions(Expr e);

 private:
  // What an expression stands on: nodes, each before those it is made of, and who uses whom. A defined number is a vertex
  // of its own.
  struct Vertex {
    std::uint32_t node = 0;              // 0: a number
    solve::RealVar number{};
    std::uint32_t last_use = 0;          // position + 1 in `uses`
  };
  struct Use {
    std::uint32_t by = 0, before = 0;    // a vertex; the next use, as `last_use`
  };
  struct Ground {
    Expr of;
    std::uint32_t booleans = 0, reals = 0;   // variables at that time: a later one is not reached
    std::vector<Vertex> vertices;
    std::vector<Use> uses;
  };
  // The same expression is asked about many times in a row, for one day after the other.
  const Ground& reach(Expr e);
  void forget_ground();

  solve::ExpressionStore& store_;
  std::map<solve::BoolVar, Expr> booleans_;
  std::map<solve::RealVar, std::vector<Expr>> reals_;
  Ground ground_;                                             // the last one, while `of` is not constant
  std::vector<std::uint32_t> vertex_of_node_, vertex_of_real_;   // position + 1 in it
};

}  // namespace onus::evaluate
