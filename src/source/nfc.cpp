#include <cstdlib>
#include <memory>

#include <utf8proc.h>

#include "source/utf8.hpp"

namespace onus {

bool is_nfc(std::string_view text) {
  if (is_ascii(text)) return true;
  utf8proc_uint8_t* mapped = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &mapped, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  return length >= 0 &&
         std::string_view(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length)) == text;
}

}  // namespace onus
