// Random cases for generated rules.
#include <algorithm>

#include "base/date.hpp"
#include "property/generate.hpp"

namespace onus::property {
namespace {

using Value = CaseText::Value;
using Strings = std::vector<std::string>;

Value word(std::string text) { return {Value::Is::Word, std::move(text), {}, {}, {}}; }

class CaseWriter {
 public:
  CaseWriter(Random& random, const Rules& rules, const Mix& mix, Counts& counts)
      : random_(random), mix_(mix), counts_(counts), text_(rules.regulation()), rules_(rules) {}

  CaseText write() {
    CaseText out;
    out.as_of = chance(rules_.pinned) ? near(rules_.as_of) : near(random_.pick(rules_.dates));
    as_of_ = out.as_of;
    const std::size_t firms = 1 + random_.below(3);
    const std::size_t systems = 1 + random_.below(3);
    const std::size_t changes = reads("change") || reads("source") || reads("base") || reads("forerunner") ? random_.below(3) : 0;
    for (std::size_t index = 0; index < firms; ++index) firms_.push_back("F" + std::to_string(index + 1));
    for (std::size_t index = 0; index < systems; ++index) systems_.push_back("S" + std::to_string(index + 1));
    for (std::size_t index = 0; index < changes; ++index) changes_.push_back("C" + std::to_string(index + 1));
    // Changes lead from earlier systems to later ones, so that no chain bites its tail.
    std::vector<std::string> base(changes), result(changes);
    std::vector<std::string> source(systems);
    for (std::size_t index = 0; index < changes; ++index) {
      const std::size_t from = random_.below(systems);
      base[index] = systems_[from];
      for (std::size_t to = from + 1; to < systems; ++to) {
        if (source[to].empty() && chance(70)) {
          source[to] = changes_[index];
          break;
        }
      }
    }
    for (const std::string& name : firms_) out.entities.push_back(firm(name));
    for (std::size_t index = 0; index < systems; ++index) out.entities.push_back(system(systems_[index], source[index]));
    for (std::size_t index = 0; index < changes; ++index) out.entities.push_back(change(changes_[index], base[index]));
    if (chance(6)) found(out);
    if (reads("penalty f")) done(out);
    return out;
  }

 private:
  bool chance(int percent) { return random_.chance(percent); }
  bool reads(const std::string& name) const { return text_.find(name) != std::string::npos; }

  std::string near(const std::string& date) {
    const auto day = parse_date(date);
    const auto moved = add_days(*day, static_cast<std::int64_t>(random_.below(3)) - 1);
    return to_text(moved.value_or(*day));
  }

  // Whether the fact is worth a line: what no rule reads seldom is.
  bool wanted(const std::string& name) { return reads(name) || chance(5); }

  // The fact is left out or said to be not given.
  bool left_open(CaseText::Entity& entity, const std::string& key, bool may_be_unknowable = false) {
    if (reads(key)) ++counts_.facts;
    if (!chance(mix_.not_given)) return false;
    if (reads(key)) ++counts_.not_given;
    if (may_be_unknowable && chance(35)) {
      entity.facts.push_back({key, word("unknowable")});
    } else if (chance(25) && key != "turnover") {   // each year of which has a state of its own
      entity.facts.push_back({key, word("not given")});
    }
    return true;
  }

  std::string number(const std::string& unit) {
    ++counts_.measured;
    if (chance(mix_.border)) {
      ++counts_.at_border;
      std::vector<std::int64_t> borders;
      if (unit == "FLOP") borders = {5, 10, 20, 30};
      if (unit == "EUR") borders = {50, 100};
      if (unit.empty()) borders = {2, 3};
      if (unit == "FLOP") {
        // A third, a half or twice of what another fact is given as.
        for (const std::int64_t other : given_) {
          borders.push_back(other);
          borders.push_back(2 * other);
          borders.push_back(3 * other);
          if (other % 2 == 0) borders.push_back(other / 2);
          if (other % 3 == 0) borders.push_back(other / 3);
        }
      }
      const std::int64_t value = std::max<std::int64_t>(0, random_.pick(borders) + static_cast<std::int64_t>(random_.below(3)) - 1);
      if (unit == "FLOP") given_.push_back(value);
      return std::to_string(value);
    }
    const std::int64_t value = static_cast<std::int64_t>(random_.below(unit == "EUR" ? 160 : unit.empty() ? 6 : 45));
    if (unit == "FLOP") given_.push_back(value);
    return std::to_string(value) + (!unit.empty() && chance(10) ? ".5" : "");
  }

