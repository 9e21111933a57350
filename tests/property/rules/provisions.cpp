// Provisions.
#include "property/rules/writer.hpp"

namespace onus::property {

void Writer::provisions(Strings& out) {
  std::size_t number = 0;
  if (chance(50)) {
    out.push_back("part one \"First part\".\n" + (chance(70) ? "applies from: " + begin() + ".\n" : std::string()));
    has_part_ = true;
  }
  if (chance(20)) last_day(out);
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
  if (has_penalty_) penalty(out);
  const std::size_t attackers = random_.below(theme_ == Theme::Any ? 5 : has_time() ? 2 : 3);
  for (std::size_t index = 0; index < attackers; ++index) attacker(++number, out);
  if (theme_ == Theme::Open) {
    const std::vector<Written> all = written_;
    for (const Written& one : all) {
      if (one.norm ? chance(95) : one.settled) open(one, ++number, out);
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

std::string Writer::particulars_of_time(const Context& context) {
  std::string text;
  std::string system;
  if ((has_time() && chance(60)) || !phrase_of(context, Kind::System, system)) return text;
  const auto day = [&] {
    const std::string one = pick({"the release of ", "the notice of "}) + system;
    if (!has_last_day_ || chance(50)) return one;
    const std::string computed = "the last day of " + system;
    return chance(50) ? computed : "the " + pick({"earlier", "later"}) + " of " + one + " and " + computed;
  };
  if (chance(12)) text += "  from: " + day() + ".\n";
  if (chance(10)) text += "  until: " + day() + ".\n";
  return text;
}

// A computed day that may not be there.
void Writer::last_day(Strings& out) {
  has_last_day_ = true;
  out.push_back("value last:\n  the last day of a system is:\n    - (a) the notice of the system if the system is " +
                pick({"sealed", "tested"}) + ";\n    - (b) the release of the system otherwise.\n");
}

void Writer::definition(const Item& item, std::size_t layer, std::size_t number, Strings& out) {
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
  const bool settled = theme_ == Theme::Open && !item.recursive && context.roots.front().kind == Kind::System && chance(65);
  const bool reading = !settled && chance(15);
  if (settled) {
    text += settled_condition(context);
  } else if (item.recursive && item.is == Item::Is::Predicate && chance(60)) {
    text += " if any of the following apply:\n    - (a) " + conjunction(context, 2) + ";\n    - (b) all of the following apply:\n" +
            "      -- the base of the source of the system is " + item.name + ";\n      -- " + conjunction(context, 2);
  } else if (reading) {
    text += " if " + list(context, 0, 2, true);
  } else {
    text += ifs(context, 12);
  }
  text += ".\n";
  if (reading) text += "  reading \"other\": instead of (a): " + conjunction(context, 2) + ".\n";
  if (chance(12)) text += "  applies from: " + begin() + ".\n";
  text += particulars_of_time(context);
  out.push_back(text);
  Written made{"definition " + label, context};
  made.settled = settled;
  written_.push_back(made);
}

void Writer::presumption(const Item& item, std::size_t layer, std::size_t number, Strings& out) {
  const std::string label = "p" + std::to_string(number);
  const Context context = context_of(item.owner, layer);
  std::string text = "presumption " + label + ":\n  a " + noun_of(item.owner) + " is presumed " + item.name + ifs(context, 5) + ".\n";
  if (chance(25)) text += "  rebutted if: " + conjunction(context, 2) + ".\n";
  out.push_back(text);
  written_.push_back({"presumption " + label, context});
}

void Writer::value(const Item& item, std::size_t layer, std::size_t number, Strings& out) {
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

void Writer::norm(std::size_t number, Strings& out) {
  const bool duty = chance(70);
  const std::string kind = !duty ? "prohibition" : chance(18) ? pick({"permission", "guidance", "liability"}) : "duty";
  const std::string label = "n" + std::to_string(number);
  Context context = context_of(Kind::System, items_.size());
  std::string text = kind + " " + label + ":\n  ";
  const std::string must = kind == "duty"         ? " must \"report\""
                           : kind == "guidance"   ? " should \"report\""
                           : kind == "liability" ? " is liable for \"harm\""
                                                  : " may \"sell\"";
  std::string adjective;
  for (const Item& item : items_) {
    if (item.is == Item::Is::Predicate && item.owner == Kind::System && chance(40)) adjective = item.name + " ";
  }
  if (theme_ != Theme::Any && (theme_ == Theme::Binding || chance(80))) adjective.clear();
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
  if (theme_ == Theme::Open && chance(85)) {
    text += settled_condition(context) + ".\n";
  } else if (chance(has_time() ? 8 : 25)) {
    text += " if " + telling() + ".\n";
  } else {
    text += ifs(context, 65) + ".\n";
  }
  text += particulars_of_time(context);
  if (chance(theme_ == Theme::Binding ? 5 : 35)) text += "  applies from: " + begin() + ".\n";
  const bool followed = kind == "duty" ? chance(30) : kind == "prohibition" && chance(15);
  // The oracle does not know whether a day that is not known was missed.
  if (duty && chance(followed ? 3 : 30)) text += "  due: by the release of the system.\n";
  if (duty && chance(followed ? 3 : 15)) text += "  due: within 3 months of the release of the system.\n";
  if (followed) {
    text += "  failing which: penalty f.\n";
    has_penalty_ = true;
    // A deadline that cases settle, more often than others.
    if (kind == "duty" && chance(70)) text += "  due: " + pick({"by ", "before ", "within 10 days of "}) + pick({"the notice of the system", "the notice of the system", begin(), pick(all_dates)}) + ".\n";
    if (kind == "duty" && chance(30)) text += fulfilment();
  }
  if (chance(12)) text += "  limited to: the source of the system, if the system is tested.\n";
  out.push_back(text);
  Written made{kind + " " + label, context};
  made.norm = true;
  written_.push_back(made);
}

std::string Writer::fulfilment() {
  std::string text = "  fulfilled by: " + pick({"the notice of the system", "\"an approval\""});
  if (chance(70)) text += " if the system is " + pick({"sealed", "hidden", "tested"});
  return text + ".\n";
}

// What follows the norms that name it.
void Writer::penalty(Strings& out) {
  Context context = context_of(Kind::System, items_.size());
  std::string text = "penalty f:\n  each maker of a system is liable to a fine of at most 100 EUR";
  if (chance(30)) text += " if the system is " + pick({"sealed", "tested"}) + pick({"", " and " + atom(context, true)});
  text += ".\n";
  if (chance(35)) text += "  applies from: " + begin() + ".\n";
  out.push_back(text);
}

// A condition on which a verdict seldom hangs in a longer one: an amount that may not be there, a presumption.
std::string Writer::telling() {
  Strings conditions{"the price of the system is below the fee", "the price of the system is at most 100 EUR"};
  for (const Item& item : items_) {
    if (item.is != Item::Is::Presumed || item.owner != Kind::System) continue;
    conditions.insert(conditions.end(), 4, "the system is " + item.name);
  }
  return pick(conditions);
}

void Writer::attacker(std::size_t number, Strings& out) {
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

void Writer::open(const Written& target, std::size_t number, Strings& out) {
  // Where much is to stay undetermined, the condition is one that cases settle.
  const std::string when = theme_ == Theme::Open && chance(75)
                               ? "the system is not " + pick({"sealed", "hidden"}) + pick({"", " or the pieces of the system is at least 1"})
                               : condition(target.context, 0, 2);
  out.push_back("open o" + std::to_string(number) + " in " + target.ref + ":\n  left open if " + when + ".\n");
  written_.push_back({"open o" + std::to_string(number), target.context, false, true, 1});
}

// Facts that are settled by silence, so that what leaves the provision open is seldom hidden by what the case leaves open.
std::string Writer::settled_condition(const Context& context) {
  return " if the system is " + pick({"sealed", "hidden"}) + pick({"", "", " and " + atom(context, true)});
}

}  // namespace onus::property
