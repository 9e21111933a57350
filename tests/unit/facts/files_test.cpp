// The shape of a file, names and terms, stated conclusions, rows, relations: what is read and what is refused, all in one run.
#include <doctest/doctest.h>

#include "facts/reading.hpp"

using namespace onus;
using namespace onus::testing;
using facts::FieldState;

namespace {

void refused(const ReadResult& result, std::vector<std::string> errors) {
  INFO(result.messages);
  CHECK_FALSE(result.value);
  CHECK(result.errors == errors);
}

const facts::Case& accepted(const ReadResult& result) {
  INFO(result.messages);
  REQUIRE(result.value);
  return *result.value;
}

// The example of the contract, in both formats.
constexpr const char* example_yaml = R"~(onus: case/1
as of: 2026-03-01
actor:
  Acme Labs: {established in the Union: no, turnover: {2024: 90e6 EUR, 2025: 120e6 EUR}}
  Base Corp: {}
model:
  Base-70B:
    developer: Base Corp
    training compute: {value: 3.8e24 FLOP, unknowable to: [Acme Labs]}
    modalities: [text]
    integrable downstream: yes
    generally capable: {answer: yes, by: counsel, on: 2026-02-01, because: "broad benchmark results"}
    number of releases: between 2 and 4
  Acme-Med: {origin: medical tune, placing date: 2026-02-10, modalities: [text], integrable downstream: yes, public in weights: no}
modification:
  medical tune:
    original model: Base-70B
    modifier: Acme Labs
    compute: about 1.4e24 FLOP ± 30 %
    technique: fine-tuning
found:
  - the model Base-70B is not systemic
done:
  - {bearer: Acme Labs, object: Acme-Med, provision: "53(1)(d)", on: 2026-02-08}
expect:
  - {bearer: Acme Labs, object: Acme-Med, provision: "53(1)(a)", verdict: applies, because: ["3.2"], due: 2026-02-10}
  - {subject: Base-70B, conclusion: general-purpose, verdict: holds}
)~";
constexpr const char* example_json = R"~({"onus": "case/1", "as of": "2026-03-01",
 "actor": {"Acme Labs": {"established in the Union": false, "turnover": {"2024": {"amount": 90e6, "unit": "EUR"}, "2025": {"amount": 120e6, "unit": "EUR"}}},
           "Base Corp": {}},
 "model": {"Base-70B": {"developer": "Base Corp", "training compute": {"value": {"amount": 3.8e24, "unit": "FLOP"}, "unknowable to": ["Acme Labs"]},
                        "modalities": ["text"], "integrable downstream": true,
                        "generally capable": {"answer": "yes", "by": "counsel", "on": "2026-02-01", "because": "broad benchmark results"},
                        "number of releases": {"between": [2, 4]}},
           "Acme-Med": {"origin": "medical tune", "placing date": "2026-02-10", "modalities": ["text"], "integrable downstream": "yes", "public in weights": "no"}},
 "modification": {"medical tune": {"original model": "Base-70B", "modifier": "Acme Labs",
                                   "compute": {"about": 1.4e24, "percent": 30, "unit": "FLOP"}, "technique": "fine-tuning"}},
 "found": ["the model Base-70B is not systemic"],
 "done": [{"bearer": "Acme Labs", "object": "Acme-Med", "provision": "53(1)(d)", "on": "2026-02-08"}],
 "expect": [{"bearer": "Acme Labs", "object": "Acme-Med", "provision": "53(1)(a)", "verdict": "applies", "because": ["3.2"], "due": "2026-02-10"},
            {"subject": "Base-70B", "conclusion": "general-purpose", "verdict": "holds"}]}
)~";

