// The state of one resolution, shared by the files of this folder: the model that grows, the tables of names, and the walk
// over the trees. One class, since everything here reads and extends the same tables; each file holds one of its concerns.
//
//   build.cpp        the order of it all
//   files.cpp        what each file is, its headlines
//   vocabulary.cpp   kinds, authorities, acts, sources
//   terms.cpp        fields, predicates, roles
//   names.cpp        keys, plural and singular, tables
//   lookup.cpp       `the X of the Y`: what a noun means in its context
//   unknown.cpp      names that are not known: one message for one slip, the nearest name
//   scheme.cpp       subjects, bearers, `for each`, quantified nouns: what introduces an entity
//   expressions.cpp  literals and dispatch; things.cpp: paths and names; amounts.cpp: sums, shares, days before and after
//   conditions.cpp   lists, `and`, `or`; quantifiers.cpp; statements.cpp: what is said of a thing
//   parameters.cpp   parameters and their spans
//   provisions.cpp   headings and readings; sentences.cpp: subjects and conclusions; particulars.cpp
//   attackers.cpp    exceptions, transitions, open provisions: each target's scheme
//   values.cpp       the types of computed terms
//   cases.cpp        inline cases
//   checks.cpp       dependencies, cycles, what is left out
//
// Silence. `ok` is false where something could not be resolved. The one place that finds an error reports it; whoever
// receives something that is not ok stays silent and is not ok either. In a `dry` context nothing is reported or stored.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/number.hpp"
#include "base/units.hpp"
#include "diagnostics/diagnostic.hpp"
#include "model/build.hpp"
#include "model/from_syntax/names.hpp"
#include "model/model.hpp"
#include "syntax/tree.hpp"

