// What holds of all provisions together: conclusions depend on one another without going round in a circle, and what has a
// mistake is left out with everything that cannot do without it.
//
// Who depends on whom is a graph: a provision on what strikes it and on the conclusions, presumptions and computed terms in
// its condition; a conclusion on the provisions that draw it. An edge carries the relation steps from the entity that the one
// speaks of to the entity of the other. Upstream is along a relation that a case gives (from a model to its origin), downstream
// the other way round. A cycle is sound where every round takes a step and all steps go one way: a chain ends.
#include <algorithm>
#include <array>
#include <map>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"
#include "model/unguarded.hpp"

namespace onus::model::from_syntax {
namespace {

enum Way : std::uint8_t { Up = 1, Down = 2, Sideways = 4 };

std::uint8_t reversed(std::uint8_t ways) {
  std::uint8_t result = ways & Sideways;
  if ((ways & Up) != 0) result |= Down;
  if ((ways & Down) != 0) result |= Up;
  return result;
}

struct Edge {
  std::uint32_t to = 0;
  std::uint8_t ways = 0;
  bool steps = false;   // takes at least one step for certain
};

// One step of a path, or of a quantifier, with what it is (to find common beginnings) and where it goes.
struct Leg {
  std::uint64_t what = 0;
  std::uint8_t ways = 0;
  bool certain = true;   // a computed entity may be the one it starts from
  friend bool operator==(const Leg& a, const Leg& b) { return a.what == b.what; }
};

struct Place {
  std::uint32_t root = 0;
  std::vector<Leg> legs;
};

class Dependencies {
 public:
  Dependencies(Model& model, const std::vector<Draft>& drafts) : model_(model), drafts_(drafts) {}

  void build();
  [[nodiscard]] const std::vector<std::vector<Edge>>& edges() const { return edges_; }
  // The provision of a node; none for a conclusion.
  [[nodiscard]] std::optional<ProvisionId> provision_of(std::uint32_t node) const {
    return owner_[node].is_valid() ? std::optional(owner_[node]) : std::nullopt;
  }

 private:
  std::uint32_t add_node(ProvisionId owner) {
    edges_.emplace_back();
    owner_.push_back(owner);
    return static_cast<std::uint32_t>(owner_.size() - 1);
  }
  std::uint32_t conclusion(std::uint64_t what, RegulationId regulation);
  [[nodiscard]] std::uint8_t ways_of(FieldId field) const;
  void add_legs(const Path& path, Place& place) const;
  Place place_of(const Path& path, ProvisionId row);
  void connect(std::uint32_t from, std::uint32_t to, const Place& here, const Place& there);
  void read_condition(ConditionId id, std::uint32_t node, ProvisionId row, ProvisionId self, const Place& here);
  void read_expr(ExprId id, std::uint32_t node, ProvisionId row, ProvisionId self, const Place& here);
  void read_all(std::uint32_t node, ProvisionId row, ProvisionId self, const Place& here);
  void read_path(const Path& path, std::uint32_t node, ProvisionId row, const Place& here);
  void find_value_ways();
  void find_parents(ProvisionId row);
  [[nodiscard]] std::optional<Path> position(const Provision& provision) const;

