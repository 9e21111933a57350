// Names that are not known: what is said, what is suggested, and what is kept to oneself.
//
// One slip is one message. A name that is unknown in several places is reported at the first, with the number of the
// others. Where it is the declaration that was misspelt, every use looks unknown: a declared name that is used nowhere
// and is nearly the one that is used in several places is the one at fault, and the report goes there. A name that
// stands in a declaration that could not be read is not unknown, only unreadable; that was said.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {
namespace {

// Suggestions cost a pass over all names; a file with more mistakes than this is not one that a suggestion would mend.
constexpr std::size_t most_suggestions = 200;
constexpr std::size_t most_broken_text = 64U << 10U;
constexpr std::size_t most_notes = 3;

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  const std::string plain = normalise_name(name);
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t end = std::min(plain.find(' ', at), plain.size());
    words.push_back(plain.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

// One slip in words apart: a word too many, a word too few, another word, two words in the other order.
bool near_in_words(std::string_view left, std::string_view right) {
  std::vector<std::string> a = words_of(left);
  std::vector<std::string> b = words_of(right);
  if (a.size() < b.size()) std::swap(a, b);
  if (b.empty() || a.size() > b.size() + 1) return false;
  std::size_t front = 0;
  while (front < b.size() && a[front] == b[front]) ++front;
  std::size_t back = 0;
  while (back < b.size() - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  const std::size_t left_over = a.size() - front - back;
  if (a.size() != b.size()) return left_over == 1;
  if (left_over == 1) return a.size() > 1;
  return left_over == 2 && a[front] == b[front + 1] && a[front + 1] == b[front];
}

bool is_name_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
         static_cast<unsigned char>(letter) >= 0x80U;
}

// How often the words stand in the text as whole words, counted up to `most`.
std::size_t count_words(std::string_view text, std::string_view words, std::size_t most) {
  std::size_t count = 0;
  for (std::size_t at = text.find(words); at != std::string_view::npos && count < most; at = text.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    if (at > 0 && is_name_letter(text[at - 1])) continue;
    if (end < text.size() && is_name_letter(text[end])) continue;
    ++count;
  }
  return count;
}

}  // namespace

// ---- what could not be read
// ----------------------------------------------------------------------------------------------

void Builder::add_broken_text(NodeRef node) { add_broken_text(text(node)); }

void Builder::add_broken_text(std::string_view words) {
  if (broken_text_.size() > most_broken_text) return;
  broken_text_ += '\n';
  broken_text_ += normalise_name(words);
}

// Declared, but what it is could not be read.
void Builder::give_up_name(NodeRef words) {
  broken_names_.insert(names_.intern(key_of(words, sources_)));
  add_broken_text(words);
}

bool Builder::in_broken_text(std::string_view key) const {
  if (key.empty()) return true;
  // So much could not be read that no name can be said to be unknown.
  if (broken_text_.size() > most_broken_text) return true;
  if (const NameId id = names_.find(key); id != no_name && broken_names_.contains(id)) return true;
  return count_words(broken_text_, key, 1) > 0 || count_words(broken_text_, plural(key), 1) > 0;
}

// Whether nothing is to be said of an unknown name: it, or the noun at its end, stands in a declaration that could not
// be read, or was reported as no kind.
bool Builder::excused(NodeRef noun) {
  const std::string key = key_of(noun, sources_);
  bool quiet = in_broken_text(key);
  if (!quiet && (!broken_names_.empty() || !unknown_kinds_.empty())) {
    const Words words = split(noun);
    for (std::size_t from = 1; from < words.keys.size() && !quiet; ++from) {
      const std::string end = words.key(from, words.keys.size());
      const NameId id = names_.find(end);
      quiet = unknown_kinds_.contains(end) || (id != no_name && broken_names_.contains(id));
    }
  }
  if (quiet) ++silenced_;
  return quiet;
}

// ---- suggestions
// -------------------------------------------------------------------------------------------------------------

bool Builder::may_suggest() const { return suggestions_ < most_suggestions; }

void Builder::suggest_text(Reported& reported, Span span, std::string_view written,
                           const std::vector<Candidate>& candidates) {
  suggest(reported, {span.file, span.begin + 1, span.end - 1}, written, candidates);
}

void Builder::suggest(Reported& reported, Span span, std::string_view written,
                      const std::vector<Candidate>& candidates) {
  if (!may_suggest()) return;
  ++suggestions_;
  std::vector<std::string_view> names;
  names.reserve(candidates.size());
  for (const Candidate& candidate : candidates) names.push_back(candidate.name);
  const auto at = nearest(names, written);
  const bool is_unknown = !unknown_.empty() && unknown_.back().span == span;
  if (is_unknown) {
    Unknown& unknown = unknown_.back();
    if (at) unknown.near.push_back(candidates[*at]);
    for (const Candidate& candidate : candidates) {
      if (near_in_words(candidate.name, written)) unknown.near.push_back(candidate);
    }
  }
  if (!at) return;
  const Candidate& best = candidates[*at];
  if (best.declared.end > best.declared.begin) {
    reported.note(best.declared, "`" + best.name + "` is declared here");
  } else {
    reported.note(span, "did you mean `" + best.name + "`?");
  }
  reported.fix(span, best.name);
}

// ---- one report a name
// -----------------------------------------------------------------------------------------------------------

bool Builder::is_repeated(Kind kind, std::string_view owner, std::string_view written, Span span) {
  const std::string identity =
      std::to_string(static_cast<unsigned>(kind)) + '\n' + std::string(owner) + '\n' + key_of(written);
  const auto [at, fresh] = unknown_by_name_.try_emplace(identity, static_cast<std::uint32_t>(unknown_.size()));
  if (fresh) {
    unknown_.push_back({sink_.all().size(), std::string(written), identity, span, {}, {}});
    return false;
  }
  std::vector<Span>& others = unknown_[at->second].others;
  if (span != unknown_[at->second].span && std::find(others.begin(), others.end(), span) == others.end())
    others.push_back(span);
  return true;
}

// The reports from the `first` one on are taken back but for those that speak of no name.
void Builder::keep_plain_reports(std::size_t first) {
  std::vector<Diagnostic> kept;
  for (std::size_t at = first; at < sink_.all().size(); ++at) {
    switch (sink_.all()[at].kind) {
      case Kind::ImpossibleDate:
      case Kind::UnknownUnit:
      case Kind::NoPeriod:
      case Kind::PeriodNotWhole:
      case Kind::NoMeaningYet:
      case Kind::ParticularNotHere:
      case Kind::ParticularTwice: kept.push_back(sink_.all()[at]); break;
      default: break;
    }
  }
  sink_.truncate(first);
  for (Diagnostic& one : kept) sink_.add(std::move(one));
  while (!unknown_.empty() && unknown_.back().report >= first) {
    unknown_by_name_.erase(unknown_.back().identity);
    unknown_.pop_back();
  }
}

// Whether the words stand in the rules once only: where they are declared.
bool Builder::is_used_nowhere(std::string_view name) {
  if (all_text_.empty()) {
    for (const FileState& file : files_) all_text_ += normalise_name(sources_.file(file.file).text()) + '\n';
  }
  const std::string one = singular(normalise_name(name));
  const std::string many = plural(one);
  return count_words(all_text_, one, 2) + (many == one ? 0 : count_words(all_text_, many, 2)) <= 1;
}

// When all is read: unknown names that are written more than once.
void Builder::settle_unknown() {
  for (const Unknown& unknown : unknown_) {
    if (unknown.others.empty() || unknown.report >= sink_.all().size()) continue;
    const std::size_t others = unknown.others.size();
    const auto declared = std::find_if(unknown.near.begin(), unknown.near.end(), [&](const Candidate& it) {
      return it.declared.end > it.declared.begin && is_used_nowhere(it.name);
    });
    if (declared != unknown.near.end()) {
      Sink said;
      auto reported = diagnose<Kind::DeclaredOtherwise>(said, declared->declared, declared->name, unknown.written,
                                                        static_cast<std::int64_t>(others + 1));
      reported.note(unknown.span, "`" + unknown.written + "` is written here").fix(declared->declared, unknown.written);
      sink_.at(unknown.report) = said.all().front();
      continue;
    }
    Diagnostic& report = sink_.at(unknown.report);
    for (std::size_t at = 0; at < others && at < most_notes; ++at) {
      const bool more = at + 1 == most_notes && others > most_notes;
      report.notes.push_back(
          {unknown.others[at], more ? "here too, and in " + count_of(others - most_notes, "other place") : "here too"});
    }
  }
}

void Builder::check_literals(NodeRef node) {
  const syntax::Tree& tree = node.tree();
  for (std::uint32_t at = node.index(); at < node.index() + node.subtree_size(); ++at) {
    const NodeRef inner(tree, at);
    if (tree.broken(inner)) continue;
    if (inner.is(NodeKind::Unit)) unit_in(inner);
    if (inner.is(NodeKind::Date)) date_of(inner);
  }
}

void Builder::check_literals() {
  for (const Draft& draft : drafts_) {
    if (!draft.sound) check_literals(draft.node);
  }
  for (const FileState& file : files_) {
    for (const NodeRef node : file.body.children(NodeKind::Case)) check_literals(node);
  }
}

// ---- unknown names of each sort
// --------------------------------------------------------------------------------------------------

void Builder::add_property_candidates(std::vector<Candidate>& out, KindId owner, ScopeId scope) const {
  for (const FieldId field : fields_of_kind_[owner.index]) {
    const Field& it = model_.fields[field];
    if (it.type == FieldType::YesNo || it.type == FieldType::Judgement) continue;
    out.push_back({it.name, it.span});
  }
  for (const ValueId value : values_of_kind_[owner.index]) {
    if (!model_.values.contains(value)) continue;
    const ComputedTerm& term = model_.values[value];
    if (property(names_.find(key_of(term.name)), owner, scope) != nullptr) out.push_back({term.name, term.span});
  }
}

void Builder::add_ability_candidates(std::vector<Candidate>& out, KindId owner, ScopeId scope) const {
  for (const FieldId field : fields_of_kind_[owner.index]) {
    const Field& it = model_.fields[field];
    if (it.type == FieldType::YesNo || it.type == FieldType::Judgement) out.push_back({it.name, it.span});
  }
  for (const PredicateId id : predicates_of_kind_[owner.index]) {
    const Predicate& it = model_.predicates[id];
    if (it.regulation && scope != it.regulation->index + 1) continue;
    if (!it.object) out.push_back({it.name, it.span});
  }
}

void Builder::unknown_noun(NodeRef noun, Context& context) {
  if (context.dry || excused(noun)) return;
  const std::string written = shown(noun);
  const bool in_row = context.row_of.is_valid();
  const std::string row = in_row ? full_name(context.row_of) : std::string();
  if (is_repeated(in_row ? Kind::NotInRow : Kind::UnknownName, row, written, noun.span())) return;
  std::vector<Candidate> candidates;
  if (may_suggest()) {
    for (auto it = context.nouns.rbegin(); it != context.nouns.rend(); ++it)
      candidates.push_back({it->shown, it->span});
    for (const Introduced& introduced : context.nouns)
      add_property_candidates(candidates, introduced.kind, context.scope);
    for (const Parameter& it : model_.parameters) {
      if (it.regulation == context.regulation) candidates.push_back({it.name, it.span});
    }
    for (const Authority& it : model_.authorities) candidates.push_back({it.name, it.span});
  }
  if (in_row) {
    std::vector<std::string> nouns;
    for (const Introduced& introduced : context.nouns) nouns.push_back("the " + introduced.shown);
    auto reported = error<Kind::NotInRow>(noun.span(), written, row);
    reported.note(model_.provisions[context.row_of].sentence, "its row has " + join_with(nouns, "and"));
    suggest(reported, noun.span(), written, candidates);
    return;
  }
  auto reported = error<Kind::UnknownName>(noun.span(), written);
  if (const auto kind = kinds_.find(name_of(noun)); kind != kinds_.end()) {
    reported.note(model_.kinds[kind->second].span, "a sentence speaks of one after `" + describe(kind->second) + "` or `each " +
                                                       model_.kinds[kind->second].name + "`");
    return;
  }
  suggest(reported, noun.span(), written, candidates);
}

void Builder::unknown_property(NodeRef noun, KindId owner, Context& context) {
  if (context.dry || excused(noun)) return;
  const std::string written = shown(noun);
  const NameId name = name_of(noun);
  // `the provider of the model`: there may be several.
  if (const auto* roles = roles_of(name, owner, context.scope); roles != nullptr && !roles->empty()) {
    const RoleEntry& role = roles->front();
    auto reported =
        error<Kind::RoleIsNoSingleThing>(noun.span(), describe(owner), model_.kinds[role.holder].name, written);
    reported.note(role.field.is_valid() ? model_.fields[role.field].span : model_.predicates[role.predicate].span,
                  "`" + written + "` is declared here");
    return;
  }
  if (ability(name, owner, context.scope) != nullptr) {
    error<Kind::AbilityAsThing>(noun.span(), written, model_.kinds[owner].name);
    return;
  }
  std::vector<Candidate> candidates;
  add_property_candidates(candidates, owner, context.scope);
  // `each keeper of a shop`: roles are named in the same way.
  for (const Predicate& it : model_.predicates) {
    if (it.object == owner && (!it.regulation || it.regulation->index + 1 == context.scope)) candidates.push_back({it.name, it.span});
  }
  for (const Field& it : model_.fields) {
    if (it.type == FieldType::PairSet && it.target == owner) candidates.push_back({it.name, it.span});
  }
  if (nameless_terms_ && !has_near(written, candidates)) {
    ++silenced_;
    return;
  }
  const auto [span, narrow] = narrowest(noun, candidates);
  if (is_repeated(Kind::UnknownProperty, describe(owner), narrow, span)) return;
  auto reported = error<Kind::UnknownProperty>(span, describe(owner), narrow);
  // The right name of another kind is a better hint than a similar one of this kind.
  for (const KindId other : model_.kinds.ids()) {
    if (const Property* found = property(name, other, context.scope); found != nullptr) {
      reported.note(declared_at(*found), "it is declared of " + describe(other) + " here");
      return;
    }
  }
  suggest(reported, span, narrow, candidates);
}

bool Builder::has_near(std::string_view written, const std::vector<Candidate>& candidates) {
  std::vector<std::string_view> names;
  names.reserve(candidates.size());
  for (const Candidate& candidate : candidates) names.push_back(candidate.name);
  return nearest(names, written).has_value();
}

// Of `a critical data centr` the words at its end that are nearly a known name; else the whole noun.
std::pair<Span, std::string> Builder::narrowest(NodeRef noun, const std::vector<Candidate>& candidates) {
  std::string written = shown(noun);
  if (!has_near(written, candidates)) {
    const Words words = split(noun);
    const std::size_t end = words.keys.size();
    for (std::size_t from = 1; from < end; ++from) {
      const Span span = words.span(from, end);
      std::string part(sources_.text(span));
      if (has_near(part, candidates)) return {span, std::move(part)};
    }
  }
  return {noun.span(), std::move(written)};
}

void Builder::unknown_role(NodeRef noun, KindId holder, KindId object, ScopeId scope, Context& context) {
  if (context.dry || excused(noun)) return;
  const std::string written = shown(noun);
  if (is_repeated(Kind::UnknownRole, describe(holder) + describe(object), written, noun.span())) return;
  auto reported = error<Kind::UnknownRole>(noun.span(), describe(holder), written, describe(object));
  std::vector<Candidate> candidates;
  for (const PredicateId id : predicates_of_kind_[holder.index]) {
    const Predicate& it = model_.predicates[id];
    if (it.object == object && (!it.regulation || it.regulation->index + 1 == scope))
      candidates.push_back({it.name, it.span});
  }
  for (const FieldId id : fields_of_kind_[holder.index]) {
    const Field& it = model_.fields[id];
    if (it.type == FieldType::PairSet && it.target == object) candidates.push_back({it.name, it.span});
  }
  suggest(reported, noun.span(), written, candidates);
}

// A noun that should introduce something, or name a kind. `types`: what else could have been meant.
void Builder::unknown_kind(NodeRef noun, const Context& context, std::span<const std::string_view> types) {
  if (context.dry || excused(noun)) return;
  std::vector<Candidate> candidates;
  for (const EntityKind& kind : model_.kinds) candidates.push_back({kind.name, kind.span});
  for (const std::string_view type : types) candidates.push_back({std::string(type), {}});
  const auto [span, written] = narrowest(noun, candidates);
  if (is_repeated(Kind::UnknownKind, {}, written, span)) return;
  unknown_kinds_.insert(key_of(written));
  auto reported = error<Kind::UnknownKind>(span, written);
  const NameId name = names_.find(key_of(written));
  for (const KindId kind : model_.kinds.ids()) {
    const Property* found = name == no_name ? nullptr : property(name, kind, context.scope);
    if (found == nullptr) continue;
    reported.note(declared_at(*found), "it belongs to " + describe(kind) + ": `" + written + " of " + describe(kind) + "`");
    return;
  }
  suggest(reported, span, written, candidates);
}

void Builder::unknown_ability(NodeRef words, KindId owner, Context& context) {
  if (context.dry || excused(words)) return;
  unknown_ability(words.span(), shown(words), owner, context);
}

void Builder::unknown_ability(Span span, const std::string& written, KindId owner, Context& context) {
  std::vector<Candidate> candidates;
  add_ability_candidates(candidates, owner, context.scope);
  if (nameless_abilities_ && !has_near(written, candidates)) {
    ++silenced_;
    return;
  }
  if (is_repeated(Kind::UnknownAbility, describe(owner), written, span)) return;
  auto reported = error<Kind::UnknownAbility>(span, describe(owner), written);
  const NameId name = names_.find(key_of(written));
  for (const KindId other : model_.kinds.ids()) {
    if (const Ability* found = ability(name, other, context.scope); found != nullptr && other != owner) {
      reported.note(declared_at(*found), "it is declared of " + describe(other) + " here");
      return;
    }
  }
  for (const FieldId id : fields_of_kind_[owner.index]) {
    const std::vector<NameId>& members = member_names_[id.index];
    if (name == no_name || std::find(members.begin(), members.end(), name) == members.end()) continue;
    const Field& field = model_.fields[id];
    reported.note(field.span, "it is one of the words of `" + field.name + "`: write `the " + field.name + " of … is " + written + "`");
    return;
  }
  suggest(reported, span, written, candidates);
}

}  // namespace onus::model::from_syntax
