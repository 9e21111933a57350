#include "property/generate.hpp"

#include <algorithm>
#include <set>

namespace onus::property {

std::uint64_t Random::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31U);
}

std::string Rules::regulation() const {
  std::string text = headline;
  for (const std::string& provision : provisions) text += "\n" + provision;
  return text;
}

namespace {

using Strings = std::vector<std::string>;

const Strings all_dates{"2023-11-30", "2024-02-29", "2024-06-01", "2025-02-28", "2025-08-02", "2026-03-31"};

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

  Rules write() {
    Rules rules;
    // Some texts are of a kind that random ones seldom are: what leaves things open, what has ended, what is to come.
    const std::size_t theme = random_.below(23);
    theme_ = theme < 8 ? Theme::Open : theme < 18 ? Theme::Ended : theme < 22 ? Theme::ToCome : Theme::Any;
    begun_ = theme_ == Theme::Ended ? random_.below(2) : theme_ == Theme::ToCome ? 2 : random_.below(3);
    rules.as_of = random_.pick(all_dates);
    if (theme_ == Theme::Ended) rules.as_of = all_dates[4 + random_.below(2)];
    if (theme_ == Theme::Open) rules.as_of = all_dates[3 + random_.below(3)];
    if (theme_ == Theme::ToCome) rules.as_of = all_dates[random_.below(2)];
    rules.pinned = theme_ == Theme::Any ? 30 : theme_ == Theme::Open ? 85 : 60;
    as_of_ = rules.as_of;
    rules.vocabulary = vocabulary();
    choose_items();
    rules.headline = headline();
    provisions(rules.provisions);
    if (chance(20)) rules.vocabulary += assumption();
    rules.dates = all_dates;
    return rules;
  }

 private:
  bool chance(int percent) { return random_.chance(percent); }
  const std::string& pick(const Strings& from) { return random_.pick(from); }

  // ---- vocabulary ------------------------------------------------------------------------------------------------------
  std::string vocabulary() {
    std::string text = "vocabulary words \"Words of the tests\".\nkinds: firm; system; change.\nauthorities: board.\nterms:\n";
    const auto line = [&](const std::string& words) { text += "  " + words + ".\n"; };
    const bool born = chance(theme_ == Theme::Ended ? 8 : 35);
    line("the maker of a system is a firm");
    line("the seller of a system is a firm, none unless given");
    line("the source of a system is a change, none unless given");
    line("the changes of a system are the changes with that base");
    line("the forerunners of a system are the base of the source of the system, repeated");
    line("the base of a change is a system");
    line("the changer of a change is a firm");
    line("the client of a change is a firm, if any");
    line("the result of a change is the system with that source");
    line(std::string("the size of a system is an amount of FLOP, possibly unknowable"));
    line("the price of a system is an amount of EUR, if any");
    line("the pieces of a system is a number of pieces");
    line(std::string("the release of a system is a date") + (chance(50) ? ", if any" : ""));
    line("the notice of a system is a date, none unless given");
    line("the outputs of a system are any of: text; sound; film");
    line("the sort of a system is one of: small; middle; large");
    line("the effort of a change is an amount of FLOP");
    line("the start of a change is a date");
    line("the turnover of a firm in a year is an amount of EUR");
    line("the partners of a firm are firms");
    line("a system may be: tested; cheap");
    line("a system may be by exception: sealed; hidden");
    line("a system may be by judgement: strong \"Is it strong?\"; risky \"Is it risky?\"");
    line("a change may be: deep; minor");
    line("a change may be by judgement: major \"Is it major?\"");
    line("a firm may be: licensed");
    line("a firm may be by exception: exempt");
    if (born) line("a system exists from the release of the system");
    return text;
  }

