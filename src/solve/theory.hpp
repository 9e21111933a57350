// What the linear atoms of a query say to each other. Atoms of one form are ordered by threshold and imply their
// neighbours
// (`implied`), which decides all questions about single quantities without arithmetic; forms over several variables go
// to the simplex, which is not even set up when there are none.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "solve/expression.hpp"
#include "solve/literal.hpp"
#include "solve/simplex.hpp"

namespace onus::solve {

class Theory {
 public:
  explicit Theory(const ExpressionStore& store) : store_(&store) {}

  void clear();
  void add_boolean() { atoms_.push_back(LoadedAtom{}); }  // the next variable of the search is no atom
  void add_atom(std::uint32_t atom);                      // the next variable of the search is this atom of the store
  // Call when atoms were added, before searching.
  void link();

  // The strongest literal of the same form that a true literal implies, or none; following it leads to all others.
  Literal implied(Literal literal) const { return implied_[literal.code]; }

  // Simplex side. `assert_literal` and `check` are false on a contradiction: `conflict` then holds true literals that
  // cannot be true together.
  bool uses_simplex() const { return uses_simplex_; }
  bool assert_literal(Literal literal);          // of any variable
  bool is_bound(std::uint32_t variable) const {  // whether its literals reach the simplex
    return atoms_[variable].atom != no_index && forms_[atoms_[variable].form].column != no_index;
  }
  Simplex::Outcome check(std::uint64_t& budget);
  Simplex::Outcome check_complete(std::uint64_t& budget);  // whole values too
  bool needs_complete_check() const { return uses_simplex_ && simplex_.has_integers(); }
  bool changed() const { return changed_; }  // since the last check
  std::size_t mark() const { return simplex_.mark(); }
  void backtrack(std::size_t mark) { simplex_.backtrack(mark); }
  std::span<const Literal> conflict() const { return conflict_; }

  // Whether the simplex would make this atom true or false at present: 1, 0, or -1 when it does not say.
  int preference(std::uint32_t variable) const;

  // After a complete check: values for the real variables given, by what is assigned (`value_of(variable)` is 1, 0
  // or -1 for a variable of the search).
  template <class ValueOf>
  void complete(std::span<const RealVar> wanted, Model& model, ValueOf value_of) const;

  const Simplex& simplex() const { return simplex_; }

 private:
  struct LoadedAtom {
    std::uint32_t atom = no_index;  // of the store; none for a boolean
    std::uint32_t form = 0;         // index into forms_
  };
  struct LoadedForm {
    std::uint32_t form = 0;           // of the store
    std::uint32_t column = no_index;  // its variable in the simplex
    bool dirty = false;
    std::vector<std::uint32_t> atoms;  // variables of the search, by threshold, >= before >
  };

  std::uint32_t loaded_index(std::uint32_t form) const {
    if (form >= loaded_form_.size()) return no_index;
    const std::uint32_t index = loaded_form_[form];
    return index < form_count_ && forms_[index].form == form ? index : no_index;
  }
  std::uint32_t load_form(std::uint32_t form);
  std::uint32_t column_of(RealVar variable);
  std::uint32_t known_column(RealVar variable) const;
  void take_conflict();
  static Number choose(bool integer, const std::optional<Bound>& lower, const std::optional<Bound>& upper);

  const ExpressionStore* store_;
  std::vector<LoadedAtom> atoms_;  // by variable of the search
  std::vector<Literal> implied_;   // by literal
  std::vector<LoadedForm> forms_;
  std::size_t form_count_ = 0;              // forms_ beyond are kept for their memory
  std::vector<std::uint32_t> loaded_form_;  // by form of the store: index into forms_, trusted if that points back
  Simplex simplex_;
  std::vector<std::uint32_t> column_;          // by real variable: its column, trusted if real_of_column_ points back
  std::vector<std::uint32_t> real_of_column_;  // by column: the real variable, or no_index for a row
  std::vector<Simplex::Entry> entries_;
  std::vector<Literal> conflict_;
  bool uses_simplex_ = false;
  bool changed_ = false;
};

template <class ValueOf>
void Theory::complete(std::span<const RealVar> wanted, Model& model, ValueOf value_of) const {
  std::vector<Number> solution;
  if (uses_simplex_) solution = simplex_.solution();
  for (const RealVar variable : wanted) {
    if (const std::uint32_t column = known_column(variable); column != no_index) {
      model.set(variable, solution[column]);
      continue;
    }
    // Only compared with constants: somewhere between the tightest assigned thresholds.
    const Domain& domain = store_->domain(variable);
    std::optional<Bound> lower = domain.lower, upper = domain.upper;
    if (const std::uint32_t form = loaded_index(store_->single_form(variable)); form != no_index) {
      for (const std::uint32_t atom : forms_[form].atoms) {
        const auto& about = store_->atom(atoms_[atom].atom);
        const int value = value_of(atom);
        if (value == 1) lower = Bound{about.threshold, !about.strict};
        if (value == 0) {
          upper = domain.integer ? Bound{about.threshold - Number(1), true} : Bound{about.threshold, about.strict};
          break;
        }
      }
    }
    model.set(variable, choose(domain.integer, lower, upper));
  }
}

}  // namespace onus::solve
