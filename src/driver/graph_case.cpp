#include "driver/graph_case.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "base/units.hpp"
#include "data/yaml.hpp"
#include "facts/from_document.hpp"
#include "graph/scheme.hpp"
#include "graph/witness.hpp"

namespace onus::driver {

using graph::FactInfo;
using graph::SlotId;
using model::FieldType;

namespace {

constexpr std::size_t most_tries = 24;

// Names and members are free text.
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

// The facts of a witness, as a case file.
class Writer {
 public:
  Writer(graph::Slots& slots, const graph::Graph& graph, const solve::Model& values)
      : slots_(slots), model_(slots.model()), graph_(graph), values_(values) {}

  // Every amount as short as its cells allow. False where one of them never ends in decimals.
  bool shorten() {
    const auto& expressions = graph_.expressions();
    std::map<std::uint32_t, std::vector<const graph::Variable*>> speaking;
    for (const auto& variable : graph_.partition().variables) {
      if (variable.boolean) continue;
      for (const auto& term : expressions.form(variable.form).terms) speaking[term.variable.index].push_back(&variable);
    }
    bool all = true;
    for (const auto& each : speaking) {
      const solve::RealVar real{each.first};
      const auto& variables = each.second;   // a binding cannot be captured under clang 14
      const Number* found = values_.value(real);
      if (found == nullptr) continue;
      const Number before = *found;
      std::vector<std::uint32_t> cells;
      for (const auto* variable : variables) cells.push_back(graph::cell_of(expressions, *variable, values_));
      const auto fits = [&](const Number& candidate) {
        const auto& domain = expressions.domain(real);
        if (domain.integer && !candidate.is_integer()) return false;
        if (domain.lower && (domain.lower->inclusive ? candidate < domain.lower->value : candidate <= domain.lower->value)) return false;
        if (domain.upper && (domain.upper->inclusive ? candidate > domain.upper->value : candidate >= domain.upper->value)) return false;
        values_.set(real, candidate);
        for (std::size_t i = 0; i < variables.size(); ++i)
          if (graph::cell_of(expressions, *variables[i], values_) != cells[i]) return false;
        return true;
      };
      const auto* info = slots_.info(real);
      if (info != nullptr && info->kind == FactInfo::Kind::Field && is_short(before)) continue;
      const bool is_day = expressions.domain(real).upper.has_value();   // days and members are as short as they get
      if (is_day) continue;
      bool done = false;
      // Powers of ten around it, coarse ones first; below and above.
      for (int digits = 1; digits <= 18 && !done; ++digits) {
        Number step = 1;
        while (step * Number(10) <= before.abs()) step *= Number(10);
        while (step > before.abs() && step > Number(1) / Number(1'000'000) && !before.is_zero()) step /= Number(10);
        for (int i = 1; i < digits; ++i) step /= Number(10);
        const Number down = (before / step).floor() * step;
        done = fits(down) || fits(down + step);
      }
      if (!done) {
        values_.set(real, before);
        all = all && before.to_decimal().has_value();
      }
    }
    return all;
  }

  std::string write(const std::vector<SlotId>& row, std::optional<Date> as_of) {
    for (const SlotId slot : row) enter(slot);
    for (const auto& variable : graph_.partition().variables) note(variable);
    if (today_) as_of = today_;
    std::string out = "onus: case/1\nas of: " + to_text(*as_of) + "\n";
    for (const auto kind : model_.kinds.ids()) {
      std::string entities;
      for (const SlotId slot : order_) {
        if (slots_[slot].kind != kind) continue;
        entities += "  " + quoted(names_.at(slot)) + ":";
        auto& facts = facts_[slot];
        std::erase_if(facts, [](const auto& fact) { return fact.second.empty(); });
        if (facts.empty()) entities += " {}";
        entities += "\n";
        for (const auto& [field, text] : facts) entities += "    " + quoted(model_.fields[model::FieldId{field}].name) + ": " + text + "\n";
      }
      if (!entities.empty()) out += quoted(model_.kinds[kind].name) + ":\n" + entities;
    }
    return out;
  }

