#include "facts/relations.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "base/text.hpp"
#include "facts/uses.hpp"

namespace onus::facts {
namespace {

using namespace model;

// The dependencies of a model as one graph: a node for each provision, predicate, value and field (as a judgement).
class DependencyGraph {
 public:
  explicit DependencyGraph(const Model& model) : model_(model) {
    predicates_ = static_cast<std::uint32_t>(model.provisions.size());
    values_ = predicates_ + static_cast<std::uint32_t>(model.predicates.size());
    judgements_ = values_ + static_cast<std::uint32_t>(model.values.size());
    edges_.resize(judgements_ + model.fields.size());
    for (const auto id : model.provisions.ids()) add(id);
  }

  // The relations on edges inside each strongly connected part, parts in order of their first node.
  std::vector<std::vector<FieldId>> groups() {
    const auto part = parts();
    std::map<std::uint32_t, std::vector<FieldId>> by_part;
    for (std::uint32_t node = 0; node < edges_.size(); ++node) {
      for (const Edge& edge : edges_[node]) {
        if (part[node] != part[edge.to]) continue;
        auto& group = by_part[part[node]];
        group.insert(group.end(), edge.steps.begin(), edge.steps.end());
      }
    }
    std::vector<std::vector<FieldId>> result;
    for (auto& [id, group] : by_part) {
      if (!group.empty()) result.push_back(std::move(group));
    }
    return result;
  }

 private:
  struct Edge {
    std::uint32_t to;
    std::vector<FieldId> steps;
  };

  void add(ProvisionId id) {
    const Provision& provision = model_.provisions[id];
    for (Dependency& dependency : uses_of(model_, id).dependencies) {
      const std::uint32_t base = dependency.kind == Dependency::Kind::Predicate ? predicates_
                                 : dependency.kind == Dependency::Kind::Value   ? values_
                                                                                : judgements_;
      edges_[id.index].push_back({base + dependency.index, std::move(dependency.steps)});
    }
    std::vector<FieldId> conclusion = relations_of(model_, provision.holder, provision.variables);
    if (provision.object) {
      const auto object = relations_of(model_, *provision.object, provision.variables);
      conclusion.insert(conclusion.end(), object.begin(), object.end());
    }
    if (provision.predicate) edges_[predicates_ + provision.predicate->index].push_back({id.index, conclusion});
    if (provision.judgement) edges_[judgements_ + provision.judgement->index].push_back({id.index, conclusion});
    if (provision.value) edges_[values_ + provision.value->index].push_back({id.index, {}});
    for (const Target& target : provision.targets) edges_[target.provision.index].push_back({id.index, {}});
    for (const auto other : provision.over) edges_[other.index].push_back({id.index, {}});
  }

  // Tarjan's algorithm with a stack of its own; the number of each node's part.
  std::vector<std::uint32_t> parts() const {
    constexpr std::uint32_t unseen = 0xffffffffU;
    const auto count = static_cast<std::uint32_t>(edges_.size());
    std::vector<std::uint32_t> order(count, unseen), low(count, 0), part(count, unseen), open;
    std::vector<std::pair<std::uint32_t, std::size_t>> stack;
    std::uint32_t next = 0, next_part = 0;
    for (std::uint32_t start = 0; start < count; ++start) {
      if (order[start] != unseen) continue;
      stack.emplace_back(start, 0);
      while (!stack.empty()) {
        const std::uint32_t node = stack.back().first;
        if (stack.back().second == 0) {
          order[node] = low[node] = next++;
          open.push_back(node);
        }
        if (stack.back().second < edges_[node].size()) {
          const std::uint32_t to = edges_[node][stack.back().second++].to;
          if (order[to] == unseen) {
            stack.emplace_back(to, 0);
          } else if (part[to] == unseen) {
            low[node] = std::min(low[node], order[to]);
          }
          continue;
        }
        if (low[node] == order[node]) {
          for (bool more = true; more;) {
            part[open.back()] = next_part;
            more = open.back() != node;
            open.pop_back();
          }
          ++next_part;
        }
        stack.pop_back();
        if (!stack.empty()) low[stack.back().first] = std::min(low[stack.back().first], low[node]);
      }
    }
    return part;
  }

  const Model& model_;
  std::uint32_t predicates_ = 0, values_ = 0, judgements_ = 0;
  std::vector<std::vector<Edge>> edges_;
};

std::string shown_name(const Entity& entity) { return "`" + escape_for_terminal(entity.name) + "`"; }

class RelationChecks {
 public:
  RelationChecks(const Model& model, const Case& read, Problems& problems) : model_(model), case_(read), problems_(problems) {}

  void one_to_one() {
    std::map<FieldId, FieldId> inverses;  // from the relation
    for (const auto id : model_.fields.ids()) {
      const Field& field = model_.fields[id];
      if (field.type == FieldType::OneInverse && field.inverse_of) inverses.try_emplace(*field.inverse_of, id);
    }
    std::map<std::pair<FieldId, EntityId>, const std::pair<const FactKey, FieldState>*> places;
    for (const auto& entry : case_.states) {
      const auto inverse = inverses.find(entry.first.field);
      if (inverse == inverses.end() || entry.second.value != FieldState::Value::Exact || entry.second.entities.empty()) continue;
      const EntityId target = entry.second.entities.front();
      const auto [first, fresh] = places.try_emplace({entry.first.field, target}, &entry);
      if (fresh) continue;
      const auto& other = *first->second;
      problems_
          .add<Kind::OneToOne>(entry.second.span, name(target), model_.fields[inverse->second].name, name(other.first.entity),
                               name(entry.first.entity))
          .note(other.second.span, "the first is here");
    }
  }