namespace onus::model::from_syntax {

using syntax::NodeKind;
using syntax::NodeRef;

// What a noun is when it belongs to a kind: a field or a computed term.
struct Property {
  FieldId field{};
  ValueId value{};  // valid: a computed term
};

// What can follow `is`: a yes/no fact, a judgement, or a predicate that provisions conclude.
struct Ability {
  FieldId field{};
  PredicateId predicate{};
  bool is_noun = false;  // `an SME`: has an article
};

// A role or a relation that reads like one: a provider of a model, a contractor of an actor.
struct RoleEntry {
  KindId holder{};
  FieldId field{};          // PairSet whose owner is the holder, or
  PredicateId predicate{};  // concluded
};

// A noun that a sentence has introduced, and the entity it stands for.
struct Introduced {
  std::string key;
  std::string shown;
  Path path;
  KindId kind{};
  Span span;
  std::optional<Path> of;   // the object of its role: `the provider of the model` is the bearer
};

// One sentence's surroundings.
struct Context {
  ProvisionId provision{};                    // what is being read; not valid for parameters and cases
  std::vector<Variable>* variables = nullptr; // of the scheme that it is read in
  std::vector<Introduced> nouns;
  ScopeId scope = vocabulary_scope;
  RegulationId regulation{};
  bool dry = false;
  std::uint32_t depth = 0;
  ProvisionId row_of{};                       // an exception's condition: the provision in whose row it is read
  // Letters of the provision and the readings that replace them.
  struct Letter {
    std::string letter;
    Span span;
  };
  std::vector<Letter>* letters = nullptr;
  struct ReadingNode {
    std::string letter;
    NodeRef node;
    Span label;
    std::uint32_t index = 0;   // into Provision::readings
    bool used = false;
  };
  std::vector<ReadingNode>* readings = nullptr;
  struct CaseNames* case_names = nullptr;     // quoted names are entities
};

// The quoted names of an inline case and the kinds that each may still be of.
struct CaseNames {
  struct Entry {
    std::vector<KindId> kinds;
    KindId trial{};          // valid: taken as this kind for now
    bool guessed = false;
  };
  std::vector<Entry> entries;
  std::unordered_map<std::string, std::uint32_t> by_name;
  std::vector<CaseEntity>* entities = nullptr;
};

// A provision that another names; `of_class`: meant by `every …` or `part …`.
struct Named {
  ProvisionId provision{};
  bool of_class = false;
};

// A resolved noun phrase.
struct Thing {
  enum class Is : std::uint8_t { Nothing, Entity, Fact, Value, Set, Parameter, Authority } is = Is::Nothing;
  Path path;             // Entity; owner of a Fact, Value or Set
  KindId kind{};         // Entity: its kind; Set: the kind of its members
  FieldId field{};
  ValueId value{};
  ParameterId parameter{};
  AuthorityId authority{};
  Span span;
  [[nodiscard]] bool ok() const { return is != Is::Nothing; }
};

// A resolved expression.
struct Typed {
  bool ok = false;
  ExprId id{};                 // not valid in a dry context
  ExprType type = ExprType::Number;
  bool unknown = false;        // a number, date or entity whose type is not known yet (types of computed terms)
  std::optional<UnitId> unit;  // Number: base unit of its dimension, none for a plain number
  KindId kind{};               // Entity
  bool factor = false;         // made of constants and parameters only
  bool literal = false;        // a number as it is written
  bool is_words = false;       // a fact whose values are words
  bool needs_year = false;     // a yearly fact whose year has not been read yet:
  Expr pending;                // what it will be
  Thing thing;                 // where it is a plain noun phrase
  Span span;
};

struct Cond {
  bool ok = false;
  ConditionId id{};
};

// What an Np introduces: the entity, how it ranges, and the conditions that its words state.
struct Introduction {
  bool ok = false;
  Path path;
  KindId kind{};
  bool is_variable = false;
  std::optional<Path> object;              // the object of its role, or what it is a property of
  std::vector<ConditionId> conditions;     // adjectives, role, membership
  std::optional<Path> domain_of;           // quantified: the set
  std::optional<FieldId> domain;
  // `at least one modality of the model`: the members of a set of words.
  bool is_members = false;
  Path members_of;
  FieldId members{};
};

enum class Place : std::uint8_t { Subject, Quantified };

// A provision while it is built.
struct Draft {
  NodeRef node;
  const syntax::Tree* tree = nullptr;
  std::optional<NodeRef> sentence;
  ScopeId scope = vocabulary_scope;
  bool sound = true;
  bool reported = false;                   // an error of its own was said
  bool refused = false;                    // has no meaning in this version
  bool broken_sentence = false;
  bool scheme_known = false;               // its row could be read, so others can be read in it
  std::vector<Introduced> nouns;           // what its scheme introduces, for exceptions
  std::vector<Context::Letter> letters;
  std::vector<std::uint32_t> uses_values;  // computed terms in it, by index
  struct Follows {                         // norms named by `failing which` and `fulfilled by`
    ProvisionId norm{};
    Span span;
  };
  std::vector<Follows> follows;
};

// The child of a node that is an EXPR, a COND.
std::optional<NodeRef> expression_in(NodeRef node);
std::optional<NodeRef> condition_in(NodeRef node);
bool is_quantifier(NodeKind kind);
bool is_expression(NodeKind kind);
// The unit in which amounts of its dimension are kept. A share is a plain ratio: 3 percent and 0.03 are one number.
std::optional<UnitId> measure(UnitId unit);
// Exceptions, transitions, open provisions.
bool is_attacker(ProvisionKind kind);
// The keywords with which a node begins: `failing which`.
Span keywords_of(NodeRef node);
// Of a provision's node or of the keyword that names one.
std::optional<ProvisionKind> provision_kind(NodeKind kind);

struct FileState {
  const syntax::Tree* tree = nullptr;
  FileId file{};
  NodeRef body;                            // Vocabulary, Regulation or Draft
  bool is_vocabulary = false;
  RegulationId regulation{};
  ScopeId scope = vocabulary_scope;
};

class Builder {
 public:
  Builder(const SourceStore& sources, Sink& sink) : sources_(sources), sink_(sink) {}
  Model run(std::span<const RuleFile> files, InlineCases cases);

 private:
  // ---- text and messages (lookup.cpp) ------------------------------------------------------------------------------------
  [[nodiscard]] std::string_view text(NodeRef node) const { return node.text(sources_); }
  [[nodiscard]] std::string unquoted(NodeRef string_leaf) const;
  [[nodiscard]] std::string shown(NodeRef words) const { return shown_of(words, sources_); }
  [[nodiscard]] NameId name_of(NodeRef words) const { return names_.find(key_of(words, sources_)); }

