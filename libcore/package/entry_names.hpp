// The ids by which entries belong together: of a decision and what hangs on it, a token, a piece of evidence.
//
// Shapes   an id is kept as its 128 bits; what has none, or is no such id, names nothing
// Source   lexecon-ledger(5), Event data; lexecon-package(5), Filters
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lexecon::package {

/// The 128 bits of an id.
struct ShortId {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend auto operator<=>(const ShortId&, const ShortId&) = default;
};

/// What an entry names.
struct EntryNames {
  std::optional<ShortId> decision;
  std::optional<ShortId> token;
  std::optional<ShortId> evidence;
};

/// "escalation" of "escalation.created".
[[nodiscard]] std::string_view subject_of(std::string_view event_type);
/// The text of a member of canonical bytes; empty when there is none.
[[nodiscard]] std::string_view text_member(std::string_view object, std::string_view name);
/// Of the 26 characters of a ULID.
[[nodiscard]] std::optional<ShortId> short_ulid(std::string_view text);
/// `data` are the canonical bytes of an entry's data.
[[nodiscard]] EntryNames names_of(std::string_view event_type, std::string_view data);

}  // namespace lexecon::package
