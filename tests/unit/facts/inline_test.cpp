// Cases written in rule files: every given literal becomes the state of one fact, paths become entities.
#include <doctest/doctest.h>

#include "base/text.hpp"
#include "facts/from_inline.hpp"
#include "facts/reading.hpp"

using namespace onus;
using namespace onus::testing;
using facts::EntityId;
using facts::FieldState;
using Value = FieldState::Value;

namespace {

// A case over the tiny model: entities as the resolver lists them, conditions by the model's own helpers.
struct Inline {
  TinyModel tiny;
  InlineCase source;
  Sink sink;
  std::uint32_t place = 1;

  Inline() {
    source.name = "a case";
    source.as_of = *parse_date("2026-05-01");
    source.regulation = tiny.regulation;
  }
  std::uint32_t named(std::string name, KindId kind) { return listed(std::move(name), kind, true); }
  std::uint32_t unnamed(std::string name, KindId kind) { return listed(std::move(name), kind, false); }
  std::uint32_t listed(std::string name, KindId kind, bool by_name) {
    source.entities.push_back({std::move(name), kind, by_name, {}});
    return static_cast<std::uint32_t>(source.entities.size() - 1);
  }
  // Each sentence has a place of its own.
  ConditionId give(ConditionId id) {
    const Span span{{}, place, place + 1};
    tiny.model.conditions[id].span = span;
    for (const auto child : tiny.model.conditions[id].children) tiny.model.conditions[child].span = span;
    ++place;
    source.given.push_back(id);
    return id;
  }
  [[nodiscard]] FieldId of(KindId kind, std::string_view name) const { return tiny.field(kind, name); }
  std::optional<facts::Case> read() {
    tiny.model.cases = {source};
    return facts::inline_case(tiny.model, 0, sink);
  }
  facts::Case accepted() {
    auto result = read();
    for (const auto& one : sink.all()) MESSAGE(one.message);
    REQUIRE(result);
    return *std::move(result);
  }
  // One error of that kind, with a note or without.
  void refused(std::string_view code, std::size_t notes) {
    CHECK_FALSE(read());
    REQUIRE(sink.all().size() == 1);
    CAPTURE(sink.all()[0].message);
    CHECK(info(sink.all()[0].kind).code == code);
    CHECK(sink.all()[0].notes.size() == notes);
  }
};

Path at(std::uint32_t root, std::vector<FieldId> steps = {}) { return TinyModel::path(root, std::move(steps)); }

}  // namespace

TEST_CASE("a path makes the entities it speaks of, once, and relates them") {
  Inline c;
  const auto mod = c.unnamed("the modification", c.tiny.modification);
  const auto original = c.of(c.tiny.modification, "original model"), developer = c.of(c.tiny.ai_model, "developer");
  const auto training = c.of(c.tiny.ai_model, "training compute");
  c.give(c.tiny.concluded(c.tiny.general_purpose, at(mod, {original})));
  c.give(c.tiny.no(c.tiny.concluded(c.tiny.systemic, at(mod, {original}))));
  c.give(c.tiny.compare(Relation::Equal, c.tiny.fact(at(mod, {original}), training), c.tiny.number(Number(3))));
  c.give(c.tiny.about(ConditionKind::YesNo, at(mod, {original, developer}), c.of(c.tiny.actor, "SME")));
  Expectation role;
  const auto resulting = c.of(c.tiny.modification, "resulting model"), modifier = c.of(c.tiny.modification, "modifier");
  role.condition = c.tiny.no(c.tiny.concluded(c.tiny.provider, at(mod, {modifier}), at(mod, {resulting})));
  role.because = {c.tiny.provision("3.2")};
  c.source.expectations.push_back(role);
  const auto read = c.accepted();
  std::vector<std::string> names;
  for (const auto& one : read.entities) names.push_back(one.name);
  CHECK(names == std::vector<std::string>{"the modification", "the original model of the modification",
                                          "the developer of the original model of the modification", "the modifier of the modification",
                                          "the resulting model of the modification"});
  CHECK_FALSE(read.entities[1].named);
  CHECK(read.state({0}, original)->entities == std::vector<EntityId>{{1}});
  CHECK(read.state({1}, developer)->entities == std::vector<EntityId>{{2}});
  CHECK(read.state({0}, modifier)->entities == std::vector<EntityId>{{3}});
  // The inverse is stated from the other side.
  CHECK(read.state({4}, c.of(c.tiny.ai_model, "origin"))->entities == std::vector<EntityId>{{0}});
  CHECK(read.state({1}, training)->low == Number(3));
  CHECK(read.state({2}, c.of(c.tiny.actor, "SME"))->yes);
  REQUIRE(read.found.size() == 2);
  CHECK(read.found[0].subject == EntityId{1});
  CHECK(read.found[0].holds);
  CHECK_FALSE(read.found[1].holds);
  CHECK(read.found[1].regulation == c.tiny.regulation);
  REQUIRE(read.expected.size() == 1);
  CHECK(read.expected[0].verdict == "holds");
  CHECK(read.expected[0].condition == role.condition);
  CHECK(read.expected[0].because == std::vector<std::string>{"3.2"});
  CHECK(read.is_inline);
  CHECK(read.inline_index == 0U);
  CHECK(read.as_of == *parse_date("2026-05-01"));
  CHECK_FALSE(read.done);
}

