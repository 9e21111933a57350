// The stream of generated rule sets and cases that the property tests draw from: the same for the same seeds.
#pragma once

#include <cstdint>
#include <functional>

#include "property/harness.hpp"

namespace onus::property {

struct Drawn {
  std::uint64_t seed = 0;
  std::size_t index = 0;             // of the case among those of its rule set
  bool open_relations = false;
  const Rules* rules = nullptr;
  const CaseText* text = nullptr;
  Compiled* compiled = nullptr;
  const facts::Case* the_case = nullptr;
};

struct StreamOptions {
  std::uint64_t first_seed = 1;
  std::uint64_t stride = 1;          // shards: each begins elsewhere and takes every n-th seed
  std::size_t open_cases = 2;        // in how many of the six cases of a rule set some relations are left open
  std::function<void(const std::string&)> refused;   // what did not compile, or is no case: its text and the messages
};

struct StreamCounts {
  std::size_t sets = 0, compiled = 0, refused_cases = 0;
  Counts facts;
};

// Draws until `use` returns false.
StreamCounts draw(const StreamOptions& options, const std::function<bool(const Drawn&)>& use);

}  // namespace onus::property
