// Amounts, whole numbers, dates and moments: exact, a range, an estimate; as one text (YAML) or as a mapping (both formats).
#include <algorithm>
#include <array>

#include "base/date.hpp"
#include "base/number.hpp"
#include "base/number_text.hpp"
#include "base/text.hpp"
#include "base/units.hpp"
#include "facts/from_document.hpp"
#include "facts/from_document/values.hpp"

namespace onus::facts {
namespace {

using data::ScalarStyle;
using model::FieldType;
using Value = FieldState::Value;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return text.substr(text.size());
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_number(FieldType type) { return type == FieldType::Amount || type == FieldType::Count; }

// A part of the text of a scalar; views into the document, so that a place can be given.
struct Piece {
  NodeId node;
  std::string_view text;
};

Span span_of(const Context& context, const Piece& piece) { return piece_span(context, piece.node, piece.text); }

class QuantityReader {
 public:
  QuantityReader(Context& context, const model::Field& field, FieldState& state)
      : context_(context), field_(field), state_(state) {}

  bool read(NodeId value) {
    if (context_.document.is_mapping(value)) return is_mapping_form(value) ? read_mapping(value) : wrong(value);
    if (!context_.document.is_scalar(value)) return wrong(value);
    if (!is_number(field_.type)) return read_times(value);
    switch (context_.document.node(value).style) {
      case ScalarStyle::Plain: return read_number_text({value, context_.document.text(value)});
      case ScalarStyle::JsonNumber: return read_bare_json(value);
      case ScalarStyle::Quoted:
      case ScalarStyle::Block: return text_for_number(value);
      default: return wrong(value);
    }
  }

 private:
  bool wrong(NodeId value) {
    report_wrong_value(context_, field_, value);
    return false;
  }

  bool is_mapping_form(NodeId value) const {
    return std::ranges::any_of(std::array{"amount", "between", "about", "unit", "percent"},
                               [&](const char* key) { return context_.document.find(value, key).has_value(); });
  }

  // A text where a number is needed: shows the number's own form where the text holds one.
  bool text_for_number(NodeId value) {
    const auto text = context_.document.text(value);
    const auto [number, unit] = split(trimmed(text));
    if (!parse_number(number, NumberSyntax::Signed)) return wrong(value);
    const Span span = context_.document.span(value);
    const std::string number_text(number);
    const bool fits = field_.unit ? !unit.empty() && find_unit(unit) && dimension_of(*find_unit(unit)) == dimension_of(*field_.unit) : unit.empty();
    if (!fits) {
      // Without its unit, the one that it needs is shown; another unit is nobody's to replace.
      const bool bare = unit.empty() || !field_.unit;
      const std::string what = bare ? amount_example(context_, field_, number_text) : "an amount of " + std::string(unit_name(*field_.unit));
      context_.problems.add<Kind::NumberInQuotes>(span, what + (context_.json && bare && field_.unit ? "" : " without quotes"));
      return false;
    }
    std::string form = context_.json && field_.unit ? R"({"amount": )" + number_text + R"(, "unit": ")" + std::string(unit) + "\"}"
                                                    : std::string(trimmed(text));
    context_.problems.add<Kind::NumberInQuotes>(span, "`" + form + "`" + (context_.json && field_.unit ? "" : " without quotes")).fix(span, form);
    return false;
  }

  // ---- numbers in one text -------------------------------------------------------------------------------------------

  static std::pair<std::string_view, std::string_view> split(std::string_view text) {
    const auto at = text.find_first_of(" \t%");
    if (at == std::string_view::npos) return {text, text.substr(text.size())};
    return {text.substr(0, at), trimmed(text.substr(at))};
  }

  bool read_number_text(Piece whole) {
    const auto text = whole.text;
    if (text.starts_with("between ")) return read_between(whole);
    if (text.starts_with("about ")) return read_about(whole);
    const auto [number, unit] = split(text);
    if (!looks_like_number(number)) return wrong(whole.node);
    const auto value = amount({whole.node, number}, {whole.node, unit}, whole);
    if (!value || !accept(*value, {whole.node, number})) return false;
    state_.low = state_.high = *value;
    state_.written = text;
    return true;
  }

  // Whether complaining about the spelling of a number is to the point.
  static bool looks_like_number(std::string_view text) {
    if (text.empty()) return false;
    const auto sign_or_digit = [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == ','; };
    const std::string lower = lower_case(text);
    return sign_or_digit(text.front()) || (text.front() & 0x80) != 0 || lower.find("inf") == 0 || lower.find("nan") == 0;
  }

