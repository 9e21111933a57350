// Verdicts on a small rule set, each with its reason: what semantics.md §§ 2 to 6 say, one sentence at a time.
#include <doctest/doctest.h>

#include <algorithm>

#include "support/rules.hpp"

using onus::evaluate::Judge;
using onus::evaluate::Verdict;
using onus::testing::entity;
using onus::testing::Rules;
using onus::testing::texts;

namespace {

const char* const vocabulary = R"(vocabulary chain "A small value chain".
kinds: actor; model; modification.
authorities: Office.
terms:
  the developer of a model is an actor.
  the origin of a model is a modification, none unless given.
  the training compute of a model is an amount of FLOP, possibly unknowable.
  the placing date of a model is a date.
  the approval date of a model is a date, none unless given.
  a model may be: open.
  a model may be by exception: experimental.
  a model may be by judgement: capable "Is it capable?".
  the original model of a modification is a model.
  the modifier of a modification is an actor.
  the resulting model of a modification is the model with that origin.
  the compute of a modification is an amount of FLOP.
)";

const char* const regulation = R"(regulation test "A small regulation".
for: "a test".
status: in force from 2024-01-01.
use "chain".
parameter the share is 1/3.
parameter the line is:
  - 1e23 FLOP from 2024-01-01 until 2025-12-31;
  - 1e24 FLOP from 2026-01-01.
terms:
  a model may be by law: large; covered.
  an actor may be by law: a provider of a model.

presumption P "Large models":
  a model is presumed capable if the training compute of the model exceeds the line.
definition L "Large":
  a model is large if the training compute of the model exceeds the line.
definition C "Covered":
  a model is covered if the model is capable, unless the model is experimental.
definition M "Modifier":
  the modifier of a modification is a provider of the resulting model if the compute of the modification exceeds the threshold of the modification.
value threshold "Threshold":
  the threshold of a modification is:
    - (a) the share times the line if the training compute of the original model is unknowable to the modifier;
    - (b) the share times the training compute of the original model otherwise.
definition D "Developer":
  the developer of a model is a provider of the model if the model has no origin.

duty 1 "Papers":
  each provider of a covered model must "keep papers".
  towards: the Office.
  from: the placing date of the model.
  due: within 1 month of the placing date of the model.
exception 2 "Open models" to duty 1:
  does not apply if the model is open.
exception 3 "Large open models" to exception 2:
  does not apply if the model is large.
)";

const char* const base_case = R"(onus: case/1
as of: 2026-03-01
actor: {Ada: {}, Bob: {}}
model:
  Base: {developer: Ada, training compute: 3e24 FLOP, capable: yes, open: no, placing date: 2025-06-01}
  Tuned: {developer: Bob, origin: tune, capable: yes, open: no, placing date: 2026-01-31, training compute: 3e24 FLOP}
modification:
  tune: {original model: Base, modifier: Bob, compute: COMPUTE}
)";

std::string with(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

std::string compute(const std::string& amount) { return with(base_case, "COMPUTE", amount); }

}  // namespace

TEST_CASE("exactly one third is not more than one third") {
  Rules rules({vocabulary, regulation});
  const auto role = [&](const std::string& amount) {
    const auto the_case = rules.yaml(compute(amount));
    Judge judge(rules.program, the_case);
    REQUIRE(!judge.clash());
    return judge.conclusion(rules.predicate("provider"), entity(the_case, "Bob"), entity(the_case, "Tuned"), onus::model::RegulationId{0});
  };
  CHECK(role("1e24 FLOP").verdict == Verdict::DoesNotApply);
  CHECK(role("1000000000000000000000001 FLOP").verdict == Verdict::Applies);
  CHECK(role("between 1e23 and 1e24 FLOP").verdict == Verdict::DoesNotApply);
  CHECK(role("between 1.1e24 and 2e24 FLOP").verdict == Verdict::Applies);
  const auto straddling = role("between 1e23 and 2e24 FLOP");
  CHECK(straddling.verdict == Verdict::Depends);
  CHECK(texts(straddling.depends_on) == "modification tune · compute");
  CHECK(rules.names(role("2e24 FLOP").because) == "definition M, value threshold");
}

TEST_CASE("an original that cannot be known is decided by the fallback") {
  Rules rules({vocabulary, regulation});
  auto text = with(compute("4e23 FLOP"), "training compute: 3e24 FLOP, capable: yes, open: no, placing date: 2025-06-01",
                   "training compute: unknowable");
  const auto the_case = rules.yaml(text);
  Judge judge(rules.program, the_case);
  const auto verdict =
      judge.conclusion(rules.predicate("provider"), entity(the_case, "Bob"), entity(the_case, "Tuned"), onus::model::RegulationId{0});
  CHECK(verdict.verdict == Verdict::Applies);   // a third of 1e24
}

