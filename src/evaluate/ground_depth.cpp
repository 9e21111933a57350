// Conclusions and values that stand on others, however long the chain is.
#include "evaluate/ground.hpp"

namespace onus::evaluate {

namespace {
// Of conclusions and values on the stack at once; each takes some kilobytes.
constexpr std::uint32_t max_level = 200;
}  // namespace

void Grounder::begin(const Key& key) {
  const auto& [what, about, regulation, subject, object] = key;
  switch (what) {
    case 0: {
      std::optional<EntityIndex> to;
      if (object != no_entity) to = object;
      concluded(model::PredicateId{about}, model::RegulationId{regulation}, subject, to);
      break;
    }
    case 1: presumed(model::FieldId{about}, model::RegulationId{regulation}, subject); break;
    case 2: value(model::ValueId{about}, subject); break;
    default: entity_value(model::ValueId{about}, subject); break;
  }
}

void Grounder::work_out(const Key& key) {
  struct Flag {   // taken back whatever happens
    bool& set;
    ~Flag() { set = false; }
  } const flag{works_out_ = true};
  // Each was met while the one before it was worked out: that one waits, and a variable stands for it where it is asked for.
  std::vector<Key> waiting{key};
  while (!waiting.empty()) {
    try {
      for (std::size_t i = 0; i + 1 < waiting.size(); ++i) in_progress_.emplace(waiting[i], take_up(waiting[i]));
      begin(waiting.back());
      waiting.pop_back();
    } catch (const Deeper& deeper) {   // the one way out of so many calls; nothing but `enter` throws it
      waiting.push_back(deeper.key);
    }
    set_aside();
  }
}

void Grounder::enter(const Key& key) {
  if (level_ >= max_level) throw Deeper{key};
  in_progress_.emplace(key, take_up(key));
  ++level_;
}

Grounder::Standing Grounder::leave(const Key& key) {
  --level_;
  auto node = in_progress_.extract(key);
  return std::move(node.mapped());
}

// What was begun is begun again later: until then, what stands for it is kept.
void Grounder::set_aside() {
  level_ = 0;
  for (auto& [key, standing] : in_progress_) {
    if (standing.holds || standing.amount || !standing.entities.empty()) begun_.insert_or_assign(key, std::move(standing));
  }
  in_progress_.clear();
}

Grounder::Standing Grounder::take_up(const Key& key) {
  auto node = begun_.extract(key);
  return node.empty() ? Standing{} : std::move(node.mapped());
}

}  // namespace onus::evaluate
