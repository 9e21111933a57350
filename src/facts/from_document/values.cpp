#include "facts/from_document/values.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/units.hpp"

namespace onus::facts {
namespace {

using data::ScalarStyle;
using model::FieldType;
using Value = FieldState::Value;

constexpr std::string_view not_given = "not given";
constexpr std::string_view not_applicable = "not applicable";
constexpr std::string_view unknowable = "unknowable";
constexpr std::string_view not_established = "not established";

// What people write for the words that every term takes.
std::optional<std::string_view> meant_word(const model::Field& field, std::string_view text) {
  const std::string name = normalise_name(text);
  for (const std::string_view word : {"not given", "unknown", "not known", "missing", "tbd", "?", "open"}) {
    if (name == word) return not_given;
  }
  if (field.optional) {
    for (const std::string_view word : {"not applicable", "none", "n/a", "na", "nothing", "never"}) {
      if (name == word) return not_applicable;
    }
  }
  if (field.unknowable && edit_distance(name, unknowable, 2)) return unknowable;
  if (field.type == FieldType::Judgement && edit_distance(name, not_established, 2)) return not_established;
  return std::nullopt;
}

// The answer that was meant by another word for yes or no.
std::optional<std::string_view> meant_answer(std::string_view text) {
  const std::string name = lower_case(text);
  for (const std::string_view word : {"yes", "y", "true", "on", "ja", "oui"}) {
    if (name == word) return "yes";
  }
  for (const std::string_view word : {"no", "n", "false", "off", "nein", "non"}) {
    if (name == word) return "no";
  }
  return std::nullopt;
}

std::string as_list(const std::vector<std::string>& texts) {
  constexpr std::size_t most = 20;
  std::string out;
  for (std::size_t i = 0; i < std::min(texts.size(), most); ++i) out += (i > 0 ? ", `" : "`") + texts[i] + "`";
  return texts.size() > most ? out + " and " + std::to_string(texts.size() - most) + " more" : out;
}

bool read_yes_no(Context& context, const model::Field& field, NodeId value, bool& yes) {
  const auto style = context.document.node(value).style;
  if (context.document.is_scalar(value)) {
    if (style == ScalarStyle::JsonTrue || style == ScalarStyle::JsonFalse) {
      yes = style == ScalarStyle::JsonTrue;
      return true;
    }
    const auto text = context.document.text(value);
    if (style == ScalarStyle::Plain || style == ScalarStyle::Quoted) {
      yes = text == "yes";
      if (yes || text == "no") return true;
    }
  }
  report_wrong_value(context, field, value);
  return false;
}

std::optional<std::uint32_t> read_member(Context& context, const model::Field& field, NodeId value) {
  const auto text = text_at(context, value, field.name);
  if (!text) return std::nullopt;
  const auto at = std::ranges::find(field.members, *text);
  if (at != field.members.end()) return static_cast<std::uint32_t>(at - field.members.begin());
  if (meant_word(field, *text)) {
    report_wrong_value(context, field, value);
    return std::nullopt;
  }
  std::optional<std::string> near;
  if (const auto index = context.problems.nearest_of(field.members, *text)) near = field.members[*index];
  const Span span = context.document.span(value);
  auto reported = context.problems.add<Kind::CaseMemberUnknown>(span, shown(*text), field.name, as_list(field.members),
                                                            did_you_mean(near));
  if (near) reported.fix(span, fix_text(context, value, *near));
  return std::nullopt;
}

// A list of distinct things; `read` gives each or reports it.
template <class Thing, class Read>
bool read_set(Context& context, const model::Field& field, NodeId value, std::string_view example, std::vector<Thing>& set,
              Read read) {
  if (context.document.is_scalar(value) && !context.document.is_null(value) &&
      meant_word(field, context.document.text(value))) {
    report_wrong_value(context, field, value);
    return false;
  }
  if (!list_at(context, value, field.name, example)) return false;
  bool sound = true;
  std::vector<std::pair<Thing, NodeId>> found;
  for (const NodeId item : context.document.items(value)) {
    if (const auto thing = read(item)) {
      found.emplace_back(*thing, item);
    } else {
      sound = false;
    }
  }
  std::ranges::stable_sort(found, {}, [](const auto& pair) { return pair.first; });
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i == 0 || found[i].first != found[i - 1].first) {
      set.push_back(found[i].first);
      continue;
    }
    const NodeId item = found[i].second;
    context.problems.add<Kind::ListedTwice>(context.document.span(item), shown(context.document.text(item)))
        .note(context.document.span(found[i - 1].second), "the first is here");
    sound = false;
  }
  return sound;
}

