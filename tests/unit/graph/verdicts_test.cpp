// Verdicts in four ways on generated rules and cases: the residue decided by the solver, the residue decided by a decision
// graph, the graph of the scheme, which knows nothing of the case, cut down to what the case says, and the oracle of the tests,
// which goes through the worlds.
//
//   ONUS_GRAPH_VERDICTS   how many verdicts (3,000; the target graph_long takes a million)
//   ONUS_GRAPH_SEED       the first seed; ONUS_GRAPH_STRIDE: take every n-th only, so that n runs share the work
#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>

#include "driver/second_opinion.hpp"
#include "driver/session.hpp"
#include "evaluate/context.hpp"
#include "evaluate/rows.hpp"
#include "facts/from_document.hpp"
#include "graph/scheme.hpp"
#include "graph/witness.hpp"
#include "oracle/oracle.hpp"
#include "property/harness.hpp"

namespace onus {
namespace {

using evaluate::EntityIndex;
using facts::FieldState;
using graph::Answer;
using graph::FactInfo;
using graph::NodeId;
using graph::SlotId;

std::size_t from_environment(const char* name, std::size_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<std::size_t>(std::strtoull(text, nullptr, 10));
}

struct Counted {
  std::size_t verdicts = 0, decided = 0;
  std::size_t undecided = 0;           // the graph's budget ran out
  std::size_t cycles = 0;              // worlds that the solver refuses for a cycle of relations, which is no constraint
  std::size_t schemes = 0, exact = 0;  // scheme questions; those that the case alone decides
  std::size_t oracle = 0, passed = 0;  // verdicts held against the oracle; those that are beyond it
};

// What the residue of one row can come to, by the graph and by the solver.
void compare_residue(evaluate::Context& context, const evaluate::CoreExprs& core, const std::array<bool, 3>& truth, Counted& counted) {
  graph::Budget budget;
  budget.nodes = 100'000;
  budget.steps = 20'000'000;
  const auto opinion = driver::opinion_of_graph(context, core, budget);
  counted.cycles += opinion.cycles;
  for (std::size_t i = 0; i < 3; ++i) {
    if (opinion.possible.at(i) == Answer::Undecided) {
      ++counted.undecided;
      continue;
    }
    CHECK((opinion.possible.at(i) == Answer::Yes) == truth.at(i));
  }
}

// What a case says about slots.
class Reading {
 public:
  Reading(const facts::Case& the_case, graph::Slots& slots, std::vector<EntityIndex> row, const std::vector<SlotId>& at)
      : case_(the_case), slots_(slots), model_(slots.model()) {
    for (std::size_t i = 0; i < at.size(); ++i) known_[at[i]] = row[i];
  }

  // The entity of a slot, or `unknown` when the case does not tell.
  static constexpr EntityIndex unknown = ~EntityIndex{0};
  EntityIndex entity(SlotId slot) {
    if (const auto it = known_.find(slot); it != known_.end())
      return it->second < case_.entities.size() ? it->second : unknown;
    if (!slots_[slot].parent.is_valid() || slots_[slot].via.kind != model::Step::Kind::Field) return unknown;
    const EntityIndex owner = entity(slots_[slot].parent);
    if (owner == unknown) return unknown;
    const auto& field = model_.fields[slots_[slot].via.field];
    if (field.type == model::FieldType::OneInverse) {
      for (std::uint32_t i = 0; i < case_.entities.size(); ++i) {
        const auto* state = case_.state(facts::EntityId{i}, *field.inverse_of);
        if (state != nullptr && state->value == FieldState::Value::Exact && state->entities.size() == 1 &&
            state->entities.front().index == owner)
          return i;
      }
      return unknown;
    }
    const auto* state = case_.state(facts::EntityId{owner}, slots_[slot].via.field);
    if (state == nullptr || state->value != FieldState::Value::Exact || state->entities.size() != 1) return unknown;
    return state->entities.front().index;
  }

