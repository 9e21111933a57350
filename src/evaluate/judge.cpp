#include <algorithm>
#include <map>
#include <set>

#include "evaluate/evaluate.hpp"
#include "evaluate/lens.hpp"
#include "evaluate/particulars.hpp"
#include "evaluate/readings.hpp"
#include "evaluate/rows.hpp"
#include "evaluate/second_opinion.hpp"
#include "evaluate/timeline.hpp"
#include "evaluate/unmet.hpp"
#include "solve/interrupt.hpp"

namespace onus::evaluate {

using solve::ExpressionStore;

namespace {

// Where everything that silence closes is open, every relation that is not given may lead to everybody: that is their product.
constexpr std::uint32_t most_reopened = 400'000;   // nodes

// A store, its worlds and what is asked of them. `reopen`: what silence closes is open behind a variable of its own.
struct Universe {
  Universe(const formula::Program& program, const facts::Case& the_case, const Options& options, bool reopen)
      : world(program, the_case, store, {options.no_defaults, reopen, reopen ? most_reopened : 0}), solver(store) {
    solver.set_budget(options.budget);
  }
  solve::ExpressionStore store;
  World world;
  solve::Solver solver;
};

constexpr std::size_t index_of(Core core) { return static_cast<std::size_t>(core); }
constexpr std::array<Core, 3> all_cores{Core::Applies, Core::DoesNotApply, Core::Undetermined};

Verdict verdict_of(Core core) {
  switch (core) {
    case Core::Applies: return Verdict::Applies;
    case Core::DoesNotApply: return Verdict::DoesNotApply;
    case Core::Undetermined: return Verdict::Undetermined;
  }
  return Verdict::Depends;
}

}  // namespace

class Judge::Implementation {
 public:
  Implementation(const formula::Program& program, const facts::Case& the_case, Options options)
      : program_(program),
        model_(*program.model),
        case_(the_case),
        options_(std::move(options)),
        as_of_(options_.as_of ? *options_.as_of : the_case.as_of.value_or(Date{})),
        closed_(program, the_case, options_, false),
        readings_(program) {
    try {
      check_clash();
    } catch (const GaveUp&) {
      // Whether anything clashes is not known; each verdict will run into the same budget and say so.
    }
  }

  const std::optional<Clash>& clash() const { return clash_; }
  Date as_of() const { return as_of_; }

  CaseVerdicts verdicts() {
    CaseVerdicts result;
    result.name = case_.name;
    result.as_of = as_of_;
    auto& day = main().day();
    Concluded concluded;
    for (const auto id : model_.provisions.ids()) {
      if (model::is_norm(model_.provisions[id].kind)) {
        for (const auto& row : rows_of(day, id)) result.norms.push_back(judge_norm(id, row));
      }
      for (const auto& row : rows_concluded(main().day(), id, concluded)) result.conclusions.push_back(conclude(row));
    }
    result.faults = faults();
    return result;
  }

  NormVerdict norm(model::ProvisionId id, std::optional<facts::EntityId> bearer, std::optional<facts::EntityId> object) {
    auto& day = main().day();
    const auto& provision = model_.provisions[id];
    for (const auto& row : rows_of(day, id)) {
      if ((!bearer || row.bearer == bearer->index) && (!object || row.object == object->index)) return judge_norm(id, row);
    }
    // No provision connects them: the text is silent about this pair.
    Row silent;
    if (bearer) silent.bearer = bearer->index;
    if (object) silent.object = object->index;
    std::vector<EntityIndex> entities(provision.row_size, 0);
    for (std::uint32_t i = 0; i < provision.row_size; ++i) {
      const auto& all = day.world().of_kind(provision.variables[i].kind);
      if (provision.bearer && bearer && provision.bearer->root.index == i && provision.bearer->steps.empty()) {
        entities[i] = bearer->index;
      } else if (provision.object && object && provision.object->root.index == i && provision.object->steps.empty()) {
        entities[i] = object->index;
      } else if (!all.empty()) {
        entities[i] = all.front();
      } else {
        NormVerdict nobody;
        nobody.provision = id;
        nobody.verdict = Verdict::DoesNotApply;
        nobody.speaks = false;
        return nobody;
      }
    }
    silent.binding = day.grounder().binding(std::move(entities));
    return judge_norm(id, silent);
  }

