// Writing results: all of it or an error.
#pragma once

#include <string>
#include <string_view>

#include "command.hpp"

namespace onus::cli {

// Everything to a descriptor. 0, or the errno of what went wrong.
int write_all(int fd, std::string_view text);

// The text becomes the content of the file in one step: a temporary file beside it, flushed to the disk, takes its name. What
// was there stays if anything goes wrong, or if `if_there` says so. A target that is no regular file (a device, a pipe) is written to as it is.
// Empty, or what went wrong.
std::string replace_file(const std::string& path, std::string_view text, IfThere if_there);

}  // namespace onus::cli
