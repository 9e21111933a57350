// Every row of the table of states (semantics.md § 2), in both formats, and what is refused beside each.
#include <doctest/doctest.h>

#include "facts/reading.hpp"

using namespace onus;
using namespace onus::testing;
using facts::FieldState;
using Value = FieldState::Value;

namespace {

const FieldState& state(const ReadResult& result, KindId kind, std::string_view term, std::int32_t year = 0) {
  INFO(result.messages);
  const auto* found = state_of_x(result, kind, term, year);
  REQUIRE(found != nullptr);
  return *found;
}

Number e(std::int64_t coefficient, std::int32_t exponent) { return Number(coefficient) * Number::power_of_ten(exponent); }

void refused(const ReadResult& result, std::string_view code, std::string_view span) {
  INFO(result.messages);
  CHECK_FALSE(result.value);
  REQUIRE(result.errors.size() == 1);
  CHECK(result.errors[0].substr(0, 6) == code);
  CHECK(result.errors[0].substr(result.errors[0].find('`')) == "`" + std::string(span) + "`");
}

const KindId actor = tiny().actor, model_kind = tiny().ai_model, modification = tiny().modification, incident = tiny().incident;

}  // namespace

TEST_CASE("an exact amount is exact whatever its digits") {
  for (const char* text : {"1e25 FLOP", "10e24 FLOP", "1.0e25 FLOP", "10^25 FLOP", "10000000000000000000000000 FLOP", "0.1e26 flop",
                           "10 yottaFLOP", "10_000 zettaFLOP", "3e25/3 FLOP"}) {
    const auto result = yaml(yaml_with("modification", "compute", text));
    const auto& read = state(result, modification, "compute");
    CHECK(read.value == Value::Exact);
    CHECK(read.low == e(1, 25));
    CHECK(read.high == e(1, 25));
    CHECK(read.written == text);
  }
  for (const char* text : {R"({"amount": 1e25, "unit": "FLOP"})", R"({"amount": 1.0e25, "unit": "FLOP"})",
                           R"({"unit": "FLOP", "amount": 10000000000000000000000000})", R"({"amount": 10E+24, "unit": "flop"})"}) {
    const auto result = json(json_with("modification", "compute", text));
    CHECK(state(result, modification, "compute").low == e(1, 25));
  }
  CHECK(state(yaml(yaml_with("model", "market share", "20 %")), model_kind, "market share").low == Number::ratio(1, 5));
  CHECK(state(yaml(yaml_with("model", "market share", "20%")), model_kind, "market share").low == Number::ratio(1, 5));
  CHECK(state(yaml(yaml_with("model", "market share", "20 percent")), model_kind, "market share").low == Number::ratio(1, 5));
  CHECK(state(yaml(yaml_with("model", "quality", "-0")), model_kind, "quality").low == Number(0));
  CHECK(state(json(json_with("model", "quality", "0.25")), model_kind, "quality").low == Number::ratio(1, 4));
  CHECK(state(json(json_with("model", "quality", R"({"amount": 0.25})")), model_kind, "quality").low == Number::ratio(1, 4));
  CHECK(state(yaml(yaml_with("actor", "staff", "250 persons")), actor, "staff").low == Number(250));
  CHECK(state(yaml(yaml_with("model", "number of releases", "3")), model_kind, "number of releases").low == Number(3));
}