bool read_judgement(Context& context, const model::Field& field, NodeId value, FieldState& state) {
  const auto answer_at = [&](NodeId node) {
    const auto text = context.document.is_scalar(node) ? context.document.text(node) : std::string_view();
    if (text == not_established && context.document.node(node).style != ScalarStyle::Block) {
      state.answer = FieldState::Answer::NotEstablished;
      return true;
    }
    if (!read_yes_no(context, field, node, state.yes)) return false;
    state.value = Value::Exact;
    state.answer = state.yes ? FieldState::Answer::Yes : FieldState::Answer::No;
    return true;
  };
  if (!context.document.is_mapping(value)) return answer_at(value);
  auto keys = keys_at(context, value, {"answer", "by", "on", "because"}, "a judgement");
  bool sound = keys.sound;
  if (!keys[0]) {
    if (!keys.explains_missing()) context.problems.add<Kind::MissingKey>(context.document.span(value), "a judgement", "answer");
    sound = false;
  } else if (reports_nothing(context, *keys[0], "answer", "write `yes`, `no` or `not established`") ||
             !answer_at(*keys[0])) {
    sound = false;
  }
  for (const auto& [index, target] : {std::pair(1U, &state.answered_by), std::pair(3U, &state.answered_because)}) {
    if (!keys[index]) continue;
    if (const auto text = text_at(context, *keys[index], index == 1U ? "by" : "because")) {
      *target = *text;
    } else {
      sound = false;
    }
  }
  if (keys[2]) {
    state.answered_on = date_at(context, *keys[2], "on");
    if (!state.answered_on) sound = false;
  }
  return sound;
}

std::optional<EntityId> read_knower(Context& context, NodeId item) {
  const auto actor = context.names.kind("actor");
  if (actor) return entity_at(context, item, *actor, unknowable);
  // A vocabulary without actors: whoever is so called.
  const auto name = text_at(context, item, unknowable);
  if (!name) return std::nullopt;
  const auto found = find_entities(context, *name);
  if (found.size() == 1) return found.front();
  const Span span = context.document.span(item);
  if (found.empty()) {
    const auto ids = context.model.kinds.ids();
    report_unknown_entity(context, span, *name, {ids.begin(), ids.end()}, "entity", item);
  } else {
    context.problems.add<Kind::EntityAmbiguous>(span, shown(*name), "entities of several kinds", "rename one of them");
  }
  return std::nullopt;
}

// `{value: S, unknowable to: [A, …]}`.
std::optional<FieldState> read_knowledge(Context& context, const model::Field& field, NodeId mapping) {
  auto keys = keys_at(context, mapping, {"value", "unknowable to"}, "a value and who cannot know it");
  bool sound = keys.sound;
  if (!field.unknowable && !keys[1]) {
    if (sound) report_wrong_value(context, field, mapping);
    return std::nullopt;
  }
  for (std::size_t i = 0; i < 2; ++i) {
    if (keys[i]) continue;
    sound = false;
    if (keys.explains_missing()) continue;
    context.problems.add<Kind::MissingKey>(context.document.span(mapping), "a value and who cannot know it",
                                           i == 0 ? "value" : "unknowable to");
  }
  if (keys.keys[1] && !field.unknowable) {
    context.problems.add<Kind::UnknowableNotDeclared>(context.document.span(*keys.keys[1]), field.name, forms_of(context, field));
    return std::nullopt;
  }
  FieldState state;
  if (keys[0]) {
    const NodeId value = *keys[0];
    const bool nested = context.document.is_mapping(value) && (context.document.find(value, "value").has_value() ||
                                                               context.document.find(value, "unknowable to").has_value());
    const bool bare = context.document.is_scalar(value) && context.document.text(value) == unknowable;
    if (nested || bare) {
      report_wrong_value(context, field, value);
      sound = false;
    } else if (auto inner = read_state(context, field, value)) {
      state = std::move(*inner);
    } else {
      sound = false;
    }
  }
  if (keys[1]) {
    model::Field list = field;  // named in messages after its key
    list.name = "unknowable to";
    const auto knower = [&](NodeId item) { return read_knower(context, item); };
    if (!read_set(context, list, *keys[1], context.json ? R"(["NAME"])" : "[NAME]", state.unknowable_to, knower)) sound = false;
  }
  return sound ? std::optional(std::move(state)) : std::nullopt;
}

