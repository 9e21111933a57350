#include "evaluate/coverage_places.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "model/parts.hpp"

namespace onus::evaluate {
namespace {

using model::ConditionId;
using model::ConditionKind;
using model::ExprId;
using Kind = CoveragePoint::Kind;
using Place = Coverage::Place;

bool strikes(model::ProvisionKind kind) {
  return kind == model::ProvisionKind::Exception || kind == model::ProvisionKind::Transition || kind == model::ProvisionKind::Open;
}

bool is_list(ConditionKind kind) {
  return kind == ConditionKind::All || kind == ConditionKind::Any || kind == ConditionKind::AtLeast;
}

class Mapper {
 public:
  explicit Mapper(const formula::Program& program) : program_(program), model_(*program.model) {
    map_.places.resize(model_.provisions.size());
  }

  void add(model::ProvisionId id) {
    id_ = id;
    const auto& provision = model_.provisions[id];
    known_.clear();
    occurrences_.clear();
    met_ = {};
    if (strikes(provision.kind)) {
      add_strikes(provision);
    } else {
      add_provision(provision);
    }
  }

  CoverageMap take() { return std::move(map_); }

 private:
  // The place that is being looked at, and the letters of the items around it.
  struct At {
    model::ProvisionId rows{};
    Place place;
    std::string letters;
    std::string reading;
    bool scope = false;
  };

  // ---- provisions ----

  void add_provision(const model::Provision& provision) {
    At at;
    at.rows = id_;
    if (!provision.value) point(at, Kind::Provision, provision.heading);
    if (provision.scope) {
      At scope = at;
      scope.scope = true;
      condition(*provision.scope, scope, false);
    }
    if (provision.condition) condition(*provision.condition, at, false);
    if (provision.rebutted) condition(*provision.rebutted, at, false);
    add_value_cases(provision, at);
    At applying = at;
    applying.place.where_it_applies = true;
    for (const auto& limit : provision.limits) {
      if (limit.condition) condition(*limit.condition, applying, false);
    }
    // Whatever else there may be in a provision, but for what an assumption says: it holds in every world.
    const auto parts = model::parts_of(model_, provision);
    for (const auto id : parts.conditions) {
      if (!met(id) && id != provision.claim) condition(id, at, false);
    }
    for (const auto id : parts.exprs) {
      if (std::ranges::find(met_.exprs, id) == met_.exprs.end()) expr(id, at);
    }
  }

  // As the roots have them: the other readings of a case come before it.
  void add_value_cases(const model::Provision& provision, const At& at) {
    std::size_t root = 0;
    for (const auto& value_case : provision.cases) {
      const auto one = [&](const std::optional<ConditionId>& guard, ExprId amount, Span span, At here) {
        here.letters = letter_of(value_case.letter);
        if (guard) condition(*guard, here, false);
        here.place.where_case = root++;
        if (provision.cases.size() > 1 || guard) point(here, Kind::ValueCase, span);
        expr(amount, here);
      };
      At main = at;
      for (const auto& alternative : value_case.alternatives) {
        At other = at;
        read(other, alternative.reading);
        main.place.not_chosen.emplace_back(id_, alternative.reading);
        one(alternative.guard, alternative.expr, model_.provisions[id_].readings.at(alternative.reading).span, other);
      }
      one(value_case.guard, value_case.expr, value_case.span, main);
    }
  }

  void add_strikes(const model::Provision& provision) {
    for (std::uint32_t i = 0; i < provision.targets.size(); ++i) {
      const auto found = strike_of(i);
      if (!found) continue;
      At at;
      at.rows = found->first;
      at.place.strike = found->second;
      occurrences_.clear();
      point(at, Kind::Strike, provision.heading);
      if (const auto& stated = provision.targets[i].condition) condition(*stated, at, false);
      if (const auto& date = provision.targets[i].date) expr(*date, at);
    }
  }

