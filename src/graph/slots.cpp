#include "graph/slots.hpp"

#include <algorithm>
#include <set>

namespace onus::graph {

using model::Field;
using model::FieldId;
using model::FieldType;
using solve::Expr;
using solve::LinearForm;

namespace {

// The first part of a key: what of a field the variable is.
enum Part : std::uint8_t { value_part, exists_part, answered_part, cannot_part, same_part, reading_part };

std::string with_article(const std::string& noun) {
  return (std::string_view("aeiou").find(noun.empty() ? ' ' : noun.front()) == std::string_view::npos ? "a " : "an ") + noun;
}

solve::Domain domain_of(const Field& field) {
  solve::Domain domain;
  domain.lower = solve::Bound{Number(0), true};
  switch (field.type) {
    case FieldType::Count: domain.integer = true; break;
    case FieldType::Date:
      domain.integer = true;
      domain.upper = solve::Bound{Number(Date::last_day), true};
      break;
    case FieldType::Moment:
      domain.integer = true;
      domain.upper = solve::Bound{Number(Moment::last().minutes), true};
      break;
    default: break;
  }
  return domain;
}

solve::Domain up_to(std::size_t last) {
  solve::Domain domain;
  domain.integer = true;
  domain.lower = solve::Bound{Number(0), true};
  domain.upper = solve::Bound{Number(last), true};
  return domain;
}

}  // namespace

Slots::Slots(const model::Model& model, solve::ExpressionStore& store, std::optional<Date> today)
    : model_(model), store_(store) {
  if (today) {
    today_ = LinearForm(Number(today->days));
  } else {
    FactInfo info;
    info.kind = FactInfo::Kind::Today;
    info.text = "the as-of date";
    today_ = real({value_part, SlotId::no_index, 0, 0, 0}, info, up_to(static_cast<std::size_t>(Date::last_day)));
  }
}

SlotId Slots::row(model::KindId kind, std::uint32_t ordinal) {
  const auto [it, fresh] = slot_index_.try_emplace({SlotId::no_index, kind.index, std::uint8_t{0}, ordinal}, SlotId{});
  if (fresh) it->second = slots_.add(Slot{kind, {}, {}, ordinal});
  return it->second;
}

SlotId Slots::child(SlotId parent, const model::Step& step, model::KindId kind) {
  // Forth and back again along a one-to-one relation is where one was.
  if (step.kind == model::Step::Kind::Field && slots_[parent].parent.is_valid() &&
      slots_[parent].via.kind == model::Step::Kind::Field) {
    const Field& here = model_.fields[step.field];
    const FieldId came_by = slots_[parent].via.field;
    const Field& came = model_.fields[came_by];
    if ((here.type == FieldType::OneInverse && here.inverse_of == came_by) ||
        (came.type == FieldType::OneInverse && came.inverse_of == step.field))
      return slots_[parent].parent;
  }
  const bool is_field = step.kind == model::Step::Kind::Field;
  const auto [it, fresh] = slot_index_.try_emplace(
      {parent.index, kind.index, std::uint8_t{static_cast<std::uint8_t>(is_field ? 1 : 2)},
       is_field ? step.field.index : step.value.index},
      SlotId{});
  if (fresh) it->second = slots_.add(Slot{kind, parent, step, 0});
  return it->second;
}

std::string Slots::text_of(SlotId id) const {
  std::string text;
  for (; slots_[id].parent.is_valid(); id = slots_[id].parent) {
    const auto& via = slots_[id].via;
    text += "the " + (via.kind == model::Step::Kind::Field ? model_.fields[via.field].name : model_.values[via.value].name) + " of ";
  }
  static constexpr std::string_view ordinals[] = {"", "second ", "third ", "fourth "};
  const std::uint32_t ordinal = slots_[id].ordinal;
  text += "the ";
  if (ordinal < 4) text += ordinals[ordinal];
  text += model_.kinds[slots_[id].kind].name;
  if (ordinal >= 4) text += " " + std::to_string(ordinal + 1);
  return text;
}

std::string Slots::row_text(const model::Path& path, const std::vector<SlotId>& row, const std::vector<model::Variable>& variables) const {
  std::string text;
  for (std::size_t i = path.steps.size(); i-- > 0;) {
    const auto& step = path.steps[i];
    text += "the " + (step.kind == model::Step::Kind::Field ? model_.fields[step.field].name : model_.values[step.value].name) + " of ";
  }
  if (!path.root.is_valid()) return text;
  return text + (path.root.index < row.size() ? text_of(row[path.root.index]) : "the " + variables.at(path.root.index).noun);
}

bool Slots::is_beyond(SlotId id) const {
  const model::KindId kind = slots_[id].kind;
  while (slots_[id].parent.is_valid()) {
    id = slots_[id].parent;
    if (slots_[id].kind == kind) return true;
  }
  return false;
}

std::optional<FieldId> Slots::one_inverse_of(FieldId relation) const {
  for (const auto id : model_.fields.ids())
    if (model_.fields[id].type == FieldType::OneInverse && model_.fields[id].inverse_of == relation) return id;
  return std::nullopt;
}

std::optional<Slots::Start> Slots::invert(const model::Path& path, SlotId end, const std::vector<model::Variable>& variables) {
  Start at{end, solve::true_expr};
  for (std::size_t i = path.steps.size(); i-- > 0;) {
    const model::Step& step = path.steps[i];
    // One-to-one: the other way round it is a relation too.
    std::optional<FieldId> back;
    if (step.kind == model::Step::Kind::Field) {
      const Field& field = model_.fields[step.field];
      back = field.type == FieldType::OneInverse ? field.inverse_of : one_inverse_of(step.field);
    }
    if (slots_[at.slot].parent.is_valid() && slots_[at.slot].via == step) {  // that is how it was reached
      at.slot = slots_[at.slot].parent;
      at.only = at.only && back.has_value();
      continue;
    }
    if (!back) return std::nullopt;
    model::Step other;
    other.field = *back;
    at.guard = store_.and_(at.guard, exists(at.slot, *back, 0));
    at.slot = child(at.slot, other, *model_.fields[*back].target);
  }
  if (slots_[at.slot].kind != variables.at(path.root.index).kind) return std::nullopt;
  return at;
}

Expr Slots::boolean(const Key& key, const FactInfo& info) {
  const auto [it, fresh] = known_.try_emplace(key);
  if (fresh) {
    const auto variable = store_.new_boolean();
    of_boolean_.resize(variable.index + 1);
    of_boolean_[variable.index] = info;
    it->second.truth = store_.boolean(variable);
  }
  return it->second.truth;
}

LinearForm Slots::real(const Key& key, const FactInfo& info, const solve::Domain& domain) {
  const auto [it, fresh] = known_.try_emplace(key);
  if (fresh) {
    const auto variable = store_.new_real(domain);
    of_real_.resize(variable.index + 1);
    of_real_[variable.index] = info;
    it->second.boolean = false;
    it->second.form = LinearForm(variable);
  }
  return it->second.form;
}

std::string Slots::text(SlotId slot, FieldId field, std::int32_t year) const {
  return model_.fields[field].name + " of " + text_of(slot) + (year != 0 ? " in " + std::to_string(year) : "");
}

Expr Slots::yes(SlotId slot, FieldId field) {
  FactInfo info;
  info.slot = slot;
  info.field = field;
  info.text = text_of(slot) + " is " + model_.fields[field].name;
  return boolean({value_part, slot.index, field.index, 0, 0}, info);
}

Expr Slots::member(SlotId slot, FieldId id, std::uint32_t member) {
  const Field& field = model_.fields[id];
  FactInfo info;
  info.slot = slot;
  info.field = id;
  info.text = text(slot, id, 0);
  if (field.type == FieldType::AnyOf) {
    info.member = member;
    info.text = field.members.at(member) + " is among the " + info.text;
    return boolean({value_part, slot.index, id.index, member + 1, 0}, info);
  }
  // One of several: one variable with a cell for each.
  const auto form = real({value_part, slot.index, id.index, 0, 0}, info, up_to(field.members.size() - 1));
  return store_.and_(exists(slot, id, 0), store_.is_zero(form - LinearForm(Number(member))));
}

Expr Slots::pair(SlotId slot, FieldId field, SlotId other) {
  FactInfo info;
  info.slot = slot;
  info.other = other;
  info.field = field;
  info.text = text(slot, field, 0) + ": " + text_of(other);
  return boolean({value_part, slot.index, field.index, other.index + 1, 0}, info);
}

Expr Slots::exists(SlotId slot, FieldId id, std::int32_t year) {
  const Field& field = model_.fields[id];
  // Nobody promises that something points here.
  if (!field.optional && field.closing != model::Closing::None && field.type != FieldType::OneInverse) return solve::true_expr;
  FactInfo info;
  info.kind = FactInfo::Kind::Exists;
  info.slot = slot;
  info.field = id;
  info.year = year;
  info.text = text_of(slot) + " has " + with_article(field.name) + (year != 0 ? " in " + std::to_string(year) : "");
  return boolean({exists_part, slot.index, id.index, 0, year}, info);
}

LinearForm Slots::amount(SlotId slot, FieldId field, std::int32_t year) {
  FactInfo info;
  info.slot = slot;
  info.field = field;
  info.year = year;
  info.text = text(slot, field, year);
  return real({value_part, slot.index, field.index, 0, year}, info, domain_of(model_.fields[field]));
}

Slots::Judgement Slots::judgement(SlotId slot, FieldId field) {
  FactInfo info;
  info.kind = FactInfo::Kind::Judged;
  info.slot = slot;
  info.field = field;
  info.text = text_of(slot) + " is " + model_.fields[field].name;
  const Expr truth = boolean({value_part, slot.index, field.index, 0, 0}, info);
  info.kind = FactInfo::Kind::Answered;
  info.text = "whether " + text_of(slot) + " is " + model_.fields[field].name + " has been answered";
  const Expr answered = boolean({answered_part, slot.index, field.index, 0, 0}, info);
  return {truth, store_.and_(answered, truth), store_.and_(answered, solve::ExpressionStore::not_(truth))};
}

Expr Slots::cannot_know(SlotId slot, FieldId id, std::int32_t year, SlotId actor) {
  if (!model_.fields[id].unknowable) return solve::false_expr;
  FactInfo info;
  info.kind = FactInfo::Kind::CannotKnow;
  info.slot = slot;
  info.other = actor;
  info.field = id;
  info.year = year;
  info.text = (actor.is_valid() ? text_of(actor) : std::string("nobody")) + (actor.is_valid() ? " cannot know the " : " can know the ") +
              text(slot, id, year);
  const Key everyone{cannot_part, slot.index, id.index, 0, year};
  if (!actor.is_valid()) return boolean(everyone, info);
  const bool fresh = !known_.contains({cannot_part, slot.index, id.index, actor.index + 1, year});
  const Expr result = boolean({cannot_part, slot.index, id.index, actor.index + 1, year}, info);
  if (fresh) require(store_.implies(cannot_know(slot, id, year, SlotId{}), result));
  return result;
}

Expr Slots::same(SlotId a, SlotId b) {
  if (a == b) return solve::true_expr;
  if (slots_[a].kind != slots_[b].kind) return solve::false_expr;
  if (b < a) std::swap(a, b);
  FactInfo info;
  info.kind = FactInfo::Kind::Same;
  info.slot = a;
  info.other = b;
  info.text = text_of(a) + " is " + text_of(b);
  const Key key{same_part, a.index, b.index, 0, 0};
  if (!known_.contains(key)) identities_.emplace_back(a, b);
  return boolean(key, info);
}

Expr Slots::reading(model::ProvisionId provision, std::uint32_t reading) {
  FactInfo info;
  info.kind = FactInfo::Kind::Reading;
  info.provision = provision;
  info.text = "the reading of " + model_.name_of(provision);
  const auto form =
      real({reading_part, provision.index, 0, 0, 0}, info, up_to(model_.provisions[provision].readings.size()));
  return store_.is_zero(form - LinearForm(Number(reading + 1)));
}

Expr Slots::free_boolean(const std::string& key, FactInfo info) {
  const auto [it, fresh] = free_.try_emplace(key);
  if (fresh) {
    const auto variable = store_.new_boolean();
    of_boolean_.resize(variable.index + 1);
    of_boolean_[variable.index] = std::move(info);
    it->second.truth = store_.boolean(variable);
  }
  return it->second.truth;
}

LinearForm Slots::free_amount(const std::string& key, FactInfo info, const solve::Domain& domain) {
  const auto [it, fresh] = free_.try_emplace(key);
  if (fresh) {
    const auto variable = store_.new_real(domain);
    of_real_.resize(variable.index + 1);
    of_real_[variable.index] = std::move(info);
    it->second.form = LinearForm(variable);
  }
  return it->second.form;
}

const FactInfo* Slots::info(solve::BoolVar variable) const {
  return variable.index < of_boolean_.size() && of_boolean_[variable.index] ? &*of_boolean_[variable.index] : nullptr;
}

const FactInfo* Slots::info(solve::RealVar variable) const {
  return variable.index < of_real_.size() && of_real_[variable.index] ? &*of_real_[variable.index] : nullptr;
}

// One entity under two names: its facts agree, as far as both are spoken of; so do those it leads to; and what is one with
// one of them is one with the other. Grows while it works, by pairs of slots, of which there are finitely many.
void Slots::close_identities() {
  for (std::size_t at = 0; at < identities_.size(); ++at) {
    const auto [a, b] = identities_[at];
    for (std::uint32_t i = 0; i < slots_.size(); ++i) {
      const SlotId x{i};
      if (slots_[x].parent != a) continue;
      for (std::uint32_t j = 0; j < slots_.size(); ++j)
        if (slots_[SlotId{j}].parent == b && slots_[SlotId{j}].via == slots_[x].via)
          require(store_.implies(same(a, b), same(x, SlotId{j})));
    }
    for (std::size_t other = 0; other < at; ++other) {
      const auto [c, d] = identities_[other];
      for (const auto& [shared, x, y] : {std::tuple(a == c, b, d), std::tuple(a == d, b, c), std::tuple(b == c, a, d),
                                         std::tuple(b == d, a, c)})
        if (shared) require(store_.implies(store_.and_(same(a, b), same(c, d)), same(x, y)));
    }
  }
  for (const auto& [a, b] : identities_) {
    const Expr one = same(a, b);
    for (const auto& [key, known] : known_) {
      const auto& [part, slot, field, detail, year] = key;
      if (slot != a.index || part == same_part || part == reading_part) continue;
      const auto other = known_.find({part, b.index, field, detail, year});
      if (other == known_.end()) continue;
      const Expr equal = known.boolean ? store_.iff(known.truth, other->second.truth)
                                       : store_.is_zero(known.form - other->second.form);
      require(store_.implies(one, equal));
    }
  }
}

std::vector<Expr> Slots::constraints() {
  close_identities();
  return constraints_;
}

}  // namespace onus::graph
