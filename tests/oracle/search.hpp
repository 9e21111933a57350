// Every world of a case, one after another: what a walk over the text asks about and the case leaves open is decided there
// and then, each way in its turn.
//
// `for_each` runs a walk again and again. The first time, every open question gets its first answer; then the last question
// that has another answer gets it, and so on until none has. A question is either a variable with a few values (a yes/no
// fact, the entity of a relation) or whether a linear form over open numbers is above 0; of the latter only
// answers that the earlier ones leave possible are given. Facts that a walk does not ask for do not matter to it, so a run
// stands for all worlds that agree with its answers: together the runs are all worlds, none of them twice.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "oracle/linear.hpp"

namespace onus::oracle {

using Variable = std::uint32_t;

// Thrown inside a walk: no world answers like this.
struct Excluded {};

enum class Claim : std::uint8_t { Positive, NotNegative, Zero };

class Search {
 public:
  Search(const std::vector<NumberDomain>& domains, std::size_t steps) : domains_(domains), steps_left_(steps) {}

  // A value below `count`, the same each time in one run. Precondition: count > 0.
  std::uint32_t choose(Variable variable, std::uint32_t count);
  // Whether the form's value is so.
  bool holds(const Form& form, Claim claim);

  // Runs the walk for every combination of answers. The walk returns false to end the search. Throws Unsupported when
  // there are more than `limit` runs, or more questions altogether than the steps given.
  void for_each(std::size_t limit, const std::function<bool()>& walk);

  [[nodiscard]] const std::map<Variable, std::uint32_t>& answers() const { return answers_; }
  [[nodiscard]] const std::vector<Constraint>& constraints() const { return constraints_; }

 private:
  void step() {
    if (steps_left_-- == 0) throw Unsupported("too much work");
  }
  struct Question {
    std::uint32_t count = 0;      // of answers
    std::uint32_t given = 0;
    std::vector<std::pair<bool, Constraint>> ways;   // of a form: the answer, and what it makes of the numbers
  };

  const std::vector<NumberDomain>& domains_;
  std::vector<Question> questions_;
  std::size_t at_ = 0;
  std::size_t steps_left_;
  std::map<Variable, std::uint32_t> answers_;
  std::vector<Constraint> constraints_;
};

}  // namespace onus::oracle
