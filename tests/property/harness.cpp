#include "property/harness.hpp"

#include <algorithm>
#include <set>

#include "base/limits.hpp"
#include "data/json.hpp"
#include "data/yaml.hpp"
#include "facts/from_document.hpp"
#include "grammar/parse.hpp"
#include "model/build.hpp"

namespace onus::property {
namespace {

std::string messages(const SourceStore& sources, const Sink& sink) {
  std::string result;
  for (const Diagnostic& each : sink.sorted()) {
    const Position place = sources.file(each.span.file).position(each.span.begin);
    result += sources.file(each.span.file).path() + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " +
              std::string(info(each.kind).code) + " " + each.message + "\n";
  }
  return result;
}

oracle::Verdict same(evaluate::Verdict verdict) {
  switch (verdict) {
    case evaluate::Verdict::Applies: return oracle::Verdict::Applies;
    case evaluate::Verdict::DoesNotApply: return oracle::Verdict::DoesNotApply;
    case evaluate::Verdict::Depends: return oracle::Verdict::Depends;
    case evaluate::Verdict::Undetermined: return oracle::Verdict::Undetermined;
    case evaluate::Verdict::NotYet: return oracle::Verdict::NotYet;
    case evaluate::Verdict::NoLonger: return oracle::Verdict::NoLonger;
  }
  return oracle::Verdict::Depends;
}

bool is_core_no(oracle::Verdict verdict) {
  return verdict == oracle::Verdict::DoesNotApply || verdict == oracle::Verdict::NotYet || verdict == oracle::Verdict::NoLonger;
}

class Comparer {
 public:
  Comparer(const Compiled& rules, const facts::Case& the_case, const Comparison& how, Seen& seen)
      : rules_(rules), model_(rules.model), case_(the_case), how_(how), seen_(seen) {}

  std::vector<std::string> run() {
    ++seen_.cases;
    evaluate::Options options;
    options.no_defaults = how_.no_defaults;
    options.rests = evaluate::Rests::Nothing;   // the laws look at that
    options.budget = how_.budget;
    evaluate::Judge judge(rules_.program, case_, options);
    oracle::Options oracle_options;
    oracle_options.as_of = *case_.as_of;
    oracle_options.no_defaults = how_.no_defaults;
    oracle_options.fault = how_.fault;
    oracle_options.worlds = how_.worlds;
    oracle::Oracle oracle(model_, case_, oracle_options);
    oracle_ = &oracle;
    try {
      const bool clash = oracle.clash();
      if (clash != judge.clash().has_value()) {
        differ("the case", std::string("clash: product ") + (judge.clash() ? "yes" : "no") + ", oracle " + (clash ? "yes" : "no"));
        return std::move(differences_);
      }
    } catch (const oracle::Unsupported& reason) {
      ++seen_.unsupported[std::string("whole case: ") + reason.what()];
      return {};
    }
    if (judge.clash()) {
      ++seen_.clashes;
      return {};
    }
    const evaluate::CaseVerdicts verdicts = judge.verdicts();
    if (!verdicts.faults.empty()) {
      ++seen_.faulty;
      return {};
    }
    for (const evaluate::NormVerdict& norm : verdicts.norms) compare_norm(norm);
    for (const evaluate::ConclusionVerdict& conclusion : verdicts.conclusions) compare_conclusion(conclusion);
    if (how_.unlisted) compare_unlisted();
    return std::move(differences_);
  }

 private:
  void differ(const std::string& where, const std::string& what) { differences_.push_back(where + ": " + what); }

  std::optional<oracle::Entity> entity(const evaluate::Subject& subject) {
    if (subject.entity) return subject.entity->index;
    const auto found = oracle_->find(subject.kind, subject.name);
    return found;
  }

  [[nodiscard]] std::string names(const oracle::Provisions& provisions) const {
    std::string text;
    for (const model::ProvisionId id : provisions) text += (text.empty() ? "" : ", ") + model_.name_of(id);
    return text.empty() ? "nothing" : text;
  }

  static std::string texts(const std::set<oracle::Verdict>& verdicts) {
    std::string text;
    for (const oracle::Verdict verdict : verdicts) text += (text.empty() ? "" : ", ") + verdict_word(verdict);
    return "{" + text + "}";
  }

  static std::string text(const std::optional<Date>& date) { return date ? to_text(*date) : "none"; }