  void circles(const std::vector<FieldId>& group) {
    std::vector<std::vector<const Step*>> edges(case_.entities.size());
    std::vector<Step> steps;
    for (const auto& [key, state] : case_.states) {
      if (!std::ranges::binary_search(group, key.field) || state.value != FieldState::Value::Exact) continue;
      for (const EntityId to : state.entities) steps.push_back({key, &state, to});
    }
    for (const Step& step : steps) edges[step.key.entity.index].push_back(&step);
    enum class Mark : std::uint8_t { Unseen, Open, Done };
    std::vector<Mark> marks(case_.entities.size(), Mark::Unseen);
    std::vector<std::pair<std::uint32_t, std::size_t>> stack;
    for (std::uint32_t start = 0; start < edges.size(); ++start) {
      if (marks[start] != Mark::Unseen) continue;
      stack.emplace_back(start, 0);
      marks[start] = Mark::Open;
      while (!stack.empty()) {
        auto& [node, at] = stack.back();
        if (at == edges[node].size()) {
          marks[node] = Mark::Done;
          stack.pop_back();
          continue;
        }
        const std::uint32_t to = edges[node][at++]->to.index;
        if (marks[to] == Mark::Unseen) {
          marks[to] = Mark::Open;
          stack.emplace_back(to, 0);
        } else if (marks[to] == Mark::Open) {
          report_circle(stack, edges, to);
        }
      }
    }
  }

 private:
  struct Step {
    FactKey key;
    const FieldState* state;
    EntityId to;  // a relation to several is followed to each
  };

  std::string name(EntityId id) const { return escape_for_terminal(case_.entities[id.index].name); }

  void report_circle(const std::vector<std::pair<std::uint32_t, std::size_t>>& stack,
                     const std::vector<std::vector<const Step*>>& edges, std::uint32_t first) {
    constexpr std::size_t most = 12, at_each_end = 4;   // of a longer one, its two ends
    std::size_t begin = stack.size();
    while (begin > 0 && stack[begin - 1].first != first) --begin;
    --begin;
    const std::size_t length = stack.size() - begin;
    const auto is_shown = [&](std::size_t i) { return length <= most || i - begin < at_each_end || stack.size() - i <= at_each_end; };
    std::string text;
    for (std::size_t i = begin; i < stack.size(); ++i) {
      if (is_shown(i)) {
        text += model_.kinds[case_.entities[stack[i].first].kind].name + " " + shown_name(case_.entities[stack[i].first]) + " → ";
      } else if (i - begin == at_each_end) {
        text += "… " + std::to_string(length - 2 * at_each_end) + " more … → ";
      }
    }
    text += model_.kinds[case_.entities[first].kind].name + " " + shown_name(case_.entities[first]);
    const auto step_of = [&](std::size_t i) { return edges[stack[i].first][stack[i].second - 1]; };
    auto reported = problems_.add<Kind::RelationCycle>(step_of(stack.size() - 1)->state->span, text);
    for (std::size_t i = begin; i + 1 < stack.size(); ++i) {
      if (!is_shown(i)) continue;
      reported.note(step_of(i)->state->span, "the " + model_.fields[step_of(i)->key.field].name + " of " +
                                                 shown_name(case_.entities[stack[i].first]) + " is given here");
    }
  }

  const Model& model_;
  const Case& case_;
  Problems& problems_;
};

}  // namespace

std::vector<std::vector<model::FieldId>> recursion_groups(const model::Model& model) {
  std::vector<std::vector<FieldId>> groups;
  for (const auto id : model.fields.ids()) {
    if (model.fields[id].type != FieldType::Chain) continue;
    groups.emplace_back();
    append_relations(model, id, groups.back());
  }
  auto computed = DependencyGraph(model).groups();
  groups.insert(groups.end(), std::make_move_iterator(computed.begin()), std::make_move_iterator(computed.end()));
  for (auto& group : groups) {
    std::ranges::sort(group);
    group.erase(std::unique(group.begin(), group.end()), group.end());
  }
  // A set within another finds nothing of its own.
  std::vector<std::vector<FieldId>> kept;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    bool within = false;
    for (std::size_t j = 0; j < groups.size() && !within; ++j)
      within = i != j && std::ranges::includes(groups[j], groups[i]) && (groups[j] != groups[i] || j < i);
    if (!within) kept.push_back(groups[i]);
  }
  return kept;
}

void check_relations(const model::Model& model, const Case& read, Problems& problems) {
  RelationChecks checks(model, read, problems);
  checks.one_to_one();
  for (const auto& group : recursion_groups(model)) checks.circles(group);
}

}  // namespace onus::facts
