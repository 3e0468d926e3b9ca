// Profiles of governed systems: set, shown, and how they were before.
//
// Shapes   profile.set {what compliance::to_data() says}; name, purpose and reason are sealed beside it. The newest
//          of a system is in force
// Errors   those of service/approval; Error{bad_input} with the JSON pointer for what no profile may say;
//          Error{not_found} for a system without one. Nothing is recorded then
// Source   lexecon-compliance-profile-set(1); lexecon-ledger(5), profile.set
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "compliance/profile.hpp"
#include "json/json.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"
#include "service/session.hpp"
#include "service/written.hpp"

namespace lexecon::service {

struct NewProfile {
  compliance::Profile profile;
  std::optional<std::string> name = {};     // of the system
  std::optional<std::string> purpose = {};  // that it is intended for
  std::optional<std::string> reason = {};   // why it is classified so
};
/// lexecon.profile/1, as all that is told here.
[[nodiscard]] Json set_profile(const Node& node, const NewProfile& wanted,
                               const std::optional<Signatory>& signatory, Session& session);

/// A profile, and the entry that set it.
struct ProfileOnRecord {
  compliance::Profile profile;
  chain::Entry entry;
  Hash entry_hash;
};
/// Every one among the first `size` entries, each hashed again, oldest first.
[[nodiscard]] std::vector<ProfileOnRecord> profiles(
    store::Database& database, std::uint64_t size = std::numeric_limits<std::uint64_t>::max());
/// The newest of a system; nullptr when it has none.
[[nodiscard]] const ProfileOnRecord* profile_of(const std::vector<ProfileOnRecord>& all,
                                                const std::string& system);
/// The ids of all that have one, ascending.
[[nodiscard]] std::vector<std::string> systems_of(const std::vector<ProfileOnRecord>& all);

/// Of a system, or of the only one there is; Error{usage} when there are several.
[[nodiscard]] Json show_profile(const Node& node, const std::optional<std::string>& system);
/// Oldest first; of all systems, unless one is named.
[[nodiscard]] std::vector<Json> profile_history(const Node& node,
                                                const std::optional<std::string>& system);

}  // namespace lexecon::service
