// SHA-256 (FIPS 180-4), for naming exactly which bytes a report speaks of. Not for secrets.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace onus {

using Sha256Digest = std::array<std::uint8_t, 32>;

// Bytes may come in pieces of any size; `finish` is called once, last.
class Sha256 {
 public:
  Sha256();
  void update(std::string_view bytes);
  Sha256Digest finish();

 private:
  void compress(const std::uint8_t* block);

  std::array<std::uint32_t, 8> state_;
  std::array<std::uint8_t, 64> buffer_{};
  std::uint64_t length_ = 0;  // bytes so far
};

Sha256Digest sha256(std::string_view bytes);
std::string to_hex(const Sha256Digest& digest);      // 64 lower-case digits
std::string sha256_hex(std::string_view bytes);

}  // namespace onus
