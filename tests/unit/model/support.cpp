#include "unit/model/support.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "grammar/parse.hpp"

namespace onus::testing {

std::string Built::messages() const {
  std::string result;
  for (const Diagnostic& it : sink.sorted()) {
    result += std::string(info(it.kind).code) + " [" + std::string(sources.text(it.span)) + "] " + it.message;
    for (const Fix& fix : it.fixes) result += " => " + fix.text;
    result += '\n';
  }
  return result;
}

Built build(const std::vector<std::string>& texts) {
  Built built;
  std::vector<FileId> ids;
  for (std::size_t index = 0; index < texts.size(); ++index) {
    ids.push_back(built.sources.add("file" + std::to_string(index) + ".onus", texts[index]));
  }
  for (const FileId id : ids) built.trees.push_back(syntax::parse(built.sources, id, built.sink));
  built.syntax_errors = built.sink.errors();
  std::vector<model::RuleFile> files;
  for (std::size_t index = 0; index < ids.size(); ++index) files.push_back({ids[index], &built.trees[index]});
  built.model = model::build(built.sources, files, built.sink);
  return built;
}

std::string test_vocabulary() {
  return R"(vocabulary test "Words for tests".
kinds: actor; model; modification; system; incident.
authorities: Commission; AI Office.
terms:
  the turnover of an actor in a year is an amount of EUR.
  the staff of an actor is a number of persons.
  the affiliates of an actor are actors.
  the developed models of an actor are the models with that developer.
  an actor may be: established in the Union; a contractor of an actor.
  an actor may be by exception: an SME.
  an actor may be by judgement: culpable "Did it act on purpose?".
  the developer of a model is an actor.
  the placer of a model is an actor, if any.
  the origin of a model is a modification, none unless given.
  the modifications of a model are the modifications with that original model.
  the host systems of a model are the systems with that integrated model.
  the upstream models of a model are the original model of the origin of the model, repeated.
  the training compute of a model is an amount of FLOP, possibly unknowable.
  the training cost of a model is an amount of EUR.
  the score of a model is an amount.
  the placing date of a model is a date, if any.
  the training start of a model is a date.
  the modalities of a model are any of: text; audio; image.
  a model may be: licensed for use; open-weight; freely licensed.
  a model may be by exception: excluded from the Union market.
  a model may be by judgement: generally capable; high-impact.
  the original model of a modification is a model.
  the modifier of a modification is an actor.
  the resulting model of a modification is the model with that origin.
  the compute of a modification is an amount of FLOP.
  the technique of a modification is one of: fine-tuning; merging; distillation.
  a modification may be: internal.
  a modification may be by judgement: significant.
  the integrated model of a system is a model, if any.
  a system may be: sold in the Union.
  the affected model of an incident is a model.
  the incidents of a model are the incidents with that affected model.
  the discovery of an incident is a moment.
  an incident may be: serious.
)";
}

std::string test_regulation(std::string_view body) {
  return R"(regulation test-act "Act for tests".
status: in force from 2024-01-01.
source TA "Test act".
parameter the large compute is 1e25 FLOP.
parameter the share is 1/3.
terms:
  a model may be by law: general-purpose; systemic.
  an actor may be by law: a provider of a model; supervised.
  a modification may be by law: relevant.
)" + std::string(body);
}

Built build_regulation(std::string_view body) { return build({test_vocabulary(), test_regulation(body)}); }

std::string part_of_dump(const model::Model& model, std::string_view head) {
  std::istringstream lines(dump(model));
  std::string result;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(head)) {
      inside = true;
    } else if (inside && !line.starts_with("  ")) {
      break;
    }
    if (inside) result += (result.empty() ? "" : "\n") + line;
  }
  return result;
}

std::string read_project_file(std::string_view path) {
  std::ifstream in(std::string(ONUS_SOURCE_DIR) + '/' + std::string(path), std::ios::binary);
  REQUIRE_MESSAGE(in.good(), "cannot read " << path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace onus::testing
