// Archive: finished matters leave the database for a signed package, and the log goes on to verify.
//
// Shapes   the package is of the whole tree, with sealed content; ledger.archived {archived, entries_sha256,
//          export_id, seqs_sha256, tree_size} and the move are one transaction
// Errors   those of export/export. Before the commit begins nothing is archived and there is no package;
//          from then on there is one, whatever happens
// Source   lexecon-archive(1), lexecon-ledger(5)
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "export/collect.hpp"
#include "json/fwd.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"

namespace lexecon::exporting {

struct ArchiveOptions {
  Path path;         // absolute; nothing may be there
  Timestamp before;  // what is archived ended before
  Timestamp generated_at;
  std::string generator;  // "lexecon/<version>"
  Progress progress = {};
  std::function<Timestamp()> clock = {};  // for the entry, once the package is there
};

struct Archive {
  std::uint64_t archived = 0;  // entries; with none there is neither package nor entry
  Path path;
  std::string export_id;
  std::uint64_t tree_size = 0;
  std::uint64_t seq = 0;  // of ledger.archived
  Hash seqs_sha256;
  std::uint64_t bytes_before = 0;  // of the database
  std::uint64_t bytes_after = 0;
};

[[nodiscard]] Archive archive(const service::Node& node, const ArchiveOptions& options,
                              const std::optional<service::Signatory>& signatory,
                              service::Session& session);
[[nodiscard]] Json to_json(const Archive& archive);

}  // namespace lexecon::exporting
