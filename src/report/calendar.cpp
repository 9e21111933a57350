// The deadlines of a case as iCalendar (RFC 5545): days of their own, so that no time zone matters. The stamp of every event is
// the as-of date, and its UID says what the event is about and not when it is: a calendar that takes the file again moves what
// has moved. No clock and no randomness: equal input gives equal bytes.
#include "report/calendar.hpp"

#include <algorithm>
#include <array>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "evaluate/particulars.hpp"
#include "report/check_words.hpp"
#include "report/timeline.hpp"
#include "source/utf8.hpp"

namespace onus::reports {
namespace {

using evaluate::Deadline;
using evaluate::DueDate;
using evaluate::Event;
using evaluate::NormTimeline;
using evaluate::NormVerdict;
using evaluate::Verdict;

constexpr std::size_t octets_a_line = 75;

// 20260924
std::string basic(Date date) {
  std::string text = to_text(date);
  std::erase(text, '-');
  return text;
}

// A value of the type TEXT. What is no text, such as a control, is written out first.
std::string escaped(std::string_view text) {
  std::string out;
  std::size_t begin = 0;
  for (;;) {
    const auto end = std::min(text.find('\n', begin), text.size());
    for (const char c : safe(text.substr(begin, end - begin))) {
      if (c == '\\' || c == ';' || c == ',') out += '\\';
      out += c;
    }
    if (end == text.size()) return out;
    out += "\\n";
    begin = end + 1;
  }
}

// One content line, folded: a blank begins each further line, and no character is cut in two.
void append_line(std::string& out, std::string_view line) {
  std::size_t room = octets_a_line;
  while (line.size() > room) {
    std::size_t end = room;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    out.append(line.substr(0, end)).append("\r\n ");
    line.remove_prefix(end);
    room = octets_a_line - 1;
  }
  out.append(line).append("\r\n");
}

void append_property(std::string& out, std::string_view name, std::string_view value) {
  std::string line(name);
  append_line(out, line.append(":").append(value));
}

// The rule by which something comes round for ever, from one of its turns on; nothing where none says it exactly. A month that
// lacks the day has its last one instead, which takes a rule of its own.
std::string recurrence(const Period& period, Date counted_from) {
  const auto civil = counted_from.civil();
  const std::string count = ";INTERVAL=" + std::to_string(period.count);
  const auto last_of = [](int first, int day) {   // the last of these days that the month has
    std::string days;
    for (int each = first; each <= day; ++each) days += (days.empty() ? "" : ",") + std::to_string(each);
    return ";BYMONTHDAY=" + days + ";BYSETPOS=-1";
  };
  constexpr int in_every_month = 28;
  switch (period.unit) {
    case Period::Unit::Days: return "FREQ=DAILY" + count;
    case Period::Unit::Weeks: return "FREQ=WEEKLY" + count;
    case Period::Unit::Months: return "FREQ=MONTHLY" + count + (civil.day > in_every_month ? last_of(in_every_month, civil.day) : "");
    case Period::Unit::Years:
      if (civil.month == 2 && civil.day > in_every_month) return "FREQ=YEARLY" + count + ";BYMONTH=2" + last_of(in_every_month, civil.day);
      return "FREQ=YEARLY" + count;
    case Period::Unit::Hours:
    case Period::Unit::BusinessDays: break;
  }
  return {};
}

class Calendar {
 public:
  explicit Calendar(const CheckReport& report) : report_(report), model_(*report.model) {}

  CalendarText build() {
    for (const auto& one : report_.cases) {
      case_ = &one;
      if (!one.timeline) continue;
      for (const auto& row : one.timeline->norms) add_row(row);
    }
    std::string out;
    append_line(out, "BEGIN:VCALENDAR");
    append_property(out, "VERSION", "2.0");
    append_property(out, "PRODID", "-//onus//onus " ONUS_VERSION "//EN");
    append_property(out, "CALSCALE", "GREGORIAN");
    std::string name = "Duties";
    if (report_.cases.size() == 1) name += ": " + report_.cases.front().verdicts.name;
    append_property(out, "X-WR-CALNAME", escaped(name));
    append_property(out, "X-WR-CALDESC", escaped(left_out()));
    out += events_;
    append_line(out, "END:VCALENDAR");
    return {std::move(out), "the calendar has " + left_out()};
  }

 private:
  // ---- what goes in ----

  struct Entry {
    Date first{}, last{};
    std::string what;                  // "due", "due at some day of these"
    std::string id;                    // among the events of the row
    std::string rule;                  // how it repeats
    std::vector<std::string> notes;
  };

