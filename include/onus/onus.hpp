// onus as a library: what the command line does, as functions.
//
//   auto loader = onus::disk_loader();
//   onus::CheckRequest request;
//   request.paths = {"rules/eu/ai-act/gpai.onus", "case.yaml"};
//   const onus::CheckResult result = onus::check(request, *loader);
//   for (const auto& verdict : result.verdicts) … verdict.provision, verdict.verdict …
//
// Every function returns the text for standard output, the text for standard error and the exit code that the command line
// has for it; equal input gives equal bytes. Nothing is written and nothing is opened but through the loader. A function may
// throw std::bad_alloc, and std::logic_error for a mistake in the library itself; never for what the input says.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "onus/loader.hpp"

namespace onus {

// "0.1.0"
std::string_view version();

enum class Exit : int {
  Fine = 0,
  Findings = 1,    // a duty overdue, a prohibition breached; tests failed
  Usage = 2,       // the request itself is wrong: an unknown name, a date that is none
  Rejected = 3,    // input was rejected, or nothing was checked
  Undecided = 4,   // undecided for want of facts, where a decision was required
  Limit = 5,       // a limit left something undecided
  Output = 6,      // output could not be written
  Internal = 70,
};

enum class Format : std::uint8_t { Human, Json, Junit, Markdown, Calendar };

// How text for people looks on one stream.
struct Layout {
  bool colour = false;
  std::size_t columns = 100;
};

struct Result {
  Exit exit = Exit::Fine;
  std::string out;        // the result
  std::string messages;   // diagnostics and everything else
};

// What every request may say.
struct Common {
  Format format = Format::Human;
  std::string picture;                      // of what draws one: "dot" (the default), "mermaid" or "svg"
  Layout out_layout, messages_layout;
  bool quiet = false;                       // errors only
  bool verbose = false;                     // also what was read
  std::optional<std::uint64_t> max_errors;  // shown for a file
  std::vector<std::pair<std::string, std::string>> limits;   // by the names of `onus limits`
  // Set by somebody else while a request runs: `check` and `test` then stop asking, and report what was decided before, the
  // rest as not decided (Exit::Limit).
  const std::atomic<bool>* stop = nullptr;
};

// What the rules are taken to be.
struct Assumptions {
  std::vector<std::string> assume_in_force;                     // labels of regulations
  std::vector<std::pair<std::string, std::string>> parameters;  // name, value as in a rule: "1e26 FLOP"
  std::vector<std::string> readings;                            // names
  bool no_defaults = false;                                     // silence of a case closes nothing
};

// ---- check --------------------------------------------------------------------------------------------------------------

struct CheckRequest {
  std::vector<std::string> paths;       // rule files, folders of them, case files, in any order
  std::optional<std::string> as_of;     // wins over the case's date
  // With one of these, the timeline of each row in place of its verdict (Format::Markdown: behind it). `from` alone looks as far
  // as the limit `timeline-days` goes, `to` alone begins on the as-of date.
  std::optional<std::string> from, to;
  Assumptions assumptions;
  bool require_decided = false;
  bool all = false;                     // with the reasons of what does not apply
  Common common;
};

// One verdict on a norm (`conclusion` empty) or on a conclusion (`conclusion` says which).
struct Verdict {
  std::string case_name, as_of, regulation, provision, kind;
  std::string bearer;                   // of a conclusion: its subject
  std::string object;                   // empty: none
  std::string conclusion;
  std::string verdict;                  // "applies", "holds", …; "undecided" where a limit was reached
  std::string status;                   // of a norm: "open", "due", "met", "overdue", "breached"
  std::vector<std::string> because;
  std::vector<std::string> depends_on;
  std::vector<std::string> due;         // dates, as far as they are known
};

struct CheckResult : Result {
  std::vector<Verdict> verdicts;
  std::size_t cases = 0, rejected = 0;
};

CheckResult check(const CheckRequest& request, Loader& loader);

// ---- test ---------------------------------------------------------------------------------------------------------------

struct TestRequest {
  std::vector<std::string> paths;           // rule files, case files, folders of both; empty: the folder "."
  std::optional<std::string> only;          // -k: cases whose name has this in it
  Common common;
};

struct TestResult : Result {
  std::size_t cases = 0, passed = 0, failed = 0, rejected = 0, expectations = 0;
};

TestResult test(const TestRequest& request, Loader& loader);

// ---- coverage -----------------------------------------------------------------------------------------------------------

struct CoverageRequest {
  std::vector<std::string> paths;           // rule files, case files, folders of both, as `test` takes them
  std::vector<std::string> texts;           // lists of what source texts have (`onus: source/1`)
  bool all = false;                         // also what is reached and accounted for
  std::optional<std::string> fail_under;    // a percentage: Exit::Findings where fewer sides are reached
  bool require_all = false;                 // Exit::Findings where anything is not reached, or not accounted for
  Common common;
};

struct CoverageResult : Result {
  std::size_t cases = 0, rejected = 0;
  std::size_t sides = 0, reached = 0;       // of conditions, provisions and cases of values
  std::size_t items = 0, unaccounted = 0;   // of source texts; citations that no list has count as unaccounted
};

CoverageResult coverage(const CoverageRequest& request, Loader& loader);

// ---- the rest -------------------------------------------------------------------------------------------------------------

struct ShowRequest {
  std::vector<std::string> paths;
  std::vector<std::string> only;            // "terms", "parameters", "provisions", …; empty: everything
  Common common;
};
Result show(const ShowRequest& request, Loader& loader);

// The decision graph of provisions, as a picture (Graphviz's dot, or Mermaid) or as JSON. For "svg" it is dot too: the library
// runs no other program.
struct GraphRequest {
  std::vector<std::string> paths;
  std::vector<std::string> provisions;      // names as `show` has them; empty: all
  std::optional<std::string> actor;         // norms that this role or kind of actor bears: "provider"
  std::optional<std::string> as_of;         // none: the day is asked for too
  // "applies" or "does-not-apply": instead of a picture a case file in which the one provision named does so, near to a plain
  // case and confirmed by the judge of `check`.
  std::optional<std::string> example;
  Assumptions assumptions;                  // readings and defaults have no meaning here
  Common common;
};
Result decision_graph(const GraphRequest& request, Loader& loader);

// A case file to fill in: what the rules ask for.
struct NewCaseRequest {
  std::vector<std::string> paths;
  std::optional<std::string> as_of;         // default: today
  Common common;
};
Result new_case(const NewCaseRequest& request, Loader& loader);

// The page of a diagnostic: by code ("ON1023"), by name ("missing-full-stop"); none: the list of all.
Result rule_page(const std::optional<std::string>& code, const Common& common);
Result limits_page(const Common& common);
// A JSON Schema: "case", "check", "timeline", "test", "show", "coverage", "graph", "diagnostics"; none: their list. `rules`: of case
// files for just these.
struct SchemaRequest {
  std::optional<std::string> name;
  std::vector<std::string> rules;
  Common common;
};
Result schema(const SchemaRequest& request, Loader& loader);

// ---- words ----------------------------------------------------------------------------------------------------------------

// The candidate that a mistyped word most likely means.
std::optional<std::string> suggestion(std::string_view word, const std::vector<std::string>& candidates);
// Text of a user made safe for a terminal.
std::string shown(std::string_view text);

}  // namespace onus
