// What follows a violation, what fulfils a duty, what another regulation says (semantics.md §§ 4, 8).
#include <doctest/doctest.h>

#include "support/rules.hpp"

using onus::Date;
using onus::evaluate::Judge;
using onus::evaluate::NormVerdict;
using onus::evaluate::Status;
using onus::evaluate::Verdict;
using onus::testing::entity;
using onus::testing::Rules;
using onus::testing::texts;

namespace {

const char* const vocabulary = R"(vocabulary shops "Shops".
kinds: firm; shop; complaint.
terms:
  the owner of a shop is a firm.
  the opening of a shop is a date, if any.
  the closing of a shop is a date, none unless given.
  the turnover of a firm in a year is an amount of EUR.
  a shop may be by exception: certified.
  a shop may be by judgement: dangerous.
  the place of a complaint is a shop.
  the receipt of a complaint is a date, if any.
)";

const char* const regulation = R"(regulation rules "Rules".
periods: "Regulation 1182/71".
use "shops".
duty 1: each owner of a shop must "report the shop".
  from: the opening of the shop.
  due: within 2 weeks of the opening of the shop.
  fulfilled by: "certification" if the shop is certified.
  fulfilled by: duty 2.
  failing which: penalty 9.
duty 2: each owner of a shop must "report all shops".
prohibition 3: no owner of a shop may "sell fireworks" if the shop is dangerous.
  failing which: penalty 9.
penalty 9: each owner of a shop is liable to a fine of at most the higher of 3 percent of the turnover of the owner in the calendar year before today and 1_000 EUR.
  applies from: 2026-06-01.
duty 4: for each complaint, the owner of the place of the complaint must "answer".
  due: by the receipt of the complaint.
value end: the end of a shop is the closing of the shop.
duty 5: each owner of a shop must "pay".
  until: the end of the shop.
duty 6: each owner of a shop must "insure".
  from: the earlier of the opening of the shop and the end of the shop.
)";

struct Asked {
  explicit Asked(const std::string& text) : rules({vocabulary, regulation}), the_case(rules.yaml(text)), judge(rules.program, the_case) {}
  NormVerdict operator()(const char* label, const char* object = "S", const char* bearer = "F") {
    return judge.norm(rules.provision(label), entity(the_case, bearer), entity(the_case, object));
  }
  Rules rules;
  onus::facts::Case the_case;
  Judge judge;
};

std::string with(const std::string& day, const std::string& shop, const std::string& rest) {
  return "onus: case/1\nas of: " + day + "\nfirm: {F: {turnover: {2025: 100_000 EUR}}}\nshop: {S: {owner: F, " + shop + "}}\n" + rest;
}

}  // namespace

TEST_CASE("a penalty follows a duty whose last day is over, from its own first day") {
  // The opening's two weeks end on Saturday, 2026-01-17, and so on Monday.
  const std::string opened = "opening: 2026-01-03";
  CHECK(Asked(with("2026-01-19", opened, "done: []\n"))("1").status == Status::Due);
  CHECK(Asked(with("2026-01-20", opened, "done: []\n"))("1").status == Status::Overdue);
  const auto early = Asked(with("2026-01-20", opened, "done: []\n"))("9");
  CHECK(early.verdict == Verdict::NotYet);
  CHECK(early.tense_date == Date::from_civil(2026, 6, 1));
  Asked later(with("2026-06-01", opened, "done: []\n"));
  const auto fine = later("9");
  CHECK(fine.verdict == Verdict::Applies);
  CHECK(later.rules.names(fine.because) == "1");
  REQUIRE(fine.at_most.has_value());
  CHECK(fine.at_most->low == onus::Number(3000));
  CHECK(fine.at_most->high == onus::Number(3000));
  CHECK(fine.status == Status::None);
}

TEST_CASE("what was performed, fulfilled or never owed is not violated") {
  const std::string opened = "opening: 2026-01-03";
  const auto done = [](const char* what, const char* on) {
    return std::string("done: [{bearer: F, object: S, provision: ") + what + ", on: " + on + "}]\n";
  };
  CHECK(Asked(with("2026-06-01", opened, done("duty 1", "2026-01-15")))("9").verdict == Verdict::DoesNotApply);
  CHECK(Asked(with("2026-06-01", opened, done("duty 1", "2026-05-31")))("9").verdict == Verdict::DoesNotApply);
  CHECK(Asked(with("2026-06-01", opened, done("duty 1", "2026-06-02")))("9").verdict == Verdict::Applies);
  CHECK(Asked(with("2026-06-01", opened, done("duty 2", "2026-01-15")))("9").verdict == Verdict::DoesNotApply);
  CHECK(Asked(with("2026-06-01", opened, done("duty 2", "2026-01-15")))("1").status == Status::Met);
  CHECK(Asked(with("2026-06-01", opened + ", certified: yes", "done: []\n"))("9").verdict == Verdict::DoesNotApply);
  CHECK(Asked(with("2026-06-01", opened + ", certified: yes", "done: []\n"))("1").status == Status::Met);
  CHECK(Asked(with("2026-06-01", "opening: not applicable", "done: []\n"))("9").verdict == Verdict::DoesNotApply);
}

