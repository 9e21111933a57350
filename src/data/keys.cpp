#include "data/keys.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "data/words.hpp"

namespace onus::data {

bool check_keys(const Document& document, const Limits& limits, Sink& sink) {
  struct Repeated {
    NodeId first;
    NodeId again;
  };
  std::vector<Repeated> repeated;
  std::vector<NodeId> keys;
  for (std::uint32_t index = 0; index < document.size(); ++index) {
    if (!document.is_mapping(NodeId{index})) continue;
    keys.clear();
    for (const Entry entry : document.entries(NodeId{index})) keys.push_back(entry.key);
    std::sort(keys.begin(), keys.end(), [&](NodeId a, NodeId b) {
      const int order = document.text(a).compare(document.text(b));
      return order != 0 ? order < 0 : a < b;
    });
    for (std::size_t i = 1, first = 0; i < keys.size(); ++i) {
      if (document.text(keys[i]) == document.text(keys[first])) {
        repeated.push_back({keys[first], keys[i]});
      } else {
        first = i;
      }
    }
  }
  std::sort(repeated.begin(), repeated.end(), [](const Repeated& a, const Repeated& b) { return a.again < b.again; });
  for (std::size_t i = 0; i < repeated.size() && i < limits.diagnostics_per_file; ++i) {
    diagnose<Kind::DuplicateKey>(sink, document.span(repeated[i].again), shown(document.text(repeated[i].again)))
        .note(document.span(repeated[i].first), "first given here");
  }
  return repeated.empty();
}

}  // namespace onus::data