// Everything of a case but its places.
std::string dump(const facts::Case& read) {
  std::string out = read.as_of ? to_text(*read.as_of) : "-";
  for (const auto& one : read.entities) out += "\n" + one.name + " " + std::to_string(one.kind.index) + (one.named ? " n" : "");
  for (const auto& [key, state] : read.states) {
    out += "\n" + std::to_string(key.entity.index) + "." + std::to_string(key.field.index) + "." + std::to_string(key.year) + " " +
           std::to_string(static_cast<int>(state.value)) + " " + to_text(state.low) + " " + to_text(state.high) + " " +
           std::to_string(static_cast<int>(state.yes)) + " " + std::to_string(state.member) + " [";
    for (const auto member : state.members) out += std::to_string(member) + ",";
    for (const auto other : state.entities) out += std::to_string(other.index) + ";";
    out += "] " + std::to_string(static_cast<int>(state.unknowable_to_all));
    for (const auto other : state.unknowable_to) out += " u" + std::to_string(other.index);
    out += " " + std::to_string(static_cast<int>(state.answer)) + state.answered_by + state.answered_because +
           (state.answered_on ? to_text(*state.answered_on) : "") + " `" + state.written + "`";
  }
  for (const auto& one : read.found)
    out += "\nfound " + std::to_string(one.predicate.index) + " " + std::to_string(one.subject.index) + " " +
           std::to_string(one.object.value_or(facts::EntityId{}).index) + (one.holds ? " yes" : " no");
  for (const auto& one : read.done.value_or(std::vector<facts::Done>{}))
    out += "\ndone " + std::to_string(one.bearer.index) + " " + std::to_string(one.object.value_or(facts::EntityId{}).index) + " " +
           std::to_string(one.provision.index) + " " + to_text(one.on);
  for (const auto& one : read.expected)
    out += "\nexpect " + std::to_string(one.provision.value_or(ProvisionId{}).index) + " " +
           std::to_string(one.conclusion.value_or(PredicateId{}).index) + " " + one.verdict +
           (one.because ? one.because->front() : "") + (one.due ? to_text(*one.due) : "");
  return out;
}

std::string with_found(const std::string& sentence) {
  return "onus: case/1\nactor:\n  Acme: {}\n  Base Corp: {}\n  what is: {}\n  what: {}\n  Twin: {}\nmodel:\n  M0: {}\n  M of N: {}\n  Twin: {}\n"
         "modification:\n  first: {}\nframework change:\n  Alpha: {}\nfound:\n  - " + sentence + "\n";
}
std::string with_rows(const std::string& key, const std::string& row) {
  return "onus: case/1\nactor:\n  Acme: {}\n  Base: {}\nmodel:\n  M0: {}\n  M1: {}\nincident:\n  Leak: {}\n" + key + ":\n  - " + row + "\n";
}

}  // namespace

TEST_CASE("one case in YAML and in JSON is one value") {
  const auto in_yaml = yaml(example_yaml), in_json = json(example_json);
  CHECK(dump(accepted(in_yaml)) == dump(accepted(in_json)));
  const facts::Case& read = *in_yaml.value;
  CHECK(read.name == "case.yaml");
  CHECK(read.as_of == *parse_date("2026-03-01"));
  CHECK(read.entities.size() == 5);
  CHECK(read.states.size() == 18);
  CHECK(read.expected[0].because == std::vector<std::string>{"3.2"});
  CHECK(read.expected[1].subject == entity(read, "Base-70B"));
  CHECK_FALSE(read.is_inline);
  // Nothing said of performance is not the same as no performance.
  CHECK_FALSE(accepted(yaml("onus: case/1\n")).done);
  CHECK(accepted(yaml("onus: case/1\ndone: []\n")).done->empty());
}

