// An entry read where it stands: views into its bytes, for readers of very many.
//
// Shapes   knows the common form: printable ASCII without escapes. For any other bytes the answer is
//          "ask parse_entry()", so both together accept and refuse what parse_entry() alone does
// Source   lexecon-ledger(5), Entry
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "chain/data_view.hpp"

namespace lexecon::chain {

/// What is known of the data: `listed`, check_entry() would say true; `unlisted`, it would say false.
enum class DataShape : std::uint8_t { unchecked, listed, unlisted };

struct EntryView {
  std::string_view actor;
  std::string_view event_type;
  std::string_view origin;
  std::string_view time_text;
  Hash previous_hash;
  std::optional<Hash> sealed_hash;
  std::uint64_t seq = 0;
  Timestamp timestamp;
  DataShape shape = DataShape::unchecked;
  DataView data;  // of scan_entry(): empty unless the shape is `listed`
};

/// INVARIANT: what it reads, parse_entry() reads with the same members. Nothing is no refusal.
[[nodiscard]] std::optional<EntryView> scan_entry(std::string_view bytes);
/// The views of an entry that was parsed; `time_text` is to_text() of its timestamp.
[[nodiscard]] EntryView view_of(const Entry& entry, std::string_view time_text);

}  // namespace lexecon::chain
