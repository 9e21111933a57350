// Rows of `done` and `expect`. Both name a norm's row by its bearer, its object and, where the norm has further entities
// (`for each incident`), these by their nouns.
#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/text.hpp"
#include "facts/from_document/sections.hpp"
#include "facts/from_document/values.hpp"

namespace onus::facts {
namespace {

using model::Provision;

constexpr std::array<std::string_view, 5> statuses{"open", "due", "met", "overdue", "breached"};
constexpr std::array<std::string_view, 6> norm_verdicts{"applies",      "does-not-apply", "depends",
                                                        "undetermined", "not-yet",        "no-longer"};
constexpr std::array<std::string_view, 4> conclusion_verdicts{"holds", "does-not-hold", "depends", "undetermined"};

// Row variables that neither the bearer nor the object is.
std::vector<model::VariableId> others_of(const Provision& provision) {
  std::vector<model::VariableId> others;
  const auto names = [](const std::optional<model::Path>& path, model::VariableId id) {
    return path && path->steps.empty() && path->root == id;
  };
  for (std::uint32_t i = 0; i < provision.row_size && i < provision.variables.size(); ++i) {
    const model::VariableId id{i};
    if (!names(provision.bearer, id) && !names(provision.object, id)) others.push_back(id);
  }
  return others;
}

// The keys of a row: the fixed ones and the nouns of the norm's further entities.
struct Row {
  std::vector<std::string> names;
  std::size_t fixed = 0;
  std::vector<model::VariableId> others;
};

Row row_of(const Context& context, std::vector<std::string> fixed, std::optional<model::ProvisionId> norm) {
  Row row{std::move(fixed), 0, {}};
  row.fixed = row.names.size();
  if (!norm) return row;
  const auto& provision = context.model.provisions[*norm];
  row.others = others_of(provision);
  for (const auto id : row.others) row.names.push_back(normalise_name(provision.variables[id.index].noun));
  return row;
}

// The node behind a key, whatever else the mapping holds.
std::optional<NodeId> peek(const Context& context, NodeId mapping, std::string_view key) {
  for (const auto [name, value] : context.document.entries(mapping)) {
    if (normalise_name(context.document.text(name)) == key) return value;
  }
  return std::nullopt;
}

class RowReader {
 public:
  RowReader(Context& context, const Provisions& provisions, std::string_view what)
      : context_(context), provisions_(provisions), what_(what) {}

  // The norm that the row names, reported once if it is none.
  std::optional<model::ProvisionId> norm_at(NodeId mapping) {
    const auto node = peek(context_, mapping, "provision");
    return node ? provision_at(context_, provisions_, *node, "provision", true) : std::nullopt;
  }

  bool missing(NodeId mapping, std::string_view key, Keys& keys) {
    if (keys.explains_missing()) return false;
    context_.problems.add<Kind::MissingKey>(context_.document.span(mapping), what_, key);
    return false;
  }

  // The bearer: an entity, or the name of the authority that the norm binds. False when something was reported.
  bool bearer(model::ProvisionId norm, const std::optional<NodeId>& node, std::optional<EntityId>& bearer) {
    if (!node) return true;
    const auto& provision = context_.model.provisions[norm];
    if (provision.bearer_authority) {
      const auto text = text_at(context_, *node, "bearer");
      if (!text) return false;
      const auto& authority = context_.model.authorities[*provision.bearer_authority].name;
      return bare_name(*text) == bare_name(authority) || refuse(norm, *node, "bearer but the " + authority);
    }
    if (!provision.bearer) return refuse(norm, *node, "bearer");
    bearer = entity_at(context_, *node, context_.model.kind_of(*provision.bearer, provision.variables), "bearer");
    return bearer.has_value();
  }

  bool object(model::ProvisionId norm, const std::optional<NodeId>& node, std::optional<EntityId>& object) {
    if (!node) return true;
    const auto& provision = context_.model.provisions[norm];
    if (!provision.object) return refuse(norm, *node, "object");
    object = entity_at(context_, *node, context_.model.kind_of(*provision.object, provision.variables), "object");
    return object.has_value();
  }

