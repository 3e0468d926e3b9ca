// Which entries are about a system: what profiles select, and what hangs on a decision follows it.
//
// Shapes   told in order of seq. A decision is of the systems whose profiles select it; escalations, tokens,
//          overrides, links of evidence, responsibilities, gates and trips that name one, of the same.
//          model.* is of the systems that name the model, profile.*, compliance.*, incident.* and report.*
//          of the system that they name. What is left is of no decision: it governs the whole node
// Units    about 40 bytes of memory a decision, and as much a token
// Source   lexecon-report(5), Selection
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chain/entry_view.hpp"
#include "compliance/profile.hpp"
#include "package/entry_names.hpp"

namespace lexecon::compliance {

struct Place {
  bool selected = false;    // by the system asked for; without one, by whoever asks for the node
  bool node_wide = false;   // of no decision and no system
  bool unselected = false;  // of a decision that no profile selects
};

/// Few bits for each of very many ids.
class IdTable {
 public:
  void put(const package::ShortId& id, std::uint8_t value);
  [[nodiscard]] std::optional<std::uint8_t> find(const package::ShortId& id) const;

 private:
  [[nodiscard]] std::size_t slot_of(const package::ShortId& id) const;
  void grow();

  std::vector<package::ShortId> ids_;
  std::vector<std::uint8_t> values_;  // 0: the slot is free; else the value and one
  std::size_t count_ = 0;
};

class Selection {
 public:
  /// `system` is one of `profiles`, or nothing: the whole node.
  Selection(std::vector<Profile> profiles, const std::optional<std::string>& system);
  ~Selection() = default;
  Selection(const Selection&) = delete;
  Selection& operator=(const Selection&) = delete;

  /// `data` are the bytes of the entry's data.
  [[nodiscard]] Place place_of(const chain::EntryView& entry, std::string_view data);

 private:
  [[nodiscard]] Place of_decision(std::string_view data) const;
  [[nodiscard]] Place of_system(const chain::EntryView& entry, std::string_view data);
  [[nodiscard]] Place of_model(std::string_view data) const;

  std::vector<Profile> profiles_;
  const Profile* chosen_ = nullptr;
  IdTable decisions_;
  IdTable tokens_;
  std::map<std::string, std::string, std::less<>> incidents_;  // and the system of each
};

}  // namespace lexecon::compliance