  ConclusionVerdict conclusion(model::PredicateId predicate, facts::EntityId subject, std::optional<facts::EntityId> object,
                               model::RegulationId regulation) {
    std::optional<EntityIndex> to;
    if (object) to = object->index;
    return conclude({predicate, regulation, subject.index, to});
  }

  CaseTimeline timeline(Date from, Date to, bool conclusions) {
    struct OtherDays {   // back to the as-of date whatever happens
      Implementation& judge;
      Date as_of = judge.as_of_;
      Options options = judge.options_;
      ~OtherDays() {
        judge.as_of_ = as_of;
        judge.options_ = std::move(options);
      }
    } const other_days{*this};
    options_.alternatives = false;
    options_.rests = Rests::Nothing;
    const auto day = [this](Date date) -> Lens& {
      as_of_ = date;
      return main();
    };
    TimelineMaker maker(main(), from, to, day, [this] { return faults(); });
    Concluded concluded;
    for (const auto id : model_.provisions.ids()) {
      as_of_ = other_days.as_of;
      const auto rows = model::is_norm(model_.provisions[id].kind) ? rows_of(main().day(), id) : std::vector<Row>();
      const auto conclusion = conclusions ? rows_concluded(main().day(), id, concluded) : std::vector<ConclusionRow>();
      for (auto row : rows) {
        as_of_ = other_days.as_of;
        const auto entities = main().day().grounder().entities(row.binding);
        maker.norm(id, norm_question(id, row), {entities, row.bearer}, [&] {
          row.binding = main().day().grounder().binding(entities);
          return judge_norm(id, row);
        });
      }
      for (const auto& row : conclusion) maker.conclusion(conclusion_question(row), [&] { return conclude(row); });
    }
    return maker.take();
  }

  ConclusionVerdict judgement(model::FieldId field, facts::EntityId subject) {
    ConclusionVerdict result;
    result.judgement = field;
    result.subject = subject_of(closed_.world, subject.index);
    Question question;
    // Whose presumptions: those of every regulation that has some; else nobody presumes anything.
    auto regulation = model::RegulationId{0};
    for (const auto id : program_.presumptions[field.index]) regulation = model_.provisions[id].regulation;
    question.condition = [=](Context& context) { return context.grounder().judgement(field, regulation, subject.index, true); };
    ask_about(model_.fields[field].name, result.subject);
    judge(question, std::nullopt, {}, result);
    return result;
  }

  ConclusionVerdict condition(std::uint32_t index, model::ConditionId condition) {
    ConclusionVerdict result;
    const auto& formulas = program_.cases.at(index);
    const auto formula = formulas.conditions.at(condition.index);
    Question question;
    question.condition = [this, formula, &formulas](Context& context) {
      std::vector<EntityIndex> all(case_.entities.size());
      for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<EntityIndex>(i);
      return context.grounder().formula(formula, context.grounder().binding(std::move(all)), formulas.variables);
    };
    ask_about("a condition of inline case " + std::to_string(index + 1), std::nullopt);
    judge(question, std::nullopt, readings_.all(), result);
    return result;
  }

 private:
  Lens& main() { return lens(closed_, options_.readings); }

  // There may be one already for another day of the year under the same readings: what it knows of all days is shared.
  Lens& lens(Universe& universe, const Readings& readings) {
    auto& days = lenses_[{&universe == &closed_ ? 0 : 1, readings}];
    if (const auto known = days.find(as_of_); known != days.end()) return *known->second;
    const auto near = std::find_if(days.begin(), days.end(), [&](const auto& day) { return day.first.year() == as_of_.year(); });
    const bool traced = &universe == &closed_ && readings == options_.readings;
    auto fresh = near == days.end() ? std::make_unique<Lens>(universe.world, universe.solver, as_of_, readings, &options_.parameters, traced)
                                    : std::make_unique<Lens>(*near->second, as_of_);
    return *days.emplace(as_of_, std::move(fresh)).first->second;
  }

  void check_clash() {
    auto& day = main().day();
    if (day.clash_free()) return;
    Clash clash;
    for (const auto position : day.clash()) {
      const auto& statement = day.statements()[position];
      clash.statements.push_back(statement.text);
      clash.spans.push_back(statement.span);
    }
    clash_ = std::move(clash);
  }

