// From the model to formulas: the roots of each provision.
#include <algorithm>
#include <stdexcept>

#include "formula/lower.hpp"
#include "model/status.hpp"

namespace onus::formula {
namespace {

class Builder {
 public:
  Builder(const model::Model& model, const Options& options) : model_(model), options_(options) {
    program_.model = &model;
    program_.roots.resize(model.provisions.size());
    program_.concluders.resize(model.predicates.size());
    program_.presumptions.resize(model.fields.size());
    program_.followed.resize(model.provisions.size());
  }

  Program build() {
    index_targets();
    std::vector<model::FieldId> all_steps;
    std::vector<model::FieldId> chain_steps;
    for (const auto id : model_.provisions.ids()) {
      const auto& provision = model_.provisions[id];
      if (provision.negative && provision.kind != model::ProvisionKind::Assumption) {
        throw std::logic_error("a provision that concludes `is not` passed the model");
      }
      if (provision.predicate && provision.kind == model::ProvisionKind::Definition) {
        program_.concluders[provision.predicate->index].push_back(id);
      }
      if (provision.judgement && provision.kind == model::ProvisionKind::Presumption) {
        program_.presumptions[provision.judgement->index].push_back(id);
      }
      for (const auto next : provision.failing_which) program_.followed[next.index].push_back(id);
      if (strikes(provision)) continue;   // lowered where it strikes
      std::vector<model::FieldId> steps;
      program_.formulas.step_log = &steps;
      program_.roots[id.index] = roots_of(id);
      program_.formulas.step_log = nullptr;
      // Whom a provision speaks of is followed by path, too.
      for (const auto* path : {&provision.holder, provision.object ? &*provision.object : nullptr, provision.bearer ? &*provision.bearer : nullptr}) {
        if (path == nullptr) continue;
        for (const auto& step : path->steps) {
          if (step.kind == model::Step::Kind::Field) steps.push_back(step.field);
        }
      }
      all_steps.insert(all_steps.end(), steps.begin(), steps.end());
      if (provision.recursive) chain_steps.insert(chain_steps.end(), steps.begin(), steps.end());
    }
    lower_cases();
    program_.path_fields = with_relations(std::move(all_steps));
    program_.chain_fields = with_relations(std::move(chain_steps));
    return std::move(program_);
  }

 private:
  struct Strike {
    model::ProvisionId by;
    std::uint32_t target;    // index into its targets
  };

  // What inline cases expect, over the entities that they name.
  void lower_cases() {
    for (const auto& the_case : model_.cases) {
      CaseFormulas result;
      for (const auto& entity : the_case.entities) {
        model::Variable variable;
        variable.noun = entity.name;
        variable.kind = entity.kind;
        result.variables.push_back(std::move(variable));
      }
      Lowering lowering(model_, program_.formulas, model::ProvisionId{}, the_case.regulation, result.variables);
      for (const auto& expectation : the_case.expectations) {
        if (expectation.condition) result.conditions[expectation.condition->index] = lowering.condition(*expectation.condition);
      }
      program_.cases.push_back(std::move(result));
    }
  }

  // The fields, with the relations that inverses invert and chains repeat; in order, each once.
  std::vector<model::FieldId> with_relations(std::vector<model::FieldId> fields) const {
    std::sort(fields.begin(), fields.end());
    fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
    for (std::size_t i = 0; i < fields.size(); ++i) {   // grows: a chain's steps may be inverses
      const auto field = fields[i];
      if (model_.fields[field].inverse_of) fields.push_back(*model_.fields[field].inverse_of);
      for (const auto step : model_.fields[field].chain) fields.push_back(step);
    }
    std::sort(fields.begin(), fields.end());
    fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
    return fields;
  }

  static bool strikes(const model::Provision& provision) {
    return provision.kind == model::ProvisionKind::Exception || provision.kind == model::ProvisionKind::Transition ||
           provision.kind == model::ProvisionKind::Open;
  }

  void index_targets() {
    strikes_.resize(model_.provisions.size());
    for (const auto id : model_.provisions.ids()) {
      const auto& targets = model_.provisions[id].targets;
      for (std::uint32_t i = 0; i < targets.size(); ++i) strikes_[targets[i].provision.index].push_back({id, i});
    }
  }

