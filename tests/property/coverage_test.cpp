// What `onus coverage` says of generated rules and cases: it agrees with the verdicts, a fact more takes nothing away, and what is
// proven of every case is so in each.
#include <doctest/doctest.h>

#include <set>

#include "driver/coverage_proof.hpp"
#include "property/summary.hpp"

using namespace onus;
using namespace onus::property;
using evaluate::Coverage;
using evaluate::CoveragePoint;
using evaluate::Verdict;

namespace {

constexpr std::uint64_t steps = 2'000'000;

std::vector<model::ProvisionId> all_of(const model::Model& model) {
  std::vector<model::ProvisionId> all;
  for (const auto id : model.provisions.ids()) all.push_back(id);
  return all;
}

evaluate::Options options() {
  evaluate::Options result;
  result.budget = steps;
  result.explain = false;
  return result;
}

std::string about(const Drawn& one, const CoveragePoint& point) {
  return "seed " + std::to_string(one.seed) + " case " + std::to_string(one.index) + ", " + one.compiled->model.name_of(point.provision) + ": " +
         std::string(one.compiled->sources.text(point.span));
}

}  // namespace

TEST_CASE("a norm is covered as it is judged") {
  std::size_t norms = 0, applied = 0, not_applied = 0, definitions = 0, reached = 0, conditions = 0;
  draw({50'000, 1, 2, {}}, [&](const Drawn& one) {
    evaluate::Judge judge(one.compiled->program, *one.the_case, options());
    Coverage coverage(one.compiled->program, all_of(one.compiled->model));
    const auto clash = coverage.add(*one.the_case, options(), 0);
    REQUIRE(clash.has_value() == judge.clash().has_value());
    if (clash) {
      for (const auto& point : coverage.points()) CHECK(point.reached() == 0);
      return true;
    }
    const auto verdicts = judge.verdicts();
    if (coverage.gave_up() > 0) return true;
    for (const auto& point : coverage.points()) {
      if (point.kind == CoveragePoint::Kind::Condition) {
        conditions += point.sides();
        reached += point.reached();
      }
      if (point.kind != CoveragePoint::Kind::Provision) continue;
      const auto& provision = one.compiled->model.provisions[point.provision];
      if (model::is_norm(provision.kind)) {
        bool some = false, none = false, open = false;
        for (const auto& row : verdicts.norms) {
          if (row.provision != point.provision) continue;
          some = some || row.verdict == Verdict::Applies;
          none = none || row.verdict == Verdict::DoesNotApply || row.verdict == Verdict::NotYet || row.verdict == Verdict::NoLonger;
          open = open || row.gave_up;
        }
        if (open) continue;
        ++norms;
        applied += some ? 1 : 0;
        not_applied += point.no ? 1 : 0;
        if (point.yes.has_value() != some) FAIL_CHECK(about(one, point) << ": applies is " << some);
        if (point.no && !none) FAIL_CHECK(about(one, point) << ": no row does not apply");
      }
      // Who fires concludes.
      if (provision.kind == model::ProvisionKind::Definition && provision.predicate && point.yes) {
        bool holds = false;
        for (const auto& row : verdicts.conclusions) {
          const bool same = row.predicate == provision.predicate && row.regulation == provision.regulation;
          holds = holds || (same && (row.verdict == Verdict::Applies || row.gave_up));
          // Which of several it is may be open.
          holds = holds || (same && provision.holder.steps.size() > 0 && row.verdict == Verdict::Depends);
        }
        ++definitions;
        if (!holds) FAIL_CHECK(about(one, point) << ": nothing is concluded");
      }
    }
    return norms < 1500;
  });
  CHECK(applied * 20 > norms);
  CHECK(not_applied * 20 > norms);
  CHECK(definitions > 100);
  CHECK(reached * 6 > conditions);
}

TEST_CASE("a fact more takes no side away") {
  const std::set<std::string> open{"maker", "size",   "price",  "pieces", "release", "outputs", "sort", "tested",
                                   "cheap", "changer", "effort", "start",  "deep",    "minor",   "licensed"};
  std::size_t compared = 0, gained = 0;
  draw({60'000, 1, 1, {}}, [&](const Drawn& one) {
    const auto points_of = [&](const facts::Case& the_case) -> std::optional<std::vector<CoveragePoint>> {
      Coverage coverage(one.compiled->program, all_of(one.compiled->model));
      if (coverage.add(the_case, options(), 0) || coverage.gave_up() > 0) return std::nullopt;
      return coverage.points();
    };
    const auto after = points_of(*one.the_case);
    if (!after) return true;
    std::size_t left = 2;   // facts a case
    for (std::size_t entity = 0; entity < one.text->entities.size() && left > 0; ++entity) {
      const auto& facts = one.text->entities[entity].facts;
      for (std::size_t fact = 0; fact < facts.size() && left > 0; ++fact) {
        if (open.count(facts[fact].key) == 0) continue;
        --left;
        CaseText less = *one.text;
        less.entities[entity].facts.erase(less.entities[entity].facts.begin() + static_cast<std::ptrdiff_t>(fact));
        const auto the_case = read(*one.compiled, less);
        if (!the_case) continue;
        const auto before = points_of(*the_case);
        if (!before) continue;
        for (std::size_t i = 0; i < before->size(); ++i) {
          const auto& was = before->at(i);
          const auto& is = after->at(i);
          compared += was.reached();
          gained += is.reached() > was.reached() ? 1 : 0;
          if ((was.yes && !is.yes) || (was.no && !is.no)) {
            FAIL_CHECK(about(one, is) << ": reached without " << facts[fact].key << " of " << one.text->entities[entity].name << ", not with it");
          }
        }
      }
    }
    return compared < 8000;
  });
  CHECK(gained > 50);
}

TEST_CASE("what is proven of every case is so in each") {
  std::size_t proven = 0, cases = 0;
  std::optional<std::uint64_t> seed;
  std::vector<CoveragePoint> claims;
  draw({70'000, 1, 2, {}}, [&](const Drawn& one) {
    if (seed != one.seed) {
      seed = one.seed;
      Coverage none(one.compiled->program, all_of(one.compiled->model));
      driver::prove_constants(one.compiled->program, none, 20'000);
      claims = none.points();
      for (const auto& claim : claims) proven += claim.constant ? 1 : 0;
    }
    Coverage coverage(one.compiled->program, all_of(one.compiled->model));
    if (coverage.add(*one.the_case, options(), 0)) return true;
    ++cases;
    for (std::size_t i = 0; i < claims.size(); ++i) {
      if (!claims[i].constant) continue;
      const auto& other = *claims[i].constant ? coverage.points()[i].no : coverage.points()[i].yes;
      if (other) FAIL_CHECK(about(one, claims[i]) << ": said to be " << *claims[i].constant << " in every case");
    }
    return cases < 600;
  });
  CHECK(proven > 20);
}