  std::vector<TextFault> faults() {
    std::vector<TextFault> result;
    auto& day = main().day();
    for (const auto& fault : day.grounder().value_faults()) {
      try {
        if (!day.possible(fault.where)) continue;
      } catch (const GaveUp&) {
        continue;   // the verdicts that need it have run into the budget as well
      }
      const auto name = model_.name_of(fault.provision) + " for " + day.world().name_with_kind(fault.entity) + ": ";
      const auto letter = [](const std::string& text) { return text.empty() ? std::string("an unlettered case") : "(" + text + ")"; };
      const auto message = fault.uncovered ? name + "no case is taken" : name + letter(fault.first) + " and " + letter(fault.second) +
                                                                             " are both taken and differ";
      result.push_back({fault.provision, message});
    }
    return result;
  }

  static Subject subject_of(const World& world, EntityIndex entity) {
    const auto& being = world.being(entity);
    return {being.kind, being.name, being.listed};
  }

  // The same entity in another world of the case: implied ones by who implies them.
  static EntityIndex translate(const World& from, EntityIndex entity, World& to) {
    if (!from.is_implied(entity)) return entity;
    const auto& being = from.being(entity);
    return to.imply(translate(from, being.owner, to), being.via, being.kind);
  }

  Question norm_question(model::ProvisionId id, const Row& row) {
    Question question;
    question.norm = true;
    question.follows = !program_.followed[id.index].empty();
    const auto entities = main().day().grounder().entities(row.binding);
    question.proposition = [this, id, entities, row](Context& context) {
      const auto there = [&](EntityIndex entity) { return translate(closed_.world, entity, context.world()); };
      auto translated = entities;
      for (auto& entity : translated) entity = there(entity);
      auto& grounder = context.grounder();
      const auto binding = grounder.binding(std::move(translated));
      const auto& provision = model_.provisions[id];
      auto match = grounder.present(binding);
      if (provision.bearer && row.bearer) match = context.store().and_(match, grounder.ends_at(*provision.bearer, binding, there(*row.bearer)));
      if (provision.object && row.object) match = context.store().and_(match, grounder.ends_at(*provision.object, binding, there(*row.object)));
      return grounder.norm(id, binding, match);
    };
    question.row_object = row.object;
    return question;
  }

  NormVerdict judge_norm(model::ProvisionId id, const Row& row) {
    const auto& provision = model_.provisions[id];
    auto& day = main().day();
    auto& world = day.world();
    const auto entities = day.grounder().entities(row.binding);
    NormVerdict result;
    result.provision = id;
    result.bearer_authority = provision.bearer_authority;
    const auto bearer = row.bearer;
    if (row.bearer) result.bearer = subject_of(world, *row.bearer);
    if (row.object) result.object = subject_of(world, *row.object);
    std::set<std::uint32_t> named;
    if (provision.bearer && provision.bearer->steps.empty()) named.insert(provision.bearer->root.index);
    if (provision.object && provision.object->steps.empty()) named.insert(provision.object->root.index);
    for (std::uint32_t i = 0; i < provision.row_size; ++i) {
      if (!named.contains(i)) result.about.push_back(subject_of(world, entities[i]));
    }
    const auto question = norm_question(id, row);
    ask_about(model_.name_of(id), result.bearer, result.object);
    auto& bearing = bearing_on_norm_[id];
    if (!bearing) bearing = readings_.bearing_on(id);
    judge(question, bearer, *bearing, result);
    if (!options_.explain) return result;
    try {
      add_particulars(main(), question, id, row.binding, bearer, result);
      if (result.verdict == Verdict::DoesNotApply && result.because.empty() && options_.rests != Rests::Nothing) {
        result.unmet = unmet_conditions(main().day(), program_, id, row.binding);
      }
    } catch (const GaveUp&) {
      result.gave_up = true;
    }
    return result;
  }

  Question conclusion_question(const ConclusionRow& row) {
    Question question;
    question.proposition = [=, this](Context& context) {
      std::optional<EntityIndex> to;
      if (row.object) to = translate(closed_.world, *row.object, context.world());
      return context.grounder().concluded(row.predicate, row.regulation, translate(closed_.world, row.subject, context.world()), to);
    };
    return question;
  }

  ConclusionVerdict conclude(const ConclusionRow& row) {
    ConclusionVerdict result;
    result.predicate = row.predicate;
    result.regulation = row.regulation;
    result.subject = subject_of(closed_.world, row.subject);
    if (row.object) result.object = subject_of(closed_.world, *row.object);
    auto& bearing = bearing_on_[{row.predicate, row.regulation}];
    if (!bearing) bearing = readings_.bearing_on(row.predicate, row.regulation);
    ask_about(model_.predicates[row.predicate].name, result.subject, result.object);
    judge(conclusion_question(row), row.object ? std::optional(row.subject) : std::nullopt, *bearing, result);
    return result;
  }

