// What sentences become: a rule text and the lines of the dump that it must give.
#include <doctest/doctest.h>

#include "unit/model/support.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

struct Example {
  std::string_view text;
  std::string_view head;     // of the part of the dump
  std::string_view expected;
};

const Example examples[] = {
    // ---- subjects
    {"definition d: a model is systemic.", "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic"},
    {"definition d: a freely licensed open-weight model is systemic.", "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  scope: all(model.freely licensed, model.open-weight)"},
    {"duty d: each provider of a model that is open-weight and generally capable must \"act\".", "duty d",
     "duty d\n  row: provider: actor, model: model\n  bearer: provider\n  object: model\n  act: \"act\"\n"
     "  scope: all(provider(provider, model), model.open-weight, judged(model.generally capable))"},
    {"definition d: the placer of a model is a provider of the model if the placer is the developer.", "definition d",
     "definition d\n  row: model: model\n  holder: model.placer\n  object: model\n  concludes: provider\n"
     "  if: model.placer is model.developer"},
    {"definition d: the modifier of a modification is a provider of the resulting model if the original model is general-purpose\n"
     " and the model is licensed for use and the modification is not internal.",
     "definition d",
     "definition d\n  row: modification: modification\n  holder: modification.modifier\n  object: modification.resulting model\n"
     "  concludes: provider\n  if: all(general-purpose(modification.original model), modification.resulting model.licensed for use, "
     "not(modification.internal))"},
    {"duty d: each provider of a general-purpose model must \"act\" if the provider is an SME.", "duty d",
     "duty d\n  row: provider: actor, model: model\n  bearer: provider\n  object: model\n  act: \"act\"\n"
     "  scope: all(provider(provider, model), general-purpose(model))\n  if: provider.SME"},
    {"duty d: each culpable provider of a model must \"act\" if the provider of the model is culpable.", "duty d",
     "duty d\n  row: provider: actor, model: model\n  bearer: provider\n  object: model\n  act: \"act\"\n"
     "  scope: all(judged(provider.culpable), provider(provider, model))\n  if: judged(provider.culpable)"},
    {"duty d: for each serious incident of a general-purpose model, each provider of the model must \"report\".\n"
     " due: within 3 days of the discovery of the incident.",
     "duty d",
     "duty d\n  row: incident: incident, model: model, provider: actor\n  bearer: provider\n  object: model\n  act: \"report\"\n"
     "  scope: all(incident.serious, incident.affected model is model, general-purpose(model), provider(provider, model))\n"
     "  due: within 3 days of incident.discovery"},
    {"duty d: each modifier of a modification must \"act\" if the original model is systemic.", "duty d",
     "duty d\n  row: modification: modification\n  bearer: modification.modifier\n  object: modification\n  act: \"act\"\n"
     "  if: systemic(modification.original model)"},
    {"duty d: for each model, the developer must \"act\".", "duty d",
     "duty d\n  row: model: model\n  bearer: model.developer\n  object: model\n  act: \"act\""},
    {"duty d: for each systemic model, the Commission must \"publish it\".", "duty d",
     "duty d\n  row: model: model\n  bearer: the Commission\n  object: model\n  act: \"publish it\"\n  scope: systemic(model)"},
    {"duty d: each SME must \"act\".", "duty d", "duty d\n  row: SME: actor\n  bearer: SME\n  act: \"act\"\n  scope: SME.SME"},
    {"prohibition p: no provider of a model may \"act\" unless the model is open-weight.", "prohibition p",
     "prohibition p\n  row: provider: actor, model: model\n  bearer: provider\n  object: model\n  act: \"act\"\n"
     "  scope: provider(provider, model)\n  if: unless(all(), model.open-weight)"},
    {"presumption p: a model is presumed high-impact if the training compute of the model exceeds the large compute.\n"
     " rebutted if: the model is open-weight.",
     "presumption p",
     "presumption p\n  row: model: model\n  holder: model\n  presumes: high-impact\n"
     "  if: model.training compute > <large compute>\n  rebutted: model.open-weight"},
    {"assumption k: a model is not open-weight if the model is excluded from the Union market.", "assumption k",
     "assumption k\n  row: model: model\n  holder: model\n  claims: not(model.open-weight)\n  if: model.excluded from the Union market"},
    {"assumption k: the developer of a model is a contractor of the placer of the model.", "assumption k",
     "assumption k\n  row: model: model\n  holder: model.developer\n  claims: model.developer.contractor(model.placer)"},
    // ---- conditions
    {"definition d:\n a model is systemic if all of the following apply, unless the model is excluded from the Union market:\n"
     " - (a) the model is open-weight, unless the model is freely licensed;\n - (b) any 2 of the following apply:\n"
     " -- the model has an origin;\n -- the model has no placing date;\n -- the model is high-impact;\n"
     " - (c) none of the following apply:\n -- the model is licensed for use.",
     "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: unless(all((a) unless(model.open-weight, model.freely licensed), (b) at least 2(has(model.origin), "
     "not(has(model.placing date)), judged(model.high-impact)), (c) not(any(model.licensed for use))), "
     "model.excluded from the Union market)"},
    {"definition d: a model is systemic if it is established that the model is not high-impact or it is established that the model is generally capable.",
     "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: any(established not(model.high-impact), established(model.generally capable))"},
    {"definition d: a model is systemic if at least one modality of the model is text or audio.", "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: any(model.modalities has text, model.modalities has audio)"},
    {"definition d: a model is systemic if every modality of the model is text or audio.", "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n  if: not(model.modalities has image)"},
    {"definition d: a model is systemic if no modality of the model is not text.", "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: not(any(model.modalities has audio, model.modalities has image))"},
    {"definition d: a model is systemic if at least 2 modifications of the model are internal or relevant.", "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: at least 2 [modifications: modification in model.modifications] any(modifications.internal, relevant(modifications))"},
    {"definition d: a model is systemic if every internal modification of the model is significant.", "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: every [modification: modification in model.modifications | modification.internal] judged(modification.significant)"},
    {"definition d: a model is systemic if for no host system of the model, the host system is sold in the Union.", "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: no [host system: system in model.host systems] host system.sold in the Union"},
    {"definition d: a model is systemic if at least one upstream model of the model is systemic.", "definition d",
     "definition d, recursive\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: at least 1 [upstream model: model in model.upstream models] systemic(upstream model)"},
    {"definition d: a model is systemic if for at least one provider of the model, the provider is an SME.", "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: at least 1 [provider: actor | provider(provider, model)] provider.SME"},
    {"definition d: a model is systemic if at least one actor is culpable.", "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n  if: at least 1 [actor: actor] judged(actor.culpable)"},
    {"definition d: a model is systemic if the developer of the model is an affiliate of the placer of the model.", "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n  if: model.placer.affiliates(model.developer)"},
    {"definition d: a modification is relevant if the technique of the modification is not merging.", "definition d",
     "definition d\n  row: modification: modification\n  holder: modification\n  concludes: relevant\n"
     "  if: not(modification.technique has merging)"},
    {"definition d: a modification is relevant if the training compute of the original model is unknowable to the modifier.", "definition d",
     "definition d\n  row: modification: modification\n  holder: modification\n  concludes: relevant\n"
     "  if: unknowable(modification.original model.training compute to modification.modifier)"},
    {"definition d: a modification is relevant if for at least one other modification of the original model, the modifier of the other\n"
     " modification is the modifier of the modification.",
     "definition d",
     "definition d\n  row: modification: modification\n  holder: modification\n  concludes: relevant\n"
     "  if: at least 1 [other modification: modification in modification.original model.modifications but modification] "
     "other modification.modifier is modification.modifier"},
    {"definition d: an actor is supervised if the actor is a provider of the model of the actor.", "definition d", ""},
    // ---- amounts and dates
    {"definition d: a model is systemic if the training compute of the model is at least 1e25/3 FLOP.", "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n  if: model.training compute >= 1e25/3 FLOP"},
    {"definition d: a model is systemic if the training cost of the model exceeds 3 percent of the turnover of the developer in 2024.",
     "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: model.training cost > (0.03 * model.developer.turnover in 2024)"},
    {"definition d: an actor is supervised if the turnover of the actor in the calendar year before today exceeds 5e6 EUR.", "definition d",
     "definition d\n  row: actor: actor\n  holder: actor\n  concludes: supervised\n"
     "  if: actor.turnover in year of today -1 > 5000000 EUR"},
    {"definition d: a model is systemic if the training compute of the model is below 1/3 of the higher of the large compute and the sum of\n"
     " the compute of the modification for every internal modification of the model.",
     "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: model.training compute < (1/3 * higher(<large compute>, sum [modification: modification in model.modifications | "
     "modification.internal] modification.compute))"},
    {"definition d: a model is systemic if the number of modifications of the model exceeds 2 and the score of the model is 1/2.", "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: all(number [modifications: modification in model.modifications] > 2, model.score = 0.5)"},
    {"definition d: a model is systemic if the training compute of the model minus 2 FLOP plus the training compute of the model exceeds\n"
     " the large compute as of the placing date of the model.",
     "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: ((model.training compute + model.training compute) - 2 FLOP) > <large compute as of model.placing date>"},
    {"definition d: a model is systemic if 6 months after the later of the placing date of the model and the training start of the model is on\n"
     " or before today.",
     "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: (later(model.placing date, model.training start) shifted by 6 months) <= today"},
    {"definition d: a model is systemic if the training compute of the model exceeds the large compute as of today.", "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n  if: model.training compute > <large compute>"},
    {"definition d: an actor is supervised if the staff of the actor is at least 250 persons.", "definition d",
     "definition d\n  row: actor: actor\n  holder: actor\n  concludes: supervised\n  if: actor.staff >= 250 persons"},
    // ---- parameters
    {"parameter the size [TA 3] is:\n - 2/3 from 2026-01-01;\n - 3 percent until 2025-12-31.", "parameter size",
     "parameter size: 0.03 until 2025-12-31; 2/3 from 2026-01-01;"},
    {"parameter the border is 1.5e3 EUR plus 2 times 3 EUR.", "parameter border", "parameter border: 1506 EUR;"},
    {"parameter the day is 2026-02-28.", "parameter day", "parameter day: 2026-02-28;"},
    // ---- values
    {"value v:\n the weight of a model is:\n - (a) the weight of the original model of the origin of the model plus 1 EUR if the model has an origin;\n"
     " - (b) the training cost of the model otherwise.\n reading \"flat\": instead of (b): 3 EUR otherwise.",
     "value v",
     "value v, recursive\n  row: model: model\n  holder: model\n"
     "  case: (a) (model.origin.original model.weight + 1 EUR) if has(model.origin)\n"
     "  case: (b) model.training cost; 0: 3 EUR\n  reading: \"flat\" of (b)"},
    {"value v:\n the first of a model is:\n - the first of the original model of the origin of the model if the model has an origin;\n"
     " - the model otherwise.\n"
     "definition d: a model is systemic if the training cost of the first of the model exceeds 1 EUR and the first of the model is open-weight.",
     "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: all(model.first.training cost > 1 EUR, model.first.open-weight)"},
    {"definition d: a model is systemic if the height of the model exceeds the weight of the model.\n"
     "value h: the height of a model is 2 times the weight of the model.\nvalue w: the weight of a model is the training cost of the model.",
     "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n  if: model.height > model.weight"},
    // ---- readings
    {"definition d:\n a model is systemic if all of the following apply:\n - (a) the model is open-weight;\n - (b) the model is licensed for use.\n"
     " reading \"one\": instead of (b): the model is freely licensed.\n reading \"two\": instead of (b): the model is high-impact.",
     "definition d",
     "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n"
     "  if: all((a) model.open-weight, (b) read(model.licensed for use; 0: model.freely licensed; 1: judged(model.high-impact)))\n"
     "  reading: \"one\" of (b)\n  reading: \"two\" of (b)"},
    // ---- particulars
    {"duty d:\n each provider of a model must \"act\".\n towards: the AI Office, on request.\n towards: the developer of the model.\n"
     " towards: \"the public\".\n limited to: the origin of the model, if the model has an origin.\n limited to: left open.\n"
     " from: the placing date of the model.\n until: 2030-01-01.\n due: by the placing date of the model.\n due: before 2026-01-01.\n"
     " due: within 2 weeks of today.\n due: without delay after the placing date of the model.\n due: on request.\n due: every 2 years.\n"
     " due: for 10 years from the placing date of the model.\n due: continuously.\n applies from: 2026-01-01.\n enforceable from: 2027-01-01.",
     "duty d",
     "duty d\n  row: provider: actor, model: model\n  bearer: provider\n  object: model\n  act: \"act\"\n  scope: provider(provider, model)\n"
     "  towards: AI Office, on request\n  towards: model.developer\n  towards: \"the public\"\n"
     "  limited to: model.origin if has(model.origin)\n  limited to: left open\n  from: model.placing date\n  until: 2030-01-01\n"
     "  due: by model.placing date\n  due: before 2026-01-01\n  due: within 2 weeks of today\n"
     "  due: without delay after model.placing date\n  due: on request\n  due: every 2 years\n  due: for 10 years model.placing date\n"
     "  due: continuously\n  applies from: 2026-01-01\n  enforceable from: 2027-01-01"},
    // ---- provisions that name others
    {"duty k: each provider of a model must \"act\".\nduty b: each modifier of a modification must \"act\".\n"
     "exception e to duty k and duty b:\n does not apply if the compute of the modification of the model exceeds 1 FLOP.",
     "exception e", ""},
    {"duty k: each provider of a model must \"act\".\nduty b: for each incident of a model, the developer of the model must \"act\".\n"
     "exception e to duty k and duty b:\n does not apply if the model is open-weight.",
     "exception e", ""},
    {"duty k: each provider of a model must \"act\".\nduty b: each modifier of a modification must \"act\".\n"
     "exception e to duty k:\n does not apply if the model is open-weight.\nexception f to exception e:\n does not apply if the provider is an SME.",
     "exception f", "exception f\n  target: exception e in duty k if provider.SME"},
    {"duty k: each provider of a model must \"act\".\nduty b: each SME must \"act\".\npart V.\nduty c: each provider of a model must \"act\".\n"
     "duty c2: each modifier of a modification must \"act\".\ndefinition d: a model is systemic.\n"
     "transition t for part V:\n applies from 2027-01-01 if the placing date of the model is before 2026-01-01.",
     "transition t",
     "transition t in part V\n  target: duty c from 2027-01-01 if model.placing date < 2026-01-01\n  passed over: duty c2"},
    {"duty k: each provider of a model must \"act\".\nduty b: each SME must \"act\".\n"
     "exception e to every duty:\n does not apply if the model is open-weight.",
     "exception e", "exception e\n  target: duty k if model.open-weight\n  passed over: duty b"},
    {"definition k: a model is systemic.\nopen o in definition k:\n left open if for at least one modification of the model, the modification is internal.",
     "open o", "open o\n  target: definition k if at least 1 [modification: modification in model.modifications] modification.internal"},
    {"definition k: a model is systemic.\ndefinition b over definition k: a model is systemic if the model is open-weight.", "definition b",
     "definition b\n  row: model: model\n  holder: model\n  concludes: systemic\n  if: model.open-weight\n  over: definition k"},
};

}  // namespace

