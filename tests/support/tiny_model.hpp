// A small model built by hand, with a field of every type, for tests of the stages that take a model: actors develop models,
// modifications lead from model to model, incidents happen to models.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/units.hpp"
#include "model/model.hpp"

namespace onus::testing {

using namespace onus::model;

struct TinyModel {
  Model model;
  KindId actor, ai_model, modification, incident, framework_change;

  TinyModel() {
    actor = kind("actor");
    ai_model = kind("model");
    modification = kind("modification");
    incident = kind("incident");
    framework_change = kind("framework change");
    commission = model.authorities.add({"Commission", {}});
    fields();
    regulation = model.regulations.add(labelled<Regulation>("eu-gpai"));
    other_regulation = model.regulations.add(labelled<Regulation>("policy-baseline"));
    predicates();
    provisions();
  }

  [[nodiscard]] FieldId field(KindId owner, std::string_view name) const {
    for (const auto id : model.fields.ids()) {
      if (model.fields[id].owner == owner && model.fields[id].name == name) return id;
    }
    throw std::logic_error("the tiny model has no field " + std::string(name));
  }
  [[nodiscard]] ProvisionId provision(std::string_view label) const {
    for (const auto id : model.provisions.ids()) {
      if (model.provisions[id].label == label) return id;
    }
    throw std::logic_error("the tiny model has no provision " + std::string(label));
  }

  // ---- conditions and expressions, for provisions and cases -------------------------------------------------------------

  static Path path(std::uint32_t root, std::vector<FieldId> steps = {}) {
    Path out{VariableId{root}, {}};
    for (const auto step : steps) out.steps.push_back({Step::Kind::Field, step, {}});
    return out;
  }
  ConditionId add(Condition condition) { return model.conditions.add(std::move(condition)); }
  ConditionId no(ConditionId id) {
    Condition condition;
    condition.kind = ConditionKind::Not;
    condition.children = {id};
    condition.span = model.conditions[id].span;
    return add(condition);
  }
  ConditionId list(ConditionKind list_kind, std::vector<ConditionId> children) {
    Condition condition;
    condition.kind = list_kind;
    condition.children = std::move(children);
    return add(condition);
  }
  // A condition about a field: YesNo, Member, Judgement, Pair, Has, Unknowable.
  ConditionId about(ConditionKind about_kind, Path at, FieldId of, std::uint32_t member = 0) {
    Condition condition;
    condition.kind = about_kind;
    condition.path = std::move(at);
    condition.field = of;
    condition.member = member;
    condition.has_field = about_kind == ConditionKind::Has;
    return add(condition);
  }
  ConditionId two(ConditionKind two_kind, Path first, Path second, FieldId of = {}) {
    Condition condition;
    condition.kind = two_kind;
    condition.path = std::move(first);
    condition.path2 = std::move(second);
    condition.has_path2 = true;
    condition.field = of;
    return add(condition);
  }
  ConditionId concluded(PredicateId predicate, Path subject, std::optional<Path> object = std::nullopt) {
    Condition condition;
    condition.kind = ConditionKind::Concluded;
    condition.predicate = predicate;
    condition.path = std::move(subject);
    if (object) {
      condition.path2 = *object;
      condition.has_path2 = true;
    }
    return add(condition);
  }
  ExprId number(Number value) {
    Expr expr;
    expr.kind = ExprKind::Constant;
    expr.number = std::move(value);
    return model.exprs.add(expr);
  }
  ExprId date(std::string_view text) {
    Expr expr;
    expr.kind = ExprKind::DateLiteral;
    expr.date = *parse_date(text);
    return model.exprs.add(expr);
  }
  ExprId fact(Path at, FieldId of, std::optional<std::int32_t> year = std::nullopt) {
    Expr expr;
    expr.kind = ExprKind::Fact;
    expr.path = std::move(at);
    expr.field = of;
    expr.year = year;
    return model.exprs.add(expr);
  }
  ConditionId compare(Relation relation, ExprId left, ExprId right) {
    Condition condition;
    condition.kind = ConditionKind::Compare;
    condition.relation = relation;
    condition.left = left;
    condition.right = right;
    return add(condition);
  }

  AuthorityId commission;
  RegulationId regulation, other_regulation;
  PredicateId general_purpose, systemic, internal, provider;
  ValueId cumulative_compute;

