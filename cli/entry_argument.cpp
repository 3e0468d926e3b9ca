#include "entry_argument.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "chain/entry.hpp"
#include "service/decisions.hpp"

namespace lexecon::cli {

std::uint64_t seq_argument(const std::string& typed) {
  if (const auto seq = chain::seq_of(typed)) return *seq;
  const auto number = parse_integer(typed);
  if (number && *number >= 0) return static_cast<std::uint64_t>(*number);
  throw Error(ErrorCode::usage, "expected genesis, entry_<n> or a number, seen `" + typed + "`");
}

std::uint64_t seq_argument(store::Database& database, const std::string& typed) {
  return typed.starts_with("dec_") ? service::require_decision(database, typed)
                                   : seq_argument(typed);
}

}  // namespace lexecon::cli
