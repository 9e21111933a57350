#include "unit/solve/formulas.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace onus::solve::testing {

bool Formula::evaluate(const std::vector<bool>& booleans, const std::vector<bool>& atom_truths) const {
  std::vector<bool> value(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Node& node = nodes[i];
    const auto child = [&](std::size_t at) { return value[static_cast<std::size_t>(node.children[at])]; };
    int count = 0;
    for (std::size_t c = 0; c < node.children.size(); ++c) count += child(c) ? 1 : 0;
    const int size = static_cast<int>(node.children.size());
    bool truth = false;
    switch (node.op) {
      case Op::False: truth = false; break;
      case Op::True: truth = true; break;
      case Op::Boolean: truth = booleans[static_cast<std::size_t>(node.index)]; break;
      case Op::Atom: truth = atom_truths[static_cast<std::size_t>(node.index)]; break;
      case Op::Not: truth = !child(0); break;
      case Op::And: truth = count == size; break;
      case Op::Or: truth = count > 0; break;
      case Op::Implies: truth = !child(0) || child(1); break;
      case Op::Iff: truth = child(0) == child(1); break;
      case Op::Ite: truth = child(0) ? child(1) : child(2); break;
      case Op::AtLeast: truth = count >= node.index; break;
      case Op::AtMostOne: truth = count <= 1; break;
      case Op::ExactlyOne: truth = count == 1; break;
    }
    value[i] = truth;
  }
  return value.back();
}

Formula random_formula(Random& random, const Shape& shape) {
  Formula formula;
  using Op = Formula::Op;
  for (int i = 0; i < shape.atoms; ++i) {
    PlainAtom atom;
    atom.coefficients.resize(static_cast<std::size_t>(shape.reals), 0);
    const int wanted = random.between(1, std::min(shape.reals, 3));
    for (int k = 0; k < wanted; ++k)
      atom.coefficients[static_cast<std::size_t>(random.below(shape.reals))] =
          random.between(1, shape.largest_coefficient) * (random.chance(50) ? 1 : -1);
    atom.constant = random.between(-shape.largest_constant, shape.largest_constant);
    atom.strict = random.chance(50);
    // Forms that occur again with another threshold, and the same turned round, are the interesting ones.
    if (i > 0 && random.chance(40)) {
      const PlainAtom& earlier = formula.atoms[static_cast<std::size_t>(random.below(i))];
      const int factor = random.chance(50) ? -1 : random.between(1, 2);
      atom.coefficients = earlier.coefficients;
      for (int& coefficient : atom.coefficients) coefficient *= factor;
      if (random.chance(40)) atom.constant = factor * earlier.constant;
    }
    formula.atoms.push_back(std::move(atom));
  }
  const auto leaf = [&] {
    Formula::Node node;
    const int kinds = shape.booleans + shape.atoms;
    const int pick = random.below(kinds);
    if (random.chance(1)) {
      node.op = random.chance(50) ? Op::True : Op::False;
    } else if (pick < shape.booleans) {
      node.op = Op::Boolean;
      node.index = pick;
    } else {
      node.op = Op::Atom;
      node.index = pick - shape.booleans;
    }
    formula.nodes.push_back(node);
    return static_cast<int>(formula.nodes.size()) - 1;
  };
  // Nodes that nothing uses yet are taken first, so that most of what is made matters to the whole.
  std::vector<int> unused;
  const auto operand = [&] {
    if (!unused.empty() && random.chance(55)) {
      const auto at = unused.begin() + random.below(static_cast<int>(unused.size()));
      const int taken = *at;
      unused.erase(at);
      return taken;
    }
    const int made = static_cast<int>(formula.nodes.size());
    return made > 0 && random.chance(20) ? random.below(made) : leaf();
  };
  const auto add = [&](Op op, std::vector<int> children) {
    const int size = static_cast<int>(children.size());
    int index = 0;
    if (op == Op::AtLeast) index = random.chance(95) ? random.between(1, size) : random.chance(50) ? 0 : size + 1;
    formula.nodes.push_back({op, index, std::move(children)});
    unused.push_back(static_cast<int>(formula.nodes.size()) - 1);
  };
  const int operators = random.between(1, shape.operators);
  for (int i = 0; i < operators; ++i) {
    constexpr Op ops[] = {Op::Not, Op::And,     Op::And, Op::And, Op::And,     Op::Or,        Op::Or,        Op::Or,
                          Op::Or,  Op::Implies, Op::Iff, Op::Ite, Op::AtLeast, Op::AtMostOne, Op::ExactlyOne};
    const Op op = ops[random.below(static_cast<int>(std::size(ops)))];
    int count = random.between(2, 4);
    if (op == Op::Not) count = 1;
    if (op == Op::Implies || op == Op::Iff) count = 2;
    if (op == Op::Ite) count = 3;
    if ((op == Op::AtMostOne || op == Op::ExactlyOne) && random.chance(20)) count = 8;
    std::vector<int> children;
    for (int c = 0; c < count; ++c) children.push_back(operand());
    add(op, std::move(children));
  }
  if (unused.size() > 1) {
    const Op op = random.chance(70) ? Op::And : random.chance(50) ? Op::Or : Op::Iff;
    while (unused.size() > 1) {
      std::vector<int> children(unused.end() - 2, unused.end());
      unused.resize(unused.size() - 2);
      add(op, std::move(children));
    }
  }
  return formula;
}