  Model& model_;
  const std::vector<Draft>& drafts_;
  std::vector<std::vector<Edge>> edges_;
  std::vector<ProvisionId> owner_;
  std::vector<std::uint32_t> node_of_;                              // of each provision, ~0 if it can lie on no cycle
  std::vector<std::vector<std::uint32_t>> target_nodes_;            // of each attacker's targets
  std::map<std::pair<std::uint64_t, std::uint32_t>, std::uint32_t> conclusions_;
  std::vector<std::uint8_t> value_ways_;
  // Row variables that an inverse or a pair connects with another entity of the row.
  struct Parent {
    Path path;
    std::uint8_t ways = 0;
    std::uint64_t what = 0;
  };
  std::map<std::uint32_t, Parent> parents_;
  ProvisionId parents_of_{};
  std::vector<ConditionId> conditions_;   // still to be read
  std::vector<ExprId> exprs_;
};

std::uint32_t Dependencies::conclusion(std::uint64_t what, RegulationId regulation) {
  const auto [at, fresh] = conclusions_.try_emplace({what, regulation.index}, 0);
  if (fresh) at->second = add_node({});
  return at->second;
}

std::uint8_t Dependencies::ways_of(FieldId id) const {
  const Field& field = model_.fields[id];
  switch (field.type) {
    case FieldType::Relation: return Up;
    case FieldType::OneInverse:
    case FieldType::Inverse: return Down;
    case FieldType::Chain: {
      std::uint8_t ways = 0;
      for (const FieldId step : field.chain) ways |= ways_of(step);
      return ways;
    }
    case FieldType::PairSet: return Sideways;
    default: return 0;
  }
}

void Dependencies::add_legs(const Path& path, Place& place) const {
  for (const Step& step : path.steps) {
    if (step.kind == Step::Kind::Field) {
      place.legs.push_back({step.field.index, ways_of(step.field), true});
    } else {
      place.legs.push_back({(std::uint64_t{1} << 40U) | step.value.index, value_ways_[step.value.index], false});
    }
  }
}

// Entities of a set are one step from what the set belongs to.
Place Dependencies::place_of(const Path& path, ProvisionId row) {
  if (parents_of_ != row) find_parents(row);
  std::vector<std::pair<const Path*, Leg>> above;
  Place place;
  const Path* at = &path;
  std::vector<const Path*> paths{at};
  std::vector<Leg> legs;
  const std::vector<Variable>& variables = model_.provisions[row].variables;
  for (std::size_t depth = 0; depth <= variables.size(); ++depth) {
    const VariableId root = at->root;
    const Variable& variable = variables[root.index];
    const std::uint64_t what = (std::uint64_t{2} << 40U) | root.index;
    if (variable.domain_of && variable.domain) {
      legs.push_back({what, ways_of(*variable.domain), true});
      at = &*variable.domain_of;
    } else if (const auto parent = parents_.find(root.index); parent != parents_.end()) {
      legs.push_back({what, parent->second.ways, true});
      at = &parent->second.path;
    } else {
      break;
    }
    paths.push_back(at);
  }
  place.root = at->root.index;
  for (std::size_t index = paths.size(); index-- > 0;) {
    add_legs(*paths[index], place);
    if (index > 0) place.legs.push_back(legs[index - 1]);
  }
  return place;
}

void Dependencies::find_parents(ProvisionId row) {
  parents_.clear();
  parents_of_ = row;
  const Provision& provision = model_.provisions[row];
  if (!provision.scope) return;
  std::vector<ConditionId> work{*provision.scope};
  while (!work.empty()) {
    const Condition& condition = model_.conditions[work.back()];
    work.pop_back();
    if (condition.kind == ConditionKind::All) work.insert(work.end(), condition.children.begin(), condition.children.end());
    if (condition.kind == ConditionKind::Same && condition.path.steps.size() == 1 && condition.path.root != condition.path2.root) {
      parents_.try_emplace(condition.path.root.index, Parent{condition.path2, Down, 0});
    }
    if (condition.kind == ConditionKind::Pair && condition.path2.steps.empty() && condition.path.root != condition.path2.root) {
      parents_.try_emplace(condition.path2.root.index, Parent{condition.path, Sideways, 0});
    }
  }
}

void Dependencies::connect(std::uint32_t from, std::uint32_t to, const Place& here, const Place& there) {
  Edge edge{to, 0, false};
  if (here.root != there.root) {
    edge.ways = Sideways;
  } else {
    std::size_t common = 0;
    while (common < here.legs.size() && common < there.legs.size() && here.legs[common] == there.legs[common]) ++common;
    for (std::size_t index = common; index < here.legs.size(); ++index) {
      edge.ways |= reversed(here.legs[index].ways);
      edge.steps = edge.steps || here.legs[index].certain;
    }
    for (std::size_t index = common; index < there.legs.size(); ++index) {
      edge.ways |= there.legs[index].ways;
      edge.steps = edge.steps || there.legs[index].certain;
    }
  }
  edges_[from].push_back(edge);
}

void Dependencies::read_path(const Path& path, std::uint32_t node, ProvisionId row, const Place& here) {
  for (std::size_t index = 0; index < path.steps.size(); ++index) {
    if (path.steps[index].kind != Step::Kind::Value) continue;
    const ProvisionId value = model_.values[path.steps[index].value].provision;
    if (!value.is_valid() || node_of_[value.index] == ~0U) continue;
    Path owner{path.root, {path.steps.begin(), path.steps.begin() + static_cast<std::ptrdiff_t>(index)}};
    connect(node, node_of_[value.index], here, place_of(owner, row));
  }
}

void Dependencies::read_expr(ExprId id, std::uint32_t node, ProvisionId row, ProvisionId /*self*/, const Place& here) {
  const Expr& expr = model_.exprs[id];
  exprs_.insert(exprs_.end(), expr.operands.begin(), expr.operands.end());
  if (expr.filter) conditions_.push_back(*expr.filter);
  if (expr.kind == ExprKind::Fact || expr.kind == ExprKind::Entity) read_path(expr.path, node, row, here);
  if (expr.kind != ExprKind::Value) return;
  read_path(expr.path, node, row, here);
  const ProvisionId value = model_.values[expr.value].provision;
  if (value.is_valid() && node_of_[value.index] != ~0U) connect(node, node_of_[value.index], here, place_of(expr.path, row));
}

void Dependencies::read_condition(ConditionId id, std::uint32_t node, ProvisionId row, ProvisionId self, const Place& here) {
  const Condition& condition = model_.conditions[id];
  conditions_.insert(conditions_.end(), condition.children.begin(), condition.children.end());
  if (condition.kind == ConditionKind::Compare) {
    exprs_.push_back(condition.left);
    exprs_.push_back(condition.right);
    return;
  }
  if (condition.path.root.is_valid()) read_path(condition.path, node, row, here);
  if (condition.has_path2) read_path(condition.path2, node, row, here);
  const RegulationId regulation = condition.regulation.value_or(model_.provisions[self].regulation);
  if (condition.kind == ConditionKind::Concluded) {
    const Path& path = condition.has_path2 ? condition.path2 : condition.path;
    connect(node, conclusion(condition.predicate.index, regulation), here, place_of(path, row));
  } else if (condition.kind == ConditionKind::Judgement) {
    connect(node, conclusion((std::uint64_t{1} << 40U) | condition.field.index, regulation), here, place_of(condition.path, row));
  }
}

void Dependencies::read_all(std::uint32_t node, ProvisionId row, ProvisionId self, const Place& here) {
  while (!conditions_.empty() || !exprs_.empty()) {
    if (!conditions_.empty()) {
      const ConditionId id = conditions_.back();
      conditions_.pop_back();
      read_condition(id, node, row, self, here);
    } else {
      const ExprId id = exprs_.back();
      exprs_.pop_back();
      read_expr(id, node, row, self, here);
    }
  }
}

std::optional<Path> Dependencies::position(const Provision& provision) const {
  switch (provision.kind) {
    case ProvisionKind::Definition: return provision.object ? provision.object : std::optional(provision.holder);
    case ProvisionKind::Presumption:
    case ProvisionKind::Value: return provision.holder;
    default: return std::nullopt;   // nothing depends on norms and assumptions
  }
}

// Which ways an entity-valued term goes: those of the paths in its cases.
void Dependencies::find_value_ways() {
  value_ways_.assign(model_.values.size(), 0);
  for (const ValueId id : model_.values.ids()) {
    const ProvisionId provision = model_.values[id].provision;
    if (model_.values[id].type != ExprType::Entity || !provision.is_valid() || !drafts_[provision.index].sound) continue;
    const auto add = [&](ExprId expr) {
      for (const Step& step : model_.exprs[expr].path.steps) {
        if (step.kind == Step::Kind::Field) value_ways_[id.index] |= ways_of(step.field);
        if (step.kind == Step::Kind::Value && step.value != id) value_ways_[id.index] |= Sideways;
      }
    };
    for (const ValueCase& one : model_.provisions[provision].cases) {
      add(one.expr);
      for (const ValueCase::Alternative& other : one.alternatives) add(other.expr);
    }
  }
}

void Dependencies::build() {
  find_value_ways();
  node_of_.assign(model_.provisions.size(), ~0U);
  target_nodes_.resize(model_.provisions.size());
  for (const ProvisionId id : model_.provisions.ids()) {
    const Provision& provision = model_.provisions[id];
    if (!drafts_[id.index].sound) continue;
    if (position(provision)) node_of_[id.index] = add_node(id);
    for (std::size_t index = 0; index < provision.targets.size(); ++index) target_nodes_[id.index].push_back(add_node(id));
  }
  for (const ProvisionId id : model_.provisions.ids()) {
    const Provision& provision = model_.provisions[id];
    const std::uint32_t node = node_of_[id.index];
    if (node != ~0U) {
      if (provision.predicate) edges_[conclusion(provision.predicate->index, provision.regulation)].push_back({node, 0, false});
      if (provision.judgement) {
        edges_[conclusion((std::uint64_t{1} << 40U) | provision.judgement->index, provision.regulation)].push_back({node, 0, false});
      }
      const Place here = place_of(*position(provision), id);
      for (const auto& condition : {provision.scope, provision.condition, provision.rebutted}) {
        if (condition) conditions_.push_back(*condition);
      }
      for (const ValueCase& one : provision.cases) {
        exprs_.push_back(one.expr);
        if (one.guard) conditions_.push_back(*one.guard);
        for (const ValueCase::Alternative& other : one.alternatives) {
          exprs_.push_back(other.expr);
          if (other.guard) conditions_.push_back(*other.guard);
        }
      }
      read_path(provision.holder, node, id, here);
      if (provision.object) read_path(*provision.object, node, id, here);
      read_all(node, id, id, here);
    }
    for (std::size_t index = 0; index < target_nodes_[id.index].size(); ++index) {
      const Target& target = provision.targets[index];
      const std::uint32_t attacker = target_nodes_[id.index][index];
      if (target.of_target) {
        const auto& struck = target_nodes_[target.provision.index];
        if (*target.of_target < struck.size()) edges_[struck[*target.of_target]].push_back({attacker, 0, false});
      } else if (node_of_[target.provision.index] != ~0U) {
        edges_[node_of_[target.provision.index]].push_back({attacker, 0, false});
      }
      ProvisionId row = target.provision;
      std::optional<std::uint32_t> next = target.of_target;
      while (next && *next < model_.provisions[row].targets.size()) {
        const Target& inner = model_.provisions[row].targets[*next];
        row = inner.provision;
        next = inner.of_target;
      }
      const auto where = position(model_.provisions[row]);
      if (!where || !drafts_[row.index].sound) continue;
      const Place here = place_of(*where, row);
      if (target.condition) conditions_.push_back(*target.condition);
      if (target.date) exprs_.push_back(*target.date);
      read_all(attacker, row, id, here);
    }
  }
}

// Strongly connected parts, without recursion: the part of each node. Parts are numbered from the ends of the graph.
std::vector<std::uint32_t> parts_of(const std::vector<std::vector<Edge>>& edges, std::uint32_t& count) {
  const std::uint32_t none = ~0U;
  const std::size_t size = edges.size();
  std::vector<std::uint32_t> index(size, none);
  std::vector<std::uint32_t> low(size, 0);
  std::vector<std::uint32_t> part(size, none);
  std::vector<std::uint32_t> stack;
  std::vector<std::pair<std::uint32_t, std::size_t>> calls;
  std::uint32_t next_index = 0;
  count = 0;
  for (std::uint32_t start = 0; start < size; ++start) {
    if (index[start] != none) continue;
    calls.emplace_back(start, 0);
    while (!calls.empty()) {
      auto& [node, next] = calls.back();
      if (next == 0) {
        index[node] = low[node] = next_index++;
        stack.push_back(node);
      }
      bool deeper = false;
      while (next < edges[node].size()) {
        const std::uint32_t to = edges[node][next].to;
        ++next;
        if (index[to] == none) {
          calls.emplace_back(to, 0);
          deeper = true;
          break;
        }
        if (part[to] == none) low[node] = std::min(low[node], index[to]);
      }
      if (deeper) continue;
      const std::uint32_t done = node;
      if (low[done] == index[done]) {
        std::uint32_t member = none;
        do {
          member = stack.back();
          stack.pop_back();
          part[member] = count;
        } while (member != done);
        ++count;
      }
      calls.pop_back();
      if (!calls.empty()) low[calls.back().first] = std::min(low[calls.back().first], low[done]);
    }
  }
  return part;
}

// The shortest walk from one node to another inside a part, over edges that `allowed` admits: both ends included.
template <class Allowed>
std::vector<std::uint32_t> walk(const std::vector<std::vector<Edge>>& edges, const std::vector<std::uint32_t>& part,
                                std::uint32_t from, std::uint32_t to, const Allowed& allowed) {
  std::map<std::uint32_t, std::uint32_t> before;
  std::vector<std::uint32_t> queue{from};
  before.emplace(from, from);
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const std::uint32_t at = queue[next];
    if (at == to) break;
    for (const Edge& edge : edges[at]) {
      if (part[edge.to] != part[from] || !allowed(edge)) continue;
      if (before.emplace(edge.to, at).second) queue.push_back(edge.to);
    }
  }
  if (!before.contains(to)) return {};
  std::vector<std::uint32_t> result{to};
  while (result.back() != from) result.push_back(before[result.back()]);
  std::reverse(result.begin(), result.end());
  return result;
}

}  // namespace

