#include "driver/session.hpp"

#include <algorithm>
#include <utility>

#include "base/date.hpp"
#include "base/text.hpp"
#include "data/json.hpp"
#include "data/yaml.hpp"
#include "diagnostics/text.hpp"
#include "driver/patterns.hpp"
#include "grammar/parse.hpp"
#include "model/build.hpp"
#include "report/text.hpp"

namespace onus::driver {
namespace {

// The day on which the text that a rule file encodes was read: `// Encoded, as of 2026-11-24` in its first comment.
std::optional<Date> encoded_as_of(std::string_view text) {
  constexpr std::string_view mark = "as of ";
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (text.starts_with("//")) {
    const auto line = text.substr(0, text.find('\n'));
    const std::string lower = lower_case(line);
    const auto encoded = lower.find("encoded");
    const auto at = encoded == std::string::npos ? encoded : lower.find(mark, encoded);
    if (at != std::string::npos && line.size() >= at + mark.size() + 10) {
      if (const auto date = parse_date(line.substr(at + mark.size(), 10))) return *date;
    }
    if (line.size() == text.size()) break;
    text.remove_prefix(line.size() + 1);
  }
  return std::nullopt;
}

syntax::NodeKind file_kind(const syntax::Tree& tree) {
  if (const auto child = tree.root().child_node()) return child->kind();
  return syntax::NodeKind::Error;
}

std::string_view what_it_is(LoadProblem problem) {
  return problem == LoadProblem::Folder ? "a folder" : "a pipe, a device or a socket";
}

}  // namespace

std::string_view first_word(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (;;) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    text.remove_prefix(begin);
    if (!text.starts_with("//") && !text.starts_with("#")) break;
    const auto line_end = text.find('\n');
    if (line_end == std::string_view::npos) return {};
    text.remove_prefix(line_end);
  }
  return text.substr(0, text.find_first_of(" \t\r\n:\"{["));
}

FileForm form_of(std::string_view path) {
  const std::string lower = lower_case(path);
  if (lower.ends_with(".onus")) return FileForm::Rules;
  if (lower.ends_with(".yaml") || lower.ends_with(".yml")) return FileForm::Yaml;
  if (lower.ends_with(".json")) return FileForm::Json;
  return FileForm::Unknown;
}

FileForm form_of(std::string_view path, std::string_view text) {
  const FileForm form = form_of(path);
  if (form != FileForm::Unknown) return form;
  const auto word = first_word(text);
  if (word == "vocabulary" || word == "regulation" || word == "draft") return FileForm::Rules;
  if (word == "onus") return FileForm::Yaml;
  const auto begin = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (begin != std::string_view::npos && (text[begin] == '{' || text[begin] == '[')) return FileForm::Json;
  return FileForm::Unknown;
}

// ---- reading ------------------------------------------------------------------------------------------------------------

// A file that could not be read still has a name by which messages speak of it.
FileId Session::note_problem(const Loaded& loaded) {
  const FileId file = sources_.add(loaded.path, {});
  const Span span{file, 0, 0};
  switch (loaded.problem) {
    case LoadProblem::None: break;
    case LoadProblem::Missing: {
      std::vector<std::string> names;
      const std::string folder = loader_->folder_of(loaded.path);
      for (const auto& entry : loader_->list(folder)) names.push_back(entry.name);
      const auto slash = loaded.path.rfind('/');
      const std::string name = slash == std::string::npos ? loaded.path : loaded.path.substr(slash + 1);
      std::string hint;
      if (const auto near = nearest(names, name); near && names[*near] != name) {
        hint = "; did you mean `" + (slash == std::string::npos ? "" : loaded.path.substr(0, slash + 1)) + names[*near] + "`?";
      }
      if (matching(*loader_, loaded.path)) hint = "; nothing matches this pattern";
      diagnose<Kind::NoSuchFile>(sink_, span, hint);
      break;
    }
    case LoadProblem::Folder:
    case LoadProblem::NotAFile: diagnose<Kind::NotARegularFile>(sink_, span, what_it_is(loaded.problem)); break;
    case LoadProblem::Forbidden: diagnose<Kind::FileUnreadable>(sink_, span, "permission denied"); break;
    case LoadProblem::Outside: diagnose<Kind::FileUnreadable>(sink_, span, "it lies outside of the root"); break;
    case LoadProblem::TooLarge: {
      const FileForm form = form_of(loaded.path);
      const auto most = form == FileForm::Json   ? limits_.json_file_bytes
                        : form == FileForm::Yaml ? limits_.yaml_file_bytes
                                                 : limits_.rule_file_bytes;
      diagnose<Kind::FileTooLarge>(sink_, span, static_cast<std::int64_t>(loaded.size), static_cast<std::int64_t>(most));
      break;
    }
    case LoadProblem::Failed: diagnose<Kind::FileUnreadable>(sink_, span, loaded.detail); break;
  }
  return file;
}

