// What is printed beside a verdict is enough, and none of it can be left out: the facts that an open verdict depends on, and
// what a decided one rests on.
#include <doctest/doctest.h>

#include <iostream>
#include <set>

#include "property/summary.hpp"

using namespace onus;
using namespace onus::property;
using evaluate::Verdict;

namespace {

std::string seen_at(const Drawn& one) { return "seed " + std::to_string(one.seed) + " case " + std::to_string(one.index); }

// The facts as the oracle counts them; nothing where one of them has no name that it knows.
std::optional<std::set<oracle::FactOf>> facts_of(oracle::Oracle& oracle, const std::vector<evaluate::OpenFact>& facts) {
  std::set<oracle::FactOf> result;
  for (const auto& fact : facts) {
    if (!fact.field) return std::nullopt;   // a conclusion about somebody who is not listed
    const auto entity = fact.subject.entity ? std::optional(fact.subject.entity->index) : oracle.find(fact.subject.kind, fact.subject.name);
    if (!entity) return std::nullopt;
    result.insert({*entity, fact.field->index, fact.year, true});
  }
  return result;
}

}  // namespace

TEST_CASE("the facts that a verdict depends on decide it, and none of them can be left out") {
  std::size_t checked = 0, left_out = 0, passed_over = 0;
  draw({50'000, 1, 1, {}}, [&](const Drawn& one) {
    evaluate::Options options;
    options.rests = evaluate::Rests::Nothing;
    evaluate::Judge judge(one.compiled->program, *one.the_case, options);
    if (judge.clash()) return true;
    oracle::Options oracle_options;
    oracle_options.as_of = *one.the_case->as_of;
    oracle_options.worlds = 200;
    oracle::Oracle oracle(one.compiled->model, *one.the_case, oracle_options);
    const auto check = [&](const evaluate::Judged& judged, const oracle::Proposition& proposition, const std::string& what) {
      if (judged.verdict != Verdict::Depends || judged.gave_up || !judged.depends_minimal) return;
      const auto facts = facts_of(oracle, judged.depends_on);
      if (!facts) {
        ++passed_over;
        return;
      }
      INFO(seen_at(one) << ", " << what);
      try {
        const bool all_decide = oracle.decides(proposition, *facts);
        CHECK(all_decide);
        ++checked;
        for (const auto& fact : *facts) {
          auto fewer = *facts;
          fewer.erase(fact);
          const bool fewer_decide = oracle.decides(proposition, fewer);
          CHECK(!fewer_decide);
          ++left_out;
        }
      } catch (const oracle::Unsupported&) {
        ++passed_over;
      }
    };
    const auto all = judge.verdicts();
    for (const auto& norm : all.norms) {
      if (!norm.bearer || !norm.bearer->entity || !norm.object || !norm.object->entity || !norm.about.empty()) continue;
      oracle::Proposition proposition;
      proposition.of = oracle::Proposition::Of::Norm;
      proposition.id = norm.provision.index;
      proposition.first = norm.bearer->entity->index;
      proposition.second = norm.object->entity->index;
      check(norm, proposition, one.compiled->model.name_of(norm.provision) + " · " + norm.bearer->name + " · " + norm.object->name);
    }
    for (const auto& conclusion : all.conclusions) {
      if (!conclusion.predicate || !conclusion.subject.entity || (conclusion.object && !conclusion.object->entity)) continue;
      oracle::Proposition proposition;
      proposition.id = conclusion.predicate->index;
      proposition.regulation = conclusion.regulation;
      proposition.first = conclusion.subject.entity->index;
      if (conclusion.object) proposition.second = conclusion.object->entity->index;
      check(conclusion, proposition, one.compiled->model.predicates[*conclusion.predicate].name + " · " + conclusion.subject.name);
    }
    return checked < 400;
  });
  std::cout << checked << " open verdicts, each of " << left_out << " facts left out once, " << passed_over << " passed over\n";
  CHECK(left_out > checked);
  CHECK(passed_over < 3 * checked);
}

