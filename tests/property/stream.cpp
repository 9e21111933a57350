#include "property/stream.hpp"

namespace onus::property {

StreamCounts draw(const StreamOptions& options, const std::function<bool(const Drawn&)>& use) {
  constexpr std::size_t cases = 6;
  StreamCounts counts;
  for (std::uint64_t seed = options.first_seed;; seed += options.stride) {
    Random random(seed);
    const Rules rules = make_rules(random, seed);
    ++counts.sets;
    const auto compiled = compile(rules.vocabulary, rules.regulation());
    if (!compiled->errors.empty()) {
      if (options.refused) options.refused("seed " + std::to_string(seed) + "\n" + rules.regulation() + compiled->errors);
      // Where nothing compiles there is no end to be had otherwise.
      if (counts.sets > 100 && counts.compiled == 0) return counts;
      continue;
    }
    ++counts.compiled;
    for (std::size_t index = 0; index < cases; ++index) {
      const bool open = index + options.open_cases >= cases;
      Mix mix;
      if (open) mix.open_relations = 20;
      const CaseText text = make_case(random, rules, mix, counts.facts);
      std::string errors;
      const auto the_case = read_case(*compiled, text.yaml(), false, errors);
      if (!the_case) {
        ++counts.refused_cases;
        if (options.refused) options.refused("seed " + std::to_string(seed) + "\n" + text.yaml() + errors);
        continue;
      }
      if (!use({seed, index, open, &rules, &text, compiled.get(), &*the_case})) return counts;
    }
  }
}

}  // namespace onus::property