 private:
  template <class T>
  static T labelled(std::string label) {
    T value;
    value.label = std::move(label);
    return value;
  }
  KindId kind(std::string name) { return model.kinds.add({std::move(name), std::nullopt, {}}); }

  Field& declare(KindId owner, std::string name, FieldType type) {
    Field field_value;
    field_value.name = std::move(name);
    field_value.owner = owner;
    field_value.type = type;
    return model.fields[model.fields.add(std::move(field_value))];
  }
  Field& amount(KindId owner, std::string name, std::string_view unit) {
    Field& out = declare(owner, std::move(name), FieldType::Amount);
    if (!unit.empty()) out.unit = find_unit(unit);
    return out;
  }
  Field& related(KindId owner, std::string name, FieldType type, KindId target) {
    Field& out = declare(owner, std::move(name), type);
    out.target = target;
    return out;
  }
  Field& inverse(KindId owner, std::string name, FieldType type, KindId target, std::string_view of) {
    const FieldId relation = field(target, of);
    Field& out = related(owner, std::move(name), type, target);
    out.inverse_of = relation;
    return out;
  }

  void fields() {
    Field& turnover = amount(actor, "turnover", "EUR");
    turnover.yearly = true;
    declare(actor, "established in the Union", FieldType::YesNo);
    declare(actor, "SME", FieldType::YesNo).closing = Closing::No;
    related(actor, "contractor", FieldType::PairSet, actor);
    Field& affiliates = related(actor, "affiliate", FieldType::PairSet, actor);
    affiliates.plural = "affiliates";
    declare(actor, "culpable", FieldType::Judgement).question = "Did the actor act intentionally or negligently?";
    declare(actor, "staff", FieldType::Count).unit = find_unit("persons");

    Field& developer = related(ai_model, "developer", FieldType::Relation, actor);
    developer.optional = true;
    Field& origin = related(ai_model, "origin", FieldType::Relation, modification);
    origin.optional = true;
    origin.closing = Closing::None;
    amount(ai_model, "training compute", "FLOP").unknowable = true;
    declare(ai_model, "placing date", FieldType::Date);
    Field& acceptance = declare(ai_model, "acceptance date", FieldType::Date);
    acceptance.optional = true;
    acceptance.closing = Closing::None;
    Field& modalities = declare(ai_model, "modality", FieldType::AnyOf);
    modalities.plural = "modalities";
    modalities.members = {"text", "audio", "image", "video"};
    declare(ai_model, "integrable downstream", FieldType::YesNo);
    declare(ai_model, "public in weights", FieldType::YesNo);
    declare(ai_model, "generally capable", FieldType::Judgement).question = "Does it perform a wide range of tasks?";
    declare(ai_model, "high-impact", FieldType::Judgement);
    declare(ai_model, "number of releases", FieldType::Count);
    amount(ai_model, "quality", "");
    amount(ai_model, "market share", "percent");

    related(modification, "original model", FieldType::Relation, ai_model);
    related(modification, "modifier", FieldType::Relation, actor);
    amount(modification, "compute", "FLOP");
    declare(modification, "technique", FieldType::OneOf).members = {"fine-tuning", "merging",          "distillation", "tool access",
                                                                    "prompting",   "safeguard removal", "yes men",      "merge"};
    declare(modification, "significant", FieldType::Judgement);
    inverse(modification, "resulting model", FieldType::OneInverse, ai_model, "origin");
    inverse(ai_model, "modifications", FieldType::Inverse, modification, "original model");
    inverse(actor, "developed models", FieldType::Inverse, ai_model, "developer");
    const FieldId origin_id = field(ai_model, "origin"), original = field(modification, "original model");
    related(ai_model, "upstream models", FieldType::Chain, ai_model).chain = {origin_id, original};

    related(incident, "affected model", FieldType::Relation, ai_model);
    declare(incident, "awareness", FieldType::Moment);
    Field& discovery = declare(incident, "discovery", FieldType::Moment);
    discovery.optional = true;
    discovery.unknowable = true;
    related(framework_change, "author", FieldType::Relation, actor);
  }

  PredicateId predicate(std::string name, KindId owner, std::optional<KindId> object = std::nullopt) {
    return model.predicates.add({std::move(name), owner, object, regulation, {}});
  }
  void predicates() {
    general_purpose = predicate("general-purpose", ai_model);
    systemic = predicate("systemic", ai_model);
    internal = predicate("internal", modification);
    provider = predicate("provider", actor, ai_model);
  }