TEST_CASE("named entities are related by sentences in any order") {
  Inline c;
  const auto m1 = c.named("M1", c.tiny.ai_model), first = c.named("first", c.tiny.modification), b = c.named("B", c.tiny.actor);
  const auto m0 = c.named("M0", c.tiny.ai_model);
  const auto origin = c.of(c.tiny.ai_model, "origin"), modifier = c.of(c.tiny.modification, "modifier");
  // The long path comes first, yet means the entity named below.
  c.give(c.tiny.two(ConditionKind::Same, at(m1, {origin, modifier}), at(b)));
  c.give(c.tiny.two(ConditionKind::Same, at(first, {c.of(c.tiny.modification, "resulting model")}), at(m1)));
  c.give(c.tiny.two(ConditionKind::Same, at(m0), at(first, {c.of(c.tiny.modification, "original model")})));
  const auto read = c.accepted();
  CHECK(read.entities.size() == 4);
  CHECK(read.state({m1}, origin)->entities == std::vector<EntityId>{{first}});
  CHECK(read.state({first}, modifier)->entities == std::vector<EntityId>{{b}});
  CHECK(read.state({first}, c.of(c.tiny.modification, "original model"))->entities == std::vector<EntityId>{{m0}});
}

TEST_CASE("an entity that the case lists by its path is the one that the path leads to") {
  Inline c;
  const auto original = c.unnamed("the original model of the modification", c.tiny.ai_model);
  c.give(c.tiny.concluded(c.tiny.systemic, at(original)));
  const auto read = c.accepted();
  REQUIRE(read.entities.size() == 2);
  CHECK(read.entities[1].name == "the modification");
  CHECK(read.state({1}, c.of(c.tiny.modification, "original model"))->entities == std::vector<EntityId>{{0}});
}

