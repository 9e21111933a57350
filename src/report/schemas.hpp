// JSON Schemas (2020-12) of every output.
#pragma once

#include <span>
#include <string_view>

namespace onus::reports {

struct NamedSchema {
  std::string_view name;    // "check"
  std::string_view about;
  std::string_view text;    // with a final newline
};
std::span<const NamedSchema> schemas();

}  // namespace onus::reports
