#include "model/dump.hpp"

#include "base/text.hpp"

namespace onus::model {
namespace {

std::string_view word_of(FieldType type) {
  switch (type) {
    case FieldType::YesNo: return "yes or no";
    case FieldType::OneOf: return "one of";
    case FieldType::AnyOf: return "any of";
    case FieldType::Amount: return "amount";
    case FieldType::Count: return "count";
    case FieldType::Date: return "date";
    case FieldType::Moment: return "moment";
    case FieldType::Relation: return "relation";
    case FieldType::PairSet: return "pairs";
    case FieldType::Inverse: return "inverse";
    case FieldType::OneInverse: return "one inverse";
    case FieldType::Chain: return "chain";
    case FieldType::Judgement: return "judgement";
  }
  return {};
}

// Walks one tree; the depth of conditions is what the parser let through.
class Printer {
 public:
  Printer(const Model& model, const std::vector<Variable>& variables) : model_(model), variables_(variables) {}

  [[nodiscard]] std::string path(const Path& path) const {
    std::string result = path.root.index < variables_.size() ? variables_[path.root.index].noun : "?";
    for (const Step& step : path.steps) {
      result += '.';
      result += step.kind == Step::Kind::Field ? model_.fields[step.field].name : model_.values[step.value].name;
    }
    return result;
  }

  [[nodiscard]] std::string list(std::string_view head, const std::vector<ConditionId>& children) const {
    std::string result(head);
    result += '(';
    for (std::size_t index = 0; index < children.size(); ++index) {
      if (index > 0) result += ", ";
      result += condition(children[index]);
    }
    return result + ')';
  }

  [[nodiscard]] std::string range(VariableId id) const {
    const Variable& variable = variables_[id.index];
    std::string result = variable.noun + ": " + model_.kinds[variable.kind].name;
    if (variable.domain_of && variable.domain) {
      result += " in " + path(*variable.domain_of) + '.' + model_.fields[*variable.domain].name;
    }
    if (variable.other_than) result += " but " + variables_[variable.other_than->index].noun;
    return result;
  }

  [[nodiscard]] std::string condition(ConditionId id) const {
    const Condition& it = model_.conditions[id];
    std::string result = it.letter.empty() ? "" : "(" + it.letter + ") ";
    const auto fact = [&] {
      std::string text = path(it.path) + '.' + model_.fields[it.field].name;
      if (it.year) text += " in " + std::to_string(*it.year);
      return text;
    };
    switch (it.kind) {
      case ConditionKind::All: return result + list("all", it.children);
      case ConditionKind::Any: return result + list("any", it.children);
      case ConditionKind::AtLeast: return result + list("at least " + std::to_string(it.count), it.children);
      case ConditionKind::Not: return result + list("not", it.children);
      case ConditionKind::Unless: return result + list("unless", it.children);
      case ConditionKind::Quantified: {
        result += it.quantifier == Quantifier::Every ? "every" : it.quantifier == Quantifier::No ? "no" : "at least " + std::to_string(it.count);
        result += " [" + range(it.variable);
        if (it.has_filter) result += " | " + condition(it.children.front());
        return result + "] " + condition(it.children.back());
      }
      case ConditionKind::Alternatives: {
        result += "read(" + condition(it.children.front());
        for (std::size_t index = 1; index < it.children.size(); ++index) {
          result += "; " + std::to_string(it.alternatives[index - 1]) + ": " + condition(it.children[index]);
        }
        return result + ')';
      }
      case ConditionKind::Compare: {
        constexpr std::string_view signs[] = {">", ">=", "<", "<=", "="};
        return result + expr(it.left) + ' ' + std::string(signs[static_cast<std::size_t>(it.relation)]) + ' ' + expr(it.right);
      }
      case ConditionKind::YesNo: return result + fact();
      case ConditionKind::Member: return result + fact() + " has " + model_.fields[it.field].members[it.member];
      case ConditionKind::Pair: return result + fact() + '(' + path(it.path2) + ')';
      case ConditionKind::Judgement:
        if (it.form == JudgementForm::Established) return result + "established(" + fact() + ')';
        if (it.form == JudgementForm::EstablishedNot) return result + "established not(" + fact() + ')';
        return result + "judged(" + fact() + ')';
      case ConditionKind::Concluded: {
        result += model_.predicates[it.predicate].name + '(' + path(it.path);
        if (it.has_path2) result += ", " + path(it.path2);
        result += ')';
        if (it.regulation) result += " under " + model_.regulations[*it.regulation].label;
        return result;
      }
      case ConditionKind::Has: return result + "has(" + (it.has_field ? fact() : path(it.path)) + ')';
      case ConditionKind::Same: return result + path(it.path) + " is " + path(it.path2);
      case ConditionKind::Unknowable: return result + "unknowable(" + fact() + (it.has_path2 ? " to " + path(it.path2) : "") + ')';
    }
    return result;
  }

