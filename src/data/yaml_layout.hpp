// The check behind yaml-cpp: walks the delivered tree and the bytes of the file side by side, and accounts for every
// byte.
//
// A delivered structure needs exact brackets, dashes, commas and colons; between them only white space and comments may
// stand; every scalar must stand where yaml-cpp said and mean what yaml-cpp said. It also holds YAML to its own rules
// of indentation, where yaml-cpp 0.7 is lax. On the way it fills in the spans.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "data/document.hpp"
#include "diagnostics/diagnostic.hpp"

namespace onus::data {

// How yaml-cpp said a mapping or sequence was written. A pair is a mapping without brackets inside a flow sequence: [a:
// b].
enum class YamlForm : std::uint8_t { Scalar, Block, Flow, Pair };

// `builder` holds the closed tree in the order of the events, each node's span beginning at its mark (in bytes of
// `text`), and for scalars the text that yaml-cpp delivered; `forms` has one entry a node. `begin` is where the text
// starts (behind a byte order mark). True when the file is exactly that tree; the nodes then have their spans, styles
// and nullness. Otherwise one error has been reported.
bool check_layout(DocumentBuilder& builder, const std::vector<YamlForm>& forms, std::string_view text,
                  std::uint32_t begin, Sink& sink);

// Reports what stands at `at`, where `needed` was expected, with a word on the features of YAML that are not used here.
void report_unexpected(std::string_view text, std::size_t at, FileId file, std::string_view needed, Sink& sink);

}  // namespace onus::data