LinearForm linear_form(const PlainAtom& atom, const std::vector<RealVar>& reals) {
  LinearForm form{Number(atom.constant)};
  for (std::size_t i = 0; i < atom.coefficients.size(); ++i) form.add(reals[i], Number(atom.coefficients[i]));
  return form;
}

Expr build(const Formula& formula, ExpressionStore& store, const std::vector<BoolVar>& booleans,
           const std::vector<RealVar>& reals) {
  using Op = Formula::Op;
  std::vector<Expr> made;
  for (const Formula::Node& node : formula.nodes) {
    std::vector<Expr> children;
    for (const int child : node.children) children.push_back(made[static_cast<std::size_t>(child)]);
    const auto index = static_cast<std::size_t>(node.index);
    Expr e;
    switch (node.op) {
      case Op::False: e = false_expr; break;
      case Op::True: e = true_expr; break;
      case Op::Boolean: e = store.boolean(booleans[index]); break;
      case Op::Atom: {
        const PlainAtom& atom = formula.atoms[index];
        e = store.linear(linear_form(atom, reals), atom.strict ? Relation::Greater : Relation::GreaterEqual);
        break;
      }
      case Op::Not: e = store.not_(children[0]); break;
      case Op::And: e = store.and_(children); break;
      case Op::Or: e = store.or_(children); break;
      case Op::Implies: e = store.implies(children[0], children[1]); break;
      case Op::Iff: e = store.iff(children[0], children[1]); break;
      case Op::Ite: e = store.ite(children[0], children[1], children[2]); break;
      case Op::AtLeast: e = store.at_least_n(children, index); break;
      case Op::AtMostOne: e = store.at_most_one(children); break;
      case Op::ExactlyOne: e = store.exactly_one(children); break;
    }
    made.push_back(e);
  }
  return made.back();
}

namespace {

__extension__ using Wide = __int128;

struct Row {
  std::vector<Wide> coefficients;
  Wide constant = 0;
  bool strict = false;  // sum + constant > 0, else >= 0
};

Wide absolute(Wide value) { return value < 0 ? -value : value; }

void reduce(Row& row) {
  Wide common = absolute(row.constant);
  for (const Wide coefficient : row.coefficients) {
    Wide other = absolute(coefficient);
    while (other != 0) {
      const Wide rest = common % other;
      common = other;
      other = rest;
    }
  }
  if (common <= 1) return;
  row.constant /= common;
  for (Wide& coefficient : row.coefficients) coefficient /= common;
}

bool same(const Row& left, const Row& right) {
  return left.strict == right.strict && left.constant == right.constant && left.coefficients == right.coefficients;
}

void add(std::vector<Row>& rows, Row row) {
  reduce(row);
  if (std::none_of(rows.begin(), rows.end(), [&](const Row& present) { return same(present, row); }))
    rows.push_back(std::move(row));
}

Row row_of(const PlainAtom& atom, bool truth, int variables) {
  Row row;
  row.coefficients.resize(static_cast<std::size_t>(variables), 0);
  const int sign = truth ? 1 : -1;
  for (std::size_t i = 0; i < atom.coefficients.size(); ++i) row.coefficients[i] = sign * atom.coefficients[i];
  row.constant = sign * atom.constant;
  row.strict = atom.strict == truth;  // not (s > 0) is -s >= 0
  return row;
}

}  // namespace

bool feasible(const std::vector<PlainAtom>& atoms, const std::vector<bool>& truths, int variables,
              const std::vector<PlainAtom>& domains) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < atoms.size(); ++i) add(rows, row_of(atoms[i], truths[i], variables));
  for (const PlainAtom& domain : domains) add(rows, row_of(domain, true, variables));
  for (std::size_t variable = 0; variable < static_cast<std::size_t>(variables); ++variable) {
    std::vector<Row> next;
    for (const Row& row : rows)
      if (row.coefficients[variable] == 0) add(next, row);
    for (const Row& low : rows) {
      if (low.coefficients[variable] <= 0) continue;
      for (const Row& high : rows) {
        if (high.coefficients[variable] >= 0) continue;
        Row sum = low;
        const Wide by_low = -high.coefficients[variable], by_high = low.coefficients[variable];
        for (std::size_t i = 0; i < sum.coefficients.size(); ++i)
          sum.coefficients[i] = by_low * low.coefficients[i] + by_high * high.coefficients[i];
        sum.constant = by_low * low.constant + by_high * high.constant;
        sum.strict = low.strict || high.strict;
        add(next, std::move(sum));
      }
    }
    rows = std::move(next);
  }
  return std::all_of(rows.begin(), rows.end(),
                     [](const Row& row) { return row.strict ? row.constant > 0 : row.constant >= 0; });
}

bool satisfiable_by_enumeration(const Formula& formula, int booleans, int reals,
                                const std::vector<PlainAtom>& domains) {
  const auto atoms = formula.atoms.size();
  for (std::uint32_t atom_bits = 0; atom_bits < (1U << atoms); ++atom_bits) {
    std::vector<bool> truths(atoms);
    for (std::size_t i = 0; i < atoms; ++i) truths[i] = ((atom_bits >> i) & 1) != 0;
    bool holds = false;
    for (std::uint32_t bits = 0; bits < (1U << booleans) && !holds; ++bits) {
      std::vector<bool> values(static_cast<std::size_t>(booleans));
      for (std::size_t i = 0; i < values.size(); ++i) values[i] = ((bits >> i) & 1) != 0;
      holds = formula.evaluate(values, truths);
    }
    if (holds && feasible(formula.atoms, truths, reals, domains)) return true;
  }
  return false;
}

}  // namespace onus::solve::testing
