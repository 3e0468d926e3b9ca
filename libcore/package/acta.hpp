// An ACTA receipt: the signed statement of one decision, in the envelope that other tools write and read.
//
// Shapes   {"payload": object, "signature": {"alg": "EdDSA", "kid": text, "sig": 128 hex}}; Ed25519 over
//          JCS(payload). Ours is JCS of that, its payload has exactly the members of acta_payload, and its
//          kid is the issuer's. In others' the signature may have more members, which nobody signed.
//          A link is payload.previousReceiptHash: SHA-256 of JCS of a whole receipt, in hex, bare or with
//          "sha256:" before it
// Units    at most 256 KiB
// Errors   Error{bad_input} with a JSON pointer
// Source   draft-farley-acta-signed-receipts-04; lexecon-ledger(5), Receipts; docs/decisions/0038
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "chain/entry.hpp"
#include "crypto/ed25519.hpp"
#include "json/json.hpp"

namespace lexecon::package {

/// A tree takes far more memory than its text, and those around have a kilobyte or two.
inline constexpr std::size_t max_acta_bytes = std::size_t{256} << 10U;

/// The type of our payloads; whoever uses it is held to our shape.
inline constexpr std::string_view acta_type = "lexecon:decision";

struct ActaReceipt {
  Json payload;
  std::string kid;
  std::string signature;                           // 64 bytes
  std::vector<std::string> unsigned_members = {};  // of the signature, beside those that count
};

/// What is signed of a decision's entry: a function of it and of the kid alone.
[[nodiscard]] Json acta_payload(const chain::Entry& decision, const std::string& kid);
/// SECURITY: for entries that were committed alone. What the ledger key signs here begins with `{` and
/// has no newline, so it is no note, no manifest and no minisign digest.
[[nodiscard]] std::string sign_acta(const chain::Entry& decision, const crypto::SecretKey& key);

/// Whether the bytes are meant as such an envelope, be it well made or not.
[[nodiscard]] bool is_acta(std::string_view bytes);
[[nodiscard]] ActaReceipt parse_acta(std::string_view bytes);
[[nodiscard]] bool is_ours(const ActaReceipt& receipt);
/// Throws unless one of our type has our shape, and nothing unsigned.
void require_our_shape(const ActaReceipt& receipt);

/// The receipt before it that a payload names; nothing when it names none, or none that can be read.
[[nodiscard]] std::optional<Hash> link_in(const Json& payload);
/// What a receipt that follows this one has to name.
[[nodiscard]] Hash acta_hash(std::string_view bytes);

}  // namespace lexecon::package
