// The page that a compliance officer reads: by bearer, then by object; what applies first, then what is open and on which
// facts, then in a line each what does not apply.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "report/check_words.hpp"
#include "report/timeline.hpp"
#include "report/writer.hpp"

namespace onus::reports {
namespace {

using evaluate::ConclusionVerdict;
using evaluate::Judged;
using evaluate::NormVerdict;
using evaluate::OpenFact;
using evaluate::Verdict;

constexpr std::size_t few_facts = 3;

class Page {
 public:
  Page(const CheckReport& report, Writer& out, bool all) : report_(report), model_(*report.model), out_(out), all_(all), all_answers_(all) {}
  // For whoever reads it without the program.
  void be_handed_on() {
    all_answers_ = true;
    tips_ = false;
  }

  std::string build() {
    for (const auto& one : report_.cases) {
      out_.title(case_title(one));
      for (const auto& under : report_.under) out_.under("under", under);
      rows_page(one);
    }
    closing(report_.cases.empty());
    return out_.take();
  }

  // To be handed to somebody who knows neither the case nor the rules.
  std::string report() {
    for (const auto& one : report_.cases) {
      out_.title(case_title(one));
      for (const auto& under : report_.under) out_.under("under", under);
      for (const auto& input : report_.inputs) {
        if (input.path.ends_with(".onus")) out_.under("rules", age_text(input, one.verdicts.as_of));
      }
      out_.section("Verdicts");
      rows_page(one);
      if (!one.timeline) continue;
      out_.section("Timeline " + span_text(report_, *one.timeline));
      write_timeline(report_, one, out_, all_);
    }
    if (!report_.cases.empty()) out_.section("What was looked at");
    closing(report_.cases.empty());
    return out_.take();
  }

 private:
  void entry(std::string_view label, const std::string& text, Tone tone = Tone::Faint) {
    out_.entry(label, text, tone);
  }

  void rows_page(const CaseReport& one) {
    norms(one);
    conclusions(one);
    answers(one);
  }

  // How old the text is that the rules encode.
  static std::string age_text(const InputFile& input, Date as_of) {
    std::string text = input.path;
    if (!input.encoded_as_of) return text + ": the file does not say as of when it encodes the text";
    text += ": the text as of " + to_text(*input.encoded_as_of);
    const auto days = as_of.days - input.encoded_as_of->days;
    if (days == 0) return text + ", the as-of date";
    if (days < 0) return text + ", " + count_of(static_cast<std::size_t>(-days), "day") + " after the as-of date";
    return text + ", " + count_of(static_cast<std::size_t>(days), "day") + " before the as-of date: what was changed since is not in it";
  }

  // What was judged by people, and by whom. Without --all those who are named, or say why.
  void answers(const CaseReport& one) {
    bool any = false;
    for (const auto& answer : one.answers) {
      const bool documented = !answer.by.empty() || answer.on || !answer.because.empty();
      if (!documented && !all_answers_) continue;
      if (!any) out_.group("Answers to judgements");
      any = true;
      out_.head(answer.answer, answer.about, Tone::Plain);
      std::string who = answer.by.empty() ? "the case does not say" : answer.by;
      if (answer.on) who += ", on " + to_text(*answer.on);
      out_.entry("answered by", who, Tone::Faint);
      if (!answer.because.empty()) out_.entry("because", answer.because, Tone::Faint);
    }
  }

  void norms(const CaseReport& one) {
    std::vector<const NormVerdict*> rows;
    for (const auto& verdict : one.verdicts.norms) rows.push_back(&verdict);
    for (const auto& group : by_bearer(model_, rows)) {
      out_.group(group.title);
      for (const int rank : {0, 1, 2}) {
        for (const auto row : group.rows) {
          if (rank_of(*rows[row]) == rank) norm(*rows[row]);
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

  void heading(const NormVerdict& verdict, const std::string& more) {
    const auto [word, tone] = verdict_shown(verdict);
    out_.head(word, cited(model_, verdict.provision) + more, tone);
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
    if (!judged.rests_minimal) rests += "; perhaps on less, not worked out within the budget";
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

  // One line each; the grounds stand at the norms, or with --all here too.
  void conclusions(const CaseReport& one) {
    bool any = false;
    for (const auto& verdict : one.verdicts.conclusions) {
      const bool open = verdict.gave_up || verdict.verdict == Verdict::Depends || verdict.verdict == Verdict::Undetermined;
      const bool holds = !open && verdict.verdict == Verdict::Applies;
      if (!open && !holds && !all_) continue;
      if (!any) out_.group("Conclusions");
      any = true;
      const auto [word, tone] = conclusion_shown(verdict);
      std::string text = sentence(model_, verdict, open || holds);
      if (holds && !all_) text += " (" + provision_of(model_, verdict) + ")";
      if (!all_ && verdict.verdict == Verdict::Depends && !verdict.gave_up) {
        text += verdict.depends_on.size() > few_facts ? ": on " + count_of(verdict.depends_on.size(), "fact")
                                                      : ": on " + facts_text(verdict.depends_on, "");
      }
      out_.head(word, text, tone);
      if (all_ || verdict.gave_up) reasons(verdict, verdict.object ? verdict.subject.name : std::string(), false);
    }
  }

  void closing(bool nothing_judged) {
    const CheckCounts counts = count(report_);
    out_.gap();
    for (const auto& one : report_.left_out) {
      std::string text = one.path;
      if (!one.regulation.empty()) text += " (" + one.regulation + ")";
      out_.closing("left out", text + ": " + one.why, Tone::Open);
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
    if (tips_ && !all_ && counts.does_not_apply + counts.not_yet + counts.no_longer + not_held > 0 && !nothing_judged) {
      out_.line("--all shows why the rest does not apply, and every conclusion with its grounds", Tone::Faint);
    }
    out_.line(line, Tone::Plain);
  }

  const CheckReport& report_;
  const model::Model& model_;
  Writer& out_;
  bool all_, all_answers_, tips_ = true;
};

}  // namespace

std::string check_page(const CheckReport& report, const Style& style, bool all) {
  TerminalWriter out(style);
  return Page(report, out, all).build();
}

std::string check_markdown(const CheckReport& report, bool all) {
  MarkdownWriter out;
  Page page(report, out, all);
  page.be_handed_on();
  return page.report();
}

}  // namespace onus::reports
