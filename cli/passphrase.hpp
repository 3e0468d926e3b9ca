// Where the passphrase of an encrypted key comes from: a file, a descriptor, or the terminal.
//
// Errors   Error{not_permitted} when there is nobody to ask
// Source   lexecon(1), Secrets: never in arguments or the environment
#pragma once

#include "command.hpp"
#include "crypto/key_file.hpp"

namespace lexecon::cli {

/// Asked for at most once, and only when a key turns out to be encrypted.
[[nodiscard]] crypto::Passphrase passphrase_source(const Arguments& given);

/// The one that is to replace it: --new-passphrase-file, --new-passphrase-fd, or asked for twice.
[[nodiscard]] crypto::Passphrase new_passphrase_source(const Arguments& given);

}  // namespace lexecon::cli
