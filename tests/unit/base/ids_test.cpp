#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <unordered_set>
#include <vector>

#include "base/ids.hpp"
#include "support.hpp"

using namespace onus;

namespace {

struct Duty {
  std::string name;
};
using DutyId = Id<Duty>;
using OtherId = Id<int>;

// Ids of different stores neither compare nor convert.
static_assert(!std::is_convertible_v<DutyId, OtherId>);
static_assert(!std::is_convertible_v<DutyId, std::uint32_t>);

}  // namespace

TEST_CASE("a store gives ids in order and finds what they name") {
  Store<DutyId, Duty> duties;
  CHECK(duties.empty());
  const DutyId first = duties.add({"document"});
  const DutyId second = duties.add({"summarise"});
  CHECK(first.index == 0);
  CHECK(first < second);
  CHECK(first != second);
  CHECK(duties.size() == 2);
  CHECK(duties[first].name == "document");
  duties[second].name = "publish";
  const auto& constant = duties;
  CHECK(constant[second].name == "publish");
  std::vector<std::uint32_t> order;
  for (const DutyId id : duties.ids()) order.push_back(id.index);
  CHECK(order == std::vector<std::uint32_t>{0, 1});
  std::string names;
  for (const Duty& duty : constant) names += duty.name;
  CHECK(names == "documentpublish");
  for (Duty& duty : duties) duty.name += "!";
  CHECK(duties[first].name == "document!");
  CHECK(duties.contains(second));
  CHECK_FALSE(duties.contains(DutyId{2}));
  const std::unordered_set<DutyId> set = {first, second, first};
  CHECK(set.size() == 2);
}

TEST_CASE("an id that names nothing is caught") {
  Store<DutyId, Duty> duties;
  duties.reserve(4);
  CHECK_FALSE(DutyId::invalid().is_valid());
  CHECK_FALSE(DutyId().is_valid());
  CHECK(DutyId{0}.is_valid());
  CHECK_FALSE(duties.contains(DutyId::invalid()));
  CHECK_THROWS_AS(duties[DutyId::invalid()], std::out_of_range);
  CHECK_THROWS_AS(duties[DutyId{0}], std::out_of_range);
  CHECK(duties.ids().begin() == duties.ids().end());
}

TEST_CASE("a store holds what cannot be copied") {
  Store<OtherId, std::unique_ptr<int>> store;
  const OtherId id = store.add(std::make_unique<int>(7));
  CHECK(*store[id] == 7);
}