TEST_CASE("a duty with its reasons, limits of silence and dates") {
  Rules rules({vocabulary, regulation});
  const auto the_case = rules.yaml(compute("2e24 FLOP"));
  Judge judge(rules.program, the_case);
  const auto duty = judge.norm(rules.provision("1"), entity(the_case, "Bob"), entity(the_case, "Tuned"));
  CHECK(duty.verdict == Verdict::Applies);
  CHECK(rules.names(duty.because) == "definition M, value threshold, definition C, presumption P");
  CHECK(texts(duty.rests_on) == "model Tuned · experimental");
  REQUIRE(duty.when.size() == 1);
  CHECK(duty.when.front().date == onus::Date::from_civil(2026, 2, 28));   // the month's last day
  CHECK(duty.applies_from == onus::Date::from_civil(2026, 1, 31));
  REQUIRE(duty.towards.size() == 1);
  CHECK(duty.towards.front().first == "the Office");
}

TEST_CASE("exceptions to exceptions") {
  Rules rules({vocabulary, regulation});
  auto open = with(compute("2e24 FLOP"), "origin: tune, capable: yes, open: no", "origin: tune, capable: yes, open: yes");
  const auto judge_duty = [&](const std::string& text) {
    const auto the_case = rules.yaml(text);
    Judge judge(rules.program, the_case);
    return judge.norm(rules.provision("1"), entity(the_case, "Bob"), entity(the_case, "Tuned"));
  };
  // Tuned is large (3e24 > 1e24): the exception for open models is struck.
  const auto struck = judge_duty(open);
  CHECK(struck.verdict == Verdict::Applies);
  CHECK(rules.names(struck.because).ends_with("2, 3, definition L"));
  const auto small = judge_duty(with(open, "2026-01-31, training compute: 3e24 FLOP", "2026-01-31, training compute: 1e24 FLOP"));
  CHECK(small.verdict == Verdict::DoesNotApply);
  CHECK(small.speaks);
}

TEST_CASE("not yet, from its first day; and no tense without a day") {
  Rules rules({vocabulary, regulation});
  auto text = with(compute("2e24 FLOP"), "placing date: 2026-01-31", "placing date: 2026-09-15");
  const auto the_case = rules.yaml(text);
  Judge judge(rules.program, the_case);
  const auto duty = judge.norm(rules.provision("1"), entity(the_case, "Bob"), entity(the_case, "Tuned"));
  CHECK(duty.verdict == Verdict::NotYet);
  CHECK(duty.tense_date == onus::Date::from_civil(2026, 9, 15));
}

TEST_CASE("a judgement: open until answered or presumed") {
  Rules rules({vocabulary, regulation});
  const auto covered = [&](const std::string& capable, const std::string& amount) {
    auto text = with(compute("2e24 FLOP"), "training compute: 3e24 FLOP, capable: yes", "training compute: " + amount + " FLOP" + capable);
    const auto the_case = rules.yaml(text);
    Judge judge(rules.program, the_case);
    return judge.conclusion(rules.predicate("covered"), entity(the_case, "Base"), std::nullopt, onus::model::RegulationId{0});
  };
  CHECK(covered("", "1e24").verdict == Verdict::Depends);
  CHECK(texts(covered("", "1e24").depends_on) == "model Base · capable");
  CHECK(covered("", "2e24").verdict == Verdict::Applies);                       // presumed
  CHECK(covered(", capable: no", "2e24").verdict == Verdict::DoesNotApply);     // an answer overrides
  CHECK(covered(", capable: not established", "1e24").verdict == Verdict::Depends);
  CHECK(covered(", experimental: yes", "2e24").verdict == Verdict::DoesNotApply);
}

TEST_CASE("stated conclusions narrow, and a contradiction is refused") {
  Rules rules({vocabulary, regulation});
  auto text = with(compute("2e24 FLOP"), "training compute: 3e24 FLOP, capable: yes, open: no, placing date: 2025-06-01", "capable: yes");
  const auto narrowed = rules.yaml(text + "found:\n  - the model Base is large\n");
  Judge judge(rules.program, narrowed);
  REQUIRE(!judge.clash());
  // More than 1e24, so the share is more than 1e24 / 3; 2e24 may be on either side.
  CHECK(judge.conclusion(rules.predicate("provider"), entity(narrowed, "Bob"), entity(narrowed, "Tuned"), onus::model::RegulationId{0}).verdict ==
        Verdict::Depends);
  const auto clashing = rules.yaml(compute("2e24 FLOP") + "found:\n  - the model Base is not large\n");
  Judge refused(rules.program, clashing);
  REQUIRE(refused.clash());
  CHECK(refused.clash()->statements == std::vector<std::string>{"the model Base is not large"});
}

