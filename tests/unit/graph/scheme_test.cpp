#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "graph/scheme.hpp"
#include "graph/witness.hpp"
#include "support/rules.hpp"

namespace onus::graph {
namespace {

const std::string words = R"(vocabulary words "Words".
kinds: lab; model; change.
terms:
  the maker of a model is a lab.
  the owner of a model is a lab.
  the source of a model is a change, none unless given.
  the base of a change is a model.
  the result of a change is the model with that source.
  the compute of a model is an amount of FLOP.
  the effort of a change is an amount of FLOP.
  the release of a model is a date, if any.
  the sort of a model is one of: small; middle; large.
  a model may be: tested; sealed.
  a lab may be: licensed.
  a model may be by judgement: strong "Is it strong?".
)";

const std::string law_head = R"(regulation law "Law".
status: in force from 2025-01-01.
use "words".
parameter the limit is:
  - 10 FLOP until 2025-12-31;
  - 20 FLOP from 2026-01-01.
terms:
  a model may be by law: big; heavy; bigger.
  a lab may be by law: busy; an operator of a model.
)";

struct Compiled {
  testing::Rules rules;
  solve::ExpressionStore store;
  Schemes schemes;
  std::vector<NormScheme> norms;
  Budget budget;
  std::unique_ptr<Graph> graph;

  explicit Compiled(const std::string& law, SchemeOptions options = {})
      : rules({words, law_head + law}), schemes(rules.program, store, options) {
    norms = schemes.norms();
    std::vector<solve::Expr> roots;
    for (const auto& norm : norms) roots.push_back(norm.outcome.yes);
    graph = std::make_unique<Graph>(store, roots, schemes.constraints(), budget);
  }
  NodeId operator[](std::size_t norm) const { return graph->roots().at(norm); }
  NodeId both(std::size_t a, std::size_t b) { return and_(graph->store(), (*this)[a], (*this)[b]); }
};

std::string duty(const std::string& label, const std::string& condition) {
  return "duty " + label + " \"D\":\n  for each model, the maker must \"do " + label + "\" if " + condition + ".\n";
}

TEST_CASE("conclusions are expanded into shared facts") {
  Compiled c("definition d1 \"D\":\n  a model is big if the compute of the model exceeds 10 FLOP.\n" + duty("n1", "the model is big") +
             duty("n2", "the compute of the model exceeds 10 FLOP") + duty("n3", "the compute of the model exceeds 9 FLOP") +
             duty("n4", "the compute of the model is at least 10 FLOP"));
  CHECK(equal(*c.graph, c[0], c[1]) == Answer::Yes);
  CHECK(implies(*c.graph, c[0], c[2]) == Answer::Yes);
  CHECK(implies(*c.graph, c[2], c[0]) == Answer::No);
  CHECK(implies(*c.graph, c[0], c[3]) == Answer::Yes);
  // Only the point 10 lies between them.
  const Found found = find(*c.graph, c[3], true_node, c[0]);
  REQUIRE(found.witness);
  const auto reals = found.witness->model.reals();
  CHECK(std::any_of(reals.begin(), reals.end(), [](const auto& value) { return value.second == Number(10); }));
}

TEST_CASE("the day is a variable with a cell between any two dates, and parameters come in late") {
  const std::string law = duty("n1", "the compute of the model exceeds the limit") + duty("n2", "the compute of the model exceeds 15 FLOP") +
                          duty("n3", "the compute of the model exceeds 20 FLOP");
  Compiled open(law);
  CHECK(implies(*open.graph, open[2], open[0]) == Answer::Yes);
  CHECK(implies(*open.graph, open[1], open[0]) == Answer::No);
  std::size_t day = 0;
  for (const Variable& variable : open.graph->partition().variables)
    if (!variable.boolean && open.schemes.slots().info(open.store.form(variable.form).terms.front().variable)->kind == FactInfo::Kind::Today)
      day = variable.cells();
  CHECK(day == 3);   // before 2025, 2025, from 2026
  SchemeOptions early;
  early.as_of = Date::from_civil(2025, 6, 1);
  Compiled fixed(law, early);
  CHECK(implies(*fixed.graph, fixed[1], fixed[0]) == Answer::Yes);
  // The same program under another value of the parameter.
  const std::vector<std::pair<model::ParameterId, Number>> set{{model::ParameterId{0}, Number(15)}};
  SchemeOptions late;
  late.parameters = &set;
  Compiled other(law, late);
  CHECK(equal(*other.graph, other[0], other[1]) == Answer::Yes);
}

TEST_CASE("exceptions undercut what they name, and contributions are kept") {
  Compiled c("definition d1 \"D\":\n  a model is big if the model is tested.\n"
             "definition d2 \"D\":\n  a model is big if the sort of the model is large.\n"
             "exception e1 \"E\" to definition d1:\n  does not apply if the model is sealed.\n" +
             duty("n1", "the model is big") + duty("n2", "any of the following apply:\n    - (a) the sort of the model is large;\n"
                                                         "    - (b) the model is tested, unless the model is sealed"));
  CHECK(equal(*c.graph, c[0], c[1]) == Answer::Yes);
  const auto row = c.schemes.row_of(c.norms[0].provision);
  const auto& model = c.rules.model;
  const auto outcome = c.schemes.concluded(model.provisions[model::ProvisionId{0}].predicate.value(),
                                           model.provisions[model::ProvisionId{0}].regulation, row.front());
  REQUIRE(outcome.contributions.size() == 2);
  REQUIRE(outcome.contributions[0].strikes.size() == 1);
  const NodeId struck = c.graph->node(outcome.contributions[0].strikes[0].fires);
  CHECK(intersects(*c.graph, struck, c.graph->node(outcome.contributions[0].fires)) == Answer::No);
  CHECK(intersects(*c.graph, struck, c.graph->node(outcome.yes)) == Answer::Yes);   // another provision still concludes it
}

