// Statements and lists of them.
#include "property/rules/writer.hpp"

namespace onus::property {

std::string Writer::simple(const Context& context, const Phrase& of) {
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

std::string Writer::other_statement(const Context& context) {
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
      if (chance(20) && phrase_of(context, Kind::Firm, firm)) return firm + pick({" has a parent", " has no parent"});
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

std::string Writer::atom(const Context& context, bool inner) {
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

std::string Writer::conjunction(const Context& context, int most) {
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
std::string Writer::condition(const Context& context, int depth, int most_depth, bool letters) {
  const int lists = depth == 0 ? 45 : 30;
  if (depth < most_depth && chance(lists)) return list(context, depth, most_depth, letters);
  std::string text = conjunction(context, 3);
  if (chance(18) && !is_for(text)) {
    const std::string exception = atom(context, true);
    text += ", unless " + exception;
  }
  return text;
}

std::string Writer::list(const Context& context, int depth, int most_depth, bool letters) {
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
std::string Writer::ifs(const Context& context, int always, bool letters) {
  const int share = has_time() ? (200 + always) / 3 : theme_ == Theme::Binding ? (300 + always) / 4 : always;
  if (chance(share)) return {};
  if (chance(8)) return ", unless " + conjunction(context, 2);
  return " if " + condition(context, 0, 3, letters);
}

}  // namespace onus::property
