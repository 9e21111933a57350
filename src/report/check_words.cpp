#include "report/check_words.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace onus::reports {

using evaluate::ConclusionVerdict;
using evaluate::Judged;
using evaluate::NormVerdict;
using evaluate::OpenFact;
using evaluate::Verdict;

namespace {

constexpr std::string_view no_calendar = "Monday to Friday: no calendar says which days are holidays";

}  // namespace

std::string modal(model::ProvisionKind kind) {
  switch (kind) {
    case model::ProvisionKind::Duty: return "must";
    case model::ProvisionKind::Prohibition: return "must not";
    case model::ProvisionKind::Permission: return "may";
    case model::ProvisionKind::Guidance: return "should";
    case model::ProvisionKind::Penalty: return "is liable to";
    case model::ProvisionKind::Liability: return "is liable for";
    default: return "";
  }
}

std::string listed(const model::Model& model, const std::vector<model::ProvisionId>& ids) {
  std::vector<std::string> texts;
  texts.reserve(ids.size());
  for (const auto id : ids) texts.push_back(cited(model, id));
  return join(texts, " · ");
}

std::string silence_text(const std::vector<OpenFact>& facts) {
  std::vector<std::pair<std::string, std::vector<std::string>>> groups;
  for (const auto& fact : facts) {
    const bool lists = fact.taken_as.starts_with("the case lists");
    const std::string& group = fact.taken_as;
    auto it = std::ranges::find_if(groups, [&](const auto& known) { return known.first == group; });
    if (it == groups.end()) it = groups.insert(groups.end(), {group, {}});
    if (!lists) it->second.push_back(fact.text);
  }
  std::vector<std::string> texts;
  for (const auto& [group, members] : groups) texts.push_back(members.empty() ? group : group + ": " + join(members, ", "));
  return join(texts, "; ");
}

std::string facts_text(const std::vector<OpenFact>& facts, std::string_view bearer) {
  std::vector<std::string> texts;
  const bool mixed = !std::ranges::all_of(facts, [](const OpenFact& fact) { return fact.unanswerable; });
  for (const auto& fact : facts) {
    std::string text = fact.text;
    if (mixed && fact.unanswerable) text.append(" (").append(bearer).append(" cannot know it)");
    texts.push_back(std::move(text));
  }
  return join(texts, "; ");
}

std::string due_text(const evaluate::DueDate& due, bool open) {
  const std::string& words = due.words;
  const std::string undated = open ? "depends" : "no date yet";
  switch (due.kind) {
    case model::Due::Kind::Continuously: return "continuously";
    case model::Due::Kind::OnRequest: return "on request";
    case model::Due::Kind::By:
    case model::Due::Kind::Before:
    case model::Due::Kind::Within:
    case model::Due::Kind::WithoutDelay:
    case model::Due::Kind::Every:
    case model::Due::Kind::For: break;
  }
  std::string text;
  if (due.date) {
    text = due.kind == model::Due::Kind::For ? "until " : due.kind == model::Due::Kind::Every ? "next on " : "by ";
    text += due.moment ? to_text(*due.moment) : to_text(*due.date);
    std::string more = due.kind != model::Due::Kind::By ? words : std::string();
    if (due.lacks_calendar) more.append(more.empty() ? "" : "; ").append(no_calendar);
    if (!more.empty()) text += " (" + more + ")";
    return text;
  }
  text = words.empty() ? undated : words;
  if (due.earliest || due.latest) {
    text += " (";
    if (due.earliest) text += "at the earliest " + to_text(*due.earliest);
    if (due.earliest && due.latest) text += ", ";
    if (due.latest) text += "at the latest " + to_text(*due.latest);
    if (due.lacks_calendar) text.append("; ").append(no_calendar);
    text += ")";
  } else if (!words.empty()) {
    text += " (" + undated + ")";
  }
  return text;
}