TEST_CASE("where the case does not say what was done, the penalty depends on that") {
  const auto open = Asked(with("2026-06-01", "opening: 2026-01-03, dangerous: no", ""))("9");
  CHECK(open.verdict == Verdict::Depends);
  CHECK(texts(open.depends_on) == "whether and when firm F has done 1 for shop S; whether and when firm F has done 2 for shop S");
  // The last day is known as a range only, weekends taken into account: Monday the 19th at the latest.
  const std::string about = "opening: between 2026-01-02 and 2026-01-04";
  CHECK(Asked(with("2026-06-01", about, "done: []\n"))("9").verdict == Verdict::Applies);
}

TEST_CASE("a prohibition is violated by what was done on a day on which it applied") {
  const std::string shop = "opening: 2026-01-03, certified: yes, dangerous: yes";
  const std::string done = "done: [{bearer: F, object: S, provision: prohibition 3, on: 2026-02-01}]\n";
  CHECK(Asked(with("2026-06-01", shop, done))("9").verdict == Verdict::Applies);
  CHECK(Asked(with("2026-06-01", "opening: 2026-01-03, certified: yes, dangerous: no", done))("9").verdict == Verdict::DoesNotApply);
  const auto open = Asked(with("2026-06-01", "opening: 2026-01-03, certified: yes, dangerous: not given", done))("9");
  CHECK(open.verdict == Verdict::Depends);
  CHECK(texts(open.depends_on) == "shop S · dangerous");
}

TEST_CASE("an amount that is open has its bounds") {
  const std::string text = "onus: case/1\nas of: 2026-06-01\nfirm: {F: {}}\nshop: {S: {owner: F, opening: 2026-01-03}}\ndone: []\n";
  const auto fine = Asked(text)("9");
  REQUIRE(fine.at_most.has_value());
  CHECK(fine.at_most->low == onus::Number(1000));
  CHECK_FALSE(fine.at_most->high.has_value());
  CHECK(texts(fine.at_most->depends_on) == "firm F · turnover in 2025");
}

TEST_CASE("the bearer may be reached from what the sentence introduces") {
  Asked asked(with("2026-03-01", "opening: 2026-01-03", "complaint: {C: {place: S, receipt: 2026-02-01}}\n"));
  CHECK(asked("4", "C").verdict == Verdict::Applies);
  CHECK(asked("4", "C").when.front().date == Date::from_civil(2026, 2, 1));
}

TEST_CASE("a computed day that never comes ends nothing, and drops out of the earlier of two") {
  Asked asked(with("2026-03-01", "opening: 2026-01-03", ""));
  CHECK(asked("5").verdict == Verdict::Applies);
  CHECK(asked("6").verdict == Verdict::Applies);
  CHECK(asked("6").applies_from == Date::from_civil(2026, 1, 3));
  CHECK(Asked(with("2026-03-01", "opening: 2026-01-03, closing: 2026-02-28", ""))("5").verdict == Verdict::NoLonger);
}