  std::optional<bool> truth(const FactInfo& info) {
    const EntityIndex owner = info.slot.is_valid() ? entity(info.slot) : unknown;
    const EntityIndex other = info.other.is_valid() ? entity(info.other) : unknown;
    if (info.kind == FactInfo::Kind::Same) return owner != unknown && other != unknown ? std::optional(owner == other) : std::nullopt;
    if (owner == unknown || !info.field.is_valid()) return std::nullopt;
    const auto& field = model_.fields[info.field];
    const auto* state = case_.state(facts::EntityId{owner}, info.field, info.year);
    const bool exact = state != nullptr && state->value == FieldState::Value::Exact;
    switch (info.kind) {
      case FactInfo::Kind::Field:
        if (!exact) return state == nullptr && field.closing == model::Closing::No ? std::optional(false) : std::nullopt;
        if (field.type == model::FieldType::YesNo) return state->yes;
        if (field.type == model::FieldType::AnyOf)
          return std::find(state->members.begin(), state->members.end(), *info.member) != state->members.end();
        if (field.type == model::FieldType::PairSet && other != unknown)
          return std::find(state->entities.begin(), state->entities.end(), facts::EntityId{other}) != state->entities.end();
        return std::nullopt;
      case FactInfo::Kind::Exists:
        if (field.type == model::FieldType::OneInverse) return std::nullopt;
        if (exact || (state != nullptr && state->value == FieldState::Value::Between)) return true;
        if (state != nullptr && state->value == FieldState::Value::NotApplicable) return false;
        return state == nullptr && field.closing == model::Closing::None ? std::optional(false) : std::nullopt;
      case FactInfo::Kind::Judged:
        if (state == nullptr || state->answer == FieldState::Answer::None || state->answer == FieldState::Answer::NotEstablished)
          return std::nullopt;
        return state->answer == FieldState::Answer::Yes;
      case FactInfo::Kind::Answered:
        if (state == nullptr || state->answer == FieldState::Answer::NotEstablished) return false;
        return state->answer == FieldState::Answer::None ? std::nullopt : std::optional(true);
      default: return std::nullopt;
    }
  }

  std::optional<Number> number(const FactInfo& info) {
    if (info.kind == FactInfo::Kind::Reading) return Number(0);
    const EntityIndex owner = info.slot.is_valid() ? entity(info.slot) : unknown;
    if (info.kind != FactInfo::Kind::Field || owner == unknown) return std::nullopt;
    const auto* state = case_.state(facts::EntityId{owner}, info.field, info.year);
    if (state == nullptr || state->value != FieldState::Value::Exact) return std::nullopt;
    if (model_.fields[info.field].type == model::FieldType::OneOf) return Number(state->member);
    return state->low;
  }

