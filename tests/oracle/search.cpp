#include "oracle/search.hpp"

namespace onus::oracle {
namespace {

Constraint constraint_of(const Form& form, int factor, Sign sign) {
  Constraint constraint;
  constraint.form.add(form, Number(factor));
  constraint.sign = sign;
  return constraint;
}

std::vector<std::pair<bool, Constraint>> ways_of(const Form& form, Claim claim) {
  switch (claim) {
    case Claim::Positive: return {{true, constraint_of(form, -1, Sign::Negative)}, {false, constraint_of(form, 1, Sign::NotPositive)}};
    case Claim::NotNegative: return {{true, constraint_of(form, -1, Sign::NotPositive)}, {false, constraint_of(form, 1, Sign::Negative)}};
    case Claim::Zero: break;
  }
  return {{true, constraint_of(form, 1, Sign::Zero)},
          {false, constraint_of(form, 1, Sign::Negative)},
          {false, constraint_of(form, -1, Sign::Negative)}};
}

}  // namespace

std::uint32_t Search::choose(Variable variable, std::uint32_t count) {
  step();
  if (const auto known = answers_.find(variable); known != answers_.end()) return known->second;
  std::uint32_t answer = 0;
  if (count > 1) {
    if (at_ == questions_.size()) questions_.push_back({count, 0, {}});
    answer = questions_[at_++].given;
  }
  answers_.emplace(variable, answer);
  return answer;
}

bool Search::holds(const Form& form, Claim claim) {
  if (form.is_constant()) {
    const int sign = form.constant.sign();
    return claim == Claim::Positive ? sign > 0 : claim == Claim::Zero ? sign == 0 : sign >= 0;
  }
  step();
  if (at_ == questions_.size()) {
    Question question;
    // The answers given so far hold together, so where no other way is left the last one is.
    auto ways = ways_of(form, claim);
    for (std::size_t index = 0; index < ways.size(); ++index) {
      const bool must = index + 1 == ways.size() && question.ways.empty();
      if (must || feasible_with(constraints_, ways[index].second, domains_)) question.ways.push_back(std::move(ways[index]));
    }
    question.count = static_cast<std::uint32_t>(question.ways.size());
    questions_.push_back(std::move(question));
  }
  const Question& question = questions_[at_++];
  const auto& [answer, constraint] = question.ways.at(question.given);
  if (question.count > 1) constraints_.push_back(constraint);   // else it follows from the others
  return answer;
}

void Search::for_each(std::size_t limit, const std::function<bool()>& walk) {
  questions_.clear();
  for (std::size_t runs = 0;; ++runs) {
    if (runs == limit) throw Unsupported("too many worlds");
    at_ = 0;
    answers_.clear();
    constraints_.clear();
    bool more = true;
    try {
      more = walk();
    } catch (const Excluded&) {
    }
    if (!more) return;
    // Answers behind the last question asked belong to another world.
    questions_.resize(at_);
    while (!questions_.empty() && questions_.back().given + 1 == questions_.back().count) questions_.pop_back();
    if (questions_.empty()) return;
    ++questions_.back().given;
  }
}

}  // namespace onus::oracle