  template <Kind K, class... Given>
  Reported error(Span span, Given&&... arguments) {
    return diagnose<K>(sink_, span, std::forward<Given>(arguments)...);
  }
  // Words that stand for something in a place, with the place where each was declared: what a suggestion chooses from.
  struct Candidate {
    std::string name;
    Span declared;
  };
  // ---- names that are not known (unknown.cpp) ----------------------------------------------------------------------------------
  // Adds the nearest candidate to an error: a replacement and a note where it is declared.
  void suggest(Reported& reported, Span span, std::string_view written, const std::vector<Candidate>& candidates);
  // The same for what stands in quotes.
  void suggest_text(Reported& reported, Span span, std::string_view written, const std::vector<Candidate>& candidates);
  // Whether it is still worth while to gather candidates.
  [[nodiscard]] bool may_suggest() const;
  [[nodiscard]] static bool has_near(std::string_view written, const std::vector<Candidate>& candidates);
  [[nodiscard]] std::pair<Span, std::string> narrowest(NodeRef noun, const std::vector<Candidate>& candidates);
  // Whether a broken piece of a declaration holds this name: then the name is not unknown, only unreadable.
  [[nodiscard]] bool in_broken_text(std::string_view key) const;
  [[nodiscard]] bool excused(NodeRef noun);
  void add_broken_text(NodeRef node);
  void add_broken_text(std::string_view words);
  void give_up_name(NodeRef words);
  // Before an unknown name is reported: true where it was, and this is one more place of it.
  bool is_repeated(Kind kind, std::string_view owner, std::string_view written, Span span);
  void keep_plain_reports(std::size_t first);
  [[nodiscard]] bool is_used_nowhere(std::string_view name);
  void settle_unknown();
  // Dates and units of what was not resolved, so that all mistakes of a file are heard in one run.
  void check_literals();
  void check_literals(NodeRef node);
  void unknown_noun(NodeRef noun, Context& context);
  void unknown_property(NodeRef noun, KindId owner, Context& context);
  void unknown_ability(NodeRef words, KindId owner, Context& context);
  void unknown_ability(Span span, const std::string& written, KindId owner, Context& context);
  void unknown_role(NodeRef noun, KindId holder, KindId object, ScopeId scope, Context& context);
  void unknown_kind(NodeRef noun, const Context& context, std::span<const std::string_view> types = {});
  void add_property_candidates(std::vector<Candidate>& out, KindId owner, ScopeId scope) const;
  void add_ability_candidates(std::vector<Candidate>& out, KindId owner, ScopeId scope) const;

  // ---- files, vocabulary, terms (files.cpp, vocabulary.cpp, terms.cpp) ----------------------------------------------------
  void reserve(std::span<const RuleFile> files);
  void open_files(std::span<const RuleFile> files);
  void read_headlines(FileState& file);
  void read_status(NodeRef node, Regulation& regulation);
  void declare_kinds();
  void declare_terms();
  void declare_sources();
  void declare_property(const FileState& file, NodeRef node);
  void declare_abilities(const FileState& file, NodeRef node);
  void declare_exists(const FileState& file, NodeRef node);
  void declare_ability(const FileState& file, NodeRef node, NodeRef words, KindId owner, std::optional<KindId> object, bool is_noun,
                       bool law, bool judgement, bool exceptional);
  struct PendingInverse {
    FieldId field{};
    NodeRef type;
    ScopeId scope = vocabulary_scope;
  };
  void finish_inverses();
  void finish_chain(const PendingInverse& pending, Field& field);
  void break_field(const PendingInverse& pending);
  bool read_type(NodeRef range, Field& field);
  FieldId add_field(Field field);
  std::optional<KindId> kind_named(NodeRef noun, bool report_it);
  std::optional<KindId> kind_or_type(NodeRef noun);
  bool add_property(ScopeId scope, KindId owner, NodeRef noun, Property property);
  [[nodiscard]] Span declared_at(const Property& property) const;
  [[nodiscard]] Span declared_at(const Ability& ability) const;
  std::vector<Citation> citations(std::optional<NodeRef> cite, ScopeId scope);
  void unknown_source(const std::string& label, Span span, ScopeId scope, bool is_first);
  std::optional<Date> date_of(NodeRef leaf, bool dry = false);
  std::optional<Number> number_of(NodeRef leaf) const;
  std::optional<UnitId> unit_in(NodeRef unit_node, bool dry = false);

