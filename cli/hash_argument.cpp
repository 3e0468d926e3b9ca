#include "hash_argument.hpp"

#include "base/error.hpp"

namespace lexecon::cli {

std::optional<Hash> hash_argument(const std::optional<std::string>& typed,
                                  const std::string& name) {
  if (!typed) return std::nullopt;
  const auto hash = hash_from_hex(*typed);
  if (!hash) {
    throw Error(ErrorCode::usage, "expected 64 lower-case hex digits, seen `" + *typed + "`", name,
                "lexecon policy list shows the hashes on record");
  }
  return hash;
}

}  // namespace lexecon::cli
