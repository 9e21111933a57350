// Which rule files belong together in tests, and which cases belong to them.
//
// Rule files that are named form one set, and the case files named with them are judged by it, also those of a folder without
// regulations. In a folder, the regulations of each folder form a set of their own, and a case file belongs to the nearest
// folder upwards that holds a regulation.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/limits.hpp"
#include "onus/loader.hpp"
#include "report/check.hpp"

namespace onus::driver {

// Looking for tests and reading them is one reading of each file.
class Cache final : public Loader {
 public:
  explicit Cache(Loader& loader) : loader_(loader) {}
  PathKind kind(const std::string& path) override { return loader_.kind(path); }
  Loaded read(const std::string& path, std::uint64_t most_bytes) override {
    const auto it = read_.find(path);
    if (it != read_.end()) return it->second;
    return read_.emplace(path, loader_.read(path, most_bytes)).first->second;
  }
  std::vector<FolderEntry> list(const std::string& folder) override { return loader_.list(folder); }
  std::optional<std::string> root_of(const std::string& path) override { return loader_.root_of(path); }
  std::string folder_of(const std::string& path) override { return loader_.folder_of(path); }
  Loaded read_below(const std::string& root, const std::string& relative, std::uint64_t most_bytes) override {
    const std::string key = root + "\n" + relative;
    const auto it = below_.find(key);
    if (it != below_.end()) return it->second;
    return below_.emplace(key, loader_.read_below(root, relative, most_bytes)).first->second;
  }

 private:
  Loader& loader_;
  std::map<std::string, Loaded> read_, below_;
};

struct RuleSet {
  std::vector<std::string> rules, cases;
  std::set<std::string> named;   // of the cases: those that were named, not found in a folder
};

class TestFiles {
 public:
  TestFiles(Loader& loader, const Limits& limits) : loader_(loader), limits_(limits) {}

  // Files, folders and patterns of either; none: this folder. Throws a UsageError for a case file that belongs to no rules.
  void gather(std::vector<std::string> paths);

  // The sets in their order; of each its files in theirs.
  [[nodiscard]] std::vector<RuleSet> sets() const;
  // Files of folders that take no part.
  [[nodiscard]] const std::vector<reports::LeftOut>& left_out() const { return left_out_; }

 private:
  void walk(const std::string& folder, std::size_t depth, std::vector<std::string>& rules, std::vector<std::string>& cases);
  bool is_regulation(const std::string& path);
  enum class Content : std::uint8_t { Case, Source, Other };
  Content content(const std::string& path);
  void scan(const std::string& folder);
  void place(const std::string& path, bool named);
  bool has_regulations(const std::string& folder);

  Loader& loader_;
  const Limits& limits_;
  RuleSet named_;
  std::map<std::string, RuleSet> sets_;   // by folder
  std::set<std::string> scanned_;         // in folders; these may overlap
  std::vector<reports::LeftOut> left_out_;
};

}  // namespace onus::driver
