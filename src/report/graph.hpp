// Decision graphs as pictures: what each provision looks at, in words, and where that leads.
//
// A provision's graph speaks of conclusions and computed terms as its sentence does, by their names; those have graphs of
// their own. What cannot occur is left out. Equal rules give equal bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/number.hpp"
#include "formula/formula.hpp"
#include "graph/store.hpp"
#include "model/model.hpp"
#include "report/check.hpp"

namespace onus::reports {

struct PictureEdge {
  std::string when;        // "yes", "above 10 FLOP", "before 2025-08-02"
  std::uint32_t to = 0;    // a node of the part; nodes.size() is "yes", one more "no"
};
// What a node asks about. Conclusions have graphs of their own. What is computed from several entities (a sum, a count, a
// condition about all or some of a set), and values that the provision names, are taken as they are: how they come about is
// not in the graph.
enum class Asked : std::uint8_t { Fact, Conclusion, Computed, Choice, Day };
[[nodiscard]] std::string_view word(Asked asked);   // "fact", "conclusion", …

struct PictureNode {
  std::string asks;        // "compute of the model"
  Asked of = Asked::Fact;
  std::vector<PictureEdge> edges;
};
struct PicturePart {
  model::ProvisionId provision{};
  std::string name, kind, title;
  std::vector<std::string> cites;
  std::string yes, no;                // what the leaves say: "duty 53(1)(a) applies", "it does not"
  std::uint32_t root = 0;
  std::vector<PictureNode> nodes;     // parents before children
  bool free_terms = false;            // some node is about something computed
  bool undecided = false;             // the budget ran out; `facts` says how many facts it speaks of
  std::size_t facts = 0;
};
struct Picture {
  std::vector<PicturePart> parts;     // in order of the text
  [[nodiscard]] std::size_t nodes() const;
};

struct PictureOptions {
  std::optional<Date> as_of;                                          // none: the day is asked for too
  std::vector<std::pair<model::ParameterId, Number>> parameters;
  std::uint64_t nodes = 0, steps = 0;                                 // the budget of all together
};

// Whether a provision has a graph: definitions, presumptions and norms do; what changes those is in theirs.
bool has_graph(const model::Provision& provision);
Picture picture(const formula::Program& program, const std::vector<model::ProvisionId>& provisions, const PictureOptions& options);

std::string graph_dot(const Picture& picture);
std::string graph_mermaid(const Picture& picture);
std::string graph_json(const Picture& picture, const std::vector<InputFile>& inputs);   // `graph/1`

}  // namespace onus::reports
