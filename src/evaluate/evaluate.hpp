// Exact verdicts for one case: the known facts are put into the formulas first, the residue is decided.
//
// A verdict is a statement about all worlds that the case leaves open (semantics.md §§ 2, 6). Nothing here guesses: a step
// budget that runs out is reported on the verdict that it left open (`gave_up`).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "evaluate/verdict.hpp"
#include "facts/case.hpp"
#include "formula/formula.hpp"

namespace onus::evaluate {

class SecondOpinion;
struct CaseTimeline;   // timeline.hpp

// Of what it is worked out what it rests on (rests_on): of nothing, of norms that do not plainly not apply, of everything.
enum class Rests : std::uint8_t { Nothing, Norms, Everything };

struct Options {
  std::optional<Date> as_of;             // wins over the case's
  bool no_defaults = false;              // silence reopens every closed field
  std::vector<std::pair<model::ProvisionId, std::uint32_t>> readings;   // judge under these instead of the main reading
  std::vector<std::pair<model::ParameterId, Number>> parameters;        // instead of the text's values, at all times
  std::uint64_t budget = 50'000'000;     // solver steps a question; thirty times as many a case
  Rests rests = Rests::Everything;       // with a small part of the budget a question
  bool explain = true;                   // because, depends_on, rests_on, readings, dates; false: verdicts alone
  bool alternatives = true;              // judge under the other readings as well
  SecondOpinion* second_opinion = nullptr;   // hears of each row that was decided (second_opinion.hpp)
};

using Outcome = std::variant<CaseVerdicts, Clash>;

// Judges one case after another against one set of rules. The program must outlive the judge.
class Judge {
 public:
  Judge(const formula::Program& program, const facts::Case& the_case, Options options = {});
  ~Judge();
  Judge(Judge&&) noexcept;
  Judge& operator=(Judge&&) noexcept;

  // The statements that clash, if no world is left.
  [[nodiscard]] const std::optional<Clash>& clash() const;
  [[nodiscard]] Date as_of() const;

  // All rows. Precondition: no clash.
  CaseVerdicts verdicts();

  // All rows on all days of [from, to], judged with dates but without what they rest on and without other readings. Each day is
  // as if judged as of it. Precondition: no clash on the as-of date.
  CaseTimeline timeline(Date from, Date to, bool conclusions);

  // One norm for one row; a pair that no provision connects is judged as silent. Precondition: no clash.
  NormVerdict norm(model::ProvisionId provision, std::optional<facts::EntityId> bearer, std::optional<facts::EntityId> object);
  ConclusionVerdict conclusion(model::PredicateId predicate, facts::EntityId subject, std::optional<facts::EntityId> object,
                               model::RegulationId regulation);
  // Any condition of an inline case over its entities.
  ConclusionVerdict condition(std::uint32_t inline_case, model::ConditionId condition);
  // The bare form of a judgement.
  ConclusionVerdict judgement(model::FieldId judgement, facts::EntityId subject);

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

inline Outcome judge(const formula::Program& program, const facts::Case& the_case, const Options& options = {}) {
  Judge judge(program, the_case, options);
  if (judge.clash()) return *judge.clash();
  return judge.verdicts();
}

}  // namespace onus::evaluate
