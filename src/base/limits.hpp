// The limits of a run: what onus refuses rather than chokes on. One table names each limit, its unit and what it guards, so
// that flags, `onus limits` and the documents cannot disagree.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace onus {

struct Limits {
  std::uint64_t rule_file_bytes = 8U << 20U;
  std::uint64_t import_depth = 32;
  std::uint64_t import_files = 1000;
  std::uint64_t nesting = 256;
  std::uint64_t identifier_bytes = 256;
  std::uint64_t string_bytes = 64U << 10U;
  std::uint64_t number_digits = 1000;
  std::uint64_t number_exponent = 10'000;
  std::uint64_t yaml_file_bytes = 8U << 20U;
  std::uint64_t json_file_bytes = 64U << 20U;
  std::uint64_t data_depth = 64;
  std::uint64_t data_nodes = 5'000'000;
  std::uint64_t case_entities = 200'000;
  std::uint64_t case_facts = 500'000;
  std::uint64_t case_digits = 10'000'000;
  std::uint64_t csv_field_bytes = 1U << 20U;
  std::uint64_t csv_columns = 4096;
  std::uint64_t graph_nodes = 2'000'000;
  std::uint64_t graph_steps = 50'000'000;
  std::uint64_t timeline_days = 36'525;
  std::uint64_t diagnostics_per_file = 100;
};

struct LimitInfo {
  std::string_view name;  // as in `--limit name=value`
  std::uint64_t Limits::*value;
  std::string_view unit;
  std::string_view guards;
  bool fixed = false;  // the reader of rule files is built with it: a run cannot change it
};

inline constexpr std::array<LimitInfo, 21> limit_table{{
    {"rule-file-bytes", &Limits::rule_file_bytes, "bytes", "size of a rule file"},
    {"import-depth", &Limits::import_depth, "files", "length of a chain of `use` lines"},
    {"import-files", &Limits::import_files, "files", "rule files of a run"},
    {"nesting", &Limits::nesting, "levels", "brackets and blocks within brackets and blocks of a rule file", true},
    {"identifier-bytes", &Limits::identifier_bytes, "bytes", "length of a name in a rule file", true},
    {"string-bytes", &Limits::string_bytes, "bytes", "length of a text; a change holds for case files"},
    {"number-digits", &Limits::number_digits, "digits", "length of a number as it is written; a change holds for case files"},
    {"number-exponent", &Limits::number_exponent, "", "size of a number's exponent, positive or negative; a change holds for JSON"},
    {"yaml-file-bytes", &Limits::yaml_file_bytes, "bytes", "size of a YAML file"},
    {"json-file-bytes", &Limits::json_file_bytes, "bytes", "size of a JSON file"},
    {"data-depth", &Limits::data_depth, "levels", "lists and mappings within lists and mappings of a case file"},
    {"data-nodes", &Limits::data_nodes, "values", "keys, values, lists and mappings of a case file"},
    {"case-entities", &Limits::case_entities, "entities", "entities of one case"},
    {"case-facts", &Limits::case_facts, "facts", "facts of one case"},
    {"case-digits", &Limits::case_digits, "digits", "all numbers of one case, written out: 1e9999 has ten thousand digits"},
    {"csv-field-bytes", &Limits::csv_field_bytes, "bytes", "length of a CSV field", true},
    {"csv-columns", &Limits::csv_columns, "columns", "columns of a CSV file", true},
    {"graph-nodes", &Limits::graph_nodes, "nodes", "decision graphs of a run", true},
    {"graph-steps", &Limits::graph_steps, "steps", "work on one question: of a verdict (thirty times as much a case), or of a decision graph"},
    {"timeline-days", &Limits::timeline_days, "days", "length of a timeline (check --from, --to): a hundred years"},
    {"diagnostics-per-file", &Limits::diagnostics_per_file, "messages", "diagnostics printed for one file; the rest are counted"},
}};

static_assert(sizeof(Limits) == limit_table.size() * sizeof(std::uint64_t), "every limit has its line");

}  // namespace onus
