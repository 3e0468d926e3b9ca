// What is asked of an export, on record before anything is made; and a second person's approval of it.
//
// Shapes   export.requested {actor, disclosure, from, purpose, scope, tenant, to, tree_size};
//          export.approved {request}
// Errors   Error{not_found} for a size that was not signed, for a tenant and an actor that nobody is; Error{usage};
//          Error{bad_input} for a size that a package would lie about; Error{not_permitted} where the
//          signature, or a second person, is missing
// Source   lexecon-export(1); lexecon-ledger(5), Exports
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "authority/exports.hpp"
#include "export/selection.hpp"
#include "json/fwd.hpp"
#include "package/request.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"

namespace lexecon::exporting {

/// What somebody wants in a package.
struct Wish {
  std::optional<std::uint64_t> size = {};  // of a stored checkpoint; the last one unless given
  package::Disclosure disclosure = package::Disclosure::none;
  package::Filter filter = {};
  std::optional<std::string> purpose = {};  // a code
};

/// A package that was asked for, or is about to be.
struct Asked {
  Selection selection;
  package::Request request;
  std::uint64_t seq = 0;  // of export.requested
};
/// What can be made of the ledger as it is now.
[[nodiscard]] Asked plan(const service::Node& node, const Wish& wish);
/// Its entry, signed where somebody signs; the requester is known then.
[[nodiscard]] ledger::Draft prepare_request(const service::Node& node, Asked& asked,
                                            const std::optional<service::Signatory>& signatory,
                                            service::Session& session);
/// That entry, read again, with who approved it. Error{not_found} unless its package is still to be made.
[[nodiscard]] Asked asked_before(const service::Node& node, std::uint64_t seq);

/// Every request on record, and what became of it.
[[nodiscard]] authority::Exports exports_on_record(store::Database& database);
/// exports.approval of the set in force.
[[nodiscard]] decision::ExportApproval approval_setting(store::Database& database);

/// A second person has to approve it, and nobody did.
[[nodiscard]] bool waits(store::Database& database, const Asked& asked);

/// An entry about a package that is not made yet.
struct Recorded {
  Asked asked;
  chain::Entry entry;  // export.requested or export.approved
  Hash hash;
  bool waits = false;  // for a second person
};
/// Records the request alone.
[[nodiscard]] Recorded record_request(const service::Node& node, const Wish& wish,
                                      const std::optional<service::Signatory>& signatory,
                                      service::Session& session);
[[nodiscard]] Recorded approve_request(const service::Node& node, std::uint64_t seq,
                                       const std::optional<service::Signatory>& signatory,
                                       service::Session& session);
/// The document lexecon.export_request/1.
[[nodiscard]] Json to_json(const Recorded& recorded);

}  // namespace lexecon::exporting
