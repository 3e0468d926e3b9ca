// The entries that are about a subject, found in one pass over the ledger.
//
// Errors   Error{bad_input} for what is no subject; Error{not_found} for one that no entry names
// Source   lexecon-privacy-export(1), Subjects
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "store/database.hpp"

namespace lexecon::service {

struct Holdings {
  std::vector<std::uint64_t> seqs;       // of every entry, ascending
  std::set<std::uint64_t> with_sealed;   // those of them that have sealed content, erased or not
  std::vector<std::uint64_t> of_others;  // evidence that is linked to decisions of others too
};
[[nodiscard]] Holdings holdings_of(store::Database& database,
                                   const std::vector<std::string>& subjects);

}  // namespace lexecon::service