  // t is in the validity of the provision, its part and its regulation's status, and in `from` … `until` of the row.
  FormulaId in_force(Lowering& lowering, const model::Provision& provision) {
    auto& f = program_.formulas;
    const auto today = Pieces{{f.constant(true), lowering.today()}};
    const auto on_or_after = [&](Date date) {
      return lowering.compare(today, model::Relation::GreaterEqual, Pieces{{f.constant(true), lowering.day(date)}});
    };
    std::vector<FormulaId> all;
    if (!provision.in_vocabulary) all.push_back(status(lowering, model_.regulations[provision.regulation], provision.regulation));
    if (provision.part && model_.parts[*provision.part].applies_from) all.push_back(on_or_after(*model_.parts[*provision.part].applies_from));
    if (provision.applies_from) all.push_back(on_or_after(*provision.applies_from));
    if (provision.from) all.push_back(lowering.compare(today, model::Relation::GreaterEqual, lowering.pieces(*provision.from)));
    if (provision.until) {
      const auto until = lowering.pieces(*provision.until);
      std::vector<FormulaId> some;
      for (const auto& piece : until) some.push_back(f.and_({piece.guard, lowering.exists(piece.amount)}));
      all.push_back(f.or_({lowering.compare(today, model::Relation::LessEqual, until), f.not_(f.or_(std::move(some)))}));
    }
    return f.and_(std::move(all));
  }

  FormulaId status(Lowering& lowering, const model::Regulation& regulation, model::RegulationId id) {
    auto& f = program_.formulas;
    const auto& assumed = options_.assume_in_force;
    if (regulation.statuses.empty() || std::find(assumed.begin(), assumed.end(), id) != assumed.end()) return f.constant(true);
    const auto today = Pieces{{f.constant(true), lowering.today()}};
    const auto compare = [&](model::Relation relation, Date date) {
      return lowering.compare(today, relation, Pieces{{f.constant(true), lowering.day(date)}});
    };
    std::vector<FormulaId> effect;
    std::vector<FormulaId> none;
    for (const auto& status : regulation.statuses) {
      std::vector<FormulaId> span;
      if (status.from) span.push_back(compare(model::Relation::GreaterEqual, *status.from));
      if (status.until) span.push_back(compare(model::Relation::LessEqual, *status.until));
      if (const auto next = model::replaced_on(regulation, status)) span.push_back(compare(model::Relation::Less, *next));
      switch (status.kind) {
        case model::Status::Kind::InForce: effect.push_back(f.and_(std::move(span))); break;
        case model::Status::Kind::Stayed: none.push_back(f.and_(std::move(span))); break;
        case model::Status::Kind::Repealed:
        case model::Status::Kind::Vetoed: none.push_back(f.and_(std::move(span))); break;
        case model::Status::Kind::Proposed:
        case model::Status::Kind::Other: break;
      }
    }
    return f.and_({f.or_(std::move(effect)), f.not_(f.or_(std::move(none)))});
  }

  // What strikes `struck` (through its target `of_target`, where it is itself a striking provision), in `scheme`.
  void collect(model::ProvisionId struck, std::optional<std::uint32_t> of_target, model::ProvisionId scheme,
               std::vector<Attack>& attackers, std::vector<Attack>& opens) {
    auto& f = program_.formulas;
    for (const auto& strike : strikes_[struck.index]) {
      const auto& by = model_.provisions[strike.by];
      const auto& target = by.targets[strike.target];
      if (target.of_target != of_target) continue;
      Lowering lowering(model_, f, strike.by, by.regulation, model_.provisions[scheme].variables);
      Attack attack;
      attack.by = strike.by;
      attack.in_force = in_force(lowering, by);
      attack.condition = lowering.condition_or_true(target.condition);
      attack.unless = lowering.unless;
      attack.positive = lowering.condition_or_true(target.condition, true);
      if (target.date) {
        // `applies from s`: until then the struck provision does not apply; `until s`: after it.
        const auto today = Pieces{{f.constant(true), lowering.today()}};
        const auto date = lowering.pieces(*target.date);
        std::vector<FormulaId> comes;
        for (const auto& piece : date) comes.push_back(f.and_({piece.guard, lowering.exists(piece.amount)}));
        const auto outside =
            target.until ? lowering.compare(today, model::Relation::Greater, date)
                         : f.or_({lowering.compare(today, model::Relation::Less, date), f.not_(f.or_(std::move(comes)))});
        attack.condition = f.and_({attack.condition, outside});
        attack.positive = f.and_({attack.positive, outside});
      }
      // A striking provision strikes at most what stands before it: the model has refused cycles.
      collect(strike.by, strike.target, scheme, attack.attackers, attack.opens);
      auto& roots = program_.roots[strike.by.index];
      roots.conditions.insert(lowering.seen.begin(), lowering.seen.end());
      (by.kind == model::ProvisionKind::Open ? opens : attackers).push_back(std::move(attack));
    }
  }