// What a report calls the value; the same for both formats.
std::string words_of(const Context& context, const model::Field& field, const FieldState& state) {
  std::vector<std::string> names;
  switch (field.type) {
    case FieldType::YesNo: return state.yes ? "yes" : "no";
    case FieldType::OneOf: return field.members[state.member];
    case FieldType::AnyOf:
      for (const auto member : state.members) names.push_back(field.members[member]);
      return join(names, ", ");
    case FieldType::Relation:
    case FieldType::PairSet:
      for (const auto entity : state.entities) names.push_back(context.entity(entity).name);
      return join(names, ", ");
    case FieldType::Judgement:
      if (state.answer == FieldState::Answer::NotEstablished) return std::string(not_established);
      return state.yes ? "yes" : "no";
    default: return state.written;
  }
}

}  // namespace

std::string amount_example(const Context& context, const model::Field& field, std::string_view number) {
  const std::string text(number);
  if (!field.unit) return "`" + text + "`";
  const std::string unit(unit_name(*field.unit));
  return context.json ? R"(`{"amount": )" + text + R"(, "unit": ")" + unit + "\"}`" : "`" + text + " " + unit + "`";
}

std::string forms_of(const Context& context, const model::Field& field) {
  const std::string quote = context.json ? "\"" : "";
  std::vector<std::string> forms;
  const std::string unit = field.unit ? " " + std::string(unit_name(*field.unit)) : "";
  const auto quantity = [&](std::string_view number) {
    forms.push_back(amount_example(context, field, number));
    if (context.json) {
      const std::string tail = field.unit ? R"(, "unit": ")" + unit.substr(1) + "\"}`" : "}`";
      forms.push_back(R"(`{"between": [A, B])" + tail);
      forms.push_back(R"(`{"about": A, "percent": P)" + tail);
    } else {
      forms.push_back("`between A and B" + unit + "`");
      forms.push_back("`about A" + unit + " ± P %`");
    }
  };
  const auto ranged = [&](std::string_view example, std::string_view letters) {
    forms.push_back("`" + quote + std::string(example) + quote + "`");
    forms.push_back((context.json ? R"(`{"between": [)" : "`between ") + std::string(letters) + (context.json ? "]}`" : "`"));
  };
  switch (field.type) {
    case FieldType::YesNo:
      forms = context.json ? std::vector<std::string>{"`true`", "`false`"} : std::vector<std::string>{"`yes`", "`no`"};
      break;
    case FieldType::OneOf: forms.push_back("one of " + as_list(field.members)); break;
    case FieldType::AnyOf: forms.push_back("a list of " + as_list(field.members)); break;
    case FieldType::Amount: quantity("2.5e24"); break;
    case FieldType::Count: quantity("250"); break;
    case FieldType::Date: ranged("2026-03-01", context.json ? "A, B" : "A and B"); break;
    case FieldType::Moment: ranged("2026-03-01T09:30", context.json ? "A, B" : "A and B"); break;
    case FieldType::Relation: forms.push_back("the name of " + with_article(context.kind_name(*field.target)) + " in this case"); break;
    case FieldType::PairSet: forms.push_back("a list of names of entities of the kind `" + context.kind_name(*field.target) + "`"); break;
    case FieldType::Judgement:
      forms = {"`" + quote + "yes" + quote + "`", "`" + quote + "no" + quote + "`",
               "`" + quote + std::string(not_established) + quote + "`"};
      break;
    case FieldType::Inverse:
    case FieldType::OneInverse:
    case FieldType::Chain: break;
  }
  if (field.optional) forms.push_back("`" + quote + std::string(not_applicable) + quote + "`");
  if (field.unknowable) forms.push_back("`" + quote + std::string(unknowable) + quote + "`");
  forms.push_back("`" + quote + std::string(not_given) + quote + "`");
  return join_with(forms, "or");
}

