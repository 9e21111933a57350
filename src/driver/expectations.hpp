// What a case expects against what it gets.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "evaluate/evaluate.hpp"
#include "facts/case.hpp"
#include "report/test.hpp"

namespace onus::driver {

class Expectations {
 public:
  Expectations(const formula::Program& program, const facts::Case& the_case, evaluate::Options options)
      : program_(program), case_(the_case), options_(std::move(options)) {}

  // The statements that clash; nothing can be expected then.
  [[nodiscard]] const std::optional<evaluate::Clash>& clash() { return judge({}).clash(); }
  // What is wrong with the text, as the case shows: under the main reading, and under those that were asked for so far.
  // Verdicts on what uses such a text must not be relied on.
  [[nodiscard]] std::vector<evaluate::TextFault> faults();

  // Which norms there are for whom, under the main reading: verdicts without reasons.
  [[nodiscard]] const evaluate::CaseVerdicts& rows() { return plain_verdicts({}); }

  // What differs from the expectation; empty: it is met.
  [[nodiscard]] std::vector<std::string> differences(const facts::Expected& expected, bool& gave_up);

 private:
  evaluate::Judge& judge(const std::string& reading);
  const evaluate::CaseVerdicts& verdicts(const std::string& reading);
  const evaluate::CaseVerdicts& plain_verdicts(const std::string& reading);
  evaluate::NormVerdict norm(const facts::Expected& expected);
  evaluate::ConclusionVerdict conclusion(const facts::Expected& expected);
  void compare(const facts::Expected& expected, const evaluate::Judged& judged, std::string_view word, const std::string& own,
               std::vector<std::string>& differences) const;

  const formula::Program& program_;
  const facts::Case& case_;
  evaluate::Options options_;
  std::map<std::string, std::unique_ptr<evaluate::Judge>> judges_;      // by reading
  std::map<std::string, evaluate::CaseVerdicts> verdicts_, plain_;
};

}  // namespace onus::driver
