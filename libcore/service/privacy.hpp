// What a node holds about somebody or something, and what of it can be erased.
//
// Shapes   a subject is an actor (`actor:…`, `operator:…`), a tenant (`tenant:ID`), or a resource and
//          all below it (`resource:…`); of it are the entries that name it, and those about its decisions
// Errors   Error{bad_input} for what is no subject; Error{not_found} for one that no entry names
// Source   lexecon-privacy-export(1), lexecon-privacy-erase(1)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "json/fwd.hpp"
#include "service/erasure.hpp"

namespace lexecon::service {

/// lexecon.privacy_export/1. With `sealed` it is an act: what is sealed is in it, and that it was given out is
/// on record as privacy.exported {entries, sealed, subject, tree_size}.
[[nodiscard]] Json privacy_export(const Node& node, const std::string& subject, bool sealed,
                                  const std::optional<Signatory>& signatory, Session& session);

struct PrivacyErasure {
  std::vector<std::string> subjects;
  std::vector<std::uint64_t> seqs;  // besides
  std::string legal_basis;
  Timestamp requested_at;
  bool what_may = false;  // leave what may not be erased, else refuse when there is any
  bool dry_run = false;
};
/// lexecon.erasure/1
[[nodiscard]] Json privacy_erase(const Node& node, const PrivacyErasure& wanted,
                                 const std::optional<Signatory>& signatory, Session& session);

}  // namespace lexecon::service