TEST_CASE("a range holds both ends") {
  for (const char* text : {"between 1.3e24 and 1.5e24 FLOP", "between 1.3e24 FLOP and 1.5e24 FLOP", "between 1.3 yottaFLOP and 1.5e24 FLOP",
                           "between 13e23 and 15e23 FLOP"}) {
    const auto result = yaml(yaml_with("modification", "compute", text));
    const auto& read = state(result, modification, "compute");
    CHECK(read.value == Value::Between);
    CHECK(read.low == e(13, 23));
    CHECK(read.high == e(15, 23));
  }
  const auto in_json = json(json_with("modification", "compute", R"({"between": [1.3e24, 1.5e24], "unit": "FLOP"})"));
  CHECK(state(in_json, modification, "compute").low == e(13, 23));
  CHECK(state(in_json, modification, "compute").written == "between 1.3e24 and 1.5e24 FLOP");
  // A range of one value is that value.
  CHECK(state(yaml(yaml_with("modification", "compute", "between 1e24 and 1e24 FLOP")), modification, "compute").value == Value::Exact);
  const auto dates = yaml(yaml_with("model", "placing date", "between 2026-01-01 and 2026-02-01"));
  CHECK(state(dates, model_kind, "placing date").low == Number(parse_date("2026-01-01")->days));
  CHECK(state(dates, model_kind, "placing date").high == Number(parse_date("2026-02-01")->days));
  const auto json_dates = json(json_with("model", "placing date", R"({"between": ["2026-01-01", "2026-02-01"]})"));
  CHECK(state(json_dates, model_kind, "placing date").high == Number(parse_date("2026-02-01")->days));

  refused(yaml(yaml_with("modification", "compute", "between 2e24 and 1e24 FLOP")), "ON3040", "between 2e24 and 1e24 FLOP");
  refused(yaml(yaml_with("modification", "compute", "between 1e24 and 2e24")), "ON3036", "between 1e24 and 2e24");
  refused(yaml(yaml_with("modification", "compute", "between 1e24 FLOP")), "ON3041", "between 1e24 FLOP");
  refused(yaml(yaml_with("modification", "compute", "between 1e24 and FLOP")), "ON3041", "between 1e24 and FLOP");
  refused(yaml(yaml_with("modification", "compute", "between -1 and 5 FLOP")), "ON3034", "-1");
  refused(yaml(yaml_with("model", "number of releases", "between 1.5 and 3")), "ON3035", "1.5");
  refused(yaml(yaml_with("model", "placing date", "between 2026-02-01 and 2026-01-01")), "ON3040", "between 2026-02-01 and 2026-01-01");
  refused(yaml(yaml_with("model", "placing date", "between 2026-01-01 and 2026-02-29")), "ON3042", "29");
  refused(yaml(yaml_with("model", "placing date", "between 2026-01-01")), "ON3041", "between 2026-01-01");
  refused(yaml(yaml_with("modification", "technique", "between merging and prompting")), "ON3031", "between merging and prompting");
  refused(json(json_with("modification", "compute", R"({"between": [2e24], "unit": "FLOP"})")), "ON3009", "[2e24]");
  refused(json(json_with("modification", "compute", R"({"between": [1, 2], "amount": 1, "unit": "FLOP"})")), "ON3014", "\"amount\"");
}