TEST_CASE("bounds become ranges") {
  const auto bounded = [](std::string_view field, std::vector<std::pair<Relation, Number>> bounds, bool negated = false) {
    Inline c;
    const auto m = c.named("M", c.tiny.ai_model);
    const auto id = c.of(c.tiny.ai_model, field);
    for (const auto& [relation, number] : bounds) {
      const auto condition = c.tiny.compare(relation, c.tiny.fact(at(m), id), c.tiny.number(number));
      c.give(negated ? c.tiny.no(condition) : condition);
    }
    const auto read = c.accepted();
    const auto* state = read.state({m}, id);
    REQUIRE(state != nullptr);
    return std::pair(to_text(state->low) + " " + to_text(state->high), state->value);
  };
  CHECK(bounded("training compute", {{Relation::GreaterEqual, 3}, {Relation::LessEqual, 5}}).first == "3 5");
  CHECK(bounded("training compute", {{Relation::LessEqual, 5}}).first == "0 5");
  CHECK(bounded("training compute", {{Relation::GreaterEqual, 5}, {Relation::LessEqual, 5}}).second == Value::Exact);
  CHECK(bounded("number of releases", {{Relation::Greater, 3}, {Relation::Less, 6}}).first == "4 5");
  CHECK(bounded("number of releases", {{Relation::Greater, Number::ratio(7, 2)}, {Relation::Less, Number::ratio(13, 2)}}).first == "4 6");
  CHECK(bounded("placing date", {{Relation::Less, 100}}).first == "0 99");
  CHECK(bounded("placing date", {{Relation::Greater, 100}}).first == "101 3652058");
  CHECK(bounded("training compute", {{Relation::Less, 3}, {Relation::Greater, 5}}, true).first == "3 5");

  const auto one = [](Relation relation, bool swapped, bool negated) {
    Inline c;
    const auto m = c.named("M", c.tiny.ai_model);
    const auto fact = c.tiny.fact(at(m), c.of(c.tiny.ai_model, "training compute"));
    const auto number = c.tiny.number(Number(3));
    const auto condition = swapped ? c.tiny.compare(relation, number, fact) : c.tiny.compare(relation, fact, number);
    c.give(negated ? c.tiny.no(condition) : condition);
    static_cast<void>(c.read());
    return c.sink.all().empty() ? std::string("ok") : std::string(info(c.sink.all()[0].kind).code);
  };
  CHECK(one(Relation::Greater, false, false) == "ON3093");
  CHECK(one(Relation::Less, false, false) == "ON3093");
  CHECK(one(Relation::GreaterEqual, false, false) == "ON3093");
  CHECK(one(Relation::GreaterEqual, true, false) == "ok");    // 3 is at least the compute
  CHECK(one(Relation::Greater, false, true) == "ok");         // does not exceed 3
  CHECK(one(Relation::Equal, false, true) == "ON3090");
}

TEST_CASE("bounds that leave nothing, and repeated bounds") {
  Inline c;
  const auto m = c.named("M", c.tiny.ai_model);
  const auto id = c.of(c.tiny.ai_model, "training compute");
  SUBCASE("empty") {
    c.give(c.tiny.compare(Relation::GreaterEqual, c.tiny.fact(at(m), id), c.tiny.number(Number(5))));
    c.give(c.tiny.compare(Relation::LessEqual, c.tiny.fact(at(m), id), c.tiny.number(Number(3))));
    c.refused("ON3092", 1);
  }
  SUBCASE("twice") {
    c.give(c.tiny.compare(Relation::LessEqual, c.tiny.fact(at(m), id), c.tiny.number(Number(5))));
    c.give(c.tiny.compare(Relation::LessEqual, c.tiny.fact(at(m), id), c.tiny.number(Number(3))));
    c.refused("ON3091", 1);
  }
  SUBCASE("beside a value") {
    c.give(c.tiny.compare(Relation::Equal, c.tiny.fact(at(m), id), c.tiny.number(Number(4))));
    c.give(c.tiny.compare(Relation::LessEqual, c.tiny.fact(at(m), id), c.tiny.number(Number(5))));
    c.refused("ON3092", 1);
  }
  SUBCASE("below 0") {
    c.give(c.tiny.compare(Relation::Equal, c.tiny.fact(at(m), id), c.tiny.number(Number(-4))));
    c.refused("ON3034", 0);
  }
  SUBCASE("not whole") {
    c.give(c.tiny.compare(Relation::Equal, c.tiny.fact(at(m), c.of(c.tiny.ai_model, "number of releases")), c.tiny.number(Number::ratio(1, 2))));
    c.refused("ON3035", 0);
  }
}