  // Can be true exactly where a world is not as the verdict says. The ways of deciding `open` provisions are left free: a
  // world in which one of them contradicts the verdict is not as it says.
  static Expr contradiction(Lens& lens, const Question& question, Verdict verdict) {
    switch (verdict) {
      case Verdict::Applies: return ExpressionStore::not_(lens.yes(question));
      case Verdict::DoesNotApply: return lens.yes(question);
      case Verdict::Undetermined: return ExpressionStore::not_(lens.core(question)[index_of(Core::Undetermined)]);
      case Verdict::NotYet:
      case Verdict::NoLonger: {
        auto& store = lens.day().store();
        const auto tense = lens.timeline(question).tense();
        const auto sharpened =
            verdict == Verdict::NotYet ? tense.not_yet : store.and_(ExpressionStore::not_(tense.not_yet), tense.no_longer);
        return store.or_(lens.yes(question), ExpressionStore::not_(sharpened));
      }
      case Verdict::Depends: break;
    }
    return solve::false_expr;
  }

  // The verdict alone, with what is possible where it depends.
  static Verdict decide(Lens& lens, const Question& question, std::vector<Verdict>& possible) {
    auto& day = lens.day();
    const auto yes = lens.yes(question);
    const auto no = ExpressionStore::not_(yes);
    // With the ways of deciding `open` provisions free. Most questions end here, and need no look at each way.
    const bool some_yes = day.possible(yes);
    const bool some_no = day.possible(no);
    if (some_yes && some_no) {
      const auto neither = day.store().and_(yes, ExpressionStore::not_(day.decided_otherwise(yes)));
      const bool undetermined = day.possible(neither);
      if (!undetermined || day.possible_whatever_is_decided(yes)) possible.push_back(Verdict::Applies);
      if (!undetermined || day.possible_whatever_is_decided(no)) possible.push_back(Verdict::DoesNotApply);
      if (undetermined) possible.push_back(Verdict::Undetermined);
    } else if (some_yes || some_no) {
      possible.push_back(some_yes ? Verdict::Applies : Verdict::DoesNotApply);
    }
    if (possible.size() > 1) return Verdict::Depends;
    if (possible.empty() || possible.front() != Verdict::DoesNotApply || !question.norm) {
      return possible.empty() ? Verdict::Depends : possible.front();
    }
    const auto tense = lens.timeline(question).tense();
    if (lens.day().certain(tense.not_yet)) return Verdict::NotYet;
    if (lens.day().certain(lens.day().store().and_(ExpressionStore::not_(tense.not_yet), tense.no_longer))) return Verdict::NoLonger;
    return Verdict::DoesNotApply;
  }

  void tell_second_opinion(Lens& lens, const Question& question, const std::vector<Verdict>& found) {
    std::array<bool, 3> possible{};
    for (const auto core : all_cores) possible.at(index_of(core)) = std::find(found.begin(), found.end(), verdict_of(core)) != found.end();
    options_.second_opinion->hear(lens.day(), lens.core(question), possible, asked_);
  }

  // The row that is judged next, for a second opinion.
  void ask_about(std::string what, const std::optional<Subject>& first, const std::optional<Subject>& second = std::nullopt) {
    if (options_.second_opinion == nullptr) return;
    asked_ = std::move(what);
    for (const auto* subject : {&first, &second}) {
      if (*subject) asked_ += " · " + (*subject)->name;
    }
  }

  OpenFact open_fact(const World& world, const Fact& fact, std::optional<EntityIndex> bearer) const {
    OpenFact result;
    result.subject = fact.kind ? Subject{*fact.kind, {}, std::nullopt} : subject_of(world, fact.entity);
    result.field = fact.field;
    result.year = fact.year;
    result.text = world.text_of(fact);
    result.unanswerable = bearer && world.is_unknowable_to(fact, *bearer);
    return result;
  }

  // Questions that each stay within their budget can still be too many: from then on, only the easy ones are decided.
  static constexpr std::uint64_t case_budgets = 30;
  [[nodiscard]] std::uint64_t used() const {
    return closed_.solver.statistics().steps + (open_ ? open_->solver.statistics().steps : used_reopened_);
  }