TEST_CASE("an estimate reaches p percent of the estimate to either side, cut at 0") {
  for (const char* text : {"about 1.4e24 FLOP ± 30 %", "about 1.4e24 ± 30 % FLOP", "about 1.4e24 FLOP +/- 30 %", "about 1.4e24 FLOP ±30%",
                           "about 1.4e24 FLOP ± 30 percent", "about 1.4e24 FLOP ± 30 per cent"}) {
    const auto result = yaml(yaml_with("modification", "compute", text));
    const auto& read = state(result, modification, "compute");
    CHECK(read.value == Value::Between);
    CHECK(read.low == e(98, 22));
    CHECK(read.high == e(182, 22));
  }
  const auto in_json = json(json_with("modification", "compute", R"({"about": 1.4e24, "percent": 30, "unit": "FLOP"})"));
  CHECK(state(in_json, modification, "compute").high == e(182, 22));
  CHECK(state(in_json, modification, "compute").written == "about 1.4e24 FLOP ± 30 %");
  const auto wide = yaml(yaml_with("modification", "compute", "about 2 FLOP ± 150 %"));
  CHECK(state(wide, modification, "compute").low == Number(0));
  CHECK(state(wide, modification, "compute").high == Number(5));
  CHECK(state(yaml(yaml_with("modification", "compute", "about 2 FLOP ± 0 %")), modification, "compute").value == Value::Exact);
  const auto share = yaml(yaml_with("model", "market share", "about 20 % ± 5 %"));
  CHECK(state(share, model_kind, "market share").low == Number::ratio(19, 100));
  const auto whole = yaml(yaml_with("model", "number of releases", "about 10 ± 25 %"));
  CHECK(state(whole, model_kind, "number of releases").low == Number::ratio(15, 2));

  refused(yaml(yaml_with("modification", "compute", "about 1e24 FLOP")), "ON3041", "about 1e24 FLOP");
  refused(yaml(yaml_with("modification", "compute", "about 1e24 FLOP ± 30")), "ON3041", "about 1e24 FLOP ± 30");
  refused(yaml(yaml_with("modification", "compute", "about 1e24 FLOP ± 30 % FLOP")), "ON3041", "about 1e24 FLOP ± 30 % FLOP");
  refused(yaml(yaml_with("modification", "compute", "about 1e24 FLOP ± -3 %")), "ON3034", "-3");
  refused(yaml(yaml_with("modification", "compute", "about 1e24 ± 3 %")), "ON3036", "about 1e24 ± 3 %");
  refused(yaml(yaml_with("model", "placing date", "about 2026-01-01 ± 3 %")), "ON3030", "about 2026-01-01 ± 3 %");
  refused(json(json_with("modification", "compute", R"({"about": 1e24, "unit": "FLOP"})")), "ON3013", R"({"about": 1e24, "unit": "FLOP"})");
  refused(json(json_with("modification", "compute", R"({"amount": 1e24, "percent": 3, "unit": "FLOP"})")), "ON3014", "\"percent\"");
}

TEST_CASE("not given is written out for every type of fact") {
  for (const auto& row : std::vector<std::pair<const char*, const char*>>{{"actor", "SME"},
                                                                                   {"actor", "contractor"},
                                                                                   {"actor", "culpable"},
                                                                                   {"actor", "staff"},
                                                                                   {"model", "developer"},
                                                                                   {"model", "origin"},
                                                                                   {"model", "placing date"},
                                                                                   {"model", "modalities"},
                                                                                   {"modification", "technique"},
                                                                                   {"incident", "awareness"}}) {
    const char* kind = row.first;
    const char* term = row.second;
    CAPTURE(term);
    const KindId id = std::string_view(kind) == "actor" ? actor : std::string_view(kind) == "model" ? model_kind
                      : std::string_view(kind) == "incident" ? incident : modification;
    const std::string name = std::string_view(term) == "modalities" ? "modality" : term;
    for (const auto& result : {yaml(yaml_with(kind, term, "not given")), json(json_with(kind, term, "\"not given\""))}) {
      const auto& read = state(result, id, name);
      CHECK(read.value == Value::NotGiven);
      CHECK(read.answer == FieldState::Answer::None);
      CHECK_FALSE(read.unknowable_to_all);
      CHECK(read.written == "not given");
    }
  }
  const auto year = yaml(yaml_with("actor", "turnover", "{2024: not given, 2025: 120e6 EUR}"));
  CHECK(state(year, actor, "turnover", 2024).value == Value::NotGiven);
  CHECK(state(year, actor, "turnover", 2025).low == Number(120'000'000));
}