  // A rough count of the digits that the number has when it is written out: those that are there and the exponent.
  static std::size_t digits_of(std::string_view text) {
    const auto at = text.find_first_of("eE^");
    if (at == std::string_view::npos) return text.size();
    std::size_t exponent = 0;
    for (const char c : text.substr(at + 1)) {
      if (c >= '0' && c <= '9') exponent = std::min<std::size_t>(exponent * 10 + static_cast<std::size_t>(c - '0'), max_number_exponent);
      if (c == '/') break;
    }
    return text.size() + exponent;
  }

  std::optional<Number> number_at(const Piece& piece, NumberSyntax syntax) {
    context_.digits += digits_of(piece.text);
    if (context_.digits > context_.limits.case_digits) {
      report_too_large(context_, span_of(context_, piece), context_.limits.case_digits, "digits in its numbers");
      return std::nullopt;
    }
    const auto number = parse_number(piece.text, syntax);
    if (number) return *number;
    auto span = span_of(context_, piece);
    if (span.end - span.begin == piece.text.size() && number.error().at < piece.text.size())
      span.begin += static_cast<std::uint32_t>(number.error().at);
    context_.problems.add<Kind::CaseNumber>(span, shown(piece.text), explain(number.error().kind));
    return std::nullopt;
  }

  // The unit of the text; base units are the measure of everything stored.
  std::optional<UnitId> unit_at(const Piece& piece) {
    const auto unit = find_unit(piece.text);
    const Span span = span_of(context_, piece);
    if (!unit) {
      std::optional<std::string> near;
      if (const auto id = nearest_unit(piece.text)) near = std::string(unit_name(*id));
      auto reported = context_.problems.add<Kind::CaseUnitUnknown>(span, shown(piece.text), did_you_mean(near));
      if (near && span.end - span.begin == piece.text.size()) reported.fix(span, *near);
      return std::nullopt;
    }
    if (same_dimension(*unit, *field_.unit)) return unit;
    context_.problems.add<Kind::UnitMismatch>(span, field_.name, dimension_name(dimension_of(*field_.unit)), shown(piece.text),
                                              dimension_name(dimension_of(*unit)));
    return std::nullopt;
  }

  bool unit_not_wanted(const Piece& unit) {
    if (!unit.text.empty() && unit.text.front() >= '0' && unit.text.front() <= '9') {
      context_.problems.add<Kind::CaseNumber>(span_of(context_, unit), shown(unit.text),
                                              "a number has no blanks inside; thousands may be set off as in 1_000");
    } else {
      context_.problems.add<Kind::UnitNotWanted>(span_of(context_, unit), field_.name, shown(unit.text));
    }
    return false;
  }

  // Number and unit, in base units. The number and the unit are both looked at, so that both are reported.
  std::optional<Number> amount(const Piece& number, const Piece& unit, const Piece& whole) {
    const auto value = number_at(number, NumberSyntax::Signed);
    const bool more_digits = !unit.text.empty() && unit.text.front() >= '0' && unit.text.front() <= '9';
    if (!value && more_digits) return std::nullopt;
    if (!field_.unit) {
      if (!unit.text.empty()) return unit_not_wanted(unit), std::nullopt;
      return value;
    }
    if (unit.text.empty()) {
      if (value) unit_missing(span_of(context_, whole), number.text);
      return std::nullopt;
    }
    if (more_digits) return unit_not_wanted(unit), std::nullopt;
    const auto id = unit_at(unit);
    if (!value || !id) return std::nullopt;
    return to_base(*value, *id);
  }

  void unit_missing(Span span, std::string_view number) {
    const std::string text = shown(number);
    context_.problems.add<Kind::UnitMissing>(span, field_.name, amount_example(context_, field_, text));
  }

  bool accept(const Number& value, const Piece& number) {
    if (value.sign() < 0) {
      context_.problems.add<Kind::NumberBelowZero>(span_of(context_, number), field_.name);
      return false;
    }
    if (field_.type == FieldType::Count && !value.is_integer()) {
      context_.problems.add<Kind::NumberNotWhole>(span_of(context_, number), field_.name, shown(number.text));
      return false;
    }
    return true;
  }

