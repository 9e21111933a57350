#include "output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace onus::cli {
namespace {

std::string reason(int error) { return std::strerror(error); }

// While a temporary file is there, Ctrl-C waits: the file is written in a moment, and nothing is left behind.
class HeldSignals {
 public:
  HeldSignals() {
    sigset_t held;
    sigemptyset(&held);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGALRM}) sigaddset(&held, signal);
    ::sigprocmask(SIG_BLOCK, &held, &before_);
  }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;
  ~HeldSignals() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

std::string write_through(const std::string& path, std::string_view text) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) return reason(errno);
  int error = write_all(fd, text);
  if (::close(fd) != 0 && error == 0) error = errno;
  return error == 0 ? "" : reason(error);
}

// What came to be there since is kept too, where the file system can tell.
int take_name(const std::string& temporary, const std::string& target, IfThere if_there) {
  if (if_there == IfThere::Keep) {
    if (::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return -1;
  }
  return ::rename(temporary.c_str(), target.c_str());
}

}  // namespace

int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

std::string replace_file(const std::string& path, std::string_view text, IfThere if_there) {
  struct stat status{};
  std::string target = path;
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    return S_ISDIR(status.st_mode) ? std::string("it is a folder") : write_through(path, text);
  }
  constexpr const char* kept = "the file is there already, and may be filled in; give another name";
  if (exists && if_there == IfThere::Keep) return kept;
  if (exists) {
    // Through a link, the file that it leads to is replaced, not the link.
    const std::unique_ptr<char, void (*)(void*)> real(::realpath(path.c_str(), nullptr), std::free);
    if (real) target = real.get();
  }
  const HeldSignals held;
  const std::string temporary = target + "." + std::to_string(::getpid()) + ".tmp";
  const mode_t mode = exists ? status.st_mode & 0777U : 0666U;
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
  if (fd < 0) return reason(errno);
  int error = write_all(fd, text);
  if (error == 0 && ::fsync(fd) != 0 && errno != EINVAL && errno != ENOTSUP) error = errno;
  if (::close(fd) != 0 && error == 0) error = errno;
  if (error == 0 && take_name(temporary, target, if_there) != 0) error = errno;
  if (error != 0) {
    ::unlink(temporary.c_str());
    return error == EEXIST ? kept : reason(error);
  }
  // The name itself is on the disk once its folder is.
  const auto slash = target.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : target.substr(0, slash);
  const int folder_fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder_fd >= 0) {
    ::fsync(folder_fd);
    ::close(folder_fd);
  }
  return {};
}

}  // namespace onus::cli
