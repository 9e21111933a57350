// A JSON text in the making: values keep the order in which they were added, and equal values print to equal bytes.
//
// What fits into a line stands on one line; longer lists and objects have an entry a line, indented by one blank a level.
// Texts that are no UTF-8 (a file name may be such) have their stray bytes written out as \x..; the result is always UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/number.hpp"

namespace onus::reports {

class Json {
 public:
  static Json text(std::string_view value);
  static Json number(std::int64_t value);
  static Json number(const Number& value);   // exactly: a fraction whose decimals never end is a text, "1/3"
  static Json boolean(bool value);
  static Json null();
  static Json list();
  static Json object();
  static Json texts(const std::vector<std::string>& values);

  // Lists only; objects only. Both return this value.
  Json& push(Json value);
  Json& append(const Json& list);   // the items of another list
  Json& add(std::string_view key, Json value);
  Json& add(std::string_view key, std::string_view value) { return add(key, text(value)); }

  [[nodiscard]] bool empty() const { return entries_.empty(); }
  // With a final newline. `columns`: how long a line may get before it is broken up.
  [[nodiscard]] std::string print(std::size_t columns = 120) const;
  // On one line, without a newline.
  [[nodiscard]] std::string compact() const;

 private:
  enum class Shape : std::uint8_t { Scalar, List, Object };
  void print_to(std::string& out, std::size_t indent, std::size_t columns) const;
  void print_flat(std::string& out) const;

  Shape shape_ = Shape::Scalar;
  std::string scalar_;                                  // as printed
  std::vector<std::pair<std::string, Json>> entries_;   // keys as printed, empty in lists
  std::size_t flat_ = 2;                                // bytes of the value on one line
};

// A JSON string with its quotes.
std::string json_quoted(std::string_view text);

}  // namespace onus::reports