 private:
  const facts::Case& case_;
  graph::Slots& slots_;
  const model::Model& model_;
  std::map<SlotId, EntityIndex> known_;
};

void compare_scheme(graph::Graph& graph, graph::Schemes& schemes, const graph::NormScheme& norm, NodeId root,
                    const facts::Case& the_case, const std::vector<EntityIndex>& row, const std::array<bool, 3>& truth,
                    Counted& counted) {
  for (const EntityIndex entity : row)
    if (entity >= the_case.entities.size()) return;   // implied: the case says nothing of it
  Reading reading(the_case, schemes.slots(), row, norm.row);
  solve::Model values;
  std::vector<graph::Fixed> fixed;
  for (std::uint32_t level = 0; level < graph.store().levels(); ++level) {
    const auto& variable = graph.variable_at(level);
    bool known = true;
    if (variable.boolean) {
      const auto value = reading.truth(*schemes.slots().info(variable.truth));
      known = value.has_value();
      if (known) values.set(variable.truth, *value);
    } else {
      for (const auto& term : graph.expressions().form(variable.form).terms) {
        const auto value = reading.number(*schemes.slots().info(term.variable));
        known = known && value.has_value();
        if (value) values.set(term.variable, *value);
      }
    }
    if (known) fixed.push_back({level, graph::cell_of(graph.expressions(), variable, values)});
  }
  auto& store = graph.store();
  const auto mark = store.mark();
  const NodeId here = graph::cofactor(store, root, fixed), care = graph::cofactor(store, graph.care(), fixed);
  const auto yes = graph::intersects(store, here, care), no = graph::implies(store, care, here);
  store.rollback(mark);
  if (!yes || !no) {
    ++counted.undecided;
    return;
  }
  ++counted.schemes;
  const bool can_apply = *yes, can_fail = !*no;
  CHECK((can_apply || can_fail));   // the case lies in the care set
  // The scheme ranges over more than can be: what can be is among it.
  if (truth[0]) CHECK(can_apply);
  if (truth[1]) CHECK(can_fail);
  if (truth[2]) CHECK((can_apply && can_fail));
  if (can_apply != can_fail) ++counted.exact;
}

// What the row can come to in the worlds of the oracle.
std::optional<std::array<bool, 3>> by_oracle(oracle::Oracle& oracle, evaluate::Context& context, model::ProvisionId id,
                                             const evaluate::Row& row) {
  const auto& model = *context.world().program().model;
  const auto& provision = model.provisions[id];
  bool named = true;
  const auto entity = [&](EntityIndex index) -> oracle::Entity {
    if (!context.world().is_implied(index)) return index;
    const auto& being = context.world().being(index);
    const auto found = oracle.find(being.kind, being.name);
    named = named && found.has_value();
    return found.value_or(oracle::no_entity);
  };
  const oracle::Entity bearer = row.bearer ? entity(*row.bearer) : oracle::no_entity;
  const oracle::Entity object = row.object ? entity(*row.object) : oracle::no_entity;
  std::vector<oracle::Entity> others;
  const auto all = context.grounder().entities(row.binding);
  for (std::uint32_t i = 0; i < provision.row_size; ++i) {
    const bool is_bearer = provision.bearer && provision.bearer->steps.empty() && provision.bearer->root.index == i;
    const bool is_object = provision.object && provision.object->steps.empty() && provision.object->root.index == i;
    if (!is_bearer && !is_object) others.push_back(entity(all[i]));
  }
  if (!named) return std::nullopt;
  oracle::Answer answer;
  try {
    answer = oracle.norm(id, bearer, object, others, false);
  } catch (const oracle::Unsupported&) {
    return std::nullopt;
  }
  std::array<bool, 3> result{};
  const auto add = [&](oracle::Verdict verdict) {
    result.at(verdict == oracle::Verdict::Applies ? 0 : verdict == oracle::Verdict::Undetermined ? 2 : 1) = true;
  };
  if (answer.verdict == oracle::Verdict::Depends) {
    for (const auto verdict : answer.possible) add(verdict);
  } else {
    add(answer.verdict);
  }
  return result;
}

void one_case(property::Compiled& rules, const facts::Case& the_case, graph::Graph& graph, graph::Schemes& schemes,
              const std::vector<graph::NormScheme>& norms, Counted& counted) {
  solve::ExpressionStore store;
  solve::Solver solver(store);
  evaluate::World world(rules.program, the_case, store, {});
  evaluate::GroundOptions options;
  options.today = the_case.as_of;
  evaluate::Context context(world, solver, options);
  if (!context.clash_free()) return;
  oracle::Options oracle_options;
  oracle_options.as_of = *the_case.as_of;
  oracle_options.worlds = 4000;
  oracle::Oracle oracle(rules.model, the_case, oracle_options);
  bool has_oracle = true, clash = false;
  try {
    clash = oracle.clash();
  } catch (const oracle::Unsupported&) {
    has_oracle = false;
  }
  CHECK(!clash);
  for (std::size_t i = 0; i < norms.size(); ++i) {
    for (const auto& row : evaluate::rows_of(context, norms[i].provision)) {
      // What the row is judged by: its entities are there, and its paths end at its bearer and its object.
      auto& grounder = context.grounder();
      const auto& provision = rules.model.provisions[norms[i].provision];
      solve::Expr match = grounder.present(row.binding);
      if (provision.bearer && row.bearer) match = store.and_(match, grounder.ends_at(*provision.bearer, row.binding, *row.bearer));
      if (provision.object && row.object) match = store.and_(match, grounder.ends_at(*provision.object, row.binding, *row.object));
      const auto possible = [&](const evaluate::CoreExprs& core) {
        std::array<bool, 3> truth{};
        for (std::size_t k = 0; k < 3; ++k) truth.at(k) = context.possible(core.at(k));
        return truth;
      };
      const auto core = context.core(grounder.norm(norms[i].provision, row.binding, match));
      const auto truth = possible(core);
      ++counted.verdicts;
      counted.decided += truth[0] + truth[1] + truth[2] == 1 ? 1U : 0U;
      INFO(rules.model.name_of(norms[i].provision));
      const auto worlds = has_oracle ? by_oracle(oracle, context, norms[i].provision, row) : std::nullopt;
      ++(worlds ? counted.oracle : counted.passed);
      if (worlds) CHECK(*worlds == truth);
      compare_residue(context, core, truth, counted);
      std::vector<EntityIndex> entities = context.grounder().entities(row.binding);
      entities.resize(norms[i].row.size());
      // A scheme speaks of rows that are there.
      const auto there = context.core(grounder.norm(norms[i].provision, row.binding, solve::true_expr));
      compare_scheme(graph, schemes, norms[i], graph.roots()[i], the_case, entities, possible(there), counted);
    }
  }
}

TEST_CASE("verdicts of the solver, of the graph of the residue, of the graph of the scheme, and of the oracle agree") {
  const std::size_t wanted = from_environment("ONUS_GRAPH_VERDICTS", 3'000);
  const std::size_t stride = from_environment("ONUS_GRAPH_STRIDE", 1);
  Counted counted;
  std::size_t gave_up = 0, next_note = 50'000;
  for (std::uint64_t seed = from_environment("ONUS_GRAPH_SEED", 1); counted.verdicts < wanted; seed += stride) {
    property::Random random(seed);
    const property::Rules rules = property::make_rules(random);
    const auto ready = property::compile(rules.vocabulary, rules.regulation());
    if (!ready->errors.empty()) continue;
    property::Counts counts;
    for (int index = 0; index < 6; ++index) {
      property::Mix mix;
      if (index >= 4) mix.open_relations = 30;
      if (index < 2) mix.not_given = 0;
      std::string errors;
      const auto text = property::make_case(random, rules, mix, counts);
      const auto the_case = property::read_case(*ready, text.yaml(), false, errors);
      if (!the_case) continue;
      INFO("seed ", seed, " case ", index, "\n", rules.regulation(), text.yaml());
      solve::ExpressionStore store;
      graph::SchemeOptions options;
      options.as_of = the_case->as_of;
      graph::Schemes schemes(ready->program, store, options);
      const auto norms = schemes.norms();
      std::vector<solve::Expr> roots;
      for (const auto& norm : norms) roots.push_back(norm.outcome.yes);
      graph::Budget budget;
      graph::CompileOptions compile_options;
      compile_options.builds = 1;
      compile_options.joint_cells = 500;
      graph::Graph graph(store, roots, schemes.constraints(), budget, compile_options);
      try {
        one_case(*ready, *the_case, graph, schemes, norms, counted);
      } catch (const evaluate::GaveUp&) {
        ++gave_up;
      }
    }
    if (counted.verdicts >= next_note) {
      std::cerr << counted.verdicts << " verdicts, seed " << seed << std::endl;
      next_note += 50'000;
    }
  }
  MESSAGE(counted.verdicts, " verdicts, ", counted.decided, " decided; graph undecided ", counted.undecided, ", cycles ",
          counted.cycles, ", gave up ", gave_up, "; schemes ", counted.schemes, ", exact ", counted.exact, "; oracle ",
          counted.oracle, ", beyond it ", counted.passed);
  CHECK(counted.passed * 20 < counted.verdicts);
  CHECK(counted.undecided * 50 < counted.verdicts);
  CHECK(counted.cycles * 20 < counted.verdicts);
  CHECK(counted.decided * 4 > counted.verdicts);
  CHECK(counted.exact * 3 > counted.schemes);
}

TEST_CASE("the cases of the law are decided the same by the graph") {
  const auto loader = disk_loader();
  driver::Session session(*loader, Limits{});
  session.open(std::string(ONUS_SOURCE_DIR) + "/rules/eu/ai-act");
  session.open(std::string(ONUS_SOURCE_DIR) + "/rules/eu/ai-act/cases");
  session.open(std::string(ONUS_SOURCE_DIR) + "/examples/medical-tune/case.yaml");
  REQUIRE(session.build(model::InlineCases::Unread));
  session.lower({});
  graph::Budget budget;
  budget.nodes /= 20;
  budget.steps /= 5;
  driver::GraphDecides graph(budget);
  for (const auto& text : session.cases()) {
    REQUIRE(text.document);
    const auto the_case = facts::read_case(session.model(), *text.document, session.sources(), text.file, session.sink());
    REQUIRE(the_case);
    evaluate::Options options;
    options.explain = false;
    options.second_opinion = &graph;
    evaluate::Judge judge(session.program(), *the_case, options);
    if (!judge.clash()) CHECK_NOTHROW(judge.verdicts());   // a difference throws, with the row
  }
  MESSAGE(graph.heard(), " rows of the law's cases, of which the graph leaves ", graph.undecided(), " undecided");
  CHECK(graph.heard() > 100);
  CHECK(graph.undecided() * 20 < graph.heard());
}

TEST_CASE("a solver that were wrong about a row would be noticed") {
  property::Random random(1);
  const property::Rules rules = property::make_rules(random);
  const auto ready = property::compile(rules.vocabulary, rules.regulation());
  REQUIRE(ready->errors.empty());
  property::Counts counts;
  std::string errors;
  const auto the_case = property::read_case(*ready, property::make_case(random, rules, {}, counts).yaml(), false, errors);
  REQUIRE(the_case);
  struct Liar : evaluate::SecondOpinion {
    driver::GraphDecides honest{graph::Budget{}};
    std::size_t noticed = 0;
    void hear(evaluate::Context& context, const evaluate::CoreExprs& core, const std::array<bool, 3>& possible, const std::string& row) override {
      honest.hear(context, core, possible, row);
      for (std::size_t i = 0; i < 3; ++i) {
        auto wrong = possible;
        wrong.at(i) = !wrong.at(i);
        try {
          honest.hear(context, core, wrong, row);
        } catch (const std::logic_error& error) {
          CHECK(std::string(error.what()).find(row) != std::string::npos);
          ++noticed;
        }
      }
    }
  } liar;
  evaluate::Options options;
  options.second_opinion = &liar;
  evaluate::Judge judge(ready->program, *the_case, options);
  const auto verdicts = judge.verdicts();
  CHECK(verdicts.norms.size() + verdicts.conclusions.size() > 2);
  CHECK(liar.honest.undecided() == 0);
  CHECK(liar.noticed == 3 * (verdicts.norms.size() + verdicts.conclusions.size()));
}

}  // namespace
}  // namespace onus
