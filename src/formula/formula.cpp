#include "formula/formula.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace onus::formula {
namespace {

// FNV-1a over what is fed to it: deterministic, no addresses.
class Mixer {
 public:
  void add(std::uint64_t value) {
    for (int byte = 0; byte < 8; ++byte) {
      state_ = (state_ ^ ((value >> (8 * byte)) & 0xFFU)) * 0x100000001B3ULL;
    }
  }
  [[nodiscard]] std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0xCBF29CE484222325ULL;
};

void mix(Mixer& mixer, const Linear& linear) {
  for (const auto& term : linear) {
    mixer.add(term.coefficient.hash());
    mixer.add(static_cast<std::uint64_t>(term.quantity));
    mixer.add(term.path.index);
    mixer.add(term.field.index);
    mixer.add(term.value.index);
    mixer.add(term.aggregate.index);
    for (const auto& use : term.parameters) mixer.add(use.parameter.index);
    for (const auto& move : term.moves) mixer.add(static_cast<std::uint64_t>(move.months));
  }
}

std::uint64_t hash_of(const Node& node) {
  Mixer mixer;
  mixer.add(static_cast<std::uint64_t>(node.op));
  for (const auto child : node.children) mixer.add(child.index);
  mixer.add(node.atom.index);
  mixer.add(static_cast<std::uint64_t>(node.count));
  mixer.add(node.variable.index);
  mixer.add(node.domain_of.index);
  return mixer.value();
}

std::uint64_t hash_of(const Atom& atom) {
  Mixer mixer;
  mixer.add(static_cast<std::uint64_t>(atom.kind));
  mixer.add(atom.path.index);
  mixer.add(atom.path2.index);
  mixer.add(atom.field.index);
  mixer.add(atom.member);
  mixer.add(atom.predicate.index);
  mix(mixer, atom.linear);
  return mixer.value();
}

}  // namespace

Number moved_by_months(const Number& day, std::int64_t months) {
  const Date end = months < 0 ? Date::first() : Date::last();
  const auto days = day.to_int64();
  if (!days || *days < 0 || *days > Date::last_day) return Number(day < Number(0) ? Date::first().days : Date::last().days);
  return Number(add_months(Date{static_cast<std::int32_t>(*days)}, months).value_or(end).days);
}

Formulas::Formulas() {
  Node node_true;
  node_true.op = Op::True;
  true_ = node(node_true);
  Node node_false;
  node_false.op = Op::False;
  false_ = node(node_false);
}

FormulaId Formulas::node(Node node) {
  if (step_log != nullptr && node.domain.is_valid()) step_log->push_back(node.domain);
  const auto hash = hash_of(node);
  for (auto [it, end] = node_index_.equal_range(hash); it != end; ++it) {
    if (nodes_[it->second] == node) return it->second;
  }
  const auto id = nodes_.add(std::move(node));
  node_index_.emplace(hash, id);
  return id;
}

FormulaId Formulas::and_(std::vector<FormulaId> children) {
  std::erase(children, true_);
  if (std::find(children.begin(), children.end(), false_) != children.end()) return false_;
  if (children.empty()) return true_;
  if (children.size() == 1) return children.front();
  Node result;
  result.op = Op::And;
  result.children = std::move(children);
  return node(std::move(result));
}

FormulaId Formulas::or_(std::vector<FormulaId> children) {
  std::erase(children, false_);
  if (std::find(children.begin(), children.end(), true_) != children.end()) return true_;
  if (children.empty()) return false_;
  if (children.size() == 1) return children.front();
  Node result;
  result.op = Op::Or;
  result.children = std::move(children);
  return node(std::move(result));
}

FormulaId Formulas::any_piece(std::vector<FormulaId> children) {
  const auto plain = or_(std::move(children));
  if (nodes_[plain].op != Op::Or) return plain;
  Node result = nodes_[plain];
  result.pieces = true;
  return node(std::move(result));
}

FormulaId Formulas::not_(FormulaId child) {
  if (child == true_) return false_;
  if (child == false_) return true_;
  if (nodes_[child].op == Op::Not) return nodes_[child].children.front();
  Node result;
  result.op = Op::Not;
  result.children = {child};
  return node(std::move(result));
}

FormulaId Formulas::at_least(std::int64_t count, std::vector<FormulaId> children) {
  if (count <= 0) return true_;
  if (count > static_cast<std::int64_t>(children.size())) return false_;
  if (count == 1) return or_(std::move(children));
  if (count == static_cast<std::int64_t>(children.size())) return and_(std::move(children));
  Node result;
  result.op = Op::AtLeast;
  result.count = count;
  result.children = std::move(children);
  return node(std::move(result));
}

FormulaId Formulas::atom(Atom atom) {
  const auto hash = hash_of(atom);
  AtomId id{};
  for (auto [it, end] = atom_index_.equal_range(hash); it != end && !id.is_valid(); ++it) {
    if (atoms_[it->second] == atom) id = it->second;
  }
  if (!id.is_valid()) {
    id = atoms_.add(std::move(atom));
    atom_index_.emplace(hash, id);
  }
  Node result;
  result.op = Op::Atom;
  result.atom = id;
  return node(std::move(result));
}

PathId Formulas::variable(model::VariableId root) {
  const auto [it, fresh] = path_index_.try_emplace({PathId::no_index, root.index, std::uint8_t{0}, 0U}, PathId{});
  if (fresh) it->second = paths_.add({PathId{}, root, {}});
  return it->second;
}

PathId Formulas::step(PathId parent, model::Step step) {
  const bool is_field = step.kind == model::Step::Kind::Field;
  if (step_log != nullptr && is_field) step_log->push_back(step.field);
  const auto [it, fresh] = path_index_.try_emplace(
      {parent.index, 0U, std::uint8_t{static_cast<std::uint8_t>(is_field ? 1 : 2)}, is_field ? step.field.index : step.value.index},
      PathId{});
  if (fresh) it->second = paths_.add({parent, model::VariableId{}, step});
  return it->second;
}

PathId Formulas::path(const model::Path& path) {
  PathId result = variable(path.root);
  for (const auto& next : path.steps) result = step(result, next);
  return result;
}

AggregateId Formulas::aggregate(Aggregate aggregate) {
  if (step_log != nullptr && aggregate.domain.is_valid()) step_log->push_back(aggregate.domain);
  for (const auto id : aggregates_.ids()) {
    if (aggregates_[id] == aggregate) return id;
  }
  return aggregates_.add(std::move(aggregate));
}

}  // namespace onus::formula