TEST_CASE("the shape of a file") {
  CHECK(accepted(yaml("onus: case/1\n")).entities.empty());
  CHECK(accepted(yaml("onus: case/1\nactor: {}\n")).entities.empty());
  CHECK(accepted(yaml("onus: \"case/1\"\nFramework-Change: {A: {}}\n")).entities.size() == 1);
  refused(yaml("- a\n"), {"ON3001 1:1 ``"});
  refused(yaml("text\n"), {"ON3001 1:1 ``"});
  refused(json("[1]"), {"ON3001 1:1 ``"});
  refused(yaml("actor: {A: {}}\n"), {"ON3002 1:1 ``"});
  refused(yaml("onus: case/2\nwhatever: 3\n"), {"ON3003 1:7 `case/2`"});
  refused(yaml("onus: csae/1\nactr: {}\n"), {"ON3003 1:7 `csae/1`", "ON3004 2:1 `actr`"});
  refused(yaml("onus:\n"), {"ON3007 1:6 ``"});
  refused(yaml("onus: case/1\nmodels: {M: {colour: red}}\n"), {"ON3005 2:1 `models`", "ON3020 2:14 `colour`"});
  refused(yaml("onus: case/1\nmodel: {M: {}}\nMODEL: {N: {}}\n"), {"ON3006 3:1 `MODEL`"});
  refused(yaml("onus: case/1\nas of: 2026-02-29\n"), {"ON3042 2:8 `2026-02-29`"});
  refused(yaml("onus: case/1\nas of:\n"), {"ON3007 2:7 ``"});
  refused(yaml("onus: case/1\nas-of: 2026-02-28\nas of: 2026-02-28\n"), {"ON3006 3:1 `as of`"});
  refused(yaml("onus: case/1\nmodel: [M]\n"), {"ON3008 2:8 `[M]`"});
  refused(yaml("onus: case/1\nmodel: {M: 3}\n"), {"ON3008 2:12 `3`"});
  refused(yaml("onus: case/1\nmodel: {unknowable: {}, \"\": {}, \" x\": {}}\n"), {"ON3011 2:9 `unknowable`", "ON3011 2:25 `\"\"`", "ON3011 2:33 `\" x\"`"});
  refused(yaml("onus: case/1\nfound: the model is\n"), {"ON3009 2:8 `the model is`"});
  refused(json(R"({"onus": 1})"), {"ON3010 1:10 `1`"});
  CHECK(yaml("onus: case/1\nmodel: {M: {}, M: {}}\n").codes() == "ON4102");
  // A name has at most 256 bytes.
  CHECK(yaml("onus: case/1\nmodel: {" + std::string(256, 'a') + ": {}}\n").value);
  CHECK(yaml("onus: case/1\nmodel: {" + std::string(257, 'a') + ": {}}\n").codes() == "ON3011");
}

TEST_CASE("terms") {
  const auto of_model = [](const std::string& facts) { return yaml("onus: case/1\nmodel:\n  M: {" + facts + "}\n"); };
  const auto nearest = of_model("training compue: 1 FLOP");
  refused(nearest, {"ON3020 3:7 `training compue`"});
  CHECK(nearest.messages.find("did you mean `training compute`?") != std::string::npos);
  REQUIRE(nearest.diagnostics[0].fixes.size() == 1);
  CHECK(nearest.diagnostics[0].fixes[0].text == "training compute");
  refused(of_model("general purpose: yes"), {"ON3022 3:7 `general purpose`"});
  CHECK(of_model("general purpose: yes").messages.find("`the model M is general-purpose`") != std::string::npos);
  refused(of_model("cumulative compute: 1 FLOP"), {"ON3023 3:7 `cumulative compute`"});
  refused(of_model("upstream models: []"), {"ON3023 3:7 `upstream models`"});
  const auto inverse = of_model("modifications: [a]");
  refused(inverse, {"ON3024 3:7 `modifications`"});
  CHECK(inverse.messages.find("follows from the `original model` of a modification; state it there") != std::string::npos);
  refused(of_model("technique: merging"), {"ON3021 3:7 `technique`"});
  refused(of_model("placing date: 2026-01-01, Placing-Date: 2026-01-01"), {"ON3006 3:33 `Placing-Date`"});
  refused(of_model("modality: [text], modalities: [text]"), {"ON3006 3:25 `modalities`"});
  refused(yaml("onus: case/1\nmodification:\n  m: {resulting model: M}\n"), {"ON3024 3:7 `resulting model`"});
  refused(yaml("onus: case/1\nactor:\n  A: {provider of: M}\n"), {"ON3020 3:7 `provider of`"});
  refused(yaml("onus: case/1\nactor:\n  A: {provider: M}\n"), {"ON3022 3:7 `provider`"});
}

TEST_CASE("all errors of a file in one run, none because of another") {
  refused(yaml(R"~(onus: case/1
as of: 2026-13-01
actr: {}
actor:
  Acme: {SME: maybe}
model:
  M: {developer: Acmee, colour: red, training compute: 3 EUR, modalities: [text, txt]}
  N: {developer: Acme, origin: tune}
found:
  - the model Q is systemic
done:
  - {bearer: Acme, object: M, provision: "53(1)(x)", on: 2026-01-01}
expect:
  - {bearer: Acme, object: M, provision: "53(1)(a)", verdict: aplies}
)~"),
          {"ON3042 2:8 `2026-13-01`", "ON3004 3:1 `actr`", "ON3030 5:15 `maybe`", "ON3045 7:18 `Acmee`", "ON3020 7:25 `colour`",
           "ON3039 7:58 `EUR`", "ON3031 7:82 `txt`", "ON3045 8:32 `tune`", "ON3045 10:15 `Q`", "ON3064 12:42 `\"53(1)(x)\"`",
           "ON3067 14:63 `aplies`"});
}

