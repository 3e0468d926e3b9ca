// Whether an operator may sign what an entry records, and did.
//
// Shapes   approval = {issued_at, nonce, operator, role, sshsig, subject, subject_digest}; signed is
//          JCS({"typ": "lexecon-approval/1", "origin", "event_type", "sealed_hash", "statement": the data
//          without approval, and the members of approval but sshsig})
// Units    issued at most 24 h before and 5 min after the entry
// Errors   a refusal is an answer; the entries have their shapes
// Source   lexecon-ledger(5), Approvals
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/operators.hpp"
#include "chain/entry.hpp"
#include "crypto/hash.hpp"

namespace lexecon::authority {

struct Refusal {
  std::string code;      // of approval.refused
  std::string sentence;  // lower case, no full stop
};

/// What an entry is about, and which entry brought that into the log.
struct Subject {
  enum class Kind : std::uint8_t {
    itself,  // nothing did: it is this entry that does
    log,     // the genesis
    operator_id,
    token_key,
    decision,
    escalation,
    stop,
    hold,
    model,
    prompt,
    incident,
    sealed,  // the entries that it names: what they seal, or ask for
    statement,
    unknown,  // of a kind of entry that this version does not know how to introduce
  };
  Kind kind = Kind::itself;
  std::string name;
  std::vector<std::uint64_t> seqs = {};  // of the entries that are named
};
[[nodiscard]] Subject subject_of(const chain::Entry& entry);

/// What an erasure, or a second person's approval, is signed for: SHA-256 over the hash of each named entry in hex, with a line feed.
class NamedEntries {
 public:
  void add(const Hash& entry_hash) { digest_.update(entry_hash.hex() + "\n"); }
  [[nodiscard]] Hash finish() { return digest_.finish(); }

 private:
  crypto::Sha256 digest_;
};

/// The bytes that the operator signed, rebuilt from the entry.
[[nodiscard]] std::string signed_bytes(const chain::Entry& entry);
/// Whether an entry of a signed type may stand without approval.
[[nodiscard]] bool may_be_unsigned(const chain::Entry& entry, const Operators& operators);
/// The least role that may sign an entry of that type.
[[nodiscard]] Role least_role(std::string_view event_type);

/// The operator, the key, the role, the time and the signature: all but what its subject says.
[[nodiscard]] std::optional<Refusal> check_approval(const chain::Entry& entry,
                                                    const Operators& operators);
/// `introduced` is the hash of the entry that brought the subject in; nothing: there is none.
[[nodiscard]] std::optional<Refusal> check_subject(const chain::Entry& entry,
                                                   const std::optional<Hash>& introduced);
/// Whether the operator speaks for the actor, or for one of its owners.
[[nodiscard]] bool is_own(const Operator& as, std::string_view actor,
                          const std::vector<std::string>& owners);
/// Nobody answers for a request of an actor that he speaks for, or that one of those owns.
[[nodiscard]] std::optional<Refusal> check_four_eyes(const chain::Entry& entry,
                                                     const Operators& operators,
                                                     std::string_view actor,
                                                     const std::vector<std::string>& owners);
/// Whether four eyes are asked of entries of this type at all.
[[nodiscard]] bool takes_four_eyes(std::string_view event_type);
/// Whether this approval stands only because one person suffices.
[[nodiscard]] bool is_lone(const chain::Entry& entry, const Operators& operators,
                           std::string_view actor, const std::vector<std::string>& owners);

}  // namespace lexecon::authority
