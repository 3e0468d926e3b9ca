// Custody of sealed content: what is held, what was erased, and what may be, at every entry of a log.
//
// Shapes   told by hold.placed, hold.released and sealed.erased, in order of seq
// Errors   a fault is an answer; the entries have their shapes
// Source   lexecon-ledger(5), Holds and erasure
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/operators.hpp"
#include "chain/entry.hpp"
#include "decision/retention.hpp"

namespace lexecon::authority {

struct Hold {
  std::string id;
  std::vector<std::uint64_t> seqs;  // ascending
  std::string actor;                // who placed it
  std::uint64_t seq = 0;
  Timestamp at;
  Hash hash;
  std::optional<std::uint64_t> released_seq;
  std::optional<Timestamp> released_at;

  [[nodiscard]] bool names(std::uint64_t seq_of_content) const;
};

/// Why sealed content stays.
struct Stays {
  std::uint64_t seq = 0;
  std::string code;      // nothing_sealed, erased_before, on_hold; below_floor, not_expired
  std::string sentence;  // of that entry; lower case, no full stop
};

/// What custody has to know of the entries that an act names.
struct Ground {
  std::function<bool(std::uint64_t seq)> has_sealed;
  /// Why the set in force keeps that content from this erasure.
  std::function<std::optional<Stays>(std::uint64_t seq, const chain::Entry& erasure)> kept = {};
};

/// Why the classes keep the content of an entry from an erasure.
[[nodiscard]] std::optional<Stays> kept_by(const decision::RetentionRules& rules,
                                           const chain::Entry& content,
                                           const chain::Entry& erasure);

class Custody {
 public:
  /// Entries of other types say nothing. What is wrong is not taken in. A log that was verified needs no
  /// ground: only what it says of itself is asked then.
  Fault take(const chain::Entry& entry, const Hash& hash, const Ground& ground = {});

  /// Why this sealed.erased may not name the content; nothing when it may.
  [[nodiscard]] std::optional<Stays> stays(std::uint64_t seq, const chain::Entry& erasure,
                                           const Ground& ground) const;
  /// The first hold in force that names the content; nullptr when none does.
  [[nodiscard]] const Hold* hold_on(std::uint64_t seq) const;
  [[nodiscard]] const Hold* find(std::string_view id) const;
  /// Every one there ever was, oldest first.
  [[nodiscard]] const std::vector<Hold>& holds() const { return holds_; }
  /// By the seq of what was erased: the entry that says so.
  [[nodiscard]] const std::map<std::uint64_t, std::uint64_t>& erased() const { return erased_; }

 private:
  Fault place(const chain::Entry& entry, const Hash& hash, const Ground& ground);
  Fault release(const chain::Entry& entry);
  Fault erase(const chain::Entry& entry, const Ground& ground);
  [[nodiscard]] std::optional<Stays> gone(std::uint64_t seq, const Ground& ground) const;

  std::vector<Hold> holds_;
  std::map<std::uint64_t, std::uint64_t> erased_;
};

}  // namespace lexecon::authority