  // Whose rows the target's condition speaks of, and the way there from its roots.
  [[nodiscard]] std::optional<std::pair<model::ProvisionId, std::vector<std::pair<bool, std::size_t>>>> strike_of(std::uint32_t target) const {
    std::vector<model::ProvisionId> chain{id_};   // from the last to what strikes the provision of the rows
    auto next = model_.provisions[id_].targets[target];
    while (next.of_target) {
      chain.push_back(next.provision);
      next = model_.provisions[next.provision].targets.at(*next.of_target);
    }
    const auto& roots = program_.of(next.provision);
    const auto* attackers = &roots.attackers;
    const auto* opens = &roots.opens;
    std::vector<std::pair<bool, std::size_t>> path;
    for (auto by = chain.rbegin(); by != chain.rend(); ++by) {
      const auto is = [&](const formula::Attack& attack) { return attack.by == *by && !attack.rebuttal; };
      const bool opening = model_.provisions[*by].kind == model::ProvisionKind::Open;
      const auto& among = opening ? *opens : *attackers;
      const auto at = std::ranges::find_if(among, is);
      if (at == among.end()) return std::nullopt;
      path.emplace_back(opening, static_cast<std::size_t>(at - among.begin()));
      attackers = &at->attackers;
      opens = &at->opens;
    }
    return std::pair(next.provision, std::move(path));
  }

  // ---- conditions; their depth is that of the sentence, which the grammar limits ----

  // `item`: it stands in a list or behind `unless`, so that it is one thing to be so or not, even if it is a list itself.
  void condition(ConditionId id, const At& at, bool item) {
    met_.conditions.push_back(id);
    const auto& c = model_.conditions[id];
    At here = at;
    here.letters += letter_of(c.letter);
    switch (c.kind) {
      case ConditionKind::All:
      case ConditionKind::Any:
      case ConditionKind::AtLeast:
        if (item) condition_point(id, here);
        for (const auto child : c.children) condition(child, here, true);
        return;
      case ConditionKind::Not: {
        const auto child = c.children.at(0);
        const auto kind = model_.conditions[child].kind;
        if (is_list(kind) || kind == ConditionKind::Unless || kind == ConditionKind::Alternatives) {
          if (item) condition_point(id, here);
          condition(child, here, false);
          return;
        }
        condition_point(id, here);   // `is not`: one thing, not two
        inside(child, here);
        return;
      }
      case ConditionKind::Unless:
        if (item) condition_point(id, here);
        condition(c.children.at(0), here, false);
        condition(c.children.at(1), here, true);
        return;
      case ConditionKind::Alternatives: {
        At main = here;
        for (const auto reading : c.alternatives) main.place.not_chosen.emplace_back(id_, reading);
        condition(c.children.at(0), main, true);
        for (std::size_t i = 0; i < c.alternatives.size(); ++i) {
          At other = here;
          read(other, c.alternatives[i]);
          condition(c.children.at(i + 1), other, true);
        }
        return;
      }
      case ConditionKind::Same:
      case ConditionKind::Pair:
        // `each incident of the model` says which rows there are.
        if (at.scope) return;
        [[fallthrough]];
      case ConditionKind::Quantified:
      case ConditionKind::Compare:
      case ConditionKind::YesNo:
      case ConditionKind::Member:
      case ConditionKind::Judgement:
      case ConditionKind::Concluded:
      case ConditionKind::Has:
      case ConditionKind::Unknowable:
        condition_point(id, here);
        inside(id, here);
        return;
    }
  }

  // What else there is to reach in a condition that is one thing: of whom a quantifier speaks, and what it says of each.
  void inside(ConditionId id, const At& at) {
    met_.conditions.push_back(id);
    const auto& c = model_.conditions[id];
    if (c.kind == ConditionKind::Compare) {
      expr(c.left, at);
      expr(c.right, at);
    }
    if (c.kind != ConditionKind::Quantified) return;
    At each = at;
    each.place.binders.push_back({c.variable, std::nullopt});
    if (c.has_filter) {
      condition(c.children.at(0), each, true);
      each.place.binders.back().filter = c.children.at(0);
    }
    condition(c.children.back(), each, true);
  }