  // ---- what is concluded ---------------------------------------------------------------------------------------------------
  void choose_items() {
    std::vector<Item> pool{
        {Item::Is::Predicate, "marked", Kind::System},  {Item::Is::Predicate, "graded", Kind::System, true},
        {Item::Is::Predicate, "notable", Kind::Change}, {Item::Is::Predicate, "big", Kind::Firm},
        {Item::Is::Presumed, "strong", Kind::System},   {Item::Is::Presumed, "major", Kind::Change},
        {Item::Is::Value, "score", Kind::System},       {Item::Is::Value, "bar", Kind::Change},
        {Item::Is::Value, "load", Kind::System, true},
    };
    for (std::size_t index = pool.size(); index > 1; --index) std::swap(pool[index - 1], pool[random_.below(index)]);
    pool.resize(1 + random_.below(5));
    pool.push_back({Item::Is::Role, "operator", Kind::Firm});
    items_ = std::move(pool);
  }

  std::string headline() {
    std::string text = "regulation law \"Rules of the tests\".\n";
    text += "status: in force from " + all_dates[begun_];
    if (theme_ == Theme::Ended) {
      text += "; repealed from " + all_dates[3];
    } else if (theme_ == Theme::Any && chance(12)) {
      text += "; repealed from " + all_dates[begun_ + 2 + random_.below(2)];
    }
    text += ".\nuse \"words\".\n";
    text += std::string("parameter the limit is ") + (chance(60) ? "10 FLOP" : "1e1 FLOP") + ".\n";
    text += "parameter the share is " + pick({"1/3", "1/2", "50 percent", "2"}) + ".\n";
    text += "parameter the fee is:\n  - 50 EUR until 2024-12-31;\n  - 100 EUR from 2025-01-01.\n";
    text += "parameter the turn is " + pick(all_dates) + ".\n";
    text += "terms:\n";
    for (const Item& item : items_) {
      const std::string owner = item.owner == Kind::Firm ? "firm" : item.owner == Kind::System ? "system" : "change";
      if (item.is == Item::Is::Predicate) text += "  a " + owner + " may be by law: " + item.name + ".\n";
      if (item.is == Item::Is::Role) text += "  a firm may be by law: an operator of a system.\n";
    }
    return text;
  }

  // ---- phrases -----------------------------------------------------------------------------------------------------------------
  std::vector<Phrase> phrases(const Context& context) {
    std::vector<Phrase> result = context.roots;
    for (const Phrase& root : context.roots) {
      if (root.kind == Kind::System) {
        result.push_back({"the maker of " + root.text, Kind::Firm});
        result.push_back({"the maker of " + root.text, Kind::Firm});
        result.push_back({"the seller of " + root.text, Kind::Firm});
        result.push_back({"the source of " + root.text, Kind::Change});
        result.push_back({"the base of the source of " + root.text, Kind::System});
        result.push_back({"the changer of the source of " + root.text, Kind::Firm});
      }
      if (root.kind == Kind::Change) {
        result.push_back({"the changer of " + root.text, Kind::Firm});
        result.push_back({"the client of " + root.text, Kind::Firm});
        result.push_back({"the base of " + root.text, Kind::System});
        result.push_back({"the result of " + root.text, Kind::System});
      }
    }
    return result;
  }

  Phrase phrase(const Context& context) {
    // What the sentence is about comes up more often than what is reached from it.
    if (chance(60)) return random_.pick(context.roots);
    return random_.pick(phrases(context));
  }

  bool phrase_of(const Context& context, Kind kind, std::string& out) {
    std::vector<Phrase> fitting;
    for (const Phrase& one : phrases(context)) {
      if (one.kind == kind) fitting.push_back(one);
    }
    if (fitting.empty()) return false;
    out = random_.pick(fitting).text;
    return true;
  }

  // ---- amounts -------------------------------------------------------------------------------------------------------------------
  std::string constant(const std::string& unit, const Context& context) {
    if (!context.parameters) return unit == "FLOP" ? "10 FLOP" : unit == "EUR" ? "50 EUR" : "3";
    if (unit == "FLOP") {
      switch (random_.below(7)) {
        case 0: return "the limit";
        case 1: return "the share times the limit";
        case 2: return "1e1 FLOP";
        default: return pick({"5 FLOP", "10 FLOP", "20 FLOP", "30 FLOP"});
      }
    }
    if (unit == "EUR") return chance(35) ? "the fee" : pick({"50 EUR", "100 EUR"});
    return pick({"2", "3"});
  }

