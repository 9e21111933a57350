// Slips in sound rules, through grammar and resolver: a slip that is a mistake gives few messages, the first at its
// place. The seed is fixed; ONUS_EDITS sets how many, ONUS_EDITS_LOUD prints those that went wrong.
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "grammar/parse.hpp"
#include "model/build.hpp"
#include "model/dump.hpp"
#include "unit/syntax/edits.hpp"
#include "unit/syntax/rule_files.hpp"

using namespace onus;
using namespace onus::syntax::test;

namespace {

// Files that are read together, in the order of a run: the rules, then what they use.
using Group = std::vector<Editor>;

std::vector<Group> groups() {
  const std::filesystem::path root(ONUS_SOURCE_DIR);
  const std::vector<std::vector<const char*>> paths{
      {"rules/eu/ai-act/gpai.onus", "rules/vocabulary/ai-value-chain.onus"},
      {"examples/first-steps/rules.onus", "examples/first-steps/vocabulary.onus"},
      {"tests/unit/model/fixtures/data-centre-act.onus", "tests/unit/model/fixtures/data-centres.onus"},
  };
  std::vector<Group> result;
  for (const auto& group : paths) {
    Group& files = result.emplace_back();
    for (const char* path : group) files.emplace_back(read(root / path));
  }
  return result;
}

struct Run {
  SourceStore sources;
  Sink sink;

  // The files of the group, the text of one of them replaced.
  Run(const Group& group, std::size_t edited, const std::string& text) {
    std::vector<syntax::Tree> trees;
    std::vector<model::RuleFile> files;
    for (std::size_t at = 0; at < group.size(); ++at) {
      const FileId file = sources.add("file" + std::to_string(at) + ".onus", at == edited ? text : group[at].text());
      trees.push_back(syntax::parse(sources, file, sink));
      files.push_back({file, nullptr});
    }
    for (std::size_t at = 0; at < trees.size(); ++at) files[at].tree = &trees[at];
    const model::Model model = model::build(sources, files, sink);
    // What came out can be walked.
    CHECK(!model::dump(model).empty());
  }
  [[nodiscard]] std::string said() const {
    std::string result;
    for (const Diagnostic& it : sink.sorted()) {
      const Position at = sources.file(it.span.file).position(it.span.begin);
      result += "  " + sources.file(it.span.file).path() + ":" + std::to_string(at.line) + ":" +
                std::to_string(at.column) + " " + std::string(info(it.kind).code) + " " + it.message + "\n";
    }
    return result;
  }
};

}  // namespace

TEST_CASE("a slip gives at most two messages, the first within a line of it") {
  const std::vector<Group> all = groups();
  for (const Group& group : all) CHECK(Run(group, 0, group[0].text()).said() == "");
  std::mt19937 random(20260230);
  const char* more = std::getenv("ONUS_EDITS");
  const int edits = more != nullptr ? std::atoi(more) : 1000;
  const bool loud = std::getenv("ONUS_EDITS_LOUD") != nullptr;
  int wrong = 0, one = 0, few = 0, near = 0;
  for (int count = 0; count < edits; ++count) {
    const Group& group = all[random() % all.size()];
    const std::size_t at = random() % 4 == 0 ? 1 : 0;
    const Edited edited = group[at].edit(random);
    const Run run(group, at, edited.text);
    const std::vector<Diagnostic> said = run.sink.sorted();
    for (const Diagnostic& it : said) {
      CHECK(it.span.begin <= it.span.end);
      CHECK(it.span.end <= run.sources.file(it.span.file).text().size());
      CHECK(!it.message.empty());
    }
    if (said.empty()) continue;
    ++wrong;
    const Span& first = said.front().span;
    const std::uint32_t line = run.sources.file(first.file).position(first.begin).line;
    const bool is_few = said.size() <= 2;
    const bool is_near = first.file.index == at && line + 1 >= edited.line && line <= edited.line + 1;
    one += said.size() == 1 ? 1 : 0;
    few += is_few ? 1 : 0;
    near += is_near ? 1 : 0;
    if (loud && (!is_few || !is_near)) {
      std::printf("file%zu.onus:%u %s (%zu messages%s)\n%s", at, edited.line, edited.what.c_str(), said.size(),
                  is_near ? "" : ", far", run.said().c_str());
    }
  }
  std::printf("%d edits, %d of them mistakes: one message %.1f %%, at most two %.1f %%, first within a line %.1f %%\n",
              edits, wrong, 100.0 * one / wrong, 100.0 * few / wrong, 100.0 * near / wrong);
  CHECK(wrong > edits / 2);
  CHECK(few * 100 >= wrong * 95);
  CHECK(near * 100 >= wrong * 95);
}
