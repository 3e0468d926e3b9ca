// Which witnesses somebody trusts, and how many of them have to cosign a checkpoint.
//
// Shapes   lines of `log VKEY [URL]`, `witness NAME VKEY [URL]`, `group NAME all|any|K NAME…` and one
//          `quorum NAME|none`; `#` begins a line that is ignored
// Units    at most 64 KiB
// Errors   Error{bad_input} with the line; of a note, those of chain/cosignature
// Source   C2SP tlog-policy; lexecon-ledger(5), Witnesses
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chain/cosignature.hpp"

namespace lexecon::chain {

inline constexpr std::size_t max_witness_policy_bytes = 65'536;

struct WitnessPolicy {
  /// A witness, which has a key, or a group of members that stand before it.
  struct Member {
    std::string name;
    std::optional<crypto::Identity> key;
    std::size_t needed = 0;  // of a group: so many of its members
    std::vector<std::size_t> members;
  };
  std::vector<crypto::Identity> logs;  // when there are any, one of them must have signed
  std::vector<Member> members;         // as their lines follow each other
  std::optional<std::size_t> quorum;   // nothing: no witness is asked for
};

[[nodiscard]] WitnessPolicy parse_witness_policy(std::string_view text,
                                                 const std::string& where = {});

/// What a policy makes of a note. Whether the note is the log's is for the caller to know.
struct Witnessed {
  struct By {
    std::string name;  // in the policy
    Timestamp at;
  };
  std::vector<By> by;  // the witnesses that cosigned, in the order of the policy
  std::size_t known = 0;
  bool is_quorum = false;  // never without a witness
};
/// SECURITY: `log_keys` are all keys of the log: a witness with one of them proves nothing, and a policy
/// that names it is refused.
[[nodiscard]] Witnessed witnessed(const Note& note, const WitnessPolicy& policy,
                                  std::span<const crypto::PublicKey> log_keys);
/// "2 of 3 witnesses, quorum: alice 2026-…Z, bob 2026-…Z"
[[nodiscard]] std::string to_text(const Witnessed& witnessed);

}  // namespace lexecon::chain
