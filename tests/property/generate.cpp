#include "property/generate.hpp"

#include "property/rules/writer.hpp"

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

Rules make_rules(Random& random, std::uint64_t seed) {
  // Kinds of texts take turns, so that short runs have each of them.
  return Writer(random).write(static_cast<std::size_t>(seed * 25 % 64));
}

}  // namespace onus::property