TEST_CASE("unknowable belongs to facts that are declared so") {
  const auto all = yaml(yaml_with("model", "training compute", "unknowable"));
  CHECK(state(all, model_kind, "training compute").unknowable_to_all);
  CHECK(state(all, model_kind, "training compute").value == Value::NotGiven);
  refused(yaml(yaml_with("modification", "compute", "unknowable")), "ON3043", "unknowable");
  refused(json(json_with("modification", "compute", "\"unknowable\"")), "ON3043", "\"unknowable\"");

  const auto some = yaml(yaml_with("model", "training compute", "{value: between 1e24 and 2e24 FLOP, unknowable to: [Base Corp, Acme]}"));
  const auto& read = state(some, model_kind, "training compute");
  CHECK(read.value == Value::Between);
  CHECK(read.high == e(2, 24));
  CHECK_FALSE(read.unknowable_to_all);
  CHECK(read.unknowable_to == std::vector{entity(*some.value, "Acme"), entity(*some.value, "Base Corp")});
  CHECK(read.written == "between 1e24 and 2e24 FLOP");
  const auto none = yaml(yaml_with("incident", "discovery", "{value: not applicable, unknowable to: [Acme]}"));
  CHECK(state(none, incident, "discovery").value == Value::NotApplicable);
  const auto open = json(json_with("model", "training compute", R"({"value": "not given", "unknowable to": ["Acme"]})"));
  CHECK(state(open, model_kind, "training compute").value == Value::NotGiven);
  CHECK(state(open, model_kind, "training compute").unknowable_to.size() == 1);

  refused(yaml(yaml_with("modification", "compute", "{value: 1 FLOP, unknowable to: [Acme]}")), "ON3043", "unknowable to");
  refused(yaml(yaml_with("model", "training compute", "{value: 1 FLOP}")), "ON3013", "{value: 1 FLOP}");
  refused(yaml(yaml_with("model", "training compute", "{unknowable to: [Acme]}")), "ON3013", "{unknowable to: [Acme]}");
  refused(yaml(yaml_with("model", "training compute", "{value: 1 FLOP, unknowable to: Acme}")), "ON3009", "Acme");
  refused(yaml(yaml_with("model", "training compute", "{value: 1 FLOP, unknowable to: [Acmee]}")), "ON3045", "Acmee");
  refused(yaml(yaml_with("model", "training compute", "{value: 1 FLOP, unknowable to: [M0]}")), "ON3046", "M0");
  refused(yaml(yaml_with("model", "training compute", "{value: 1 FLOP, unknowable to: [Acme, Acme]}")), "ON3015", "Acme");
  refused(yaml(yaml_with("model", "training compute", "{value: unknowable, unknowable to: [Acme]}")), "ON3030", "unknowable");
  refused(yaml(yaml_with("model", "training compute", "{value: {value: 1 FLOP, unknowable to: []}, unknowable to: [Acme]}")), "ON3030",
          "{value: 1 FLOP, unknowable to: []}");
  refused(yaml(yaml_with("model", "training compute", "{value: , unknowable to: [Acme]}")), "ON3007", "");
  refused(yaml(yaml_with("modification", "compute", "{value: 1 FLOP}")), "ON3030", "{value: 1 FLOP}");
}

TEST_CASE("not applicable belongs to facts that need not be") {
  CHECK(state(yaml(yaml_with("model", "origin", "not applicable")), model_kind, "origin").value == Value::NotApplicable);
  CHECK(state(json(json_with("model", "acceptance date", "\"not applicable\"")), model_kind, "acceptance date").value == Value::NotApplicable);
  refused(yaml(yaml_with("model", "placing date", "not applicable")), "ON3044", "not applicable");
  refused(yaml(yaml_with("modification", "original model", "not applicable")), "ON3044", "not applicable");
  refused(yaml(yaml_with("model", "integrable downstream", "not applicable")), "ON3044", "not applicable");
}

