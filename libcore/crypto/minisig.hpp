// A signature as minisign keeps it, of bytes hashed first.
//
// Shapes   four lines: untrusted comment, base64("ED" || key id || signature of BLAKE2b-512(bytes)),
//          trusted comment, base64(signature of signature || trusted comment); key id = the kid's bytes
// Errors   Error{bad_input} for a comment of more than one line
// Source   minisign(1), Signature format
#pragma once

#include <string>
#include <string_view>

#include "crypto/ed25519.hpp"

namespace lexecon::crypto {

struct MinisigComments {
  std::string_view untrusted;
  std::string_view trusted;
};
[[nodiscard]] std::string minisig(const SecretKey& key, std::string_view bytes,
                                  const MinisigComments& comments);
/// Whether `text` is minisig() of these bytes and comments by the holder of that key.
[[nodiscard]] bool minisig_holds(const PublicKey& key, std::string_view bytes,
                                 const MinisigComments& comments, std::string_view text);

}  // namespace lexecon::crypto
