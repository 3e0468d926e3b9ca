#include "chain/event.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "chain/compliance_shapes.hpp"
#include "chain/event_shapes.hpp"
#include "chain/witness_shapes.hpp"

namespace lexecon::chain {
namespace {

const EventShape* shape_of(std::string_view event_type) {
  const auto shapes = event_shapes();
  const auto shape = std::find_if(shapes.begin(), shapes.end(), [&](const EventShape& listed) {
    return listed.event_type == event_type;
  });
  return shape == shapes.end() ? nullptr : &*shape;
}

}  // namespace

bool check_event(std::string_view event_type, const Json& data, std::uint64_t seq) {
  const Place at{"data", seq};
  const EventShape* const shape = shape_of(event_type);
  if (shape == nullptr) {
    if (!data.is_object()) refuse("an object", at);
    return false;
  }
  const Member signed_by{"approval", approval};
  const bool may_be_signed = shape->signing != Signing::never;
  members(data, at, shape->members, may_be_signed ? &signed_by : nullptr);
  if (shape->rule != nullptr) shape->rule(data, at);
  return true;
}

bool check_entry(const Entry& entry) {
  const bool is_listed = check_event(entry.event_type, entry.data, entry.seq);
  const Place at{"data", entry.seq};
  const bool is_decision = entry.event_type == "decision";
  if (is_decision || entry.event_type == "token.issued" || entry.event_type == "gate.checked") {
    if (text_of(entry.data, "at") != to_text(entry.timestamp)) {
      refuse("the timestamp of its entry", at.below("at"));
    }
  }
  if (is_statement(entry.event_type)) statement_in_time(entry.data, entry.timestamp, at);
  if (entry.event_type == witness_cosigned &&
      to_text_seconds(parse_cosigned_head(entry.data).at) != to_text_seconds(entry.timestamp)) {
    refuse("a cosignature of the entry's time", at.below("note"));
  }
  if (!is_decision) return is_listed;
  if (text_of(entry.data, "actor") != entry.actor)
    refuse("the actor of its entry", at.below("actor"));
  if (!entry.sealed_hash) refuse("sealed content: the request", {"sealed_hash", entry.seq});
  return is_listed;
}

bool has_shape(const Entry& entry) {
  try {
    return check_entry(entry);
  } catch (const Error&) {
    return false;
  }
}

bool is_signed_by_operator(std::string_view event_type) {
  const EventShape* const shape = shape_of(event_type);
  return shape != nullptr && shape->signing == Signing::by_operator;
}

}  // namespace lexecon::chain
