#include "formula/lower.hpp"

#include <stdexcept>
#include <utility>

namespace onus::formula {

using model::ConditionKind;
using model::ExprKind;

namespace {

Linear scaled(Linear linear, const Number& factor) {
  for (auto& term : linear) term.coefficient = term.coefficient * factor;
  return linear;
}

bool is_constant(const Linear& linear) {
  for (const auto& term : linear) {
    if (term.quantity != Quantity::One) return false;
  }
  return true;
}

// The product of a constant (numbers and parameters) and any linear form.
Linear product(const Linear& constant, const Linear& other) {
  Linear result;
  for (const auto& a : constant) {
    for (const auto& b : other) {
      LinearTerm term = b;
      term.coefficient = a.coefficient * b.coefficient;
      term.parameters.insert(term.parameters.begin(), a.parameters.begin(), a.parameters.end());
      result.push_back(std::move(term));
    }
  }
  return result;
}

bool is_number(const LinearTerm& term) { return term.quantity == Quantity::One && term.parameters.empty(); }

// Months are not linear: they move the whole date, with the days that it has been moved by before. A written date becomes
// another; any other date remembers the move, apart from its coefficient, which may turn negative in a comparison.
void move_by_months(Linear& date, std::int64_t months) {
  Number days;
  for (const auto& term : date) {
    if (is_number(term)) days = days + term.coefficient;
  }
  std::erase_if(date, is_number);
  if (date.empty()) {
    LinearTerm moved;
    moved.coefficient = moved_by_months(days, months);
    date.push_back(std::move(moved));
    return;
  }
  if (date.size() != 1) throw std::logic_error("a sum of dates passed the model");
  date.front().moves.push_back({days, months});
}

}  // namespace

FormulaId Lowering::condition(model::ConditionId id, bool skip_unless) {
  const auto result = lower(model_.conditions[id], true, skip_unless);
  if (!skip_unless) seen[id.index] = result;
  return result;
}

FormulaId Lowering::condition_or_true(const std::optional<model::ConditionId>& id, bool skip_unless) {
  return id ? condition(*id, skip_unless) : formulas_.constant(true);
}

FormulaId Lowering::lower(const model::Condition& c, bool positive, bool skip_unless) {
  const auto child = [&](model::ConditionId id, bool sign) {
    const auto result = lower(model_.conditions[id], sign, skip_unless);
    if (!skip_unless) seen[id.index] = result;
    return result;
  };
  const auto children = [&] {
    std::vector<FormulaId> result;
    for (const auto id : c.children) result.push_back(child(id, positive));
    return result;
  };
  Atom atom;
  atom.regulation = c.regulation.value_or(regulation_);
  switch (c.kind) {
    case ConditionKind::All: return formulas_.and_(children());
    case ConditionKind::Any: return formulas_.or_(children());
    case ConditionKind::AtLeast: return formulas_.at_least(c.count, children());
    case ConditionKind::Not: return formulas_.not_(child(c.children.at(0), !positive));
    case ConditionKind::Unless: {
      const auto main = child(c.children.at(0), positive);
      if (skip_unless && positive) return main;
      const auto stops = child(c.children.at(1), !positive);
      if (positive) unless.push_back(stops);
      return formulas_.and_({main, formulas_.not_(stops)});
    }
    case ConditionKind::Quantified: {
      const auto& variable = variables_.at(c.variable.index);
      Node node;
      node.op = Op::Quantified;
      node.count = c.count;
      node.quantifier = c.quantifier;
      node.variable = c.variable;
      if (variable.domain_of) {
        node.domain_of = formulas_.path(*variable.domain_of);
        node.domain = variable.domain.value();
      }
      node.other_than = variable.other_than;
      node.children = {c.has_filter ? child(c.children.at(0), true) : formulas_.constant(true), child(c.children.back(), true)};
      return formulas_.node(std::move(node));
    }
    case ConditionKind::Alternatives: {
      // One choice for the provision: where a reading is chosen, the items that it replaces are read its way.
      std::vector<FormulaId> branches;
      std::vector<FormulaId> main{child(c.children.at(0), positive)};
      for (std::size_t i = 0; i < c.alternatives.size(); ++i) {
        Atom reading;
        reading.kind = AtomKind::Reading;
        reading.provision = provision_;
        reading.member = c.alternatives[i];
        const auto chosen = formulas_.atom(reading);
        branches.push_back(formulas_.and_({chosen, child(c.children.at(i + 1), positive)}));
        main.push_back(formulas_.not_(chosen));
      }
      branches.insert(branches.begin(), formulas_.and_(std::move(main)));
      return formulas_.or_(std::move(branches));
    }
    case ConditionKind::Compare: return compare(c.left, c.relation, c.right);
    case ConditionKind::YesNo:
      atom.kind = AtomKind::YesNo;
      break;
    case ConditionKind::Member:
      atom.kind = AtomKind::Member;
      atom.member = c.member;
      break;
    case ConditionKind::Pair:
      atom.kind = AtomKind::Pair;
      atom.path2 = formulas_.path(c.path2);
      break;
    case ConditionKind::Judgement:
      switch (c.form) {
        case model::JudgementForm::Bare: atom.kind = AtomKind::Judged; break;
        case model::JudgementForm::Established: atom.kind = AtomKind::Established; break;
        case model::JudgementForm::EstablishedNot: atom.kind = AtomKind::AnsweredNo; break;
      }
      break;
    case ConditionKind::Concluded:
      atom.kind = AtomKind::Concluded;
      atom.predicate = c.predicate;
      if (c.has_path2) atom.path2 = formulas_.path(c.path2);
      break;
    case ConditionKind::Has:
      atom.kind = AtomKind::Exists;
      break;
    case ConditionKind::Same:
      atom.kind = AtomKind::Same;
      atom.path2 = formulas_.path(c.path2);
      break;
    case ConditionKind::Unknowable:
      atom.kind = AtomKind::CannotKnow;
      if (c.has_path2) atom.path2 = formulas_.path(c.path2);
      break;
  }
  atom.path = formulas_.path(c.path);
  atom.field = c.field;
  if (c.kind == ConditionKind::Has && !c.has_field) atom.field = model::FieldId{};
  atom.year = c.year.value_or(0);
  if (atom.kind != AtomKind::Concluded && atom.kind != AtomKind::Judged && atom.kind != AtomKind::Established) {
    atom.regulation = model::RegulationId{};
  }
  return formulas_.atom(std::move(atom));
}

FormulaId Lowering::exists(const Linear& linear) {
  std::vector<FormulaId> facts;
  for (const auto& term : linear) {
    if (term.quantity == Quantity::Value) {
      // A computed amount is there where it compares with something.
      LinearTerm value = term;
      value.coefficient = Number(1);
      value.moves.clear();
      LinearTerm zero;
      const Pieces left{{formulas_.constant(true), {value}}}, right{{formulas_.constant(true), {zero}}};
      facts.push_back(formulas_.or_({compare(left, model::Relation::GreaterEqual, right), compare(left, model::Relation::Less, right)}));
      continue;
    }
    if (term.quantity != Quantity::Fact) continue;
    Atom atom;
    atom.kind = AtomKind::Exists;
    atom.path = term.path;
    atom.field = term.field;
    atom.year = term.year;
    facts.push_back(formulas_.atom(std::move(atom)));
  }
  return formulas_.and_(std::move(facts));
}

Linear Lowering::today() const {
  LinearTerm term;
  term.coefficient = Number(1);
  term.quantity = Quantity::Today;
  return {term};
}

Linear Lowering::day(Date date) const {
  LinearTerm term;
  term.coefficient = Number(date.days);
  return {term};
}

Pieces Lowering::combine(const Pieces& a, const Pieces& b, const Number& factor) {
  Pieces result;
  for (const auto& x : a) {
    for (const auto& y : b) {
      const auto guard = formulas_.and_({x.guard, y.guard});
      if (guard == formulas_.constant(false)) continue;
      Linear sum = x.amount;
      const auto added = scaled(y.amount, factor);
      sum.insert(sum.end(), added.begin(), added.end());
      result.push_back({guard, std::move(sum)});
    }
  }
  return result;
}

Pieces Lowering::extreme(const Pieces& a, const Pieces& b, ExprKind kind) {
  const bool greater = kind == ExprKind::Higher || kind == ExprKind::Later;
  const bool drops_out = kind == ExprKind::Later || kind == ExprKind::Earlier;
  const auto one = [&](const Piece& x) { return Pieces{{formulas_.constant(true), x.amount}}; };
  const auto none = [&](const Pieces& pieces) {
    std::vector<FormulaId> where;
    for (const auto& piece : pieces) where.push_back(formulas_.and_({piece.guard, exists(piece.amount)}));
    return formulas_.not_(formulas_.or_(std::move(where)));
  };
  // A piece for each piece, so that the extreme of many does not grow with their product: where it is there, and beats what is
  // there of the other side, or nothing is.
  Pieces result;
  const auto add = [&](const Pieces& these, model::Relation beats, const Pieces& those) {
    const auto alone = drops_out ? none(those) : formulas_.constant(false);
    for (const auto& x : these) {
      std::vector<FormulaId> some{alone};
      for (const auto& y : those) some.push_back(formulas_.and_({y.guard, compare(one(x), beats, one(y))}));
      std::vector<FormulaId> guard{x.guard, formulas_.or_(std::move(some))};
      if (drops_out) guard.insert(guard.begin() + 1, exists(x.amount));
      result.push_back({formulas_.and_(std::move(guard)), x.amount});
    }
  };
  add(a, greater ? model::Relation::GreaterEqual : model::Relation::LessEqual, b);
  add(b, greater ? model::Relation::Greater : model::Relation::Less, a);
  std::erase_if(result, [&](const Piece& piece) { return piece.guard == formulas_.constant(false); });
  return result;
}

Linear Lowering::aggregate(const model::Expr& expr) {
  Aggregate result;
  const auto& variable = variables_.at(expr.variable.index);
  result.count = expr.kind == ExprKind::Count;
  result.variable = expr.variable;
  if (variable.domain_of) {
    result.domain_of = formulas_.path(*variable.domain_of);
    result.domain = variable.domain.value();
  }
  result.other_than = variable.other_than;
  result.filter = condition_or_true(expr.filter);
  if (!result.count) {
    auto body = pieces(expr.operands.at(0));
    if (body.size() != 1) throw std::logic_error("a summed amount with pieces passed the model");
    result.body = std::move(body.front().amount);
  }
  LinearTerm term;
  term.coefficient = Number(1);
  term.quantity = Quantity::Aggregate;
  term.aggregate = formulas_.aggregate(std::move(result));
  return {term};
}

Pieces Lowering::pieces(model::ExprId id) {
  const auto& expr = model_.exprs[id];
  const auto whole = [&](Linear linear) { return Pieces{{formulas_.constant(true), std::move(linear)}}; };
  LinearTerm term;
  term.coefficient = Number(1);
  switch (expr.kind) {
    case ExprKind::Constant:
      term.coefficient = expr.number;
      return whole({term});
    case ExprKind::DateLiteral: return whole(day(expr.date));
    case ExprKind::MomentLiteral:
      term.coefficient = Number(expr.moment.minutes);
      return whole({term});
    case ExprKind::Today: return whole(today());
    case ExprKind::Fact:
      term.quantity = Quantity::Fact;
      term.path = formulas_.path(expr.path);
      term.field = expr.field;
      if (expr.year) {
        term.year = *expr.year;
      } else if (!expr.operands.empty()) {
        // The model admits `the calendar year of / before today` only.
        term.year_from_today = expr.year_shift;
      }
      return whole({term});
    case ExprKind::Value:
      term.quantity = Quantity::Value;
      term.path = formulas_.path(expr.path);
      term.value = expr.value;
      return whole({term});
    case ExprKind::Parameter: {
      ParameterUse use;
      use.parameter = expr.parameter;
      if (!expr.operands.empty()) {
        const auto& date = model_.exprs[expr.operands.front()];
        if (date.kind == ExprKind::Fact) {
          use.as_of_path = formulas_.path(date.path);
          use.as_of_field = date.field;
        } else if (date.kind == ExprKind::DateLiteral) {
          use.as_of_day = date.date.days;
        }
      }
      term.parameters = {use};
      return whole({term});
    }
    case ExprKind::Add: return combine(pieces(expr.operands.at(0)), pieces(expr.operands.at(1)), Number(1));
    case ExprKind::Subtract: return combine(pieces(expr.operands.at(0)), pieces(expr.operands.at(1)), Number(-1));
    case ExprKind::Times: {
      auto a = pieces(expr.operands.at(0));
      auto b = pieces(expr.operands.at(1));
      Pieces result;
      for (const auto& x : a) {
        for (const auto& y : b) {
          const bool constant_first = is_constant(x.amount);
          result.push_back({formulas_.and_({x.guard, y.guard}),
                            constant_first ? product(x.amount, y.amount) : product(y.amount, x.amount)});
        }
      }
      return result;
    }
    case ExprKind::Higher:
    case ExprKind::Lower:
    case ExprKind::Later:
    case ExprKind::Earlier: return extreme(pieces(expr.operands.at(0)), pieces(expr.operands.at(1)), expr.kind);
    case ExprKind::Sum:
    case ExprKind::Count: return whole(aggregate(expr));
    case ExprKind::Shift: {
      auto result = pieces(expr.operands.at(0));
      // Days are counted in days, moments in minutes.
      const bool in_minutes = model_.type_of(expr.operands.at(0)) == model::ExprType::Moment;
      const std::int64_t day = in_minutes ? Moment::per_day : 1;
      const auto count = expr.period.count;
      for (auto& piece : result) {
        switch (expr.period.unit) {
          case Period::Unit::Hours:
            if (!in_minutes) throw std::logic_error("a day moved by hours passed the model");
            term.coefficient = Number(60 * count);
            piece.amount.push_back(term);
            break;
          case Period::Unit::Days:
          case Period::Unit::Weeks:
            term.coefficient = Number((expr.period.unit == Period::Unit::Weeks ? 7 * count : count) * day);
            piece.amount.push_back(term);
            break;
          case Period::Unit::Months:
          case Period::Unit::Years:
            if (in_minutes) throw std::logic_error("a moment moved by months passed the model");
            move_by_months(piece.amount, expr.period.unit == Period::Unit::Years ? 12 * count : count);
            break;
          case Period::Unit::BusinessDays: throw std::logic_error("a shift by business days passed the model");
        }
      }
      return result;
    }
    case ExprKind::Text:
    case ExprKind::Entity:
    case ExprKind::Authority:
    case ExprKind::Greatest:
    case ExprKind::Smallest: break;
  }
  throw std::logic_error("an expression that is no amount passed the model");
}

PathId Lowering::entity(model::ExprId id) {
  const auto& expr = model_.exprs[id];
  if (expr.kind == ExprKind::Entity) return formulas_.path(expr.path);
  if (expr.kind == ExprKind::Value) return formulas_.step(formulas_.path(expr.path), {model::Step::Kind::Value, {}, expr.value});
  return {};
}

FormulaId Lowering::compare(model::ExprId left, model::Relation relation, model::ExprId right) {
  return compare(pieces(left), relation, pieces(right));
}

FormulaId Lowering::compare(const Pieces& left, model::Relation relation, const Pieces& right) {
  std::vector<FormulaId> branches;
  const bool swap = relation == model::Relation::Less || relation == model::Relation::LessEqual;
  for (const auto& x : left) {
    for (const auto& y : right) {
      Atom atom;
      atom.kind = AtomKind::Compare;
      switch (relation) {
        case model::Relation::Greater:
        case model::Relation::Less: atom.bound = Bound::Greater; break;
        case model::Relation::GreaterEqual:
        case model::Relation::LessEqual: atom.bound = Bound::GreaterEqual; break;
        case model::Relation::Equal: atom.bound = Bound::Equal; break;
      }
      const auto& more = swap ? y.amount : x.amount;
      const auto& less = swap ? x.amount : y.amount;
      atom.linear = more;
      const auto taken = scaled(less, Number(-1));
      atom.linear.insert(atom.linear.end(), taken.begin(), taken.end());
      branches.push_back(formulas_.and_({x.guard, y.guard, formulas_.atom(std::move(atom))}));
    }
  }
  return formulas_.any_piece(std::move(branches));
}

}  // namespace onus::formula