  Roots roots_of(model::ProvisionId id) {
    auto& f = program_.formulas;
    const auto& provision = model_.provisions[id];
    Lowering lowering(model_, f, id, provision.regulation, provision.variables);
    Roots roots;
    roots.in_force = in_force(lowering, provision);
    roots.scope = lowering.condition_or_true(provision.scope);
    roots.condition = f.and_({roots.scope, lowering.condition_or_true(provision.condition)});
    roots.positive = f.and_({lowering.condition_or_true(provision.scope, true), lowering.condition_or_true(provision.condition, true)});
    roots.unless = lowering.unless;
    roots.claim = lowering.condition_or_true(provision.claim);
    if (provision.rebutted) {
      Attack rebuttal;
      rebuttal.by = id;
      rebuttal.rebuttal = true;
      rebuttal.in_force = f.constant(true);
      lowering.unless.clear();
      rebuttal.condition = lowering.condition(*provision.rebutted);
      rebuttal.unless = lowering.unless;
      rebuttal.positive = lowering.condition(*provision.rebutted, true);
      roots.attackers.push_back(std::move(rebuttal));
    }
    collect(id, std::nullopt, id, roots.attackers, roots.opens);
    if (provision.value) roots.cases = cases_of(lowering, provision, id);
    for (const auto& limit : provision.limits) roots.limits.push_back(lowering.condition_or_true(limit.condition));
    for (const auto& due : provision.dues) {
      roots.dues.push_back(due.expr ? lowering.pieces(*due.expr) : Pieces{});
    }
    if (provision.from) roots.from = lowering.pieces(*provision.from);
    if (provision.at_most) roots.at_most = lowering.pieces(*provision.at_most);
    for (const auto& way : provision.fulfilled_by) {
      FulfilmentRoot root;
      root.condition = lowering.condition_or_true(way.condition);
      if (way.expr && model_.type_of(*way.expr) == model::ExprType::Date) root.date = lowering.pieces(*way.expr);
      roots.fulfilled.push_back(std::move(root));
    }
    roots.conditions = std::move(lowering.seen);
    return roots;
  }

  std::vector<CaseRoot> cases_of(Lowering& lowering, const model::Provision& provision, model::ProvisionId id) {
    auto& f = program_.formulas;
    struct Branch {
      FormulaId read;                      // this reading of the case is chosen
      std::optional<FormulaId> guard;      // none: otherwise
      model::ExprId expr;
      std::string letter;
      std::size_t of_case;
    };
    std::vector<Branch> branches;
    std::vector<FormulaId> effective(provision.cases.size(), f.constant(false));   // each case's guard as it is read
    for (std::size_t i = 0; i < provision.cases.size(); ++i) {
      const auto& value_case = provision.cases[i];
      std::vector<FormulaId> main;
      std::vector<FormulaId> as_read;
      for (const auto& alternative : value_case.alternatives) {
        Atom reading;
        reading.kind = AtomKind::Reading;
        reading.provision = id;
        reading.member = alternative.reading;
        const auto chosen = f.atom(reading);
        main.push_back(f.not_(chosen));
        std::optional<FormulaId> guard;
        if (alternative.guard) guard = lowering.condition(*alternative.guard);
        if (guard) as_read.push_back(f.and_({chosen, *guard}));
        branches.push_back({chosen, guard, alternative.expr, value_case.letter, i});
      }
      const auto chosen = f.and_(std::move(main));
      std::optional<FormulaId> guard;
      if (value_case.guard) guard = lowering.condition(*value_case.guard);
      if (guard) as_read.push_back(f.and_({chosen, *guard}));
      branches.push_back({chosen, guard, value_case.expr, value_case.letter, i});
      effective[i] = f.or_(std::move(as_read));
    }
    std::vector<CaseRoot> result;
    for (const auto& branch : branches) {
      std::vector<FormulaId> guard{branch.read};
      if (branch.guard) {
        guard.push_back(*branch.guard);
      } else {
        for (std::size_t i = 0; i < effective.size(); ++i) {
          if (i != branch.of_case) guard.push_back(f.not_(effective[i]));
        }
      }
      CaseRoot root;
      root.guard = f.and_(std::move(guard));
      root.letter = branch.letter;
      root.entity = lowering.entity(branch.expr);
      const bool is_entity = model_.values[*provision.value].type == model::ExprType::Entity;
      if (!is_entity) {
        root.entity = {};
        root.amount = lowering.pieces(branch.expr);
      }
      result.push_back(std::move(root));
    }
    return result;
  }

  const model::Model& model_;
  const Options& options_;
  Program program_;
  std::vector<std::vector<Strike>> strikes_;
};

}  // namespace

Program lower(const model::Model& model, const Options& options) { return Builder(model, options).build(); }

}  // namespace onus::formula
