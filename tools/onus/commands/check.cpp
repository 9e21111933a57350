#include "command.hpp"

namespace onus::cli {
namespace {

class Check final : public Command {
 public:
  void declare(Options& options) override {
    options.paths("RULES… CASE…", request_.paths, "rule files (.onus), case files (.yaml, .json), folders of either; `-` is standard input");
    options.value("--as-of", "DATE", request_.as_of, "judge as of this day, whatever the case says");
    options.value("--from", "DATE", request_.from, "the timeline from this day on: when each duty applies, is due and can be enforced");
    options.value("--to", "DATE", request_.to, "the timeline up to this day; without --from it begins on the as-of date");
    assumptions_.declare(options);
    options.flag("--require-decided", request_.require_decided, "exit 4 if a verdict depends on facts that are not given");
    options.flag("--all", request_.all, "with the reasons of what does not apply");
  }
  Result run(Loader& loader, const Common& common) override {
    request_.assumptions = assumptions_.assumptions();
    request_.common = common;
    return check(request_, loader);
  }

  [[nodiscard]] std::vector<std::string> formats() const override { return {"human", "json", "markdown", "ics"}; }
  [[nodiscard]] bool stops_early() const override { return true; }

 private:
  CheckRequest request_;
  AssumptionOptions assumptions_;
};

}  // namespace

std::unique_ptr<Command> make_check() { return std::make_unique<Check>(); }

}  // namespace onus::cli
