// The page that a compliance officer reads: by bearer, then by object; what applies first, then what is open and on which
// facts, then in a line each what does not apply.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "report/check.hpp"
#include "report/words.hpp"

namespace onus::reports {
namespace {

using evaluate::ConclusionVerdict;
using evaluate::Judged;
using evaluate::NormVerdict;
using evaluate::OpenFact;
using evaluate::Verdict;

// "  applies         53(1)(d) …" and below it "    because       3.2 …": the texts stand in one column.
constexpr std::size_t head_indent = 2, head_columns = 16;
constexpr std::size_t label_indent = 4, label_columns = 14;
constexpr std::size_t few_facts = 3;

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

// What a verdict takes from the silence of the case: "taken as none: …, …; taken as no: …".
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

constexpr std::string_view no_calendar = "Monday to Friday: no calendar says which days are holidays";

// `open`: the date hangs on facts that are not given.
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

class Page {
 public:
  Page(const CheckReport& report, const Style& style, bool all) : report_(report), model_(*report.model), style_(style), all_(all) {}

  std::string build() {
    bool first = true;
    for (const auto& one : report_.cases) {
      if (!first) out_ += '\n';
      first = false;
      case_page(one);
    }
    closing(first);
    return std::move(out_);
  }

 private:
  void entry(std::string_view label, const std::string& text, Tone tone = Tone::Faint) {
    append_entry(out_, label, safe(text), label_indent, label_columns, style_, tone);
  }

  void case_page(const CaseReport& one) {
    std::string head = safe(one.verdicts.name) + ", as of " + to_text(one.verdicts.as_of);
    if (one.date_from == CaseReport::DateFrom::Today) {
      head += " (today: the case gives no date)";
    } else if (one.date_from == CaseReport::DateFrom::Option) {
      head += " (--as-of";
      if (one.case_date && *one.case_date != one.verdicts.as_of) head += "; the case says " + to_text(*one.case_date);
      head += ")";
    }
    out_ += toned(head, Tone::Strong, style_) + "\n";
    for (const auto& under : report_.under) append_entry(out_, "under", safe(under), 2, 6, style_, Tone::Open);
    norms(one);
    conclusions(one);
  }

  // Bearer, then object, both in the order of their first verdict.
  void norms(const CaseReport& one) {
    struct Group {
      std::string title;
      std::vector<const NormVerdict*> verdicts;
    };
    std::vector<std::pair<std::string, std::vector<Group>>> bearers;
    for (const auto& verdict : one.verdicts.norms) {
      const std::string bearer = bearer_name(model_, verdict);
      std::string title = bearer.empty() ? "everybody" : bearer;
      if (verdict.object) title += ", for " + subject_text(model_, *verdict.object);
      for (const auto& about : verdict.about) title += ", about " + subject_text(model_, about);
      auto it = std::ranges::find_if(bearers, [&](const auto& known) { return known.first == bearer; });
      if (it == bearers.end()) it = bearers.insert(bearers.end(), {bearer, {}});
      auto group = std::ranges::find_if(it->second, [&](const Group& known) { return known.title == title; });
      if (group == it->second.end()) group = it->second.insert(it->second.end(), {title, {}});
      group->verdicts.push_back(&verdict);
    }
    for (const auto& [bearer, groups] : bearers) {
      for (const auto& group : groups) {
        out_ += "\n" + toned(safe(group.title), Tone::Strong, style_) + "\n";
        for (const int rank : {0, 1, 2}) {
          for (const auto* verdict : group.verdicts) {
            if (rank_of(*verdict) == rank) norm(*verdict);
          }
        }
      }
    }
  }

  static int rank_of(const Judged& judged) {
    if (judged.gave_up) return 1;
    switch (judged.verdict) {
      case Verdict::Applies: return 0;
      case Verdict::Depends:
      case Verdict::Undetermined: return 1;
      case Verdict::DoesNotApply:
      case Verdict::NotYet:
      case Verdict::NoLonger: return 2;
    }
    return 2;
  }

