#include "evaluate/particulars.hpp"

#include <algorithm>
#include <set>

#include "evaluate/deadlines.hpp"

namespace onus::evaluate {

using solve::ExpressionStore;

namespace {

class Particulars {
 public:
  Particulars(Lens& lens, const Question& question, model::ProvisionId id, BindingId row, std::optional<EntityIndex> bearer,
              NormVerdict& verdict)
      : lens_(lens),
        question_(question),
        day_(lens.day()),
        world_(day_.world()),
        g_(day_.grounder()),
        model_(*world_.program().model),
        id_(id),
        provision_(model_.provisions[id]),
        roots_(world_.program().of(id)),
        row_(row),
        bearer_(bearer),
        verdict_(verdict) {}

  void add() {
    for (const auto& towards : provision_.towards) verdict_.towards.emplace_back(text_of(towards.who), towards.on_request);
    for (const auto who : provision_.enforced_by) verdict_.enforced_by.push_back(text_of(who));
    add_limits();
    add_dues();
    add_amount();
    const auto later = [&](std::optional<Date>& date, std::optional<Date> other) {
      if (other && (!date || *other > *date)) date = other;
    };
    if (provision_.part) later(verdict_.enforceable_from, model_.parts[*provision_.part].enforceable_from);
    later(verdict_.enforceable_from, provision_.enforceable_from);
    if (verdict_.verdict == Verdict::Applies) {
      auto& timeline = lens_.timeline(question_);
      verdict_.applies_from = timeline.since();
      add_status(timeline);
    }
  }

  // A prohibition is breached by what was done on a day on which it applied, whether or not it applies today.
  void add_breach() {
    if (provision_.kind != model::ProvisionKind::Prohibition) return;
    const auto acts = performances();
    if (acts.empty()) return;
    auto& timeline = lens_.timeline(question_);
    const auto breached = [&](Date day) { return timeline.certainly_on(day); };
    if (std::any_of(acts.begin(), acts.end(), breached)) verdict_.status = Status::Breached;
  }

 private:
  std::string text_of(model::ExprId id) {
    const auto& expr = model_.exprs[id];
    switch (expr.kind) {
      case model::ExprKind::Text: return expr.text;
      case model::ExprKind::Authority: return "the " + model_.authorities[expr.authority].name;
      case model::ExprKind::Entity: {
        const auto ends = g_.follow(expr.path, row_);
        if (ends.size() == 1 && ends.front().guard.is_true()) {
          const auto name = world_.name_with_kind(ends.front().entity);
          return world_.is_implied(ends.front().entity) || !world_.the_case().entities[ends.front().entity].named ? name : "the " + name;
        }
        return model_.text_of(expr.path, provision_.variables);
      }
      default: return {};
    }
  }

  void add_limits() {
    for (std::size_t i = 0; i < provision_.limits.size(); ++i) {
      const auto condition = g_.trace(g_.formula(roots_.limits[i], row_, provision_.variables)).value;
      const auto core = day_.core_of(condition);
      LimitVerdict limit;
      std::size_t possible = 0;
      for (std::size_t each = 0; each < core.size(); ++each) {
        if (!day_.possible(core[each])) continue;
        ++possible;
        limit.verdict = each == 0 ? Verdict::Applies : each == 1 ? Verdict::DoesNotApply : Verdict::Undetermined;
      }
      if (possible > 1) limit.verdict = Verdict::Depends;
      if (limit.verdict == Verdict::DoesNotApply) continue;
      if (provision_.limits[i].to) limit.to = text_of(*provision_.limits[i].to);
      verdict_.limits.push_back(std::move(limit));
    }
  }

  // A date in pieces: decided, absent in every completion, or open with what it depends on.
  struct Trigger {
    std::optional<Date> date, earliest, latest;
    std::optional<Moment> moment;
    bool open = false;
  };

  // Moments count minutes: their day is theirs.
  static std::optional<Date> as_date(const Number& number, bool moments) {
    const auto days = (moments ? (number / Number(Moment::per_day)).floor() : number).to_int64();
    if (!days || *days < 0 || *days > Date::last_day) return std::nullopt;
    return Date{static_cast<std::int32_t>(*days)};
  }

