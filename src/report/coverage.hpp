// The report of `onus coverage`: what cases reach of the rules, and what the rules encode of a source text; as a page and as JSON
// (`coverage/1`).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "evaluate/coverage.hpp"
#include "report/check.hpp"
#include "report/json.hpp"
#include "report/text.hpp"

namespace onus::reports {

struct CoveredPoint {
  evaluate::CoveragePoint::Kind kind = evaluate::CoveragePoint::Kind::Condition;
  std::string letter, text, reading, each;
  bool subject = false;
  std::uint32_t line = 1, column = 1;
  std::optional<bool> constant;
  std::optional<std::string> yes, no;   // the case that reached this side first
  bool wants_yes = false, wants_no = false;
  std::size_t sides = 2, reached = 0;
};

struct CoveredProvision {
  std::string regulation, name, kind, title, file;
  bool norm = false;
  std::uint32_t line = 1;
  std::vector<CoveredPoint> points;
};

// What rules make of an item of a source text.
enum class Account : std::uint8_t { Encoded, Discretionary, NotEncoded, Unaccounted };
[[nodiscard]] std::string_view account_word(Account account);

struct AccountedItem {
  std::string id, says;
  std::vector<std::string> cites;
  Account account = Account::Unaccounted;
  std::vector<std::string> by;          // encoded by these
  std::string why;                      // not encoded; or what is wrong with an item that is unaccounted
  std::uint32_t line = 1;
};

struct UnlistedCitation {
  std::string citation, by, file;       // what cites it
  std::uint32_t line = 1;
};

struct AccountedText {
  std::string file, title, from;
  std::optional<Date> as_of;
  bool whole = false;
  std::vector<AccountedItem> items;
  std::vector<UnlistedCitation> unlisted;   // of a list that is whole
};

struct CoverageReport {
  std::vector<InputFile> inputs;
  std::size_t rule_files = 0, cases = 0, rejected = 0, not_reached = 0, gave_up = 0;
  std::vector<LeftOut> left_out;
  std::vector<CoveredProvision> provisions;
  std::vector<AccountedText> texts;
  std::vector<Json> diagnostics;        // JSON only
};

struct CoverageCounts {
  std::size_t sides = 0, reached = 0, conditions = 0, conditions_whole = 0, provisions = 0, provisions_whole = 0, constant = 0;
  std::size_t items = 0, encoded = 0, discretionary = 0, not_encoded = 0, unaccounted = 0, unlisted = 0;
};
CoverageCounts count(const CoverageReport& report);

// `all`: also what is reached, and items that are accounted for.
std::string coverage_page(const CoverageReport& report, const Style& style, bool all);
std::string coverage_json(const CoverageReport& report);
extern const std::string_view coverage_schema;

}  // namespace onus::reports