Loaded Session::read(const std::string& path, FileForm form) {
  switch (form) {
    case FileForm::Rules: return loader_->read(path, limits_.rule_file_bytes);
    case FileForm::Yaml: return loader_->read(path, limits_.yaml_file_bytes);
    case FileForm::Json: return loader_->read(path, limits_.json_file_bytes);
    case FileForm::Unknown: break;
  }
  return loader_->read(path, std::max(limits_.yaml_file_bytes, limits_.rule_file_bytes));
}

void Session::open(const std::string& path) {
  const auto found = matching(*loader_, path);
  if (!found || found->empty()) return open_one(path);
  for (const auto& one : *found) open_one(one);
}

void Session::open_one(const std::string& path) {
  if (!first_folder_) first_folder_ = loader_->kind(path) == PathKind::Folder ? path : loader_->folder_of(path);
  if (loader_->kind(path) == PathKind::Folder) return open_folder(path);
  const FileForm named = form_of(path);
  Loaded loaded = read(path, named);
  if (loaded.problem != LoadProblem::None) {
    note_problem(loaded);
    if (named == FileForm::Rules) {
      rules_failed_ = true;
    } else {
      cases_.push_back({FileId{static_cast<std::uint32_t>(sources_.size() - 1)}, std::nullopt});
    }
    return;
  }
  const FileForm form = form_of(path, loaded.text);
  switch (form) {
    case FileForm::Rules: {
      const std::string root = root_for(path);
      if (const auto index = read_rules(std::move(loaded), root)) {
        rules_[*index].named = true;
        take(*index);
      }
      return;
    }
    case FileForm::Yaml:
    case FileForm::Json: return take_case(std::move(loaded), form);
    case FileForm::Unknown: break;
  }
  const FileId file = sources_.add(loaded.path, std::move(loaded.text));
  diagnose<Kind::UnknownFileForm>(sink_, Span{file, 0, 0},
                                  "rules begin with `vocabulary` or `regulation` (.onus), cases with `onus: case/1` (.yaml, .json)");
  cases_.push_back({file, std::nullopt});
}

std::string Session::root_for(const std::string& path) {
  if (auto root = loader_->root_of(path)) return *root;
  if (!first_folder_) first_folder_ = loader_->folder_of(path);
  return *first_folder_;
}

void Session::take_case(Loaded loaded, FileForm form) {
  const auto [known, fresh] = case_identities_.emplace(loaded.identity, loaded.path);
  if (!fresh) {
    diagnose<Kind::CaseNamedTwice>(sink_, Span{sources_.add(loaded.path, {}), 0, 0},
                                   known->second == loaded.path ? std::string() : ", first as `" + known->second + "`");
    return;
  }
  const FileId file = sources_.add(loaded.path, std::move(loaded.text));
  auto document = form == FileForm::Json ? data::read_json(sources_, file, limits_, sink_)
                                         : data::read_yaml(sources_, file, limits_, sink_);
  cases_.push_back({file, std::move(document)});
}

