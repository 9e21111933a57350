// What there is, and what is concluded.
#include "property/rules/writer.hpp"

namespace onus::property {

Rules Writer::write(std::size_t turn) {
  Rules rules;
  // Some texts are of a kind that random ones seldom are: what leaves things open, what has ended, what is to come, what
  // binds nearly everybody.
  const std::size_t theme = turn % 64;
  theme_ = theme < 25 ? Theme::Open : theme < 41 ? Theme::Ended : theme < 52 ? Theme::ToCome : theme < 63 ? Theme::Binding : Theme::Any;
  begun_ = theme_ == Theme::Ended ? random_.below(2) : theme_ == Theme::ToCome ? 2 : theme_ == Theme::Binding ? 0 : random_.below(3);
  rules.as_of = random_.pick(all_dates);
  if (theme_ == Theme::Ended) rules.as_of = all_dates[4 + random_.below(2)];
  if (theme_ == Theme::Open || theme_ == Theme::Binding) rules.as_of = all_dates[3 + random_.below(3)];
  if (theme_ == Theme::ToCome) rules.as_of = all_dates[random_.below(2)];
  rules.pinned = theme_ == Theme::Any ? 30 : 85;
  as_of_ = rules.as_of;
  rules.vocabulary = vocabulary();
  choose_items();
  rules.headline = headline();
  provisions(rules.provisions);
  if (chance(20)) rules.vocabulary += assumption();
  rules.dates = all_dates;
  return rules;
}

std::string Writer::vocabulary() {
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
  line("the parent of a firm is a firm, none unless given");
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

void Writer::choose_items() {
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

std::string Writer::headline() {
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

std::string Writer::assumption() {
  Context context = context_of(Kind::System, 0);
  context.parameters = false;
  const std::string what = pick({"not cheap", "tested", "not sealed", "not tested", "strong"});
  return "assumption a1:\n  a system is " + what + " if " + conjunction(context, 2) + ".\n";
}

}  // namespace onus::property
