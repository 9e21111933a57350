#include <algorithm>

#include "report/check.hpp"
#include "report/json_parts.hpp"
#include "report/words.hpp"

namespace onus::reports {
namespace {

using evaluate::ConclusionVerdict;
using evaluate::Judged;
using evaluate::NormVerdict;
using evaluate::OpenFact;
using evaluate::Subject;

Json readings_json(const Judged& judged, bool norm) {
  Json json = Json::object();
  for (const auto& reading : judged.readings) {
    const std::string_view word = !reading.verdict ? "excluded-by-the-case"
                                  : norm           ? evaluate::norm_word(*reading.verdict)
                                                   : evaluate::conclusion_word(*reading.verdict);
    json.add(reading.name, word);
  }
  return json;
}

// What only some verdicts have, behind what every one has.
void add_particular(Json& json, const Judged& judged, bool norm) {
  if (!judged.possible.empty()) {
    Json list = Json::list();
    for (const auto verdict : judged.possible) {
      list.push(Json::text(norm ? evaluate::norm_word(verdict) : evaluate::conclusion_word(verdict)));
    }
    json.add("possible", std::move(list));
  }
  if (judged.tense_date) json.add("tense_date", date_json(judged.tense_date));
  if (judged.tense_date_latest) json.add("tense_date_latest", date_json(judged.tense_date_latest));
  if (!judged.speaks) json.add("speaks", Json::boolean(false));
  if (!judged.inexact_because.empty()) json.add("inexact_because", judged.inexact_because);
  if (judged.gave_up) json.add("gave_up", Json::boolean(true));
}

Json norm_json(const model::Model& model, const CaseReport& report, const NormVerdict& verdict) {
  const auto& provision = model.provisions[verdict.provision];
  Json json = Json::object();
  json.add("case", report.verdicts.name).add("as_of", to_text(report.verdicts.as_of));
  json.add("regulation", model.regulations[provision.regulation].label);
  json.add("provision", model.name_of(verdict.provision)).add("kind", model::word(provision.kind));
  json.add("bearer", bearer_name(model, verdict));
  json.add("object", verdict.object ? subject_json(model, *verdict.object) : Json::null());
  if (!verdict.about.empty()) {
    Json about = Json::list();
    for (const auto& subject : verdict.about) about.push(subject_json(model, subject));
    json.add("about", std::move(about));
  }
  json.add("verdict", verdict.gave_up ? "undecided" : evaluate::norm_word(verdict.verdict));
  json.add("status", verdict.status == evaluate::Status::None ? Json::null() : Json::text(evaluate::status_word(verdict.status)));
  json.add("act", provision.act);
  Json towards = Json::list();
  for (const auto& [whom, on_request] : verdict.towards) towards.push(Json::text(on_request ? whom + ", on request" : whom));
  json.add("towards", std::move(towards));
  if (!verdict.enforced_by.empty()) json.add("enforced_by", Json::texts(verdict.enforced_by));
  if (verdict.at_most) {
    const auto& most = *verdict.at_most;
    Json amount = Json::object();
    const auto bound = [&](const std::optional<Number>& number) {
      return number ? Json::number(from_base(*number, most.unit)) : Json::null();
    };
    if (most.low && most.high && *most.low == *most.high) {
      amount.add("amount", bound(most.low));
    } else {
      amount.add("between", Json::list().push(bound(most.low)).push(bound(most.high)));
    }
    amount.add("unit", unit_name(most.unit));
    if (!most.per.empty()) amount.add("per", most.per);
    if (!most.depends_on.empty()) amount.add("depends_on", facts_json(model, most.depends_on));
    json.add("at_most", std::move(amount));
  }
  std::string limited;
  Json maybe = Json::list();
  for (const auto& limit : verdict.limits) {
    const std::string to = limit.to.empty() ? "left open" : limit.to;
    if (limit.verdict == evaluate::Verdict::Applies) {
      limited += (limited.empty() ? "" : "; ") + to;
    } else if (limit.verdict != evaluate::Verdict::DoesNotApply) {
      maybe.push(Json::text(to));
    }
  }
  json.add("limited_to", limited.empty() ? Json::null() : Json::text(limited));
  Json when = Json::list();
  for (const auto& due : verdict.when) when.push(due_json(due));
  json.add("when", std::move(when));
  json.add("due_depends_on", facts_json(model, verdict.due_depends_on));
  json.add("applies_from", date_json(verdict.applies_from));
  json.add("enforceable_from", date_json(verdict.enforceable_from));
  Json cites = Json::list();
  for (const auto& citation : provision.citations) cites.push(Json::text(citation.text));
  json.add("cites", std::move(cites));
  json.add("because", Json::texts(names_of(model, verdict.because)));
  json.add("because_in_some", Json::texts(names_of(model, verdict.because_in_some)));
  auto deciding = verdict.because;
  deciding.push_back(verdict.provision);
  json.add("authority", Json::texts(authority_of(model, deciding)));
  json.add("depends_on", facts_json(model, verdict.depends_on));
  if (!verdict.depends_minimal) json.add("depends_on_minimal", Json::boolean(false));
  json.add("rests_on", facts_json(model, verdict.rests_on));
  if (!verdict.rests_complete) json.add("rests_on_complete", Json::boolean(false));
  if (!verdict.rests_minimal) json.add("rests_on_minimal", Json::boolean(false));
  json.add("exact", Json::boolean(verdict.exact));
  json.add("readings", readings_json(verdict, true));
  if (!maybe.empty()) json.add("may_be_limited_to", std::move(maybe));
  add_particular(json, verdict, true);
  return json;
}

Json conclusion_json(const model::Model& model, const CaseReport& report, const ConclusionVerdict& verdict) {
  Json json = Json::object();
  json.add("case", report.verdicts.name).add("as_of", to_text(report.verdicts.as_of));
  json.add("regulation", model.regulations.contains(verdict.regulation) ? Json::text(model.regulations[verdict.regulation].label)
                                                                        : Json::null());
  const std::string provision = provision_of(model, verdict);
  json.add("provision", provision.empty() ? Json::null() : Json::text(provision));
  json.add("subject", subject_json(model, verdict.subject));
  if (verdict.object) json.add("object", subject_json(model, *verdict.object));
  json.add("conclusion", conclusion_name(model, verdict));
  json.add("verdict", verdict.gave_up ? "undecided" : evaluate::conclusion_word(verdict.verdict));
  json.add("because", Json::texts(names_of(model, verdict.because)));
  if (!verdict.because_in_some.empty()) json.add("because_in_some", Json::texts(names_of(model, verdict.because_in_some)));
  json.add("depends_on", facts_json(model, verdict.depends_on));
  if (!verdict.depends_minimal) json.add("depends_on_minimal", Json::boolean(false));
  json.add("rests_on", facts_json(model, verdict.rests_on));
  if (!verdict.rests_complete) json.add("rests_on_complete", Json::boolean(false));
  if (!verdict.rests_minimal) json.add("rests_on_minimal", Json::boolean(false));
  json.add("exact", Json::boolean(verdict.exact));
  if (!verdict.readings.empty()) json.add("readings", readings_json(verdict, false));
  add_particular(json, verdict, false);
  return json;
}

// An answer to a judgement, as the case records it.
Json answer_json(const CaseReport& report, const RecordedAnswer& answer) {
  Json json = Json::object();
  json.add("case", report.verdicts.name).add("about", answer.about).add("answer", answer.answer);
  if (!answer.by.empty()) json.add("by", answer.by);
  if (answer.on) json.add("on", to_text(*answer.on));
  if (!answer.because.empty()) json.add("because", answer.because);
  return json;
}

}  // namespace

Json date_json(const std::optional<Date>& date) { return date ? Json::text(to_text(*date)) : Json::null(); }

Json subject_json(const model::Model& model, const Subject& subject) {
  Json json = Json::object();
  json.add("kind", model.kinds[subject.kind].name).add("name", subject.name);
  if (!subject.entity) json.add("implied", Json::boolean(true));
  return json;
}

// {"fact": "modification medical tune · compute", "kind": …, "name": …, "term": …}
Json facts_json(const model::Model& model, const std::vector<OpenFact>& facts) {
  Json list = Json::list();
  for (const auto& fact : facts) {
    Json json = Json::object();
    json.add("fact", fact.text);
    json.add("kind", model.kinds[fact.subject.kind].name);
    if (!fact.subject.name.empty()) json.add("name", fact.subject.name);
    if (fact.field) json.add("term", model.fields[*fact.field].name);
    if (fact.year != 0) json.add("year", Json::number(fact.year));
    if (fact.unanswerable) json.add("unanswerable", Json::boolean(true));
    if (!fact.taken_as.empty()) json.add("taken_as", fact.taken_as);
    list.push(std::move(json));
  }
  return list;
}

Json due_json(const evaluate::DueDate& due) {
  Json json = Json::object();
  json.add("kind", due_word(due.kind));
  const bool undated = due.kind == model::Due::Kind::OnRequest || due.kind == model::Due::Kind::Continuously;
  if (!undated) json.add("date", date_json(due.date));
  if (due.moment) json.add("moment", to_text(*due.moment));
  if (!due.date && !undated) json.add("words", due.words);
  if (due.earliest) json.add("earliest", date_json(due.earliest));
  if (due.latest) json.add("latest", date_json(due.latest));
  if (due.lacks_calendar) json.add("no_calendar", Json::boolean(true));
  return json;
}

Json inputs_json(const std::vector<InputFile>& files) {
  Json inputs = Json::list();
  for (const auto& input : files) {
    Json one = Json::object();
    one.add("path", input.path).add("sha256", input.sha256);
    if (input.encoded_as_of) one.add("encoded_as_of", to_text(*input.encoded_as_of));
    inputs.push(std::move(one));
  }
  return inputs;
}

Json left_out_json(const CheckReport& report) {
  Json left_out = Json::list();
  for (const auto& one : report.left_out) {
    Json entry = Json::object();
    entry.add("path", one.path);
    if (!one.regulation.empty()) entry.add("regulation", one.regulation);
    entry.add("why", one.why);
    left_out.push(std::move(entry));
  }
  return left_out;
}

CheckCounts count(const CheckReport& report) {
  CheckCounts counts;
  for (const auto& one : report.cases) {
    counts.verdicts += one.verdicts.norms.size();
    counts.conclusions += one.verdicts.conclusions.size();
    for (const auto& verdict : one.verdicts.norms) {
      if (verdict.status == evaluate::Status::Breached) ++counts.breached;
      if (verdict.gave_up) {
        ++counts.gave_up;
        continue;
      }
      switch (verdict.verdict) {
        case evaluate::Verdict::Applies: ++counts.applies; break;
        case evaluate::Verdict::DoesNotApply: ++counts.does_not_apply; break;
        case evaluate::Verdict::Depends: ++counts.depends; break;
        case evaluate::Verdict::Undetermined: ++counts.undetermined; break;
        case evaluate::Verdict::NotYet: ++counts.not_yet; break;
        case evaluate::Verdict::NoLonger: ++counts.no_longer; break;
      }
      if (verdict.status == evaluate::Status::Overdue) ++counts.overdue;
    }
    if (one.timeline) {
      const auto gave_up = [](const auto& row) {
        return !row.gave_up.empty() || std::ranges::any_of(row.stretches, [](const auto& stretch) { return stretch.verdict.gave_up; });
      };
      counts.timelines_gave_up += static_cast<std::size_t>(std::ranges::count_if(one.timeline->norms, gave_up));
      counts.timelines_gave_up += static_cast<std::size_t>(std::ranges::count_if(one.timeline->conclusions, gave_up));
    }
    for (const auto& verdict : one.verdicts.conclusions) {
      if (verdict.gave_up) {
        ++counts.conclusions_gave_up;
      } else if (verdict.verdict == evaluate::Verdict::Applies) {
        ++counts.holds;
      } else if (verdict.verdict == evaluate::Verdict::Depends || verdict.verdict == evaluate::Verdict::Undetermined) {
        ++counts.conclusions_open;
      }
    }
  }
  return counts;
}

std::string check_json(const CheckReport& report) {
  Json json = Json::object();
  json.add("onus", ONUS_VERSION).add("format", "check/1");
  json.add("inputs", inputs_json(report.inputs));
  if (!report.under.empty()) json.add("under", Json::texts(report.under));
  Json dates = Json::list();
  for (const auto& one : report.cases) {
    if (one.date_from == CaseReport::DateFrom::Case) continue;
    Json date = Json::object();
    date.add("case", one.verdicts.name).add("as_of", to_text(one.verdicts.as_of));
    date.add("from", one.date_from == CaseReport::DateFrom::Today ? "today" : "--as-of");
    if (one.case_date) date.add("case_says", to_text(*one.case_date));
    dates.push(std::move(date));
  }
  if (!dates.empty()) json.add("dates", std::move(dates));
  Json verdicts = Json::list();
  Json conclusions = Json::list();
  Json answers = Json::list();
  for (const auto& one : report.cases) {
    for (const auto& verdict : one.verdicts.norms) verdicts.push(norm_json(*report.model, one, verdict));
    for (const auto& verdict : one.verdicts.conclusions) conclusions.push(conclusion_json(*report.model, one, verdict));
    for (const auto& answer : one.answers) answers.push(answer_json(one, answer));
  }
  json.add("verdicts", std::move(verdicts));
  json.add("conclusions", std::move(conclusions));
  if (!answers.empty()) json.add("answers", std::move(answers));
  const CheckCounts counts = count(report);
  const auto number = [](std::size_t value) { return Json::number(static_cast<std::int64_t>(value)); };
  Json summary = Json::object();
  summary.add("cases", number(report.cases.size() + report.rejected + report.not_judged)).add("verdicts", number(counts.verdicts));
  summary.add("applies", number(counts.applies)).add("depends", number(counts.depends));
  summary.add("rejected", number(report.rejected)).add("left_out", left_out_json(report));
  summary.add("judged", number(report.cases.size())).add("does_not_apply", number(counts.does_not_apply));
  summary.add("not_yet", number(counts.not_yet)).add("no_longer", number(counts.no_longer));
  summary.add("undetermined", number(counts.undetermined)).add("overdue", number(counts.overdue));
  summary.add("breached", number(counts.breached));
  summary.add("gave_up", number(counts.gave_up + counts.conclusions_gave_up)).add("conclusions", number(counts.conclusions));
  json.add("summary", std::move(summary));
  if (report.diagnostics) json.add("diagnostics", *report.diagnostics);
  return json.print();
}

}  // namespace onus::reports