  void compare_judged(const std::string& where, const evaluate::Judged& judged, const oracle::Answer& answer) {
    if (judged.gave_up) {
      ++seen_.gave_up;
      return;
    }
    const oracle::Verdict verdict = same(judged.verdict);
    if (!judged.exact && verdict == oracle::Verdict::Depends && answer.verdict != verdict) {
      ++seen_.inexact;
      return;
    }
    ++seen_.verdicts;
    const bool tense_unknown = !answer.tense_known && is_core_no(verdict) && is_core_no(answer.verdict);
    if (verdict != answer.verdict && !tense_unknown) {
      differ(where, "product " + verdict_word(verdict) + ", oracle " + verdict_word(answer.verdict) + " " + texts(answer.possible));
      return;
    }
    if (verdict == oracle::Verdict::Depends) {
      std::set<oracle::Verdict> possible;
      for (const evaluate::Verdict one : judged.possible) possible.insert(same(one));
      if (possible != answer.possible) differ(where, "possible: product " + texts(possible) + ", oracle " + texts(answer.possible));
      return;
    }
    if (verdict == oracle::Verdict::Undetermined) return;
    const bool has_day = verdict == oracle::Verdict::NotYet || verdict == oracle::Verdict::NoLonger;
    if (has_day && !tense_unknown) {
      const auto latest = judged.tense_date_latest ? judged.tense_date_latest : judged.tense_date;
      if (judged.tense_date != answer.first || latest != answer.last) {
        differ(where, verdict_word(verdict) + ": product " + text(judged.tense_date) + " to " + text(latest) + ", oracle " +
                          text(answer.first) + " to " + text(answer.last));
      }
    }
    if (!how_.because || !answer.because_known) return;
    ++seen_.because;
    const oracle::Provisions because(judged.because.begin(), judged.because.end());
    const oracle::Provisions some(judged.because_in_some.begin(), judged.because_in_some.end());
    if (because != answer.because) {
      differ(where, verdict_word(verdict) + " because: product " + names(because) + "; oracle " + names(answer.because));
    } else if (some != answer.because_in_some) {
      differ(where, verdict_word(verdict) + " because in some: product " + names(some) + "; oracle " + names(answer.because_in_some));
    }
  }

  void compare_norm(const evaluate::NormVerdict& norm) {
    std::string where = model_.name_of(norm.provision);
    oracle::Entity bearer = oracle::no_entity;
    oracle::Entity object = oracle::no_entity;
    std::vector<oracle::Entity> others;
    bool named = true;
    const auto add = [&](const evaluate::Subject& subject) {
      where += " · " + subject.name;
      const auto found = entity(subject);
      named = named && found;
      return found.value_or(oracle::no_entity);
    };
    if (norm.bearer) bearer = add(*norm.bearer);
    if (norm.object) object = add(*norm.object);
    for (const evaluate::Subject& other : norm.about) others.push_back(add(other));
    if (!named) {
      ++seen_.unmatched;
      return;
    }
    if (!how_.implied && (!oracle_->universe().is_listed(bearer) || !oracle_->universe().is_listed(object))) return;
    rows_.insert({true, norm.provision.index, bearer, object});
    try {
      const oracle::Answer answer = oracle_->norm(norm.provision, bearer, object, others, how_.because);
      compare_judged(where, norm, answer);
      ++seen_.norms[answer.verdict];
    } catch (const oracle::Unsupported& reason) {
      ++seen_.unsupported[reason.what()];
    }
  }

  void compare_conclusion(const evaluate::ConclusionVerdict& conclusion) {
    if (!conclusion.predicate) return;
    std::string where = model_.predicates[*conclusion.predicate].name + " · " + conclusion.subject.name;
    const auto subject = entity(conclusion.subject);
    std::optional<oracle::Entity> object = oracle::no_entity;
    if (conclusion.object) {
      where += " · " + conclusion.object->name;
      object = entity(*conclusion.object);
    }
    if (!subject || !object) {
      ++seen_.unmatched;
      return;
    }
    if (!how_.implied && (!oracle_->universe().is_listed(*subject) || (*object != oracle::no_entity && !oracle_->universe().is_listed(*object)))) return;
    rows_.insert({false, conclusion.predicate->index, *subject, *object});
    try {
      const oracle::Answer answer =
          oracle_->conclusion(*conclusion.predicate, *subject, *object, conclusion.regulation, how_.because);
      compare_judged(where, conclusion, answer);
      ++seen_.conclusions[answer.verdict];
    } catch (const oracle::Unsupported& reason) {
      ++seen_.unsupported[reason.what()];
    }
  }

