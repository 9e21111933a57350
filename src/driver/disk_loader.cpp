// The only place that opens files.
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "onus/loader.hpp"

namespace onus {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool good() const { return fd_ >= 0; }

 private:
  int fd_;
};

// Non-blocking: a pipe without a writer must not hang us before we see that it is one.
constexpr int reading = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;

Loaded problem(std::string path, LoadProblem what, std::string detail = {}) {
  Loaded loaded;
  loaded.problem = what;
  loaded.detail = std::move(detail);
  loaded.path = std::move(path);
  return loaded;
}

Loaded from_errno(std::string path, int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR: return problem(std::move(path), LoadProblem::Missing);
    case EACCES:
    case EPERM: return problem(std::move(path), LoadProblem::Forbidden);
    case EXDEV: return problem(std::move(path), LoadProblem::Outside);
    case ENXIO: return problem(std::move(path), LoadProblem::NotAFile);
    default: return problem(std::move(path), LoadProblem::Failed, std::strerror(error));
  }
}

// The bytes behind a descriptor; `most` is refused before it is read.
Loaded slurp(int fd, std::string path, std::uint64_t most, bool regular) {
  Loaded loaded;
  loaded.path = path;
  struct stat status{};
  if (::fstat(fd, &status) != 0) return from_errno(std::move(path), errno);
  if (regular) {
    if (S_ISDIR(status.st_mode)) return problem(std::move(path), LoadProblem::Folder);
    if (!S_ISREG(status.st_mode)) return problem(std::move(path), LoadProblem::NotAFile);
  }
  loaded.identity = std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
  if (S_ISREG(status.st_mode)) {
    loaded.size = static_cast<std::uint64_t>(status.st_size);
    if (loaded.size > most) {
      loaded.problem = LoadProblem::TooLarge;
      return loaded;
    }
    loaded.text.reserve(static_cast<std::size_t>(loaded.size) + 1);
  }
  constexpr std::size_t piece = 1U << 16U;
  for (;;) {
    const std::size_t had = loaded.text.size();
    const std::size_t want = std::max<std::size_t>(loaded.text.capacity() - had, piece);
    loaded.text.resize(had + want);
    const ssize_t got = ::read(fd, loaded.text.data() + had, want);
    if (got < 0) {
      loaded.text.resize(had);
      if (errno == EINTR) continue;
      return from_errno(std::move(path), errno);
    }
    loaded.text.resize(had + static_cast<std::size_t>(got));
    if (loaded.text.size() > most) {
      loaded.size = std::max<std::uint64_t>(loaded.size, loaded.text.size());
      loaded.text.clear();
      loaded.problem = LoadProblem::TooLarge;
      return loaded;
    }
    if (got == 0) break;
  }
  loaded.size = loaded.text.size();
  return loaded;
}

PathKind kind_of_mode(mode_t mode) { return S_ISREG(mode) ? PathKind::File : S_ISDIR(mode) ? PathKind::Folder : PathKind::Other; }

// One step at a time, following no link: for kernels and sandboxes without openat2.
int open_below_stepwise(int folder, const std::string& relative) {
  Descriptor current(::dup(folder));
  std::size_t at = 0;
  for (;;) {
    const std::size_t slash = relative.find('/', at);
    const std::string part = relative.substr(at, slash == std::string::npos ? slash : slash - at);
    if (part.empty() || part == "." || part == "..") {
      errno = EXDEV;
      return -1;
    }
    const bool last = slash == std::string::npos;
    const int next = ::openat(current.get(), part.c_str(), (last ? reading : O_PATH | O_CLOEXEC | O_DIRECTORY) | O_NOFOLLOW);
    if (next < 0) {
      if (errno == ELOOP) errno = EXDEV;
      return -1;
    }
    if (last) return next;
    current = Descriptor(next);
    at = slash + 1;
  }
}

int open_below(int folder, const std::string& relative) {
  struct open_how how{};
  how.flags = static_cast<std::uint64_t>(reading);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  const long fd = ::syscall(SYS_openat2, folder, relative.c_str(), &how, sizeof how);
  if (fd >= 0) return static_cast<int>(fd);
  if (errno == ENOSYS || errno == EPERM) return open_below_stepwise(folder, relative);
  return -1;
}

