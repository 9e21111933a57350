// Reports what is wrong with the bytes of a file, before any language is known.
#pragma once

#include <cstddef>
#include <string>

#include "diagnostics/diagnostic.hpp"
#include "source/source.hpp"

namespace onus {

// True when every byte of the file is text that onus reads (source/utf8.hpp); otherwise each problem is reported at its
// place, the first `most` of them, and then how many more there are. `file` names the same file in the spans. Words
// that are not in normal form C are a warning, at the first of them.
bool check_text(const SourceFile& source, FileId file, Sink& sink, std::size_t most = 100);

// "U+202E (right-to-left override)"; the name only where it is a common one.
[[nodiscard]] std::string describe_code_point(char32_t code_point);

}  // namespace onus
