// Patterns of file names that a shell did not put out: `'cases/*.yaml'`.
//
// `*` stands for any characters of one name, `?` for one of them, `[a-c]` and `[!a-c]` for one of a set, and `**` as a whole name
// for any number of folders. A file that is there under just this name is no pattern. Names beginning with a dot match nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "onus/loader.hpp"

namespace onus::driver {

// Whether one name matches one part of a pattern.
bool matches(std::string_view pattern, std::string_view name);

// The files and folders that the pattern stands for, in byte order, each once; nothing where the path is none. A last part
// other than `**` matches folders too.
std::optional<std::vector<std::string>> matching(Loader& loader, const std::string& path);

// "a/b" for "a" and "b"; what lies in "." goes by its name alone.
std::string below(const std::string& folder, const std::string& name);

}  // namespace onus::driver