  // ---- parameters (parameters.cpp) ------------------------------------------------------------------------------------------
  void declare_parameters();
  void declare_parameter(const FileState& file, NodeRef node);
  void check_spans(const Parameter& parameter);
  void check_parameter_days();
  bool read_validity(NodeRef node, std::optional<Date>& from, std::optional<Date>& until);
  std::optional<Number> constant(ExprId id) const;

  // ---- names in context (lookup.cpp) -------------------------------------------------------------------------------------------
  [[nodiscard]] const Property* property(NameId name, KindId owner, ScopeId scope) const {
    return properties_.find(name, owner.index + 1, scope);
  }
  [[nodiscard]] const Ability* ability(NameId name, KindId owner, ScopeId scope) const {
    return abilities_.find(name, owner.index + 1, scope);
  }
  [[nodiscard]] const std::vector<RoleEntry>* roles_of(NameId name, KindId object, ScopeId scope) const {
    return roles_.find(name, object.index + 1, scope);
  }
  Thing thing_of(NodeRef path_or_chain, Context& context);
  Thing chain(std::span<const NodeRef> nouns, Context& context, Span whole);
  Thing definite(NodeRef noun, Context& context, Span whole);
  Thing step(const Thing& owner, NodeRef noun, Context& context, Span whole);
  Thing step_by(const Path& owner, const Property& found, Span whole) const;
  [[nodiscard]] bool follow(Path& path, KindId& kind, const Property& found) const;
  [[nodiscard]] std::string describe(const Thing& thing, const Context& context) const;
  [[nodiscard]] std::string describe(KindId kind) const { return with_article(model_.kinds[kind].name); }
  [[nodiscard]] std::string describe_field(FieldId field) const;

  // ---- what introduces entities (scheme.cpp) -------------------------------------------------------------------------------------
  // The words of a noun, split at blanks and hyphens.
  struct Words {
    std::vector<std::string> keys;   // each in lower case
    std::vector<Span> spans;
    [[nodiscard]] std::string key(std::size_t from, std::size_t to) const;
    [[nodiscard]] Span span(std::size_t from, std::size_t to) const;
  };
  [[nodiscard]] Words split(NodeRef noun) const;
  // Adjectives [0, end) of a noun as conditions on the entity; false and a message where they are none.
  bool adjectives(const Words& words, std::size_t begin, std::size_t end, const Path& path, KindId kind, Context& context,
                  std::vector<ConditionId>& out);
  [[nodiscard]] bool are_adjectives(const Words& words, std::size_t begin, std::size_t end, KindId kind, ScopeId scope) const;
  Introduction introduce(NodeRef np, Place place, Context& context);
  Introduction introduce_here(NodeRef np, Place place, Context& context);
  Introduction introduce_bare(NodeRef noun, Place place, Context& context);
  Introduction introduce_of(NodeRef noun, const Thing& owner, Place place, Context& context);
  bool that_is(NodeRef that, const Introduction& head, const std::optional<Thing>& last, Context& context,
               std::vector<ConditionId>& out);
  VariableId new_variable(Variable variable, Context& context);
  Introduction variable_for(const Words& words, std::size_t from, bool other, NodeRef noun, KindId kind, Context& context);
  [[nodiscard]] const Introduced* first_of(const std::string& key, KindId kind, const Context& context) const;
  void swap_variables(VariableId a, VariableId b, std::size_t first_condition, Context& context);
  bool introduce_noun(Context& context, Introduced introduced);
  [[nodiscard]] Condition pred_condition(const Ability& found, const Path& path, Span span) const;
  [[nodiscard]] Condition role_condition(const RoleEntry& role, const Path& holder, const Path& object, Span span) const;

