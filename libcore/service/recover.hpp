// The way out of a log that was set back, forked or damaged: go on from a stored checkpoint.
//
// Shapes   the entries up to that checkpoint are copied and verified, then key.rotated by a new key alone,
//          with what was lost; the database before and both heads are kept in a folder beside it
// Errors   Error{not_permitted} where nothing is wrong, the log was closed, or the operators of what is
//          accepted did not sign: there is no log to record a refusal in;
//          Error{not_found} when no checkpoint of that size is stored; Error{integrity} when what it
//          signs is invalid too. The node is as before then
// Source   lexecon-recover(1); lexecon-ledger(5), Recovery
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "json/fwd.hpp"
#include "ledger/log_keys.hpp"
#include "service/approval.hpp"

namespace lexecon::service {

struct Recovered {
  std::string node_id;
  crypto::Identity key;
  std::uint64_t seq = 0;  // of key.rotated: as many entries were accepted
  ledger::Lost lost;
  std::string note;
  std::optional<Path> aside;  // where the database before is; nothing when an earlier try left it
};

/// `reason` is text of people; it stands in sealed content.
[[nodiscard]] Recovered recover(const Path& folder, std::uint64_t accept_size,
                                const std::string& reason,
                                const std::optional<Signatory>& signatory, Session& session);
[[nodiscard]] Json to_json(const Recovered& recovered);

}  // namespace lexecon::service