  [[nodiscard]] std::string expr(ExprId id) const {
    const Expr& it = model_.exprs[id];
    const auto both = [&](std::string_view sign) {
      return '(' + expr(it.operands.at(0)) + ' ' + std::string(sign) + ' ' + expr(it.operands.at(1)) + ')';
    };
    const auto call = [&](std::string_view name) {
      return std::string(name) + '(' + expr(it.operands.at(0)) + ", " + expr(it.operands.at(1)) + ')';
    };
    const auto over = [&](std::string_view name) {
      std::string result = std::string(name) + " [" + range(it.variable);
      if (it.filter) result += " | " + condition(*it.filter);
      result += ']';
      if (!it.operands.empty()) result += ' ' + expr(it.operands.front());
      return result;
    };
    switch (it.kind) {
      case ExprKind::Constant: return to_text(it.number) + (it.unit ? ' ' + std::string(unit_name(*it.unit, it.number)) : "");
      case ExprKind::DateLiteral: return to_text(it.date);
      case ExprKind::MomentLiteral: return to_text(it.moment);
      case ExprKind::Today: return "today";
      case ExprKind::Text: return '"' + it.text + '"';
      case ExprKind::Entity: return path(it.path);
      case ExprKind::Authority: return model_.authorities[it.authority].name;
      case ExprKind::Fact: {
        std::string result = path(it.path) + '.' + model_.fields[it.field].name;
        if (it.year) result += " in " + std::to_string(*it.year);
        if (!it.operands.empty()) {
          result += " in year of " + expr(it.operands.front());
          if (it.year_shift != 0) result += " " + std::to_string(it.year_shift);
        }
        return result;
      }
      case ExprKind::Value: return path(it.path) + '.' + model_.values[it.value].name;
      case ExprKind::Parameter:
        return '<' + model_.parameters[it.parameter].name + (it.operands.empty() ? "" : " as of " + expr(it.operands.front())) + '>';
      case ExprKind::Add: return both("+");
      case ExprKind::Subtract: return both("-");
      case ExprKind::Times: return both("*");
      case ExprKind::Higher: return call("higher");
      case ExprKind::Lower: return call("lower");
      case ExprKind::Later: return call("later");
      case ExprKind::Earlier: return call("earlier");
      case ExprKind::Sum: return over("sum");
      case ExprKind::Greatest: return over("greatest");
      case ExprKind::Smallest: return over("smallest");
      case ExprKind::Count: return over("number");
      case ExprKind::Shift: return '(' + expr(it.operands.at(0)) + " shifted by " + to_text(it.period) + ')';
    }
    return {};
  }