  Value amount(const std::string& unit, bool may_be_unknowable = false) {
    Value value;
    value.unit = unit;
    value.is = Value::Is::Amount;
    value.word = number(unit);
    if (chance(14)) {
      value.is = Value::Is::Range;
      const auto low = static_cast<std::int64_t>(std::stoll(value.word));
      value.word = std::to_string(low);
      value.second = std::to_string(low + 1 + static_cast<std::int64_t>(random_.below(12)));
    } else if (may_be_unknowable && chance(25)) {
      value.is = Value::Is::Shared;
      value.list = {random_.pick(firms_)};
    }
    return value;
  }

  Value date() {
    ++counts_.measured;
    if (chance(mix_.border)) {
      ++counts_.at_border;
      return word(near(chance(30) ? as_of_ : random_.pick(rules_.dates)));
    }
    const auto day = parse_date(random_.pick(rules_.dates));
    const auto moved = add_days(*day, static_cast<std::int64_t>(random_.below(240)) - 120);
    const std::string first = to_text(moved.value_or(*day));
    if (!chance(20)) return word(first);
    Value value;
    value.is = Value::Is::Range;
    value.word = first;
    value.second = to_text(*add_days(*parse_date(first), 1 + static_cast<std::int64_t>(random_.below(60))));
    return value;
  }

  Value yes_no() { return {Value::Is::YesNo, chance(55) ? "yes" : "no", {}, {}, {}}; }

  void yes_no_fact(CaseText::Entity& entity, const std::string& key, bool by_exception = false) {
    if (!wanted(key)) return;
    if (by_exception) {
      if (chance(35)) entity.facts.push_back({key, yes_no()});
      if (chance(4)) entity.facts.push_back({key, word("not given")});
      if (entity.facts.size() > 1 && entity.facts[entity.facts.size() - 2].key == key) entity.facts.pop_back();
      return;
    }
    if (!left_open(entity, key)) entity.facts.push_back({key, yes_no()});
  }

  void judgement(CaseText::Entity& entity, const std::string& key) {
    if (!wanted(key)) return;
    if (reads(key)) ++counts_.facts;
    switch (random_.below(6)) {
      case 0: entity.facts.push_back({key, word("yes")}); break;
      case 1:
      case 2: entity.facts.push_back({key, word("no")}); break;
      case 3: entity.facts.push_back({key, word("not established")}); break;
      case 4:
        if (reads(key)) ++counts_.not_given;
        break;
      default:
        if (reads(key)) ++counts_.not_given;
        entity.facts.push_back({key, word("not given")});
        break;
    }
  }

  void relation(CaseText::Entity& entity, const std::string& key, const Strings& names, int none) {
    if (chance(mix_.open_relations)) {
      if (none > 0) entity.facts.push_back({key, word("not given")});
      return;
    }
    if (chance(none)) return;
    entity.facts.push_back({key, word(random_.pick(names))});
  }

  CaseText::Entity firm(const std::string& name) {
    CaseText::Entity entity{"firm", name, {}};
    yes_no_fact(entity, "licensed");
    yes_no_fact(entity, "exempt", true);
    if (wanted("turnover") && !left_open(entity, "turnover")) {
      Value value;
      value.is = Value::Is::Yearly;
      value.unit = "EUR";
      for (const char* year : {"2024", "2025"}) {
        if (!value.list.empty() && chance(25)) continue;
        value.list.push_back(year);
        value.list.push_back(number("EUR"));
      }
      entity.facts.push_back({"turnover", value});
    }
    if (reads("parent")) relation(entity, "parent", firms_, 45);
    if (wanted("partner") && !chance(20)) {
      Value value;
      value.is = Value::Is::List;
      for (const std::string& other : firms_) {
        if (other != name && chance(45)) value.list.push_back(other);
      }
      entity.facts.push_back({"partners", value});
    }
    return entity;
  }

