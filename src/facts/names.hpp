// The words of a model by which case files speak: kinds, terms, conclusions. Built once for a file; looking up is a hash.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/model.hpp"

namespace onus::facts {

// As rules compare names, without a leading article: "The Training-Compute" is "training compute".
[[nodiscard]] std::string bare_name(std::string_view text);
// "a model", "an actor".
[[nodiscard]] std::string with_article(std::string_view noun);

// Fields that a case file gives: all but inverses and chains.
[[nodiscard]] bool is_given(model::FieldType type);

class Names {
 public:
  explicit Names(const model::Model& model);

  [[nodiscard]] std::optional<model::KindId> kind(std::string_view text) const;
  // The kind of which `text` is the plural: a name with `s` or `ies`.
  [[nodiscard]] std::optional<model::KindId> kind_of_plural(std::string_view text) const;
  [[nodiscard]] const std::vector<std::string>& kinds() const { return kind_names_; }

  // A term of the kind, also an inverse or a chain. A relation to many, `a contractor of an actor`, is found by each of
  // `contractor`, `contractor of`, `a contractor of an actor`.
  [[nodiscard]] std::optional<model::FieldId> field(model::KindId kind, std::string_view text) const;
  // The terms of a kind that can be given, as declared: what a suggestion is chosen from.
  [[nodiscard]] const std::vector<std::string>& terms(model::KindId kind) const { return terms_[kind.index]; }

  // The conclusions about the kind that are so called: an adjective, or a role by its name. Several regulations may have one.
  [[nodiscard]] std::vector<model::PredicateId> predicates(model::KindId kind, std::string_view text) const;
  [[nodiscard]] const std::vector<std::string>& conclusions(model::KindId kind) const { return conclusions_[kind.index]; }
  [[nodiscard]] bool is_value(model::KindId kind, std::string_view text) const;

 private:
  struct OfKind {
    std::unordered_map<std::string, model::FieldId> fields;
    std::unordered_map<std::string, std::vector<model::PredicateId>> predicates;
    std::unordered_map<std::string, model::ValueId> values;
  };
  std::unordered_map<std::string, model::KindId> kinds_;
  std::vector<std::string> kind_names_;
  std::vector<OfKind> of_kind_;
  std::vector<std::vector<std::string>> terms_, conclusions_;
};

}  // namespace onus::facts
