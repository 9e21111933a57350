#include <algorithm>
#include <map>

#include "graph/scheme.hpp"
#include "graph/witness.hpp"
#include "report/graph.hpp"

namespace onus::reports {

namespace {

using graph::FactInfo;
using graph::Graph;
using graph::NodeId;
using graph::Variable;

class Words {
 public:
  Words(graph::Schemes& schemes, const Graph& graph)
      : slots_(schemes.slots()), model_(slots_.model()), expressions_(graph.expressions()) {}

  std::string asks(const Variable& variable) const {
    if (variable.boolean) return slots_.info(variable.truth)->text;
    const auto& terms = expressions_.form(variable.form).terms;
    if (terms.size() == 1) return slots_.info(terms.front().variable)->text;
    // Several amounts: what is positive on the left, what is negative behind "less".
    std::string text, less;
    for (const auto& term : terms) {
      const bool negative = term.coefficient.sign() < 0;
      const Number times = term.coefficient.abs();
      std::string& side = negative ? less : text;
      if (!side.empty()) side += " + ";
      side += (times == Number(1) ? "" : to_text(times) + " × ") + slots_.info(term.variable)->text;
    }
    if (less.empty()) return text;
    if (!text.empty() && is_comparison(variable)) return text + ", against " + less;
    return text.empty() ? "0 − (" + less + ")" : text + " − " + (less.find(" + ") != std::string::npos ? "(" + less + ")" : less);
  }

  Asked of(const Variable& variable) const {
    if (variable.boolean) return kind(*slots_.info(variable.truth));
    Asked result = Asked::Fact;
    for (const auto& term : expressions_.form(variable.form).terms) {
      const Asked each = kind(*slots_.info(term.variable));
      if (result == Asked::Fact || each == Asked::Computed) result = each;
    }
    return result;
  }

  // The cells [begin, end) of a variable.
  std::string when(const Variable& variable, std::uint32_t begin, std::uint32_t end) const {
    if (variable.boolean) return begin == 0 ? "no" : "yes";
    const auto& terms = expressions_.form(variable.form).terms;
    const FactInfo& info = *slots_.info(terms.front().variable);
    if (terms.size() == 1) {
      if (info.kind == FactInfo::Kind::Reading) return readings(variable, info, begin, end);
      if (info.kind == FactInfo::Kind::Field && model_.fields[info.field].type == model::FieldType::OneOf)
        return members(variable, info, begin, end);
    }
    if (is_comparison(variable)) return compared(variable, begin, end, is_day(info));
    return range(variable, begin, end, terms.size() == 1 ? &info : nullptr);
  }

 private:
  bool is_day(const FactInfo& info) const {
    return info.kind == FactInfo::Kind::Today || info.day ||
           (info.kind == FactInfo::Kind::Field && model_.fields[info.field].type == model::FieldType::Date);
  }

  // Two sides that are held against each other, and no number besides. Of whole amounts "above 0" is "at least 1".
  bool is_comparison(const Variable& variable) const {
    const auto& form = expressions_.form(variable.form);
    bool positive = false, negative = false;
    for (const auto& term : form.terms) (term.coefficient.sign() < 0 ? negative : positive) = true;
    return positive && negative && std::all_of(variable.cuts.begin(), variable.cuts.end(), [&](const graph::Cut& cut) {
             return cut.threshold == Number(0) || (form.integer && !cut.strict && cut.threshold == Number(1));
           });
  }

  std::string compared(const Variable& variable, std::uint32_t begin, std::uint32_t end, bool day) const {
    const auto above = [](const graph::Cut& cut) { return cut.strict || cut.threshold == Number(1); };   // behind "equal"
    const bool low = begin > 0, high = end <= variable.cuts.size();
    const bool from_above = low && above(variable.cuts[begin - 1]), to_above = high && above(variable.cuts[end - 1]);
    if (low && high) return day ? "the same day" : "equal";
    if (low) return from_above ? (day ? "later" : "more") : (day ? "the same day or later" : "as much or more");
    return to_above ? (day ? "the same day or earlier" : "as much or less") : (day ? "earlier" : "less");
  }

