#include "evaluate/coverage.hpp"

#include <algorithm>

#include "evaluate/coverage_places.hpp"
#include "evaluate/lens.hpp"
#include "evaluate/rows.hpp"

namespace onus::evaluate {

using solve::ExpressionStore;
using Place = Coverage::Place;

std::size_t CoveragePoint::reached() const {
  return (yes && (!constant || *constant) ? 1U : 0U) + (no && kind != Kind::ValueCase && (!constant || !*constant) ? 1U : 0U);
}

namespace {

// One case under one choice of readings.
class Look {
 public:
  Look(const formula::Program& program, const facts::Case& the_case, const Options& options)
      : program_(program),
        model_(*program.model),
        readings_(options.readings),
        world_(program, the_case, store_, {options.no_defaults, false}),
        solver_(store_),
        lens_(world_, solver_, options.as_of ? *options.as_of : the_case.as_of.value_or(Date{}), options.readings, &options.parameters, true),
        day_(lens_.day()),
        g_(day_.grounder()) {
    solver_.set_budget(options.budget);
  }

  std::optional<Clash> clash() {
    try {
      if (day_.clash_free()) return std::nullopt;
    } catch (const GaveUp&) {
      ++gave_up_;   // the questions below will run into the budget too
      return std::nullopt;
    }
    Clash clash;
    for (const auto position : day_.clash()) {
      const auto& statement = day_.statements()[position];
      clash.statements.push_back(statement.text);
      clash.spans.push_back(statement.span);
    }
    return clash;
  }

  // Looks for what is still to be reached in the rows of this provision.
  void look(model::ProvisionId id, const std::vector<Place>& places, std::vector<CoveragePoint>& points, std::uint32_t number) {
    std::vector<const Place*> open;
    for (const auto& place : places) {
      const auto& point = points[place.point];
      if (is_read(place) && (point.wants_yes() || point.wants_no())) open.push_back(&place);
    }
    if (open.empty()) return;
    for (const auto& row : rows(id)) look_at(id, row, open, points, number);
  }

  [[nodiscard]] std::size_t gave_up() const { return gave_up_; }

 private:
  bool certain(Expr e) {
    try {
      return day_.certain(e);
    } catch (const GaveUp&) {
      ++gave_up_;
      return false;
    }
  }
  bool impossible(Expr e) { return certain(ExpressionStore::not_(e)); }

  [[nodiscard]] bool is_read(const Place& place) const {
    const auto chosen = [&](const auto& reading) { return std::ranges::find(readings_, reading) != readings_.end(); };
    return std::ranges::all_of(place.chosen, chosen) && std::ranges::none_of(place.not_chosen, chosen);
  }

  std::vector<Row> rows(model::ProvisionId id) {
    const auto& provision = model_.provisions[id];
    std::vector<Row> result = {};
    if (model::is_norm(provision.kind)) {
      result = rows_of(day_, id);
    } else {
      for (const auto binding : g_.anchors(id, std::nullopt, std::nullopt)) result.push_back({binding, std::nullopt, std::nullopt});
    }
    std::erase_if(result, [&](const Row& row) {
      return std::ranges::any_of(g_.entities(row.binding), [&](EntityIndex entity) { return world_.ends_recursion(entity); });
    });
    return result;
  }

  // Where the path leads to somebody.
  Expr leads(const model::Path& path, BindingId binding) {
    std::vector<Expr> somewhere;
    for (const auto& [guard, entity] : g_.follow(path, binding)) somewhere.push_back(guard);
    return day_.store().or_(somewhere);
  }

  void look_at(model::ProvisionId id, const Row& row, const std::vector<const Place*>& places, std::vector<CoveragePoint>& points,
               std::uint32_t number) {
    const auto& provision = model_.provisions[id];
    const bool norm = model::is_norm(provision.kind);
    auto match = g_.present(row.binding);
    if (norm) {
      if (row.bearer) match = day_.store().and_(match, g_.ends_at(*provision.bearer, row.binding, *row.bearer));
      if (row.object) match = day_.store().and_(match, g_.ends_at(*provision.object, row.binding, *row.object));
    } else if (!provision.value && provision.holder.root.is_valid()) {
      // Whom it speaks of has to be there.
      match = day_.store().and_(match, leads(provision.holder, row.binding));
      if (provision.object) match = day_.store().and_(match, leads(*provision.object, row.binding));
    }
    if (!certain(match)) return;
    const auto instance = norm ? g_.instance(g_.proposition(g_.norm(id, row.binding, match)).instances.front())
                               : g_.instance(id, row.binding, match);
    // An assumption is about what can be, and a value about an amount, whatever the status of the text.
    const bool timeless = provision.value || provision.kind == model::ProvisionKind::Assumption;
    if (!timeless && !certain(instance.in_force)) return;
    std::optional<bool> applies;
    for (const auto* place : places) {
      auto& point = points[place->point];
      if (!point.wants_yes() && !point.wants_no()) continue;
      if (place->where_it_applies) {
        if (!applies) applies = certain(instance.fires);
        if (!*applies) continue;
      }
      reach(id, row.binding, instance, *place, point, number);
    }
  }