// ---- rule files -----------------------------------------------------------------------------------------------------------

std::optional<std::size_t> Session::read_rules(Loaded loaded, const std::string& root) {
  if (const auto known = by_identity_.find(loaded.identity); known != by_identity_.end()) return known->second;
  if (rules_.size() >= limits_.import_files) {
    const FileId file = sources_.add(loaded.path, {});
    if (!rules_failed_) diagnose<Kind::TooManyFiles>(sink_, Span{file, 0, 0}, static_cast<std::int64_t>(limits_.import_files));
    rules_failed_ = true;
    return std::nullopt;
  }
  const std::size_t index = rules_.size();
  by_identity_[loaded.identity] = index;
  RuleText& rules = rules_.emplace_back();
  rules.root = root;
  rules.file = sources_.add(std::move(loaded.path), std::move(loaded.text));
  rules.readable = check_text(sources_.file(rules.file), rules.file, rules.sink);
  if (rules.readable) rules.tree = syntax::parse(sources_, rules.file, rules.sink);
  return index;
}

// The file takes part: what is wrong with it counts, and what it uses takes part too.
void Session::take(std::size_t index) {
  RuleText& rules = rules_[index];
  if (rules.taken) return;
  rules.taken = true;
  taken_.push_back(index);
  for (const auto& diagnostic : rules.sink.all()) sink_.add(diagnostic);
  if (rules.sink.errors() > 0) rules_failed_ = true;
  if (rules.readable) follow_uses(index);
}

// The depth is counted: chain_ is at most import_depth long.
void Session::follow_uses(std::size_t index) {
  rules_[index].on_chain = true;
  chain_.push_back(index);
  for (const auto& use : model::uses_of(rules_[index].tree, sources_)) {
    if (use.path.empty() && rules_[index].sink.errors() > 0) {   // said already: it cannot be read
      incomplete_ = true;
      continue;
    }
    const auto used = find_used(index, use.path, use.span);
    if (!used) {
      rules_failed_ = true;
      continue;
    }
    if (rules_[*used].on_chain) {
      const auto from = std::find(chain_.begin(), chain_.end(), *used);
      std::vector<std::string> names;
      for (auto it = from; it != chain_.end(); ++it) names.push_back(sources_.file(rules_[*it].file).path());
      names.push_back(names.front());
      diagnose<Kind::UseCycle>(sink_, use.span, "`" + join(names, "` uses `") + "`");
      rules_failed_ = true;
      continue;
    }
    if (rules_[*used].taken) continue;
    if (chain_.size() >= limits_.import_depth) {
      diagnose<Kind::UseTooDeep>(sink_, use.span, static_cast<std::int64_t>(limits_.import_depth));
      rules_failed_ = true;
      continue;
    }
    take(*used);
  }
  chain_.pop_back();
  rules_[index].on_chain = false;
}