 private:
  const Model& model_;
  const std::vector<Variable>& variables_;
};

void add_field(std::string& out, const Model& model, const Field& field) {
  out += "  " + field.name + ": " + std::string(word_of(field.type));
  if (field.unit) out += ' ' + std::string(unit_name(*field.unit));
  if (!field.members.empty()) out += ' ' + join(field.members, "; ");
  if (field.target) out += ' ' + model.kinds[*field.target].name;
  if (field.inverse_of) out += " by " + model.fields[*field.inverse_of].name;
  for (const FieldId step : field.chain) out += " ." + model.fields[step].name;
  if (field.yearly) out += ", yearly";
  if (field.optional) out += ", optional";
  if (field.unknowable) out += ", unknowable";
  if (field.closing == Closing::No) out += ", closed no";
  if (field.closing == Closing::None) out += ", closed none";
  if (!field.question.empty()) out += " \"" + field.question + '"';
  out += '\n';
}

std::string_view word_of(Due::Kind kind) {
  switch (kind) {
    case Due::Kind::By: return "by";
    case Due::Kind::Before: return "before";
    case Due::Kind::Within: return "within";
    case Due::Kind::WithoutDelay: return "without delay after";
    case Due::Kind::OnRequest: return "on request";
    case Due::Kind::Every: return "every";
    case Due::Kind::For: return "for";
    case Due::Kind::Continuously: return "continuously";
  }
  return {};
}

void add_provision(std::string& out, const Model& model, ProvisionId id) {
  const Provision& it = model.provisions[id];
  const Printer print(model, it.variables);
  const auto line = [&](std::string_view name, const std::string& text) { out += "  " + std::string(name) + ": " + text + '\n'; };
  out += std::string(word(it.kind)) + ' ' + it.label;
  if (!it.title.empty()) out += " \"" + it.title + '"';
  for (const Citation& citation : it.citations) out += " [" + citation.text + ']';
  if (it.part) out += " in part " + model.parts[*it.part].label;
  if (it.recursive) out += ", recursive";
  out += '\n';
  if (!it.variables.empty()) {
    std::string row;
    for (std::uint32_t index = 0; index < it.row_size; ++index) {
      if (index > 0) row += ", ";
      row += it.variables[index].noun + ": " + model.kinds[it.variables[index].kind].name;
    }
    line("row", row);
  }
  if (it.holder.root.is_valid()) line("holder", print.path(it.holder));
  if (it.bearer) line("bearer", print.path(*it.bearer));
  if (it.bearer_authority) line("bearer", "the " + model.authorities[*it.bearer_authority].name);
  if (it.object) line("object", print.path(*it.object));
  if (it.predicate) line("concludes", model.predicates[*it.predicate].name);
  if (it.judgement) line("presumes", model.fields[*it.judgement].name);
  if (it.claim) line("claims", print.condition(*it.claim));
  if (!it.act.empty()) line("act", '"' + it.act + '"');
  if (it.scope) line("scope", print.condition(*it.scope));
  if (it.condition) line("if", print.condition(*it.condition));
  for (const ValueCase& one : it.cases) {
    std::string text = (one.letter.empty() ? "" : "(" + one.letter + ") ") + print.expr(one.expr);
    if (one.guard) text += " if " + print.condition(*one.guard);
    for (const ValueCase::Alternative& other : one.alternatives) {
      text += "; " + std::to_string(other.reading) + ": " + print.expr(other.expr);
      if (other.guard) text += " if " + print.condition(*other.guard);
    }
    line("case", text);
  }
  if (it.rebutted) line("rebutted", print.condition(*it.rebutted));
  for (const Towards& one : it.towards) line("towards", print.expr(one.who) + (one.on_request ? ", on request" : ""));
  for (const Limit& one : it.limits) {
    line("limited to", (one.to ? print.expr(*one.to) : "left open") + (one.condition ? " if " + print.condition(*one.condition) : ""));
  }
  if (it.from) line("from", print.expr(*it.from));
  if (it.until) line("until", print.expr(*it.until));
  for (const Due& one : it.dues) {
    std::string text(word_of(one.kind));
    if (one.kind == Due::Kind::Within || one.kind == Due::Kind::Every || one.kind == Due::Kind::For) text += ' ' + to_text(one.period);
    if (one.expr) text += (one.kind == Due::Kind::Within ? " of " : " ") + print.expr(*one.expr);
    line("due", text);
  }
  if (it.at_most) line("at most", print.expr(*it.at_most) + (it.per.empty() ? "" : " per " + it.per));
  for (const ProvisionId next : it.failing_which) line("failing which", model.name_of(next));
  for (const Fulfilment& one : it.fulfilled_by) {
    line("fulfilled by", (one.norm ? model.name_of(*one.norm) : print.expr(*one.expr)) +
                             (one.condition ? " if " + print.condition(*one.condition) : ""));
  }
  for (const ExprId who : it.enforced_by) line("enforced by", print.expr(who));
  if (it.applies_from) line("applies from", to_text(*it.applies_from));
  if (it.enforceable_from) line("enforceable from", to_text(*it.enforceable_from));
  for (const Target& one : it.targets) {
    ProvisionId row = one.provision;
    auto inner = one.of_target;
    while (inner) {
      const Target& next = model.provisions[row].targets.at(*inner);
      row = next.provision;
      inner = next.of_target;
    }
    const Printer in_row(model, model.provisions[row].variables);
    std::string text = model.name_of(one.provision);
    if (one.of_target) text += " in " + model.name_of(row);
    if (one.date) text += std::string(one.until ? " until " : " from ") + in_row.expr(*one.date);
    if (one.condition) text += " if " + in_row.condition(*one.condition);
    line("target", text);
  }
  for (const ProvisionId other : it.passed_over) line("passed over", model.name_of(other));
  for (const ProvisionId other : it.over) line("over", model.name_of(other));
  for (const Reading& one : it.readings) line("reading", '"' + one.name + "\" of (" + one.letter + ')');
}

void add_case(std::string& out, const Model& model, const InlineCase& it) {
  std::vector<Variable> entities;
  for (const CaseEntity& entity : it.entities) {
    Variable variable;
    variable.noun = entity.named ? '"' + entity.name + '"' : entity.name;
    variable.kind = entity.kind;
    entities.push_back(std::move(variable));
  }
  const Printer print(model, entities);
  out += "case \"" + it.name + "\" as of " + to_text(it.as_of) + '\n';
  for (const Variable& entity : entities) out += "  entity " + entity.noun + ": " + model.kinds[entity.kind].name + '\n';
  for (const ConditionId given : it.given) out += "  given " + print.condition(given) + '\n';
  for (const Expectation& one : it.expectations) {
    out += "  expect ";
    if (!one.reading.empty()) out += "reading \"" + one.reading + "\": ";
    if (one.kind == Expectation::Kind::Depends) out += "depends: ";
    if (one.kind == Expectation::Kind::Undetermined) out += "undetermined: ";
    if (one.condition) out += print.condition(*one.condition);
    if (one.provision) out += model.name_of(*one.provision) + ' ' + one.verdict;
    if (one.bearer) out += " to " + print.path(*one.bearer);
    if (one.bearer_authority) out += " to the " + model.authorities[*one.bearer_authority].name;
    if (one.object) out += " for " + print.path(*one.object);
    if (one.due) out += ", due " + print.expr(*one.due);
    if (one.from) out += ", from " + print.expr(*one.from);
    if (one.limited_to) out += ", limited to " + print.expr(*one.limited_to);
    if (one.at_most) out += ", at most " + print.expr(*one.at_most);
    for (const ProvisionId reason : one.because) out += (one.because_only ? " because only " : " because ") + model.name_of(reason);
    out += '\n';
  }
}

}  // namespace

std::string dump(const Model& model, ConditionId id, const std::vector<Variable>& variables) {
  return Printer(model, variables).condition(id);
}

std::string dump(const Model& model, ExprId id, const std::vector<Variable>& variables) { return Printer(model, variables).expr(id); }

std::string dump(const Model& model) {
  std::string out;
  for (const KindId id : model.kinds.ids()) {
    const EntityKind& kind = model.kinds[id];
    out += "kind " + kind.name;
    if (kind.exists_from) out += " exists from " + model.fields[*kind.exists_from].name;
    out += '\n';
    for (const FieldId field : model.fields_of(id)) add_field(out, model, model.fields[field]);
    for (const Predicate& predicate : model.predicates) {
      if (predicate.owner != id) continue;
      out += "  " + predicate.name + ": by law";
      if (predicate.object) out += " of " + model.kinds[*predicate.object].name;
      if (predicate.regulation) out += " in " + model.regulations[*predicate.regulation].label;
      out += '\n';
    }
    for (const ComputedTerm& term : model.values) {
      if (term.owner != id) continue;
      out += "  " + term.name + ": value";
      if (term.unit) out += ' ' + std::string(unit_name(*term.unit));
      if (term.type == ExprType::Date) out += " date";
      if (term.entity_kind) out += ' ' + model.kinds[*term.entity_kind].name;
      if (term.recursive) out += ", recursive";
      out += '\n';
    }
  }
  for (const Authority& authority : model.authorities) out += "authority " + authority.name + '\n';
  for (const Regulation& regulation : model.regulations) {
    out += "regulation " + regulation.label + " \"" + regulation.title + '"';
    for (const Status& status : regulation.statuses) {
      out += "; " + status.text;
      if (status.from) out += " from " + to_text(*status.from);
      if (status.until) out += " until " + to_text(*status.until);
    }
    out += '\n';
  }
  for (const Part& part : model.parts) {
    out += "part " + part.label;
    if (part.applies_from) out += ", applies from " + to_text(*part.applies_from);
    if (part.enforceable_from) out += ", enforceable from " + to_text(*part.enforceable_from);
    out += '\n';
  }
  for (const Parameter& parameter : model.parameters) {
    out += "parameter " + parameter.name + ':';
    for (const ParameterSpan& span : parameter.spans) {
      const auto days = span.number.to_int64();
      out += ' ' + (parameter.is_date && days ? to_text(Date{static_cast<std::int32_t>(*days)}) : to_text(span.number));
      if (parameter.unit) out += ' ' + std::string(unit_name(*parameter.unit, span.number));
      if (span.from) out += " from " + to_text(*span.from);
      if (span.until) out += " until " + to_text(*span.until);
      out += ';';
    }
    out += '\n';
  }
  for (const ProvisionId id : model.provisions.ids()) add_provision(out, model, id);
  for (const InlineCase& one : model.cases) add_case(out, model, one);
  return out;
}

}  // namespace onus::model