  // ---- expressions (expressions.cpp, things.cpp, amounts.cpp) -----------------------------------------------------------------------
  Typed expression(NodeRef node, Context& context);
  Typed sum(NodeRef node, Context& context);
  Typed product(NodeRef node, Context& context);
  Typed share(NodeRef node, Context& context);
  Typed quantity(NodeRef node, Context& context);
  Typed offset(NodeRef node, Context& context, bool before);
  Typed path_expression(NodeRef node, Context& context);
  Typed extreme(NodeRef node, Context& context, ExprKind kind);
  Typed aggregate(NodeRef node, Context& context, ExprKind kind);
  Typed count(NodeRef node, Context& context);
  [[nodiscard]] bool has_pieces(ExprId id) const;
  Typed named(NodeRef node, Context& context);
  Typed from_thing(const Thing& thing, NodeRef node, Context& context);
  Typed in_year(NodeRef node, NodeRef suffix, Typed typed, Context& context);
  Typed as_of(NodeRef suffix, Typed typed, Context& context);
  Typed multiply(const Typed& left, const Typed& right, Span whole, Context& context);
  Typed balanced(const std::vector<Typed>& terms, Context& context, std::size_t begin, std::size_t end);
  Typed add_or_subtract(ExprKind kind, const Typed& left, const Typed& right, Context& context);
  ExprId add_expr(Expr expr, const Context& context);
  [[nodiscard]] std::string describe(const Typed& typed) const;
  // Whether both are numbers of one dimension, both dates, both moments; else a message at the second. `doing`: "compared".
  bool same_measure(const Typed& left, const Typed& right, std::string_view doing, Context& context);
  std::optional<Typed> expect_type(Typed typed, ExprType wanted, std::string_view what, Context& context);
  std::optional<Period> period_of(NodeRef number, NodeRef unit_node, Context& context);

  // ---- conditions (conditions.cpp, quantifiers.cpp, statements.cpp) --------------------------------------------------------------------
  Cond condition(NodeRef node, Context& context);
  Cond list(NodeRef node, Context& context);
  Cond item(NodeRef node, Context& context);
  Cond junction(NodeRef node, Context& context);
  // A statement and what `and` / `or` adds to it: `the model is A or B`, `at least one modality is text or audio`.
  std::vector<Cond> statement_group(std::span<const NodeRef> nodes, bool any, Context& context);
  std::optional<std::int64_t> whole_count(NodeRef leaf, Context& context);
  bool read_quantifier(NodeRef node, Condition& out, Context& context);
  Cond finish_quantified(Condition quantified_condition, const Introduction& head, Cond body, Span noun_span, Context& context);
  [[nodiscard]] std::string letter_of(NodeRef label) const;
  void declare_letter(const std::string& letter, Span span, Context& context);
  Cond quantified(NodeRef quantifier, std::span<const NodeRef> states, bool any, Span whole, Context& context);
  Cond members(const Introduction& head, const Condition& quantifier, std::span<const NodeRef> states, bool any, Span whole,
               Context& context);
  Cond for_quantified(NodeRef node, Context& context);
  Cond established(NodeRef node, Context& context);
  // `subject verb`; the verb may be an `Also`.
  Cond state(const Typed& subject, NodeRef verb, Span whole, Context& context);
  Cond is_words(const Typed& subject, NodeRef words, std::optional<NodeRef> under, Span whole, Context& context);
  Cond is_role(const Typed& subject, NodeRef role, std::optional<NodeRef> under, Span whole, Context& context);
  Cond role_of(const Typed& holder, NodeRef noun, NameId name, const Thing& object, ScopeId scope,
               std::optional<RegulationId> regulation, Span whole, Context& context);
  Cond is_value(const Typed& subject, NodeRef value_node, Span whole, Context& context);
  Cond has(const Typed& subject, NodeRef noun, Span whole, Context& context);
  Cond unknowable(const Typed& subject, NodeRef verb, Span whole, Context& context);
  Cond compare(Relation relation, const Typed& left, const Typed& right, bool dates_only, Span whole, Context& context);
  Cond unless_of(Cond main, Cond exception, Span span, Context& context);
  Cond negate(Cond inner, Span span, Context& context);
  Cond combine(ConditionKind kind, const std::vector<Cond>& children, Span span, Context& context);
  ConditionId add_condition(Condition condition, const Context& context);
  std::optional<ConditionId> conjunction(const std::vector<ConditionId>& conditions, Span span, const Context& context);
  // IFS: `if C`, `unless C`, or nothing. False where it was not resolved.
  bool ifs(NodeRef parent, Context& context, std::optional<ConditionId>& out);
  std::optional<RegulationId> regulation_named(NodeRef label, Context& context);
  std::optional<RegulationId> regulation_under(NodeRef under, Context& context);
  std::optional<std::uint32_t> member_named(FieldId field, NodeRef words, Context& context);