TEST_CASE("what sentences become") {
  for (const Example& example : examples) {
    if (example.expected.empty()) continue;
    CAPTURE(example.text);
    const Built built = build_regulation(std::string(example.text) + "\n");
    INFO(built.messages());
    CHECK(built.sink.errors() == 0);
    CHECK(part_of_dump(built.model, example.head) == example.expected);
  }
}

TEST_CASE("terms become fields") {
  const Built built = build({test_vocabulary() + "  a model exists from the training start of the model.\n"});
  CHECK(built.messages() == "");
  CHECK(part_of_dump(built.model, "kind model") == R"(kind model exists from training start
  developer: relation actor
  placer: relation actor, optional
  origin: relation modification, optional, closed none
  modifications: inverse modification by original model
  host systems: inverse system by integrated model
  upstream models: chain model .origin .original model
  training compute: amount FLOP, unknowable
  training cost: amount EUR
  score: amount
  placing date: date, optional
  training start: date
  modalities: any of text; audio; image
  licensed for use: yes or no
  open-weight: yes or no
  freely licensed: yes or no
  excluded from the Union market: yes or no, closed no
  generally capable: judgement
  high-impact: judgement
  incidents: inverse incident by affected model)");
  CHECK(part_of_dump(built.model, "kind actor") == R"(kind actor
  turnover: amount EUR, yearly
  staff: count person
  affiliates: pairs actor
  developed models: inverse model by developer
  established in the Union: yes or no
  contractor: pairs actor
  SME: yes or no, closed no
  culpable: judgement "Did it act on purpose?")");
}

