#include "facts/uses.hpp"

#include "model/parts.hpp"

namespace onus::facts {
namespace {

using namespace model;
using ModelKind = ConditionKind;

class Walk {
 public:
  Walk(const Model& model, const Provision& provision) : model_(model), provision_(provision) {}

  Uses run() {
    start();
    while (!conditions_.empty() || !exprs_.empty()) {
      if (!conditions_.empty()) {
        const auto id = conditions_.back();
        conditions_.pop_back();
        visit(model_.conditions[id]);
      } else {
        const auto id = exprs_.back();
        exprs_.pop_back();
        visit(model_.exprs[id]);
      }
    }
    return std::move(uses_);
  }

 private:
  void start() {
    const auto& p = provision_;
    for (const Variable& variable : p.variables) {
      if (variable.domain_of) path(*variable.domain_of);
      if (variable.domain) uses_.fields.push_back(*variable.domain);
    }
    path(p.holder);
    for (const auto& other : {p.object, p.bearer}) {
      if (other) path(*other);
    }
    auto [conditions, exprs] = parts_of(model_, p);
    conditions_ = std::move(conditions);
    exprs_ = std::move(exprs);
  }

  void push(const std::optional<ConditionId>& id) {
    if (id && model_.conditions.contains(*id)) conditions_.push_back(*id);
  }
  void push(const std::optional<ExprId>& id) {
    if (id && model_.exprs.contains(*id)) exprs_.push_back(*id);
  }

  void visit(const Condition& c) {
    switch (c.kind) {
      case ConditionKind::Compare:
        push(c.left);
        push(c.right);
        break;
      case ConditionKind::YesNo:
      case ConditionKind::Member: fact(c.path, c.field); break;
      case ConditionKind::Pair:
        fact(c.path, c.field);
        path(c.path2);
        break;
      case ConditionKind::Judgement:
        fact(c.path, c.field);
        depend(Dependency::Kind::Judgement, c.field.index, c.path);
        break;
      case ConditionKind::Concluded:
        depend(Dependency::Kind::Predicate, c.predicate.index, c.path);
        path(c.path);
        if (c.has_path2) {
          depend(Dependency::Kind::Predicate, c.predicate.index, c.path2);
          path(c.path2);
        }
        break;
      case ConditionKind::Has:
        path(c.path);
        if (c.has_field) uses_.fields.push_back(c.field);
        break;
      case ConditionKind::Same:
        path(c.path);
        path(c.path2);
        break;
      case ConditionKind::Unknowable:
        fact(c.path, c.field);
        if (c.has_path2) path(c.path2);
        break;
      case ConditionKind::All:
      case ConditionKind::Any:
      case ConditionKind::AtLeast:
      case ConditionKind::Not:
      case ConditionKind::Unless:
      case ConditionKind::Quantified:
      case ConditionKind::Alternatives: break;
    }
    for (const auto child : c.children) push(child);
  }

  void visit(const Expr& e) {
    switch (e.kind) {
      case ExprKind::Entity: path(e.path); break;
      case ExprKind::Fact: fact(e.path, e.field); break;
      case ExprKind::Value:
        depend(Dependency::Kind::Value, e.value.index, e.path);
        path(e.path);
        break;
      default: break;
    }
    push(e.filter);
    for (const auto operand : e.operands) push(operand);
  }

  void fact(const Path& at, FieldId field) {
    path(at);
    uses_.fields.push_back(field);
  }

  void path(const Path& at) {
    Path before{at.root, {}};
    for (const Step& step : at.steps) {
      if (step.kind == Step::Kind::Field) {
        uses_.fields.push_back(step.field);
      } else {
        depend(Dependency::Kind::Value, step.value.index, before);
      }
      before.steps.push_back(step);
    }
  }

  void depend(Dependency::Kind kind, std::uint32_t index, const Path& at) {
    uses_.dependencies.push_back({kind, index, relations_of(model_, at, provision_.variables)});
  }

  const Model& model_;
  const Provision& provision_;
  Uses uses_;
  std::vector<ConditionId> conditions_;
  std::vector<ExprId> exprs_;
};

}  // namespace

void append_relations(const model::Model& model, model::FieldId id, std::vector<model::FieldId>& relations) {
  const auto& field = model.fields[id];
  if (field.inverse_of) {
    relations.push_back(*field.inverse_of);
  } else if (field.type == FieldType::Chain) {
    // The steps of a chain are relations or inverses of relations, never chains.
    for (const auto step : field.chain) relations.push_back(model.fields[step].inverse_of.value_or(step));
  } else {
    relations.push_back(id);
  }
}

std::vector<model::FieldId> relations_of(const model::Model& model, const model::Path& path,
                                         const std::vector<model::Variable>& variables) {
  std::vector<model::FieldId> relations;
  const auto append = [&](const model::Path& at) {
    for (const Step& step : at.steps) {
      if (step.kind == Step::Kind::Field) append_relations(model, step.field, relations);
    }
  };
  append(path);
  // A quantified variable ranges over a set of another's; the ranges are declared one behind the other.
  auto root = path.root;
  for (std::size_t guard = 0; guard <= variables.size() && root.index < variables.size(); ++guard) {
    const Variable& variable = variables[root.index];
    if (variable.domain) append_relations(model, *variable.domain, relations);
    if (!variable.domain_of) break;
    append(*variable.domain_of);
    root = variable.domain_of->root;
  }
  return relations;
}

Uses uses_of(const model::Model& model, model::ProvisionId provision) {
  return Walk(model, model.provisions[provision]).run();
}

}  // namespace onus::facts
