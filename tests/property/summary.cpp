#include "property/summary.hpp"

#include <doctest/doctest.h>

namespace onus::property {

using evaluate::Verdict;

std::map<std::string, Verdict> verdicts_of(const Compiled& rules, const facts::Case& the_case, bool no_defaults) {
  evaluate::Options options;
  options.rests = evaluate::Rests::Nothing;
  options.explain = false;
  options.budget = 2'000'000;
  options.no_defaults = no_defaults;
  evaluate::Judge judge(rules.program, the_case, options);
  std::map<std::string, Verdict> result;
  if (judge.clash()) return result;
  const auto all = judge.verdicts();
  for (const auto& norm : all.norms) {
    if (norm.gave_up) continue;
    const std::string row = (norm.bearer ? norm.bearer->name : "") + " · " + (norm.object ? norm.object->name : "");
    result.emplace(rules.model.name_of(norm.provision) + " · " + row, norm.verdict);
  }
  for (const auto& one : all.conclusions) {
    if (one.gave_up || !one.predicate) continue;
    result.emplace(rules.model.predicates[*one.predicate].name + " · " + one.subject.name + " · " + (one.object ? one.object->name : ""),
                   one.verdict);
  }
  return result;
}

bool stays(Verdict before, Verdict after) {
  if (before == Verdict::Depends || before == after) return true;
  return before == Verdict::DoesNotApply && (after == Verdict::NotYet || after == Verdict::NoLonger);
}

std::optional<facts::Case> read(Compiled& rules, const CaseText& text, bool json) {
  std::string errors;
  auto result = read_case(rules, json ? text.json() : text.yaml(), json, errors);
  CAPTURE(errors);
  CAPTURE(text.yaml());
  CHECK(result.has_value());
  return result;
}

}  // namespace onus::property