  bool range_form(Span span, bool estimate) {
    const std::string unit = field_.unit ? " " + std::string(unit_name(*field_.unit)) : "";
    if (estimate) {
      context_.problems.add<Kind::RangeForm>(span, "an estimate", "`about A" + unit + " ± P %`");
    } else {
      context_.problems.add<Kind::RangeForm>(span, "a range", "`between A and B" + unit + "`");
    }
    return false;
  }

  bool set_range(const Number& low, const Number& high, const Piece& first, const Piece& second, NodeId whole) {
    if (high < low) {
      context_.problems
          .add<Kind::RangeReversed>(context_.document.span(whole), "`" + shown(first.text) + "`", "`" + shown(second.text) + "`");
      return false;
    }
    state_.low = low;
    state_.high = high;
    state_.value = low == high ? Value::Exact : Value::Between;
    return true;
  }

  // `between A and B UNIT`; A may have a unit of its own.
  bool read_between(const Piece& whole) {
    const auto ends = split_ends(whole.text);
    if (!ends) return range_form(span_of(context_, whole), false);
    auto [low_number, low_unit] = split(ends->first);
    auto [high_number, high_unit] = split(ends->second);
    if (!looks_like_number(low_number) || !looks_like_number(high_number)) return range_form(span_of(context_, whole), false);
    const Piece first{whole.node, low_number}, second{whole.node, high_number};
    const bool own_unit = !low_unit.empty();
    std::optional<Number> low;
    if (own_unit || !field_.unit) {
      low = amount(first, {whole.node, low_unit}, whole);
    } else {
      low = number_at(first, NumberSyntax::Signed);
    }
    const auto high = amount(second, {whole.node, high_unit}, whole);
    if (!low || !high) return false;
    if (!own_unit && field_.unit) low = to_base(*low, *find_unit(high_unit));
    const bool low_fits = accept(*low, first);
    if (!accept(*high, second) || !low_fits) return false;
    state_.written = whole.text;
    return set_range(*low, *high, first, second, whole.node);
  }

  static std::optional<std::pair<std::string_view, std::string_view>> split_ends(std::string_view text) {
    text.remove_prefix(std::string_view("between ").size());
    const auto at = text.find(" and ");
    if (at == std::string_view::npos) return std::nullopt;
    return std::pair(trimmed(text.substr(0, at)), trimmed(text.substr(at + 5)));
  }

  // `about A UNIT ± P %`, `about A ± P % UNIT`; `+/-` for `±`.
  bool read_about(const Piece& whole) {
    const Span span = span_of(context_, whole);
    auto text = whole.text;
    text.remove_prefix(std::string_view("about ").size());
    std::size_t at = std::string_view::npos, width = 0;
    for (const std::string_view sign : {"±", "+/-"}) {
      if (at == std::string_view::npos && (at = text.find(sign)) != std::string_view::npos) width = sign.size();
    }
    if (at == std::string_view::npos) return range_form(span, true);
    auto [number, unit] = split(trimmed(text.substr(0, at)));
    auto [percent, tail] = split(trimmed(text.substr(at + width)));
    bool per_cent = false;
    for (const std::string_view word : {"%", "percent", "per cent"}) {
      if (!per_cent && tail.starts_with(word) && (tail.size() == word.size() || tail[word.size()] == ' ' || word == "%")) {
        per_cent = true;
        tail = trimmed(tail.substr(word.size()));
      }
    }
    if (!per_cent || (!unit.empty() && !tail.empty()) || !looks_like_number(number) || !looks_like_number(percent))
      return range_form(span, true);
    if (unit.empty()) unit = tail;
    const Piece value_piece{whole.node, number}, percent_piece{whole.node, percent};
    const auto value = amount(value_piece, {whole.node, unit}, whole);
    const auto share = number_at(percent_piece, NumberSyntax::Signed);
    if (!value || !share) return false;
    state_.written = whole.text;
    return set_estimate(*value, *share, value_piece, percent_piece);
  }

  bool set_estimate(const Number& value, const Number& percent, const Piece& value_piece, const Piece& percent_piece) {
    bool sound = accept(value, value_piece);
    if (percent.sign() < 0) {
      context_.problems.add<Kind::NumberBelowZero>(span_of(context_, percent_piece), "percent");
      sound = false;
    }
    if (!sound) return false;
    const Number off = value * percent / Number(100);
    state_.low = std::max(value - off, Number(0));
    state_.high = value + off;
    state_.value = state_.low == state_.high ? Value::Exact : Value::Between;
    return true;
  }

  // ---- numbers in a mapping ------------------------------------------------------------------------------------------