  // The conditions of sums and counts.
  void expr(ExprId id, const At& at) {
    met_.exprs.push_back(id);
    const auto& e = model_.exprs[id];
    const bool ranges = e.kind == model::ExprKind::Sum || e.kind == model::ExprKind::Greatest || e.kind == model::ExprKind::Smallest ||
                        e.kind == model::ExprKind::Count;
    At here = at;
    if (ranges) {
      here.place.binders.push_back({e.variable, std::nullopt});
      if (e.filter) condition(*e.filter, here, true);
      here.place.binders.back().filter = e.filter;
    }
    for (const auto operand : e.operands) expr(operand, here);
  }

  // ---- points ----

  static std::string letter_of(const std::string& letter) { return letter.empty() ? std::string() : "(" + letter + ")"; }

  [[nodiscard]] bool met(ConditionId id) const { return std::ranges::find(met_.conditions, id) != met_.conditions.end(); }

  void read(At& at, std::uint32_t reading) const {
    at.place.chosen.emplace_back(id_, reading);
    at.reading = model_.provisions[id_].readings.at(reading).name;
  }

  void condition_point(ConditionId id, At at) {
    at.place.condition = id;
    point(at, Kind::Condition, model_.conditions[id].span);
  }

  // The same text in the rows of another target is the same point; several conditions of one text are told apart by their order.
  void point(const At& at, Kind kind, Span span) {
    const auto text = std::tuple(kind, span.begin, span.end, at.reading);
    const auto key = std::tuple(text, occurrences_[text]++);
    const auto [known, fresh] = known_.try_emplace(key, static_cast<std::uint32_t>(map_.points.size()));
    if (fresh) {
      CoveragePoint one;
      one.kind = kind;
      one.provision = id_;
      one.letter = at.letters;
      one.span = span;
      one.reading = at.reading;
      one.condition = at.place.condition;
      one.subject = at.scope;
      if (!at.place.binders.empty()) {
        one.each = model_.provisions[at.rows].variables.at(at.place.binders.back().variable.index).noun;
      }
      map_.points.push_back(std::move(one));
    }
    Place place = at.place;
    place.point = known->second;
    auto& of_rows = map_.places.at(at.rows.index);
    const auto same = [&](const Place& other) { return other.point == place.point && other.strike == place.strike; };
    if (kind == Kind::Condition) note_formula(map_.points[place.point], at, *place.condition, fresh);
    if (kind == Kind::Condition || std::ranges::none_of(of_rows, same)) of_rows.push_back(std::move(place));
  }

  // Where all of its places are of the row alone, they say what it is in every case.
  void note_formula(CoveragePoint& one, const At& at, ConditionId id, bool fresh) const {
    const auto& conditions = program_.of(id_).conditions;
    const auto formula = conditions.find(id.index);
    const bool of_row = at.place.binders.empty() && formula != conditions.end();
    if (!of_row || (!fresh && one.stands.empty())) {
      one.stands.clear();
    } else {
      one.stands.push_back({at.rows, formula->second});
    }
  }

  const formula::Program& program_;
  const model::Model& model_;
  model::ProvisionId id_{};
  CoverageMap map_;
  using Text = std::tuple<Kind, std::uint32_t, std::uint32_t, std::string>;
  std::map<std::tuple<Text, std::uint32_t>, std::uint32_t> known_;   // of this provision
  std::map<Text, std::uint32_t> occurrences_;                        // of this target
  model::Parts met_;
};

}  // namespace

CoverageMap coverage_map(const formula::Program& program, const std::vector<model::ProvisionId>& provisions) {
  Mapper mapper(program);
  for (const auto id : provisions) mapper.add(id);
  return mapper.take();
}

}  // namespace onus::evaluate
