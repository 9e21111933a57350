// Reads the scalars of YAML from their bytes, independently of yaml-cpp: where a scalar ends and what text it stands
// for. The layout check compares both, so that a text reaches onus only when two readers agree about it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace onus::data {

enum class ScalarProblem { None, Unclosed, UnknownEscape, LoneSurrogate, ForbiddenEscape, BadHeader, OverIndented };

struct ScalarText {
  std::string text;
  std::size_t end = 0;  // behind the closing quote, or behind the last line of a block
  ScalarProblem problem = ScalarProblem::None;
  std::size_t problem_begin = 0;  // of the escape
  std::size_t problem_end = 0;
  char32_t code_point = 0;  // ForbiddenEscape
  // The first escape that stands for a character that cannot be seen; a name may not have one.
  std::size_t hidden_begin = 0;
  std::size_t hidden_end = 0;
  char32_t hidden = 0;  // 0: none
};

// `begin` is at the opening quote. An escape for a control or noncharacter is a problem. YAML 1.2, sections 7.3.1
// and 7.3.2.
[[nodiscard]] ScalarText read_double_quoted(std::string_view source, std::size_t begin);
[[nodiscard]] ScalarText read_single_quoted(std::string_view source, std::size_t begin);
// `begin` is at the `|` or `>`; `parent` is the column of the innermost list or mapping around it, -1 at the top. A
// file whose last line has no line end is read as if it had one. Section 8.1.
[[nodiscard]] ScalarText read_block(std::string_view source, std::size_t begin, int parent);
// Where a plain scalar that begins at `begin` and stands for `value` ends, white space and line ends folded as
// section 7.3.3 says; nothing when these bytes do not stand for that text.
[[nodiscard]] std::optional<std::size_t> match_plain(std::string_view source, std::size_t begin,
                                                     std::string_view value);

}  // namespace onus::data
