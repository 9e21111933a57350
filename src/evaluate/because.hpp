// The grounds of the propositions and conditions of one context: every provision that is a ground in some world, with where it is
// one; in the order of the text, depth first. What verdicts have in common is worked out once.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "evaluate/ground.hpp"
#include "solve/index_table.hpp"

namespace onus::evaluate {

class Context;

struct GroundOf {
  model::ProvisionId provision{};
  Expr where;
  friend bool operator==(const GroundOf&, const GroundOf&) = default;
};

class GroundLists {
 public:
  // How a node of the trace matters: it is true or false there, and whether the reader asks why not.
  enum Mode : std::uint8_t { True, False, TrueWhyNot, FalseWhyNot };

  explicit GroundLists(Context& context);   // which has to outlive it

  // A norm's own provision is not named (`name_own` false).
  std::vector<GroundOf> of(PropositionId proposition, bool name_own);
  // The same of any condition, true or false; with the reasons why not.
  std::vector<GroundOf> of(TraceId condition);

 private:
  using ListId = std::uint32_t;
  static constexpr ListId nothing = 0, unknown = std::numeric_limits<ListId>::max();
  struct Joined {
    ListId first = nothing, second = nothing, both = nothing;
  };

  ListId keep(std::vector<GroundOf> list);
  ListId under(Expr where, ListId list);
  ListId joined(ListId first, ListId second);
  void add(ListId& list, ListId more) { list = joined(list, more); }
  template <class Work>
  ListId complete(Work work);
  ListId of_child(TraceId trace, Mode mode, Expr where);
  ListId of_node(TraceId trace, Mode mode);
  ListId named(model::ProvisionId provision, Expr where);
  ListId yes_of(InstanceId instance, Expr where, Mode mode);
  ListId no_of(PropositionId proposition, InstanceId instance, Expr where, Mode mode);
  ListId opened(const std::vector<Struck>& opens, Expr where, Mode mode);
  ListId fired(const Struck& attack, Expr where, Mode mode);
  ListId defeated(const std::vector<Struck>& attackers, Expr where);
  ListId stoppers(const std::vector<Struck>& attackers, const std::vector<TraceId>& unless, Expr where);

  Grounder& g_;
  solve::ExpressionStore& store_;
  std::vector<std::vector<GroundOf>> lists_;          // each once; the first is empty
  solve::IndexTable table_, joined_table_;
  std::vector<Joined> joined_;
  std::vector<std::array<ListId, 4>> known_;          // by trace and mode
  std::vector<std::pair<TraceId, Mode>> missing_;     // asked for, and not known yet
};

}  // namespace onus::evaluate
