// The sections of a case file behind its entities. Each reads the whole of its part and reports what is wrong in it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "facts/from_document/context.hpp"

namespace onus::facts {

// Every entity of the kinds, by name; then the states of their facts. (entities.cpp)
void list_entities(Context& context, model::KindId kind, NodeId mapping);
void read_entities(Context& context, model::KindId kind, NodeId mapping);

// `found:`, a list of sentences. (found.cpp)
void read_found(Context& context, NodeId list);

// `done:` and `expect:`, lists of rows. (rows.cpp)
void read_done(Context& context, NodeId list);
void read_expected(Context& context, NodeId list);

// The provision, norm or not, that a text names: `53(1)(a)`, `duty 53(1)(a)`, `value threshold of eu-gpai`. (provisions.cpp)
class Provisions {
 public:
  explicit Provisions(const model::Model& model);
  // All that are so called, in order of the model. Where some of them are norms and `norms` asks for one, only these.
  [[nodiscard]] std::vector<model::ProvisionId> find(std::string_view text, bool norms) const;
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  const model::Model* model_;
  std::unordered_map<std::string, std::vector<model::ProvisionId>> by_text_;
  std::vector<std::string> names_;  // as reports name them
};
// The one provision; reports none or several.
[[nodiscard]] std::optional<model::ProvisionId> provision_at(Context& context, const Provisions& provisions, NodeId node,
                                                             std::string_view what, bool norm);

// ` under eu-gpai` at the end of a conclusion: the rest, and the regulation. Reports an unknown one as not sound.
struct UnderRegulation {
  std::string_view text;
  std::optional<model::RegulationId> regulation;
  bool sound = true;
};
[[nodiscard]] UnderRegulation split_regulation(Context& context, NodeId node, std::string_view text);

// Of several conclusions with one name, those of the regulation if one is named. A vocabulary's belong to every one.
[[nodiscard]] std::vector<model::PredicateId> of_regulation(const Context& context, std::vector<model::PredicateId> predicates,
                                                            std::optional<model::RegulationId> regulation);

}  // namespace onus::facts
