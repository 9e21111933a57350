// Particulars: the labelled lines below a sentence.
#include <algorithm>

#include "base/text.hpp"
#include "model/from_syntax/builder.hpp"

namespace onus::model::from_syntax {
namespace {

std::string_view refused_particular(NodeKind kind) {
  switch (kind) {
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
    case NodeKind::Towards:
    case NodeKind::EnforcedBy: {
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
      if (node.is(NodeKind::EnforcedBy)) {
        model_.provisions[id].enforced_by.push_back(typed.id);
      } else {
        model_.provisions[id].towards.push_back({typed.id, node.has(NodeKind::KwRequest), node.span()});
      }
      return true;
    }
    case NodeKind::FailingWhich: {
      if (provision.kind != ProvisionKind::Duty && provision.kind != ProvisionKind::Prohibition) return misplaced();
      return failing_which(node, id);
    }
    case NodeKind::FulfilledBy: return provision.kind == ProvisionKind::Duty ? fulfilled_by(node, id, context) : misplaced();
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

// What follows where the norm is violated. Whether its row fits is seen when all rows are known.
bool Builder::failing_which(NodeRef node, ProvisionId id) {
  const auto ref = node.child(NodeKind::Ref);
  const auto named = ref ? provision_named(*ref, drafts_[id.index].scope) : std::nullopt;
  if (!named) return false;
  const ProvisionKind kind = model_.provisions[*named].kind;
  if (kind != ProvisionKind::Penalty && kind != ProvisionKind::Liability) {
    error<Kind::CannotFollow>(ref->span(), word(kind)).note(model_.provisions[*named].heading, "it is here");
    return false;
  }
  std::vector<ProvisionId>& all = model_.provisions[id].failing_which;
  if (std::find(all.begin(), all.end(), *named) != all.end()) {
    error<Kind::NamedTwice>(ref->span(), word(kind), model_.provisions[*named].label);
    return false;
  }
  all.push_back(*named);
  drafts_[id.index].follows.push_back({*named, ref->span()});
  return true;
}

bool Builder::fulfilled_by(NodeRef node, ProvisionId id, Context& context) {
  Fulfilment result;
  result.span = node.span();
  if (const auto ref = node.child(NodeKind::Ref)) {
    const auto named = provision_named(*ref, drafts_[id.index].scope);
    if (!named) return false;
    const ProvisionKind kind = model_.provisions[*named].kind;
    if (!is_norm(kind) || kind == ProvisionKind::Penalty || kind == ProvisionKind::Liability || *named == id) {
      error<Kind::CannotFulfil>(ref->span(), *named == id ? std::string_view("the duty itself") : with_article(word(kind)))
          .note(model_.provisions[*named].heading, "it is here");
      return false;
    }
    result.norm = named;
    drafts_[id.index].follows.push_back({*named, ref->span()});
  } else if (const auto inner = expression_in(node)) {
    const Typed typed = expression(*inner, context);
    if (!typed.ok) return false;
    if (typed.is_words || (typed.type != ExprType::Date && typed.type != ExprType::Text)) {
      error<Kind::WrongType>(typed.span, describe(typed), "a date or a text");
      return false;
    }
    result.expr = typed.id;
  } else {
    return false;
  }
  if (!ifs(node, context, result.condition)) return false;
  model_.provisions[id].fulfilled_by.push_back(result);
  return true;
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
