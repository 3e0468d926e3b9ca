// Which libraries sign and hash here.
#pragma once

#include <string>

namespace lexecon::crypto {

/// "libsodium 1.0.18, OpenSSL 3.0.17"
[[nodiscard]] std::string library_versions();

}  // namespace lexecon::crypto
