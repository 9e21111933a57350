#include "driver/accounts.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "driver/settings.hpp"

namespace onus::driver {
namespace {

using facts::citation_of;
using reports::Account;

// `AIA 56(7)` is part of `AIA 56`, `GL 3.2.1` of `GL 3.2`.
bool is_part_of(std::string_view part, std::string_view whole) {
  if (!part.starts_with(whole) || part.size() == whole.size()) return false;
  const char next = part[whole.size()];
  return next == '(' || next == '.' || next == ' ';
}

std::string_view label_of(std::string_view citation) { return citation.substr(0, citation.find(' ')); }

}  // namespace

void Accounts::add(const Session& session, Span span, std::string name, std::string label, const std::string& regulation,
                   const std::vector<model::Citation>& citations) {
  const auto& file = session.sources().file(span.file);
  if (!taken_.emplace(file.path(), span.begin).second) return;
  Citer citer;
  citer.name = std::move(name);
  citer.label = std::move(label);
  citer.regulation = regulation;
  citer.file = file.path();
  for (const auto& citation : citations) citer.cites.push_back({citation_of(citation.text), file.position(citation.span.begin).line});
  citers_.push_back(std::move(citer));
}

void Accounts::take(const Session& session) {
  const auto& model = session.model();
  const auto regulation = [&](model::RegulationId id) { return id.is_valid() ? model.regulations[id].label : std::string(); };
  for (const auto& parameter : model.parameters) {
    add(session, parameter.span, "parameter " + parameter.name, parameter.name, regulation(parameter.regulation), parameter.citations);
  }
  for (const auto& part : model.parts) add(session, part.span, "part " + part.label, part.label, regulation(part.regulation), part.citations);
  for (const auto& provision : model.provisions) {
    auto citations = provision.citations;
    for (const auto& reading : provision.readings) citations.insert(citations.end(), reading.citations.begin(), reading.citations.end());
    add(session, provision.span, std::string(model::word(provision.kind)) + " " + provision.label, provision.label,
        provision.in_vocabulary ? std::string() : regulation(provision.regulation), citations);
  }
  for (const auto& omission : model.omissions) {
    if (!taken_.emplace(session.sources().file(omission.span.file).path(), omission.span.begin).second) continue;
    std::string_view all = omission.citation;
    for (;;) {
      const auto stop = all.find(';');
      left_out_.push_back({citation_of(all.substr(0, stop)), omission.reason, omission.discretionary});
      if (stop == std::string_view::npos) break;
      all.remove_prefix(stop + 1);
    }
  }
}

// "; duty 53(1)(a) cites AIA 53(1)(a)": the first that cites a part of it, or what it is part of.
std::string Accounts::near(const std::string& citation) const {
  for (const auto& citer : citers_) {
    for (const auto& cited : citer.cites) {
      if (is_part_of(cited.citation, citation) || is_part_of(citation, cited.citation)) return "; " + citer.name + " cites " + cited.citation;
    }
  }
  return {};
}

Accounts::Answer Accounts::answer(const std::string& citation) const {
  Answer result;
  for (const auto& citer : citers_) {
    const bool cites = std::any_of(citer.cites.begin(), citer.cites.end(), [&](const Cited& one) { return one.citation == citation; });
    if (cites) result.by.push_back(citer.name);
  }
  if (!result.by.empty()) {
    result.account = Account::Encoded;
    return result;
  }
  // The line that is about the citation itself, else the one about the least that it is part of.
  const LeftOutLine* best = nullptr;
  for (const auto& line : left_out_) {
    if (line.citation != citation && !is_part_of(citation, line.citation)) continue;
    if (best == nullptr || line.citation.size() > best->citation.size()) best = &line;
  }
  if (best == nullptr) {
    result.why = "nothing cites " + citation + near(citation);
  } else {
    result.account = best->discretionary ? Account::Discretionary : Account::NotEncoded;
    result.why = best->reason;
  }
  return result;
}

void Accounts::answer_by_citations(const facts::SourceItem& item, reports::AccountedItem& result) const {
  std::vector<std::string> reasons, missing;
  result.account = Account::NotEncoded;
  for (const auto& citation : item.cites) {
    const auto one = answer(citation);
    switch (one.account) {
      case Account::Unaccounted: missing.push_back(one.why); break;
      case Account::Encoded:
        for (const auto& by : one.by) {
          if (std::find(result.by.begin(), result.by.end(), by) == result.by.end()) result.by.push_back(by);
        }
        result.account = Account::Encoded;
        break;
      case Account::Discretionary:
        if (result.account == Account::NotEncoded) result.account = Account::Discretionary;
        [[fallthrough]];
      case Account::NotEncoded:
        if (std::find(reasons.begin(), reasons.end(), one.why) == reasons.end()) reasons.push_back(one.why);
        break;
    }
  }
  result.why = join(missing.empty() ? reasons : missing, "; ");
  if (!missing.empty()) result.account = Account::Unaccounted;
}

std::vector<const Accounts::Citer*> Accounts::named(const std::string& name) const {
  std::vector<const Citer*> result;
  for (const auto& citer : citers_) {
    for (const auto& own : {citer.name, citer.label}) {
      if (name != own && (citer.regulation.empty() || name != own + " of " + citer.regulation)) continue;
      result.push_back(&citer);
      break;
    }
  }
  return result;
}

void Accounts::answer_by_names(const facts::SourceItem& item, reports::AccountedItem& result, Sink& sink) const {
  result.account = Account::Encoded;
  std::vector<std::string> astray;
  for (const auto& [name, span] : item.encoded_by) {
    const auto found = named(name);
    if (found.empty()) {
      std::vector<std::string> candidates;
      for (const auto& citer : citers_) candidates.push_back(citer.name);
      diagnose<Kind::SourceNameUnknown>(sink, span, name, hint(name, candidates));
      continue;
    }
    if (found.size() > 1) {
      std::vector<std::string> names;
      for (const auto* one : found) names.push_back("`" + one->name + (one->regulation.empty() ? "" : " of " + one->regulation) + "`");
      diagnose<Kind::SourceNameAmbiguous>(sink, span, name, join_with(names, "or"));
      continue;
    }
    result.by.push_back(found.front()->name);
    const auto about = [&](const Cited& cited) {
      return std::any_of(item.cites.begin(), item.cites.end(), [&](const std::string& citation) {
        return cited.citation == citation || is_part_of(citation, cited.citation) || is_part_of(cited.citation, citation);
      });
    };
    const auto& cites = found.front()->cites;
    if (!item.cites.empty() && std::none_of(cites.begin(), cites.end(), about)) astray.push_back(name + " cites nothing of it");
  }
  if (astray.empty()) return;
  result.account = Account::Unaccounted;
  result.why = join(astray, "; ");
}

std::vector<reports::UnlistedCitation> Accounts::unlisted(const facts::SourceList& list) const {
  std::vector<reports::UnlistedCitation> result;
  const auto listed = [&](const std::string& citation) {
    return std::any_of(list.items.begin(), list.items.end(), [&](const facts::SourceItem& item) {
      return std::any_of(item.cites.begin(), item.cites.end(), [&](const std::string& one) {
        return one == citation || is_part_of(one, citation) || is_part_of(citation, one);
      });
    });
  };
  for (const auto& citer : citers_) {
    for (const auto& cited : citer.cites) {
      if (std::find(list.sources.begin(), list.sources.end(), label_of(cited.citation)) == list.sources.end()) continue;
      if (!listed(cited.citation)) result.push_back({cited.citation, citer.name, citer.file, cited.line});
    }
  }
  return result;
}

reports::AccountedText Accounts::of(const facts::SourceList& list, const SourceFile& file, Sink& sink) const {
  reports::AccountedText result;
  result.file = file.path();
  result.title = list.title;
  result.from = list.from;
  result.as_of = list.as_of;
  result.whole = list.whole;
  for (const auto& item : list.items) {
    reports::AccountedItem one;
    one.id = item.id;
    one.says = item.says;
    one.cites = item.cites;
    one.line = file.position(item.span.begin).line;
    if (item.not_encoded) {
      one.account = Account::NotEncoded;
      one.why = *item.not_encoded;
    } else if (item.discretionary) {
      one.account = Account::Discretionary;
      one.why = *item.discretionary;
    } else if (!item.encoded_by.empty()) {
      answer_by_names(item, one, sink);
    } else {
      answer_by_citations(item, one);
    }
    result.items.push_back(std::move(one));
  }
  if (list.whole) result.unlisted = unlisted(list);
  return result;
}

}  // namespace onus::driver