  void judge(const Question& question, std::optional<EntityIndex> bearer, const std::vector<Readings>& alternatives, Judged& out) {
    try {
      if (solve::Interrupt::raised()) throw GaveUp{"the run was stopped"};
      if (!hurried_ && used() > case_budgets * options_.budget) {
        hurried_ = true;
        closed_.solver.set_budget(options_.budget / 50);
      }
      auto& here = main();
      out.verdict = decide(here, question, out.possible);
      if (options_.second_opinion != nullptr) tell_second_opinion(here, question, out.possible);
      if (!options_.explain) return;
      explain(here, question, bearer, out);
      if (out.verdict != Verdict::Depends) out.possible.clear();
      if (options_.alternatives && options_.readings.empty()) judge_readings(question, alternatives, out);
    } catch (const GaveUp& gave_up) {
      out.gave_up = true;
      out.verdict = Verdict::Depends;
      out.exact = false;
      out.inexact_because = gave_up.why;
    }
  }

  void explain(Lens& here, const Question& question, std::optional<EntityIndex> bearer, Judged& out) {
    auto& day = here.day();
    if (out.verdict == Verdict::Depends) {
      const auto yes = here.yes(question);
      std::vector<Expr> values{yes, ExpressionStore::not_(yes)};
      // One question too hard, and the next would be as well.
      auto steps = facts_gave_up_ ? 0 : options_.budget / (hurried_ ? 50 : 5);
      if (std::find(out.possible.begin(), out.possible.end(), Verdict::Undetermined) != out.possible.end()) {
        try {
          const auto core = here.core(question);
          values.clear();
          for (const auto each : all_cores) {
            if (std::find(out.possible.begin(), out.possible.end(), verdict_of(each)) != out.possible.end()) values.push_back(core[index_of(each)]);
          }
        } catch (const GaveUp&) {
          steps = 0;   // the verdict is known; the facts are those of every way of deciding what the text leaves open
        }
      }
      const auto deciding = deciding_facts(day, values, steps);
      facts_gave_up_ = facts_gave_up_ || (deciding.spent && steps != 0);
      out.depends_minimal = deciding.minimal;
      for (const auto* fact : deciding.facts) out.depends_on.push_back(open_fact(day.world(), *fact, bearer));
      if (const auto why = why_inexact(day, values)) {
        out.exact = false;
        out.inexact_because = *why;
      }
      return;
    }
    if (out.verdict == Verdict::NotYet || out.verdict == Verdict::NoLonger) {
      auto timeline = here.timeline(question);
      const auto days = out.verdict == Verdict::NotYet ? timeline.first_after() : timeline.last_before();
      if (days) {
        out.tense_date = days->first;
        if (days->second != days->first) out.tense_date_latest = days->second;
      }
    }
    std::vector<GroundOf> all;
    if (question.proposition) {
      const auto proposition = question.proposition(day);
      all = day.grounds().of(proposition, !question.norm);
      if (out.verdict != Verdict::Applies && out.verdict != Verdict::Undetermined) {
        out.speaks = day.possible(day.grounder().proposition(proposition).no);
      }
    } else {
      all = day.grounds().of(question.condition(day));
    }
    for (auto& ground : all) {
      auto where = ground.where;
      if (out.verdict == Verdict::Undetermined) {
        where = day.however_decided(where);
      }
      if (day.certain(where)) {
        out.because.push_back(ground.provision);
      } else if (day.possible(where)) {
        out.because_in_some.push_back(ground.provision);
      }
    }
    if (options_.no_defaults || options_.rests == Rests::Nothing) return;
    if (options_.rests == Rests::Norms && (!question.norm || out.verdict == Verdict::DoesNotApply)) return;
    bool& gave_up = question.follows ? followers_gave_up_ : rests_gave_up_;
    if (gave_up) {
      // The budget is one for the case: where one question was too hard, the next would be as well.
      out.rests_complete = false;
      return;
    }
    try {
      rest(question, out);
    } catch (const GaveUp& too_hard) {
      // The verdict stands: only what it rests on is not known.
      out.rests_on.clear();
      out.rests_complete = false;
      gave_up = too_hard.spent;
      if (rests_gave_up_) {
        followers_gave_up_ = true;
        forget_reopened();
      }
    }
  }

