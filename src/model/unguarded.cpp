#include "model/unguarded.hpp"

#include <algorithm>
#include <vector>

namespace onus::model {
namespace {

// A thing or a fact that need not be there, by the path to it: facts end in a step of their own.
using Present = std::vector<Path>;

Path with_field(Path path, FieldId field) {
  path.steps.push_back({Step::Kind::Field, field, {}});
  return path;
}

class Guards {
 public:
  Guards(const Model& model, ProvisionId provision, Sink& sink) : model_(model), provision_(model.provisions[provision]), sink_(sink) {}

  // An assumption that denies something of what is not there demands nothing, as it should.
  void run() {
    const Present by_scope = entailed(provision_.scope, true);
    walk(provision_.scope, {});
    walk(provision_.condition, by_scope);
    Present row = by_scope;
    add(row, entailed(provision_.condition, true));
    walk(provision_.rebutted, row);
    for (const ValueCase& one : provision_.cases) {
      walk(one.guard, by_scope);
      for (const auto& alternative : one.alternatives) walk(alternative.guard, by_scope);
    }
    for (const Limit& limit : provision_.limits) walk(limit.condition, row);
    for (const Target& target : provision_.targets) {
      // It matters only where what it strikes would have its effect.
      const Provision& struck = model_.provisions[target.provision];
      Present there = entailed(struck.scope, true);
      add(there, entailed(struck.condition, true));
      variables_ = &(is_attack(struck.kind) ? provision_ : struck).variables;
      if (!is_attack(struck.kind)) walk(target.condition, there);
    }
  }

 private:
  static bool is_attack(ProvisionKind kind) {
    return kind == ProvisionKind::Exception || kind == ProvisionKind::Transition || kind == ProvisionKind::Open;
  }

  static void add(Present& to, const Present& more) { to.insert(to.end(), more.begin(), more.end()); }

  // Every beginning of the path that need not be there.
  void add_path(const Path& path, Present& out) const {
    Path begin{path.root, {}};
    for (const Step& step : path.steps) {
      begin.steps.push_back(step);
      if (step.kind == Step::Kind::Field && model_.fields[step.field].optional) out.push_back(begin);
    }
  }

  void add_expr(ExprId id, Present& out) const {
    const Expr& expr = model_.exprs[id];
    switch (expr.kind) {
      case ExprKind::Fact:
        add_path(model_.fields[expr.field].optional ? with_field(expr.path, expr.field) : expr.path, out);
        break;
      case ExprKind::Entity:
      case ExprKind::Value: add_path(expr.path, out); break;
      // What is not there drops out of these, or makes a set empty: a comparison may hold all the same.
      case ExprKind::Later:
      case ExprKind::Earlier:
      case ExprKind::Higher:
      case ExprKind::Lower:
      case ExprKind::Sum:
      case ExprKind::Greatest:
      case ExprKind::Smallest:
      case ExprKind::Count: break;
      default:
        for (const ExprId operand : expr.operands) add_expr(operand, out);
    }
  }

  // What an atom needs to be there in order to be true.
  [[nodiscard]] Present needed(const Condition& condition) const {
    Present result;
    switch (condition.kind) {
      case ConditionKind::Compare:
        add_expr(condition.left, result);
        add_expr(condition.right, result);
        break;
      case ConditionKind::Has: {
        const bool of_field = condition.has_field && model_.fields[condition.field].optional;
        add_path(of_field ? with_field(condition.path, condition.field) : condition.path, result);
        break;
      }
      case ConditionKind::YesNo:
      case ConditionKind::Member:
      case ConditionKind::Judgement:
        add_path(model_.fields[condition.field].optional ? with_field(condition.path, condition.field) : condition.path, result);
        break;
      case ConditionKind::Pair:
      case ConditionKind::Same:
        add_path(condition.path, result);
        add_path(condition.path2, result);
        break;
      case ConditionKind::Concluded:
      case ConditionKind::Unknowable:
        add_path(condition.path, result);
        if (condition.has_path2) add_path(condition.path2, result);
        break;
      default: break;
    }
    return result;
  }

  static bool is_atom(ConditionKind kind) {
    switch (kind) {
      case ConditionKind::All:
      case ConditionKind::Any:
      case ConditionKind::AtLeast:
      case ConditionKind::Not:
      case ConditionKind::Unless:
      case ConditionKind::Quantified:
      case ConditionKind::Alternatives: return false;
      default: return true;
    }
  }

  // What is there wherever the condition has this truth.
  [[nodiscard]] Present entailed(const std::optional<ConditionId>& id, bool truth) const {
    return id ? entailed(*id, truth) : Present{};
  }
  [[nodiscard]] Present entailed(ConditionId id, bool truth) const {
    const Condition& condition = model_.conditions[id];
    if (is_atom(condition.kind)) return truth ? needed(condition) : Present{};
    Present result;
    switch (condition.kind) {
      case ConditionKind::Not: return entailed(condition.children.front(), !truth);
      case ConditionKind::All:
      case ConditionKind::Any:
        if ((condition.kind == ConditionKind::All) == truth || condition.children.size() == 1) {
          for (const ConditionId child : condition.children) add(result, entailed(child, truth));
        }
        return result;
      case ConditionKind::Unless: return truth ? entailed(condition.children.front(), true) : result;
      default: return result;
    }
  }

  void walk(const std::optional<ConditionId>& id, const Present& present) {
    if (id) walk(*id, present);
  }
  void walk(ConditionId id, const Present& present) {
    const Condition& condition = model_.conditions[id];
    switch (condition.kind) {
      case ConditionKind::All:
      case ConditionKind::Any: {
        const bool all = condition.kind == ConditionKind::All;
        for (std::size_t i = 0; i < condition.children.size(); ++i) {
          Present there = present;
          // Beside it: whatever the others need where this one decides.
          for (std::size_t other = 0; other < condition.children.size(); ++other) {
            if (other != i) add(there, entailed(condition.children[other], all));
          }
          walk(condition.children[i], there);
        }
        break;
      }
      case ConditionKind::Unless:
      case ConditionKind::Quantified: {
        if (condition.kind == ConditionKind::Quantified && !condition.has_filter) {
          walk(condition.children.back(), present);
          break;
        }
        const bool unless = condition.kind == ConditionKind::Unless;
        Present first = present;
        if (unless) add(first, entailed(condition.children.back(), false));
        walk(condition.children.front(), first);
        Present second = present;
        add(second, entailed(condition.children.front(), true));
        walk(condition.children.back(), second);
        break;
      }
      case ConditionKind::Not: {
        const Condition& inner = model_.conditions[condition.children.front()];
        if (is_atom(inner.kind)) {
          report(condition, inner, present);
        } else {
          walk(condition.children.front(), present);
        }
        break;
      }
      default:
        for (const ConditionId child : condition.children) walk(child, present);
    }
  }

  void report(const Condition& negative, const Condition& inner, const Present& present) {
    Present missing = needed(inner);
    if (inner.kind == ConditionKind::Has && !missing.empty()) missing.pop_back();   // that is what it denies
    for (const Path& path : missing) {
      if (std::find(present.begin(), present.end(), path) != present.end()) continue;
      diagnose<Kind::NegativeOfNone>(sink_, negative.span, model_.text_of(path, *variables_));
      return;
    }
  }

  const Model& model_;
  const Provision& provision_;
  Sink& sink_;
  const std::vector<Variable>* variables_ = &provision_.variables;
};

}  // namespace

void report_unguarded(const Model& model, ProvisionId provision, Sink& sink) { Guards(model, provision, sink).run(); }

}  // namespace onus::model
