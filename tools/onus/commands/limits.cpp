#include "command.hpp"

namespace onus::cli {
namespace {

class ShowLimits final : public Command {
 public:
  void declare(Options& /*options*/) override {}
  Result run(Loader& /*loader*/, const Common& common) override { return limits_page(common); }
};

}  // namespace

std::unique_ptr<Command> make_limits() { return std::make_unique<ShowLimits>(); }

}  // namespace onus::cli