  static Asked kind(const FactInfo& info) {
    switch (info.kind) {
      case FactInfo::Kind::Field:
      case FactInfo::Kind::Exists:
      case FactInfo::Kind::Judged:
      case FactInfo::Kind::Answered:
      case FactInfo::Kind::Same:
      case FactInfo::Kind::CannotKnow: return Asked::Fact;
      case FactInfo::Kind::Conclusion: return Asked::Conclusion;
      case FactInfo::Kind::Computed: return Asked::Computed;
      case FactInfo::Kind::Reading:
      case FactInfo::Kind::Choice: return Asked::Choice;
      case FactInfo::Kind::Today: return Asked::Day;
    }
    return Asked::Fact;
  }

  // Whole numbers in the cells of a variable that stands for one of several: cuts are "at least n".
  static std::pair<std::size_t, std::size_t> whole(const Variable& variable, std::uint32_t begin, std::uint32_t end, std::size_t count) {
    const auto at = [&](std::uint32_t cut) {
      return static_cast<std::size_t>(variable.cuts[cut].threshold.to_int64().value_or(0));
    };
    return {begin == 0 ? 0 : at(begin - 1), end > variable.cuts.size() ? count : at(end - 1)};
  }

  std::string members(const Variable& variable, const FactInfo& info, std::uint32_t begin, std::uint32_t end) const {
    const auto& names = model_.fields[info.field].members;
    const auto [first, last] = whole(variable, begin, end, names.size());
    std::string text;
    for (std::size_t i = first; i < last; ++i) text += (text.empty() ? "" : " or ") + names[i];
    return text;
  }

  std::string readings(const Variable& variable, const FactInfo& info, std::uint32_t begin, std::uint32_t end) const {
    const auto& all = model_.provisions[info.provision].readings;
    const auto [first, last] = whole(variable, begin, end, all.size() + 1);
    std::string text;
    for (std::size_t i = first; i < last; ++i) text += (text.empty() ? "" : " or ") + (i == 0 ? "main" : all[i - 1].name);
    return text;
  }

  std::string amount(const Number& number, const FactInfo* info) const {
    if (info == nullptr) return to_text(number);
    bool date = info->kind == FactInfo::Kind::Today;
    std::optional<UnitId> unit = info->unit;
    date = date || info->day;
    if (info->kind == FactInfo::Kind::Field) {
      const auto& field = model_.fields[info->field];
      date = field.type == model::FieldType::Date;
      if (field.type == model::FieldType::Moment)
        if (const auto minutes = number.to_int64()) return to_text(Moment{*minutes});
      unit = field.unit;
    }
    if (date)
      if (const auto days = number.to_int64(); days && *days >= 0 && *days <= Date::last_day)
        return to_text(Date{static_cast<std::int32_t>(*days)});
    return to_text(number) + (unit ? " " + std::string(unit_name(*unit, number)) : "");
  }

  std::string range(const Variable& variable, std::uint32_t begin, std::uint32_t end, const FactInfo* info) const {
    const bool day = info != nullptr && is_day(*info);
    const graph::Cut* const low = begin == 0 ? nullptr : &variable.cuts[begin - 1];
    const graph::Cut* const high = end > variable.cuts.size() ? nullptr : &variable.cuts[end - 1];
    if (low != nullptr && high != nullptr && !low->strict && high->strict && low->threshold == high->threshold)
      return "exactly " + amount(low->threshold, info);
    std::string text;
    if (low != nullptr)
      text = (low->strict ? (day ? "after " : "above ") : (day ? "from " : "at least ")) + amount(low->threshold, info);
    if (high != nullptr)
      text += (text.empty() ? "" : " and ") + std::string(high->strict ? (day ? "until " : "at most ") : (day ? "before " : "below ")) +
              amount(high->threshold, info);
    return text;
  }