  bool read_bare_json(NodeId value) {
    const Piece piece{value, context_.document.text(value)};
    const auto number = number_at(piece, NumberSyntax::Json);
    if (!number) return false;
    if (field_.unit) {
      unit_missing(context_.document.span(value), piece.text);
      return false;
    }
    if (!accept(*number, piece)) return false;
    state_.low = state_.high = *number;
    state_.written = piece.text;
    return true;
  }

  // A number by itself inside a mapping.
  std::optional<Number> lone_number(NodeId node, std::string_view what) {
    const auto& document = context_.document;
    if (reports_nothing(context_, node, what, "write the number")) return std::nullopt;
    if (document.is_scalar(node)) {
      const auto style = document.node(node).style;
      const Piece piece{node, document.text(node)};
      if (style == ScalarStyle::JsonNumber) return number_at(piece, NumberSyntax::Json);
      if (style == ScalarStyle::Plain) return number_at(piece, NumberSyntax::Signed);
      if (document.is_text(node) && parse_number(piece.text, NumberSyntax::Signed)) {
        context_.problems.add<Kind::NumberInQuotes>(document.span(node), "`" + shown(piece.text) + "` without quotes")
            .fix(document.span(node), std::string(piece.text));
        return std::nullopt;
      }
    }
    const std::string what_seen = seen(context_, node);
    const std::string_view bare = what_seen.front() == '`' ? std::string_view(what_seen).substr(1, what_seen.size() - 2) : what_seen;
    context_.problems.add<Kind::CaseNumber>(document.span(node), bare, "a number stands here, as in 250, 2.5 or 1e25");
    return std::nullopt;
  }

  bool read_mapping(NodeId mapping) {
    if (!is_number(field_.type)) return read_time_range(mapping);
    const auto keys = keys_at(context_, mapping, {"amount", "between", "about", "percent", "unit"}, "an amount");
    bool sound = keys.sound;
    std::optional<std::size_t> form;
    for (std::size_t i = 0; i < 3; ++i) {
      if (!keys[i]) continue;
      if (form) {
        clash(keys, *form, i);
        return false;
      }
      form = i;
    }
    if (!form) {
      if (sound) context_.problems.add<Kind::MissingKey>(context_.document.span(mapping), "an amount", "amount");
      return false;
    }
    if (keys[3] && *form != 2) {
      clash(keys, *form, 3);
      sound = false;
    }
    std::optional<UnitId> unit;
    if (keys[4]) {
      const auto text = text_at(context_, *keys[4], "unit");
      if (!text) {
        sound = false;
      } else if (!field_.unit) {
        sound = unit_not_wanted({*keys[4], *text});
      } else if (!(unit = unit_at({*keys[4], *text}))) {
        sound = false;
      } else {
        unit_text_ = " " + std::string(*text);
      }
    } else if (field_.unit && keys.sound) {
      const auto number = context_.document.is_scalar(*keys[*form]) ? context_.document.text(*keys[*form]) : "A";
      unit_missing(context_.document.span(mapping), number);
      sound = false;
    }
    const auto scaled = [&](const Number& number) { return unit ? to_base(number, *unit) : number; };
    switch (*form) {
      case 0: return read_amount_of(*keys[0], scaled, sound);
      case 1: return read_between_of(*keys[1], scaled, sound);
      default: return read_about_of(keys, mapping, scaled, sound);
    }
  }

  void clash(const Keys& keys, std::size_t first, std::size_t second) {
    report_clash(context_, *keys.keys[first], *keys.keys[second]);
  }

  template <class Scaled>
  bool read_amount_of(NodeId node, const Scaled& scaled, bool sound) {
    const auto number = lone_number(node, "amount");
    if (!number) return false;
    const Piece piece{node, context_.document.text(node)};
    const Number value = scaled(*number);
    if (!accept(value, piece) || !sound) return false;
    state_.low = state_.high = value;
    state_.written = std::string(piece.text) + unit_text_;
    return true;
  }

  // The two nodes of a list of two, else a report.
  std::optional<std::pair<NodeId, NodeId>> two_of(NodeId list) {
    if (context_.document.is_sequence(list) && context_.document.node(list).count == 2) {
      auto at = context_.document.items(list).begin();
      const NodeId first = *at;
      ++at;
      return std::pair(first, *at);
    }
    if (!reports_nothing(context_, list, "between", "write `[A, B]`"))
      context_.problems.add<Kind::WantedList>(context_.document.span(list), "between", "[A, B]");
    return std::nullopt;
  }