  void add_row(const NormTimeline& row) {
    if (!row.gave_up.empty()) {
      ++counts_.not_decided;
      return;
    }
    std::vector<std::size_t> ordinal(row.deadlines.size(), 0);
    for (std::size_t i = 0; i < row.deadlines.size(); ++i) {
      for (std::size_t before = 0; before < i; ++before) ordinal[i] += row.deadlines[before].index == row.deadlines[i].index ? 1 : 0;
      const auto& deadline = row.deadlines[i];
      if (deadline.due.kind == model::Due::Kind::Every) {
        if (!deadline.due.counted_from) {
          ++counts_.undated;
        } else if (report_.span) {
          turns(row, deadline, ordinal[i]);
        } else {
          recurring(row, deadline, ordinal[i]);
        }
        continue;
      }
      if (!deadline.applies) {
        ++counts_.not_applying;
        continue;
      }
      const auto* then = verdict_on(row, deadline.due.date ? *deadline.due.date : deadline.as_of);
      this->deadline(then == nullptr ? row.row : *then, deadline.due, deadline.index, ordinal[i]);
    }
    for (std::size_t i = 0; i < row.stretches.size(); ++i) {
      const auto& stretch = row.stretches[i];
      const bool goes_on = i > 0 && row.stretches[i - 1].verdict.verdict == Verdict::Applies;
      const bool begins = i > 0 || stretch.verdict.applies_from == stretch.from;
      if (stretch.verdict.gave_up || stretch.verdict.verdict != Verdict::Applies || goes_on || !begins) continue;
      add(stretch.verdict, {stretch.from, stretch.from, "begins to apply", "from " + std::to_string(i), "", {}});
    }
    // What begins to apply later can be enforced at once.
    if (!row.enforceable_from) return;
    const Date day = *row.enforceable_from;
    if (const auto* then = verdict_on(row, day); then != nullptr && may_apply(*then)) {
      add(*then, {day, day, "can be enforced from this day on", "enforceable", "", {}});
    }
  }

  static std::vector<std::string> notes_of(const DueDate& due) {
    std::vector<std::string> notes;
    if (!due.words.empty()) notes.push_back("due " + due.words);
    if (due.lacks_calendar) notes.emplace_back("working days are Monday to Friday: no calendar says which days are holidays");
    return notes;
  }

  void deadline(const NormVerdict& verdict, const DueDate& due, std::size_t index, std::size_t ordinal) {
    if (due.kind == model::Due::Kind::OnRequest || due.kind == model::Due::Kind::Continuously) {
      ++counts_.no_day;
      return;
    }
    if (!due.date && !(due.earliest && due.latest)) {
      ++counts_.undated;
      return;
    }
    const Date first = due.date ? *due.date : *due.earliest;
    const Date last = due.date ? *due.date : *due.latest;
    if (case_->timeline && (last < case_->timeline->from || case_->timeline->to < first)) {
      ++counts_.outside;
      return;
    }
    std::string what = due.kind == model::Due::Kind::For ? "last day" : "due";
    if (due.moment) what += " " + to_text(*due.moment).substr(11);
    if (first != last) what += " on one of these days";
    add(verdict, {first, last, what, "due " + std::to_string(index) + "." + std::to_string(ordinal), "", notes_of(due)});
  }

  // Each turn, on days that were asked for.
  void turns(const NormTimeline& row, const Deadline& deadline, std::size_t ordinal) {
    for (const auto turn : deadline.turns) {
      const auto* then = verdict_on(row, turn);
      const auto id = "due " + std::to_string(deadline.index) + "." + std::to_string(ordinal) + " on " + to_text(turn);
      add(then == nullptr ? row.row : *then, {turn, turn, "due again", id, "", notes_of(deadline.due)});
    }
    if (deadline.more_turns) ++counts_.cut;
  }

  // From the as-of date on, without end or as long as the norm may apply: one event for each time that it does so without a break.
  void recurring(const NormTimeline& row, const Deadline& deadline, std::size_t ordinal) {
    const auto& due = deadline.due;
    std::size_t runs = 0;
    for (std::size_t i = 0; i < row.stretches.size(); ++i) {
      if (!may_apply(row.stretches[i].verdict)) continue;
      const std::size_t first = i;
      const auto goes_on = [&](std::size_t next) {
        return next < row.stretches.size() && may_apply(row.stretches[next].verdict) && row.stretches[next].from.days == row.stretches[next - 1].to.days + 1;
      };
      while (goes_on(i + 1)) ++i;
      const Date end = row.stretches[i].to;
      const auto turn = evaluate::next_turn(due.period, *due.counted_from, std::max(row.stretches[first].from, case_->verdicts.as_of));
      if (!turn || end < *turn) continue;
      std::string rule = recurrence(due.period, *due.counted_from);
      if (rule.empty()) ++counts_.cut;
      if (!rule.empty() && end < case_->timeline->to) rule += ";UNTIL=" + basic(end);
      const auto id = "due " + std::to_string(deadline.index) + "." + std::to_string(ordinal) + " run " + std::to_string(runs++);
      const auto* then = verdict_on(row, *turn);
      add(then == nullptr ? row.row : *then, {*turn, *turn, "due again", id, rule, notes_of(due)});
    }
  }

