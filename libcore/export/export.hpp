// Export: the ledger as a signed package that a stranger can check, and both ends of making it on record.
//
// Shapes   export.requested, and where exports.approval of node.yaml wants it export.approved; then the package, of
//          a tree that was there before; export.sealed {export_id, request, root_checksum}, then it has its name
// Errors   Error{cannot_create} where something stands; Error{not_found} for a size that was not signed;
//          Error{bad_input} for one that a package would lie about; Error{not_permitted} where sealed
//          content takes an operator's signature, or a second person's; Error{busy} when something was erased, or the key
//          rotated, meanwhile. After any of them there is no package
// Source   lexecon-export(1), lexecon-package(5)
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "export/collect.hpp"
#include "export/format.hpp"
#include "export/request.hpp"
#include "json/fwd.hpp"
#include "package/manifest.hpp"
#include "package/tag_files.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"

namespace lexecon::exporting {

struct ExportOptions {
  Path path;  // absolute; nothing may be there
  Wish wish;
  std::optional<std::uint64_t> request = {};  // that was recorded before, in the place of the wish
  Format format = Format::bag;
  Timestamp generated_at;
  std::string generator;  // "lexecon/<version>"
  Progress progress = {};
  std::function<Timestamp()> clock = {};  // for the second entry; the first one's time unless given
};

struct Exported {
  Path path;
  Format format = Format::bag;
  package::Manifest manifest;
  package::Oxum payload;
  std::string ledger_vkey;
  std::uint64_t requested_seq = 0;
  std::uint64_t sealed_seq = 0;
};

[[nodiscard]] Exported export_package(const service::Node& node, const ExportOptions& options,
                                      const std::optional<service::Signatory>& signatory,
                                      service::Session& session);
[[nodiscard]] Json to_json(const Exported& exported);

}  // namespace lexecon::exporting
