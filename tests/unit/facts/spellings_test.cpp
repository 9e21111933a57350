// What a spelling in YAML is, is decided by the declared type alone: each spelling against each type.
#include <doctest/doctest.h>

#include <array>
#include <sstream>

#include "base/text.hpp"
#include "facts/reading.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

struct Column {
  const char* kind;
  const char* term;
  KindId id;
  const char* name;
};

const std::array<Column, 8> columns{{{"model", "integrable downstream", tiny().ai_model, "integrable downstream"},
                                     {"modification", "technique", tiny().modification, "technique"},
                                     {"modification", "compute", tiny().modification, "compute"},
                                     {"model", "quality", tiny().ai_model, "quality"},
                                     {"model", "number of releases", tiny().ai_model, "number of releases"},
                                     {"model", "placing date", tiny().ai_model, "placing date"},
                                     {"incident", "awareness", tiny().incident, "awareness"},
                                     {"model", "developer", tiny().ai_model, "developer"}}};

// The outcome: `ok` and what was understood, or the code of the one error.
std::string outcome(const Column& column, const std::string& spelling) {
  const auto result = yaml(yaml_with(column.kind, column.term, spelling));
  if (!result.value) return result.codes();
  const auto* state = state_of_x(result, column.id, column.name);
  if (state == nullptr) return "lost";
  switch (tiny().model.fields[tiny().field(column.id, column.name)].type) {
    case FieldType::YesNo: return state->yes ? "=yes" : "=no";
    case FieldType::OneOf: return "=" + tiny().model.fields[tiny().field(column.id, column.name)].members[state->member];
    case FieldType::Relation: return "=" + result.value->entities[state->entities.front().index].name;
    default: return state->value == facts::FieldState::Value::Between ? "=range" : "=" + to_text(state->low);
  }
}

// yes/no | member | amount with a unit | plain number | whole number | date | moment | entity
constexpr const char* table = R"(
yes                 | =yes   | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
no                  | =no    | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
Yes                 | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
NO                  | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
on                  | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
Off                 | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
y                   | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
n                   | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
true                | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
FALSE               | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
"yes"               | =yes   | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
'no'                | =no    | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
~                   | ON3007 | ON3007 | ON3007 | ON3007 | ON3007 | ON3007 | ON3007 | ON3007
null                | ON3007 | ON3007 | ON3007 | ON3007 | ON3007 | ON3007 | ON3007 | ON3007
"null"              | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
""                  | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
12                  | ON3030 | ON3031 | ON3036 | =12    | =12    | ON3042 | ON3042 | ON3045
"12"                | ON3030 | ON3031 | ON3032 | ON3032 | ON3032 | ON3042 | ON3042 | ON3045
'3e24 FLOP'         | ON3030 | ON3031 | ON3032 | ON3032 | ON3032 | ON3042 | ON3042 | ON3045
010                 | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | ON3042 | ON3045
0o17                | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | ON3042 | ON3045
0x1F                | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | ON3042 | ON3045
0b11                | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | ON3042 | ON3045
1:30                | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | ON3042 | ON3045
190:20:30           | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | ON3042 | ON3045
1e3                 | ON3030 | ON3031 | ON3036 | =1000  | =1000  | ON3042 | ON3042 | ON3045
1E3                 | ON3030 | ON3031 | ON3036 | =1000  | =1000  | ON3042 | ON3042 | ON3045
"1e3"               | ON3030 | ON3031 | ON3032 | ON3032 | ON3032 | ON3042 | ON3042 | ON3045
1_000               | ON3030 | ON3031 | ON3036 | =1000  | =1000  | ON3042 | ON3042 | ON3045
10^3                | ON3030 | ON3031 | ON3036 | =1000  | =1000  | ON3042 | ON3042 | ON3045
1/3                 | ON3030 | ON3031 | ON3036 | =1/3   | ON3035 | ON3042 | ON3042 | ON3045
1.50                | ON3030 | ON3031 | ON3036 | =1.5   | ON3035 | ON3042 | ON3042 | ON3045
1.0                 | ON3030 | ON3031 | ON3036 | =1     | =1     | ON3042 | ON3042 | ON3045
.5                  | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3030 | ON3030 | ON3045
5.                  | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | ON3042 | ON3045
+1                  | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3030 | ON3030 | ON3045
-1                  | ON3030 | ON3031 | ON3036 | ON3034 | ON3034 | ON3030 | ON3030 | ON3045
-0                  | ON3030 | ON3031 | ON3036 | =0     | =0     | ON3030 | ON3030 | ON3045
.inf                | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3030 | ON3030 | ON3045
.NaN                | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3030 | ON3030 | ON3045
1,000               | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | ON3042 | ON3045
1.000,5             | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | ON3042 | ON3045
３                   | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3030 | ON3030 | ON3045
3e24 FLOP           | ON3030 | ON3031 | =3e24  | ON3038 | ON3038 | ON3042 | ON3042 | ON3045
3e24FLOP            | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | ON3042 | ON3045
2026-02-10          | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | =739656 | ON3042 | ON3045
"2026-02-10"        | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | =739656 | ON3042 | ON3045
2026-2-10           | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | ON3042 | ON3045
2026-02-30          | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | ON3042 | ON3045
10/02/2026          | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | ON3042 | ON3045
2026-02-10T09:30    | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | =1065105210 | ON3045
2026-02-10 09:30    | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | ON3042 | ON3045
2026-02-10T09:30:00Z | ON3030 | ON3031 | ON3033 | ON3033 | ON3033 | ON3042 | ON3042 | ON3045
merging             | ON3030 | =merging | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
"merging"           | ON3030 | =merging | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
Merging             | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
"merging "          | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
fine tuning         | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
Acme                | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | =Acme
"Acme"              | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | =Acme
acme                | ON3030 | ON3031 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3045
unknown             | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030
Not given           | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030
[12]                | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030
{}                  | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030 | ON3030
)";