  // The entity of a slot of the row, or behind it.
  [[nodiscard]] std::optional<std::string> name(SlotId slot) {
    slot = one(slot);
    const auto found = names_.find(slot);
    return found == names_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  static bool is_short(const Number& number) {
    const auto decimal = number.to_decimal();
    return decimal && decimal->digits.size() <= 4;
  }

  // Slots that are one entity are the first of them.
  SlotId one(SlotId slot) {
    for (bool changed = true; changed;) {
      changed = false;
      for (const auto& variable : graph_.partition().variables) {
        if (!variable.boolean) continue;
        const auto* info = slots_.info(variable.truth);
        if (info == nullptr || info->kind != FactInfo::Kind::Same || info->other != slot) continue;
        if (values_.value(variable.truth).value_or(false)) {
          slot = info->slot;
          changed = true;
        }
      }
    }
    return slot;
  }

  // The slot's entity is there, with all whom it hangs from, and their relations lead to it.
  SlotId enter(SlotId id) {
    const SlotId slot = one(id);
    const auto& about = slots_[id];
    if (!names_.contains(slot)) {
      std::string text = slots_.text_of(slot);
      if (text.starts_with("the ")) text.erase(0, 4);
      if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
      names_[slot] = text;
      order_.push_back(slot);
    }
    if (entered_.insert(id.index).second && about.parent.is_valid()) {
      const SlotId parent = enter(about.parent);
      if (about.via.kind == model::Step::Kind::Field) {
        const auto& field = model_.fields[about.via.field];
        if (field.type == FieldType::Relation) {
          facts_[parent][about.via.field.index] = quoted(names_.at(slot));
        } else if (field.type == FieldType::OneInverse && field.inverse_of) {
          facts_[slot][field.inverse_of->index] = quoted(names_.at(parent));
        }
      }
    }
    return slot;
  }

  // Whether the way to the slot is there in the witness.
  bool is_there(SlotId slot) {
    for (; slots_[slot].parent.is_valid(); slot = slots_[slot].parent) {
      if (slots_[slot].via.kind != model::Step::Kind::Field) continue;
      if (!exists(slots_[slot].parent, slots_[slot].via.field, 0)) return false;
    }
    return true;
  }

  bool exists(SlotId owner, model::FieldId field, std::int32_t year) {
    const solve::Expr e = slots_.exists(owner, field, year);
    if (e.is_constant()) return e.is_true();
    for (const auto& variable : graph_.partition().variables) {
      if (!variable.boolean) continue;
      const auto* info = slots_.info(variable.truth);
      if (info != nullptr && info->kind == FactInfo::Kind::Exists && info->slot == owner && info->field == field && info->year == year)
        return values_.value(variable.truth).value_or(true);
    }
    return true;
  }

  std::string amount(const model::Field& field, const Number& number) const {
    switch (field.type) {
      case FieldType::Date: return to_text(Date{static_cast<std::int32_t>(number.to_int64().value_or(0))});
      case FieldType::Moment: return to_text(Moment{number.to_int64().value_or(0)});
      case FieldType::OneOf: return quoted(field.members.at(static_cast<std::size_t>(number.to_int64().value_or(0))));
      default: return to_text(number) + (field.unit ? " " + std::string(unit_name(*field.unit, number)) : "");
    }
  }

  void put(SlotId slot, model::FieldId id, std::int32_t year, std::string text) {
    auto& fact = facts_[enter(slot)][id.index];
    if (!model_.fields[id].yearly) {
      fact = std::move(text);
    } else if (fact.empty()) {
      fact = "{" + std::to_string(year) + ": " + text + "}";
    } else {
      fact.insert(fact.size() - 1, ", " + std::to_string(year) + ": " + text);
    }
  }

  // A list that is complete: begun when something asks for it.
  void list(SlotId slot, model::FieldId id, const std::string& member, bool in) {
    auto& fact = facts_[enter(slot)][id.index];
    if (fact.empty()) fact = "[]";
    if (in) fact.insert(fact.size() - 1, (fact == "[]" ? "" : ", ") + member);
  }

  void note(const graph::Variable& variable) {
    if (!variable.boolean) {
      for (const auto& term : graph_.expressions().form(variable.form).terms) note_amount(term.variable);
      return;
    }
    const auto* info = slots_.info(variable.truth);
    const bool yes = values_.value(variable.truth).value_or(false);
    if (info == nullptr) return;
    if (info->kind == FactInfo::Kind::Same) {
      // Two of them, or one by two names: either way they are there, and what leads to them is said.
      for (const SlotId slot : {info->slot, info->other})
        if (is_there(slot)) static_cast<void>(enter(slot));
    }
    if (!info->slot.is_valid() || !info->field.is_valid() || !is_there(info->slot)) return;
    const auto& field = model_.fields[info->field];
    switch (info->kind) {
      case FactInfo::Kind::Field:
        if (field.type == FieldType::YesNo) put(info->slot, info->field, 0, yes ? "yes" : "no");
        if (field.type == FieldType::AnyOf) list(info->slot, info->field, quoted(field.members.at(*info->member)), yes);
        if (field.type == FieldType::PairSet && is_there(info->other)) {
          const SlotId other = enter(info->other);
          list(info->slot, info->field, quoted(names_.at(other)), yes);
        }
        break;
      case FactInfo::Kind::Exists:
        if (field.type == FieldType::OneInverse) {
          if (yes) static_cast<void>(enter(slots_.child(info->slot, step(info->field), *field.target)));
        } else if (!yes && field.closing != model::Closing::None) {
          put(info->slot, info->field, info->year, "not applicable");
        } else if (yes && field.type == FieldType::Relation) {
          static_cast<void>(enter(slots_.child(info->slot, step(info->field), *field.target)));
        } else if (yes && field.type == FieldType::Date && facts_[enter(info->slot)][info->field.index].empty()) {
          put(info->slot, info->field, info->year, "2020-01-01");   // any day will do; one that matters replaces it
        }
        break;
      case FactInfo::Kind::Judged:
      case FactInfo::Kind::Answered: {
        auto& fact = facts_[enter(info->slot)][info->field.index];
        if (info->kind == FactInfo::Kind::Answered && !yes) fact = "not established";
        if (info->kind == FactInfo::Kind::Judged && fact != "not established") fact = yes ? "yes" : "no";
        break;
      }
      default: break;   // who cannot know something is not written, so that a witness that needs it is not confirmed
    }
  }

  static model::Step step(model::FieldId field) {
    model::Step result;
    result.field = field;
    return result;
  }

  void note_amount(solve::RealVar real) {
    const auto* info = slots_.info(real);
    const Number* const value = values_.value(real);
    if (info == nullptr || value == nullptr) return;
    if (info->kind == FactInfo::Kind::Today) {
      today_ = Date{static_cast<std::int32_t>(value->to_int64().value_or(0))};
    } else if (info->kind == FactInfo::Kind::Field && is_there(info->slot) && exists(info->slot, info->field, info->year)) {
      const auto& field = model_.fields[info->field];
      if (!field.yearly) facts_[enter(info->slot)][info->field.index].clear();
      put(info->slot, info->field, info->year, amount(field, *value));
    }
  }

  graph::Slots& slots_;
  const model::Model& model_;
  const graph::Graph& graph_;
  solve::Model values_;
  std::map<SlotId, std::string> names_;
  std::vector<SlotId> order_;
  std::set<std::uint32_t> entered_;
  std::map<SlotId, std::map<std::uint32_t, std::string>> facts_;
  std::optional<Date> today_;
};

// The slot at the end of a path of the row, where only relations lead there.
std::optional<SlotId> end_of(graph::Slots& slots, const model::Path& path, const std::vector<SlotId>& row) {
  if (!path.root.is_valid() || path.root.index >= row.size()) return std::nullopt;
  SlotId at = row[path.root.index];
  for (const auto& step : path.steps) {
    if (step.kind != model::Step::Kind::Field) return std::nullopt;
    at = slots.child(at, step, *slots.model().fields[step.field].target);
  }
  return at;
}

std::optional<facts::EntityId> entity(const facts::Case& the_case, model::KindId kind, const std::optional<std::string>& name) {
  for (std::uint32_t i = 0; name && i < the_case.entities.size(); ++i)
    if (the_case.entities[i].kind == kind && the_case.entities[i].name == *name) return facts::EntityId{i};
  return std::nullopt;
}

// What `check` says of the text; nothing where it takes it for no case, or for one that contradicts itself.
std::optional<evaluate::Verdict> judged(const formula::Program& program, model::ProvisionId id, const std::string& text,
                                        const evaluate::Options& options, const std::optional<std::string>& first,
                                        const std::optional<std::string>& second) {
  const auto& model = *program.model;
  const auto& provision = model.provisions[id];
  SourceStore sources;
  Sink sink;
  const FileId file = sources.add("case.yaml", text);
  const auto document = data::read_yaml(sources, file, Limits{}, sink);
  if (!document || sink.errors() > 0) return std::nullopt;
  const auto the_case = facts::read_case(model, *document, sources, file, sink);
  if (!the_case || sink.errors() > 0) return std::nullopt;
  evaluate::Options own = options;
  own.explain = false;
  own.as_of = the_case->as_of;
  evaluate::Judge judge(program, *the_case, own);
  if (judge.clash()) return std::nullopt;
  evaluate::Judged verdict;
  if (model::is_norm(provision.kind)) {
    std::optional<facts::EntityId> bearer, object;
    if (provision.bearer) bearer = entity(*the_case, model.kind_of(*provision.bearer, provision.variables), first);
    if (provision.object) object = entity(*the_case, model.kind_of(*provision.object, provision.variables), second);
    if ((provision.bearer && !bearer) || (provision.object && !object)) return std::nullopt;
    verdict = judge.norm(id, bearer, object);
  } else {
    const auto subject = entity(*the_case, model.kind_of(provision.holder, provision.variables), first);
    std::optional<facts::EntityId> object;
    if (provision.object) object = entity(*the_case, model.kind_of(*provision.object, provision.variables), second);
    if (!subject || (provision.object && !object)) return std::nullopt;
    verdict = judge.conclusion(*provision.predicate, *subject, object, provision.regulation);
  }
  return verdict.gave_up ? std::nullopt : std::optional(verdict.verdict);
}

}  // namespace

GraphCase graph_case(const formula::Program& program, model::ProvisionId id, bool wanted, std::optional<Date> as_of,
                     const evaluate::Options& options, const graph::Budget& budget) {
  GraphCase result;
  const auto& provision = program.model->provisions[id];
  const bool is_norm = model::is_norm(provision.kind);
  solve::ExpressionStore store;
  graph::SchemeOptions scheme_options;
  scheme_options.as_of = as_of;
  scheme_options.parameters = &options.parameters;
  graph::Schemes schemes(program, store, scheme_options);
  auto& slots = schemes.slots();
  const auto row = schemes.row_of(id);
  const auto first = end_of(slots, is_norm && provision.bearer ? *provision.bearer : provision.holder, row);
  const auto second = provision.object ? end_of(slots, *provision.object, row) : std::nullopt;
  solve::Expr yes = schemes.contribution(id, row).fires;
  if (!is_norm && first) yes = schemes.concluded(*provision.predicate, provision.regulation, *first, second.value_or(SlotId{})).yes;
  const solve::Expr root = wanted ? yes : solve::ExpressionStore::not_(yes);
  std::vector<solve::Expr> asked{root};
  const auto constraints = schemes.constraints();
  graph::Budget own = budget;
  graph::Graph graph(store, asked, constraints, own);
  // A plain case: nothing is so and nothing is there, questions are answered, amounts are small, all rules are in force.
  graph::Cells profile(graph.store().levels(), 0);
  std::vector<std::optional<Number>> weights(graph.partition().variables.size(), Number(2));
  std::vector<std::uint32_t> free_levels;
  for (std::uint32_t level = 0; level < graph.store().levels(); ++level) {
    const auto& variable = graph.variable_at(level);
    auto& weight = weights[graph.order()[level]];
    const auto about = [&](const FactInfo* info) {
      if (info == nullptr) return;
      switch (info->kind) {
        case FactInfo::Kind::Answered: profile[level] = 1; break;
        case FactInfo::Kind::Today: profile[level] = variable.cells() - 1; break;
        case FactInfo::Kind::Reading: weight.reset(); break;
        case FactInfo::Kind::Exists: weight = Number(1); break;
        case FactInfo::Kind::Conclusion:
        case FactInfo::Kind::Computed:
        case FactInfo::Kind::Choice:
        case FactInfo::Kind::CannotKnow:
          weight = Number(1000);
          free_levels.push_back(level);
          break;
        default: break;
      }
    };
    if (variable.boolean) {
      about(slots.info(variable.truth));
    } else {
      const auto& terms = graph.expressions().form(variable.form).terms;
      solve::Model nothing;
      for (const auto& term : terms) nothing.set(term.variable, Number(0));
      profile[level] = graph::cell_of(graph.expressions(), variable, nothing);
      for (const auto& term : terms) about(slots.info(term.variable));
    }
  }
  graph::NodeId open = graph.roots().front();
  if (open.is_undecided()) return result;
  for (result.looked_at = 0; result.looked_at < most_tries;) {
    const auto found = graph::nearest(graph, open, profile, weights);
    if (found.answer == graph::Answer::Undecided) return result;
    if (found.answer == graph::Answer::No) {
      result.outcome = result.looked_at == 0 ? GraphCase::Outcome::Never : GraphCase::Outcome::Unconfirmed;
      return result;
    }
    ++result.looked_at;
    Writer writer(slots, graph, found.witness->model);
    const bool ends = writer.shorten();
    const std::string text = writer.write(row, as_of ? as_of : std::optional(Date{}));
    const auto name = [&](const std::optional<SlotId>& slot) { return slot ? writer.name(*slot) : std::nullopt; };
    const auto verdict = ends ? judged(program, id, text, options, name(first), name(second)) : std::nullopt;
    using evaluate::Verdict;
    const Verdict answer = verdict.value_or(Verdict::Depends);
    const bool confirmed = wanted ? answer == Verdict::Applies
                                  : answer == Verdict::DoesNotApply || answer == Verdict::NotYet || answer == Verdict::NoLonger;
    if (confirmed) {
      result.outcome = GraphCase::Outcome::Found;
      result.text = text;
      return result;
    }
    // What the case cannot state is what it fails for, if the witness needs any of that; else this one combination.
    graph::Cube cube;
    for (const std::uint32_t level : free_levels)
      if (found.witness->cells[level] != profile[level]) cube.push_back({level, found.witness->cells[level], found.witness->cells[level] + 1});
    if (cube.empty()) {
      for (std::uint32_t level = 0; level < graph.store().levels(); ++level)
        cube.push_back({level, found.witness->cells[level], found.witness->cells[level] + 1});
    }
    open = graph::without(graph.store(), open, graph::cube_node(graph.store(), cube));
    if (open.is_undecided()) return result;
  }
  result.outcome = GraphCase::Outcome::Unconfirmed;
  return result;
}

}  // namespace onus::driver
