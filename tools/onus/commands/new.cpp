#include "command.hpp"

namespace onus::cli {
namespace {

class New final : public Command {
 public:
  void declare(Options& options) override {
    options.word("WHAT", {"case"}, what_, "`case`: what to begin");
    options.paths("RULES…", request_.paths, "rule files or folders of them");
    options.value("--as-of", "DATE", request_.as_of, "the date of the case (default: today)");
  }
  Result run(Loader& loader, const Common& common) override {
    if (!what_) throw Misused{"say what to begin: onus new case RULES…"};
    request_.common = common;
    return new_case(request_, loader);
  }
  // A case file that was begun before has facts in it.
  [[nodiscard]] IfThere if_output_is_there() const override { return IfThere::Keep; }
  [[nodiscard]] std::vector<std::string> formats() const override { return {"human"}; }

 private:
  NewCaseRequest request_;
  std::optional<std::string> what_;
};

}  // namespace

std::unique_ptr<Command> make_new() { return std::make_unique<New>(); }

}  // namespace onus::cli