void report_wrong_value(Context& context, const model::Field& field, NodeId value) {
  std::optional<std::string> meant;
  const Span span = context.document.span(value);
  // `"true"`: the answer itself, in quotes. In JSON an answer has none; in YAML `"yes"` is an answer and `"true"` another word.
  if (context.json && field.type == FieldType::YesNo && context.document.is_text(value)) {
    if (const auto answer = meant_answer(context.document.text(value))) {
      const std::string form = *answer == "yes" ? "true" : "false";
      context.problems.add<Kind::WrongValue>(span, seen(context, value) + " in quotes", field.name, forms_of(context, field),
                                             "; write `" + form + "` without quotes").fix(span, form);
      return;
    }
  }
  if (context.document.is_scalar(value)) {
    const auto text = context.document.text(value);
    if (const auto word = meant_word(field, text); word && *word != text) meant = *word;
    const bool answers = field.type == FieldType::YesNo || field.type == FieldType::Judgement;
    if (const auto answer = meant_answer(text); !meant && answers && answer && *answer != text) meant = *answer;
  }
  auto reported = context.problems.add<Kind::WrongValue>(span, seen(context, value), field.name, forms_of(context, field),
                                                         did_you_mean(meant));
  if (meant) reported.fix(span, fix_text(context, value, *meant));
}

std::optional<FieldState> read_state(Context& context, const model::Field& field, NodeId value) {
  const auto& document = context.document;
  if (reports_nothing(context, value, field.name, "write `not given`, or leave the line out")) return std::nullopt;
  FieldState state;
  state.span = document.span(value);
  const auto style = document.node(value).style;
  if (document.is_scalar(value) && (style == ScalarStyle::Plain || style == ScalarStyle::Quoted)) {
    const auto text = document.text(value);
    state.written = text;
    if (text == not_given) return state;
    if (text == not_applicable) {
      if (field.optional) {
        state.value = Value::NotApplicable;
        return state;
      }
      context.problems.add<Kind::NotOptional>(state.span, field.name, forms_of(context, field));
      return std::nullopt;
    }
    if (text == unknowable) {
      if (field.unknowable) {
        state.unknowable_to_all = true;
        return state;
      }
      context.problems.add<Kind::UnknowableNotDeclared>(state.span, field.name, forms_of(context, field));
      return std::nullopt;
    }
  }
  if (document.is_mapping(value) && (document.find(value, "value") || document.find(value, "unknowable to"))) {
    const Span whole = state.span;
    auto known = read_knowledge(context, field, value);
    if (known) known->span = whole;
    return known;
  }
  state.value = Value::Exact;
  bool sound = false;
  switch (field.type) {
    case FieldType::YesNo: sound = read_yes_no(context, field, value, state.yes); break;
    case FieldType::OneOf:
      if (document.is_scalar(value)) {
        if (const auto member = read_member(context, field, value)) {
          state.member = *member;
          sound = true;
        }
      } else {
        report_wrong_value(context, field, value);
      }
      break;
    case FieldType::AnyOf:
      sound = read_set(context, field, value, context.json ? R"(["MEMBER"])" : "[MEMBER]", state.members,
                       [&](NodeId item) { return read_member(context, field, item); });
      break;
    case FieldType::Amount:
    case FieldType::Count:
    case FieldType::Date:
    case FieldType::Moment: sound = read_quantity(context, field, value, state); break;
    case FieldType::Relation:
      if (document.is_scalar(value) && (style == ScalarStyle::Plain || document.is_text(value))) {
        const auto text = document.text(value);
        if (meant_word(field, text) && !find_entity(context, *field.target, text)) {
          report_wrong_value(context, field, value);
        } else if (const auto entity = entity_at(context, value, *field.target, field.name)) {
          state.entities = {*entity};
          sound = true;
        }
      } else {
        report_wrong_value(context, field, value);
      }
      break;
    case FieldType::PairSet:
      sound = read_set(context, field, value, context.json ? R"(["NAME"])" : "[NAME]", state.entities,
                       [&](NodeId item) { return entity_at(context, item, *field.target, field.name); });
      break;
    case FieldType::Judgement:
      state.value = Value::NotGiven;
      sound = read_judgement(context, field, value, state);
      break;
    case FieldType::Inverse:
    case FieldType::OneInverse:
    case FieldType::Chain: break;  // refused by their keys
  }
  if (!sound) return std::nullopt;
  state.written = words_of(context, field, state);
  return state;
}

}  // namespace onus::facts