TEST_CASE("regulations have words of their own") {
  const std::string first = test_regulation("definition d: a model is systemic if the model is general-purpose under other-act.\n");
  const std::string second =
      "regulation other-act \"Other\".\nterms:\n  a model may be by law: general-purpose; odd.\nparameter the share is 1/4.\n"
      "definition e: a model is general-purpose if the score of the model exceeds the share.\n";
  const Built built = build({first, test_vocabulary(), second});
  CHECK(built.messages() == "");
  CHECK(part_of_dump(built.model, "definition d") ==
        "definition d\n  row: model: model\n  holder: model\n  concludes: systemic\n  if: general-purpose(model) under other-act");
  // The other act's words are not this act's.
  const Built unknown = build({test_vocabulary(), test_regulation("definition d: a model is odd.\n"), second});
  CHECK(unknown.messages() == "ON2003 [odd] a model is never `odd`: it is not declared\n");
}

TEST_CASE("citations know their sources") {
  const Built built = build_regulation("definition d [TA 3(1); Annex XI; TA recital 7]: a model is systemic.\n");
  CHECK(built.messages() == "");
  const auto& citations = built.model.provisions[model::ProvisionId{0}].citations;
  REQUIRE(citations.size() == 3);
  CHECK(citations[0].source.has_value());
  CHECK(citations[0].text == "TA 3(1)");
  CHECK_FALSE(citations[1].source.has_value());
  CHECK(citations[2].source.has_value());
  CHECK(built.sources.text(citations[2].span) == "TA recital 7");
}

