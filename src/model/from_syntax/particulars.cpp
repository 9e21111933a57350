// Particulars: the labelled lines below a sentence.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {
namespace {

std::string_view refused_particular(NodeKind kind) {
  switch (kind) {
    case NodeKind::FailingWhich: return "failing which";
    case NodeKind::FulfilledBy: return "fulfilled by";
    case NodeKind::EnforcedBy: return "enforced by";
    case NodeKind::RenamedFrom: return "renamed from";
    default: return {};
  }
}

}  // namespace

// ---- particulars ---------------------------------------------------------------------------------------------------------------

bool Builder::particulars(ProvisionId id, Context& context) {
  const Draft& draft = drafts_[id.index];
  bool ok = true;
  for (const NodeRef node : draft.node.children()) {
    if (node.is_token() || draft.tree->broken(node)) continue;
    ok = particular(node, id, context) && ok;
  }
  return ok;
}

bool Builder::particular(NodeRef node, ProvisionId id, Context& context) {
  Provision& provision = model_.provisions[id];
  const bool of_norm = is_norm(provision.kind);
  const auto misplaced = [&] {
    error<Kind::ParticularNotHere>(keywords_of(node), sources_.text(keywords_of(node)), word(provision.kind));
    return false;
  };
  if (const std::string_view refused = refused_particular(node.kind()); !refused.empty()) {
    error<Kind::NoMeaningYet>(keywords_of(node), refused);
    return false;
  }
  switch (node.kind()) {
    case NodeKind::Towards: {
      if (!of_norm) return misplaced();
      const auto who = expression_in(node);
      if (!who) return false;
      const Typed typed = expression(*who, context);
      if (!typed.ok) return false;
      const bool fits = !typed.is_words && typed.thing.is != Thing::Is::Set &&
                        (typed.type == ExprType::Entity || typed.type == ExprType::Authority || typed.type == ExprType::Text);
      if (!fits) {
        error<Kind::WrongType>(typed.span, describe(typed), "an entity, an authority or a text");
        return false;
      }
      model_.provisions[id].towards.push_back({typed.id, node.has(NodeKind::KwRequest), node.span()});
      return true;
    }
    case NodeKind::LimitedTo: {
      if (!of_norm) return misplaced();
      Limit limit;
      limit.span = node.span();
      bool ok = true;
      if (const auto to = expression_in(node)) {
        const Typed typed = expression(*to, context);
        ok = typed.ok;
        const bool fits = !typed.is_words && typed.thing.is != Thing::Is::Set &&
                          (typed.type == ExprType::Entity || typed.type == ExprType::Text);
        if (ok && !fits) {
          error<Kind::WrongType>(typed.span, describe(typed), "an entity or a text");
          ok = false;
        }
        limit.to = typed.id;
      }
      ok = ifs(node, context, limit.condition) && ok;
      if (ok) model_.provisions[id].limits.push_back(limit);
      return ok;
    }
    case NodeKind::From:
    case NodeKind::Until: {
      const bool from = node.is(NodeKind::From);
      if (is_attacker(provision.kind) || provision.kind == ProvisionKind::Assumption) return misplaced();
      const auto when = expression_in(node);
      if (!when) return false;
      const auto date = expect_type(expression(*when, context), ExprType::Date, "a date", context);
      if (!date) return false;
      std::optional<ExprId>& place = from ? model_.provisions[id].from : model_.provisions[id].until;
      if (place) {
        error<Kind::ParticularTwice>(keywords_of(node), from ? "from" : "until");
        return false;
      }
      place = date->id;
      return true;
    }
    case NodeKind::Due: return of_norm ? due(node, id, context) : misplaced();
    case NodeKind::RebuttedIf: {
      if (provision.kind != ProvisionKind::Presumption) return misplaced();
      const auto inner = condition_in(node);
      if (!inner) return false;
      if (provision.rebutted) {
        error<Kind::ParticularTwice>(keywords_of(node), "rebutted if");
        return false;
      }
      const Cond cond = condition(*inner, context);
      if (cond.ok) model_.provisions[id].rebutted = cond.id;
      return cond.ok;
    }
    case NodeKind::AppliesFrom:
    case NodeKind::EnforceableFrom: {
      const bool applies = node.is(NodeKind::AppliesFrom);
      if (!applies && !of_norm) return misplaced();
      const auto leaf = node.child(NodeKind::Date);
      const auto date = leaf ? date_of(*leaf) : std::nullopt;
      if (!date) return false;
      std::optional<Date>& place = applies ? provision.applies_from : provision.enforceable_from;
      if (place) {
        error<Kind::ParticularTwice>(keywords_of(node), applies ? "applies from" : "enforceable from");
        return false;
      }
      place = date;
      return true;
    }
    case NodeKind::Quote:
      if (const auto string = node.child(NodeKind::String)) provision.quotes.push_back(unquoted(*string));
      return true;
    case NodeKind::Note:
      if (const auto string = node.child(NodeKind::String)) provision.notes.push_back(unquoted(*string));
      return true;
    default: return true;
  }
}

bool Builder::due(NodeRef node, ProvisionId id, Context& context) {
  std::optional<NodeRef> inner = node.child_node();
  if (!inner) return false;
  Due result;
  result.span = inner->span();
  bool wants_period = false;
  switch (inner->kind()) {
    case NodeKind::DueBy: result.kind = Due::Kind::By; break;
    case NodeKind::DueBefore: result.kind = Due::Kind::Before; break;
    case NodeKind::DueWithoutDelay: result.kind = Due::Kind::WithoutDelay; break;
    case NodeKind::DueOnRequest: result.kind = Due::Kind::OnRequest; break;
    case NodeKind::DueContinuously: result.kind = Due::Kind::Continuously; break;
    case NodeKind::DueWithin:
      result.kind = Due::Kind::Within;
      wants_period = true;
      break;
    case NodeKind::DueEvery:
      result.kind = Due::Kind::Every;
      wants_period = true;
      break;
    case NodeKind::DueFor:
      result.kind = Due::Kind::For;
      wants_period = true;
      break;
    default: return false;
  }
  bool ok = true;
  if (wants_period) {
    const auto number = inner->child(NodeKind::Number);
    const auto unit = inner->child(NodeKind::Unit);
    const auto period = number && unit ? period_of(*number, *unit, context) : std::nullopt;
    ok = period.has_value();
    if (period) result.period = *period;
  }
  if (const auto when = expression_in(*inner)) {
    const Typed typed = expression(*when, context);
    if (!typed.ok) return false;
    const bool is_time = !typed.is_words && (typed.type == ExprType::Date || typed.type == ExprType::Moment);
    if (!is_time) {
      error<Kind::WrongType>(typed.span, describe(typed), "a date");
      return false;
    }
    result.expr = typed.id;
  }
  if (ok) model_.provisions[id].dues.push_back(std::move(result));
  return ok;
}

}  // namespace onus::model::from_syntax
