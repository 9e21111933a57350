// A file with mistakes still gives a model of what is sound.
#include <doctest/doctest.h>

#include "unit/model/support.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

std::string sound_of(const Built& built) {
  std::string result;
  for (const auto id : built.model.provisions.ids()) result += (result.empty() ? "" : ", ") + built.model.name_of(id);
  return result;
}

}  // namespace

TEST_CASE("what has a mistake is left out, and what needs it") {
  const Built built = build_regulation(
      "definition k: a model is systemic if the model is licensed for use.\n"
      "value v: the weight of a model is the training cost of the modle.\n"
      "definition b: a model is general-purpose if the weight of the model exceeds 3 EUR.\n"
      "duty c: each provider of a model must \"act\".\n"
      "exception e to definition b:\n does not apply if the model is open-weight.\n"
      "exception f to definition k:\n does not apply if the model is open-weight.\n"
      "exception g to exception e:\n does not apply if the model is freely licensed.\n"
      "transition t for duty c:\n applies from 2027-01-01 if the model is open-weight.\n");
  CHECK(built.messages() == "ON2001 [modle] `modle` is not known here => model\n");
  CHECK(sound_of(built) == "definition k, duty c, exception f, transition t");
  for (const auto& provision : built.model.provisions) {
    for (const auto& target : provision.targets) CHECK(built.model.provisions.contains(target.provision));
  }
  CHECK(part_of_dump(built.model, "exception f") == "exception f\n  target: definition k if model.open-weight");
}

TEST_CASE("a broken sentence is left to the parser") {
  const Built built = build_regulation(
      "definition k: a model is systemic if the model licensed for use.\n"
      "definition b: a model is general-purpose if the model is systemic.\n");
  CHECK(built.syntax_errors == 1);
  CHECK(built.sink.errors() == 1);
  CHECK(sound_of(built) == "definition b");
}

TEST_CASE("a broken declaration silences its name") {
  const Built built = build({test_vocabulary() + "  the weight of a model is amount EUR of.\n  a model may be: heavy\n",
                             test_regulation("definition k: a model is systemic if the weight of the model exceeds 3 EUR and the model is heavy.\n")});
  INFO(built.messages());
  CHECK(built.syntax_errors >= 1);
  CHECK(built.sink.errors() == built.syntax_errors);
}

TEST_CASE("nothing at all") {
  CHECK(build({}).messages() == "");
  const Built empty = build({""});
  CHECK(empty.sink.errors() == empty.syntax_errors);
  const Built two = build({"vocabulary v \"V\".\n", "regulation r \"R\".\n"});
  CHECK(two.messages() == "");
  CHECK(two.model.files.size() == 2);
}
