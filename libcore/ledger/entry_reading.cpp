#include "ledger/entry_reading.hpp"

#include <utility>

#include "base/error.hpp"

namespace lexecon::ledger {

EntryReading read_bytes(std::string_view bytes, bool keep_data) {
  EntryReading out;
  out.view = chain::scan_entry(bytes);
  if (out.view && out.view->shape != chain::DataShape::unchecked && !keep_data) return out;
  out.view.reset();
  try {
    chain::Entry entry = chain::parse_entry(bytes);
    std::string time_text = to_text(entry.timestamp);
    out.parsed = std::make_unique<const ParsedEntry>(
        ParsedEntry{.entry = std::move(entry), .time_text = std::move(time_text)});
    out.view = chain::view_of(out.parsed->entry, out.parsed->time_text);
  } catch (const Error& error) {
    out.refusal = error.message();
  }
  return out;
}

}  // namespace lexecon::ledger