TEST_CASE("long sums are shallow trees") {
  std::string text = "definition d: a model is systemic if the score of the model";
  for (int index = 0; index < 5000; ++index) text += " plus the score of the model";
  const Built built = build_regulation(text + " exceeds 3.\n");
  CHECK(built.messages() == "");
  const auto& condition = built.model.conditions[*built.model.provisions[model::ProvisionId{0}].condition];
  std::size_t depth = 0;
  for (auto at = condition.left; !built.model.exprs[at].operands.empty(); at = built.model.exprs[at].operands[0]) ++depth;
  CHECK(depth <= 14);
}

TEST_CASE("use lines are for the loader") {
  const Built built = build({"regulation r \"R\".\nuse \"vocabulary/a\".\nuse \"b\".\n"});
  const auto uses = model::uses_of(built.trees[0], built.sources);
  REQUIRE(uses.size() == 2);
  CHECK(uses[0].path == "vocabulary/a");
  CHECK(built.sources.text(uses[0].span) == "\"vocabulary/a\"");
  CHECK(uses[1].path == "b");
}

TEST_CASE("the law in this project resolves without a message") {
  const Built built = build({read_project_file("rules/eu/ai-act/gpai.onus"), read_project_file("rules/vocabulary/ai-value-chain.onus")});
  CHECK(built.messages() == "");
  CHECK(built.model.provisions.size() > 20);
  for (const auto& provision : built.model.provisions) {
    for (const auto& citation : provision.citations) CHECK_MESSAGE(citation.source.has_value(), citation.text);
  }
}
