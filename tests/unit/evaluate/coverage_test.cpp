// What cases reach: which side of what, by hand.
#include "evaluate/coverage.hpp"

#include "support/rules.hpp"

namespace onus::testing {
namespace {

constexpr const char* vocabulary = R"(vocabulary v "V".
kinds: owner; ship; crossing.
terms:
  the holder of a ship is an owner.
  the sister of a ship is a ship, if any.
  the tonnage of a ship is an amount of bytes.
  the ship of a crossing is a ship.
  the crossings of a ship are the crossings with that ship.
  a crossing may be: commercial.
  a ship may be: big; old.
  a ship may be by exception: historic.
  a ship may be by judgement: seaworthy.
)";

struct Covered {
  explicit Covered(const std::string& provisions, const std::string& head = "")
      : rules({vocabulary, "regulation r \"R\".\n" + head + "use \"v\".\nterms:\n  a ship may be by law: large.\n" + provisions}),
        coverage(rules.program, named()) {}

  std::vector<model::ProvisionId> named() const {
    std::vector<model::ProvisionId> all;
    for (const auto id : rules.model.provisions.ids()) all.push_back(id);
    return all;
  }
  bool add(const std::string& ships, const evaluate::Options& options = {}) {
    cases.push_back(std::make_unique<facts::Case>(rules.yaml("onus: case/1\nas of: 2026-01-01\nowner: {A: {}}\n" + ships)));
    return !coverage.add(*cases.back(), options, static_cast<std::uint32_t>(cases.size() - 1)).has_value();
  }
  // "definition 1: T/F of its text" a line; `+` reached, `-` not; the text of a condition.
  std::string sides(std::string_view label) const {
    std::string out;
    for (const auto& point : coverage.points()) {
      if (rules.model.provisions[point.provision].label != label) continue;
      out += point.yes ? "+" : "-";
      if (point.kind != evaluate::CoveragePoint::Kind::ValueCase) out += point.no ? "+" : "-";
      if (point.kind == evaluate::CoveragePoint::Kind::Condition) out += " " + std::string(rules.sources.text(point.span));
      out += "\n";
    }
    return out;
  }

