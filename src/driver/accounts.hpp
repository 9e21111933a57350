// What rules make of a source text: each item of a list (facts/source_list.hpp) with what encodes it, or why nothing does.
//
// A citation stands for itself: `AIA 53(1)` and `AIA 53(1)(a)` are two. But what a rule file leaves out it leaves out with all its
// parts (`omitted [AIA 56]` accounts for `AIA 56(7)`), and an item that names what encodes it may be finer than the text that is
// cited there. An item with several citations is accounted for when each of them is.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "driver/session.hpp"
#include "facts/source_list.hpp"
#include "report/coverage.hpp"

namespace onus::driver {

class Accounts {
 public:
  // Takes what the rules of a session cite and leave out. What was taken from the same place of a file counts once.
  void take(const Session& session);

  // Names in a list that mean nothing are reported; the list is of no use then.
  reports::AccountedText of(const facts::SourceList& list, const SourceFile& file, Sink& sink) const;

 private:
  struct Cited {
    std::string citation;
    std::uint32_t line = 1;
  };
  struct Citer {
    std::string name;                     // "duty 53(1)(a)", "part V", "parameter systemic compute"
    std::string label, regulation, file;
    std::vector<Cited> cites;
  };
  struct LeftOutLine {
    std::string citation, reason;
    bool discretionary = false;
  };
  struct Answer {
    reports::Account account = reports::Account::Unaccounted;
    std::vector<std::string> by;
    std::string why;
  };

  void add(const Session& session, Span span, std::string name, std::string label, const std::string& regulation,
           const std::vector<model::Citation>& citations);
  [[nodiscard]] std::string near(const std::string& citation) const;
  [[nodiscard]] Answer answer(const std::string& citation) const;
  void answer_by_citations(const facts::SourceItem& item, reports::AccountedItem& result) const;
  void answer_by_names(const facts::SourceItem& item, reports::AccountedItem& result, Sink& sink) const;
  [[nodiscard]] std::vector<const Citer*> named(const std::string& name) const;
  [[nodiscard]] std::vector<reports::UnlistedCitation> unlisted(const facts::SourceList& list) const;

  std::vector<Citer> citers_;
  std::vector<LeftOutLine> left_out_;
  std::set<std::pair<std::string, std::uint32_t>> taken_;   // file and byte
};

}  // namespace onus::driver