TEST_CASE("one of several has exactly one value, and presumptions open judgements") {
  Compiled c("presumption p1 \"P\":\n  a model is presumed strong if the compute of the model exceeds 10 FLOP.\n" +
             duty("n1", "the sort of the model is small") + duty("n2", "the sort of the model is middle or large") +
             duty("n3", "it is established that the model is strong") + duty("n4", "the model is strong"));
  CHECK(intersects(*c.graph, c[0], c[1]) == Answer::No);
  CHECK(implies(*c.graph, c[2], c[3]) == Answer::Yes);
  CHECK(implies(*c.graph, c[3], c[2]) == Answer::No);
}

TEST_CASE("one entity has the same facts under two names") {
  Compiled c(duty("n1", "the maker of the model is the owner of the model and the maker of the model is licensed") +
             duty("n2", "the owner of the model is licensed") + duty("n3", "the maker of the model is licensed"));
  CHECK(implies(*c.graph, c[0], c[1]) == Answer::Yes);
  CHECK(implies(*c.graph, c[2], c[1]) == Answer::No);
}

TEST_CASE("shares of amounts are linked exactly") {
  Compiled c(duty("n1", "the effort of the source of the model exceeds 1/3 times the compute of the model") +
             duty("n2", "the effort of the source of the model exceeds 1/2 times the compute of the model") +
             duty("n3", "the effort of the source of the model exceeds 2 FLOP and the compute of the model is below 5 FLOP"));
  CHECK(implies(*c.graph, c[1], c[0]) == Answer::Yes);
  CHECK(implies(*c.graph, c[0], c[1]) == Answer::No);
  CHECK(implies(*c.graph, c[2], c[0]) == Answer::Yes);
  CHECK(implies(*c.graph, c[2], c[1]) == Answer::No);
}

TEST_CASE("anchors are found from the object, and one that is not the only one leaves open who else could be") {
  SchemeOptions options;
  options.as_of = Date::from_civil(2026, 6, 1);
  Compiled c("definition d1 \"D\":\n  the maker of a model is an operator of the model.\n"
             "definition d2 \"D\":\n  the maker of a model is busy if the model is tested.\n" +
             duty("n1", "the maker of the model is an operator of the base of the source of the model") +
             duty("n2", "the model has a source and the maker of the model is the maker of the base of the source of the model") +
             duty("n3", "the maker of the model is an operator of the model") + duty("n4", "the maker of the model is busy") +
             duty("n5", "the model is tested"), options);
  CHECK(implies(*c.graph, true_node, c[2]) == Answer::Yes);
  CHECK(equal(*c.graph, c[0], c[1]) == Answer::Yes);
  CHECK(implies(*c.graph, c[4], c[3]) == Answer::Yes);
  CHECK(implies(*c.graph, c[3], c[4]) == Answer::No);   // by another model of the maker
}

TEST_CASE("recursion ends in a variable after one step along the chain") {
  Compiled c("definition d1 \"D\":\n  a model is big if any of the following apply:\n    - (a) the compute of the model exceeds 10 FLOP;\n"
             "    - (b) the model has a source and the base of the source of the model is big.\n" +
             duty("n1", "the model is big") + duty("n2", "the compute of the model exceeds 10 FLOP") +
             duty("n3", "the model has a source and the base of the source of the model is big"));
  CHECK(implies(*c.graph, c[1], c[0]) == Answer::Yes);
  CHECK(implies(*c.graph, c[2], c[0]) == Answer::Yes);
  CHECK(implies(*c.graph, c[0], c[1]) == Answer::No);
}

TEST_CASE("the rules of the library fit") {
  const auto read = [](const std::string& path) {
    std::ifstream in(std::string(ONUS_SOURCE_DIR) + "/rules/" + path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  testing::Rules rules({read("vocabulary/ai-value-chain.onus"), read("eu/ai-act/gpai.onus")});
  solve::ExpressionStore store;
  Schemes schemes(rules.program, store);
  std::vector<solve::Expr> roots;
  for (const auto& norm : schemes.norms()) roots.push_back(norm.outcome.yes);
  Budget budget;
  Graph graph(store, roots, schemes.constraints(), budget);
  CHECK(graph.care_is_exact());
  for (const NodeId root : graph.roots()) {
    CHECK_FALSE(root.is_undecided());
    const Found found = find(graph, root);
    REQUIRE(found.witness);
    CHECK(intersects(graph, root, true_node) == Answer::Yes);
    CHECK(implies(graph, true_node, root) == Answer::No);
  }
}

}  // namespace
}  // namespace onus::graph