TEST_CASE("a file with very many errors shows a thousand and counts the rest") {
  std::string text = "onus: case/1\nmodel:\n";
  for (int i = 0; i < 1500; ++i) text += "  M" + std::to_string(i) + ": {colour: red}\n";
  const auto result = yaml(text);
  CHECK_FALSE(result.value);
  CHECK(result.errors.size() == 1001);
  CHECK(result.errors[0] == "ON3016 1:1 ``");
  CHECK(result.messages.find("and 500 more problems") != std::string::npos);
}

TEST_CASE("stated conclusions") {
  const auto one = [](const std::string& sentence) -> facts::Found {
    const auto result = yaml(with_found(sentence));
    INFO(result.messages);
    REQUIRE(result.value);
    REQUIRE(result.value->found.size() == 1);
    return result.value->found[0];
  };
  const auto name = [](facts::EntityId id) { return yaml(with_found("the model M0 is systemic")).value->entities[id.index].name; };
  CHECK(one("the model M0 is systemic").predicate == tiny().systemic);
  CHECK(one("the model M0 is systemic").holds);
  CHECK_FALSE(one("M0 is not systemic").holds);
  CHECK(one("M0 is general purpose").predicate == tiny().general_purpose);
  CHECK(one("the modification first is Internal").predicate == tiny().internal);
  CHECK(one("the model M0 is systemic under eu-gpai").regulation == tiny().regulation);
  const auto role = one("the actor Base Corp is not a provider of the model M of N");
  CHECK(role.predicate == tiny().provider);
  CHECK(name(*role.object) == "M of N");
  CHECK_FALSE(role.holds);
  CHECK(name(*one("Base Corp is a provider of M of N").object) == "M of N");
  // The longest name wins, and a name in two kinds is told by the conclusion.
  CHECK(name(one("what is is a provider of M0").subject) == "what is");
  CHECK(name(one("what is a provider of M0").subject) == "what");
  CHECK(yaml(with_found("Twin is systemic")).value->found[0].subject == facts::EntityId{7});
  CHECK(one("Twin is a provider of Twin").subject == facts::EntityId{4});

  refused(yaml(with_found("M0 systemic")), {"ON3060 17:5 `M0 systemic`"});
  refused(yaml(with_found("the model M1 is systemic")), {"ON3045 17:15 `M1`"});
  refused(yaml(with_found("Basf Corp is a provider of M0")), {"ON3045 17:5 `Basf Corp`"});
  refused(yaml(with_found("the model M0 is sistemic")), {"ON3061 17:21 `sistemic`"});
  refused(yaml(with_found("the model M0 is not sistemic")), {"ON3061 17:25 `sistemic`"});
  refused(yaml(with_found("the model M0 is integrable downstream")), {"ON3062 17:21 `integrable downstream`"});
  refused(yaml(with_found("Base Corp is a provider of M9")), {"ON3045 17:32 `M9`"});
  refused(yaml(with_found("Base Corp is a provider of first")), {"ON3046 17:32 `first`"});
  refused(yaml(with_found("Base Corp is a provider")), {"ON3013 17:18 `a provider`"});
  refused(yaml(with_found("the model M0 is systemic under eu-gapi")), {"ON3070 17:36 `eu-gapi`"});
  refused(yaml(with_found("the model M0 is systemic under policy-baseline")), {"ON3061 17:21 `systemic`"});
  refused(yaml(with_found("M0 is systemic\n  - the model M0 is systemic")), {"ON3063 18:5 `the model M0 is systemic`"});
  const auto clash = yaml(with_found("M0 is systemic\n  - M0 is not systemic"));
  refused(clash, {"ON3063 18:5 `M0 is not systemic`"});
  CHECK(clash.diagnostics[0].notes.size() == 1);
  refused(yaml(with_found("[M0 is systemic]")), {"ON3010 17:5 `[M0 is systemic]`"});
}

