// `the model Base-70B is not systemic`, `Acme Labs is a provider of Acme-Med`: names are free text, so every ` is ` and
// ` of ` of the sentence is tried, the later one first (the longest name wins).
#include <map>
#include <string>
#include <tuple>

#include "base/text.hpp"
#include "facts/from_document/sections.hpp"

namespace onus::facts {
namespace {

// A name with the kind that the sentence gives it, if it does.
struct Named {
  std::string_view text;                // the name alone
  std::vector<EntityId> entities;       // all that it may be
  std::vector<model::KindId> kinds;     // the kinds that were looked through
};

// `the model Base-70B` or `Base-70B`.
Named named(const Context& context, std::string_view text) {
  Named result{text, find_entities(context, text), {}};
  const auto ids = context.model.kinds.ids();
  result.kinds.assign(ids.begin(), ids.end());
  if (!result.entities.empty() || !text.starts_with("the ")) return result;
  const auto rest = text.substr(4);
  // Kinds may be of several words: every one that fits, the longest for messages.
  constexpr std::size_t longest_kind = 300;
  for (auto at = rest.find(' '); at < longest_kind; at = rest.find(' ', at + 1)) {
    const auto kind = context.names.kind(rest.substr(0, at));
    if (!kind) continue;
    result.text = rest.substr(at + 1);
    result.kinds = {*kind};
    if (const auto entity = find_entity(context, *kind, result.text)) result.entities.push_back(*entity);
  }
  return result;
}

// How many ` is ` or ` of ` of one sentence are tried. Since they are tried in a fixed order, stopping early can refuse a
// sentence and never reads one differently.
constexpr int most_tries = 32;

using Stated = std::map<std::tuple<model::PredicateId, EntityId, std::optional<EntityId>, std::optional<model::RegulationId>>,
                        std::size_t>;

struct Reading {
  model::PredicateId predicate;
  EntityId subject;
  std::optional<EntityId> object;
};

class FoundReader {
 public:
  FoundReader(Context& context, Stated& stated, NodeId node, std::string_view text)
      : context_(context), stated_(stated), node_(node), text_(text) {}

  void read() {
    const auto under = split_regulation(context_, node_, text_);
    if (!under.sound) return;
    regulation_ = under.regulation;
    const auto text = under.text;
    constexpr std::string_view is = " is ";
    std::optional<Named> subject;
    std::string_view behind;
    int tries = 0;
    for (auto at = text.rfind(is); at != std::string_view::npos && at > 0 && tries < most_tries; at = text.rfind(is, at - 1)) {
      ++tries;
      Named candidate = named(context_, text.substr(0, at));
      const auto rest = text.substr(at + is.size());
      if (!candidate.entities.empty() && read_conclusion(candidate, rest)) return;
      // For messages: a known name, else the shortest text.
      if (!subject || subject->entities.empty() || !candidate.entities.empty()) {
        subject = std::move(candidate);
        behind = rest;
      }
    }
    if (!subject) {
      context_.problems.add<Kind::FoundForm>(context_.document.span(node_));
    } else if (subject->entities.empty()) {
      const std::string noun = subject->kinds.size() == 1 ? context_.kind_name(subject->kinds.front()) : "entity";
      report_unknown_entity(context_, piece_span(context_, node_, subject->text), subject->text, subject->kinds, noun);
    } else {
      report_conclusion(*subject, behind);
    }
  }

 private:
  static std::pair<std::string_view, bool> strip_not(std::string_view rest) {
    const bool negative = rest.starts_with("not ");
    return {negative ? rest.substr(4) : rest, !negative};
  }

  bool read_conclusion(const Named& subject, std::string_view rest) {
    const auto [conclusion, holds] = strip_not(rest);
    std::vector<Reading> readings;
    for (const EntityId entity : subject.entities) {
      for (const auto id : predicates(entity, conclusion)) {
        if (!context_.model.predicates[id].object) readings.push_back({id, entity, std::nullopt});
      }
    }
    constexpr std::string_view of = " of ";
    int tries = 0;
    for (auto at = conclusion.find(of); at != std::string_view::npos && readings.empty() && tries < most_tries;
         at = conclusion.find(of, at + 1)) {
      ++tries;
      const Named object = named(context_, conclusion.substr(at + of.size()));
      for (const EntityId entity : subject.entities) {
        for (const auto id : predicates(entity, conclusion.substr(0, at))) {
          for (const EntityId other : object.entities) {
            if (context_.model.predicates[id].object == context_.entity(other).kind) readings.push_back({id, entity, other});
          }
        }
      }
    }
    if (readings.empty()) return false;
    if (readings.size() > 1) {
      ambiguous(readings);
    } else {
      add(readings.front(), holds);
    }
    return true;
  }

  std::vector<model::PredicateId> predicates(EntityId entity, std::string_view text) const {
    return of_regulation(context_, context_.names.predicates(context_.entity(entity).kind, text), regulation_);
  }

