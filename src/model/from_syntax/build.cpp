// The order in which a model is built: what is declared anywhere is known before anything that uses it is read.
#include "model/build.hpp"

#include "model/from_syntax/builder.hpp"

namespace onus::model {

std::vector<UseClause> uses_of(const syntax::Tree& tree, const SourceStore& sources) {
  std::vector<UseClause> result;
  if (tree.size() == 0) return result;
  for (const syntax::NodeRef body : tree.root().children()) {
    for (const syntax::NodeRef use : body.children()) {
      const bool broken = use.is(syntax::NodeKind::Error) && use.text(sources).starts_with("use ");
      if (!use.is(syntax::NodeKind::Use) && !broken) continue;
      const auto string = use.child(syntax::NodeKind::String);
      const std::string_view quoted = string ? string->text(sources) : std::string_view();
      if (quoted.size() < 2 || !quoted.starts_with('"') || !quoted.ends_with('"')) {
        result.push_back({{}, use.span()});
        continue;
      }
      result.push_back({std::string(quoted.substr(1, quoted.size() - 2)), string->span()});
    }
  }
  return result;
}

Model build(const SourceStore& sources, std::span<const RuleFile> files, Sink& sink, InlineCases cases) {
  return from_syntax::Builder(sources, sink).run(files, cases);
}

namespace from_syntax {

// A large file holds a million expressions: growing into them step by step would move each several times.
void Builder::reserve(std::span<const RuleFile> files) {
  std::size_t exprs = 0;
  std::size_t conditions = 0;
  for (const RuleFile& file : files) {
    if (file.tree == nullptr) continue;
    for (const syntax::Node& node : file.tree->nodes()) {
      switch (node.kind) {
        case NodeKind::Path:
        case NodeKind::Quantity:
        case NodeKind::DateValue:
        case NodeKind::Today: ++exprs; break;
        case NodeKind::Statement:
        case NodeKind::Also: ++conditions; break;
        default: break;
      }
    }
  }
  model_.exprs.reserve(exprs);
  model_.conditions.reserve(conditions + conditions / 2);
}

Model Builder::run(std::span<const RuleFile> files, InlineCases cases) {
  const std::size_t errors = sink_.errors();
  reserve(files);
  open_files(files);
  declare_kinds();
  declare_sources();
  declare_terms();
  declare_parameters();
  register_provisions();
  declare_values();
  infer_value_types();
  resolve_references();
  resolve_provisions();
  report_untyped_values();
  resolve_attackers();
  check_followers();
  find_cycles();
  check_parameter_days();
  check_guards();
  resolve_cases(cases);
  if (sink_.errors() != 0) check_literals();
  settle_unknown();
  bool broken = sink_.errors() != errors;
  for (const Draft& draft : drafts_) broken = broken || !draft.sound;
  if (broken) leave_out_unsound();
  return std::move(model_);
}

}  // namespace from_syntax
}  // namespace onus::model