  const graph::Slots& slots_;
  const model::Model& model_;
  const solve::ExpressionStore& expressions_;
};

// Nodes by levels, then in order of a walk: parents first.
void draw(PicturePart& part, Graph& graph, graph::Schemes& schemes, NodeId root) {
  const auto& store = graph.store();
  const Words words(schemes, graph);
  std::vector<NodeId> order;
  std::map<std::uint32_t, std::uint32_t> place;
  const auto visit = [&](NodeId id) {
    if (!id.is_terminal() && place.try_emplace(id.index, static_cast<std::uint32_t>(order.size())).second) order.push_back(id);
  };
  visit(root);
  for (std::size_t at = 0; at < order.size(); ++at)
    for (const auto& edge : store.edges(order[at])) visit(edge.to);
  const auto target = [&](NodeId id) {
    const auto leaves = static_cast<std::uint32_t>(order.size());
    return id.is_true() ? leaves : id.is_false() ? leaves + 1 : place.at(id.index);
  };
  part.root = target(root);
  for (const NodeId id : order) {
    const Variable& variable = graph.variable_at(store.level(id));
    PictureNode node;
    node.asks = words.asks(variable);
    node.of = words.of(variable);
    part.free_terms = part.free_terms || node.of == Asked::Computed;
    // Edges to one place are one: "small or large".
    std::uint32_t begin = 0;
    for (const auto& edge : store.edges(id)) {
      const std::uint32_t to = target(edge.to);
      std::string when = words.when(variable, begin, edge.end);
      begin = edge.end;
      auto same = node.edges.begin();
      while (same != node.edges.end() && same->to != to) ++same;
      if (same == node.edges.end()) {
        node.edges.push_back({std::move(when), to});
      } else {
        same->when += ", or " + when;
      }
    }
    part.nodes.push_back(std::move(node));
  }
}

}  // namespace

std::string_view word(Asked asked) {
  switch (asked) {
    case Asked::Fact: return "fact";
    case Asked::Conclusion: return "conclusion";
    case Asked::Computed: return "computed";
    case Asked::Choice: return "choice";
    case Asked::Day: return "day";
  }
  return {};
}

std::size_t Picture::nodes() const {
  std::size_t sum = 0;
  for (const auto& part : parts) sum += part.nodes.size();
  return sum;
}

bool has_graph(const model::Provision& provision) {
  return model::is_norm(provision.kind) || provision.kind == model::ProvisionKind::Definition ||
         provision.kind == model::ProvisionKind::Presumption;
}

Picture picture(const formula::Program& program, const std::vector<model::ProvisionId>& provisions, const PictureOptions& options) {
  Picture result;
  const auto& model = *program.model;
  graph::Budget budget;
  budget.nodes = options.nodes;
  budget.steps = options.steps;
  graph::SchemeOptions scheme_options;
  scheme_options.as_of = options.as_of;
  scheme_options.parameters = &options.parameters;
  scheme_options.expand = false;
  for (const auto id : provisions) {
    const auto& provision = model.provisions[id];
    PicturePart part;
    part.provision = id;
    part.name = model.name_of(id);
    part.kind = model::word(provision.kind);
    part.title = provision.title;
    for (const auto& citation : provision.citations) part.cites.push_back(citation.text);
    solve::ExpressionStore store;
    graph::Schemes schemes(program, store, scheme_options);
    const auto row = schemes.row_of(id);
    const solve::Expr fires = schemes.contribution(id, row).fires;
    const std::string said = schemes.slots().row_text(provision.holder, row, provision.variables);
    if (model::is_norm(provision.kind)) {
      part.yes = part.kind + " " + provision.label + " applies";
      part.no = "it does not apply";
    } else {
      part.yes = said + " is ";
      if (provision.predicate) {
        part.yes += (provision.object ? "a " : "") + model.predicates[*provision.predicate].name;
        if (provision.object) part.yes += " of " + schemes.slots().row_text(*provision.object, row, provision.variables);
      } else if (provision.judgement) {
        part.yes += "presumed " + model.fields[*provision.judgement].name;
      }
      part.no = part.name + " does not say so";
    }
    // Only what is said of the variables; assumptions of the text would bring in others that this provision does not ask for.
    Graph graph(store, {fires}, schemes.slots().constraints(), budget);
    const NodeId root = graph::restrict(graph.store(), graph.roots().front(), graph.care());
    part.undecided = root.is_undecided();
    if (part.undecided) {
      part.facts = graph::variables_of(store, graph.partition(), fires);
    } else {
      draw(part, graph, schemes, root);
    }
    result.parts.push_back(std::move(part));
  }
  return result;
}

}  // namespace onus::reports