  // Where the product prints no row, nothing applies in any world.
  void compare_unlisted() {
    const auto each = [&](model::KindId first, std::optional<model::KindId> second, const auto& use) {
      for (const oracle::Entity a : oracle_->universe().listed_of(first)) {
        if (!second) {
          use(a, oracle::no_entity);
          continue;
        }
        for (const oracle::Entity b : oracle_->universe().listed_of(*second)) use(a, b);
      }
    };
    const auto check = [&](const std::string& where, const auto& ask) {
      ++seen_.unlisted;
      try {
        const oracle::Answer answer = ask();
        if (!is_core_no(answer.verdict)) differ(where, "product has no row, oracle " + verdict_word(answer.verdict));
      } catch (const oracle::Unsupported& reason) {
        ++seen_.unsupported[reason.what()];
      }
    };
    for (const model::ProvisionId id : model_.provisions.ids()) {
      const model::Provision& provision = model_.provisions[id];
      if (!model::is_norm(provision.kind) || !provision.bearer || !provision.object) continue;
      // What leaves a norm open does so in its rows alone, and these pairs are none.
      if (is_left_open(id)) continue;
      each(model_.kind_of(*provision.bearer, provision.variables), model_.kind_of(*provision.object, provision.variables),
           [&](oracle::Entity a, oracle::Entity b) {
             if (rows_.count({true, id.index, a, b}) != 0) return;
             check(model_.name_of(id) + " · " + oracle_->universe().name(a) + " · " + oracle_->universe().name(b),
                   [&] { return oracle_->norm(id, a, b, {}, false); });
           });
    }
    for (const model::PredicateId id : model_.predicates.ids()) {
      const model::Predicate& predicate = model_.predicates[id];
      if (!predicate.regulation) continue;
      each(predicate.owner, predicate.object, [&](oracle::Entity a, oracle::Entity b) {
        if (rows_.count({false, id.index, a, b}) != 0) return;
        check(predicate.name + " · " + oracle_->universe().name(a), [&] { return oracle_->conclusion(id, a, b, *predicate.regulation, false); });
      });
    }
  }

  [[nodiscard]] bool is_left_open(model::ProvisionId id) const {
    for (const model::Provision& open : model_.provisions) {
      if (open.kind != model::ProvisionKind::Open) continue;
      for (const model::Target& target : open.targets) {
        if (target.provision == id) return true;
      }
    }
    return false;
  }

  struct RowKey {
    bool norm;
    std::uint32_t id;
    oracle::Entity first, second;
    auto operator<=>(const RowKey&) const = default;
  };

  const Compiled& rules_;
  const model::Model& model_;
  const facts::Case& case_;
  const Comparison& how_;
  Seen& seen_;
  oracle::Oracle* oracle_ = nullptr;
  std::set<RowKey> rows_;
  std::vector<std::string> differences_;
};

}  // namespace

std::string verdict_word(oracle::Verdict verdict) {
  switch (verdict) {
    case oracle::Verdict::Applies: return "applies";
    case oracle::Verdict::DoesNotApply: return "does-not-apply";
    case oracle::Verdict::Depends: return "depends";
    case oracle::Verdict::Undetermined: return "undetermined";
    case oracle::Verdict::NotYet: return "not-yet";
    case oracle::Verdict::NoLonger: return "no-longer";
  }
  return "?";
}

void Seen::add(const Seen& other) {
  cases += other.cases;
  clashes += other.clashes;
  faulty += other.faulty;
  verdicts += other.verdicts;
  because += other.because;
  gave_up += other.gave_up;
  inexact += other.inexact;
  unmatched += other.unmatched;
  unlisted += other.unlisted;
  for (const auto& [verdict, count] : other.norms) norms[verdict] += count;
  for (const auto& [verdict, count] : other.conclusions) conclusions[verdict] += count;
  for (const auto& [reason, count] : other.unsupported) unsupported[reason] += count;
}

std::unique_ptr<Compiled> compile(const std::string& vocabulary, const std::string& regulation) {
  auto result = std::make_unique<Compiled>();
  Sink sink;
  std::vector<FileId> files{result->sources.add("words.onus", vocabulary), result->sources.add("law.onus", regulation)};
  for (const FileId file : files) result->trees.push_back(syntax::parse(result->sources, file, sink));
  std::vector<model::RuleFile> rule_files;
  for (std::size_t index = 0; index < files.size(); ++index) rule_files.push_back({files[index], &result->trees[index]});
  result->model = model::build(result->sources, rule_files, sink);
  if (sink.errors() != 0) {
    result->errors = messages(result->sources, sink);
    return result;
  }
  result->program = formula::lower(result->model);
  return result;
}

std::optional<facts::Case> read_case(Compiled& rules, const std::string& text, bool json, std::string& errors) {
  const FileId file = rules.sources.add(json ? "case.json" : "case.yaml", text);
  Sink sink;
  const auto document =
      json ? data::read_json(rules.sources, file, Limits{}, sink) : data::read_yaml(rules.sources, file, Limits{}, sink);
  std::optional<facts::Case> result;
  if (document) result = facts::read_case(rules.model, *document, rules.sources, file, sink);
  if (sink.errors() != 0) {
    errors = messages(rules.sources, sink);
    return std::nullopt;
  }
  return result;
}

std::vector<std::string> compare(const Compiled& rules, const facts::Case& the_case, const Comparison& how, Seen& seen) {
  return Comparer(rules, the_case, how, seen).run();
}

}  // namespace onus::property
