// A user's program: judges the first example with the installed library, then rules of its own from memory.
#include <onus/onus.hpp>

#include <cstdio>
#include <string>

namespace {

bool expect(bool holds, const char* what) {
  if (!holds) std::fprintf(stderr, "consumer: %s\n", what);
  return holds;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string source = argv[1];

  onus::CheckRequest request;
  request.paths = {source + "/examples/first-steps/rules.onus", source + "/examples/first-steps/case.yaml"};
  const auto loader = onus::disk_loader();
  const onus::CheckResult from_disk = onus::check(request, *loader);
  bool good = expect(from_disk.exit == onus::Exit::Fine, "the first example was not judged");
  if (!good) std::fputs(from_disk.messages.c_str(), stderr);

  onus::MemoryLoader memory;
  memory.add("rules.onus",
             "regulation tiny \"A law in one sentence\".\n"
             "use \"vocabulary\".\n"
             "duty report \"Report\":\n"
             "  the maker of a model must \"report\" if the model is large.\n");
  memory.add("vocabulary.onus",
             "vocabulary tiny \"Makers and models\".\n"
             "kinds: maker; model.\n"
             "terms:\n"
             "  the maker of a model is a maker.\n"
             "  a model may be: large.\n");
  memory.add("case.json", R"({"onus": "case/1", "as of": "2026-03-01", "maker": {"A": {}}, "model": {"M": {"maker": "A", "large": true}}})");
  request.paths = {"rules.onus", "case.json"};
  const onus::CheckResult from_memory = onus::check(request, memory);
  std::fputs(from_memory.messages.c_str(), stderr);
  good = expect(from_memory.cases == 1, "the case in memory was not read") && good;

  std::printf("onus %s: %zu verdicts from disk\n", std::string(onus::version()).c_str(), from_disk.verdicts.size());
  return good ? 0 : 1;
}
