// Runs every row of truth_tables.md through the product.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "property/harness.hpp"

using namespace onus;
using namespace onus::property;

namespace {

struct Section {
  std::string title, rules;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

struct Document {
  std::string vocabulary, law;
  std::vector<Section> sections;
};

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line.substr(1));
  for (std::string cell; std::getline(in, cell, '|');) {
    const std::size_t first = cell.find_first_not_of(' ');
    const std::size_t last = cell.find_last_not_of(' ');
    if (first != std::string::npos) cells.push_back(cell.substr(first, last - first + 1));
  }
  return cells;
}

Document read_document() {
  std::ifstream in(std::string(ONUS_SOURCE_DIR) + "/tests/property/truth_tables.md");
  REQUIRE(in.good());
  Document document;
  std::string* block = nullptr;
  for (std::string line; std::getline(in, line);) {
    if (block != nullptr) {
      if (line == "```") {
        block = nullptr;
      } else {
        *block += line + "\n";
      }
    } else if (line == "```onus vocabulary") {
      block = &document.vocabulary;
    } else if (line == "```onus law") {
      block = &document.law;
    } else if (line.rfind("## ", 0) == 0) {
      document.sections.push_back({line.substr(3), {}, {}, {}});
    } else if (line == "```onus") {
      REQUIRE(!document.sections.empty());
      block = &document.sections.back().rules;
    } else if (line.rfind("|---", 0) == 0) {
    } else if (line.rfind("|", 0) == 0) {
      REQUIRE(!document.sections.empty());
      Section& section = document.sections.back();
      if (section.columns.empty()) {
        section.columns = cells_of(line);
      } else {
        section.rows.push_back(cells_of(line));
        INFO(section.title << ": " << line);
        REQUIRE(section.rows.back().size() == section.columns.size());
      }
    }
  }
  return document;
}

std::string answer(const evaluate::Judged& judged) {
  switch (judged.verdict) {
    case evaluate::Verdict::Applies: return "yes";
    case evaluate::Verdict::DoesNotApply: return judged.speaks ? "no" : "silent";
    case evaluate::Verdict::Depends: return "depends";
    case evaluate::Verdict::Undetermined: return "open";
    case evaluate::Verdict::NotYet: return "not-yet";
    case evaluate::Verdict::NoLonger: return "no-longer";
  }
  return "?";
}

bool is_answer(const std::string& text) {
  static const std::map<std::string, int> known{{"yes", 0},     {"no", 0},   {"silent", 0},  {"depends", 0},
                                                {"open", 0}, {"not-yet", 0}, {"no-longer", 0}};
  return known.count(text) != 0;
}

// Columns of answers stand last: `marked`, `B is graded`, `duty n`, `notable`.
bool is_result(const std::string& column) {
  for (const char* word : {"marked", "graded", "notable", "duty n"}) {
    if (column.size() >= std::string(word).size() && column.compare(column.size() - std::string(word).size(), std::string::npos, word) == 0) return true;
  }
  return false;
}

std::string case_text(const Section& section, const std::vector<std::string>& row) {
  std::string today = "2025-06-01";
  std::string firm, system, base, change;
  for (std::size_t index = 0; index < row.size(); ++index) {
    const std::string& column = section.columns[index];
    if (is_result(column) || row[index] == "–") continue;
    const auto fact = [&](std::size_t skip) { return "    " + column.substr(skip) + ": " + row[index] + "\n"; };
    if (column == "today") {
      today = row[index];
    } else if (column.rfind("base ", 0) == 0) {
      base += fact(5);
    } else if (column.rfind("change ", 0) == 0) {
      change += fact(7);
    } else if (column.rfind("firm ", 0) == 0) {
      firm += fact(5);
    } else {
      system += fact(0);
    }
  }
  return "onus: case/1\nas of: " + today + "\nfirm:\n  F:" + (firm.empty() ? " {}\n" : "\n" + firm) + "  G: {}\nsystem:\n  S:\n    maker: F\n    source: C\n" +
         system + "  B:\n    maker: F\n" + base + "change:\n  C:\n    base: B\n    changer: G\n" + change;
}

}  // namespace

TEST_CASE("truth tables worked by hand") {
  const Document document = read_document();
  std::size_t rows = 0;
  CHECK(document.sections.size() >= 40);
  for (const Section& section : document.sections) {
    INFO(section.title);
    const auto rules = compile(document.vocabulary, document.law + "\n" + section.rules);
    CHECK_MESSAGE(rules->errors.empty(), rules->errors);
    if (!rules->errors.empty()) continue;
    CHECK(section.rows.size() >= 2);
    for (const auto& row : section.rows) {
      const std::string text = case_text(section, row);
      std::string errors;
      const auto the_case = read_case(*rules, text, false, errors);
      CHECK_MESSAGE(the_case.has_value(), errors << text);
      if (!the_case) continue;
      evaluate::Judge judge(rules->program, *the_case);
      CHECK(!judge.clash());
      if (judge.clash()) continue;
      const auto entity = [&](const std::string& name) {
        for (std::uint32_t index = 0; index < the_case->entities.size(); ++index) {
          if (the_case->entities[index].name == name) return facts::EntityId{index};
        }
        return facts::EntityId{};
      };
      const auto predicate = [&](const std::string& name) {
        for (const model::PredicateId id : rules->model.predicates.ids()) {
          if (rules->model.predicates[id].name == name) return id;
        }
        return model::PredicateId{};
      };
      bool any = false;
      for (std::size_t index = 0; index < row.size(); ++index) {
        const std::string& column = section.columns[index];
        if (!is_result(column)) continue;
        any = true;
        CHECK(is_answer(row[index]));
        std::string got;
        if (column == "duty n") {
          model::ProvisionId norm;
          for (const model::ProvisionId id : rules->model.provisions.ids()) {
            if (rules->model.provisions[id].label == "n") norm = id;
          }
          got = answer(judge.norm(norm, entity("F"), entity("S")));
        } else {
          const bool of_base = column.rfind("B is ", 0) == 0;
          const std::string name = of_base ? column.substr(5) : column;
          const facts::EntityId subject = entity(of_base ? "B" : name == "notable" ? "C" : "S");
          got = answer(judge.conclusion(predicate(name), subject, std::nullopt, model::RegulationId{0}));
        }
        CHECK_MESSAGE(got == row[index], section.title << ": " << column << " is " << got << ", by hand " << row[index] << "\n" << section.rules << text);
        ++rows;
      }
      CHECK(any);
    }
  }
  CHECK(rows >= 250);
}
