// Whom a sentence speaks of; amounts and dates.
#include "property/rules/writer.hpp"

namespace onus::property {

std::vector<Phrase> Writer::phrases(const Context& context) {
  std::vector<Phrase> result = context.roots;
  for (const Phrase& root : context.roots) {
    if (root.kind == Kind::System) {
      result.push_back({"the maker of " + root.text, Kind::Firm});
      result.push_back({"the maker of " + root.text, Kind::Firm});
      result.push_back({"the seller of " + root.text, Kind::Firm});
      result.push_back({"the source of " + root.text, Kind::Change});
      result.push_back({"the base of the source of " + root.text, Kind::System});
      result.push_back({"the parent of the maker of " + root.text, Kind::Firm});
      result.push_back({"the changer of the source of " + root.text, Kind::Firm});
    }
    if (root.kind == Kind::Firm) result.push_back({"the parent of " + root.text, Kind::Firm});
    if (root.kind == Kind::Change) {
      result.push_back({"the changer of " + root.text, Kind::Firm});
      result.push_back({"the client of " + root.text, Kind::Firm});
      result.push_back({"the base of " + root.text, Kind::System});
      result.push_back({"the result of " + root.text, Kind::System});
    }
  }
  return result;
}

Phrase Writer::phrase(const Context& context) {
  // What the sentence is about comes up more often than what is reached from it.
  if (chance(60)) return random_.pick(context.roots);
  return random_.pick(phrases(context));
}

bool Writer::phrase_of(const Context& context, Kind kind, std::string& out) {
  std::vector<Phrase> fitting;
  for (const Phrase& one : phrases(context)) {
    if (one.kind == kind) fitting.push_back(one);
  }
  if (fitting.empty()) return false;
  out = random_.pick(fitting).text;
  return true;
}

std::string Writer::constant(const std::string& unit, const Context& context) {
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
std::string Writer::quantity(const Context& context, const Phrase& of, const std::string& unit, bool certain) {
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

std::string Writer::comparison(const Context& context) {
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

std::string Writer::date_of(const Context& context) {
  for (int tries = 0; tries < 10; ++tries) {
    const Phrase of = phrase(context);
    if (of.kind == Kind::System) return pick({"the release of ", "the release of ", "the notice of "}) + of.text;
    if (of.kind == Kind::Change) return "the start of " + of.text;
  }
  return {};
}

std::string Writer::date_comparison(const Context& context) {
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

}  // namespace onus::property
