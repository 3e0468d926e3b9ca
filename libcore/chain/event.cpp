#include "chain/event.hpp"

#include <algorithm>

#include "chain/event_shapes.hpp"

namespace lexecon::chain {

bool check_event(std::string_view event_type, const Json& data, std::uint64_t seq) {
  const Place at{"/data", seq};
  const auto shapes = event_shapes();
  const auto shape = std::find_if(shapes.begin(), shapes.end(), [&](const EventShape& listed) {
    return listed.event_type == event_type;
  });
  if (shape == shapes.end()) {
    if (!data.is_object()) refuse("an object", at);
    return false;
  }
  const Member signed_by{"approval", approval};
  const bool may_be_signed = shape->signing == Signing::by_operator;
  members(data, at, shape->members, may_be_signed ? &signed_by : nullptr);
  if (shape->rule != nullptr) shape->rule(data, at);
  return true;
}

}  // namespace lexecon::chain