TEST_CASE("answers to judgements, with who gave them") {
  using Answer = FieldState::Answer;
  struct Row {
    const char* yaml;
    const char* json;
    Answer answer;
    Value value;
    bool yes;
  };
  for (const Row& row : {Row{"yes", "\"yes\"", Answer::Yes, Value::Exact, true}, Row{"no", "false", Answer::No, Value::Exact, false},
                         Row{"not established", "\"not established\"", Answer::NotEstablished, Value::NotGiven, false},
                         Row{"{answer: yes}", R"({"answer": true})", Answer::Yes, Value::Exact, true},
                         Row{"{answer: not established}", R"({"answer": "not established"})", Answer::NotEstablished, Value::NotGiven, false}}) {
    CAPTURE(row.yaml);
    for (const auto& result : {yaml(yaml_with("model", "generally capable", row.yaml)), json(json_with("model", "generally capable", row.json))}) {
      const auto& read = state(result, model_kind, "generally capable");
      CHECK(read.answer == row.answer);
      CHECK(read.value == row.value);
      CHECK(read.yes == row.yes);
    }
  }
  const auto full = yaml(yaml_with("model", "generally capable", "{answer: no, by: counsel, on: 2026-02-01, because: \"narrow\"}"));
  const auto& read = state(full, model_kind, "generally capable");
  CHECK(read.answered_by == "counsel");
  CHECK(read.answered_because == "narrow");
  CHECK(read.answered_on == *parse_date("2026-02-01"));
  CHECK(read.written == "no");

  refused(yaml(yaml_with("model", "generally capable", "maybe")), "ON3030", "maybe");
  refused(yaml(yaml_with("model", "generally capable", "Not established")), "ON3030", "Not established");
  refused(yaml(yaml_with("model", "generally capable", "{by: counsel}")), "ON3013", "{by: counsel}");
  refused(yaml(yaml_with("model", "generally capable", "{answer: yes, on: yesterday}")), "ON3042", "yesterday");
  refused(yaml(yaml_with("model", "generally capable", "{answer: yes, who: me}")), "ON3012", "who");
  refused(yaml(yaml_with("model", "generally capable", "{answer: , by: me}")), "ON3007", "");
  refused(json(json_with("model", "generally capable", R"({"answer": "yes", "by": 3})")), "ON3010", "3");
  refused(yaml(yaml_with("model", "generally capable", "unknowable")), "ON3043", "unknowable");
  refused(yaml(yaml_with("model", "generally capable", "[yes]")), "ON3030", "[yes]");
}

TEST_CASE("members, names and lists") {
  CHECK(state(yaml(yaml_with("modification", "technique", "tool access")), modification, "technique").member == 3);
  CHECK(state(yaml(yaml_with("model", "modalities", "[video, text]")), model_kind, "modality").members == std::vector<std::uint32_t>{0, 3});
  CHECK(state(yaml(yaml_with("model", "modality", "[]")), model_kind, "modality").value == Value::Exact);
  const auto developer = yaml(yaml_with("model", "developer", "Base Corp"));
  CHECK(state(developer, model_kind, "developer").entities == std::vector{entity(*developer.value, "Base Corp")});
  for (const char* term : {"contractor", "contractor of", "a contractor of", "a contractor of an actor", "Contractor-of"}) {
    CAPTURE(term);
    const auto result = yaml(yaml_with("actor", term, "[Base Corp, Acme]"));
    CHECK(state(result, actor, "contractor").entities == std::vector{entity(*result.value, "Acme"), entity(*result.value, "Base Corp")});
  }
  for (const char* term : {"integrable downstream", "Integrable Downstream", "integrable-downstream"})
    CHECK(state(yaml(yaml_with("model", term, "yes")), model_kind, "integrable downstream").yes);
  CHECK(state(yaml(yaml_with("model", "high impact", "yes")), model_kind, "high-impact").yes);
  CHECK(state(yaml(yaml_with("actor", "an SME", "yes")), actor, "SME").yes);
  CHECK(state(json(json_with("model", "integrable downstream", "false")), model_kind, "integrable downstream").value == Value::Exact);

  refused(yaml(yaml_with("modification", "technique", "mergeing")), "ON3031", "mergeing");
  refused(yaml(yaml_with("modification", "technique", "[merging]")), "ON3030", "[merging]");
  refused(yaml(yaml_with("model", "modalities", "text")), "ON3009", "text");
  refused(yaml(yaml_with("model", "modalities", "[text, txet]")), "ON3031", "txet");
  refused(yaml(yaml_with("model", "modalities", "[text, text]")), "ON3015", "text");
  refused(yaml(yaml_with("model", "developer", "Base Crop")), "ON3045", "Base Crop");
  refused(yaml(yaml_with("model", "developer", "M0")), "ON3046", "M0");
  refused(yaml(yaml_with("model", "developer", "[Acme]")), "ON3030", "[Acme]");
  refused(yaml(yaml_with("model", "developer", "none")), "ON3030", "none");
  refused(yaml(yaml_with("actor", "contractor", "Acme")), "ON3009", "Acme");
  refused(json(json_with("model", "developer", "3")), "ON3030", "3");
}

