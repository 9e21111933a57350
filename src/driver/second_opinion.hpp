// Verdicts decided a second time, by a decision graph of what is left of the formulas once the case is put in.
//
// Built with ONUS_CHECK_BOTH, every judge of the library is told to ask: a row on which solver and graph differ ends the run
// with std::logic_error that names it. A row that the graph cannot settle within its budget is passed over and counted.
#pragma once

#include <array>
#include <cstdint>

#include "evaluate/second_opinion.hpp"
#include "graph/witness.hpp"

namespace onus::driver {

struct GraphOpinion {
  std::array<graph::Answer, 3> possible{};   // by Core: whether some world has it
  std::size_t cycles = 0;                    // worlds that only their circle of relations rules out, which no constraint says
};
// `worlds`: how many worlds with a circle are looked at for one answer before it is left undecided.
GraphOpinion opinion_of_graph(evaluate::Context& context, const evaluate::CoreExprs& core, const graph::Budget& budget,
                              int worlds = 64);

class GraphDecides : public evaluate::SecondOpinion {
 public:
  explicit GraphDecides(const graph::Budget& budget) : budget_(budget) {}
  void hear(evaluate::Context& context, const evaluate::CoreExprs& core, const std::array<bool, 3>& possible,
            const std::string& row) override;

  [[nodiscard]] std::size_t heard() const { return heard_; }
  [[nodiscard]] std::size_t undecided() const { return undecided_; }

 private:
  graph::Budget budget_;                     // of one row
  std::size_t heard_ = 0, undecided_ = 0;
};

// The second opinion of this build, if it has one.
evaluate::SecondOpinion* second_opinion();

}  // namespace onus::driver
