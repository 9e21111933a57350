#include "evaluate/unmet.hpp"

#include <algorithm>

namespace onus::evaluate {
namespace {

using model::ConditionId;
using model::ConditionKind;

// A list of more is named as a whole.
constexpr std::size_t most_alternatives = 4;

class Walk {
 public:
  Walk(Context& context, const formula::Roots& roots, const model::Model& model, const model::Provision& norm, BindingId row)
      : context_(context), roots_(roots), model_(model), norm_(norm), row_(row) {}

  // Whether the condition is certainly not what is wanted of it; what makes it so is noted. The depth is that of the
  // sentence, which the grammar limits.
  bool fails(ConditionId id, bool wanted) {
    if (!certainly(id, !wanted)) return false;
    const auto& condition = model_.conditions[id];
    switch (condition.kind) {
      case ConditionKind::All: return wanted ? first_of(condition.children, true, id) : note(id, true);
      case ConditionKind::Any:
        if (!wanted) return first_of(condition.children, false, id);
        if (!condition.letter.empty() || condition.children.size() > most_alternatives) return note(id, false);
        for (const auto child : condition.children) {
          if (!fails(child, true)) return note(child, false);
        }
        return true;
      case ConditionKind::Not: return fails(condition.children.at(0), !wanted) || note(id, !wanted);
      case ConditionKind::Unless: {
        if (!wanted) return note(id, true);
        const bool stated = fails(condition.children.at(0), true);
        return stated || fails(condition.children.at(1), false) || note(id, false);
      }
      default: return note(id, !wanted);
    }
  }

  std::vector<UnmetCondition> take() { return std::move(found_); }

 private:
  bool certainly(ConditionId id, bool so) {
    const auto formula = roots_.conditions.find(id.index);
    if (formula == roots_.conditions.end()) return false;
    auto& grounder = context_.grounder();
    const auto value = grounder.trace(grounder.formula(formula->second, row_, norm_.variables)).value;
    return context_.certain(so ? value : solve::ExpressionStore::not_(value));
  }
  // All that fail; where none does by itself, the whole.
  bool first_of(const std::vector<ConditionId>& children, bool wanted, ConditionId whole) {
    bool any = false;
    for (const auto child : children) any = fails(child, wanted) || any;
    return any || note(whole, !wanted);
  }
  bool note(ConditionId id, bool so) {
    const auto same = [&](const UnmetCondition& one) { return one.condition == id; };
    if (std::ranges::none_of(found_, same)) found_.push_back({id, so});
    return true;
  }

  Context& context_;
  const formula::Roots& roots_;
  const model::Model& model_;
  const model::Provision& norm_;
  BindingId row_;
  std::vector<UnmetCondition> found_;
};

}  // namespace

std::vector<UnmetCondition> unmet_conditions(Context& context, const formula::Program& program, model::ProvisionId norm, BindingId row) {
  const auto& provision = program.model->provisions[norm];
  Walk walk(context, program.of(norm), *program.model, provision, row);
  try {
    if (provision.scope) walk.fails(*provision.scope, true);
    if (provision.condition) walk.fails(*provision.condition, true);
  } catch (const GaveUp&) {
    return {};   // the verdict stands without it
  }
  return walk.take();
}

}  // namespace onus::evaluate
