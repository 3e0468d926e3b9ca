// Where a node stands, and what is wrong with it.
//
// Shapes   a draft that differs from the active set is a note; a problem is what stops the node
// from
//          deciding or from being believed
// Source   lexecon-status(1)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "authority/stops.hpp"
#include "chain/checkpoint.hpp"
#include "json/fwd.hpp"
#include "registry/sets.hpp"
#include "service/draft.hpp"
#include "service/node.hpp"

namespace lexecon::service {

struct Problem {
  std::string code;  // no_active_set, active_set, heads, ledger_key, token_key
  std::string message;
};

struct Status {
  Path folder;
  std::string node_id;
  std::string origin;
  std::string ledger_vkey;
  std::optional<std::string> token_kid;  // in force
  std::uint64_t entries = 0;
  std::optional<chain::Checkpoint> head;
  std::optional<Timestamp> last_entry_at;
  std::optional<registry::SetRow> active;
  Drift draft;
  std::optional<std::string> draft_unread;  // why the folder's files could not be compared
  std::uint64_t escalations_open = 0;
  std::vector<authority::Stop> stops;           // that hold
  std::optional<std::uint64_t> first_operator;  // the entry; nothing: no human authority yet
  bool one_suffices = false;                    // `roles.four_eyes: single`
  std::vector<Problem> problems;
};

/// `state_home` holds the second copy of the head; empty when there is none.
[[nodiscard]] Status status(const Node& node, const Path& state_home);
[[nodiscard]] Json to_json(const Status& status);

}  // namespace lexecon::service