TEST_CASE("performances") {
  const auto result = yaml(with_rows("done", "{bearer: Acme, object: M0, provision: duty 53(1)(a) of eu-gpai, on: 2026-02-08}\n"
                                             "  - {bearer: Acme, object: M0, incident: Leak, provision: report-incidents, on: 2026-02-08}\n"
                                             "  - {bearer: the Commission, object: M0, provision: 52(4), on: 2026-02-08}\n"
                                             "  - {object: M1, provision: 52(4), on: 2026-02-08}"));
  const auto& done = *accepted(result).done;
  REQUIRE(done.size() == 4);
  CHECK(done[0].provision == tiny().provision("53(1)(a)"));
  CHECK(done[0].on == *parse_date("2026-02-08"));
  REQUIRE(done[1].others.size() == 1);
  CHECK(done[1].others[0] == facts::RowEntity{VariableId{0}, entity(*result.value, "Leak")});
  CHECK_FALSE(done[2].bearer.is_valid());
  refused(yaml(with_rows("done", "{bearer: Acme, provision: 53(1)(a)}")),
          {"ON3013 11:5 `{bearer: Acme, provision: 53(1)(a)}`", "ON3013 11:5 `{bearer: Acme, provision: 53(1)(a)}`"});
  refused(yaml(with_rows("done", "{bearer: M0, object: Acme, provision: 53(1)(a), on: 2026-02-08}")), {"ON3046 11:14 `M0`", "ON3046 11:26 `Acme`"});
  refused(yaml(with_rows("done", "{bearer: Acme, object: M0, provision: 3.2, on: 2026-02-08}")), {"ON3066 11:43 `3.2`"});
  refused(yaml(with_rows("done", "{bearer: Acme, object: M0, provision: report-incident, on: 2026-02-08}")), {"ON3064 11:43 `report-incident`"});
  refused(yaml(with_rows("done", "{bearer: Acme, object: M0, provision: report-incidents, on: 2026-02-08}")),
          {"ON3013 11:5 `{bearer: Acme, object: M0, provision: report-incidents, on: 2026-02-08}`"});
  refused(yaml(with_rows("done", "{bearer: Acme, object: M0, provision: evaluate, on: 2026-02-08}")), {"ON3069 11:28 `M0`"});
  refused(yaml(with_rows("done", "{bearer: Acme, object: M0, provision: 52(4), on: 2026-02-08}")), {"ON3069 11:14 `Acme`"});
  refused(yaml(with_rows("done", "{bearer: Acme, object: M0, provision: 53(1)(a), on: 2026-02-08, incident: Leak}")), {"ON3012 11:69 `incident`"});
  const std::string row = "{bearer: Acme, object: M0, provision: 53(1)(a), on: 2026-02-08}";
  CHECK(yaml(with_rows("done", row + "\n  - " + row)).codes() == "ON3015");
  CHECK(json(R"({"onus": "case/1", "actor": {"A": {}}, "done": [{"bearer": "A", "provision": 3.2, "on": "2026-01-01"}]})").codes() == "ON3010");
}