TEST_CASE("yes and no, members, pairs, judgements, knowledge, absence") {
  Inline c;
  const auto m = c.named("M", c.tiny.ai_model), first = c.named("first", c.tiny.modification);
  const auto a = c.named("A", c.tiny.actor), b = c.named("B", c.tiny.actor), d = c.named("D", c.tiny.actor);
  const auto modality = c.of(c.tiny.ai_model, "modality"), contractor = c.of(c.tiny.actor, "contractor");
  const auto capable = c.of(c.tiny.ai_model, "generally capable"), impact = c.of(c.tiny.ai_model, "high-impact");
  const auto training = c.of(c.tiny.ai_model, "training compute"), acceptance = c.of(c.tiny.ai_model, "acceptance date");
  c.give(c.tiny.no(c.tiny.about(ConditionKind::YesNo, at(m), c.of(c.tiny.ai_model, "public in weights"))));
  c.give(c.tiny.about(ConditionKind::Member, at(first), c.of(c.tiny.modification, "technique"), 2));
  c.give(c.tiny.list(ConditionKind::All, {c.tiny.about(ConditionKind::Member, at(m), modality, 3), c.tiny.about(ConditionKind::Member, at(m), modality, 1)}));
  c.give(c.tiny.no(c.tiny.about(ConditionKind::Member, at(m), modality, 0)));
  c.give(c.tiny.two(ConditionKind::Pair, at(a), at(b), contractor));
  c.give(c.tiny.no(c.tiny.two(ConditionKind::Pair, at(b), at(d), contractor)));
  c.give(c.tiny.about(ConditionKind::Judgement, at(m), capable));
  auto not_established = c.tiny.about(ConditionKind::Judgement, at(m), impact);
  c.tiny.model.conditions[not_established].form = JudgementForm::Established;
  c.give(c.tiny.no(not_established));
  c.give(c.tiny.no(c.tiny.about(ConditionKind::Judgement, at(a), c.of(c.tiny.actor, "culpable"))));
  c.give(c.tiny.two(ConditionKind::Unknowable, at(m), at(b), training));
  c.give(c.tiny.compare(Relation::LessEqual, c.tiny.fact(at(m), training), c.tiny.number(Number(7))));
  c.give(c.tiny.no(c.tiny.about(ConditionKind::Has, at(m), c.of(c.tiny.ai_model, "origin"))));
  c.give(c.tiny.about(ConditionKind::Has, at(m), acceptance));
  c.give(c.tiny.compare(Relation::Equal, c.tiny.fact(at(a), c.of(c.tiny.actor, "turnover"), 2024), c.tiny.number(Number(9))));
  c.give(c.tiny.about(ConditionKind::Has, at(m), c.of(c.tiny.ai_model, "developer")));
  const auto read = c.accepted();
  const auto& state = [&](std::uint32_t entity, FieldId id, std::int32_t year = 0) -> const FieldState& {
    const auto* found = read.state({entity}, id, year);
    REQUIRE(found != nullptr);
    return *found;
  };
  CHECK_FALSE(state(m, c.of(c.tiny.ai_model, "public in weights")).yes);
  CHECK(state(first, c.of(c.tiny.modification, "technique")).member == 2);
  CHECK(state(m, modality).members == std::vector<std::uint32_t>{1, 3});
  CHECK(state(m, modality).value == Value::Exact);
  CHECK(state(a, contractor).entities == std::vector<EntityId>{{b}});
  CHECK(state(b, contractor).value == Value::NotGiven);
  CHECK(state(b, contractor).entities_outside == std::vector<EntityId>{{d}});
  CHECK(state(m, capable).answer == FieldState::Answer::Yes);
  CHECK(state(m, impact).answer == FieldState::Answer::NotEstablished);
  CHECK(state(m, impact).value == Value::NotGiven);
  CHECK(state(a, c.of(c.tiny.actor, "culpable")).answer == FieldState::Answer::No);
  CHECK(state(m, training).unknowable_to == std::vector<EntityId>{{b}});
  CHECK(state(m, training).high == Number(7));
  CHECK(state(m, c.of(c.tiny.ai_model, "origin")).value == Value::NotApplicable);
  CHECK(state(m, acceptance).value == Value::Between);
  CHECK(state(m, acceptance).high == Number(Date::last_day));
  CHECK(state(a, c.of(c.tiny.actor, "turnover"), 2024).low == Number(9));
  const auto developer = state(m, c.of(c.tiny.ai_model, "developer")).entities;
  REQUIRE(developer.size() == 1);
  CHECK(read.entities[developer[0].index].name == "the developer of \"M\"");
}

