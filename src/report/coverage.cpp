#include "report/coverage.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "report/json_parts.hpp"

namespace onus::reports {

using Kind = evaluate::CoveragePoint::Kind;

std::string_view account_word(Account account) {
  switch (account) {
    case Account::Encoded: return "encoded";
    case Account::Discretionary: return "discretionary";
    case Account::NotEncoded: return "not encoded";
    case Account::Unaccounted: return "unaccounted";
  }
  return {};
}

CoverageCounts count(const CoverageReport& report) {
  CoverageCounts counts;
  for (const auto& provision : report.provisions) {
    bool whole = true;
    for (const auto& point : provision.points) {
      counts.sides += point.sides;
      counts.reached += point.reached;
      whole = whole && point.reached == point.sides;
      if (point.constant) ++counts.constant;
      if (point.kind != Kind::Condition) continue;
      ++counts.conditions;
      if (point.reached == point.sides) ++counts.conditions_whole;
    }
    ++counts.provisions;
    if (whole) ++counts.provisions_whole;
  }
  for (const auto& text : report.texts) {
    counts.items += text.items.size();
    counts.unlisted += text.unlisted.size();
    for (const auto& item : text.items) {
      switch (item.account) {
        case Account::Encoded: ++counts.encoded; break;
        case Account::Discretionary: ++counts.discretionary; break;
        case Account::NotEncoded: ++counts.not_encoded; break;
        case Account::Unaccounted: ++counts.unaccounted; break;
      }
    }
  }
  return counts;
}

namespace {

constexpr std::size_t label_columns = 20;

struct Words {
  std::string_view yes, no, both_missing;
};

Words words_of(const CoveredPoint& point, const CoveredProvision& provision) {
  switch (point.kind) {
    case Kind::Condition: return {"true", "false", "neither"};
    case Kind::Provision:
      if (provision.norm) return {"applies", "does not apply", "not reached"};
      return {"fires", "does not fire", "not reached"};
    case Kind::Strike:
      if (provision.kind == "open") return {"opens", "stands back", "not reached"};
      return {"strikes", "stands back", "not reached"};
    case Kind::ValueCase: return {"taken", "", "never taken"};
  }
  return {};
}

std::string label_of(const CoveredPoint& point, const CoveredProvision& provision) {
  const auto words = words_of(point, provision);
  if (point.wants_yes && (point.wants_no || point.kind == Kind::ValueCase)) return std::string(words.both_missing);
  if (point.wants_yes) return "never " + std::string(words.yes);
  if (point.wants_no) return (point.kind == Kind::Condition ? "never " : "only ") + std::string(point.kind == Kind::Condition ? words.no : words.yes);
  if (point.constant) return *point.constant ? "true in every case" : "false in every case";
  return "reached";
}

std::string text_of(const CoveredPoint& point, const CoveredProvision& provision) {
  std::string text;
  if (point.kind == Kind::Provision || point.kind == Kind::Strike) {
    text = "the " + provision.kind + (provision.kind == "open" ? " provision" : "");
  } else {
    text = safe(point.text);
    if (!point.letter.empty() && !text.starts_with(point.letter)) {
      // An item shows its own letter; those around it come before.
      const auto own = point.letter.rfind('(');
      const bool shows_own = text.starts_with(point.letter.substr(own));
      text.insert(0, (shows_own ? point.letter.substr(0, own) : point.letter + " "));
    }
  }
  if (!point.each.empty()) text += ", of each " + safe(point.each);
  if (point.subject) text += ", in the subject";
  if (!point.reading.empty()) text += " (reading \"" + safe(point.reading) + "\")";
  return text + " [" + std::to_string(point.line) + "]";
}

void append_point(std::string& out, const CoveredPoint& point, const CoveredProvision& provision, const Style& style, bool cases) {
  const bool missing = point.wants_yes || point.wants_no;
  append_entry(out, label_of(point, provision), text_of(point, provision), 2, label_columns, style, missing ? Tone::Bad : Tone::Good);
  if (!cases) return;
  const auto words = words_of(point, provision);
  if (point.yes) append_entry(out, "", std::string(words.yes) + " in " + safe(*point.yes), 2, label_columns, style, Tone::Faint);
  if (point.no && !words.no.empty()) append_entry(out, "", std::string(words.no) + " in " + safe(*point.no), 2, label_columns, style, Tone::Faint);
}

// 93.1, cut off: what is not whole never reads 100.
std::string percent(std::size_t part, std::size_t whole) {
  const std::size_t tenths = whole == 0 ? 1000 : part * 1000 / whole;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

void append_text(std::string& out, const AccountedText& text, const Style& style, bool all) {
  out += safe(text.file) + ": " + toned(safe(text.title), Tone::Strong, style) + (text.as_of ? ", as of " + to_text(*text.as_of) : "") + "\n";
  if (all && !text.from.empty()) append_entry(out, "from", safe(text.from), 2, label_columns, style);
  std::size_t shown = 0;
  for (const auto& item : text.items) {
    const bool missing = item.account == Account::Unaccounted;
    if (!missing && !all) continue;
    ++shown;
    std::string line = safe(item.id);
    if (!item.says.empty()) line += " " + safe(item.says);
    if (!item.cites.empty()) line += " [" + safe(join(item.cites, "; ")) + "]";
    if (!item.by.empty() && !missing) line += ": " + safe(join(item.by, ", "));
    if (!item.why.empty()) line += ": " + safe(item.why);
    append_entry(out, account_word(item.account), line, 2, label_columns, style, missing ? Tone::Bad : Tone::Good);
  }
  for (const auto& one : text.unlisted) {
    ++shown;
    append_entry(out, "not in the list", "[" + safe(one.citation) + "] of " + safe(one.by) + " (" + safe(one.file) + ":" + std::to_string(one.line) + ")",
                 2, label_columns, style, Tone::Bad);
  }
  if (shown == 0) append_entry(out, "accounted for", "every item", 2, label_columns, style, Tone::Good);
  out += "\n";
}

}  // namespace

std::string coverage_page(const CoverageReport& report, const Style& style, bool all) {
  std::string out;
  for (const auto& provision : report.provisions) {
    const bool missing = std::any_of(provision.points.begin(), provision.points.end(), [](const auto& point) { return point.reached < point.sides; });
    if (!missing && !all) continue;
    out += safe(provision.file) + ":" + std::to_string(provision.line) + ": " + toned(provision.kind + " " + safe(provision.name), Tone::Strong, style);
    if (!provision.title.empty()) out += " \"" + safe(provision.title) + "\"";
    out += "\n";
    for (const auto& point : provision.points) {
      if (all || point.reached < point.sides) append_point(out, point, provision, style, all);
    }
    out += "\n";
  }
  for (const auto& text : report.texts) append_text(out, text, style, all);
  for (const auto& one : report.left_out) append_entry(out, "left out", safe(one.path) + ": " + safe(one.why), 0, 10, style, Tone::Open);
  const auto counts = count(report);
  std::string line = count_of(report.rule_files, "rule file") + ", " + count_of(report.cases, "case") +
                     (report.rejected > 0 ? " (" + std::to_string(report.rejected) + " rejected)" : "") + ": " + std::to_string(counts.reached) + " of " +
                     count_of(counts.sides, "side") + " reached (" + percent(counts.reached, counts.sides) + "): " +
                     std::to_string(counts.conditions_whole) + " of " + count_of(counts.conditions, "condition") + " and " +
                     std::to_string(counts.provisions_whole) + " of " + count_of(counts.provisions, "provision") + " whole";
  if (counts.constant > 0) line += "; " + count_of(counts.constant, "condition") + " can have one answer only";
  out += toned(line, counts.reached < counts.sides ? Tone::Open : Tone::Good, style) + "\n";
  if (!report.texts.empty()) {
    line = count_of(counts.items, "item") + ": " + std::to_string(counts.encoded) + " encoded, " + std::to_string(counts.discretionary) +
           " discretionary, " + std::to_string(counts.not_encoded) + " not encoded, " + std::to_string(counts.unaccounted) + " unaccounted";
    if (counts.unlisted > 0) line += "; " + count_of(counts.unlisted, "citation") + " in no list";
    out += toned(line, counts.unaccounted + counts.unlisted > 0 ? Tone::Open : Tone::Good, style) + "\n";
  }
  return out;
}

std::string coverage_json(const CoverageReport& report) {
  const auto number = [](std::size_t value) { return Json::number(static_cast<std::int64_t>(value)); };
  const auto side = [](const std::optional<std::string>& by) { return by ? Json::text(*by) : Json::null(); };
  Json json = Json::object();
  json.add("onus", ONUS_VERSION).add("format", "coverage/1");
  json.add("inputs", inputs_json(report.inputs));
  Json provisions = Json::list();
  for (const auto& provision : report.provisions) {
    Json one = Json::object();
    one.add("regulation", provision.regulation).add("provision", provision.name).add("kind", provision.kind).add("title", provision.title);
    one.add("file", provision.file).add("line", Json::number(provision.line));
    Json points = Json::list();
    for (const auto& point : provision.points) {
      Json entry = Json::object();
      const std::string_view what = point.kind == Kind::Condition   ? "condition"
                                    : point.kind == Kind::Provision ? "provision"
                                    : point.kind == Kind::Strike    ? "strike"
                                                                    : "case";
      entry.add("what", what).add("letter", point.letter).add("text", point.text);
      entry.add("line", Json::number(point.line)).add("column", Json::number(point.column));
      if (!point.reading.empty()) entry.add("reading", point.reading);
      if (!point.each.empty()) entry.add("each", point.each);
      if (point.subject) entry.add("subject", Json::boolean(true));
      entry.add("true_in", side(point.yes));
      if (point.kind != Kind::ValueCase) entry.add("false_in", side(point.no));
      if (point.constant) entry.add("constant", Json::boolean(*point.constant));
      entry.add("reached", number(point.reached)).add("sides", number(point.sides));
      points.push(std::move(entry));
    }
    one.add("points", std::move(points));
    provisions.push(std::move(one));
  }
  json.add("provisions", std::move(provisions));
  Json texts = Json::list();
  for (const auto& text : report.texts) {
    Json one = Json::object();
    one.add("file", text.file).add("title", text.title);
    if (text.as_of) one.add("as_of", to_text(*text.as_of));
    one.add("from", text.from).add("whole", Json::boolean(text.whole));
    Json items = Json::list();
    for (const auto& item : text.items) {
      Json entry = Json::object();
      entry.add("id", item.id).add("account", account_word(item.account)).add("line", Json::number(item.line));
      entry.add("cites", Json::texts(item.cites)).add("says", item.says).add("encoded_by", Json::texts(item.by)).add("why", item.why);
      items.push(std::move(entry));
    }
    one.add("items", std::move(items));
    Json unlisted = Json::list();
    for (const auto& citation : text.unlisted) {
      unlisted.push(Json::object().add("citation", citation.citation).add("by", citation.by).add("file", citation.file).add("line", Json::number(citation.line)));
    }
    one.add("unlisted", std::move(unlisted));
    texts.push(std::move(one));
  }
  json.add("texts", std::move(texts));
  const auto counts = count(report);
  Json left_out = Json::list();
  for (const auto& one : report.left_out) left_out.push(Json::object().add("path", one.path).add("why", one.why));
  Json summary = Json::object();
  summary.add("cases", number(report.cases)).add("rejected", number(report.rejected)).add("gave_up", number(report.gave_up));
  summary.add("sides", number(counts.sides)).add("reached", number(counts.reached));
  summary.add("conditions", number(counts.conditions)).add("conditions_whole", number(counts.conditions_whole)).add("constant", number(counts.constant));
  summary.add("provisions", number(counts.provisions)).add("provisions_whole", number(counts.provisions_whole));
  summary.add("items", number(counts.items)).add("encoded", number(counts.encoded)).add("discretionary", number(counts.discretionary));
  summary.add("not_encoded", number(counts.not_encoded)).add("unaccounted", number(counts.unaccounted)).add("unlisted", number(counts.unlisted));
  summary.add("left_out", std::move(left_out));
  json.add("summary", std::move(summary));
  if (!report.diagnostics.empty()) {
    Json all = Json::list();
    for (const auto& list : report.diagnostics) all.append(list);
    json.add("diagnostics", std::move(all));
  }
  return json.print();
}

}  // namespace onus::reports
