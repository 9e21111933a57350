#include <doctest/doctest.h>

#include "unit/model/support.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

constexpr std::string_view rules =
    "definition p: the placer of a model is a provider of the model if the model is open-weight.\n"
    "definition s:\n a model is systemic if all of the following apply:\n - (a) the model is licensed for use.\n"
    " reading \"wide\": instead of (a): the model is open-weight.\n"
    "duty d: each provider of a model must \"act\".\n"
    "duty c: for each model, the Commission must \"act\".\n";

std::string case_of(std::string_view body) {
  const Built built = build_regulation(std::string(rules) + "case \"c\" as of 2026-01-01:\n" + std::string(body));
  return built.messages().empty() ? part_of_dump(built.model, "case") : built.messages();
}

}  // namespace

TEST_CASE("names are of the kind that what is said of them needs") {
  CHECK(case_of(" given:\n - the placer of \"M\" is \"A\";\n - \"A\" is not an SME;\n - \"tune\" is internal;\n - the resulting model of \"tune\" is \"N\";\n"
                " expect:\n - \"A\" is a provider of \"M\" because definition p;\n - duty d applies to \"B\" for \"N\", due 2026-02-03 because only duty d and definition p.\n") ==
        "case \"c\" as of 2026-01-01\n  entity \"M\": model\n  entity \"A\": actor\n  entity \"tune\": modification\n  entity \"N\": model\n"
        "  entity \"B\": actor\n  given \"M\".placer is \"A\"\n  given not(\"A\".SME)\n  given \"tune\".internal\n"
        "  given \"tune\".resulting model is \"N\"\n  expect provider(\"A\", \"M\") because definition p\n"
        "  expect duty d applies to \"B\" for \"N\", due 2026-02-03 because only duty d because only definition p");
}

TEST_CASE("a kind follows through another name") {
  // Nothing is said of A itself but that it is B, of whom something is said.
  CHECK(case_of(" given:\n - \"A\" is \"B\";\n - \"B\" is culpable;\n expect:\n - \"M\" is systemic.\n") ==
        "case \"c\" as of 2026-01-01\n  entity \"A\": actor\n  entity \"B\": actor\n  entity \"M\": model\n  given \"A\" is \"B\"\n"
        "  given judged(\"B\".culpable)\n  expect systemic(\"M\")");
}

TEST_CASE("things without a name are spoken of by their kind") {
  CHECK(case_of(" given:\n - the original model of the modification is general-purpose;\n - the compute of the modification is at least 1e24 FLOP;\n"
                " - the compute is at most 2e24 FLOP;\n - the modifier of the modification is \"A\";\n - the modalities of the model are text and audio;\n"
                " expect:\n - depends: the original model of the modification is systemic;\n - undetermined: the model is systemic;\n"
                " - reading \"wide\": the model is not systemic;\n - duty c does not apply to the Commission for the model.\n") ==
        "case \"c\" as of 2026-01-01\n  entity \"A\": actor\n  entity the modification: modification\n  entity the model: model\n"
        "  given general-purpose(the modification.original model)\n  given the modification.compute >= 1e24 FLOP\n"
        "  given the modification.compute <= 2e24 FLOP\n  given the modification.modifier is \"A\"\n  given the model.modalities has text\n"
        "  given the model.modalities has audio\n  expect depends: systemic(the modification.original model)\n"
        "  expect undetermined: systemic(the model)\n  expect reading \"wide\": not(systemic(the model))\n"
        "  expect duty c does-not-apply to the Commission for the model");
}

TEST_CASE("mistakes in a case are those of its sentences") {
  CHECK(case_of(" given:\n - \"M\" is generaly capable;\n expect:\n - \"M\" is systemic.\n") ==
        "ON2003 [generaly capable] a model is never `generaly capable`: it is not declared => generally capable\n");
  CHECK(case_of(" given:\n - \"M\" is open-weight;\n expect:\n - duty d applies to \"M\" for \"M\".\n") ==
        "ON2081 [\"M\"] an actor is wanted here, and this is a model\n");
  CHECK(case_of(" given:\n - the training compute of \"M\" is 3 EUR;\n expect:\n - \"M\" is systemic because definition q.\n") ==
        "ON2050 [3 EUR] an amount in FLOP and an amount in EUR cannot be compared\nON2008 [q] there is no definition `q`\n");
  CHECK(case_of(" given:\n - \"X\" is \"Y\";\n expect:\n - \"M\" is systemic.\n").starts_with("ON2029 [\"X\"] nothing here says what `X` is"));
}

TEST_CASE("two cases of a file have two names") {
  const Built built = build_regulation(std::string(rules) +
                                       "case \"c\" as of 2026-01-01:\n given:\n - \"M\" is open-weight;\n expect:\n - \"M\" is systemic.\n"
                                       "case \"c\" as of 2026-01-01:\n given:\n - \"M\" is open-weight;\n expect:\n - \"M\" is systemic.\n");
  CHECK(built.messages() == "ON2021 [\"c\"] `c` is declared twice\n");
}
