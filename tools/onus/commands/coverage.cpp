#include "command.hpp"

namespace onus::cli {
namespace {

class Coverage final : public Command {
 public:
  void declare(Options& options) override {
    options.paths("RULES… [CASES…]", request_.paths, "rule files, case files, folders of both (default: this folder)");
    options.values("--text", "FILE", request_.texts, "a list of what a source text has: is each item encoded, or left out and why");
    options.flag("--all", request_.all, "also what is reached, by which case, and what is accounted for");
    options.value("--fail-under", "PERCENT", request_.fail_under, "exit 1 if fewer of the sides are reached");
    options.flag("--require-all", request_.require_all, "exit 1 if a side is not reached or an item is not accounted for");
  }
  Result run(Loader& loader, const Common& common) override {
    request_.common = common;
    return coverage(request_, loader);
  }
  [[nodiscard]] bool stops_early() const override { return true; }

 private:
  CoverageRequest request_;
};

}  // namespace

std::unique_ptr<Command> make_coverage() { return std::make_unique<Coverage>(); }

}  // namespace onus::cli
