#include <doctest/doctest.h>

#include "unit/model/support.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

// "" for a sound text, else the one message.
std::string cycle_in(std::string_view body) {
  const Built built = build_regulation(body);
  return built.messages();
}

std::string recursive_in(std::string_view body) {
  const Built built = build_regulation(body);
  INFO(built.messages());
  CHECK(built.sink.errors() == 0);
  std::string result;
  for (const auto id : built.model.provisions.ids()) {
    if (built.model.provisions[id].recursive) result += (result.empty() ? "" : ", ") + built.model.name_of(id);
  }
  return result;
}

}  // namespace

TEST_CASE("a cycle that takes a step upstream each round is sound") {
  CHECK(recursive_in("definition k: a model is systemic if the original model of the origin of the model is systemic.\n") == "definition k");
  CHECK(recursive_in("definition k: the modifier of a modification is a provider of the resulting model if the original model is systemic.\n"
                     "definition b: a model is systemic if the modifier of the origin of the model is a provider of the model.\n") ==
        "definition k, definition b");
  CHECK(recursive_in("value v:\n the weight of a model is:\n - the weight of the original model of the origin of the model if the model has an origin;\n - 1 EUR otherwise.\n"
                     "definition d: a model is systemic if the weight of the model exceeds 2 EUR.\n") == "value v");
  CHECK(recursive_in("definition k: a model is systemic if at least one upstream model of the model is systemic.\n") == "definition k");
}

TEST_CASE("and so is one that goes downstream each round") {
  CHECK(recursive_in("definition k: a model is systemic if for at least one modification of the model, the resulting model of the modification is systemic.\n") ==
        "definition k");
}

TEST_CASE("a cycle without a step is refused, with its members") {
  CHECK(cycle_in("definition k: a model is systemic if the model is general-purpose.\n"
                 "definition b: a model is general-purpose if the weight of the model exceeds 3 EUR.\n"
                 "value v:\n the weight of a model is:\n - 3 EUR if the model is systemic;\n - 4 EUR otherwise.\n") ==
        "ON2125 [definition k] this depends on itself: definition k → definition b → value v → definition k; it comes back to the same entity\n");
  CHECK(cycle_in("presumption p: a model is presumed high-impact if it is established that the model is high-impact.\n") ==
        "ON2125 [presumption p] this depends on itself: presumption p → presumption p; it comes back to the same entity\n");
  // Up and down again is no step.
  CHECK(cycle_in("definition k: a model is systemic if the resulting model of the origin of the model is systemic.\n") ==
        "ON2125 [definition k] this depends on itself: definition k → definition k; its steps go both up and down the chain\n");
}

TEST_CASE("a cycle with steps both ways is refused") {
  CHECK(cycle_in("definition k: a model is systemic if the original model of the origin of the model is general-purpose.\n"
                 "definition b: a model is general-purpose if for at least one modification of the model, the resulting model of the modification is systemic.\n") ==
        "ON2125 [definition k] this depends on itself: definition k → definition b → definition k; its steps go both up and down the chain\n");
}

TEST_CASE("a step without direction is refused in a cycle") {
  CHECK(cycle_in("definition k: an actor is supervised if at least one affiliate of the actor is supervised.\n") ==
        "ON2125 [definition k] this depends on itself: definition k → definition k; a step in it has no direction along the chain\n");
  CHECK(cycle_in("definition k: a model is systemic if at least one model is systemic.\n").starts_with("ON2026"));
  CHECK(cycle_in("definition k: a model is systemic if at least one other model is systemic.\n") ==
        "ON2125 [definition k] this depends on itself: definition k → definition k; a step in it has no direction along the chain\n");
}

TEST_CASE("exceptions and open provisions are part of a cycle") {
  CHECK(cycle_in("definition k: a model is systemic.\nexception e to definition k:\n does not apply if the model is systemic.\n") ==
        "ON2125 [definition k] this depends on itself: definition k → exception e → definition k; it comes back to the same entity\n");
  CHECK(recursive_in("definition k: a model is systemic.\nopen o in definition k:\n left open if the original model of the origin of the model is systemic.\n") ==
        "definition k, open o");
  // An exception with two targets makes no cycle out of two chains.
  CHECK(cycle_in("definition k: a model is systemic.\ndefinition b: a model is general-purpose.\n"
                 "exception e to definition k and definition b:\n does not apply if the model is open-weight.\n"
                 "exception f to exception e:\n does not apply if the model is freely licensed.\n") == "");
}

TEST_CASE("exceptions that strike one another are refused") {
  CHECK(cycle_in("exception e to exception f:\n does not apply.\nexception f to exception g:\n does not apply.\nexception g to exception e:\n does not apply.\n") ==
        "ON2124 [exception e] exceptions to one another go round in a circle: exception e → exception f → exception g → exception e\n");
}

TEST_CASE("long chains of dependencies need no deep stack") {
  constexpr int length = 20000;
  const auto step = [](int index) { return "step s" + std::to_string(index); };
  std::string text = "terms:\n  a model may be by law: " + step(0);
  for (int index = 1; index <= length; ++index) text += "; " + step(index);
  text += ".\n";
  for (int index = 0; index < length; ++index) {
    text += "definition d" + std::to_string(index) + ": a model is " + step(index) + " if the model is " + step(index + 1) + ".\n";
  }
  CHECK(cycle_in(text) == "");
  CHECK(cycle_in(text + "definition d" + std::to_string(length) + ": a model is " + step(length) + " if the model is " + step(0) + ".\n")
            .starts_with("ON2125 [definition d0]"));
}