  // ---- what it looks like ----

  void add(const NormVerdict& verdict, const Entry& entry) {
    const auto& provision = model_.provisions[verdict.provision];
    const auto& regulation = model_.regulations[provision.regulation];
    std::string who = row_title(model_, verdict);
    std::string id = case_->verdicts.name;
    // A permission and a duty may have one number.
    for (const auto& part : {regulation.label, std::string(model::word(provision.kind)), model_.name_of(verdict.provision), who, entry.id}) {
      id.append(1, '\0').append(part);
    }
    const auto after = add_days(entry.last, 1);
    append_line(events_, "BEGIN:VEVENT");
    append_property(events_, "UID", sha256_hex(id).substr(0, 32) + "@onus");
    append_property(events_, "DTSTAMP", basic(case_->verdicts.as_of) + "T000000Z");
    append_property(events_, "DTSTART;VALUE=DATE", basic(entry.first));
    if (after) append_property(events_, "DTEND;VALUE=DATE", basic(*after));
    if (!entry.rule.empty()) append_property(events_, "RRULE", entry.rule);
    std::string name = model_.name_of(verdict.provision) + (provision.title.empty() ? "" : " " + provision.title);
    const bool open = verdict.gave_up || verdict.verdict == Verdict::Depends || verdict.verdict == Verdict::Undetermined;
    append_property(events_, "SUMMARY", escaped(entry.what + (open ? ", if it applies: " : ": ") + name + " (" + who + ")"));
    std::vector<std::string> lines;
    if (!provision.act.empty()) lines.push_back(who + ": " + modal(provision.kind) + " " + provision.act);
    lines.insert(lines.end(), entry.notes.begin(), entry.notes.end());
    if (verdict.gave_up) {
      lines.emplace_back("whether it applies was not decided");
    } else if (verdict.verdict == Verdict::Depends && !verdict.depends_on.empty()) {
      lines.push_back("depends on " + facts_text(verdict.depends_on, bearer_name(model_, verdict)));
    } else if (verdict.verdict == Verdict::Undetermined) {
      lines.emplace_back("the text leaves open whether it applies");
    }
    if (!provision.citations.empty()) lines.push_back("[" + citations_text(provision.citations) + "]");
    lines.push_back(regulation.label + ", " + case_->verdicts.name + ", as of " + to_text(case_->verdicts.as_of));
    append_property(events_, "DESCRIPTION", escaped(join(lines, "\n")));
    append_property(events_, "TRANSP", "TRANSPARENT");
    append_line(events_, "END:VEVENT");
    ++counts_.events;
  }

  // "12 events; 4 deadlines have no date and are not in it: …".
  [[nodiscard]] std::string left_out() const {
    std::string text = count_of(counts_.events, "event");
    const auto part = [&](std::size_t number, std::string_view one, std::string_view many) {
      if (number > 0) text += "; " + std::to_string(number) + " " + std::string(number == 1 ? one : many);
    };
    part(counts_.undated, "deadline has no date so far and is not in it", "deadlines have no date so far and are not in it");
    part(counts_.no_day, "is on request or continuous and has no day", "are on request or continuous and have no day");
    part(counts_.not_applying, "lies on a day on which the duty does not apply", "lie on days on which the duty does not apply");
    part(counts_.outside, "lies on other days", "lie on other days");
    part(counts_.cut, "comes round more often than is in it", "come round more often than is in it");
    part(counts_.not_decided, "row was not decided", "rows were not decided");
    return text;
  }

  struct Counts {
    std::size_t events = 0, undated = 0, no_day = 0, not_applying = 0, outside = 0, cut = 0, not_decided = 0;
  };

  const CheckReport& report_;
  const model::Model& model_;
  const CaseReport* case_ = nullptr;
  std::string events_;
  Counts counts_;
};

}  // namespace

CalendarText calendar(const CheckReport& report) { return Calendar(report).build(); }

}  // namespace onus::reports