  // ---- provisions (provisions.cpp, sentences.cpp, particulars.cpp) ------------------------------------------------------------------------
  [[nodiscard]] static std::string provision_key(ScopeId scope, ProvisionKind kind, std::string_view label);
  void register_provisions();
  PartId register_part(const FileState& file, NodeRef node);
  void register_provision(const FileState& file, NodeRef node, std::optional<PartId> part);
  void resolve_provisions();
  void resolve(ProvisionId id);
  bool statement(ProvisionId id, Context& context);
  bool concluded(NodeRef node, Provision& provision, KindId kind, Context& context);
  Thing concluded_object(NodeRef role, Context& context);
  bool presumed(NodeRef node, Provision& provision, KindId kind, Context& context);
  bool assumed(NodeRef node, bool negative, Provision& provision, KindId kind, Context& context);
  bool norm(ProvisionId id, Context& context);
  bool penalty_amount(NodeRef node, NodeRef sentence, Provision& provision, Context& context);
  bool subject(NodeRef sentence, Provision& provision, Context& context, std::vector<ConditionId>& scope, KindId& kind);
  Thing subject_the(NodeRef node, Context& context, std::vector<ConditionId>& scope);
  bool for_each(NodeRef sentence, Context& context, std::vector<ConditionId>& scope);
  bool particulars(ProvisionId id, Context& context);
  bool particular(NodeRef node, ProvisionId id, Context& context);
  bool due(NodeRef node, ProvisionId id, Context& context);
  bool failing_which(NodeRef node, ProvisionId id);
  bool fulfilled_by(NodeRef node, ProvisionId id, Context& context);
  void check_followers();
  void collect_readings(ProvisionId id, std::vector<Context::ReadingNode>& out);
  void check_readings(ProvisionId id, const std::vector<Context::ReadingNode>& readings);
  Context context_of(ProvisionId id);

  // ---- computed terms (values.cpp) -------------------------------------------------------------------------------------------------------
  void declare_values();
  bool value_scheme(ProvisionId id, Context& context);
  std::optional<Typed> type_of_cases(ProvisionId id);
  void infer_value_types();
  bool value(ProvisionId id, Context& context);
  bool value_cases(ProvisionId id, Context& context);
  bool fits_value(const Typed& typed, ValueId value_id, Context& context);
  void report_untyped_values();

  // ---- provisions that name others (attackers.cpp) ------------------------------------------------------------------------------------------
  std::optional<ScopeId> scope_of_ref(NodeRef ref, ScopeId scope);
  std::optional<ProvisionId> provision_named(NodeRef ref, ScopeId scope);
  std::optional<PartId> part_named(NodeRef ref, ScopeId scope);
  bool add_named(NodeRef ref, ProvisionId id, std::vector<Named>& out);
  bool targets_of(ProvisionId self, std::vector<Named>& out);
  void resolve_references();
  void resolve_attackers();
  void resolve_attacker(ProvisionId id);
  Context context_in_row(ProvisionId self, ProvisionId row, std::vector<Context::ReadingNode>& readings);
  bool attack(ProvisionId self, Context& context, Target& target);
  [[nodiscard]] std::string full_name(ProvisionId id) const;

  // ---- cases (cases.cpp) -----------------------------------------------------------------------------------------------------------------------
  void resolve_cases(InlineCases cases);
  void resolve_case(const FileState& file, NodeRef node);
  Thing named_entity(NodeRef string, Context& context);
  Thing case_entity(NodeRef noun, KindId kind, Context& context);
  void collect_names(NodeRef node, std::vector<NodeRef>& out) const;
  void narrow_by_property(NodeRef node, Context& context);
  bool case_sentence_holds_together(NodeRef node, Context& context);
  void infer_kinds(const std::vector<NodeRef>& sentences, Context& context);
  bool expected_entity(NodeRef node, std::optional<Path>& path, std::optional<AuthorityId>* authority, KindId wanted, Context& context);
  [[nodiscard]] KindId kind_of_row(const Path& path, const Provision& provision) const;
  bool expected_amount(NodeRef detail, const Provision& provision, Expectation& out, Context& context);
  bool expected_norm(NodeRef node, Expectation& out, Context& context);
  [[nodiscard]] std::optional<ProvisionId> provision_quietly(NodeRef ref, ScopeId scope) const;
  bool because(NodeRef node, Expectation& out, Context& context);
  bool expectation(NodeRef node, Expectation& out, Context& context);
  bool known_reading(NodeRef name, Context& context);