  // A fact or computed term of a phrase, with its unit; nothing fitting: empty.
  std::string quantity(const Context& context, const Phrase& of, const std::string& unit, bool certain = false) {
    Strings options;
    if (of.kind == Kind::System && unit == "FLOP") options.push_back("the size of " + of.text);
    if (of.kind == Kind::System && unit == "EUR" && !certain) options.push_back("the price of " + of.text);
    if (of.kind == Kind::System && unit.empty()) options.push_back("the pieces of " + of.text);
    if (of.kind == Kind::Change && unit == "FLOP") options.push_back("the effort of " + of.text);
    if (of.kind == Kind::Firm && unit == "EUR") options.push_back("the turnover of " + of.text + " in " + pick({"2024", "2025"}));
    if (unit == "FLOP") {
      for (std::size_t index = 0; index < context.layer; ++index) {
        if (items_[index].is != Item::Is::Value || items_[index].owner != of.kind) continue;
        options.push_back("the " + items_[index].name + " of " + of.text);
        options.push_back("the " + items_[index].name + " of " + of.text);
      }
    }
    return options.empty() ? std::string() : pick(options);
  }

  std::string comparison(const Context& context) {
    for (int tries = 0; tries < 20; ++tries) {
      const std::string unit = pick({"FLOP", "FLOP", "FLOP", "EUR", ""});
      std::string left = quantity(context, phrase(context), unit);
      if (left.empty()) continue;
      std::string system;
      if (unit == "FLOP" && context.nouns.count("change") == 0 && chance(15) && phrase_of(context, Kind::System, system)) {
        left = chance(50) ? "the sum of the effort of the change for every change of " + system
                          : "the sum of the effort of the change for every " + pick({"deep", "minor"}) + " change of " + system;
      }
      if (unit.empty() && context.nouns.count("change") == 0 && chance(40) && phrase_of(context, Kind::System, system)) {
        left = "the number of " + pick({"", "deep ", "minor "}) + "changes of " + system;
      }
      std::string right = constant(unit, context);
      if (!unit.empty() && chance(45)) {
        const std::string other = quantity(context, random_.pick(phrases(context)), unit);
        if (!other.empty() && other != left) {
          switch (random_.below(5)) {
            case 0: right = "1/3 of " + other; break;
            case 1: right = other; break;
            case 2: right = (context.parameters ? "the share times " : "2 times ") + other; break;
            case 3: right = "50 percent of " + other; break;
            default: left += " plus " + other; break;
          }
        }
      } else if (unit == "FLOP" && chance(15)) {
        const std::string other = quantity(context, random_.pick(phrases(context)), unit, true);
        if (!other.empty()) right = "the " + pick({"higher", "lower"}) + " of " + right_atom(right) + " and " + other;
      }
      return left + pick({" exceeds ", " exceeds ", " is at least ", " is at least ", " is at most ", " is below ", " is "}) + right;
    }
    return simple(context, random_.pick(context.roots));
  }

  // `the share times the limit` is no atom.
  static std::string right_atom(const std::string& right) { return right.find(" times ") == std::string::npos ? right : "10 FLOP"; }

  std::string date_of(const Context& context) {
    for (int tries = 0; tries < 10; ++tries) {
      const Phrase of = phrase(context);
      if (of.kind == Kind::System) return pick({"the release of ", "the release of ", "the notice of "}) + of.text;
      if (of.kind == Kind::Change) return "the start of " + of.text;
    }
    return {};
  }