std::string Builder::full_name(ProvisionId id) const {
  const Provision& provision = model_.provisions[id];
  return std::string(word(provision.kind)) + ' ' + provision.label;
}

void Builder::find_cycles() {
  Dependencies dependencies(model_, drafts_);
  dependencies.build();
  const auto& edges = dependencies.edges();
  std::uint32_t count = 0;
  const std::vector<std::uint32_t> part = parts_of(edges, count);

  struct Part {
    std::uint8_t ways = 0;
    bool cyclic = false;
    std::array<std::pair<std::uint32_t, std::uint32_t>, 5> edge_of{};   // by way: an edge that goes it
    std::vector<std::uint32_t> nodes;
  };
  std::map<std::uint32_t, Part> cyclic;
  for (std::uint32_t node = 0; node < edges.size(); ++node) {
    for (const Edge& edge : edges[node]) {
      if (part[edge.to] != part[node]) continue;
      Part& it = cyclic[part[node]];
      it.cyclic = true;
      it.ways |= edge.ways;
      for (const std::uint8_t way : {Up, Down, Sideways}) {
        if ((edge.ways & way) != 0) it.edge_of[way] = {node, edge.to};
      }
    }
  }
  for (std::uint32_t node = 0; node < edges.size(); ++node) {
    if (const auto at = cyclic.find(part[node]); at != cyclic.end()) at->second.nodes.push_back(node);
  }
  // Reports in the order of the text.
  std::vector<const Part*> order;
  for (const auto& entry : cyclic) order.push_back(&entry.second);
  std::sort(order.begin(), order.end(), [](const Part* a, const Part* b) { return a->nodes.front() < b->nodes.front(); });

  for (const Part* it : order) {
    for (const std::uint32_t node : it->nodes) {
      const auto owner = dependencies.provision_of(node);
      if (!owner) continue;
      Provision& provision = model_.provisions[*owner];
      provision.recursive = true;
      if (provision.value) model_.values[*provision.value].recursive = true;
    }
    std::vector<std::uint32_t> round;
    std::string_view reason;
    const auto any_edge = [](const Edge&) { return true; };
    const bool both_ways = (it->ways & Up) != 0 && (it->ways & Down) != 0;
    if ((it->ways & Sideways) != 0 || both_ways) {
      const auto [from, to] = it->edge_of[(it->ways & Sideways) != 0 ? Sideways : Up];
      round = walk(edges, part, to, from, any_edge);
      round.insert(round.begin(), from);
      if ((it->ways & Sideways) != 0) {
        reason = "a step in it has no direction along the chain";
      } else {
        const auto [down_from, down_to] = it->edge_of[Down];
        std::vector<std::uint32_t> there = walk(edges, part, to, down_from, any_edge);
        const std::vector<std::uint32_t> back = walk(edges, part, down_to, from, any_edge);
        round = {from};
        round.insert(round.end(), there.begin(), there.end());
        round.insert(round.end(), back.begin(), back.end());
        reason = "its steps go both up and down the chain";
      }
    } else {
      // A cycle over edges without a step.
      const auto without_step = [](const Edge& edge) { return !edge.steps; };
      for (const std::uint32_t node : it->nodes) {
        for (const Edge& edge : edges[node]) {
          if (!round.empty() || edge.steps || part[edge.to] != part[node]) continue;
          round = walk(edges, part, edge.to, node, without_step);
          if (!round.empty()) round.insert(round.begin(), node);
        }
        if (!round.empty()) break;
      }
      reason = "it comes back to the same entity";
    }
    if (round.empty()) continue;
    std::vector<std::string> names;
    std::optional<ProvisionId> first;
    for (const std::uint32_t node : round) {
      const auto owner = dependencies.provision_of(node);
      if (!owner) continue;
      if (!first) first = owner;
      const std::string name = full_name(*owner);
      if (names.empty() || names.back() != name) names.push_back(name);
    }
    if (!first) continue;
    if (names.front() != names.back() || names.size() == 1) names.push_back(names.front());
    error<Kind::DependencyCycle>(model_.provisions[*first].heading, join(names, " → "), reason);
    for (const std::uint32_t node : it->nodes) {
      if (const auto owner = dependencies.provision_of(node)) drafts_[owner->index].sound = false;
    }
  }
}

