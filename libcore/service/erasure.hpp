// Erases sealed content: by a signed entry that names it, in one transaction, and then from every file of
// the node.
//
// Shapes   sealed.erased {legal_basis, requested_at, seqs}, as many as the seqs need, each signed;
//          all of them or none
// Errors   Error{bad_input} when something that is named may not be erased, with what and why;
//          Error{not_found} for an entry that is not there; those of service/approval
// Source   lexecon-privacy-erase(1), lexecon-ledger(5), Sealed content
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "authority/custody.hpp"
#include "json/fwd.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

using authority::Stays;
struct Erasure {
  std::vector<std::uint64_t> seqs;  // ascending, each once
  std::string legal_basis;          // a code
  Timestamp requested_at;
};

/// What of it may not be erased at that time, in order. The one place that knows.
[[nodiscard]] std::vector<Stays> what_stays(store::Database& database, const Erasure& erasure,
                                            Timestamp at);

struct Erased {
  std::vector<std::uint64_t> seqs;     // whose content was erased
  std::vector<std::uint64_t> entries;  // that say so
  Json approval;                       // of the first of them
  std::uint64_t files = 0;             // of evidence, removed
  std::uint64_t bytes_before = 0;      // of the database
  std::uint64_t bytes_after = 0;
  std::optional<std::string> unfinished;  // why something may be left in files until the next act
};
/// Throws unless every one of them may be erased.
[[nodiscard]] Erased erase(const Node& node, const Erasure& erasure,
                           const std::optional<Signatory>& signatory, Session& session);

/// What no erasure reaches, as far as the node knows.
struct Remains {
  std::vector<std::string> exports;  // ids, from the entries
  std::vector<std::string> copies;   // of the database, in the node
};
[[nodiscard]] Remains what_remains(const Node& node);

}  // namespace lexecon::service