  std::string date_comparison(const Context& context) {
    std::string left = date_of(context);
    if (left.empty()) return comparison(context);
    if (chance(20)) left = pick({"30 days after ", "2 weeks before ", "10 days after "}) + left;
    std::string right;
    switch (random_.below(6)) {
      case 0:
      case 1: right = "today"; break;
      case 2: right = context.parameters ? "the turn" : "today"; break;
      case 3: right = date_of(context); break;
      default: right = pick(all_dates); break;
    }
    if (chance(10)) {
      const std::string other = date_of(context);
      if (!other.empty()) right = "the " + pick({"earlier", "later"}) + " of " + pick(all_dates) + " and " + other;
    }
    return left + pick({" is before ", " is after ", " is on or before ", " is on or before ", " is on or after "}) + right;
  }

  // ---- statements ------------------------------------------------------------------------------------------------------------------
  std::string simple(const Context& context, const Phrase& of) {
    Strings words;
    if (of.kind == Kind::System) words = {"tested", "cheap", "tested", "cheap", "sealed", "hidden"};
    if (of.kind == Kind::Change) words = {"deep", "minor"};
    if (of.kind == Kind::Firm) words = {"licensed", "licensed", "exempt"};
    for (std::size_t index = 0; index < context.layer; ++index) {
      const Item& item = items_[index];
      if (item.owner != of.kind || item.is == Item::Is::Value || item.is == Item::Is::Role) continue;
      for (int times = 0; times < 3; ++times) words.push_back(item.name);
      if (item.is == Item::Is::Presumed && chance(35)) {
        return "it is established that " + of.text + (chance(40) ? " is not " : " is ") + item.name;
      }
    }
    if (of.kind == Kind::System && chance(8)) words = {"risky"};
    return of.text + (chance(35) ? " is not " : " is ") + pick(words);
  }

  std::string other_statement(const Context& context) {
    std::string system, other, change, firm;
    switch (random_.below(9)) {
      case 0:
        if (!phrase_of(context, Kind::System, system)) break;
        return "the sort of " + system + pick({" is ", " is not "}) + pick({"small", "middle", "large"});
      case 1:
        if (!phrase_of(context, Kind::System, system)) break;
        return pick({"at least one output of ", "every output of ", "no output of "}) + system + " is " +
               pick({"text", "text or sound", "film", "sound or film"});
      case 2:
        if (!phrase_of(context, Kind::System, system)) break;
        return system + pick({" has a seller", " has no seller", " has a source", " has no source", " has a price", " has a notice",
                              " has no notice"});
      case 3:
        if (!phrase_of(context, Kind::Firm, firm) || !phrase_of(context, Kind::Firm, other) || firm == other) break;
        return firm + pick({" is ", " is not "}) + other;
      case 4:
        if (!phrase_of(context, Kind::Firm, firm) || !phrase_of(context, Kind::Firm, other) || firm == other) break;
        return firm + pick({" is a partner of ", " is a partner of ", " is not a partner of "}) + other;
      case 5:
        if (!phrase_of(context, Kind::System, system) || !phrase_of(context, Kind::Firm, firm)) break;
        return "the size of " + system + " is unknowable to " + firm;
      case 6:
        for (std::size_t index = 0; index < context.layer; ++index) {
          if (items_[index].is != Item::Is::Role) continue;
          if (!phrase_of(context, Kind::System, system) || !phrase_of(context, Kind::Firm, firm)) break;
          return firm + pick({" is an operator of ", " is not an operator of "}) + system;
        }
        break;
      case 7: {
        if (context.nouns.count("change") != 0 || !phrase_of(context, Kind::System, system)) break;
        Context inner = context;
        inner.roots = {{"the change", Kind::Change}};
        inner.nouns.insert("change");
        const std::string quantifier = pick({"at least one ", "at least 2 ", "every ", "no "});
        if (chance(50)) {
          Strings words{"deep", "minor"};
          for (std::size_t index = 0; index < context.layer; ++index) {
            const Item& item = items_[index];
            if (item.owner == Kind::Change && item.is != Item::Is::Value) words.push_back(item.name);
          }
          const std::string are = quantifier == "at least 2 " ? " are " : " is ";
          const std::string noun = quantifier == "at least 2 " ? "changes" : "change";
          return quantifier + pick({"", "", "deep "}) + noun + " of " + system + are + pick(words);
        }
        inner.roots.insert(inner.roots.end(), context.roots.begin(), context.roots.end());
        const std::string noun = quantifier == "at least 2 " ? "changes" : "change";
        return "for " + quantifier + noun + " of " + system + ", " + atom(inner, true);
      }
      default:
        if (!phrase_of(context, Kind::System, system) || context.nouns.count("forerunner") != 0) break;
        return pick({"at least one forerunner of ", "every forerunner of ", "no forerunner of "}) + system + " is " + pick({"tested", "cheap"});
    }
    return simple(context, random_.pick(context.roots));
  }

