// What was performed, and what is violated in one world (semantics.md § 8).
#include <algorithm>

#include "oracle/world.hpp"

namespace onus::oracle {

using model::Due;
using model::Provision;
using model::ProvisionId;
using model::ProvisionKind;

bool World::follows(ProvisionId id) const {
  return std::any_of(model_.provisions.begin(), model_.provisions.end(), [&](const Provision& norm) {
    return std::find(norm.failing_which.begin(), norm.failing_which.end(), id) != norm.failing_which.end();
  });
}

// On some day up to t.
bool World::performed(ProvisionId norm, Entity bearer, Entity object, const Row* row, Date t) {
  if (const auto& done = universe_.the_case().done) {
    return std::any_of(done->begin(), done->end(), [&](const facts::Done& one) {
      if (one.provision != norm || one.on > t || one.bearer != facts::EntityId{bearer}) return false;
      if (one.object && *one.object != facts::EntityId{object}) return false;
      return row == nullptr || std::all_of(one.others.begin(), one.others.end(), [&](const facts::RowEntity& other) {
        return row->at(other.variable.index) == other.entity.index;
      });
    });
  }
  const Question question{Question::Of::Performed, bearer, norm.index, 0, 0, object, {}};
  if (ask(question, 2) == 0) return false;
  if (days != nullptr) {
    const Date day = days->at(ask({Question::Of::Performed, bearer, norm.index, 1, 0, object, {}}, static_cast<std::uint32_t>(days->size())));
    chosen_days.insert(day);
    return day <= t;
  }
  NumberDomain domain;
  domain.whole = true;
  domain.low = Number(0);
  domain.high = Number(Date::last_day);
  Form day = Form::of(universe_.number_variable(question, domain));
  day.constant -= Number(t.days);
  return !search_.holds(day, Claim::Positive);
}

bool World::fulfilled(const Instance& instance, Entity bearer, Entity object, Date t) {
  for (const model::Fulfilment& way : model_.provisions[instance.provision].fulfilled_by) {
    Frame frame = frame_of(instance, t);
    if (way.condition && !holds(*way.condition, frame)) continue;
    if (way.norm) {
      if (performed(*way.norm, bearer, object, nullptr, t)) return true;
    } else if (model_.type_of(*way.expr) == model::ExprType::Text) {
      return true;
    } else if (auto day = amount(*way.expr, frame)) {
      day->constant -= Number(t.days);
      if (!search_.holds(*day, Claim::Positive)) return true;
    }
  }
  return false;
}

// A norm in one row.
bool World::violated(const Instance& instance, Entity bearer, Entity object, Date t) {
  const Provision& provision = model_.provisions[instance.provision];
  if (provision.kind == ProvisionKind::Prohibition) {
    if (!universe_.the_case().done) throw Unsupported("whether and when a prohibited act was done");
    return std::any_of(universe_.the_case().done->begin(), universe_.the_case().done->end(), [&](const facts::Done& one) {
      if (one.provision != instance.provision || one.on > t || one.bearer != facts::EntityId{bearer}) return false;
      if (one.object && *one.object != facts::EntityId{object}) return false;
      chosen_days.insert(one.on);
      return fires(instance, one.on);
    });
  }
  bool missed = false;
  for (const Due& due : provision.dues) {
    if (due.kind != Due::Kind::By && due.kind != Due::Kind::Before && due.kind != Due::Kind::Within) continue;
    Frame frame = frame_of(instance, t);
    const auto event = amount(*due.expr, frame);
    if (!event) continue;
    if (!event->is_constant()) throw Unsupported("a deadline that is open");
    const Date start{static_cast<std::int32_t>(*event->constant.to_int64())};
    std::optional<Date> last = start;
    if (due.kind == Due::Kind::Before) last = add_days(start, -1);
    if (due.kind == Due::Kind::Within) {
      if (model_.regulations[provision.regulation].shift_to_working_day) throw Unsupported("a deadline that moves to a working day");
      last = deadline_within(due.period, start);
    }
    if (!last) continue;
    chosen_days.insert(*last);
    missed = missed || (*last < t && fires(instance, *last));
  }
  return missed && (fault_ == Fault::Unperformed || !performed(instance.provision, bearer, object, &instance.row, t)) && !fulfilled(instance, bearer, object, t);
}

bool World::violated(ProvisionId norm, Entity bearer, Entity object, Date t) {
  std::vector<Instance> rows;
  add_instances(norm, {Proposition::Of::Norm, norm.index, {}, bearer, object, {}}, t, rows);
  return std::any_of(rows.begin(), rows.end(), [&](const Instance& row) { return violated(row, bearer, object, t); });
}

std::vector<ProvisionId> World::followed(const Instance& instance, Date t) {
  const Provision& provision = model_.provisions[instance.provision];
  Frame frame = frame_of(instance, t);
  const auto bearer = provision.bearer ? end_of(*provision.bearer, frame) : std::nullopt;
  const auto object = provision.object ? end_of(*provision.object, frame) : std::nullopt;
  if (!bearer || !object) throw Unsupported("a penalty without a bearer or an object");
  std::vector<ProvisionId> result;
  for (const ProvisionId id : model_.provisions.ids()) {
    const auto& named = model_.provisions[id].failing_which;
    if (std::find(named.begin(), named.end(), instance.provision) == named.end()) continue;
    if (violated(id, *bearer, *object, t)) result.push_back(id);
  }
  return result;
}

}  // namespace onus::oracle