TEST_CASE("what leaves open which fact holds is refused") {
  Inline c;
  const auto m = c.named("M", c.tiny.ai_model), first = c.named("first", c.tiny.modification), other = c.named("N", c.tiny.ai_model);
  const auto yes = c.tiny.about(ConditionKind::YesNo, at(m), c.of(c.tiny.ai_model, "public in weights"));
  const auto no = c.tiny.about(ConditionKind::YesNo, at(m), c.of(c.tiny.ai_model, "integrable downstream"));
  SUBCASE("or") { c.give(c.tiny.list(ConditionKind::Any, {yes, no})); }
  SUBCASE("not both") { c.give(c.tiny.no(c.tiny.list(ConditionKind::All, {yes, no}))); }
  SUBCASE("at least") { c.give(c.tiny.list(ConditionKind::AtLeast, {yes, no})); }
  SUBCASE("unless") { c.give(c.tiny.list(ConditionKind::Unless, {yes, no})); }
  SUBCASE("quantified") { c.give(c.tiny.list(ConditionKind::Quantified, {yes})); }
  SUBCASE("not that member") { c.give(c.tiny.no(c.tiny.about(ConditionKind::Member, at(first), c.of(c.tiny.modification, "technique"), 1))); }
  SUBCASE("not that entity") {
    c.give(c.tiny.no(c.tiny.two(ConditionKind::Same, at(first, {c.of(c.tiny.modification, "original model")}), at(m))));
  }
  SUBCASE("two names") { c.give(c.tiny.two(ConditionKind::Same, at(m), at(other))); }
  SUBCASE("some amount") { c.give(c.tiny.about(ConditionKind::Has, at(m), c.of(c.tiny.ai_model, "quality"))); }
  SUBCASE("knowable") { c.give(c.tiny.no(c.tiny.about(ConditionKind::Unknowable, at(m), c.of(c.tiny.ai_model, "training compute")))); }
  SUBCASE("an inverse has none") {
    c.give(c.tiny.no(c.tiny.about(ConditionKind::Has, at(first), c.of(c.tiny.modification, "resulting model"))));
  }
  SUBCASE("a fact against a fact") {
    const auto training = c.of(c.tiny.ai_model, "training compute");
    c.give(c.tiny.compare(Relation::LessEqual, c.tiny.fact(at(m), training), c.tiny.fact(at(other), training)));
  }
  c.refused("ON3090", 0);
}

TEST_CASE("none of the following is each of them denied") {
  Inline c;
  const auto m = c.named("M", c.tiny.ai_model);
  const auto weights = c.of(c.tiny.ai_model, "public in weights"), integrable = c.of(c.tiny.ai_model, "integrable downstream");
  c.give(c.tiny.no(c.tiny.list(ConditionKind::Any, {c.tiny.about(ConditionKind::YesNo, at(m), weights), c.tiny.about(ConditionKind::YesNo, at(m), integrable)})));
  const auto read = c.accepted();
  CHECK_FALSE(read.state({m}, weights)->yes);
  CHECK_FALSE(read.state({m}, integrable)->yes);
}

