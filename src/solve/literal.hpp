// Variables and literals of the search; shared by the search and the theory below it.
#pragma once

#include <compare>
#include <cstdint>

namespace onus::solve {

struct Literal {
  std::uint32_t code = 0xffffffffU;  // 2 * variable, + 1 when negated

  static constexpr Literal of(std::uint32_t variable, bool negated) {
    return Literal{2 * variable + (negated ? 1U : 0U)};
  }
  constexpr std::uint32_t variable() const { return code >> 1; }
  constexpr bool is_negated() const { return (code & 1) != 0; }
  constexpr bool is_none() const { return code == 0xffffffffU; }
  constexpr Literal operator~() const { return Literal{code ^ 1}; }
  constexpr auto operator<=>(const Literal&) const = default;
};

inline constexpr Literal no_literal{};

}  // namespace onus::solve