  void reach(model::ProvisionId id, BindingId row, const Instance& instance, const Place& place, CoveragePoint& point, std::uint32_t number) {
    const auto& provision = model_.provisions[id];
    const auto case_guard = [&] {
      return g_.trace(g_.formula(program_.of(id).cases.at(*place.where_case).guard, row, provision.variables)).value;
    };
    switch (point.kind) {
      case CoveragePoint::Kind::Provision:
        note(point, instance.fires, number);
        return;
      case CoveragePoint::Kind::ValueCase:
        note(point, case_guard(), number);
        return;
      case CoveragePoint::Kind::Strike: {
        const auto [stands, strikes] = struck(instance, place);
        // What an exception stops, or an open provision opens, is there to be stopped or opened.
        if (!certain(stands)) return;
        note(point, strikes, number);
        return;
      }
      case CoveragePoint::Kind::Condition: {
        if (!place.strike.empty() && !certain(attack_in_force(id, row, place))) return;
        if (place.where_case && !certain(case_guard())) return;
        for (const auto binding : bindings(id, row, place)) {
          const auto& condition = *place.condition;
          const auto value = value_of(id, place, condition, binding);
          if (!value || !certain(there(condition, binding, provision.variables))) continue;
          note(point, *value, number);
        }
        return;
      }
    }
  }

  void note(CoveragePoint& point, Expr value, std::uint32_t number) {
    if (point.wants_yes() && certain(value)) {
      point.yes = number;
    } else if (point.wants_no() && impossible(value)) {
      point.no = number;
    }
  }

  // ---- what strikes ----

  const formula::Attack& attack(model::ProvisionId id, const Place& place) const {
    const auto& roots = program_.of(id);
    const auto* attackers = &roots.attackers;
    const auto* opens = &roots.opens;
    const formula::Attack* result = nullptr;
    for (const auto& [opening, index] : place.strike) {
      result = &(opening ? opens : attackers)->at(index);
      attackers = &result->attackers;
      opens = &result->opens;
    }
    return *result;
  }

  Expr attack_in_force(model::ProvisionId id, BindingId row, const Place& place) {
    return g_.trace(g_.formula(attack(id, place).in_force, row, model_.provisions[id].variables)).value;
  }

  // What it strikes would speak (or, of an open provision, does not); and it strikes.
  std::pair<Expr, Expr> struck(const Instance& instance, const Place& place) {
    auto& store = day_.store();
    auto met = instance.met;
    auto silent = ExpressionStore::not_(g_.trace(instance.condition).value);
    const auto* attackers = &instance.attackers;
    const auto* opens = &instance.opens;
    auto stands = solve::true_expr;
    auto strikes = solve::false_expr;
    for (const auto& [opening, index] : place.strike) {
      const auto& one = (opening ? opens : attackers)->at(index);
      stands = store.and_(stands, opening ? silent : met);
      strikes = one.fires;
      met = one.met;
      silent = ExpressionStore::not_(g_.trace(one.condition).value);
      attackers = &one.attackers;
      opens = &one.opens;
    }
    return {stands, strikes};
  }

  // ---- conditions ----

  std::optional<Expr> value_of(model::ProvisionId id, const Place& place, model::ConditionId condition, BindingId binding) {
    const auto& written = program_.of(place.strike.empty() ? id : attack(id, place).by).conditions;
    const auto formula = written.find(condition.index);
    if (formula == written.end()) return std::nullopt;
    return g_.trace(g_.formula(formula->second, binding, model_.provisions[id].variables)).value;
  }

  BindingId bound(BindingId binding, model::VariableId variable, EntityIndex entity, std::size_t size) {
    auto entities = g_.entities(binding);
    if (entities.size() < size) entities.resize(size, ~EntityIndex{0});
    entities.at(variable.index) = entity;
    return g_.binding(std::move(entities));
  }