TEST_CASE("conclusions, presumptions, values and parameters of another regulation") {
  Rules rules({R"(vocabulary v "V".
kinds: firm; model.
terms:
  the maker of a model is a firm.
  the compute of a model is an amount of FLOP.
  a model may be by judgement: strong.
)",
               R"(regulation one "One".
use "v".
parameter the limit is 10 FLOP.
terms:
  a model may be by law: big.
value twice: the double compute of a model is 2 times the compute of the model.
presumption strong: a model is presumed strong if the compute of the model exceeds the limit.
definition big: a model is big if the model is strong.
)",
               R"(regulation two "Two".
use "v".
use "one".
permission 1: each maker of a big model under one may "a".
guidance 2: each maker of a model should "b" if the double compute of the model under one exceeds the limit under one.
duty 3: each maker of a model must "c" if it is established that the model is strong under one.
duty 4: each maker of a model must "d" if it is established that the model is strong.
)"});
  const auto verdict = [&](const char* label, const char* compute) {
    const auto the_case = rules.yaml(std::string("onus: case/1\nas of: 2026-02-10\nfirm: {F: {}}\nmodel: {M: {maker: F, compute: ") + compute + " FLOP}}\n");
    Judge judge(rules.program, the_case);
    return judge.norm(rules.provision(label), entity(the_case, "F"), entity(the_case, "M"));
  };
  CHECK(verdict("1", "11").verdict == Verdict::Applies);
  CHECK(rules.names(verdict("1", "11").because) == "definition big, presumption strong");
  CHECK(verdict("1", "10").verdict == Verdict::Depends);
  CHECK(verdict("2", "6").verdict == Verdict::Applies);
  CHECK(rules.names(verdict("2", "6").because) == "value twice");
  CHECK(verdict("2", "5").verdict == Verdict::DoesNotApply);
  CHECK(verdict("3", "11").verdict == Verdict::Applies);
  CHECK(verdict("3", "10").verdict == Verdict::DoesNotApply);
  CHECK(verdict("4", "11").verdict == Verdict::DoesNotApply);   // no presumption of its own
}

TEST_CASE("a deadline counted from a moment is missed like one counted from a day") {
  Rules rules({R"(vocabulary v "V".
kinds: firm; device.
terms:
  the maker of a device is a firm.
  the knowledge of a device is a moment.
  the sale of a device is a date, if any.
)",
               R"(regulation one "One".
periods: "Regulation 1182/71".
use "v".
duty 1: the maker of a device must "a".
  due: within 72 hours of the knowledge of the device.
  failing which: penalty 11.
duty 2: the maker of a device must "b".
  due: within 3 days of the knowledge of the device.
  failing which: penalty 12.
duty 3: the maker of a device must "c".
  due: by the earlier of the sale of the device and 2026-03-20.
  failing which: penalty 13.
penalty 11: the maker of a device is liable to a fine of at most 1 EUR.
penalty 12: the maker of a device is liable to a fine of at most 2 EUR.
penalty 13: the maker of a device is liable to a fine of at most 3 EUR.
)"});
  const auto verdict = [&](const char* label, const char* day, const char* knowledge) {
    const auto the_case = rules.yaml(std::string("onus: case/1\nas of: ") + day + "\nfirm: {F: {}}\ndevice: {D: {maker: F, knowledge: " + knowledge +
                                     "}}\ndone: []\n");
    Judge judge(rules.program, the_case);
    return judge.norm(rules.provision(label), entity(the_case, "F"), entity(the_case, "D"));
  };
  // Wednesday: the hours end on Saturday, the days on Monday.
  const char* const known = "2026-03-04T10:00";
  CHECK(verdict("1", "2026-03-07", known).status == Status::Due);
  CHECK(verdict("11", "2026-03-07", known).verdict == Verdict::NotYet);
  CHECK(verdict("1", "2026-03-08", known).status == Status::Overdue);
  CHECK(verdict("11", "2026-03-08", known).verdict == Verdict::Applies);
  CHECK(verdict("2", "2026-03-09", known).status == Status::Due);
  CHECK(verdict("2", "2026-03-09", known).when.front().moment == onus::Moment::end_of(*Date::from_civil(2026, 3, 9)));
  CHECK(verdict("12", "2026-03-09", known).verdict == Verdict::NotYet);
  CHECK(verdict("2", "2026-03-10", known).status == Status::Overdue);
  CHECK(verdict("12", "2026-03-10", known).verdict == Verdict::Applies);
  // Known as a range: over at last when the latest is.
  const char* const about = "between 2026-03-04T10:00 and 2026-03-05T23:59";
  CHECK(verdict("11", "2026-03-08", about).verdict == Verdict::Depends);
  CHECK(verdict("1", "2026-03-08", about).status != Status::Overdue);
  CHECK(verdict("11", "2026-03-09", about).verdict == Verdict::Applies);
  CHECK(verdict("1", "2026-03-09", about).status == Status::Overdue);
  CHECK(verdict("12", "2026-03-09", about).verdict == Verdict::NotYet);
  CHECK(verdict("12", "2026-03-10", about).verdict == Verdict::Applies);
  // Whenever the sale is, the day is over.
  CHECK(verdict("3", "2026-03-20", known).status != Status::Overdue);
  CHECK(verdict("3", "2026-03-21", known).status == Status::Overdue);
  CHECK(verdict("13", "2026-03-21", known).verdict == Verdict::Applies);
}
