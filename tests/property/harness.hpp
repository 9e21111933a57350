// Holds the product against the oracle on one generated rule set and case, counts what was seen, and shrinks what differs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "evaluate/evaluate.hpp"
#include "facts/case.hpp"
#include "formula/formula.hpp"
#include "model/model.hpp"
#include "oracle/oracle.hpp"
#include "property/generate.hpp"
#include "source/source.hpp"
#include "syntax/tree.hpp"

namespace onus::property {

// A rule set, compiled; `errors` says why it was not.
struct Compiled {
  SourceStore sources;
  std::vector<syntax::Tree> trees;
  model::Model model;
  formula::Program program;
  std::string errors;
};

std::unique_ptr<Compiled> compile(const std::string& vocabulary, const std::string& regulation);
// Nothing, and `errors`, when it was refused.
std::optional<facts::Case> read_case(Compiled& rules, const std::string& text, bool json, std::string& errors);

struct Seen {
  std::size_t cases = 0, clashes = 0, faulty = 0;
  std::size_t verdicts = 0;
  std::map<oracle::Verdict, std::size_t> norms, conclusions;   // compared verdicts of each class
  std::size_t because = 0;                  // compared grounds
  std::size_t gave_up = 0, inexact = 0;     // of the product
  std::map<std::string, std::size_t> unsupported;   // why the oracle passed on a verdict
  std::size_t unmatched = 0;                // rows of implied entities that the oracle could not name
  std::size_t unlisted = 0;                 // tuples without a row that were looked at

  void add(const Seen& other);
};

struct Comparison {
  oracle::Fault fault = oracle::Fault::None;
  bool because = true;
  bool implied = true;         // look at rows of implied entities
  bool unlisted = true;        // look at tuples for which the product prints no row
  std::size_t worlds = 4000;   // most that the oracle looks at for one question
  std::uint64_t budget = 2'000'000;   // steps of the product for one question
  bool no_defaults = false;
};

// What differs, a line each; empty: nothing.
std::vector<std::string> compare(const Compiled& rules, const facts::Case& the_case, const Comparison& how, Seen& seen);

// The smallest rules and case found by leaving out provisions, facts and entities while something still differs, as a text.
std::string shrink(Rules rules, CaseText text, const Comparison& how);

std::string verdict_word(oracle::Verdict verdict);

}  // namespace onus::property
