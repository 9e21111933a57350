// Reads grammar/onus.ebnf, expands it over the depth of lists, and answers the questions one asks of an LL(1) grammar:
// its conflicts, its reserved words, whether it accepts a sequence of tokens, and sentences of its own making.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace onus::ebnf {

// Terminals are named by their word or mark ("if", "."), by their token class ("STRING"), or "BULLET2", "NEXT2".
class Grammar {
 public:
  // Lists nest at most `depth` deep in the expansion. Throws std::runtime_error with the place when the text is no grammar.
  explicit Grammar(std::string_view text, unsigned depth = 4);

  struct Conflict {
    std::string rule;
    std::string terminal;
  };
  [[nodiscard]] const std::vector<Conflict>& conflicts() const { return conflicts_; }
  [[nodiscard]] const std::set<std::string>& hard() const { return hard_; }
  [[nodiscard]] const std::set<std::string>& soft() const { return soft_; }          // without those below
  [[nodiscard]] const std::set<std::string>& no_start() const { return no_start_; }
  [[nodiscard]] std::size_t rule_count() const { return rules_; }
  [[nodiscard]] std::size_t production_count() const { return productions_.size(); }

  // The index of the first terminal that the grammar does not accept, or nothing for a sentence. One terminal too few is
  // an error at the end.
  [[nodiscard]] std::optional<std::size_t> first_error(const std::vector<std::string>& terminals) const;

  // A random sentence. After `budget` terminals the shortest continuation is taken everywhere.
  [[nodiscard]] std::vector<std::string> sentence(std::mt19937& random, std::size_t budget) const;

 private:
  struct Symbol {
    bool terminal;
    std::string name;
  };
  using Sequence = std::vector<Symbol>;
  struct Item;  // a node of the text as it was read
  class Reader;
  class Expansion;

  [[nodiscard]] std::pair<std::set<std::string>, bool> first_of(const Sequence& sequence, std::size_t from) const;
  void compute_sets();
  void compute_table();
  void compute_lengths();

  std::map<std::string, std::vector<Sequence>> productions_;
  std::map<std::string, std::set<std::string>> first_;
  std::map<std::string, std::set<std::string>> follow_;
  std::map<std::string, bool> nullable_;
  std::map<std::string, std::map<std::string, std::size_t>> table_;
  std::map<std::string, std::vector<std::size_t>> lengths_;  // of the shortest sentence of each production
  std::vector<Conflict> conflicts_;
  std::set<std::string> hard_;
  std::set<std::string> soft_;
  std::set<std::string> no_start_;
  std::size_t rules_ = 0;
};

}  // namespace onus::ebnf
