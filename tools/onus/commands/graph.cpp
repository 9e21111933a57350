#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "command.hpp"

namespace onus::cli {
namespace {

// The picture that Graphviz makes of a graph; nothing when there is no Graphviz, or it failed. It reads everything before it
// writes anything.
std::optional<std::string> drawn(const std::string& text) {
  std::array<int, 2> in{}, out{};
  if (::pipe(in.data()) != 0) return std::nullopt;
  if (::pipe(out.data()) != 0) {
    ::close(in[0]);
    ::close(in[1]);
    return std::nullopt;
  }
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(in[0], STDIN_FILENO);
    ::dup2(out[1], STDOUT_FILENO);
    for (const int end : {in[0], in[1], out[0], out[1]}) ::close(end);
    ::execlp("dot", "dot", "-Tsvg", static_cast<char*>(nullptr));
    ::_exit(127);
  }
  ::close(in[0]);
  ::close(out[1]);
  std::string picture;
  bool sound = child > 0;
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  for (std::size_t at = 0; sound && at < text.size();) {
    const ssize_t written = ::write(in[1], text.data() + at, text.size() - at);
    if (written > 0) {
      at += static_cast<std::size_t>(written);
    } else if (written < 0 && errno != EINTR) {
      sound = false;
    }
  }
  ::close(in[1]);
  std::array<char, 1U << 16U> buffer{};
  while (sound) {
    const ssize_t count = ::read(out[0], buffer.data(), buffer.size());
    if (count > 0) {
      picture.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (count == 0 || errno != EINTR) {
      sound = count == 0;
      break;
    }
  }
  ::close(out[0]);
  std::signal(SIGPIPE, before);
  int status = 0;
  if (child > 0 && ::waitpid(child, &status, 0) != child) sound = false;
  if (!sound || !WIFEXITED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
  return picture;
}

class Graph final : public Command {
 public:
  void declare(Options& options) override {
    options.paths("RULES…", request_.paths, "rule files or folders of them");
    options.values("--provision", "NAME", request_.provisions, "only this definition, presumption or norm");
    options.value("--actor", "NAME", request_.actor, "only norms that this role or kind of actor bears");
    options.value("--as-of", "DATE", request_.as_of, "on this day; otherwise the day is asked for too");
    options.value("--case", "VERDICT", request_.example, "a case in which the one provision `applies`, or `does-not-apply`, as a case file");
    options.values("--assume-in-force", "ID", assume_in_force_, "take this regulation to be in force at all times");
    options.values("--set", "PARAMETER=VALUE", set_, "take a parameter to have this value at all times");
  }
  [[nodiscard]] std::vector<std::string> formats() const override { return {"dot", "mermaid", "svg", "json"}; }
  Result run(Loader& loader, const Common& common) override {
    request_.common = common;
    request_.assumptions.assume_in_force = assume_in_force_;
    for (const auto& setting : set_) request_.assumptions.parameters.push_back(split_setting("--set", setting));
    Result result = decision_graph(request_, loader);
    if (common.picture != "svg" || request_.example || result.out.empty()) return result;
    auto picture = drawn(result.out);
    if (!picture) {
      result.out.clear();
      result.exit = Exit::Output;
      result.messages += "onus: Graphviz (its program `dot`) is needed for svg and is not there, or failed: take --format dot\n";
    } else {
      result.out = std::move(*picture);
    }
    return result;
  }

 private:
  GraphRequest request_;
  std::vector<std::string> assume_in_force_, set_;
};

}  // namespace

std::unique_ptr<Command> make_graph() { return std::make_unique<Graph>(); }

}  // namespace onus::cli
