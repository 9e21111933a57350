// The rule files and cases of the repository: what their words become.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "facts/fields_read.hpp"
#include "facts/from_inline.hpp"
#include "facts/reading.hpp"
#include "facts/skeleton.hpp"
#include "grammar/parse.hpp"
#include "model/build.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

const std::filesystem::path root = ONUS_SOURCE_DIR;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct Rules {
  SourceStore sources;
  Sink sink;
  std::vector<syntax::Tree> trees;
  Model model;

  explicit Rules(const std::vector<std::string>& texts) {
    std::vector<FileId> files;
    for (const auto& text : texts) files.push_back(sources.add("rules.onus", text));
    for (const auto file : files) trees.push_back(syntax::parse(sources, file, sink));
    std::vector<RuleFile> rule_files;
    for (std::size_t i = 0; i < files.size(); ++i) rule_files.push_back({files[i], &trees[i]});
    model = build(sources, rule_files, sink);
  }
};

const Rules& law() {
  static const Rules rules({text_of(root / "rules/vocabulary/ai-value-chain.onus"), text_of(root / "rules/vocabulary/ai-oversight.onus"),
                            text_of(root / "rules/eu/ai-act/gpai.onus"), text_of(root / "rules/eu/ai-act/obligations.onus")});
  return rules;
}

std::string all_messages(const Sink& sink) {
  std::string out;
  for (const auto& one : sink.sorted()) out += std::to_string(one.span.begin) + " " + one.message + "\n";
  return out;
}

}  // namespace

TEST_CASE("every case file of the law is read") {
  REQUIRE(law().sink.errors() == 0);
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(root / "rules/eu/ai-act/cases")) {
    const auto extension = entry.path().extension();
    if (extension == ".yaml" || extension == ".json") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  CHECK_FALSE(paths.empty());
  for (const auto& path : paths) {
    CAPTURE(path.filename().string());
    const auto result = read_text(path.filename().string(), text_of(path), law().model);
    INFO(result.messages);
    CHECK(result.value);
  }
}

TEST_CASE("every inline case of the law becomes a case") {
  REQUIRE(law().sink.errors() == 0);
  CHECK_FALSE(law().model.cases.empty());
  for (std::uint32_t i = 0; i < law().model.cases.size(); ++i) {
    Sink sink;
    const auto read = facts::inline_case(law().model, i, sink);
    CAPTURE(law().model.cases[i].name);
    INFO(all_messages(sink));
    REQUIRE(read);
    CHECK(read->expected.size() == law().model.cases[i].expectations.size());
  }
}

TEST_CASE("the skeleton for the law is a case") {
  const auto fields = facts::fields_read(law().model);
  const auto result = read_text("new.yaml", facts::case_skeleton(law().model, fields, *parse_date("2026-03-01")), law().model);
  INFO(result.messages);
  REQUIRE(result.value);
  // As many states as there are open fields.
  const auto open = std::ranges::count_if(fields, [](FieldId id) {
    const auto& field = law().model.fields[id];
    return field.closing == Closing::Open && field.type != FieldType::Judgement;
  });
  CHECK(result.value->states.size() == static_cast<std::size_t>(open));
}

TEST_CASE("what a case in a rule file gives, from its words") {
  const Rules rules({R"(vocabulary v "V".
kinds: actor; model; modification.
terms:
  the developer of a model is an actor, if any.
  the origin of a model is a modification, none unless given.
  the training compute of a model is an amount of FLOP, possibly unknowable.
  the placing date of a model is a date.
  the modalities of a model are any of: text; audio.
  the original model of a modification is a model.
  the resulting model of a modification is the model with that origin.
  the modifier of a modification is an actor.
  an actor may be: a contractor of an actor.
  a model may be by exception: capped in users.
  a model may be by judgement: generally capable.
)",
                     R"(regulation r "R".
use "v".
terms:
  a model may be by law: general-purpose.
  an actor may be by law: a provider of a model.
definition 1 "G":
  a model is general-purpose if the model is generally capable.
definition 2 "P":
  the modifier of a modification is a provider of the resulting model if the original model is general-purpose.
case "named" as of 2026-05-01:
  given:
    - the original model of "first" is "M0";
    - the resulting model of "first" is "M1";
    - the modifier of "first" is "B";
    - the training compute of "M0" is at least 1e24 FLOP;
    - the training compute of "M0" is at most 3e24 FLOP;
    - the training compute of "M0" is unknowable to "B";
    - the placing date of "M1" is before 2026-03-01;
    - "M0" is generally capable;
    - "M1" is not capped in users;
    - "B" is not a contractor of the developer of "M0";
    - "M0" has no origin;
  expect:
    - "B" is a provider of "M1" because definition 2.
case "by its path" as of 2026-05-01:
  given:
    - the original model of the modification is general-purpose;
  expect:
    - the modifier of the modification is a provider of the resulting model of the modification.
)"});
  INFO(all_messages(rules.sink));
  REQUIRE(rules.sink.errors() == 0);
  REQUIRE(rules.model.cases.size() == 2);
  Sink sink;
  const auto read = facts::inline_case(rules.model, 0, sink);
  INFO(all_messages(sink));
  REQUIRE(read);
  const auto field = [&](std::string_view name) {
    for (const auto id : rules.model.fields.ids()) {
      if (rules.model.fields[id].name == name || rules.model.fields[id].plural == name) return id;
    }
    FAIL("no field " << name);
    return FieldId{};
  };
  const auto state = [&](std::string_view name, std::string_view term) -> const facts::FieldState& {
    const auto* found = read->state(entity(*read, name), field(term));
    CAPTURE(term);
    REQUIRE(found != nullptr);
    return *found;
  };
  CHECK(state("M1", "origin").entities == std::vector{entity(*read, "first")});
  CHECK(state("first", "modifier").entities == std::vector{entity(*read, "B")});
  CHECK(state("M0", "training compute").low == Number::power_of_ten(24));
  CHECK(state("M0", "training compute").high == Number(3) * Number::power_of_ten(24));
  CHECK(state("M0", "training compute").unknowable_to == std::vector{entity(*read, "B")});
  CHECK(state("M1", "placing date").high == Number(parse_date("2026-02-28")->days));
  CHECK(state("M0", "generally capable").answer == facts::FieldState::Answer::Yes);
  CHECK_FALSE(state("M1", "capped in users").yes);
  CHECK(state("M0", "origin").value == facts::FieldState::Value::NotApplicable);
  CHECK(state("B", "contractor").entities_outside == std::vector{entity(*read, "the developer of \"M0\"")});
  CHECK(read->expected[0].because == std::vector<std::string>{"2"});

  const auto by_path = facts::inline_case(rules.model, 1, sink);
  REQUIRE(by_path);
  CHECK(by_path->entities.size() == 4);
  CHECK(by_path->found.size() == 1);
  CHECK(by_path->states.size() == 3);

  // The same terms in a case file.
  const auto file = read_text("case.yaml", "onus: case/1\nactor: {A: {a contractor of: []}}\nmodel: {M: {modalities: [text], capped in users: no, "
                                           "general purpose: yes}}\n", rules.model);
  CHECK(file.errors == std::vector<std::string>{"ON3022 3:54 `general purpose`"});
}