TEST_CASE("`that is` restricts the noun that is introduced, also where the last noun is of the same kind") {
  Rules rules({R"(vocabulary shops "Shops".
kinds: shop.
terms:
  the parent of a shop is a shop, none unless given.
  the ancestors of a shop are the parent of the shop, repeated.
  the area of a shop is an amount.
  a shop may be: heated.
)",
               R"(regulation test "A test".
use "shops".
terms:
  a shop may be by law: small-cold; all-hot; one-hot.
definition 1: a shop is small-cold if for every ancestor of the shop that is not heated, the area of the ancestor exceeds 50.
definition 2: a shop is all-hot if for every ancestor of the shop that is heated, the area of the ancestor exceeds 50.
definition 3: a shop is one-hot if for at least one ancestor of the shop that is heated, the area of the ancestor exceeds 50.
)"});
  const auto the_case = rules.yaml(R"(onus: case/1
as of: 2026-02-10
shop:
  Top: {area: 40, heated: no}
  Under: {area: 70, heated: yes, parent: Top}
  Lowest: {area: 10, heated: no, parent: Under}
)");
  Judge judge(rules.program, the_case);
  const auto is = [&](const char* name, const char* predicate) {
    return judge.conclusion(rules.predicate(predicate), entity(the_case, name), std::nullopt, onus::model::RegulationId{0}).verdict;
  };
  CHECK(is("Top", "small-cold") == Verdict::Applies);
  CHECK(is("Under", "small-cold") == Verdict::DoesNotApply);    // Top is cold and small; that Under is heated is beside the point
  CHECK(is("Lowest", "small-cold") == Verdict::DoesNotApply);
  CHECK(is("Under", "all-hot") == Verdict::Applies);            // no ancestor is heated
  CHECK(is("Under", "one-hot") == Verdict::DoesNotApply);
  CHECK(is("Lowest", "one-hot") == Verdict::Applies);
}

TEST_CASE("each status holds from its day until the next: a stay ends") {
  Rules rules({R"(vocabulary shops "Shops".
kinds: firm; shop.
terms:
  the owner of a shop is a firm.
)",
               R"(regulation test "A test".
status: proposed from 2019-01-01; in force from 2020-01-01; stayed from 2022-01-01; in force from 2023-01-01; repealed from 2030-01-01.
use "shops".
duty 1: each owner of a shop must "keep a file".
)"});
  const auto on = [&](const std::string& day) {
    const auto the_case = rules.yaml("onus: case/1\nas of: " + day + "\nfirm: {F: {}}\nshop: {S: {owner: F}}\n");
    Judge judge(rules.program, the_case);
    return judge.norm(rules.provision("1"), entity(the_case, "F"), entity(the_case, "S"));
  };
  CHECK(on("2019-06-01").verdict == Verdict::NotYet);
  CHECK(on("2019-06-01").tense_date == onus::Date::from_civil(2020, 1, 1));
  CHECK(on("2020-01-01").verdict == Verdict::Applies);
  CHECK(on("2021-12-31").verdict == Verdict::Applies);
  CHECK(on("2022-01-01").verdict == Verdict::NotYet);
  CHECK(on("2022-12-31").tense_date == onus::Date::from_civil(2023, 1, 1));
  CHECK(on("2023-01-01").verdict == Verdict::Applies);
  CHECK(on("2025-01-01").verdict == Verdict::Applies);
  CHECK(on("2029-12-31").verdict == Verdict::Applies);
  CHECK(on("2030-01-01").verdict == Verdict::NoLonger);
  CHECK(on("2031-01-01").tense_date == onus::Date::from_civil(2029, 12, 31));
}

TEST_CASE("what only a thing that is not listed could change rests on the list") {
  Rules rules({R"(vocabulary shops "Shops".
kinds: firm; shop; sale.
terms:
  a firm may be: registered; an affiliate of a firm.
  the owner of a shop is a firm.
  the location of a sale is a shop.
)",
               R"(regulation rules "R".
use "shops".
terms:
  a firm may be by law: linked; trading.
definition linked: a firm is linked if at least one affiliate of the firm is registered.
definition trading: the owner of the location of a sale is trading.
)"});
  const auto the_case = rules.yaml("onus: case/1\nas of: 2026-02-10\nfirm: {F: {registered: no}, H: {registered: no}}\nshop: {S: {owner: H}}\n");
  const auto verdict = [&](const char* predicate, bool no_defaults) {
    onus::evaluate::Options options;
    options.no_defaults = no_defaults;
    Judge judge(rules.program, the_case, options);
    return judge.conclusion(rules.predicate(predicate), entity(the_case, "F"), std::nullopt, onus::model::RegulationId{0});
  };
  const auto linked = verdict("linked", false);
  CHECK(linked.verdict == Verdict::DoesNotApply);
  REQUIRE(linked.rests_on.size() == 1);
  CHECK(linked.rests_on.front().taken_as == "the case lists every firm");
  CHECK(linked.rests_on.front().subject.name.empty());
  const auto trading = verdict("trading", false);
  CHECK(trading.verdict == Verdict::DoesNotApply);
  REQUIRE(trading.rests_on.size() == 1);
  CHECK(trading.rests_on.front().taken_as == "the case lists every sale");
  CHECK(verdict("linked", true).verdict == Verdict::Depends);
  CHECK(texts(verdict("trading", true).depends_on) == "whether there is another sale");
}