  // ---- checks (checks.cpp) ------------------------------------------------------------------------------------------------------------------------
  void find_cycles();
  void check_guards();
  void leave_out_unsound();

  const SourceStore& sources_;
  Sink& sink_;
  Model model_;
  Names names_;
  std::vector<FileState> files_;

  std::unordered_map<NameId, KindId> kinds_;
  std::unordered_map<NameId, AuthorityId> authorities_;
  std::unordered_map<NameId, Span> acts_;
  SymbolTable<Property> properties_;
  SymbolTable<Ability> abilities_;
  SymbolTable<std::vector<RoleEntry>> roles_;
  SymbolTable<ParameterId> parameters_;
  std::unordered_map<NameId, std::vector<KindId>> noun_abilities_;   // `an SME`: of these kinds
  std::unordered_map<std::string, SourceId> sources_by_label_;       // "<scope>\n<label>"
  std::unordered_set<ScopeId> scopes_with_sources_;
  std::unordered_set<ScopeId> scopes_without_sources_;   // where that has been said
  std::unordered_map<std::string, RegulationId> regulations_by_label_;
  std::unordered_map<std::string, ProvisionId> provisions_by_label_; // provision_key
  std::unordered_map<std::string, PartId> parts_by_label_;           // "<scope> <label>"
  std::unordered_map<ScopeId, std::vector<ProvisionId>> provisions_of_scope_;
  std::unordered_map<ScopeId, std::vector<std::pair<std::string, Span>>> readings_of_scope_;
  std::vector<PendingInverse> pending_inverses_;
  std::vector<std::vector<NameId>> member_names_;                    // of each field
  std::vector<std::vector<FieldId>> fields_of_kind_;
  std::vector<std::vector<PredicateId>> predicates_of_kind_;
  std::vector<std::vector<ValueId>> values_of_kind_;
  std::unordered_set<NameId> broken_names_;                          // declared, but what they are could not be read
  std::string broken_text_;                                          // words of declarations that could not be read
  bool nameless_terms_ = false;                                      // a declaration lacks its name
  bool nameless_abilities_ = false;
  std::size_t silenced_ = 0;                                         // unknown names of which nothing was said
  struct BySpan {
    bool operator()(const Span& a, const Span& b) const {
      return std::tie(a.file, a.begin, a.end) < std::tie(b.file, b.begin, b.end);
    }
  };
  struct Unknown {
    std::size_t report;                                              // its index in the sink
    std::string written;
    std::string identity;
    Span span;
    std::vector<Span> others;                                        // where else it stands
    std::vector<Candidate> near;
  };
  std::vector<Unknown> unknown_;
  std::unordered_map<std::string, std::uint32_t> unknown_by_name_;
  std::set<Span, BySpan> literals_;                                  // dates and units that were reported
  std::unordered_set<std::string> unknown_kinds_;                    // keys
  std::string all_text_;                                             // the rules, normalised; once needed
  std::vector<Draft> drafts_;                                        // of each provision
  std::vector<std::vector<Named>> named_;                            // of each attacker: what it names
  std::vector<std::vector<ProvisionId>> leaves_;                     // of each attacker: the row of each of its targets
  std::vector<bool> parameter_broken_;
  std::vector<bool> value_known_;                                    // of each value: its type was found
  std::vector<bool> value_broken_;                                   // its cases cannot be read
  std::vector<std::vector<ValueId>> value_waiters_;                  // of each value: those whose type waits for it
  std::vector<ValueId> waiting_for_;                                 // values of unknown type met in a dry run
  std::vector<std::vector<ProvisionId>> part_members_;
  std::size_t suggestions_ = 0;
};

}  // namespace onus::model::from_syntax