void Builder::check_guards() {
  for (const ProvisionId id : model_.provisions.ids()) {
    if (drafts_[id.index].sound) report_unguarded(model_, id, sink_);
  }
}

// ---- leaving out ------------------------------------------------------------------------------------------------------------

void Builder::leave_out_unsound() {
  // Who cannot do without whom.
  const std::size_t size = model_.provisions.size();
  std::vector<std::vector<ProvisionId>> users(size);
  for (const ProvisionId id : model_.provisions.ids()) {
    for (const std::uint32_t value_index : drafts_[id.index].uses_values) {
      users[model_.values[ValueId{value_index}].provision.index].push_back(id);
    }
  }
  std::vector<ProvisionId> work;
  for (const ProvisionId id : model_.provisions.ids()) {
    if (!drafts_[id.index].sound) work.push_back(id);
  }
  for (std::size_t next = 0; next < work.size(); ++next) {
    for (const ProvisionId user : users[work[next].index]) {
      if (!drafts_[user.index].sound) continue;
      drafts_[user.index].sound = false;
      work.push_back(user);
    }
  }
  // Targets that are gone; an attacker that has lost one it names is not what its text says.
  for (bool again = true; again;) {
    again = false;
    for (const ProvisionId id : model_.provisions.ids()) {
      if (!drafts_[id.index].sound) continue;
      for (const Target& target : model_.provisions[id].targets) {
        if (!drafts_[target.provision.index].sound) drafts_[id.index].sound = false;
      }
      again = again || !drafts_[id.index].sound;
    }
  }
  std::vector<ProvisionId> renumbered(size);
  Store<ProvisionId, Provision> kept;
  for (const ProvisionId id : model_.provisions.ids()) {
    if (!drafts_[id.index].sound) continue;
    renumbered[id.index] = kept.add(std::move(model_.provisions[id]));
  }
  const auto renumber = [&](std::vector<ProvisionId>& ids) {
    std::vector<ProvisionId> left;
    for (const ProvisionId id : ids) {
      if (renumbered[id.index].is_valid()) left.push_back(renumbered[id.index]);
    }
    const bool all = left.size() == ids.size();
    ids = std::move(left);
    return all;
  };
  for (Provision& provision : kept) {
    for (Target& target : provision.targets) target.provision = renumbered[target.provision.index];
    renumber(provision.over);
    renumber(provision.passed_over);
    renumber(provision.failing_which);
    std::erase_if(provision.fulfilled_by, [&](Fulfilment& one) {
      if (one.norm) one.norm = renumbered[one.norm->index];
      return one.norm && !one.norm->is_valid();
    });
  }
  model_.provisions = std::move(kept);
  for (ComputedTerm& term : model_.values) term.provision = renumbered[term.provision.index];
  std::vector<InlineCase> cases;
  for (InlineCase& one : model_.cases) {
    bool whole = true;
    for (Expectation& expectation_of_case : one.expectations) {
      if (!renumber(expectation_of_case.because)) whole = false;
      if (!expectation_of_case.provision) continue;
      const ProvisionId id = renumbered[expectation_of_case.provision->index];
      if (id.is_valid()) {
        expectation_of_case.provision = id;
      } else {
        whole = false;
      }
    }
    if (whole) cases.push_back(std::move(one));
  }
  model_.cases = std::move(cases);
}

}  // namespace onus::model::from_syntax
