#include "model/model.hpp"

#include <stdexcept>

namespace onus::model {

std::string_view word(ProvisionKind kind) {
  switch (kind) {
    case ProvisionKind::Definition: return "definition";
    case ProvisionKind::Assumption: return "assumption";
    case ProvisionKind::Presumption: return "presumption";
    case ProvisionKind::Value: return "value";
    case ProvisionKind::Duty: return "duty";
    case ProvisionKind::Prohibition: return "prohibition";
    case ProvisionKind::Permission: return "permission";
    case ProvisionKind::Guidance: return "guidance";
    case ProvisionKind::Penalty: return "penalty";
    case ProvisionKind::Liability: return "liability";
    case ProvisionKind::Exception: return "exception";
    case ProvisionKind::Transition: return "transition";
    case ProvisionKind::Open: return "open";
  }
  throw std::logic_error("no such kind of provision");
}

bool is_norm(ProvisionKind kind) {
  switch (kind) {
    case ProvisionKind::Duty:
    case ProvisionKind::Prohibition:
    case ProvisionKind::Permission:
    case ProvisionKind::Guidance:
    case ProvisionKind::Penalty:
    case ProvisionKind::Liability: return true;
    case ProvisionKind::Definition:
    case ProvisionKind::Assumption:
    case ProvisionKind::Presumption:
    case ProvisionKind::Value:
    case ProvisionKind::Exception:
    case ProvisionKind::Transition:
    case ProvisionKind::Open: return false;
  }
  throw std::logic_error("no such kind of provision");
}

std::string Model::name_of(ProvisionId id) const {
  const Provision& provision = provisions[id];
  const bool numbered = !provision.label.empty() && provision.label.front() >= '0' && provision.label.front() <= '9';
  if (numbered) return provision.label;
  return std::string(word(provision.kind)) + ' ' + provision.label;
}

std::string Model::text_of(const Path& path, const std::vector<Variable>& variables) const {
  std::string result;
  for (auto step = path.steps.rbegin(); step != path.steps.rend(); ++step) {
    result += "the ";
    result += step->kind == Step::Kind::Field ? fields[step->field].name : values[step->value].name;
    result += " of ";
  }
  return result + "the " + variables.at(path.root.index).noun;
}

KindId Model::kind_of(const Path& path, const std::vector<Variable>& variables) const {
  if (path.steps.empty()) return variables.at(path.root.index).kind;
  const Step& last = path.steps.back();
  return last.kind == Step::Kind::Field ? fields[last.field].target.value() : values[last.value].entity_kind.value();
}

ExprType Model::type_of(ExprId id) const {
  // Only a few forms take their type from what they are made of.
  for (const Expr* expr = &exprs[id];; expr = &exprs[expr->operands.at(0)]) {
    switch (expr->kind) {
      case ExprKind::DateLiteral:
      case ExprKind::Today: return ExprType::Date;
      case ExprKind::MomentLiteral: return ExprType::Moment;
      case ExprKind::Text: return ExprType::Text;
      case ExprKind::Entity: return ExprType::Entity;
      case ExprKind::Authority: return ExprType::Authority;
      case ExprKind::Value: return values[expr->value].type;
      case ExprKind::Parameter: return parameters[expr->parameter].is_date ? ExprType::Date : ExprType::Number;
      case ExprKind::Fact: {
        const FieldType type = fields[expr->field].type;
        return type == FieldType::Date ? ExprType::Date : type == FieldType::Moment ? ExprType::Moment : ExprType::Number;
      }
      case ExprKind::Constant:
      case ExprKind::Add:
      case ExprKind::Subtract:
      case ExprKind::Times:
      case ExprKind::Higher:
      case ExprKind::Lower:
      case ExprKind::Sum:
      case ExprKind::Greatest:
      case ExprKind::Smallest:
      case ExprKind::Count: return ExprType::Number;
      case ExprKind::Later:
      case ExprKind::Earlier:
      case ExprKind::Shift: break;
    }
  }
}

std::vector<FieldId> Model::fields_of(KindId kind) const {
  std::vector<FieldId> result;
  for (const FieldId id : fields.ids()) {
    if (fields[id].owner == kind) result.push_back(id);
  }
  return result;
}

}  // namespace onus::model