  bool others(model::ProvisionId norm, const Row& row, const Keys& keys, std::vector<RowEntity>& others) {
    bool sound = true;
    for (std::size_t i = 0; i < row.others.size(); ++i) {
      const auto& node = keys[row.fixed + i];
      if (!node) continue;
      const auto& variable = context_.model.provisions[norm].variables[row.others[i].index];
      const auto entity = entity_at(context_, *node, variable.kind, variable.noun);
      if (entity) {
        others.push_back({row.others[i], *entity});
      } else {
        sound = false;
      }
    }
    return sound;
  }

 private:
  bool refuse(model::ProvisionId norm, NodeId node, std::string_view party) {
    context_.problems.add<Kind::NoSuchParty>(context_.document.span(node), context_.model.name_of(norm), party);
    return false;
  }

  Context& context_;
  const Provisions& provisions_;
  std::string_view what_;
};

constexpr std::string_view done_row = "a row of `done`";
constexpr std::string_view expect_row = "a row of `expect`";

using DoneKey = std::tuple<model::ProvisionId, EntityId, std::optional<EntityId>, std::vector<std::pair<std::uint32_t, std::uint32_t>>>;

std::optional<Done> read_done_row(Context& context, const Provisions& provisions, NodeId mapping) {
  RowReader reader(context, provisions, done_row);
  const auto norm = reader.norm_at(mapping);
  const Row row = row_of(context, {"bearer", "object", "provision", "on"}, norm);
  if (!norm && peek(context, mapping, "provision")) return std::nullopt;  // which keys there are depends on it
  Keys keys = keys_at(context, mapping, row.names, done_row);
  bool sound = keys.sound;
  for (const std::size_t key : {2U, 3U}) {
    if (!keys[key]) sound = reader.missing(mapping, row.names[key], keys);
  }
  Done done;
  done.span = context.document.span(mapping);
  if (keys[3]) {
    const auto on = date_at(context, *keys[3], "on");
    if (on) done.on = *on;
    sound = sound && on;
  }
  if (!norm) return std::nullopt;
  done.provision = *norm;
  const auto& provision = context.model.provisions[*norm];
  std::optional<EntityId> bearer;
  if (!reader.bearer(*norm, keys[0], bearer)) sound = false;
  if (!reader.object(*norm, keys[1], done.object)) sound = false;
  if (!reader.others(*norm, row, keys, done.others)) sound = false;
  if (provision.bearer && !keys[0]) sound = reader.missing(mapping, "bearer", keys);
  if (provision.object && !keys[1]) sound = reader.missing(mapping, "object", keys);
  for (std::size_t i = row.fixed; i < row.names.size(); ++i) {
    if (!keys[i]) sound = reader.missing(mapping, row.names[i], keys);
  }
  if (bearer) done.bearer = *bearer;
  return sound ? std::optional(std::move(done)) : std::nullopt;
}

// ---- expectations ------------------------------------------------------------------------------------------------------

std::vector<std::string> strings(std::span<const std::string_view> words) { return {words.begin(), words.end()}; }

// One of the words, spelt loosely.
bool read_word(Context& context, NodeId node, const char* key, std::span<const std::string_view> words, std::string_view of,
               std::string& out) {
  const auto text = text_at(context, node, key);
  if (!text) return false;
  const std::string name = normalise_name(*text);
  const auto at = std::ranges::find_if(words, [&](std::string_view word) { return normalise_name(word) == name; });
  if (at != words.end()) {
    out = *at;
    return true;
  }
  const auto candidates = strings(words);
  std::optional<std::string> near;
  if (const auto index = context.problems.nearest_of(candidates, *text)) near = candidates[*index];
  auto reported = context.problems.add<Kind::UnknownVerdict>(context.document.span(node), shown(*text), of,
                                                             "`" + join(candidates, "`, `") + "`", did_you_mean(near));
  if (near) reported.fix(context.document.span(node), fix_text(context, node, *near));
  return false;
}

bool read_verdict(Context& context, NodeId node, bool norm, std::string& verdict) {
  const std::span<const std::string_view> words = norm ? std::span<const std::string_view>(norm_verdicts) : conclusion_verdicts;
  return read_word(context, node, "verdict", words, norm ? "a verdict of a norm" : "a verdict of a conclusion", verdict);
}

// The most that a penalty may be, written as an amount of its unit.
bool read_at_most(Context& context, model::ProvisionId norm, NodeId node, Expected& expected) {
  const auto& provision = context.model.provisions[norm];
  if (!provision.at_most) {
    context.problems.add<Kind::NoSuchParty>(context.document.span(node), context.model.name_of(norm), "amount");
    return false;
  }
  model::Field amount;
  amount.name = "at most";
  amount.type = model::FieldType::Amount;
  amount.unit = context.model.exprs[*provision.at_most].unit;
  FieldState state;
  if (!read_quantity(context, amount, node, state)) return false;
  if (state.low != state.high) {
    context.problems.add<Kind::UnknownVerdict>(context.document.span(node), state.written, "one amount", "write `15e6 EUR`", "");
    return false;
  }
  expected.at_most = state.low;
  return true;
}

bool read_reading(Context& context, NodeId node, std::string& reading) {
  const auto text = text_at(context, node, "reading");
  if (!text) return false;
  std::vector<std::string> names;
  for (const auto& provision : context.model.provisions) {
    for (const auto& known : provision.readings) names.push_back(known.name);
  }
  bool sound = true;
  // `a + b`: several together.
  std::string_view rest = *text;
  for (bool more = true; more;) {
    const auto at = rest.find(" + ");
    more = at != std::string_view::npos;
    const auto name = rest.substr(0, at);
    if (std::ranges::find(names, name) == names.end()) {
      std::optional<std::string> near;
      if (const auto index = context.problems.nearest_of(names, name)) near = names[*index];
      context.problems.add<Kind::CaseReadingUnknown>(piece_span(context, node, name), shown(name), did_you_mean(near));
      sound = false;
    }
    if (more) rest.remove_prefix(at + 3);
  }
  reading = *text;
  return sound;
}

bool read_because(Context& context, const Provisions& provisions, NodeId node, std::string_view what,
                  std::optional<std::vector<std::string>>& because) {
  if (!list_at(context, node, what, "[\"3.2\"]")) return false;
  because.emplace();
  bool sound = true;
  for (const NodeId item : context.document.items(node)) {
    const auto provision = provision_at(context, provisions, item, what, false);
    if (provision) {
      because->push_back(context.model.name_of(*provision));
    } else {
      sound = false;
    }
  }
  return sound;
}

// The conclusion or judgement that the row expects, of the entities that it names.
bool read_expected_conclusion(Context& context, NodeId node, const std::optional<NodeId>& subject_at, std::string_view subject_key,
                              const std::optional<NodeId>& object_at, Expected& expected) {
  const auto text = text_at(context, node, "conclusion");
  const auto subject_name = text_at(context, *subject_at, subject_key);
  std::optional<std::string_view> object_name;
  if (object_at) object_name = text_at(context, *object_at, "object");
  if (!text || !subject_name || (object_at && !object_name)) return false;
  const auto under = split_regulation(context, node, *text);
  if (!under.sound) return false;
  expected.regulation = under.regulation;
  std::string name(under.text);

  const auto subjects = find_entities(context, *subject_name);
  if (subjects.empty()) {
    const auto ids = context.model.kinds.ids();
    report_unknown_entity(context, context.document.span(*subject_at), *subject_name, {ids.begin(), ids.end()}, "entity", subject_at);
    return false;
  }
  struct Found {
    std::optional<model::PredicateId> predicate;
    std::optional<model::FieldId> judgement;
    EntityId subject;
  };
  std::vector<Found> found;
  for (const EntityId subject : subjects) {
    const auto kind = context.entity(subject).kind;
    for (const std::string& spelling : {name, name.ends_with(" of") ? name.substr(0, name.size() - 3) : name}) {
      if (!found.empty() && spelling == name) continue;
      for (const auto id : of_regulation(context, context.names.predicates(kind, spelling), under.regulation)) {
        if (std::ranges::none_of(found, [&](const Found& other) { return other.predicate == id && other.subject == subject; }))
          found.push_back({id, std::nullopt, subject});
      }
    }
    const auto field = context.names.field(kind, name);
    if (field && context.model.fields[*field].type == model::FieldType::Judgement) found.push_back({std::nullopt, field, subject});
  }
  const Span span = context.document.span(node);
  if (found.empty()) {
    const auto kind = context.entity(subjects.front()).kind;
    const auto& names = context.names.conclusions(kind);
    std::optional<std::string> near;
    const std::string bare = bare_name(name.ends_with(" of") ? name.substr(0, name.size() - 3) : name);
    if (const auto index = context.problems.nearest_of(names, bare)) near = names[*index];
    if (near && name.ends_with(" of") && object_at) *near += " of";
    auto reported = context.problems.add<Kind::UnknownConclusion>(span, shown(name), with_article(context.kind_name(kind)),
                                                                  did_you_mean(near));
    if (near) reported.fix(span, fix_text(context, node, *near));
    return false;
  }
  if (found.size() > 1) {
    // The object tells roles from adjectives.
    std::erase_if(found, [&](const Found& one) {
      const bool has_object = one.predicate && context.model.predicates[*one.predicate].object;
      return has_object != object_at.has_value();
    });
  }
  if (found.size() != 1) {
    std::vector<std::string> texts;
    for (const Found& one : found) {
      std::string what = "a conclusion about " + with_article(context.kind_name(context.entity(one.subject).kind));
      if (one.predicate && context.model.predicates[*one.predicate].regulation)
        what += " under " + context.model.regulations[*context.model.predicates[*one.predicate].regulation].label;
      texts.push_back(what);
    }
    context.problems.add<Kind::ConclusionAmbiguous>(span, shown(name),
                                                    texts.empty() ? "with or without an object" : join_with(texts, "or"));
    return false;
  }
  expected.subject = found.front().subject;
  expected.conclusion = found.front().predicate;
  expected.judgement = found.front().judgement;
  const auto object_kind = expected.conclusion ? context.model.predicates[*expected.conclusion].object : std::nullopt;
  if (object_kind && !object_at) {
    context.problems.add<Kind::MissingKey>(expected.span, expect_row, "object");
    return false;
  }
  if (!object_at) return true;
  if (!object_kind) {
    context.problems.add<Kind::NoSuchParty>(context.document.span(*object_at), shown(name), "object");
    return false;
  }
  expected.object = entity_at(context, *object_at, *object_kind, "object");
  return expected.object.has_value();
}

std::optional<Expected> read_expected_row(Context& context, const Provisions& provisions, NodeId mapping) {
  enum : std::size_t { Bearer, Object, Subject, ProvisionKey, Conclusion, Verdict, Because, BecauseOnly, DependsOn, Due, From, LimitedTo, AtMost, StatusKey, EnforceableFrom, ReadingKey };
  RowReader reader(context, provisions, expect_row);
  const auto norm = reader.norm_at(mapping);
  const bool names_norm = peek(context, mapping, "provision").has_value();
  const Row row = row_of(context, {"bearer", "object", "subject", "provision", "conclusion", "verdict", "because", "because only",
                                   "depends on", "due", "from", "limited to", "at most", "status", "enforceable from", "reading"}, norm);
  if (names_norm && !norm) return std::nullopt;
  Keys keys = keys_at(context, mapping, row.names, expect_row);
  bool sound = keys.sound;
  Expected expected;
  expected.span = context.document.span(mapping);

  const auto clash = [&](std::size_t one, std::size_t two) {
    if (!keys[one] || !keys[two]) return;
    report_clash(context, *keys.keys[one], *keys.keys[two]);
    sound = false;
  };
  clash(ProvisionKey, Conclusion);
  clash(ProvisionKey, Subject);
  clash(Subject, Bearer);
  clash(Because, BecauseOnly);
  for (const auto key : {Due, From, LimitedTo, AtMost, StatusKey, EnforceableFrom}) clash(Conclusion, key);
  if (!sound) return std::nullopt;

  if (!keys[ProvisionKey] && !keys[Conclusion]) {
    reader.missing(mapping, "provision` or `conclusion", keys);
    return std::nullopt;
  }
  if (!keys[Verdict]) {
    sound = reader.missing(mapping, "verdict", keys);
  } else {
    sound = read_verdict(context, *keys[Verdict], norm.has_value(), expected.verdict) && sound;
  }
  if (norm) {
    expected.provision = norm;
    const auto& provision = context.model.provisions[*norm];
    sound = reader.bearer(*norm, keys[Bearer], expected.bearer) && sound;
    sound = reader.object(*norm, keys[Object], expected.object) && sound;
    sound = reader.others(*norm, row, keys, expected.others) && sound;
    if (provision.bearer && !keys[Bearer]) sound = reader.missing(mapping, "bearer", keys);
    if (provision.object && !keys[Object]) sound = reader.missing(mapping, "object", keys);
  } else if (!keys[Subject] && !keys[Bearer]) {
    sound = reader.missing(mapping, "subject", keys);
  } else {
    const char* const holder = keys[Subject] ? "subject" : "bearer";
    sound = read_expected_conclusion(context, *keys[Conclusion], keys[Subject] ? keys[Subject] : keys[Bearer], holder, keys[Object], expected) &&
            sound;
    // Only of a role is the subject a bearer of something.
    if (sound && keys[Bearer] && !expected.object) {
      context.problems.add<Kind::NoSuchParty>(context.document.span(*keys[Bearer]),
                                              shown(context.document.text(*keys[Conclusion])), "bearer; write `subject`");
      sound = false;
    }
  }
  if (keys[Because]) sound = read_because(context, provisions, *keys[Because], "because", expected.because) && sound;
  if (keys[BecauseOnly]) {
    sound = read_because(context, provisions, *keys[BecauseOnly], "because only", expected.because) && sound;
    expected.because_only = true;
  }
  if (keys[DependsOn]) {
    if (list_at(context, *keys[DependsOn], "depends on", "[\"model A · training compute\"]")) {
      expected.depends_on.emplace();
      for (const NodeId item : context.document.items(*keys[DependsOn])) {
        const auto text = text_at(context, item, "depends on");
        if (text) expected.depends_on->emplace_back(*text);
        sound = sound && text.has_value();
      }
    } else {
      sound = false;
    }
  }
  for (const auto& [key, target] : {std::pair(Due, &expected.due), std::pair(From, &expected.from), std::pair(EnforceableFrom, &expected.enforceable_from)}) {
    if (!keys[key]) continue;
    *target = date_at(context, *keys[key], row.names[key]);
    sound = sound && target->has_value();
  }
  if (keys[LimitedTo]) {
    const auto text = text_at(context, *keys[LimitedTo], "limited to");
    if (text) expected.limited_to = std::string(*text);
    sound = sound && text.has_value();
  }
  if (keys[AtMost] && norm) sound = read_at_most(context, *norm, *keys[AtMost], expected) && sound;
  if (keys[StatusKey]) sound = read_word(context, *keys[StatusKey], "status", statuses, "a status", expected.status) && sound;
  if (keys[ReadingKey]) sound = read_reading(context, *keys[ReadingKey], expected.reading) && sound;
  return sound ? std::optional(std::move(expected)) : std::nullopt;
}

}  // namespace

void read_done(Context& context, NodeId list) {
  if (!list_at(context, list, "done", "[{bearer: A, object: M, provision: \"53(1)(a)\", on: 2026-02-08}]")) return;
  const Provisions provisions(context.model);
  context.result.done.emplace();
  std::map<DoneKey, Span> seen_rows;
  for (const NodeId item : context.document.items(list)) {
    if (!mapping_at(context, item, done_row, "{bearer: A, provision: \"53(1)(a)\", on: 2026-02-08}")) continue;
    auto row = read_done_row(context, provisions, item);
    if (!row) continue;
    DoneKey key{row->provision, row->bearer, row->object, {}};
    for (const auto& other : row->others) std::get<3>(key).emplace_back(other.variable.index, other.entity.index);
    const auto [first, fresh] = seen_rows.try_emplace(std::move(key), row->span);
    if (fresh) {
      context.result.done->push_back(std::move(*row));
    } else {
      context.problems.add<Kind::ListedTwice>(row->span, context.model.name_of(row->provision)).note(first->second, "the first is here");
    }
  }
}

void read_expected(Context& context, NodeId list) {
  if (!list_at(context, list, "expect", "[{subject: M, conclusion: systemic, verdict: holds}]")) return;
  const Provisions provisions(context.model);
  for (const NodeId item : context.document.items(list)) {
    if (!mapping_at(context, item, expect_row, "{subject: M, conclusion: systemic, verdict: holds}")) continue;
    auto row = read_expected_row(context, provisions, item);
    if (row) context.result.expected.push_back(std::move(*row));
  }
}

}  // namespace onus::facts
