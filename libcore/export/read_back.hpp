// A package read back from the disk: every file hashed again, before anything is built on it.
//
// Errors   Error{io} for a file that is missing, added or another than was written
// Source   lexecon-package(5)
#pragma once

#include "crypto/ed25519.hpp"
#include "export/payload.hpp"

namespace lexecon::exporting {

/// The folder holds what its manifests list and nothing else, and they are signed by that key.
void read_back(const Path& folder, const crypto::PublicKey& key);

}  // namespace lexecon::exporting
