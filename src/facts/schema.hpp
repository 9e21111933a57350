// The JSON Schema of case files.
#pragma once

#include <string>

#include "model/model.hpp"

namespace onus::facts {

// JSON Schema 2020-12, with a final newline. With a model: its kinds, terms, members and units by name; without one: the shape
// that every case file has. YAML's spellings of amounts (`3e24 FLOP`) are texts to a schema and are allowed by pattern.
[[nodiscard]] std::string case_schema(const model::Model* model);

}  // namespace onus::facts
