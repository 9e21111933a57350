// Mistakes in a text of ordinary length, through grammar and resolver as a run of the program has them: each gives one
// message, at its place, and nothing after it; ten together give ten.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "unit/model/support.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

enum class Sort : std::uint8_t {
  FullStop, Unit, Term, AndOr, Text, Bullet, Measures, Keyword, Target, Date,
};
constexpr std::size_t sorts = 10;

// In this line of the sound text, `from` becomes `to`; the message has this code and marks this text.
struct Mistake {
  Sort sort;
  std::uint32_t line;
  std::string_view from;
  std::string_view to;
  std::string_view code;
  std::string_view marks;
};

// Of each sort the first three are the three places; together with those of the other sorts they make files of ten.
constexpr Mistake mistakes[] = {
    // ---- a full stop is missing: nothing is marked, the place is the end of the line
    {Sort::FullStop, 34, "tenants.", "tenants", "ON1023", ""},
    {Sort::FullStop, 174, "centre.", "centre", "ON1023", ""},
    {Sort::FullStop, 275, "operator.", "operator", "ON1023", ""},
    {Sort::FullStop, 15, "1/4.", "1/4", "ON1023", ""},
    {Sort::FullStop, 20, "watched.", "watched", "ON1023", ""},
    {Sort::FullStop, 77, "large.", "large", "ON1023", ""},
    {Sort::FullStop, 115, "01-01.", "01-01", "ON1023", ""},
    {Sort::FullStop, 145, "centre.", "centre", "ON1023", ""},
    {Sort::FullStop, 238, "\".", "\"", "ON1023", ""},
    // ---- an unknown unit
    {Sort::Unit, 31, "EUR", "EUT", "ON2007", "EUT"},
    {Sort::Unit, 157, "hours", "hrs", "ON2007", "hrs"},
    {Sort::Unit, 265, "EUR", "crowns", "ON2007", "crowns"},
    {Sort::Unit, 10, "FLOP", "FLIP", "ON2007", "FLIP"},
    {Sort::Unit, 13, "EUR", "ecu", "ON2007", "ecu"},
    {Sort::Unit, 110, "percent", "precent", "ON2007", "precent"},
    {Sort::Unit, 145, "percent", "parts", "ON2007", "parts"},
    {Sort::Unit, 179, "days", "dais", "ON2007", "dais"},
    {Sort::Unit, 209, "months", "moons", "ON2007", "moons"},
    {Sort::Unit, 296, "FLOP", "FLOPS", "ON2007", "FLOPS"},
    // ---- a term with one slip
    {Sort::Term, 39, "large", "lagre", "ON2003", "lagre"},
    {Sort::Term, 132, "burden", "burdon", "ON2002", "burdon"},
    {Sort::Term, 260, "insolvent", "insolvant", "ON2003", "insolvant"},
    {Sort::Term, 20, "company", "compny", "ON2005", "compny"},
    {Sort::Term, 42, "grid", "gird", "ON2006", "gird"},
    {Sort::Term, 48, "responsible operator", "responsible operater", "ON2004", "responsible operater"},
    {Sort::Term, 62, "host", "hots", "ON2001", "hots"},
    {Sort::Term, 77, "run centres", "ran centres", "ON2002", "ran centres"},
    {Sort::Term, 83, "burden", "burdan", "ON2016", "burdan"},
    {Sort::Term, 98, "dangerous to the grid", "dangerous to the gird", "ON2003", "dangerous to the gird"},
    {Sort::Term, 111, "opening", "opning", "ON2002", "opning date"},
    {Sort::Term, 120, "Agency", "Agenzy", "ON2001", "Energy Agenzy"},
    {Sort::Term, 130, "critical", "critcal", "ON2003", "critcal"},
    {Sort::Term, 155, "outage of", "outige of", "ON2002", "outige"},
    {Sort::Term, 182, "obliged", "oblidged", "ON2003", "oblidged"},
    {Sort::Term, 250, "operator", "operater", "ON2015", "operater"},
    {Sort::Term, 291, "large", "larg", "ON2003", "larg"},
    // ---- `and` with `or`
    {Sort::AndOr, 56, "interruptible", "interruptible or the workload is experimental", "ON1030", "or"},
    {Sort::AndOr, 134, "gas or diesel", "gas or diesel and solar", "ON1030", "and"},
    {Sort::AndOr, 217, "obliged or", "obliged and watched or", "ON1030", "or"},
    {Sort::AndOr, 275, "landlord and", "landlord or the data centre is large and", "ON1030", "and"},
    {Sort::AndOr, 61, "year", "year and the workload is experimental", "ON1030", "and"},
    {Sort::AndOr, 104, "limit and", "limit or the data centre is large and", "ON1030", "and"},
    {Sort::AndOr, 149, "remote", "remote and military", "ON1030", "and"},
    {Sort::AndOr, 253, "solar", "solar and the data centre is large or military", "ON1030", "or"},
    // ---- a text that is not closed
    {Sort::Text, 97, "grid\"", "grid", "ON1002", "\""},
    {Sort::Text, 138, "heat\".", "heat.", "ON1002", "\""},
    {Sort::Text, 279, "Agency\".", "Agency.", "ON1002", "\""},
    {Sort::Text, 2, "Act\".", "Act.", "ON1002", "\""},
    {Sort::Text, 6, "centres\".", "centres.", "ON1002", "\""},
    {Sort::Text, 86, "cooling\"", "cooling", "ON1002", "\""},
    {Sort::Text, 119, "centre\" unless", "centre unless", "ON1002", "\""},
    {Sort::Text, 178, "price\" if", "price if", "ON1002", "\""},
    {Sort::Text, 230, "Correction\"", "Correction", "ON1002", "\""},
    {Sort::Text, 292, "\"North\"", "\"North", "ON1002", "\""},
    // ---- a bullet at the wrong depth
    {Sort::Bullet, 43, "--", "-", "ON1031", "-"},
    {Sort::Bullet, 131, "- (a)", "-- (a)", "ON1031", "--"},
    {Sort::Bullet, 298, "- the", "-- the", "ON1031", "--"},
    {Sort::Bullet, 33, "--", "---", "ON1031", "---"},
    {Sort::Bullet, 53, "--", "---", "ON1031", "---"},
    {Sort::Bullet, 61, "- (a)", "--- (a)", "ON1031", "---"},
    {Sort::Bullet, 85, "- (b)", "-- (b)", "ON1031", "--"},
    {Sort::Bullet, 134, "--", "-", "ON1031", "-"},
    {Sort::Bullet, 265, "- (b)", "-- (b)", "ON1031", "--"},
    {Sort::Bullet, 219, "- (c)", "-- (c)", "ON1031", "--"},
    // ---- FLOP against EUR
    {Sort::Measures, 30, "the large capacity", "3 EUR", "ON2050", "3 EUR"},
    {Sort::Measures, 141, "10_000 EUR", "10_000 FLOP", "ON2050", "10_000 FLOP"},
    {Sort::Measures, 247, "1_000_000 EUR", "1_000_000 FLOP", "ON2050", "1_000_000 FLOP"},
    {Sort::Measures, 56, "the heavy compute", "the reporting price", "ON2050", "the reporting price"},
    {Sort::Measures, 85, "cooling cost", "capacity", "ON2050", "the capacity of the data centre"},
    {Sort::Measures, 99, "the capacity of", "the build cost of", "ON2050", "1/2 of the build cost of the data centre"},
    {Sort::Measures, 178, "the reporting price", "the heavy compute", "ON2050", "the heavy compute"},
    {Sort::Measures, 192, "the compute of the predecessor", "the price of the predecessor", "ON2050", "1/3 of the price of the predecessor of the workload"},
    {Sort::Measures, 231, "9_000_000 EUR", "9_000_000 FLOP", "ON2050", "9_000_000 FLOP"},
    {Sort::Measures, 297, "EUR", "FLOP", "ON2050", "80_000_000 FLOP"},
    // ---- a keyword with a slip
    {Sort::Keyword, 28, "definition", "defnition", "ON1021", "defnition"},
    {Sort::Keyword, 155, "must", "mist", "ON1021", "mist"},
    {Sort::Keyword, 250, "unless", "unles", "ON1021", "unles"},
    {Sort::Keyword, 10, "parameter", "paramter", "ON1021", "paramter"},
    {Sort::Keyword, 18, "terms", "tems", "ON1021", "tems"},
    {Sort::Keyword, 26, "applies", "aplies", "ON1021", "aplies"},
    {Sort::Keyword, 31, "exceeds", "exceds", "ON1021", "exceds"},
    {Sort::Keyword, 77, "least", "laest", "ON1021", "laest"},
    {Sort::Keyword, 85, "otherwise", "othewise", "ON1021", "othewise"},
    {Sort::Keyword, 94, "if", "fi", "ON1021", "fi"},
    {Sort::Keyword, 98, "presumed", "presumd", "ON1021", "presumd"},
    {Sort::Keyword, 121, "within", "witin", "ON1021", "witin"},
    {Sort::Keyword, 249, "exception", "excepton", "ON1021", "excepton"},
    {Sort::Keyword, 268, "for duty", "for dutty", "ON1021", "dutty"},
    {Sort::Keyword, 277, "omitted", "ommitted", "ON1021", "ommitted"},
    {Sort::Keyword, 283, "case", "csae", "ON1021", "csae"},
    {Sort::Keyword, 290, "expect", "expct", "ON1021", "expct"},
    // ---- an exception, or another one that names provisions, to what is not there
    {Sort::Target, 249, "duty 5(2)", "duty 5(3)", "ON2008", "5(3)"},
    {Sort::Target, 256, "exception 21(2)", "exception 21(4)", "ON2008", "21(4)"},
    {Sort::Target, 262, "prohibition 7", "prohibition 77", "ON2008", "77"},
    {Sort::Target, 252, "duty 6(2)", "prohibition 6(2)", "ON2008", "6(2)"},
    {Sort::Target, 259, "duty 11", "duty 111", "ON2008", "111"},
    {Sort::Target, 268, "duty 5(1)", "duty 5", "ON2008", "5"},
    {Sort::Target, 271, "duty 12(1)", "duty 1(12)", "ON2008", "1(12)"},
    {Sort::Target, 274, "definition 2(3)", "definition 2(33)", "ON2008", "2(33)"},
    {Sort::Target, 291, "definition 2(1)", "definition 2", "ON2008", "2"},
    // ---- a day that is not in the calendar
    {Sort::Date, 68, "2023-12-31", "2023-02-29", "ON2057", "2023-02-29"},
    {Sort::Date, 137, "2025-12-31", "2026-02-30", "ON2057", "2026-02-30"},
    {Sort::Date, 272, "2024-01-01", "2024-13-01", "ON2057", "2024-13-01"},
    {Sort::Date, 4, "2024-07-01", "2024-06-31", "ON2057", "2024-06-31"},
    {Sort::Date, 13, "2025-12-31", "2025-11-31", "ON2057", "2025-11-31"},
    {Sort::Date, 115, "2025-01-01", "2025-00-01", "ON2057", "2025-00-01"},
    {Sort::Date, 152, "2025-06-01", "2025-06-00", "ON2057", "2025-06-00"},
    {Sort::Date, 162, "2034-12-31", "2034-12-32", "ON2057", "2034-12-32"},
    {Sort::Date, 175, "2025-07-01", "2025-09-31", "ON2057", "2025-09-31"},
    {Sort::Date, 269, "2026-07-01", "2026-06-31", "ON2057", "2026-06-31"},
    {Sort::Date, 283, "2025-08-01", "2025-02-29", "ON2057", "2025-02-29"},
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

const std::string& vocabulary() {
  static const std::string text = read_project_file("tests/unit/model/fixtures/data-centres.onus");
  return text;
}
const std::vector<std::string>& sound() {
  static const std::vector<std::string> lines = lines_of(read_project_file("tests/unit/model/fixtures/data-centre-act.onus"));
  return lines;
}

void make(std::vector<std::string>& lines, const Mistake& mistake) {
  std::string& line = lines[mistake.line - 1];
  const std::size_t at = line.find(mistake.from);
  CAPTURE(line);
  CAPTURE(mistake.from);
  REQUIRE(at != std::string::npos);
  REQUIRE(line.find(mistake.from, at + 1) == std::string::npos);
  line.replace(at, mistake.from.size(), mistake.to);
}

Built built_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return build({text, vocabulary()});
}