  std::string atom(const Context& context, bool inner = false) {
    switch (random_.below(10)) {
      case 0:
      case 1:
      case 2: return comparison(context);
      case 3:
      case 4: return date_comparison(context);
      case 5:
      case 6: return inner ? simple(context, phrase(context)) : other_statement(context);
      default: return simple(context, phrase(context));
    }
  }

  static bool is_for(const std::string& text) { return text.rfind("for ", 0) == 0; }

  std::string conjunction(const Context& context, int most) {
    std::string text = atom(context);
    if (is_for(text)) return text;
    // One of the two in a sentence, and a list of members has its own.
    const bool has_or = text.find("text or sound") != std::string::npos || text.find("sound or film") != std::string::npos;
    const std::string word = has_or ? " or " : pick({" and ", " or "});
    const std::size_t more = random_.below(static_cast<std::size_t>(most));
    for (std::size_t index = 0; index < more; ++index) {
      const std::string next = atom(context, true);
      text += word + next;
    }
    return text;
  }

  // A condition at a depth of bullets; `letters`: its items carry them.
  std::string condition(const Context& context, int depth, int most_depth, bool letters = false) {
    const int lists = depth == 0 ? 45 : 30;
    if (depth < most_depth && chance(lists)) return list(context, depth, most_depth, letters);
    std::string text = conjunction(context, 3);
    if (chance(18) && !is_for(text)) {
      const std::string exception = atom(context, true);
      text += ", unless " + exception;
    }
    return text;
  }

  std::string list(const Context& context, int depth, int most_depth, bool letters) {
    const std::size_t count = 2 + random_.below(2);
    std::string text;
    switch (random_.below(8)) {
      case 0:
      case 1:
      case 2: text = "all of the following apply"; break;
      case 3:
      case 4:
      case 5: text = "any of the following apply"; break;
      case 6: text = "any 2 of the following apply"; break;
      default: text = "none of the following apply"; break;
    }
    if (chance(15)) text += ", unless " + atom(context, true);
    text += ":";
    for (std::size_t index = 0; index < count; ++index) {
      text += index == 0 ? "\n" : ";\n";
      text += std::string(static_cast<std::size_t>(2 * depth + 4), ' ') + std::string(static_cast<std::size_t>(depth + 1), '-') + " ";
      if (letters) text += std::string("(") + static_cast<char>('a' + index) + ") ";
      text += condition(context, depth + 1, most_depth);
    }
    return text;
  }

  // ` if …`, ` unless …` or nothing.
  std::string ifs(const Context& context, int always, bool letters = false) {
    if (chance(theme_ == Theme::Ended || theme_ == Theme::ToCome ? (100 + always) / 2 : always)) return {};
    if (chance(8)) return ", unless " + conjunction(context, 2);
    return " if " + condition(context, 0, 3, letters);
  }

  // ---- provisions ------------------------------------------------------------------------------------------------------------------
  static Context context_of(Kind kind, std::size_t layer) {
    Context context;
    context.layer = layer;
    const std::string noun = kind == Kind::Firm ? "firm" : kind == Kind::System ? "system" : "change";
    context.roots = {{"the " + noun, kind}};
    context.nouns = {noun};
    return context;
  }