std::optional<std::size_t> Session::find_used(std::size_t user, const std::string& path, Span span) {
  const std::string root = rules_[user].root;
  const std::string relative = form_of(path) == FileForm::Rules ? path : path + ".onus";
  const std::string key = root + "\n" + relative;
  if (const auto known = by_name_.find(key); known != by_name_.end()) return known->second;
  bool inside = !relative.starts_with('/');
  for (std::size_t at = 0; at < relative.size();) {
    const std::size_t slash = std::min(relative.find('/', at), relative.size());
    inside = inside && relative.compare(at, slash - at, "..") != 0;
    at = slash + 1;
  }
  Loaded loaded;
  if (inside) {
    loaded = loader_->read_below(root, relative, limits_.rule_file_bytes);
  } else {
    loaded.problem = LoadProblem::Outside;
  }
  switch (loaded.problem) {
    case LoadProblem::None: {
      const auto index = read_rules(std::move(loaded), root);
      if (index) by_name_[key] = *index;
      return index;
    }
    case LoadProblem::Outside: diagnose<Kind::UseOutside>(sink_, span, path, root); break;
    case LoadProblem::Missing: {
      const auto slash = relative.rfind('/');
      const std::string folder = slash == std::string::npos ? "" : relative.substr(0, slash);
      std::vector<std::string> names;
      for (const auto& entry : loader_->list(folder.empty() ? root : root + "/" + folder)) {
        if (form_of(entry.name) == FileForm::Rules) names.push_back((folder.empty() ? "" : folder + "/") + entry.name.substr(0, entry.name.size() - 5));
      }
      auto near = nearest(names, path);
      if (!near && slash != std::string::npos) {   // written as seen from above the root
        names.push_back(path.substr(path.rfind('/') + 1));
        const std::string file = names.back() + (form_of(names.back()) == FileForm::Rules ? "" : ".onus");
        if (loader_->kind(below(root, file)) == PathKind::File) near = names.size() - 1;
      }
      const std::string hint = near ? "; did you mean `" + names[*near] + "`?" : "";
      auto reported = diagnose<Kind::UseNotFound>(sink_, span, relative, root, hint);
      if (near) reported.fix(span, "\"" + names[*near] + "\"");
      break;
    }
    case LoadProblem::Folder:
    case LoadProblem::NotAFile: diagnose<Kind::UseUnreadable>(sink_, span, relative, "it is " + std::string(what_it_is(loaded.problem))); break;
    case LoadProblem::Forbidden: diagnose<Kind::UseUnreadable>(sink_, span, relative, "permission denied"); break;
    case LoadProblem::TooLarge:
      diagnose<Kind::UseUnreadable>(sink_, span, relative, "it has " + std::to_string(loaded.size) + " bytes; the limit is " +
                                                               std::to_string(limits_.rule_file_bytes));
      break;
    case LoadProblem::Failed: diagnose<Kind::UseUnreadable>(sink_, span, relative, loaded.detail); break;
  }
  incomplete_ = true;
  return std::nullopt;
}

// ---- folders ----------------------------------------------------------------------------------------------------------------

void Session::walk(const std::string& folder, std::size_t depth, Found& found) {
  constexpr std::size_t most_depth = 64;
  for (const auto& entry : loader_->list(folder)) {
    const std::string path = below(folder, entry.name);
    if (entry.kind == PathKind::Folder && depth < most_depth) walk(path, depth + 1, found);
    if (entry.kind != PathKind::File) continue;
    switch (form_of(entry.name)) {
      case FileForm::Rules: found.rules.push_back(path); break;
      case FileForm::Yaml:
      case FileForm::Json: found.cases.push_back(path); break;
      case FileForm::Unknown: break;
    }
  }
}

void Session::open_folder(const std::string& folder) {
  Found found;
  walk(folder, 0, found);
  std::size_t regulations = 0;
  for (const auto& path : found.rules) {
    Loaded loaded = read(path, FileForm::Rules);
    if (loaded.problem != LoadProblem::None) {
      note_problem(loaded);
      rules_failed_ = true;
      ++regulations;   // perhaps
      continue;
    }
    const auto index = read_rules(std::move(loaded), root_for(path));
    if (!index) return;
    RuleText& rules = rules_[*index];
    const auto kind = rules.readable ? file_kind(rules.tree) : syntax::NodeKind::Error;
    if (kind == syntax::NodeKind::Vocabulary) continue;   // takes part where a regulation uses it
    if (kind == syntax::NodeKind::Draft) {
      left_out_.push_back({path, "", "a draft takes part only by name"});
      continue;
    }
    ++regulations;
    rules.in_folder = true;
    take(*index);
  }
  if (regulations > 0) {
    if (!found.cases.empty()) passed_over_.emplace_back(folder, std::move(found.cases));
    return;
  }
  for (const auto& path : found.cases) open_one(path);
  if (found.cases.empty()) {
    const FileId file = sources_.add(folder, {});
    diagnose<Kind::FolderWithoutRules>(sink_, Span{file, 0, 0});
    rules_failed_ = true;
  }
}

