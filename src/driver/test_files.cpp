#include "driver/test_files.hpp"

#include "driver/patterns.hpp"
#include "driver/session.hpp"
#include "driver/settings.hpp"

namespace onus::driver {

void TestFiles::gather(std::vector<std::string> paths) {
  if (paths.empty()) paths.emplace_back(".");
  std::vector<std::string> all;
  for (auto& path : paths) {
    const auto found = matching(loader_, path);
    if (found && !found->empty()) {
      all.insert(all.end(), found->begin(), found->end());
    } else {
      all.push_back(std::move(path));
    }
  }
  std::vector<std::string> folders;
  for (const auto& path : all) {
    if (loader_.kind(path) == PathKind::Folder) {
      folders.push_back(path);
      continue;
    }
    // A file that is not there, or is neither: the session that opens it says so.
    FileForm form = form_of(path);
    if (form == FileForm::Unknown) form = form_of(path, loader_.read(path, limits_.yaml_file_bytes).text);
    if (form == FileForm::Yaml || form == FileForm::Json) {
      named_.cases.push_back(path);
      named_.named.insert(path);
    } else {
      named_.rules.push_back(path);
    }
  }
  for (const auto& folder : folders) scan(folder);
  if (!named_.rules.empty()) return;
  for (const auto& path : named_.cases) place(path, true);
}

void TestFiles::walk(const std::string& folder, std::size_t depth, std::vector<std::string>& rules, std::vector<std::string>& cases) {
  constexpr std::size_t most_depth = 64;
  for (const auto& entry : loader_.list(folder)) {
    const std::string path = below(folder, entry.name);
    if (entry.kind == PathKind::Folder && depth < most_depth) walk(path, depth + 1, rules, cases);
    if (entry.kind != PathKind::File) continue;
    switch (form_of(entry.name)) {
      case FileForm::Rules: rules.push_back(path); break;
      case FileForm::Yaml:
      case FileForm::Json: cases.push_back(path); break;
      case FileForm::Unknown: break;
    }
  }
}

// Vocabularies and drafts are tested through what uses them.
bool TestFiles::is_regulation(const std::string& path) {
  const auto loaded = loader_.read(path, limits_.rule_file_bytes);
  if (loaded.problem != LoadProblem::None) return true;
  const auto word = first_word(loaded.text);
  return word != "vocabulary" && word != "draft";
}

// A data file of another kind may lie beside the cases.
TestFiles::Content TestFiles::content(const std::string& path) {
  const bool json = form_of(path) == FileForm::Json;
  const auto loaded = loader_.read(path, json ? limits_.json_file_bytes : limits_.yaml_file_bytes);
  if (loaded.problem != LoadProblem::None) return Content::Case;
  const auto key = loaded.text.find(json ? "\"onus\"" : "onus:");
  if (key == std::string::npos) return Content::Other;
  const std::string_view version = std::string_view(loaded.text).substr(key, loaded.text.find('\n', key) - key);
  return version.find("source/") == std::string_view::npos ? Content::Case : Content::Source;
}

void TestFiles::scan(const std::string& folder) {
  std::vector<std::string> rules;
  std::vector<std::string> cases;
  walk(folder, 0, rules, cases);
  bool own_rules = false;
  for (const auto& path : rules) {
    if (!is_regulation(path)) continue;
    own_rules = true;
    if (scanned_.insert(path).second) sets_[loader_.folder_of(path)].rules.push_back(path);
  }
  for (const auto& path : cases) {
    if (!scanned_.insert(path).second) continue;
    const auto what = content(path);
    if (what == Content::Source) continue;   // what provisions a text has is no test of any
    if (what == Content::Other) {
      left_out_.push_back({path, "", "it does not say `onus: case/1`"});
    } else if (!own_rules && !named_.rules.empty()) {
      named_.cases.push_back(path);
    } else {
      place(path, false);
    }
  }
}

// Puts a case file to the rules that it belongs to.
void TestFiles::place(const std::string& path, bool named) {
  const auto root = loader_.root_of(path);
  std::string folder = loader_.folder_of(path);
  for (int level = 0; level < 64; ++level) {
    if (has_regulations(folder)) {
      sets_[folder].cases.push_back(path);
      if (named) sets_[folder].named.insert(path);
      return;
    }
    if (folder == root || folder == "." || folder == "/" || folder.ends_with("..")) break;
    folder = loader_.folder_of(folder);
  }
  if (!named && !named_.rules.empty()) {
    named_.cases.push_back(path);
    return;
  }
  if (named) throw UsageError(path + ": no regulation lies beside it or above it; name its rule files too");
  left_out_.push_back({path, "", "no regulation lies beside it or above it; name its rule files too"});
}

bool TestFiles::has_regulations(const std::string& folder) {
  auto& set = sets_[folder];
  if (!set.rules.empty()) return true;
  for (const auto& entry : loader_.list(folder)) {
    const std::string path = below(folder, entry.name);
    if (entry.kind == PathKind::File && form_of(entry.name) == FileForm::Rules && is_regulation(path)) set.rules.push_back(path);
  }
  if (set.rules.empty()) {
    sets_.erase(folder);
    return false;
  }
  return true;
}

std::vector<RuleSet> TestFiles::sets() const {
  std::vector<RuleSet> result;
  if (!named_.rules.empty()) result.push_back(named_);
  for (const auto& [folder, set] : sets_) result.push_back(set);
  return result;
}

}  // namespace onus::driver