  Provision provision_of(ProvisionKind provision_kind, std::string label, std::vector<Variable> variables) {
    Provision out;
    out.kind = provision_kind;
    out.label = std::move(label);
    out.regulation = regulation;
    out.row_size = static_cast<std::uint32_t>(variables.size());
    out.variables = std::move(variables);
    return out;
  }
  static Variable variable(std::string noun, KindId variable_kind) { return {std::move(noun), variable_kind, {}, {}, {}, {}}; }

  void provisions() {
    const auto compute = field(modification, "compute"), training = field(ai_model, "training compute");
    const auto original = field(modification, "original model"), origin = field(ai_model, "origin");

    Provision general = provision_of(ProvisionKind::Definition, "3(63)", {variable("model", ai_model)});
    general.holder = path(0);
    general.predicate = general_purpose;
    general.condition = list(ConditionKind::All, {about(ConditionKind::Judgement, path(0), field(ai_model, "generally capable")),
                                                  about(ConditionKind::YesNo, path(0), field(ai_model, "integrable downstream"))});
    model.provisions.add(general);

    Provision value = provision_of(ProvisionKind::Value, "cumulative-compute", {variable("model", ai_model)});
    value.holder = path(0);
    ComputedTerm term;
    term.name = "cumulative compute";
    term.owner = ai_model;
    term.unit = find_unit("FLOP");
    term.recursive = true;
    term.provision = ProvisionId{static_cast<std::uint32_t>(model.provisions.size())};
    cumulative_compute = model.values.add(term);
    value.value = cumulative_compute;
    Expr earlier;
    earlier.kind = ExprKind::Value;
    earlier.path = path(0, {origin, original});
    earlier.value = cumulative_compute;
    Expr sum;
    sum.kind = ExprKind::Add;
    sum.operands = {model.exprs.add(earlier), fact(path(0), training)};
    ValueCase only;
    only.expr = model.exprs.add(sum);
    value.cases.push_back(only);
    model.provisions.add(value);

    Provision role = provision_of(ProvisionKind::Definition, "3.2", {variable("modification", modification)});
    role.holder = path(0, {field(modification, "modifier")});
    role.object = path(0, {field(modification, "resulting model")});
    role.predicate = provider;
    role.condition = compare(Relation::Greater, fact(path(0), compute), fact(path(0, {original}), training));
    role.readings.push_back({"significant change", {}, "c", {}});
    role.readings.push_back({"first model", {}, "c", {}});
    model.provisions.add(role);

    for (const char* label : {"53(1)(a)", "53(1)(d)"}) {
      Provision duty = provision_of(ProvisionKind::Duty, label, {variable("provider", actor), variable("model", ai_model)});
      duty.bearer = path(0);
      duty.object = path(1);
      duty.scope = list(ConditionKind::All, {concluded(provider, path(0), path(1)), concluded(general_purpose, path(1))});
      duty.from = fact(path(1), field(ai_model, "placing date"));
      model.provisions.add(duty);
    }

    Provision report = provision_of(ProvisionKind::Duty, "report-incidents",
                                    {variable("incident", incident), variable("provider", actor), variable("model", ai_model)});
    report.bearer = path(1);
    report.object = path(2);
    report.scope = two(ConditionKind::Same, path(0, {field(incident, "affected model")}), path(2));
    report.dues.push_back({Due::Kind::Within, {Period::Unit::Days, 15}, fact(path(0), field(incident, "awareness")), {}});
    model.provisions.add(report);

    Provision permission = provision_of(ProvisionKind::Permission, "52(4)", {variable("model", ai_model)});
    permission.bearer_authority = commission;
    permission.object = path(0);
    permission.scope = concluded(general_purpose, path(0));
    model.provisions.add(permission);

    Provision baseline = provision_of(ProvisionKind::Duty, "53(1)(d)", {variable("developer", actor)});
    baseline.bearer = path(0);
    baseline.regulation = other_regulation;
    baseline.kind = ProvisionKind::Liability;
    baseline.label = "evaluate";
    baseline.condition = about(ConditionKind::YesNo, path(0), field(actor, "SME"));
    model.provisions.add(baseline);
  }
};

}  // namespace onus::testing