TEST_CASE("units are compulsory where there is one, refused where there is none, and of the right dimension") {
  refused(yaml(yaml_with("modification", "compute", "1e24")), "ON3036", "1e24");
  refused(json(json_with("modification", "compute", "1e24")), "ON3036", "1e24");
  refused(json(json_with("modification", "compute", R"({"amount": 1e24})")), "ON3036", R"({"amount": 1e24})");
  refused(yaml(yaml_with("modification", "compute", "1e24 FLOPP")), "ON3037", "FLOPP");
  refused(yaml(yaml_with("modification", "compute", "1e24 EUR")), "ON3039", "EUR");
  refused(yaml(yaml_with("modification", "compute", "1e24 FLOP/s")), "ON3039", "FLOP/s");
  refused(yaml(yaml_with("model", "number of releases", "3 releases")), "ON3038", "releases");
  refused(json(json_with("model", "number of releases", R"({"amount": 3, "unit": "persons"})")), "ON3038", "persons");
  refused(yaml(yaml_with("actor", "staff", "250 EUR")), "ON3039", "EUR");
  refused(yaml(yaml_with("actor", "staff", "2.5 persons")), "ON3035", "2.5");
  refused(yaml(yaml_with("actor", "staff", "-3 persons")), "ON3034", "-3");
  refused(yaml(yaml_with("modification", "compute", "1 000 FLOP")), "ON3033", "000 FLOP");
  refused(yaml(yaml_with("modification", "compute", "1,5 FLOP")), "ON3033", ",5");
  refused(yaml(yaml_with("modification", "compute", "\"1e24 FLOP\"")), "ON3032", "\"1e24 FLOP\"");
  refused(json(json_with("modification", "compute", "\"1e24 FLOP\"")), "ON3032", "\"1e24 FLOP\"");
  refused(json(json_with("modification", "compute", R"({"amount": "1e24", "unit": "FLOP"})")), "ON3032", "\"1e24\"");
  refused(json(json_with("modification", "compute", R"({"amount": 1e24, "units": "FLOP"})")), "ON3012", "\"units\"");
  refused(json(json_with("modification", "compute", R"({"unit": "FLOP"})")), "ON3013", R"({"unit": "FLOP"})");
  refused(json(json_with("modification", "compute", R"({"amount": null, "unit": "FLOP"})")), "ON3007", "null");
  refused(json(json_with("modification", "compute", "[1e24]")), "ON3030", "[1e24]");
  refused(json(json_with("model", "placing date", R"({"amount": 3})")), "ON3012", "\"amount\"");
}

TEST_CASE("yearly facts are given by year") {
  refused(yaml(yaml_with("actor", "turnover", "90e6 EUR")), "ON3049", "90e6 EUR");
  refused(yaml(yaml_with("actor", "turnover", "{24: 90e6 EUR}")), "ON3048", "24");
  refused(yaml(yaml_with("actor", "turnover", "{2024: 90e6}")), "ON3036", "90e6");
  refused(json(json_with("actor", "turnover", R"({"amount": 90e6, "unit": "EUR"})")), "ON3049", R"({"amount": 90e6, "unit": "EUR"})");
  const auto empty = yaml(yaml_with("actor", "turnover", "{}"));
  CHECK(empty.value);
}

TEST_CASE("nothing written is refused, with what to write instead") {
  for (const char* value : {"", "~", "null", "Null"}) {
    const auto result = yaml(yaml_with("model", "placing date", value));
    refused(result, "ON3007", value);
  }
  refused(json(json_with("model", "placing date", "null")), "ON3007", "null");
  refused(yaml("onus: case/1\nactor:\n  Acme:\n"), "ON3007", "");
  refused(yaml("onus: case/1\nactor:\n"), "ON3007", "");
}
