// Rule texts and cases for tests: text in, model, formulas and judged cases out. A text that does not compile fails the test
// with its diagnostics.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/limits.hpp"
#include "data/json.hpp"
#include "data/yaml.hpp"
#include "diagnostics/diagnostic.hpp"
#include "evaluate/evaluate.hpp"
#include "facts/from_document.hpp"
#include "facts/from_inline.hpp"
#include "formula/formula.hpp"
#include "grammar/parse.hpp"
#include "model/build.hpp"

namespace onus::testing {

inline std::string messages(const SourceStore& sources, const Sink& sink) {
  std::string result;
  for (const auto& each : sink.sorted()) {
    const auto place = sources.file(each.span.file).position(each.span.begin);
    result += sources.file(each.span.file).path() + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " +
              std::string(info(each.kind).code) + " " + each.message + "\n";
  }
  return result;
}

class Rules {
 public:
  explicit Rules(const std::vector<std::string>& texts, const formula::Options& options = {}) {
    std::vector<FileId> files;
    for (std::size_t i = 0; i < texts.size(); ++i) files.push_back(sources.add("rules" + std::to_string(i) + ".onus", texts[i]));
    for (const auto file : files) trees.push_back(syntax::parse(sources, file, sink));
    std::vector<model::RuleFile> rule_files;
    for (std::size_t i = 0; i < files.size(); ++i) rule_files.push_back({files[i], &trees[i]});
    model = model::build(sources, rule_files, sink);
    INFO(messages(sources, sink));
    REQUIRE(sink.errors() == 0);
    program = formula::lower(model, options);
  }

  facts::Case yaml(std::string_view text) {
    const auto file = sources.add("case.yaml", std::string(text));
    Sink case_sink;
    const auto document = data::read_yaml(sources, file, Limits{}, case_sink);
    std::optional<facts::Case> result;
    if (document) result = facts::read_case(model, *document, sources, file, case_sink);
    INFO(messages(sources, case_sink));
    REQUIRE(case_sink.errors() == 0);
    REQUIRE(result.has_value());
    return std::move(*result);
  }

  [[nodiscard]] model::ProvisionId provision(std::string_view label) const {
    for (const auto id : model.provisions.ids()) {
      if (model.provisions[id].label == label) return id;
    }
    FAIL("no provision " << label);
    return {};
  }

  [[nodiscard]] model::PredicateId predicate(std::string_view name) const {
    for (const auto id : model.predicates.ids()) {
      if (model.predicates[id].name == name) return id;
    }
    FAIL("no predicate " << name);
    return {};
  }

  [[nodiscard]] std::string names(const std::vector<model::ProvisionId>& provisions) const {
    std::string result;
    for (const auto id : provisions) result += (result.empty() ? "" : ", ") + model.name_of(id);
    return result;
  }

  SourceStore sources;
  Sink sink;
  std::vector<syntax::Tree> trees;
  model::Model model;
  formula::Program program;
};

inline facts::EntityId entity(const facts::Case& the_case, std::string_view name) {
  for (std::uint32_t i = 0; i < the_case.entities.size(); ++i) {
    if (the_case.entities[i].name == name) return facts::EntityId{i};
  }
  FAIL("no entity " << name);
  return {};
}

inline std::string texts(const std::vector<evaluate::OpenFact>& facts) {
  std::string result;
  for (const auto& fact : facts) result += (result.empty() ? "" : "; ") + fact.text;
  return result;
}

}  // namespace onus::testing
