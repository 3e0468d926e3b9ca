// What an operator wants to know of a node and its machine before trusting them; nothing is written.
//
// Shapes   a table of checks, each one finding; the ledger is opened only when no check of the table's
//          first part says that opening it would write or would read what is not the node's alone
// Errors   those of open_node for a folder that is no node, or a template
// Source   lexecon-doctor(1)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/time.hpp"
#include "json/fwd.hpp"

namespace lexecon::service {

enum class Health : std::uint8_t { ok, warn, fail, not_run };

struct Finding {
  std::string name;
  Health health = Health::ok;
  std::string detail;  // one line
  std::string mend;    // a command for the shell; empty where none mends it
};

struct Diagnosis {
  Path folder;
  std::vector<Finding> findings;  // in the order of the table
};

/// `state_home` holds the second copy of the head; empty when there is none.
[[nodiscard]] Diagnosis examine(const Path& folder, const Path& state_home, Timestamp now);
/// False when some finding failed.
[[nodiscard]] bool is_sound(const Diagnosis& diagnosis);
[[nodiscard]] Json to_json(const Diagnosis& diagnosis);

}  // namespace lexecon::service