std::string shown(std::uint32_t line, std::string_view code, std::string_view marks) {
  return std::to_string(line) + ' ' + std::string(code) + " [" + std::string(marks) + ']';
}
// What was said, as `shown` has it; a mark of nothing must be at the end of its line.
std::vector<std::string> said(const Built& built) {
  std::vector<std::string> result;
  for (const Diagnostic& it : built.sink.sorted()) {
    const Position place = built.sources.file(it.span.file).position(it.span.begin);
    std::string one = shown(place.line, info(it.kind).code, built.sources.text(it.span));
    const std::string_view rest = built.sources.file(it.span.file).text().substr(it.span.end);
    if (it.span.begin == it.span.end && !rest.starts_with('\n')) one += " inside the line";
    if (it.span.file.index != 0) one += " in the vocabulary";
    result.push_back(std::move(one));
  }
  return result;
}

}  // namespace

TEST_CASE("the text has three hundred lines and no mistake") {
  CHECK(sound().size() == 300);
  CHECK(built_of(sound()).messages() == "");
}

TEST_CASE("a mistake alone gives one message, at its place") {
  std::array<int, sorts> places{};
  for (const Mistake& mistake : mistakes) {
    std::vector<std::string> lines = sound();
    make(lines, mistake);
    ++places[static_cast<std::size_t>(mistake.sort)];
    const Built built = built_of(lines);
    CAPTURE(mistake.line);
    CAPTURE(mistake.to);
    INFO(built.messages());
    CHECK(said(built) == std::vector<std::string>{shown(mistake.line, mistake.code, mistake.marks)});
  }
  for (const int count : places) CHECK(count >= 3);
}

TEST_CASE("ten mistakes give ten messages, each at its place") {
  for (int round = 0; round < 3; ++round) {
    std::vector<std::string> lines = sound();
    std::vector<std::pair<std::uint32_t, std::string>> wanted;
    std::array<int, sorts> seen{};
    for (const Mistake& mistake : mistakes) {
      if (seen[static_cast<std::size_t>(mistake.sort)]++ != round) continue;
      make(lines, mistake);
      wanted.emplace_back(mistake.line, shown(mistake.line, mistake.code, mistake.marks));
    }
    std::stable_sort(wanted.begin(), wanted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> texts;
    for (auto& one : wanted) texts.push_back(std::move(one.second));
    REQUIRE(texts.size() == sorts);
    const Built built = built_of(lines);
    CAPTURE(round);
    INFO(built.messages());
    CHECK(said(built) == texts);
  }
}