std::string tense_text(const Judged& judged) {
  if (!judged.tense_date) return {};
  const std::string day = to_text(*judged.tense_date);
  if (judged.verdict == Verdict::NotYet) {
    if (judged.tense_date_latest && *judged.tense_date_latest != *judged.tense_date) {
      return "from " + day + " at the earliest, " + to_text(*judged.tense_date_latest) + " at the latest";
    }
    return "from " + day;
  }
  if (judged.tense_date_latest && *judged.tense_date_latest != *judged.tense_date) {
    return "until a day between " + day + " and " + to_text(*judged.tense_date_latest);
  }
  return "until " + day;
}

std::pair<std::string_view, Tone> verdict_shown(const Judged& judged) {
  if (judged.gave_up) return {"not decided", Tone::Bad};
  switch (judged.verdict) {
    case Verdict::Applies: return {"applies", Tone::Good};
    case Verdict::Depends: return {"depends", Tone::Open};
    case Verdict::Undetermined: return {"left open", Tone::Open};
    case Verdict::DoesNotApply: return {"does not apply", Tone::Faint};
    case Verdict::NotYet: return {"not yet", Tone::Faint};
    case Verdict::NoLonger: return {"no longer", Tone::Faint};
  }
  return {"", Tone::Plain};
}

std::pair<std::string_view, Tone> conclusion_shown(const Judged& judged) {
  if (judged.gave_up) return {"not decided", Tone::Bad};
  switch (judged.verdict) {
    case Verdict::Applies: return {"holds", Tone::Good};
    case Verdict::Depends: return {"depends", Tone::Open};
    case Verdict::Undetermined: return {"left open", Tone::Open};
    case Verdict::DoesNotApply:
    case Verdict::NotYet:
    case Verdict::NoLonger: return {"does not hold", Tone::Faint};
  }
  return {"", Tone::Plain};
}

std::string sentence(const model::Model& model, const ConclusionVerdict& verdict, bool holds) {
  const std::string name = conclusion_name(model, verdict);
  std::string text = subject_text(model, verdict.subject) + (holds ? " is " : " is not ");
  if (verdict.object) {
    const bool vowel = !name.empty() && std::string_view("aeiou").find(name.front()) != std::string_view::npos;
    text += (vowel ? "an " : "a ") + name + " " + subject_text(model, *verdict.object);
  } else {
    text += name;
  }
  return text;
}

std::string row_title(const model::Model& model, const NormVerdict& verdict) {
  const std::string bearer = bearer_name(model, verdict);
  std::string title = bearer.empty() ? "everybody" : bearer;
  if (verdict.object) title += ", for " + subject_text(model, *verdict.object);
  for (const auto& about : verdict.about) title += ", about " + subject_text(model, about);
  return title;
}

std::string case_title(const CaseReport& one) {
  std::string head = one.verdicts.name + ", as of " + to_text(one.verdicts.as_of);
  if (one.date_from == CaseReport::DateFrom::Today) {
    head += " (today: the case gives no date)";
  } else if (one.date_from == CaseReport::DateFrom::Option) {
    head += " (--as-of";
    if (one.case_date && *one.case_date != one.verdicts.as_of) head += "; the case says " + to_text(*one.case_date);
    head += ")";
  }
  return head;
}

std::vector<RowGroup> by_bearer(const model::Model& model, const std::vector<const NormVerdict*>& rows) {
  std::vector<std::pair<std::string, std::vector<RowGroup>>> bearers;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string bearer = bearer_name(model, *rows[i]);
    const std::string title = row_title(model, *rows[i]);
    auto it = std::ranges::find_if(bearers, [&](const auto& known) { return known.first == bearer; });
    if (it == bearers.end()) it = bearers.insert(bearers.end(), {bearer, {}});
    auto group = std::ranges::find_if(it->second, [&](const RowGroup& known) { return known.title == title; });
    if (group == it->second.end()) group = it->second.insert(it->second.end(), {title, {}});
    group->rows.push_back(i);
  }
  std::vector<RowGroup> result;
  for (auto& [bearer, groups] : bearers) {
    for (auto& group : groups) result.push_back(std::move(group));
  }
  return result;
}

}  // namespace onus::reports
