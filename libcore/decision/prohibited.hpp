// What may not stand in a request: keys, tokens and card numbers, by their shape alone.
//
// Shapes   one pass over each text, in linear time; a text that took the place of one found before is
//          found again, so that what was recorded tells why it was refused
// Errors   Error{bad_input} with the JSON pointer; the text itself is said nowhere
// Source   lexecon-node(5), Prohibited content
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "decision/node_config.hpp"
#include "decision/request.hpp"
#include "json/fwd.hpp"

namespace lexecon::decision {

enum class Prohibited : std::uint8_t { private_key, capability_token, cloud_key, card_number };
[[nodiscard]] std::string_view to_string(Prohibited kind);

/// The first kind, in the order above, that a text holds.
[[nodiscard]] std::optional<Prohibited> prohibited_in(std::string_view text);

struct ProhibitedFinding {
  Prohibited kind = Prohibited::private_key;
  std::string pointer;
};
/// The first value, or name of a member, of intent, context and parameters.
[[nodiscard]] std::optional<ProhibitedFinding> prohibited_in_sealed(const Request& request);

/// A request as it may be judged and recorded.
struct Screened {
  Request request;
  std::optional<ProhibitedFinding> found;  // in its sealed content, unless that is allowed
  bool is_denied = false;                  // the request holds no more of it
};
/// Refuses what may not stand in an entry, and looks through the rest as the set says.
[[nodiscard]] Screened screen(Request request, OnProhibited setting);

/// Refuses a request with such a text in a member that would stand in its entry for ever.
void refuse_prohibited(const Request& request);
/// The request with `[prohibited KIND]` in the place of every such value of intent, context and parameters;
/// an object with such a name becomes {"[prohibited KIND]": true}.
[[nodiscard]] Request redacted(const Request& request);

}  // namespace lexecon::decision
