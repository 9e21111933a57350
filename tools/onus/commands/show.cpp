#include "command.hpp"

namespace onus::cli {
namespace {

class Show final : public Command {
 public:
  void declare(Options& options) override {
    options.paths("RULES…", request_.paths, "rule files or folders of them");
    options.values("--only", "WHAT", request_.only, "regulations, terms, conclusions, values, parameters or provisions");
  }
  Result run(Loader& loader, const Common& common) override {
    request_.common = common;
    return show(request_, loader);
  }

 private:
  ShowRequest request_;
};

}  // namespace

std::unique_ptr<Command> make_show() { return std::make_unique<Show>(); }

}  // namespace onus::cli