  Trigger trigger(const formula::Pieces& pieces, bool moments) {
    Trigger result;
    std::set<std::pair<std::optional<Date>, std::optional<Date>>> ranges;
    bool bounded = true;
    auto somewhere = solve::false_expr;
    std::optional<std::int64_t> minutes;
    for (const auto& piece : g_.pieces(pieces, row_, provision_.variables)) {
      if (!day_.possible(piece.guard)) continue;
      somewhere = day_.store().or_(somewhere, piece.guard);
      if (piece.form.is_constant()) {
        const auto date = as_date(piece.form.constant(), moments);
        if (moments) minutes = piece.form.constant().to_int64();
        ranges.emplace(date, date);
        continue;
      }
      // One date that the case gives as a range has its ends.
      const auto terms = piece.form.terms();
      const auto& domain = day_.store().domain(terms.front().variable);
      if (terms.size() == 1 && terms.front().coefficient == Number(1) && domain.lower && domain.upper &&
          domain.upper->value < Number(moments ? Moment::last().minutes : Date::last_day)) {
        ranges.emplace(as_date(domain.lower->value + piece.form.constant(), moments), as_date(domain.upper->value + piece.form.constant(), moments));
      } else {
        bounded = false;
      }
      note(piece.form);
    }
    if (somewhere.is_false()) return result;
    const bool always = day_.certain(somewhere);
    if (bounded && always && ranges.size() == 1 && ranges.begin()->first == ranges.begin()->second) {
      result.date = ranges.begin()->first;
      if (minutes) result.moment = Moment{*minutes};
      return result;
    }
    result.open = true;
    const auto support = day_.store().support(somewhere);
    for (const auto b : support.booleans) depends_.insert(world_.fact_of(b));
    for (const auto r : support.reals) depends_.insert(world_.fact_of(r));
    if (bounded && always) {
      for (const auto& [low, high] : ranges) {
        if (!result.earliest || low < result.earliest) result.earliest = low;
        if (!result.latest || high > result.latest) result.latest = high;
      }
    }
    return result;
  }

  void note(const solve::LinearForm& form) {
    // A date that was moved is a number of its own: what it is moved from is in its definition.
    for (const auto& term : form.terms()) {
      depends_.insert(world_.fact_of(term.variable));
      for (const auto says : world_.definitions().of(term.variable)) {
        const auto support = day_.store().support(world_.definitions().with_definitions(says));
        for (const auto b : support.booleans) depends_.insert(world_.fact_of(b));
        for (const auto r : support.reals) depends_.insert(world_.fact_of(r));
      }
    }
  }

  // What moves the day is which days are holidays, and no text names them.
  [[nodiscard]] bool lacks_calendar(const model::Due& due) const {
    if (due.kind != model::Due::Kind::Within && due.kind != model::Due::Kind::For && due.kind != model::Due::Kind::Every) return false;
    if (due.period.unit == Period::Unit::BusinessDays) return true;
    return due.kind != model::Due::Kind::Every && due.period.unit != Period::Unit::Hours && moves_on(model_, provision_);
  }

  std::optional<Date> due_on(const model::Due& due, std::optional<Date> event) const {
    if (!event) return std::nullopt;
    if (due.kind == model::Due::Kind::Every) return next_turn(due.period, *event, lens_.as_of());
    return last_day_in_time(model_, provision_, due, *event);
  }

  void add_dues() {
    for (std::size_t i = 0; i < provision_.dues.size(); ++i) {
      const auto& due = provision_.dues[i];
      DueDate result;
      result.kind = due.kind;
      if (due.expr) {
        const auto when = trigger(roots_.dues[i], model_.type_of(*due.expr) == model::ExprType::Moment);
        result.date = due_on(due, when.date);
        if (when.moment && (due.kind == model::Due::Kind::Within || due.kind == model::Due::Kind::For)) {
          result.moment = last_moment_in_time(model_, provision_, due, *when.moment);
          if (result.moment) result.date = result.moment->date();
        } else {
          result.moment = when.moment;
        }
        result.earliest = due_on(due, when.earliest);
        result.latest = due_on(due, when.latest);
        // The next turn of a later event may come earlier: a range of events makes none of turns.
        if (due.kind == model::Due::Kind::Every) {
          result.earliest = result.latest = std::nullopt;
          result.counted_from = when.date;
          result.period = due.period;
        }
        if (result.earliest && result.earliest == result.latest) {   // whichever it is
          result.date = result.earliest;
          result.earliest = result.latest = std::nullopt;
        }
        result.lacks_calendar = lacks_calendar(due) && (result.date || result.earliest || result.latest);
      }
      verdict_.when.push_back(std::move(result));
    }
    verdict_.due_depends_on = taken_open();
  }

