// Packages that were asked for: by whom, approved by which other, and made once; at every entry of a log.
//
// Shapes   told by export.requested, export.approved and export.sealed, in order of seq
// Errors   a fault is an answer; the entries have their shapes
// Source   lexecon-ledger(5), Exports
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "authority/operators.hpp"
#include "chain/entry.hpp"
#include "decision/node_config.hpp"

namespace lexecon::authority {

/// A package that was asked for and not made yet.
struct ExportRequest {
  bool discloses = false;
  std::string requester;  // an operator's id; empty when nobody signed
  std::optional<std::string> approver;
};
/// Whether a second person has to approve it.
[[nodiscard]] bool demands_approval(decision::ExportApproval setting, bool discloses);

class Exports {
 public:
  /// Entries of other types say nothing. `setting` is that of the set in force, `one_suffices` whether
  /// one person may do what takes two. What is wrong is not taken in.
  Fault take(const chain::Entry& entry, decision::ExportApproval setting, bool one_suffices);

  /// nullptr when that entry asks for no package, or it was made.
  [[nodiscard]] const ExportRequest* open(std::uint64_t seq) const;

 private:
  Fault approve(const chain::Entry& entry, bool one_suffices);
  Fault make(const chain::Entry& entry, decision::ExportApproval setting);

  std::map<std::uint64_t, ExportRequest> open_;
};

}  // namespace lexecon::authority