TEST_CASE("expectations") {
  const auto result = yaml(with_rows("expect", "{bearer: Acme, object: M0, provision: 53(1)(a), verdict: does not apply, because only: [3.2, value cumulative-compute], "
                                               "depends_on: [], due: 2026-01-01, from: 2026-01-02, limited to: the modification first, reading: first model}\n"
                                               "  - {subject: Acme, object: M0, conclusion: provider of, verdict: depends, depends on: [\"model M0 · training compute\"]}\n"
                                               "  - {subject: M0, conclusion: high-impact, verdict: undetermined, reading: significant change + first model}\n"
                                               "  - {subject: M0, conclusion: systemic under eu-gpai, verdict: does-not-hold}"));
  const auto& expected = accepted(result).expected;
  REQUIRE(expected.size() == 4);
  CHECK(expected[0].verdict == "does-not-apply");
  CHECK(expected[0].because == std::vector<std::string>{"3.2", "value cumulative-compute"});
  CHECK(expected[0].because_only);
  CHECK(expected[0].depends_on == std::vector<std::string>{});
  CHECK(expected[0].due == *parse_date("2026-01-01"));
  CHECK(expected[0].from == *parse_date("2026-01-02"));
  CHECK(expected[0].limited_to == "the modification first");
  CHECK(expected[0].reading == "first model");
  CHECK(expected[1].conclusion == tiny().provider);
  CHECK(expected[1].object == entity(*result.value, "M0"));
  CHECK(expected[1].depends_on == std::vector<std::string>{"model M0 · training compute"});
  CHECK_FALSE(expected[1].because);
  CHECK(expected[2].judgement == tiny().field(tiny().ai_model, "high-impact"));
  CHECK(expected[2].reading == "significant change + first model");
  CHECK(expected[3].regulation == tiny().regulation);

  // The holder of a role may be called its bearer.
  const auto by_bearer = yaml(with_rows("expect", "{bearer: Acme, object: M0, conclusion: provider of, verdict: depends}"));
  REQUIRE(accepted(by_bearer).expected.size() == 1);
  CHECK(by_bearer.value->expected[0].conclusion == tiny().provider);
  CHECK(by_bearer.value->expected[0].subject == expected[1].subject);

  const auto row = [](const std::string& text) { return yaml(with_rows("expect", text)); };
  refused(row("{bearer: M0, conclusion: systemic, verdict: holds}"), {"ON3069 11:14 `M0`"});
  refused(row("{bearer: Acme, subject: Acme, object: M0, conclusion: provider of, verdict: holds}"), {"ON3014 11:20 `subject`"});
  refused(row("{subject: M0, conclusion: systemic, verdict: applies}"), {"ON3067 11:50 `applies`"});
  refused(row("{bearer: Acme, object: M0, provision: 53(1)(a), verdict: holds}"), {"ON3067 11:62 `holds`"});
  refused(row("{subject: M0, conclusion: systemc, verdict: holds}"), {"ON3061 11:31 `systemc`"});
  refused(row("{subject: M7, conclusion: systemic, verdict: holds}"), {"ON3045 11:15 `M7`"});
  refused(row("{subject: Acme, conclusion: provider of, verdict: holds}"), {"ON3013 11:5 `{subject: Acme, conclusion: provider of, verdict: holds}`"});
  refused(row("{subject: M0, object: M1, conclusion: systemic, verdict: holds}"), {"ON3069 11:27 `M1`"});
  refused(row("{subject: M0, conclusion: systemic, provision: 53(1)(a), verdict: holds}"), {"ON3014 11:41 `provision`", "ON3014 11:41 `provision`"});
  refused(row("{subject: M0, verdict: holds}"), {"ON3013 11:5 `{subject: M0, verdict: holds}`"});
  refused(row("{subject: M0, conclusion: systemic}"), {"ON3013 11:5 `{subject: M0, conclusion: systemic}`"});
  refused(row("{subject: M0, conclusion: systemic, verdict: holds, because: [9.9]}"), {"ON3064 11:67 `9.9`"});
  refused(row("{subject: M0, conclusion: systemic, verdict: holds, because: [3.2], because only: [3.2]}"), {"ON3014 11:73 `because only`"});
  refused(row("{subject: M0, conclusion: systemic, verdict: holds, reading: first modl}"), {"ON3068 11:66 `first modl`"});
  refused(row("{subject: M0, conclusion: systemic, verdict: holds, depends_on: training compute}"), {"ON3009 11:69 `training compute`"});
  refused(row("{subject: M0, conclusion: systemic, verdict: holds, due: 2026-01-01}"), {"ON3014 11:57 `due`"});
  refused(row("{bearer: Acme, object: M0, provision: 53(1)(a), verdict: applies, due: soon}"), {"ON3042 11:76 `soon`"});
  refused(row("{bearer: Acme, object: M0, provision: 53(1)(a), verdict: applies, until: 2026-01-01}"), {"ON3012 11:71 `until`"});
  refused(yaml("onus: case/1\nexpect:\n  - {subject: M0, conclusion: systemic, verdict: holds}\n"), {"ON3045 3:15 `M0`"});
}

TEST_CASE("two in one place of a one-to-one inverse") {
  const auto result = yaml("onus: case/1\nmodification:\n  tune: {}\nmodel:\n  A: {origin: tune}\n  B: {origin: tune}\n");
  refused(result, {"ON3080 6:15 `tune`"});
  CHECK(result.messages.find("`tune` is the `resulting model` of two: `A` and `B`") != std::string::npos);
  REQUIRE(result.diagnostics[0].notes.size() == 1);
  CHECK(result.diagnostics[0].notes[0].span.begin < result.diagnostics[0].span.begin);
}

