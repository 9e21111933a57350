#include "command.hpp"

namespace onus::cli {
namespace {

class Schema final : public Command {
 public:
  void declare(Options& options) override {
    options.paths("NAME RULES…", words_, "case, check, test, show, graph, diagnostics, limits; with `case`, rules whose terms to name");
  }
  Result run(Loader& loader, const Common& common) override {
    SchemaRequest request;
    request.common = common;
    if (!words_.empty()) {
      request.name = words_.front();
      request.rules.assign(words_.begin() + 1, words_.end());
    }
    return schema(request, loader);
  }
  [[nodiscard]] std::vector<std::string> formats() const override { return {"json"}; }

 private:
  std::vector<std::string> words_;
};

}  // namespace

std::unique_ptr<Command> make_schema() { return std::make_unique<Schema>(); }

}  // namespace onus::cli