  CaseText::Entity system(const std::string& name, const std::string& source) {
    CaseText::Entity entity{"system", name, {}};
    relation(entity, "maker", firms_, 0);
    relation(entity, "seller", firms_, 45);
    // The source of a system steps along a chain: open ones are many worlds.
    if (source.empty() && reads("source") && chance(mix_.open_relations / 4)) {
      entity.facts.push_back({"source", word("not given")});
    } else if (!source.empty()) {
      entity.facts.push_back({"source", word(source)});
    }
    if (wanted("size") && !left_open(entity, "size", true)) entity.facts.push_back({"size", amount("FLOP", true)});
    if (wanted("price") && !left_open(entity, "price"))
      entity.facts.push_back({"price", chance(25) ? word("not applicable") : amount("EUR")});
    if (wanted("pieces") && !left_open(entity, "pieces")) entity.facts.push_back({"pieces", amount("")});
    if (wanted("release") && !left_open(entity, "release")) entity.facts.push_back({"release", date()});
    if (wanted("notice") && chance(55)) entity.facts.push_back({"notice", chance(8) ? word("not given") : date()});
    if (wanted("output") && !left_open(entity, "outputs")) {
      Value value;
      value.is = Value::Is::List;
      for (const char* one : {"text", "sound", "film"}) {
        if (chance(45)) value.list.push_back(one);
      }
      entity.facts.push_back({"outputs", value});
    }
    if (wanted("sort") && !left_open(entity, "sort")) entity.facts.push_back({"sort", word(random_.pick(Strings{"small", "middle", "large"}))});
    yes_no_fact(entity, "tested");
    yes_no_fact(entity, "cheap");
    yes_no_fact(entity, "sealed", true);
    yes_no_fact(entity, "hidden", true);
    judgement(entity, "strong");
    judgement(entity, "risky");
    return entity;
  }

  CaseText::Entity change(const std::string& name, const std::string& base) {
    CaseText::Entity entity{"change", name, {}};
    if (!chance(mix_.open_relations / 3)) entity.facts.push_back({"base", word(base)});
    relation(entity, "changer", firms_, 0);
    if (reads("client") && !chance(mix_.open_relations)) {
      entity.facts.push_back({"client", word(chance(50) ? "not applicable" : random_.pick(firms_))});
    }
    if (wanted("effort") && !left_open(entity, "effort")) entity.facts.push_back({"effort", amount("FLOP")});
    if (wanted("start") && !left_open(entity, "start")) entity.facts.push_back({"start", date()});
    yes_no_fact(entity, "deep");
    yes_no_fact(entity, "minor");
    judgement(entity, "major");
    return entity;
  }

  // What was performed of the norms that a penalty follows; often the case does not say.
  void done(CaseText& out) {
    out.says_done = chance(reads("prohibition") ? 95 : 75);
    if (!out.says_done) return;
    for (const std::string& text : rules_.provisions) {
      if (text.find("failing which") == std::string::npos) continue;
      const std::string name = text.substr(0, text.find(':'));
      for (const std::string& system : systems_) {
        for (const std::string& firm : firms_) {
          if (chance(30)) out.done.push_back({firm, system, name, near(chance(50) ? as_of_ : random_.pick(rules_.dates))});
        }
      }
    }
  }

  // A conclusion that the case states; often it cannot be, and then the case has no verdicts.
  void found(CaseText& out) {
    Strings words;
    for (const char* one : {"marked", "graded"}) {
      if (reads(std::string("may be by law: ") + one)) words.push_back(one);
    }
    if (words.empty()) return;
    out.found.push_back("the system " + random_.pick(systems_) + (chance(50) ? " is not " : " is ") + random_.pick(words));
  }

  Random& random_;
  const Mix& mix_;
  Counts& counts_;
  std::string text_;
  const Rules& rules_;
  std::string as_of_;
  Strings firms_, systems_, changes_;
  std::vector<std::int64_t> given_;
};

}  // namespace

CaseText make_case(Random& random, const Rules& rules, const Mix& mix, Counts& counts) {
  return CaseWriter(random, rules, mix, counts).write();
}

}  // namespace onus::property