  Rules rules;
  evaluate::Coverage coverage;
  std::vector<std::unique_ptr<facts::Case>> cases;
};

TEST_CASE("a leaf is reached on the side that every completion has") {
  Covered covered("definition 1 \"D\":\n  a ship is large if the ship is big.\n");
  CHECK(covered.sides("1") == "--\n-- the ship is big\n");
  covered.add("ship: {S: {}}");   // open: neither side
  CHECK(covered.sides("1") == "--\n-- the ship is big\n");
  covered.add("ship: {S: {big: yes}}");
  CHECK(covered.sides("1") == "+-\n+- the ship is big\n");
  covered.add("ship: {S: {big: no}}");
  CHECK(covered.sides("1") == "++\n++ the ship is big\n");
  CHECK(covered.coverage.points().back().yes == 1);
  CHECK(covered.coverage.points().back().no == 2);
}

TEST_CASE("a condition counts whatever the others are, and silence that closes decides") {
  Covered covered("definition 1 \"D\":\n  a ship is large if the ship is big and the ship is historic.\n");
  covered.add("ship: {S: {big: no}, T: {}}");
  CHECK(covered.sides("1") == "-+\n-+ the ship is big\n-+ the ship is historic\n");
}

TEST_CASE("`is not` is one thing, a list within a list another") {
  Covered covered(R"(definition 1 "D":
  a ship is large if all of the following apply, unless the ship is old:
    - (a) the ship is not big;
    - (b) none of the following apply:
      -- (i) the ship is historic;
      -- (ii) the ship is seaworthy.
)");
  covered.add("ship: {S: {big: no, old: no, historic: yes, seaworthy: no}}");
  CHECK(covered.sides("1").find("+- the ship is not big\n") != std::string::npos);
  CHECK(covered.sides("1").find("-+ none of the following apply") != std::string::npos);
  CHECK(covered.sides("1").find("+- the ship is historic\n") != std::string::npos);
  CHECK(covered.sides("1").find("-+ the ship is seaworthy\n") != std::string::npos);
  CHECK(covered.sides("1").find("-+ the ship is old\n") != std::string::npos);
}

TEST_CASE("what is said about something that is not there reaches nothing") {
  Covered covered("definition 1 \"D\":\n  a ship is large if the ship has a sister and the sister of the ship is not big.\n");
  covered.add("ship: {S: {sister: not applicable}}");
  CHECK(covered.sides("1") == "-+\n-+ the ship has a sister\n-- the sister of the ship is not big\n");
  covered.add("ship: {S: {sister: T}, T: {sister: not applicable, big: no}}");
  CHECK(covered.sides("1") == "++\n++ the ship has a sister\n+- the sister of the ship is not big\n");
}

TEST_CASE("a row counts only where the text is in force") {
  Covered before("definition 1 \"D\":\n  a ship is large if the ship is big.\n", "status: in force from 2026-01-02.\n");
  before.add("ship: {S: {big: yes}, T: {big: no}}");
  CHECK(before.sides("1") == "--\n-- the ship is big\n");
  Covered after("definition 1 \"D\":\n  a ship is large if the ship is big.\n", "status: in force from 2026-01-01.\n");
  after.add("ship: {S: {big: yes}, T: {big: no}}");
  CHECK(after.sides("1") == "++\n++ the ship is big\n");
}

TEST_CASE("an exception strikes where what it names would stand") {
  Covered covered(R"(definition 1 "D":
  a ship is large if the ship is big.
exception 2 "E" to definition 1:
  does not apply if the ship is historic.
)");
  covered.add("ship: {S: {big: no, historic: yes}}");   // true, but there is nothing to strike
  CHECK(covered.sides("2") == "--\n+- the ship is historic\n");
  CHECK(covered.sides("1") == "-+\n-+ the ship is big\n");
  covered.add("ship: {S: {big: yes, historic: yes}}");
  CHECK(covered.sides("2") == "+-\n+- the ship is historic\n");
  CHECK(covered.sides("1") == "-+\n++ the ship is big\n");
  covered.add("ship: {S: {big: yes}}");
  CHECK(covered.sides("2") == "++\n++ the ship is historic\n");
  CHECK(covered.sides("1") == "++\n++ the ship is big\n");
}

TEST_CASE("an exception to an exception is looked for where the first one has its condition") {
  Covered covered(R"(definition 1 "D":
  a ship is large if the ship is big.
exception 2 "E" to definition 1:
  does not apply if the ship is historic.
exception 3 "F" to exception 2:
  does not apply if the ship is seaworthy.
)");
  covered.add("ship: {S: {big: yes, historic: no, seaworthy: yes}}");
  CHECK(covered.sides("3") == "--\n+- the ship is seaworthy\n");
  covered.add("ship: {S: {big: yes, historic: yes, seaworthy: yes}, T: {big: yes, historic: yes, seaworthy: no}}");
  CHECK(covered.sides("3") == "++\n++ the ship is seaworthy\n");
  CHECK(covered.sides("2") == "++\n++ the ship is historic\n");
}

TEST_CASE("an exception to two duties is one text, reached in the rows of either") {
  Covered covered(R"(duty 1 "D":
  for each ship, the holder must "report" if the ship is big.
duty 2 "E":
  for each ship, the holder must "paint" if the ship is old.
exception 3 "F" to duty 1 and duty 2:
  does not apply if the ship is historic.
)");
  covered.add("ship: {S: {holder: A, big: yes, old: no, historic: yes}, T: {holder: A, big: no, old: yes}}");
  CHECK(covered.sides("3") == "++\n++ the ship is historic\n");
  CHECK(covered.sides("1") == "-+\n++ the ship is big\n");
  CHECK(covered.sides("2") == "++\n++ the ship is old\n");
}

TEST_CASE("an open provision opens where the text is silent") {
  Covered covered(R"(definition 1 "D":
  a ship is large if the ship is big.
open 2 "O" in definition 1:
  left open if the ship is old.
)");
  covered.add("ship: {S: {big: yes, old: yes}}");
  CHECK(covered.sides("2") == "--\n+- the ship is old\n");
  covered.add("ship: {S: {big: no, old: yes}, T: {big: no, old: no}}");
  CHECK(covered.sides("2") == "++\n++ the ship is old\n");
  CHECK(covered.sides("1") == "++\n++ the ship is big\n");
}

TEST_CASE("cases of a value, and what sums count within them") {
  Covered covered(R"(value weight "W":
  the weight of a ship is:
    - (a) 1 byte plus the number of commercial crossings of the ship times 1 byte if the ship is big;
    - (b) 2 bytes otherwise.
)");
  covered.add("ship: {S: {big: no}}\ncrossing: {C: {ship: S, commercial: yes}}");
  const auto first = covered.sides("weight");
  CHECK(first.find("-+ the ship is big") != std::string::npos);
  CHECK(first.find("-- commercial") != std::string::npos);   // not of this case of the value
  covered.add("ship: {S: {big: yes}}\ncrossing: {C: {ship: S, commercial: yes}, D: {ship: S, commercial: no}}");
  const auto second = covered.sides("weight");
  CHECK(second.find("++ the ship is big") != std::string::npos);
  CHECK(second.find("++ commercial") != std::string::npos);
  CHECK(second.find("-\n") == std::string::npos);
}

TEST_CASE("a quantified condition, and what it says of each") {
  Covered covered("definition 1 \"D\":\n  a ship is large if at least one crossing of the ship is commercial.\n");
  covered.add("ship: {S: {}}");   // none at all: false, and nothing is said of any
  CHECK(covered.sides("1") == "-+\n-+ at least one crossing of the ship is commercial\n-- is commercial\n");
  covered.add("ship: {S: {}}\ncrossing: {C: {ship: S, commercial: yes}, D: {ship: S}}");
  CHECK(covered.sides("1") == "++\n++ at least one crossing of the ship is commercial\n+- is commercial\n");
}

TEST_CASE("another reading is reached under it, and the main text is not") {
  Covered covered(R"(definition 1 "D":
  a ship is large if all of the following apply:
    - (a) the ship is big;
    - (b) the ship is old.
  reading "short": instead of (b): the ship is historic.
)");
  evaluate::Options under;
  under.readings = {{covered.rules.provision("1"), 0}};
  covered.add("ship: {S: {big: yes, old: yes, historic: yes}}", under);
  CHECK(covered.sides("1") == "+-\n+- the ship is big\n-- the ship is old\n+- the ship is historic\n");
  covered.add("ship: {S: {big: yes, old: no}}");
  CHECK(covered.sides("1") == "++\n+- the ship is big\n-+ the ship is old\n+- the ship is historic\n");
}

TEST_CASE("a limit counts where the norm applies") {
  Covered covered(R"(duty 1 "D":
  for each ship, the holder must "report" if the ship is big.
  limited to: the ship, if the ship is old.
)");
  covered.add("ship: {S: {holder: A, big: no, old: yes}}");
  CHECK(covered.sides("1") == "-+\n-+ the ship is big\n-- the ship is old\n");
  covered.add("ship: {S: {holder: A, big: yes, old: yes}}");
  CHECK(covered.sides("1") == "++\n++ the ship is big\n+- the ship is old\n");
}

TEST_CASE("what clashes reaches nothing") {
  Covered covered("definition 1 \"D\":\n  a ship is large if the ship is big.\n");
  CHECK_FALSE(covered.add("ship: {S: {big: yes}}\nfound: [the ship S is not large]"));
  CHECK(covered.sides("1") == "--\n-- the ship is big\n");
  CHECK(covered.add("ship: {S: {}}\nfound: [the ship S is large]"));   // what is found decides what is not said
  CHECK(covered.sides("1") == "+-\n+- the ship is big\n");
}

TEST_CASE("a budget that runs out reaches nothing, and is said") {
  Covered covered("definition 1 \"D\":\n  a ship is large if the ship is big or the ship is old.\n");
  evaluate::Options options;
  options.budget = 0;
  covered.add("ship: {S: {}}\nfound: [the ship S is large]", options);
  CHECK(covered.coverage.gave_up() > 0);
  CHECK(covered.sides("1") == "--\n-- the ship is big\n-- the ship is old\n");
}

}  // namespace
}  // namespace onus::testing