  void ambiguous(const std::vector<Reading>& readings) {
    std::vector<std::string> texts;
    for (const Reading& reading : readings) {
      const auto& predicate = context_.model.predicates[reading.predicate];
      std::string text = "`the " + context_.kind_name(context_.entity(reading.subject).kind) + " … is " + predicate.name;
      if (predicate.regulation) text += " under " + context_.model.regulations[*predicate.regulation].label;
      texts.push_back(text + "`");
    }
    context_.problems.add<Kind::ConclusionAmbiguous>(context_.document.span(node_), shown(text_), join_with(texts, "or"));
  }

  void add(const Reading& reading, bool holds) {
    Found found{reading.predicate, reading.subject, reading.object, regulation_, holds, std::string(text_),
                context_.document.span(node_)};
    const auto [first, fresh] = stated_.try_emplace({found.predicate, found.subject, found.object, found.regulation},
                                                    context_.result.found.size());
    if (!fresh) {
      const Found& other = context_.result.found[first->second];
      context_.problems
          .add<Kind::FoundTwice>(found.span, other.holds == holds ? "this conclusion is stated twice"
                                                                  : "this conclusion and its opposite are both stated")
          .note(other.span, "the first is here");
      return;
    }
    context_.result.found.push_back(std::move(found));
  }

  // The subject is known and what follows ` is ` is not understood.
  void report_conclusion(const Named& subject, std::string_view rest) {
    const auto conclusion = strip_not(rest).first;
    const EntityId first = subject.entities.front();
    const auto kind = context_.entity(first).kind;
    const std::string noun = with_article(context_.kind_name(kind));
    if (report_role(subject, conclusion)) return;
    const auto span = piece_span(context_, node_, conclusion);
    for (const EntityId entity : subject.entities) {
      if (!context_.names.field(context_.entity(entity).kind, conclusion)) continue;
      const auto& owner = context_.entity(entity);
      context_.problems.add<Kind::FoundIsFact>(span, shown(conclusion),
                                               "the " + context_.kind_name(owner.kind) + " `" + shown(owner.name) + "`");
      return;
    }
    const auto& names = context_.names.conclusions(kind);
    std::optional<std::string> near;
    if (const auto index = context_.problems.nearest_of(names, bare_name(conclusion))) near = names[*index];
    // `F is a keper of S`: the role before its object.
    std::string_view unknown = conclusion;
    if (const auto of = conclusion.find(" of "); !near && of != std::string_view::npos) {
      if (const auto index = context_.problems.nearest_of(names, bare_name(conclusion.substr(0, of)))) {
        near = names[*index];
        const auto article = conclusion.size() - without_article(conclusion).size();
        unknown = conclusion.substr(article, of - article);
      }
    }
    auto reported = context_.problems.add<Kind::UnknownConclusion>(piece_span(context_, node_, unknown), shown(unknown), noun, did_you_mean(near));
    if (near) reported.fix(piece_span(context_, node_, unknown), *near);
  }

  static std::string_view without_article(std::string_view text) {
    for (const std::string_view article : {"the ", "a ", "an "}) {
      if (text.starts_with(article)) return text.substr(article.size());
    }
    return text;
  }

  // A role whose object is missing or unknown.
  bool report_role(const Named& subject, std::string_view conclusion) {
    for (const EntityId entity : subject.entities) {
      int tries = 0;
      for (auto at = conclusion.find(" of "); at != std::string_view::npos && tries < most_tries;
           at = conclusion.find(" of ", at + 1)) {
        ++tries;
        for (const auto id : predicates(entity, conclusion.substr(0, at))) {
          const auto& predicate = context_.model.predicates[id];
          if (!predicate.object) continue;
          const auto text = conclusion.substr(at + 4);
          const Named object = named(context_, text);
          const auto& wanted = context_.kind_name(*predicate.object);
          const Span span = piece_span(context_, node_, object.text);
          if (object.entities.empty()) {
            report_unknown_entity(context_, span, object.text, {*predicate.object}, wanted);
          } else {
            const auto& other = context_.entity(object.entities.front());
            context_.problems
                .add<Kind::EntityOfOtherKind>(span, shown(object.text), with_article(context_.kind_name(other.kind)),
                                              predicate.name + " of", with_article(wanted))
                .note(other.span, "it is listed here");
          }
          return true;
        }
      }
      for (const auto id : predicates(entity, conclusion)) {
        const auto& predicate = context_.model.predicates[id];
        if (!predicate.object) continue;
        context_.problems.add<Kind::MissingKey>(piece_span(context_, node_, conclusion), "`" + predicate.name + "`",
                                                "of the " + context_.kind_name(*predicate.object) + " NAME");
        return true;
      }
    }
    return false;
  }

  Context& context_;
  Stated& stated_;
  NodeId node_;
  std::string_view text_;
  std::optional<model::RegulationId> regulation_;
};

}  // namespace

void read_found(Context& context, NodeId list) {
  if (!list_at(context, list, "found", "[the model A is systemic]")) return;
  Stated stated;
  for (const NodeId item : context.document.items(list)) {
    if (const auto text = text_at(context, item, "found")) FoundReader(context, stated, item, *text).read();
  }
}

}  // namespace onus::facts