TEST_CASE("sentences that repeat or contradict one another, with both places") {
  Inline c;
  const auto m = c.named("M", c.tiny.ai_model), a = c.named("A", c.tiny.actor), b = c.named("B", c.tiny.actor);
  const auto weights = c.of(c.tiny.ai_model, "public in weights"), developer = c.of(c.tiny.ai_model, "developer");
  const auto contractor = c.of(c.tiny.actor, "contractor"), modality = c.of(c.tiny.ai_model, "modality");
  const auto yes = [&] { return c.tiny.about(ConditionKind::YesNo, at(m), weights); };
  SUBCASE("twice") {
    c.give(yes()), c.give(yes());
    c.refused("ON3091", 1);
  }
  SUBCASE("both ways") {
    c.give(yes()), c.give(c.tiny.no(yes()));
    c.refused("ON3092", 1);
    CHECK(c.sink.all()[0].span.begin == 2);
    CHECK(c.sink.all()[0].notes[0].span.begin == 1);
  }
  SUBCASE("two developers") {
    c.give(c.tiny.two(ConditionKind::Same, at(m, {developer}), at(a)));
    c.give(c.tiny.two(ConditionKind::Same, at(m, {developer}), at(b)));
    c.refused("ON3092", 1);
  }
  SUBCASE("one developer and none") {
    c.give(c.tiny.two(ConditionKind::Same, at(m, {developer}), at(a)));
    c.give(c.tiny.no(c.tiny.about(ConditionKind::Has, at(m), developer)));
    c.refused("ON3092", 1);
  }
  SUBCASE("the developer of what has none") {
    c.give(c.tiny.about(ConditionKind::YesNo, at(m, {developer}), c.of(c.tiny.actor, "SME")));
    c.give(c.tiny.no(c.tiny.about(ConditionKind::Has, at(m), developer)));
    c.refused("ON3092", 1);
  }
  SUBCASE("a pair both ways") {
    c.give(c.tiny.two(ConditionKind::Pair, at(a), at(b), contractor));
    c.give(c.tiny.no(c.tiny.two(ConditionKind::Pair, at(a), at(b), contractor)));
    c.refused("ON3092", 1);
  }
  SUBCASE("a member twice") {
    c.give(c.tiny.about(ConditionKind::Member, at(m), modality, 1));
    c.give(c.tiny.about(ConditionKind::Member, at(m), modality, 1));
    c.refused("ON3091", 1);
  }
  SUBCASE("a conclusion both ways") {
    c.give(c.tiny.concluded(c.tiny.systemic, at(m)));
    c.give(c.tiny.no(c.tiny.concluded(c.tiny.systemic, at(m))));
    c.refused("ON3092", 1);
  }
  SUBCASE("unknowable twice") {
    const auto training = c.of(c.tiny.ai_model, "training compute");
    c.give(c.tiny.about(ConditionKind::Unknowable, at(m), training));
    c.give(c.tiny.two(ConditionKind::Unknowable, at(m), at(b), training));
    c.refused("ON3091", 1);
  }
  SUBCASE("a circle") {
    const auto first = c.named("first", c.tiny.modification);
    c.give(c.tiny.two(ConditionKind::Same, at(first, {c.of(c.tiny.modification, "original model")}), at(m)));
    c.give(c.tiny.two(ConditionKind::Same, at(m, {c.of(c.tiny.ai_model, "origin")}), at(first)));
    c.refused("ON3081", 1);
  }
}

TEST_CASE("computed terms are not given") {
  Inline c;
  const auto m = c.named("M", c.tiny.ai_model);
  Expr value;
  value.kind = ExprKind::Value;
  value.path = at(m);
  value.value = c.tiny.cumulative_compute;
  c.give(c.tiny.compare(Relation::Equal, c.tiny.model.exprs.add(value), c.tiny.number(Number(3))));
  c.refused("ON3094", 0);
}

TEST_CASE("norms are expected with their days and limits") {
  Inline c;
  const auto m = c.named("M", c.tiny.ai_model), a = c.named("A", c.tiny.actor), first = c.named("first", c.tiny.modification);
  const auto placing = c.of(c.tiny.ai_model, "placing date");
  c.give(c.tiny.compare(Relation::Equal, c.tiny.fact(at(m), placing), c.tiny.date("2026-03-01")));
  Expectation norm;
  norm.kind = Expectation::Kind::Norm;
  norm.provision = c.tiny.provision("53(1)(a)");
  norm.verdict = "applies";
  norm.bearer = at(a);
  norm.object = at(m);
  norm.due = c.tiny.fact(at(m), placing);
  norm.from = c.tiny.date("2026-03-02");
  Expr limit;
  limit.kind = ExprKind::Entity;
  limit.path = at(first);
  norm.limited_to = c.tiny.model.exprs.add(limit);
  c.source.expectations.push_back(norm);
  SUBCASE("accepted") {
    const auto read = c.accepted();
    const auto& expected = read.expected[0];
    CHECK(expected.provision == norm.provision);
    CHECK(expected.bearer == EntityId{a});
    CHECK(expected.object == EntityId{m});
    CHECK(expected.verdict == "applies");
    CHECK(expected.due == *parse_date("2026-03-01"));
    CHECK(expected.from == *parse_date("2026-03-02"));
    CHECK(expected.limited_to == "the modification first");
    CHECK_FALSE(expected.because);
  }
  SUBCASE("a day that the case does not give") {
    c.source.given.clear();
    c.refused("ON3095", 0);
  }
}