std::string parent_of(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Two names of one folder are compared by what the system says they are.
struct Place {
  dev_t device = 0;
  ino_t node = 0;
  bool operator==(const Place&) const = default;
};
std::optional<Place> place_of(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return Place{status.st_dev, status.st_ino};
}

class DiskLoader final : public Loader {
 public:
  PathKind kind(const std::string& path) override {
    if (path == "-") return PathKind::File;
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return PathKind::Missing;
    return kind_of_mode(status.st_mode);
  }

  Loaded read(const std::string& path, std::uint64_t most_bytes) override {
    if (path == "-") {
      auto loaded = slurp(STDIN_FILENO, "<stdin>", most_bytes, false);
      loaded.identity = "-";
      return loaded;
    }
    const Descriptor file(::open(path.c_str(), reading));
    if (!file.good()) return from_errno(path, errno);
    return slurp(file.get(), path, most_bytes, true);
  }

  std::vector<FolderEntry> list(const std::string& folder) override {
    std::vector<FolderEntry> entries;
    DIR* const directory = ::opendir(folder.c_str());
    if (directory == nullptr) return entries;
    while (const dirent* const entry = ::readdir(directory)) {
      const std::string name = entry->d_name;
      if (name.starts_with('.')) continue;
      struct stat status{};
      PathKind kind = PathKind::Other;
      if (::fstatat(::dirfd(directory), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
        kind = kind_of_mode(status.st_mode);
        // A link to a file is that file; a link to a folder is not followed, so no walk ever turns in circles.
        if (S_ISLNK(status.st_mode) && ::fstatat(::dirfd(directory), name.c_str(), &status, 0) == 0 && S_ISREG(status.st_mode)) {
          kind = PathKind::File;
        }
      }
      entries.push_back({name, kind});
    }
    ::closedir(directory);
    std::sort(entries.begin(), entries.end(), [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
    return entries;
  }

  std::optional<std::string> root_of(const std::string& path) override {
    if (path == "-") return std::nullopt;
    std::string folder = kind(path) == PathKind::Folder ? path : parent_of(path);
    while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
    // Upwards by name as long as there are names, then by `..`, so that what reports show stays short.
    constexpr int most_levels = 256;
    for (int level = 0; level < most_levels; ++level) {
      struct stat status{};
      const std::string mark = (folder == "/" ? "" : folder) + "/onus.toml";
      if (::stat(mark.c_str(), &status) == 0 && S_ISREG(status.st_mode)) return folder;
      const auto slash = folder.rfind('/');
      const std::string last = slash == std::string::npos ? folder : folder.substr(slash + 1);
      std::string next;
      if (folder == "/") return std::nullopt;
      if (last == "." && slash == std::string::npos) {
        next = "..";
      } else if (last == ".." || last == ".") {
        next = folder + "/..";
      } else if (slash == std::string::npos) {
        next = ".";
      } else {
        next = slash == 0 ? "/" : folder.substr(0, slash);
      }
      const auto here = place_of(folder);
      const auto above = place_of(next);
      if (!above || (here == above && next.ends_with(".."))) return std::nullopt;
      folder = std::move(next);
    }
    return std::nullopt;
  }

  std::string folder_of(const std::string& path) override { return path == "-" ? "." : parent_of(path); }

  Loaded read_below(const std::string& root, const std::string& relative, std::uint64_t most_bytes) override {
    const std::string shown = root == "." ? relative : root + (root.ends_with('/') ? "" : "/") + relative;
    const Descriptor folder(::open(root.c_str(), O_PATH | O_CLOEXEC | O_DIRECTORY));
    if (!folder.good()) return from_errno(shown, errno);
    const Descriptor file(open_below(folder.get(), relative));
    if (!file.good()) return from_errno(shown, errno);
    return slurp(file.get(), shown, most_bytes, true);
  }
};

}  // namespace

std::unique_ptr<Loader> disk_loader() { return std::make_unique<DiskLoader>(); }

}  // namespace onus
