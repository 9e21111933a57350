#include "inputs.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "command.hpp"

namespace onus::cli {
namespace {

// Two names of one file are compared by what the system says they are. Devices and pipes lose nothing when they are written.
bool same_file(const std::string& output, const std::string& input) {
  struct stat written{}, read{};
  if (::stat(output.c_str(), &written) != 0 || !S_ISREG(written.st_mode)) return false;
  const bool found = (input == "-" ? ::fstat(STDIN_FILENO, &read) : ::stat(input.c_str(), &read)) == 0;
  return found && written.st_dev == read.st_dev && written.st_ino == read.st_ino;
}

class InputsLoader final : public Loader {
 public:
  explicit InputsLoader(std::string output) : output_(std::move(output)) {}

  PathKind kind(const std::string& path) override { return disk_->kind(path); }
  Loaded read(const std::string& path, std::uint64_t most_bytes) override {
    refuse_same_file(output_, path);
    return disk_->read(path, most_bytes);
  }
  std::vector<FolderEntry> list(const std::string& folder) override { return disk_->list(folder); }
  std::optional<std::string> root_of(const std::string& path) override {
    auto root = disk_->root_of(path);
    if (root) refuse_same_file(output_, below(*root, "onus.toml"));
    return root;
  }
  std::string folder_of(const std::string& path) override { return disk_->folder_of(path); }
  Loaded read_below(const std::string& root, const std::string& relative, std::uint64_t most_bytes) override {
    refuse_same_file(output_, below(root, relative));
    return disk_->read_below(root, relative, most_bytes);
  }

 private:
  static std::string below(const std::string& folder, const std::string& name) { return folder + (folder.ends_with('/') ? "" : "/") + name; }

  std::unique_ptr<Loader> disk_ = disk_loader();
  std::string output_;
};

}  // namespace

std::unique_ptr<Loader> inputs_loader(const std::optional<std::string>& output) {
  if (!output) return disk_loader();
  return std::make_unique<InputsLoader>(*output);
}

void refuse_same_file(const std::string& output, const std::string& input) {
  if (!same_file(output, input)) return;
  const std::string read = input == "-" ? "standard input" : input == output ? "" : "`" + input + "`";
  throw Misused{"-o `" + output + "` would overwrite an input of this run" + (read.empty() ? "" : ", " + read) + ": give the result another name"};
}

}  // namespace onus::cli
