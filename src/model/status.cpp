#include "model/status.hpp"

namespace onus::model {

std::optional<Date> replaced_on(const Regulation& regulation, const Status& status) {
  const bool proper = status.kind == Status::Kind::InForce || status.kind == Status::Kind::Proposed;
  if (status.until || (!status.from && !proper)) return std::nullopt;
  std::optional<Date> next;
  for (const Status& other : regulation.statuses) {
    if (!other.from || (status.from && *other.from <= *status.from)) continue;
    if (!next || *other.from < *next) next = other.from;
  }
  return next;
}

}  // namespace onus::model
