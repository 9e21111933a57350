// The entities of a case in a rule file: those that it names, and those that it speaks of by a path. A path leads from entity
// to entity along relations; where a relation is not given, the path makes an entity of its own that the relation leads to.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "facts/case.hpp"
#include "facts/problems.hpp"
#include "model/model.hpp"

namespace onus::facts {

class InlineEntities {
 public:
  InlineEntities(const model::Model& model, const model::InlineCase& source, Case& read, Problems& problems);

  // The entity at the end of a path. Nothing, with a report, where the path goes through what is not there or computed.
  std::optional<EntityId> resolve(const model::Path& path, Span span);
  // The entity at the end of all but the last step.
  std::optional<EntityId> resolve_owner(const model::Path& path, Span span);

  // States that the relation of `owner` leads to `target`: `field` a relation, or an inverse, which states the target's
  // relation to the owner. Reports what clashes with it.
  bool relate(EntityId owner, model::FieldId field, EntityId target, Span span);
  // Takes every path in the condition, so that what it speaks of is listed; says nothing about paths that do not resolve.
  void list_paths_of(model::ConditionId id);

  // Listed entities that are called by a path get its relation, unless the case gives it.
  void connect_listed();

  // "the modification first"; of one without a name the path.
  [[nodiscard]] std::string text_of(EntityId id) const;
  [[nodiscard]] std::string fact_text(EntityId id, model::FieldId field) const;

  // The relation is known to lead nowhere.
  bool relate_to_none(EntityId owner, model::FieldId field, Span span);

 private:
  std::optional<EntityId> step(EntityId from, const model::Step& step, Span span);
  std::optional<EntityId> known(EntityId from, model::FieldId field) const;
  EntityId listed_or_new(const std::string& name, model::KindId kind, Span span);
  [[nodiscard]] std::string path_name(EntityId from, model::FieldId field) const;

  const model::Model& model_;
  Case& case_;
  Problems& problems_;
  std::map<std::pair<std::string, model::KindId>, EntityId> unnamed_;   // by normalised path
  std::map<std::pair<EntityId, model::FieldId>, EntityId> backwards_;   // inverse: from the target
};

}  // namespace onus::facts