  // The facts noted since the last time, in order.
  std::vector<OpenFact> taken_open() {
    std::vector<OpenFact> result;
    std::vector<const Fact*> noted(depends_.begin(), depends_.end());
    std::erase(noted, nullptr);
    World::put_in_order(noted);
    for (const auto* fact : noted) {
      OpenFact open;
      const auto& being = world_.being(fact->entity);
      open.subject = {being.kind, being.name, being.listed};
      open.field = fact->field;
      open.year = fact->year;
      open.text = world_.text_of(*fact);
      open.unanswerable = bearer_ && world_.is_unknowable_to(*fact, *bearer_);
      result.push_back(std::move(open));
    }
    depends_.clear();
    return result;
  }

  void note_all(Expr e) {
    const auto support = day_.store().support(e);
    for (const auto b : support.booleans) depends_.insert(world_.fact_of(b));
    for (const auto r : support.reals) depends_.insert(world_.fact_of(r));
  }

  // The most that a penalty may be: an amount, or the least and the greatest that it may be, as far as there are such.
  void add_amount() {
    if (!provision_.at_most) return;
    Ceiling ceiling;
    ceiling.unit = *model_.exprs[*provision_.at_most].unit;
    ceiling.per = provision_.per;
    auto somewhere = solve::false_expr;
    bool low_known = true, high_known = true;
    const auto pieces = g_.pieces(roots_.at_most, row_, provision_.variables);
    for (const auto& piece : pieces) {
      if (!day_.possible(piece.guard)) continue;
      somewhere = day_.store().or_(somewhere, piece.guard);
      if (!piece.guard.is_true()) note_all(piece.guard);
      auto [low, high] = bounds_of(piece.form);
      // `the higher of` this and an amount that is known: where this is taken, it is more than that.
      for (const auto& other : pieces) {
        if (piece.form.is_constant() || !other.form.is_constant()) continue;
        const auto& border = other.form.constant();
        const auto beyond = [&](const solve::LinearForm& form) { return day_.possible(day_.store().and_(piece.guard, day_.store().is_positive(form))); };
        if ((!low || *low < border) && !beyond(other.form - piece.form)) low = border;
        if ((!high || border < *high) && !beyond(piece.form - other.form)) high = border;
      }
      low_known = low_known && low;
      high_known = high_known && high;
      if (low && (!ceiling.low || *low < *ceiling.low)) ceiling.low = low;
      if (high && (!ceiling.high || *ceiling.high < *high)) ceiling.high = high;
      if (!piece.form.is_constant()) note(piece.form);
    }
    if (!low_known) ceiling.low.reset();
    if (!high_known) ceiling.high.reset();
    if (!day_.certain(somewhere)) {
      note_all(somewhere);
      ceiling.always = false;
    }
    if (ceiling.low && ceiling.high && *ceiling.low == *ceiling.high) {   // whichever piece it is
      depends_.clear();
      if (!ceiling.always) note_all(somewhere);
    }
    ceiling.depends_on = taken_open();
    verdict_.at_most = std::move(ceiling);
  }

  // The least and the greatest value of a form by the ranges of what is in it.
  std::pair<std::optional<Number>, std::optional<Number>> bounds_of(const solve::LinearForm& form) const {
    std::optional<Number> low = form.constant(), high = form.constant();
    for (const auto& term : form.terms()) {
      const auto& domain = day_.store().domain(term.variable);
      const auto& lower = term.coefficient.sign() > 0 ? domain.lower : domain.upper;
      const auto& upper = term.coefficient.sign() > 0 ? domain.upper : domain.lower;
      low = low && lower ? std::optional(*low + term.coefficient * lower->value) : std::nullopt;
      high = high && upper ? std::optional(*high + term.coefficient * upper->value) : std::nullopt;
    }
    return {low, high};
  }

  // The days up to today on which the case says that the row's act was performed.
  std::vector<Date> performances() const {
    std::vector<Date> days;
    const auto& done = world_.the_case().done;
    if (!done) return days;
    for (const auto& each : *done) {
      if (each.on <= lens_.as_of() && is_of_row(each, id_, verdict_)) days.push_back(each.on);
    }
    return days;
  }

