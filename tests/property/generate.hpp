// Random rule texts and cases, the same for the same seed: valid by construction, small, and rich in borders.
//
// The rules speak of firms that make and sell systems and of changes made to systems; every construct that has a meaning
// turns up. Provisions stand in layers: each uses only what lies below it, or steps up the chain of changes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace onus::property {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15ULL + 0x1234567) {}
  std::uint64_t next();
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }

 private:
  std::uint64_t state_;
};

struct Rules {
  std::string vocabulary;
  std::string headline;                     // of the regulation, with parameters and declared conclusions
  std::vector<std::string> provisions;      // a text each; a part's heading is one too
  std::string as_of;                        // a day on which the rules are worth asking …
  int pinned = 30;                          // … for so many cases in a hundred
  std::vector<std::string> dates;           // that the text names

  [[nodiscard]] std::string regulation() const;
};

// What a case says, before it is YAML or JSON.
struct CaseText {
  struct Value {
    // Word: a name, a date, `not given`, the answer to a judgement. Shared: an amount that some cannot know. Yearly: years
    // and amounts in turn.
    enum class Is { Word, YesNo, Amount, Range, List, Shared, Yearly } is = Is::Word;
    std::string word;                       // Amount, Shared: the number; Range: the lower end
    std::string second;                     // Range: the upper end
    std::string unit;                       // of amounts and ranges; may be empty
    std::vector<std::string> list;          // List; Shared: unknowable to these; Yearly
  };
  struct Fact {
    std::string key;
    Value value;
  };
  struct Entity {
    std::string kind, name;
    std::vector<Fact> facts;
  };
  std::string as_of;
  std::vector<Entity> entities;
  std::vector<std::string> found;
  struct Done {
    std::string bearer, object, provision, on;
  };
  bool says_done = false;                   // the case says what was performed: these
  std::vector<Done> done;

  [[nodiscard]] std::string yaml() const;
  [[nodiscard]] std::string json() const;
};

// What a stream of cases is made of, in per cent.
struct Mix {
  int open_relations = 0;      // of relations left open
  int not_given = 25;          // of other facts
  int border = 55;             // of numbers and dates that are given
};

struct Counts {
  std::size_t facts = 0, not_given = 0;          // facts that the rules read
  std::size_t measured = 0, at_border = 0;       // numbers and dates given
};

Rules make_rules(Random& random, std::uint64_t seed);   // seeds one after another take turns with kinds of texts
inline Rules make_rules(Random& random) { return make_rules(random, random.next()); }
CaseText make_case(Random& random, const Rules& rules, const Mix& mix, Counts& counts);

}  // namespace onus::property
