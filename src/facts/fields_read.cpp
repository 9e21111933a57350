#include "facts/fields_read.hpp"

#include "facts/uses.hpp"

namespace onus::facts {

std::vector<model::FieldId> fields_read(const model::Model& model) {
  std::vector<bool> read(model.fields.size(), false);
  std::vector<model::FieldId> relations;
  for (const auto id : model.provisions.ids()) {
    for (const auto field : uses_of(model, id).fields) append_relations(model, field, relations);
  }
  for (const auto& kind : model.kinds) {
    if (kind.exists_from) relations.push_back(*kind.exists_from);
  }
  for (const auto field : relations) read[field.index] = true;
  std::vector<model::FieldId> fields;
  for (const auto id : model.fields.ids()) {
    if (read[id.index]) fields.push_back(id);
  }
  return fields;
}

}  // namespace onus::facts
