// A package of a selection, made beside writers in a folder that goes unless it is taken.
//
// Errors   those of export/collect and export/seal
#pragma once

#include <string>

#include "base/scratch.hpp"
#include "export/collect.hpp"
#include "export/seal.hpp"

namespace lexecon::exporting {

struct Built {
  package::Manifest manifest;
  package::Oxum payload;
};
/// In `folder`, which is empty. `key` is that of signer_of().
[[nodiscard]] Built build(const service::Node& node, const Selection& selection, const Label& label,
                          const crypto::SecretKey& key, const Path& folder,
                          const Progress& progress);

}  // namespace lexecon::exporting
