// A key that somebody pinned, as it is given on a command line.
#pragma once

#include <string>

#include "context.hpp"
#include "crypto/identity.hpp"

namespace lexecon::cli {

/// A vkey itself, or a file with a vkey, a PEM, a minisign or an SSH public key.
[[nodiscard]] crypto::Pin read_pin(const std::string& argument, Context& context);

}  // namespace lexecon::cli
