// An operator's signature, for the commands that take --as NAME and --sign-with FILE|agent: made by
// running ssh-keygen, which alone sees the secret key, its passphrase and the FIDO2 token.
//
// Errors   Error{usage} for one option without the other, Error{not_found} for a key file that is
//          not there, Error{not_permitted} when ssh-keygen is missing or does not sign
// Source   lexecon(1), Signed acts; ssh-keygen(1)
#pragma once

#include <optional>
#include <vector>

#include "command.hpp"
#include "service/approval.hpp"

namespace lexecon::cli {

/// --as and --sign-with, after the options of the command itself.
[[nodiscard]] std::vector<Option> with_signing(std::vector<Option> own);
/// Nothing when neither option was given. Its `sign` shows on standard error what it signs.
[[nodiscard]] std::optional<service::Signatory> signatory(const Arguments& given);

}  // namespace lexecon::cli
