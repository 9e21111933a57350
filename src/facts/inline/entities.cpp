#include "facts/inline/entities.hpp"

#include "base/text.hpp"
#include "facts/names.hpp"

namespace onus::facts {

using model::FieldId;
using model::FieldType;

InlineEntities::InlineEntities(const model::Model& model, const model::InlineCase& source, Case& read, Problems& problems)
    : model_(model), case_(read), problems_(problems) {
  for (const model::CaseEntity& entity : source.entities) {
    const EntityId id{static_cast<std::uint32_t>(case_.entities.size())};
    case_.entities.push_back({entity.name, entity.kind, entity.named, entity.span});
    if (!entity.named) unnamed_.try_emplace({bare_name(entity.name), entity.kind}, id);
  }
}

std::string InlineEntities::text_of(EntityId id) const {
  const Entity& entity = case_.entities[id.index];
  if (entity.named) return "the " + model_.kinds[entity.kind].name + " " + entity.name;
  return entity.name.starts_with("the ") ? entity.name : "the " + entity.name;
}

std::string InlineEntities::fact_text(EntityId id, FieldId field) const {
  const auto& term = model_.fields[field];
  const bool said = term.type == model::FieldType::YesNo || term.type == model::FieldType::Judgement;
  return said ? "whether " + text_of(id) + " is " + term.name : "the " + term.name + " of " + text_of(id);
}

// Called as the rules would call it, with a name in quotes.
std::string InlineEntities::path_name(EntityId from, FieldId field) const {
  const Entity& entity = case_.entities[from.index];
  const std::string owner = entity.named ? "\"" + entity.name + "\"" : text_of(from);
  return "the " + model_.fields[field].name + " of " + owner;
}

EntityId InlineEntities::listed_or_new(const std::string& name, model::KindId kind, Span span) {
  const EntityId next{static_cast<std::uint32_t>(case_.entities.size())};
  const auto [at, fresh] = unnamed_.try_emplace({bare_name(name), kind}, next);
  if (fresh) case_.entities.push_back({name, kind, false, span});
  return at->second;
}

std::optional<EntityId> InlineEntities::known(EntityId from, FieldId field) const {
  if (model_.fields[field].type == FieldType::OneInverse) {
    const auto at = backwards_.find({from, field});
    return at == backwards_.end() ? std::nullopt : std::optional(at->second);
  }
  const auto* state = case_.state(from, field);
  if (state == nullptr || state->value != FieldState::Value::Exact || state->entities.empty()) return std::nullopt;
  return state->entities.front();
}

std::optional<EntityId> InlineEntities::step(EntityId from, const model::Step& step, Span span) {
  if (step.kind == model::Step::Kind::Value) {
    problems_.add<Kind::GivenComputed>(span, "the " + model_.values[step.value].name + " of " + text_of(from));
    return std::nullopt;
  }
  const auto& field = model_.fields[step.field];
  if (field.type != FieldType::Relation && field.type != FieldType::OneInverse) {
    problems_.add<Kind::GivenNotAFact>(span, "`" + field.name + "` does not lead to one entity");
    return std::nullopt;
  }
  if (const auto entity = known(from, step.field)) return entity;
  if (const auto* state = case_.state(from, step.field); state != nullptr && state->value == FieldState::Value::NotApplicable) {
    problems_.add<Kind::GivenContradicts>(span, fact_text(from, step.field)).note(state->span, "it is said to have none here");
    return std::nullopt;
  }
  const EntityId to = listed_or_new(path_name(from, step.field), *field.target, span);
  if (!relate(from, step.field, to, span)) return std::nullopt;
  return to;
}

std::optional<EntityId> InlineEntities::resolve(const model::Path& path, Span span) {
  EntityId at{path.root.index};
  for (const auto& one : path.steps) {
    const auto next = step(at, one, span);
    if (!next) return std::nullopt;
    at = *next;
  }
  return at;
}

std::optional<EntityId> InlineEntities::resolve_owner(const model::Path& path, Span span) {
  model::Path owner = path;
  if (!owner.steps.empty()) owner.steps.pop_back();
  return resolve(owner, span);
}

bool InlineEntities::relate(EntityId owner, FieldId id, EntityId target, Span span) {
  const auto& field = model_.fields[id];
  const bool backwards = field.type == FieldType::OneInverse;
  const FieldId relation = backwards ? *field.inverse_of : id;
  const EntityId from = backwards ? target : owner, to = backwards ? owner : target;
  FieldState state;
  state.value = FieldState::Value::Exact;
  state.entities = {to};
  state.written = case_.entities[to.index].name;
  state.span = span;
  const auto [at, fresh] = case_.states.try_emplace(FactKey{from, relation, 0}, state);
  if (!fresh) {
    const bool same = at->second.value == FieldState::Value::Exact && at->second.entities == state.entities;
    auto reported = same ? problems_.add<Kind::GivenTwice>(span, fact_text(from, relation))
                         : problems_.add<Kind::GivenContradicts>(span, fact_text(from, relation));
    reported.note(at->second.span, same ? "the first is here" : "it is given otherwise here");
    return false;
  }
  for (const auto inverse : model_.fields.ids()) {
    const auto& other = model_.fields[inverse];
    if (other.type == FieldType::OneInverse && other.inverse_of == relation) backwards_.try_emplace({to, inverse}, from);
  }
  return true;
}

bool InlineEntities::relate_to_none(EntityId owner, FieldId id, Span span) {
  const auto& field = model_.fields[id];
  if (field.type == FieldType::OneInverse) {
    problems_.add<Kind::GivenNotAFact>(span, "`" + field.name + "` follows from the `" + model_.fields[*field.inverse_of].name +
                                                 "` of every entity; name those entities and give theirs");
    return false;
  }
  FieldState state;
  state.value = FieldState::Value::NotApplicable;
  state.written = "not applicable";
  state.span = span;
  const auto [at, fresh] = case_.states.try_emplace(FactKey{owner, id, 0}, state);
  if (fresh) return true;
  const bool same = at->second.value == FieldState::Value::NotApplicable;
  auto reported = same ? problems_.add<Kind::GivenTwice>(span, fact_text(owner, id))
                       : problems_.add<Kind::GivenContradicts>(span, fact_text(owner, id));
  reported.note(at->second.span, same ? "the first is here" : "it is given otherwise here");
  return false;
}

void InlineEntities::connect_listed() {
  // `the F of REST`: REST is another entity's name or path. The list grows while it is walked.
  for (std::uint32_t index = 0; index < case_.entities.size(); ++index) {
    const Entity entity = case_.entities[index];
    if (entity.named) continue;
    const std::string name = bare_name(entity.name);
    for (const auto id : model_.fields.ids()) {
      const auto& field = model_.fields[id];
      if ((field.type != FieldType::Relation && field.type != FieldType::OneInverse) || field.target != entity.kind) continue;
      const std::string head = bare_name(field.name) + " of ";
      if (!name.starts_with(head)) continue;
      const std::string rest = bare_name(name.substr(head.size()));
      std::optional<EntityId> owner;
      for (std::uint32_t other = 0; other < case_.entities.size() && !owner; ++other) {
        const Entity& candidate = case_.entities[other];
        if (other == index || candidate.kind != field.owner) continue;
        const std::string called = candidate.named ? "\"" + normalise_name(candidate.name) + "\"" : bare_name(candidate.name);
        if (called == rest) owner = EntityId{other};
      }
      if (!owner) {
        // Only a path can be made up: `the original model of the modification` where nothing else speaks of the latter.
        if (rest.find('"') != std::string::npos) continue;
        owner = listed_or_new("the " + rest, field.owner, entity.span);
      }
      if (!known(*owner, id)) static_cast<void>(relate(*owner, id, EntityId{index}, entity.span));
      break;
    }
  }
}

void InlineEntities::list_paths_of(model::ConditionId root) {
  std::vector<model::ConditionId> conditions{root};
  std::vector<model::ExprId> exprs;
  const auto count = case_.entities.size();
  // A path from a variable of the condition's own is not one of the case's; computed ones are left to the evaluation.
  const auto take = [&](const model::Path& path, Span span) {
    if (path.root.index >= count) return;
    model::Path prefix{path.root, {}};
    for (const auto& one : path.steps) {
      if (one.kind == model::Step::Kind::Value) break;
      prefix.steps.push_back(one);
    }
    static_cast<void>(resolve(prefix, span));
  };
  while (!conditions.empty() || !exprs.empty()) {
    if (!exprs.empty()) {
      const auto& expr = model_.exprs[exprs.back()];
      exprs.pop_back();
      if (expr.kind == model::ExprKind::Fact || expr.kind == model::ExprKind::Entity || expr.kind == model::ExprKind::Value)
        take(expr.path, expr.span);
      exprs.insert(exprs.end(), expr.operands.begin(), expr.operands.end());
      continue;
    }
    const auto& condition = model_.conditions[conditions.back()];
    conditions.pop_back();
    using enum model::ConditionKind;
    switch (condition.kind) {
      case Compare:
        exprs.push_back(condition.left);
        exprs.push_back(condition.right);
        break;
      case Same:
      case Pair:
        take(condition.path, condition.span);
        take(condition.path2, condition.span);
        break;
      case Concluded:
      case Unknowable:
        take(condition.path, condition.span);
        if (condition.has_path2) take(condition.path2, condition.span);
        break;
      case YesNo:
      case Member:
      case Judgement: take(condition.path, condition.span); break;
      case Has:
        // That there is one is the question: all but the last step.
        if (condition.has_field) {
          take(condition.path, condition.span);
        } else if (!condition.path.steps.empty()) {
          model::Path owner = condition.path;
          owner.steps.pop_back();
          take(owner, condition.span);
        }
        break;
      case All:
      case Any:
      case AtLeast:
      case Not:
      case Unless:
      case Quantified:
      case Alternatives: break;
    }
    conditions.insert(conditions.end(), condition.children.begin(), condition.children.end());
  }
}

}  // namespace onus::facts