  // Whichever its last day is.
  Expr violated() {
    const auto& proposition = g_.proposition(question_.proposition(day_));
    const auto match = proposition.instances.empty() ? solve::true_expr : g_.instance(proposition.instances.front()).match;
    return g_.violated_in(id_, row_, match, bearer_, question_.row_object);
  }

  // Only dated deadlines can be missed, and one is enough; where performance is not known, nothing is overdue.
  void add_status(Timeline& timeline) {
    if (provision_.kind != model::ProvisionKind::Duty && provision_.kind != model::ProvisionKind::Prohibition) return;
    verdict_.status = Status::Open;
    bool missed = false;
    bool open = false;      // a last day that is not known
    bool goes_on = false;   // what is owed again and again is never over
    for (std::size_t i = 0; i < verdict_.when.size(); ++i) {
      const auto& due = verdict_.when[i];
      goes_on = goes_on || due.kind == model::Due::Kind::Continuously || due.kind == model::Due::Kind::Every ||
                due.kind == model::Due::Kind::OnRequest || due.kind == model::Due::Kind::For;
      if (!is_dated(provision_.dues[i])) continue;
      open = open || !due.date;
      if (due.date) {
        verdict_.status = Status::Due;
        // Missed only if it applied on the day on which it was due.
        missed = missed || (*due.date < lens_.as_of() && timeline.certainly_on(*due.date));
      } else if (due.earliest && due.latest && *due.latest < lens_.as_of()) {
        // Whichever day it was, it is over; and it applied on all of them.
        missed = missed || !verdict_.applies_from || *verdict_.applies_from <= *due.earliest;
      }
    }
    if (provision_.kind == model::ProvisionKind::Prohibition) return;
    const auto fulfilled = g_.fulfilled(id_, bearer_, question_.row_object, row_);
    const bool done = world_.the_case().done && !performances().empty();
    if (done || day_.certain(fulfilled)) {
      if (verdict_.status == Status::Due || missed || !goes_on) verdict_.status = Status::Met;
    } else if (world_.the_case().done && ((missed && !day_.possible(fulfilled)) || (open && day_.certain(violated())))) {
      verdict_.status = Status::Overdue;
    }
  }

  Lens& lens_;
  const Question& question_;
  Context& day_;
  World& world_;
  Grounder& g_;
  const model::Model& model_;
  model::ProvisionId id_;
  const model::Provision& provision_;
  const formula::Roots& roots_;
  BindingId row_;
  std::optional<EntityIndex> bearer_;
  NormVerdict& verdict_;
  std::set<const Fact*> depends_;
};

}  // namespace

std::optional<Date> next_turn(const Period& period, Date event, Date on_or_after) {
  if (period.unit == Period::Unit::Hours || period.count <= 0) return std::nullopt;
  const auto turn = [&](std::int64_t count) { return deadline_within(Period{period.unit, period.count * count}, event); };
  std::int64_t low = 1, high = 1;   // the turns grow with their number
  for (auto date = turn(high); date && *date < on_or_after; date = turn(high)) {
    low = high + 1;
    high *= 2;
  }
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    const auto date = turn(middle);
    if (!date || *date >= on_or_after) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return turn(low);
}

bool is_of_row(const facts::Done& done, model::ProvisionId provision, const NormVerdict& row) {
  if (done.provision != provision) return false;
  if (done.bearer.is_valid() ? !row.bearer || row.bearer->entity != done.bearer : row.bearer.has_value()) return false;
  if (done.object && (!row.object || row.object->entity != *done.object)) return false;
  // Both lists have the row's further entities, in the order of its variables.
  return std::equal(done.others.begin(), done.others.end(), row.about.begin(), row.about.end(),
                    [](const facts::RowEntity& other, const Subject& subject) { return subject.entity == other.entity; });
}

void add_particulars(Lens& lens, const Question& question, model::ProvisionId provision, BindingId row,
                     std::optional<EntityIndex> bearer, NormVerdict& verdict) {
  Particulars particulars(lens, question, provision, row, bearer, verdict);
  if (verdict.verdict != Verdict::DoesNotApply && verdict.verdict != Verdict::NoLonger) particulars.add();
  particulars.add_breach();
}

}  // namespace onus::evaluate
