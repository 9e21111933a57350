#include "facts/from_inline.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "facts/inline/entities.hpp"
#include "facts/inline/given.hpp"
#include "facts/problems.hpp"
#include "facts/relations.hpp"

namespace onus::facts {
namespace {

using namespace model;

class Expectations {
 public:
  Expectations(const Model& model, const InlineCase& source, Case& read, InlineEntities& entities, Problems& problems)
      : model_(model), source_(source), case_(read), entities_(entities), problems_(problems) {}

  void add(const Expectation& source) {
    Expected expected;
    expected.span = source.span;
    expected.reading = source.reading;
    expected.condition = source.condition;
    expected.provision = source.provision;
    expected.because_only = source.because_only;
    if (source.condition) entities_.list_paths_of(*source.condition);
    switch (source.kind) {
      case Expectation::Kind::Holds: expected.verdict = "holds"; break;
      case Expectation::Kind::Depends: expected.verdict = "depends"; break;
      case Expectation::Kind::Undetermined: expected.verdict = "undetermined"; break;
      case Expectation::Kind::Norm: expected.verdict = source.verdict; break;
    }
    if (source.bearer) expected.bearer = entities_.resolve(*source.bearer, source.span);
    if (source.object) expected.object = entities_.resolve(*source.object, source.span);
    if (!source.because.empty() || source.because_only) {
      expected.because.emplace();
      for (const auto id : source.because) expected.because->push_back(model_.name_of(id));
    }
    expected.due = date(source.due);
    expected.from = date(source.from);
    if (source.limited_to) expected.limited_to = limit(*source.limited_to);
    if (source.at_most) expected.at_most = model_.exprs[*source.at_most].number;
    case_.expected.push_back(std::move(expected));
  }

 private:
  // A date that is written, or that the case gives exactly.
  std::optional<Date> date(const std::optional<ExprId>& id) {
    if (!id) return std::nullopt;
    const Expr& expr = model_.exprs[*id];
    if (expr.kind == ExprKind::DateLiteral) return expr.date;
    if (expr.kind == ExprKind::Today) return source_.as_of;
    if (expr.kind == ExprKind::Fact && model_.fields[expr.field].type == FieldType::Date) {
      const auto entity = entities_.resolve(expr.path, expr.span);
      const auto* state = entity ? case_.state(*entity, expr.field) : nullptr;
      const auto days = state != nullptr && state->value == FieldState::Value::Exact ? state->low.to_int64() : std::nullopt;
      if (days) return Date{static_cast<std::int32_t>(*days)};
      if (!entity) return std::nullopt;
    }
    problems_.add<Kind::ExpectedNotKnown>(expr.span, "the day expected here must be a date, or a date that the case gives exactly");
    return std::nullopt;
  }

  std::optional<std::string> limit(ExprId id) {
    const Expr& expr = model_.exprs[id];
    if (expr.kind == ExprKind::Text) return expr.text;
    if (expr.kind == ExprKind::Entity) {
      const auto entity = entities_.resolve(expr.path, expr.span);
      return entity ? std::optional(entities_.text_of(*entity)) : std::nullopt;
    }
    if (expr.kind == ExprKind::Authority) return "the " + model_.authorities[expr.authority].name;
    problems_.add<Kind::ExpectedNotKnown>(expr.span, "a duty is limited to an entity of the case or to what a text says");
    return std::nullopt;
  }

  const Model& model_;
  const InlineCase& source_;
  Case& case_;
  InlineEntities& entities_;
  Problems& problems_;
};

// An entity that only an expectation names is a slip of the pen: nothing is said of it, so what is expected holds of itself.
void check_expected_names(const InlineCase& source, Problems& problems) {
  const auto in_expectation = [&](const Span& span) {
    return std::any_of(source.expectations.begin(), source.expectations.end(), [&](const Expectation& expectation) {
      return span.begin < span.end && expectation.span.begin <= span.begin && span.end <= expectation.span.end;
    });
  };
  std::vector<std::string> given;
  for (const auto& entity : source.entities) {
    if (entity.named && !in_expectation(entity.span)) given.push_back(entity.name);
  }
  for (const auto& entity : source.entities) {
    if (!entity.named || !in_expectation(entity.span)) continue;
    std::optional<std::string> near;
    if (const auto index = problems.nearest_of(given, entity.name)) near = given[*index];
    problems.add<Kind::UnknownEntity>(entity.span, "entity", entity.name, did_you_mean(near));
  }
}

}  // namespace

std::optional<Case> inline_case(const model::Model& model, std::uint32_t index, Sink& sink) {
  const InlineCase& source = model.cases.at(index);
  Case read;
  read.name = source.name;
  read.is_inline = true;
  read.inline_index = index;
  read.as_of = source.as_of;
  read.as_of_span = source.span;
  read.span = source.span;
  Problems problems(sink);
  InlineEntities entities(model, source, read, problems);
  Givens givens(model, source, read, entities, problems);
  givens.add_all();
  check_expected_names(source, problems);
  Expectations expectations(model, source, read, entities, problems);
  for (const Expectation& expectation : source.expectations) expectations.add(expectation);
  check_relations(model, read, problems);
  problems.finish(source.span.file);
  if (problems.count() > 0) return std::nullopt;
  return read;
}

}  // namespace onus::facts