TEST_CASE("a verdict stays while what it rests on stays, and not without any of it") {
  // Silence reopened altogether, but for what the verdict rests on, which the case then says.
  std::size_t checked = 0, left_out = 0, incomplete = 0, all_verdicts = 0;
  draw({60'000, 1, 1, {}}, [&](const Drawn& one) {
    evaluate::Judge judge(one.compiled->program, *one.the_case);
    if (judge.clash()) return true;
    const auto all = judge.verdicts();
    const auto check = [&](const evaluate::Judged& judged, const std::string& what, const auto& again) {
      if (judged.verdict == Verdict::Depends || judged.gave_up) return;
      ++all_verdicts;
      incomplete += judged.rests_complete ? 0 : 1;
      if (!judged.rests_complete || !judged.rests_minimal || judged.rests_on.empty() || judged.rests_on.size() > 6) return;
      const std::size_t none = judged.rests_on.size();
      const auto with_all_but = [&](std::size_t without) -> std::optional<evaluate::Judged> {
        CaseText text = *one.text;
        for (std::size_t index = 0; index < judged.rests_on.size(); ++index) {
          if (index == without) continue;
          const auto& fact = judged.rests_on[index];
          if (!fact.field || !fact.subject.entity) return std::nullopt;
          const model::Field& field = one.compiled->model.fields[*fact.field];
          std::string value;
          if (fact.taken_as == "taken as no") value = "no";
          if (fact.taken_as == "taken as none") value = "not applicable";
          if (fact.taken_as == "taken as not established") value = "not established";
          if (value.empty()) return std::nullopt;   // that something is listed in full cannot be said
          for (auto& entity : text.entities) {
            if (entity.name == fact.subject.name) entity.facts.push_back({field.name, {CaseText::Value::Is::Word, value, {}, {}, {}}});
          }
        }
        const auto the_case = read(*one.compiled, text);
        if (!the_case) return std::nullopt;
        evaluate::Options options;
        options.no_defaults = true;
        options.explain = false;
        evaluate::Judge other(one.compiled->program, *the_case, options);
        if (other.clash()) return std::nullopt;
        return again(other);
      };
      const auto whole = with_all_but(none);
      if (!whole || whole->gave_up) return;
      INFO(seen_at(one) << ", " << what);
      ++checked;
      CHECK_MESSAGE(whole->verdict == judged.verdict, evaluate::norm_word(judged.verdict) << ", then " << evaluate::norm_word(whole->verdict));
      for (std::size_t index = 0; index < none; ++index) {
        const auto fewer = with_all_but(index);
        if (!fewer || fewer->gave_up) continue;
        ++left_out;
        CHECK_MESSAGE(fewer->verdict != judged.verdict, "without " << judged.rests_on[index].text);
      }
    };
    for (const auto& norm : all.norms) {
      if (!norm.bearer || !norm.bearer->entity || !norm.object || !norm.object->entity || !norm.about.empty()) continue;
      check(norm, one.compiled->model.name_of(norm.provision) + " · " + norm.bearer->name + " · " + norm.object->name,
            [&](evaluate::Judge& other) -> evaluate::Judged { return other.norm(norm.provision, norm.bearer->entity, norm.object->entity); });
    }
    for (const auto& conclusion : all.conclusions) {
      if (!conclusion.predicate || !conclusion.subject.entity || (conclusion.object && !conclusion.object->entity)) continue;
      check(conclusion, one.compiled->model.predicates[*conclusion.predicate].name + " · " + conclusion.subject.name, [&](evaluate::Judge& other) -> evaluate::Judged {
        const auto object = conclusion.object ? conclusion.object->entity : std::nullopt;
        return other.conclusion(*conclusion.predicate, *conclusion.subject.entity, object, conclusion.regulation);
      });
    }
    return checked < 400;
  });
  std::cout << checked << " decided verdicts, each of " << left_out << " supports left out once; what it rests on not worked out: " << incomplete
            << " of " << all_verdicts << "\n";
  CHECK(left_out > checked / 2);
  CHECK(incomplete * 100 <= all_verdicts);
}