std::string trim(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? std::string() : std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

}  // namespace

TEST_CASE("each spelling in YAML against each type") {
  std::istringstream lines{std::string(table)};
  std::size_t rows = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    ++rows;
    std::vector<std::string> cells;
    std::istringstream parts(line);
    for (std::string cell; std::getline(parts, cell, '|');) cells.push_back(trim(cell));
    REQUIRE(cells.size() == columns.size() + 1);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      CAPTURE(cells[0]);
      CAPTURE(std::string(columns[i].term));
      CHECK(outcome(columns[i], cells[0]) == cells[i + 1]);
    }
  }
  CHECK(rows >= 40);
}

TEST_CASE("a member edited once or twice is never taken for a member") {
  const Field& technique = tiny().model.fields[tiny().field(tiny().modification, "technique")];
  // Seeded; the same edits in every run.
  std::uint64_t seed = 20260801;
  const auto next = [&seed](std::uint64_t below) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>((seed >> 33U) % below);
  };
  const std::string letters = "abcdefghijklmnopqrstuvwxyz -ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::size_t other_members = 0, tried = 0;
  for (const std::string& member : technique.members) {
    for (int round = 0; round < 200; ++round) {
      std::string text = member;
      for (std::size_t edits = 1 + next(2); edits > 0; --edits) {
        const std::size_t at = next(text.size());
        switch (next(4)) {
          case 0: text.insert(at, 1, letters[next(letters.size())]); break;
          case 1:
            if (text.size() > 1) text.erase(at, 1);
            break;
          case 2: text[at] = letters[next(letters.size())]; break;
          default:
            if (at + 1 < text.size()) std::swap(text[at], text[at + 1]);
        }
      }
      const auto is_member = std::find(technique.members.begin(), technique.members.end(), text) != technique.members.end();
      const auto result = yaml(yaml_with("modification", "technique", '"' + text + '"'));
      CAPTURE(text);
      ++tried;
      if (is_member) {
        ++other_members;
        REQUIRE(result.value);
        CHECK(technique.members[state_of_x(result, tiny().modification, "technique")->member] == text);
      } else {
        CHECK_FALSE(result.value);
        CHECK(result.codes() == "ON3031");
      }
    }
  }
  CHECK(tried == 200 * technique.members.size());
  CHECK(other_members > 0);  // an edit that undid itself, or made another member
}