std::vector<reports::LeftOut> Session::left_out() const {
  std::vector<reports::LeftOut> result = left_out_;
  for (const auto& [folder, cases] : passed_over_) {
    std::vector<std::string> left;
    for (const auto& path : cases) {
      const bool taken = std::ranges::any_of(cases_, [&](const CaseText& one) { return sources_.file(one.file).path() == path; });
      if (!taken) left.push_back(path);
    }
    if (left.empty()) continue;
    const bool one = left.size() == 1;
    result.push_back({one ? left.front() : folder, "",
                      (one ? "a case file of a folder with rules" : std::to_string(left.size()) + " case files of a folder with rules") +
                          std::string(one ? " takes part only by name" : " take part only by name")});
  }
  return result;
}

bool Session::from_folder(FileId file) const {
  const auto it = std::find_if(rules_.begin(), rules_.end(), [&](const RuleText& rules) { return rules.file == file; });
  return it != rules_.end() && it->in_folder && !it->named;
}

bool Session::was_named(FileId file) const {
  return std::any_of(rules_.begin(), rules_.end(), [&](const RuleText& rules) { return rules.file == file && rules.named; });
}

// ---- the model ----------------------------------------------------------------------------------------------------------------

bool Session::build(model::InlineCases cases) {
  if (taken_.empty()) return false;   // nothing that was named could be read: there is no model to speak of
  // With a file missing, or nothing known of what it is, every name of it would be an unknown one.
  const bool whole = std::all_of(taken_.begin(), taken_.end(), [&](std::size_t index) {
    const auto& said = rules_[index].sink.all();
    return rules_[index].readable && std::none_of(said.begin(), said.end(), [](const Diagnostic& one) { return one.kind == Kind::NoTitle; });
  });
  std::size_t surface_errors = 0;
  for (const auto index : taken_) surface_errors += rules_[index].sink.errors();
  if (!whole || incomplete_ || (rules_failed_ && surface_errors == 0)) return false;
  std::vector<model::RuleFile> files;
  files.reserve(taken_.size());
  for (const auto index : taken_) files.push_back({rules_[index].file, &rules_[index].tree});
  const std::size_t before = sink_.errors();
  model_ = model::build(sources_, files, sink_, cases);
  if (sink_.errors() > before) rules_failed_ = true;
  return !rules_failed_;
}

void Session::check_provisions() {
  for (const auto id : model_.regulations.ids()) {
    const auto& regulation = model_.regulations[id];
    if (!was_named(regulation.file) && !from_folder(regulation.file)) continue;
    const auto inside = [&](const auto& one) { return one.regulation == id; };
    const bool any = std::any_of(model_.provisions.begin(), model_.provisions.end(), inside) ||
                     std::any_of(model_.cases.begin(), model_.cases.end(), inside);
    if (!any) diagnose<Kind::RegulationWithoutProvisions>(sink_, regulation.span, regulation.label);
  }
}

std::vector<reports::InputFile> Session::inputs(bool hashed) const {
  const auto hash = [&](const SourceFile& file) { return hashed ? file.sha256() : std::string(); };
  std::vector<reports::InputFile> inputs;
  for (const auto index : taken_) {
    const SourceFile& file = sources_.file(rules_[index].file);
    inputs.push_back({file.path(), hash(file), encoded_as_of(file.text())});
  }
  for (const auto& one : cases_) {
    const SourceFile& file = sources_.file(one.file);
    inputs.push_back({file.path(), hash(file), std::nullopt});
  }
  return inputs;
}

}  // namespace onus::driver