  static std::string noun_of(Kind kind) { return kind == Kind::Firm ? "firm" : kind == Kind::System ? "system" : "change"; }

  struct Written {
    std::string ref;          // "definition d1"
    Context context;          // of its row
    bool norm = false;
    bool attacker = false;
    std::size_t depth = 0;    // exceptions to exceptions
  };

  void provisions(Strings& out) {
    std::size_t number = 0;
    if (chance(50)) {
      out.push_back("part one \"First part\".\n" + (chance(70) ? "applies from: " + pick(all_dates) + ".\n" : std::string()));
      has_part_ = true;
    }
    for (std::size_t layer = 0; layer < items_.size(); ++layer) {
      const Item& item = items_[layer];
      switch (item.is) {
        case Item::Is::Predicate:
        case Item::Is::Role: {
          const std::size_t count = 1 + random_.below(2);
          for (std::size_t index = 0; index < count; ++index) definition(item, layer, ++number, out);
          break;
        }
        case Item::Is::Presumed:
          if (chance(80)) presumption(item, layer, ++number, out);
          break;
        case Item::Is::Value: value(item, layer, ++number, out); break;
      }
    }
    const std::size_t norms = 1 + random_.below(3);
    for (std::size_t index = 0; index < norms; ++index) norm(++number, out);
    const std::size_t attackers = random_.below(theme_ == Theme::Any ? 5 : 3);
    for (std::size_t index = 0; index < attackers; ++index) attacker(++number, out);
    if (theme_ == Theme::Open) {
      const std::vector<Written> all = written_;
      for (const Written& one : all) {
        if (one.norm && chance(95)) open(one, ++number, out);
      }
    } else if (chance(45)) {
      std::vector<const Written*> plain;
      for (const Written& one : written_) {
        if (!one.attacker) plain.push_back(&one);
      }
      const Written target = *random_.pick(plain);
      open(target, ++number, out);
    }
  }

  std::string particulars_of_time(const Context& context) {
    std::string text;
    std::string system;
    if (!phrase_of(context, Kind::System, system)) return text;
    if (chance(12)) text += "  from: " + pick({"the release of ", "the notice of "}) + system + ".\n";
    if (chance(10)) text += "  until: " + pick({"the release of ", "the notice of "}) + system + ".\n";
    return text;
  }

  void definition(const Item& item, std::size_t layer, std::size_t number, Strings& out) {
    const std::string label = "d" + std::to_string(number);
    Context context = context_of(item.owner, layer);
    std::string text = "definition " + label + ":\n  ";
    if (item.is == Item::Is::Role) {
      switch (random_.below(3)) {
        case 0:
          context = context_of(Kind::System, layer);
          text += "the maker of a system is an operator of the system";
          break;
        case 1:
          context = context_of(Kind::System, layer);
          text += "the seller of a system is an operator of the system";
          break;
        default:
          context = context_of(Kind::Change, layer);
          text += "the changer of a change is an operator of the result";
          break;
      }
    } else {
      text += "a " + noun_of(item.owner) + " is " + item.name;
    }
    const bool reading = chance(15);
    if (item.recursive && item.is == Item::Is::Predicate && chance(60)) {
      text += " if any of the following apply:\n    - (a) " + conjunction(context, 2) + ";\n    - (b) all of the following apply:\n" +
              "      -- the base of the source of the system is " + item.name + ";\n      -- " + conjunction(context, 2);
    } else if (reading) {
      text += " if " + list(context, 0, 2, true);
    } else {
      text += ifs(context, 12);
    }
    text += ".\n";
    if (reading) text += "  reading \"other\": instead of (a): " + conjunction(context, 2) + ".\n";
    if (chance(12)) text += "  applies from: " + pick(all_dates) + ".\n";
    text += particulars_of_time(context);
    out.push_back(text);
    written_.push_back({"definition " + label, context});
  }