  static std::pair<std::string_view, Tone> shown(const Judged& judged) {
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

  void heading(const NormVerdict& verdict, const std::string& more) {
    const auto [word, tone] = shown(verdict);
    append_entry(out_, word, safe(cited(model_, verdict.provision)) + more, head_indent, head_columns, style_, tone);
  }

  // What has become of it, where that is known: " (overdue)".
  static std::string status_of(const NormVerdict& verdict) {
    switch (verdict.status) {
      case evaluate::Status::Met:
      case evaluate::Status::Overdue:
      case evaluate::Status::Breached: return " (" + std::string(evaluate::status_word(verdict.status)) + ")";
      case evaluate::Status::None:
      case evaluate::Status::Open:
      case evaluate::Status::Due: break;
    }
    return {};
  }

  void norm(const NormVerdict& verdict) {
    const auto& provision = model_.provisions[verdict.provision];
    if (rank_of(verdict) == 2) {
      const std::string tense = tense_text(verdict);
      heading(verdict, status_of(verdict) + (tense.empty() ? "" : ": " + tense));
      if (!all_) return;
      for (const auto& unmet : verdict.unmet) entry(unmet.so ? "it is so" : "it is not so", unmet.text + " [" + unmet.place + "]");
      reasons(verdict, bearer_name(model_, verdict), true, !verdict.unmet.empty());
      return;
    }
    heading(verdict, status_of(verdict));
    const std::string verb = modal(provision.kind);
    if (!provision.act.empty()) {
      entry(verb, verdict.at_most ? provision.act + " of at most " + ceiling_text(*verdict.at_most) : provision.act);
    }
    if (verdict.at_most && !verdict.at_most->depends_on.empty()) {
      entry("sum open on", facts_text(verdict.at_most->depends_on, bearer_name(model_, verdict)));
    }
    std::vector<std::string> whom;
    for (const auto& [to, on_request] : verdict.towards) whom.push_back(on_request ? to + ", on request" : to);
    if (!whom.empty()) entry("towards", join(whom, "; "));
    if (!verdict.enforced_by.empty()) entry("enforced by", join(verdict.enforced_by, "; "));
    for (const auto& limit : verdict.limits) {
      if (limit.verdict == Verdict::DoesNotApply) continue;
      const std::string to = limit.to.empty() ? "how far is left open" : limit.to;
      entry("limited to", limit.verdict == Verdict::Applies ? to : to + " (depends)");
    }
    std::vector<std::string> dues;
    for (const auto& due : verdict.when) dues.push_back(due_text(due, !verdict.due_depends_on.empty()));
    if (!dues.empty()) entry("due", join(dues, "; "));
    if (!verdict.due_depends_on.empty()) entry("date open on", facts_text(verdict.due_depends_on, bearer_name(model_, verdict)));
    std::string from = verdict.applies_from ? to_text(*verdict.applies_from) : "";
    if (verdict.enforceable_from) from += (from.empty() ? "enforceable from " : "; enforceable from ") + to_text(*verdict.enforceable_from);
    if (!from.empty()) entry("from", from);
    if (verdict.status == evaluate::Status::Due) entry("status", "due");
    reasons(verdict, bearer_name(model_, verdict), true);
  }

  // `explained`: what no provision says has been said otherwise.
  void reasons(const Judged& judged, const std::string& bearer, bool norm, bool explained = false) {
    if (judged.gave_up) {
      const std::string budget = std::to_string(report_.budget) + " steps a question, thirty times as many a case (limit graph-steps)";
      if (!judged.inexact_because.empty() && judged.inexact_because != evaluate::out_of_steps) {
        entry("", "not decided: " + judged.inexact_because);
        return;
      }
      entry("", report_.stopped ? "not decided before the run was stopped, or within " + budget : "not decided within " + budget);
      return;
    }
    // Of what applies on other days, the day is the reason.
    const bool other_day = judged.verdict == Verdict::NotYet || judged.verdict == Verdict::NoLonger;
    if (!judged.speaks && judged.because.empty() && !explained && !other_day) entry("because", "no provision says so");
    if (!judged.because.empty()) entry(judged.verdict == Verdict::Depends ? "as far as" : "because", listed(model_, judged.because));
    if (!judged.because_in_some.empty() && (all_ || judged.verdict != Verdict::Depends)) {
      entry("perhaps also", listed(model_, judged.because_in_some));
    }
    if (judged.verdict == Verdict::Depends) {
      if (!judged.possible.empty()) {
        std::vector<std::string> words;
        for (const auto verdict : judged.possible) {
          words.emplace_back(norm ? evaluate::norm_word(verdict) : evaluate::conclusion_word(verdict));
        }
        if (std::ranges::find(judged.possible, Verdict::Undetermined) != judged.possible.end()) {
          entry("may be", join_with(words, "or"));
        }
      }
      if (!judged.depends_on.empty()) {
        entry("settled by", facts_text(judged.depends_on, bearer) +
                                (judged.depends_minimal ? "" : "; perhaps by fewer of them, not worked out within the budget"),
              Tone::Open);
        if (std::ranges::all_of(judged.depends_on, [](const OpenFact& fact) { return fact.unanswerable; })) {
          entry("", "no answer helps: " + (bearer.empty() ? std::string("nobody") : bearer) +
                        (bearer.empty() ? " can know" : " cannot know") + " this, and the text has no rule for that");
        }
      }
      if (!judged.exact) entry("perhaps", "settled already: " + judged.inexact_because);
    }
    if (judged.verdict == Verdict::Undetermined) entry("", "the text itself leaves this open; no fact settles it");
    std::string rests = silence_text(judged.rests_on);
    if (!judged.rests_complete) rests += rests.empty() ? "not worked out within the budget" : "; perhaps more, not worked out within the budget";
    if (!rests.empty()) entry("rests on", rests);
    std::vector<std::string> readings;
    for (const auto& reading : judged.readings) {
      const std::string_view word = !reading.verdict ? "excluded by the case"
                                    : norm           ? evaluate::norm_word(*reading.verdict)
                                                     : evaluate::conclusion_word(*reading.verdict);
      readings.push_back("\"" + reading.name + "\": " + std::string(word));
    }
    if (!readings.empty()) entry("read as", join(readings, "; "));
  }

  // "the model M is general-purpose", "Acme is a provider of M".
  std::string sentence(const ConclusionVerdict& verdict, bool holds) const {
    const std::string name = conclusion_name(model_, verdict);
    std::string text = subject_text(model_, verdict.subject) + (holds ? " is " : " is not ");
    if (verdict.object) {
      const bool vowel = !name.empty() && std::string_view("aeiou").find(name.front()) != std::string_view::npos;
      text += (vowel ? "an " : "a ") + name + " " + subject_text(model_, *verdict.object);
    } else {
      text += name;
    }
    return text;
  }

  // One line each; the grounds stand at the norms, or with --all here too.
  void conclusions(const CaseReport& one) {
    bool any = false;
    for (const auto& verdict : one.verdicts.conclusions) {
      const bool open = verdict.gave_up || verdict.verdict == Verdict::Depends || verdict.verdict == Verdict::Undetermined;
      const bool holds = !open && verdict.verdict == Verdict::Applies;
      if (!open && !holds && !all_) continue;
      if (!any) out_ += "\n" + toned("Conclusions", Tone::Strong, style_) + "\n";
      any = true;
      const auto [word, tone] = conclusion_shown(verdict);
      std::string text = sentence(verdict, open || holds);
      if (holds && !all_) text += " (" + provision_of(model_, verdict) + ")";
      if (!all_ && verdict.verdict == Verdict::Depends && !verdict.gave_up) {
        text += verdict.depends_on.size() > few_facts ? ": on " + count_of(verdict.depends_on.size(), "fact")
                                                      : ": on " + facts_text(verdict.depends_on, "");
      }
      append_entry(out_, word, safe(text), head_indent, head_columns, style_, tone);
      if (all_ || verdict.gave_up) reasons(verdict, verdict.object ? verdict.subject.name : std::string(), false);
    }
  }

  static std::pair<std::string_view, Tone> conclusion_shown(const Judged& judged) {
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

  void closing(bool nothing_judged) {
    const CheckCounts counts = count(report_);
    if (!nothing_judged) out_ += '\n';
    for (const auto& one : report_.left_out) {
      std::string text = safe(one.path);
      if (!one.regulation.empty()) text += " (" + safe(one.regulation) + ")";
      append_entry(out_, "left out", text + ": " + safe(one.why), 0, 10, style_, Tone::Open);
    }
    const auto part = [](std::string& text, std::size_t number, std::string_view one, std::string_view many) {
      if (number == 0) return;
      text += (text.empty() ? "" : ", ") + std::to_string(number) + " " + std::string(number == 1 ? one : many);
    };
    const std::string_view undecided = report_.stopped ? "not decided" : "not decided within the budget";
    std::string verdicts;
    part(verdicts, counts.applies, "applies", "apply");
    part(verdicts, counts.depends, "depends", "depend");
    part(verdicts, counts.undetermined, "is left open by the text", "are left open by the text");
    part(verdicts, counts.not_yet, "does not apply yet", "do not apply yet");
    part(verdicts, counts.no_longer, "applies no longer", "apply no longer");
    part(verdicts, counts.does_not_apply, "does not apply", "do not apply");
    part(verdicts, counts.gave_up, undecided, undecided);
    std::size_t rules = 0;
    for (const auto& input : report_.inputs) rules += input.path.ends_with(".onus") ? 1 : 0;
    std::string line = count_of(rules, "rule file") + ", " + count_of(report_.cases.size() + report_.rejected + report_.not_judged, "case");
    if (report_.rejected > 0) line += " (" + std::to_string(report_.rejected) + " rejected)";
    if (report_.not_judged > 0) line += " (" + std::to_string(report_.not_judged) + " not judged)";
    line += ": " + count_of(counts.verdicts, "verdict");
    if (!verdicts.empty()) line += " (" + verdicts + ")";
    line += ", " + count_of(counts.conclusions, "conclusion");
    const std::size_t not_held = counts.conclusions - counts.holds - counts.conclusions_open - counts.conclusions_gave_up;
    std::string conclusions;
    part(conclusions, counts.holds, "holds", "hold");
    part(conclusions, counts.conclusions_open, "is open", "are open");
    part(conclusions, not_held, "does not hold", "do not hold");
    part(conclusions, counts.conclusions_gave_up, undecided, undecided);
    if (!conclusions.empty()) line += " (" + conclusions + ")";
    if (counts.overdue > 0) line += ", " + std::to_string(counts.overdue) + " overdue";
    if (counts.breached > 0) line += ", " + std::to_string(counts.breached) + " breached";
    if (!all_ && counts.does_not_apply + counts.not_yet + counts.no_longer + not_held > 0 && !nothing_judged) {
      out_ += toned("--all shows why the rest does not apply, and every conclusion with its grounds", Tone::Faint, style_) + "\n";
    }
    out_ += line + "\n";
  }

  const CheckReport& report_;
  const model::Model& model_;
  Style style_;
  bool all_;
  std::string out_;
};

}  // namespace

std::string check_page(const CheckReport& report, const Style& style, bool all) { return Page(report, style, all).build(); }

}  // namespace onus::reports
