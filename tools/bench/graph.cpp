// How long formulas and decision graphs of a rule set take, and whether orders of variables change any answer.
//
// usage: graph LAW.onus WORDS.onus [--orders N] [--starts N] [--steps N]      (tools/bench/rules writes the two files)
//        graph --pairs N
//
// Prints what was measured: formulas (lowering), schemes, the graph with N orders tried (6), all pairs of duties compared.
// --steps N is the budget in place of a run's.
// --starts N builds the graph from N single orders and fails when an answer differs, or the same order gives other bytes.
// --pairs N is the classic blow-up, "x1 and y1, or x2 and y2, or …", in the worst order: it has to end undecided.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "diagnostics/diagnostic.hpp"
#include "formula/formula.hpp"
#include "grammar/parse.hpp"
#include "graph/scheme.hpp"
#include "graph/witness.hpp"
#include "model/build.hpp"

namespace {

using namespace onus;

std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Time of this process, so that a busy machine does not count.
double milliseconds() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

std::vector<graph::Answer> answers(graph::Graph& graph) {
  std::vector<graph::Answer> result;
  for (const auto a : graph.roots())
    for (const auto b : graph.roots()) {
      if (a == b) continue;
      result.push_back(graph::implies(graph, a, b));
      result.push_back(graph::intersects(graph, a, b));
    }
  return result;
}

int pairs(int count) {
  solve::ExpressionStore store;
  std::vector<solve::Expr> x, y, both;
  for (int i = 0; i < count; ++i) x.push_back(store.boolean(store.new_boolean()));
  for (int i = 0; i < count; ++i) y.push_back(store.boolean(store.new_boolean()));
  for (std::size_t i = 0; i < x.size(); ++i) both.push_back(store.and_(x[i], y[i]));
  const solve::Expr all = store.or_(both);
  graph::CompileOptions options;
  options.order.emplace();
  for (std::uint32_t i = 0; i < 2 * static_cast<std::uint32_t>(count); ++i) options.order->push_back(i);
  const double start = milliseconds();
  graph::Budget budget;
  graph::Graph graph(store, {all}, {}, budget, options);
  std::printf("%d pairs in the worst order: %s, %.0f ms, peak %.0f MB\n", count,
              graph.roots()[0].is_undecided() ? "undecided" : "decided", milliseconds() - start, peak_megabytes());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "--pairs") return pairs(std::atoi(argv[2]));
  if (argc < 3) {
    std::fputs("usage: graph LAW.onus WORDS.onus [--orders N] [--starts N] [--steps N]\n       graph --pairs N\n", stderr);
    return 2;
  }
  std::uint64_t orders = 6, starts = 0, steps = graph::Budget{}.steps;
  for (int i = 3; i + 1 < argc; i += 2) {
    if (std::string(argv[i]) == "--orders") orders = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::string(argv[i]) == "--steps") steps = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::string(argv[i]) == "--starts") starts = std::strtoull(argv[i + 1], nullptr, 10);
  }
  SourceStore sources;
  const auto law = sources.add(argv[1], read(argv[1]));
  const auto words = sources.add(argv[2], read(argv[2]));
  Sink sink;
  const auto words_tree = syntax::parse(sources, words, sink);
  const auto law_tree = syntax::parse(sources, law, sink);
  const std::vector<model::RuleFile> files{{words, &words_tree}, {law, &law_tree}};
  const auto model = model::build(sources, files, sink);
  if (sink.errors() != 0) {
    std::fprintf(stderr, "the rules have %zu errors; the first: %s\n", sink.errors(), sink.all().front().message.c_str());
    return 1;
  }
  const double before = peak_megabytes();
  const double start = milliseconds();
  const auto program = formula::lower(model);
  const double lowered = milliseconds();
  solve::ExpressionStore store;
  graph::Schemes schemes(program, store);
  std::vector<solve::Expr> roots;
  for (const auto& norm : schemes.norms()) roots.push_back(norm.outcome.yes);
  const auto constraints = schemes.constraints();
  const double schemed = milliseconds();
  graph::Budget budget;
  budget.steps = steps;
  graph::CompileOptions options;
  options.orders = orders;
  graph::Graph graph(store, roots, constraints, budget, options);
  const double compiled = milliseconds();
  std::size_t undecided = 0;
  for (const auto root : graph.roots()) undecided += root.is_undecided() ? 1U : 0U;
  const auto expected = answers(graph);
  const double compared = milliseconds();
  std::printf("%zu provisions, %zu duties: formulas %.1f ms, schemes %.1f ms, graph %.1f ms (%zu variables, %zu nodes, %zu undecided, care %s)\n",
              model.provisions.size(), roots.size(), lowered - start, schemed - lowered, compiled - schemed,
              graph.partition().variables.size(), graph::node_count(graph.store(), graph.roots()), undecided,
              graph.care_is_exact() ? "exact" : "not listed");
  std::printf("formulas and graph %.1f ms; %zu pairs of duties compared twice %.1f ms; peak %.0f MB (%.0f MB before), steps %llu\n", compiled - start,
              expected.size() / 2, compared - compiled, peak_megabytes(), before,
              static_cast<unsigned long long>(steps - budget.steps));
  for (std::uint64_t first = 0; first < starts; ++first) {
    options.orders = 1;
    options.first_start = first;
    graph::Budget one, two;
    graph::Graph again(store, roots, constraints, one, options), twice(store, roots, constraints, two, options);
    const bool same = answers(again) == expected, bytes = again.bytes() == twice.bytes();
    std::printf("order %llu: %zu nodes, bytes %s, answers %s\n", static_cast<unsigned long long>(first),
                graph::node_count(again.store(), again.roots()), sha256_hex(again.bytes()).substr(0, 12).c_str(), same ? "the same" : "DIFFER");
    if (!same || !bytes) return 1;
  }
  return 0;
}