  template <class Scaled>
  bool read_between_of(NodeId list, const Scaled& scaled, bool sound) {
    const auto ends = two_of(list);
    if (!ends) return false;
    const auto low = lone_number(ends->first, "between"), high = lone_number(ends->second, "between");
    if (!low || !high) return false;
    const Piece first{ends->first, context_.document.text(ends->first)}, second{ends->second, context_.document.text(ends->second)};
    const bool low_fits = accept(scaled(*low), first);
    if (!accept(scaled(*high), second) || !low_fits || !sound) return false;
    state_.written = "between " + std::string(first.text) + " and " + std::string(second.text) + unit_text_;
    return set_range(scaled(*low), scaled(*high), first, second, list);
  }

  template <class Scaled>
  bool read_about_of(const Keys& keys, NodeId mapping, const Scaled& scaled, bool sound) {
    if (!keys[3]) {
      context_.problems.add<Kind::MissingKey>(context_.document.span(mapping), "an estimate", "percent");
      return false;
    }
    const auto value = lone_number(*keys[2], "about"), percent = lone_number(*keys[3], "percent");
    if (!value || !percent || !sound) return false;
    const Piece value_piece{*keys[2], context_.document.text(*keys[2])}, percent_piece{*keys[3], context_.document.text(*keys[3])};
    state_.written = "about " + std::string(value_piece.text) + unit_text_ + " ± " + std::string(percent_piece.text) + " %";
    return set_estimate(scaled(*value), *percent, value_piece, percent_piece);
  }

  // ---- dates and moments ---------------------------------------------------------------------------------------------

  std::optional<Number> time_at(const Piece& piece) {
    const auto failed = [&](const DateError& error, std::string_view what) {
      auto span = span_of(context_, piece);
      if (span.end - span.begin == piece.text.size() && error.at < piece.text.size() && error.kind != DateError::Kind::Shape)
        span.begin += static_cast<std::uint32_t>(error.at);
      context_.problems.add<Kind::CaseDate>(span, shown(piece.text), what, explain(error));
    };
    if (field_.type == FieldType::Date) {
      const auto date = parse_date(piece.text);
      if (date) return Number(date->days);
      failed(date.error(), "a date");
    } else {
      const auto moment = parse_moment(piece.text);
      if (moment) return Number(moment->minutes);
      failed(moment.error(), "a moment");
    }
    return std::nullopt;
  }

  bool read_times(NodeId value) {
    const auto style = context_.document.node(value).style;
    if (style != ScalarStyle::Plain && style != ScalarStyle::Quoted) return wrong(value);
    const Piece whole{value, context_.document.text(value)};
    const bool digits = !whole.text.empty() && whole.text.front() >= '0' && whole.text.front() <= '9';
    if (whole.text.starts_with("between ")) {
      const auto ends = split_ends(whole.text);
      if (!ends) {
        context_.problems.add<Kind::RangeForm>(span_of(context_, whole), "a range", "`between A and B`");
        return false;
      }
      return set_times({value, ends->first}, {value, ends->second}, value);
    }
    if (!digits) return wrong(value);
    const auto time = time_at(whole);
    if (!time) return false;
    state_.low = state_.high = *time;
    state_.written = whole.text;
    return true;
  }

  bool set_times(const Piece& first, const Piece& second, NodeId whole) {
    const auto low = time_at(first), high = time_at(second);
    if (!low || !high) return false;
    state_.written = "between " + std::string(first.text) + " and " + std::string(second.text);
    return set_range(*low, *high, first, second, whole);
  }

  bool read_time_range(NodeId mapping) {
    const auto keys = keys_at(context_, mapping, {"between"}, "a range of dates");
    if (!keys[0]) return keys.sound ? wrong(mapping) : false;
    const auto ends = two_of(*keys[0]);
    if (!ends || !keys.sound) return false;
    const auto first = text_at(context_, ends->first, "between"), second = text_at(context_, ends->second, "between");
    if (!first || !second) return false;
    return set_times({ends->first, *first}, {ends->second, *second}, *keys[0]);
  }

  Context& context_;
  const model::Field& field_;
  FieldState& state_;
  std::string unit_text_;  // behind a number in `written`
};

}  // namespace

bool read_quantity(Context& context, const model::Field& field, NodeId value, FieldState& state) {
  return QuantityReader(context, field, state).read(value);
}

}  // namespace onus::facts
