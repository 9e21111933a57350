#include "command.hpp"

namespace onus::cli {
namespace {

class Test final : public Command {
 public:
  void declare(Options& options) override {
    options.paths("PATHS…", request_.paths, "rule files, case files, folders of both (default: this folder)");
    options.value("-k", "TEXT", request_.only, "only the cases whose name has this text in it");
    // A test has its own date: asking for another is a mistake, and is said to be one.
    options.value("--as-of", "DATE", as_of_, "refused: a test has its own date");
  }
  Result run(Loader& loader, const Common& common) override {
    if (as_of_) throw Misused{"onus test takes no --as-of: every test has its own date"};
    request_.common = common;
    return test(request_, loader);
  }
  [[nodiscard]] std::vector<std::string> formats() const override { return {"human", "json", "junit"}; }

  [[nodiscard]] bool stops_early() const override { return true; }

 private:
  TestRequest request_;
  std::optional<std::string> as_of_;
};

}  // namespace

std::unique_ptr<Command> make_test() { return std::make_unique<Test>(); }

}  // namespace onus::cli