TEST_CASE("circles along relations that are followed from entity to entity") {
  const auto result = yaml("onus: case/1\nmodel:\n  A: {origin: x}\n  B: {origin: y}\nmodification:\n  x: {original model: B}\n  y: {original model: A}\n");
  refused(result, {"ON3081 7:23 `A`"});
  CHECK(result.messages.find("model `A` → modification `x` → model `B` → modification `y` → model `A`") != std::string::npos);
  CHECK(result.diagnostics[0].notes.size() == 3);
  refused(yaml("onus: case/1\nmodel:\n  A: {origin: x}\nmodification:\n  x: {original model: A}\n"), {"ON3081 5:23 `A`"});
  // Others may go round: affiliates are mutual.
  CHECK(yaml("onus: case/1\nactor:\n  A: {affiliates: [B]}\n  B: {affiliates: [A]}\n").value);
  // A long chain is no circle, and takes no stack.
  std::string chain = "onus: case/1\nmodel:\n  M0: {}\n", steps = "modification:\n";
  for (int i = 1; i <= 20000; ++i) {
    chain += "  M" + std::to_string(i) + ": {origin: t" + std::to_string(i) + "}\n";
    steps += "  t" + std::to_string(i) + ": {original model: M" + std::to_string(i - 1) + "}\n";
  }
  CHECK(yaml(chain + steps).value);
}

TEST_CASE("names that may mean several things") {
  // Two provisions of one label, two regulations that conclude by one word, and no kind of actors.
  TinyModel twins;
  Provision prohibition = twins.model.provisions[twins.provision("53(1)(a)")];
  prohibition.kind = ProvisionKind::Prohibition;
  twins.model.provisions.add(prohibition);
  twins.model.predicates.add({"systemic", twins.ai_model, std::nullopt, twins.other_regulation, {}});
  twins.model.kinds[twins.actor].name = "company";
  const auto read = [&](const std::string& text) { return read_text("case.yaml", text, twins.model); };
  const std::string head = "onus: case/1\ncompany:\n  A: {}\n  Twin: {}\nmodel:\n  M: {}\n  Twin: {}\n";
  refused(read(head + "done:\n  - {bearer: A, object: M, provision: 53(1)(a), on: 2026-01-01}\n"), {"ON3065 9:39 `53(1)(a)`"});
  CHECK(read(head + "done:\n  - {bearer: A, object: M, provision: prohibition 53(1)(a), on: 2026-01-01}\n").value);
  refused(read(head + "found:\n  - M is systemic\n"), {"ON3071 9:5 `M is systemic`"});
  CHECK(read(head + "found:\n  - M is systemic under policy-baseline\n").value);
  refused(read(head + "expect:\n  - {subject: M, conclusion: systemic, verdict: holds}\n"), {"ON3071 9:30 `systemic`"});
  CHECK(read(head + "expect:\n  - {subject: M, conclusion: systemic under eu-gpai, verdict: holds}\n").value);
  const std::string known = "onus: case/1\ncompany: {A: {}, Twin: {}}\nmodel: {Twin: {}, M: {training compute: {value: 1 FLOP, unknowable to: [";
  CHECK(read(known + "A]}}}\n").value);
  refused(read(known + "Twin]}}}\n"), {"ON3047 3:73 `Twin`"});
  refused(read(known + "Twn]}}}\n"), {"ON3045 3:73 `Twn`"});
}

TEST_CASE("a case beyond the limits is refused where it passes them, with one message") {
  const auto with_models = [](std::size_t count, std::string_view facts) {
    std::string text = "{\"onus\": \"case/1\", \"model\": {";
    for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? ",\n\"" : "\n\"") + std::to_string(i) + "\": {" + std::string(facts) + "}";
    return text + "}, \"found\": [\"the model none is systemic\"]}";
  };
  CHECK(json(with_models(Limits{}.case_entities + 1, "")).errors == std::vector<std::string>{"ON3017 200002:1 `\"200000\"`"});
  // Three facts each.
  CHECK(json(with_models(166'667, R"("quality": 1, "public in weights": true, "developer": "not given")")).codes() == "ON3017");
  // Written out, 1e9999 has ten thousand digits.
  CHECK(json(with_models(1001, "\"quality\": 1e9999")).codes() == "ON3017");
  CHECK(json(with_models(990, "\"quality\": 1e9999")).codes() == "ON3045");
}