  // The row with each member of the sets of which the condition speaks, as far as it certainly is one.
  std::vector<BindingId> bindings(model::ProvisionId id, BindingId row, const Place& place) {
    const auto& variables = model_.provisions[id].variables;
    std::vector<BindingId> result{row};
    for (const auto& binder : place.binders) {
      std::vector<BindingId> next;
      for (const auto binding : result) {
        for (const auto& [guard, entity] : members(variables.at(binder.variable.index), binding)) {
          if (!certain(guard)) continue;
          const auto inner = bound(binding, binder.variable, entity, variables.size());
          if (binder.filter) {
            const auto counts = value_of(id, place, *binder.filter, inner);
            if (!counts || !certain(*counts)) continue;
          }
          next.push_back(inner);
        }
      }
      result = std::move(next);
    }
    return result;
  }

  Alternatives members(const model::Variable& variable, BindingId binding) {
    Alternatives result;
    if (!variable.domain_of) {
      for (const auto entity : world_.of_kind(variable.kind)) {
        if (!world_.is_implied(entity)) result.push_back({solve::true_expr, entity});
      }
    } else {
      for (const auto& [guard, owner] : g_.follow(*variable.domain_of, binding)) {
        for (const auto& member : world_.members(owner, variable.domain.value())) {
          result.push_back({day_.store().and_(guard, member.guard), member.entity});
        }
      }
    }
    if (variable.other_than) {
      std::erase_if(result, [&](const Alternative& each) { return each.entity == g_.entities(binding).at(variable.other_than->index); });
    }
    return result;
  }

  // Where everything is there that the condition speaks about. The facts of it may be *none*: that is an answer.
  Expr there(model::ConditionId id, BindingId binding, const std::vector<model::Variable>& variables) {
    const auto& c = model_.conditions[id];
    std::vector<Expr> all;
    const auto needs = [&](model::Path path, bool itself) {
      if (!itself && !path.steps.empty()) path.steps.pop_back();
      if (!path.steps.empty()) all.push_back(leads(path, binding));
    };
    switch (c.kind) {
      case model::ConditionKind::All:
      case model::ConditionKind::Any:
      case model::ConditionKind::AtLeast:
      case model::ConditionKind::Unless:
      case model::ConditionKind::Alternatives: break;   // what they are made of has its own points
      case model::ConditionKind::Not: return there(c.children.at(0), binding, variables);
      case model::ConditionKind::Quantified:
        if (const auto& of = variables.at(c.variable.index).domain_of) needs(*of, true);
        break;
      case model::ConditionKind::Compare:
        needs_of(c.left, binding, all);
        needs_of(c.right, binding, all);
        break;
      case model::ConditionKind::Has: needs(c.path, c.has_field); break;
      case model::ConditionKind::Same:   // that there is none is an answer
        needs(c.path, false);
        needs(c.path2, false);
        break;
      case model::ConditionKind::YesNo:
      case model::ConditionKind::Member:
      case model::ConditionKind::Pair:
      case model::ConditionKind::Judgement:
      case model::ConditionKind::Concluded:
      case model::ConditionKind::Unknowable:
        needs(c.path, true);
        if (!c.path2.steps.empty()) needs(c.path2, true);
        break;
    }
    return day_.store().and_(all);
  }

  void needs_of(model::ExprId id, BindingId binding, std::vector<Expr>& all) {
    const auto& e = model_.exprs[id];
    switch (e.kind) {
      case model::ExprKind::Fact:
      case model::ExprKind::Value:
        if (!e.path.steps.empty()) all.push_back(leads(e.path, binding));
        break;
      case model::ExprKind::Later:
      case model::ExprKind::Earlier:   // what is not there drops out
      case model::ExprKind::Sum:
      case model::ExprKind::Greatest:
      case model::ExprKind::Smallest:
      case model::ExprKind::Count: return;
      default: break;
    }
    for (const auto operand : e.operands) needs_of(operand, binding, all);
  }

  const formula::Program& program_;
  const model::Model& model_;
  const Readings readings_;
  solve::ExpressionStore store_;
  World world_;
  solve::Solver solver_;
  Lens lens_;
  Context& day_;
  Grounder& g_;
  std::size_t gave_up_ = 0;
};

}  // namespace

Coverage::Coverage(const formula::Program& program, const std::vector<model::ProvisionId>& provisions) : program_(program) {
  auto map = coverage_map(program, provisions);
  points_ = std::move(map.points);
  places_ = std::move(map.places);
}

Coverage::~Coverage() = default;

std::optional<Clash> Coverage::add(const facts::Case& the_case, const Options& options, std::uint32_t number) {
  Look look(program_, the_case, options);
  if (auto clash = look.clash()) return clash;
  for (std::uint32_t i = 0; i < places_.size(); ++i) look.look(model::ProvisionId{i}, places_[i], points_, number);
  gave_up_ += look.gave_up();
  return std::nullopt;
}

}  // namespace onus::evaluate