  void presumption(const Item& item, std::size_t layer, std::size_t number, Strings& out) {
    const std::string label = "p" + std::to_string(number);
    const Context context = context_of(item.owner, layer);
    std::string text = "presumption " + label + ":\n  a " + noun_of(item.owner) + " is presumed " + item.name + ifs(context, 5) + ".\n";
    if (chance(25)) text += "  rebutted if: " + conjunction(context, 2) + ".\n";
    out.push_back(text);
    written_.push_back({"presumption " + label, context});
  }

  void value(const Item& item, std::size_t layer, std::size_t number, Strings& out) {
    const std::string label = "v" + std::to_string(number);
    const Context context = context_of(item.owner, layer);
    std::string text = "value " + label + ":\n  the " + item.name + " of a " + noun_of(item.owner) + " is";
    if (item.recursive) {
      text += ":\n    - (a) the " + item.name + " of the base of the source of the system plus the effort of the source of the system" +
              " if the system has a source;\n    - (b) the size of the system" +
              (chance(50) ? " plus the sum of the effort of the change for every change of the system" : "") + " otherwise.\n";
      out.push_back(text);
      return;
    }
    const auto amount = [&]() -> std::string {
      const std::string one = quantity(context, random_.pick(phrases(context)), "FLOP");
      if (one.empty()) return constant("FLOP", context);
      switch (random_.below(4)) {
        case 0: return "the share times " + one;
        case 1: return "1/3 of " + one;
        case 2: return one + " plus 2 FLOP";
        default: return one;
      }
    };
    const std::string subject = "the " + noun_of(item.owner);
    const std::string first = item.owner == Kind::System ? "tested" : "deep";
    if (chance(25)) {
      text += " " + amount() + ".\n";
    } else if (chance(50)) {
      text += ":\n    - (a) " + amount() + " if " + conjunction(context, 2) + ";\n    - (b) " + amount() + " otherwise.\n";
      if (chance(20)) text += "  reading \"other\": instead of (b): " + amount() + " otherwise.\n";
    } else {
      text += ":\n    - (a) " + amount() + " if " + subject + " is " + first + ";\n    - (b) " + amount() + " if " + subject +
              " is not " + first + " and " + simple_and(context) + ";\n    - (c) " + amount() + " otherwise.\n";
    }
    out.push_back(text);
  }

  std::string simple_and(const Context& context) { return simple(context, random_.pick(context.roots)); }

  void norm(std::size_t number, Strings& out) {
    const bool duty = chance(70);
    const std::string kind = duty ? "duty" : "prohibition";
    const std::string label = "n" + std::to_string(number);
    Context context = context_of(Kind::System, items_.size());
    std::string text = kind + " " + label + ":\n  ";
    const std::string must = duty ? " must \"report\"" : " may \"sell\"";
    std::string adjective;
    for (const Item& item : items_) {
      if (item.is == Item::Is::Predicate && item.owner == Kind::System && chance(40)) adjective = item.name + " ";
    }
    if (theme_ != Theme::Any && chance(80)) adjective.clear();
    switch (theme_ != Theme::Any && chance(70) ? 0 : random_.below(4)) {
      case 0:
        text += (duty ? "each maker of a " : "no maker of a ") + adjective + "system" + must;
        break;
      case 1:
        if (duty) {
          text += "for each " + adjective + "system, the maker" + must;
          break;
        }
        [[fallthrough]];
      default:
        text += (duty ? "each operator of a " : "no operator of a ") + adjective + "system" + must;
        context.roots.push_back({"the operator", Kind::Firm});
        context.nouns.insert("operator");
        break;
    }
    if (theme_ == Theme::Open && chance(72)) {
      text += " if the system is " + pick({"sealed", "hidden"}) + pick({"", " and " + atom(context, true)}) + ".\n";
    } else if (chance(25)) {
      text += " if " + telling() + ".\n";
    } else {
      text += ifs(context, 65) + ".\n";
    }
    text += particulars_of_time(context);
    if (chance(35)) text += "  applies from: " + pick(all_dates) + ".\n";
    if (duty && chance(30)) text += "  due: by the release of the system.\n";
    if (duty && chance(15)) text += "  due: within 3 months of the release of the system.\n";
    if (chance(12)) text += "  limited to: the source of the system, if the system is tested.\n";
    out.push_back(text);
    Written made{kind + " " + label, context};
    made.norm = true;
    written_.push_back(made);
  }