  // rests_on: what silence closes is reopened from the last field to the first while the verdict stays.
  void rest(const Question& question, Judged& out) {
    if (!open_) {
      open_ = std::make_unique<Universe>(program_, case_, options_, true);
      open_->solver.set_budget(options_.budget / 25);
    }
    auto& there = lens(*open_, options_.readings);
    auto& day = there.day();
    const auto otherwise = contradiction(there, question, out.verdict);
    if (otherwise.is_false()) return;
    auto known = rests_.find(otherwise);
    if (known == rests_.end()) {
      Silence silence;
      for (const auto* closed : silence_behind(day, otherwise, options_.budget / 5, silence.minimal)) {
        silence.facts.push_back(open_fact(day.world(), *closed, std::nullopt));
        silence.facts.back().taken_as = closed->taken_as;
      }
      known = rests_.emplace(otherwise, std::move(silence)).first;
    }
    out.rests_on = known->second.facts;
    out.rests_minimal = known->second.minimal;
  }

  void forget_reopened() {
    used_reopened_ = open_->solver.statistics().steps;
    std::erase_if(lenses_, [](const auto& lens) { return lens.first.first == 1; });
    rests_.clear();
    open_.reset();
  }

  void judge_readings(const Question& question, const std::vector<Readings>& alternatives, Judged& out) {
    std::vector<Readings> different;
    for (const auto& readings : alternatives) {
      // A joint alternative is told only where none of its parts differs already.
      const bool told = std::any_of(different.begin(), different.end(), [&](const Readings& part) {
        return std::all_of(part.begin(), part.end(), [&](const auto& one) { return std::find(readings.begin(), readings.end(), one) != readings.end(); });
      });
      if (told) continue;
      auto& there = lens(closed_, readings);
      ReadingVerdict result;
      for (const auto& [provision, reading] : readings) {
        result.name += (result.name.empty() ? "" : " + ") + model_.provisions[provision].readings.at(reading).name;
      }
      if (there.day().clash_free()) {
        std::vector<Verdict> possible;
        result.verdict = decide(there, question, possible);
        if (*result.verdict == out.verdict) continue;
      }
      different.push_back(readings);
      out.readings.push_back(std::move(result));
    }
  }

  const formula::Program& program_;
  const model::Model& model_;
  const facts::Case& case_;
  Options options_;
  std::string asked_;
  Date as_of_;
  Universe closed_;
  std::unique_ptr<Universe> open_;
  std::map<std::pair<int, Readings>, std::map<Date, std::unique_ptr<Lens>>> lenses_;
  ReadingIndex readings_;
  std::map<model::ProvisionId, std::optional<std::vector<Readings>>> bearing_on_norm_;   // as met
  std::map<std::pair<model::PredicateId, model::RegulationId>, std::optional<std::vector<Readings>>> bearing_on_;
  std::optional<Clash> clash_;
  struct Silence {
    std::vector<OpenFact> facts;
    bool minimal = true;
  };
  std::map<Expr, Silence> rests_;   // by what would contradict the verdict, in the reopened worlds
  bool rests_gave_up_ = false, followers_gave_up_ = false, facts_gave_up_ = false;
  std::uint64_t used_reopened_ = 0;               // steps, once those worlds are forgotten
  bool hurried_ = false;
};

Judge::Judge(const formula::Program& program, const facts::Case& the_case, Options options)
    : implementation_(std::make_unique<Implementation>(program, the_case, std::move(options))) {}
Judge::~Judge() = default;
Judge::Judge(Judge&&) noexcept = default;
Judge& Judge::operator=(Judge&&) noexcept = default;

const std::optional<Clash>& Judge::clash() const { return implementation_->clash(); }
Date Judge::as_of() const { return implementation_->as_of(); }
CaseVerdicts Judge::verdicts() { return implementation_->verdicts(); }
CaseTimeline Judge::timeline(Date from, Date to, bool conclusions) { return implementation_->timeline(from, to, conclusions); }
NormVerdict Judge::norm(model::ProvisionId provision, std::optional<facts::EntityId> bearer, std::optional<facts::EntityId> object) {
  return implementation_->norm(provision, bearer, object);
}
ConclusionVerdict Judge::conclusion(model::PredicateId predicate, facts::EntityId subject, std::optional<facts::EntityId> object,
                                    model::RegulationId regulation) {
  return implementation_->conclusion(predicate, subject, object, regulation);
}
ConclusionVerdict Judge::condition(std::uint32_t inline_case, model::ConditionId condition) {
  return implementation_->condition(inline_case, condition);
}
ConclusionVerdict Judge::judgement(model::FieldId judgement, facts::EntityId subject) {
  return implementation_->judgement(judgement, subject);
}

}  // namespace onus::evaluate
