// Where the library gets its texts from. It opens nothing itself: every buffer comes through a Loader, so a program may keep
// its rules in memory, in an archive or behind a service. Each buffer is asked for once in a run.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace onus {

enum class PathKind : std::uint8_t { Missing, File, Folder, Other };

enum class LoadProblem : std::uint8_t {
  None,
  Missing,      // there is no such file
  Folder,       // it is a folder
  NotAFile,     // a pipe, a device, a socket
  Forbidden,    // no permission
  Outside,      // it lies outside of the root
  TooLarge,     // more bytes than were allowed; `size` says how many
  Failed,       // anything else; `detail` says what
};

struct Loaded {
  LoadProblem problem = LoadProblem::None;
  std::string detail;
  std::string path;         // as reports name it
  std::string identity;     // the same for every name of one file
  std::string text;
  std::uint64_t size = 0;   // bytes
};

struct FolderEntry {
  std::string name;
  PathKind kind = PathKind::Other;
};

class Loader {
 public:
  Loader() = default;
  Loader(const Loader&) = delete;
  Loader& operator=(const Loader&) = delete;
  virtual ~Loader();

  virtual PathKind kind(const std::string& path) = 0;
  // A file that somebody named; `-` is standard input.
  virtual Loaded read(const std::string& path, std::uint64_t most_bytes) = 0;
  // What a folder holds, in byte order of the names. Entries whose name begins with a dot are left out.
  virtual std::vector<FolderEntry> list(const std::string& folder) = 0;
  // The nearest folder upwards from a file or folder that holds `onus.toml`.
  virtual std::optional<std::string> root_of(const std::string& path) = 0;
  // The folder that holds the file.
  virtual std::string folder_of(const std::string& path) = 0;
  // A file by its path below a root; never one outside of it, whatever links lie in between.
  virtual Loaded read_below(const std::string& root, const std::string& relative, std::uint64_t most_bytes) = 0;
};

// Files and folders of this machine. Regular files only.
std::unique_ptr<Loader> disk_loader();

// Named buffers. Paths are parts with `/` between them; folders are what the names imply.
class MemoryLoader final : public Loader {
 public:
  void add(std::string path, std::string text);

  PathKind kind(const std::string& path) override;
  Loaded read(const std::string& path, std::uint64_t most_bytes) override;
  std::vector<FolderEntry> list(const std::string& folder) override;
  std::optional<std::string> root_of(const std::string& path) override;
  std::string folder_of(const std::string& path) override;
  Loaded read_below(const std::string& root, const std::string& relative, std::uint64_t most_bytes) override;

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace onus
