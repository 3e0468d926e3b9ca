// How long sealed content is kept: where each content stands by the classes of the set in force, and the
// erasure of what has expired.
//
// Shapes   told by entries and the set in force, at a moment
// Errors   those of service/erasure; Error{bad_input} for a class that the set in force has not
// Source   lexecon-retention-status(1), lexecon-retention-apply(1), lexecon-node(5), Retention
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "json/fwd.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

enum class Keeping : std::uint8_t { active, expiring, on_hold, erased };
[[nodiscard]] std::string_view to_string(Keeping keeping);
[[nodiscard]] std::optional<Keeping> keeping_from(std::string_view text);

/// When something ends, and by which class.
struct Ending {
  std::string class_name;
  Timestamp at;
};

/// The sealed content of one entry.
struct Kept {
  std::uint64_t seq = 0;
  std::string event_type;
  std::string actor;
  Timestamp at;
  Keeping keeping = Keeping::active;
  std::vector<std::string> classes;  // that apply, in the order of the file
  std::optional<Ending> floor;       // of all floors the last
  std::optional<Ending> expires;
  std::vector<std::string> holds;  // in force
  std::optional<std::uint64_t> erased_by;
};

struct RetentionFilter {
  std::optional<std::string> class_name = {};
  std::optional<Keeping> keeping = {};
  Span within = {};  // what expires so soon is expiring; what has expired always is
};

/// lexecon.retention/1: how many, by class and in all, and each that passes, in order of seq.
[[nodiscard]] Json retention_status(const Node& node, const RetentionFilter& filter, Timestamp now);

struct RetentionRun {
  std::optional<std::string> class_name = {};  // only what this class expires
  bool dry_run = false;
};
/// lexecon.retention_run/1: erases what has expired and nobody holds, all or nothing.
[[nodiscard]] Json apply_retention(const Node& node, const RetentionRun& run,
                                   const std::optional<Signatory>& signatory, Session& session);

}  // namespace lexecon::service
