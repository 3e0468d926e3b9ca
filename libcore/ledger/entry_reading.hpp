// The bytes of a stored entry, read the cheapest way that leaves nothing open.
//
// Shapes   views into the bytes where scan_entry() knows all that check_entry() would say; else the whole
//          entry with its data, for which the slower readers have the word
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "chain/entry.hpp"
#include "chain/entry_view.hpp"

namespace lexecon::ledger {

struct ParsedEntry {
  chain::Entry entry;
  std::string time_text;
};

struct EntryReading {
  std::optional<chain::EntryView> view;  // nothing when the bytes are no entry
  std::unique_ptr<const ParsedEntry>
      parsed;           // wherever a check may want the data; what `view` shows
  std::string refusal;  // why the bytes are no entry

  [[nodiscard]] const chain::Entry* whole() const { return parsed ? &parsed->entry : nullptr; }
};

/// Holds views into `bytes`. `keep_data`: parse even where nothing is left to check.
[[nodiscard]] EntryReading read_bytes(std::string_view bytes, bool keep_data = false);

}  // namespace lexecon::ledger
