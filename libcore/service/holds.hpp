// Legal holds: sealed content that nobody erases, whatever period has ended, until its holds are released.
//
// Shapes   hold.placed {hold_id, seqs} and hold.released {hold_id}; why, as {"reason": TEXT}, is sealed
// Errors   Error{bad_input} for an id that was used, content that is not there, more of it than fits in an
//          entry, or a second release; Error{not_found}; Error{not_permitted}: an officer or admin signs
// Source   lexecon-hold-place(1), lexecon-hold-release(1), lexecon-ledger(5)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "authority/custody.hpp"
#include "json/fwd.hpp"
#include "retention/holds.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

/// Bytes of the list of seqs of one act; the rest of an entry is for what it says besides.
inline constexpr std::size_t max_seqs_bytes = 60'000;
/// The bytes that a list of seqs takes in an entry.
[[nodiscard]] std::size_t seqs_bytes(const std::vector<std::uint64_t>& seqs);

struct NewHold {
  std::string id;      // as free identifiers are
  std::string reason;  // what a person wrote; it can be erased
  retention::Selection content;
};
/// lexecon.hold/1
[[nodiscard]] Json place_hold(const Node& node, const NewHold& hold,
                              const std::optional<Signatory>& signatory, Session& session);
/// The same, as it stands then.
[[nodiscard]] Json release_hold(const Node& node, const std::string& id,
                                const std::optional<std::string>& reason,
                                const std::optional<Signatory>& signatory, Session& session);

struct HoldFilter {
  bool in_force = false;
  std::optional<Timestamp> from = {};  // when it was placed, inclusive
  std::optional<Timestamp> to = {};    // exclusive
  std::optional<std::uint64_t> limit = {};
  bool reverse = false;
};
/// A lexecon.hold/1 each, oldest first unless reverse.
[[nodiscard]] std::vector<Json> list_holds(const Node& node, const HoldFilter& filter);

}  // namespace lexecon::service
