// What makes a folder of payload a package: its manifests, its tag files, its signatures; and the package as
// one file.
//
// Errors   Error{io}; Error{bad_input} for what does not fit into a tar
// Source   lexecon-package(5)
#pragma once

#include <string>

#include "crypto/ed25519.hpp"
#include "export/collect.hpp"
#include "export/payload.hpp"
#include "package/manifest.hpp"
#include "package/request.hpp"

namespace lexecon::exporting {

/// The word of who makes a package; all else is computed.
struct Label {
  Timestamp generated_at;
  std::string generator;  // "lexecon/<version>"
  package::Request request;
};

/// Writes the manifest and the six tag files; the folder is whole and durable then.
[[nodiscard]] package::Manifest seal(const Collected& collected, package::Disclosure disclosure,
                                     const Label& label, const crypto::SecretKey& key,
                                     Payload& payload);
/// fsync(2) of a folder and of all below it.
void sync_folders(const Path& folder);
/// The package in that folder as one new file (0600), durable.
void write_tar(const Path& folder, const package::Manifest& manifest, const Path& file);

}  // namespace lexecon::exporting
