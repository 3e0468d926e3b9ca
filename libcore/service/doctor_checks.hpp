// The checks of the doctor: each looks at one thing and says what it found.
//
// Errors   an Error that a check throws is a failure with its message
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "service/doctor.hpp"
#include "service/node.hpp"
#include "service/status.hpp"

namespace lexecon::service {

struct Patient {
  ledger::NodeFiles files;
  Path state_home;
  Timestamp now;
  // Nothing until the ledger was opened.
  std::optional<Node> node = {};
  std::optional<Status> status = {};
};

struct Seen {
  Health health = Health::ok;
  std::string detail;
  std::string mend = {};
};

/// What is free on a file system, as statvfs(2) says.
struct Room {
  std::uint64_t bytes = 0;
  bool has_inodes = true;
  bool read_only = false;
};
[[nodiscard]] Seen judge_room(const Room& room, const Path& folder);

[[nodiscard]] Seen look_at_folder(const Patient& patient);
[[nodiscard]] Seen look_at_files(const Patient& patient);
[[nodiscard]] Seen look_at_private_keys(const Patient& patient);
[[nodiscard]] Seen look_at_file_system(const Patient& patient);
[[nodiscard]] Seen look_at_room(const Patient& patient);
[[nodiscard]] Seen look_for_leftovers(const Patient& patient);
[[nodiscard]] Seen look_at_state_home(const Patient& patient);
[[nodiscard]] Seen look_at_libraries(const Patient& patient);
[[nodiscard]] Seen look_at_database(const Patient& patient);
[[nodiscard]] Seen look_for_journal(const Patient& patient);

// These need the ledger.
[[nodiscard]] Seen look_at_ledger_key(const Patient& patient);
[[nodiscard]] Seen look_at_token_key(const Patient& patient);
[[nodiscard]] Seen look_at_clock(const Patient& patient);
[[nodiscard]] Seen look_at_heads(const Patient& patient);
[[nodiscard]] Seen look_at_active_set(const Patient& patient);
[[nodiscard]] Seen look_at_draft(const Patient& patient);
[[nodiscard]] Seen look_at_cache(const Patient& patient);

}  // namespace lexecon::service
