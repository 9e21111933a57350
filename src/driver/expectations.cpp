#include "driver/expectations.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "driver/settings.hpp"
#include "report/words.hpp"
#include "solve/interrupt.hpp"

namespace onus::driver {
namespace {

using evaluate::Judged;
using evaluate::NormVerdict;
using facts::Expected;

std::string_view not_decided() {
  return solve::Interrupt::raised() ? "not decided before the run was stopped" : "not decided within the budget of steps";
}

std::string listed(const std::vector<std::string>& names) { return names.empty() ? "nothing" : join(names, ", "); }

std::vector<std::string> texts(const std::vector<evaluate::OpenFact>& facts) {
  std::vector<std::string> result;
  for (const auto& fact : facts) result.push_back(fact.text);
  return result;
}

// Whether a limit is what a case calls it: by its name alone, or with its kind.
bool same_limit(const model::Model& model, const std::string& limit, const std::string& expected) {
  if (limit == expected) return true;
  return std::any_of(model.kinds.begin(), model.kinds.end(), [&](const auto& kind) { return limit == "the " + kind.name + " " + expected; });
}

}  // namespace

evaluate::Judge& Expectations::judge(const std::string& reading) {
  auto& judge = judges_[reading];
  if (!judge) {
    evaluate::Options options = options_;
    if (!reading.empty()) options.readings = choices(*program_.model, reading);
    judge = std::make_unique<evaluate::Judge>(program_, case_, std::move(options));
  }
  return *judge;
}

const evaluate::CaseVerdicts& Expectations::verdicts(const std::string& reading) {
  auto it = verdicts_.find(reading);
  if (it == verdicts_.end()) it = verdicts_.emplace(reading, judge(reading).verdicts()).first;
  return it->second;
}

const evaluate::CaseVerdicts& Expectations::plain_verdicts(const std::string& reading) {
  auto it = plain_.find(reading);
  if (it == plain_.end()) {
    evaluate::Options options = options_;
    options.explain = false;
    if (!reading.empty()) options.readings = choices(*program_.model, reading);
    it = plain_.emplace(reading, evaluate::Judge(program_, case_, std::move(options)).verdicts()).first;
  }
  return it->second;
}

std::vector<evaluate::TextFault> Expectations::faults() {
  const auto& provisions = program_.model->provisions;
  const bool values = std::any_of(provisions.begin(), provisions.end(), [](const auto& one) { return one.kind == model::ProvisionKind::Value; });
  if (!values) return {};
  std::set<std::string> readings{std::string()};
  for (const auto& [reading, judge] : judges_) readings.insert(reading);
  std::vector<evaluate::TextFault> result;
  for (const auto& reading : readings) {
    for (const auto& fault : plain_verdicts(reading).faults) {
      const auto same = [&](const evaluate::TextFault& one) { return one.provision == fault.provision && one.message == fault.message; };
      if (std::none_of(result.begin(), result.end(), same)) result.push_back(fault);
    }
  }
  return result;
}

NormVerdict Expectations::norm(const Expected& expected) {
  // Where further entities are named, the row must be one that has them.
  if (!expected.others.empty()) {
    for (const auto& verdict : verdicts(expected.reading).norms) {
      const auto is = [](const std::optional<evaluate::Subject>& subject, const std::optional<facts::EntityId>& entity) {
        return !entity || (subject && subject->entity == entity);
      };
      if (verdict.provision != *expected.provision || !is(verdict.bearer, expected.bearer) || !is(verdict.object, expected.object)) continue;
      const bool all = std::all_of(expected.others.begin(), expected.others.end(), [&](const facts::RowEntity& other) {
        return std::any_of(verdict.about.begin(), verdict.about.end(), [&](const auto& about) { return about.entity == other.entity; });
      });
      if (all) return verdict;
    }
    NormVerdict silent;
    silent.provision = *expected.provision;
    silent.verdict = evaluate::Verdict::DoesNotApply;
    silent.speaks = false;
    return silent;
  }
  return judge(expected.reading).norm(*expected.provision, expected.bearer, expected.object);
}

evaluate::ConclusionVerdict Expectations::conclusion(const Expected& expected) {
  auto& judge = this->judge(expected.reading);
  if (expected.condition) return judge.condition(case_.inline_index.value(), *expected.condition);
  if (expected.judgement) return judge.judgement(*expected.judgement, expected.subject.value());
  const auto& model = *program_.model;
  const auto predicate = expected.conclusion.value();
  std::optional<model::RegulationId> regulation = expected.regulation;
  if (!regulation) regulation = model.predicates[predicate].regulation;
  if (!regulation && case_.inline_index) regulation = model.cases[*case_.inline_index].regulation;
  if (!regulation && !program_.concluders[predicate.index].empty()) {
    regulation = model.provisions[program_.concluders[predicate.index].front()].regulation;
  }
  return judge.conclusion(predicate, expected.subject.value(), expected.object, regulation.value_or(model::RegulationId{}));
}

void Expectations::compare(const Expected& expected, const Judged& judged, std::string_view word, const std::string& own,
                           std::vector<std::string>& differences) const {
  const auto& model = *program_.model;
  const auto because = reports::names_of(model, judged.because);
  if (word != expected.verdict) {
    std::string got = "expected " + expected.verdict + ", got " + std::string(word);
    if (!judged.depends_on.empty()) got += " on " + listed(texts(judged.depends_on));
    if (!because.empty()) got += " because " + listed(because);
    if (!judged.speaks) got += ": no provision says anything about it";
    differences.push_back(std::move(got));
  }
  if (expected.because) {
    std::set<std::string> given(because.begin(), because.end());
    std::vector<std::string> missing;
    for (const auto& name : *expected.because) {
      if (name != own && !given.contains(name)) missing.push_back(name);
    }
    if (!missing.empty()) differences.push_back("expected because " + listed(missing) + ", got because " + listed(because));
    if (expected.because_only) {
      std::vector<std::string> more;
      for (const auto& name : because) {
        if (name != own && std::find(expected.because->begin(), expected.because->end(), name) == expected.because->end()) more.push_back(name);
      }
      if (!more.empty()) differences.push_back("expected because only " + listed(*expected.because) + ", got also " + listed(more));
    }
  }
  if (expected.depends_on) {
    auto wanted = *expected.depends_on;
    auto got = texts(judged.depends_on);
    std::sort(wanted.begin(), wanted.end());
    std::sort(got.begin(), got.end());
    if (wanted != got) differences.push_back("expected to depend on " + listed(wanted) + ", got " + listed(got));
  }
}

std::vector<std::string> Expectations::differences(const Expected& expected, bool& gave_up) {
  std::vector<std::string> result;
  const auto& model = *program_.model;
  if (!expected.provision) {
    const auto verdict = conclusion(expected);
    gave_up = verdict.gave_up;
    if (gave_up) return {std::string(not_decided())};
    compare(expected, verdict, evaluate::conclusion_word(verdict.verdict), {}, result);
    return result;
  }
  const auto verdict = norm(expected);
  gave_up = verdict.gave_up;
  if (gave_up) return {std::string(not_decided())};
  compare(expected, verdict, evaluate::norm_word(verdict.verdict), model.name_of(*expected.provision), result);
  if (expected.due) {
    std::vector<std::string> dues;
    bool found = false;
    for (const auto& due : verdict.when) {
      found = found || due.date == expected.due;
      dues.push_back(due.date ? to_text(*due.date) : due.words.empty() ? std::string(reports::due_word(due.kind)) : due.words);
    }
    if (!found) result.push_back("expected due " + to_text(*expected.due) + ", got " + listed(dues));
  }
  // Of what does not apply yet: the first day on which it will.
  const auto from = verdict.verdict == evaluate::Verdict::NotYet && !verdict.tense_date_latest ? verdict.tense_date : verdict.applies_from;
  if (expected.from && from != expected.from) {
    result.push_back("expected from " + to_text(*expected.from) + ", got " + (from ? to_text(*from) : "no date"));
  }
  if (expected.enforceable_from && verdict.enforceable_from != expected.enforceable_from) {
    result.push_back("expected enforceable from " + to_text(*expected.enforceable_from) + ", got " +
                     (verdict.enforceable_from ? to_text(*verdict.enforceable_from) : "no date"));
  }
  if (!expected.status.empty() && evaluate::status_word(verdict.status) != expected.status) {
    const auto word = evaluate::status_word(verdict.status);
    result.push_back("expected status " + expected.status + ", got " + (word.empty() ? "none" : std::string(word)));
  }
  if (expected.at_most) {
    const auto& most = verdict.at_most;
    if (!most || !most->low || !most->high || *most->low != *expected.at_most || *most->high != *expected.at_most) {
      const auto unit = *model.exprs[*model.provisions[*expected.provision].at_most].unit;
      evaluate::Ceiling wanted;
      wanted.low = wanted.high = expected.at_most;
      wanted.unit = unit;
      result.push_back("expected at most " + reports::ceiling_text(wanted) + ", got " + (most ? reports::ceiling_text(*most) : "no amount"));
    }
  }
  if (expected.limited_to) {
    std::vector<std::string> limits;
    bool found = false;
    for (const auto& limit : verdict.limits) {
      if (limit.verdict != evaluate::Verdict::Applies) continue;
      limits.push_back(limit.to.empty() ? "left open" : limit.to);
      found = found || same_limit(model, limits.back(), *expected.limited_to);
    }
    if (!found) result.push_back("expected limited to " + *expected.limited_to + ", got " + listed(limits));
  }
  return result;
}

}  // namespace onus::driver
