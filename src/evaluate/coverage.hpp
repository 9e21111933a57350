// What cases reach of the rules (`onus coverage`): every condition true in some row and false in some row, every provision firing
// and not, every exception stopping something and standing back, every case of a value taken.
//
// A row is what verdicts are given for: of a norm its rows (rows.hpp), of any other provision each tuple of entities of its kinds
// that the case lists or implies, as far as the entities that it is about are there. It counts on the day of the case, where the
// provision is in force. A side is reached where it is so in every completion: an open answer reaches neither side, and neither
// does a condition about something that is not there (`the origin of the model is not internal`, of a model without an origin).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/evaluate.hpp"
#include "facts/case.hpp"
#include "formula/formula.hpp"

namespace onus::evaluate {

// What can be reached, and the first case that reached each side.
struct CoveragePoint {
  enum class Kind : std::uint8_t {
    Condition,   // true, false
    Provision,   // fires, does not fire
    Strike,      // an exception, transition or open provision: strikes what would stand otherwise, does not
    ValueCase,   // is taken; the other side is not asked for
  } kind = Kind::Condition;
  model::ProvisionId provision{};
  std::optional<model::ConditionId> condition;   // where it stands first, if it is one
  std::string letter;                   // of the item that it stands in: "(2)(a)"; of a value's case: "(a)"
  std::string each;                     // it speaks of each of these: "modification"; empty: of the row
  bool subject = false;                 // it stands in the subject: `each provider of a general-purpose model`
  Span span;                            // its text
  std::string reading;                  // it is text of this reading; empty: the main text
  std::optional<bool> constant;         // proven: no case can give the other answer
  // The rows in which it stands, and its formula there; none where it speaks of more than the row, such as of each member.
  struct Stands {
    model::ProvisionId rows{};
    formula::FormulaId condition{};
  };
  std::vector<Stands> stands;
  std::optional<std::uint32_t> yes, no; // by the number of the case

  [[nodiscard]] std::size_t sides() const { return constant || kind == Kind::ValueCase ? 1 : 2; }
  [[nodiscard]] std::size_t reached() const;
  [[nodiscard]] bool wants_yes() const { return !yes && (!constant || *constant); }
  [[nodiscard]] bool wants_no() const { return !no && kind != Kind::ValueCase && (!constant || !*constant); }
};

class Coverage {
 public:
  // Points come in order of the provisions, and within one in order of its text. The program must outlive this.
  Coverage(const formula::Program& program, const std::vector<model::ProvisionId>& provisions);
  ~Coverage();
  Coverage(const Coverage&) = delete;
  Coverage& operator=(const Coverage&) = delete;

  // Adds what a case reaches under the readings of the options. What clashes has no rows, and reaches nothing.
  std::optional<Clash> add(const facts::Case& the_case, const Options& options, std::uint32_t number);

  [[nodiscard]] const std::vector<CoveragePoint>& points() const { return points_; }
  // It has been proven that a condition is so, or is not, in every case: the other side is not asked for any more.
  void settle(std::size_t point, bool constant) { points_.at(point).constant = constant; }
  // Questions that took more steps than they may: they reached nothing.
  [[nodiscard]] std::size_t gave_up() const { return gave_up_; }

  struct Place;   // where a point is looked for; coverage_places.hpp

 private:
  const formula::Program& program_;
  std::vector<CoveragePoint> points_;
  std::vector<std::vector<Place>> places_;   // by the provision whose rows are looked at
  std::size_t gave_up_ = 0;
};

}  // namespace onus::evaluate
