// What is in a set of rules: terms, conclusions, computed terms, parameters and provisions, as a page and as JSON (`show/1`).
#pragma once

#include <string>
#include <vector>

#include "model/model.hpp"
#include "report/check.hpp"
#include "report/text.hpp"
#include "source/source.hpp"

namespace onus::reports {

// "regulations", "terms", "conclusions", "values", "parameters", "provisions".
const std::vector<std::string>& show_sections();

// `only`: these sections; empty: all.
std::string show_page(const model::Model& model, const Style& style, const std::vector<std::string>& only);
std::string show_json(const model::Model& model, const SourceStore& sources, const std::vector<InputFile>& inputs,
                      const std::vector<std::string>& only);

}  // namespace onus::reports