TEST_CASE("a day that is known as a range is moved by months to exactly the days that it can come to") {
  Rules rules({R"(vocabulary shops "Shops".
kinds: firm; shop.
terms:
  the owner of a shop is a firm.
  the day of a shop is a date.
)",
               R"(regulation rules "R".
use "shops".
duty 1: each owner of a shop must "a".
  from: 1 month after the day of the shop.
duty 2: each owner of a shop must "b".
  due: by 2 months before the day of the shop.
)"});
  const auto the_case =
      rules.yaml("onus: case/1\nas of: 2026-02-10\nfirm: {F: {}}\nshop: {S: {owner: F, day: between 2026-01-29 and 2026-01-31}}\n");
  Judge judge(rules.program, the_case);
  const auto later = judge.norm(rules.provision("1"), entity(the_case, "F"), entity(the_case, "S"));
  CHECK(later.verdict == Verdict::NotYet);
  CHECK(later.exact);
  CHECK(later.tense_date == onus::Date::from_civil(2026, 2, 28));
  CHECK_FALSE(later.tense_date_latest);
  const auto due = judge.norm(rules.provision("2"), entity(the_case, "F"), entity(the_case, "S")).when.front();
  CHECK(due.earliest == onus::Date::from_civil(2025, 11, 29));
  CHECK(due.latest == onus::Date::from_civil(2025, 11, 30));
}

TEST_CASE("what a set holds beside what is listed is not the same in two places: such a verdict is not exact") {
  Rules rules({R"(vocabulary shops "Shops".
kinds: firm; shop.
terms:
  a firm may be: local.
  the partners of a firm are firms.
)",
               R"(regulation rules "R".
use "shops".
terms:
  a firm may be by law: odd; plain.
definition odd: a firm is odd if at least one partner of the firm is local or no partner of the firm is local.
definition plain: a firm is plain if at least one partner of the firm is local.
)"});
  const auto the_case = rules.yaml("onus: case/1\nas of: 2026-02-10\nfirm: {F: {}}\n");
  Judge judge(rules.program, the_case);
  CHECK_FALSE(judge.conclusion(rules.predicate("odd"), entity(the_case, "F"), std::nullopt, onus::model::RegulationId{0}).exact);
  CHECK(judge.conclusion(rules.predicate("plain"), entity(the_case, "F"), std::nullopt, onus::model::RegulationId{0}).exact);
}

TEST_CASE("beyond the budget of a case only what is easy is decided, and nothing is guessed") {
  Rules rules({R"(vocabulary shops "Shops".
kinds: firm.
terms:
  a firm may be: big; old; rich; local.
)",
               R"(regulation rules "R".
use "shops".
terms:
  a firm may be by law: odd.
definition odd:
  a firm is odd if any 2 of the following apply:
    - the firm is big;
    - the firm is old;
    - the firm is rich;
    - the firm is local.
)"});
  std::string text = "onus: case/1\nas of: 2026-02-10\nfirm:\n";
  constexpr int firms = 400;
  for (int i = 0; i < firms; ++i) text += "  F" + std::to_string(i) + ": {}\n";
  const auto the_case = rules.yaml(text);
  const auto decided = [&](std::uint64_t budget) {
    onus::evaluate::Options options;
    options.budget = budget;
    options.explain = false;
    Judge judge(rules.program, the_case, options);
    std::vector<bool> result;
    for (const auto& one : judge.verdicts().conclusions) result.push_back(!one.gave_up);
    return result;
  };
  // Enough for each question, and for all of them.
  const auto all = decided(1'000'000);
  REQUIRE(all.size() == firms);
  CHECK(std::count(all.begin(), all.end(), true) == firms);
  // Some budget is enough for the first questions and is used up by them before the last.
  bool used_up = false;
  for (std::uint64_t budget = 1; budget < 1'000'000 && !used_up; budget *= 2) {
    const auto some = decided(budget);
    used_up = some.front() && !some.back();
  }
  CHECK(used_up);
}
