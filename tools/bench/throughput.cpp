// How fast rule text is read: bytes a second of parsing, and of parsing and resolving, over one large file.
// Usage: throughput LARGE.onus VOCABULARY.onus [ROUNDS]   (tools/bench/run makes the large file)
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "grammar/parse.hpp"
#include "model/build.hpp"

namespace {

std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: throughput LARGE.onus VOCABULARY.onus [ROUNDS]\n", stderr);
    return 2;
  }
  const int rounds = argc > 3 ? std::atoi(argv[3]) : 5;
  onus::SourceStore sources;
  const auto large = sources.add(argv[1], read(argv[1]));
  const auto vocabulary = sources.add(argv[2], read(argv[2]));
  const double megabytes = static_cast<double>(sources.file(large).text().size()) / 1e6;
  onus::Sink vocabulary_sink;
  const auto vocabulary_tree = onus::syntax::parse(sources, vocabulary, vocabulary_sink);
  double best_parse = 1e9;
  double best_both = 1e9;
  std::size_t provisions = 0;
  for (int round = 0; round < rounds; ++round) {
    onus::Sink sink;
    const auto start = std::chrono::steady_clock::now();
    const auto tree = onus::syntax::parse(sources, large, sink);
    best_parse = std::min(best_parse, seconds_since(start));
    const std::vector<onus::model::RuleFile> files{{vocabulary, &vocabulary_tree}, {large, &tree}};
    const auto model = onus::model::build(sources, files, sink);
    best_both = std::min(best_both, seconds_since(start));
    provisions = model.provisions.size();
    if (sink.errors() != 0) {
      const auto& first = sink.all().front();
      const auto place = sources.file(first.span.file).position(first.span.begin);
      std::fprintf(stderr, "the file has %zu errors; the first is on line %u: %s\n", sink.errors(), place.line, first.message.c_str());
      return 1;
    }
  }
  std::printf("%.1f MB, %zu provisions: parse %.1f MB/s, parse and resolve %.1f MB/s\n", megabytes, provisions, megabytes / best_parse,
              megabytes / best_both);
  return 0;
}
