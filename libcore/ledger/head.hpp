// The last checkpoint kept outside the database: head.note, and a second copy per user.
//
// Shapes   the copy: ${XDG_STATE_HOME:-~/.local/state}/lexecon/heads/<32 hex of SHA-256(origin)>
// Errors   Error{integrity} when a head would become smaller, or is no note; Error{io}
// Source   lexecon-ledger(5), Heads
#pragma once

#include <optional>
#include <string>

#include "base/files.hpp"
#include "chain/checkpoint.hpp"
#include "ledger/node_files.hpp"

namespace lexecon::ledger {

/// The bytes of both heads as they are; nothing where a file is absent, and none, which are no
/// checkpoint, where something else than a file of its size stands in its place.
struct Heads {
  std::optional<std::string> node;
  std::optional<std::string> user;
};

/// `state_home` is the folder of the second copy, or empty when there is none to keep.
[[nodiscard]] Heads read_heads(const NodeFiles& files, const Path& state_home,
                               const std::string& origin);
/// head.note alone: it tells the origin before the database is asked.
[[nodiscard]] std::optional<std::string> read_head_note(const NodeFiles& files);
/// Only under the write lock, never to a smaller size. A second copy that is there must be replaced;
/// a new one is left out where its folder cannot be written.
void write_heads(const NodeFiles& files, const Path& state_home, const std::string& origin,
                 const std::string& note);
/// Where the second copy of this log's head stands.
[[nodiscard]] Path user_head(const Path& state_home, const std::string& origin);
/// $XDG_STATE_HOME/lexecon, or ~/.local/state/lexecon; empty without a home.
[[nodiscard]] Path default_state_home();

}  // namespace lexecon::ledger
