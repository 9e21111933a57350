#include "command.hpp"

namespace onus::cli {
namespace {

class Rule final : public Command {
 public:
  void declare(Options& options) override { options.paths("CODE", codes_, "a code such as ON1023, or a name such as missing-full-stop"); }
  Result run(Loader& /*loader*/, const Common& common) override {
    if (codes_.size() > 1) throw Misused{"onus rule takes one code"};
    return rule_page(codes_.empty() ? std::nullopt : std::optional(codes_.front()), common);
  }

 private:
  std::vector<std::string> codes_;
};

}  // namespace

std::unique_ptr<Command> make_rule() { return std::make_unique<Rule>(); }

}  // namespace onus::cli
