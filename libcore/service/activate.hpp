// Puts a set in force: the draft of the folder, or an earlier set from the ledger.
//
// Shapes   policy.activated {files, four_eyes, mode, policy_hash, previous_hash}
// Errors   Error{bad_input} for a draft that does not load or is not the expected one; Error{not_found}
//          for a set never activated; Error{busy} when another set came into force meanwhile; those of
//          service/approval, for an admin signs it
// Source   lexecon-policy(5), Identity of the active set
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "decision/active_set.hpp"
#include "findings/report.hpp"
#include "json/fwd.hpp"
#include "policy/ruling.hpp"
#include "registry/sets.hpp"
#include "service/approval.hpp"

namespace lexecon::service {

struct Activation {
  Hash policy_hash;
  std::optional<Hash> previous_hash;
  policy::Mode mode = policy::Mode::strict;
  std::vector<decision::FileDigest> files;
  bool changed = true;  // false: the set was in force already and nothing was recorded
  std::optional<std::uint64_t> seq;
  std::optional<Hash> entry_hash;
  std::optional<std::string> enacted;  // the override that it was activated for
  findings::Report lint;               // of a draft that was put in force
};

/// Activates the folder's set; with `expect` only when it has that hash. `enacts` is an override of scope
/// permanent_policy_change that asked for it.
[[nodiscard]] Activation activate(const Node& node, const std::optional<Hash>& expect,
                                  const std::optional<Signatory>& signatory, Session& session,
                                  const std::optional<std::string>& enacts = std::nullopt);
/// Activates an earlier set, by default the one before the active one.
[[nodiscard]] Activation rollback(const Node& node, const std::optional<Hash>& to,
                                  const std::optional<Signatory>& signatory, Session& session);
/// policy.activated of a set that is to replace `active`.
[[nodiscard]] Wanted activation_of(const decision::ActiveSet& set,
                                   const std::optional<registry::SetRow>& active);
/// Keeps the bytes of its files and appends the entry: the part that init shares.
[[nodiscard]] Activation activate_in(Act& act, const decision::ActiveSet& set,
                                     std::span<const decision::SetFile> files,
                                     ledger::Draft activated);
[[nodiscard]] Json to_json(const Activation& activation);

}  // namespace lexecon::service
