#include <algorithm>

#include "base/text.hpp"
#include "driver/graph_case.hpp"
#include "driver/run.hpp"
#include "report/graph.hpp"

namespace onus {

namespace {

constexpr std::size_t most_nodes = 400;   // of a picture that somebody is to look at

std::vector<std::string> names_of(const model::Model& model, model::ProvisionId id) {
  const auto& provision = model.provisions[id];
  return {model.name_of(id), provision.label, std::string(model::word(provision.kind)) + " " + provision.label};
}

std::vector<model::ProvisionId> named(const model::Model& model, const std::vector<std::string>& names) {
  std::vector<model::ProvisionId> found;
  for (const auto& name : names) {
    bool known = false, drawn = false;
    std::vector<std::string> candidates;
    for (const auto id : model.provisions.ids()) {
      const auto all = names_of(model, id);
      if (reports::has_graph(model.provisions[id])) candidates.push_back(all.front());
      if (std::find(all.begin(), all.end(), name) == all.end()) continue;
      known = true;
      if (!reports::has_graph(model.provisions[id])) continue;
      drawn = true;
      if (std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
    }
    if (!known) throw driver::UsageError("--provision: there is no provision `" + name + "`" + driver::hint(name, candidates));
    if (!drawn) throw driver::UsageError("--provision: `" + name + "` has no graph of its own: definitions, presumptions and norms do");
  }
  std::sort(found.begin(), found.end());
  return found;
}

// The bearer is of this kind, or is said to have this role.
bool is_borne_by(const formula::Program& program, model::ProvisionId id, const std::string& actor) {
  const auto& model = *program.model;
  const auto& provision = model.provisions[id];
  if (!model::is_norm(provision.kind) || !provision.bearer) return false;
  if (model.kinds[model.kind_of(*provision.bearer, provision.variables)].name == actor) return true;
  if (!provision.bearer->steps.empty()) {
    const auto& last = provision.bearer->steps.back();
    return last.kind == model::Step::Kind::Field && model.fields[last.field].name == actor;
  }
  const auto& formulas = program.formulas;
  std::vector<formula::FormulaId> open{program.of(id).scope};
  for (std::size_t at = 0; at < open.size(); ++at) {
    const auto& node = formulas[open[at]];
    if (node.op == formula::Op::And) open.insert(open.end(), node.children.begin(), node.children.end());
    if (node.op != formula::Op::Atom) continue;
    const auto& atom = formulas[node.atom];
    if (atom.kind != formula::AtomKind::Concluded || model.predicates[atom.predicate].name != actor) continue;
    const auto& path = formulas[atom.path];
    if (!path.parent.is_valid() && path.root == provision.bearer->root) return true;
  }
  return false;
}

// The case file that `--case` asks for.
void add_example(const formula::Program& program, model::ProvisionId id, const GraphRequest& request, const evaluate::Options& set,
                 const Limits& limits, Result& result) {
  const auto& model = *program.model;
  const auto& provision = model.provisions[id];
  if (provision.kind == model::ProvisionKind::Presumption) throw driver::UsageError("--case: name a definition or a norm");
  const bool wanted = *request.example == "applies";
  std::optional<Date> as_of;
  if (request.as_of) as_of = driver::date_of("--as-of", *request.as_of);
  graph::Budget budget;
  budget.nodes = limits.graph_nodes;
  budget.steps = limits.graph_steps;
  evaluate::Options options = set;
  options.budget = limits.graph_steps;
  const auto found = driver::graph_case(program, id, wanted, as_of, options, budget);
  const std::string name = model.name_of(id);
  const std::string says = model::is_norm(provision.kind) ? (wanted ? name + " applies" : name + " does not apply")
                                                          : "what " + name + (wanted ? " concludes holds" : " concludes does not hold");
  switch (found.outcome) {
    case driver::GraphCase::Outcome::Found:
      result.out = "# In this case " + says + "; found on the decision graph, confirmed by check.\n" + found.text;
      break;
    case driver::GraphCase::Outcome::Never:
      result.exit = Exit::Findings;
      result.messages += driver::message_line("there is no case in which " + says);
      break;
    case driver::GraphCase::Outcome::Unconfirmed:
      result.exit = Exit::Limit;
      result.messages += driver::message_line("undecided: of the " + std::to_string(found.looked_at) + " cases looked at in which, by the graph, " +
                                              says + ", check confirms none, so none is shown");
      break;
    case driver::GraphCase::Outcome::Undecided:
      result.exit = Exit::Limit;
      result.messages += driver::message_line("undecided: the graph of " + name + " needs more than the limits `graph-nodes` and `graph-steps` allow");
      break;
  }
}

}  // namespace

Result decision_graph(const GraphRequest& request, Loader& loader) {
  try {
    const Limits limits = driver::limits_of(request.common);
    driver::Session session(loader, limits);
    for (const auto& path : request.paths) session.open(path);
    if (!session.has_rules() && session.sink().errors() == 0) throw driver::UsageError("name at least one rule file or folder");
    if (!session.cases().empty() && session.sink().errors() == 0) throw driver::UsageError("onus graph takes rule files only");
    Result result;
    if (!session.build() || session.sink().errors() > 0) {
      result.exit = Exit::Rejected;
      result.messages = driver::messages_of(session, request.common);
      return result;
    }
    const auto& model = session.model();
    const auto assumed = driver::formula_options(model, request.assumptions);
    const auto set = driver::judge_options(model, request.assumptions, limits);
    if (!driver::assumed_rules_hold(model, assumed, set, session.sink())) {
      result.exit = Exit::Rejected;
      result.messages = driver::messages_of(session, request.common);
      return result;
    }
    session.lower(assumed);
    std::vector<model::ProvisionId> provisions = named(model, request.provisions);
    if (request.provisions.empty())
      for (const auto id : model.provisions.ids())
        if (reports::has_graph(model.provisions[id])) provisions.push_back(id);
    if (request.actor) {
      std::erase_if(provisions, [&](auto id) { return !is_borne_by(session.program(), id, *request.actor); });
      if (provisions.empty()) throw driver::UsageError("--actor: no norm is borne by `" + *request.actor + "`");
    }
    if (request.example) {
      if (*request.example != "applies" && *request.example != "does-not-apply")
        throw driver::UsageError("--case: `" + *request.example + "` is neither `applies` nor `does-not-apply`");
      if (request.common.format == Format::Json) throw driver::UsageError("--case writes a case file: leave out --format");
      if (provisions.size() != 1) throw driver::UsageError("--case: name one provision with --provision");
      result.messages = driver::messages_of(session, request.common);
      add_example(session.program(), provisions.front(), request, set, limits, result);
      return result;
    }
    reports::PictureOptions options;
    if (request.as_of) options.as_of = driver::date_of("--as-of", *request.as_of);
    options.parameters = set.parameters;
    options.nodes = limits.graph_nodes;
    options.steps = limits.graph_steps;
    const auto picture = reports::picture(session.program(), provisions, options);
    result.messages = driver::messages_of(session, request.common);
    for (const auto& part : picture.parts) {
      if (!part.undecided) continue;
      result.exit = Exit::Limit;
      result.messages += driver::message_line("the graph of " + part.name + " is undecided: the " + std::to_string(part.facts) +
                                              " facts that it speaks of need more than the limits `graph-nodes` and `graph-steps` allow");
    }
    if (request.common.format == Format::Json) {
      result.out = reports::graph_json(picture, session.inputs());
    } else if (picture.nodes() > most_nodes) {
      result.exit = Exit::Limit;
      result.messages += driver::message_line("the graph has " + std::to_string(picture.nodes()) + " nodes, and a picture at most " +
                                              std::to_string(most_nodes) + ": choose with --provision, or take --format json");
    } else {
      result.out = request.common.picture == "mermaid" ? reports::graph_mermaid(picture) : reports::graph_dot(picture);
    }
    return result;
  } catch (const driver::UsageError& error) {
    return driver::usage_result<Result>(error);
  }
}

}  // namespace onus
