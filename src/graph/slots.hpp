// The facts of a scheme as variables: who is spoken of without any case.
//
// A slot stands for an entity that a path reaches: the first model of a row, its developer, the original model of that. A
// variable is a slot's field (semantics.md §§ 7 and 9), made when something asks for it. Rows of one kind of entity start at
// the same slots, so that provisions about the same kinds share their variables. What holds of the variables in every world
// (a date that cannot be known to anybody cannot be known to the provider; one entity has the same facts under two names) is
// kept as constraints.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "formula/formula.hpp"
#include "solve/expression.hpp"

namespace onus::graph {

using SlotId = Id<struct SlotTag>;

struct Slot {
  model::KindId kind{};
  SlotId parent{};             // invalid: a row's entity, the `ordinal`-th of its kind
  model::Step via;
  std::uint32_t ordinal = 0;
};

// What a variable says, for whoever shows it. Several variables may belong to one fact.
struct FactInfo {
  enum class Kind : std::uint8_t {
    Field,       // of the slot
    Exists,      // the field has a value
    Judged,      // the judgement's truth
    Answered,    // the judgement has been answered
    Same,        // the two slots are one entity
    CannotKnow,  // `other` (or, if invalid, any actor) cannot know the field
    Conclusion,  // taken as free: a recursive conclusion behind the first step, or one whose anchor is not determined
    Computed,    // taken as free: a value, sum or quantified condition that the scheme cannot expand
    Reading,     // which reading of the provision is taken: 0 the main one
    Choice,      // how an `open` provision is decided
    Today,
  } kind = Kind::Field;
  SlotId slot{}, other{};
  model::FieldId field{};
  std::optional<std::uint32_t> member;   // of `are any of`
  std::int32_t year = 0;
  model::ProvisionId provision{};
  std::string text;                      // "training compute of the model"
  std::optional<UnitId> unit;            // Computed: of the amount, if it has one …
  bool day = false;                      // … or it is a date
};

class Slots {
 public:
  // A fixed as-of date, or (without one) the variable `today`.
  Slots(const model::Model& model, solve::ExpressionStore& store, std::optional<Date> today);

  SlotId row(model::KindId kind, std::uint32_t ordinal);
  SlotId child(SlotId parent, const model::Step& step, model::KindId kind);
  [[nodiscard]] const Slot& operator[](SlotId id) const { return slots_[id]; }
  [[nodiscard]] std::string text_of(SlotId id) const;   // "the developer of the model"
  // The end of a path from a row: "the developer of the model".
  [[nodiscard]] std::string row_text(const model::Path& path, const std::vector<SlotId>& row,
                                     const std::vector<model::Variable>& variables) const;
  // On the way from the row one has come by its kind before: it is further along a chain.
  [[nodiscard]] bool is_beyond(SlotId id) const;
  // A slot from which `path` leads to `end`, by going its steps back, and where there is one; nothing when none is known.
  // Not `only`: others may lead there too, as several models have one maker.
  struct Start {
    SlotId slot;
    solve::Expr guard;
    bool only = true;
  };
  std::optional<Start> invert(const model::Path& path, SlotId end, const std::vector<model::Variable>& variables);

  solve::Expr yes(SlotId slot, model::FieldId field);
  solve::Expr member(SlotId slot, model::FieldId field, std::uint32_t member);
  solve::Expr pair(SlotId slot, model::FieldId field, SlotId other);
  solve::Expr exists(SlotId slot, model::FieldId field, std::int32_t year);
  solve::LinearForm amount(SlotId slot, model::FieldId field, std::int32_t year);
  struct Judgement {
    solve::Expr truth, answered_yes, answered_no;
  };
  Judgement judgement(SlotId slot, model::FieldId field);
  solve::Expr cannot_know(SlotId slot, model::FieldId field, std::int32_t year, SlotId actor);
  solve::Expr same(SlotId a, SlotId b);
  solve::Expr reading(model::ProvisionId provision, std::uint32_t reading);
  solve::Expr free_boolean(const std::string& key, FactInfo info);
  solve::LinearForm free_amount(const std::string& key, FactInfo info, const solve::Domain& domain);
  const solve::LinearForm& today() const { return today_; }

  void require(solve::Expr constraint) { if (!constraint.is_true()) constraints_.push_back(constraint); }
  // Everything that holds of the variables made so far; closes identities under what they imply first.
  std::vector<solve::Expr> constraints();

  [[nodiscard]] const FactInfo* info(solve::BoolVar variable) const;
  [[nodiscard]] const FactInfo* info(solve::RealVar variable) const;
  [[nodiscard]] const model::Model& model() const { return model_; }
  solve::ExpressionStore& store() { return store_; }

 private:
  using Key = std::tuple<std::uint8_t, std::uint32_t, std::uint32_t, std::uint32_t, std::int32_t>;
  struct Known {
    bool boolean = true;
    solve::Expr truth;
    solve::LinearForm form;
  };

  solve::Expr boolean(const Key& key, const FactInfo& info);
  std::optional<model::FieldId> one_inverse_of(model::FieldId relation) const;
  solve::LinearForm real(const Key& key, const FactInfo& info, const solve::Domain& domain);
  std::string text(SlotId slot, model::FieldId field, std::int32_t year) const;
  void close_identities();

  const model::Model& model_;
  solve::ExpressionStore& store_;
  onus::Store<SlotId, Slot> slots_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint8_t, std::uint32_t>, SlotId> slot_index_;
  std::map<Key, Known> known_;
  std::map<std::string, Known> free_;
  std::vector<std::optional<FactInfo>> of_boolean_, of_real_;
  std::vector<std::pair<SlotId, SlotId>> identities_;
  std::vector<solve::Expr> constraints_;
  solve::LinearForm today_;
};

}  // namespace onus::graph
