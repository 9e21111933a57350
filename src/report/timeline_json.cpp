#include <algorithm>

#include "report/json_parts.hpp"
#include "report/timeline.hpp"
#include "report/words.hpp"

namespace onus::reports {
namespace {

using evaluate::Event;

std::string_view event_word(Event::Kind kind) {
  switch (kind) {
    case Event::Kind::Verdict: return "verdict";
    case Event::Kind::Done: return "done";
    case Event::Kind::Due: return "due";
    case Event::Kind::DueEarliest: return "due-at-the-earliest";
    case Event::Kind::DueLatest: return "due-at-the-latest";
    case Event::Kind::Again: return "due-again";
    case Event::Kind::Missed: return "overdue-unless-done";
    case Event::Kind::Enforceable: return "enforceable";
  }
  return {};
}

Json number(std::size_t value) { return Json::number(static_cast<std::int64_t>(value)); }

// What a stretch of norms and of conclusions has alike.
template <typename Verdict>
Json stretch_json(const model::Model& model, const evaluate::Stretch<Verdict>& stretch, std::string_view word) {
  const auto& verdict = stretch.verdict;
  Json json = Json::object();
  json.add("from", to_text(stretch.from)).add("to", to_text(stretch.to));
  json.add("verdict", verdict.gave_up ? "undecided" : word);
  return json.add("because", Json::texts(names_of(model, verdict.because))).add("depends_on", facts_json(model, verdict.depends_on));
}

Json norm_json(const model::Model& model, const CaseReport& report, const evaluate::NormTimeline& row) {
  const auto& provision = model.provisions[row.row.provision];
  Json json = Json::object();
  json.add("case", report.verdicts.name);
  json.add("regulation", model.regulations[provision.regulation].label);
  json.add("provision", model.name_of(row.row.provision)).add("kind", model::word(provision.kind));
  json.add("bearer", bearer_name(model, row.row));
  json.add("object", row.row.object ? subject_json(model, *row.row.object) : Json::null());
  if (!row.row.about.empty()) {
    Json about = Json::list();
    for (const auto& subject : row.row.about) about.push(subject_json(model, subject));
    json.add("about", std::move(about));
  }
  json.add("act", provision.act);
  Json cites = Json::list();
  for (const auto& citation : provision.citations) cites.push(Json::text(citation.text));
  json.add("cites", std::move(cites));
  json.add("enforceable_from", date_json(row.enforceable_from));
  Json stretches = Json::list();
  for (const auto& stretch : row.stretches) {
    Json one = stretch_json(model, stretch, evaluate::norm_word(stretch.verdict.verdict));
    one.add("status", stretch.verdict.status == evaluate::Status::None ? Json::null() : Json::text(evaluate::status_word(stretch.verdict.status)));
    if (stretch.verdict.applies_from) one.add("applies_from", to_text(*stretch.verdict.applies_from));
    stretches.push(std::move(one));
  }
  json.add("stretches", std::move(stretches));
  Json deadlines = Json::list();
  for (const auto& deadline : row.deadlines) {
    Json one = due_json(deadline.due);
    one.add("as_of", to_text(deadline.as_of));
    if (!deadline.applies) one.add("applies", Json::boolean(false));
    if (deadline.due.kind == model::Due::Kind::Every) {
      Json turns = Json::list();
      for (const auto turn : deadline.turns) turns.push(Json::text(to_text(turn)));
      one.add("turns", std::move(turns));
      if (deadline.more_turns) one.add("more_turns", Json::boolean(true));
    }
    deadlines.push(std::move(one));
  }
  json.add("deadlines", std::move(deadlines));
  Json events = Json::list();
  for (const auto& event : row.events) {
    Json one = Json::object();
    one.add("date", to_text(event.date)).add("event", event_word(event.kind));
    if (event.kind == Event::Kind::Verdict) one.add("stretch", number(event.index));
    if (is_of_deadline(event.kind) || event.kind == Event::Kind::Missed) one.add("deadline", number(event.index));
    events.push(std::move(one));
  }
  json.add("events", std::move(events));
  if (!row.gave_up.empty()) json.add("gave_up", row.gave_up);
  return json;
}

Json conclusion_json(const model::Model& model, const CaseReport& report, const evaluate::ConclusionTimeline& row) {
  Json json = Json::object();
  json.add("case", report.verdicts.name);
  json.add("regulation", model.regulations.contains(row.row.regulation) ? Json::text(model.regulations[row.row.regulation].label) : Json::null());
  json.add("subject", subject_json(model, row.row.subject));
  if (row.row.object) json.add("object", subject_json(model, *row.row.object));
  json.add("conclusion", conclusion_name(model, row.row));
  Json stretches = Json::list();
  for (const auto& stretch : row.stretches) stretches.push(stretch_json(model, stretch, evaluate::conclusion_word(stretch.verdict.verdict)));
  json.add("stretches", std::move(stretches));
  if (!row.gave_up.empty()) json.add("gave_up", row.gave_up);
  return json;
}

}  // namespace

std::string timeline_json(const CheckReport& report) {
  Json json = Json::object();
  json.add("onus", ONUS_VERSION).add("format", "timeline/1").add("inputs", inputs_json(report.inputs));
  if (!report.under.empty()) json.add("under", Json::texts(report.under));
  json.add("note", "a fact without a date is taken to be the same on all days; an answer to a judgement holds at all times");
  Json cases = Json::list();
  Json norms = Json::list();
  Json conclusions = Json::list();
  for (const auto& one : report.cases) {
    Json entry = Json::object();
    entry.add("case", one.verdicts.name).add("as_of", to_text(one.verdicts.as_of));
    entry.add("from", to_text(one.timeline->from)).add("to", to_text(one.timeline->to));
    if (report.span && !report.span->to) entry.add("open_end", Json::boolean(true));
    Json clashes = Json::list();
    for (const auto& clash : one.timeline->clashes) {
      Json days = Json::object();
      days.add("from", to_text(clash.from)).add("to", to_text(clash.to)).add("statements", Json::texts(clash.verdict.statements));
      clashes.push(std::move(days));
    }
    if (!clashes.empty()) entry.add("no_verdict", std::move(clashes));
    cases.push(std::move(entry));
    for (const auto& row : one.timeline->norms) norms.push(norm_json(*report.model, one, row));
    for (const auto& row : one.timeline->conclusions) conclusions.push(conclusion_json(*report.model, one, row));
  }
  json.add("cases", std::move(cases)).add("norms", std::move(norms)).add("conclusions", std::move(conclusions));
  const auto counts = count_timelines(report);
  Json summary = Json::object();
  summary.add("cases", number(report.cases.size() + report.rejected + report.not_judged)).add("judged", number(report.cases.size()));
  summary.add("rejected", number(report.rejected)).add("rows", number(counts.rows)).add("changes", number(counts.changes));
  summary.add("deadlines", number(counts.deadlines)).add("undated", number(counts.undated)).add("gave_up", number(counts.gave_up));
  json.add("summary", std::move(summary.add("left_out", left_out_json(report))));
  if (report.diagnostics) json.add("diagnostics", *report.diagnostics);
  return json.print();
}

}  // namespace onus::reports
