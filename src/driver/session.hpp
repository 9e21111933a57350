// One run over one set of rules: what was read, what is wrong with it, the model and its formulas.
//
// Every text comes through a Loader, once. Rule files bring the files that they `use`, which are looked for below the root:
// the nearest folder upwards that holds `onus.toml`, else the folder of the first file named. Nothing above this stage opens
// a file, and nothing below it is called again once its value is there.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"
#include "data/document.hpp"
#include "diagnostics/diagnostic.hpp"
#include "formula/formula.hpp"
#include "model/build.hpp"
#include "model/model.hpp"
#include "onus/loader.hpp"
#include "report/check.hpp"
#include "source/source.hpp"
#include "syntax/tree.hpp"

namespace onus::driver {

enum class FileForm : std::uint8_t { Rules, Yaml, Json, Unknown };

// By the ending of the name; a name without a known one (standard input) by how the text begins.
FileForm form_of(std::string_view path, std::string_view text);
// By the ending alone.
FileForm form_of(std::string_view path);
// The first word of a text behind blanks and comments: "regulation", "vocabulary", "onus".
std::string_view first_word(std::string_view text);

struct CaseText {
  FileId file;
  std::optional<data::Document> document;   // none: it could not be read
};

class Session {
 public:
  Session(Loader& loader, const Limits& limits) : loader_(&loader), limits_(limits) {}

  // What a person named: a rule file, a case file, a folder of either, or a pattern of such. Problems are diagnostics.
  void open(const std::string& path);

  // Builds the model from the rule files. False when one of them, or the model, has an error.
  bool build(model::InlineCases cases = model::InlineCases::Resolved);
  // Warns of regulations, named or found in a folder, that have nothing in them. Precondition: built.
  void check_provisions();
  void lower(const formula::Options& options) { program_ = std::make_unique<formula::Program>(formula::lower(model_, options)); }

  [[nodiscard]] SourceStore& sources() { return sources_; }
  [[nodiscard]] const SourceStore& sources() const { return sources_; }
  [[nodiscard]] Sink& sink() { return sink_; }
  [[nodiscard]] const Sink& sink() const { return sink_; }
  [[nodiscard]] const Limits& limits() const { return limits_; }
  [[nodiscard]] const model::Model& model() const { return model_; }
  [[nodiscard]] const formula::Program& program() const { return *program_; }
  [[nodiscard]] const std::vector<CaseText>& cases() const { return cases_; }
  // `hashed`: with the hash of each (some milliseconds a megabyte).
  [[nodiscard]] std::vector<reports::InputFile> inputs(bool hashed = true) const;
  [[nodiscard]] std::size_t rule_files() const { return taken_.size(); }
  [[nodiscard]] bool has_rules() const { return !taken_.empty() || rules_failed_; }
  // What folders hold and takes no part, and why: drafts, and the cases of a folder with rules.
  [[nodiscard]] std::vector<reports::LeftOut> left_out() const;
  [[nodiscard]] bool passed_over_cases() const { return !passed_over_.empty(); }
  // The rule file was not named but found in a folder: it counts only where its status has effect.
  [[nodiscard]] bool from_folder(FileId file) const;
  [[nodiscard]] bool was_named(FileId file) const;

 private:
  struct RuleText {
    FileId file;
    std::string root;
    Sink sink;               // what is wrong with its bytes and its surface
    bool readable = false;   // its bytes are text, so there is a tree
    syntax::Tree tree;
    bool taken = false;
    bool named = false;
    bool in_folder = false;
    bool on_chain = false;   // its `use` lines are being followed
  };

  void open_one(const std::string& path);
  // The regulations of a folder and of the folders in it; where there are none, its case files.
  void open_folder(const std::string& path);
  std::optional<std::size_t> read_rules(Loaded loaded, const std::string& root);
  void take(std::size_t index);
  void follow_uses(std::size_t index);
  std::optional<std::size_t> find_used(std::size_t user, const std::string& path, Span span);
  void take_case(Loaded loaded, FileForm form);
  Loaded read(const std::string& path, FileForm form);
  std::string root_for(const std::string& path);
  FileId note_problem(const Loaded& loaded);
  struct Found {
    std::vector<std::string> rules, cases;
  };
  void walk(const std::string& folder, std::size_t depth, Found& found);

  Loader* loader_;
  Limits limits_;
  SourceStore sources_;
  Sink sink_;
  std::deque<RuleText> rules_;                      // all that were read
  std::vector<std::size_t> taken_;                  // those that take part, in order
  std::vector<std::size_t> chain_;                  // of `use`, while it is followed
  std::map<std::string, std::size_t> by_identity_;
  std::map<std::string, std::size_t> by_name_;      // root, a line end, and the path in a `use`
  std::map<std::string, std::string> case_identities_;   // and how the file was named first
  std::vector<std::pair<std::string, std::vector<std::string>>> passed_over_;   // folders with rules, and the case files in them
  std::optional<std::string> first_folder_;
  std::vector<CaseText> cases_;
  std::vector<reports::LeftOut> left_out_;
  bool rules_failed_ = false;
  bool incomplete_ = false;          // a file that another uses could not be read
  model::Model model_;
  std::unique_ptr<formula::Program> program_;
};

}  // namespace onus::driver
