// Writes random rule texts: a class in four files, by what they write. Private to the generator.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "property/generate.hpp"

namespace onus::property {

using Strings = std::vector<std::string>;

// Days that the texts name.
inline const Strings all_dates{"2023-11-30", "2024-02-29", "2024-06-01", "2025-02-28", "2025-08-02", "2026-03-31"};

enum class Kind { Firm, System, Change };

// A thing that a sentence can speak of: `the base of the change`.
struct Phrase {
  std::string text;
  Kind kind;
};

struct Item {
  enum class Is { Predicate, Role, Presumed, Value } is;
  std::string name;
  Kind owner;
  bool recursive = false;
};

struct Context {
  std::vector<Phrase> roots;
  std::set<std::string> nouns;        // introduced: none of them twice
  std::size_t layer = 0;              // items below this one may be used
  bool parameters = true;             // those of the law may be used
};

class Writer {
 public:
  explicit Writer(Random& random) : random_(random) {}
  Rules write(std::size_t turn);   // says of what kind the text is

 private:
  struct Written {
    std::string ref;          // "definition d1"
    Context context;          // of its row
    bool norm = false;
    bool attacker = false;
    std::size_t depth = 0;    // exceptions to exceptions
    bool settled = false;     // its condition is one that cases settle: what leaves it open shows
  };

  bool chance(int percent) { return random_.chance(percent); }
  const std::string& pick(const Strings& from) { return random_.pick(from); }

  // ---- what there is, and what is concluded (vocabulary.cpp) --------------------------------------------------
  std::string vocabulary();
  void choose_items();
  std::string headline();
  std::string assumption();

  // ---- whom a sentence speaks of; amounts and dates (amounts.cpp) ---------------------------------------------
  std::vector<Phrase> phrases(const Context& context);
  Phrase phrase(const Context& context);
  bool phrase_of(const Context& context, Kind kind, std::string& out);
  std::string constant(const std::string& unit, const Context& context);
  // A fact or computed term of a phrase, with its unit; nothing fitting: empty.
  std::string quantity(const Context& context, const Phrase& of, const std::string& unit, bool certain = false);
  std::string comparison(const Context& context);
  std::string date_of(const Context& context);
  std::string date_comparison(const Context& context);
  // `the share times the limit` is no atom.
  static std::string right_atom(const std::string& right) { return right.find(" times ") == std::string::npos ? right : "10 FLOP"; }

  // ---- statements and lists of them (conditions.cpp) ----------------------------------------------------------
  std::string simple(const Context& context, const Phrase& of);
  std::string other_statement(const Context& context);
  std::string atom(const Context& context, bool inner = false);
  std::string conjunction(const Context& context, int most);
  // A condition at a depth of bullets; `letters`: its items carry them.
  std::string condition(const Context& context, int depth, int most_depth, bool letters = false);
  std::string list(const Context& context, int depth, int most_depth, bool letters);
  // ` if …`, ` unless …` or nothing.
  std::string ifs(const Context& context, int always, bool letters = false);
  static bool is_for(const std::string& text) { return text.rfind("for ", 0) == 0; }
  std::string simple_and(const Context& context) { return simple(context, random_.pick(context.roots)); }

  // ---- provisions (provisions.cpp) ----------------------------------------------------------------------------
  void provisions(Strings& out);
  std::string particulars_of_time(const Context& context);
  // Texts in which it is the day that settles most.
  [[nodiscard]] bool has_time() const { return theme_ == Theme::Ended || theme_ == Theme::ToCome; }
  // Since when something applies: of what has ended, mostly since before its end.
  std::string begin() { return theme_ == Theme::Ended && chance(80) ? all_dates[random_.below(3)] : pick(all_dates); }
  void definition(const Item& item, std::size_t layer, std::size_t number, Strings& out);
  void presumption(const Item& item, std::size_t layer, std::size_t number, Strings& out);
  void value(const Item& item, std::size_t layer, std::size_t number, Strings& out);
  void norm(std::size_t number, Strings& out);
  // A condition on which a verdict seldom hangs in a longer one: an amount that may not be there, a presumption.
  std::string telling();
  void attacker(std::size_t number, Strings& out);
  void open(const Written& target, std::size_t number, Strings& out);
  std::string settled_condition(const Context& context);
  void last_day(Strings& out);
  std::string fulfilment();
  void penalty(Strings& out);
  static Context context_of(Kind kind, std::size_t layer) {
    Context context;
    context.layer = layer;
    const std::string noun = kind == Kind::Firm ? "firm" : kind == Kind::System ? "system" : "change";
    context.roots = {{"the " + noun, kind}};
    context.nouns = {noun};
    return context;
  }
  static std::string noun_of(Kind kind) { return kind == Kind::Firm ? "firm" : kind == Kind::System ? "system" : "change"; }

  Random& random_;
  enum class Theme { Any, Open, Ended, ToCome, Binding } theme_ = Theme::Any;
  std::size_t begun_ = 0;
  std::string as_of_;
  std::vector<Item> items_;
  std::vector<Written> written_;
  bool has_part_ = false;
  bool has_penalty_ = false;
  bool has_last_day_ = false;
};

}  // namespace onus::property
