// The registries of models and prompts: register, approve, reject, retire, list, show; one set of functions for
// both kinds.
//
// Shapes   <kind>.registered {digest, <kind>}, sealed {"file", "note"}; .approved {expires_at, <kind>,
//          provider_change}, sealed {"justification"}; .rejected and .retired {<kind>, reason}
// Errors   those of service/act and service/approval; Error{bad_input} for what cannot follow;
//          Error{not_found}
// Source   lexecon-model-register(1), lexecon-ledger(5), Registries
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "authority/registrations.hpp"
#include "json/json.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

/// A version that is registered, or is to be.
struct Version {
  authority::RegistryKind kind = authority::RegistryKind::model;
  std::string id;  // <name>@<version>
};

struct NewVersion {
  Version version;
  std::string digest;               // 64 hex
  std::optional<std::string> file;  // its name
  std::optional<std::string> note;
};
struct VersionApproval {
  Version version;
  std::optional<Timestamp> expires_at;
  std::string provider_change;
  std::optional<std::string> justification;
};

/// An entry about a version, with what stands sealed beside it.
struct VersionEntry {
  chain::Entry entry;
  std::optional<Json> sealed;  // nothing once it was erased, and when nothing was said
  bool is_lone = false;        // approved by who registered it
};
/// A version on record, told by entries alone.
struct VersionOnRecord {
  authority::Registration registration;
  decision::RegistryState state = decision::RegistryState::registered;
  std::vector<VersionEntry> history;
};

[[nodiscard]] VersionOnRecord register_version(const Node& node, const NewVersion& added,
                                               const std::optional<Signatory>& signatory,
                                               Session& session);
[[nodiscard]] VersionOnRecord approve_version(const Node& node, const VersionApproval& approval,
                                              const std::optional<Signatory>& signatory,
                                              Session& session);
/// `verb` is rejected or retired, `reason` a code.
[[nodiscard]] VersionOnRecord end_version(const Node& node, const Version& version,
                                          const std::string& verb, const std::string& reason,
                                          const std::optional<Signatory>& signatory,
                                          Session& session);

/// By its id, or by `sha256:` and its digest.
[[nodiscard]] VersionOnRecord show_version(const Node& node, const Version& version, Timestamp now);

struct VersionFilter {
  std::optional<decision::RegistryState> state = {};
  std::optional<std::string> actor = {};  // who registered it, as in operator:bob
  std::optional<Timestamp> from = {};     // inclusive
  std::optional<Timestamp> to = {};       // exclusive
  std::optional<std::uint64_t> limit = {};
  bool reverse = false;
};
/// What passes, oldest first unless reverse, as it stands at `now`.
[[nodiscard]] std::vector<VersionOnRecord> list_versions(const Node& node,
                                                         authority::RegistryKind kind,
                                                         const VersionFilter& filter,
                                                         Timestamp now);

/// lexecon.registration/1
[[nodiscard]] Json to_json(const VersionOnRecord& version);

}  // namespace lexecon::service
