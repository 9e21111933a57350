// The output file must be none of the inputs of the run: writing it would destroy what somebody wrote.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "onus/loader.hpp"

namespace onus::cli {

// Files of this machine, as `disk_loader` gives them. Before a file that `output` names too, by whatever name, is read, Misused
// is thrown; so nothing was done by then. The same for `onus.toml` of a root, and for standard input that is that file.
std::unique_ptr<Loader> inputs_loader(const std::optional<std::string>& output);

// Throws Misused if both names are of one regular file.
void refuse_same_file(const std::string& output, const std::string& input);

}  // namespace onus::cli
