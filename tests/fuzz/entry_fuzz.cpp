#include "chain/entry.hpp"
#include "chain/event.hpp"
#include "chain/sealed.hpp"
#include "fuzz/targets.hpp"

void lexecon::fuzz::entry(std::string_view bytes) {
  if (bytes.starts_with("{\"salt\"")) {
    static_cast<void>(chain::unseal(bytes));
    return;
  }
  const auto entry = chain::parse_entry(bytes);
  require(chain::to_bytes(entry) == bytes, "an entry was written otherwise than read");
  static_cast<void>(chain::check_event(entry.event_type, entry.data, entry.seq));
}