  // A condition on which a verdict seldom hangs in a longer one: an amount that may not be there, a presumption.
  std::string telling() {
    Strings conditions{"the price of the system is below the fee", "the price of the system is at most 100 EUR"};
    for (const Item& item : items_) {
      if (item.is != Item::Is::Presumed || item.owner != Kind::System) continue;
      conditions.insert(conditions.end(), 4, "the system is " + item.name);
    }
    return pick(conditions);
  }

  void attacker(std::size_t number, Strings& out) {
    const bool transition = chance(35);
    const std::string label = "x" + std::to_string(number);
    // Exceptions to exceptions are wanted: an attacker is as likely as all the others.
    std::vector<const Written*> plain, struck;
    for (const Written& one : written_) (one.attacker ? struck : plain).push_back(&one);
    std::string refs;
    Context context;
    std::size_t depth = 0;
    if (!struck.empty() && chance(50)) {
      const Written& target = *random_.pick(struck);
      refs = target.ref;
      context = target.context;
      depth = target.depth + 1;
    } else if (chance(20)) {
      refs = has_part_ && chance(50) ? "part one" : "every duty";
      bool any = false;
      for (const Written& one : written_) any = any || one.ref.rfind(refs == "part one" ? "" : "duty", 0) == 0;
      if (!any) return;
      if (refs == "every duty" && std::none_of(written_.begin(), written_.end(), [](const Written& one) { return one.ref.rfind("duty", 0) == 0; })) return;
      context = context_of(Kind::System, items_.size());
    } else {
      const Written& target = *random_.pick(plain);
      refs = target.ref;
      context = target.context;
    }
    std::string text = (transition ? "transition " : "exception ") + label + (transition ? " for " : " to ") + refs + ":\n  ";
    if (transition) {
      std::string when = pick(all_dates);
      std::string system;
      if (chance(25) && phrase_of(context, Kind::System, system)) when = pick({"the release of ", "the notice of "}) + system;
      text += "applies " + pick({"from ", "from ", "until "}) + when;
    } else {
      text += "does not apply";
    }
    text += ifs(context, transition ? 40 : 8) + ".\n";
    out.push_back(text);
    if (depth >= 3) return;
    Written made{(transition ? "transition " : "exception ") + label, context};
    made.attacker = true;
    made.depth = depth;
    written_.push_back(made);
  }

  void open(const Written& target, std::size_t number, Strings& out) {
    // Where much is to stay undetermined, the condition is one that cases settle.
    const std::string when = theme_ == Theme::Open && chance(75)
                                 ? "the system is not " + pick({"sealed", "hidden"}) + pick({"", " or the pieces of the system is at least 1"})
                                 : condition(target.context, 0, 2);
    out.push_back("open o" + std::to_string(number) + " in " + target.ref + ":\n  left open if " + when + ".\n");
    written_.push_back({"open o" + std::to_string(number), target.context, false, true, 1});
  }

  std::string assumption() {
    Context context = context_of(Kind::System, 0);
    context.parameters = false;
    const std::string what = pick({"not cheap", "tested", "not sealed", "not tested", "strong"});
    return "assumption a1:\n  a system is " + what + " if " + conjunction(context, 2) + ".\n";
  }

  Random& random_;
  enum class Theme { Any, Open, Ended, ToCome } theme_ = Theme::Any;
  std::size_t begun_ = 0;
  std::string as_of_;
  std::vector<Item> items_;
  std::vector<Written> written_;
  bool has_part_ = false;
};

}  // namespace

Rules make_rules(Random& random) { return Writer(random).write(); }

}  // namespace onus::property
